"""The course of a case: its facts, stages, further proceedings, standings, closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, func, select

from lawdesk.cases.model import Case, CaseMember, CaseParty, Proceeding, Standing
from lawdesk.cases.queries import CaseDetail, names_in_case
from lawdesk.cases.rules import (
    PROCEEDING_KINDS,
    CasePartyDraft,
    CaseStatus,
    Clearance,
    FeeMode,
    ProceedingDraft,
    check_money,
    check_party,
    matter_kinds,
)
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.cases.rules.revealing import party_blocked
from lawdesk.cases.service.intake import (
    add_case_party,
    add_proceeding,
    check_new_clearance,
    check_people,
    clearance_record,
    index_case,
)
from lawdesk.cases.service.parties import check_identifiers
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import without_names
from lawdesk.storage.database import Database, check_version


@dataclass(frozen=True)
class CaseChange:
    """The editable facts of a case."""

    title: str
    cause: str
    stage: str
    amount_fen: int | None
    fee_mode: FeeMode
    fee_fen: int | None
    received_fen: int | None
    lead_id: int
    assistants: tuple[int, ...]
    note: str = ""
    fee_bp: int | None = None

    @classmethod
    def of(cls, case: CaseDetail) -> CaseChange:
        """Return the editable facts of ``case`` as they are."""
        return cls(
            title=case.title,
            cause=case.cause,
            stage=case.stage,
            amount_fen=case.amount_fen,
            fee_mode=case.fee_mode,
            fee_fen=case.fee_fen,
            received_fen=case.received_fen,
            lead_id=case.lead_id,
            assistants=tuple(member.person_id for member in case.assistants),
            note=case.note,
            fee_bp=case.fee_bp,
        )


@dataclass(frozen=True)
class StandingDraft:
    """Where a party stands in a proceeding and who speaks for it."""

    party_id: int
    standing: str
    counsel_name: str = ""
    counsel_firm: str = ""


ACCESS = ("office", "team")
"""Who sees a case: everybody of the office, or the people of its team."""


class CourseService:
    """What happens to a case after it opened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change_case(self, actor: Actor, case_id: int, change: CaseChange, *, seen: int) -> None:
        """Change the facts of a case. Raises Refused when title or cause would be empty."""
        require(actor, "case.change")
        problems = []
        if not change.title.strip():
            problems.append(Problem("case.title", N_("The case needs a title."), "title"))
        if not change.cause.strip():
            problems.append(Problem("case.cause", N_("The cause of action is missing."), "cause"))
        problems += check_money(change.amount_fen, change.fee_fen, change.received_fen, change.fee_bp)
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "case.change") as work:
            case = get_case(work.session, case_id)
            check_version(case, seen)
            work.lift_curtain()  # who leaves the team with this change may not see the case any more
            check_people(work.session, (change.lead_id, *change.assistants))
            if change.stage != case.stage and change.stage not in matter_kinds()[case.kind].stages:
                message = N_("This kind of case has no stage {stage}.")
                raise Refused([Problem("case.stage", message, "stage", params={"stage": change.stage})])
            change = _kept_texts(work.session, case, change)
            flag_modified(case, "title")  # the version rises although only the team may have changed
            case.title, case.cause, case.stage = change.title.strip(), change.cause.strip(), change.stage
            case.amount_fen, case.fee_fen, case.received_fen = (
                change.amount_fen,
                change.fee_fen,
                change.received_fen,
            )
            case.fee_mode, case.note, case.lead_id = change.fee_mode.value, change.note.strip(), change.lead_id
            case.fee_bp = change.fee_bp
            _set_team(work.session, case_id, change.lead_id, change.assistants)
            index_case(work.session, case)
            work.audit("case", case, case_id=case_id)
            work.announce(Changed("case", "changed", (case_id,), (case_id,)))

    def set_access(self, actor: Actor, case_id: int, access: str) -> None:
        """Let the whole ``office`` see a case, or its ``team`` only. The lead does, and who sees everything.

        Raises Refused for another word, UserError without the right.
        """
        require(actor, "case.change")
        if access not in ACCESS:
            message = N_("A case is seen by the office or by its team.")
            raise Refused([Problem("case.access", message, "access")])
        with self._database.write(actor, "case.access") as work:
            case = get_case(work.session, case_id)
            if case.lead_id != actor.person_id:
                require(actor, "case.see_all")
            work.lift_curtain()
            before, case.access = case.access, access
            work.audit("case", case, case_id=case_id, before=before, after=access)
            work.announce(Changed("case", "access", (case_id,), (case_id,)))

    def set_stage(self, actor: Actor, case_id: int, stage: str) -> None:
        """Move the case to a stage of its kind (see ``procedures.toml``)."""
        require(actor, "case.change")
        with self._database.write(actor, "case.stage") as work:
            case = get_case(work.session, case_id)
            if stage not in matter_kinds()[case.kind].stages:
                message = N_("This kind of case has no stage {stage}.")
                raise Refused([Problem("case.stage", message, "stage", params={"stage": stage})])
            before, case.stage = case.stage, stage
            work.audit("case", case, case_id=case_id, before=before, after=stage)
            work.announce(Changed("case", "staged", (case_id,), (case_id,)))

    def close_case(self, actor: Actor, case_id: int, closed_on: date) -> None:
        """Close a case; the day cannot lie before its intake."""
        require(actor, "case.change")
        with self._database.write(actor, "case.close") as work:
            case = get_case(work.session, case_id)
            if closed_on > self._database.clock.today():
                message = N_("The day of closing lies in the future.")
                raise Refused([Problem("case.closed_late", message, "closed_on")])
            if closed_on < case.received_on:
                message = N_("A case cannot be closed before it was taken in.")
                raise Refused([Problem("case.closed_early", message, "closed_on")])
            case.status, case.closed_on = CaseStatus.CLOSED.value, closed_on
            work.audit("case", case, case_id=case_id)
            work.announce(Changed("case", "closed", (case_id,), (case_id,)))

    def reopen_case(self, actor: Actor, case_id: int) -> None:
        """Open a closed case again."""
        require(actor, "case.change")
        with self._database.write(actor, "case.reopen") as work:
            case = get_case(work.session, case_id)
            case.status, case.closed_on = CaseStatus.OPEN.value, None
            work.audit("case", case, case_id=case_id)
            work.announce(Changed("case", "reopened", (case_id,), (case_id,)))

    def add_proceeding(
        self, actor: Actor, case_id: int, draft: ProceedingDraft, standings: tuple[StandingDraft, ...] = ()
    ) -> int:
        """Add an instance or procedure (appeal, enforcement, preservation ...); return its id.

        Without ``standings`` the parties of the case stand in it as its kind usually has them.
        """
        require(actor, "case.change")
        if draft.kind not in PROCEEDING_KINDS:
            message = N_("This kind of proceeding does not exist.")
            raise Refused([Problem("case.proceeding", message, "proceeding")])
        _refuse_twice(standings)
        with self._database.write(actor, "proceeding.add") as work:
            case = get_case(work.session, case_id)
            count = work.session.exec(
                select(func.count()).select_from(Proceeding).where(col(Proceeding.case_id) == case_id)
            ).one()
            proceeding = add_proceeding(work, case_id, draft, position=count)
            for row in standings or _usual_standings(work.session, case_id, draft.kind):
                work.session.add(
                    Standing(
                        proceeding_id=proceeding.key,
                        party_id=row.party_id,
                        standing=row.standing,
                        counsel_name=row.counsel_name,
                        counsel_firm=row.counsel_firm,
                    )
                )
            index_case(work.session, case)
            work.audit("proceeding", proceeding, case_id=case_id, kind=draft.kind)
            work.announce(Changed("proceeding", "added", (proceeding.key,), (case_id,)))
            return proceeding.key

    def change_proceeding(
        self,
        actor: Actor,
        proceeding_id: int,
        draft: ProceedingDraft,
        *,
        seen: int,
        result: str = "",
        standings: tuple[StandingDraft, ...] | None = None,
    ) -> None:
        """Change court, court number, judge, custody, days or result of a proceeding, and who stands where in it.

        ``standings`` replaces standing and counsel of the parties it names; others and None stay as they are.
        """
        require(actor, "case.change")
        with self._database.write(actor, "proceeding.change") as work:
            row = work.session.get(Proceeding, proceeding_id)
            if row is None:
                raise UserError("proceeding.unknown", N_("There is no such proceeding."))
            check_version(row, seen)
            row.court, row.judge, row.result = draft.court.strip(), draft.judge.strip(), result.strip()
            row.court_number = normalize_number(draft.court_number)
            row.started_on, row.ended_on = draft.started_on, draft.ended_on
            row.in_custody, row.foreign = draft.in_custody, draft.foreign
            if standings is not None:
                _set_standings(work.session, proceeding_id, standings)
                flag_modified(row, "judge")  # the version rises although only the standings may have changed
            work.session.flush()
            index_case(work.session, get_case(work.session, row.case_id))
            work.audit("proceeding", row, case_id=row.case_id)
            work.announce(Changed("proceeding", "changed", (proceeding_id,), (row.case_id,)))

    def add_party_to_case(self, actor: Actor, case_id: int, draft: CasePartyDraft, clearance: Clearance) -> int:
        """Bring one more party into an open case, after checking it for conflicts; return the party's id."""
        require(actor, "case.change")
        problems = check_party(draft.party) + check_new_clearance(clearance, [draft.party.name])
        if draft.party_id is None:
            problems += check_identifiers(draft.party)
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "case.party") as work:
            case = get_case(work.session, case_id)
            newest = select(Proceeding).where(col(Proceeding.case_id) == case_id)
            proceeding = work.session.exec(newest.order_by(col(Proceeding.position).desc())).first()
            if proceeding is None:
                raise UserError("proceeding.unknown", N_("There is no such proceeding."))
            count = select(func.count()).select_from(CaseParty).where(col(CaseParty.case_id) == case_id)
            party_id = add_case_party(work, case_id, proceeding, draft, work.session.exec(count).one())
            work.session.add(clearance_record(case_id, clearance))
            work.audit("case", case, case_id=case_id, party=party_id, clearance=clearance.result.value)
            work.announce(Changed("case", "changed", (case_id,), (case_id,)))
            return party_id


