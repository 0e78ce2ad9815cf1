"""A ledger file read as a whole: sheets, headers, every row below them, then the rows against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lawdesk.cases.rules.ledger.across import check_across
from lawdesk.cases.rules.ledger.columns import Header, find_header, header_at, is_heading_row
from lawdesk.cases.rules.ledger.dates import FIRST_YEAR, LAST_YEAR
from lawdesk.cases.rules.ledger.names import party_kind
from lawdesk.cases.rules.ledger.rows import RowContext, read_row, resolve_ditto
from lawdesk.cases.rules.ledger.text import says_nothing, squeeze, tidy
from lawdesk.cases.rules.ledger.values import (
    Cell,
    Grid,
    Ledger,
    LedgerRow,
    LedgerSheet,
    NoValue,
    RowKind,
    row_status,
    warn,
)
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import open_workbook

MAX_LEDGER_ROWS = 20_000
_SUM = re.compile(
    r"^(?:合计|小计|总计|共计|累计|本页(?:合计|小计)|本月(?:合计|小计)|\d{1,2}月(?:合计|小计)|(?:上|下)?半年(?:合计|小计)|(?:本)?(?:年|季)度?(?:合计|小计))"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*年度?|(?!\d))")
_PRINTED = re.compile(r"(?:打印|制表|填表|更新|导出|统计)(?:日期|时间|于)?[:：]?\s*\S*")


@dataclass(frozen=True)
class _Line:
    """A row below the header: its cells by field, and all of them."""

    number: int
    cells: dict[str, Cell]
    all: tuple[Cell, ...]
    filled: tuple[str, ...] = ()  # fields whose value comes from a merged range above


def read_ledger(path: Path) -> Ledger:
    """Return what the intake ledger at ``path`` (.xlsx or .csv) says, row by row.

    Raises UserError when the file is none, is empty or has no sheet with a recognisable header.
    """
    return read_grids(path.name, open_workbook(path, max_rows=MAX_LEDGER_ROWS))


def read_grids(name: str, grids: tuple[Grid, ...]) -> Ledger:
    """Return what sheets of plain cells say; ``name`` is the file's."""
    sheets: list[LedgerSheet] = []
    rows: list[LedgerRow] = []
    problems: list[Problem] = []
    for grid in grids:
        if not any(grid.rows):
            continue
        header = find_header(grid.rows)
        if header is None:
            message = N_("Sheet {sheet} was left out: it has no row of headings we know.")
            problems.append(warn("sheet_without_header", "sheet", message, sheet=grid.name))
            continue
        sheet = _sheet(grid, header)
        sheets.append(sheet)
        problems += _missing_columns(sheet, header)
        if sheet.unread_columns:
            message = N_("Sheet {sheet}: these columns were not read: {columns}.")
            params = {"sheet": grid.name, "columns": "、".join(sheet.unread_columns)}
            problems.append(warn("columns_unread", "sheet", message, **params))
        rows += _rows(grid, header, sheet.year)
    if not sheets:
        raise UserError(
            "ledger.no_header",
            N_("No intake ledger was found in the file."),
            N_("No sheet has a row of headings such as 委托人, 对方当事人, 案由, 案号."),
            N_("Put the headings into one row above the cases and try again."),
        )
    checked = check_across(rows, {sheet.name: sheet.year for sheet in sheets})
    return Ledger(name, tuple(sheets), checked, tuple(problems))


def summary(ledger: Ledger) -> dict[str, int]:
    """Return how many rows there are, how many are cases, and how many have each status."""
    status = Counter(row.status for row in ledger.rows)
    cases = sum(1 for row in ledger.rows if row.kind == "case")
    counts = {name: status.get(name, 0) for name in ("ok", "check", "faulty", "skip")}
    return {"rows": len(ledger.rows), "cases": cases} | counts


def _missing_columns(sheet: LedgerSheet, header: Header) -> list[Problem]:
    """Name once what the sheet has no column for, instead of once a row."""
    wanted = {"internal_number": "所内案号", "cause": "案由", "client_role": "委托人地位", "forum": "受理机关"}
    wanted |= {
        "court_numbers": "案号",
        "stage": "审级",
        "lead": "主办律师",
        "matter_type": "类别",
        "adverse": "对方当事人",
    }
    missing = [word for field, word in wanted.items() if field not in header.columns]
    if not missing:
        return []
    message = N_("Sheet {sheet} has no column for: {columns}.")
    return [warn("columns_missing", "sheet", message, sheet=sheet.name, columns="、".join(missing))]


def _sheet(grid: Grid, header: Header) -> LedgerSheet:
    first = header.rows[0]
    titles = tuple(number for number in range(1, first) if any(cell is not None for cell in grid.rows[number - 1]))
    return LedgerSheet(
        grid.name,
        _sheet_year(grid, header),
        titles,
        header.rows,
        header.rows[-1] + 1,
        header.unread,
    )


