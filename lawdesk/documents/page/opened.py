"""Copies to look at: decrypted into a private folder, read only, and gone when the office is locked or left."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QUrl
from PySide6.QtGui import QDesktopServices

from lawdesk.documents.rules import file_name

PREFIX = "lawdesk-opened-"


class OpenedCopies:
    """The folder of opened copies; :meth:`clear` at lock and exit.

    ``show(path)`` hands a file to the system's program and returns whether there is one. What a crash left is
    removed when the next LawDesk opens its first copy: each folder is held by a lock that dies with its program.
    """

    def __init__(self, show: Callable[[Path], bool] | None = None, within: Path | None = None) -> None:
        self._show = show or show_file
        self._within = within or Path(tempfile.gettempdir())
        self._folder: Path | None = None
        self._lock: QLockFile | None = None

    @property
    def folder(self) -> Path | None:
        """Where the copies lie, None when there are none."""
        return self._folder

    def place_for(self, document_id: int, number: int, name: str) -> Path:
        """Return where a copy of this version goes; its folder exists, an older copy of it is gone."""
        folder = self._private() / f"{document_id}-{number}"
        folder.mkdir(mode=0o700, exist_ok=True)
        place = folder / file_name(name)
        with contextlib.suppress(OSError):  # on Windows it may still be open: then the export says so
            place.chmod(stat.S_IRUSR | stat.S_IWUSR)
            place.unlink()
        return place

    def open(self, place: Path) -> bool:
        """Make the copy read only and show it with the system's program; return whether there is one."""
        place.chmod(stat.S_IRUSR)
        return self._show(place)

    def clear(self) -> bool:
        """Remove every copy; return False when another program holds one, which then goes at the next start."""
        folder, lock = self._folder, self._lock
        if folder is None or lock is None:
            return True
        _empty(folder)
        lock.unlock()
        self._lock = None
        self._folder = None
        return _remove(folder)

    def _private(self) -> Path:
        if self._folder is None:
            for left in self._within.glob(f"{PREFIX}*"):
                _remove_abandoned(left)
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._within))  # only this person may enter
            self._lock = _lock_of(self._folder)
            self._lock.tryLock(0)
        return self._folder


def show_file(path: Path) -> bool:
    """Hand a file or folder to the system's program; return whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / "lock"))
    lock.setStaleLockTime(0)  # never by age: only the death of its program frees it
    return lock


def _remove_abandoned(folder: Path) -> None:
    if os.name == "posix" and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
        return  # somebody else's
    lock = _lock_of(folder)
    if lock.tryLock(0):
        _empty(folder)
        lock.unlock()
        _remove(folder)


def _empty(folder: Path) -> None:
    for inside in folder.iterdir():
        if inside.is_dir():
            _remove(inside)


def _remove(folder: Path) -> bool:
    """Remove a folder with read-only files in it, as far as the system lets us."""
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
