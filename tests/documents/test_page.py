"""The documents tab as a person uses it: drop, see, open, rename, remove, take back, pack."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.documents.page import (
    BundleSheet,
    DocumentSheet,
    DocumentsPane,
    DocumentsTab,
    NewestBlock,
    OpenedCopies,
    documents_tab,
)
from lawdesk.documents.page.pane import NARROW
from lawdesk.documents.page.places import UNPLACED
from lawdesk.firm import Actor, Role
from lawdesk.kernel import i18n
from lawdesk.ui import Page, TaskRunner, say, theme
from tests.documents.conftest import Desk


@dataclass
class Host:
    """The window around the page: remembers what it was asked."""

    toasts: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)
    sheet: QWidget | None = None
    closed: Callable[[], object] | None = None

    def toast(self, words: Any, undo: Any = None, **_options: Any) -> None:
        self.toasts.append((say(words), undo))

    def open_sheet(self, content: QWidget, _title: Any, *, on_close: Any = None) -> None:
        self.sheet, self.closed = content, on_close

    def close_sheet(self) -> None:
        self.sheet = None

    def go(self, *_args: Any, **_target: Any) -> None:
        return

    def set_badge(self, *_args: Any) -> None:
        return


class CasePage(Page):
    """Stands for the cases page."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: dict[str, Any] = {}
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def go_to(self, **target: Any) -> None:
        self.gone = target


@dataclass
class Window:
    """A documents tab on screen."""

    desk: Desk
    tab: DocumentsTab
    pane: DocumentsPane
    page: CasePage
    host: Host
    tasks: TaskRunner
    qtbot: QtBot
    shown: list[Path]
    targets: list[Path]
    actor: list[Actor]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)
        self.qtbot.wait(1)

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(40, 40), copy, data, left, none)
        self.pane.list.dropEvent(event)
        assert event.isAccepted()
        self.settle()

    def titles(self) -> list[str]:
        rows = [self.pane.model.row(number) for number in range(self.pane.model.total)]
        return [row.title for row in rows if row is not None]

    def choose(self, name: str) -> Any:
        row = next(row for row in self.desk.rows() if row.name == name)
        assert self.pane.list.choose_key(row.id)
        return self.pane.list.current_item()


