"""The second engine: walks through the calendar and writes down every step.

It shares no counting code with the first. Periods of days are walked day by day, periods of months and years by
turning one month leaf after the other and looking for the corresponding day on each, periods of hours by moving
the hand of a clock; then rest days are passed one by one. Without a ``record`` the same walk is made, unwritten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lawdesk.deadlines.rules.calendar import Calendar, DayKind
from lawdesk.deadlines.rules.data import DayType, Direction, Rule, Unit
from lawdesk.deadlines.rules.outcome import Outcome, Start

_ONE = timedelta(days=1)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the walk.

    ``counted`` is the running number the day got (days, months, years or hours passed), None where it was not
    counted; ``code`` says why (words: :func:`lawdesk.deadlines.rules.words.reason`); ``kind`` what day it was.
    """

    date: date
    counted: int | None
    code: str
    kind: DayKind
    params: dict[str, Any] = field(default_factory=dict, hash=False)


Record = list[Step] | None


def walk(rule: Rule, start: Start, calendar: Calendar, record: Record = None) -> Outcome:
    """Return when the period of ``rule`` ends that starts with ``start``; the steps go to ``record``."""
    return _Walk(rule, start, calendar, record).go()


class _Walk:
    def __init__(self, rule: Rule, start: Start, calendar: Calendar, record: Record) -> None:
        self.rule, self.start, self.calendar, self.record = rule, start, calendar, record
        self.today = start.day

    def note(self, code: str, counted: int | None = None, **params: Any) -> None:
        if self.record is not None:
            self.record.append(Step(self.today, counted, code, self.calendar.day(self.today), params))

    def go(self) -> Outcome:
        rule = self.rule
        if rule.direction is not Direction.AFTER:
            return self.back()
        moment = None
        if rule.unit is Unit.HOUR:
            moment = self.hours()
        elif rule.unit is Unit.DAY:
            self.days()
        else:
            self.leaves()
        raw = self.today
        if self.calendar.is_rest(raw):
            self.pass_rest_days()
        if moment is not None:
            moment += self.today - raw
        return Outcome(raw, self.today, moment)

    def days(self) -> None:
        """Day after day; working days count only where somebody works."""
        wanted, passed = self.rule.length, 0
        if self.rule.start_day_excluded:
            self.note("trigger")
            self.today += _ONE
        while True:
            if self.rule.day_type is DayType.WORKING and self.calendar.is_rest(self.today):
                self.note("not_working")
            else:
                passed += 1
                if self.record is not None:
                    self.note(self.counting_code(), passed)
            if passed == wanted:
                return
            self.today += _ONE

    def counting_code(self) -> str:
        if self.rule.day_type is DayType.WORKING:
            return "working"
        return "rest_counts" if self.calendar.is_rest(self.today) else "day"

    def leaves(self) -> None:
        """Turn the leaves of the months, back or forth; every one (or twelfth) of them completes a unit."""
        rule, begin = self.rule, self.start.day
        self.note("trigger" if rule.start_day_excluded else "trigger_counts")
        end_to_end = (
            rule.unit is Unit.MONTH
            and rule.regime.startswith("criminal-")
            and begin.day == _month_length(begin.year, begin.month)
        )
        year, month, leaf = begin.year, begin.month, 0
        while leaf < rule.length * (12 if rule.unit is Unit.YEAR else 1):
            leaf += 1
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
            if self.record is not None and (rule.unit is Unit.MONTH or leaf % 12 == 0):
                self.find_day(year, month, end_to_end)
                number = leaf if rule.unit is Unit.MONTH else leaf // 12
                self.note(self.leaf_code(end_to_end), number, unit=rule.unit.value)
        self.find_day(year, month, end_to_end)
        if self.today.day == begin.day or end_to_end:
            for shorter in (not rule.start_day_excluded, rule.end_is_day_before_corresponding):
                if shorter:
                    self.today -= _ONE
                    self.note("day_before", rule.length, unit=rule.unit.value)

    def find_day(self, year: int, month: int, end_to_end: bool) -> None:
        last = _month_length(year, month)
        wanted = self.start.day.day
        self.today = date(year, month, last if end_to_end or wanted > last else wanted)

    def leaf_code(self, end_to_end: bool) -> str:
        if end_to_end:
            return "month_end_rule"
        return "corresponding" if self.today.day == self.start.day.day else "no_such_day"

    def hours(self) -> datetime | None:
        """Move the clock hand hour by hour; without a moment whole days are taken instead."""
        rule, hand = self.rule, self.start.moment
        if hand is None:
            self.note("trigger_no_time")
            for number in range(rule.length // 24):
                self.today += _ONE
                self.note("hours", (number + 1) * 24, unit="hour")
            return None
        self.note("trigger")
        procedural = rule.regime.startswith("criminal-") or rule.regime in (
            "civil-procedure",
            "administrative-litigation",
        )
        if rule.start_day_excluded and procedural:
            hand = hand + timedelta(minutes=60 - hand.minute)
            hand = hand.replace(second=0, microsecond=0)
            self.today = hand.date()
            self.note("from_full_hour", 0, time=hand.strftime("%H:%M"))
        else:
            self.note("from_moment", 0, time=hand.strftime("%H:%M"))
        for number in range(1, rule.length + 1):
            hand += timedelta(hours=1)
            if number % 24 == 0 or number == rule.length:
                midnight = (hand.hour, hand.minute, hand.second, hand.microsecond) == (0, 0, 0, 0)
                self.today = hand.date() - _ONE if midnight else hand.date()
                self.note("hour_hand", number, unit="hour", time="24:00" if midnight else hand.strftime("%H:%M"))
        return hand

    def pass_rest_days(self) -> None:
        """At a last day that is a rest day: say why it stays, or go on to the first working day."""
        rule = self.rule
        if rule.is_custody_term or (self.start.in_custody and not rule.roll_if_in_custody):
            self.ends("stays_custody")
        elif not rule.roll_forward:
            self.ends("stays")
        else:
            self.ends("last_rolls")
            self.today += _ONE
            while self.calendar.is_rest(self.today):
                self.note("rolls")
                self.today += _ONE
            self.note("rolled_to")

    def ends(self, code: str, **params: Any) -> None:
        """Say of the last day counted that it is a rest day and what follows: one line for the day, not two."""
        if self.record:
            last = self.record.pop()
            self.note(code, last.counted, **last.params, **params)

    def back(self) -> Outcome:
        """Count backwards; a rest day at the end is never passed forwards (counting.toml, core 6)."""
        rule, end = self.rule, self.start.day
        self.note("trigger")
        if rule.unit is Unit.DAY:
            self.days_back()
        elif rule.unit is Unit.HOUR:
            for _hour in range(0, rule.length, 24):
                self.today -= _ONE
        else:
            self.leaves_back()
        first = self.today
        if rule.direction is Direction.BEFORE_WINDOW:
            self.note("window_opens", rule.length)
            self.today = end
            self.note("window_closes")
            return Outcome(end, end, opens=first)
        if self.record and self.calendar.is_rest(first):
            self.ends("back_rest", advice=self.working_day_before())
        return Outcome(first, first)

    def days_back(self) -> None:
        passed = 0
        while passed < self.rule.length:
            self.today -= _ONE
            if self.rule.day_type is DayType.WORKING and self.calendar.is_rest(self.today):
                self.note("not_working")
                continue
            passed += 1
            if self.record is not None and self.rule.direction is Direction.BEFORE:
                self.note("back" if self.rule.day_type is DayType.CALENDAR else "back_working", passed)

    def leaves_back(self) -> None:
        rule, begin = self.rule, self.start.day
        end_to_end = (
            rule.unit is Unit.MONTH
            and rule.regime.startswith("criminal-")
            and begin.day == _month_length(begin.year, begin.month)
        )
        year, month = begin.year, begin.month
        for _leaf in range(rule.length * (12 if rule.unit is Unit.YEAR else 1)):
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        self.find_day(year, month, end_to_end)
        self.note(self.leaf_code(end_to_end), rule.length, unit=rule.unit.value)

    def working_day_before(self) -> date:
        day = self.today
        while self.calendar.is_rest(day):
            day -= _ONE
        return day


def _month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_LENGTHS[month - 1]
