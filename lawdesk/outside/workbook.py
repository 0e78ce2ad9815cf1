"""Tables opened with care, in the reader: an .xlsx or a .csv becomes plain cells, anything else is refused."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import IO, Any
from xml.etree import ElementTree

from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.cells import Cell, Grid, Merge, NoValue
from lawdesk.outside.formulas import unguarded

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 384 * 1024 * 1024
MAX_RATIO = 250
MAX_PARTS = 5_000
MAX_COLUMNS = 120
_PROLOG = 64 * 1024
_CHUNK = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = re.compile(r"\{[^}]*/officeDocument/[^}]*\}id|\{[^}]*officeDocument/relationships\}id")
_WHAT = N_("The file cannot be read as a table.")


@dataclass(frozen=True)
class _Sheet:
    """What openpyxl's streaming reader does not tell about a sheet."""

    merges: tuple[Merge, ...]
    formulas: bool


def read_workbook(path: Path, *, max_rows: int) -> tuple[Grid, ...]:
    """Return the sheets of an ``.xlsx`` (or the one table of a ``.csv``) as plain cells.

    See :func:`lawdesk.outside.files.open_workbook`, which asks for it.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large()
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("ledger.missing", N_("There is no such file: {path}."), path=str(path)) from error
    except OSError as error:
        raise EnvironmentFailure(
            "ledger.unreadable",
            N_("The file cannot be opened: {path}."),
            str(error).replace("{", "("),
            path=str(path),
        ) from error
    if content.startswith(_OLE):
        raise _ole_error(content)
    if content.startswith(b"PK"):
        grids = _xlsx(content, max_rows)
    else:
        grids = (_csv(content, path, max_rows),)
    if not any(cell is not None for grid in grids for row in grid.rows for cell in row):
        raise UserError("ledger.empty", N_("The file holds no data."), hint=N_("Choose the file with the ledger."))
    return grids


def _ole_error(content: bytes) -> UserError:
    """Tell an encrypted .xlsx from the old .xls: both begin with the same eight bytes."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        hint = N_("Open it in Excel or WPS, take the password off (File, Info, Protect), save and try again.")
        return UserError("ledger.encrypted", _WHAT, N_("It is protected with a password."), hint)
    hint = N_("Open it in Excel or WPS, save it as .xlsx and try again.")
    return UserError("ledger.old_xls", _WHAT, N_("It is in the old .xls format."), hint)


def _xlsx(content: bytes, max_rows: int) -> tuple[Grid, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive)
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    with archive.open(name) as part:
                        _check_prolog(part.read(_PROLOG))
            sheets = {name: _look_through(archive, part) for name, part in _sheet_parts(archive)}
        return _cells(content, sheets, max_rows)
    except UserError:
        raise
    except Exception as error:  # openpyxl raises almost anything at a damaged file; the file is at fault
        raise UserError(
            "ledger.damaged",
            _WHAT,
            N_("It is damaged ({reason})."),
            N_("Open it in Excel or WPS, save it again and try once more."),
            reason=f"{type(error).__name__}",
        ) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse other Office files, encrypted archives and zip bombs by the archive's own directory."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        hint = N_("Open it in Excel, save it as .xlsx and try again.")
        raise UserError("ledger.xlsb", _WHAT, N_("It is in the binary .xlsb format."), hint)
    if "xl/workbook.xml" not in names:
        hint = N_("Choose an Excel workbook (.xlsx) or a CSV file.")
        raise UserError("ledger.not_xlsx", _WHAT, N_("It is not an Excel workbook."), hint)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError("ledger.encrypted", _WHAT, N_("It is protected with a password."))
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _CHUNK * 8 and part.file_size > part.compress_size * MAX_RATIO for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or bomb:
        raise _too_large()


def _check_prolog(start: bytes) -> None:
    """Refuse document types and entities (Office writes none) and encodings that could hide them."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']", head)
    encoding = declared[1].lower() if declared else b"utf-8"
    root = re.search(rb"<[A-Za-z_]", head)
    prolog = head[: root.start()] if root else head
    hidden = b"\x00" in head or encoding not in (b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252")
    if hidden or b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog or (root is None and len(start) >= _PROLOG):
        raise UserError(
            "ledger.entities",
            _WHAT,
            N_("It holds declarations that no spreadsheet program writes; it may have been made to do harm."),
            N_("Ask whoever sent it for a new one."),
        )


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and the part that holds it."""
    targets = {}
    for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
            key = next((value for name, value in sheet.attrib.items() if _RELATION.fullmatch(name)), None)
            if targets.get(key) in archive.namelist():
                yield sheet.get("name", ""), targets[key]


