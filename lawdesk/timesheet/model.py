"""Tables of time entries, running timers and rates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lawdesk.storage.record import Record, moment_field
from lawdesk.timesheet.rules import Activity, Source


def _among(column: str, values: list[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class TimeEntry(Record, table=True):
    """Time one person spent on one day; without a case it was spent for the office."""

    __tablename__ = "time_entry"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="time_entry_minutes"),
        CheckConstraint("rate_fen_per_hour IS NULL OR rate_fen_per_hour >= 0", name="time_entry_rate"),
        CheckConstraint(_among("source", [source.value for source in Source]), name="time_entry_source"),
        CheckConstraint(_among("activity", [kind.value for kind in Activity]), name="time_entry_activity"),
        CheckConstraint("case_id IS NOT NULL OR NOT billable", name="time_entry_office_unbilled"),
        Index("ix_time_entry_person_day", "person_id", "day"),
        Index("ix_time_entry_case_day", "case_id", "day"),
    )

    case_id: int | None = Field(default=None, foreign_key="cases.id")
    person_id: int = Field(foreign_key="person.id")
    day: date = Field(index=True)
    minutes: int
    started_at: datetime | None = moment_field(default=None)
    ended_at: datetime | None = moment_field(default=None)
    activity: str = Field(default=Activity.OTHER.value)
    narrative: str = Field(default="")
    source: str = Field(default=Source.MANUAL.value)
    billable: bool = Field(default=True)
    rate_fen_per_hour: int | None = Field(default=None, sa_type=BigInteger)
    locked: bool = Field(default=False)
    deleted: bool = Field(default=False)


class RunningTimer(Record, table=True):
    """The one timer of a person. ``started_at`` is None while it is paused; ``seconds`` ran before that."""

    __tablename__ = "running_timer"
    __table_args__ = (CheckConstraint("seconds >= 0", name="running_timer_seconds"),)

    person_id: int = Field(foreign_key="person.id", unique=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    narrative: str = Field(default="")
    first_at: datetime = moment_field()
    started_at: datetime | None = moment_field(default=None)
    seconds: int = Field(default=0)


class Rate(Record, table=True):
    """What an hour of a person costs from a day on."""

    __tablename__ = "rate"
    __table_args__ = (
        UniqueConstraint("person_id", "since", name="rate_once"),
        CheckConstraint("fen_per_hour >= 0", name="rate_not_negative"),
    )

    person_id: int = Field(foreign_key="person.id", index=True)
    since: date
    fen_per_hour: int = Field(sa_type=BigInteger)
