from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.ui import Column, LineEdit, Status, Table, TableModel, TaskRunner, theme

Show = Callable[[QWidget], QWidget]


@dataclass
class Line:
    name: str
    minutes: int


@pytest.fixture
def lines() -> list[Line]:
    return [Line("起草上诉状", 80), Line("电话：法官助理", 23)]


@pytest.fixture
def table(show: Show, lines: list[Line]) -> Table:
    def rename(line: Line, text: str) -> None:
        line.name = text

    columns = [
        Column(
            "name", lambda: "事项" if i18n.language() == "zh" else "Work", lambda x: x.name, edit=rename, sort=True
        ),
        Column("time", "分钟", lambda x: str(x.minutes), align="right", width=6, sort=True),
        Column("state", "状态", lambda x: Status("已提交", "green", "check"), width=8),
        Column("why", "", lambda x: "为何", link=True, width=4),
    ]
    model = TableModel(columns)
    made = Table(model, name="工时")
    show(made)
    model.set_items(lines)
    made.setFocus()
    return made


def test_f2_edits_in_place_and_enter_keeps_it(table: Table, lines: list[Line], qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(LineEdit)
    assert editor is not None
    assert (editor.text(), editor.selectedText()) == ("起草上诉状", "起草上诉状")
    editor.setText("修改上诉状")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lines[0].name == "修改上诉状")


def test_escape_brings_the_old_words_back(table: Table, lines: list[Line], qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(LineEdit)
    editor.setText("什么都不是")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert lines[0].name == "起草上诉状"
    assert table.isVisible()


def test_enter_while_composing_does_not_end_the_edit(
    table: Table, lines: list[Line], qtbot: QtBot, compose: Callable[..., None]
) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(LineEdit)
    compose(editor, "xiu gai")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait(5)
    assert lines[0].name == "起草上诉状"
    assert editor.isVisible()


def test_a_column_without_an_edit_stays_as_it_is(table: Table, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.viewport().findChild(LineEdit) is None


def test_headings_ask_for_the_order_sql_makes(table: Table) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_asked.connect(lambda key, down: asked.append((key, down)))
    for section in (1, 1, 0, 2):
        table.horizontalHeader().sectionClicked.emit(section)
    assert asked == [("time", False), ("time", True), ("name", False)]


def test_links_and_rows_open_by_keyboard_and_mouse(table: Table, lines: list[Line], qtbot: QtBot) -> None:
    linked: list[tuple[Line, str]] = []
    opened: list[Line] = []
    table.linked.connect(lambda item, key: linked.append((item, key)))
    table.opened.connect(opened.append)
    table.setCurrentIndex(table.model().index(1, 3))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(0, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    table.setCurrentIndex(table.model().index(1, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert linked == [(lines[1], "why"), (lines[0], "why")]
    assert opened == [lines[1]]


def test_tab_leaves_the_table(show: Show, table: Table, qtbot: QtBot) -> None:
    assert not table.tabKeyNavigation()


def test_cells_name_their_column_and_headings_their_language(table: Table) -> None:
    index = table.model().index(0, 1)
    assert table.model().data(index, Qt.ItemDataRole.AccessibleTextRole) == "分钟：80"
    state = table.model().data(table.model().index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert state == "状态：已提交"
    i18n.set_language("en")
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Work"


def test_columns_share_the_width_and_never_run_over(table: Table) -> None:
    for width in (400, 700, 1100):
        table.resize(width, 300)
        used = sum(table.columnWidth(column) for column in range(4))
        assert used <= table.viewport().width()
        assert used >= table.viewport().width() - 4


def test_a_fitted_table_is_as_high_as_its_rows(show: Show, lines: list[Line]) -> None:
    model = TableModel([Column("name", "事项", lambda x: x.name)])
    fitted = Table(model, name="工时", fit=True)
    show(fitted)
    model.set_items(lines * 3)
    assert fitted.sizeHint().height() == fitted.horizontalHeader().height() + 6 * theme.current().row_height


def test_a_table_reads_pages_too(tasks: TaskRunner, qtbot: QtBot, show: Show) -> None:
    asked: list[int] = []

    def read(offset: int, limit: int) -> tuple[list[Line], int]:
        asked.append(offset)
        return [Line(str(number), number) for number in range(offset, offset + limit)], 5000

    model = TableModel([Column("name", "事项", lambda x: x.name)], tasks)
    view = Table(model, name="工时")
    show(view)
    with qtbot.waitSignal(model.loaded):
        model.load(read)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.item(4999) is not None)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert sorted(asked) == [0, 4900]
