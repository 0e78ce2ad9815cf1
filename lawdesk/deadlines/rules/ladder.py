"""When somebody is reminded of a deadline, and who: the lawyer, then the deputy, then the director."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Level = Literal["responsible", "deputy", "director"]

LADDERS: dict[str, tuple[int, ...]] = {
    "deadline": (30, 14, 7, 3, 1, 0, -1, -3, -7),
    "limitation": (90, 60, 30, 14, 7, 3, 1, 0, -1, -3, -7),
    "renewal": (45, 30, 15, 7, 3, 1, 0, -1, -3, -7),
    "payment": (5, 3, 1, 0, -1, -3, -7),
    "hearing": (14, 7, 3, 1, 0),
    "task": (3, 1, 0, -3),
}
"""Days before the day to work towards, by kind; negative ones after it."""
DEPUTY_FROM, DIRECTOR_FROM = 3, 1
"""From so many days before on, what the responsible lawyer has not confirmed goes one step up."""
FARTHEST = max(step for steps in LADDERS.values() for step in steps)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: so many days before, on which day it falls."""

    step: int
    falls_on: date


def ladder_of(kind: str, rule: str, limitation_type: str = "") -> str:
    """Return which ladder a deadline climbs: by its kind, and for periods by its rule."""
    if kind != "deadline":
        return kind if kind in LADDERS else "task"
    if limitation_type == "limitation" or rule.startswith("limitation-"):
        return "limitation"
    if rule.startswith(("pres-renew", "pres-term", "ip-injunction-renew")):
        return "renewal"
    return "payment" if rule.endswith("-fee") or rule == "civil-fee-prepay" else "deadline"


def rungs_due(ladder: str, target: date, entered_on: date, today: date) -> list[Rung]:
    """Return every rung that has fallen due by ``today``, the earliest first.

    ``target``: the day to work towards. Rungs that lay before the day of entry never fall due, except the last day
    itself.
    """
    found = []
    for step in LADDERS[ladder]:
        day = target - timedelta(days=step)
        if day <= today and (day > entered_on or step == 0 or (step < 0 and day >= entered_on)):
            found.append(Rung(step, day))
    return found


def levels_for(step: int, *, seen_before: bool, absent: bool) -> tuple[Level, ...]:
    """Return who is reminded at ``step``.

    ``seen_before``: the responsible lawyer confirmed the rung before; ``absent``: they are away, so the deputy is
    reminded of everything.
    """
    levels: list[Level] = ["responsible"]
    if absent or (step <= DEPUTY_FROM and not seen_before):
        levels.append("deputy")
    if step <= DIRECTOR_FROM and not seen_before:
        levels.append("director")
    return tuple(levels)
