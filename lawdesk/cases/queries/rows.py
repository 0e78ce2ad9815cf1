"""Frozen rows that lists and details are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lawdesk.cases.rules import CaseStatus, FeeMode


@dataclass(frozen=True)
class CaseRow:
    """One line of the list of cases."""

    id: int
    number: str
    title: str
    kind: str
    cause: str
    stage: str
    status: CaseStatus
    received_on: date
    lead_id: int
    lead: str
    court: str
    court_number: str


@dataclass(frozen=True)
class StandingRow:
    """A party in a proceeding."""

    party_id: int
    name: str
    kind: str
    side: str
    standing: str
    counsel_name: str
    counsel_firm: str
    legal_representative: str


@dataclass(frozen=True)
class ProceedingRow:
    """One instance or procedure with who stands where in it."""

    id: int
    version: int
    case_id: int
    kind: str
    position: int
    court: str
    court_number: str
    judge: str
    started_on: date | None
    ended_on: date | None
    result: str
    in_custody: bool
    foreign: bool
    standings: tuple[StandingRow, ...]


@dataclass(frozen=True)
class MemberRow:
    """Somebody of the team."""

    person_id: int
    name: str
    role: str


@dataclass(frozen=True)
class ClearanceRow:
    """The clearance a case opened on; ``content`` is the kept JSON."""

    id: int
    result: str
    decided_by: str
    decided_at: datetime
    content: str


@dataclass(frozen=True)
class CaseDetail:
    """A whole case."""

    id: int
    version: int
    number: str
    title: str
    kind: str
    cause: str
    stage: str
    status: CaseStatus
    received_on: date
    closed_on: date | None
    amount_fen: int | None
    fee_mode: FeeMode
    fee_fen: int | None
    fee_bp: int | None
    received_fen: int | None
    fee_note: str
    power: str
    facts: str
    note: str
    lead_id: int
    members: tuple[MemberRow, ...]
    proceedings: tuple[ProceedingRow, ...]
    clearances: tuple[ClearanceRow, ...]
    access: str = "office"

    @property
    def lead(self) -> str:
        """The name of who leads the case."""
        return next((member.name for member in self.members if member.person_id == self.lead_id), "")

    @property
    def assistants(self) -> tuple[MemberRow, ...]:
        """Who else works on it."""
        return tuple(member for member in self.members if member.person_id != self.lead_id)

    @property
    def parties(self) -> tuple[StandingRow, ...]:
        """Every party once, as it stands in the newest proceeding that names it."""
        found: dict[int, StandingRow] = {}
        for proceeding in reversed(self.proceedings):
            for row in proceeding.standings:
                found.setdefault(row.party_id, row)
        return tuple(found.values())

    @property
    def clients(self) -> tuple[StandingRow, ...]:
        """The firm's clients."""
        return tuple(row for row in self.parties if row.side == "client")


@dataclass(frozen=True)
class PartyRow:
    """One line of the list of parties."""

    id: int
    name: str
    kind: str
    ref: str
    cases: int


@dataclass(frozen=True)
class PartyDetail:
    """A party with names (kind, name), identifiers (kind, value), relations (kind, other id, name, share).

    Telephone, address and the values of identifiers come with their middle hidden (``privacy.toml``); who needs
    one whole asks :class:`~lawdesk.cases.service.revealing.RevealService`, on record.
    """

    id: int
    version: int
    name: str
    kind: str
    phone: str
    address: str
    born_on: date | None
    note: str
    names: tuple[tuple[str, str], ...]
    identifiers: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, int, str, int | None], ...]
    stands_to: tuple[tuple[str, int, str, int | None], ...] = ()
    """The other way round: this party is the kind of those."""


@dataclass(frozen=True)
class PartyCaseRow:
    """A case a party stands in."""

    case_id: int
    number: str
    title: str
    side: str
    status: CaseStatus
    received_on: date


@dataclass(frozen=True)
class EnquiryRow:
    """One enquiry with its parties (side, name); the telephone with its middle hidden."""

    id: int
    subject: str
    received_on: date
    status: str
    case_id: int | None
    phone: str
    note: str
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HistoryRow:
    """One line of a case's history, from the audit chain."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class KnownStanding:
    """Where a party stands in a case or enquiry of the firm; read by the conflict check, walls or not."""

    party_id: int
    side: str
    case_id: int | None
    number: str
    title: str
    cause: str
    status: str
    received_on: date
    closed_on: date | None
    lead: str
    enquiry_id: int | None = None
    standing: str = ""
    kind: str = ""
    lead_id: int | None = None
