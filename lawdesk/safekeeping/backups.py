"""The office's backups: where they go, when they are due, made, rotated, tried out, and how they stand."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlmodel import Session, col, func, select

from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError, UserError
from lawdesk.kernel.files import atomic_path, file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.backup import (
    BackupSet,
    Progress,
    create_backup,
    key_of_set,
    list_backups,
    restore_backup,
    verify_backup,
)
from lawdesk.storage.curtain import Acting
from lawdesk.storage.database import Database, Program
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.heads import SignedHead, judge, kept_heads
from lawdesk.storage.keys import OfficeKey
from lawdesk.storage.migrate import check_integrity
from lawdesk.storage.place import OfficeFolder, sync_service
from lawdesk.storage.rotation import rotate

if TYPE_CHECKING:
    from lawdesk.documents import DocumentService

EVERY = timedelta(days=1)
AT_CLOSING = timedelta(hours=1)
TRIED_EVERY = timedelta(days=7)
SLOW_SECONDS = 300.0
AHEAD = timedelta(hours=1)
"""A backup from further in the future was made while the PC's clock was wrong; it says nothing about today."""
_OWN_ACTS = ("backup.%", "session.%", "check.%")
Condition = Literal["good", "none", "old", "gone", "full", "read_only", "slow", "failed"]


@dataclass(frozen=True)
class Note:
    """What is remembered beside the office, in clear: folder ("" the usual one) and how the last ones went.

    Moments are ISO 8601 in UTC by the PC's clock; ``code`` is that of the last failure, "" after a success.
    """

    folder: str = ""
    code: str = ""
    reason: str = ""
    tried_at: str = ""
    seconds: float = 0.0
    test_at: str = ""
    test_set: str = ""
    test_code: str = ""


@dataclass(frozen=True)
class BackupState:
    """How the backups stand: what the status bar and Settings say."""

    folder: Path
    condition: Condition
    newest: BackupSet | None
    good: int
    same_disk: bool
    note: Note
    sync: str = ""

    @property
    def tested(self) -> datetime | None:
        """When a backup was last restored on trial."""
        return datetime.fromisoformat(self.note.test_at) if self.note.test_at else None


