"""Frozen rows about personal data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lawdesk.privacy.rules import DisposalState, ErasureKind, RequestKind, RequestState, Term


@dataclass(frozen=True)
class RequestRow:
    """A request with who answered it."""

    id: int
    version: int
    kind: RequestKind
    subject: str
    asked_for: str
    received_on: date
    channel: str
    identity: str
    detail: str
    answer_by: date
    status: RequestState
    answered_on: date | None
    answered_by: str
    answer: str

    @property
    def number(self) -> str:
        """What it is called in letters and certificates."""
        return f"GR-{self.received_on.year}-{self.id:04}"


@dataclass(frozen=True)
class HoldRow:
    """A hold on a case or a party; ``about`` is the number of the case or the name of the party."""

    id: int
    case_id: int | None
    party_id: int | None
    about: str
    reason: str
    since: date
    lifted_on: date | None


@dataclass(frozen=True)
class BlockRow:
    """A party that is only stored."""

    party_id: int
    name: str
    since: date
    until: date | None
    due: bool


@dataclass(frozen=True)
class ErasureRow:
    """What was done to whom, without a name; ``content`` is what the certificate says."""

    id: int
    kind: ErasureKind
    done_at: datetime
    done_by: str
    parties: tuple[str, ...]
    compacted: bool
    content: dict[str, Any] = field(hash=False)

    @property
    def number(self) -> str:
        """The number of the certificate."""
        return f"SC-{self.done_at.year}-{self.id:04}"


@dataclass(frozen=True)
class ItemRow:
    """A case on a disposal list; ``held`` when a hold or a reopening now keeps it."""

    case_id: int
    number: str
    term: Term
    closed_on: date
    until: date
    held: bool


@dataclass(frozen=True)
class ListRow:
    """A disposal list with its signatures."""

    id: int
    made_on: date
    status: DisposalState
    first: str
    first_at: datetime | None
    second: str
    second_at: datetime | None
    done_at: datetime | None
    items: tuple[ItemRow, ...]

    @property
    def number(self) -> str:
        """The number of the list."""
        return f"XH-{self.made_on.year}-{self.id:04}"


@dataclass(frozen=True)
class RetentionRow:
    """A closed case with how long its file is kept; ``term`` None when nobody chose."""

    case_id: int
    number: str
    kind: str
    closed_on: date | None
    term: Term | None
    years: int | None
    until: date | None
    due: bool


@dataclass(frozen=True)
class AffectedRow:
    """Somebody whose data lay in a breach: masked contact, whether a client, how many numbers are on file."""

    party_id: int
    name: str
    kind: str
    client: bool
    phone: str
    address: str
    numbers: int


@dataclass(frozen=True)
class BreachRow:
    """A recorded breach."""

    id: int
    version: int
    title: str
    found_at: datetime
    kinds: tuple[str, ...]
    data: tuple[str, ...]
    scope: dict[str, Any] = field(hash=False)
    happened_from: date | None
    happened_until: date | None
    cause: str
    harm: str
    measures: str
    advice: str
    contact: str
    affected: int
    authority: str
    authority_told_at: datetime | None
    persons_told_at: datetime | None
    not_told_why: str
    closed_on: date | None

    @property
    def number(self) -> str:
        """What it is called."""
        return f"SJ-{self.found_at.year}-{self.id:04}"


@dataclass(frozen=True)
class Candidate:
    """Somebody on file who may be the person meant. Numbers are masked; ``level`` is the conflict check's."""

    party_id: int
    uid: str
    name: str
    kind: str
    level: str
    why: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    cases: int
    blocked: bool = False


@dataclass(frozen=True)
class Mention:
    """A place in a text that names the person; ``case_id`` None where it belongs to no case."""

    table: str
    title: str
    column: str
    column_title: str
    row_id: int | str
    case_id: int | None
    excerpt: str = field(default="", repr=False)
    certain: bool = False
    """Whether one of the person's numbers stands in it, so that no namesake can be meant."""


@dataclass(frozen=True)
class Extent:
    """What was searched, and what could not be: sentences."""

    tables: int
    texts: int
    documents: int
    not_searched: tuple[str, ...]
