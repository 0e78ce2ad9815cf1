"""Which days are rest days: the arrangements of the State Council, and what the law says where none is known.

A rest day is a Saturday or Sunday that is not a make-up working day (调休上班日), or an announced day off. A year
without an announcement has weekends and the statutory holidays; answers that rest on it are provisional.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from lawdesk.deadlines.rules.holidays import statutory_holidays
from lawdesk.kernel.resources import load_rules

Kind = Literal["workday", "weekend", "holiday", "makeup"]
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class HolidaySpan:
    """One holiday as announced: its name and its first and last day."""

    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The arrangement of one year: days off, make-up working days, the holidays' names and the notices it is from.

    ``announced`` is false where the State Council's notice is not known; then only statutory holidays are off.
    """

    year: int
    announced: bool
    off: frozenset[date]
    makeup: frozenset[date]
    spans: tuple[HolidaySpan, ...] = ()
    source: tuple[str, ...] = ()
    checked: str = ""

    def name_of(self, day: date) -> str:
        """Return the Chinese name of the holiday on ``day``, or nothing."""
        return next((span.name for span in self.spans if span.first <= day <= span.last), "")


@dataclass(frozen=True, slots=True)
class DayKind:
    """What one day is. ``known`` is false where the year's arrangement is not announced (or not in our data)."""

    day: date
    kind: Kind
    name: str = ""
    source: tuple[str, ...] = ()
    known: bool = True

    @property
    def rest(self) -> bool:
        """Whether nobody has to act on this day."""
        return self.kind in ("weekend", "holiday")


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which a door is shut though the law knows no holiday: they move nothing. ``court`` empty: any."""

    first: date
    last: date
    name: str
    court: str = ""


class Calendar:
    """Rest days and working days. Immutable: :meth:`with_year` returns a calendar that knows one year more."""

    def __init__(self, years: Iterable[CalendarYear] = (), closures: Iterable[Closure] = ()) -> None:
        self._years = {year.year: year for year in years}
        self.closures = tuple(closures)
        self._workdays: dict[int, tuple[int, ...]] = {}
        self._rest: dict[int, frozenset[int]] = {}

    def with_year(self, *years: CalendarYear) -> Calendar:
        """Return a calendar that also knows ``years``; a year given again replaces the older arrangement."""
        return Calendar({**self._years, **{year.year: year for year in years}}.values(), self.closures)

    def with_holiday(self, first: date, last: date, name: str) -> Calendar:
        """Return a calendar in which everybody is off from ``first`` to ``last``: a holiday of the region."""
        years = []
        for number in range(first.year, last.year + 1):
            known = self.year(number)
            ordinals = range(first.toordinal(), last.toordinal() + 1)
            days = {day for day in map(date.fromordinal, ordinals) if day.year == number}
            span = HolidaySpan(name, min(days), max(days), len(days))
            years.append(
                replace(known, off=known.off | days, makeup=known.makeup - days, spans=(*known.spans, span))
            )
        return self.with_year(*years)

    def with_closures(self, *closures: Closure) -> Calendar:
        """Return a calendar that also knows these shut doors."""
        return Calendar(self._years.values(), (*self.closures, *closures))

    def closure_on(self, day: date, court: str = "") -> Closure | None:
        """Return the closure of ``court`` (or of everything) that ``day`` falls into."""
        return next(
            (
                found
                for found in self.closures
                if found.first <= day <= found.last and (not found.court or found.court in court)
            ),
            None,
        )

    def year(self, year: int) -> CalendarYear:
        """Return the arrangement of ``year``: the announced one, else what the law itself says."""
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = statutory_year(year)
        return known

    def known(self, year: int) -> bool:
        """Return whether the arrangement of ``year`` is announced and in our data."""
        return self.year(year).announced

    def before_data(self, year: int) -> bool:
        """Return whether ``year`` lies before the first arrangement in our data: announced, but not known here."""
        return year < min((number for number, found in self._years.items() if found.announced), default=year)

    def known_between(self, first: date, last: date) -> bool:
        """Return whether every year from ``first`` to ``last`` is known."""
        return all(self.known(year) for year in range(first.year, last.year + 1))

    def is_rest(self, day: date) -> bool:
        """Return whether ``day`` is a rest day."""
        rest = self._rest.get(day.year)
        if rest is None:
            rest = self._rest[day.year] = frozenset(_rest_ordinals(self.year(day.year)))
        return day.toordinal() in rest

    def day(self, day: date) -> DayKind:
        """Return what ``day`` is, with the holiday's name and the notice."""
        year = self.year(day.year)
        if day in year.off:
            return DayKind(day, "holiday", year.name_of(day), year.source, year.announced)
        kind: Kind = "workday"
        if day.weekday() >= _SATURDAY:
            kind = "makeup" if day in year.makeup else "weekend"
        return DayKind(day, kind, "", year.source, year.announced)

    def workdays(self, year: int) -> tuple[int, ...]:
        """Return the working days of ``year`` as ordinals, ascending."""
        days = self._workdays.get(year)
        if days is None:
            rest = frozenset(_rest_ordinals(self.year(year)))
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = self._workdays[year] = tuple(day for day in range(first, last + 1) if day not in rest)
        return days

    def workday_at_or_before(self, day: date) -> date:
        """Return ``day`` when it is a working day, else the last working day before it."""
        days = self.workdays(day.year)
        index = bisect_right(days, day.toordinal())
        return date.fromordinal(days[index - 1] if index else self.workdays(day.year - 1)[-1])

    def workday_at_or_after(self, day: date) -> date:
        """Return ``day`` when it is a working day, else the first working day after it."""
        days = self.workdays(day.year)
        index = bisect_left(days, day.toordinal())
        return date.fromordinal(days[index] if index < len(days) else self.workdays(day.year + 1)[0])


