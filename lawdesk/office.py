"""The composition root: opens an office and builds every service once. What app, command line and tests hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import SQLModel

from lawdesk.cases import CaseService
from lawdesk.conflicts import ConflictService
from lawdesk.deadlines import DeadlineService
from lawdesk.documents import DocumentService, PackageService
from lawdesk.firm import Actor, FirmService
from lawdesk.kernel.clock import Clock, ShiftedClock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import atomic_path, file_failure, sync_folder
from lawdesk.kernel.i18n import N_
from lawdesk.safekeeping import BackupService, ChainService, ExportService, HealthService, SessionLog
from lawdesk.safekeeping.bringing_in import Source, bring_in, read_source
from lawdesk.safekeeping.key_files import SERVER_KEY, KeyService, read_key_record, unlock
from lawdesk.storage import keys
from lawdesk.storage.database import Database, Program
from lawdesk.storage.engine import open_server, open_sqlite
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import current_revision, migrate_file, refuse_newer, upgrade
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.place import OfficeFolder, is_server
from lawdesk.storage.state import get_state, set_state
from lawdesk.storage.tables import load_all_tables
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_blobs import FolderBlobs
from lawdesk.storage.vault_table import TableBlobs
from lawdesk.timesheet import TimesheetService

__all__ = [
    "DEMO_CLOCK",
    "Created",
    "Office",
    "create_office",
    "import_office",
    "office_key_record",
    "open_office",
    "read_key_record",
    "unlock",
    "write_key_record",
]

DEMO_CLOCK = "demo_clock"
"""The moment the demo's office always opens at; no real office has one."""


@dataclass(frozen=True)
class Created:
    """A new office, open, with the recovery code to print once."""

    office: Office
    recovery_code: str
    founder: Actor


class Office:
    """One open office: every service, built once, over one database."""

    def __init__(self, database: Database, key: OfficeKey, place: str) -> None:
        self.database = database
        self.key = key
        self.place = place
        self.announcer = database.announcer
        self.firm = FirmService(database)
        self.cases = CaseService(database)
        self.conflicts = ConflictService(database, self.cases.queries, self.firm.queries)
        self.deadlines = DeadlineService(database, self.cases.queries)
        self.timesheet = TimesheetService(database, self.cases.queries, self.firm.queries)
        self.documents = DocumentService(database, self.cases.queries, self._open_vault)
        self.packages = PackageService(
            database, self.cases.queries, self.firm.queries, self.documents, (self.deadlines.section,)
        )
        own = None if is_server(place) else OfficeFolder(Path(place))
        self.keys = KeyService(database, key, own)
        self.backups = BackupService(database, key, own, self.documents) if own is not None else None
        where = self.backups.folder if self.backups is not None else None
        self.chain = ChainService(database, self.firm.queries, key, where)
        self.health = HealthService(database, self.documents, self.chain, own)
        self.sessions = SessionLog(database)
        self.leaving = ExportService(database, self.firm.queries, self.documents, self.deadlines)

    @property
    def clock(self) -> Clock:
        """The office's clock: the PC's, or the demo's."""
        return self.database.clock

    @property
    def folder(self) -> OfficeFolder:
        """The office's files on this PC; raises EnvironmentFailure for an office on a server."""
        if is_server(self.place):
            raise EnvironmentFailure(
                "place.server",
                N_("This office lies on a server."),
                hint=N_("Back it up with the server's own tools (pg_dump)."),
            )
        return OfficeFolder(Path(self.place))

    def _open_vault(self) -> Vault:
        if is_server(self.place):
            return Vault(TableBlobs(self.database.engine), self.key.derive("vault"))
        folder = OfficeFolder(Path(self.place)).vault
        # The folder is made once, for the first document; later a missing one is a fault, not an empty vault.
        fresh = not self.documents.queries.anything_stored()
        return Vault(FolderBlobs(folder, create=fresh), self.key.derive("vault"))

    def is_demo(self) -> bool:
        """Whether this is the demo's office, which lives on its own day."""
        with self.database.read() as session:
            return get_state(session, DEMO_CLOCK) is not None

    def close(self) -> None:
        """Close the database; nothing of the office stays open."""
        self.database.close()


def create_office(
    place: str, *, firm_name: str, founder: str, passphrase: str, login: str = "admin", clock: Clock | None = None
) -> Created:
    """Make a new, encrypted office at ``place`` (a folder or a ``postgresql://`` URL).

    Raises Refused for an empty firm name or short passphrase, EnvironmentFailure when the place is taken, on a
    network share or cannot be written. A failed attempt leaves nothing behind that looks like an office.
    """
    load_all_tables()
    key, record, code = keys.create_key(passphrase)
    database = (
        _create_on_server(place, record, clock)
        if is_server(place)
        else _create_in_folder(place, key, record, clock)
    )
    office = Office(database, key, place)
    try:
        actor = office.firm.found(firm_name, founder, login)
    except Exception:
        office.close()
        if not is_server(place):
            _remove_unfinished(OfficeFolder(Path(place)))
        raise
    return Created(office, code, actor)