@pytest.fixture
def window(file_desk: Desk, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    shown: list[Path] = []
    targets: list[Path] = []
    actor = [file_desk.lawyer]
    (tmp_path / "temporary").mkdir()
    copies = OpenedCopies(lambda path: shown.append(path) is None, tmp_path / "temporary")
    tab = documents_tab(
        file_desk.documents,
        file_desk.firm.office.packages,
        lambda: actor[0],
        tasks,
        file_desk.firm.clock,
        opened=copies,
        choose_files=lambda _parent: [],
        choose_target=lambda _parent, _title, name: (targets.append(tmp_path / name), tmp_path / name)[1],
        show=lambda path: shown.append(path) is None,
    )
    tasks.listen(file_desk.firm.office.announcer)
    page, host = CasePage(), Host()
    page.host = host  # type: ignore[assignment]
    pane = tab.make(file_desk.case, page)
    assert isinstance(pane, DocumentsPane)
    tasks.changed.connect(pane.refresh)
    page.layout().addWidget(pane)  # type: ignore[union-attr]
    qtbot.addWidget(page)
    page.resize(900, 560)
    page.show()
    made = Window(file_desk, tab, pane, page, host, tasks, qtbot, shown, targets, actor)
    made.settle()
    yield made
    made.settle()


def test_an_empty_case_invites_to_drop_files(window: Window) -> None:
    assert window.pane.empty.isVisible() and "文件夹拖到这里" in window.pane.empty.note.text()
    assert window.tab.count(window.desk.lawyer, window.desk.case) == 0


def test_dropped_files_and_folders_appear_in_file_order(window: Window) -> None:
    folder = window.desk.outside / "证据 材料"
    folder.mkdir()
    (folder / "微信聊天记录 😀.jpg").write_bytes(b"jpg")
    long = "长" * 81 + ".pdf"
    window.drop(folder, window.desk.file("民事起诉状.docx"), window.desk.file(long, b"long"))
    assert window.titles() == ["民事起诉状.docx", "微信聊天记录 😀.jpg", long]
    assert window.host.toasts[-1][0] == "已存入 3 份文书"
    assert not window.pane.empty.isVisible() and not window.pane.storing.isVisible()
    assert window.tab.count(window.desk.lawyer, window.desk.case) == 3


def test_a_second_drop_says_what_is_new_and_what_is_not(window: Window) -> None:
    window.drop(window.desk.file("合同.pdf", b"1"), window.desk.file("传票.pdf", b"2"))
    window.drop(window.desk.file("合同.pdf", b"changed"), window.desk.outside / "传票.pdf")
    assert window.host.toasts[-1][0] == "1 份存为新版本，1 份内容未变，无需重存"
    row = window.pane.model.row(window.titles().index("合同.pdf"))
    assert row is not None and row.status is not None and row.status.text == "第 2 版"


@pytest.mark.skipif(os.name != "posix", reason="a pipe as a file")
def test_what_cannot_be_read_is_named_with_its_reason_and_nothing_is_half_stored(window: Window) -> None:
    os.mkfifo(window.desk.outside / "管道.pdf")
    window.drop(window.desk.outside / "没有了.pdf", window.desk.outside / "管道.pdf", window.desk.file("好.pdf"))
    assert window.titles() == ["好.pdf"]
    words = window.pane.troubles.shown.accessibleName()  # type: ignore[union-attr]
    assert "2 个文件没有存入" in words and "没有了.pdf" in words and "不是文件" in words
    window.pane.troubles.clear()
    assert not window.pane.troubles.isVisible()


def test_files_dropped_while_a_place_is_chosen_lie_there(window: Window) -> None:
    window.pane.places.choose("代理词")
    window.drop(window.desk.file("IMG_1.jpg"))
    assert [row.category for row in window.desk.rows()] == ["代理词"]
    assert window.titles() == ["IMG_1.jpg"]
    window.pane.places.choose("庭审笔录")
    window.pane._show_rows()
    assert window.titles() == []


def test_places_show_counts_and_what_is_missing(window: Window) -> None:
    window.drop(window.desk.file("判决书.pdf"), window.desk.file("IMG_1.jpg", b"2"))
    lines = {line.key: line.count for line in window.pane.places.lines}
    assert lines[""] == 2 and lines["判决书、裁定书、调解书、上诉书"] == 1 and lines[UNPLACED] == 1
    assert window.pane.places.note.text() == "卷内 15 类材料，尚缺 14 类"


def test_pasted_files_go_in_too(window: Window) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(window.desk.file("粘贴.pdf")))])
    QGuiApplication.clipboard().setMimeData(data)
    window.pane.list.setFocus()
    window.qtbot.keyClick(window.pane.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    QGuiApplication.clipboard().clear()  # what lies there from Python crashes Qt when the program ends
    assert window.titles() == ["粘贴.pdf"]


def test_enter_opens_a_private_read_only_copy_that_goes_at_lock(window: Window) -> None:
    window.drop(window.desk.file("判决书.pdf", b"judgment"))
    window.choose("判决书.pdf")
    window.qtbot.keyClick(window.pane.list, Qt.Key.Key_Return)
    window.settle()
    (copy,) = window.shown
    assert copy.name == "判决书.pdf" and copy.read_bytes() == b"judgment"
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        folder = window.tab.opened.folder
        assert folder is not None and stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "不在加密库内" in window.host.toasts[-1][0]
    assert window.tab.opened.clear() and not copy.exists() and window.tab.opened.folder is None
    window.pane.open_copy(window.pane.list.current_item())
    window.settle()
    window.pane.open_copy(window.pane.list.current_item())
    window.settle()
    assert window.shown[-1].read_bytes() == b"judgment"
    window.tab.opened.clear()


def test_copies_left_by_a_crash_go_but_those_of_a_running_program_stay(tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    left = place / "lawdesk-opened-crashed" / "1-1"
    left.mkdir(parents=True)
    (left / "机密.pdf").write_bytes(b"secret")
    (left / "机密.pdf").chmod(0o400)
    running = OpenedCopies(lambda _path: True, place)
    mine = running.place_for(1, 1, "一.pdf")
    assert not left.exists()
    mine.write_bytes(b"mine")
    other = OpenedCopies(lambda _path: True, place)
    other.place_for(2, 1, "二.pdf")
    assert mine.exists()
    assert running.clear() and other.clear() and list(place.iterdir()) == []


def test_a_program_is_not_started(window: Window) -> None:
    window.drop(window.desk.file("发票.exe"))
    window.pane.open_copy(window.choose("发票.exe"))
    window.settle()
    assert window.shown == [] and "是程序" in window.pane.troubles.shown.words.what  # type: ignore[union-attr]


def test_a_saved_copy_lies_where_it_was_asked_for(window: Window) -> None:
    window.drop(window.desk.file("判决书.pdf", b"judgment"))
    window.choose("判决书.pdf")
    window.qtbot.keyClick(window.pane.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    window.settle()
    assert window.targets[0].name == "判决书.pdf" and window.targets[0].read_bytes() == b"judgment"


def test_delete_removes_and_the_toast_puts_back(window: Window) -> None:
    window.drop(window.desk.file("传票.pdf"))
    window.choose("传票.pdf")
    window.qtbot.keyClick(window.pane.list, Qt.Key.Key_Delete)
    window.settle()
    words, undo = window.host.toasts[-1]
    assert window.titles() == [] and words == "已移除“传票.pdf”" and undo is not None
    undo()
    window.settle()
    assert window.titles() == ["传票.pdf"]


def test_the_sheet_saves_itself_shows_versions_and_takes_back(window: Window) -> None:
    window.drop(window.desk.file("IMG_1.jpg", b"1"))
    window.drop(window.desk.file("IMG_1.jpg", b"22"))
    window.choose("IMG_1.jpg")
    window.qtbot.keyClick(window.pane.list, Qt.Key.Key_F2)
    sheet = window.host.sheet
    assert isinstance(sheet, DocumentSheet)
    window.qtbot.addWidget(sheet)
    window.settle()
    assert [sheet.versions.item(number).number for number in range(2)] == [2, 1]  # type: ignore[union-attr]
    sheet.name_edit.setText("现场照片.jpg")
    sheet.name_edit.flush()
    sheet.place.choose("庭审笔录")
    sheet.leave()
    window.settle()
    row = window.desk.rows()[0]
    assert (row.name, row.category) == ("现场照片.jpg", "庭审笔录")
    sheet.save_version(sheet.versions.item(1))  # type: ignore[arg-type]
    window.settle()
    assert window.targets[-1].read_bytes() == b"1"
    undo = next(undo for words, undo in reversed(window.host.toasts) if words == "已保存")
    assert undo is not None
    undo()
    window.settle()
    assert window.desk.names() == ["IMG_1.jpg"] and sheet.name_edit.text() == "IMG_1.jpg"


def test_a_taken_name_is_said_at_the_name(window: Window) -> None:
    window.drop(window.desk.file("一.pdf"), window.desk.file("二.pdf", b"2"))
    window.pane.details(window.choose("二.pdf"))
    sheet = window.host.sheet
    assert isinstance(sheet, DocumentSheet)
    window.qtbot.addWidget(sheet)
    sheet.name_edit.setText("一.pdf")
    sheet.name_edit.flush()
    sheet.leave()
    window.settle()
    assert sheet.form.field("name").problem == "本案已有同名文书。"
    assert sorted(window.desk.names()) == sorted(["一.pdf", "二.pdf"])


def test_the_case_leaves_as_one_file_and_says_what_could_only_be_listed(window: Window) -> None:
    window.drop(window.desk.file("通话录音.m4a", b"\x00" * 10))
    (command,) = window.tab.actions(window.desk.case)
    command.run()
    window.settle()
    sheet = window.host.sheet
    assert isinstance(sheet, BundleSheet)
    window.qtbot.addWidget(sheet)
    sheet.show()
    for kind in ("pdf", "docx", "zip"):
        sheet.make(kind)
        window.settle()
        assert window.targets[-1].suffix == f".{kind}" and window.targets[-1].stat().st_size > 500
        assert sheet.result.isVisible() and sheet.buttons[kind].isEnabled()
        if kind == "pdf":
            said = [label.text() for label in sheet.result.findChildren(QWidget) if hasattr(label, "words")]
            assert "· 通话录音" in said and f"共 {len(PdfReader(str(window.targets[-1])).pages)} 页" in said
    assert window.host.toasts[-1][0].startswith("已导出")


def test_the_overview_shows_the_newest_three_and_leads_to_the_tab(window: Window) -> None:
    window.drop(*(window.desk.file(f"{number}.pdf", bytes([number])) for number in range(4)))
    block = window.tab.overview(window.desk.case)
    assert isinstance(block, NewestBlock)
    window.page.layout().addWidget(block)  # type: ignore[union-attr]
    window.settle()
    assert [block.model.item(number).name for number in range(3)] == ["3.pdf", "2.pdf", "1.pdf"]  # type: ignore[union-attr]
    block._all()
    assert window.page.gone == {"case_id": window.desk.case, "tab": "documents"}


def test_stopping_a_large_drop_keeps_what_was_stored(window: Window) -> None:
    first, large = window.desk.file("一.pdf"), window.desk.outside / "录像.mp4"
    with large.open("wb") as file:
        file.truncate(64 << 20)
    task = window.pane.storing.begin(window.pane._desk, window.desk.case, [first, large], "", window.pane.troubles)
    assert window.pane.storing.isVisible()
    task.progressed.connect(lambda step, _steps, _words: task.cancel() if step > 4 << 10 else None)
    window.settle()
    assert window.titles() == ["一.pdf"] and "已停止存入" in window.host.toasts[-1][0]
    assert not window.pane.storing.isVisible() and window.pane._desk.running == {}


def test_who_only_reads_gets_no_drop_zone_and_no_remove(window: Window) -> None:
    window.drop(window.desk.file("一.pdf"))
    window.actor[0] = Actor(window.desk.lawyer.person_id, "审计", "audit", Role.AUDITOR)
    pane = window.tab.make(window.desk.case, window.page)
    assert isinstance(pane, DocumentsPane)
    window.qtbot.addWidget(pane)
    window.settle()
    assert not pane.list.acceptDrops() and not pane._add.isVisibleTo(pane)
    row = pane.model.row(0)
    assert row is not None and [action.key for action in row.actions] == ["details", "save"]


def test_large_text_and_english_fit_the_window(window: Window) -> None:
    window.drop(window.desk.file("民事起诉状.docx"))
    i18n.set_language("en")
    theme.apply(QGuiApplication.instance(), scale=1.5, motion=False)  # type: ignore[arg-type]
    window.qtbot.wait(10)
    assert not window.pane.places.isVisible() and window.pane.places.field.isVisible()
    assert window.pane.minimumSizeHint().width() <= 900
    assert window.pane.empty.title.text() == "No documents here yet"
    theme.apply(QGuiApplication.instance(), motion=False)  # type: ignore[arg-type]
    window.qtbot.wait(10)
    assert window.pane.places.isVisible() is (window.pane.width() >= theme.em(NARROW))
