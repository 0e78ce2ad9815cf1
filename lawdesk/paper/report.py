"""A table with groups and totals, and how its values read; written by csv, xlsx and pdf writers alike.

Values by kind of column: ``money`` whole fen, ``duration`` whole minutes, ``date`` a ``date``, ``number`` int,
``Decimal`` or float, ``text`` str. ``None`` is an empty cell in every column. Totals are sums the report makes
itself from its rows, so what stands under a column is what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from lawdesk.kernel.i18n import _
from lawdesk.kernel.money import format_fen

Kind = Literal["text", "number", "duration", "money", "date"]
Value = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """One column. ``width`` is its share of the page; ``total`` sums it (numbers, durations, money)."""

    title: str
    kind: Kind = "text"
    width: float = 10
    total: bool = False

    def __post_init__(self) -> None:
        if self.total and self.kind in ("text", "date"):
            raise ValueError(f"a column of kind {self.kind} has no total")


@dataclass(frozen=True)
class Group:
    """Rows under a heading, with a subtotal line (``subtotal_label`` such as 小计)."""

    title: str
    rows: Sequence[Sequence[Value]]
    subtotal_label: str = ""


@dataclass(frozen=True)
class TableReport:
    """A report of one table.

    Give either ``rows`` or ``groups``. ``subtitle`` lines stand under the title, ``footers`` under the table.
    ``total_label`` stands in the line of totals (default 合计); without any summed column there is none.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]] = ()
    groups: Sequence[Group] = ()
    subtitle: Sequence[str] = ()
    footers: Sequence[str] = ()
    total_label: str = ""
    landscape: bool = False
    sheet_name: str = field(default="")

    def __post_init__(self) -> None:
        if self.rows and self.groups:
            raise ValueError("a report has rows or groups, not both")
        for row in self.all_rows():
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} values in a table of {len(self.columns)} columns")

    def all_rows(self) -> Iterable[Sequence[Value]]:
        """Yield every row, those of groups in order."""
        yield from self.rows
        for group in self.groups:
            yield from group.rows

    @property
    def has_totals(self) -> bool:
        """Whether any column is summed."""
        return any(column.total for column in self.columns)

    @cached_property
    def totals(self) -> list[Value]:
        """The sum of each summed column over all rows, None for the others."""
        return self.sums(self.all_rows())

    def sums(self, rows: Iterable[Sequence[Value]]) -> list[Value]:
        """Return the sum of each summed column over ``rows``, None for the others."""
        result: list[Decimal | None] = [Decimal(0) if column.total else None for column in self.columns]
        for row in rows:
            for index, value in enumerate(row):
                total = result[index]
                if total is not None and isinstance(value, int | float | Decimal):
                    result[index] = total + (Decimal(str(value)) if isinstance(value, float) else value)
        return [
            int(value) if value is not None and value == value.to_integral_value() else value for value in result
        ]

    @property
    def words_for_total(self) -> str:
        """What stands in the line of totals."""
        return self.total_label or _("Total")


def format_duration(minutes: int) -> str:
    """Return ``minutes`` as hours and minutes: 80 is ``1:20``."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02d}"


def format_value(value: Value, kind: Kind) -> str:
    """Return ``value`` as it reads on paper; money without currency sign."""
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int):
        return format_fen(value)
    if kind == "duration" and isinstance(value, int):
        return format_duration(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return value
    words = f"{value:,}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def labelled(values: Sequence[Value], label: str, columns: Sequence[Column]) -> list[Value]:
    """Return a line of totals with ``label`` in its first free column of text."""
    line = list(values)
    for index, column in enumerate(columns):
        if line[index] is None and column.kind == "text":
            line[index] = label
            break
    return line
