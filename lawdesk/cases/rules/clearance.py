"""The answer a case needs before it may open: was the conflict check done, by whom, with what result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_


class ClearanceResult(StrEnum):
    """How the conflict check ended. "Not checked" is a result, not an absence."""

    CLEAR = "clear"
    NOTED = "noted"  # hits were found, a person looked and found no conflict
    WAIVED = "waived"
    TAKEN_OVER = "taken_over"  # an older case brought in from the firm's ledger; its hits wait to be examined
    REFUSED = "refused"
    NOT_CHECKED = "not_checked"


CLEARANCE_TITLES = {
    ClearanceResult.CLEAR: N_("No conflict found"),
    ClearanceResult.NOTED: N_("Hits examined, no conflict"),
    ClearanceResult.WAIVED: N_("Conflict waived in writing"),
    ClearanceResult.TAKEN_OVER: N_("Taken over from earlier records, hits not examined yet"),
    ClearanceResult.REFUSED: N_("Refused for conflict"),
    ClearanceResult.NOT_CHECKED: N_("Not checked"),
}
OPENS = frozenset(
    {ClearanceResult.CLEAR, ClearanceResult.NOTED, ClearanceResult.WAIVED, ClearanceResult.TAKEN_OVER}
)


@dataclass(frozen=True)
class Clearance:
    """Who cleared which names, when, with what result, why. Produced by the conflict check, kept for good.

    ``names`` are the names that were searched, as typed; ``searched`` the counts and the fingerprint of the data;
    ``reasons`` one entry per hit with the decision; ``not_judged`` what the data could not tell.
    """

    result: ClearanceResult
    by: int | None
    at: datetime
    names: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...] = ()
    searched: dict[str, Any] = field(default_factory=dict, hash=False)
    not_judged: tuple[str, ...] = ()


def check_clearance(clearance: Clearance, names: list[str]) -> list[Problem]:
    """Return why a case with these party ``names`` may not open on ``clearance``; empty when it may."""
    problems = []
    if clearance.result == ClearanceResult.NOT_CHECKED:
        message = N_("The conflict check has not been done.")
        problems.append(Problem("clearance.not_checked", message, "clearance"))
    elif clearance.result == ClearanceResult.REFUSED:
        message = N_("The conflict check ended with a refusal.")
        problems.append(Problem("clearance.refused", message, "clearance"))
    missing = [name for name in names if name.strip() and name.strip() not in {n.strip() for n in clearance.names}]
    if missing and clearance.result in OPENS:
        message = N_("These names were not in the conflict check: {names}.")
        problems.append(Problem("clearance.names", message, "clearance", params={"names": "、".join(missing[:5])}))
    return problems
