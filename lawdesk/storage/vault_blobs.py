"""Where the vault's encrypted bytes lie: the protocol, and the folder that fulfils it.

A blob is a head of fixed size and a body. The head depends on the whole content and is therefore handed over last,
at commit. A table of a server can fulfil the same protocol: rows for the body's pieces, one row for the head, made
visible by one transaction.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import TEMPORARY, file_failure, sync_folder
from lawdesk.kernel.i18n import N_

_ADDRESS = re.compile(r"[0-9a-f]{64}")


class BlobWriter(Protocol):
    """A blob being written; invisible to everybody until :meth:`commit` has returned."""

    def write(self, data: bytes) -> None:
        """Append to the body. Raises EnvironmentFailure when the store cannot take it."""
        ...

    def commit(self, address: str, head: bytes) -> None:
        """Put ``head`` before the body and make the blob durable and visible under ``address``.

        An older blob of that address is replaced as a whole.
        """
        ...

    def abort(self) -> None:
        """Leave no trace. Allowed at any time, also after a failure or a commit (then it does nothing)."""
        ...


class BlobStore(Protocol):
    """Keeps blobs by address (64 hexadecimal digits)."""

    def open_write(self, head_size: int) -> BlobWriter:
        """Begin a blob whose head will have ``head_size`` bytes."""
        ...

    def open_read(self, address: str) -> BinaryIO:
        """Return head and body as one seekable stream. Raises KeyError when there is no such blob."""
        ...

    def exists(self, address: str) -> bool:
        """Return whether there is a blob of that address."""
        ...

    def delete(self, address: str) -> bool:
        """Remove the blob; return whether it was there."""
        ...

    def iterate(self) -> Iterator[str]:
        """Yield the address of every blob."""
        ...


class FolderBlobs:
    """Blobs as files in a folder, two levels deep: ``ab/cd/abcd….ldv``.

    Opening cleans up what a crash left half-written; what another program is writing just now is left alone.
    Raises EnvironmentFailure when the folder is missing (an unplugged disk is not an empty vault); ``create``
    makes it for a new office.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self._folder = folder
        self._temporary = folder / "tmp"
        if not create and not folder.is_dir():
            raise EnvironmentFailure(
                "vault.no_folder",
                N_("The folder of the office's files was not found: {name}"),
                N_("It has been moved or renamed, or the disk it lies on is not connected."),
                N_("Connect the disk or put the folder back; nothing was changed."),
                name=str(folder),
            )
        if create:
            with _failing_on(folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.cleaned = self._clean()

    def open_write(self, head_size: int) -> BlobWriter:
        with _failing_on(self._folder):
            self._temporary.mkdir(mode=0o700, exist_ok=True)  # not at opening: a backup on read-only media opens
            return _FolderWriter(self, *self._new_file(), head_size)

    def open_read(self, address: str) -> BinaryIO:
        path = self.path(address)
        try:
            return path.open("rb")
        except FileNotFoundError:
            raise KeyError(address) from None
        except OSError as error:
            raise file_failure(error, path) from error

    def exists(self, address: str) -> bool:
        return self.path(address).is_file()

    def delete(self, address: str) -> bool:
        path = self.path(address)
        with _failing_on(path):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            sync_folder(path.parent)
        return True

    def iterate(self) -> Iterator[str]:
        with _failing_on(self._folder):
            for path in sorted(self._folder.glob("??/??/*.ldv")):
                if _ADDRESS.fullmatch(path.stem) and path == self.path(path.stem):
                    yield path.stem

    def path(self, address: str) -> Path:
        """Return where the blob lies. Raises ValueError for what is no address."""
        if not _ADDRESS.fullmatch(address):
            raise ValueError(f"not an address: {address!r}")
        return self._folder / address[:2] / address[2:4] / f"{address}.ldv"

    def place(self, temporary: Path, address: str) -> None:
        """Move a finished file to its address; durable on return."""
        target = self.path(address)
        for folder in (target.parent.parent, target.parent):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(folder.parent)
        temporary.replace(target)
        sync_folder(target.parent)

    def _new_file(self) -> tuple[Path, BinaryIO]:
        while True:
            path = self._temporary / f"{secrets.token_hex(16)}{TEMPORARY}"
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            file = os.fdopen(handle, "w+b")
            # Between making and locking it another program that opens the vault may have cleaned it away.
            if _lock(file) and path.exists():
                return path, file
            file.close()

    def _clean(self) -> int:
        count = 0
        with _failing_on(self._folder):
            for path in list(self._temporary.glob(f"*{TEMPORARY}")):
                # On Windows a file that is being written cannot be deleted, elsewhere its writer holds a lock.
                with contextlib.suppress(OSError), path.open("r+b") as file:
                    if not _lock(file):
                        continue
                    if sys.platform == "win32":
                        file.close()
                    path.unlink()
                    count += 1
        return count


def copy_blobs(
    source: BlobStore,
    target: BlobStore,
    progress: Callable[[int, int], None] | None = None,
    *,
    again: Collection[str] = (),
    only: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Copy every blob that ``target`` does not have, still encrypted; return the addresses in ``source``.

    Those in ``again`` are copied even so, over what is there; with ``only`` no others than those are. ``progress``
    hears of each blob before it is copied. Raises EnvironmentFailure when reading or writing fails; what was
    copied whole before stays.
    """
    addresses = tuple(address for address in source.iterate() if only is None or address in only)
    for number, address in enumerate(addresses):
        if progress:
            progress(number, len(addresses))
        if target.exists(address) and address not in again:
            continue
        writer = target.open_write(0)
        try:
            with source.open_read(address) as stream:
                while piece := stream.read(1024 * 1024):
                    writer.write(piece)
            writer.commit(address, b"")
        finally:
            writer.abort()
    return addresses


class _FolderWriter:
    """A file of the folder being written."""

    def __init__(self, blobs: FolderBlobs, path: Path, file: BinaryIO, head_size: int) -> None:
        self._blobs, self._path, self._file, self._head_size = blobs, path, file, head_size
        self._file.write(bytes(head_size))

    def write(self, data: bytes) -> None:
        with _failing_on(self._path.parent):
            self._file.write(data)

    def commit(self, address: str, head: bytes) -> None:
        if len(head) != self._head_size:
            raise ValueError("a head of another size was announced")
        with _failing_on(self._path.parent):
            self._file.seek(0)
            self._file.write(head)
            self._file.flush()
            os.fsync(self._file.fileno())
            if sys.platform == "win32":
                self._file.close()
            self._blobs.place(self._path, address)
            self._file.close()

    def abort(self) -> None:
        with contextlib.suppress(OSError):  # closing flushes, which fails again on a full disk
            self._file.close()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _lock(file: BinaryIO) -> bool:
    """Lock the file for this program; return False when another one holds it. Where there are no locks, True."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def _failing_on(path: Path) -> Iterator[None]:
    """Turn the system's errors into words about ``path``."""
    try:
        yield
    except OSError as error:
        raise file_failure(error, path) from error
