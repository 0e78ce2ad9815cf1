"""Writers of a :class:`~lawdesk.paper.report.TableReport`: CSV, XLSX, PDF. Each replaces its file as a whole."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _
from lawdesk.outside.formulas import FORMULA, guard_formula
from lawdesk.paper.report import Column, Kind, TableReport, Value, format_value, labelled
from lawdesk.paper.sheet import MUTED, Cell, Sheet, Style, TableRow

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMATS: dict[Kind, str] = {
    "money": "#,##0.00",
    "duration": "[h]:mm",
    "date": "yyyy-mm-dd",
    "text": "@",
    "number": "#,##0.##",
}
_CELL_LIMIT = 32767  # characters Excel keeps in one cell
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def write_csv(report: TableReport, path: Path) -> None:
    """Write ``report`` as CSV for Excel: UTF-8 with byte order mark, one head line, rows, totals.

    Groups stand as a first column. Money is yuan without thousands (``1234.50``), durations ``h:mm``.
    Raises EnvironmentFailure when the file cannot be written.
    """
    grouped = bool(report.groups)
    kinds = [column.kind for column in report.columns]

    def words(values: Sequence[Value], group: str) -> list[str]:
        cells = [_csv_value(value, kind) for value, kind in zip(values, kinds, strict=True)]
        return [guard_formula(group), *cells] if grouped else cells

    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ([_("Group")] if grouped else []) + [guard_formula(column.title) for column in report.columns]
        )
        for row in report.rows:
            writer.writerow(words(row, ""))
        for group in report.groups:
            writer.writerows(words(row, group.title) for row in group.rows)
        if report.has_totals:
            label = report.words_for_total
            line = report.totals if grouped else labelled(report.totals, label, report.columns)
            writer.writerow(words(line, label))


def _csv_value(value: Value, kind: Kind) -> str:
    if isinstance(value, str):
        return guard_formula(value)
    return format_value(value, kind).replace(",", "")


def write_xlsx(report: TableReport, path: Path) -> None:
    """Write ``report`` as an Excel workbook with real numbers and dates.

    Totals are formulas and carry their value too, for readers that do not calculate. Durations are Excel times
    (``[h]:mm``). Raises EnvironmentFailure when the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _SHEET_NAME.sub(" ", report.sheet_name or report.title).strip()[:31] or "Sheet1"
    cached = _XlsxTable(sheet, report).write()
    with atomic_path(path) as temporary:
        book.save(temporary)
        _store_values(temporary, cached)


class _XlsxTable:
    """Fills a worksheet from a report; remembers what its formulas come to."""

    def __init__(self, sheet: Worksheet, report: TableReport) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._sheet = sheet
        self._report = report
        self._row = 0
        self._cached: dict[str, Value] = {}
        self._bold = Font(bold=True)
        self._big = Font(bold=True, size=14)
        self._wrap = Alignment(wrap_text=True, vertical="top")
        self._top = Alignment(vertical="top")
        self._fill = PatternFill("solid", fgColor="F1F2F5")
        side = Side(style="thin", color="9EA3AD")
        self._edge = Border(left=side, right=side, top=side, bottom=side)

    def write(self) -> dict[str, Value]:
        """Write everything; return the value of each formula by cell name."""
        from openpyxl.utils import get_column_letter

        report = self._report
        self._single(report.title, self._big)
        for line in report.subtitle:
            self._single(line)
        head = self._next()
        for index, column in enumerate(report.columns, 1):
            self._put(head, index, column.title, "text", bold=True)
        blocks = [self._block(report.rows)] if not report.groups else []
        for group in report.groups:
            self._band(group.title)
            block = self._block(group.rows)
            blocks.append(block)
            if group.subtotal_label and report.has_totals:
                self._totals(group.subtotal_label, report.sums(group.rows), [block])
        if report.has_totals:
            self._totals(report.words_for_total, report.totals, blocks)
        for line in report.footers:
            self._single(line)
        self._sheet.freeze_panes = f"A{head + 1}"
        for index, column in enumerate(report.columns, 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = self._width(index - 1, column)
        self._page_setup(head)
        return self._cached

    def _page_setup(self, head: int) -> None:
        from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self._sheet
        sheet.print_title_rows = f"{head}:{head}"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if self._report.landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))

    def _next(self) -> int:
        self._row += 1
        return self._row

    def _single(self, text: str, font: Any = None) -> None:
        cell = self._text_cell(self._next(), 1, text)
        if font is not None:
            cell.font = font

    def _band(self, title: str) -> None:
        row = self._next()
        for index in range(1, len(self._report.columns) + 1):
            self._put(row, index, title if index == 1 else None, "text", bold=True)

    def _block(self, rows: Sequence[Sequence[Value]]) -> tuple[int, int]:
        first = self._row + 1
        for values in rows:
            row = self._next()
            for index, (value, column) in enumerate(zip(values, self._report.columns, strict=True), 1):
                self._put(row, index, value, column.kind)
        return first, self._row

    def _totals(self, label: str, sums: list[Value], blocks: list[tuple[int, int]]) -> None:
        from openpyxl.utils import get_column_letter

        row = self._next()
        line = labelled(sums, label, self._report.columns)
        spans = [(first, last) for first, last in blocks if last >= first]
        for index, (value, column) in enumerate(zip(line, self._report.columns, strict=True), 1):
            cell = self._put(row, index, value, column.kind, bold=True)
            if column.total and spans:
                letter = get_column_letter(index)
                # Excel takes at most 255 arguments; beyond that the plain value stands.
                if len(spans) <= 255:
                    cell.value = (
                        "=SUM(" + ",".join(f"{letter}{first}:{letter}{last}" for first, last in spans) + ")"
                    )
                    self._cached[cell.coordinate] = _excel_value(value, column.kind)

    def _text_cell(self, row: int, index: int, text: str) -> Any:
        clean = _CONTROL.sub("", text)
        cell = self._sheet.cell(row, index)
        cell.value = clean if len(clean) <= _CELL_LIMIT else clean[: _CELL_LIMIT - 1] + "…"
        cell.data_type = "s"  # never a formula or an error value, whatever the text begins with
        if clean.startswith(FORMULA):
            cell.quotePrefix = True  # stays text when somebody edits the cell
        return cell

    def _put(self, row: int, index: int, value: Value, kind: Kind, *, bold: bool = False) -> Any:
        if isinstance(value, str):
            cell = self._text_cell(row, index, value)
            cell.alignment = self._wrap
        else:
            cell = self._sheet.cell(row, index, _excel_value(value, kind))
            cell.alignment = self._top
            cell.number_format = "#,##0" if kind == "number" and isinstance(value, int) else _FORMATS[kind]
        cell.border = self._edge
        if bold:
            cell.font, cell.fill = self._bold, self._fill
        return cell

    def _width(self, index: int, column: Column) -> float:
        """Return a width, in characters of Latin text, that shows the values of the column; long texts wrap."""
        words = [column.title, *(format_value(row[index], column.kind) for row in self._report.all_rows())]
        if column.total:
            words.append(format_value(self._report.totals[index], column.kind))
        return min(
            60.0, max(8.0, 2.5 + max(sum(2 if ord(char) > 0x2E7F else 1 for char in word) for word in words))
        )


