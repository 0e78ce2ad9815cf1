"""Reading lists of parties from CSV or XLSX: columns by name, every bad row named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawdesk.cases.rules.columns import (
    KIND_WORDS,
    NAME_WORDS,
    NUMBER_WORDS,
    Heading,
    cell_text,
    column_words,
    kind_said,
    read_heading,
    relation_said,
)
from lawdesk.cases.rules.identifiers import parse_identifier
from lawdesk.cases.rules.parties import NameKind, PartyDraft, RelationKind, check_party
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import open_workbook, read_csv

MAX_ROWS = 2_000_000
COLUMNS = {
    "ref": ("ref", "reference", "编号", "当事人编号", "客户编号"),
    "name": NAME_WORDS,
    "kind": KIND_WORDS,
    "aliases": ("aliases", "alias", "别名", "又名", "其他名称"),
    "former": ("former", "former name", "former names", "former_names", "曾用名", "曾用名称", "原名", "原名称"),
    "short": ("short", "short name", "简称", "商号", "字号"),
    "english": ("english", "english name", "english_name", "英文名", "英文名称", "外文名", "外文名称"),
    "identifier": NUMBER_WORDS,
    "relation": ("relation", "关系"),
    "to_ref": ("to_ref", "关系方编号", "对方编号"),
}
"""The columns of a list of parties, each with the headings it may bear."""
NAME_KINDS = {
    "aliases": NameKind.ALIAS,
    "former": NameKind.FORMER,
    "short": NameKind.SHORT,
    "english": NameKind.ENGLISH,
}
"""The columns that hold further names, separated by semicolons."""


@dataclass(frozen=True)
class PartyLine:
    """One good line: a party, or a relation from ``ref`` to ``to_ref``; ``row`` counts from 2 below the header.

    ``doubts`` is what may be wrong with its number: it comes in unconfirmed, for a party left out would be missed
    by every conflict check.
    """

    row: int
    ref: str
    draft: PartyDraft | None = None
    relation: RelationKind | None = None
    to_ref: str = ""
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PartyTable:
    """What a file held: good lines and refused rows with their reasons."""

    lines: tuple[PartyLine, ...]
    refused: tuple[tuple[int, Problem], ...]
    ignored: tuple[str, ...] = ()


def read_party_table(path: Path) -> PartyTable:
    """Read a list of parties. Raises UserError for a file that is no such list at all."""
    return party_table(read_rows(path))


def party_table(source: Iterable[Sequence[str]]) -> PartyTable:
    """Return what the rows of a list of parties say; raises as :func:`read_party_table` does."""
    lines: list[PartyLine] = []
    refused: list[tuple[int, Problem]] = []
    heading: Heading | None = None
    bearers: dict[str, PartyLine] = {}
    for row, cells in enumerate(source, start=1):
        if heading is None:
            heading = _heading(cells)
        elif any(cell.strip() for cell in cells):
            if row > MAX_ROWS:
                raise UserError("party.rows", N_("The list has more than {count} rows."), count=MAX_ROWS)
            line = _read_line(row, heading.cells(cells, joined=tuple(NAME_KINDS)))
            if isinstance(line, PartyLine):
                line = _one_bearer(line, bearers)
            if isinstance(line, PartyLine):
                lines.append(line)
            else:
                refused.append((row, line))
    if heading is None:
        raise UserError("party.empty", N_("The file is empty."))
    return PartyTable(tuple(lines), tuple(refused), heading.ignored)


def _heading(cells: Sequence[str]) -> Heading:
    heading = read_heading(cells, COLUMNS)
    if "name" not in heading.columns:
        raise UserError(
            "party.columns",
            N_("This is not a list of parties."),
            N_("The first row must name the columns; at least name (名称 or 姓名) is needed."),
            N_("Known columns: {columns}."),
            columns=column_words(COLUMNS),
        )
    return heading


def _read_line(row: int, cells: dict[str, str] | Problem) -> PartyLine | Problem:
    """Return what the line says, or why it cannot be read."""
    if isinstance(cells, Problem):
        return cells
    ref = cells.get("ref", "")
    if said := cells.get("relation", ""):
        relation = relation_said(said)
        if relation is None or not ref or not cells.get("to_ref"):
            message = N_("A relation needs ref, to_ref and one of: {kinds}.")
            return Problem("party.relation", message, "relation", params={"kinds": ", ".join(RelationKind)})
        return PartyLine(row, ref, relation=relation, to_ref=cells["to_ref"])
    kind = kind_said(cells.get("kind", ""))
    if isinstance(kind, Problem):
        return kind
    names = tuple(
        (name_kind, name.strip())
        for column, name_kind in NAME_KINDS.items()
        for name in re.split(r"[;；]", cells.get(column, ""))
        if name.strip()
    )
    identifiers: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Problem, ...] = ()
    if number := cells.get("identifier", ""):
        parsed = parse_identifier(number)
        doubts = tuple(problem for problem in parsed.problems if problem.severity == "error")
        identifiers = ((parsed.kind.value, number),)
    draft = PartyDraft(cells.get("name", ""), kind, names, identifiers, ref=ref)
    if problems := check_party(draft):
        return problems[0]
    return PartyLine(row, ref, draft, doubts=doubts)


def _one_bearer(line: PartyLine, bearers: dict[str, PartyLine]) -> PartyLine | Problem:
    """Return the line, or why its reference cannot be right: a row before bears it, for somebody else."""
    if not line.ref or line.draft is None:
        return line
    first = bearers.setdefault(line.ref, line)
    assert first.draft is not None
    if names_of(line.draft).isdisjoint(names_of(first.draft)):
        message = N_(
            "Row {row} bears the reference {ref} already, for {name}. Give this party a reference of its own; if "
            "it is the same party, write this name into the column aliases or former of row {row}."
        )
        params = {"row": first.row, "ref": line.ref, "name": first.draft.name}
        return Problem("party.ref_twice", message, "ref", params=params)
    return line


def names_of(draft: PartyDraft) -> set[str]:
    """Return all names of a draft, each as :func:`folded_name`."""
    return {folded_name(name) for name in (draft.name, *(name for _kind, name in draft.aliases))}


def folded_name(name: str) -> str:
    """Return a name without regard to width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV or XLSX file as text; raises as :func:`lawdesk.outside.files.read_csv` does."""
    return _xlsx_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else read_csv(path)


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    for values in open_workbook(path)[0].rows:
        yield [cell_text(value) for value in values]
