"""The firm's own tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from lawdesk.firm.rules import Role
from lawdesk.storage.record import Record, moment_field

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class Firm(Record, table=True):
    """The firm; one row per office."""

    __tablename__ = "firm"

    name: str


class Person(Record, table=True):
    """Somebody who works here."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role"),)

    name: str
    login: str = Field(unique=True)
    role: str = Field(default=Role.LAWYER.value)
    licence_number: str = Field(default="")
    phone: str = Field(default="")
    active: bool = Field(default=True)


class FirmSettingValue(SQLModel, table=True):
    """What the office is set to; names and defaults are declared in the rules."""

    __tablename__ = "firm_setting"

    name: str = Field(primary_key=True)
    value: str


class RightChange(SQLModel, table=True):
    """Where the office's table of rights differs from the usual one."""

    __tablename__ = "right_change"

    role: str = Field(primary_key=True)
    action: str = Field(primary_key=True)
    granted: bool


class Wall(Record, table=True):
    """An ethical wall around a case or a party; it stands until ``ended_at``. Who put it up: ``created_by``."""

    __tablename__ = "wall"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (party_id IS NULL)", name="wall_around_one"),)

    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    reason: str
    ended_at: datetime | None = moment_field(default=None)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_why: str = Field(default="")


class WallPerson(Record, table=True):
    """Somebody inside a wall, or shut out by it though the role sees everything."""

    __tablename__ = "wall_person"
    __table_args__ = (UniqueConstraint("wall_id", "person_id", name="wall_person_once"),)

    wall_id: int = Field(foreign_key="wall.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    inside: bool


class WallQuestion(Record, table=True):
    """Somebody met a wall: its number (``id``) is the reference the director answers to.

    ``kind``: ``conflict`` (a conflict check found something behind walls; ``asked`` are the names) or ``opened``
    (a walled thing was asked for).
    """

    __tablename__ = "wall_question"

    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str
    asked: str = Field(default="")
    last_at: datetime = moment_field()
    times: int = Field(default=1)
    answer: str = Field(default="", index=True)
    words: str = Field(default="")
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = moment_field(default=None)


class WallSubject(SQLModel, table=True):
    """What a question met behind the walls: a row of its own, so that the wall hides it from who asked."""

    __tablename__ = "wall_subject"

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="wall_question.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
