"""What a table from outside comes to: sheets of plain cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True)
class NoValue:
    """A formula whose result was never saved in the file."""

    formula: str


Cell: TypeAlias = "str | int | Decimal | bool | datetime | date | time | NoValue | None"
Merge: TypeAlias = "tuple[int, int, int, int]"  # first row, first column, last row, last column; from 1


@dataclass(frozen=True)
class Grid:
    """One sheet as plain cells. ``rows[0]`` is row 1; ``epoch`` is the day that Excel's day number 0 means."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    epoch: date = date(1899, 12, 30)
