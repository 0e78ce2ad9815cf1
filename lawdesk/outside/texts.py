"""Texts taken apart, in the reader: lists as CSV, notes as TOML and JSON."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from lawdesk.kernel.errors import UserError
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.outside.formulas import unguarded

MAX_CSV_BYTES = 512 * 1024 * 1024
_BATCH = 500
_SEPARATORS, _HEADING = ",;\t，；|", 10_000


def csv_rows(path: Path) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the rows of a CSV file, some hundred at a time; see :func:`lawdesk.outside.files.read_csv`."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    batch: list[tuple[str, ...]] = []
    try:
        for row in reader:
            batch.append(tuple(unguarded(cell) for cell in row))
            if len(batch) == _BATCH:
                yield tuple(batch)
                batch = []
    except csv.Error as error:
        yield tuple(batch)
        raise UserError(
            "party.csv",
            N_("The file cannot be read as CSV."),
            N_("Line {line}: {reason}"),
            line=reader.line_num,
            reason=str(error),
        ) from error
    yield tuple(batch)


def _separator(text: str) -> str:
    """Return what separates the cells of the first line: programs write semicolons and tabs too."""
    first = re.sub(r'"[^"]*"', "", text[: text.find("\n")] if "\n" in text else text[:_HEADING])
    return max(_SEPARATORS, key=first[:_HEADING].count)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_CSV_BYTES:
            raise UserError("party.rows", N_("The list is far larger than any list of names."))
        data = path.read_bytes()
    except OSError as error:
        raise file_failure(error, path) from error
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # "Unicode text" of a spreadsheet
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UserError(
            "party.encoding",
            N_("The file is not text."),
            N_("It is neither UTF-8 nor GB18030."),
            N_("Save it as CSV UTF-8 or as XLSX."),
        )
    if "\x00" in text:
        raise UserError("party.encoding", N_("The file is not text."), hint=N_("Save it as CSV UTF-8 or as XLSX."))
    return text


def toml(text: str, *, decimals: bool = False) -> dict[str, Any]:
    """Return what a TOML text says; raises UserError ``outside.syntax``."""
    try:
        return tomllib.loads(text, parse_float=Decimal if decimals else float)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise _syntax(error) from error


def strict_json(text: str) -> Any:
    """Return what a JSON text says; raises UserError ``outside.syntax``."""
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise _syntax(error) from error


def _syntax(error: Exception) -> UserError:
    return UserError(
        "outside.syntax",
        N_("The text cannot be read: {reason}"),
        reason=str(error)[:200],
        line=getattr(error, "lineno", None),
    )


def _refuse_constant(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are no amounts


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _value in pairs}) < len(pairs):
        raise ValueError("a field stands twice")
    return dict(pairs)
