"""A ledger file opened for a preview: what stood in its cells, and its refused rows as a file to be corrected."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lawdesk.cases.rules.columns import cell_text
from lawdesk.cases.rules.ledger import (
    MAX_LEDGER_ROWS,
    Grid,
    Ledger,
    LedgerRow,
    LedgerSheet,
    NoValue,
    open_workbook,
    read_grids,
)
from lawdesk.cases.rules.ledger.columns import Header, find_header, header_at
from lawdesk.cases.rules.ledger.text import says_ditto
from lawdesk.cases.rules.ledger.values import Cell
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _
from lawdesk.outside.formulas import guard_formula

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTH = 18
_WIDE = 60


@dataclass(frozen=True)
class LedgerFile:
    """A ledger as it was read, with the plain cells it was read from."""

    ledger: Ledger
    grids: tuple[Grid, ...]

    def cells(self, sheet: str, row: int) -> dict[str, tuple[str, str]]:
        """Return heading and text of the cells of ``row`` by field; a column nobody knew is ``#3``."""
        grid = self._grid(sheet)
        header = _headers(grid, self._rows(sheet))[row]
        values = grid.rows[row - 1]
        fields = {column: field for field, column in header.columns.items()}
        shown: dict[str, tuple[str, str]] = {}
        for column in range(max(len(values), *(place + 1 for place in fields))):
            text = cell_text(values[column]) if column < len(values) else ""
            if column in fields or text:
                shown[fields.get(column, f"#{column}")] = (_heading(grid, header, column), text)
        return shown

    def save_rows(self, path: Path, refused: Mapping[tuple[str, int], str]) -> None:
        """Write these rows to ``path`` (.xlsx, or .csv) under their headings, to be corrected and read again.

        ``refused`` maps (sheet, row) to why the row did not come in; that goes into a last column. Cells that took
        their value from the row above get it written out. Raises EnvironmentFailure when the disk refuses.
        """
        sheets = [
            (sheet, _filtered(self._grid(sheet.name), self._rows(sheet.name), sheet, refused))
            for sheet in self.ledger.sheets
            if any(name == sheet.name for name, _row in refused)
        ]
        if path.suffix.lower() == ".csv":
            _write_csv(path, sheets)
        else:
            _write_xlsx(path, [(sheet.name, rows) for sheet, rows in sheets])

    def _grid(self, sheet: str) -> Grid:
        return next(grid for grid in self.grids if grid.name == sheet)

    def _rows(self, sheet: str) -> list[LedgerRow]:
        return [row for row in self.ledger.rows if row.sheet == sheet]


def open_ledger(path: Path) -> LedgerFile:
    """Read the ledger at ``path`` and keep its cells. Raises UserError for a file that is no ledger."""
    grids = open_workbook(path, max_rows=MAX_LEDGER_ROWS)
    return LedgerFile(read_grids(path.name, grids), grids)


def save_table(path: Path, name: str, rows: Iterable[Iterable[str]]) -> None:
    """Write a table of texts to ``path`` (.xlsx, or .csv). Raises EnvironmentFailure when the disk refuses."""
    table = [tuple(row) for row in rows]
    if path.suffix.lower() == ".csv":
        _write_lines(path, table)
    else:
        _write_xlsx(path, [(name, table)])


def why_words() -> str:
    """Return the heading of the column that says why a row did not come in."""
    return _("Why it was not taken over")


def _headers(grid: Grid, rows: list[LedgerRow]) -> dict[int, Header]:
    """Return the header in force at each row: a repeated one may bring another order of columns."""
    header = find_header(grid.rows)
    assert header is not None
    found: dict[int, Header] = {}
    for row in rows:
        if row.kind == "repeat_header":
            header = header_at(grid.rows, row.row - 1) or header
        found[row.row] = header
    return found