class BackupService:
    """Backups of an office in a folder. Not there for one on a server: it is backed up with the server's tools."""

    def __init__(
        self,
        database: Database,
        key: Callable[[], OfficeKey],
        folder: OfficeFolder,
        documents: Callable[[], DocumentService],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._key, self._office = database, key, folder
        self._documents, self._now = documents, now

    def folder(self) -> Path:
        """Return where backups go."""
        return backup_folder(self._office)

    def set_folder(self, actor: Actor, target: Path) -> None:
        """Let backups go to ``target`` from now on; older ones stay where they are.

        Raises UserError for a folder inside the office's own files, EnvironmentFailure when it cannot be written.
        """
        require(actor, "office.backup")
        target = Path(target).absolute()
        if target.is_relative_to(self._office.vault) or target == self._office.path:
            raise UserError(
                "backup.inside",
                N_("Backups cannot lie among the office's own files."),
                hint=N_("Choose a folder of their own, best on another disk."),
            )
        try:
            target.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target, prefix=".lawdesk-"):
                pass
        except OSError as error:
            raise file_failure(error, target) from error
        with self._database.write(actor, "backup.folder") as work:
            work.audit("office")
        usual = target == self._office.backups
        self._keep(replace(read_note(self._office), folder="" if usual else str(target), code="", reason=""))

    def sets(self) -> list[BackupSet]:
        """Return the backups, newest first."""
        return list_backups(self.folder())

    def newest(self) -> BackupSet | None:
        """Return the newest verified backup that is not from the future."""
        latest = self._now() + AHEAD
        return next((one for one in self.sets() if one.verified and one.moment <= latest), None)

    def due(self) -> bool:
        """Whether a backup is to be made now: the newest verified one is a day old, or there is none."""
        newest = self.newest()
        return newest is None or self._now() - newest.moment >= EVERY

    def due_at_closing(self) -> bool:
        """Whether there is something new since the newest verified backup, and that one is not quite fresh."""
        newest = self.newest()
        if newest is None:
            return True
        if self._now() - newest.moment < AT_CLOSING:
            return False
        since = int(newest.audit.get("record_id", 0))
        statement = select(func.count(col(AuditRecord.id))).where(col(AuditRecord.id) > since)
        for own in _OWN_ACTS:
            statement = statement.where(col(AuditRecord.action).not_like(own))
        with self._database.read() as session:
            return session.exec(statement).one() > 0

    def make(
        self, actor: Actor | None = None, progress: Progress | None = None, *, elsewhere: Path | None = None
    ) -> BackupSet:
        """Make a backup, read it back, let old ones go; ``actor`` is None when LawDesk does it by itself.

        ``elsewhere`` makes one more in another folder, where nothing is removed. On record, and remembered
        beside the office, also when it fails. Raises like ``create_backup``.
        """
        if actor is not None:
            require(actor, "office.backup")
        began, who = time.monotonic(), actor or Program()
        target = elsewhere or self.folder()
        try:
            _refuse_gone(target)
            made = create_backup(
                self._database, self._key(), self._office, target, documents=self._addresses(), progress=progress
            )
        except EnvironmentFailure as failure:
            if elsewhere is None:
                self._went(code=failure.code, reason=_cause(failure), seconds=time.monotonic() - began)
            self._record(who, "backup.create", code=failure.code)
            raise
        seconds = time.monotonic() - began
        gone = 0
        if elsewhere is None:
            self._went(code="", reason="", seconds=seconds)
            gone = rotate(target, made)
        self._record(who, "backup.create", rows=made.count, documents=len(made.documents), removed=gone)
        return made

    def verify(self, actor: Actor, place: Path, progress: Progress | None = None) -> BackupSet:
        """Read one backup back completely; raises EnvironmentFailure naming the first fault."""
        require(actor, "office.backup")
        return verify_backup(place, self._key(), progress)

    def trial_due(self) -> bool:
        """Whether a backup is to be restored on trial now: after a week, a day after a failed trial."""
        note = read_note(self._office)
        if self.newest() is None:
            return False
        if not note.test_at:
            return True
        passed = self._now() - datetime.fromisoformat(note.test_at)
        return passed >= (EVERY if note.test_code else TRIED_EVERY) or passed < -AHEAD

    def trial(self, actor: Actor | None = None, progress: Progress | None = None) -> BackupSet:
        """Restore the newest verified backup into a temporary place, look at it as at an office, remove it again.

        Raises EnvironmentFailure naming the fault; either way it is on record and remembered.
        """
        if actor is not None:
            require(actor, "office.backup")
        newest = self.newest()
        if newest is None:
            raise EnvironmentFailure("backup.none_yet", N_("There is no verified backup of this office."))
        code = ""
        try:
            with tempfile.TemporaryDirectory(prefix="lawdesk-trial-", dir=self._room(newest)) as place:
                restored = OfficeFolder(Path(place) / "office")
                restore_backup(Path(newest.path), self._key(), restored)
                if progress:
                    progress(1, 2)
                self._look_at(restored, newest)
        except LawDeskError as failure:
            code = failure.code
            raise
        finally:
            moment = self._now().isoformat(timespec="seconds")
            note = replace(read_note(self._office), test_at=moment, test_set=newest.made_at, test_code=code)
            self._keep(note)
            self._record(actor or Program(), "backup.trial", set=newest.made_at, code=code)
        return newest

    def state(self) -> BackupState:
        """Return how the backups stand."""
        folder, note = self.folder(), read_note(self._office)
        gone = not folder.exists() and (bool(note.folder) or bool(note.tried_at))
        sets, newest = self.sets(), self.newest()
        good = sum(one.verified for one in sets)
        condition: Condition = "good"
        if gone:
            condition = "gone"
        elif note.code:
            condition = {"full": "full", "read_only": "read_only"}.get(note.reason, "failed")  # type: ignore[assignment]
        elif newest is None:
            condition = "none"
        elif self._now() - newest.moment > 2 * EVERY:
            condition = "old"
        elif note.seconds > SLOW_SECONDS:
            condition = "slow"
        return BackupState(
            folder, condition, newest, good, _same_disk(folder, self._office.path), note, sync_service(folder)
        )

    def _addresses(self) -> list[str]:
        return self._documents().queries.every_address()

    def _look_at(self, restored: OfficeFolder, newest: BackupSet) -> None:
        key = key_of_set(restored.path, self._key())
        engine = open_sqlite(restored.database, key.derive("database"))
        try:
            check_integrity(engine)
            head = [SignedHead.from_dict(newest.audit)] if newest.audit else []
            with Session(engine) as session:
                if not judge(session, self._key(), head).sound:
                    raise EnvironmentFailure(
                        "backup.chain",
                        N_("The audit records in the backup {path} were changed."),
                        hint=N_("Use an older backup, and make a new one now."),
                        path=newest.path,
                    )
        finally:
            engine.dispose()

    def _room(self, newest: BackupSet) -> Path:
        """Return a folder on a disk with room for a whole office: the system's own, else beside the office."""
        need = sum(path.stat().st_size for path in Path(newest.path).iterdir() if path.is_file()) * 2
        blobs = Path(newest.path).parent.parent / "vault"
        need += sum(path.stat().st_size for path in blobs.rglob("*.ldv"))
        for place in (Path(tempfile.gettempdir()), self._office.path):
            if shutil.disk_usage(place).free > need * 1.1:
                return place
        raise EnvironmentFailure(
            "backup.no_room",
            N_("There is no room to try the backup out."),
            N_("A trial restores everything into a temporary folder."),
            N_("Make room on the disk, then try again."),
        )

    def _record(self, who: Acting, action: str, **detail: object) -> None:
        with contextlib.suppress(EnvironmentFailure), self._database.write(who, action) as work:
            work.audit("office", None, case_id=None, **detail)

    def _went(self, *, code: str, reason: str, seconds: float) -> None:
        moment = self._now().isoformat(timespec="seconds")
        note = replace(
            read_note(self._office), code=code, reason=reason, tried_at=moment, seconds=round(seconds, 1)
        )
        self._keep(note)

    def _keep(self, note: Note) -> None:
        with contextlib.suppress(EnvironmentFailure), atomic_path(self._office.backup_note) as temporary:
            temporary.write_text(json.dumps(asdict(note), indent=1), encoding="utf-8")


