"""Erasing or blocking one person, with reasons, a certificate, and what remains where until when."""

from __future__ import annotations

import calendar
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from lawdesk.cases import index_cases_of
from lawdesk.firm import Actor, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.privacy.model import PrivacyBlock, PrivacyErasure
from lawdesk.privacy.queries.rows import Mention
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import (
    ErasureKind,
    Verdict,
    judge,
    needles,
)
from lawdesk.privacy.service.certificates import Certificate, Remains, write_certificate
from lawdesk.privacy.service.coming_back import CameBack, came_back, listed, remember
from lawdesk.privacy.service.desk import Subject
from lawdesk.privacy.service.exporting import ExportingService
from lawdesk.privacy.service.finding import RIGHT, Progress, family_of, names_of, read_texts
from lawdesk.privacy.service.weighing import namesakes, person_facts, sort_mentions
from lawdesk.privacy.service.wiping import (
    black_out,
    compact_file,
    drop_checks,
    hide_parties,
    wipe_parties,
)
from lawdesk.storage.database import Work

Spared = tuple[str, str, int | str]
"""A text that names somebody else of that name: table, column, row."""


@dataclass(frozen=True)
class Plan:
    """What erasing would do. ``blacked`` texts lose the name, ``kept`` ones keep it until a day."""

    name: str
    parties: tuple[int, ...]
    uids: tuple[str, ...]
    verdict: Verdict
    blacked: tuple[Mention, ...]
    kept: tuple[tuple[Mention, str, date | None], ...]
    checks: tuple[int, ...]
    remains: Remains
    namesakes: tuple[str, ...] = ()
    """Names that others bear, too: whom a text means is then for a person to say."""

    @property
    def doubtful(self) -> tuple[Mention, ...]:
        """Texts that may mean somebody else of the name: no number in them says who."""
        return tuple(one for one in self.blacked if self.namesakes and not one.certain)

    @property
    def outcome(self) -> ErasureKind:
        """What would come of it."""
        return self.verdict.outcome


