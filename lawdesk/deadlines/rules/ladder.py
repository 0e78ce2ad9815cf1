"""When somebody is reminded of a deadline, and who: the lawyer, then the deputy, then the director."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_

Level = Literal["responsible", "deputy", "director"]

LADDERS: dict[str, tuple[int, ...]] = {
    "deadline": (30, 14, 7, 3, 1, 0, -1, -3, -7),
    "limitation": (90, 60, 30, 14, 7, 3, 1, 0, -1, -3, -7),
    "renewal": (45, 30, 15, 7, 3, 1, 0, -1, -3, -7),
    "payment": (5, 3, 1, 0, -1, -3, -7),
    "hearing": (14, 7, 3, 1, 0),
    "task": (3, 1, 0, -3),
}
"""Days before the day to work towards, by kind; negative ones after it. A firm may set its own."""
LADDER_TITLES = {
    "deadline": N_("Deadlines of the law"),
    "limitation": N_("Limitation periods"),
    "renewal": N_("Renewal of preservation"),
    "payment": N_("Court fees to be paid"),
    "hearing": N_("Hearings"),
    "task": N_("Tasks"),
}
DEPUTY_FROM, DIRECTOR_FROM = 3, 1
"""From so many days before on, what the responsible lawyer has not confirmed goes one step up."""
FARTHEST, LATEST_STEP, MOST_STEPS = 365, 30, 20
"""The limits of a firm's own ladder: days before, days after, steps."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: so many days before, on which day it falls."""

    step: int
    falls_on: date


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one kind, the farthest first. ``since``: from when on the firm's own ladder holds."""

    kind: str
    steps: tuple[int, ...]
    since: date | None = None

    @property
    def usual(self) -> bool:
        """Whether it is as LawDesk comes."""
        return self.steps == LADDERS[self.kind]

    @property
    def before(self) -> tuple[int, ...]:
        """Days before the day, the farthest first."""
        return tuple(step for step in self.steps if step > 0)

    @property
    def after(self) -> tuple[int, ...]:
        """Days after it, as long as it is open."""
        return tuple(-step for step in self.steps if step < 0)


def read_ladder(kind: str, kept: str) -> Ladder:
    """Return a ladder from how it is kept: "30,14,7,0,-1@2025-11-05", "" or only a day for the usual one."""
    steps, _mark, since = kept.partition("@")
    found = tuple(int(step) for step in steps.split(",")) if steps else LADDERS[kind]
    return Ladder(kind, found, date.fromisoformat(since) if since else None)


def keep_ladder(steps: Sequence[int] | None, since: date) -> str:
    """Return how a ladder is kept; None: the usual one again."""
    return f"{','.join(map(str, steps or ()))}@{since.isoformat()}"


def make_steps(before: str, after: str = "") -> tuple[int, ...]:
    """Return the steps a person wrote as days before and days after; the day itself always is one.

    Raises Refused for words that are no days.
    """
    numbers = []
    for text, sign in ((before, 1), (after, -1)):
        for word in re.split(r"[\s,，、;；/]+", text.strip()):
            if word:
                if not re.fullmatch(r"\d{1,4}", word):
                    message = N_("{words} is no number of days.")
                    field = "before" if sign > 0 else "after"
                    raise Refused([Problem("ladder.days", message, field, params={"words": word})])
                numbers.append(sign * int(word))
    return tuple(sorted({0, *numbers}, reverse=True))


def check_steps(kind: str, steps: Sequence[int]) -> list[Problem]:
    """Return what is wrong with a ladder: nothing before the day, days too far off, too many."""
    problems = []
    if kind not in LADDERS:
        problems.append(Problem("ladder.kind", N_("There are no reminders of this kind."), "kind"))
    if not any(step > 0 for step in steps):
        message = N_("Without a day before the last day nobody is reminded in time.")
        problems.append(Problem("ladder.before", message, "before"))
    if 0 not in steps:
        problems.append(Problem("ladder.day", N_("On the last day itself there is always a reminder."), "before"))
    if any(step > FARTHEST for step in steps):
        params = {"days": FARTHEST}
        problems.append(Problem("ladder.far", N_("At most {days} days before."), "before", params=params))
    if any(step < -LATEST_STEP for step in steps):
        params = {"days": LATEST_STEP}
        problems.append(Problem("ladder.late", N_("At most {days} days after."), "after", params=params))
    if len(steps) > MOST_STEPS:
        params = {"count": MOST_STEPS}
        problems.append(Problem("ladder.many", N_("At most {count} reminders."), "before", params=params))
    return problems


def ladder_of(kind: str, rule: str, limitation_type: str = "") -> str:
    """Return which ladder a deadline climbs: by its kind, and for periods by its rule."""
    if kind != "deadline":
        return kind if kind in LADDERS else "task"
    if limitation_type == "limitation" or rule.startswith("limitation-"):
        return "limitation"
    if rule.startswith(("pres-renew", "pres-term", "ip-injunction-renew")):
        return "renewal"
    return "payment" if rule.endswith("-fee") or rule == "civil-fee-prepay" else "deadline"


def rungs_due(ladder: Ladder, target: date, entered_on: date, today: date) -> list[Rung]:
    """Return every rung that has fallen due by ``today``, the earliest first.

    ``target``: the day to work towards. Rungs that lay before the day of entry never fall due, except the last day
    itself; nor do those that lay before the day on which the firm set the ladder.
    """
    found = []
    for step in ladder.steps:
        day = target - timedelta(days=step)
        if ladder.since is not None and day < ladder.since:
            continue
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
