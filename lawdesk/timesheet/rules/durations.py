"""How long something took: as people type it and as they read it. Always whole minutes, never floats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from math import ceil

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _

DAY_MINUTES = 24 * 60
_WIDE = str.maketrans(
    "０１２３４５６７８９：．－／＠—–―−－～〜〰﹕。　ＨｈＭｍ，",
    "0123456789:.-/@-----~~~:. HhMm,",
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)"
# a unit ends before a letter, and 分 is no minute in 分析, 分公司, 分割 ...
_HOUR = r"(?:个\s*)?(?:小时|钟头|hours?(?![a-z])|hrs?(?![a-z])|h(?![a-z]))"
_MINUTE = r"(?:分钟|分(?![析公割配歧别期包居支类])|minutes?(?![a-z])|mins?(?![a-z])|m(?![a-z]))"
_PATTERNS = (
    ("half", rf"半\s*{_HOUR}"),
    ("and_half", rf"(?P<hours>{_NUMBER})\s*(?:个\s*半\s*(?:小时|钟头)|{_HOUR}\s*半)"),
    ("quarters", r"(?P<count>[一二两三123])\s*刻钟?"),
    ("mixed", rf"(?P<hours>{_NUMBER})\s*{_HOUR}\s*(?:零|又|and\s)?\s*(?P<minutes>{_NUMBER})\s*{_MINUTE}"),
    ("bare_minutes", r"(?P<hours>\d{1,2})(?:小时|h)(?P<minutes>\d{2})(?![\d.:a-z页份条件日号个次人])"),
    ("hours", rf"(?P<hours>{_NUMBER})\s*{_HOUR}"),
    ("minutes", rf"(?P<minutes>{_NUMBER})\s*{_MINUTE}"),
    ("clock", r"(?<![\d:.])(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?![\d:])"),
)
PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)

NO_DURATION = Problem(
    "time.no_duration",
    N_("How long did it take? Write the time first, for example 1h20m, 80分钟, 1.5小时 or 9:30-10:45."),
    "minutes",
)
ZERO = Problem("time.zero", N_("No time is nothing to record. Write at least one minute."), "minutes")
TOO_LONG = Problem(
    "time.too_long",
    N_("More than 24 hours do not fit into one day. Divide the time over the days it was spent on."),
    "minutes",
)


@dataclass(frozen=True)
class Span:
    """A duration found in a text: the minutes, or why they make no sense; ``start`` and ``end`` are positions.

    ``clock_like`` is true for ``9:30``, which alone could be a time of day just as well.
    """

    start: int
    end: int
    minutes: int | None
    problem: Problem | None = None
    clock_like: bool = False


def narrow(text: str) -> str:
    """Return ``text`` with full-width digits and signs as plain ones; every character keeps its place."""
    return text.translate(_WIDE)


def match_duration(text: str, at: int = 0) -> Span | None:
    """Return the duration that begins exactly at position ``at`` of a narrowed text, None when none does."""
    best: tuple[int, str, re.Match[str]] | None = None
    for name, pattern in PATTERNS:
        match = pattern.match(text, at)
        if match and (best is None or match.end() > best[0]):
            best = (match.end(), name, match)
    if best is None:
        return None
    end, name, match = best
    return _span(at, end, name, match)


def find_durations(text: str) -> list[Span]:
    """Return every duration in a narrowed text, from left to right."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        after_digit = at > 0 and text[at - 1] in "0123456789." and text[at].isdigit()
        span = None if after_digit else match_duration(text, at)
        if span is None:
            at += 1
        else:
            found.append(span)
            at = span.end
    return found


def parse_duration(text: str) -> int | Problem:
    """Return the minutes a cell says: ``1:20``, ``1h20m``, ``80分钟``, ``1.5小时``; a bare ``1.5`` is hours.

    Zero is refused, and more than 24 hours.
    """
    words = narrow(text).strip()
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", words):
        return _checked(ceil(Fraction(words) * 60))
    span = match_duration(words)
    if span is None or span.end != len(words):
        return NO_DURATION
    return span.problem or _checked(span.minutes or 0)


def check_minutes(minutes: int) -> Problem | None:
    """Return what is wrong with a duration: nothing at all, or more than a day."""
    if minutes <= 0:
        return ZERO
    return TOO_LONG if minutes > DAY_MINUTES else None


def figures(minutes: int) -> str:
    """Return ``1:20`` for 80 minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def words(minutes: int) -> str:
    """Return ``1 小时 20 分`` / ``1 h 20 min`` for 80 minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def clock_minutes(start: time, end: time) -> int:
    """Return the minutes from ``start`` to ``end``; an ``end`` that is not later lies on the next day."""
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if minutes > 0 else minutes + DAY_MINUTES


def number(text: str) -> Fraction:
    """Return ``1.5``, ``两``, ``十五``, ``一百二十`` as a number. Raises ValueError for what is none."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Fraction(text)
    total, digit = 0, -1
    for char in text:
        if char in _DIGITS:
            if digit > 0:
                raise ValueError(f"not a number: {text!r}")  # 二三 is no number
            digit = _DIGITS[char]
        elif char in "十百":
            total += (1 if digit < 0 else digit) * (10 if char == "十" else 100)
            digit = -1
        else:
            raise ValueError(f"not a number: {text!r}")
    return Fraction(total + max(digit, 0))


def _checked(minutes: int) -> int | Problem:
    return check_minutes(minutes) or minutes


def _span(start: int, end: int, name: str, match: re.Match[str]) -> Span:
    groups = match.groupdict()
    try:
        if name == "half":
            return Span(start, end, 30)
        if name == "quarters":
            return Span(start, end, int(number(groups["count"])) * 15)
        hours = number(groups.get("hours") or "0")
        minutes = number(groups.get("minutes") or "0")
    except ValueError:
        return Span(start, end, None, NO_DURATION)
    if name == "and_half":
        hours += Fraction(1, 2)
    together = name in ("mixed", "bare_minutes", "clock")
    if together and (minutes >= 60 or hours.denominator != 1 or minutes.denominator != 1):
        message = N_("{text} is no length of time: beside hours, minutes go up to 59. Write 1h20m or 80m.")
        problem = Problem("time.no_sense", message, "minutes", params={"text": match[0]})
        return Span(start, end, None, problem)
    return Span(start, end, ceil(hours * 60 + minutes), clock_like=name == "clock")
