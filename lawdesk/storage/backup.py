"""Backups that count only after they were read back, and restoring from them.

A backup folder holds ``sets/<moment>/`` (database, wrapped key, manifest) and one ``vault/`` with the encrypted
documents of all sets: they never change, so each is copied once.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, text

from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.keys import OfficeKey
from lawdesk.storage.migrate import check_integrity, copy_database
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_blobs import FolderBlobs, copy_blobs


@dataclass(frozen=True)
class BackupSet:
    """One backup: where it lies, when it was made, what it holds."""

    path: str
    made_at: str
    rows: dict[str, int]
    documents: tuple[str, ...]
    verified: bool

    @property
    def count(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def create_backup(database: Database, key: OfficeKey, folder: OfficeFolder, target: Path) -> BackupSet:
    """Copy the office to ``target``, read the copy back, and only then call it a backup.

    Raises EnvironmentFailure when the target is full, gone or the copy does not check out; then nothing that was
    there before has changed.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    place = target / "sets" / moment
    try:
        place.mkdir(parents=True)
        copy_database(database.engine, place / "office.db", key.derive("database"))
        with atomic_path(place / "office.key") as temporary:
            temporary.write_bytes(folder.key_file.read_bytes())
        documents = _copy_documents(folder.vault, target / "vault")
        made = BackupSet(str(place), moment, _count_rows(place / "office.db", key), documents, verified=False)
        _write_manifest(place, made)
        return verify_backup(place, key)
    except OSError as error:
        raise EnvironmentFailure(
            "backup.target",
            N_("The backup could not be written to {path}."),
            N_("{reason}"),
            N_("Check the disk, or choose another folder. Older backups are untouched."),
            path=str(target),
            reason=error.strerror or str(error),
        ) from error


def list_backups(target: Path) -> list[BackupSet]:
    """Return the backups in ``target``, newest first; a set without a readable manifest is left out."""
    found = []
    for manifest in sorted((target / "sets").glob("*/manifest.json"), reverse=True):
        try:
            found.append(_read_manifest(manifest.parent))
        except LawDeskError:
            continue
    return found


def verify_backup(place: Path, key: OfficeKey) -> BackupSet:
    """Read the whole backup back: cipher, structure, row counts, every document's hash.

    Raises EnvironmentFailure naming the first thing that is wrong; marks the manifest as verified otherwise.
    """
    made = _read_manifest(place)
    engine = open_sqlite(place / "office.db", key.derive("database"))
    try:
        check_integrity(engine)
    finally:
        engine.dispose()
    if _count_rows(place / "office.db", key) != made.rows:
        raise _broken(place, "row counts differ from the manifest")
    vault = Vault(FolderBlobs(place.parent.parent / "vault", create=True), key.derive("vault"))
    report = vault.verify_all(made.documents)
    if report.missing or report.mismatched:
        raise _broken(place, f"{len(report.missing)} documents missing, {len(report.mismatched)} damaged")
    verified = BackupSet(made.path, made.made_at, made.rows, made.documents, verified=True)
    _write_manifest(place, verified)
    return verified


def restore_backup(place: Path, key: OfficeKey, target: OfficeFolder) -> None:
    """Put the backup at ``place`` into a new, empty folder after verifying it.

    Raises EnvironmentFailure when there is already an office in the folder or the backup is not sound.
    """
    if target.exists():
        raise EnvironmentFailure(
            "place.taken", N_("There is already an office in this folder."), hint=N_("Choose an empty folder.")
        )
    verify_backup(place, key)
    target.path.mkdir(parents=True, exist_ok=True)
    engine = open_sqlite(place / "office.db", key.derive("database"))
    try:
        _copy_documents(place.parent.parent / "vault", target.vault)
        with atomic_path(target.key_file) as temporary:
            temporary.write_bytes((place / "office.key").read_bytes())
        copy_database(engine, target.database, key.derive("database"))
    finally:
        engine.dispose()


def _copy_documents(source: Path, target: Path) -> tuple[str, ...]:
    """Copy the encrypted documents that ``target`` does not have yet; return all addresses."""
    return copy_blobs(FolderBlobs(source, create=True), FolderBlobs(target, create=True))


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


def _write_manifest(place: Path, made: BackupSet) -> None:
    with atomic_path(place / "manifest.json") as temporary:
        temporary.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")


def _read_manifest(place: Path) -> BackupSet:
    try:
        body = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        return BackupSet(str(place), body["made_at"], body["rows"], tuple(body["documents"]), body["verified"])
    except (OSError, ValueError, KeyError) as error:
        raise _broken(place, "its manifest cannot be read") from error


def _broken(place: Path, reason: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "backup.broken",
        N_("The backup {path} is not sound."),
        N_("{reason}"),
        N_("Use an older backup, and make a new one now."),
        path=str(place),
        reason=reason,
    )
