"""What is asked, what is known, and what came out: frozen values that outlive the data they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lawdesk.conflicts.rules.alignment import Alignment
from lawdesk.conflicts.rules.compare import Level
from lawdesk.conflicts.rules.reasons import Reason
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _

PartyId = int | str


class Role(StrEnum):
    """As what a name is asked: seen from the case that may come."""

    CLIENT = "client"
    ADVERSE = "adverse"
    THIRD = "third"


class Stand(StrEnum):
    """As what a party stands in the firm's records."""

    CLIENT = "client"
    RETAINER = "retainer"  # 常年顾问单位
    ADVERSE = "adverse"
    THIRD = "third"
    ENQUIRER = "enquirer"  # asked us, no case came of it yet
    ENQUIRY_ADVERSE = "enquiry_adverse"  # named as the other side in an enquiry
    STAFF = "staff"  # the firm itself, its lawyers and staff
    FORMER_CLIENT = "former_client"  # client of one of our lawyers at another firm
    FORMER_ADVERSE = "former_adverse"  # the other side there
    OFFICE = "office"  # party of a matter handled as judge, prosecutor, arbitrator, official
    RELATIVE = "relative"  # close relative of one of them


STAND_TITLES = {
    Stand.CLIENT: N_("client"),
    Stand.RETAINER: N_("standing-counsel client"),
    Stand.ADVERSE: N_("adverse party"),
    Stand.THIRD: N_("third party"),
    Stand.ENQUIRER: N_("enquirer"),
    Stand.ENQUIRY_ADVERSE: N_("other side of an enquiry"),
    Stand.STAFF: N_("member of the firm"),
    Stand.FORMER_CLIENT: N_("client of a lawyer of ours at another firm"),
    Stand.FORMER_ADVERSE: N_("other side of a lawyer of ours at another firm"),
    Stand.OFFICE: N_("party of a matter that one of us handled in office"),
    Stand.RELATIVE: N_("close relative of a member of the firm"),
}


class Severity(StrEnum):
    """How grave a hit is; in rising order note, review, waivable, absolute."""

    ABSOLUTE = "absolute"  # 禁止
    WAIVABLE = "waivable"  # 须豁免
    REVIEW = "review"  # 须判断
    NOTE = "note"  # 提示

    @property
    def rank(self) -> int:
        """0 for a note up to 3 for an absolute conflict."""
        return {"note": 0, "review": 1, "waivable": 2, "absolute": 3}[self.value]


SEVERITY_TITLES = {
    Severity.ABSOLUTE: N_("Forbidden"),
    Severity.WAIVABLE: N_("Waiver needed"),
    Severity.REVIEW: N_("A person decides"),
    Severity.NOTE: N_("Note"),
}


class Outcome(StrEnum):
    """What the case may do after the check: the button of the new-case page follows it."""

    CLEAR = "clear"
    NEEDS_DECISION = "needs_decision"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Asked:
    """One name to check. ``identifiers`` are numbers as typed; ``kind`` person, organization or unknown.

    Year of birth and address are the further facts that lift an everyday name above "possible".
    """

    name: str
    role: Role = Role.ADVERSE
    kind: str = "unknown"
    identifiers: tuple[str, ...] = ()
    born_year: int | None = None
    address: str = ""


@dataclass(frozen=True)
class KnownName:
    """A name of a party on file; ``kind`` is registered, former, short, english or alias."""

    text: str
    kind: str = "registered"


