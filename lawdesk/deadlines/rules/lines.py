"""From one line a lawyer types to what happened, when, and when the hearing is.

"10月30日收到传票，11月3日14:30开庭" names two days with two meanings: each day takes its meaning from the first
word behind it that gives one (received, hearing), else from the words before it. What has no meaning is told,
not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from lawdesk.deadlines.rules.data import RuleBook, Trigger
from lawdesk.deadlines.rules.lineparts import (
    CASE_NUMBER,
    HELD,
    WIDE,
    LineClock,
    LineDay,
    Meaning,
    find_clocks,
    find_days,
    in_month,
    number,
    second_is_clock,
    without,
)
from lawdesk.deadlines.rules.loading import load_rulebook
from lawdesk.deadlines.rules.triggers import find_trigger

HEARING = "hearing-date"

# Events entered ahead of time: a day without a year stays in the year it is typed in.
_AHEAD = frozenset(
    [
        HEARING,
        "preservation-expiry",
        "performance-period-last-day",
        "principal-debt-due",
        "bill-due",
        "limitation-expiry",
        "annuity-due",
    ]
)
_ENDS = _AHEAD | {"rights-infringement-known", "public-notice-completed"}
"""Events that are themselves the end of something: their day is no limit set by a paper."""
_BACK = timedelta(days=90)
"""A hearing further back than this was meant for next year, where no year is typed."""

_CLAUSE = re.compile(r"[，,；;。\n]")
_GOT = "收到|收悉|签收|送达|领取|领到|拿到|接到|寄到|传票|received|served|summons|arrived|got"
_MEANINGS = re.compile(rf"(?P<hearing>{HELD})|(?P<happened>{_GOT})", re.IGNORECASE)
_MOVED_TO = re.compile(
    r"(?:改期?|延期?|推迟|推后|变更|调整|提前|顺延|moved|adjourned|postponed)\s*(?:到|至|为|于|to)?\s*$", re.I
)
_CALLED_OFF = re.compile(
    r"^[^，,；;。]{0,12}?(?:取消|改期|延期|推迟|撤销|不开|改[为到至在于]|变更|调整|cancel|adjourn|postpone)",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"(?:原定?|原先|本来)\s*(?:于|在|是)?\s*$")
_LIMIT_BEHIND = re.compile(r"^\s*(?:24[:时点](?:00)?)?\s*(?:之前|以前|前(?!往|来)|止|截止|为止|届满|到期)")
_LIMIT_AHEAD = re.compile(
    r"(?:至|(?<![收接拿领改期迟签送寄整后])到|截止|截至|最迟|不晚于|不迟于|\bby|\buntil|\bbefore)\s*(?:于|为|日期为?)?\s*$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:期限|期间|[诉辩证费案]期|限)\s*(?:为|是|:)?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[日天](?!\s*[开期])"
    r"|(?<![\d月])(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:个工作)?[日天](?:之内|以内|内)"
)
_PLACE = re.compile(
    r"(?:第\s*)?[一二三四五六七八九十百零〇\dA-Za-z]{1,4}\s*号?\s*(?:审判|小|大|法|仲裁|互联网)*庭(?!审|前)|courtroom\s+\w+",
    re.IGNORECASE,
)
_TIDY = (
    (re.compile(r"[自从]\s*起?\s*(?=[至到])|[（(]\s*[）)]"), ""),
    (re.compile(r"(?<=[一-龥，。；：]) +(?=[一-龥])"), ""),
    (re.compile(r"\s*([，,；;。：:])\s*"), r"\1"),
    (re.compile(r"[，,；;]+(?=[，,；;。]|$)"), ""),
    (re.compile(r"^[\s，,；;。：:、.\-]+|[\s，,；;：:、\-]+$"), ""),
    (re.compile(r"(?<=[A-Za-z])([,;:])(?=[A-Za-z])"), r"\1 "),
)


@dataclass(frozen=True, slots=True)
class ParsedEvent:
    """One line of event entry.

    ``day`` is when it happened: ``day_typed`` is false where the line names no such day and today was taken,
    ``year_guessed`` where the year was not typed. ``hearing``, ``at`` and ``place``: the hearing named in the same
    line; ``other_day``: the line tells of a summons, so ``day`` is not the day of the hearing. ``at`` is also the
    clock time of an event, needed for periods in hours. ``limit``: a last day the paper itself names; ``length``:
    the days it sets. ``unread`` are days and times in the line that were not used, ``afternoon``: an hour such as
    2:30 was taken as 14:30.
    """

    day: date
    triggers: tuple[Trigger, ...]
    words: str
    day_typed: bool = True
    year_guessed: bool = False
    at: time | None = None
    other_day: bool = False
    hearing: date | None = None
    place: str = ""
    limit: date | None = None
    unread: tuple[str, ...] = ()
    afternoon: bool = False
    hearing_year_guessed: bool = False
    length: int | None = None


def parse_event(text: str, today: date, *, rulebook: RuleBook | None = None) -> ParsedEvent:
    """Return days, hour and trigger candidates of a line such as ``11月5日 收到一审判决``.

    An event has happened: a day typed without a year that would lie ahead is taken from last year, except for
    events one enters ahead of time. A hearing without a year is the next one that fits. Without a day it is today.
    Raises ValueError for a day that does not exist.
    """
    line = text.translate(WIDE)
    masked = CASE_NUMBER.sub(lambda found: "□" * len(found[0]), line)
    days = list(find_days(masked, today))
    clocks = list(find_clocks(without(masked, days)))
    if days and not clocks:
        days, clocks = second_is_clock(masked, days)
    book = rulebook or load_rulebook()
    triggers = tuple(find_trigger(without(line, [*days, *clocks]), rulebook=book))
    first = triggers[0].id if triggers else ""
    days = [
        replace(found, meaning=_meaning(masked, days, place, clocks, first)) for place, found in enumerate(days)
    ]
    days = [_told(one, days, line=line, trigger=first, today=today) for one in days]
    if any(one.meaning == "hearing" for one in days) and not any(one.meaning == "happened" for one in days):
        triggers = (book.triggers[HEARING], *(one for one in triggers if one.id != HEARING))
    return _understood(text, days, clocks, triggers, today)


def _understood(
    line: str, days: list[LineDay], clocks: list[LineClock], triggers: tuple[Trigger, ...], today: date
) -> ParsedEvent:
    first = triggers[0].id if triggers else ""
    asked = first == HEARING or any(one.meaning == "hearing" for one in days)
    happened = next((one for one in days if one.meaning == "happened"), None)
    hearing = next((one for one in days if one.meaning == "hearing"), None)
    limit = next((one for one in days if one.meaning == "limit"), None)
    if happened is None and hearing is None:
        happened = next((one for one in days if one.meaning == ""), None)
    day, held, last = today, None, None
    if happened is not None:
        day = _past(happened, today) if first not in _AHEAD or hearing or first == HEARING else happened.day
    if hearing is not None:
        held = _ahead(hearing, day if happened is not None else None, today)
    if limit is not None:
        last = _ahead(limit, day if happened is not None else None, today)
    clock = _clock_of(clocks, hearing if asked else happened, days)
    parts: list[LineDay | LineClock] = [*days, *clocks]
    used = [one for one in (happened, hearing, limit, clock) if one is not None]
    adjourned = any(one.meaning == "old" for one in days)
    gone = [one for one in (happened, *(() if adjourned else (hearing, clock))) if one is not None]
    summons = bool(re.search(r"收|传票|通知|送达|summons|notice", line, re.IGNORECASE))
    place = _PLACE.search(line) if asked else None
    chief = happened or hearing
    return ParsedEvent(
        held if happened is None and held is not None and not summons else day,
        triggers,
        _tidy(without(line, gone)),
        day_typed=happened is not None or (held is not None and not summons),
        year_guessed=chief is not None and not chief.fixed,
        at=clock.at if clock is not None else None,
        other_day=asked and (happened is not None or (summons and first == HEARING)),
        hearing=held,
        place=" ".join(place[0].split()) if place else "",
        limit=last,
        unread=tuple(one.text.strip() for one in parts if one not in used),
        afternoon=clock is not None and clock.afternoon,
        hearing_year_guessed=hearing is not None and not hearing.fixed,
        length=_length(line.translate(WIDE)),
    )


# -- what they mean -----------------------------------------------------------------------------------------------


def _meaning(line: str, days: list[LineDay], place: int, clocks: list[LineClock], trigger: str) -> Meaning:
    """Return what the day at ``place`` means by the words around it."""
    one = days[place]
    before = line[days[place - 1].end if place else 0 : one.start]
    behind = line[one.end : days[place + 1].start if place + 1 < len(days) else len(line)]
    if _MOVED_TO.search(before) and (trigger == HEARING or re.search(HELD, line)):
        return "hearing"
    if trigger not in _ENDS and (_LIMIT_BEHIND.search(behind) or _LIMIT_AHEAD.search(before)):
        return "limit"
    known, after = _nearest(before, behind)
    if known is not None and known.lastgroup == "happened" and trigger == HEARING and not after:
        timed = any(one.end <= clock.start <= one.end + 4 for clock in clocks)
        return "hearing" if timed else ""  # 收到传票 11月3日9:30: nobody notes the hour a summons came
    if known is None:
        return ""
    if known.lastgroup == "hearing" and (_CALLED_OFF.search(behind) or _FORMERLY.search(before)):
        return "old"
    return "hearing" if known.lastgroup == "hearing" else "happened"


def _nearest(before: str, behind: str) -> tuple[re.Match[str] | None, bool]:
    """Return the word that gives a day its meaning and whether it stands behind: the same clause goes first."""
    here, there = _CLAUSE.split(behind)[0], _CLAUSE.split(before)[-1]
    for back, ahead in ((there, here), (before, behind)):
        if (found := _MEANINGS.search(ahead)) is not None:
            return found, True
        nearest = list(_MEANINGS.finditer(back))
        if nearest:
            return nearest[-1], False
    return None, False


def _told(one: LineDay, days: list[LineDay], *, line: str, trigger: str, today: date) -> LineDay:
    """Return a day with what only the calendar tells: what lies ahead has not been received or pronounced yet."""
    ahead = one.day > today
    if any(other.meaning == "hearing" for other in days):
        return replace(one, meaning="happened") if one.meaning == "" and trigger == HEARING and not ahead else one
    if one.meaning == "" and trigger == HEARING:
        return replace(one, meaning="hearing" if ahead else "happened")
    if one.meaning == "" and ahead and "宣判" in line:
        return replace(one, meaning="hearing")
    if one.meaning == "happened" and one.fixed and ahead and trigger == HEARING:
        return replace(one, meaning="hearing")
    return one


def _past(one: LineDay, today: date) -> date:
    """Return the day of something that happened: not ahead where the year, month or week was not typed."""
    if one.fixed or one.day <= today:
        return one.day
    if one.way in ("weekday", "weekday_en"):
        return one.day - timedelta(weeks=1)
    if one.way == "of_this_month":
        return in_month(today, -1, one.day.day)
    return date(one.day.year - 1, one.day.month, one.day.day)


def _ahead(one: LineDay, since: date | None, today: date) -> date:
    """Return the day of a hearing or limit: not before the paper came nor long past, where no year was typed."""
    near = one.way in ("weekday", "weekday_en", "of_this_month")
    if one.fixed or one.day >= (since if since is not None else today if near else today - _BACK):
        return one.day
    if one.way == "of_this_month":
        return in_month(today, 1, one.day.day)
    if near:
        return one.day + timedelta(weeks=1)
    return date(one.day.year + 1, one.day.month, one.day.day)


# -- hours, words -------------------------------------------------------------------------------------------------


def _length(line: str) -> int | None:
    """Return the days a paper sets: 举证期限30日, 十五日内, 7天内."""
    found = _LENGTH.search(line)
    return number(found[1] or found[2]) or None if found is not None else None


def _clock_of(clocks: list[LineClock], wanted: LineDay | None, days: list[LineDay]) -> LineClock | None:
    """Return the clock time that belongs to a day: behind it and before the next one, else one that has no day."""
    for clock in clocks:
        owner = next((one for one in reversed(days) if one.end <= clock.start), None)
        if owner is None or owner is wanted or wanted is None:
            return clock
    return None


def _tidy(words: str) -> str:
    words = " ".join(words.split())
    for pattern, wanted in _TIDY:
        words = pattern.sub(wanted, words)
    return words