@cache
def load_calendar() -> Calendar:
    """Return the shipped calendar (``resources/rules/calendar.toml``)."""
    return Calendar(read_year(entry) for entry in load_rules("calendar")["year"])


def read_year(entry: dict[str, object]) -> CalendarYear:
    """Return one ``[[year]]`` table of a calendar file; it must have passed ``validate_calendar``."""
    table: dict[str, object] = {"span": (), "source": (), "makeup": (), "off": (), "checked": "", **entry}
    number = table["year"]
    off, makeup, source = table["off"], table["makeup"], table["source"]
    assert isinstance(number, int)
    assert isinstance(off, list | tuple)
    assert isinstance(makeup, list | tuple)
    assert isinstance(source, list | tuple)
    announced = table.get("status") == "announced" and not table.get("statutory_only", False)
    if not announced:
        year = statutory_year(number)
        return replace(year, off=year.off | frozenset(off), checked=str(table["checked"]))
    return CalendarYear(
        number,
        True,
        frozenset(off),
        frozenset(makeup),
        tuple(_spans(table["span"])),
        tuple(source),
        str(table["checked"]),
    )


@cache
def statutory_year(year: int) -> CalendarYear:
    """Return what the law itself makes days off in ``year``; marked as not announced."""
    holidays = statutory_holidays(year)
    spans = tuple(HolidaySpan(name, day, day, 1) for day, name in sorted(holidays.items()))
    return CalendarYear(year, False, frozenset(holidays), frozenset(), spans)


def _spans(tables: object) -> Iterator[HolidaySpan]:
    assert isinstance(tables, list | tuple)
    for table in tables:
        yield HolidaySpan(table["name"], table["from"], table["to"], table["days"])


def _rest_ordinals(year: CalendarYear) -> Iterator[int]:
    yield from (day.toordinal() for day in year.off)
    makeup = {day.toordinal() for day in year.makeup}
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    saturday = first + timedelta(days=(_SATURDAY - first.weekday()) % 7)
    for start in (
        saturday.toordinal(),
        saturday.toordinal() - 6 if first.weekday() == 6 else saturday.toordinal() + 1,
    ):
        yield from (day for day in range(start, last.toordinal() + 1, 7) if day not in makeup)
