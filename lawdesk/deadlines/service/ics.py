"""The docket as iCalendar (RFC 5545): stable UIDs, sequence numbers, alarms; any phone calendar reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.kernel.i18n import _

ALARM_DAYS = (7, 3, 1, 0)
_LIMIT = 75  # octets per line, RFC 5545 3.1


def calendar_text(rows: Iterable[tuple[DeadlineRow, str]], made_at: datetime) -> str:
    """Return an iCalendar file of deadlines, each with the uid that never changes.

    A deadline is an all-day event on its last day; with a clock time (a hearing) it begins then, China time.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//LawDesk//Docket//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19910915T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    for row, uid in rows:
        lines += _event(row, uid, made_at)
    lines.append("END:VCALENDAR")
    return "".join(_fold(line) for line in lines)


def _event(row: DeadlineRow, uid: str, made_at: datetime) -> list[str]:
    basis = " ".join(part for part in (row.statute, row.article) if part)
    doubt = _("provisional: holidays not announced") if row.provisional else ""
    description = "\n".join(part for part in (row.case_number, row.court, row.court_number, basis, doubt) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@lawdesk",
        f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{row.version - 1}",
        f"SUMMARY:{_escape(f'{row.title} · {row.case_title}')}",
        f"DESCRIPTION:{_escape(description)}",
        "TRANSP:TRANSPARENT" if not row.due_time else "TRANSP:OPAQUE",
    ]
    if row.due_time:
        hours, minutes = (int(part) for part in row.due_time.split(":"))
        start = datetime.combine(row.due, datetime.min.time()) + timedelta(hours=hours, minutes=minutes)
        lines += [
            f"DTSTART;TZID=Asia/Shanghai:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Asia/Shanghai:{start + timedelta(hours=1):%Y%m%dT%H%M%S}",
        ]
    else:
        lines += [f"DTSTART;VALUE=DATE:{_day(row.due)}", f"DTEND;VALUE=DATE:{_day(row.due + timedelta(days=1))}"]
    for days in ALARM_DAYS:
        trigger = f"-P{days}D" if row.due_time else (f"-P{days - 1}DT15H" if days else "PT9H")
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escape(row.title)}",
            f"TRIGGER:{trigger}",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Fold a line at 75 octets without cutting a character in two."""
    pieces, current, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LIMIT:
            pieces.append(current)
            current, size = " ", 1
        current, size = current + character, size + width
    return "\r\n".join([*pieces, current]) + "\r\n"
