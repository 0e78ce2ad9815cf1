"""A whole list of names checked one by one: reading it, one answer for each line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lawdesk.cases import KIND_WORDS, NAME_WORDS, NUMBER_WORDS, Heading, kind_said, read_heading, read_rows
from lawdesk.conflicts.rules import Asked, CheckResult, Role
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_

COLUMNS = {
    "id": ("id", "编号", "序号", "ref"),
    "query": ("query", *NAME_WORDS),
    "kind": KIND_WORDS,
    "identifier": NUMBER_WORDS,
    "born": ("born", "birthday", "birth year", "year of birth", "出生日期", "出生年月", "出生年份", "生日"),
    "address": ("address", "地址", "住址", "住所", "住所地"),
}
"""The columns of a list of names to check, each with the headings it may bear."""
_YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d{5})")


@dataclass(frozen=True)
class Listed:
    """One line of a list: its row in the file, and the question it asks; ``problem`` is why it cannot be read."""

    row: int
    asked: Asked
    id: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class NameList:
    """A list as it was read; ``ignored`` are the headings of the columns that were not."""

    lines: tuple[Listed, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListAnswer:
    """What one line of a list came to."""

    line: Listed
    result: CheckResult

    @property
    def searched(self) -> bool:
        """Whether the name could be searched at all."""
        return bool(self.result.asked) and not any(entry.name for entry in self.result.not_searched)


def read_list(path: Path, *, needed: Sequence[str] = ()) -> NameList:
    """Return the lines of a CSV or XLSX list; a row that cannot be read is kept and answered as not searched.

    Raises UserError for a file without a column of names (or of ``needed`` ones), EnvironmentFailure when it
    cannot be read.
    """
    lines: list[Listed] = []
    heading: Heading | None = None
    for number, cells in enumerate(read_rows(path), start=1):
        if heading is None:
            heading = read_heading(cells, COLUMNS)
            if not {"query", *needed} <= set(heading.columns):
                raise _lacking(needed)
        elif any(cell.strip() for cell in cells):
            lines.append(_line(number, heading, cells))
    if heading is None:
        raise _lacking(needed)
    return NameList(tuple(lines), heading.ignored)


def answer(line: Listed, check: Callable[[Sequence[Asked]], CheckResult]) -> ListAnswer:
    """Check one line; one that cannot be read is answered as not searched, never as "no conflict"."""
    if line.problem is None:
        return ListAnswer(line, check([line.asked]))
    return ListAnswer(line, replace(check([]), asked=(), hits=(), problems=(line.problem,)))


def _line(number: int, heading: Heading, cells: Sequence[str]) -> Listed:
    as_typed: dict[str, str] = {}
    for column, cell in zip(heading.columns, cells, strict=False):
        if cell.strip():
            as_typed.setdefault(column, str(cell))
    name, identity = as_typed.get("query", ""), as_typed.get("id", "")
    row = heading.cells(cells, joined=("identifier",))
    if isinstance(row, Problem):
        return Listed(number, Asked(name, Role.CLIENT), identity, row)
    kind = kind_said(row.get("kind", ""))
    born = row.get("born", "")
    year = _YEAR.search(born)
    problem = kind if isinstance(kind, Problem) else None
    if born and year is None:
        message = N_("“{born}” names no year of birth.")
        problem = problem or Problem("list.born", message, "born", params={"born": born[:40]})
    asked = Asked(
        name,
        Role.CLIENT,
        "unknown" if isinstance(kind, Problem) else kind.value,
        tuple(one.strip() for one in re.split("[;；]", row.get("identifier", "")) if one.strip()),
        int(year[0]) if year else None,
        row.get("address", ""),
    )
    return Listed(number, asked, identity, problem)


def _lacking(needed: Sequence[str]) -> UserError:
    if not needed:
        return UserError(
            "list.names",
            N_("This list has no column with names."),
            hint=N_("Call the column query, name or 名称."),
        )
    return UserError(
        "list.columns",
        N_("The list lacks columns."),
        hint=N_("The first row must name the columns {needed}, and may name {more}."),
        needed=", ".join((*needed, "query")),
        more=", ".join(column for column in COLUMNS if column not in (*needed, "query")),
    )