def _excel_value(value: Value, kind: Kind) -> Value:
    if kind == "money" and isinstance(value, int):
        return Decimal(value) / 100
    if kind == "duration" and isinstance(value, int):
        return value / 1440
    return value


def _store_values(path: Path, values: dict[str, Value]) -> None:
    """Put into the saved workbook what its formulas come to: openpyxl writes formulas without values."""
    from xml.etree import ElementTree

    if not values:
        return
    name = "xl/worksheets/sheet1.xml"
    uri = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    space = f"{{{uri}}}"
    ElementTree.register_namespace("", uri)
    with zipfile.ZipFile(path) as old:
        content = {item: old.read(item) for item in old.namelist()}
    root = ElementTree.fromstring(content[name])
    for cell in root.iter(f"{space}c"):
        where = cell.get("r", "")
        if where in values:
            place = cell.find(f"{space}v")
            if place is None:
                place = ElementTree.SubElement(cell, f"{space}v")
            place.text = str(values[where])
            cell.attrib.pop("t", None)
    content[name] = ElementTree.tostring(root, xml_declaration=True, encoding="UTF-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item, data in content.items():
            new.writestr(item, data)


def write_pdf(report: TableReport, path: Path) -> int:
    """Write ``report`` as A4 pages with embedded fonts; return the number of pages.

    The head line stands on each page, rows are not torn unless longer than a page, each page says "page x of y".
    Raises EnvironmentFailure when the file cannot be written.
    """
    columns = report.columns
    with (
        atomic_path(path) as temporary,
        Sheet(
            temporary, title=report.title, landscape=report.landscape, margin=42, footer_left=report.title
        ) as sheet,
    ):
        sheet.paragraph(report.title, Style(size=16, bold=True, align="center", after=4))
        for line in report.subtitle:
            sheet.paragraph(line, Style(size=9.5, color=MUTED, align="center", after=1))
        sheet.space(8)
        rows = [TableRow([Cell(column.title, _align(column.kind), bold=True) for column in columns], shaded=True)]
        rows += [_pdf_row(row, columns) for row in report.rows]
        for group in report.groups:
            rows.append(TableRow([Cell(group.title, bold=True, span=len(columns))]))
            rows += [_pdf_row(row, columns) for row in group.rows]
            if group.subtotal_label and report.has_totals:
                rows.append(
                    _pdf_row(labelled(report.sums(group.rows), group.subtotal_label, columns), columns, bold=True)
                )
        if report.has_totals:
            rows.append(_pdf_row(labelled(report.totals, report.words_for_total, columns), columns, bold=True))
        sheet.table([column.width for column in columns], rows, size=8.5)
        sheet.space(8)
        for line in report.footers:
            sheet.paragraph(line, Style(size=9, color=MUTED, after=2))
    return sheet.pages


def _pdf_row(values: Sequence[Value], columns: Sequence[Column], *, bold: bool = False) -> TableRow:
    cells = [
        Cell(format_value(value, column.kind), _align(column.kind), bold=bold)
        for value, column in zip(values, columns, strict=True)
    ]
    return TableRow(cells, shaded=bold)


def _align(kind: Kind) -> Any:
    return "right" if kind in ("number", "money", "duration") else "left"
