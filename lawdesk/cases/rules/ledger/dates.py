"""Days and hours as people type them into a ledger, and as Excel mangles them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from lawdesk.cases.rules.ledger.text import chinese_digits, chinese_number, says_later, says_nothing
from lawdesk.cases.rules.ledger.values import Cell, Grid, NoValue, fault, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

FIRST_YEAR, LAST_YEAR = 1980, 2079
_SERIALS = range(29_221, 65_746)  # 1980-01-01 to 2079-12-31 as Excel's day numbers
_WIDE = str.maketrans("０１２３４５６７８９－／．：，　（）～", "0123456789-/.:, ()~")
_PART = r"\s*[年./\-,、]\s*"
_CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_DAY = re.compile(
    rf"(?:(?P<year>(?:19|20)\d{{2}}|\d{{2}}){_PART})?(?P<month>\d{{1,2}})\s*[月./\-,、]\s*(?P<day>\d{{1,2}})(?!\d)\s*[日号]?"
)
_FULL_DAY = re.compile(r"(?:19|20)\d{2}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}(?!\d)\s*[日号]?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_BACKWARD = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-]((?:19|20)\d{2})(?!\d)")
_MONTH_ONLY = re.compile(
    r"(?:19|20)\d{2}\s*[年./\-]\s*\d{1,2}\s*月?(?:份|底|初|中旬)?|\d{1,2}月(?:份|底|初|中旬)?|(?:19|20)\d{2}年?"
)
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?")
_CLOCK = re.compile(
    r"T?(?P<half>上午|下午|早上|早|中午|晚上|晚|傍晚|[AaPp]\.?[Mm]\.?)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:.](?P<minute>\d{2})(?::\d{2})?|[时点](?:(?P<minute2>\d{1,2})分?|(?P<thirty>半)|(?P<quarter>一刻)|整|钟)?)"
    r"\s*(?P<behind>[AaPp][Mm])?(?:\s*[-~至到]\s*\d{1,2}[:时点]\d{0,2}分?)?"
)


@dataclass(frozen=True)
class When:
    """A day, perhaps with a clock time, and what was wrong with it."""

    day: date | None = None
    at: time | None = None
    problems: tuple[Problem, ...] = ()


def read_when(value: Cell, *, field: str, year: int | None, epoch: date = Grid.epoch) -> When:
    """Return the day (and time) in a cell; problems carry ``field``.

    ``year`` completes days written without one (with a warning); ``epoch`` is the day of Excel's number 0.
    """
    if value is None or isinstance(value, NoValue):
        return When()
    if isinstance(value, datetime):
        return _checked(value.date(), field, value.time() if value.time() != time() else None)
    if isinstance(value, date):
        return _checked(value, field)
    if isinstance(value, bool | time):
        return _unreadable(str(value), field)
    if isinstance(value, int | Decimal):
        return _number(Decimal(value), field, year, epoch)
    return _text(value, field, year, epoch)


def find_days(text: str) -> tuple[date, ...]:
    """Return every day with a year that stands in a running text, in order; impossible ones are left out."""
    even = _even(text)
    days = []
    for match in re.finditer(r"((?:19|20)\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})(?!\d)", even):
        try:
            days.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return tuple(days)


def _number(value: Decimal, field: str, year: int | None, epoch: date) -> When:
    whole = int(value)
    if whole == value and _COMPACT.fullmatch(str(whole)):
        return _text(str(whole), field, year, epoch)
    if whole in _SERIALS:
        day = epoch + timedelta(days=whole)
        minutes = round((value - whole) * 1440)
        message = N_("The date is stored as the number {number}; read as {day}.")
        problem = warn("date_as_serial", field, message, number=str(value), day=day.isoformat())
        return When(day, time(minutes // 60, minutes % 60) if 0 < minutes < 1440 else None, (problem,))
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", str(value))
    if match and 1 <= whole <= 12:
        return _decimal(match, field, year)
    return _unreadable(str(value), field)


def _decimal(match: re.Match[str], field: str, year: int | None) -> When:
    """Read 3.12, which Excel took for a decimal number; 3.1 may have been 3.10, then nothing is guessed."""
    number = match[0]
    if year is None:
        return When(problems=(_no_year(field),))
    wanted = {int(match[2])} | ({int(match[2]) * 10} if len(match[2]) == 1 else set())
    days = [day for day in (_day(year, int(match[1]), number_of_day) for number_of_day in sorted(wanted)) if day]
    if len(days) == 1:
        message = N_("{number} was stored as a decimal number; read as {day}. Please confirm.")
        return When(
            days[0], None, (warn("date_as_number", field, message, number=number, day=days[0].isoformat()),)
        )
    if len(days) > 1:
        message = N_(
            "{number} was stored as a decimal number and may be the {first} or the {second}; enter the date."
        )
        first, second = (day.isoformat() for day in days)
        return When(problems=(fault("date_as_number", field, message, number=number, first=first, second=second),))
    return _unreadable(number, field)


def _text(text: str, field: str, year: int | None, epoch: date) -> When:
    if says_nothing(text) or says_later(text):
        return When()
    even = _even(text)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", even):
        return _number(Decimal(even), field, year, epoch)
    if match := _COMPACT.match(even):
        return _parts((int(match[1]), int(match[2]), int(match[3])), even[match.end() :], field)
    if match := _BACKWARD.fullmatch(even):
        return _backward(match, text, field)
    return _forward(text, even, field, year)


def _forward(text: str, even: str, field: str, year: int | None) -> When:
    """Read year (if written), month, day in this order, with what stands around them."""
    match = _DAY.match(even) or _FULL_DAY.search(even)
    if match is None:
        if _MONTH_ONLY.fullmatch(even):
            return When(
                problems=(fault("date_incomplete", field, N_("“{text}” names no day."), text=text.strip()),)
            )
        return _unreadable(text, field)
    before, found = even[: match.start()], _DAY.match(even[match.start() :])
    assert found is not None  # _DAY reads whatever _FULL_DAY finds
    rest = even[match.start() + found.end() :]
    month, day = int(found["month"]), int(found["day"])
    written = int(found["year"] or 0)
    if found["year"]:
        if len(found["year"]) == 2 and not 10 <= written <= 49:
            return _unreadable(text, field)
        return _parts((written + 2000 if written < 100 else written, month, day), rest, field, before)
    if year is None:
        return When(problems=(_no_year(field),))
    when = _parts((year, month, day), rest, field, before)
    message = N_("The date has no year; {year}, the year of the sheet, was taken.")
    return When(when.day, when.at, (warn("date_without_year", field, message, year=year), *when.problems))


def _parts(parts: tuple[int, int, int], rest: str, field: str, before: str = "") -> When:
    day = _day(*parts)
    if day is None:
        message = N_("{year}-{month} has no day {day}; there is no such date.")
        params = dict(zip(("year", "month", "day"), parts, strict=True))
        return When(problems=(fault("date_impossible", field, message, **params),))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return _checked(day, field)
    at, left = _clock(_WEEKDAY.sub(" ", rest).strip())
    left = (before.strip() + " " + left).strip(" ,.;、。()")
    problems: list[Problem] = []
    if left and (_FULL_DAY.search(left) or _DAY.search(left)):
        problems.append(warn("date_several", field, N_("More than one date is written; the first was taken.")))
    elif left:
        problems.append(
            warn("date_with_note", field, N_("Words beside the date were left out: “{text}”."), text=left)
        )
    return When(day, at, tuple(problems))


def _clock(text: str) -> tuple[time | None, str]:
    """Return the clock time at the start of ``text`` and what stands behind it."""
    match = _CLOCK.match(text)
    if match is None:
        return None, text
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    minute = 30 if match["thirty"] else 15 if match["quarter"] else minute
    half = (match["half"] or match["behind"] or "").lower().replace(".", "")
    if half in ("下午", "晚上", "晚", "傍晚", "pm") and hour < 12:
        hour += 12
    if half == "中午" and hour < 3:
        hour += 12
    if hour > 23 or minute > 59:
        return None, text
    return time(hour, minute), text[match.end() :].strip()


def _backward(match: re.Match[str], text: str, field: str) -> When:
    """Read 13/2/2024; 3/2/2024 may be either order, so nothing is guessed."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    days = {day for day in (_day(year, second, first), _day(year, first, second)) if day}
    if len(days) == 1:
        return _checked(days.pop(), field)
    if days:
        message = N_("“{text}” does not tell the day from the month; enter the date.")
        return When(problems=(fault("date_unreadable", field, message, text=text.strip()),))
    return _parts((year, first, second), "", field)


def _even(text: str) -> str:
    """Return ``text`` half-width and with Chinese numerals in dates as digits."""
    even = text.translate(_WIDE).strip()
    if match := _CHINESE_DAY.search(even):
        month, day = chinese_number(match[2]), chinese_number(match[3])
        digits = f"{chinese_digits(match[1])}年{month}月{day}日"
        even = even[: match.start()] + digits + even[match.end() :]
    even = re.sub(r"(?<=\d)。(?=\d)", ".", even)
    return re.sub(r"([一二两三四五六七八九十]{1,3})(?=[点时])", lambda hour: str(chinese_number(hour[1])), even)


def _checked(day: date, field: str, at: time | None = None) -> When:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return When(day, at)
    message = N_("The year {year} cannot be right.")
    return When(problems=(fault("date_impossible", field, message, year=day.year),))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_year(field: str) -> Problem:
    return fault(
        "date_year_unknown", field, N_("The date has no year, and the sheet does not tell which year it is.")
    )


def _unreadable(text: str, field: str) -> When:
    message = N_("“{text}” is not a date we can read.")
    return When(problems=(fault("date_unreadable", field, message, text=text.strip()),))
