"""Deadlines and events as rows and phrases."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import WHOSE_TITLES, Calendar, Clash, moved_words, nearness, spoken_day, whole_day
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Row, RowAction, Segment, Status

KIND_TITLES = {"deadline": N_("Deadline"), "hearing": N_("Hearing"), "task": N_("Task")}
DONE = RowAction("done", lambda: _("Mark as done"), "check", "Space")
REOPEN = RowAction("reopen", lambda: _("Open again"), "undo-2", "Space")
WHY = RowAction("why", lambda: _("Why this date"), "circle-question-mark")
CASE = RowAction("case", lambda: _("Go to the case"), "folder-open")
PRINTED = RowAction("printed", lambda: _("Set the date on the paper"), "file-check")
ASSIGN = RowAction("assign", lambda: _("Give to a colleague"), "users")
EXTEND = RowAction("extend", lambda: _("Extend …"), "calendar-clock")
WAIVE = RowAction("waive", lambda: _("Let go …"), "circle")
HELD = RowAction("done", lambda: _("It was held"), "check", "Space")
DETAILS = RowAction("why", lambda: _("Details"), "circle-question-mark")
ADJOURN = RowAction("adjourn", lambda: _("Adjourned to …"), "calendar-clock")
CHANGE = RowAction("printed", lambda: _("Change the date"), "pencil")
NOT_HELD = RowAction("waive", lambda: _("It was not held …"), "circle")


def row_actions(row: DeadlineRow, *, why: bool = False) -> tuple[RowAction, ...]:
    """Return what can be done with a deadline in a list."""
    if row.status != "open":
        return (REOPEN, *((WHY,) if why else ()), CASE)
    if row.kind == "hearing":
        return (HELD, *((DETAILS,) if why else ()), CASE, ADJOURN, CHANGE, ASSIGN, NOT_HELD)
    return (DONE, *((WHY,) if why else ()), CASE, PRINTED, EXTEND, ASSIGN, WAIVE)


def status_of(row: DeadlineRow, today: date) -> Status:
    """Return how near a deadline is, as lists show it."""
    near = nearness(row.due, today, kind=row.kind, status=row.status)
    return Status(near.words, near.tone, near.icon, chip=near.urgent)


def basis_of(row: DeadlineRow) -> str:
    """Return statute and article, "" for a date entered by hand."""
    return f"{row.statute} {row.article}".strip()


def note_of(row: DeadlineRow, calendar: Calendar) -> str:
    """Return what has to be known about the date of ``row``, or ""."""
    return moved_words(
        due=row.due,
        computed=row.computed_due,
        raw_end=row.raw_end,
        printed=row.printed_due,
        provisional=row.provisional,
        calendar=calendar,
    )


def side_row(row: DeadlineRow, today: date, calendar: Calendar) -> Row:
    """Return a deadline as a row beside its detail."""
    near = nearness(row.due, today, kind=row.kind, status=row.status)
    parts: list[Segment | str] = [row.case_title]
    if row.whose not in ("ours", "open"):
        parts.append(_(WHOSE_TITLES[row.whose]))
    if row.provisional and row.printed_due is None and row.status == "open":
        parts.insert(0, Segment(_("provisional"), tone="amber", icon="triangle-alert"))
    elif row.differs and row.status == "open":
        parts.insert(0, Segment(_("two dates"), tone="amber", icon="triangle-alert"))
    return Row(
        key=row.id,
        title=row.title,
        segments=parts,
        date=spoken_day(row.due, today, calendar, at=row.due_time, kind=row.kind),
        status=status_of(row, today),
        bold=near.urgent,
        actions=row_actions(row),
    )


def clash_words(clash: Clash) -> str:
    """Return what another hearing leaves no time for."""
    other = clash.other
    when = f"{whole_day(other.day)} {other.at}".strip()
    if clash.overlap:
        return _("At the same time: {when} {title} ({court})").format(
            when=when, title=other.title, court=other.court
        )
    minutes = int(clash.needed.total_seconds() // 60)
    words = _("Too little time for the way ({minutes} minutes): {when} {title} ({court})")
    return words.format(minutes=minutes, when=when, title=other.title, court=other.court)
