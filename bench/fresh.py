"""A process of its own that starts something and says when it stood: ``python -m bench.fresh KIND [OFFICE]``.

Prints one line of JSON: ``at`` (the system-wide monotonic clock, in seconds, so that the parent can subtract the
moment it spawned this process), ``cpu`` (seconds of processor time used until then), ``rss`` (resident memory, in
bytes), ``opened`` (when the office was open) and ``rows``.

``empty``: Qt and SQLModel imported, an empty window shown and painted, the event loop idle: the least any desktop
program of these two libraries can cost. ``key`` and ``passphrase``: LawDesk itself, as ``python -m lawdesk``
starts it, until the Today page has its rows, agenda and hours, has painted them, and the event loop is idle.
``key`` gets the office key from a stand-in for the system's keyring, ``passphrase`` derives it with Argon2id.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

KINDS = ("empty", "key", "passphrase")
PATIENCE_MS = 120_000


def report(**more: object) -> None:
    """Say that it stands. Nothing may be imported for this before the moment is taken."""
    at, cpu = time.monotonic(), time.process_time()
    from importlib import import_module

    rss = import_module("psutil").Process().memory_info().rss
    print(json.dumps({"at": at, "cpu": cpu, "rss": rss, **more}), flush=True)


def empty() -> int:
    """Show an empty window."""
    import sqlmodel  # noqa: F401
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                QTimer.singleShot(0, stood)

    def stood() -> None:
        report()
        app.quit()

    app = QApplication(["empty"])
    window = Window()
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(PATIENCE_MS, lambda: app.exit(1))
    return app.exec()


def program(place: str, secret: str) -> int:
    """Start LawDesk on the office at ``place``; ``secret`` is its key in hexadecimal, or empty: the passphrase."""
    import lawdesk.__main__ as door

    load = door.load_window

    def load_watched() -> Callable[..., int]:
        window = load()
        observe(secret)
        return window

    door.load_window = load_watched
    sys.argv = ["lawdesk", "--office", place]
    return door.main()


def observe(secret: str) -> None:
    """Hand in the key, if it was given, and wait for the office to open."""
    from lawdesk.app import program as desktop
    from lawdesk.ui import UnlockPage

    begin, opened = desktop.Program.begin, desktop.Program._opened

    def begin_by_key(self: desktop.Program, passphrase: str | None = None) -> None:
        begin(self, passphrase)
        page = self.start.currentWidget()
        assert isinstance(page, UnlockPage)
        page.system_asked.emit()

    def watched(self: desktop.Program, seat: Any) -> Any:
        at = time.monotonic()
        window = opened(self, seat)
        watch(self, window, at)
        return window

    if secret:
        lend_key(bytes.fromhex(secret))
        setattr(desktop.Program, "begin", begin_by_key)  # noqa: B010 - a stand-in, on purpose
    setattr(desktop.Program, "_opened", watched)  # noqa: B010


def lend_key(secret: bytes) -> None:
    """Be the keyring: answer with the key at once. A real one adds its own time, which is not LawDesk's."""
    from lawdesk.storage import keys

    def recall(office_uid: str) -> keys.OfficeKey:
        return keys.OfficeKey(office_uid, secret)

    setattr(keys, "recall_from_keyring", recall)  # noqa: B010


def watch(running: Any, window: Any, opened: float) -> None:
    """Report once everything asked for has arrived, was painted, and nothing waits in the event loop."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    tasks, shell = running.tasks, window.shell

    def stood() -> None:
        QApplication.processEvents()  # what the answers changed is laid out and painted here
        page = shell.current_page()
        if tasks.busy or page.key != "today" or not page.model.total or not page.list.isVisible():
            return
        tasks.busy_changed.disconnect(changed)
        report(opened=opened, rows=page.model.total)
        QTimer.singleShot(0, QApplication.quit)

    def changed(busy: bool) -> None:
        if not busy:
            QTimer.singleShot(0, stood)

    tasks.busy_changed.connect(changed)
    QTimer.singleShot(PATIENCE_MS, lambda: QApplication.exit(1))


def main(words: list[str]) -> int:
    """Start what ``words`` name; return an exit code."""
    kind, *rest = words
    if kind == "empty":
        return empty()
    return program(rest[0], os.environ.pop("LAWDESK_BENCH_KEY", "") if kind == "key" else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