def open_office(
    place: str,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    use_keyring: bool = True,
    clock: Clock | None = None,
) -> Office:
    """Open the office at ``place`` with the keyring's copy, the passphrase or the recovery code.

    Raises UserError ``key.needed`` when none was given and the keyring has none, ``key.wrong_passphrase`` and
    ``key.wrong_code``; EnvironmentFailure for a missing, damaged, newer or foreign file.
    """
    load_all_tables()
    if is_server(place):
        database = Database(open_server(place), clock)
        try:
            _bring_server_up_to_date(database)
            with database.read() as session:
                stored = get_state(session, SERVER_KEY)
            if stored is None:
                raise EnvironmentFailure("place.no_office", N_("There is no office on this server yet."))
            key = unlock(KeyRecord.from_json(stored), passphrase, recovery_code, use_keyring=use_keyring)
        except Exception:
            database.close()
            raise
        return Office(database, key, place)
    folder = OfficeFolder(Path(place))
    key = unlock(read_key_record(folder), passphrase, recovery_code, use_keyring=use_keyring)
    engine = open_sqlite(folder.database, key.derive("database"))
    revision = current_revision(engine)
    try:
        refuse_newer(revision)
    except EnvironmentFailure:
        engine.dispose()
        raise
    if revision != HEAD:
        engine = migrate_file(folder.database, key.derive("database"), engine)
    database = Database(engine, clock)
    with database.read() as session:
        pinned = get_state(session, DEMO_CLOCK)
    if pinned is not None and clock is None:
        database.clock = ShiftedClock(datetime.fromisoformat(pinned))
    return Office(database, key, place)


def import_office(
    source: Path, place: str, passphrase: str, *, progress: Callable[[int, int], None] | None = None
) -> str:
    """Make a new office at ``place`` (a folder or a server) from the export at ``source``.

    Returns its recovery code: it has a key of its own.
    Raises Refused for a short passphrase, EnvironmentFailure when the place is taken or
    the export is not complete or was changed; then nothing that looks like an office is left.
    """
    load_all_tables()
    key, record, code = keys.create_key(passphrase)
    found = read_source(Path(source))
    if is_server(place):
        _import_on_server(found, place, key, record, progress)
        return code
    folder, working = OfficeFolder(Path(place)), OfficeFolder(Path(f"{place}.importing"))
    _refuse_office(folder)
    shutil.rmtree(working.path, ignore_errors=True)
    try:
        database = _create_in_folder(str(working.path), key, record, None)
        try:
            vault = Vault(FolderBlobs(working.vault, create=True), key.derive("vault"))
            bring_in(database, vault, found, progress=progress)
        finally:
            database.close()
        if folder.path.exists():
            folder.path.rmdir()
        working.path.replace(folder.path)
        sync_folder(folder.path.parent)
    except OSError as error:
        raise file_failure(error, folder.path) from error
    finally:
        shutil.rmtree(working.path, ignore_errors=True)
    return code


def _import_on_server(
    found: Source, place: str, key: OfficeKey, record: KeyRecord, progress: Callable[[int, int], None] | None
) -> None:
    engine = open_server(place)
    _refuse_server_office(engine)
    upgrade(engine)
    database = Database(engine)
    try:
        vault = Vault(TableBlobs(engine), key.derive("vault"))
        bring_in(database, vault, found, states={SERVER_KEY: record.to_json()}, progress=progress)
    except BaseException:
        SQLModel.metadata.drop_all(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        raise
    finally:
        database.close()


def office_key_record(office: Office) -> KeyRecord:
    """Return the wrapped key of an open office; raises EnvironmentFailure when it cannot be read."""
    return office.keys.record()


def write_key_record(office: Office, record: KeyRecord, actor: Actor | None = None) -> None:
    """Keep a changed key record, on record as ``actor``'s doing: old or new afterwards, never between."""
    office.keys.write(record, actor)


def _create_in_folder(place: str, key: OfficeKey, record: KeyRecord, clock: Clock | None) -> Database:
    folder = OfficeFolder(Path(place))
    _refuse_office(folder)
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.path.chmod(0o700)
        with atomic_path(folder.key_file) as temporary:
            temporary.write_text(record.to_json(), encoding="utf-8")
    except OSError as error:
        raise EnvironmentFailure(
            "place.unwritable",
            N_("The office cannot be created here."),
            N_("{reason}"),
            N_("Choose a folder you may write to."),
            reason=error.strerror or str(error),
        ) from error
    try:
        engine = open_sqlite(folder.database, key.derive("database"), create=True)
        upgrade(engine)
    except Exception:
        _remove_unfinished(folder)
        raise
    return Database(engine, clock)


def _refuse_office(folder: OfficeFolder) -> None:
    if folder.exists():
        raise EnvironmentFailure(
            "place.taken",
            N_("There is already an office in this folder."),
            hint=N_("Open it, or choose another folder."),
        )


def _refuse_server_office(engine: Engine) -> None:
    if current_revision(engine) is not None:
        engine.dispose()
        raise EnvironmentFailure(
            "place.taken",
            N_("There is already an office on this server."),
            hint=N_("Open it, or use another database."),
        )


def _create_on_server(place: str, record: KeyRecord, clock: Clock | None) -> Database:
    engine = open_server(place)
    _refuse_server_office(engine)
    upgrade(engine)
    database = Database(engine, clock)
    with database.write(Program(), "office.create") as work:
        set_state(work.session, SERVER_KEY, record.to_json())
        work.audit("office")
    return database


def _bring_server_up_to_date(database: Database) -> None:
    revision = current_revision(database.engine)
    refuse_newer(revision)
    if revision is None:
        raise EnvironmentFailure("place.no_office", N_("There is no office on this server yet."))
    if revision != HEAD:
        upgrade(database.engine)


def _remove_unfinished(folder: OfficeFolder) -> None:
    """Take away what a failed creation wrote; never called on an office that existed before."""
    for name in ("office.db", "office.db-wal", "office.db-shm", "office.key"):
        (folder.path / name).unlink(missing_ok=True)
