"""Taking in: enquiries, half-typed drafts, and the case itself, which opens only on a clearance."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from lawdesk.cases.model import (
    Case,
    CaseMember,
    CaseParty,
    ClearanceRecord,
    Enquiry,
    EnquiryParty,
    NumberSeries,
    Party,
    Proceeding,
    Standing,
)
from lawdesk.cases.queries import names_in_case
from lawdesk.cases.rules import (
    PROCEEDING_KINDS,
    CaseDraft,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    NameKind,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    RelatedParty,
    RelationDraft,
    RelationKind,
    Side,
    check_clearance,
    check_draft,
    check_party,
    first_proceeding,
    format_number,
    matter_kinds,
    suggest_title,
)
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.cases.service.drafts import drop_draft
from lawdesk.cases.service.parties import (
    add_identifiers,
    add_name,
    check_identifiers,
    complete_party,
    find_same_party,
    get_party,
    index_party,
    party_tied_to,
    store_party,
    store_relation,
)
from lawdesk.firm import Actor, people_names, read_setting, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage import search
from lawdesk.storage.database import Database, Work


@dataclass(frozen=True)
class EnquiryDraft:
    """Somebody called: who, about what, against whom. Parties are (side, party)."""

    subject: str
    received_on: date
    parties: tuple[tuple[Side, PartyDraft], ...]
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class CaseOpened:
    """What opening a case made."""

    case_id: int
    number: str
    title: str
    proceeding_id: int


class IntakeService:
    """From the first call to the open case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_enquiry(self, actor: Actor, draft: EnquiryDraft) -> int:
        """Note an enquiry with its parties, so that the conflict check finds them; return its id."""
        require(actor, "enquiry.write")
        problems = [problem for _side, party in draft.parties for problem in check_party(party)]
        if not draft.parties:
            problems.append(Problem("enquiry.caller", N_("Who called? The name is missing."), "client"))
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "enquiry.take") as work:
            enquiry = work.add(
                Enquiry(
                    received_on=draft.received_on,
                    subject=draft.subject.strip(),
                    note=draft.note.strip(),
                    phone=draft.phone.strip(),
                    taken_by=actor.person_id,
                )
            )
            for side, party in draft.parties:
                same = find_same_party(work.session, party)
                party_id = same.key if same else store_party(work, party)
                work.session.add(EnquiryParty(enquiry_id=enquiry.key, party_id=party_id, side=side.value))
            work.audit("enquiry", enquiry, parties=len(draft.parties))
            work.announce(Changed("enquiry", "taken", (enquiry.key,)))
            return enquiry.key

    def open_case(
        self,
        actor: Actor,
        draft: CaseDraft,
        clearance: Clearance,
        *,
        enquiry_id: int | None = None,
        related: tuple[RelatedParty, ...] = (),
    ) -> CaseOpened:
        """Open a case with its number, parties, team and first proceeding.

        ``related`` are companies and people around the first client, kept so that the next check finds them.
        Raises Refused with everything that is missing or wrong, above all when ``clearance`` does not allow it
        (律师法 art. 39; the check is made before the firm accepts).
        """
        require(actor, "case.open")
        problems = check_draft(draft, self._database.clock.today())
        problems += check_new_clearance(clearance, [party.party.name for party in draft.parties])
        for party in draft.parties:
            if party.party_id is None:
                problems += check_identifiers(party.party)
        for known in related:
            problems += check_party(known.party) + check_identifiers(known.party)
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "case.open") as work:
            if enquiry_id is not None:
                draft = _as_in_enquiry(work.session, draft, enquiry_id)
            opened = store_case(work, draft, clearance)
            if related:
                _tie_related(work, opened.case_id, related)
            if enquiry_id is not None:
                _convert_enquiry(work, enquiry_id, opened.case_id)
            drop_draft(work.session, actor, "new-case")
            return opened


