"""What is entered about events and deadlines, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lawdesk.deadlines.rules import Computation, Rule, Whose
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

EARLIEST_EVENT = date(1980, 1, 1)


@dataclass(frozen=True)
class EventDraft:
    """Something that happened: in which case and proceeding, what, when."""

    case_id: int
    happened_on: date
    title: str
    trigger: str = ""
    proceeding_id: int | None = None
    happened_at: str = ""
    in_custody: bool = False
    foreign: bool = False
    note: str = ""


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


@dataclass(frozen=True)
class Recount:
    """What recomputing one deadline changed."""

    deadline_id: int
    title_zh: str
    title_en: str
    before: date
    after: date


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
    if draft.due < EARLIEST_EVENT or draft.due.year > today.year + 30:
        problems.append(Problem("deadline.day", N_("This day cannot be right."), "due"))
    return problems
