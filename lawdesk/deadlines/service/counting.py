"""From an event to a computed deadline: what is stored, and how it is counted again."""

from __future__ import annotations

from datetime import date, datetime, time

from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.rules import Calendar, Computation, Whose, compute
from lawdesk.deadlines.service.drafts import ChosenDeadline, EventDraft, ManualDeadline, Recount


def moment_of(day: date, clock_time: str) -> date | datetime:
    """Return the day, or the moment where its hour is known (``HH:MM``)."""
    return datetime.combine(day, time.fromisoformat(clock_time)) if clock_time else day


def count(
    rule: str, event: EventDraft | TriggerEvent, calendar: Calendar, length_override: int | None = None
) -> Computation:
    """Count ``rule`` from an event. Raises what :func:`lawdesk.deadlines.rules.compute` raises."""
    return compute(
        rule,
        moment_of(event.happened_on, event.happened_at),
        in_custody=event.in_custody,
        foreign=event.foreign,
        calendar=calendar,
        length_override=length_override,
    )


def computed_deadline(
    event: TriggerEvent, choice: ChosenDeadline, calendar: Calendar, *, person_id: int, whose: Whose
) -> Deadline:
    """Return the record of a deadline taken from an event; the date printed on the paper holds if there is one."""
    found = count(choice.rule, event, calendar, choice.length_override)
    return Deadline(
        case_id=event.case_id,
        proceeding_id=event.proceeding_id,
        event_id=event.key,
        title_zh=found.rule.title_zh,
        title_en=found.rule.title_en,
        rule=choice.rule,
        rule_version=found.version,
        statute=found.rule.statute_zh,
        article=found.article,
        length_override=choice.length_override,
        trigger_date=event.happened_on,
        due=choice.printed_due or found.due,
        due_time=_clock_time(found, choice.printed_due),
        computed_due=found.due,
        raw_end=found.raw_end,
        early_warning=found.early_warning,
        printed_due=choice.printed_due,
        provisional=found.provisional,
        whose=whose.value,
        person_id=person_id,
    )


def manual_deadline(draft: ManualDeadline, *, person_id: int, event_id: int | None = None) -> Deadline:
    """Return the record of a hearing, a task or a date the court set."""
    title = draft.title.strip()
    return Deadline(
        case_id=draft.case_id,
        proceeding_id=draft.proceeding_id,
        event_id=event_id,
        kind=draft.kind,
        title_zh=title,
        title_en=draft.title_en or title,
        due=draft.due,
        due_time=draft.due_time,
        printed_due=draft.due,
        person_id=draft.person_id or person_id,
        note=draft.note.strip(),
    )


def recount(row: Deadline, event: TriggerEvent, calendar: Calendar, before: date) -> Recount:
    """Count an open deadline again after its event moved from ``before``; a date printed on a paper stays.

    A hearing that is the event itself moves with it.
    """
    old = row.due
    if not row.rule:
        if row.kind == "hearing" and row.due == before:
            row.due = row.printed_due = event.happened_on
        return Recount(row.key, row.title_zh, row.title_en, old, row.due)
    found = count(row.rule, event, calendar, row.length_override)
    row.trigger_date, row.rule_version, row.article = event.happened_on, found.version, found.article
    row.computed_due, row.raw_end, row.early_warning = found.due, found.raw_end, found.early_warning
    row.provisional = found.provisional
    row.due = row.printed_due or found.due
    row.due_time = _clock_time(found, row.printed_due)
    return Recount(row.key, row.title_zh, row.title_en, old, row.due, found.due)


def _clock_time(found: Computation, printed: date | None) -> str:
    """Return the clock time of a period in hours; the end of a day is said as 24:00, as the law does."""
    if found.due_at is None or printed is not None:
        return ""
    return "24:00" if found.due_at.date() > found.due else found.due_at.strftime("%H:%M")
