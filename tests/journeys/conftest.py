"""The real program on an empty profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.app.program import Program
from lawdesk.kernel.clock import CHINA, FixedClock
from lawdesk.kernel.settings import Settings
from lawdesk.ui import ShellWindow, alive
from tests.journeys.hands import Hands

Start = Callable[..., Hands]


class Strays(QObject):
    """Notes every widget that opens as a window of its own for a moment: it flashes and takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            wanted = isinstance(watched, ShellWindow | QStackedWidget | QMenu | QDialog)
            floating = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not wanted and not floating:
                self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return super().eventFilter(watched, event)


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[Strays]:
    """Fail the test when a window showed that nobody asked for."""
    watch = Strays()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)
    assert not watch.found, f"windows that nobody asked for: {watch.found}"


@pytest.fixture
def start(
    strays: Strays,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Start]:
    """Start the program as a double click does; a second call starts it again on the same profile."""
    profile = tmp_path_factory.mktemp("pc")  # a short path: it stands on the welcome page
    for name in ("LAWDESK_OFFICE", "LAWDESK_PASSPHRASE", "LAWDESK_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(profile / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(profile))
    (profile / "home").mkdir()
    programs: list[Program] = []

    def run(place: str = "", clock: FixedClock | None = None, **wishes: object) -> Hands:
        while programs:
            end(programs.pop())
        settings = Settings()
        for key, value in {"reduced_motion": True, "language": "zh", "auto_lock_minutes": 15, **wishes}.items():
            settings.set(key, value)
        moment = clock or FixedClock(datetime(2025, 10, 27, 9, 10, tzinfo=CHINA))
        program = Program(qapp, settings, place, clock=moment)
        programs.append(program)
        program.begin()
        hands = Hands(qtbot, program, moment)
        program.start.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return hands

    yield run
    while programs:
        end(programs.pop())


def end(program: Program) -> None:
    """Close the program as its last window's closing does; nothing of it stays for the next test."""
    if not alive(program.start):
        return
    if program.closing is not None:
        program.closing.release()  # no last backup: it would hold the window until it is made
    windows: list[QWidget] = [program.start]
    if program.window is not None:
        windows.append(program.window.shell)
    for window in windows:
        window.close()
    program.close()
    program.appearance.close()
    for window in windows:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
