"""Changing the office's key itself: everything is written anew under a random key, then exchanged at once.

What was made before stays readable with what was valid then: a backup opens with the passphrase or code of its
time, and the office keeps its former keys inside, so that it can still verify its older backups and signed heads.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import atomic_path, file_failure, sync_file
from lawdesk.kernel.i18n import N_
from lawdesk.safekeeping.key_files import FORMER, read_key_record
from lawdesk.storage import keys
from lawdesk.storage.changing_key import NEW, OLD, KeyChange, alone
from lawdesk.storage.curtain import Acting
from lawdesk.storage.database import Database, stale_error
from lawdesk.storage.diagnosis import give_key
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import check_integrity
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.secret import taken
from lawdesk.storage.state import set_state
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_blobs import FolderBlobs

Progress = Callable[[int, int], None]
"""Called with the documents done and all; may raise Cancelled, then the old key holds."""


@dataclass(frozen=True)
class KeyChanged:
    """A changed key: the key itself, a new recovery code to print ("" if the old one stays), the ways that ended.

    ``left`` counts documents that could not be read and stay as they were: missing or damaged before already.
    """

    key: OfficeKey
    recovery_code: str
    ended: tuple[str, ...]
    left: int


def change_key(
    folder: OfficeFolder,
    key: OfficeKey,
    record: KeyRecord,
    passphrase: str,
    actor: Acting,
    *,
    new_code: bool = True,
    end: Collection[str] = (),
    progress: Progress | None = None,
) -> KeyChanged:
    """Give the closed office in ``folder`` a new random key; ``record`` is its wrapped key of now.

    The passphrase goes on; so do the ways not in ``end``, and the recovery code unless ``new_code`` makes another.
    Raises UserError for a wrong passphrase, EnvironmentFailure when the office is open elsewhere, the disk is full
    or what was written does not check out: then the old key holds, as it does after a kill until the last moment.
    """
    keys.unlock_with_passphrase(record, passphrase)
    new = OfficeKey(key.office_uid, taken(os.urandom(32)), (key.secret, *key.former))
    code = keys.new_recovery_code() if new_code else ""
    known = {"passphrase": passphrase} | ({"recovery": code} if code else {})
    changed, ended = keys.renewed(record, key, new, known, end)
    _prove(changed, new, passphrase, code)
    change = KeyChange(folder)
    try:
        change.begin()
        try:
            with alone(folder, key.derive("database")) as connection:
                if read_key_record(folder, settled=True) != record:
                    raise stale_error()
                refuse_full(folder)
                addresses, left = _store_again(folder, key, new, change, progress)
                _write_database(connection, change, new, addresses, actor=actor, ended=ended)
                with atomic_path(change.key_file) as temporary:
                    temporary.write_text(changed.to_json(), encoding="utf-8")
                change.switch()
        except BaseException:
            if not (change.path / "switch").exists():
                change.abandon()
            raise
        change.end()
    except OSError as error:
        raise file_failure(error, folder.path) from error
    return KeyChanged(new, code, ended, left)


def _prove(record: KeyRecord, key: OfficeKey, passphrase: str, code: str) -> None:
    """See that what was handed out opens the new key, before anything depends on it."""
    proofs = [keys.unlock_with_passphrase(record, passphrase)]
    if code:
        proofs.append(keys.unlock_with_recovery_code(record, code))
    if any(proof != key for proof in proofs) or "recovery" not in record.wraps:
        raise keys.damaged_key()


def room_needed(folder: OfficeFolder) -> int:
    """Return the bytes that must be free while the key is changed."""
    written = sum(path.stat().st_size for path in folder.vault.rglob("*.ldv"))
    return round((written + 2 * folder.database.stat().st_size) * 1.05) + (16 << 20)


def refuse_full(folder: OfficeFolder) -> None:
    """Raise EnvironmentFailure ``key.no_room`` where there is no room to write everything once more."""
    need = room_needed(folder)
    if shutil.disk_usage(folder.path).free < need:
        raise EnvironmentFailure(
            "key.no_room",
            N_("There is no room to change the key."),
            N_("Everything is written once more before the old files go: {megabytes} MB are needed."),
            N_("Make room on the disk, then try again. Nothing was changed."),
            megabytes=need // 1_000_000 + 1,
        )


def _store_again(
    folder: OfficeFolder, key: OfficeKey, new: OfficeKey, change: KeyChange, progress: Progress | None
) -> tuple[dict[str, str], int]:
    """Store every document under the new key; return new addresses by old, and how many could not be read."""
    if not folder.vault.is_dir():
        return {}, 0
    blobs = FolderBlobs(folder.vault)
    before, after = Vault(blobs, key.derive("vault")), Vault(blobs, new.derive("vault"))
    everything = list(blobs.iterate())
    addresses: dict[str, str] = {}
    left = 0
    for number, address in enumerate(everything):
        if progress:
            progress(number, len(everything))
        digest = before.digest(address)
        if not isinstance(digest, bytes):
            left += 1
            continue
        change.note(NEW, after.address_of(digest))
        with before.open(address) as stream:
            addresses[address] = after.put(stream).address
        change.note(OLD, address)
    return addresses, left


def _write_database(
    connection: Any,
    change: KeyChange,
    new: OfficeKey,
    addresses: dict[str, str],
    *,
    actor: Acting,
    ended: tuple[str, ...],
) -> None:
    """Write the database under the new key, with the documents' new addresses and the change on record."""
    from sqlcipher3 import dbapi2

    target = dbapi2.connect(str(change.database), isolation_level=None)
    try:
        target.execute("PRAGMA cipher_log_level = NONE")
        give_key(target, new.derive("database"), new=True)
        connection.backup(target)
    finally:
        target.close()
    engine = open_sqlite(change.database, new.derive("database"))
    try:
        with Database(engine).write(actor, "key.change") as work:
            set_state(work.session, FORMER, json.dumps([base64.b64encode(one).decode() for one in new.former]))
            for old, address in addresses.items():
                statement = text("UPDATE document_version SET address = :new WHERE address = :old")
                work.session.connection().execute(statement, {"new": address, "old": old})
            work.audit("office_key", state="done", way="office", documents=len(addresses), ended=list(ended))
        check_integrity(engine)
        with engine.connect() as last:  # nothing may stay in the log: the file is moved alone
            last.exec_driver_sql("ROLLBACK")
            last.exec_driver_sql("PRAGMA journal_mode = DELETE")
            last.exec_driver_sql("BEGIN")
    finally:
        engine.dispose()
    sync_file(change.database)
