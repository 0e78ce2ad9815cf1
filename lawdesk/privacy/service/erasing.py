"""Erasing or blocking one person, with reasons, a certificate, and what remains where until when."""

from __future__ import annotations

import calendar
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from lawdesk.firm import Actor, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules
from lawdesk.privacy.model import CaseRetention, PrivacyBlock, PrivacyErasure, PrivacyHold
from lawdesk.privacy.queries.lists import held_cases
from lawdesk.privacy.queries.rows import Mention
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import (
    CaseFact,
    ErasureKind,
    PersonFacts,
    Term,
    Verdict,
    judge,
    keep,
    needles,
)
from lawdesk.privacy.service.certificates import Certificate, Remains, write_certificate
from lawdesk.privacy.service.coming_back import CameBack, came_back, listed, remember
from lawdesk.privacy.service.desk import Subject
from lawdesk.privacy.service.exporting import ExportingService
from lawdesk.privacy.service.finding import RIGHT, Progress, family_of, names_of, read_texts, visible_cases
from lawdesk.privacy.service.wiping import black_out, compact_file, drop_checks, hide_parties, wipe_parties
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
        spare: Collection[Spared] = (),
        progress: Progress | None = None,
    ) -> tuple[int, Plan]:
        """Erase, block or refuse as :meth:`plan_erasure` says; return the certificate's id and the plan.

        ``spare`` are texts that mean somebody else. The certificate goes to ``target`` (Word for ``.docx``, else
        PDF); it names the person, LawDesk keeps it without the name. One transaction, then the file is rewritten.
        """
        require(actor, RIGHT)
        database = self._desk.database
        with database.write(actor, "personal.erase") as work:
            plan = self._plan(work.session, actor, parties, progress)
            names, numbers = names_of(work.session, plan.parties)
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
        with self._desk.database.write(actor, "privacy.certificate") as work:
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

        with self._desk.database.write(actor, "personal.unblock") as work:
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
        if verdict.outcome is ErasureKind.ERASED:
            found, _read = read_texts(session, actor, needles(*names_of(session, family)), progress)
            blacked, kept, checks = sort_mentions(session, found, family, today)
        ordered = tuple(uids[one] for one in family)
        return Plan(name, family, ordered, verdict, tuple(blacked), tuple(kept), tuple(checks), self.remains())

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
        for party in plan.parties:
            statement = select(PrivacyBlock).where(col(PrivacyBlock.party_id) == party)
            row = session.execute(statement).scalar_one_or_none()
            if row is None:
                session.add(PrivacyBlock(party_id=party, since=work.clock.today(), reasons=said, until=until))
            else:
                row.reasons, row.until = said, until
        session.flush()
        hide_parties(session, plan.parties, hidden=True)

    def _compacted(self, actor: Actor, erasure_id: int, touched: Collection[str]) -> bool:
        done = compact_file(self._desk.database, touched)
        with self._desk.database.write(actor, "privacy.compact") as work:
            table = tables()["privacy_erasure"]
            work.session.execute(update(table).where(table.c.id == erasure_id).values(compacted=done))
            work.audit("privacy_erasure", Subject(erasure_id, ""), done=done)
        return done


def person_facts(session: Session, actor: Actor, family: Sequence[int]) -> PersonFacts:
    """Return everything that bears on erasing the person these parties are."""
    case, stand = tables()["cases"], tables()["case_party"]
    asked, asking = tables()["enquiry"], tables()["enquiry_party"]
    member, former = tables()["member_party"], tables()["former_matter_party"]
    closed = (
        select(case.c.id, case.c.number, case.c.status, case.c.closed_on, CaseRetention)
        .join(stand, stand.c.case_id == case.c.id)
        .outerjoin(CaseRetention, col(CaseRetention.case_id) == case.c.id)
        .where(stand.c.party_id.in_(family))
        .order_by(case.c.id)
    )
    shown, held = visible_cases(session, actor), held_cases(session)
    cases, walled, holds = [], 0, []
    for case_id, number, status, closed_on, chosen in session.execute(closed).all():
        if case_id not in shown:
            walled += 1
            continue
        if case_id in held:
            holds += _hold_reasons(session, case_id=case_id)
        term = Term(chosen.term) if chosen is not None else None
        kept = keep(closed_on, term, chosen.years if chosen else None) if closed_on is not None else None
        cases.append(CaseFact(number, status == "open", closed_on, kept))
    for party in family:
        holds += _hold_reasons(session, party_id=party)
    enquiries = session.execute(
        select(asked.c.received_on, asked.c.status)
        .join(asking, asking.c.enquiry_id == asked.c.id)
        .where(asking.c.party_id.in_(family), asked.c.status != "converted")
        .distinct()
    ).all()
    ours = session.execute(select(func.count()).where(member.c.party_id.in_(family))).scalar_one()
    elsewhere = session.execute(select(func.count()).where(former.c.party_id.in_(family))).scalar_one()
    return PersonFacts(
        tuple(cases),
        tuple((day, status == "open") for day, status in enquiries),
        tuple(dict.fromkeys(holds)),
        bool(ours),
        int(elsewhere),
        walled,
    )


