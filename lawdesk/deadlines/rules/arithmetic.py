"""The first engine: computes the last day by date arithmetic. It shares no counting code with the second.

Conventions: counting.toml (民事诉讼法 第85条, 刑事诉讼法 第105条, 民法典 第200-204条, and special laws).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, datetime, timedelta

from lawdesk.deadlines.rules.calendar import Calendar
from lawdesk.deadlines.rules.data import DayType, Direction, Rule, Unit
from lawdesk.deadlines.rules.outcome import Outcome, Start

_NEXT_FULL_HOUR = frozenset(
    ("civil-procedure", "criminal-procedure", "criminal-custody", "administrative-litigation")
)
_LAST_DAY_TO_LAST_DAY = frozenset(("criminal-procedure", "criminal-custody"))


def compute_by_arithmetic(rule: Rule, start: Start, calendar: Calendar) -> Outcome:
    """Return when the period of ``rule`` ends that starts with ``start``."""
    if rule.direction is not Direction.AFTER:
        first = _backward(rule, start.day, calendar)
        if rule.direction is Direction.BEFORE_WINDOW:
            return Outcome(start.day, start.day, opens=first)
        return Outcome(first, first)
    moment = None
    if rule.unit is Unit.HOUR and start.moment is not None:
        moment = _hours(rule, start.moment)
        raw = (moment - timedelta(microseconds=1)).date()  # 00:00 is 24:00 of the day before
    else:
        raw = _forward(rule, start.day, calendar)
    if not rule.roll_forward or rule.is_custody_term or (start.in_custody and not rule.roll_if_in_custody):
        return Outcome(raw, raw, moment)
    due = _working_day_from(raw, calendar)
    return Outcome(raw, due, moment + (due - raw) if moment is not None else None)


def _forward(rule: Rule, day: date, calendar: Calendar) -> date:
    early = 0 if rule.start_day_excluded else 1
    if rule.unit is Unit.HOUR:
        return day + timedelta(days=rule.length // 24)
    if rule.unit is Unit.DAY:
        if rule.day_type is DayType.WORKING:
            return _working_days_after(day - timedelta(days=early), rule.length, calendar)
        return day + timedelta(days=rule.length - early)
    months = rule.length * (12 if rule.unit is Unit.YEAR else 1)
    end, corresponds = _add_months(day, months, rule)
    early += rule.end_is_day_before_corresponding
    return end - timedelta(days=early) if corresponds else end


def _add_months(day: date, months: int, rule: Rule) -> tuple[date, bool]:
    """Return the corresponding day and whether it exists; where it does not, the last day of the month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month0 + 1)[1]
    if rule.unit is Unit.MONTH and rule.regime in _LAST_DAY_TO_LAST_DAY and (day + timedelta(days=1)).day == 1:
        return date(year, month0 + 1, length), True
    return date(year, month0 + 1, min(day.day, length)), day.day <= length


def _backward(rule: Rule, day: date, calendar: Calendar) -> date:
    if rule.unit is Unit.DAY:
        if rule.day_type is DayType.WORKING:
            return _working_days_before(day, rule.length, calendar)
        return day - timedelta(days=rule.length)
    if rule.unit is Unit.HOUR:
        return day - timedelta(days=-(-rule.length // 24))
    return _add_months(day, -rule.length * (12 if rule.unit is Unit.YEAR else 1), rule)[0]


def _hours(rule: Rule, moment: datetime) -> datetime:
    if rule.start_day_excluded and rule.regime in _NEXT_FULL_HOUR:  # 从次时起算
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment + timedelta(hours=rule.length)


def _working_days_after(day: date, count: int, calendar: Calendar) -> date:
    days = calendar.workdays(day.year)
    index = bisect_right(days, day.toordinal()) + count - 1
    year = day.year
    while index >= len(days):
        index -= len(days)
        year += 1
        days = calendar.workdays(year)
    return date.fromordinal(days[index])


def _working_days_before(day: date, count: int, calendar: Calendar) -> date:
    days = calendar.workdays(day.year)
    index = bisect_left(days, day.toordinal()) - count
    year = day.year
    while index < 0:
        year -= 1
        days = calendar.workdays(year)
        index += len(days)
    return date.fromordinal(days[index])


def _working_day_from(day: date, calendar: Calendar) -> date:
    days = calendar.workdays(day.year)
    index = bisect_left(days, day.toordinal())
    return date.fromordinal(days[index] if index < len(days) else calendar.workdays(day.year + 1)[0])
