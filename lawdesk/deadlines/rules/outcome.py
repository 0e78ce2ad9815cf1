"""What an engine is asked and what it answers; the only thing the two engines have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Start:
    """Where counting starts: the day of the trigger, for periods in hours the moment where it is known."""

    day: date
    moment: datetime | None = None
    in_custody: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """An engine's answer.

    ``raw_end``: the last day before rest days are looked at; ``due``: the last day in law; ``moment``: the clock
    time a period in hours ends, China time without zone (24:00 of a day is 00:00 of the next); ``opens``: the
    first day of a window.
    """

    raw_end: date
    due: date
    moment: datetime | None = None
    opens: date | None = None
