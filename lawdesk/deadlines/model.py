"""Tables of what happened and of what is due for it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lawdesk.storage.record import Record, moment_field

STATUSES = ("open", "done", "waived", "withdrawn")
KINDS = ("deadline", "hearing", "task")
TURNS = ("interrupted", "suspended")
CLOSED = ("holiday", "closure")
ASKED = ("move", "waive", "extend", "withdraw", "redate")


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class TriggerEvent(Record, table=True):
    """Something that happened in a case on a day; ``trigger`` names it in the law data, else it is empty."""

    __tablename__ = "trigger_event"

    case_id: int = Field(foreign_key="cases.id", index=True)
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id", index=True)
    trigger: str = Field(default="")
    title: str
    happened_on: date
    happened_at: str = Field(default="")  # "14:30", China time, where the hour counts
    in_custody: bool = Field(default=False)
    foreign: bool = Field(default=False)
    note: str = Field(default="")
    parent_id: int | None = Field(default=None, foreign_key="trigger_event.id", index=True)
    parent_rule: str = Field(default="")  # the period of the parent event at whose end this one happens
    withdrawn: bool = Field(default=False)
    reason: str = Field(default="")  # why it was withdrawn


class Deadline(Record, table=True):
    """Something due. ``due`` is the date that holds: the one printed on the court's paper, else the computed one.

    ``computed_due``, ``raw_end``, ``rule`` and ``rule_version`` are the check and the proof; ``provisional`` says
    that the date rests on a year without announced holidays.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint(_among("status", STATUSES), name="deadline_status"),
        CheckConstraint(_among("kind", KINDS), name="deadline_kind"),
        # lists, groups and counts are read from these alone, however many deadlines there are
        Index("ix_deadline_docket", "status", "due", "due_time", "whose", "person_id", "case_id"),
        Index("ix_deadline_mine", "person_id", "status", "due", "due_time", "whose", "case_id"),
        Index("ix_deadline_of_case", "case_id", "status", "due", "due_time", "whose"),
        Index("ix_deadline_provisional", "provisional", "status", "due"),
    )

    case_id: int = Field(foreign_key="cases.id")
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id")
    event_id: int | None = Field(default=None, foreign_key="trigger_event.id", index=True)
    kind: str = Field(default="deadline")
    title_zh: str
    title_en: str = Field(default="")
    rule: str = Field(default="")
    rule_version: str = Field(default="")
    statute: str = Field(default="")
    article: str = Field(default="")
    length_override: int | None = Field(default=None)
    trigger_date: date | None = Field(default=None)
    due: date
    due_time: str = Field(default="")
    computed_due: date | None = Field(default=None)
    raw_end: date | None = Field(default=None)
    early_warning: date | None = Field(default=None)
    printed_due: date | None = Field(default=None)
    provisional: bool = Field(default=False)
    whose: str = Field(default="ours")
    person_id: int = Field(foreign_key="person.id")
    status: str = Field(default="open")
    done_on: date | None = Field(default=None)
    done_by: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = moment_field(default=None)
    reason: str = Field(default="")
    note: str = Field(default="")
    extended_to: date | None = Field(default=None)  # as a court's paper extended it; wins over every other date
    evidence: str = Field(default="")  # the paper that proves the state: a receipt, the court's notice
    evidence_id: int | None = Field(default=None, foreign_key="document.id")
    outside_uid: str = Field(default="", index=True)  # what a court's calendar knows a hearing by
    checked_by: int | None = Field(default=None, foreign_key="person.id")
    checked_at: datetime | None = moment_field(default=None)


class LimitationTurn(Record, table=True):
    """What interrupted or suspended a limitation period.

    Interrupted: it runs anew from ``first`` (the end of the suit, the demand). Suspended: the obstacle lasted from
    ``first`` to ``last``, None while it lasts.
    """

    __tablename__ = "limitation_turn"
    __table_args__ = (CheckConstraint(_among("kind", TURNS), name="limitation_turn_kind"),)

    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    kind: str
    first: date
    last: date | None = Field(default=None)
    ground: str
    evidence: str = Field(default="")


class DeadlineRequest(Record, table=True):
    """A change of a deadline that waits for a second person, and what became of it.

    ``withdraw`` and ``redate`` are changes of the event the deadline hangs on; ``due``: its new day.
    """

    __tablename__ = "deadline_request"
    __table_args__ = (CheckConstraint(_among("kind", ASKED), name="deadline_request_kind"),)

    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    kind: str
    due: date | None = Field(default=None)
    reason: str
    evidence: str = Field(default="")
    evidence_id: int | None = Field(default=None)
    asked_by: int = Field(foreign_key="person.id")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted: bool | None = Field(default=None)


class FirmPeriod(Record, table=True):
    """A rule of the firm's own, or its correction of one of ours; ``content`` is JSON of the rule's fields."""

    __tablename__ = "firm_period"

    rule_id: str = Field(unique=True)
    content: str
    note: str = Field(default="")


class ImportedYear(Record, table=True):
    """The arrangement of holidays of one year, as a file that was checked and taken in."""

    __tablename__ = "imported_year"

    year: int = Field(unique=True)
    content: str  # JSON of the [[year]] table
    file_name: str
    file_hash: str


class ClosedDays(Record, table=True):
    """Days the firm enters itself.

    ``holiday``: everybody in the region is off, so periods move over it; ``closure``: a court's or the firm's own
    door is closed, which moves nothing but is warned of. ``court`` empty: everywhere.
    """

    __tablename__ = "closed_days"
    __table_args__ = (
        CheckConstraint(_among("kind", CLOSED), name="closed_days_kind"),
        CheckConstraint("first <= last", name="closed_days_order"),
    )

    kind: str
    first: date
    last: date
    name: str
    court: str = Field(default="")


class Reminder(Record, table=True):
    """One line of the ledger: a deadline, the step of its ladder, whom it was for, when it was shown and seen.

    ``step`` is how many days before ``due`` it fell; a deadline that moves gets a new ladder for its new day.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("deadline_id", "due", "step", "person_id", name="reminder_once"),
        Index("ix_reminder_waiting", "person_id", "acknowledged_at"),
    )

    deadline_id: int = Field(foreign_key="deadline.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    level: str
    step: int
    due: date
    falls_on: date
    shown_at: datetime | None = moment_field(default=None)
    acknowledged_at: datetime | None = moment_field(default=None)


class Deputy(Record, table=True):
    """Who stands in for somebody: always (without days), or while they are away."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("person_id <> deputy_id", name="deputy_not_self"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    deputy_id: int = Field(foreign_key="person.id")
    first: date | None = Field(default=None)
    last: date | None = Field(default=None)
    note: str = Field(default="")
