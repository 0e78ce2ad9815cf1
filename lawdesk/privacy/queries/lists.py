"""Lists about personal data: requests, holds, blocks, certificates, disposal lists, breaches."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import null, select
from sqlmodel import Session, col

from lawdesk.firm import Actor, people_names, require, visible_to
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.privacy.model import (
    CaseRetention,
    DisposalItem,
    DisposalList,
    PrivacyBlock,
    PrivacyBreach,
    PrivacyErasure,
    PrivacyHold,
    PrivacyRequest,
)
from lawdesk.privacy.queries.rows import (
    BlockRow,
    BreachRow,
    ErasureRow,
    HoldRow,
    ItemRow,
    ListRow,
    RequestRow,
    RetentionRow,
)
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import DESTROYED, DisposalState, ErasureKind, RequestKind, RequestState, Term, keep
from lawdesk.storage.database import Database

RIGHT = "privacy.handle"


class PrivacyQueries:
    """Look-ups of the people who answer for personal data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def requests(self, actor: Actor, *, only_open: bool = False, limit: int = 500) -> list[RequestRow]:
        """Return the request log, what is due first."""
        require(actor, RIGHT)
        people = people_names()
        statement = select(PrivacyRequest, people.c.name).outerjoin(
            people, people.c.person_id == col(PrivacyRequest.answered_by)
        )
        if only_open:
            statement = statement.where(col(PrivacyRequest.status) == RequestState.OPEN.value)
        order = (col(PrivacyRequest.status) != RequestState.OPEN.value, col(PrivacyRequest.answer_by))
        statement = visible_to(statement, actor, null()).order_by(*order, col(PrivacyRequest.id)).limit(limit)
        with self._database.read() as session:
            return [_request(row, name or "") for row, name in session.execute(statement).all()]

    def request(self, actor: Actor, request_id: int) -> RequestRow:
        """Return one request; raises UserError when there is none."""
        found = next((row for row in self.requests(actor, limit=100_000) if row.id == request_id), None)
        if found is None:
            raise UserError("request.unknown", N_("There is no such request."))
        return found

    def holds(self, actor: Actor, *, lifted: bool = False) -> list[HoldRow]:
        """Return the holds that stand, with ``lifted`` those that were lifted, too."""
        require(actor, RIGHT)
        cases, party = tables()["cases"], tables()["party"]
        statement = (
            select(PrivacyHold, cases.c.number, party.c.name)
            .outerjoin(cases, cases.c.id == col(PrivacyHold.case_id))
            .outerjoin(party, party.c.id == col(PrivacyHold.party_id))
            .order_by(col(PrivacyHold.id).desc())
        )
        if not lifted:
            statement = statement.where(col(PrivacyHold.lifted_on).is_(None))
        with self._database.read() as session:
            rows = session.execute(visible_to(statement, actor, col(PrivacyHold.case_id))).all()
            return [
                HoldRow(
                    row.key, row.case_id, row.party_id, number or name or "", row.reason, row.since, row.lifted_on
                )
                for row, number, name in rows
            ]

    def blocks(self, actor: Actor, today: date) -> list[BlockRow]:
        """Return the parties that are only stored; ``due`` when their last day has passed."""
        require(actor, RIGHT)
        party = tables()["party"]
        statement = select(PrivacyBlock, party.c.name).join(party, party.c.id == col(PrivacyBlock.party_id))
        statement = visible_to(statement, actor, null()).order_by(col(PrivacyBlock.until), col(PrivacyBlock.id))
        with self._database.read() as session:
            return [
                BlockRow(row.party_id, name, row.since, row.until, row.until is not None and row.until < today)
                for row, name in session.execute(statement).all()
            ]

    def erasures(self, actor: Actor, limit: int = 200) -> list[ErasureRow]:
        """Return what was erased, blocked, refused or destroyed, newest first."""
        require(actor, RIGHT)
        people = people_names()
        statement = select(PrivacyErasure, people.c.name).outerjoin(
            people, people.c.person_id == col(PrivacyErasure.done_by)
        )
        statement = visible_to(statement, actor, null()).order_by(col(PrivacyErasure.id).desc()).limit(limit)
        with self._database.read() as session:
            return [_erasure(row, name or "") for row, name in session.execute(statement).all()]

    def retentions(self, actor: Actor, today: date, limit: int = 500) -> list[RetentionRow]:
        """Return closed cases with how long their files are kept: due ones first, then those without a class."""
        require(actor, RIGHT)
        cases = tables()["cases"]
        closed = (
            select(cases.c.id.label("case_id"), cases.c.number, cases.c.kind, cases.c.closed_on)
            .where(cases.c.status != "open", cases.c.title != DESTROYED)
            .subquery("closed_cases")
        )
        statement = select(*closed.c, CaseRetention).outerjoin(
            CaseRetention, col(CaseRetention.case_id) == closed.c.case_id
        )
        with self._database.read() as session:
            found = session.execute(visible_to(statement, actor, closed.c.case_id)).all()
            rows = [_retention(*row, today=today) for row in found]
        rows.sort(key=lambda row: (not row.due, row.term is not None, row.until or date.max, row.number))
        return rows[:limit]

    def disposals(self, actor: Actor) -> list[ListRow]:
        """Return the disposal lists, newest first."""
        require(actor, RIGHT)
        people = people_names()
        statement = visible_to(select(DisposalList), actor, null()).order_by(col(DisposalList.id).desc())
        with self._database.read() as session:
            names = {row[0]: row[1] for row in session.execute(select(people.c.person_id, people.c.name)).all()}
            lists = list(session.execute(statement).scalars())
            return [_list(session, one, names) for one in lists]

    def disposal(self, actor: Actor, list_id: int) -> ListRow:
        """Return one disposal list; raises UserError when there is none."""
        found = next((one for one in self.disposals(actor) if one.id == list_id), None)
        if found is None:
            raise UserError("disposal.unknown", N_("There is no such disposal list."))
        return found

    def breaches(self, actor: Actor) -> list[BreachRow]:
        """Return the recorded breaches, open ones first, newest first."""
        require(actor, RIGHT)
        order = (col(PrivacyBreach.closed_on).is_not(None), col(PrivacyBreach.id).desc())
        statement = visible_to(select(PrivacyBreach), actor, null()).order_by(*order)
        with self._database.read() as session:
            return [_breach(row) for row in session.execute(statement).scalars()]

    def breach(self, actor: Actor, breach_id: int) -> BreachRow:
        """Return one breach; raises UserError when there is none."""
        found = next((row for row in self.breaches(actor) if row.id == breach_id), None)
        if found is None:
            raise UserError("breach.unknown", N_("There is no such record of a breach."))
        return found