class ErasingService(ExportingService):
    """Erasing, blocking, unblocking."""

    def plan_erasure(self, actor: Actor, parties: Sequence[int], *, progress: Progress | None = None) -> Plan:
        """Return what erasing these parties would do, without doing anything. Raises UserError for unknown."""
        require(actor, RIGHT)
        with self._desk.database.read() as session:
            return self._plan(session, actor, parties, progress)

    def erase_person(
        self,
        actor: Actor,
        parties: Sequence[int],
        target: Path | None = None,
        *,
        request_id: int | None = None,
        spare: Collection[Spared] | None = None,
        progress: Progress | None = None,
    ) -> tuple[int, Plan]:
        """Erase, block or refuse as :meth:`plan_erasure` says; return the certificate's id and the plan.

        ``spare`` are texts that mean somebody else; None spares those that are :attr:`Plan.doubtful`. The
        certificate goes to ``target`` (Word for ``.docx``, else PDF) and names the person; LawDesk keeps it
        without the name. One transaction, then the file is rewritten.
        """
        require(actor, RIGHT)
        database = self._desk.database
        with self._desk.write(actor, "personal.erase") as work:
            plan = self._plan(work.session, actor, parties, progress)
            names, numbers = names_of(work.session, plan.parties)
            if spare is None:
                spare = [(one.table, one.column, one.row_id) for one in plan.doubtful]
            content = self._carry_out(work, plan, needles(names, numbers), frozenset(spare))
            row = work.add(
                PrivacyErasure(
                    kind=plan.outcome.value,
                    request_id=request_id,
                    done_at=work.clock.now(),
                    done_by=actor.person_id,
                    parties=json.dumps(plan.uids),
                    fingerprint=self._desk.fingerprint(plan.name),
                    content=json.dumps(content, ensure_ascii=False, default=str),
                )
            )
            for party, uid in zip(plan.parties, plan.uids, strict=True):
                work.audit("party", Subject(party, uid), outcome=plan.outcome.value, certificate=row.key)
            work.announce(Changed("party", "erased", plan.parties))
            work.announce(Changed("privacy", "erased", (row.key,)))
        if plan.outcome is ErasureKind.ERASED:
            remember(self._backup_folder(), plan.uids, database.clock.now().isoformat(timespec="seconds"))
            self._compacted(actor, row.key, (*content["rows"], "party"))
        if target is not None:
            self.write_certificate(actor, row.key, target, name=plan.name)
        return row.key, plan

    def write_certificate(self, actor: Actor, erasure_id: int, target: Path, *, name: str = "") -> None:
        """Write the certificate of an erasure; without ``name`` it says the number of the entry instead."""
        found = next((row for row in self.queries.erasures(actor, 100_000) if row.id == erasure_id), None)
        if found is None:
            raise UserError("erasure.unknown", N_("There is no such certificate."))
        with self._desk.write(actor, "privacy.certificate") as work:
            work.audit("privacy_erasure", Subject(erasure_id, ""), named=bool(name))
        write_certificate(Certificate(found, name, self._desk.firm.firm_name(actor)), target)

    def came_back(self, actor: Actor, folder: Path | None = None) -> list[CameBack]:
        """Return who was erased and is here again, because a backup of before was restored.

        Asked is the list beside the backups, or in ``folder`` when backups now go elsewhere.
        """
        require(actor, RIGHT)
        uids = listed(folder if folder is not None else self._backup_folder())
        if not uids:
            return []
        with self._desk.database.read() as session:
            return came_back(session, uids)

    def compact(self, actor: Actor) -> bool:
        """Rewrite the file again where an erasure could not; return whether it could be done."""
        require(actor, RIGHT)
        done = False
        for row in self.queries.erasures(actor, 100_000):
            if row.kind in (ErasureKind.ERASED, ErasureKind.DISPOSED) and not row.compacted:
                done = self._compacted(actor, row.id, row.content.get("rows", ()))
        return done

    def unblock(self, actor: Actor, party_id: int, why: str) -> None:
        """Let blocked data be used again, for example after a new mandate. On record with why."""
        require(actor, RIGHT)
        if not why.strip():
            raise Refused([Problem("block.why", N_("Say why."), "why")])
        from lawdesk.storage import search

        with self._desk.write(actor, "personal.unblock") as work:
            session = work.session
            row = session.execute(
                select(PrivacyBlock).where(col(PrivacyBlock.party_id) == party_id)
            ).scalar_one_or_none()
            if row is None:
                raise UserError("block.unknown", N_("The data of this party are not blocked."))
            family = family_of(session, [party_id])
            hide_parties(session, family, hidden=False)
            party, name = tables()["party"], tables()["party_name"]
            shown = session.execute(select(party.c.name, party.c.uid).where(party.c.id == party_id)).one()
            names = session.execute(select(name.c.name).where(name.c.party_id == party_id)).scalars()
            titles = [(one, "" if one == shown.name else shown.name) for one in names]
            search.index(session, "party", party_id, titles)
            session.delete(row)
            session.flush()
            index_cases_of(session, family)
            work.audit("party", Subject(party_id, shown.uid), unblocked=True)
            work.announce(Changed("party", "unblocked", family))

    def _plan(self, session: Session, actor: Actor, parties: Sequence[int], progress: Progress | None) -> Plan:
        family = family_of(session, parties)
        party = tables()["party"]
        rows = session.execute(select(party.c.id, party.c.uid, party.c.name).where(party.c.id.in_(family))).all()
        if not parties or not set(parties) <= {row.id for row in rows}:
            raise UserError("party.unknown", N_("There is no such party."))
        uids = {row.id: row.uid for row in rows}
        name = next(row.name for row in rows if row.id == parties[0])
        today = self._desk.database.clock.today()
        verdict = judge(person_facts(session, actor, family), today)
        blacked: list[Mention] = []
        kept: list[tuple[Mention, str, date | None]] = []
        checks: list[int] = []
        shared: tuple[str, ...] = ()
        if verdict.outcome is ErasureKind.ERASED:
            names, numbers = names_of(session, family)
            shared = namesakes(session, names, family)
            found, _read = read_texts(session, actor, needles(names, numbers), progress)
            blacked, kept, checks = sort_mentions(session, found, family, today)
        ordered = tuple(uids[one] for one in family)
        texts, stay, proofs = tuple(blacked), tuple(kept), tuple(checks)
        return Plan(name, family, ordered, verdict, texts, stay, proofs, self.remains(), shared)

    def remains(self) -> Remains:
        """Return where erased data still lie outside the office's file, and until when at the latest."""
        if self._desk.backups is None:
            return Remains(server=True)
        sets = self._desk.backups()
        if not sets:
            return Remains()
        newest = max(one.moment for one in sets).astimezone(CHINA).date()
        year, month = newest.year + 1, newest.month
        return Remains(len(sets), newest, date(year, month, calendar.monthrange(year, month)[1]))

    def _carry_out(self, work: Work, plan: Plan, wanted: Any, spare: frozenset[Spared]) -> dict[str, Any]:
        """Do what the plan says inside the transaction; return what the certificate keeps, without names."""
        session = work.session
        rows: dict[str, int] = {}
        blacked = 0
        spared = [one for one in plan.blacked if (one.table, one.column, one.row_id) in spare]
        if plan.outcome is ErasureKind.ERASED:
            rows = wipe_parties(session, plan.parties)
            if plan.checks:
                rows["conflict_check"] = drop_checks(session, plan.checks)
            blacked = black_out(session, (one for one in plan.blacked if one not in spared), wanted)
        elif plan.outcome is ErasureKind.BLOCKED:
            self._block(session, work, plan)
        kept: dict[tuple[str, str, date | None], int] = {}
        for one, why, until in plan.kept:
            kept[one.table, why, until] = kept.get((one.table, why, until), 0) + 1
        return {
            "rows": rows,
            "blacked": blacked,
            "spared": len(spared),
            "reasons": [
                {"code": one.code, "until": one.until, "params": one.params} for one in plan.verdict.reasons
            ],
            "until": plan.verdict.until,
            "kept": [[table, why, until, count] for (table, why, until), count in kept.items()],
            "remains": plan.remains.as_data(),
            "engine": self._desk.database.kind,
        }

    def _backup_folder(self) -> Path | None:
        return None if self._desk.backup_folder is None else self._desk.backup_folder()

    def _block(self, session: Session, work: Work, plan: Plan) -> None:
        reasons = [{"code": one.code, "until": str(one.until or "")} for one in plan.verdict.reasons]
        said, until = json.dumps(reasons), plan.verdict.until
        entry = tables()["party"]
        living = select(entry.c.id).where(entry.c.id.in_(plan.parties), entry.c.merged_into.is_(None))
        for party in session.execute(living).scalars().all():
            statement = select(PrivacyBlock).where(col(PrivacyBlock.party_id) == party)
            row = session.execute(statement).scalar_one_or_none()
            if row is None:
                session.add(PrivacyBlock(party_id=party, since=work.clock.today(), reasons=said, until=until))
            else:
                row.reasons, row.until = said, until
        session.flush()
        hide_parties(session, plan.parties, hidden=True)
        index_cases_of(session, plan.parties)

    def _compacted(self, actor: Actor, erasure_id: int, touched: Collection[str]) -> bool:
        done = compact_file(self._desk.database, touched)
        with self._desk.write(actor, "privacy.compact") as work:
            table = tables()["privacy_erasure"]
            work.session.execute(update(table).where(table.c.id == erasure_id).values(compacted=done))
            work.audit("privacy_erasure", Subject(erasure_id, ""), done=done)
        return done


__all__ = ["ErasingService", "Plan", "Spared"]
