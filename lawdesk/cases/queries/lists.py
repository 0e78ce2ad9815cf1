"""Lists of cases, parties and enquiries: filtered, sorted and paged in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Subquery, func, null, or_, select
from sqlmodel import Session, col

from lawdesk.cases.model import Case, CaseMember, CaseParty, Enquiry, EnquiryParty, Party, PartyName, Proceeding
from lawdesk.cases.queries.blocked import (
    blocked_among,
    blocked_names,
    shown_title,
)
from lawdesk.cases.queries.rows import CaseRow, EnquiryRow, PartyRow
from lawdesk.cases.rules import CaseStatus, Side
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.firm import Actor, blocked_parties, people_names, visible_to
from lawdesk.kernel.masking import mask_phone, only_stored, without_names
from lawdesk.storage.database import Database

PEOPLE = people_names()
_WHOLE_NUMBER = 7
"""Digits from which on a telephone number is looked for."""
S = TypeVar("S", bound=Select[*tuple[Any, ...]])
SORTS: dict[str, ColumnElement[Any]] = {
    "received": col(Case.received_on).desc(),
    "number": col(Case.number).desc(),
    "title": shown_title().asc(),
    "lead": col(Case.lead_id).asc(),
}


@dataclass(frozen=True)
class CaseFilter:
    """Which cases: by status, whose, kind, and words in title, number, cause, court number or a party's name."""

    status: CaseStatus | None = None
    person_id: int | None = None
    kind: str | None = None
    words: str = ""


def newest_proceeding() -> Subquery:
    """Return ``case_id, proceeding_id``: the newest proceeding of each case."""
    return (
        select(col(Proceeding.case_id), func.max(col(Proceeding.id)).label("proceeding_id"))
        .group_by(col(Proceeding.case_id))
        .subquery("newest_proceeding")
    )


def case_heads() -> Subquery:
    """Return what other features show of a case, to be joined on ``case_id``.

    Columns: case_id, number, title, cause, kind, status, lead_id, lead, court, court_number.
    """
    newest = newest_proceeding()
    return (
        select(
            col(Case.id).label("case_id"),
            col(Case.number),
            shown_title().label("title"),
            col(Case.cause),
            col(Case.kind),
            col(Case.status),
            col(Case.lead_id),
            PEOPLE.c.name.label("lead"),
            func.coalesce(col(Proceeding.court), "").label("court"),
            func.coalesce(col(Proceeding.court_number), "").label("court_number"),
        )
        .join(PEOPLE, PEOPLE.c.person_id == col(Case.lead_id))
        .outerjoin(newest, newest.c.case_id == col(Case.id))
        .outerjoin(Proceeding, col(Proceeding.id) == newest.c.proceeding_id)
        .subquery("case_heads")
    )


