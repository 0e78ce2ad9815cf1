"""Time (工时): who worked how long on what.

A **time entry** (工时记录) is time of one person on one day for one case, or for the office (所内). It comes
from the **timer** (one per person), from the **quick entry** (``1h20m 起草上诉状 @墨禾``), by hand in the week,
or from an import. An **activity** says what kind of work it was, a **rate** what an hour of a person costs from a
day on; both are kept with the entry. **Locked** entries stand on a bill or in a closed month and stay as they are.
Durations are whole minutes, money is whole fen, and every total is the sum of what stands above it.
"""

from lawdesk.timesheet.queries import (
    CaseChoice,
    DaySpans,
    EntryFilter,
    EntryRow,
    TimerRow,
    TimesheetQueries,
    WeekGrid,
    WeekRow,
)
from lawdesk.timesheet.report import FORMATS, Format
from lawdesk.timesheet.rules import (
    ACTIVITY_TITLES,
    BY_TITLES,
    SOURCE_TITLES,
    Activity,
    By,
    EntryDraft,
    QuickReading,
    Source,
    amount_fen,
    figures,
    parse_duration,
    parse_quick_entry,
    words,
)
from lawdesk.timesheet.service import CellChange, QuickPreview, TimerStarted, TimesheetService

__all__ = [
    "ACTIVITY_TITLES",
    "BY_TITLES",
    "FORMATS",
    "SOURCE_TITLES",
    "Activity",
    "By",
    "CaseChoice",
    "CellChange",
    "DaySpans",
    "EntryDraft",
    "EntryFilter",
    "EntryRow",
    "Format",
    "QuickPreview",
    "QuickReading",
    "Source",
    "TimerRow",
    "TimerStarted",
    "TimesheetQueries",
    "TimesheetService",
    "WeekGrid",
    "WeekRow",
    "amount_fen",
    "figures",
    "parse_duration",
    "parse_quick_entry",
    "words",
]
