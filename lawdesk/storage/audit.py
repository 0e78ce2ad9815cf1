"""The audit record: who did what, when, chained so that a later change shows.

Each record holds the SHA-256 of itself and of the one before. Editing, deleting, inserting or swapping rows
breaks the chain; :func:`verify_chain` names the first broken place. Records hold ids and codes, never the
contents of secrets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from lawdesk.storage.record import moment_field

GENESIS = "0" * 64


class AuditRecord(SQLModel, table=True):
    """One thing that was done. Append only."""

    __tablename__ = "audit_record"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment_field()
    actor_id: int | None = Field(default=None)
    actor_name: str = Field(default="")
    action: str = Field(index=True)
    subject: str
    subject_id: int | None = Field(default=None, index=True)
    subject_uid: str = Field(default="")
    case_id: int | None = Field(default=None, index=True)
    detail: str = Field(default="{}")
    previous_hash: str
    hash: str


_NEWEST = select(col(AuditRecord.hash)).order_by(col(AuditRecord.id).desc()).limit(1)


@dataclass(frozen=True)
class ChainReport:
    """What a walk along the chain found; ``broken_at`` is the id of the first record that does not fit."""

    records: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether every record fits the one before."""
        return self.broken_at is None


def record_hash(record: AuditRecord) -> str:
    """Return the SHA-256 (hex) over the fields of ``record`` and the hash before it."""
    fields = [
        record.previous_hash,
        record.at.isoformat(timespec="microseconds"),
        record.actor_id,
        record.actor_name,
        record.action,
        record.subject,
        record.subject_id,
        record.subject_uid,
        record.case_id,
        record.detail,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8")).hexdigest()


def append(session: Session, record: AuditRecord) -> None:
    """Chain ``record`` to the newest one and add it to the running transaction.

    The caller holds the write lock (SQLite: ``BEGIN IMMEDIATE``; PostgreSQL: an advisory lock), so two writers
    cannot chain to the same predecessor.
    """
    # Core, not ORM: the chain is one for everybody, no wall hides its newest link from the next.
    newest = session.connection().execute(_NEWEST).scalar()
    record.previous_hash = newest or GENESIS
    record.hash = record_hash(record)
    session.add(record)
    session.flush()


def verify_chain(session: Session, look: Callable[[AuditRecord, int], None] | None = None) -> ChainReport:
    """Walk the whole chain, oldest first; ``look`` is shown each record that fits, with its number from 1."""
    expected, count = GENESIS, 0
    for record in session.exec(select(AuditRecord).order_by(col(AuditRecord.id))).yield_per(1000):
        record_id = record.id or 0
        if record.previous_hash != expected:
            return ChainReport(count, expected, record_id, "previous")
        if record_hash(record) != record.hash:
            return ChainReport(count, expected, record_id, "content")
        expected, count = record.hash, count + 1
        if look is not None:
            look(record, count)
    return ChainReport(count, expected)