def held_cases(session: Session) -> set[int]:
    """Return the cases on which a hold stands, their own or one on a party of theirs."""
    case_party = tables()["case_party"]
    own = select(col(PrivacyHold.case_id)).where(
        col(PrivacyHold.case_id).is_not(None), col(PrivacyHold.lifted_on).is_(None)
    )
    of_party = (
        select(case_party.c.case_id)
        .join(PrivacyHold, col(PrivacyHold.party_id) == case_party.c.party_id)
        .where(col(PrivacyHold.lifted_on).is_(None))
    )
    return {row[0] for statement in (own, of_party) for row in session.execute(statement).all()}


def _request(row: PrivacyRequest, name: str) -> RequestRow:
    return RequestRow(
        row.key,
        row.version,
        RequestKind(row.kind),
        row.subject,
        row.asked_for,
        row.received_on,
        row.channel,
        row.identity,
        row.detail,
        row.answer_by,
        RequestState(row.status),
        row.answered_on,
        name,
        row.answer,
    )


def _erasure(row: PrivacyErasure, name: str) -> ErasureRow:
    at = row.done_at.astimezone(CHINA)
    parties = tuple(json.loads(row.parties))
    return ErasureRow(row.key, ErasureKind(row.kind), at, name, parties, row.compacted, json.loads(row.content))


def _retention(
    case_id: int, number: str, kind: str, closed_on: date | None, chosen: CaseRetention | None, *, today: date
) -> RetentionRow:
    term = Term(chosen.term) if chosen is not None else None
    years = chosen.years if chosen is not None else None
    until = keep(closed_on, term, years).until if closed_on is not None else None
    due = term is not None and until is not None and until < today
    return RetentionRow(case_id, number, kind, closed_on, term, years, until, due)


def _list(session: Session, row: DisposalList, names: dict[int, str]) -> ListRow:
    cases = tables()["cases"]
    statement = (
        select(DisposalItem, cases.c.status)
        .join(cases, cases.c.id == col(DisposalItem.case_id))
        .where(col(DisposalItem.list_id) == row.key)
        .order_by(col(DisposalItem.number))
    )
    held = held_cases(session)
    items = tuple(
        ItemRow(
            item.case_id,
            item.number,
            Term(item.term),
            item.closed_on,
            item.until,
            item.case_id in held or status == "open",
        )
        for item, status in session.execute(statement).all()
    )
    return ListRow(
        row.key,
        row.made_on,
        DisposalState(row.status),
        names.get(row.first_by or 0, ""),
        row.first_at,
        names.get(row.second_by or 0, ""),
        row.second_at,
        row.done_at,
        items,
    )


def _breach(row: PrivacyBreach) -> BreachRow:
    return BreachRow(
        row.key,
        row.version,
        row.title,
        row.found_at.astimezone(CHINA),
        tuple(json.loads(row.kinds)),
        tuple(json.loads(row.data)),
        json.loads(row.scope),
        row.happened_from,
        row.happened_until,
        row.cause,
        row.harm,
        row.measures,
        row.advice,
        row.contact,
        row.affected,
        row.authority,
        row.authority_told_at,
        row.persons_told_at,
        row.not_told_why,
        row.closed_on,
    )
