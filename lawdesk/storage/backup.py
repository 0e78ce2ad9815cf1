"""Backups that count only after they were read back, and restoring from them.

A backup folder holds ``sets/<moment>/`` (database, wrapped key, manifest) and one ``vault/`` with the encrypted
documents of all sets: they never change, so each is copied once. A set without a manifest is one that was never
finished; it is not listed, and removed by a later backup.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlmodel import Session

from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError
from lawdesk.kernel.files import atomic_path, sync_folder
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Program
from lawdesk.storage.diagnosis import sealed_pages
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.faults import in_words
from lawdesk.storage.heads import RESTORE, SignedHead, keep_head, take_head
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import check_integrity, copy_database, current_revision, remove_database
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_blobs import FolderBlobs, copy_blobs

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all; may raise Cancelled, then nothing counts."""
LARGEST_MANIFEST = 128 * 1024 * 1024
_MOMENT = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class BackupSet:
    """One backup: where it lies, when it was made, what it holds.

    ``documents`` are the vault addresses in it, ``missing`` those the office names but its vault did not have,
    ``audit`` the signed head of its audit chain.
    """

    path: str
    made_at: str
    rows: dict[str, int]
    documents: tuple[str, ...]
    verified: bool
    missing: tuple[str, ...] = ()
    key_sha256: str = ""
    audit: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def count(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())

    @property
    def moment(self) -> datetime:
        """When it was made, aware, in UTC."""
        return datetime.strptime(self.made_at, _MOMENT).replace(tzinfo=UTC)


def create_backup(
    database: Database,
    key: OfficeKey,
    folder: OfficeFolder,
    target: Path,
    *,
    documents: Collection[str],
    progress: Progress | None = None,
) -> BackupSet:
    """Copy the office to ``target``, read the copy back, and only then call it a backup.

    ``documents`` are the vault addresses the office's rows name. Raises EnvironmentFailure when the target is
    full, gone or the copy does not check out, when the vault is not there (an unplugged disk is not an empty
    vault), and ``backup.incomplete`` when single documents are missing: then the set is kept, but never counts as
    verified. What was there before has not changed.
    """
    place = target / "sets" / datetime.now(UTC).strftime(_MOMENT)
    if not target.exists() and not target.parent.exists():
        raise _unwritable(target, N_("The folder is not there; perhaps a disk is not connected."))
    with _writing(target):
        place.mkdir(parents=True)
        try:
            made = _copy(database, key, folder, place, documents=documents, progress=progress)
            _write_manifest(place, made)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        _remove_unfinished(target)
        try:
            return verify_backup(place, key, progress)
        except EnvironmentFailure as failure:
            again = failure.params.get("addresses", ())
            if failure.code != "backup.documents" or not again:
                raise
        # A file in the backup's vault went bad since an earlier backup: the office still has it whole.
        copy_blobs(FolderBlobs(folder.vault), FolderBlobs(target / "vault"), again=again)
        return verify_backup(place, key, progress)


def list_backups(target: Path) -> list[BackupSet]:
    """Return the backups in ``target``, newest first; a set without a readable manifest is left out."""
    found = []
    for manifest in sorted((target / "sets").glob("*/manifest.json"), reverse=True):
        try:
            found.append(_read_manifest(manifest.parent))
        except LawDeskError:
            continue
    return found


def verify_backup(place: Path, key: OfficeKey, progress: Progress | None = None) -> BackupSet:
    """Read the whole backup back: key file, cipher, structure, row counts, every document's hash.

    Raises EnvironmentFailure naming the first thing that is wrong and marks the manifest as not verified then, as
    verified otherwise.
    """
    made = _read_manifest(place)
    try:
        _verify(place, made, key_of_set(place, key), progress)
    except EnvironmentFailure:
        if made.verified:
            with contextlib.suppress(LawDeskError):  # on read-only media it stays as it is
                _write_manifest(place, replace(made, verified=False))
        raise
    verified = replace(made, verified=True)
    if not made.verified:
        _write_manifest(place, verified)
    return verified


