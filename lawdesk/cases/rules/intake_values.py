"""What an intake file says, as frozen values; money in fen, shares in basis points of 100 %."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lawdesk.cases.rules.identifiers import Identifier
from lawdesk.cases.rules.ledger.names import name_key
from lawdesk.kernel.errors import Problem

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True)
class IntakeParty:
    """Somebody named in the intake. ``kind`` is ``person``, ``organization`` or ``unknown``."""

    name: str
    kind: str = "unknown"
    role: str = ""
    relation: str = ""
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    phone: str = ""
    address: str = ""
    legal_representative: str = ""
    parent: str = ""
    in_custody: bool = False
    custody_place: str = ""
    born: date | None = None
    share_bp: int | None = None
    organ: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the party goes by, the full one first."""
        return (self.name, *self.former_names, *self.short_names, *self.aliases)


@dataclass(frozen=True)
class IntakeFact:
    """A fact with the day it begins with, if any; for a month or year ``on`` is its first day."""

    text: str
    on: date | None = None
    precision: Precision | None = None


@dataclass(frozen=True)
class IntakeFee:
    """The fee arrangement; ``hourly_fen`` also holds the rate above a lump sum (over_hours_rate_yuan)."""

    mode: str = ""
    fen: int | None = None
    received_fen: int | None = None
    share_bp: int | None = None
    hourly_fen: int | None = None


@dataclass(frozen=True)
class EarlierInstance:
    """The decision the new proceeding is about."""

    court: str = ""
    case_numbers: tuple[str, ...] = ()
    judgment_date: date | None = None
    served_on: date | None = None


@dataclass(frozen=True)
class IntakeDraft:
    """A matter as it was noted on the first day."""

    title: str = ""
    received_on: date | None = None
    matter_type: str = ""
    cause: str = ""
    stage: str = ""
    clients: tuple[IntakeParty, ...] = ()
    adverse: tuple[IntakeParty, ...] = ()
    third_parties: tuple[IntakeParty, ...] = ()
    related: tuple[IntakeParty, ...] = ()
    minors: tuple[IntakeParty, ...] = ()
    engaged_by: IntakeParty | None = None
    court: str = ""
    case_numbers: tuple[str, ...] = ()
    first_instance: EarlierInstance | None = None
    prosecution: str = ""
    amount_fen: int | None = None
    facts: tuple[IntakeFact, ...] = ()
    claims: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    lead: str = ""
    assistants: tuple[str, ...] = ()
    fee: IntakeFee = IntakeFee()
    power: str = ""
    search_names: tuple[str, ...] = ()
    term_from: date | None = None
    term_to: date | None = None
    notes: str = ""

    @property
    def names_to_search(self) -> tuple[str, ...]:
        """Every name a conflict check has to take: those listed, and all that stand anywhere in the file."""
        names: dict[str, str] = {}
        people = (*self.clients, *self.adverse, *self.third_parties, *self.related)
        engaged = (self.engaged_by,) if self.engaged_by else ()
        found = [name for party in (*people, *engaged) for name in party.names]
        found += [name for party in people for name in (party.parent, party.legal_representative)]
        for name in (*self.search_names, *found):
            if name.strip():
                names.setdefault(name_key(name), name)
        return tuple(names.values())


@dataclass(frozen=True)
class Intake:
    """A file as read: the draft and every problem, named by its field (``clients[0].id_number``)."""

    draft: IntakeDraft
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Say whether a case may be made of it: no problem graver than a warning."""
        return all(problem.severity != "error" for problem in self.problems)
