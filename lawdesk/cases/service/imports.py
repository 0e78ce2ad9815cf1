"""Bringing in what the firm already has: lists of parties, its Excel ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sqlmodel import Session, col, select

from lawdesk.cases.model import Party
from lawdesk.cases.rules import NameKind, PartyDraft, RelationDraft
from lawdesk.cases.rules.tables import PartyLine, PartyTable, party_table, read_party_table
from lawdesk.cases.service.many import NewParties
from lawdesk.cases.service.parties import (
    add_identifiers,
    add_name,
    complete_party,
    find_same_party,
    get_party,
    index_party,
    store_relation,
)
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Cancelled, Problem
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import open_workbook, read_csv
from lawdesk.storage.database import Database, Work

Progress = Callable[[int, int], bool]
"""Called with (done, all); answers False to stop."""


@dataclass(frozen=True)
class PartyDone:
    """What became of one good row: a new party, one on file completed, or a relation of it."""

    row: int
    what: Literal["created", "updated", "relation"]
    party_id: int


@dataclass(frozen=True)
class PartyImport:
    """What importing a list of parties did, or would do; ``done`` names the good rows one by one.

    ``noted`` are the rows that came in with a number that cannot be right.
    """

    created: int
    updated: int
    refused: tuple[tuple[int, Problem], ...]
    relations: int = 0
    done: tuple[PartyDone, ...] = field(default=(), repr=False, compare=False)
    noted: tuple[tuple[int, Problem], ...] = ()


@dataclass(frozen=True)
class PartyFile:
    """A list of parties as it was read, with its headings and the cells of its rows as they stood there."""

    table: PartyTable
    headings: tuple[str, ...]
    cells: Mapping[int, tuple[str, ...]]


def open_parties(path: Path) -> PartyFile:
    """Read a list of parties and keep its cells. Raises UserError for a file that is no such list."""
    from lawdesk.cases.service.ledger_file import cell_text

    if path.suffix.lower() in (".xlsx", ".xlsm"):
        grid = open_workbook(path)[0]
        table = party_table(["" if cell is None else str(cell) for cell in row] for row in grid.rows)
        rows = [tuple(cell_text(cell) for cell in row) for row in grid.rows]
    else:
        rows = [tuple(row) for row in read_csv(path)]
        table = party_table(rows)
    wanted = {line.row for line in table.lines} | {row for row, _problem in table.refused}
    cells = {number: cells for number, cells in enumerate(rows, start=1) if number in wanted}
    return PartyFile(table, tuple(cell.strip() for cell in rows[0]), cells)


class ImportService:
    """Bringing in lists."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def import_parties(
        self, actor: Actor, source: Path | PartyTable, *, dry_run: bool = False, progress: Progress | None = None
    ) -> PartyImport:
        """Bring in a list of parties in one transaction: good rows enter, bad ones are named, nothing half.

        ``source`` is the file, or the list as it was read for a preview: then exactly that comes in.

        A row whose ``ref`` is on file already updates that party; so does a row without ``ref`` that certainly
        names a party on file. A dry run does it all and takes it back. Raises UserError for a file that is no
        list and Cancelled when ``progress`` says stop; then nothing was changed.
        """
        require(actor, "party.import")
        table = source if isinstance(source, PartyTable) else read_party_table(source)
        done = None
        with suppress(_Foreseen), self._database.write(actor, "party.import") as work:
            known = _parties_by_ref(work.session, table)
            done = _store_table(work, table, known, progress)
            if dry_run or not done.created + done.updated + done.relations:
                raise _Foreseen  # everything was done as it would be, and is taken back
            work.audit("party", created=done.created, updated=done.updated, refused=len(done.refused))
            work.announce(Changed("party", "imported"))
        assert done is not None
        return done


class _Foreseen(Exception):  # noqa: N818 - no error
    """Takes back what a dry run did."""


def _store_table(work: Work, table: PartyTable, known: dict[str, int], progress: Progress | None) -> PartyImport:
    updated = 0
    done: list[PartyDone] = []
    refused = sorted(table.refused + _dangling(table, set(known)), key=lambda one: one[0])
    bad_rows = {row for row, _problem in refused}
    relations: list[PartyLine] = []
    new = NewParties(work, (line.draft for line in table.lines if line.draft is not None and not line.ref))

    def store_new() -> None:
        for row, ref, party_id in new.store():
            done.append(PartyDone(row, "created", party_id))
            if ref:
                known[ref] = party_id

    for count, line in enumerate(table.lines):
        if progress is not None and count % 200 == 0 and not progress(count, len(table.lines)):
            raise Cancelled
        if line.row in bad_rows:
            continue
        if line.draft is None:
            relations.append(line)
            continue
        in_doubt = new.may_be_known(line.ref, line.draft)
        if in_doubt or line.ref in new.refs:
            store_new()
        same = known.get(line.ref) if line.ref else None
        if in_doubt and (found := find_same_party(work.session, line.draft)):
            same = found.key
        if same is not None:
            _update(work, same, line.draft)
            done.append(PartyDone(line.row, "updated", same))
            updated += 1
            continue
        new.add(line.row, line.draft)
        if new.full:
            store_new()
    store_new()
    created = len(done) - updated
    for line in relations:
        assert line.relation is not None
        done.append(PartyDone(line.row, "relation", known[line.ref]))
        if known[line.ref] != known[line.to_ref]:  # two refs may have been made one party by hand
            store_relation(work, RelationDraft(known[line.ref], known[line.to_ref], line.relation))
    done.sort(key=lambda one: one.row)
    noted = [(line.row, line.doubts[0]) for line in table.lines if line.doubts and line.row not in bad_rows]
    return PartyImport(created, updated, tuple(refused), len(relations), tuple(done), tuple(noted))


def _update(work: Work, party_id: int, draft: PartyDraft) -> None:
    """Add what the row knows to the party on file; nothing is taken away."""
    party = get_party(work.session, party_id)
    complete_party(party, draft)
    for kind, alias in (*draft.aliases, (NameKind.ALIAS, draft.name)):
        add_name(work, party, kind, alias)
    add_identifiers(work, party, draft)
    index_party(work.session, party)


def _parties_by_ref(session: Session, table: PartyTable) -> dict[str, int]:
    wanted = {line.ref for line in table.lines} | {line.to_ref for line in table.lines}
    rows = session.exec(select(Party.ref, Party.id).where(col(Party.ref) != ""))
    return {ref: party_id for ref, party_id in rows if ref in wanted and party_id is not None}


def _dangling(table: PartyTable, known: set[str]) -> tuple[tuple[int, Problem], ...]:
    """Name the relations that point at a party neither in the file nor in the office."""
    refs = known | {line.ref for line in table.lines if line.draft is not None and line.ref}
    message = N_("The relation names {ref}, which is neither in this file nor in the office.")
    oneself = N_("A party cannot be related to itself.")
    found = []
    for line in table.lines:
        if line.relation is not None:
            if line.ref == line.to_ref:
                found.append((line.row, Problem("relation.self", oneself, "to_ref")))
                continue
            missing = next((ref for ref in (line.ref, line.to_ref) if ref not in refs), None)
            if missing is not None:
                found.append((line.row, Problem("party.dangling", message, "to_ref", params={"ref": missing})))
    return tuple(found)
