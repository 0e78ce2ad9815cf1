"""A breach of personal data: recorded, its people found, the notices drafted (个人信息保护法 art. 57)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session

from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import mask_address, mask_phone
from lawdesk.privacy.model import PrivacyBreach
from lawdesk.privacy.queries import AffectedRow, PrivacyQueries
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import ERASED
from lawdesk.privacy.rules.breaches import BreachDraft, Scope, check_breach, check_told
from lawdesk.privacy.service.certificates import write_paper
from lawdesk.privacy.service.desk import Desk
from lawdesk.privacy.service.finding import visible_cases
from lawdesk.privacy.service.notices import authority_notice, breach_report, person_notices
from lawdesk.storage.database import Work, check_version

RIGHT = "privacy.handle"
Paper = Literal["authority", "persons", "report"]
_TEXTS = ("title", "cause", "harm", "measures", "advice", "contact", "authority")


class BreachService:
    """Records of breaches."""

    _desk: Desk
    queries: PrivacyQueries

    def add_breach(self, actor: Actor, draft: BreachDraft) -> int:
        """Record a breach with what is known so far; return its id."""
        require(actor, RIGHT)
        self._check(draft)
        with self._desk.write(actor, "privacy.breach") as work:
            row = PrivacyBreach(title=draft.title, kinds="[]", found_at=draft.found_at)
            self._fill(work, actor, row, draft)
            work.add(row)
            work.audit("privacy_breach", row, affected=row.affected)
            work.announce(Changed("privacy", "breach", (row.key,)))
            return row.key

    def change_breach(self, actor: Actor, breach_id: int, draft: BreachDraft, *, seen: int | None = None) -> None:
        """Write down what was found out since."""
        require(actor, RIGHT)
        self._check(draft)
        with self._desk.write(actor, "privacy.breach") as work:
            row = _get(work.session, breach_id)
            check_version(row, seen)
            self._fill(work, actor, row, draft)
            work.audit("privacy_breach", row, affected=row.affected)
            work.announce(Changed("privacy", "breach", (row.key,)))

    def affected(self, actor: Actor, scope: Scope) -> list[AffectedRow]:
        """Return whose data lay there, clients first: parties of the cases, who stands for them, named parties."""
        require(actor, RIGHT)
        with self._desk.database.read() as session:
            return _affected(session, actor, scope)

    def told(
        self,
        actor: Actor,
        breach_id: int,
        *,
        authority: bool = False,
        persons: bool = False,
        not_told_why: str = "",
        close: bool = False,
    ) -> None:
        """Write down that the authority or the persons were told, now; ``close`` ends the record.

        Raises Refused when it is closed without the persons told and without the reason why not.
        """
        require(actor, RIGHT)
        with self._desk.write(actor, "privacy.breach_told") as work:
            row = _get(work.session, breach_id)
            now = work.clock.now()
            row.authority_told_at = row.authority_told_at or (now if authority else None)
            row.persons_told_at = row.persons_told_at or (now if persons else None)
            row.not_told_why = not_told_why.strip() or row.not_told_why
            if close:
                if problems := check_told(row.persons_told_at is not None, row.not_told_why):
                    raise Refused(problems)
                row.closed_on = work.clock.today()
            work.audit("privacy_breach", row, authority=authority, persons=persons, closed=close)
            work.announce(Changed("privacy", "breach", (row.key,)))

    def draft_notice(self, actor: Actor, breach_id: int, paper: Paper, target: Path) -> int:
        """Write a draft: to the authority, to each person, or the firm's own report; return how many persons.

        The letters name the persons in full, because they go to them; on record. Word for ``.docx``, else PDF.
        """
        require(actor, RIGHT)
        row = self.queries.breach(actor, breach_id)
        people = self.affected(actor, as_scope(row.scope))
        firm = self._desk.firm.firm_name(actor)
        today = self._desk.database.clock.today()
        if paper == "persons":
            if not people:
                raise Refused([Problem("breach.nobody", N_("Nobody is found in the cases named."), "scope")])
            document = person_notices(row, people, firm, today)
        elif paper == "authority":
            document = authority_notice(row, people, firm, today)
        else:
            document = breach_report(row, people, firm)
        with self._desk.write(actor, "privacy.notice") as work:
            work.audit("privacy_breach", _get(work.session, breach_id), paper=paper, persons=len(people))
        write_paper(document, target)
        return len(people)

    def _check(self, draft: BreachDraft) -> None:
        if problems := check_breach(draft, self._desk.database.clock.now()):
            raise Refused(problems)

    def _fill(self, work: Work, actor: Actor, row: PrivacyBreach, draft: BreachDraft) -> None:
        for name in _TEXTS:
            setattr(row, name, str(getattr(draft, name)).strip())
        row.found_at = draft.found_at
        row.happened_from, row.happened_until = draft.happened_from, draft.happened_until
        row.kinds, row.data = json.dumps(list(draft.kinds)), json.dumps(list(draft.data))
        row.scope = json.dumps(asdict(draft.scope))
        row.affected = len(_affected(work.session, actor, draft.scope))


def as_scope(data: dict[str, Any]) -> Scope:
    """Return the scope kept with a breach."""
    cases, parties = tuple(data.get("cases", ())), tuple(data.get("parties", ()))
    return Scope(cases, parties, bool(data.get("everything")))


def _get(session: Session, breach_id: int) -> PrivacyBreach:
    row = session.get(PrivacyBreach, breach_id)
    if row is None:
        raise UserError("breach.unknown", N_("There is no such record of a breach."))
    return row


def _affected(session: Session, actor: Actor, scope: Scope) -> list[AffectedRow]:
    party, stand, tie = (tables()[name] for name in ("party", "case_party", "party_relation"))
    number, case = tables()["party_identifier"], tables()["cases"]
    cases = visible_cases(session, actor)
    if not scope.everything:
        unseen = set(scope.cases) - cases
        if unseen:
            raise UserError(
                "breach.walled",
                N_("Some of these cases may not be seen by you."),
                hint=N_("Somebody who may see them must record the breach."),
            )
        cases = set(scope.cases)
    ids = set(scope.parties)
    ids |= set(session.execute(select(stand.c.party_id).where(stand.c.case_id.in_(cases))).scalars())
    ids |= set(session.execute(select(tie.c.party_id).where(tie.c.other_id.in_(ids))).scalars())
    wanted: ColumnElement[bool] = party.c.id.in_(ids)
    if scope.everything:
        wanted = or_(wanted, party.c.merged_into.is_(None))
    counted = select(func.count(number.c.id)).where(number.c.party_id == party.c.id).scalar_subquery()
    client = (
        select(func.count(stand.c.id))
        .join(case, case.c.id == stand.c.case_id)
        .where(stand.c.party_id == party.c.id, stand.c.side == "client", stand.c.case_id.in_(cases))
        .scalar_subquery()
    )
    statement = (
        select(party.c.id, party.c.name, party.c.kind, client, party.c.phone, party.c.address, counted)
        .where(wanted, party.c.kind != "organization", party.c.merged_into.is_(None), party.c.name != ERASED)
        .order_by((client == 0), party.c.name, party.c.id)
    )
    return [
        AffectedRow(key, name, kind, bool(clients), mask_phone(phone), mask_address(address), int(numbers))
        for key, name, kind, clients, phone, address, numbers in session.execute(statement).all()
    ]