def store_case(work: Work, draft: CaseDraft, clearance: Clearance) -> CaseOpened:
    """Store a checked case with all that belongs to it inside a running transaction."""
    number = draft.number.strip() or next_number(work, draft.kind, draft.received_on.year)
    with work.beyond_walls() as session:  # numbers are given out once, behind walls too
        taken = session.exec(select(Case.id).where(col(Case.number) == number)).first()
    if taken is not None:
        message = N_("There is already a case numbered {number}.")
        raise Refused([Problem("case.number_taken", message, "number", params={"number": number})])
    first = first_proceeding(draft)
    assert draft.lead is not None
    check_people(work.session, (draft.lead, *draft.assistants))
    case = work.add(
        Case(
            number=number,
            kind=draft.kind,
            cause=draft.cause.strip(),
            title=draft.title.strip() or suggest_title(draft),
            stage=matter_kinds()[draft.kind].stages[0],
            received_on=draft.received_on,
            amount_fen=draft.amount_fen,
            fee_mode=draft.fee_mode.value,
            fee_fen=draft.fee_fen,
            fee_bp=draft.fee_bp,
            received_fen=draft.received_fen,
            fee_note=draft.fee_note.strip(),
            power=draft.power.strip(),
            facts=draft.facts.strip(),
            note=draft.note.strip(),
            lead_id=draft.lead,
        )
    )
    work.session.add(CaseMember(case_id=case.key, person_id=draft.lead, role="lead"))
    for person_id in dict.fromkeys(draft.assistants):
        if person_id != draft.lead:
            work.session.add(CaseMember(case_id=case.key, person_id=person_id, role="assistant"))
    proceeding = add_proceeding(work, case.key, first, position=0)
    for position, party in enumerate(draft.parties):
        add_case_party(work, case.key, proceeding, party, position)
    work.session.add(clearance_record(case.key, clearance))
    index_case(work.session, case)
    work.audit("case", case, case_id=case.key, number=number, clearance=clearance.result.value)
    with work.beyond_walls() as session:  # last: from here on who opened it may not see it
        case.access = read_setting(session, "case_access")
        session.flush()
    work.announce(Changed("case", "opened", (case.key,), (case.key,)))
    return CaseOpened(case.key, number, case.title, proceeding.key)


def check_new_clearance(clearance: Clearance, names: list[str]) -> list[Problem]:
    """Return why nothing new may begin on ``clearance``; that of an old record is not one for it."""
    problems = check_clearance(clearance, names)
    if clearance.result == ClearanceResult.TAKEN_OVER:
        message = N_("This clearance is only for cases taken over from earlier records.")
        problems.append(Problem("clearance.taken_over", message, "clearance"))
    return problems


def check_people(session: Session, person_ids: tuple[int, ...]) -> None:
    """Raise UserError when one of these is not a person of the firm."""
    people = people_names()
    wanted = set(person_ids)
    found = session.execute(sa_select(people.c.person_id).where(people.c.person_id.in_(wanted))).scalars()
    if wanted - set(found):
        raise UserError("person.unknown", N_("There is no such person in the firm."))


def next_number(work: Work, kind: str, year: int) -> str:
    """Give out the firm's next case number; numbers taken by hand or by import are stepped over."""
    pattern = read_setting(work.session, "case_number_pattern")
    name = f"{year if '{year}' in pattern else '-'}/{kind if '{kind}' in pattern else '-'}"
    series = work.session.exec(select(NumberSeries).where(col(NumberSeries.series) == name)).first()
    if series is None:
        series = work.add(NumberSeries(series=name))
    while True:
        series.last += 1
        number = format_number(pattern, year=year, kind=kind, serial=series.last)
        with work.beyond_walls() as session:
            if session.exec(select(Case.id).where(col(Case.number) == number)).first() is None:
                return number


def add_proceeding(work: Work, case_id: int, draft: ProceedingDraft, position: int) -> Proceeding:
    """Store a proceeding inside a running transaction."""
    return work.add(
        Proceeding(
            case_id=case_id,
            kind=draft.kind,
            position=position,
            court=draft.court.strip(),
            court_number=normalize_number(draft.court_number),
            judge=draft.judge.strip(),
            started_on=draft.started_on,
            ended_on=draft.ended_on,
            in_custody=draft.in_custody,
            foreign=draft.foreign,
        )
    )


def add_case_party(work: Work, case_id: int, proceeding: Proceeding, draft: CasePartyDraft, position: int) -> int:
    """Put a party into the case and its first proceeding; a party surely on file already is used, not doubled."""
    party = _resolve_party(work, draft)
    already = select(CaseParty.side).where(col(CaseParty.case_id) == case_id, col(CaseParty.party_id) == party.key)
    side = work.session.exec(already).first()
    if side is not None:
        if side != draft.side and {side, draft.side} == {Side.CLIENT.value, Side.ADVERSE.value}:
            message = N_("{name} stands on both sides of the case.")
            raise Refused([Problem("case.both_sides", message, "parties", params={"name": party.name})])
        return party.key
    work.session.add(CaseParty(case_id=case_id, party_id=party.key, side=draft.side, position=position))
    kind = PROCEEDING_KINDS[proceeding.kind]
    usual = {Side.CLIENT.value: kind.claimant, Side.ADVERSE.value: kind.respondent, Side.THIRD.value: "第三人"}
    work.session.add(
        Standing(
            proceeding_id=proceeding.key,
            party_id=party.key,
            standing=draft.standing.strip() or usual.get(draft.side, ""),
            counsel_name=draft.counsel_name.strip(),
            counsel_firm=draft.counsel_firm.strip(),
        )
    )
    work.session.flush()
    if draft.legal_representative.strip():
        _relate(
            work,
            party,
            PartyDraft(draft.legal_representative, PartyKind.PERSON),
            RelationKind.LEGAL_REPRESENTATIVE,
        )
    if draft.parent.strip():
        _relate(work, party, PartyDraft(draft.parent, PartyKind.ORGANIZATION), RelationKind.PARENT)
    return party.key