@dataclass(frozen=True)
class Known:
    """A party on file with all its names and numbers; ``ref`` is shown and kept (party import)."""

    party: PartyId
    names: tuple[KnownName, ...]
    kind: str = "unknown"
    identifiers: tuple[str, ...] = ()
    ref: str = ""
    born_year: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a party stands: as what, in which case or enquiry, open or closed since when, who leads it.

    ``matter_kind`` is the kind of the case (civil, criminal, retainer ...). Of a ``restricted`` one (behind an
    ethical wall) only ``reference`` may be shown to who asked.
    """

    stand: Stand
    case: str
    open: bool
    since: date | None = None
    closed_on: date | None = None
    lead: str = ""
    matter_kind: str = ""
    title: str = ""
    position: str = ""  # 原告, 被告人 ...
    restricted: bool = False
    reference: str = ""
    case_id: int | None = None
    team: tuple[str, ...] = ()

    def words(self) -> str:
        """Return the sentence shown with a hit."""
        if self.restricted:
            return _("Restricted case: ask the director, reference {reference}").format(reference=self.reference)
        stand = _(STAND_TITLES[self.stand])
        if self.open:
            sentence = _("{stand} in {case}, open") if self.case else _("{stand}, at present")
        elif self.closed_on is None:
            sentence = _("{stand} in {case}, closed")
        else:
            sentence = _("{stand} in {case}, closed on {day}")
        said = sentence.format(stand=stand, case=self.case, day=self.closed_on)
        return said + (_(" (lead: {lead})").format(lead=self.lead) if self.lead else "")


@dataclass(frozen=True)
class Step:
    """One step of a path from the asked name to the party: empty relation where the name itself matched."""

    party: PartyId | None
    name: str
    relation: str = ""
    params: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Ruling:
    """One rule applied to one standing. ``if_same`` is how grave it is should the two be the same party."""

    severity: Severity
    if_same: Severity
    rule: str
    title: str
    sources: tuple[str, ...]
    standing: Standing
    cannot_be_judged: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A party on file that may be the asked one: what matched, how surely, why, where it stands, what that means.

    ``severity`` is that of the gravest of ``rulings``; None until it was judged (:func:`judge`).
    """

    asked: Asked
    party: PartyId
    ref: str
    name: str
    matched: str
    matched_kind: str
    score: float
    level: Level
    reasons: tuple[Reason, ...]
    path: tuple[Step, ...]
    alignment: Alignment | None = field(default=None, compare=False)
    standings: tuple[Standing, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    severity: Severity | None = None
    namesake: bool = False
    reached_from: Level | None = None
    """Of a party found only through relations: how sure the party is where the way begins."""

    @property
    def sure(self) -> bool:
        """Whether it is certain or likely that the asked name means the party (or the one its way begins at)."""
        return (self.reached_from or self.level) in (Level.CERTAIN, Level.LIKELY)

    @property
    def cannot_be_judged(self) -> tuple[Reason, ...]:
        """What a person has to be asked about this hit."""
        return tuple(dict.fromkeys(reason for ruling in self.rulings for reason in ruling.cannot_be_judged))


@dataclass(frozen=True)
class Searched:
    """How much was searched, and the state of the data as a fingerprint."""

    parties: int = 0
    names: int = 0
    cases: int = 0
    enquiries: int = 0
    fingerprint: str = ""


@dataclass(frozen=True)
class NotSearched:
    """Something that could not be searched, and why; ``name`` is empty when it concerns the whole check."""

    reason: Reason | Problem
    name: str = ""

    def words(self) -> str:
        """Return the sentence in the user's language."""
        return f"{self.name}: {self.reason.words()}" if self.name else self.reason.words()


@dataclass(frozen=True)
class CheckResult:
    """One check, complete enough to be kept as proof. Hits best first; ``more`` counts weaker ones left out."""

    asked: tuple[Asked, ...]
    hits: tuple[Hit, ...]
    searched: Searched
    variants: tuple[str, ...]
    not_searched: tuple[NotSearched, ...]
    rule_version: str
    at: datetime
    problems: tuple[Problem, ...] = ()
    more: int = 0

    def hits_for(self, asked: Asked) -> tuple[Hit, ...]:
        """Return the hits of one asked name."""
        return tuple(hit for hit in self.hits if hit.asked == asked)


def hit_row(hit: Hit) -> dict[str, Any]:
    """Return a hit as the command line prints it (see ``conflicts batch``), reasons in the user's language."""
    return {
        "ref": hit.ref,
        "name": hit.name,
        "matched": hit.matched,
        "score": hit.score,
        "level": str(hit.level),
        "reasons": [reason.words() for reason in hit.reasons],
        "path": [step.name for step in hit.path],
    }


def words_of(reasons: Iterable[Reason]) -> str:
    """Return several reasons as one line."""
    return _("; ").join(reason.words() for reason in reasons)
