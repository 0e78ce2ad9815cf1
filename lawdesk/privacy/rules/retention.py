"""How long the file of a closed case is kept, and what may be destroyed.

Classes permanent, long and short by 律师业务档案管理办法 and its table (司律通字〔1991〕153号); the ranges stand
in ``procedures.toml``, the years proposed inside them in ``privacy.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules


class Term(StrEnum):
    """The class of a file."""

    PERMANENT = "permanent"
    LONG = "long"
    SHORT = "short"


TERM_TITLES = {Term.PERMANENT: N_("Permanent"), Term.LONG: N_("Long"), Term.SHORT: N_("Short")}


class DisposalState(StrEnum):
    """How far a disposal list is."""

    PROPOSED = "proposed"
    HALF_SIGNED = "half_signed"
    SIGNED = "signed"
    DONE = "done"
    DROPPED = "dropped"


DISPOSAL_TITLES = {
    DisposalState.PROPOSED: N_("Proposed, not signed"),
    DisposalState.HALF_SIGNED: N_("Signed by one"),
    DisposalState.SIGNED: N_("Signed by two"),
    DisposalState.DONE: N_("Destroyed"),
    DisposalState.DROPPED: N_("Dropped"),
}


@dataclass(frozen=True)
class Kept:
    """How long a file is kept: ``until`` is the last day, None for good; ``assumed`` when nobody chose a class."""

    term: Term
    until: date | None
    assumed: bool = False


@cache
def years_of(term: Term) -> int | None:
    """Return the years proposed for a class, None for permanent."""
    return None if term is Term.PERMANENT else int(load_rules("privacy")["retention"][f"{term.value}_years"])


@cache
def range_of(term: Term) -> tuple[int, int]:
    """Return the fewest and most years of a class by the table of 1991."""
    low, high = load_rules("procedures")["retention"][f"{term.value}_years"]
    return int(low), int(high)


def check_retention(term: Term, years: int | None) -> list[Problem]:
    """Return what is wrong with a class and its years."""
    if term is Term.PERMANENT:
        return [Problem("retention.years", N_("A permanent file has no years."), "years")] if years else []
    low, high = range_of(term)
    if years is not None and not low <= years <= high:
        message = N_("This class is kept between {low} and {high} years.")
        return [Problem("retention.years", message, "years", params={"low": low, "high": high})]
    return []


def kept_until(closed_on: date, term: Term, years: int | None = None) -> date | None:
    """Return the last day a file is kept, None for good.

    The years are counted from the first of January after closing, which never ends too early whatever day the
    firm's archive counts from.
    """
    if term is Term.PERMANENT:
        return None
    chosen = years if years is not None else years_of(term)
    assert chosen is not None
    return date(closed_on.year + chosen, 12, 31)


def keep(closed_on: date, term: Term | None, years: int | None = None) -> Kept:
    """Return how long a closed file is kept; without a chosen class the default holds, and says so."""
    if term is None:
        default = Term(load_rules("procedures")["retention"]["default"])
        return Kept(default, kept_until(closed_on, default), assumed=True)
    return Kept(term, kept_until(closed_on, term, years))


@dataclass(frozen=True)
class Advice:
    """When the table of 1991 puts a file of a kind into a class, in its own words."""

    term: Term
    when_zh: str


def advice_for(kind: str) -> tuple[Advice, ...]:
    """Return what the table says about a kind of case; of a kind it does not name, what it says of civil cases."""
    rules = load_rules("procedures")["retention_rule"]
    family = {"criminal": "criminal", "retainer": "counsel", "consult-drafting": "counsel"}.get(kind, "civil")
    return tuple(Advice(Term(row["term"]), row["when_zh"]) for row in rules if row["matter"] == family)


def check_signature(
    state: DisposalState, *, first: int | None, signer: int | None, first_heads: bool, signer_heads: bool
) -> Problem | None:
    """Return why ``signer`` may not sign a disposal list now, None when they may.

    Two different people sign and one of them heads the office (``…_heads``: is its director).
    """
    if state not in (DisposalState.PROPOSED, DisposalState.HALF_SIGNED):
        return Problem("disposal.state", N_("This list is signed already, or no longer open."), "list")
    if state is DisposalState.HALF_SIGNED and signer == first:
        return Problem("disposal.same", N_("You have signed already; another person must sign, too."), "list")
    if state is DisposalState.HALF_SIGNED and not (first_heads or signer_heads):
        return Problem("disposal.director", N_("One of the two signatures must be the director's."), "list")
    return None
