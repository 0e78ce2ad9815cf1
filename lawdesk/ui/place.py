"""Where the window stands on the screen: as it was left, and never over the edge of a small screen."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QWidget

from lawdesk.ui import theme

USUAL = QSize(1366, 768)
LEAST_SCREEN = 1024
"""Narrower than any screen in use; the one Qt makes up where there is none is 800 wide."""


def restore(window: QWidget, kept: str) -> None:
    """Put a window where it was; a new one has the usual size, or all the screen where that has no room."""
    if kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        return
    window.resize(USUAL)
    if no_room(window.screen().availableSize()):
        window.setWindowState(Qt.WindowState.WindowMaximized)


def no_room(screen: QSize) -> bool:
    """Whether a window of the usual size, with its frame, would stand over the edge of this screen."""
    high = USUAL.height() + theme.em(3)
    return screen.width() >= LEAST_SCREEN and (screen.width() <= USUAL.width() or screen.height() < high)


def kept(window: QWidget) -> str:
    """Return what :func:`restore` puts a window back with."""
    return base64.b64encode(window.saveGeometry().data()).decode()
