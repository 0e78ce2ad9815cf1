"""The Time page by keyboard, in its window: what is typed is read back, booked, edited, taken back, exported."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from lawdesk.kernel.i18n import set_language
from lawdesk.timesheet import EntryDraft
from lawdesk.ui import Button, theme
from tests.timesheet.conftest import Window

TODAY = date(2025, 11, 5)


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
