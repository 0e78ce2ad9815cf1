"""Days and clock times inside a line as lawyers type them: where they stand, which day or time they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from lawdesk.kernel.dates import MONTH_NAMES, parse_day

Meaning = Literal["happened", "hearing", "old", "limit", ""]
HELD = "开庭|庭审|庭前会议|证据交换|质证|谈话|听证|hearing|trial"
WIDE = str.maketrans("０１２３４５６７８９：／．－", "0123456789:/.-")
CASE_NUMBER = re.compile(
    r"[（(\[〔【]\s*(?:19|20)\d{2}\s*[）)\]〕】][^\s，,。；;]{1,24}?号(?:之[一二三四五六七八九十\d]+)?"
)
_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_MONTHS = "|".join(sorted((name for names in MONTH_NAMES for name in names), key=len, reverse=True))
_YEAR_WORD = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_MONTH_WORD = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_FAR = {"大前天": -3, "大后天": 3, "昨日": -1, "明日": 1, "今": 0, "明": 1, "昨": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("full", r"(?<!\d)\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*[日号]?"),
        ("short_year", r"(?<!\d)(\d{2})(\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]?)"),
        ("compact", r"(?<!\d)(?:19|20)\d{6}(?!\d)"),
        ("numerals", rf"(?:[〇零○一二三四五六七八九]{{4}}年)?{_NUMERAL}月{_NUMERAL}[日号]"),
        ("month_day", r"(?:(去年|上年|今年|本年|明年)\s*)?(?<!\d)(\d{1,2}\s*月\s*\d{1,2}\s*[日号]?)"),
        ("of_month", r"(?:([上本这当下])个?月)\s*(\d{1,2})\s*[日号]"),
        ("english", rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b\.?(?:,?\s+\d{{4}}(?![\d:]))?"),
        ("english", rf"\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?:,?\s+\d{{4}}(?![\d:]))?"),
        ("far", r"大前天|大后天|昨日|明日|[今明](?=[早晚晨])|昨(?=晚)"),
        ("near", r"今天|今日|昨天|前天|明天|后天|\b(?:today|yesterday|tomorrow)\b"),
        (
            "counted",
            rf"(?<!\d)(?:\d{{1,4}}|{_NUMERAL}|两)\s*天(?:之?[前后]|以[前后])|(?<!\d)\d{{1,4}}\s*日(?:之|以)?[前后]",
        ),
        ("weekday", r"([上下本这])?个?(?:周|星期|礼拜)([一二三四五六日天])"),
        ("weekday_en", rf"\b(?:(last|this|next)\s+)?({'|'.join(_WEEKDAYS)})\b"),
        ("dotted", r"(?<![\d./\-一-龥a-z])\d{1,2}\s?[-/.]\s?\d{1,2}(?![\d./\-]|\s*[万元%年月个点时:])"),
        ("dotted", r"(?<=[到书决定状令票达]) ?\d{1,2}[-/.]\d{1,2}(?![\d./\-]|\s*[万元%年月个点时:])"),
        (
            "of_this_month",
            r"(?:(?<=[\s，,、:于在定达到])|^)(\d{1,2})\s*[日号](?!\s*[线楼室庭房内前后以之起厅]|法庭)",
        ),
    )
)
_CLOCK = re.compile(
    r"(凌晨|清晨|早上|上午|中午|下午|晚上|傍晚|早|晚|晨)?\s*(?<![\d.])(?:(\d{1,2})(?::(\d{2})(?::\d{2})?"
    r"|[点时](?:(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)分?|(半)|([一三])刻|整)?(?!\d))"
    r"|([一二两三四五六七八九十]{1,2})[点时](?:(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)分?|(半)|([一三])刻|整)?"
    r"|(\d{1,2})(?=\s*[ap]\.?m\b))\s*([ap]\.?m\b\.?)?"
    r"(?:\s*[-—–~至到]\s*\d{1,2}(?:[:点时]\d{0,2}分?半?))?",
    re.IGNORECASE,
)
_DOTTED_CLOCK = re.compile(r"\s*(\d{1,2})\.(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class LineDay:
    """A day found in a line, and what it means there. ``fixed``: its year or month was typed or is certain."""

    start: int
    end: int
    text: str
    day: date
    way: str
    fixed: bool
    meaning: Meaning = ""


@dataclass(frozen=True, slots=True)
class LineClock:
    """A clock time found in a line. ``afternoon``: a bare hour such as 2:30 was taken as 14:30."""

    start: int
    end: int
    text: str
    at: time
    afternoon: bool


# -- the days of a line -------------------------------------------------------------------------------------------


def find_days(line: str, today: date) -> Iterator[LineDay]:
    """Yield the days of a line in their order; a stretch of text is read once, by the fullest pattern."""
    taken = [False] * len(line)
    found = []
    for way, pattern in _PATTERNS:
        for match in pattern.finditer(line):
            if any(taken[match.start() : match.end()]):
                continue
            one = _read(way, match, today)
            if one is not None:
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(one)
    yield from sorted(found, key=lambda one: one.start)


def _read(way: str, match: re.Match[str], today: date) -> LineDay | None:
    """Return the day a pattern found; raises ValueError for a day written out that does not exist."""
    text, fixed = match[0].strip(), way not in ("month_day", "dotted", "of_this_month", "english", "numerals")
    if way == "short_year":
        day = parse_day(f"20{match[1]}{match[2]}", today)
    elif way == "month_day":
        moved = today.replace(day=1, year=today.year + _YEAR_WORD.get(match[1] or "", 0))
        day, fixed = parse_day(match[2], moved), match[1] is not None
    elif way == "of_month":
        day = in_month(today, _MONTH_WORD[match[1]], int(match[2]))
    elif way == "of_this_month":
        if not 1 <= int(match[1]) <= 31:
            return None
        day = in_month(today, 0, int(match[1]))
    elif way == "far":
        day = today + timedelta(days=_FAR[text])
    elif way == "weekday":
        day, fixed = parse_day(f"{match[1] or ''}周{match[2]}", today), match[1] is not None
    elif way == "weekday_en":
        weeks = {"last": -1, "next": 1}.get((match[1] or "").lower(), 0)
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(weeks=weeks, days=_WEEKDAYS.index(match[2].lower()))
        fixed = match[1] is not None
    elif way == "dotted":
        try:
            day = parse_day(text.replace(" ", ""), today)
        except ValueError:
            return _day_first(way, match, today)  # 13.40 is a number, 18/11 the 18th of November
    else:
        fixed = fixed or re.search(r"\d{4}|[〇零○一二三四五六七八九]{4}年", text) is not None
        day = parse_day(_in_digits(text), today)
    return LineDay(match.start(), match.end(), match[0], day, way, fixed)


def _day_first(way: str, match: re.Match[str], today: date) -> LineDay | None:
    first, _mark, second = re.split(r"\s*([-/.])\s*", match[0].strip())
    if "/" not in match[0] or not (12 < int(first) <= 31 and 1 <= int(second) <= 12):
        return None
    return LineDay(match.start(), match.end(), match[0], parse_day(f"{second}-{first}", today), way, fixed=False)


def in_month(today: date, months: int, day: int) -> date:
    """Return a day of the month so many months from this one; raises ValueError where it has no such day."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, day)


