"""Looking up deadlines: frozen rows, filtered, sorted and paged in SQL."""

from lawdesk.deadlines.queries.rows import (
    BareCase,
    ClosedRow,
    DayOfMonth,
    DeadlineRow,
    DeputyRow,
    DocketFilter,
    EventRow,
    ReminderRow,
    RequestRow,
    TurnRow,
)
from lawdesk.deadlines.queries.watching import DeadlineQueries

__all__ = [
    "BareCase",
    "ClosedRow",
    "DayOfMonth",
    "DeadlineQueries",
    "DeadlineRow",
    "DeputyRow",
    "DocketFilter",
    "EventRow",
    "ReminderRow",
    "RequestRow",
    "TurnRow",
]
