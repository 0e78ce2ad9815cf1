"""Storing very many new records at once: as one statement instead of one object and one round trip each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlmodel import SQLModel

from lawdesk.kernel.ids import new_uid
from lawdesk.storage.database import Work
from lawdesk.storage.faults import refuse_unstorable
from lawdesk.storage.record import Record


def insert_many(work: Work, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> range:
    """Store ``rows`` (values by column, every column that has no value of its own named) and return their ids.

    Ids follow each other in the order of the rows: the transaction holds the office's one write lock. The audit
    record is the caller's, as everywhere. Raises UserError for text that cannot be stored.
    """
    session = work.session
    session.flush()
    table: Table = model.__table__  # type: ignore[attr-defined]  # every table model has it; SQLModel does not say so
    with work.beyond_walls():
        first = (session.execute(select(func.max(table.c.id))).scalar() or 0) + 1
    if not rows:
        return range(first, first)
    refuse_unstorable("\n".join(value for row in rows for value in row.values() if isinstance(value, str)))
    now, person = work.clock.now(), work.actor.person_id
    stamps: dict[str, Any] = {}
    if issubclass(model, Record):
        stamps = {"version": 1, "created_at": now, "created_by": person, "updated_at": now, "updated_by": person}
    connection = session.connection()
    values = [
        {"id": number, **({"uid": new_uid()} if stamps else {}), **stamps, **row}
        for number, row in enumerate(rows, first)
    ]
    connection.execute(insert(table), values)
    if connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        connection.exec_driver_sql(f"SELECT setval({sequence}, {first + len(rows) - 1})")
    return range(first, first + len(rows))
