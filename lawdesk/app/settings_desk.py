"""What the Settings page may do with the open office: keys, backups, checks, rates; all on the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from lawdesk import __version__
from lawdesk.app.seat import Seat
from lawdesk.firm import require
from lawdesk.firm.page import (
    BackupShown,
    ChainShown,
    ExportShown,
    FilesShown,
    KeyringState,
    OfficeFacts,
    Report,
    SettingsDesk,
)
from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.settings import Settings
from lawdesk.office import Office
from lawdesk.storage import keys
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.backup import BackupSet, create_backup, list_backups, verify_backup
from lawdesk.storage.place import is_server
from lawdesk.ui import TaskRunner


def settings_desk(
    seat: Seat,
    tasks: TaskRunner,
    settings: Settings,
    backed_up: Callable[[], None],
    show_code: Callable[[str], None] | None = None,
) -> SettingsDesk:
    """Return the collaborators of the Settings page; ``backed_up`` is called after each backup, on the worker."""
    office = seat.office
    work = _Work(seat, backed_up)
    return SettingsDesk(
        lambda: seat.actor,
        settings,
        office.firm,
        tasks,
        office.clock,
        facts=work.facts,
        verify_chain=work.verify_chain,
        change_passphrase=work.change_passphrase,
        keyring_state=work.keyring_state,
        remember_keyring=work.remember_keyring,
        make_backup=work.make_backup,
        list_backups=work.list_backups,
        verify_backup=work.verify_backup,
        check_files=work.check_files,
        rates=lambda: office.timesheet.rates(seat.actor, office.clock.today()),
        set_rate=work.set_rate,
        codes=lambda: office.keys.codes(seat.actor),
        new_code=work.new_code,
        drop_code=work.drop_code,
        show_code=show_code,
        export_office=work.export_office,
    )


def verified_backups(office: Office) -> Sequence[BackupSet]:
    """Return the backups of this office that were read back whole, newest first; none for one on a server."""
    if is_server(office.place):
        return ()
    return [made for made in list_backups(office.folder.backups) if made.verified]


class _Work:
    """The doings themselves, each with the right it needs."""

    def __init__(self, seat: Seat, backed_up: Callable[[], None]) -> None:
        self._seat, self._office, self._backed_up = seat, seat.office, backed_up

    def facts(self) -> OfficeFacts:
        server = is_server(self._office.place)
        target = "" if server else str(self._office.folder.backups)
        place = self._office.place.split("@")[-1] if server else self._office.place
        return OfficeFacts(place, server, self._office.database.kind, __version__, target)

    def verify_chain(self) -> ChainShown:
        with self._office.database.read() as session:
            found = verify_chain(session)
        return ChainShown(found.records, found.broken_at)

    def change_passphrase(self, old: str, new: str) -> None:
        self._office.keys.change_passphrase(self._seat.actor, old, new)

    def new_code(self, passphrase: str, way: str) -> str:
        return self._office.keys.new_code(self._seat.actor, passphrase, way)

    def drop_code(self, passphrase: str, way: str) -> None:
        self._office.keys.drop_code(self._seat.actor, passphrase, way)

    def keyring_state(self) -> KeyringState:
        if not keys.keyring_is_there():
            return "none"
        return "remembered" if keys.recall_from_keyring(self._office.key.office_uid) else "forgotten"

    def remember_keyring(self, wished: bool) -> bool:
        if wished:
            return keys.remember_in_keyring(self._office.key)
        keys.forget_in_keyring(self._office.key.office_uid)
        return keys.recall_from_keyring(self._office.key.office_uid) is None

    def make_backup(self, report: Report) -> BackupShown:
        require(self._seat.actor, "office.backup")
        made = create_backup(
            self._office.database,
            self._office.key,
            self._office.folder,
            self._office.folder.backups,
            documents=self._office.documents.queries.addresses(self._seat.actor),
            progress=lambda step, steps: report(step, steps, ""),
        )
        self._backed_up()
        return _shown(made)

    def list_backups(self) -> Sequence[BackupShown]:
        if is_server(self._office.place):
            return ()
        return [_shown(made) for made in list_backups(self._office.folder.backups)]

    def verify_backup(self, path: str, report: Report) -> BackupShown:
        require(self._seat.actor, "office.backup")
        try:
            return _shown(verify_backup(Path(path), self._office.key, lambda step, steps: report(step, steps, "")))
        finally:
            self._backed_up()  # also a backup found broken changes which is the last good one

    def check_files(self, report: Report) -> FilesShown:
        report(0, 1, "")
        found = self._office.documents.check_vault(self._seat.actor)
        return FilesShown(found.checked, len(found.missing), len(found.mismatched))

    def export_office(self, target: Path, report: Report) -> ExportShown:
        made = self._office.leaving.export(
            self._seat.actor, target, progress=lambda step, steps: report(step, steps, "")
        )
        return ExportShown(str(made.path), made.count, made.documents)

    def set_rate(self, person_id: int, fen: int, since: date) -> None:
        self._office.timesheet.set_rate(self._seat.actor, person_id, fen, since)


def _shown(made: BackupSet) -> BackupShown:
    return BackupShown(made.path, made.moment, made.count, len(made.documents), made.verified)


def days_since(made: BackupSet) -> int:
    """Return the whole days since a backup, by the PC's own clock (backups never live on the demo's day)."""
    return (SystemClock().now() - made.moment).days
