"""Tables of what happened and of what is due for it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from lawdesk.storage.record import Record, moment_field

STATUSES = ("open", "done", "waived", "withdrawn")
KINDS = ("deadline", "hearing", "task")


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
