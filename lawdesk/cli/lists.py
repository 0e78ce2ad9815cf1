"""Lists handed to a command as CSV: columns by name, UTF-8 or GB18030."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import read_csv


def read_columns(file: Path, needed: tuple[str, ...], more: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield each row by column name, cells as they stand, "" for absent ones; blank lines are left out.

    Raises UserError ``list.columns`` when one of the ``needed`` columns is missing.
    """
    header: list[str] | None = None
    for cells in read_csv(file):
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            if not set(needed) <= set(header):
                break
        elif any(cell.strip() for cell in cells):
            row = dict(zip(header, cells, strict=False))
            yield {name: row.get(name, "") for name in (*needed, *more)}
    if header is None or not set(needed) <= set(header):
        raise UserError(
            "list.columns",
            N_("The list lacks columns."),
            hint=N_("The first row must name the columns {needed}, and may name {more}."),
            needed=", ".join(needed),
            more=", ".join(more) or "-",
        )
