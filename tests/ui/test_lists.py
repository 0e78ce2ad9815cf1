from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.ui import (
    Button,
    EmptyState,
    ErrorBlock,
    Heading,
    ListModel,
    Row,
    RowAction,
    RowList,
    Segment,
    Status,
    TaskRunner,
    paint_segments,
    theme,
)
from lawdesk.ui.labels import segments_width
from lawdesk.ui.matching import runs
from tests.ui.samplerows import docket

Show = Callable[[QWidget], QWidget]


class Numbers:
    """A query over ``total`` numbers that remembers what it was asked."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[tuple[int, int]] = []

    def __call__(self, offset: int, limit: int) -> tuple[list[int], int]:
        self.asked.append((offset, limit))
        return list(range(offset, min(offset + limit, self.total))), self.total


def number_row(number: int) -> Row:
    return Row(number, f"案件 {number}")


def test_a_hundred_thousand_rows_cost_only_what_is_seen(tasks: TaskRunner, qtbot: QtBot, show: Show) -> None:
    model = ListModel(tasks, to_row=number_row)
    view = RowList(model, name="案件", uniform=True)
    show(view)
    query = Numbers(100_000)
    with qtbot.waitSignal(model.loaded):
        model.load(query)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert model.total == 100_000
    assert query.asked == [(0, 100)]
    view.scrollTo(model.index(70_050))
    qtbot.waitUntil(lambda: model.item(70_050) == 70_050)
    qtbot.waitUntil(lambda: not tasks.busy)
    pages = {offset for offset, _limit in query.asked}
    assert {0, 70_000} <= pages <= {0, 70_000, 99_900}, "Qt also looks at the last row"
    assert len(query.asked) == len(pages)


def test_a_reload_leaves_the_person_where_they_were(tasks: TaskRunner, qtbot: QtBot, show: Show) -> None:
    model = ListModel(tasks, to_row=number_row)
    view = RowList(model, name="案件")
    show(view)
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    with qtbot.waitSignal(model.loaded):
        model.load(Numbers(60))
    view.choose_key(40)
    view.verticalScrollBar().setValue(900)
    before = view.verticalScrollBar().value()
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert view.current_item() == 40
    assert view.verticalScrollBar().value() == before
    assert chosen == [0, 40], "a reload is no choice"


def test_when_the_chosen_row_is_gone_the_page_hears_it(tasks: TaskRunner, qtbot: QtBot, show: Show) -> None:
    model = ListModel(to_row=number_row)
    view = RowList(model, name="案件")
    show(view)
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    model.set_items([1, 2, 3])
    view.choose_key(2)
    model.set_items([1, 3])
    assert chosen == [1, 2, None]


def test_an_answer_that_was_overtaken_is_dropped(tasks: TaskRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    model = ListModel(tasks, to_row=number_row)

    def slow(_offset: int, _limit: int) -> tuple[list[int], int]:
        gate.wait(5)
        return [1], 1

    model.load(slow)
    model.load(lambda _o, _l: ([7, 8], 2))
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert [model.item(n) for n in range(model.total)] == [7, 8]


def test_a_row_is_a_sentence_for_those_who_listen(show: Show) -> None:
    row = docket()[0]
    assert row.sentence() == (
        "已过期，补交运输单据原件（法院通知限期），过期 2 天，9月21日 周一，沐岚物流诉墨禾食品，滨溪区法院，"
        "（2026）岚0305民初0932号，顾知行"
    )
    model = ListModel(to_row=lambda item: item)
    view = RowList(model, name="今天的事")
    show(view)
    model.set_items([row])
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.text(QAccessible.Text.Name) == "今天的事"
    assert reader.child(0).text(QAccessible.Text.Name) == row.sentence()


ACTIONS = (RowAction("done", "完成", "check", "Space"), RowAction("later", "推后", "clock", "Ctrl+D"))


@pytest.fixture
def acting(show: Show) -> RowList:
    model = ListModel(to_row=lambda n: Row(n, f"期限 {n}", date="10月8日", person="顾知行", actions=ACTIONS))
    view = RowList(model, name="期限")
    show(view)
    model.set_items([1, 2, 3])
    view.setFocus(Qt.FocusReason.TabFocusReason)
    return view


def test_the_keyboard_does_everything_on_a_row(acting: RowList, qtbot: QtBot) -> None:
    acted: list[tuple[object, str]] = []
    opened: list[object] = []
    acting.acted.connect(lambda item, key: acted.append((item, key)))
    acting.opened.connect(opened.append)
    assert acting.current_item() == 1, "focus by keyboard chooses the first row"
    qtbot.keyClick(acting, Qt.Key.Key_Down)
    qtbot.keyClick(acting, Qt.Key.Key_Space)
    qtbot.keyClick(acting, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(acting, Qt.Key.Key_Return)
    assert acted == [(2, "done"), (2, "later")]
    assert opened == [2]


def test_the_buttons_of_a_row_act_and_do_not_cover_the_date(acting: RowList, qtbot: QtBot) -> None:
    acted: list[tuple[object, str]] = []
    acting.acted.connect(lambda item, key: acted.append((item, key)))
    index = acting.model().index(1, 0)
    rect = acting.visualRect(index)
    delegate = acting.itemDelegate()
    row = acting.model().row(1)
    buttons = delegate._buttons(delegate._body(QRectF(rect), row), row)
    assert [key for key, _icon, _place in buttons] == ["done", "later"]
    date_end = rect.right() - theme.u(3) - theme.em(4.6) - theme.em(9) + theme.current().width("body", "10月8日")
    assert all(place.left() > date_end for _key, _icon, place in buttons)
    qtbot.mouseMove(acting.viewport(), buttons[1][2].center().toPoint())
    qtbot.mouseClick(acting.viewport(), Qt.MouseButton.LeftButton, pos=buttons[1][2].center().toPoint())
    assert acted == [(2, "later")]
    assert acting.current_item() == 2


def test_the_menu_of_a_row_holds_its_actions(acting: RowList, qtbot: QtBot) -> None:
    acted: list[tuple[object, str]] = []
    acting.acted.connect(lambda item, key: acted.append((item, key)))
    acting._open_menu(2, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["完成", "推后"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert acted == [(3, "done")]


def test_narrow_rows_keep_one_button_for_the_rest(acting: RowList) -> None:
    acting.set_narrow(True)
    delegate = acting.itemDelegate()
    row = Row(1, "期限", date="今天 17:00 前", date_sub="国庆顺延，原 10月3日", actions=(*ACTIONS, ACTIONS[0]))
    body = delegate._body(QRectF(0, 0, 500, 50), row)
    assert [key for key, _icon, _place in delegate._buttons(body, row)] == ["…"]


def test_files_are_dropped_on_a_row_or_on_the_list(show: Show, tmp_path: Path) -> None:
    model = ListModel(to_row=number_row)
    view = RowList(model, name="文书", accept_files=True)
    show(view)
    model.set_items([1, 2])
    dropped: list[tuple[object, list[Path]]] = []
    view.files_dropped.connect(lambda item, paths: dropped.append((item, paths)))
    names = [tmp_path / "起诉状 第 2 稿.docx", tmp_path / "证据"]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(name)) for name in names] + [QUrl("https://example.org/x")])
    copy = Qt.DropAction.CopyAction
    for place in (view.visualRect(model.index(1)).center(), QPoint(10, 500)):
        enter = QDragEnterEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        view.dragEnterEvent(enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(place), copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        view.dropEvent(drop)
    assert dropped == [(2, names), (None, names)]


def test_an_empty_list_says_so_only_when_it_knows(tasks: TaskRunner, qtbot: QtBot, show: Show) -> None:
    model = ListModel(tasks, to_row=number_row)
    empty = EmptyState("folder-open", "还没有案件", "收第一件，或从 Excel 导入", Button("新案件", kind="filled"))
    view = RowList(model, name="案件", empty=empty)
    show(view)
    assert empty.isHidden()
    with qtbot.waitSignal(model.loaded):
        model.load(Numbers(0))
    assert empty.isVisible()
    model.set_items([1])
    assert empty.isHidden()


def test_a_list_that_cannot_be_read_says_why_and_offers_another_try(
    tasks: TaskRunner, qtbot: QtBot, show: Show
) -> None:
    model = ListModel(tasks, to_row=number_row)
    view = RowList(model, name="案件")
    show(view)
    broken = [True]

    def read(_offset: int, _limit: int) -> tuple[list[int], int]:
        if broken[0]:
            raise EnvironmentFailure("store.gone", "The office file is out of reach.", hint="Plug the disk in.")
        return [1], 1

    with qtbot.waitSignal(model.failed):
        model.load(read)
    block = view.findChild(ErrorBlock)
    assert block is not None
    assert block.isVisible()
    assert "store.gone" in block.words.code
    broken[0] = False
    retry = next(button for button in block.findChildren(Button) if button.accessibleName() == "重试")
    with qtbot.waitSignal(model.loaded):
        retry.click()
    assert view.current_item() == 1


def test_rows_speak_the_other_language_at_once(show: Show) -> None:
    model = ListModel(to_row=lambda n: Row(n, "案件" if i18n.language() == "zh" else "Case"))
    view = RowList(model, name=lambda: "案件" if i18n.language() == "zh" else "Cases")
    show(view)
    model.set_items([1])
    assert model.row(0).title == "案件"
    i18n.set_language("en")
    assert model.row(0).title == "Case"
    assert view.accessibleName() == "Cases"


def test_a_segment_is_shown_whole_or_not_at_all(themed: QApplication) -> None:
    parts = ["栩岳建设诉砚溪置业", "望江区法院", Segment("（2026）岚0302民初1187号")]
    whole, two = segments_width(parts), segments_width(parts[:2])
    image = QImage(int(whole) + 10, 30, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    assert paint_segments(painter, QRectF(0, 0, whole, 20), parts) == whole
    assert paint_segments(painter, QRectF(0, 0, whole - 1, 20), parts) == two
    assert paint_segments(painter, QRectF(0, 0, two, 20), parts) == two
    painter.end()


def test_headings_make_room_above_their_row(show: Show) -> None:
    model = ListModel(to_row=lambda item: item)
    view = RowList(model, name="今天")
    show(view)
    model.set_items([Row(1, "甲", heading=Heading("今天", 1)), Row(2, "乙", status=Status("今天到期", "amber"))])
    first, second = (view.visualRect(model.index(n)).height() for n in (0, 1))
    assert first - second == theme.current().heading_height


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("xy", "栩岳建设诉砚溪置业", "栩岳"),
        ("xuyue", "栩岳建设", "栩岳"),
        ("xuy", "栩岳建设", "栩岳"),
        ("yx", "栩岳建设诉砚溪置业", "砚溪"),
        ("建设", "栩岳建设", "建设"),
        ("hs2026", "HS2026-民-0142", "HS2026"),
        ("HS 2026", "HS2026-民-0142", "HS2026"),
        ("cq", "重庆某某公司", "重庆"),
        ("zq", "重庆某某公司", "重庆"),
        ("", "甲", ""),
    ],
)
def test_characters_are_found_by_text_pinyin_and_initials(query: str, text: str, found: str) -> None:
    marks = matches_typed(query, text)
    assert marks is not None
    assert "".join(text[position] for position in marks) == found


@pytest.mark.parametrize(("query", "text"), [("xz", "栩岳建设"), ("诉", "栩岳"), ("abc", "Case"), ("x栩", "栩岳")])
def test_what_is_not_meant_is_not_found(query: str, text: str) -> None:
    assert matches_typed(query, text) is None


def test_marks_cut_a_title_into_runs() -> None:
    assert runs("栩岳建设", (0, 1)) == [("栩岳", True), ("建设", False)]
