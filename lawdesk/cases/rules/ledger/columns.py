"""Header rows found by their words: one row or two, in any column order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lawdesk.cases.rules.ledger.text import squeeze
from lawdesk.cases.rules.ledger.values import Cell
from lawdesk.kernel.resources import load_rules

SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Header:
    """Where the columns are: ``columns`` maps field to column index (from 0); rows count from 1.

    ``units`` holds what a bare figure counts where the heading says so: 10,000 yuan under 标的额（万元）.
    """

    rows: tuple[int, ...]
    columns: dict[str, int]
    unread: tuple[str, ...]
    units: dict[str, int]


def field_of(label: str) -> str | None:
    """Return the field a heading names: brackets and units off, each side of a slash tried."""
    words = _words()
    bare = squeeze(label).strip("*＊:：")
    whole = re.sub(r"[(（][^()（）]*[)）]", "", bare)
    for candidate in (whole, re.sub(r"[/、|·]", "", whole), *re.split(r"[/、|]|或", whole)):
        if candidate in words:
            return words[candidate]
    inside = re.search(r"[(（]([^()（）]*)[)）]", bare)
    return words.get(inside[1]) if inside and not whole else None


def find_header(rows: tuple[tuple[Cell, ...], ...]) -> Header | None:
    """Return the first header among the first rows, None when there is none."""
    for index in range(min(len(rows), SEARCHED_ROWS)):
        header = header_at(rows, index)
        if header is not None:
            return header
    return None


def header_at(rows: tuple[tuple[Cell, ...], ...], index: int) -> Header | None:
    """Return the header that begins at ``rows[index]``: two rows when the second is made of headings, too."""
    top = _labels(rows[index])
    below = _labels(rows[index + 1]) if index + 1 < len(rows) else []
    if sum(1 for label in top if label and (field_of(label) or label in _headings("groups"))) < 3:
        return None
    one = _header((index + 1,), top, [])
    if below and _all_headings(below):
        two = _header((index + 1, index + 2), top, below)
        if two is not None and (one is None or len(two.columns) > len(one.columns)):
            return two
    return one


def is_heading_row(row: tuple[Cell, ...]) -> bool:
    """Say whether a row below the header only repeats headings (at least three, hardly anything else)."""
    labels = [label for label in _labels(row) if label]
    known = [label for label in labels if field_of(label) or label in _headings("groups")]
    return len(known) >= 3 and len(known) >= 0.8 * len(labels)


def _header(rows: tuple[int, ...], top: list[str], below: list[str]) -> Header | None:
    columns: dict[str, int] = {}
    unread: list[str] = []
    units: dict[str, int] = {}
    group = ""
    for index in range(max(len(top), len(below))):
        upper = top[index] if index < len(top) else ""
        lower = below[index] if index < len(below) else ""
        group = upper or group
        label = lower or upper
        if not label:
            continue
        field = _field(group, upper, lower)
        if field is None or field in columns:
            unread.append(label)
        else:
            columns[field] = index
            if re.search(r"万元?[)）\]]?$", upper + lower):
                units[field] = 10_000
    anchors = {"internal_number", "intake_date", "cause", "adverse", "court_numbers"} & columns.keys()
    if "clients" not in columns or not anchors or len(columns) < 4:
        return None
    return Header(rows, columns, tuple(unread), units)


def _field(group: str, upper: str, lower: str) -> str | None:
    """Return the field of a column: under a group heading 委托人 + 名称 counts before 名称 alone."""
    if lower:
        return field_of(group + lower) or field_of(lower) or (field_of(upper) if upper else None)
    return field_of(upper)


def _labels(row: tuple[Cell, ...]) -> list[str]:
    return [squeeze(cell) if isinstance(cell, str) and len(cell) <= 40 else "" for cell in row]


def _all_headings(labels: list[str]) -> bool:
    written = [label for label in labels if label]
    return bool(written) and all(field_of(label) or label in _headings("subheadings") for label in written)


@cache
def _words() -> dict[str, str]:
    """Every way of writing a heading, to its field."""
    return {word: field for field, words in load_rules("ledger")["headings"].items() for word in words.split()}


@cache
def _headings(part: str) -> frozenset[str]:
    return frozenset(load_rules("ledger")["heading_words"][part].split())
