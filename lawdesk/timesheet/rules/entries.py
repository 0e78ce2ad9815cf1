"""Time entries: where they come from, what kind of work, rounding, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.timesheet.rules.daywords import check_entry_day
from lawdesk.timesheet.rules.durations import DAY_MINUTES, check_minutes

LONG_TIMER_MINUTES = 12 * 60
"""A timer that ran longer was most likely forgotten: stopping it asks how long the work really took."""
NARRATIVE_LIMIT = 2000
MAX_RATE_FEN = 10_000_000
"""100,000 yuan an hour: above that somebody leant on a key."""


class Source(StrEnum):
    """How an entry came to be."""

    TIMER = "timer"
    QUICK = "quick"
    MANUAL = "manual"
    IMPORT = "import"


SOURCE_TITLES = {
    Source.TIMER: N_("Timer"),
    Source.QUICK: N_("Quick entry"),
    Source.MANUAL: N_("By hand"),
    Source.IMPORT: N_("Imported"),
}


class Activity(StrEnum):
    """What kind of work it was."""

    DRAFTING = "drafting"
    RESEARCH = "research"
    REVIEW = "review"
    HEARING = "hearing"
    MEETING = "meeting"
    CALL = "call"
    TRAVEL = "travel"
    FILING = "filing"
    OFFICE = "office"
    OTHER = "other"


ACTIVITY_TITLES = {
    Activity.DRAFTING: N_("Drafting"),
    Activity.RESEARCH: N_("Legal research"),
    Activity.REVIEW: N_("Reviewing files"),
    Activity.HEARING: N_("Hearing"),
    Activity.MEETING: N_("Meeting"),
    Activity.CALL: N_("Calls and messages"),
    Activity.TRAVEL: N_("Travel"),
    Activity.FILING: N_("Filing and errands"),
    Activity.OFFICE: N_("Office matters"),
    Activity.OTHER: N_("Other work"),
}
# the first that fits wins: 起草庭审提纲 is drafting, not a hearing
_SIGNS: tuple[tuple[Activity, tuple[str, ...]], ...] = (
    (Activity.CALL, ("电话", "微信", "邮件", "call", "phone", "e-mail", "email")),
    (Activity.DRAFTING, ("起草", "撰写", "草拟", "拟定", "拟写", "修改", "提纲", "draft", "write", "revise")),
    (Activity.TRAVEL, ("出差", "差旅", "路途", "往返", "travel", "trip")),
    (Activity.FILING, ("立案", "递交", "缴费", "调档", "送达", "领取", "file", "filing", "submit")),
    (Activity.RESEARCH, ("检索", "研究", "类案", "research")),
    (Activity.REVIEW, ("阅卷", "审阅", "审查", "查阅", "整理", "核对", "review", "read")),
    (Activity.HEARING, ("开庭", "庭审", "出庭", "质证", "听证", "调解", "仲裁庭", "hearing", "trial")),
    (Activity.MEETING, ("会见", "会谈", "会议", "面谈", "讨论", "接待", "meeting", "meet")),
    (Activity.OFFICE, ("培训", "所务", "例会", "training")),
)


@dataclass(frozen=True)
class EntryDraft:
    """An entry as it is entered. ``case_id`` None: for the office; ``rate_fen_per_hour`` None: the usual."""

    case_id: int | None
    day: date
    minutes: int
    narrative: str = ""
    activity: Activity | None = None
    source: Source = Source.MANUAL
    billable: bool = True
    person_id: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    rate_fen_per_hour: int | None = None

    def settled(self, rounding: int) -> EntryDraft:
        """Return the draft as it is booked: rounded up, activity guessed where none was given, words tidied.

        Times of day are kept while the day is theirs and the minutes fit between them (a timer may have paused).
        """
        started, ended = (self.started_at, self.ended_at) if self._fits_its_times() else (None, None)
        return replace(
            self,
            started_at=started,
            ended_at=ended,
            minutes=round_up(self.minutes, rounding),
            narrative=" ".join(self.narrative.split()),
            activity=self.activity or guess_activity(self.narrative, office=self.case_id is None),
            billable=self.billable and self.case_id is not None,
        )

    def _fits_its_times(self) -> bool:
        if self.started_at is None or self.ended_at is None:
            return False
        room = ceil((self.ended_at - self.started_at).total_seconds() / 60)
        return self.started_at.astimezone(CHINA).date() == self.day and self.minutes <= max(room, 1)


def check_entry(draft: EntryDraft, today: date) -> list[Problem]:
    """Return everything that is wrong with an entry."""
    problems = [check_minutes(draft.minutes), check_entry_day(draft.day, today)]
    if len(draft.narrative) > NARRATIVE_LIMIT:
        message = N_("The note is longer than {limit} characters. Shorten it, or put the text into a document.")
        problems.append(Problem("time.narrative", message, "narrative", params={"limit": NARRATIVE_LIMIT}))
    if draft.rate_fen_per_hour is not None:
        problems.append(check_rate(draft.rate_fen_per_hour))
    if draft.started_at and draft.ended_at and draft.ended_at < draft.started_at:
        message = N_("The end lies before the beginning. Correct one of them.")
        problems.append(Problem("time.backwards", message, "minutes"))
    return [problem for problem in problems if problem is not None]


def check_day_total(minutes: int, day: date) -> Problem | None:
    """Return what is wrong when one person's entries of ``day`` add up to ``minutes``."""
    if minutes <= DAY_MINUTES:
        return None
    message = N_("{day} would have more than 24 hours. Look for an entry that is there twice.")
    return Problem("time.day_full", message, "minutes", params={"day": day.isoformat()})


def check_rate(fen_per_hour: int) -> Problem | None:
    """Return what is wrong with a rate."""
    if 0 <= fen_per_hour <= MAX_RATE_FEN:
        return None
    message = N_("A rate lies between 0 and 100,000 yuan an hour.")
    return Problem("time.rate", message, "rate")


def round_up(minutes: int, step: int) -> int:
    """Return ``minutes`` rounded up to whole steps, never beyond a day.

    >>> round_up(61, 6), round_up(60, 6), round_up(1, 15), round_up(1439, 15)
    (66, 60, 15, 1440)
    """
    rounded = -(-minutes // step) * step
    return max(minutes, min(rounded, DAY_MINUTES))


def amount_fen(minutes: int, fen_per_hour: int) -> int:
    """Return what ``minutes`` are worth: ``minutes × rate / 60``, half a fen rounded up, in whole numbers only.

    >>> amount_fen(80, 120_000)  # 1:20 at 1,200.00 yuan an hour is 1,600.00 yuan
    160000
    >>> amount_fen(1, 100)  # 1.67 fen
    2
    >>> amount_fen(1, 90)  # 1.5 fen: half a fen counts as a whole one
    2
    >>> amount_fen(1, 89)  # 1.483 fen
    1

    Each entry is rounded by itself and totals are sums of rounded entries, so that what stands under a column is
    what stands in it.
    """
    return (minutes * fen_per_hour + 30) // 60


def guess_activity(narrative: str, *, office: bool = False) -> Activity:
    """Return the kind of work the words name; :attr:`Activity.OTHER` (or OFFICE) when they name none."""
    words = narrative.lower()
    for activity, signs in _SIGNS:
        if any(sign in words for sign in signs):
            return activity
    return Activity.OFFICE if office else Activity.OTHER


def timer_minutes(seconds: int) -> int:
    """Return whole minutes for a timer's seconds: a begun minute counts, and at least one is booked."""
    return max(1, -(-seconds // 60))
