"""The record of a conflict check: written once, with the decision, and never changed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

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
