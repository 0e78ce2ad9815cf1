"""Files that are either the old one or the complete new one, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_

TEMPORARY = ".lawdesk-tmp"
"""Suffix of files still being written. One that is left behind after a crash may be deleted."""


@contextlib.contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` to write to; on leaving, it becomes ``target`` as a whole.

    The file is flushed to the disk, renamed, and its folder flushed, so that after a crash or power cut the
    target is the old file or the complete new one. If the block raises, the target is left as it was.
    Raises EnvironmentFailure when the disk is full, read-only or gone.
    """
    target = Path(target)
    beginning = target.name.encode("utf-8", "ignore")[:80].decode("utf-8", "ignore")  # 255 bytes: 85 characters
    temporary = target.with_name(f".{beginning}.{secrets.token_hex(6)}{TEMPORARY}")
    try:
        yield temporary
        sync_file(temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str) else temporary
        raise file_failure(error, target if named == temporary else named) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Flush the file's content to the disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Flush the folder's entries to the disk, where the system can (Windows cannot and need not)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems (FUSE, shares) do not know how to flush a folder; a real I/O error is one.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES):
            raise
    finally:
        os.close(handle)


def remove_leftovers(folder: Path) -> int:
    """Delete temporary files that a crash left directly in ``folder``; return how many."""
    count = 0
    for path in folder.glob(f".*{TEMPORARY}"):
        with contextlib.suppress(OSError):
            path.unlink()
            count += 1
    return count


def file_failure(error: OSError, path: Path) -> EnvironmentFailure:
    """Return the failure, in words, that ``error`` means for the file or folder ``path``."""
    name = str(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFailure(
            "file.disk_full",
            N_("{name} could not be written."),
            N_("The disk is full."),
            N_("Make room on the disk and try again. Nothing was changed."),
            name=name,
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return EnvironmentFailure(
            "file.not_allowed",
            N_("{name} cannot be opened or written."),
            N_("The folder is read-only, you have no right to it, or another program has the file open."),
            N_("Close the file in other programs, or choose another folder."),
            name=name,
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return EnvironmentFailure(
            "file.missing",
            N_("{name} was not found."),
            N_("The file or its folder has been moved, renamed or unplugged."),
            N_("Check the place and try again."),
            name=name,
        )
    return EnvironmentFailure(
        "file.failed",
        N_("{name} could not be read or written."),
        N_("The system says: {reason}."),
        N_("Check the disk or the connection to it and try again."),
        name=name,
        reason=error.strerror or str(error),
    )
