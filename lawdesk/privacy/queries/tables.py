"""The office's tables as they are declared: an erasure must reach every one of them, whatever feature owns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, String, Table, select
from sqlmodel import Session, SQLModel

from lawdesk.privacy.rules.classes import ABOUT_PEOPLE, class_of
from lawdesk.storage.tables import load_all_tables

_DERIVED = frozenset({"search_entry", "party_key", "key_count", "vault_piece", "alembic_version"})
"""Made from other tables, or sealed; each is looked after by itself."""
_NO_WORDS = frozenset(
    {
        ("document_version", "address"),
        ("document_version", "sha256"),
        ("privacy_block", "reasons"),
        ("privacy_breach", "scope"),
        ("privacy_erasure", "fingerprint"),
        ("privacy_erasure", "parties"),
    }
)
"""Digests, numbers and codes that are kept as text."""


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by name, parents before children."""
    load_all_tables()
    return {table.name: table for table in SQLModel.metadata.sorted_tables}


@cache
def text_columns() -> tuple[tuple[Table, tuple[Column[Any], ...]], ...]:
    """Return the columns of text that may name a person, by their class in ``privacy.toml``."""
    found = []
    for table in tables().values():
        if table.name in _DERIVED:
            continue
        columns = tuple(
            column
            for column in table.c
            if _is_text(column)
            and (table.name, column.name) not in _NO_WORDS
            and class_of(table.name, column.name) in ABOUT_PEOPLE
        )
        if columns:
            found.append((table, columns))
    return tuple(found)


def texts(session: Session, table: Table, columns: tuple[Column[Any], ...]) -> Iterator[Any]:
    """Yield the rows of a table: its key, its case if it names one, then ``columns``; some hundreds at a time."""
    (key,) = table.primary_key.columns
    case = table.c.get("case_id")
    if table.name == "cases":
        case = table.c.id
    chosen = [key, *([case] if case is not None else []), *columns]
    statement = select(*chosen).order_by(key)
    for row in session.execute(statement.execution_options(yield_per=500)):
        values = tuple(row)
        yield (values[0], values[1], *values[2:]) if case is not None else (values[0], None, *values[1:])


def case_of(session: Session, table: str, row_id: Any) -> int | None:
    """Return the case a row belongs to by way of the rows it points to, None when to none."""
    seen: set[str] = set()
    at, key = tables()[table], row_id
    while at.name not in seen:
        seen.add(at.name)
        if at.name == "cases":
            return int(key)
        if "case_id" in at.c:
            found = session.connection().execute(select(at.c.case_id).where(at.c.id == key)).scalar_one_or_none()
            return None if found is None else int(found)
        parent = next((fk for fk in sorted(at.foreign_keys, key=str) if _leads(fk.column.table.name)), None)
        if parent is None:
            return None
        key = session.connection().execute(select(parent.parent).where(at.c.id == key)).scalar_one_or_none()
        if key is None:
            return None
        at = parent.column.table
    return None


def rows_of_case(session: Session, case_id: int, stays: frozenset[str]) -> dict[str, list[int]]:
    """Return the ids of every row that hangs on a case, by table, parents before children; ``stays`` left out."""
    found: dict[str, list[int]] = {"cases": [case_id]}
    for name, table in tables().items():
        if name in stays or name == "cases" or "id" not in table.c or name == "audit_record":
            continue
        ids: set[int] = set()
        for fk in table.foreign_keys:
            parents = found.get(fk.column.table.name)
            if parents:
                statement = select(table.c.id).where(fk.parent.in_(parents))
                ids.update(row[0] for row in session.connection().execute(statement))
        if ids:
            found[name] = sorted(ids)
    del found["cases"]
    return found


def _is_text(column: Column[Any]) -> bool:
    """Whether a column holds text; SQLModel wraps the type of a plain ``str``."""
    return isinstance(getattr(column.type, "impl", column.type), String)


def _leads(name: str) -> bool:
    """Whether rows of a table lead to a case, now or by a further step."""
    at = tables()[name]
    if name == "cases" or "case_id" in at.c:
        return True
    return any(_leads(fk.column.table.name) for fk in at.foreign_keys if fk.column.table.name != name)
