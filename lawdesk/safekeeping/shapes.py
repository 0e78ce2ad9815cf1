"""What is exported and how it is called: every table of the office with readable titles in both languages."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, Table
from sqlmodel import SQLModel

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.resources import load_rules
from lawdesk.storage.record import Moment
from lawdesk.storage.tables import load_all_tables

NOT_EXPORTED = frozenset({"vault_piece", "alembic_version", "party_key", "key_count"})
"""Encrypted pieces of documents (exported as the documents themselves), the step of the database (named in the
manifest) and the conflict check's keys (made anew from the names)."""
KEPT_BACK = frozenset({"office_key", "former_keys", "conflict_keys", "row_policies"})
"""Names in ``office_state`` that never leave. A new office gets a key and files its names for the conflict check
itself: word that they were filed, without the keys, would let the check find nobody. The same holds of a server's
row policies."""
ColumnKind = Literal["text", "number", "money", "yes", "day", "moment", "bytes"]
_KINDS: tuple[tuple[type, ColumnKind], ...] = (
    (Moment, "moment"),
    (Date, "day"),
    (Boolean, "yes"),
    (Integer, "number"),
    (LargeBinary, "bytes"),
)
"""Kinds by the type of a column; every other one is text (SQLModel wraps its strings in a type of its own)."""


@dataclass(frozen=True)
class ColumnShape:
    """One column: its name, what it is called, what kind of value it holds, and the table its ids point to."""

    name: str
    en: str
    zh: str
    kind: ColumnKind
    points_to: str = ""

    def title(self, language: str) -> str:
        """Return the heading in ``language``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class TableShape:
    """One table: its name, titles, columns, and the columns one of its rows is recognised by."""

    name: str
    en: str
    zh: str
    columns: tuple[ColumnShape, ...]
    label: tuple[str, ...]
    hidden: bool
    table: Table

    def title(self, language: str) -> str:
        """Return what the table is called in ``language``."""
        return self.zh if language == "zh" else self.en


@cache
def table_shapes() -> tuple[TableShape, ...]:
    """Return every exported table, in an order in which no row names one that comes later.

    Raises KeyError when a table or column has no title in ``resources/rules/export.toml``.
    """
    load_all_tables()
    words = load_rules("export")
    found = []
    for table in SQLModel.metadata.sorted_tables:
        if table.name in NOT_EXPORTED:
            continue
        about = words["tables"][table.name]
        own = about.get("columns", {})
        columns = tuple(
            _column(column, own.get(column.name) or words["columns"][column.name]) for column in table.c
        )
        en, zh = about["title"]
        found.append(
            TableShape(
                table.name, en, zh, columns, tuple(about.get("label", ())), bool(about.get("hidden")), table
            )
        )
    return tuple(found)


def reading_order() -> Iterator[TableShape]:
    """Yield the tables people read, the most asked for first."""
    shapes = {shape.name: shape for shape in table_shapes() if not shape.hidden}
    for name in load_rules("export")["tables"]:
        if name in shapes:
            yield shapes[name]


def to_json(value: Any) -> Any:
    """Return a value of a row as JSON holds it: moments and days in ISO 8601, bytes in Base64."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value


def from_json(value: Any, column: Column[Any]) -> Any:
    """Return the value :func:`to_json` made this from; raises ValueError for one the column cannot hold."""
    if value is None:
        if not column.nullable:
            raise ValueError("empty")
        return None
    kind = column.type
    if isinstance(kind, Moment):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            raise ValueError("no moment")
        return moment
    if isinstance(kind, Date):
        if not isinstance(value, str):
            raise ValueError("no day")
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        if not isinstance(value, str):
            raise ValueError("no bytes")
        return b64decode(value, validate=True)
    wanted: type = bool if isinstance(kind, Boolean) else int if isinstance(kind, Integer | BigInteger) else str
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"not {wanted.__name__}")
    return value


def to_words(value: Any, kind: ColumnKind) -> str:
    """Return a value as people read it, the same in both languages: yuan, days, China time, ✓ for yes."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"{len(value)} B"  # the bytes themselves stand in data/*.json
    if kind == "money":
        sign, fen = ("-", -value) if value < 0 else ("", value)
        return f"{sign}{fen // 100}.{fen % 100:02}"
    if kind == "yes":
        return "✓" if value else ""
    if kind == "moment":
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    return str(value)


def _column(column: Column[Any], words: list[str]) -> ColumnShape:
    en, zh = words
    kind: ColumnKind = next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), "text")
    if column.name.endswith("_fen") or column.name.startswith("rate_fen") or column.name == "fen_per_hour":
        kind = "money"
        en, zh = f"{en} (yuan)", f"{zh}（元）"
    points = next((key.column.table.name for key in column.foreign_keys), "")
    if column.name in ("created_by", "updated_by", "actor_id"):
        points = "person"
    elif column.name == "case_id":
        points = "cases"
    return ColumnShape(column.name, en, zh, kind, points)
