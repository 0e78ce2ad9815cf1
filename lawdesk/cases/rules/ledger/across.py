"""Rows against each other: the same row twice, the same number twice, parties that change sides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lawdesk.cases.rules.court_numbers import is_higher_court, parse_court_number
from lawdesk.cases.rules.ledger.names import parent_key
from lawdesk.cases.rules.ledger.values import LedgerRead, LedgerRow, fault, row_status, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_SHOWN = 5
_RANKS = (
    ("仲裁", 0), ("一审", 1), ("二审", 2), ("再审", 3), ("申诉", 3), ("恢复执行", 5), ("执行异议", 5), ("执行", 4),
)  # fmt: skip


@dataclass
class _Seen:
    """What the rows before told, by name and by number."""

    clients: dict[str, list[LedgerRow]] = field(default_factory=lambda: defaultdict(list))
    adverse: dict[str, list[LedgerRow]] = field(default_factory=lambda: defaultdict(list))
    internal: dict[str, LedgerRow] = field(default_factory=dict)
    court: dict[str, LedgerRow] = field(default_factory=dict)
    content: dict[LedgerRead, LedgerRow] = field(default_factory=dict)


def check_across(rows: Sequence[LedgerRow], years: dict[str, int | None]) -> tuple[LedgerRow, ...]:
    """Return ``rows`` with the problems that show only between rows; the later row carries them.

    Sheets count in the order of their years (``years`` by sheet name), rows in their order.
    """
    names = list(dict.fromkeys(row.sheet for row in rows))
    order = {name: (years.get(name) or 9999, index) for index, name in enumerate(names)}
    seen = _Seen()
    checked: dict[tuple[str, int], LedgerRow] = {}
    used = {_number_key(row) for row in rows}
    for row in sorted(rows, key=lambda each: (order[each.sheet], each.row)):
        if row.read is None:
            continue
        problems = (*row.problems, *_row_problems(row, row.read, seen, used))
        checked[(row.sheet, row.row)] = replace(row, problems=problems, status=row_status(problems))
        _remember(row, row.read, seen)
    return tuple(checked.get((row.sheet, row.row), row) for row in rows)


def _row_problems(row: LedgerRow, read: LedgerRead, seen: _Seen, used: set[str]) -> Iterator[Problem]:
    twin = seen.content.get(read)
    if twin is not None:
        message = N_("The row is the same as row {row} of sheet {sheet}: entered twice.")
        yield fault("duplicate_row", "row", message, row=twin.row, sheet=twin.sheet)
        return
    yield from _same_numbers(row, read, seen, used)
    yield from _conflicts(read, seen)


def _same_numbers(row: LedgerRow, read: LedgerRead, seen: _Seen, used: set[str]) -> Iterator[Problem]:
    number = read.internal_number
    earlier = seen.internal.get(_number_key(row)) if number else None
    if number and earlier is not None:
        params = {"number": number, "row": earlier.row, "sheet": earlier.sheet}
        following = _next_number(number)
        if following and _number_key(replace(row, read=replace(read, internal_number=following))) not in used:
            message = N_("{number} already stands in row {row} of sheet {sheet}; {free} would be free.")
            yield fault("duplicate_internal_number", "internal_number", message, free=following, **params)
        else:
            message = N_("{number} already stands in row {row} of sheet {sheet}.")
            yield fault("duplicate_internal_number", "internal_number", message, **params)
    for court_number in read.court_numbers:
        before = seen.court.get(court_number)
        if before is not None:
            message = N_("{number} also stands in row {row} of sheet {sheet}; is it the same case?")
            params = {"number": court_number, "row": before.row, "sheet": before.sheet}
            yield warn("court_number_repeated", "court_numbers", message, **params)


def _conflicts(read: LedgerRead, seen: _Seen) -> Iterator[Problem]:
    """Name a client who was an adverse party before and an adverse party who was a client before."""
    for party in read.clients:
        before = _rows(seen.adverse, party.name, *party.aliases, *party.former_names)
        same = [other for other in before if _same_dispute(other, read)]
        if same:
            message = N_("{name} was the adverse party in {cases}, the same dispute: the firm would change sides.")
            yield fault("conflict_same_case", "clients", message, name=party.name, cases=_cases(same))
        elif before:
            message = N_("The client {name} was the adverse party in {cases}.")
            yield warn("conflict_across_rows", "clients", message, name=party.name, cases=_cases(before))
    for party in read.adverse:
        before = _rows(seen.clients, party.name, *party.aliases, *party.former_names)
        if before:
            message = N_("The adverse party {name} was a client in {cases}.")
            yield warn("conflict_across_rows", "adverse", message, name=party.name, cases=_cases(before))


def _same_dispute(before: LedgerRow, read: LedgerRead) -> bool:
    """Say whether the sides changed places in one dispute, perhaps an instance later.

    The client of before must now stand on the other side; the cause, where both name one, must be the same; and
    either a number is the same, or the stage is a later one and the courts do not contradict it.
    """
    other = before.read
    if other is None or not _keys(party.name for party in other.clients) & _keys(
        party.name for party in read.adverse
    ):
        return False
    if set(other.court_numbers) & set(read.court_numbers):
        return True
    if other.cause and read.cause and other.cause != read.cause:
        return False
    rank_before, rank_now = _rank(other.stage), _rank(read.stage)
    if rank_before is None or rank_now is None or rank_now <= rank_before:
        return False
    codes_before, codes_now = _court_codes(other), _court_codes(read)
    if rank_now == 2 and codes_before and codes_now:  # an appeal goes to the court above
        return any(now == then or is_higher_court(now, then) for now in codes_now for then in codes_before)
    return True


def _rows(index: dict[str, list[LedgerRow]], *names: str) -> list[LedgerRow]:
    found = {(row.sheet, row.row): row for key in _keys(names) for row in index.get(key, ())}
    return list(found.values())


def _remember(row: LedgerRow, read: LedgerRead, seen: _Seen) -> None:
    seen.content.setdefault(read, row)
    if read.internal_number:
        seen.internal.setdefault(_number_key(row), row)
    for number in read.court_numbers:
        seen.court.setdefault(number, row)
    for index, parties in ((seen.clients, read.clients), (seen.adverse, read.adverse)):
        for party in parties:
            for key in _keys((party.name, *party.aliases, *party.former_names)):
                index[key].append(row)


def _keys(names: Iterable[str]) -> set[str]:
    return {parent_key(name) for name in names}


def _rank(stage: str | None) -> int | None:
    return next((rank for word, rank in _RANKS if word in (stage or "")), None)


def _court_codes(read: LedgerRead) -> set[str]:
    codes = (parse_court_number(number).court_code for number in read.court_numbers)
    return {code for code in codes if code}


def _cases(rows: Sequence[LedgerRow]) -> str:
    """Name rows by the firm's number, or by sheet and row."""
    names = [
        row.read.internal_number if row.read and row.read.internal_number else f"{row.sheet}:{row.row}"
        for row in rows
    ]
    return "、".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _number_key(row: LedgerRow) -> str:
    """Return what a firm's number is unique by: itself, or within its sheet when it names no year (001)."""
    number = (row.read.internal_number if row.read else None) or ""
    return number if re.search(r"(?:19|20)\d{2}", number) else f"{row.sheet}\n{number}"


def _next_number(number: str) -> str | None:
    """Return the number after ``（2024）民字第011号``: ``（2024）民字第012号``."""
    match = re.fullmatch(r"(.*?)(\d+)(\D*)", number)
    if match is None:
        return None
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}d}{match[3]}"
