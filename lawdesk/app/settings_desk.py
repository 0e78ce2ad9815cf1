"""What the Settings page may do with the open office: keys, backups, checks, rates; all on the worker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from lawdesk import __version__
from lawdesk.app.seat import Seat
from lawdesk.deadlines import LADDER_TITLES, LADDERS, make_steps, read_ladder
from lawdesk.firm.page import (
    AnotherKey,
    BackupShown,
    BackupsStand,
    ChainShown,
    CheckupShown,
    ExportShown,
    FilesShown,
    KeyringState,
    KeyStand,
    KeyWayShown,
    LadderShown,
    OfficeFacts,
    OwnPassphrase,
    Report,
    SettingsDesk,
)
from lawdesk.kernel.errors import Bug
from lawdesk.kernel.i18n import _
from lawdesk.kernel.settings import Settings
from lawdesk.office.rekeying import key_ways, refuse_key_change
from lawdesk.safekeeping import FAULTS, BackupService
from lawdesk.safekeeping.new_key import room_needed
from lawdesk.storage import keys
from lawdesk.storage.backup import BackupSet
from lawdesk.storage.place import is_server
from lawdesk.ui import TaskRunner


def settings_desk(
    seat: Seat,
    tasks: TaskRunner,
    settings: Settings,
    backed_up: Callable[[], None],
    *,
    show_code: Callable[[str], None] | None = None,
    change_key: Callable[[str, tuple[str, ...]], object] | None = None,
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
        own=OwnPassphrase(work.has_own, work.keep_own, work.drop_own, office.sign_ins.protected, work.reset_own),
        walls=office.walls,
        find=work.find,
        set_backup_folder=work.set_backup_folder,
        backups_stand=work.backups_stand,
        try_backup=work.try_backup,
        check_all=work.check_all,
        print_head=work.print_head,
        sheet_due=office.chain.sheet_due,
        codes=lambda: office.keys.codes(seat.actor),
        new_code=work.new_code,
        drop_code=work.drop_code,
        show_code=show_code,
        another_key=None if change_key is None else AnotherKey(work.key_stand, work.prove_key_change, change_key),
        export_office=work.export_office,
        ladders=work.ladders,
        set_ladder=work.set_ladder,
    )


class _Work:
    """The doings themselves, each with the right it needs."""

    def __init__(self, seat: Seat, backed_up: Callable[[], None]) -> None:
        self._seat, self._office, self._backed_up = seat, seat.office, backed_up

    def ladders(self) -> Sequence[LadderShown]:
        found = self._office.deadlines.reminders.ladders(self._seat.actor)
        usual = {kind: read_ladder(kind, "") for kind in LADDERS}
        return [
            LadderShown(
                one.kind,
                _(LADDER_TITLES[one.kind]),
                one.before,
                one.after,
                usual[one.kind].before,
                usual[one.kind].after,
            )
            for one in found
        ]

    def set_ladder(self, kind: str, before: str, after: str) -> None:
        self._office.deadlines.reminders.set_ladder(self._seat.actor, kind, make_steps(before, after))

    def facts(self) -> OfficeFacts:
        server = is_server(self._office.place)
        target = "" if self._office.backups is None else str(self._office.backups.folder())
        place = self._office.place.split("@")[-1] if server else self._office.place
        return OfficeFacts(place, server, self._office.database.kind, __version__, target)

    def verify_chain(self) -> ChainShown:
        found = self._office.chain.judge()
        fault = _(FAULTS[found.fault]).format(number=found.where, at=found.head_at) if found.fault else ""
        broken = found.chain.broken_at
        return ChainShown(found.chain.records, broken, found.heads, fault)

    def change_passphrase(self, old: str, new: str) -> None:
        self._office.keys.change_passphrase(self._seat.actor, old, new)

    def new_code(self, passphrase: str, way: str) -> str:
        return self._office.keys.new_code(self._seat.actor, passphrase, way)

    def drop_code(self, passphrase: str, way: str) -> None:
        self._office.keys.drop_code(self._seat.actor, passphrase, way)

    def key_stand(self) -> KeyStand:
        ways = tuple(
            KeyWayShown(one.way, one.name, one.renewable) for one in key_ways(self._office, self._seat.actor)
        )
        folder = self._office.folder
        return KeyStand(ways, room_needed(folder), shutil.disk_usage(folder.path).free)

    def prove_key_change(self, passphrase: str) -> None:
        refuse_key_change(self._office, self._seat.actor, passphrase)

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
        try:
            return _shown(self._backups().make(self._seat.actor, _steps(report)))
        finally:
            self._backed_up()  # a failure changes how the backups stand, too

    def list_backups(self) -> Sequence[BackupShown]:
        return () if self._office.backups is None else [_shown(made) for made in self._office.backups.sets()]

    def backups_stand(self) -> BackupsStand:
        state = self._backups().state()
        failed = bool(state.note.test_code)
        return BackupsStand(state.condition, state.same_disk, state.sync, state.tested, failed)

    def set_backup_folder(self, folder: Path) -> None:
        self._backups().set_folder(self._seat.actor, folder)
        self._backed_up()

    def verify_backup(self, path: str, report: Report) -> BackupShown:
        try:
            return _shown(self._backups().verify(self._seat.actor, Path(path), _steps(report)))
        finally:
            self._backed_up()  # also a backup found broken changes which is the last good one

    def try_backup(self, report: Report) -> BackupShown:
        try:
            return _shown(self._backups().trial(self._seat.actor, _steps(report)))
        finally:
            self._backed_up()

    def check_all(self, report: Report) -> CheckupShown:
        report(0, 1, "")
        found = self._office.health.thorough(self._seat.actor, _steps(report))
        return CheckupShown(tuple((one.words(), one.advice()) for one in found.findings), found.documents)

    def print_head(self, target: Path) -> None:
        self._office.chain.print_head(self._seat.actor, target)

    def _backups(self) -> BackupService:
        if self._office.backups is None:
            _folder = self._office.folder  # raises, and says why
            raise Bug("backups.server", "an office on a server has no folder")
        return self._office.backups

    def check_files(self, report: Report) -> FilesShown:
        report(0, 1, "")
        found = self._office.documents.check_vault(self._seat.actor)
        return FilesShown(found.checked, len(found.missing), len(found.mismatched))

    def export_office(self, target: Path, report: Report) -> ExportShown:
        made = self._office.leaving.export(
            self._seat.actor, target, progress=lambda step, steps: report(step, steps, "")
        )
        return ExportShown(str(made.path), made.count, made.documents)

    def has_own(self) -> bool:
        return self._office.sign_ins.protected(self._seat.actor.login)

    def keep_own(self, old: str, new: str) -> None:
        self._office.sign_ins.set_own(self._seat.actor, old, new)

    def drop_own(self, old: str) -> None:
        self._office.sign_ins.drop_own(self._seat.actor, old)

    def reset_own(self, person_id: int) -> None:
        self._office.sign_ins.reset(self._seat.actor, person_id)

    def find(self, words: str, subject: str) -> Sequence[tuple[int, str]]:
        found = self._office.cases.queries.find(self._seat.actor, words, subject)
        return [(one.subject_id, f"{one.title} {one.supporting}".strip()) for one in found]

    def set_rate(self, person_id: int, fen: int, since: date) -> None:
        self._office.timesheet.set_rate(self._seat.actor, person_id, fen, since)


def _steps(report: Report) -> Callable[[int, int], None]:
    return lambda step, steps: report(step, steps, "")


def _shown(made: BackupSet) -> BackupShown:
    return BackupShown(made.path, made.moment, made.count, len(made.documents), made.verified)
