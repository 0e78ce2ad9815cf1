"""Every decision about time: reading what was typed, rounding, worth, and how reports add up."""

from lawdesk.timesheet.rules.durations import DAY_MINUTES, figures, parse_duration, words
from lawdesk.timesheet.rules.entries import (
    ACTIVITY_TITLES,
    LONG_TIMER_MINUTES,
    SOURCE_TITLES,
    Activity,
    EntryDraft,
    Source,
    amount_fen,
    check_day_total,
    check_entry,
    check_rate,
    guess_activity,
    round_up,
    timer_minutes,
)
from lawdesk.timesheet.rules.quick import QuickReading, parse_quick_entry
from lawdesk.timesheet.rules.reports import BY_TITLES, Atom, By, Gap, GroupSums, Sums, find_gaps, group_atoms

__all__ = [
    "ACTIVITY_TITLES",
    "BY_TITLES",
    "DAY_MINUTES",
    "LONG_TIMER_MINUTES",
    "SOURCE_TITLES",
    "Activity",
    "Atom",
    "By",
    "EntryDraft",
    "Gap",
    "GroupSums",
    "QuickReading",
    "Source",
    "Sums",
    "amount_fen",
    "check_day_total",
    "check_entry",
    "check_rate",
    "figures",
    "find_gaps",
    "group_atoms",
    "guess_activity",
    "parse_duration",
    "parse_quick_entry",
    "round_up",
    "timer_minutes",
    "words",
]