def _look_through(archive: zipfile.ZipFile, part: str) -> _Sheet:
    """Find the merged ranges of a sheet and whether it has formulas, reading it piece by piece."""
    merges: dict[Merge, None] = {}
    formulas, carry = False, b""
    with archive.open(part) as stream:
        for chunk in _chunks(stream):
            text = carry + chunk
            formulas = formulas or re.search(rb"<(?:\w+:)?f[\s>]", text) is not None
            for match in re.finditer(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"", text):
                merges[(int(match[2]), _column(match[1]), int(match[4]), _column(match[3]))] = None
            carry = text[-100:]
    return _Sheet(tuple(merges), formulas)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(content: bytes, sheets: dict[str, _Sheet], max_rows: int) -> tuple[Grid, ...]:
    """Turn the workbook into plain cells; the only place that knows openpyxl."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks about styles and extensions it leaves out
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        written = None
        if any(sheet.formulas for sheet in sheets.values()):
            written = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        grids = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = _rows(sheet.iter_rows(max_col=MAX_COLUMNS + 1), max_rows)
            if written is not None and sheets.get(sheet.title, _Sheet((), False)).formulas:
                formulas = written[sheet.title]
                formulas.reset_dimensions()
                rows = _with_formulas(rows, formulas.iter_rows(max_row=len(rows), max_col=MAX_COLUMNS + 1))
            merges = sheets[sheet.title].merges if sheet.title in sheets else ()
            grids.append(Grid(sheet.title, rows, merges, book.epoch.date()))
        book.close()
        if written is not None:
            written.close()
    return tuple(grids)


def _rows(source: Iterable[tuple[Any, ...]], max_rows: int) -> tuple[tuple[Cell, ...], ...]:
    """Return plain rows without the blank ones at the end; too many or too wide is refused."""
    rows: list[tuple[Cell, ...]] = []
    last = 0
    blank: tuple[Any, ...] | None = None
    for number, cells in enumerate(source, start=1):
        if cells is blank:
            continue  # openpyxl's own filling: a sheet may begin at row 1 and go on at row 1,048,576
        row = tuple(_plain(cell.value, getattr(cell, "number_format", None)) for cell in cells)
        while row and row[-1] is None:
            row = row[:-1]
        if not row:
            blank = cells
            continue
        if number > max_rows or len(row) > MAX_COLUMNS:
            raise _too_many(max_rows)
        rows += [()] * (number - last - 1)
        rows.append(row)
        last = number
    return tuple(rows)


def _with_formulas(
    rows: tuple[tuple[Cell, ...], ...], formulas: Iterable[tuple[Any, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    """Put a mark where a formula stands whose result was never saved."""
    result = []
    for row, cells in zip(rows, formulas, strict=False):
        marked = list(row) + [None] * (len(cells) - len(row))
        for index, cell in enumerate(cells):
            if marked[index] is None and getattr(cell, "data_type", "") == "f":
                marked[index] = NoValue(str(cell.value))
        while marked and marked[-1] is None:
            marked.pop()
        result.append(tuple(marked))
    return (*result, *rows[len(result) :])


def _plain(value: Any, number_format: str | None) -> Cell:
    """Return a cell's value as a plain one: no floats, percentages as the text people see."""
    if value is None or isinstance(value, bool | int | datetime | date | time):
        return value
    if isinstance(value, float):
        number = Decimal(repr(value))
        if number_format and number_format.rstrip("_ );").endswith("%"):
            return f"{(number * 100).normalize():f}%"
        return int(number) if number == number.to_integral_value() and abs(number) < 10**15 else number
    if isinstance(value, timedelta):
        return str(value)
    text = str(value)
    return text if text.strip(" \t\r\n　\xa0") else None


def _csv(content: bytes, path: Path, max_rows: int) -> Grid:
    """Read a .csv: UTF-8 (with or without mark), UTF-16 with mark or GB18030; comma, semicolon or tab."""
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;，", key=first.count) if any(sign in first for sign in ",\t;，") else ","
    rows: list[tuple[Cell, ...]] = []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            cells = [_plain(unguarded(field), None) for field in record]
            while cells and cells[-1] is None:
                cells.pop()
            if cells and (number > max_rows or len(cells) > MAX_COLUMNS):
                raise _too_many(max_rows)
            rows.append(tuple(cells))
    except csv.Error as error:
        raise UserError("ledger.csv", _WHAT, N_("It is not a proper CSV file.")) from error
    while rows and not rows[-1]:
        rows.pop()
    return Grid(path.stem, tuple(rows))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:4096]:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text[:4096]):
            return text
    hint = N_("Choose an Excel workbook (.xlsx) or a CSV file.")
    raise UserError("ledger.not_xlsx", _WHAT, N_("It is not an Excel workbook."), hint)


def _too_large() -> UserError:
    return UserError(
        "ledger.too_large",
        _WHAT,
        N_("Unpacked it is far larger than any ledger; it may have been made to do harm."),
        N_("Copy the rows into a new workbook and try again."),
    )


def _too_many(max_rows: int) -> UserError:
    return UserError(
        "ledger.too_many_rows",
        _WHAT,
        N_("A sheet has more than {rows} rows or {columns} columns."),
        N_("Split it into several files."),
        rows=max_rows,
        columns=MAX_COLUMNS,
    )
