"""Days as people name them in front of an entry. Time is recorded afterwards, so days lie in the past."""

from __future__ import annotations

import re
from datetime import date, timedelta

from lawdesk.kernel.dates import parse_day
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_OLDEST = timedelta(days=366)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
DAY = re.compile(
    r"(?P<relative>今天|今日|昨天|昨日|大前天|前天|前日|明天|后天|(?:today|yesterday|tomorrow)(?![a-z]))"
    r"|(?P<week>(?:上|本|这)?(?:周|星期|礼拜)[一二三四五六日天])"
    r"|(?P<full>\d{4}\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)))"
    r"|(?P<month>\d{1,2}\s*月\s*\d{1,2}\s*[日号]?)"
    r"|(?P<number>\d{1,2}[日号])"
    r"|(?P<bare>\d{1,2}[-/]\d{1,2}(?=\s|$))"
    r"|(?P<weekday>(?:last\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z]))"
    rf"|(?P<english>(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?![\d:a-z]))",
    re.IGNORECASE,
)
_DAYS_AGO = {"大前天": 3, "前日": 2, "昨日": 1}


def read_day(match: re.Match[str], today: date) -> date | Problem:
    """Return the day a match of :data:`DAY` means.

    ``周五`` on a Monday is last week's, ``12月30日`` in January last year's.
    """
    words = match[0].strip()
    try:
        return _day(match, words.lower(), today)
    except ValueError:
        message = N_("There is no day {text}. Write it as 11月5日 or 2025-11-05.")
        return Problem("time.no_day", message, "day", params={"text": words})


def check_entry_day(day: date, today: date) -> Problem | None:
    """Return what is wrong with the day of an entry: to come, or longer ago than a year (a slip of the key)."""
    params = {"day": day.isoformat()}
    if day > today:
        message = N_("{day} is still to come. Time is recorded on the day it was spent or later.")
        return Problem("time.future", message, "day", params=params)
    if day < today - _OLDEST:
        return Problem("time.too_old", N_("{day} is more than a year ago. Check the year."), "day", params=params)
    return None


def _day(match: re.Match[str], words: str, today: date) -> date:
    kind = match.lastgroup
    if kind == "weekday":
        return _past_weekday(_WEEKDAYS.index(words.rsplit(maxsplit=1)[-1]), today, last="last" in words)
    if kind == "english":
        number, month = sorted(words.split(), key=str.isalpha)
        return _past(_MONTHS.index(month[:3]) + 1, int(number), today)
    if kind == "number":
        number_of_month = int(words[:-1])
        first = today.replace(day=1)
        return (first if number_of_month <= today.day else _before(first)).replace(day=number_of_month)
    if kind in ("month", "bare"):
        parts = re.findall(r"\d+", words)
        return _past(int(parts[0]), int(parts[1]), today)
    if words in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[words])
    day = parse_day(re.sub(r"\s", "", words), today)
    return day - timedelta(days=7) if kind == "week" and words[0] not in "上本这" and day > today else day


def _before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _past_weekday(weekday: int, today: date, *, last: bool) -> date:
    day = today + timedelta(days=weekday - today.weekday())
    return day - timedelta(days=7) if last or day > today else day


def _past(month: int, number: int, today: date) -> date:
    """Return the day of this year, or of the last one when this year's is more than a month ahead."""
    day = date(today.year, month, number)
    return date(today.year - 1, month, number) if day > today + timedelta(days=31) else day