class ListQueries:
    """Lists for pages and the command line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_cases(
        self,
        actor: Actor,
        chosen: CaseFilter = CaseFilter(),
        *,
        sort: str = "received",
        offset: int = 0,
        limit: int = 200,
    ) -> list[CaseRow]:
        """Return one page of the cases ``actor`` may see."""
        newest = newest_proceeding()
        statement = (
            select(Case, PEOPLE.c.name, Proceeding, shown_title())
            .join(PEOPLE, PEOPLE.c.person_id == col(Case.lead_id))
            .outerjoin(newest, newest.c.case_id == col(Case.id))
            .outerjoin(Proceeding, col(Proceeding.id) == newest.c.proceeding_id)
        )
        statement = visible_to(_narrow(statement, chosen), actor, col(Case.id))
        statement = statement.order_by(SORTS.get(sort, SORTS["received"]), col(Case.id).desc())
        with self._database.read(actor) as session:
            rows = session.execute(statement.offset(offset).limit(limit)).all()
            return [_case_row(case, lead, proceeding, title) for case, lead, proceeding, title in rows]

    def count_cases(self, actor: Actor, chosen: CaseFilter = CaseFilter()) -> int:
        """Return how many cases the filter leaves."""
        statement = visible_to(_narrow(select(func.count(col(Case.id))), chosen), actor, col(Case.id))
        with self._database.read(actor) as session:
            return int(session.execute(statement).scalar_one())

    def find_case(self, actor: Actor, words: str) -> int | None:
        """Return the case meant by a firm number, a court number or a title; None when none or several fit."""
        words = words.strip()
        if not words:
            return None
        every = visible_to(select(col(Case.id)), actor, col(Case.id))
        number = normalize_number(words)  # brackets as they come from another keyboard
        court = select(col(Proceeding.case_id)).where(col(Proceeding.court_number).in_((words, number)))
        ways = (
            every.where(col(Case.number).in_((words, number))),
            every.where(col(Case.id).in_(court)),
            every.where(shown_title() == words),
            _narrow(every, CaseFilter(words=words)),
        )
        with self._database.read(actor) as session:
            for statement in ways:
                if found := session.execute(statement.limit(2)).scalars().all():
                    return found[0] if len(found) == 1 else None
        with self._database.read() as session:  # the number of a case behind a wall: who asked is on record
            meant = select(col(Case.id)).where(col(Case.number).in_((words, number)))
            found = session.execute(meant).scalars().all()
        for case_id in found:
            self._database.not_found(actor, "case", case_id or 0)
        return None

    def list_parties(self, actor: Actor, words: str = "", *, offset: int = 0, limit: int = 200) -> list[PartyRow]:
        """Return one page of the parties by name, with the number of visible cases each stands in."""
        cases = visible_to(select(func.count(col(CaseParty.id))), actor, col(CaseParty.case_id))
        counted = cases.where(col(CaseParty.party_id) == col(Party.id)).scalar_subquery()
        statement = (
            select(Party, counted)
            .where(col(Party.merged_into).is_(None), col(Party.blocked).is_(False))
            .order_by(col(Party.name), col(Party.id))
        )
        statement = visible_to(statement, actor, null())
        if words.strip():
            named = select(col(PartyName.party_id)).where(_holds(col(PartyName.name), words.strip()))
            statement = statement.where(col(Party.id).in_(named))
        with self._database.read(actor) as session:
            rows = session.execute(statement.offset(offset).limit(limit)).all()
            return [PartyRow(party.key, party.name, party.kind, party.ref, count) for party, count in rows]

    def count_parties(self, actor: Actor) -> int:
        """Return how many parties are on file."""
        with self._database.read(actor) as session:
            statement = visible_to(
                select(func.count(col(Party.id))).where(
                    col(Party.merged_into).is_(None), col(Party.blocked).is_(False)
                ),
                actor,
                null(),
            )
            return int(session.execute(statement).scalar_one())

    def list_enquiries(
        self, actor: Actor, *, status: str | None = "open", words: str = "", limit: int = 200
    ) -> list[EnquiryRow]:
        """Return the newest enquiries with their parties; not those whose caller is only stored (blocked).

        ``words`` are looked for in subject, note and names; seven digits and more also in the telephone number:
        who knows it may ask for it, and nobody learns it digit by digit.
        """
        only_stored = (
            select(col(EnquiryParty.enquiry_id))
            .join(Party, col(Party.id) == col(EnquiryParty.party_id))
            .where(col(Party.blocked).is_(True), col(EnquiryParty.side) == Side.CLIENT.value)
        )
        statement = visible_to(select(Enquiry), actor, col(Enquiry.case_id))
        statement = statement.where(col(Enquiry.id).not_in(only_stored))
        if status is not None:
            statement = statement.where(col(Enquiry.status) == status)
        statement = statement.order_by(col(Enquiry.received_on).desc(), col(Enquiry.id).desc())
        wanted = words.casefold().split()
        with self._database.read(actor) as session:
            found = session.execute(statement if wanted else statement.limit(limit)).scalars().all()
            rows = ((enquiry, _enquiry_row(session, enquiry)) for enquiry in found)
            return [row for enquiry, row in rows if all(_fits(row, enquiry.phone, word) for word in wanted)][
                :limit
            ]


def _narrow(statement: S, chosen: CaseFilter) -> S:
    if chosen.status is not None:
        statement = statement.where(col(Case.status) == chosen.status.value)
    if chosen.kind is not None:
        statement = statement.where(col(Case.kind) == chosen.kind)
    if chosen.person_id is not None:
        mine = select(col(CaseMember.case_id)).where(col(CaseMember.person_id) == chosen.person_id)
        statement = statement.where(col(Case.id).in_(mine))
    for word in chosen.words.split():
        number = normalize_number(word)
        numbers = select(col(Proceeding.case_id)).where(_holds(col(Proceeding.court_number), number))
        named = (
            select(col(CaseParty.case_id))
            .join(PartyName, col(PartyName.party_id) == col(CaseParty.party_id))
            .where(_holds(col(PartyName.name), word), col(PartyName.party_id).not_in(blocked_parties()))
        )
        statement = statement.where(
            or_(
                _holds(shown_title(), word),
                _holds(col(Case.number), word),
                _holds(col(Case.number), number),
                _holds(col(Case.cause), word),
                col(Case.id).in_(numbers),
                col(Case.id).in_(named),
            )
        )
    return statement


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    """Say that a text holds ``word`` as it stands (% and _ are letters), capitals or not, on both engines."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    held: ColumnElement[bool] = column.ilike(f"%{escaped}%", escape="\\")
    return held


def _fits(row: EnquiryRow, phone: str, word: str) -> bool:
    """Whether a word (lower case) stands in an enquiry; ``phone`` is its number whole."""
    digits = "".join(sign for sign in word if sign.isdigit())
    if len(digits) >= _WHOLE_NUMBER and digits in "".join(sign for sign in phone if sign.isdigit()):
        return True
    return word in " ".join([row.subject, row.note, *(name for _side, name in row.parties)]).casefold()


def _case_row(case: Case, lead: str, proceeding: Proceeding | None, title: str) -> CaseRow:
    return CaseRow(
        case.key,
        case.number,
        title,
        case.kind,
        case.cause,
        case.stage,
        CaseStatus(case.status),
        case.received_on,
        case.lead_id,
        lead,
        proceeding.court if proceeding else "",
        proceeding.court_number if proceeding else "",
    )


def _enquiry_row(session: Session, enquiry: Enquiry) -> EnquiryRow:
    parties = session.execute(
        select(col(EnquiryParty.side), col(Party.name), col(Party.id))
        .join(Party, col(Party.id) == col(EnquiryParty.party_id))
        .where(col(EnquiryParty.enquiry_id) == enquiry.key)
        .order_by(col(EnquiryParty.id))
    ).all()
    blocked = blocked_among(session, [row[2] for row in parties])
    names = blocked_names(session, select(col(Party.id)).where(col(Party.id).in_(blocked))) if blocked else ()
    return EnquiryRow(
        enquiry.key,
        without_names(enquiry.subject, names),
        enquiry.received_on,
        enquiry.status,
        enquiry.case_id,
        mask_phone(enquiry.phone),
        without_names(enquiry.note, names),
        tuple((side, only_stored() if party in blocked else name) for side, name, party in parties),
    )
