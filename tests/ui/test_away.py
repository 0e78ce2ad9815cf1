"""Going away: the system's lock and sleep are heard where they can be, and a late beat means sleep."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from lawdesk.ui import away
from lawdesk.ui.away import BEAT_MS, SLEPT_SECONDS, AwayWatch


def heard(qtbot: QtBot) -> tuple[AwayWatch, list[None]]:
    watch, said = AwayWatch(), list[None]()
    watch.away.connect(lambda: said.append(None))
    return watch, said


def test_a_beat_in_time_says_nothing_and_a_late_one_that_the_pc_slept(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(away.time, "time", lambda: now[0])
    watch, said = heard(qtbot)
    now[0] += BEAT_MS / 1000 + 1
    watch.beat()
    assert said == []
    now[0] += BEAT_MS / 1000 + SLEPT_SECONDS + 1
    watch.beat()
    assert len(said) == 1
    now[0] -= 10_000  # the clock set back is no sleep
    watch.beat()
    assert len(said) == 1


def test_the_systems_own_word_counts_when_it_begins_only(qtbot: QtBot) -> None:
    watch, said = heard(qtbot)
    watch.saver_active(False)
    watch.sleeps(False)
    assert said == []
    watch.saver_active(True)
    watch.sleeps(True)
    watch.session_locks()
    assert len(said) == 3


def test_without_a_bus_the_beat_goes_on_alone(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr(away.sys, "platform", "win32")
    watch, _said = heard(qtbot)
    watch.start()
    assert not watch.listens
