"""The cases an office has before its ledger comes in, and how a row of the ledger is recognised among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import Session, col

from lawdesk.cases.model import Case, CaseParty, PartyName, Proceeding
from lawdesk.cases.rules import CaseDraft, Side, suggest_title
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

if TYPE_CHECKING:
    from lawdesk.cases.rules.ledger import LedgerRead


@dataclass(frozen=True)
class KnownCase:
    """A case of the office before the import."""

    case_id: int
    number: str
    received_on: date
    title: str
    cause: str
    court_number: str


@dataclass
class KnownCases:
    """All of them; :meth:`look` reads them once."""

    by_number: dict[str, KnownCase] = field(default_factory=dict)
    _by_face: dict[tuple[date, str, str, str], KnownCase] = field(default_factory=dict)
    _by_id: dict[int, KnownCase] = field(default_factory=dict)
    _where: dict[str, dict[str, set[int]]] = field(
        default_factory=lambda: {side.value: defaultdict(set) for side in (Side.CLIENT, Side.ADVERSE)}
    )

    def look(self, session: Session) -> None:
        """See which cases the office has, and who is on which side of them."""
        from lawdesk.cases.rules.ledger.names import parent_key

        first = (col(Proceeding.case_id) == col(Case.id)) & (col(Proceeding.position) == 0)
        cases = select(col(Case.id), col(Case.number), col(Case.received_on), col(Case.title), col(Case.cause))
        rows = session.execute(
            cases.add_columns(col(Proceeding.court_number)).join(Proceeding, first, isouter=True)
        )
        for case_id, number, received_on, title, cause, court_number in rows:
            known = KnownCase(case_id, number, received_on, title, cause, court_number or "")
            self.by_number[number] = self._by_id[case_id] = known
            self._by_face.setdefault(_face(received_on, title, cause, known.court_number), known)
        sides = select(col(CaseParty.case_id), col(CaseParty.side), col(PartyName.name))
        same = col(PartyName.party_id) == col(CaseParty.party_id)
        for case_id, side, name in session.execute(sides.join(PartyName, same)):
            if side in self._where:
                self._where[side][parent_key(name)].add(case_id)

    def same(self, read: LedgerRead, draft: CaseDraft) -> KnownCase | None:
        """Return the case a row already is: of its number, day and title; without a number, of its whole face."""
        title = suggest_title(draft)
        if read.internal_number:
            found = self.by_number.get(read.internal_number)
            return found if found and (found.received_on, found.title) == (draft.received_on, title) else None
        court_number = draft.proceeding.court_number if draft.proceeding is not None else ""
        return self._by_face.get(_face(draft.received_on, title, draft.cause, court_number))

    def changed_sides(self, read: LedgerRead) -> Problem | None:
        """Return why a row would put the firm on the other side of a dispute it stands in (律师法 art. 39).

        The ledger is checked for that by itself; rows brought in later must not slip past it.
        """
        against = self._cases(Side.CLIENT, (party.name for party in read.adverse))
        for party in read.clients:
            both = self._cases(Side.ADVERSE, (party.name, *party.aliases, *party.former_names)) & against
            same = [case for case_id in sorted(both) if _same_cause(case := self._by_id[case_id], read)]
            if same:
                message = N_(
                    "{name} was the adverse party in {cases}, the same dispute: the firm would change sides."
                )
                params = {"name": party.name, "cases": "、".join(case.number for case in same)}
                return Problem("conflict_same_case", message, "clients", params=params)
        return None

    def _cases(self, side: Side, names: Iterable[str]) -> set[int]:
        from lawdesk.cases.rules.ledger.names import parent_key

        index = self._where[side.value]
        return {case_id for name in names for case_id in index.get(parent_key(name), ())}


def _face(received_on: date, title: str, cause: str, court_number: str) -> tuple[date, str, str, str]:
    """Return what a case without a number of the firm is recognised by."""
    return received_on, title, cause.strip(), normalize_number(court_number)


def _same_cause(case: KnownCase, read: LedgerRead) -> bool:
    return not case.cause or not read.cause or case.cause == read.cause