def _in_digits(text: str) -> str:
    """Return 三天前 as 3天前; everything else as it is."""
    match = re.fullmatch(rf"({_NUMERAL}|两)\s*(天.*)", text)
    return f"{number(match[1])}{match[2]}" if match else text


def number(text: str) -> int:
    """Return a whole number below a hundred in digits or Chinese numerals; 0 for none."""
    if text.isdigit():
        return int(text)
    digits = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return digits.get(ones, 0)
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)


def second_is_clock(line: str, days: list[LineDay]) -> tuple[list[LineDay], list[LineClock]]:
    """Read ``11.3 14.30`` and ``11月3日 9.30`` as a day and an hour."""
    for one in days:
        match = _DOTTED_CLOCK.match(line, one.end)
        if match and int(match[1]) < 24 and int(match[2]) < 60:
            clock = LineClock(
                match.start(), match.end(), match[0], time(int(match[1]), int(match[2])), afternoon=False
            )
            return [other for other in days if not match.start() <= other.start < match.end()], [clock]
    return days, []


def find_clocks(line: str) -> Iterator[LineClock]:
    """Yield the clock times of a line whose days were blanked out; of a span of hours, its beginning."""
    for match in _CLOCK.finditer(line):
        hour_words = match[2] or match[7] or match[11]
        minute_words = match[3] or match[4] or match[8] or ""
        hour, quarter = number(hour_words), match[6] or match[10]
        minute = number(minute_words) if minute_words else 30 if match[5] or match[9] else 0
        minute = {"一": 15, "三": 45}.get(quarter, minute) if quarter else minute
        part, half = match[1] or "", (match[12] or "").lower()[:1]
        if (part in ("下午", "晚上", "傍晚", "晚") or half == "p" or (part == "中午" and hour < 3)) and hour < 12:
            hour += 12
        elif half == "a" and hour == 12:
            hour = 0
        afternoon = not part and not half and hour < 7 and bool(re.search(HELD + "|传票", line, re.IGNORECASE))
        if hour + 12 * afternoon < 24 and minute < 60:
            at = time(hour + 12 * afternoon, minute)
            start = match.end() - len(match[0].lstrip())
            yield LineClock(start, match.end(), match[0].strip(), at, afternoon)


def without(line: str, found: Sequence[LineDay | LineClock]) -> str:
    """Return the line with blanks where these stand."""
    letters = list(line)
    for one in found:
        letters[one.start : one.end] = " " * (one.end - one.start)
    return "".join(letters)
