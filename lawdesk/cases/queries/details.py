"""One case, one party, one history; and what the palette and the conflict check read."""

from __future__ import annotations

import json

from sqlalchemy import BindParameter, bindparam, func, null, select
from sqlmodel import Session, col

from lawdesk.cases.model import (
    Case,
    CaseMember,
    CaseParty,
    ClearanceRecord,
    Enquiry,
    EnquiryParty,
    Party,
    PartyIdentifier,
    PartyName,
    PartyRelation,
    Proceeding,
    Standing,
)
from lawdesk.cases.queries.blocked import blocked_among, names_in_case, shown_title
from lawdesk.cases.queries.rows import (
    CaseDetail,
    ClearanceRow,
    HistoryRow,
    KnownStanding,
    MemberRow,
    PartyCaseRow,
    PartyDetail,
    ProceedingRow,
    StandingRow,
)
from lawdesk.cases.rules import CaseStatus, FeeMode, RelationKind
from lawdesk.cases.rules.revealing import party_blocked
from lawdesk.firm import Actor, people_names, require, visible_to
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import (
    content_without,
    mask_address,
    mask_number,
    mask_phone,
    only_stored,
    without_names,
)
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database
from lawdesk.storage.search import Found, SearchEntry, look_up

PEOPLE = people_names()


