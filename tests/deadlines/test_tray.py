"""The tray says how many deadlines wait, once, without a client's or a case's name, locked or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from lawdesk.deadlines.page import ReminderWatch
from lawdesk.kernel.i18n import set_language

NAMES = ("栩岳", "砚溪", "顾知行", "岚0302", "1187", "判决", "上诉", "001")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A desktop with a tray; what its bubbles said."""
    told: list[str] = []

    def record(_tray: QSystemTrayIcon, title: str, words: str = "", *_more: Any) -> None:
        told.append(f"{title}|{words}")

    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", record)
    shown: dict[int, bool] = {}  # off screen there is no tray to be visible in
    monkeypatch.setattr(QSystemTrayIcon, "setVisible", lambda tray, on: shown.__setitem__(id(tray), on))
    monkeypatch.setattr(QSystemTrayIcon, "isVisible", lambda tray: shown.get(id(tray), False))
    yield told
    set_language("zh")


def watch_of(window: Any) -> ReminderWatch:
    docket = window.docket
    return ReminderWatch(
        docket.service,
        actor=lambda: docket.lawyer,
        tasks=window.tasks,
        clock=docket.firm.clock,
        parent=window.shell,
    )


def test_what_falls_due_is_said_once_and_names_nobody(window: Any, said: list[str]) -> None:
    docket = window.docket
    docket.judgment()
    watch = watch_of(window)
    watch.start()
    window.settle()
    assert said == []
    assert watch.tray is not None
    assert not watch.tray.isVisible()
    docket.firm.clock.advance(timedelta(days=10))
    watch.beat()
    window.settle()
    assert [words.split("|")[1] for words in said] == ["有 2 条期限提醒待阅"]
    assert not [name for name in NAMES if name in "".join(said) + watch.tray.toolTip()]
    watch.beat()
    window.settle()
    assert len(said) == 1


def test_a_day_that_begins_while_it_is_locked_is_said_once_and_counted_afterwards(
    window: Any, said: list[str]
) -> None:
    docket = window.docket
    docket.judgment()
    watch = watch_of(window)
    watch.start()
    window.settle()
    window.tasks.hold(lambda: None)
    for _beat in range(3):
        watch.beat()
    assert said == []
    docket.firm.clock.advance(timedelta(days=10))
    for _beat in range(3):
        watch.beat()
        window.settle()
    assert [words.split("|")[1] for words in said] == ["LawDesk 已锁定。解锁后可查看今天到期的事项。"]
    window.tasks.go_on()
    window.settle()
    assert [words.split("|")[1] for words in said[1:]] == ["有 2 条期限提醒待阅"]


def test_in_english_too(window: Any, said: list[str]) -> None:
    window.docket.judgment()
    set_language("en")
    watch = watch_of(window)
    window.docket.firm.clock.advance(timedelta(days=10))
    watch.start()
    window.settle()
    assert [words.split("|")[1] for words in said] == ["2 deadlines to look at"]


def test_a_click_asks_for_the_reminders_and_confirming_empties_the_tray(window: Any, said: list[str]) -> None:
    docket, asked = window.docket, []
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=10))
    watch = watch_of(window)
    watch.asked.connect(lambda: asked.append(True))
    watch.start()
    window.settle()
    assert watch.tray is not None
    assert isinstance(watch.tray.icon(), QIcon) and not watch.tray.icon().isNull()
    assert watch.tray.isVisible()
    watch.tray.messageClicked.emit()
    assert asked == [True]
    rows = docket.service.reminders.show(docket.lawyer)
    docket.service.reminders.acknowledge(docket.lawyer, [row.id for row in rows])
    window.settle()
    assert not watch.tray.isVisible()


def test_a_change_that_waits_for_this_second_person_counts_at_the_bell(window: Any, said: list[str]) -> None:
    docket, counts = window.docket, []
    director = docket.firm.director
    docket.service.set_two_persons(director, wanted=True)
    watch = ReminderWatch(
        docket.service, actor=lambda: director, tasks=window.tasks, clock=docket.firm.clock, parent=window.shell
    )
    watch.count_changed.connect(counts.append)
    watch.start()
    window.settle()
    _event, number = docket.judgment()
    docket.service.waive(docket.lawyer, number, "委托人放弃上诉")
    window.settle()
    assert counts == [0, 1]
    (asked,) = docket.service.requests(director)
    docket.service.decide(director, asked.id, grant=False)
    window.settle()
    assert counts == [0, 1, 0]


def test_without_a_tray_the_bell_still_counts(window: Any) -> None:
    docket, counts = window.docket, []
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=10))
    watch = watch_of(window)
    watch.count_changed.connect(counts.append)
    watch.start()
    window.settle()
    assert counts == [2]
    assert watch.tray is None
