"""A new key for the whole office: database, documents and key file, all old or all new at any moment.

Beside the office's files a folder ``new-key`` is filled: the database under the new key, its key file, and lists
of what was stored again. Documents go into the vault itself, for under another key each has another address. One
small file, ``switch``, is the moment: without it everything in the folder is thrown away at the next opening, with
it the new files take their places, however often that is cut off. Neither needs a key.

Meanwhile the database is locked for everybody else (rollback journal, exclusive lock), and the folder by a lock
that ends with the process.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import atomic_path, file_failure, sync_file, sync_folder
from lawdesk.kernel.i18n import N_
from lawdesk.storage.diagnosis import give_key
from lawdesk.storage.instance import WindowLock
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.vault_blobs import FolderBlobs

FOLDER, SWITCH, OLD, NEW = "new-key", "switch", "documents-before", "documents-new"
PATIENCE = 30.0


class KeyChange:
    """The folder a new key is prepared in."""

    def __init__(self, folder: OfficeFolder) -> None:
        self.office = folder
        self.path = folder.path / FOLDER
        self.database = self.path / "office.db"
        self.key_file = self.path / "office.key"
        self._lock = WindowLock(self.path)

    def begin(self) -> None:
        """Make the folder, or clear what an earlier attempt left; raises EnvironmentFailure while one runs."""
        settle(self.office)
        self.path.mkdir(mode=0o700, exist_ok=True)
        if not self._acquire() or not self._lock.path.exists():
            raise EnvironmentFailure(
                "key.changing",
                N_("The office's key is being changed just now."),
                N_("Another LawDesk on this PC does it."),
                N_("Wait until it is done, then open the office again."),
            )

    def note(self, name: str, address: str) -> None:
        """Write down an address before its document is stored or after which it is to go."""
        with (self.path / name).open("a", encoding="ascii") as file:
            file.write(address + "\n")

    def switch(self) -> None:
        """From here on the new key holds; what is left to do is done by whoever comes first."""
        for name in (OLD, NEW):
            if (self.path / name).exists():
                sync_file(self.path / name)
        sync_folder(self.path)
        with atomic_path(self.path / SWITCH) as temporary:
            temporary.write_bytes(b"the new key holds\n")
        self._carry_out()

    def abandon(self) -> None:
        """Throw the preparations away; the old key holds."""
        _forget(self.office, self.path, NEW)
        self._clear()

    def end(self) -> None:
        """Remove the documents under the old key and the folder."""
        _forget(self.office, self.path, OLD)
        self._clear()

    def _acquire(self) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return self._lock.acquire()
        return False

    def _clear(self) -> None:
        """Empty the folder, the switch last, and remove it; what others make in it meanwhile is theirs."""
        for name in sorted((path.name for path in self.path.iterdir()), key=lambda name: name == SWITCH):
            if name != self._lock.path.name:
                (self.path / name).unlink(missing_ok=True)
        self._lock.path.unlink(missing_ok=True)
        self._lock.release()
        with contextlib.suppress(OSError):
            self.path.rmdir()

    def settle(self) -> bool:
        """Finish or forget what another process left; True when files of the office were exchanged."""
        if not self.path.is_dir():
            return False
        deadline = time.monotonic() + PATIENCE
        while not self._acquire():
            if not (self.path / SWITCH).exists() or not self._waiting() or time.monotonic() > deadline:
                return False  # it is being prepared, or only tidied up: the office's files fit together
            time.sleep(0.05)
        try:
            if not (self.path / SWITCH).exists():
                self.abandon()
                return False
            moved = self._waiting()
            self._carry_out()
            self.end()
            return moved
        finally:
            self._lock.release()

    def _waiting(self) -> bool:
        return self.database.exists() or self.key_file.exists()

    def _carry_out(self) -> None:
        """Give the new files their places. The old database has no log: it was locked, with a rollback journal."""
        for new, place in ((self.key_file, self.office.key_file), (self.database, self.office.database)):
            if new.exists():
                if place == self.office.database:
                    for suffix in ("-wal", "-shm", "-journal"):
                        Path(str(place) + suffix).unlink(missing_ok=True)
                new.replace(place)
                sync_folder(self.office.path)


def settle(folder: OfficeFolder) -> bool:
    """Finish or forget a change of the key that was cut off; True when files of the office were exchanged.

    Called before an office's files are read. Raises EnvironmentFailure when the disk refuses.
    """
    try:
        return KeyChange(folder).settle()
    except OSError as error:
        raise file_failure(error, folder.path) from error


@contextlib.contextmanager
def alone(folder: OfficeFolder, key: bytes) -> Iterator[Any]:
    """Hold the database so that nobody else can read or write it; gives the connection.

    Raises EnvironmentFailure ``key.in_use`` while another program has the office open.
    """
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(folder.database), isolation_level=None, timeout=2, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        give_key(connection, key)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            journal = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays until the connection is closed
        except dbapi2.OperationalError:
            journal = ""
        if journal != "delete":
            raise EnvironmentFailure(
                "key.in_use",
                N_("The office is open in another program; its key cannot be changed now."),
                hint=N_("Close every other LawDesk on this PC, then try again."),
            )
        yield connection
    finally:
        connection.close()


def _forget(office: OfficeFolder, path: Path, name: str) -> None:
    """Delete the documents whose addresses stand in a list; a last line cut off stands for none."""
    try:
        lines = (path / name).read_text(encoding="ascii").split("\n")[:-1]
    except FileNotFoundError:
        return
    if lines and office.vault.is_dir():
        blobs = FolderBlobs(office.vault)
        for address in lines:
            with contextlib.suppress(ValueError):
                blobs.delete(address)
