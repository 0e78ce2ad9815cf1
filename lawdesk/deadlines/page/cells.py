"""The counting strip as values: one cell per day, the middle of a long period folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lawdesk.deadlines.rules import Calendar, Computation, DayType, Step, Unit, explain, holiday_name
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.i18n import _, ngettext, pgettext

LONGEST = 35
"""Days drawn without a fold: five weeks."""
ENDS = 14
"""Days drawn before and after a fold: two weeks each."""


class Role(StrEnum):
    """What a day is in the count; ``RAW_END`` is the last day before rest days moved it."""

    TRIGGER = "trigger"
    COUNTED = "counted"
    SKIPPED = "skipped"
    RAW_END = "raw_end"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its role, its number in the count, the words at its foot, the sentence of its tip."""

    day: date
    role: Role
    rest: bool
    makeup: bool
    number: int | None = None
    foot: str = ""
    tip: str = ""

    @property
    def counts(self) -> bool:
        """Whether the day lies in the period."""
        return self.role in (Role.COUNTED, Role.RAW_END, Role.LAST)


@dataclass(frozen=True, slots=True)
class Fold:
    """Days that are not drawn."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def words(self) -> str:
        """Return how long the fold is: … 4 个月 …, … 23 天 …"""
        months = round(self.days / 30.44)
        if self.days >= 60:
            length = ngettext("{count} month", "{count} months", months).format(count=months)
        else:
            length = ngettext("{count} day", "{count} days", self.days).format(count=self.days)
        return f"… {length} …"


@dataclass(frozen=True, slots=True)
class Span:
    """A holiday over several cells."""

    words: str
    first: date
    last: date


@dataclass(frozen=True)
class Strip:
    """Everything the strip shows; ``whole`` has every day, ``shown`` folds the middle of a long period."""

    whole: tuple[Cell, ...]
    shown: tuple[Cell | Fold, ...]
    spans: tuple[Span, ...]
    sentence: str

    @property
    def weeks(self) -> tuple[Cell | Fold, ...]:
        """The strip in whole calendar weeks: two of them at each end of a long period."""
        folds = [item for item in self.shown if isinstance(item, Fold)]
        if not folds:
            return self.shown
        sunday = folds[0].first + timedelta(days=-1 - (folds[0].first - timedelta(days=1)).weekday() + 6)
        monday = folds[0].last + timedelta(days=1)
        monday -= timedelta(days=monday.weekday())
        head = tuple(cell for cell in self.whole if cell.day <= sunday)
        tail = tuple(cell for cell in self.whole if cell.day >= monday)
        if (monday - sunday).days <= 1:
            return self.whole
        return (*head, Fold(sunday + timedelta(days=1), monday - timedelta(days=1)), *tail)


def make_strip(found: Computation, trigger_words: str = "") -> Strip:
    """Return the strip of a computation; ``trigger_words`` stand at the foot of the trigger's day."""
    cells = _cells(found, trigger_words or pgettext("foot of the trigger's day", "served"))
    shown: tuple[Cell | Fold, ...] = cells
    if len(cells) > LONGEST:
        fold = Fold(cells[ENDS].day, cells[-ENDS - 1].day)
        shown = (*cells[:ENDS], fold, *cells[-ENDS:])
    drawn = [cell for cell in shown if isinstance(cell, Cell)]
    return Strip(cells, shown, _spans(drawn, found.calendar), _sentence(found, cells))


def _cells(found: Computation, trigger_words: str) -> tuple[Cell, ...]:
    steps = {step.date: step for step in found.steps}
    first = min(found.start.day, found.raw_end, found.due, found.opens or found.due)
    last = max(found.start.day, found.raw_end, found.due)
    return tuple(
        _cell(found, first + timedelta(days=place), steps, trigger_words)
        for place in range((last - first).days + 1)
    )


def _cell(found: Computation, day: date, steps: dict[date, Step], trigger_words: str) -> Cell:
    kind = found.calendar.day(day)
    step = steps.get(day)
    role = _role(found, day, step)
    number = step.counted if step is not None and found.rule.unit is Unit.DAY else None
    foot = str(number) if number else ""
    if role is Role.TRIGGER:
        foot = trigger_words
    elif role is Role.LAST:
        foot = pgettext("foot of the last day", "last day")
    elif role is Role.SKIPPED and found.rule.day_type is DayType.CALENDAR:
        foot = pgettext("foot of a day passed over", "moves on")
    elif found.opens == day:
        foot = pgettext("foot of the first day of a window", "opens")
    tip = explain(step) if step is not None else short_date(day)
    return Cell(day, role, kind.rest, kind.kind == "makeup", number, foot, tip)


def _role(found: Computation, day: date, step: Step | None) -> Role:
    if day == found.due:
        return Role.LAST
    if day == found.start.day and found.rule.start_day_excluded:
        return Role.TRIGGER
    if day == found.raw_end:
        return Role.RAW_END
    moved_over = found.raw_end < day < found.due
    left_out = step.code == "not_working" if step is not None else False
    no_workday = found.rule.day_type is DayType.WORKING and found.calendar.is_rest(day)
    return Role.SKIPPED if moved_over or left_out or no_workday else Role.COUNTED


def _spans(cells: list[Cell], calendar: Calendar) -> tuple[Span, ...]:
    """Return the announced holidays that lie among ``cells``, as far as they are drawn."""
    found: list[Span] = []
    days = {cell.day: cell for cell in cells}
    years = sorted({day.year for day in days})
    for year in years:
        for span in calendar.year(year).spans:
            inside = [day for day in days if span.first <= day <= span.last]
            if not inside:
                continue
            name, length = holiday_name(span.name), len(inside)
            words = ngettext("{name}, {count} day", "{name}, {count} days", length).format(name=name, count=length)
            if all(days[day].role in (Role.COUNTED, Role.RAW_END) for day in inside):
                words = _("{holiday}: counted").format(holiday=words)
            found.append(Span(words, min(inside), max(inside)))
    return tuple(found)


def _sentence(found: Computation, cells: tuple[Cell, ...]) -> str:
    """Return the strip in words, for those who hear it."""
    parts = [
        _("{day}: the trigger's day").format(day=short_date(found.start.day)),
        _("{day}: the last day").format(day=short_date(found.due)),
    ]
    rest = sum(1 for cell in cells if cell.rest and cell.role in (Role.COUNTED, Role.RAW_END))
    skipped = sum(1 for cell in cells if cell.role is Role.SKIPPED)
    if rest:
        parts.append(ngettext("{count} rest day counts", "{count} rest days count", rest).format(count=rest))
    if skipped:
        words = ngettext("{count} rest day is passed over", "{count} rest days are passed over", skipped)
        parts.append(words.format(count=skipped))
    if found.rolled:
        parts.append(_("before rest days it was {day}").format(day=short_date(found.raw_end)))
    joined = "，".join(parts)
    return _("Counted day by day: {words}").format(words=joined)