class DetailQueries:
    """Single things, whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def case(self, actor: Actor, case_id: int) -> CaseDetail:
        """Return a whole case; raises UserError when there is none that ``actor`` may see."""
        with self._database.read(actor) as session:
            statement = visible_to(select(Case).where(col(Case.id) == case_id), actor, col(Case.id))
            case = session.execute(statement).scalar_one_or_none()
            if case is not None:
                return _detail(session, case)
        self._database.not_found(actor, "case", case_id)
        raise UserError("case.unknown", N_("There is no such case."), hint=N_("Look it up by number or name."))

    def party(self, actor: Actor, party_id: int) -> PartyDetail:
        """Return a party with its names, relations and masked numbers; raises UserError when there is none."""
        with self._database.read(actor) as session:
            statement = select(Party).where(col(Party.id) == party_id, col(Party.merged_into).is_(None))
            statement = visible_to(statement, actor, null())
            party = session.execute(statement).scalar_one_or_none()
            if party is not None:
                if party.blocked:
                    raise party_blocked()
                return _party_detail(session, party)
        self._database.not_found(actor, "party", party_id)
        raise UserError("party.unknown", N_("There is no such party."))

    def cases_of_party(self, actor: Actor, party_id: int) -> list[PartyCaseRow]:
        """Return the cases ``actor`` may see in which a party stands, newest first."""
        statement = (
            select(Case, col(CaseParty.side), shown_title())
            .join(CaseParty, col(CaseParty.case_id) == col(Case.id))
            .where(col(CaseParty.party_id) == party_id)
            .order_by(col(Case.received_on).desc(), col(Case.id).desc())
        )
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Case.id))).all()
            return [
                PartyCaseRow(case.key, case.number, title, side, CaseStatus(case.status), case.received_on)
                for case, side, title in rows
            ]

    def used_causes(self, actor: Actor, limit: int = 500) -> list[str]:
        """Return the causes of action the office uses, the most frequent first."""
        statement = visible_to(select(col(Case.cause)), actor, col(Case.id)).group_by(col(Case.cause))
        statement = statement.order_by(func.count().desc(), col(Case.cause)).limit(limit)
        with self._database.read(actor) as session:
            return list(session.execute(statement).scalars())

    def history(self, actor: Actor, case_id: int, limit: int = 200) -> list[HistoryRow]:
        """Return what was done in a case, newest first."""
        statement = visible_to(
            select(AuditRecord).where(col(AuditRecord.case_id) == case_id), actor, col(AuditRecord.case_id)
        )
        with self._database.read(actor) as session:
            rows = session.execute(statement.order_by(col(AuditRecord.id).desc()).limit(limit)).scalars()
            return [HistoryRow(row.at, row.actor_name, row.action, row.subject, row.detail) for row in rows]

    def find(self, actor: Actor, words: str, subject: str, limit: int = 8) -> list[Found]:
        """Return cases or parties for Ctrl+K by characters, pinyin or initials."""
        with self._database.read(actor) as session:
            return look_up(
                session,
                words,
                subject,
                limit,
                narrow=lambda statement: visible_to(statement, actor, col(SearchEntry.case_id)),
            )

    def known_counts(self, actor: Actor, *, behind: bool = True) -> tuple[int, int]:
        """Return how many cases and enquiries there are, for the conflict check: it searches ``behind`` walls."""
        require(actor, "conflict.check")
        with self._database.read(None if behind else actor) as session:
            cases, enquiries = session.execute(_COUNTS).one()
        return cases, enquiries

    def known_standings(self, actor: Actor, party_ids: list[int], *, behind: bool = True) -> list[KnownStanding]:
        """Return where these parties stand in cases and enquiries, for the conflict check."""
        require(actor, "conflict.check")
        if not party_ids:
            return []
        with self._database.read(None if behind else actor) as session:
            return _case_standings(session, party_ids) + _enquiry_standings(session, party_ids)


_IDS: BindParameter[int] = bindparam(
    "ids", expanding=True
)  # built once: the conflict check runs while somebody types
_CASE_STANDINGS = (
    select(CaseParty, Case, PEOPLE.c.name)
    .join(Case, col(Case.id) == col(CaseParty.case_id))
    .join(PEOPLE, PEOPLE.c.person_id == col(Case.lead_id))
    .where(col(CaseParty.party_id).in_(_IDS))
    .order_by(col(Case.received_on).desc())
)
_ENQUIRY_STANDINGS = (
    select(EnquiryParty, Enquiry, PEOPLE.c.name)
    .join(Enquiry, col(Enquiry.id) == col(EnquiryParty.enquiry_id))
    .outerjoin(PEOPLE, PEOPLE.c.person_id == col(Enquiry.taken_by))
    .where(col(EnquiryParty.party_id).in_(_IDS), col(Enquiry.status) != "converted")
    .order_by(col(Enquiry.received_on).desc())
)
_COUNTS = select(
    select(func.count(col(Case.id))).scalar_subquery(), select(func.count(col(Enquiry.id))).scalar_subquery()
)


def _case_standings(session: Session, party_ids: list[int]) -> list[KnownStanding]:
    rows = session.execute(_CASE_STANDINGS, {"ids": party_ids}).all()
    return [
        KnownStanding(
            row.party_id,
            row.side,
            case.key,
            case.number,
            case.title,
            case.cause,
            case.status,
            case.received_on,
            case.closed_on,
            lead,
            kind=case.kind,
            lead_id=case.lead_id,
        )
        for row, case, lead in rows
    ]


def _enquiry_standings(session: Session, party_ids: list[int]) -> list[KnownStanding]:
    rows = session.execute(_ENQUIRY_STANDINGS, {"ids": party_ids}).all()
    return [
        KnownStanding(
            row.party_id,
            row.side,
            None,
            "",
            enquiry.subject,
            "",
            enquiry.status,
            enquiry.received_on,
            None,
            taken_by or "",
            enquiry_id=enquiry.key,
        )
        for row, enquiry, taken_by in rows
    ]


def _detail(session: Session, case: Case) -> CaseDetail:
    members = session.execute(
        select(CaseMember, PEOPLE.c.name)
        .join(PEOPLE, PEOPLE.c.person_id == col(CaseMember.person_id))
        .where(col(CaseMember.case_id) == case.key)
        .order_by(col(CaseMember.id))
    ).all()
    clearances = session.execute(
        select(ClearanceRecord, PEOPLE.c.name)
        .outerjoin(PEOPLE, PEOPLE.c.person_id == col(ClearanceRecord.decided_by))
        .where(col(ClearanceRecord.case_id) == case.key)
        .order_by(col(ClearanceRecord.id))
    ).all()
    names = names_in_case(session, case.key)
    return CaseDetail(
        case.key,
        case.version,
        case.number,
        case.cause if names else case.title,
        case.kind,
        case.cause,
        case.stage,
        CaseStatus(case.status),
        case.received_on,
        case.closed_on,
        case.amount_fen,
        FeeMode(case.fee_mode),
        case.fee_fen,
        case.fee_bp,
        case.received_fen,
        case.fee_note,
        case.power,
        without_names(case.facts, names),
        without_names(case.note, names),
        case.lead_id,
        tuple(MemberRow(member.person_id, name, member.role) for member, name in members),
        _proceedings(session, case.key),
        tuple(
            ClearanceRow(row.key, row.result, name or "", row.decided_at, _content(row.content, names))
            for row, name in clearances
        ),
        case.access,
    )


def _content(text: str, names: tuple[str, ...]) -> str:
    return json.dumps(content_without(json.loads(text), names), ensure_ascii=False) if names and text else text


def _proceedings(session: Session, case_id: int) -> tuple[ProceedingRow, ...]:
    standings: dict[int, list[StandingRow]] = {}
    statement = (
        select(Standing, Party, col(CaseParty.side))
        .join(Party, col(Party.id) == col(Standing.party_id))
        .join(Proceeding, col(Proceeding.id) == col(Standing.proceeding_id))
        .join(
            CaseParty,
            (col(CaseParty.party_id) == col(Party.id)) & (col(CaseParty.case_id) == col(Proceeding.case_id)),
        )
        .where(col(Proceeding.case_id) == case_id)
        .order_by(col(CaseParty.position), col(Standing.id))
    )
    rows = session.execute(statement).all()
    heads = _legal_representatives(session, [party.key for _row, party, _side in rows])
    blocked = blocked_among(session, [party.key for _row, party, _side in rows])
    for row, party, side in rows:
        standings.setdefault(row.proceeding_id, []).append(
            StandingRow(
                party.key,
                only_stored() if party.key in blocked else party.name,
                party.kind,
                side,
                row.standing,
                row.counsel_name,
                row.counsel_firm,
                heads.get(party.key, ""),
            )
        )
    found = session.execute(
        select(Proceeding).where(col(Proceeding.case_id) == case_id).order_by(col(Proceeding.position))
    ).scalars()
    return tuple(
        ProceedingRow(
            row.key,
            row.version,
            case_id,
            row.kind,
            row.position,
            row.court,
            row.court_number,
            row.judge,
            row.started_on,
            row.ended_on,
            row.result,
            row.in_custody,
            row.foreign,
            tuple(standings.get(row.key, [])),
        )
        for row in found
    )


def _legal_representatives(session: Session, party_ids: list[int]) -> dict[int, str]:
    statement = (
        select(col(PartyRelation.other_id), col(Party.id), col(Party.name))
        .join(Party, col(Party.id) == col(PartyRelation.party_id))
        .where(
            col(PartyRelation.other_id).in_(party_ids),
            col(PartyRelation.kind) == RelationKind.LEGAL_REPRESENTATIVE.value,
        )
    )
    rows = session.execute(statement).all()
    blocked = blocked_among(session, [head for _party, head, _name in rows])
    return {party: only_stored() if head in blocked else name for party, head, name in rows}


def _party_detail(session: Session, party: Party) -> PartyDetail:
    names = session.execute(
        select(col(PartyName.kind), col(PartyName.name)).where(col(PartyName.party_id) == party.key)
    ).all()
    identifiers = session.execute(
        select(col(PartyIdentifier.kind), col(PartyIdentifier.value))
        .where(col(PartyIdentifier.party_id) == party.key)
        .order_by(col(PartyIdentifier.id))
    ).all()
    relations = session.execute(
        select(col(PartyRelation.kind), col(Party.id), col(Party.name), col(PartyRelation.share_bp))
        .join(Party, col(Party.id) == col(PartyRelation.party_id))
        .where(col(PartyRelation.other_id) == party.key)
        .order_by(col(PartyRelation.id))
    ).all()
    stands_to = session.execute(
        select(col(PartyRelation.kind), col(Party.id), col(Party.name), col(PartyRelation.share_bp))
        .join(Party, col(Party.id) == col(PartyRelation.other_id))
        .where(col(PartyRelation.party_id) == party.key)
        .order_by(col(PartyRelation.id))
    ).all()
    blocked = blocked_among(session, [other for _kind, other, _name, _share in (*relations, *stands_to)])

    def shown(other: int, name: str) -> str:
        return only_stored() if other in blocked else name

    return PartyDetail(
        party.key,
        party.version,
        party.name,
        party.kind,
        mask_phone(party.phone),
        mask_address(party.address),
        party.born_on,
        party.note,
        tuple((kind, name) for kind, name in names),
        tuple((kind, mask_number(value)) for kind, value in identifiers),
        tuple((kind, other, shown(other, name), share) for kind, other, name, share in relations),
        tuple((kind, other, shown(other, name), share) for kind, other, name, share in stands_to),
    )
