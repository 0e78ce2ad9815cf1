"""From an event to a computed deadline: what is stored, and how it is counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.rules import (
    Calendar,
    Computation,
    RuleBook,
    Turn,
    Whose,
    can_turn,
    compute,
    count_limitation,
    next_events,
)
from lawdesk.deadlines.service.drafts import ChosenDeadline, EventDraft, ManualDeadline, Recount


class Law(Protocol):
    """The rules and the calendar to count by."""

    @property
    def calendar(self) -> Calendar: ...
    @property
    def book(self) -> RuleBook: ...


@dataclass(frozen=True, slots=True)
class Basis:
    """What a count starts from."""

    happened_on: date
    happened_at: str = ""
    in_custody: bool = False
    foreign: bool = False
    court: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is stored of a count."""

    version: str
    article: str
    due: date
    raw_end: date
    early_warning: date
    provisional: bool
    due_at: datetime | None = None


def moment_of(day: date, clock_time: str) -> date | datetime:
    """Return the day, or the moment where its hour is known (``HH:MM``)."""
    return datetime.combine(day, time.fromisoformat(clock_time)) if clock_time else day


def basis_of(event: EventDraft | TriggerEvent, court: str = "") -> Basis:
    """Return what counts start from."""
    return Basis(event.happened_on, event.happened_at, event.in_custody, event.foreign, court)


def count(rule: str, basis: Basis, law: Law, length_override: int | None = None) -> Computation:
    """Count ``rule`` from an event. Raises what :func:`lawdesk.deadlines.rules.compute` raises."""
    return compute(
        rule,
        moment_of(basis.happened_on, basis.happened_at),
        in_custody=basis.in_custody,
        foreign=basis.foreign,
        calendar=law.calendar,
        length_override=length_override,
        rulebook=law.book,
        court=basis.court,
    )


def counted(
    rule: str,
    basis: Basis,
    law: Law,
    *,
    length: int | None = None,
    turns: Sequence[Turn] = (),
    today: date | None = None,
    infringed_on: date | None = None,
) -> Counted:
    """Return what to store of a count, after what interrupted or suspended the period."""
    found = count(rule, basis, law, length)
    if turns and can_turn(found.rule):
        limited = count_limitation(
            rule,
            basis.happened_on,
            turns,
            calendar=law.calendar,
            today=today or basis.happened_on,
            infringed_on=infringed_on,
            rulebook=law.book,
        )
        base = limited.base
        days = (limited.due, limited.raw_end, limited.early_warning)
        return Counted(base.version, base.article, *days, limited.provisional)
    days = (found.due, found.raw_end, found.early_warning)
    return Counted(found.version, found.article, *days, found.provisional, found.due_at)


def computed_deadline(
    event: TriggerEvent, choice: ChosenDeadline, law: Law, *, person_id: int, whose: Whose, court: str = ""
) -> Deadline:
    """Return the record of a deadline taken from an event; the date printed on the paper holds if there is one."""
    basis = basis_of(event, court)
    found = count(choice.rule, basis, law, choice.length_override)
    row = Deadline(
        case_id=event.case_id,
        proceeding_id=event.proceeding_id,
        event_id=event.key,
        title_zh=found.rule.title_zh,
        title_en=found.rule.title_en,
        rule=choice.rule,
        statute=found.rule.statute_zh,
        length_override=choice.length_override,
        trigger_date=event.happened_on,
        due=found.due,
        printed_due=choice.printed_due,
        whose=whose.value,
        person_id=person_id,
    )
    store(row, counted(choice.rule, basis, law, length=choice.length_override))
    return row


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


def store(row: Deadline, found: Counted) -> None:
    """Put a count into a record; what a court's paper extended or printed still holds."""
    row.rule_version, row.article = found.version, found.article
    row.computed_due, row.raw_end, row.early_warning = found.due, found.raw_end, found.early_warning
    row.provisional = found.provisional
    row.due = row.extended_to or row.printed_due or found.due
    row.due_time = "" if row.due != found.due or row.printed_due else clock_time(found)


def recount(
    row: Deadline,
    event: TriggerEvent,
    law: Law,
    before: date,
    *,
    court: str = "",
    turns: Sequence[Turn] = (),
    today: date | None = None,
) -> Recount:
    """Count an open deadline again after its event moved from ``before``; a date printed on a paper stays.

    A hearing that is the event itself moves with it.
    """
    old = row.due
    if not row.rule:
        if row.kind == "hearing" and row.due == before:
            row.due = row.printed_due = event.happened_on
        return Recount(row.key, row.title_zh, row.title_en, old, row.due)
    found = counted(row.rule, basis_of(event, court), law, length=row.length_override, turns=turns, today=today)
    row.trigger_date = event.happened_on
    store(row, found)
    return Recount(row.key, row.title_zh, row.title_en, old, row.due, found.due)


def follow_day(rule: str, trigger: str, basis: Basis, law: Law, parent: Deadline | None) -> date | None:
    """Return the day on which the end of ``rule`` makes ``trigger`` happen, None where it makes none.

    Where the parent deadline holds by a printed or extended date, that one ends the period.
    """
    found = count(rule, basis, law, parent.length_override if parent is not None else None)
    day = next((one.on for one in next_events(found, rulebook=law.book) if one.trigger.id == trigger), None)
    held = (parent.extended_to or parent.printed_due) if parent is not None else None
    if day is None or held is None:
        return day
    return date.fromordinal(held.toordinal() + (1 if day > found.due else 0))


def clock_time(found: Counted) -> str:
    """Return the clock time of a period in hours; the end of a day is said as 24:00, as the law does."""
    if found.due_at is None:
        return ""
    return "24:00" if found.due_at.date() > found.due else found.due_at.strftime("%H:%M")
