"""What is entered about events and deadlines, as frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lawdesk.deadlines.rules import Computation, Rule, Whose
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, language

EARLIEST_EVENT = date(1980, 1, 1)


@dataclass(frozen=True)
class EventDraft:
    """Something that happened: in which case and proceeding, what, when.

    ``parent_rule``: it happens at the end of that period of the event ``parent_id`` and moves with it.
    """

    case_id: int
    happened_on: date
    title: str
    trigger: str = ""
    proceeding_id: int | None = None
    happened_at: str = ""
    in_custody: bool = False
    foreign: bool = False
    note: str = ""
    parent_id: int | None = None
    parent_rule: str = ""


@dataclass(frozen=True)
class Proposal:
    """A deadline LawDesk proposes for an event; ``ticked`` where it binds our side."""

    rule: Rule
    computation: Computation
    whose: Whose
    ticked: bool


@dataclass(frozen=True)
class ChosenDeadline:
    """A proposed deadline the lawyer takes, with the date the court's paper prints, if it does."""

    rule: str
    printed_due: date | None = None
    length_override: int | None = None


@dataclass(frozen=True)
class FollowUp:
    """An event at the end of a proposed period (a public notice serves what it serves), and what that starts."""

    draft: EventDraft
    proposals: tuple[Proposal, ...] = ()
    chosen: tuple[ChosenDeadline, ...] = ()


@dataclass(frozen=True)
class ManualDeadline:
    """A date entered by hand: a hearing, a task, or a day the court set."""

    case_id: int
    title: str
    due: date
    kind: str = "deadline"
    due_time: str = ""
    proceeding_id: int | None = None
    person_id: int | None = None
    note: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Recount:
    """What recomputing one deadline changed; ``computed`` is the new count where a printed date holds."""

    deadline_id: int
    title_zh: str
    title_en: str
    before: date
    after: date
    computed: date | None = None

    @property
    def title(self) -> str:
        """What is due, in the user's language."""
        return self.title_zh if language() == "zh" or not self.title_en else self.title_en


@dataclass(frozen=True)
class RecountReport:
    """What counting many deadlines again brought: how many were read, which moved, how many are still provisional.

    ``failed``: deadlines that can no longer be counted (a rule that was taken away); they keep their day.
    """

    read: int
    moved: tuple[Recount, ...]
    provisional: int
    failed: tuple[int, ...] = ()


def check_event(draft: EventDraft, today: date) -> list[Problem]:
    """Return what is wrong with an event: no words, a day before 1980 or far ahead."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("event.title", N_("What happened? Say it in a few words."), "title"))
    if draft.happened_on < EARLIEST_EVENT:
        problems.append(Problem("event.early", N_("This day lies before 1980."), "happened_on"))
    if draft.happened_on.year > today.year + 30:
        problems.append(Problem("event.late", N_("This day lies more than 30 years ahead."), "happened_on"))
    return problems


def check_manual(draft: ManualDeadline, today: date) -> list[Problem]:
    """Return what is wrong with a date entered by hand."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("deadline.title", N_("What is due? Say it in a few words."), "title"))
    if not possible_day(draft.due, today):
        problems.append(Problem("deadline.day", N_("This day cannot be right."), "due"))
    if draft.due_time and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", draft.due_time):
        problems.append(Problem("deadline.time", N_("Write the time as 9:30."), "due_time"))
    return problems


def possible_day(day: date, today: date) -> bool:
    """Whether something can be due on ``day``: not before 1980, at most 30 years ahead."""
    return day >= EARLIEST_EVENT and day.year <= today.year + 30
