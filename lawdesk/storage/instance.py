"""One window for one office on one PC: a lock that ends with the program that holds it, also when it is killed.

The command line and other seats work beside the window; the database's own locks are enough for them.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

NAME = "office.lock"


class WindowLock:
    """The right to show the window of the office in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file: BinaryIO | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another window has it. Where a lock cannot be made, True: it only helps."""
        if self._file is not None:
            return True
        try:
            file = self.path.open("a+b")
        except OSError:
            return True
        if _lock(file):
            self._file = file
            return True
        file.close()
        return False

    def call(self) -> None:
        """Ask the window that has the lock to come to the front: it watches when the file was touched."""
        with contextlib.suppress(OSError):
            os.utime(self.path)

    def release(self) -> None:
        """Let the lock go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