def _heading(grid: Grid, header: Header, column: int) -> str:
    """Return the words above a column, the lower of two rows first."""
    for number in reversed(header.rows):
        row = grid.rows[number - 1]
        if column < len(row) and row[column] is not None:
            return " ".join(cell_text(row[column]).split())
    return ""


def _filtered(
    grid: Grid, rows: list[LedgerRow], sheet: LedgerSheet, refused: Mapping[tuple[str, int], str]
) -> list[tuple[Cell, ...]]:
    """Return titles and headings of a sheet and, of what stands below, only what is refused, with its reason."""
    first = find_header(grid.rows)
    assert first is not None
    reason = _reason_column(grid, first)
    kept = [list(row) for row in grid.rows[: sheet.first_data_row - 1]]
    _put(kept[first.rows[0] - 1], reason, why_words())
    headers, complete = _headers(grid, rows), _Completed(grid)
    context: list[list[Cell]] = []  # repeated headings and notes (a new year) count for the rows below them
    for row in rows:
        if row.kind in ("note", "repeat_header"):
            context.append(list(grid.rows[row.row - 1]))
        if row.kind != "case":
            continue
        cells = complete.row(row.row, headers[row.row])
        if (row.sheet, row.row) in refused:
            kept += context
            context = []
            _put(cells, reason, refused[row.sheet, row.row])
            kept.append(cells)
    return [tuple(row) for row in kept]


def _reason_column(grid: Grid, header: Header) -> int:
    """Return the column for the reasons: the one of the last time, else the first free one."""
    labels = grid.rows[header.rows[0] - 1]
    return labels.index(why_words()) if why_words() in labels else max(len(row) for row in grid.rows)


def _put(row: list[Cell], column: int, value: Cell) -> None:
    row += [None] * (column + 1 - len(row))
    row[column] = value


class _Completed:
    """Gives rows with 同上 and merged cells written out; asked for in order, case after case."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._above: dict[str, Cell] = {}

    def row(self, number: int, header: Header) -> list[Cell]:
        cells = list(self._grid.rows[number - 1])
        values: dict[str, Cell] = {}
        for field, column in header.columns.items():
            value = cells[column] if column < len(cells) else None
            if value is None and field != "sequence":
                value = self._merged(number, column + 1)
            if isinstance(value, str) and says_ditto(value):
                value = self._above.get(field, value)
            values[field] = value
            if value is not None:
                _put(cells, column, value)
        self._above = values
        return cells

    def _merged(self, row: int, column: int) -> Cell:
        for top, left, bottom, right in self._grid.merges:
            if left == right == column and top < row <= bottom:
                first = self._grid.rows[top - 1]
                return first[left - 1] if left <= len(first) else None
        return None


def _write_csv(path: Path, sheets: list[tuple[LedgerSheet, list[tuple[Cell, ...]]]]) -> None:
    """Put all sheets below each other; each begins with a line that names its year: some days have none."""
    lines: list[tuple[str, ...]] = []
    for sheet, rows in sheets:
        if sheet.year is not None:
            lines.append((f"{sheet.year}年收案登记",))
        lines += [tuple(cell_text(cell) for cell in row) for row in rows]
    _write_lines(path, lines)


def _write_lines(path: Path, lines: list[tuple[str, ...]]) -> None:
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([guard_formula(cell) for cell in line] for line in lines)


def _write_xlsx(path: Path, sheets: Iterable[tuple[str, Iterable[tuple[Cell, ...]]]]) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", name).strip()[:31] or None)
        widths: dict[int, int] = {}
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    _write_cell(sheet.cell(number, column), value)
                    widths[column] = max(widths.get(column, _WIDTH), min(_WIDE, 2 * len(cell_text(value))))
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
    with atomic_path(path) as temporary:
        book.save(temporary)


def _write_cell(cell: Any, value: Cell) -> None:
    """Texts stay texts, whatever they begin with: nobody's formula runs in the file we wrote."""
    if isinstance(value, str | NoValue):
        cell.value = _NOT_IN_CELLS.sub("", cell_text(value))
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
