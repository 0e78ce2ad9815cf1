"""Days as people type and read them. A legal day is a plain ``date``, never a moment."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.i18n import N_, _, language

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_NAMES: tuple[tuple[str, ...], ...] = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
"""English names of the months as people write them, January first."""
_WIDE = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_CHINESE_WEEKDAYS = "一二三四五六日天"
_RELATIVE = {
    "今天": 0,
    "今日": 0,
    "today": 0,
    "昨天": -1,
    "yesterday": -1,
    "前天": -2,
    "明天": 1,
    "tomorrow": 1,
    "后天": 2,
}


_CHINESE_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_NUMBER = r"[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_ON_PAPER = re.compile(rf"(?:([〇零○Ｏ一二三四五六七八九]{{4}})年)?({_NUMBER})月({_NUMBER})[日号]?")


def parse_day(text: str, today: date) -> date:
    """Return the day meant by ``text``.

    Understands ``2025-11-05``, ``2025/11/5``, ``2025年11月5日``, ``20251105``, ``二〇二五年三月一日``,
    ``5 November 2025``, ``Nov 5, 2025``; of this year ``11月5日``, ``11-5`` and ``5 Nov``; ``今天 昨天 前天 明天
    后天``, ``3天后``, ``5天前``; ``周三``, ``下周三``, ``上周三``.
    Raises ValueError when it is none of these or no such day exists.
    """
    words = _in_digits(text.translate(_WIDE).strip()).lower().rstrip("。.")
    found = _written_day(words, today) or _counted_day(words, today)
    if found is None:
        raise ValueError(f"not a day: {text!r}")
    return found


def _in_digits(words: str) -> str:
    """Return a day written as on a court's paper (二〇二五年三月一日, 十二月三十一日) in digits; else the same."""
    match = _ON_PAPER.fullmatch(words)
    if match is None:
        return words
    year = "".join(str(_CHINESE_DIGITS[char]) for char in match[1]) + "年" if match[1] else ""
    return f"{year}{_below_hundred(match[2])}月{_below_hundred(match[3])}日"


def _below_hundred(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS[ones]
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)


def _written_day(words: str, today: date) -> date | None:
    """Read a day of the calendar; without a year it is this year's."""
    if match := re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", words):
        return date(today.year, int(match[1]), int(match[2]))
    return _english_day(words, today)


def _english_day(words: str, today: date) -> date | None:
    """Read ``5 nov``, ``5th november 2025``, ``nov 5, 2025``, as this program itself writes days in English."""
    match = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)|([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?)\.?(?:,?\s+(\d{4}))?"
        r"(?:\s+(?:mon|tue|wed|thu|fri|sat|sun))?",
        words,
    )
    if match is None:
        return None
    name = match[2] or match[3]
    month = next((number for number, names in enumerate(MONTH_NAMES, start=1) if name in names), None)
    if month is None:
        return None
    return date(int(match[5]) if match[5] else today.year, month, int(match[1] or match[4]))


def _counted_day(words: str, today: date) -> date | None:
    """Read a day counted from today, or a weekday."""
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    if match := re.fullmatch(r"(\d{1,4})\s*[天日](?:之?后|以后)", words):
        return today + timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(\d{1,4})\s*[天日](?:之?前|以前)", words):
        return today - timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(上|下|本|这)?(?:周|星期|礼拜)([一二三四五六日天])", words):
        weekday = min(_CHINESE_WEEKDAYS.index(match[2]), 6)
        monday = today - timedelta(days=today.weekday())
        weeks = {"上": -1, "下": 1}.get(match[1] or "", 0)
        return monday + timedelta(days=weekday, weeks=weeks)
    return None


def weekday(day: date) -> str:
    """Return the weekday's name: 星期三 / Wednesday."""
    return _(WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """Return the weekday's short name: 周三 / Wed."""
    return f"周{_CHINESE_WEEKDAYS[day.weekday()]}" if language() == "zh" else WEEKDAYS[day.weekday()][:3]


def long_date(day: date) -> str:
    """Return 2025年11月5日 / 5 Nov 2025."""
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date, today: date | None = None) -> str:
    """Return 11月5日 / 5 Nov; the year is added when it is not that of ``today``."""
    if today is not None and day.year != today.year:
        return long_date(day)
    return f"{day.month}月{day.day}日" if language() == "zh" else f"{day.day} {_MONTHS[day.month - 1]}"


def local_time(moment: datetime) -> str:
    """Return the clock time of ``moment`` in China: 10:42."""
    return moment.astimezone(CHINA).strftime("%H:%M")
