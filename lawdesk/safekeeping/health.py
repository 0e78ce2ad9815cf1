"""Looking at the office for damage: quickly at each start, thoroughly every week. Nothing is repaired in place."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlmodel import Session, col, func, select

from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_, _
from lawdesk.safekeeping.chain import FAULTS, ChainService
from lawdesk.safekeeping.shapes import table_shapes
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database, Program
from lawdesk.storage.migrate import integrity_faults
from lawdesk.storage.place import OfficeFolder, sync_service
from lawdesk.storage.state import get_state, set_state

if TYPE_CHECKING:
    from lawdesk.documents import DocumentService

THOROUGH_EVERY = timedelta(days=7)
CLOCK_BACK = timedelta(hours=1)
CLOCK_AHEAD = timedelta(days=180)
_STATE = "health_check"
Progress = Callable[[int, int], None]

SENTENCES = {
    "database": N_("The office file is damaged: {detail}"),
    "links": N_("{count} records name others that are not there ({detail})."),
    "documents.missing": N_("{count} stored documents are missing."),
    "documents.damaged": N_("{count} stored documents are damaged."),
    "documents.folder": N_("The folder of the stored documents is not there; perhaps a disk is not connected."),
    "chain": N_("The audit records were tampered with or are damaged: {detail}"),
    "clock.back": N_("This PC's clock is behind the office's newest record ({detail})."),
    "clock.ahead": N_("This PC's clock is far ahead of the office's newest record ({detail})."),
    "place.sync": N_("The office lies in a folder of {detail}, which copies files while they are written."),
}
"""What was found, in words; filled with ``count`` and ``detail``."""
ADVICE = {
    "database": N_("Stop working on it. Restore the newest verified backup into a new folder."),
    "links": N_("Nothing is lost by looking at it; send us the finding, and keep the newest backups."),
    "documents.missing": N_("Restore them from a backup, or add the documents again."),
    "documents.damaged": N_("Restore them from a backup, or add the documents again; that repairs them."),
    "documents.folder": N_("Connect the disk or put the folder back; nothing was changed."),
    "chain": N_("Keep the file as it is, and compare it with a backup kept elsewhere."),
    "clock.back": N_("Set the clock right: days left until deadlines are counted with it."),
    "clock.ahead": N_("Check that the day is right: days left until deadlines are counted with it."),
    "place.sync": N_("Close LawDesk, move the folder to one that is not synchronised, and open it there."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be; ``code`` is a key of :data:`SENTENCES`."""

    code: str
    count: int = 1
    detail: str = ""

    def words(self) -> str:
        """Return what was found, in the user's language."""
        return _(SENTENCES[self.code]).format(count=self.count, detail=self.detail)

    def advice(self) -> str:
        """Return what to do about it."""
        return _(ADVICE[self.code])