def key_of_set(place: Path, key: OfficeKey) -> OfficeKey:
    """Return the key the set at ``place`` was made under: the office's of now, or one it had before."""
    for one in key.every() if key.former else ():
        with contextlib.suppress(OSError):
            if sealed_pages(place / "office.db", one.derive("database"))[0]:
                return one
    return key


def restore_backup(place: Path, key: OfficeKey, target: OfficeFolder) -> None:
    """Put the backup at ``place`` into a new, empty folder after verifying it.

    Raises EnvironmentFailure when there is already an office in the folder or the backup is not sound. A restore
    that is killed leaves nothing that looks like an office: the database gets its name last.
    """
    if target.exists():
        raise EnvironmentFailure(
            "place.taken", N_("There is already an office in this folder."), hint=N_("Choose an empty folder.")
        )
    made = verify_backup(place, key)
    key = key_of_set(place, key)
    copy = target.database.with_name(target.database.name + ".restoring")
    with _writing(target.path):
        target.path.mkdir(parents=True, exist_ok=True)
        remove_database(copy)
        engine = open_sqlite(place / "office.db", key.derive("database"))
        try:
            copy_database(engine, copy, key.derive("database"))
        finally:
            engine.dispose()
        source = FolderBlobs(place.parent.parent / "vault", create=not made.documents)
        copy_blobs(source, FolderBlobs(target.vault, create=True), only=set(made.documents))
        with atomic_path(target.key_file) as temporary:
            temporary.write_bytes((place / "office.key").read_bytes())
        engine = open_sqlite(copy, key.derive("database"))
        try:
            if current_revision(engine) == HEAD:
                _note_restore(engine, made)
            with engine.connect() as connection:  # the copy gets its name alone: nothing may stay in its log
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")
        finally:
            engine.dispose()
        copy.replace(target.database)
        sync_folder(target.path)


def _copy(
    database: Database,
    key: OfficeKey,
    folder: OfficeFolder,
    place: Path,
    *,
    documents: Collection[str],
    progress: Progress | None,
) -> BackupSet:
    """Copy database, key and documents; the documents last, so that every row copied finds its file."""
    source = FolderBlobs(folder.vault, create=not documents)
    copy_database(database.engine, place / "office.db", key.derive("database"))
    content = folder.key_file.read_bytes()
    with atomic_path(place / "office.key") as temporary:
        temporary.write_bytes(content)
    vault = Vault(source, key.derive("vault"))
    named = set(documents)
    ours = {address for address in source.iterate() if address in named or vault.owns(address)}
    copied = copy_blobs(source, FolderBlobs(place.parent.parent / "vault", create=True), progress, only=ours)
    missing = tuple(sorted(set(documents) - set(copied)))
    rows = _count_rows(place / "office.db", key)
    head = _head(place / "office.db", key)
    keep_head(place.parent.parent, head)
    digest = hashlib.sha256(content).hexdigest()
    return BackupSet(
        str(place),
        place.name,
        rows,
        copied,
        verified=False,
        missing=missing,
        key_sha256=digest,
        audit=asdict(head),
    )


def _verify(place: Path, made: BackupSet, key: OfficeKey, progress: Progress | None) -> None:
    if _key_record(place, made).office_uid != key.office_uid:
        raise _broken(place, N_("its key file was changed"))
    try:
        engine = open_sqlite(place / "office.db", key.derive("database"))
        try:
            check_integrity(engine)
        finally:
            engine.dispose()
        if _count_rows(place / "office.db", key) != made.rows:
            raise _broken(place, N_("its tables hold more or fewer rows than when it was made"))
    except DatabaseError as error:
        raise _broken(place, N_("its database cannot be read")) from error
    blobs = FolderBlobs(place.parent.parent / "vault", create=not made.documents)

    def told(done: int, total: int | None) -> None:
        if progress:
            progress(done, total or done)

    report = Vault(blobs, key.derive("vault")).verify_all(made.documents, told)
    if not report.sound:
        raise EnvironmentFailure(
            "backup.documents",
            N_("The backup {path} is not sound."),
            N_("{missing} of its documents are missing, {damaged} are damaged."),
            N_("Use an older backup, and make a new one now."),
            path=str(place),
            missing=len(report.missing),
            damaged=len(report.mismatched),
            addresses=(*report.missing, *report.mismatched),
        )
    if made.missing:
        raise EnvironmentFailure(
            "backup.incomplete",
            N_("{count} documents are missing in this backup."),
            N_("The office names them, but its folder of files did not have them when the backup was made."),
            N_("Check the stored files in Settings, and restore the missing ones from an older backup."),
            count=len(made.missing),
            path=str(place),
        )


