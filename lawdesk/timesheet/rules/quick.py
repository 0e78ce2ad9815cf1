"""The quick entry: one line such as ``昨天 1h20m 起草上诉状 @墨禾``, read into its parts or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.timesheet.rules.clocktimes import RANGE, ClockRange, read_range
from lawdesk.timesheet.rules.daywords import DAY, check_entry_day, read_day
from lawdesk.timesheet.rules.durations import (
    NO_DURATION,
    Span,
    check_minutes,
    find_durations,
    match_duration,
    narrow,
)

OFFICE_WORDS = frozenset({"所内", "律所", "本所", "office", "internal"})
"""What after ``@`` means no case: training, meetings, administration."""
_EDGES = " \t,.:;、，。：；-~"
_AMBIGUOUS_FROM = 8 * 60
_TOLERANCE = timedelta(minutes=15)


@dataclass(frozen=True)
class QuickReading:
    """What one line says. ``minutes`` is None when it could not be read; ``problems`` says what is wrong and why.

    ``day`` is None when no day was named (today is meant). ``case_words`` are the words after ``@``; None without
    an ``@``. A reading may be shown while somebody still types; it may be booked when it is ``sound``.
    """

    text: str
    minutes: int | None = None
    day: date | None = None
    started: time | None = None
    ended: time | None = None
    narrative: str = ""
    case_words: str | None = None
    problems: tuple[Problem, ...] = field(default=(), hash=False)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems

    @property
    def office(self) -> bool:
        """Whether the time was spent for the office, on no case."""
        return self.case_words is not None and self.case_words.lower() in OFFICE_WORDS


def parse_quick_entry(text: str, today: date, now: datetime | None = None) -> QuickReading:
    """Read one line: day words in front, a duration or times of day, what was done, ``@`` and words of the case.

    Understands ``1h20m 1h 45m 1:20 80分钟 80分 1.5小时 1小时20分 一个半小时 半小时 一刻钟``, ``2 hours 15 min``,
    ``9:30-10:45``, ``9点半到10点45``, ``下午2点到4点``, ``2pm-4pm``; days as ``昨天 周三 11月5日 11-5 5 Nov``.
    Full-width digits and signs count as plain ones. The duration stands first or last: in the middle it may belong
    to what was done (起草30分钟发言稿). Whatever could be meant in two ways is a problem, never a guess. With
    ``now``, times of day still to come are refused.
    """
    return _Reader(text, today, now).read()


class _Reader:
    """Reads one line from the front, then from its end."""

    def __init__(self, text: str, today: date, now: datetime | None) -> None:
        self.text, self.today, self.now = text, today, now
        self.problems: list[Problem] = []
        self.day: date | None = None
        self.times: ClockRange | None = None
        self.span: Span | None = None
        self.refused = False

    def read(self) -> QuickReading:
        rest, case_words = self._split_case()
        plain = narrow(rest)
        at = self._front(plain)
        rest = self._end(rest[at:])
        minutes = self.times.minutes if self.times else self.span.minutes if self.span else None
        if minutes is None and not self.refused:
            self._refuse(NO_DURATION)
        if minutes is not None and (problem := check_minutes(minutes)):
            self._refuse(problem)
        narrative = " ".join(rest.split()).strip(_EDGES)
        if not narrative and not self.refused:
            message = N_("What was done? Write it after the time; a few words do.")
            self._refuse(Problem("time.no_narrative", message, "narrative"))
        self._check_when()
        started, ended = (self.times.start, self.times.end) if self.times else (None, None)
        return QuickReading(
            self.text, minutes, self.day, started, ended, narrative, case_words, tuple(self.problems)
        )

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.refused = self.refused or problem.field == "minutes"

    def _split_case(self) -> tuple[str, str | None]:
        """Cut off the words after ``@``; an ``@`` inside an e-mail address is not one of ours."""
        plain = narrow(self.text)
        marks = [m.start() for m in re.finditer(r"(?<![A-Za-z0-9])@|@(?![A-Za-z0-9])", plain)]
        if not marks:
            return self.text, None
        if len(marks) > 1:
            message = N_("Two cases are named. One entry belongs to one case: divide it into two lines.")
            self._refuse(Problem("time.two_cases", message, "case"))
            return self.text[: marks[0]], None
        head, tail = self.text[: marks[0]], self.text[marks[0] + 1 :]
        words, rest = tail.strip(), ""
        if not head.strip():  # @墨禾 1h 起草: the first word is the case
            words, _space, rest = words.partition(" ")
        if not words:
            message = N_("After @ the case is missing: a word of its name, a party or its number.")
            self._refuse(Problem("time.no_case_words", message, "case"))
        return f"{head}{rest}", words

    def _front(self, plain: str) -> int:
        """Read days, times and durations from the front until something else comes; return where that is."""
        at = _skip(plain, 0)
        while at < len(plain):
            end = self._range(plain, at) or self._named_day(plain, at) or self._duration(plain, at)
            if end is None:
                break
            at = _skip(plain, end)
        return at

    def _range(self, plain: str, at: int) -> int | None:
        match = RANGE.match(plain, at) if self.times is None else None
        if match is None:
            return None
        found = read_range(match)
        if isinstance(found, Problem):
            self._refuse(found)
        else:
            self.times = found
            self._compare()
        return match.end()

    def _named_day(self, plain: str, at: int) -> int | None:
        match = DAY.match(plain, at) if self.day is None else None
        if match is None:
            return None
        known = self.span is not None or self.times is not None
        if known and plain[match.end() : match.end() + 1] not in ("", " ", ",", "、"):
            return None  # 1h 昨天会议的纪要: after the time a day stands apart
        after = plain[match.end() :]
        if match["bare"] and not known and not find_durations(after) and not RANGE.search(after):
            message = N_("{text} could be a day or times of day. Write 9月10日 or 9:00-10:00.")
            self._refuse(Problem("time.ambiguous", message, "minutes", params={"text": match["bare"]}))
            return match.end()
        found = read_day(match, self.today)
        if isinstance(found, Problem):
            self._refuse(found)
        else:
            self.day = found
        return match.end()

    def _duration(self, plain: str, at: int) -> int | None:
        span = match_duration(plain, at) if self.span is None else None
        if span is None:
            return None
        self._take(span, plain)
        return span.end

    def _take(self, span: Span, plain: str) -> None:
        """Take over a duration; from ``8:00`` on it could be a time of day as well, and nobody can know."""
        self.span = span
        if span.problem is not None:
            self._refuse(span.problem)
        elif span.clock_like and span.minutes is not None and span.minutes >= _AMBIGUOUS_FROM:
            message = N_(
                "{text} could be a length or a time of day. Write {hours}h{rest}m, or from and to: 9:30-10:45."
            )
            params = {
                "text": plain[span.start : span.end],
                "hours": span.minutes // 60,
                "rest": f"{span.minutes % 60:02d}",
            }
            self._refuse(Problem("time.ambiguous", message, "minutes", params=params))
            self.span = Span(span.start, span.end, None)
        self._compare()

    def _compare(self) -> None:
        if self.times is None or self.span is None or self.span.minutes in (None, self.times.minutes):
            return
        message = N_("The time of {one} min and the times of day ({other} min) do not agree. Keep one of them.")
        params = {"one": self.span.minutes, "other": self.times.minutes}
        self._refuse(Problem("time.disagree", message, "minutes", params=params))

    def _end(self, rest: str) -> str:
        """Look for a time at the end of the line, and for a second one that contradicts the first."""
        plain = narrow(rest).rstrip(_EDGES)
        last = next((m for m in RANGE.finditer(plain) if m.end() == len(plain)), None)
        closing = next((span for span in find_durations(plain) if span.end == len(plain)), None)
        if self.span is not None or self.times is not None:
            if closing is not None and closing.minutes != self._minutes() and plain[: closing.start].strip(_EDGES):
                message = N_("There are two lengths of time, the other one is {text}. Which is it? Keep only one.")
                params = {"text": plain[closing.start :].strip()}
                self._refuse(Problem("time.two_durations", message, "minutes", params=params))
            return rest
        if self.refused:
            return rest
        if last is not None:
            self._range(plain, last.start())
            return rest[: last.start()]
        if closing is not None:
            self._take(closing, plain)
            return rest[: closing.start]
        self._doubt(plain)
        return rest

    def _minutes(self) -> int | None:
        return self.times.minutes if self.times else self.span.minutes if self.span else None

    def _doubt(self, plain: str) -> None:
        """Say what is unclear about a line with a time in its middle, or with a number and no unit."""
        inside = find_durations(plain)
        number = re.match(r"(\d+(?:\.\d+)?)(?=\s|$)", plain)
        if number:
            message = N_("{text} of what? Write {text}m for minutes or {text}h for hours.")
            self._refuse(Problem("time.no_unit", message, "minutes", params={"text": number[1]}))
        elif inside:
            message = N_("Is {text} the time it took, or part of what was done? Write the time first.")
            shown = plain[inside[0].start : inside[0].end].strip()
            self._refuse(Problem("time.inside", message, "minutes", params={"text": shown}))

    def _check_when(self) -> None:
        """Time is recorded after it was spent."""
        day = self.day or self.today
        if problem := check_entry_day(day, self.today):
            self._refuse(problem)
        if self.now is None or self.times is None or day != self.today:
            return
        end = datetime.combine(day, self.times.end, CHINA)
        if self.times.end < self.times.start:
            end += timedelta(days=1)
        if end > self.now + _TOLERANCE:
            message = N_("{time} is still to come. Record time after it was spent, or start the timer.")
            params = {"time": f"{self.times.end:%H:%M}"}
            self._refuse(Problem("time.future", message, "minutes", params=params))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ,:;、；":
        at += 1
    return at
