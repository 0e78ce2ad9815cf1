from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.ui import (
    ShellWindow,
    TaskRunner,
)

CTRL = Qt.KeyboardModifier.ControlModifier


def key(qtbot: QtBot, shell: QWidget, pressed: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    qtbot.keyClick(QApplication.focusWidget() or shell, pressed, modifier)


def test_the_palette_finds_and_does_by_keyboard(shell: ShellWindow, qtbot: QtBot) -> None:
    key(qtbot, shell, Qt.Key.Key_K)
    finder = shell.finder
    assert finder.edit.hasFocus()
    qtbot.keyClicks(finder.edit, "qixian")
    qtbot.waitUntil(lambda: _titles(shell) == ["命令", "期限", "下一个期限"])
    assert finder.list.currentIndex().data() == "期限"
    qtbot.keyClick(finder.edit, Qt.Key.Key_Down)
    assert finder.list.currentIndex().data() == "下一个期限"
    qtbot.keyClick(finder.edit, Qt.Key.Key_Up)
    qtbot.keyClick(finder.edit, Qt.Key.Key_Return)
    assert not finder.is_open
    assert shell.current_page().key == "deadlines"


def _titles(shell: ShellWindow) -> list[str]:
    model = shell.finder.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_fast_typist_gets_what_was_typed_last(shell: ShellWindow, qtbot: QtBot, tasks: TaskRunner) -> None:
    key(qtbot, shell, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: not tasks.busy)
    qtbot.keyClicks(shell.finder.edit, "gongshi")
    qtbot.keyClick(shell.finder.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shell.finder.is_open)
    assert shell.current_page().key == "time"


def test_the_palette_waits_for_the_input_method(
    shell: ShellWindow, qtbot: QtBot, tasks: TaskRunner, compose: Callable[..., None]
) -> None:
    key(qtbot, shell, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: not tasks.busy)
    compose(shell.finder.edit, "an jian")
    qtbot.keyClick(shell.finder.edit, Qt.Key.Key_Return)
    assert shell.finder.is_open
    compose(shell.finder.edit, "", "案件")
    qtbot.waitUntil(lambda: "案件" in _titles(shell))
    qtbot.keyClick(shell.finder.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current_page().key == "cases")


def test_groups_are_not_chosen_and_nothing_found_is_said(
    shell: ShellWindow, qtbot: QtBot, tasks: TaskRunner
) -> None:
    shell.finder.open_palette("xy")
    qtbot.waitUntil(lambda: "许砚" in _titles(shell) and not tasks.busy)
    seen = []
    for _step in range(len(_titles(shell))):
        seen.append(shell.finder.list.currentIndex().data())
        qtbot.keyClick(shell.finder.edit, Qt.Key.Key_Down)
    assert {"案件", "当事人", "文书"}.isdisjoint(seen[:4])
    shell.finder.edit.setText("qqqq")
    qtbot.waitUntil(shell.finder._nothing.isVisible)
    qtbot.keyClick(shell.finder.edit, Qt.Key.Key_Return)
    assert shell.finder.is_open


def test_a_source_that_fails_says_so_and_the_others_stay(shell: ShellWindow, qtbot: QtBot) -> None:
    def broken(_query: str) -> list[object]:
        raise EnvironmentFailure("index.gone", "The search index is gone.")

    shell.finder.add_source(broken)
    shell.finder.open_palette("xy")
    qtbot.waitUntil(shell.finder._trouble.isVisible)
    qtbot.waitUntil(lambda: "许砚" in _titles(shell))
    assert "index" in shell.finder._trouble.words()


def test_every_command_is_in_the_palette(shell: ShellWindow, qtbot: QtBot, tasks: TaskRunner) -> None:
    shell.finder.open_palette()
    qtbot.waitUntil(lambda: not tasks.busy)
    listed = {entry.title for entry in shell._command_source("")}
    for command in shell.commands():
        title = command.title() if callable(command.title) else command.title
        assert title in listed or command.key == "palette"
