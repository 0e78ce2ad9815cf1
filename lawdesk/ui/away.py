"""Notices that the person or the PC went away: the system's lock, sleep, or a jump of the clock that means sleep.

On Linux D-Bus says so (the screen saver's lock, logind's ``PrepareForSleep`` and ``Lock``), where there is one.
Everywhere a beat that comes much later than it should means that the PC slept or stood still. On Windows and macOS
Qt passes the system's lock on to nobody: there only the beat and the idle time count.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

BEAT_MS = 10_000
SLEPT_SECONDS = 60
"""A beat so much too late means that the PC slept."""
_LOGIND = "org.freedesktop.login1"
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class AwayWatch(QObject):
    """``away()`` when the system locks, before it sleeps, and when it is seen to have slept."""

    away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.beat)
        self._last = time.time()
        self.listens = False
        """Whether the system's own word of lock and sleep is heard here."""

    def start(self) -> None:
        """Begin to watch."""
        self._last = time.time()
        self._beat.start()
        if sys.platform.startswith("linux"):
            self.listens = self._listen()

    def beat(self) -> None:
        """The timer's turn: late means that nothing ran in between."""
        now, last = time.time(), self._last
        self._last = now
        if now - last > BEAT_MS / 1000 + SLEPT_SECONDS:
            self.away.emit()

    @Slot(bool)
    def saver_active(self, active: bool) -> None:
        """The screen saver (the system's lock) began or ended."""
        if active:
            self.away.emit()

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """The system is about to sleep, or woke."""
        if begins:
            self.away.emit()

    @Slot()
    def session_locks(self) -> None:
        """The session is locked."""
        self.away.emit()

    def _listen(self) -> bool:
        """Ask D-Bus to be told; False where there is no bus, which is no trouble."""
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return False
        heard = False
        session: Any = QDBusConnection.sessionBus()
        if session.isConnected():
            for name, path in _SAVERS:
                heard |= session.connect("", path, name, "ActiveChanged", self, SLOT("saver_active(bool)"))
        system: Any = QDBusConnection.systemBus()
        if system.isConnected():
            manager = f"{_LOGIND}.Manager"
            path = "/org/freedesktop/login1"
            heard |= system.connect(_LOGIND, path, manager, "PrepareForSleep", self, SLOT("sleeps(bool)"))
            heard |= system.connect(_LOGIND, "", f"{_LOGIND}.Session", "Lock", self, SLOT("session_locks()"))
        return bool(heard)