def get_case(session: Session, case_id: int) -> Case:
    """Return the live case; raises UserError when there is none."""
    case = session.get(Case, case_id)
    if case is None:
        raise UserError("case.unknown", N_("There is no such case."), hint=N_("Look it up by number or name."))
    return case


def _kept_texts(session: Session, case: Case, change: CaseChange) -> CaseChange:
    """Return the change with the texts as they are kept, where a party that is only stored hides them.

    Raises UserError ``party.blocked`` when such a text was written anew: it must be kept as it is.
    """
    names = names_in_case(session, case.key)
    if not names:
        return change
    if (change.title, change.note) != (case.cause, without_names(case.note, names).strip()):
        raise party_blocked()
    return replace(change, title=case.title, note=case.note)


def _set_team(session: Session, case_id: int, lead_id: int, assistants: tuple[int, ...]) -> None:
    wanted = {lead_id: "lead", **{person: "assistant" for person in assistants if person != lead_id}}
    for member in session.exec(select(CaseMember).where(col(CaseMember.case_id) == case_id)).all():
        role = wanted.pop(member.person_id, None)
        if role is None:
            session.delete(member)
        else:
            member.role = role
    for person_id, role in wanted.items():
        session.add(CaseMember(case_id=case_id, person_id=person_id, role=role))


