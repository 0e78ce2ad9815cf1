"""From and to: ``9:30-10:45``, ``9点半到10点45``, ``下午2点到4点``, ``2pm-4pm``. A night may lie between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.timesheet.rules.durations import clock_minutes

_PART = r"(?:上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚)"
_CLOCK_TIME = (
    r"(?:\d{1,2}:\d{2}(?:\s*[ap]\.?m\b)?"
    r"|\d{1,2}\s*[点时](?:\s*(?:半|一刻|三刻|\d{1,2}\s*分?))?"
    r"|[0-2]\d[0-5]\d(?!\d)"
    r"|\d{1,2}\s*[ap]\.?m\b"
    r"|\d{1,2}(?=\s*-\s*\d{1,2}\s*[ap]\.?m\b))"
)
RANGE = re.compile(
    rf"(?:from\s+|从\s*)?(?P<start>{_PART}?\s*{_CLOCK_TIME})\s*(?:-+|~|直?到|至|to\b|until\b)\s*"
    rf"(?P<end>{_PART}?\s*{_CLOCK_TIME})(?![\d:])",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?P<part>{_PART})?\s*(?:(?P<compact>\d{{4}})|(?P<hour>\d{{1,2}})"
    r"(?::(?P<minute>\d{2})|\s*[点时]\s*(?P<spoken>半|一刻|三刻|\d{1,2})?\s*分?)?)\s*(?:(?P<half>[ap])\.?m)?",
    re.IGNORECASE,
)
_SPOKEN = {"半": "30", "一刻": "15", "三刻": "45"}
_HALVES = {"上午": "a", "早上": "a", "早晨": "a", "凌晨": "a", "中午": "n"}
_EVENING, _DAWN = 18, 8


@dataclass(frozen=True)
class ClockRange:
    """From ``start`` to ``end``; an ``end`` before ``start`` lies on the next day."""

    start: time
    end: time

    @property
    def minutes(self) -> int:
        """How long that is."""
        return clock_minutes(self.start, self.end)


def read_range(match: re.Match[str]) -> ClockRange | Problem:
    """Return what a match of :data:`RANGE` says, or why it makes no sense."""
    start, end = _ONE.fullmatch(match["start"].strip()), _ONE.fullmatch(match["end"].strip())
    if start is None or end is None:
        return _no_clock(match[0])
    half_of_start, half_of_end = _half(start), _half(end)
    shared = half_of_start or (half_of_end if _bare(start) else "")
    begun, ended = _time(start, shared), _time(end, half_of_end or shared)
    if begun is None or ended is None:
        return _no_clock(match[0])
    if ended <= begun and half_of_start and not half_of_end and ended.hour < 12:
        ended = ended.replace(hour=ended.hour + 12)  # 上午11点到1点
    if begun == ended:
        return Problem(
            "time.zero", N_("Beginning and end are the same, so there is no time to record."), "minutes"
        )
    if ended < begun and not (begun.hour >= _EVENING and ended.hour < _DAWN):
        message = N_("{text} ends before it begins. Write both by the 24-hour clock, for example 9:30-13:15.")
        return Problem("time.backwards", message, "minutes", params={"text": match[0].strip()})
    return ClockRange(begun, ended)


def _no_clock(text: str) -> Problem:
    message = N_("{text} is no time of day. Hours go to 23, minutes to 59.")
    return Problem("time.no_clock", message, "minutes", params={"text": text.strip()})


def _bare(match: re.Match[str]) -> bool:
    """Whether only an hour was said, as the 2 in ``2-4pm``."""
    return not (match["compact"] or match["minute"] or match["spoken"] or "点" in match[0] or "时" in match[0])


def _half(match: re.Match[str]) -> str:
    """Return which half of the day was said: a, p, n (noon) or nothing."""
    if match["half"]:
        return match["half"].lower()
    return _HALVES.get(match["part"], "p") if match["part"] else ""


def _time(match: re.Match[str], half: str) -> time | None:
    if match["compact"]:
        hour, minute = int(match["compact"][:2]), int(match["compact"][2:])
    else:
        spoken = match["spoken"] or ""
        hour, minute = int(match["hour"]), int(match["minute"] or _SPOKEN.get(spoken, spoken) or 0)
    if (half == "p" and hour < 12) or (half == "n" and hour < 11):
        hour += 12
    elif half == "a" and match["half"] and hour == 12:
        hour = 0  # 12 am is midnight
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour <= 23 and minute <= 59 else None
