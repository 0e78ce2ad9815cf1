"""The program itself, with a real office, off screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.app.program import Program
from lawdesk.kernel.settings import Settings
from lawdesk.ui import theme
from lawdesk.ui.words import follow_language
from tests.offices import Firm


@dataclass
class Started:
    """The running program and the office it is for."""

    program: Program
    firm: Firm
    qtbot: QtBot

    def until(self, met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(met, timeout=20_000)

    def settle(self) -> None:
        quiet = time.monotonic() + 0.2
        self.until(lambda: not self.program.tasks.busy and time.monotonic() > quiet)

    def page(self) -> object:
        return self.program.start.currentWidget()


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %."""
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    theme.apply(qapp, motion=False)


@pytest.fixture
def started(themed: QApplication, file_office: Firm, qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The program before the office is open."""
    settings = Settings(tmp_path / "settings.json")
    settings.set("auto_lock_minutes", 0)
    program = Program(themed, settings, file_office.place)
    made = Started(program, file_office, qtbot)
    yield made
    if program.window is not None:
        program.closing and program.closing.release()
        program.window.shell.close()
    program.close()
    program.start.close()
    program.start.deleteLater()
    program.appearance.close()
