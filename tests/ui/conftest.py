from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel.settings import Settings
from lawdesk.ui import ShellWindow, TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.ui import gallery


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %, and so again afterwards."""
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    theme.apply(qapp, motion=False)


@pytest.fixture
def tasks(themed: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def show(qtbot: QtBot, themed: QApplication) -> Callable[[QWidget], QWidget]:
    """Show a widget in an active window of 900 × 600 that is gone after the test."""

    def shown(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(900, 600)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown


@pytest.fixture
def shell(qtbot: QtBot, tasks: TaskRunner, settings: Settings) -> ShellWindow:
    window = gallery.make_window(settings, tasks)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("today")
    return window


@pytest.fixture
def compose() -> Callable[[QWidget, str, str], None]:
    """Play an input method: ``compose(widget, preedit, committed)``."""

    def play(widget: QWidget, preedit: str, committed: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if committed:
            event.setCommitString(committed)
        QApplication.sendEvent(widget, event)

    return play


@pytest.fixture
def write() -> Callable[[QWidget, str], None]:
    """Type text key by key (QTest.keyClicks dies on Chinese)."""

    def typed(widget: QWidget, text: str) -> None:
        for char in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))

    return typed