def sort_mentions(
    session: Session, found: Sequence[Mention], family: Collection[int], today: date
) -> tuple[list[Mention], list[tuple[Mention, str, date | None]], list[int]]:
    """Return the texts to be blacked out, those that keep the name with code and last day, and checks that go."""
    blacked: list[Mention] = []
    kept: list[tuple[Mention, str, date | None]] = []
    checks: list[int] = []
    untils = _case_days(session, {one.case_id for one in found if one.case_id is not None})
    for one in found:
        if one.table in ("party", "party_name", "party_identifier") and _of(session, one, family):
            continue  # emptied as the person's own
        if one.table == "audit_record":
            kept.append((one, "audit", None))
        elif one.table in ("conflict_check", "conflict_consent"):
            check, until = _check_day(session, one)
            if until < today:
                checks.append(check)
            else:
                kept.append((one, "check", until))
        elif one.case_id is not None and (one.case_id in untils):
            until_case = untils[one.case_id]
            if until_case is None or until_case >= today or one.table == "clearance":
                kept.append((one, "case_file", until_case))
            else:
                blacked.append(one)
        elif one.table in ("clearance", "privacy_erasure"):
            kept.append((one, "proof", None))
        else:
            blacked.append(one)
    return blacked, kept, sorted(set(checks))


def _of(session: Session, one: Mention, family: Collection[int]) -> bool:
    if one.table == "party":
        return one.row_id in family
    table = tables()[one.table]
    owner = session.execute(select(table.c.party_id).where(table.c.id == one.row_id)).scalar_one()
    return owner in family


def _case_days(session: Session, cases: Collection[int]) -> dict[int, date | None]:
    """Return the last day of each file; None for an open case, one held, and one kept for good."""
    case = tables()["cases"]
    statement = (
        select(case.c.id, case.c.status, case.c.closed_on, CaseRetention)
        .outerjoin(CaseRetention, col(CaseRetention.case_id) == case.c.id)
        .where(case.c.id.in_(sorted(cases)))
    )
    held, found = held_cases(session), {}
    for case_id, status, closed_on, chosen in session.execute(statement).all():
        term = Term(chosen.term) if chosen is not None else None
        runs = status != "open" and closed_on is not None and case_id not in held
        found[case_id] = keep(closed_on, term, chosen.years if chosen else None).until if runs else None
    return found


def _check_day(session: Session, one: Mention) -> tuple[int, date]:
    """Return the conflict check a mention stands in, and the last day its proof is kept."""
    check, consent = tables()["conflict_check"], tables()["conflict_consent"]
    number = int(one.row_id)
    if one.table == "conflict_consent":
        number = session.execute(select(consent.c.check_id).where(consent.c.id == number)).scalar_one()
    at = session.execute(select(check.c.asked_at).where(check.c.id == number)).scalar_one()
    years = int(load_rules("privacy")["conflict_duty"]["check_years"])
    return number, date(at.astimezone(CHINA).year + years, 12, 31)


def _hold_reasons(session: Session, *, case_id: int | None = None, party_id: int | None = None) -> list[str]:
    column, value = (PrivacyHold.case_id, case_id) if case_id is not None else (PrivacyHold.party_id, party_id)
    statement = select(col(PrivacyHold.reason)).where(col(column) == value, col(PrivacyHold.lifted_on).is_(None))
    return list(session.execute(statement).scalars())


__all__ = ["ErasingService", "Plan", "Spared", "person_facts"]
