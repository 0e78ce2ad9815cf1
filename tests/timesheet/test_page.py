"""The Time page by keyboard, in its window: what is typed is read back, booked, edited, taken back, exported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.settings import Settings
from lawdesk.timesheet import EntryDraft, figures
from lawdesk.timesheet.page import TimePage, TimerControl, TodayHours
from lawdesk.ui import Button, Chip, Page, PageEntry, ShellWindow, TaskRunner, theme, vbox
from lawdesk.ui.words import follow_language
from tests.timesheet.conftest import Desk

TODAY = date(2025, 11, 5)
FESTIVAL = {date(2025, 11, 7): "中秋"}


def rest_days(day: date) -> str | None:
    return FESTIVAL.get(day) or ("休" if day.weekday() > 4 else None)


class TodayPage(Page):
    """Stands for the Today page: nothing but the hours."""

    def __init__(self, hours: TodayHours) -> None:
        super().__init__()
        self.hours = hours
        vbox(hours, parent=self)


@dataclass
class Window:
    """The shell with the Time page and the hours of today on a real office."""

    shell: ShellWindow
    page: TimePage
    control: TimerControl
    tasks: TaskRunner
    desk: Desk
    bot: QtBot

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.tasks.busy and not self.page.quick._soon.isActive(), timeout=8000)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.tasks.busy, timeout=8000)

    def type(self, text: str) -> None:
        self.page.quick.field.setFocus()
        if text.isascii():
            self.page.quick.field.clear()
            self.bot.keyClicks(self.page.quick.field, text)
        else:
            self.page.quick.field.setText(text)  # keyClicks has no keys for Chinese
        self.settle()

    def chips(self) -> list[str]:
        return [chip.accessibleName() for chip in self.page.quick.findChildren(Chip) if chip.isVisible()]

    def below(self) -> str:
        return self.page.quick.accessibleDescription()

    def cell(self, row: int, column: int) -> str:
        return self.page.model.text(self.page.model.index(row, column))

    def row_of(self, case: str) -> int:
        assert self.page.model.view is not None
        return [row.case_id for row in self.page.model.view.grid.rows].index(self.desk.cases[case])

    def toast(self) -> str:
        return self.shell.note.accessibleName() or ""


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    set_language("zh")
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    set_language("zh")
    theme.apply(qapp, motion=False)


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    desk = file_desk
    tasks = TaskRunner()
    tasks.listen(desk.firm.office.announcer)
    clock: FixedClock = desk.firm.clock
    options = {"actor": lambda: desk.lawyer, "tasks": tasks, "clock": clock, "rest_days": rest_days}
    entries = [
        PageEntry("today", "sun", lambda: "今天", lambda: TodayPage(TodayHours(desk.time, **options))),
        PageEntry(
            "time",
            "timer",
            lambda: "工时",
            lambda: TimePage(desk.time, choose_file=lambda _sheet, name: tmp_path / name, **options),
        ),
    ]
    shell = ShellWindow(
        "恒岚律师事务所", "顾知行", entries, tasks=tasks, settings=Settings(tmp_path / "s.json"), today=clock.today
    )
    control = TimerControl(shell.timer, desk.time, lambda: desk.lawyer, tasks, host=shell, clock=clock)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("time")
    page = shell.page("time")
    assert isinstance(page, TimePage)
    made = Window(shell, page, control, tasks, desk, qtbot)
    made.settle()
    yield made
    made.settle()
    tasks.close()


def test_the_line_is_read_back_before_enter_books_it(window: Window) -> None:
    assert window.page.quick.field.hasFocus()
    window.type("1h20m 起草上诉状 @墨禾")
    assert window.chips()[:4] == [
        "1 小时 20 分钟".replace("分钟", "分"),
        "起草上诉状",
        "沐岚物流诉墨禾食品",
        "今天",
    ]
    assert window.desk.time.queries.count_entries(window.desk.lawyer) == 0
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert window.page.quick.field.text() == ""
    assert window.cell(window.row_of("mohe"), 3) == "1:20"
    assert window.page.entry_model.item(0).narrative == "起草上诉状"
    assert "1:20" in window.page.model.sentence(window.page.model.index(window.row_of("mohe"), 3))


def test_enter_right_after_typing_books_too(window: Window) -> None:
    window.page.quick.field.setText("45m 电话 @砚溪")
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert [row.minutes for row in window.desk.time.queries.entries(window.desk.lawyer)] == [45]


def test_what_was_booked_is_taken_back_with_ctrl_z(window: Window) -> None:
    window.type("1h20m 起草上诉状 @墨禾")
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert window.shell.note.can_undo
    window.page.table.setFocus()
    window.shell.note.undo()
    window.settle()
    assert window.desk.time.queries.count_entries(window.desk.lawyer) == 0
    assert window.cell(window.row_of("mohe"), 3) == "–"


def test_a_line_that_is_unclear_stays_and_says_why(window: Window) -> None:
    window.type("9:30 起草 @墨禾")
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert "钟点" in window.below()
    assert window.page.quick.field.text() == "9:30 起草 @墨禾"
    window.type("1h20m 起草 @有限公司")
    assert "沐岚" in window.below() and "栩岳" in window.below()
    assert window.desk.time.queries.count_entries(window.desk.lawyer) == 0
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Escape)
    assert window.page.quick.field.text() == ""


def test_nothing_is_scolded_while_somebody_still_types(window: Window) -> None:
    window.type("1h20m")
    assert "做了什么" not in window.below()
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert "做了什么" in window.below()


def test_a_line_without_a_case_is_offered_the_recent_ones(window: Window) -> None:
    window.desk.time.quick_entry(window.desk.lawyer, "10m 电话 @砚溪")
    window.type("30m 起草")
    offers = [b for b in window.page.quick.findChildren(Button) if b.isVisible()]
    assert offers[0].accessibleName() == "栩岳建设诉砚溪置业"
    window.bot.keyClick(offers[0], Qt.Key.Key_Space)
    window.settle()
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert window.cell(window.row_of("yanxi"), 3) == "0:40"


def test_enter_of_an_input_method_books_nothing(window: Window) -> None:
    window.type("30m 起草 @墨禾")
    window.page.quick.field.inputMethodEvent(QInputMethodEvent("qi", []))
    window.bot.keyClick(window.page.quick.field, Qt.Key.Key_Return)
    window.settle()
    assert window.desk.time.queries.count_entries(window.desk.lawyer) == 0


def test_a_cell_is_edited_with_f2_and_refused_with_words(window: Window) -> None:
    row = window.row_of("mohe")
    table = window.page.table
    table.setFocus()
    table.setCurrentIndex(window.page.model.index(row, 2))  # Tuesday
    window.bot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    window.bot.keyClicks(editor, "1.5h")
    window.bot.keyClick(editor, Qt.Key.Key_Return)
    window.settle()
    assert (window.cell(row, 2), window.cell(row, 8)) == ("1:30", "1:30")
    assert window.page.entry_model.item(0).day == date(2025, 11, 4)  # the list follows the cursor
    window.bot.keyClick(table, Qt.Key.Key_7)  # typing begins editing
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    window.bot.keyClick(editor, Qt.Key.Key_Return)
    window.settle()
    assert window.cell(row, 2) == "1:30"
    assert window.shell.note.isVisible()
    table.setFocus()
    window.bot.keyClick(table, Qt.Key.Key_Delete)
    window.settle()
    assert window.cell(row, 2) == "–"
    window.shell.note.undo()
    window.settle()
    assert window.cell(row, 2) == "1:30"


def test_days_to_come_cannot_be_filled_and_rest_days_say_so(window: Window) -> None:
    model = window.page.model
    assert not model.editable(model.index(0, 4)) and model.editable(model.index(0, 1))
    last = model.rowCount() - 1
    assert [window.cell(last, column) for column in (5, 6, 7)] == ["休", "休", "休"]
    assert "中秋" in model.sentence(model.index(0, 5))
    assert "28 小时" in window.page._note.accessibleName() and "中秋少 1 天" in window.page._note.accessibleName()


def test_an_entry_is_deleted_with_undo_and_edited_in_its_line(window: Window) -> None:
    window.desk.time.quick_entry(window.desk.lawyer, "9:00-9:45 电话 @墨禾")
    window.settle()
    table = window.page.list
    table.setFocus()
    table.setCurrentIndex(window.page.entry_model.index(0, 2))
    window.bot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None and editor.text() == "电话"
    editor.setText("电话：法官助理")
    window.bot.keyClick(editor, Qt.Key.Key_Return)
    window.settle()
    row = window.page.entry_model.item(0)
    assert (row.narrative, row.minutes) == ("电话：法官助理", 45) and row.started_at is not None
    table.setFocus()
    window.bot.keyClick(table, Qt.Key.Key_Delete)
    window.settle()
    assert window.page.entry_model.total == 0
    window.shell.note.undo()
    window.settle()
    assert window.page.entry_model.total == 1


def test_an_entry_opens_in_the_side_sheet(window: Window) -> None:
    window.desk.time.quick_entry(window.desk.lawyer, "45m 电话 @墨禾")
    window.settle()
    table = window.page.list
    table.setFocus()
    table.setCurrentIndex(window.page.entry_model.index(0, 0))
    window.bot.keyClick(table, Qt.Key.Key_Return)
    window.settle()
    sheet = next(w for w in window.shell.findChildren(QWidget) if type(w).__name__ == "EntrySheet")
    sheet.case.choose(window.desk.cases["lin"])
    sheet.minutes.setText("0:00")
    window.bot.keyClick(sheet.narrative, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert "时长为零" in sheet.form.field("minutes").problem
    sheet.minutes.setText("50m")
    sheet.billable.setChecked(False)
    sheet.button.click()
    window.settle()
    row = window.page.entry_model.item(0)
    assert (row.case_id, row.minutes, row.billable) == (window.desk.cases["lin"], 50, False)


def test_weeks_go_back_and_forth(window: Window) -> None:
    window.desk.time.quick_entry(window.desk.lawyer, "10月29日 2h 阅卷 @墨禾")
    keys = {command.shortcut: command for command in window.page.commands()}
    keys["Alt+PgUp"].run()
    window.settle()
    assert window.page.monday == date(2025, 10, 27)
    assert window.cell(window.row_of("mohe"), 3) == "2:00"
    keys["Alt+Home"].run()
    window.settle()
    assert window.page.monday == date(2025, 11, 3)
    assert window.page.heading.title.words().startswith("今天")


def test_the_report_is_exported_from_the_side_sheet(window: Window, tmp_path: Path) -> None:
    window.desk.time.quick_entry(window.desk.lawyer, "1h20m 起草上诉状 @墨禾")
    window.page.open_report()
    sheet = next(w for w in window.shell.findChildren(QWidget) if type(w).__name__ == "ReportSheet")
    assert (sheet.first.day(), sheet.last.day()) == (date(2025, 11, 1), date(2025, 11, 30))
    sheet.format.choose("csv")
    sheet.by.choose("case")
    sheet.first.setText("是的")
    sheet.button.click()
    assert sheet.form.field("first").problem
    sheet.first.set_day(date(2025, 11, 1))
    sheet.button.click()
    window.settle()
    [path] = tmp_path.glob("*.csv")
    assert path.name == "工时-20251101-20251130-按案件.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1][-3] == "1:20"


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


def test_words_change_with_the_language_and_fit_at_150_percent(window: Window) -> None:
    window.desk.time.add_entry(window.desk.lawyer, EntryDraft(window.desk.cases["mohe"], TODAY, 80, "起草"))
    window.type("1h20m 起草 @墨禾")
    set_language("en")
    window.settle()
    assert window.chips()[0] == "1 h 20 min"
    assert window.page.entry_model.columns[2].words() == "What was done"
    theme.apply(QApplication.instance(), scale=1.5, motion=False)
    window.settle()
    assert window.page.width_class == "narrow"
    table = window.page.table
    assert sum(table.columnWidth(column) for column in range(9)) <= table.viewport().width()
    metrics = theme.current()
    assert all(table.columnWidth(column) >= metrics.width("body", "12:34") for column in range(1, 9))


def test_a_timer_begun_yesterday_is_not_shown_in_todays_column(window: Window) -> None:
    window.desk.firm.clock.set(datetime(2025, 11, 4, 15, 30, tzinfo=UTC))  # 23:30 on Tuesday
    window.desk.time.start_timer(window.desk.lawyer, window.desk.cases["mohe"])
    window.desk.firm.clock.set(datetime(2025, 11, 4, 16, 30, tzinfo=UTC))
    window.page.activated()
    window.settle()
    row = window.row_of("mohe")
    assert (window.cell(row, 2), window.cell(row, 3)) == ("1:00", "–")
