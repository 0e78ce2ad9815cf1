"""The timer chip of the window, and the hours of today with their gap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.timesheet import figures
from tests.timesheet.conftest import TodayPage, Window

TODAY = date(2025, 11, 5)


def test_the_chip_starts_pauses_and_books_the_timer(window: Window) -> None:
    chip, clock = window.shell.timer, window.desk.firm.clock
    window.bot.keyClick(chip, Qt.Key.Key_Space)
    window.settle()
    menu = window.control.menu
    assert menu is not None and [action.text() for action in menu.actions()][-1] == "所内事务（无案件）"
    window.bot.keyClick(menu, Qt.Key.Key_Return)
    window.settle()
    assert chip.state == "running"
    clock.advance(timedelta(minutes=42, seconds=30))
    chip.pause_requested.emit()
    window.settle()
    assert chip.state == "paused" and chip.seconds() == 42 * 60 + 30
    window.page.activated()
    window.settle()
    assert figures(window.page.entry_model.item(0).minutes) == "0:42"
    chip.resume_requested.emit()
    window.settle()
    chip.stop_requested.emit()
    window.settle()
    assert chip.state == "stopped"
    assert [row.minutes for row in window.desk.time.queries.entries(window.desk.lawyer)] == [43]


def test_a_timer_left_overnight_asks_for_the_real_length(window: Window) -> None:
    window.desk.time.start_timer(window.desk.lawyer, window.desk.cases["mohe"], "起草")
    window.desk.firm.clock.advance(timedelta(hours=14))
    window.control.refresh()
    window.settle()
    window.shell.timer.stop_requested.emit()
    window.settle()
    assert window.desk.time.queries.count_entries(window.desk.lawyer) == 0
    sheet = next(w for w in window.shell.findChildren(QWidget) if type(w).__name__ == "TimerSheet")
    window.bot.keyClicks(sheet.minutes, "2h")
    window.bot.keyClick(sheet.minutes, Qt.Key.Key_Return)
    window.settle()
    [row] = window.desk.time.queries.entries(window.desk.lawyer)
    assert (row.minutes, row.narrative) == (120, "起草")


def test_the_hours_of_today_name_the_gap_and_fill_it(window: Window) -> None:
    me = window.desk.lawyer
    window.desk.time.quick_entry(me, "昨天 9:00-12:00 阅卷 @墨禾")
    window.desk.time.quick_entry(me, "昨天 13:00-16:40 起草 @墨禾")
    window.desk.time.quick_entry(me, "昨天 17:20-18:00 电话 @墨禾")
    window.desk.time.quick_entry(me, "9:00-10:00 开庭 @墨禾")
    window.shell.go("today")
    window.settle()
    today = window.shell.page("today")
    assert isinstance(today, TodayPage)
    hours = today.hours
    assert hours.sum.words() == "1 小时"
    assert hours.gap_note.words() == "昨天 16:40—17:20 未记（0:40）"
    hours.fill_gap()
    hours.quick.set_text(hours.quick.field.text() + "电话 @砚溪")
    window.bot.keyClick(hours.quick.field, Qt.Key.Key_Return)
    window.bot.waitUntil(lambda: not window.tasks.busy and hours._gap is None, timeout=8000)
    rows = window.desk.time.queries.entries(me)
    assert any(row.minutes == 40 and row.day == TODAY - timedelta(days=1) for row in rows)


def test_a_timer_begun_yesterday_is_not_shown_in_todays_column(window: Window) -> None:
    window.desk.firm.clock.set(datetime(2025, 11, 4, 15, 30, tzinfo=UTC))  # 23:30 on Tuesday
    window.desk.time.start_timer(window.desk.lawyer, window.desk.cases["mohe"])
    window.desk.firm.clock.set(datetime(2025, 11, 4, 16, 30, tzinfo=UTC))
    window.page.activated()
    window.settle()
    row = window.row_of("mohe")
    assert (window.cell(row, 2), window.cell(row, 3)) == ("1:00", "–")
