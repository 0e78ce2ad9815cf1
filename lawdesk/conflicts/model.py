"""The record of a conflict check, written once and never changed; and the keys under which names are found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer
from sqlmodel import Field, SQLModel

from lawdesk.storage.record import Record, moment_field


class ConflictCheck(Record, table=True):
    """One decided check: what was typed, what was searched, every hit with its decision; ``content`` is JSON."""

    __tablename__ = "conflict_check"

    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = moment_field()
    outcome: str
    result: str
    names: str
    content: str


class PartyKey(SQLModel, table=True):
    """A key (see the rules) and the name filed under it: four times the id of the name, and what it is.

    A row too many does no harm, what it leads to is scored anyway; so rows are only ever added until all are made
    anew. They are made from the names and no record of their own.
    """

    __tablename__ = "party_key"
    __table_args__ = {"sqlite_with_rowid": False}

    key: int = Field(primary_key=True, sa_type=Integer)
    slot: int = Field(primary_key=True, sa_type=Integer)


class KeyCount(SQLModel, table=True):
    """How many names a key has, for those that have very many."""

    __tablename__ = "key_count"

    key: int = Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False})
    n: int
