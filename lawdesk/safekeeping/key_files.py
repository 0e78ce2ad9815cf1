"""The wrapped key of an office where it lies, and changing the ways to it: old or new, never between."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_
from lawdesk.storage import keys
from lawdesk.storage.changing_key import settle
from lawdesk.storage.curtain import Acting
from lawdesk.storage.database import Database, Program
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.founding import SERVER_KEY
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.secret import taken
from lawdesk.storage.state import get_state, set_state

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

Find = Callable[[KeyRecord], tuple[OfficeKey, str]]
"""Returns the office key that a record holds and the way to it; raises what a wrong passphrase or code raises."""
FORMER = "former_keys"
"""The state that keeps the keys the office had before, newest first, in base64."""


def unlock(
    record: KeyRecord, passphrase: str | None, recovery_code: str | None, *, use_keyring: bool = True
) -> OfficeKey:
    """Return the office key by whichever way was given; the keyring is tried when no other was."""
    return unlock_by(record, passphrase, recovery_code, use_keyring=use_keyring)[0]


def unlock_by(
    record: KeyRecord,
    passphrase: str | None,
    recovery_code: str | None,
    *,
    use_keyring: bool = True,
    login: str = "",
) -> tuple[OfficeKey, str]:
    """Return the office key and the way to it: ``keyring``, ``passphrase``, ``recovery``, or somebody's own.

    ``login`` is whose own passphrase is tried first.
    """
    if passphrase is not None:
        return keys.unlock_by_words(record, passphrase, login)
    if recovery_code is not None:
        return keys.unlock_with_recovery_code(record, recovery_code), "recovery"
    if use_keyring and (key := keys.recall_from_keyring(record.office_uid)):
        return key, "keyring"
    raise key_needed()


def key_needed() -> UserError:
    """Return the error for an office nobody gave a way into."""
    return UserError(
        "key.needed",
        N_("The office is locked."),
        hint=N_("Enter the passphrase, or use the printed recovery code."),
    )


def former_secrets(session: Session) -> tuple[bytes, ...]:
    """Return the secrets the office had before, the newest first."""
    return tuple(taken(base64.b64decode(one)) for one in json.loads(get_state(session, FORMER) or "[]"))


def no_office(folder: OfficeFolder) -> EnvironmentFailure:
    """Return the error for a folder that holds no office."""
    return EnvironmentFailure(
        "place.no_office",
        N_("There is no office in this folder."),
        N_("{path} holds neither office.db nor office.key."),
        N_("Choose the right folder, or create a new office."),
        path=str(folder.path),
    )


def read_key_record(folder: OfficeFolder, *, settled: bool = False) -> KeyRecord:
    """Return the wrapped key of the office in ``folder``; raises EnvironmentFailure when it is not there.

    A change of the key that was cut off is finished or forgotten first, unless the caller has ``settled`` that.
    """
    if not settled:
        settle(folder)
    if not folder.exists():
        raise no_office(folder)
    try:
        return KeyRecord.from_json(folder.key_file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise keys.damaged_key() from error
    except OSError as error:
        raise EnvironmentFailure(
            "key.missing",
            N_("The key file of this office is missing."),
            N_("{path} cannot be read; without it nobody can open the office."),
            N_("Put back office.key from any backup of this office, then open it again."),
            path=str(folder.key_file),
        ) from error


def open_files(folder: OfficeFolder, find: Find) -> tuple[OfficeKey, str, Engine]:
    """Return key, the way to it and engine of the same office file: its key may be changed by another just now.

    Raises as ``find``, :func:`read_key_record` and ``open_sqlite`` do.
    """
    while True:
        record = read_key_record(folder)
        key, way = find(record)
        before = _identity(folder.database)
        try:
            engine = open_sqlite(folder.database, key.derive("database"))
        except EnvironmentFailure as failure:
            if settle(folder) or _identity(folder.database) != before:
                continue
            if failure.code == "file.wrong_key" and way == "keyring":
                raise key_needed() from failure  # the keyring still has the key of before
            raise
        if not settle(folder) and _identity(folder.database) == before:
            return key, way, engine
        engine.dispose()


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells one file from another that took its place."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


class KeyService:
    """The ways to the office key. ``folder`` is None for an office on a server."""

    def __init__(self, database: Database, key: Callable[[], OfficeKey], folder: OfficeFolder | None) -> None:
        self._database, self._key, self._folder = database, key, folder

    def record(self) -> KeyRecord:
        """Return the wrapped key; raises EnvironmentFailure when it cannot be read."""
        if self._folder is not None:
            return read_key_record(self._folder)
        with self._database.read() as session:
            return KeyRecord.from_json(get_state(session, SERVER_KEY) or "")

    def codes(self, actor: Actor) -> tuple[str, ...]:
        """Return which printed codes open the office: ``recovery``, ``partner-1``, ``partner-2``."""
        require(actor, "firm.read")
        return tuple(way for way in keys.CODE_WAYS if way in self.record().wraps)

    def change_passphrase(self, actor: Actor, old: str, new: str) -> None:
        """Replace the passphrase; raises UserError for a wrong old one, Refused for a short new one.

        Backups made before open with the passphrase they were made under.
        """
        require(actor, "office.keys")
        record = self.record()
        keys.unlock_with_passphrase(record, old)
        changed = keys.change_passphrase(record, self._key(), new)
        if keys.unlock_with_passphrase(changed, new) != self._key():
            raise keys.damaged_key()
        self.write(changed, actor, way="passphrase")

    def new_code(self, actor: Actor, passphrase: str, way: str = "recovery") -> str:
        """Make a new printed code for ``way`` and return it, to be shown once; the code before ends.

        Raises UserError for a wrong passphrase. Backups made before open with the code of their time.
        """
        require(actor, "office.keys")
        record = self.record()
        keys.unlock_by_words(record, passphrase, actor.login)
        changed, code = keys.change_code(record, self._key(), way)
        if keys.unlock_with_recovery_code(changed, code) != self._key():
            raise keys.damaged_key()
        self.write(changed, actor, way=way)
        return code

    def drop_code(self, actor: Actor, passphrase: str, way: str) -> None:
        """End a partner's code; the office's own stays. Raises UserError for a wrong passphrase.

        ValueError for another way than a partner's.
        """
        require(actor, "office.keys")
        record = self.record()
        keys.unlock_by_words(record, passphrase, actor.login)
        self.write(keys.drop_code(record, way), actor, way=way, ended=True)

    def write(self, record: KeyRecord, actor: Acting | None = None, **detail: Any) -> None:
        """Keep a changed key record: old or new at any moment, on record before and after."""
        who = actor or Program()
        if self._folder is None:
            with self._database.write(who, "key.change") as work:
                set_state(work.session, SERVER_KEY, record.to_json())
                work.audit("office_key", state="done", **detail)
            return
        self._note(who, "begun", detail)
        try:
            with atomic_path(self._folder.key_file) as temporary:
                temporary.write_text(record.to_json(), encoding="utf-8")
        except EnvironmentFailure:
            with contextlib.suppress(EnvironmentFailure):
                self._note(who, "failed", detail)
            raise
        self._note(who, "done", detail)

    def _note(self, who: Acting, state: str, detail: dict[str, Any]) -> None:
        with self._database.write(who, "key.change") as work:
            work.audit("office_key", state=state, **detail)
