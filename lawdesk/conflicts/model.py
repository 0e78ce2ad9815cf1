"""The record of a conflict check, written once and never changed; and the keys under which names are found."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, LargeBinary, UniqueConstraint, event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Field, Session, SQLModel

from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
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


def row_digest(row: ConflictCheck) -> str:
    """Return the SHA-256 (hex) over everything a kept check says."""
    fields = [row.uid, row.asked_by, row.asked_at.isoformat(), row.outcome, row.result, row.names, row.content]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8")).hexdigest()


class ConflictConsent(Record, table=True):
    """A signed consent to a waived conflict, attached to the kept check; never changed, never taken out."""

    __tablename__ = "conflict_consent"

    check_id: int = Field(foreign_key="conflict_check.id", index=True)
    name: str
    sha256: str
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class ConflictNews(Record, table=True):
    """A hit on a party of an open case that its clearance did not know; ``content`` (JSON) is the hit as found."""

    __tablename__ = "conflict_news"
    __table_args__ = (UniqueConstraint("case_id", "asked", "party", "severity", name="conflict_news_once"),)

    case_id: int = Field(foreign_key="cases.id", index=True)
    asked: str
    party: str
    severity: str
    found_at: datetime = moment_field()
    content: str
    decision: str = Field(default="", index=True)
    why: str = Field(default="")
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = moment_field(default=None)


class ConflictAbout(SQLModel, table=True):
    """A party or case that a kept check or news tells of: who may not see it, does not see the record."""

    __tablename__ = "conflict_about"

    id: int | None = Field(default=None, primary_key=True)
    check_id: int | None = Field(default=None, foreign_key="conflict_check.id", index=True)
    news_id: int | None = Field(default=None, foreign_key="conflict_news.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)


_FOR_GOOD = (ConflictCheck, ConflictConsent)


def _never(_mapper: Any, _connection: Any, _target: object) -> None:
    raise _immutable()


def _never_in_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and state.bind_mapper and state.bind_mapper.class_ in _FOR_GOOD:
        raise _immutable()


def _immutable() -> UserError:
    return UserError(
        "conflict.immutable",
        N_("A recorded conflict check is never changed."),
        N_("It is the firm's proof of what was known on that day."),
        N_("Make a new check; both stay on record."),
    )


for _table in _FOR_GOOD:
    event.listen(_table, "before_update", _never)
    event.listen(_table, "before_delete", _never)
event.listen(Session, "do_orm_execute", _never_in_bulk)
