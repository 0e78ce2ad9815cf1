"""The kinds of files LawDesk takes in as data, each through the front door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lawdesk.outside.cells import Grid, NoValue
from lawdesk.outside.door import read, stream

SYNTAX = "outside.syntax"
"""The code of the UserError for text that is no TOML or JSON; its params are ``reason`` and ``line`` (or None)."""
MAX_ROWS = 250_000
"""So many rows a sheet may have: lists of 200,000 names with their heading, and some room."""


def open_workbook(path: Path, *, max_rows: int = MAX_ROWS) -> tuple[Grid, ...]:
    """Return the sheets of an ``.xlsx`` (or the one table of a ``.csv``) as plain cells.

    Raises UserError for anything that is no such file, is encrypted, too large or booby-trapped, and for an empty
    one; EnvironmentFailure when the disk refuses. ``max_rows`` limits each sheet.
    """
    grids: tuple[Grid, ...] = read(
        "lawdesk.outside.workbook:read_workbook",
        path.absolute(),
        max_rows=max_rows,
        name=path.name,
        shapes=(Grid, NoValue),
    )
    return grids


def read_csv(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV file in UTF-8 (with or without mark) or GB18030.

    Raises UserError for what is no text or no CSV, such as a quotation mark that is never closed and would swallow
    the rest of the list, and EnvironmentFailure when the file cannot be read.
    """
    for batch in stream("lawdesk.outside.texts:csv_rows", path.absolute(), name=path.name):
        for row in batch:
            yield list(row)


def parse_toml(text: str, name: str, *, decimals: bool = False) -> dict[str, Any]:
    """Return what a TOML text says; ``decimals`` keeps fractions exact. Raises UserError :data:`SYNTAX`."""
    found: dict[str, Any] = read("lawdesk.outside.texts:toml", text, decimals=decimals, name=name)
    return found


def parse_json(text: str, name: str) -> Any:
    """Return what a JSON text says, fractions exact; NaN and fields that stand twice are no JSON here.

    Raises UserError :data:`SYNTAX`.
    """
    return read("lawdesk.outside.texts:strict_json", text, name=name)