def _refuse_twice(standings: tuple[StandingDraft, ...]) -> None:
    if len({one.party_id for one in standings}) < len(standings):
        message = N_("A party has one standing in a proceeding.")
        raise Refused([Problem("standing.twice", message, "standings")])


def _set_standings(session: Session, proceeding_id: int, standings: tuple[StandingDraft, ...]) -> None:
    _refuse_twice(standings)
    rows = session.exec(select(Standing).where(col(Standing.proceeding_id) == proceeding_id)).all()
    known = {row.party_id: row for row in rows}
    for draft in standings:
        row = known.get(draft.party_id)
        if row is None:
            row = Standing(proceeding_id=proceeding_id, party_id=draft.party_id, standing="")
            session.add(row)
        row.standing = draft.standing.strip()
        row.counsel_name, row.counsel_firm = draft.counsel_name.strip(), draft.counsel_firm.strip()


def _usual_standings(session: Session, case_id: int, kind: str) -> list[StandingDraft]:
    """Carry the parties over with the usual standings; who appealed is known later and edited then."""
    usual = PROCEEDING_KINDS[kind]
    by_side = {"client": usual.claimant, "adverse": usual.respondent, "third": "第三人"}
    rows = session.exec(
        select(CaseParty).where(col(CaseParty.case_id) == case_id).order_by(col(CaseParty.position))
    ).all()
    return [StandingDraft(row.party_id, by_side.get(row.side, "")) for row in rows]
