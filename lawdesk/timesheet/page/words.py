"""Small phrases the timesheet's widgets share."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lawdesk.kernel.dates import local_time, short_date
from lawdesk.kernel.i18n import _, language


def case_words(case_id: int | None, title: str) -> str:
    """Return a case's title, or "office" for time without a case."""
    return title if case_id is not None else _("Office (no case)")


def times(start: datetime | None, end: datetime | None) -> str:
    """Return 10:00—10:42 in Chinese time; nothing when they are not known."""
    if start is None:
        return ""
    return f"{local_time(start).lstrip('0')}—{local_time(end).lstrip('0') if end is not None else ''}"


def minute_of_day(minute: int) -> str:
    """Return 570 as 9:30."""
    return f"{minute // 60}:{minute % 60:02d}"


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def week_words(monday: date, today: date) -> str:
    """Return 9月21日—27日 / 21–27 Sep; with both months where they differ."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        if language() == "zh":
            return f"{short_date(monday, today)}—{sunday.day}日"
        return f"{monday.day}–{short_date(sunday, today)}"
    return f"{short_date(monday, today)}—{short_date(sunday, today)}"