@dataclass(frozen=True)
class Checkup:
    """What one look found."""

    findings: tuple[Finding, ...]
    thorough: bool
    documents: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged; a clock or a place to be put right is no damage."""
        return not any(finding.code.partition(".")[0] not in ("clock", "place") for finding in self.findings)


class HealthService:
    """Looks at database, documents, links, records, clock and place. ``folder`` is None on a server."""

    def __init__(
        self, database: Database, documents: DocumentService, chain: ChainService, folder: OfficeFolder | None
    ) -> None:
        self._database, self._documents, self._chain, self._folder = database, documents, chain, folder

    def quick(self) -> Checkup:
        """Look at what takes a moment: structure of the file, folder of documents, clock, place."""
        findings: list[Finding] = []
        with self._database.read() as session:
            if self._database.kind == "sqlite":
                findings += _structure(session.connection(), thorough=False)
            findings += self._clock(session)
        findings += self._place()
        return Checkup(tuple(findings), thorough=False)

    def thorough(self, actor: Actor | None = None, progress: Progress | None = None) -> Checkup:
        """Look at everything: every page, every document, every link, every record; on record, and remembered.

        ``actor`` is None when LawDesk does it by itself. Raises Cancelled.
        """
        if actor is not None:
            require(actor, "office.backup")
        findings = list(self.quick().findings)
        addresses = self._documents.queries.every_address()
        with self._database.read() as session:
            connection = session.connection()
            if self._database.kind == "sqlite":
                findings = [one for one in findings if one.code not in ("database", "links")]
                findings += _structure(connection, thorough=True)
            if not any(one.code == "database" for one in findings):
                findings += _dangling(connection)
                verdict = self._chain.judge()
                if not verdict.sound:
                    words = _(FAULTS[verdict.fault]).format(number=verdict.where, at=verdict.head_at)
                    findings.append(Finding("chain", 1, words))
        if not any(one.code == "documents.folder" for one in findings):
            findings += self._stored(addresses, progress)
        found = Checkup(tuple(findings), thorough=True, documents=len(addresses))
        self._remember(found, actor)
        return found

    def thorough_due(self) -> bool:
        """Whether a week has passed since the last thorough look."""
        with self._database.read() as session:
            kept = get_state(session, _STATE)
        try:
            at = datetime.fromisoformat(json.loads(kept or "")["at"])
        except (ValueError, KeyError, TypeError):
            return True
        passed = datetime.now(UTC) - at
        return passed >= THOROUGH_EVERY or passed < -CLOCK_BACK

    def _remember(self, found: Checkup, actor: Actor | None) -> None:
        codes = [asdict(finding) for finding in found.findings]
        body = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "findings": codes}
        with (
            contextlib.suppress(EnvironmentFailure),
            self._database.write(actor or Program(), "check.thorough") as work,
        ):
            set_state(work.session, _STATE, json.dumps(body))
            work.audit("office", sound=found.sound, codes=[one.code for one in found.findings])

    def _clock(self, session: Session) -> list[Finding]:
        newest = session.exec(select(AuditRecord.at).order_by(col(AuditRecord.id).desc()).limit(1)).first()
        if newest is None:
            return []
        ahead = self._database.clock.now() - newest
        if ahead < -CLOCK_BACK:
            return [Finding("clock.back", 1, _duration(-ahead))]
        if ahead > CLOCK_AHEAD:
            return [Finding("clock.ahead", 1, _duration(ahead))]
        return []

    def _place(self) -> list[Finding]:
        if self._folder is None:
            return []
        findings = []
        if service := sync_service(self._folder.path):
            findings.append(Finding("place.sync", 1, service))
        if not self._folder.vault.is_dir() and self._documents.queries.anything_stored():
            findings.append(Finding("documents.folder"))
        return findings

    def _stored(self, addresses: list[str], progress: Progress | None) -> list[Finding]:
        def told(done: int, total: int | None) -> None:
            if progress:
                progress(done, total or done)

        try:
            report = self._documents.vault.verify_all(addresses, told)
        except Cancelled:
            raise
        except EnvironmentFailure:
            return [Finding("documents.folder")]
        found = []
        if report.missing:
            found.append(Finding("documents.missing", len(report.missing)))
        if report.mismatched:
            found.append(Finding("documents.damaged", len(report.mismatched)))
        return found


def keep_evidence(folder: OfficeFolder) -> Path:
    """Copy a damaged office file, its log and its key aside, for somebody who can read more from it.

    It is no backup and never counts as one: the office is closed, and the file is taken as it is. Returns the
    folder; a file that was copied before is not copied again. Raises EnvironmentFailure when there is no room.
    """
    stamp = int(folder.database.stat().st_mtime) if folder.database.exists() else 0
    place = folder.path / f"damaged-{stamp}"
    place.mkdir(mode=0o700, exist_ok=True)
    for name in ("office.db", "office.db-wal", "office.key"):
        source, target = folder.path / name, place / name
        if not source.exists() or target.exists():
            continue
        with atomic_path(target) as temporary, source.open("rb") as reading, temporary.open("wb") as writing:
            while piece := reading.read(1 << 20):
                writing.write(piece)
            writing.flush()
            os.fsync(writing.fileno())
    return place


def _structure(connection: Connection, *, thorough: bool) -> list[Finding]:
    if thorough:
        faults = integrity_faults(connection)
    else:
        faults = integrity_faults(connection, ("quick_check",))
    links = [fault for fault in faults if fault.startswith("foreign key")]
    broken = [fault for fault in faults if not fault.startswith("foreign key")]
    found = []
    if broken:
        found.append(Finding("database", len(broken), broken[0]))
    if links:
        found.append(Finding("links", len(links), links[0]))
    return found


def _dangling(connection: Connection) -> list[Finding]:
    """Find rows that name others the database itself does not watch: who did it, which case a record is about."""
    found = []
    tables = {shape.name: shape.table for shape in table_shapes()}
    watched = [
        (shape.table.c[column.name], column.points_to)
        for shape in table_shapes()
        for column in shape.columns
        if column.points_to and not shape.table.c[column.name].foreign_keys and shape.name != "audit_record"
    ]
    for column, target in watched:
        known = select(tables[target].c.id)
        statement = select(func.count()).where(column.is_not(None), column.not_in(known))
        if count := connection.execute(statement).scalar_one():
            found.append(Finding("links", count, f"{column.table.name}.{column.name}"))
    missing = select(func.count()).where(
        tables["document"].c.id.not_in(select(tables["document_version"].c.document_id))
    )
    if count := connection.execute(missing).scalar_one():
        found.append(Finding("links", count, "document"))
    return found


def _duration(length: timedelta) -> str:
    """Return a length without words: 3 d 04:05."""
    minutes = int(length.total_seconds()) // 60
    days, rest = divmod(minutes, 1440)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{days} d {clock}" if days else clock