def refuse_changed_key(place: Path) -> None:
    """Raise EnvironmentFailure when the key file of a backup is not the one it was made with.

    Asked before a passphrase is tried: a damaged key file looks like a wrong passphrase.
    """
    _key_record(place, _read_manifest(place))


def _key_record(place: Path, made: BackupSet) -> KeyRecord:
    try:
        content = (place / "office.key").read_bytes()
    except OSError as error:
        raise _broken(place, N_("its key file cannot be read")) from error
    if made.key_sha256 and hashlib.sha256(content).hexdigest() != made.key_sha256:
        raise _broken(place, N_("its key file was changed"))
    return KeyRecord.from_json(content.decode("utf-8", "replace"))


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Turn what disk and engine say while ``target`` is written into words."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except OSError as error:
        raise _unwritable(target, N_("{reason}"), error.strerror or str(error)) from error
    except (dbapi2.Error, DBAPIError) as error:
        said = error if isinstance(error, DBAPIError) else DBAPIError(None, None, error)
        if (failure := in_words(said)).code == "file.damaged":
            raise failure from error  # the office itself cannot be read: no other disk would help
        raise _unwritable(target, N_("{reason}"), str(said.orig)) from error


def _unwritable(target: Path, why: str, reason: str = "") -> EnvironmentFailure:
    return EnvironmentFailure(
        "backup.target",
        N_("The backup could not be written to {path}."),
        why,
        N_("Check the disk, or choose another folder. Older backups are untouched."),
        path=str(target),
        reason=reason,
    )


def _remove_unfinished(target: Path) -> None:
    """Remove sets that a crash left without a manifest; one that is not a day old may be on its way elsewhere."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).strftime(_MOMENT)
    for place in (target / "sets").iterdir():
        if place.is_dir() and place.name < yesterday and not (place / "manifest.json").exists():
            shutil.rmtree(place, ignore_errors=True)


def _count_rows(path: Path, key: OfficeKey) -> dict[str, int]:
    engine = open_sqlite(path, key.derive("database"))
    try:
        with engine.connect() as connection:
            names = sorted(inspect(connection).get_table_names())
            return {
                name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names
            }
    finally:
        engine.dispose()


def _head(path: Path, key: OfficeKey) -> SignedHead:
    engine = open_sqlite(path, key.derive("database"))
    try:
        with Session(engine) as session:
            return take_head(session, key)
    finally:
        engine.dispose()


def _note_restore(engine: Engine, made: BackupSet) -> None:
    """Write into the restored chain that it is one: what came after the backup is left behind on purpose."""
    with Database(engine).write(Program(), RESTORE) as work:
        restored = datetime.now(UTC).isoformat(timespec="seconds")
        work.audit("office", made=made.moment.replace(microsecond=0).isoformat(), restored=restored)


def _write_manifest(place: Path, made: BackupSet) -> None:
    with atomic_path(place / "manifest.json") as temporary:
        temporary.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")


def _read_manifest(place: Path) -> BackupSet:
    try:
        if (place / "manifest.json").stat().st_size > LARGEST_MANIFEST:
            raise ValueError("far too large")
        body = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        made = BackupSet(
            str(place),
            body["made_at"],
            dict(body["rows"]),
            tuple(body["documents"]),
            bool(body["verified"]),
            tuple(body.get("missing", ())),
            str(body.get("key_sha256", "")),
            dict(body.get("audit", {})),
        )
        _moment = made.moment  # a manifest whose moment is none cannot be read
        return made
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _broken(place, N_("its manifest cannot be read")) from error


def _broken(place: Path, reason: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "backup.broken",
        N_("The backup {path} is not sound."),
        reason,
        N_("Use an older backup, and make a new one now."),
        path=str(place),
    )
