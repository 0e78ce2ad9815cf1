"""Reading lists of parties from CSV or XLSX: columns by name, every bad row named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawdesk.cases.rules.identifiers import parse_identifier
from lawdesk.cases.rules.parties import NameKind, PartyDraft, PartyKind, RelationKind, check_party
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import open_workbook, read_csv

MAX_ROWS = 2_000_000
COLUMNS = ("ref", "name", "kind", "aliases", "identifier", "relation", "to_ref")


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
    for row, cells in _rows(source):
        problem = _read_line(row, cells, lines)
        if problem is not None:
            refused.append((row, problem))
    return PartyTable(tuple(lines), tuple(refused))


def _read_line(row: int, cells: dict[str, str], lines: list[PartyLine]) -> Problem | None:
    """Append what the line says, or return why it cannot be read."""
    ref, relation = cells.get("ref", ""), cells.get("relation", "")
    if relation:
        if relation not in set(RelationKind) or not ref or not cells.get("to_ref"):
            message = N_("A relation needs ref, to_ref and one of: {kinds}.")
            return Problem("party.relation", message, "relation", params={"kinds": ", ".join(RelationKind)})
        lines.append(PartyLine(row, ref, relation=RelationKind(relation), to_ref=cells["to_ref"]))
        return None
    kind = cells.get("kind", "") or PartyKind.UNKNOWN.value
    if kind not in set(PartyKind):
        message = N_("The kind is person, organization or empty, not {kind}.")
        return Problem("party.kind", message, "kind", params={"kind": kind})
    aliases = tuple(
        (NameKind.ALIAS, alias.strip()) for alias in re.split(r"[;；]", cells.get("aliases", "")) if alias.strip()
    )
    identifiers: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Problem, ...] = ()
    if number := cells.get("identifier", ""):
        parsed = parse_identifier(number)
        doubts = tuple(problem for problem in parsed.problems if problem.severity == "error")
        identifiers = ((parsed.kind.value, number),)
    draft = PartyDraft(cells.get("name", ""), PartyKind(kind), aliases, identifiers, ref=ref)
    if problems := check_party(draft):
        return problems[0]
    lines.append(PartyLine(row, ref, draft, doubts=doubts))
    return None


def _rows(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, cells by column name), blank rows left out."""
    header: list[str] | None = None
    for number, cells in enumerate(rows, start=1):
        texts = [cell.strip() for cell in cells]
        if header is None:
            header = [text.lower() for text in texts]
            if "name" not in header:
                raise UserError(
                    "party.columns",
                    N_("This is not a list of parties."),
                    N_("The first row must name the columns; at least name is needed."),
                    N_("Known columns: {columns}."),
                    columns=", ".join(COLUMNS),
                )
        elif any(texts):
            if number > MAX_ROWS:
                raise UserError("party.rows", N_("The list has more than {count} rows."), count=MAX_ROWS)
            yield number, dict(zip(header, texts, strict=False))
    if header is None:
        raise UserError("party.empty", N_("The file is empty."))


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV or XLSX file as text; raises as :func:`lawdesk.outside.files.read_csv` does."""
    return _xlsx_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else read_csv(path)


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    for values in open_workbook(path)[0].rows:
        yield ["" if value is None else str(value) for value in values]