def _sheet_year(grid: Grid, header: Header) -> int | None:
    """Return the year in the sheet's name, its title, or of most of its intake dates."""
    titles = [str(cell) for row in grid.rows[: header.rows[0] - 1] for cell in row if cell is not None]
    for text in (grid.name, *titles):
        years = {int(year) for year in _YEAR.findall(_PRINTED.sub("", text))}
        if len(years) == 1:
            return years.pop()
    column = header.columns.get("intake_date")
    if column is None:
        return None
    written: Counter[int] = Counter()
    for row in grid.rows[header.rows[-1] :]:
        cell = row[column] if column < len(row) else None
        found = re.match(r"\s*((?:19|20)\d{2})\s*[年./\-]", cell) if isinstance(cell, str) else None
        year = cell.year if isinstance(cell, date) else int(found[1]) if found else None
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            written[year] += 1
    if not written:
        return None
    year, count = written.most_common(1)[0]
    return year if count >= 0.8 * written.total() else None


def _rows(grid: Grid, header: Header, year: int | None) -> list[LedgerRow]:
    rows: list[LedgerRow] = []
    above: dict[str, Cell] | None = None
    repeated = 0
    fills = _fills(grid, header.rows[-1])
    for number in range(header.rows[-1] + 1, len(grid.rows) + 1):
        line = _line(grid, header, number, fills)
        if repeated:
            repeated -= 1
            rows.append(LedgerRow(grid.name, number, "repeat_header", "skip"))
            continue
        if is_heading_row(line.all):
            # A repeated header may bring another column order.
            again = header_at(grid.rows, number - 1)
            if again is not None:
                header, repeated = again, len(again.rows) - 1
            rows.append(LedgerRow(grid.name, number, "repeat_header", "skip"))
            continue
        kind = _kind(line)
        if kind != "case":
            year = _new_year(line, year) if kind == "note" else year
            rows.append(LedgerRow(grid.name, number, kind, "skip"))
            continue
        cells, ditto = resolve_ditto(line.cells, above)
        read, problems = read_row(cells, RowContext(year, grid.epoch, header.units))
        problems = (*_merged(line), *ditto, *problems)
        rows.append(LedgerRow(grid.name, number, "case", row_status(problems), read, problems))
        above = cells
    return rows


def _line(grid: Grid, header: Header, number: int, fills: dict[tuple[int, int], Cell]) -> _Line:
    """Return a row by field; a cell merged with those above has their value."""
    row = grid.rows[number - 1]
    cells: dict[str, Cell] = {}
    filled: list[str] = []
    for field, column in header.columns.items():
        value = row[column] if column < len(row) else None
        if value is None and field != "sequence":
            value = fills.get((number, column + 1))
            filled += [field] if value is not None else []
        cells[field] = value
    return _Line(number, cells, row, tuple(filled))


def _fills(grid: Grid, header_row: int) -> dict[tuple[int, int], Cell]:
    """Return what cells below the first of a merged range in one column stand for, by row and column from 1."""
    fills: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in grid.merges:
        if left != right or top <= header_row or top > len(grid.rows):
            continue
        first = grid.rows[top - 1]
        value = first[left - 1] if left <= len(first) else None
        for row in range(top + 1, min(bottom, len(grid.rows)) + 1):
            fills[(row, left)] = value
    return fills


def _merged(line: _Line) -> tuple[Problem, ...]:
    message = N_("The cell is merged with the one above; its value was taken for this row, too.")
    return tuple(warn("merged_cell", field, message) for field in line.filled)


def _kind(line: _Line) -> RowKind:
    """Tell a case from blank rows, sums and notes. In doubt it is a case: nothing may be lost silently."""
    own = [cell for cell in line.all if cell is not None and not (isinstance(cell, str) and says_nothing(cell))]
    words = [squeeze(cell) for cell in own if isinstance(cell, str)]
    values = {field: cell for field, cell in line.cells.items() if cell is not None and field not in line.filled}
    values.pop("sequence", None)
    if not own or (not values and not words):
        return "blank"
    identified = {"clients", "adverse", "internal_number", "court_numbers", "cause"} & values.keys()
    if any(_SUM.match(word) for word in words[:2]) and len(identified) <= 1:
        return "subtotal"
    if all(isinstance(cell, NoValue) for cell in own):
        return "subtotal"
    if len(own) <= 2 and not _looks_like_case(values):
        return "note"
    return "case"


def _looks_like_case(values: Mapping[str, Cell]) -> bool:
    """Say whether a nearly empty row is still a case: a party's name, or a number of the firm or a court."""
    for field in ("clients", "adverse"):
        cell = values.get(field)
        if isinstance(cell, str) and party_kind(tidy(cell)) != "unknown" and len(cell) <= 40:
            return True
    numbers = ("internal_number", "court_numbers")
    return any(re.search(r"\d.*号|\d{4}\D+\d", str(values[field])) for field in numbers if field in values)


def _new_year(line: _Line, year: int | None) -> int | None:
    """Return the year a title in the middle of a sheet (2025年收案登记) begins."""
    text = "".join(str(cell) for cell in line.all if cell is not None)
    found = {int(word) for word in _YEAR.findall(_PRINTED.sub("", text))}
    return found.pop() if len(found) == 1 and re.search(r"收案|登记|年度|台账|案件", text) else year
