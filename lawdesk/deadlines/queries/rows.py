"""What look-ups about deadlines return: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lawdesk.kernel.i18n import language


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline with its case and, where an event made it, what happened."""

    id: int
    version: int
    case_id: int
    case_number: str
    case_title: str
    court: str
    court_number: str
    proceeding_id: int | None
    event_id: int | None
    event_title: str
    kind: str
    title_zh: str
    title_en: str
    rule: str
    rule_version: str
    statute: str
    article: str
    length_override: int | None
    trigger_date: date | None
    happened_at: str
    in_custody: bool
    foreign: bool
    due: date
    due_time: str
    computed_due: date | None
    raw_end: date | None
    early_warning: date | None
    printed_due: date | None
    provisional: bool
    whose: str
    person_id: int
    person: str
    status: str
    done_on: date | None
    done_by: str
    reason: str
    note: str
    extended_to: date | None = None
    evidence: str = ""
    evidence_id: int | None = None
    checked_by: str = ""
    entered_by: str = ""
    entered_on: date | None = None

    @property
    def title(self) -> str:
        """What is due, in the user's language."""
        return self.title_zh if language() == "zh" or not self.title_en else self.title_en

    @property
    def rolled(self) -> bool:
        """Whether rest days moved the last day."""
        return self.raw_end is not None and self.computed_due is not None and self.raw_end != self.computed_due

    @property
    def differs(self) -> bool:
        """Whether the printed date is not the computed one: somebody must look."""
        return (
            self.printed_due is not None
            and self.computed_due is not None
            and self.printed_due != self.computed_due
        )


@dataclass(frozen=True)
class EventRow:
    """Something that happened in a case."""

    id: int
    version: int
    case_id: int
    proceeding_id: int | None
    trigger: str
    title: str
    happened_on: date
    happened_at: str
    note: str
    withdrawn: bool
    reason: str


@dataclass(frozen=True)
class DocketFilter:
    """Which deadlines: whose, of which case or event, until when, with or without those that are over.

    ``hearings``: only hearings, or everything else. ``status``: one of the model's, "closed" for all that is no
    longer open, None for every one. ``timed`` leaves only what has a clock time or is a hearing: the agenda.
    """

    person_id: int | None = None
    case_id: int | None = None
    event_id: int | None = None
    since: date | None = None
    until: date | None = None
    status: str | None = "open"
    ours_only: bool = False
    timed: bool = False
    hearings: bool | None = None


OPEN = DocketFilter()
"""Everything that is open."""


@dataclass(frozen=True)
class DayOfMonth:
    """One day of the month view: how many open deadlines, and the first few of all there are."""

    count: int
    rows: tuple[DeadlineRow, ...]


@dataclass(frozen=True)
class ClosedRow:
    """Days the firm entered as off (``holiday``, periods move) or shut (``closure``, they do not)."""

    first: date
    last: date
    name: str
    kind: str = "closure"
    court: str = ""
    id: int | None = None


@dataclass(frozen=True)
class RequestRow:
    """A change somebody asked for; ``granted`` is None while it waits for a second person."""

    id: int
    deadline_id: int
    case_id: int
    case_number: str
    title_zh: str
    title_en: str
    kind: str
    before: date
    due: date | None
    reason: str
    evidence: str
    asked_by: int
    asked_name: str
    asked_at: datetime | None = None
    granted: bool | None = None
    decided_name: str = ""
    changed_at: datetime | None = None

    @property
    def title(self) -> str:
        """What is due, in the user's language."""
        return self.title_zh if language() == "zh" or not self.title_en else self.title_en


@dataclass(frozen=True)
class TurnRow:
    """What interrupted or suspended a limitation period."""

    id: int
    kind: str
    first: date
    last: date | None
    ground: str
    evidence: str


@dataclass(frozen=True)
class ReminderRow:
    """One line of the ledger: for which deadline, whose, which rung, when it was shown and seen."""

    id: int
    deadline_id: int
    case_id: int
    case_number: str
    case_title: str
    title_zh: str
    title_en: str
    kind: str
    due: date
    due_time: str
    person_id: int
    person: str
    level: str
    step: int
    falls_on: date
    shown_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def title(self) -> str:
        """What is due, in the user's language."""
        return self.title_zh if language() == "zh" or not self.title_en else self.title_en


@dataclass(frozen=True)
class BareCase:
    """An open case in which nothing is due and nothing is noted: nobody will look at it again."""

    case_id: int
    number: str
    title: str
    lead_id: int
    lead: str


@dataclass(frozen=True)
class DeputyRow:
    """Who stands in for whom: always, or from ``first`` to ``last``."""

    id: int
    person_id: int
    person: str
    deputy_id: int
    deputy: str
    first: date | None
    last: date | None
    note: str
