"""May somebody's data be erased, must they be kept, or is nothing done at all? (个人信息保护法 art. 47.)

Refused while they are needed (an open case, a hold, a member of the firm); blocked, that is only stored, while a
retention period runs or the firm must still be able to find a conflict of interest; else erased.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.resources import load_rules
from lawdesk.privacy.rules.retention import Kept


class ErasureKind(StrEnum):
    """What became of it."""

    ERASED = "erased"
    BLOCKED = "blocked"
    REFUSED = "refused"
    DISPOSED = "disposed"


ERASURE_TITLES = {
    ErasureKind.ERASED: N_("Erased"),
    ErasureKind.BLOCKED: N_("Blocked"),
    ErasureKind.REFUSED: N_("Refused"),
    ErasureKind.DISPOSED: N_("File destroyed"),
}
REASONS = {
    "hold": N_("A hold forbids it: {reason}."),
    "member": N_("This is a member of the firm; employment and practice records are kept."),
    "walled": N_("{count} of the cases may not be seen by you; somebody who may see them must decide."),
    "open_case": N_("Case {number} is open: the data are still needed for it."),
    "case_file": N_("The file of case {number} must be kept until {until}."),
    "case_file_assumed": N_(
        "The file of case {number} must be kept until {until} (no class chosen: the default)."
    ),
    "case_file_for_good": N_("The file of case {number} is kept for good."),
    "no_closing_day": N_("Case {number} is closed without a day, so the end of its retention is not known."),
    "enquiry": N_("The enquiry of {day} must be found by conflict checks until {until}."),
    "former_matter": N_("A member of the firm handled a matter of theirs in an earlier office or firm."),
}
_REFUSES = frozenset({"hold", "member", "walled", "open_case"})


@dataclass(frozen=True)
class Reason:
    """One thing that stands against erasing; ``until`` is the last day it does, None when no day is known."""

    code: str
    until: date | None = None
    params: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def refuses(self) -> bool:
        """Whether not even blocking is possible, because the data are in use."""
        return self.code in _REFUSES

    def words(self) -> str:
        """Return the sentence in the user's language."""
        return _(REASONS[self.code]).format(until=self.until, **self.params)


@dataclass(frozen=True)
class CaseFact:
    """A case somebody stands in: whether it is open, and how long its file is kept once closed."""

    number: str
    open: bool
    closed_on: date | None
    kept: Kept | None


@dataclass(frozen=True)
class PersonFacts:
    """Everything that bears on erasing somebody."""

    cases: tuple[CaseFact, ...] = ()
    enquiries: tuple[date, ...] = ()
    """The days of those that became no case."""
    holds: tuple[str, ...] = ()
    member: bool = False
    former_matters: int = 0
    walled: int = 0


@dataclass(frozen=True)
class Verdict:
    """What is to be done, and why."""

    outcome: ErasureKind
    reasons: tuple[Reason, ...] = ()

    @property
    def until(self) -> date | None:
        """The last day of all reasons, None when there is one without a day."""
        days = [reason.until for reason in self.reasons]
        return None if not days or None in days else max(day for day in days if day is not None)


def judge(facts: PersonFacts, today: date) -> Verdict:
    """Return whether the person's data are erased, blocked, or the wish is refused, with every reason."""
    reasons = [Reason("hold", params={"reason": reason}) for reason in facts.holds]
    if facts.member:
        reasons.append(Reason("member"))
    if facts.walled:
        reasons.append(Reason("walled", params={"count": facts.walled}))
    reasons += [reason for case in facts.cases if (reason := _case_reason(case, today)) is not None]
    years = int(load_rules("privacy")["conflict_duty"]["enquiry_years"])
    for day in facts.enquiries:
        if (until := _years_later(day, years)) >= today:
            reasons.append(Reason("enquiry", until, {"day": day}))
    if facts.former_matters:
        reasons.append(Reason("former_matter"))
    if any(reason.refuses for reason in reasons):
        return Verdict(ErasureKind.REFUSED, tuple(reasons))
    return Verdict(ErasureKind.BLOCKED if reasons else ErasureKind.ERASED, tuple(reasons))


def _case_reason(case: CaseFact, today: date) -> Reason | None:
    said = {"number": case.number}
    if case.open:
        return Reason("open_case", params=said)
    if case.closed_on is None or case.kept is None:
        return Reason("no_closing_day", params=said)
    if case.kept.until is None:
        return Reason("case_file_for_good", params=said)
    if case.kept.until < today:
        return None
    return Reason("case_file_assumed" if case.kept.assumed else "case_file", case.kept.until, said)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
