"""How the days ahead are grouped on Today: by what the calendar allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

WEEKS = 2
"""How far Today looks ahead, and within how many weeks a holiday counts as near."""
_ONE = timedelta(days=1)


class Holiday(Protocol):
    """A holiday as announced."""

    @property
    def name(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def days(self) -> int: ...


class HolidayYear(Protocol):
    """The arrangement of one year."""

    @property
    def spans(self) -> Sequence[Holiday]: ...


class HolidayCalendar(Protocol):
    """What Today asks a calendar."""

    def known(self, year: int) -> bool:
        """Return whether the arrangement of ``year`` is announced."""

    def year(self, year: int) -> HolidayYear:
        """Return the arrangement of ``year``."""

    def is_rest(self, day: date) -> bool:
        """Return whether ``day`` is a rest day."""


@dataclass(frozen=True, slots=True)
class Part:
    """A group of Today: ``overdue``, ``held`` (hearings of past days), ``today``, ``ahead``, or ``before``, in
    (``break``) or ``after`` a holiday.

    It holds what is due from ``first`` (None: from the beginning) to ``last``. ``holidays``: the one it lies
    before or in, for ``after`` those that begin in it. ``workdays``: the working days left before the holiday.
    """

    key: str
    first: date | None
    last: date
    holidays: tuple[Holiday, ...] = ()
    workdays: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of Today in order; the last one ends with the last day listed."""

    parts: tuple[Part, ...]

    @property
    def until(self) -> date:
        """The last day listed."""
        return self.parts[-1].last

    @property
    def edges(self) -> tuple[date, ...]:
        """The days on which a new part begins, and the first day no longer listed."""
        return (*(part.first for part in self.parts if part.first is not None), self.until + _ONE)


def next_break(calendar: HolidayCalendar, today: date, *, within: int = 7 * WEEKS) -> Holiday | None:
    """Return the announced holiday that is now or begins within so many days, else None.

    What is not announced is no holiday to plan with.
    """
    spans = _announced(calendar, today, today + timedelta(days=within))
    return min(spans, key=lambda span: span.first, default=None)


def plan_of(calendar: HolidayCalendar, today: date) -> Plan:
    """Return how Today groups the days, seen from ``today``."""
    tomorrow = today + _ONE
    parts = [Part("overdue", None, today - _ONE), Part("held", None, today - _ONE), Part("today", today, today)]
    span = next_break(calendar, today)
    if span is None:
        return Plan((*parts, Part("ahead", tomorrow, _whole_weeks(today))))
    if span.first > today:
        # what falls into the holiday itself has to be done before it
        left = [today + timedelta(days=number) for number in range(1, (span.first - today).days)]
        count = sum(1 for day in left if not calendar.is_rest(day))
        parts.append(Part("before", tomorrow, span.last, (span,), count))
    elif tomorrow <= span.last:
        parts.append(Part("break", tomorrow, span.last, (span,)))
    after, until = span.last + _ONE, _whole_weeks(span.last)
    further = tuple(other for other in _announced(calendar, after, until) if other.first >= after)
    return Plan((*parts, Part("after", after, until, further)))


def week_of(day: date) -> int:
    """Return the number of the ISO week."""
    return day.isocalendar().week


def _announced(calendar: HolidayCalendar, first: date, last: date) -> list[Holiday]:
    """Return the announced holidays that touch the days from ``first`` to ``last``."""
    return [
        span
        for year in range(first.year, last.year + 1)
        if calendar.known(year)
        for span in calendar.year(year).spans
        if span.last >= first and span.first <= last
    ]


def _whole_weeks(day: date) -> date:
    """Return the Sunday on or after two weeks from ``day``: lawyers plan in whole weeks."""
    end = day + timedelta(weeks=WEEKS)
    return end + timedelta(days=6 - end.weekday())
