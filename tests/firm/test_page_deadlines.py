"""Settings: the days of reminding as a table, kept when typing rests; the second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from lawdesk.deadlines import LADDER_TITLES, LADDERS, make_steps, read_ladder
from lawdesk.firm.page import LadderShown
from lawdesk.firm.page.deadline_area import DeadlineArea
from lawdesk.kernel.i18n import _


@pytest.fixture
def area(window: Any) -> Any:
    """The area on a real office, as the program wires it."""
    reminders, actor = window.firm.office.deadlines.reminders, window.actor

    def ladders() -> Sequence[LadderShown]:
        usual = {kind: read_ladder(kind, "") for kind in LADDERS}
        return [
            LadderShown(
                one.kind,
                _(LADDER_TITLES[one.kind]),
                one.before,
                one.after,
                usual[one.kind].before,
                usual[one.kind].after,
            )
            for one in reminders.ladders(actor[0])
        ]

    def set_ladder(kind: str, before: str, after: str) -> None:
        reminders.set_ladder(actor[0], kind, make_steps(before, after))

    window.page._desk = replace(window.desk, ladders=ladders, set_ladder=set_ladder)
    shown = window.show("deadlines")
    assert isinstance(shown, DeadlineArea)
    return shown


def kept(window: Any, kind: str) -> tuple[int, ...]:
    rows = window.firm.office.deadlines.reminders.ladders(window.actor[0])
    return next(row.steps for row in rows if row.kind == kind)


def write(window: Any, row: Any, before: str) -> None:
    row.before.setText(before)
    row.before.flush()
    row._save.touch()
    row._save.flush()
    window.settle()


def test_every_kind_stands_in_the_table_with_its_days(window: Any, area: Any) -> None:
    assert [row.title.text() for row in area.rows.values()] == [
        "法定期限", "诉讼时效", "保全续期", "交纳诉讼费", "开庭", "待办事项",
    ]  # fmt: skip
    assert area.rows["deadline"].before.text().split() == ["30", "14", "7", "3", "1"]
    assert area.rows["deadline"].after.text().split() == ["1", "3", "7"]
    assert area.rows["hearing"].after.text() == ""
    assert all(row.reset.isHidden() for row in area.rows.values())


def test_other_days_are_kept_and_taken_back(window: Any, area: Any) -> None:
    row = area.rows["payment"]
    write(window, row, "7，2")
    assert kept(window, "payment") == (7, 2, 0, -1, -3, -7)
    assert not row.reset.isHidden()
    window.undo()
    assert kept(window, "payment") == LADDERS["payment"]
    assert row.before.text().split() == ["5", "3", "1"]


def test_back_to_what_lawdesk_comes_with(window: Any, area: Any) -> None:
    row = area.rows["task"]
    write(window, row, "9")
    row.reset.click()
    window.settle()
    assert kept(window, "task") == LADDERS["task"]


@pytest.mark.parametrize(
    ("words", "said"),
    [("soon", "“soon”不是天数。"), ("", "届满日之前至少要有一天提醒，否则来不及。"), ("900", "最多提前 365 天。")],
)
def test_what_would_remind_nobody_stays_and_says_why(window: Any, area: Any, words: str, said: str) -> None:
    row = area.rows["deadline"]
    write(window, row, words)
    assert row.note.text() == said
    assert row.before.text() == words
    assert kept(window, "deadline") == LADDERS["deadline"]
    write(window, row, "20")
    assert row.note.isHidden()
    assert kept(window, "deadline")[0] == 20


def test_the_second_person_is_asked_for_and_undone(window: Any, area: Any) -> None:
    deadlines, actor = window.firm.office.deadlines, window.actor[0]
    area.two.click()
    window.settle()
    assert deadlines.two_persons(actor)
    window.undo()
    assert not deadlines.two_persons(actor)


def test_who_may_not_change_it_reads_it(window: Any, area: Any) -> None:
    window.actor[0] = window.firm.lawyer
    area.read()
    window.settle()
    assert not area.two.isEnabled()
    assert not area.rows["deadline"].before.isEnabled()
    assert not area.locked.isHidden()


def test_rules_and_holidays_are_reached_from_here(window: Any, area: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(window.page, "go", lambda key, **target: gone.append((key, target)))
    for link in area.links.values():
        link.click()
    assert gone == [("deadlines", {"tool": name}) for name in ("rules", "calendar", "away")]