def clearance_record(case_id: int | None, clearance: Clearance) -> ClearanceRecord:
    """Return the row that keeps a clearance for good."""
    content = asdict(replace(clearance))
    content["at"] = clearance.at.isoformat()
    return ClearanceRecord(
        case_id=case_id,
        result=clearance.result.value,
        decided_by=clearance.by,
        decided_at=clearance.at,
        content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        check_uid=str(clearance.searched.get("check", "")),
    )


def index_case(session: Session, case: Case) -> None:
    """Make the case findable by Ctrl+K under title, number, cause and court numbers."""
    numbers = session.exec(select(Proceeding.court_number).where(col(Proceeding.case_id) == case.key)).all()
    supporting = " ".join([case.number, case.cause, *(number for number in numbers if number)])
    title = case.cause if names_in_case(session, case.key) else case.title
    search.index(session, "case", case.key, [(title, supporting)], case_id=case.key)


def index_cases_of(session: Session, parties: Collection[int]) -> None:
    """Make the cases of these parties findable under what may be shown of them now, blocked or not."""
    stands = select(CaseParty.case_id).where(col(CaseParty.party_id).in_(parties))
    for case in session.exec(select(Case).where(col(Case.id).in_(stands))).all():
        index_case(session, case)


def _resolve_party(work: Work, draft: CasePartyDraft) -> Party:
    if draft.party_id is not None:
        party = get_party(work.session, draft.party_id)
    else:
        party = find_same_party(work.session, draft.party) or get_party(
            work.session, store_party(work, draft.party)
        )
    for kind, alias in draft.party.aliases:
        add_name(work, party, kind, alias)
    add_identifiers(work, party, draft.party)
    complete_party(party, draft.party)
    if draft.party.name.strip() != party.name:
        add_name(work, party, NameKind.ALIAS, draft.party.name)
    index_party(work.session, party)
    return party


def _relate(work: Work, party: Party, other: PartyDraft, kind: RelationKind) -> None:
    """Tie the named legal representative or parent to ``party``; a person of that name already tied stays."""
    other_id = party_tied_to(work.session, party, other) or store_party(work, other)
    if other_id != party.key:
        store_relation(work, RelationDraft(other_id, party.key, kind))


def _tie_related(work: Work, case_id: int, related: tuple[RelatedParty, ...]) -> None:
    """Keep who stands around the first client."""
    clients = select(CaseParty.party_id).where(
        col(CaseParty.case_id) == case_id, col(CaseParty.side) == Side.CLIENT.value
    )
    client_id = work.session.exec(clients.order_by(col(CaseParty.position))).first()
    assert client_id is not None  # check_draft saw to it
    client = get_party(work.session, client_id)
    for known in related:
        other_id = party_tied_to(work.session, client, known.party) or store_party(work, known.party)
        if other_id != client_id:
            ends = (client_id, other_id) if known.of_client else (other_id, client_id)
            relation = store_relation(work, RelationDraft(*ends, known.kind, known.share_bp))
            if known.share_bp is not None:
                relation.share_bp = known.share_bp


def _as_in_enquiry(session: Session, draft: CaseDraft, enquiry_id: int) -> CaseDraft:
    """Return the draft with the parties of its call: the caller is not a second person of that name."""
    called = (
        select(Party.name, Party.id)
        .join(EnquiryParty, col(EnquiryParty.party_id) == col(Party.id))
        .where(col(EnquiryParty.enquiry_id) == enquiry_id)
    )
    known = dict(session.exec(called).all())
    parties = (
        party if party.party_id is not None else replace(party, party_id=known.get(party.party.name.strip()))
        for party in draft.parties
    )
    return replace(draft, parties=tuple(parties))


def _convert_enquiry(work: Work, enquiry_id: int, case_id: int) -> None:
    enquiry = work.session.get(Enquiry, enquiry_id)
    if enquiry is None:
        raise UserError("enquiry.unknown", N_("There is no such enquiry."))
    enquiry.status, enquiry.case_id = "converted", case_id
    work.announce(Changed("enquiry", "converted", (enquiry_id,), (case_id,)))