def read_note(office: OfficeFolder) -> Note:
    """Return what is remembered about the backups of the office; an unreadable note counts as none."""
    try:
        body = json.loads(office.backup_note.read_text(encoding="utf-8"))
        known = {name: type(value) for name, value in asdict(Note()).items()}
        fit = {name: value for name, value in body.items() if name in known and isinstance(value, known[name])}
        note = Note(**fit)
        for moment in (note.test_at, note.tried_at):
            if moment and datetime.fromisoformat(moment).tzinfo is None:
                return Note()
    except (OSError, ValueError, AttributeError):
        return Note()
    return note


def backup_folder(office: OfficeFolder) -> Path:
    """Return where the backups of the office go; can be asked when the office itself cannot be opened."""
    chosen = read_note(office).folder
    return Path(chosen) if chosen else office.backups


def newest_backup(office: OfficeFolder) -> BackupSet | None:
    """Return the newest verified backup of the office: the best way back when it cannot be opened."""
    return next((one for one in list_backups(backup_folder(office)) if one.verified), None)


def heads_in(folder: Path) -> list[SignedHead]:
    """Return every signed head of the audit chain kept with the backups in ``folder``."""
    found = kept_heads(folder)
    for one in list_backups(folder):
        with contextlib.suppress(ValueError):
            found.append(SignedHead.from_dict(one.audit))
    return found


def _refuse_gone(target: Path) -> None:
    if not target.exists() and not target.parent.exists():
        raise EnvironmentFailure(
            "backup.target",
            N_("The backup could not be written to {path}."),
            N_("The folder is not there; perhaps a disk is not connected."),
            N_("Check the disk, or choose another folder. Older backups are untouched."),
            path=str(target),
            cause="gone",
        )


def _cause(failure: EnvironmentFailure) -> str:
    """Return what stood in the way, in one word: full, read_only, gone or ""."""
    if failure.params.get("cause"):
        return str(failure.params["cause"])
    said = f"{failure.code} {failure.params.get('reason', '')}".lower()
    if "full" in said or "no space" in said or "quota" in said:
        return "full"
    if "read-only" in said or "readonly" in said or "permission" in said or "not_allowed" in said:
        return "read_only"
    return ""


def _same_disk(folder: Path, office: Path) -> bool:
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return place.stat().st_dev == office.stat().st_dev
    except OSError:
        return False
