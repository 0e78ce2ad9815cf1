"""What waits for somebody, and how the days ahead are grouped on Today: by what the calendar allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lawdesk.deadlines import Calendar, DeadlineQueries, DocketFilter, HolidaySpan, holiday_name, span_words
from lawdesk.firm import Actor
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _, language, ngettext

WEEKS = 2
"""How far Today looks ahead, and within how many weeks a holiday counts as near."""
_ONE = timedelta(days=1)


def count_waiting(deadlines: DeadlineQueries, actor: Actor, today: date) -> int:
    """Return how much waits for ``actor``: what is overdue or due today. The number beside Today in the rail."""
    return deadlines.count(actor, DocketFilter(person_id=actor.person_id, until=today, ours_only=True))


@dataclass(frozen=True, slots=True)
class Part:
    """A group of Today: what is due from ``first`` on (None: from the beginning) until the next part begins."""

    key: str
    first: date | None
    title: str
    note: str = ""
    tone: str = "text"


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of Today in order, and the last day listed."""

    parts: tuple[Part, ...]
    until: date

    @property
    def edges(self) -> tuple[date, ...]:
        """The days on which a new part begins, and the first day no longer listed."""
        return (*(part.first for part in self.parts if part.first is not None), self.until + _ONE)


def next_break(calendar: Calendar, today: date, *, within: int = 7 * WEEKS) -> HolidaySpan | None:
    """Return the announced holiday that is now or begins within so many days, else None.

    What is not announced is no holiday to plan with.
    """
    spans = [
        span
        for year in (today.year, today.year + 1)
        if calendar.known(year)
        for span in calendar.year(year).spans
        if span.last >= today and span.first <= today + timedelta(days=within)
    ]
    return min(spans, key=lambda span: span.first, default=None)


def plan_of(calendar: Calendar, today: date) -> Plan:
    """Return how Today groups the days, seen from ``today``."""
    parts = [
        Part("overdue", None, _("Overdue"), tone="red"),
        Part("today", today, _("Today"), f"{short_date(today)} {short_weekday(today)}"),
    ]
    tomorrow = today + _ONE
    span = next_break(calendar, today)
    if span is None:
        until = _whole_weeks(today)
        parts.append(Part("ahead", tomorrow, _("Within two weeks"), span_words(tomorrow, until)))
        return Plan(tuple(parts), until)
    after = span.last + _ONE
    if span.first <= today:
        if tomorrow < after:
            note = _("until {day}").format(day=short_date(span.last))
            parts.append(Part("break", tomorrow, _("During the holiday"), note))
    else:
        # what falls into the holiday itself has to be done before it
        parts.append(Part("before", tomorrow, _("Before the holiday"), _before_note(calendar, today, span)))
    until = _whole_weeks(span.last)
    parts.append(Part("after", after, _("Two weeks after the holiday"), _after_note(calendar, after, until)))
    return Plan(tuple(parts), until)


def week_of(day: date) -> int:
    """Return the number of the ISO week."""
    return day.isocalendar().week


def _whole_weeks(day: date) -> date:
    """Return the Sunday on or after two weeks from ``day``: lawyers plan in whole weeks."""
    end = day + timedelta(weeks=WEEKS)
    return end + timedelta(days=6 - end.weekday())


def _before_note(calendar: Calendar, today: date, span: HolidaySpan) -> str:
    days = [today + timedelta(days=number) for number in range(1, (span.first - today).days)]
    count = sum(1 for day in days if not calendar.is_rest(day))
    left = ngettext("{count} working day left", "{count} working days left", count).format(count=count)
    begins = ngettext(
        "{name} from {day}, {count} day off", "{name} from {day}, {count} days off", span.days
    ).format(name=holiday_name(span.name), day=short_date(span.first), count=span.days)
    return f"{left} · {begins}"


def _after_note(calendar: Calendar, first: date, last: date) -> str:
    note = span_words(first, last)
    inside = [span for span in calendar.year(first.year).spans if first <= span.first <= last]
    if not inside or not calendar.known(first.year):
        return note
    joint = "、" if language() == "zh" else ", "
    names = joint.join(
        ngettext("{name} ({count} day)", "{name} ({count} days)", span.days).format(
            name=holiday_name(span.name), count=span.days
        )
        for span in inside
    )
    return f"{note} · " + _("with {holidays}").format(holidays=names)
