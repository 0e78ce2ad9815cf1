"""The composition root: opens an office and builds every service once. What app, command line and tests hold.

Services that neither Today nor most commands need are imported and built when they are first asked for.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.cases import CaseService
from lawdesk.deadlines import DeadlineService, ManualDeadline
from lawdesk.firm import Actor, Curtain, FirmService, WallService
from lawdesk.kernel.clock import Clock, ShiftedClock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import file_failure, sync_folder
from lawdesk.kernel.i18n import N_, _
from lawdesk.office.following import file_names, install_policies
from lawdesk.office.importing import import_office
from lawdesk.office.opening import DEMO_CLOCK, open_place
from lawdesk.safekeeping.key_files import (
    Find,
    KeyService,
    no_office,
    read_key_record,
    unlock,
    unlock_by,
)
from lawdesk.safekeeping.sessions import SessionLog
from lawdesk.safekeeping.signing_in import SignInService
from lawdesk.storage import keys
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database, Work
from lawdesk.storage.faults import office_locked
from lawdesk.storage.founding import (
    create_in_folder,
    create_on_server,
    refuse_office,
    refuse_server_office,
    remove_unfinished,
)
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import current_revision, migrate_file, refuse_newer, upgrade
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.place import OfficeFolder, is_server
from lawdesk.storage.state import get_state
from lawdesk.storage.tables import load_all_tables
from lawdesk.timesheet import TimesheetService

if TYPE_CHECKING:
    from lawdesk.cases import Clearance, Takeover
    from lawdesk.cases.service.takeover import ClearNames
    from lawdesk.conflicts import ConflictService
    from lawdesk.documents import DocumentService, PackageService
    from lawdesk.privacy import PrivacyService
    from lawdesk.safekeeping import BackupService, ChainService, ExportService, HealthService
    from lawdesk.safekeeping.bringing_in import Source
    from lawdesk.storage.vault import Vault

__all__ = [
    "DEMO_CLOCK",
    "HEAD",
    "Created",
    "Office",
    "ShiftedClock",
    "Source",
    "create_office",
    "current_revision",
    "file_failure",
    "import_office",
    "migrate_file",
    "no_office",
    "office_key_record",
    "open_office",
    "read_key_record",
    "refuse_newer",
    "refuse_office",
    "refuse_server_office",
    "sync_folder",
    "unlock",
    "upgrade",
    "write_key_record",
]


@dataclass(frozen=True)
class Created:
    """A new office, open, with the recovery code to print once."""

    office: Office
    recovery_code: str
    founder: Actor


class Office:
    """One open office: every service, built once, over one database.

    :meth:`lock` closes it and forgets its key while all services stay; :meth:`unlock` opens it again.
    """

    def __init__(self, database: Database, key: OfficeKey, place: str, way: str = "passphrase") -> None:
        self.database = database
        self._key: OfficeKey | None = key
        self._left: tuple[int, str] | None = None
        self.place = place
        self.announcer = database.announcer
        database.follow(file_names)
        database.curtain = curtain = Curtain()
        self.firm = FirmService(database)
        self.walls = WallService(database, curtain)
        database.missed = self.walls.missed
        self.cases = CaseService(database)
        self.deadlines = DeadlineService(database, self.cases.queries)
        self.timesheet = TimesheetService(database, self.cases.queries, self.firm.queries)
        self._own = None if is_server(place) else OfficeFolder(Path(place))
        self.keys = KeyService(database, self._now_key, self._own)
        self.sessions = SessionLog(database)
        self.sign_ins = SignInService(database, (self._now_key, way), self.keys, self.firm.queries)
        self.firm.left = self.sign_ins.left

    @cached_property
    def conflicts(self) -> ConflictService:
        """The conflict check."""
        from lawdesk.conflicts import ConflictService

        return ConflictService(self.database, self.cases.queries, self.firm.queries, self.walls)

    @cached_property
    def documents(self) -> DocumentService:
        """The documents and their vault."""
        from lawdesk.documents import DocumentService

        return DocumentService(self.database, self.cases.queries, self._open_vault)

    @cached_property
    def packages(self) -> PackageService:
        """The case as one file."""
        from lawdesk.documents import PackageService

        return PackageService(
            self.database, self.cases.queries, self.firm.queries, self.documents, (self.deadlines.section,)
        )

    @cached_property
    def backups(self) -> BackupService | None:
        """The backups; None for an office on a server."""
        from lawdesk.safekeeping import BackupService

        if self._own is None:
            return None
        return BackupService(self.database, self._now_key, self._own, lambda: self.documents)

    @cached_property
    def chain(self) -> ChainService:
        """The audit chain against what is kept of it outside."""
        from lawdesk.safekeeping import ChainService

        where = None if self.backups is None else self.backups.folder
        return ChainService(self.database, self.firm.queries, self._now_key, where)

    @cached_property
    def health(self) -> HealthService:
        """The look for damage."""
        from lawdesk.safekeeping import HealthService

        return HealthService(self.database, self.documents, self.chain, self._own)

    @cached_property
    def leaving(self) -> ExportService:
        """The export of everything."""
        from lawdesk.safekeeping import ExportService

        return ExportService(self.database, self.firm.queries, self.documents, self.deadlines)

    @cached_property
    def privacy(self) -> PrivacyService:
        """What is kept about people, and what they may ask."""
        from lawdesk.privacy import Desk, PrivacyService

        backups = None if self.backups is None else self.backups.sets
        folder = None if self.backups is None else self.backups.folder
        desk = Desk(
            self.database,
            self.firm.queries,
            lambda: self.conflicts,
            lambda: self.documents,
            lambda: self.key.derive("privacy"),
            backups,
            folder,
        )
        return PrivacyService(desk)

    @property
    def key(self) -> OfficeKey:
        """The office's key; raises UserError ``office.locked`` while it is locked."""
        if self._key is None:
            raise office_locked()
        return self._key

    def _now_key(self) -> OfficeKey:
        return self.key

    @property
    def locked(self) -> bool:
        """Whether the office is closed and its key forgotten."""
        return self._key is None

    def lock(self, actor: Actor) -> None:
        """Close every connection and forget the key, with ``actor`` before the locked window; services stay.

        Until :meth:`unlock` whatever needs the database or the key raises UserError ``office.locked``. Raises
        EnvironmentFailure ``office.in_use`` when a connection stays open: the key is forgotten all the same.
        """
        if self._key is None:
            return
        self._left = None
        with suppress(EnvironmentFailure):  # its disk may be gone: locked it is all the same
            self.sign_ins.close(actor)
            self._left = self._newest_record(self.database)
        self._key = None
        if "documents" in vars(self):
            self.documents.close_vault()
        self.database.shut()

    def unlock(self, actor: Actor, passphrase: str | None, recovery_code: str | None) -> None:
        """Lift the lock of ``actor`` and open the office again; raises what :meth:`SignInService.unlock` raises.

        Also EnvironmentFailure as :func:`open_office`, and ``office.exchanged`` when another office lies there.
        """
        if self._key is not None:  # it is about to be closed, or was never
            self.sign_ins.unlock(actor, passphrase, recovery_code)
            return
        self.reopen(lambda record: (self.sign_ins.way_in(record, actor, passphrase, recovery_code), ""))

    def reopen(self, find: Find) -> None:
        """Open the locked office again with the key that ``find`` finds."""
        database, key, _way = open_place(self.place, find)
        if self._left is not None and self._newest_record(database, self._left) != self._left:
            database.close()
            raise EnvironmentFailure(
                "office.exchanged",
                N_("Another office lies here now than before LawDesk was locked."),
                N_("Its files were exchanged meanwhile."),
                N_("Close LawDesk and open it again."),
            )
        self.database.reopen(database.engine)
        self._key = key
        self.sign_ins.reopen()

    def _newest_record(self, database: Database, known: tuple[int, str] | None = None) -> tuple[int, str] | None:
        """Return number and hash of the newest audit record, or of the ``known`` one as it stands now."""
        number = database.state_stamp() if known is None else known[0]
        with database.read() as session:
            found = session.get(AuditRecord, number)
            return None if found is None else (number, found.hash)

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
                hint=N_("Back it up with the server's own tools (pg_dump, by a role with BYPASSRLS)."),
            )
        return OfficeFolder(Path(self.place))

    def _open_vault(self) -> Vault:
        from lawdesk.storage.vault import Vault
        from lawdesk.storage.vault_blobs import FolderBlobs
        from lawdesk.storage.vault_table import TableBlobs

        if is_server(self.place):
            return Vault(TableBlobs(self.database.engine), self.key.derive("vault"))
        folder = OfficeFolder(Path(self.place)).vault
        # The folder is made once, for the first document; later a missing one is a fault, not an empty vault.
        fresh = not self.documents.queries.anything_stored()
        return Vault(FolderBlobs(folder, create=fresh), self.key.derive("vault"))

    def clearing(self, actor: Actor) -> ClearNames:
        """Return the conflict check of each row while the firm's ledger is taken over."""
        from lawdesk.conflicts import Asked, Role

        def clear(work: Work, names: list[tuple[str, str, str]]) -> Clearance:
            roles = [Role(side) if side in set(Role) else Role.THIRD for _name, _kind, side in names]
            asked = [Asked(name, role, kind) for (name, kind, _side), role in zip(names, roles, strict=True)]
            return self.conflicts.take_over(actor, work, self.conflicts.check(actor, asked))

        return clear

    def book_hearings(self, actor: Actor, done: Takeover) -> list[tuple[str, date]]:
        """Put the hearings of a ledger that are still to come into the docket; return number and day of each."""
        booked = []
        for row in done.rows:
            if row.opened is not None and row.hearing_on is not None and row.hearing_on >= self.clock.today():
                at = row.hearing_at.strftime("%H:%M") if row.hearing_at else ""
                place = (row.opened.case_id, _("Hearing"), row.hearing_on, "hearing", at, row.opened.proceeding_id)
                self.deadlines.add_deadline(actor, ManualDeadline(*place))
                booked.append((row.number, row.hearing_on))
        return booked

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
        create_on_server(place, record, clock) if is_server(place) else create_in_folder(place, key, record, clock)
    )
    install_policies(database)
    office = Office(database, key, place)
    try:
        actor = office.firm.found(firm_name, founder, login)
    except Exception:
        office.close()
        if not is_server(place):
            remove_unfinished(OfficeFolder(Path(place)))
        raise
    return Created(office, code, actor)


def open_office(
    place: str,
    *,
    passphrase: str | None = None,
    recovery_code: str | None = None,
    use_keyring: bool = True,
    clock: Clock | None = None,
    login: str = "",
) -> Office:
    """Open the office at ``place`` with the keyring's copy, a passphrase or the recovery code.

    ``login`` is whose own passphrase is tried first.
    Raises UserError ``key.needed`` when none was given and the keyring has none, ``key.wrong_passphrase`` and
    ``key.wrong_code``; EnvironmentFailure for a missing, damaged, newer or foreign file.
    """

    def find(record: KeyRecord) -> tuple[OfficeKey, str]:
        return unlock_by(record, passphrase, recovery_code, use_keyring=use_keyring, login=login)

    database, key, way = open_place(place, find, clock)
    return Office(database, key, place, way)


def office_key_record(office: Office) -> KeyRecord:
    """Return the wrapped key of an open office; raises EnvironmentFailure when it cannot be read."""
    return office.keys.record()


def write_key_record(office: Office, record: KeyRecord, actor: Actor | None = None) -> None:
    """Keep a changed key record, on record as ``actor``'s doing: old or new afterwards, never between."""
    office.keys.write(record, actor)
