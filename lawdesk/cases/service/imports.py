"""Bringing in what the firm already has: lists of parties, its Excel ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sqlmodel import Session, col, select

from lawdesk.cases.model import Party
from lawdesk.cases.rules import PartyDraft, RelationDraft, RelationKind
from lawdesk.cases.rules.tables import PartyLine, PartyTable, party_table, read_party_table, read_rows
from lawdesk.cases.service.completing import KnownParties, ties_of
from lawdesk.cases.service.many import AT_ONCE, NewParties
from lawdesk.cases.service.parties import find_same_party, store_relation
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Cancelled, Problem, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
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

    ``noted`` are the rows that came in with something to look at, such as a number that cannot be right;
    ``ignored`` are the headings of the columns that were not read.
    """

    created: int
    updated: int
    refused: tuple[tuple[int, Problem], ...]
    relations: int = 0
    done: tuple[PartyDone, ...] = field(default=(), repr=False, compare=False)
    noted: tuple[tuple[int, Problem], ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyFile:
    """A list of parties as it was read, with its headings and the cells of its rows as they stood there."""

    table: PartyTable
    headings: tuple[str, ...]
    cells: Mapping[int, tuple[str, ...]]


def open_parties(path: Path) -> PartyFile:
    """Read a list of parties and keep its cells. Raises UserError for a file that is no such list."""
    rows = [tuple(row) for row in read_rows(path)]
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
            done = _Storing(work, table, known).store(progress)
            if dry_run or not done.created + done.updated + done.relations:
                raise _Foreseen  # everything was done as it would be, and is taken back
            work.audit("party", created=done.created, updated=done.updated, refused=len(done.refused))
            work.announce(Changed("party", "imported"))
        assert done is not None
        return done


class _Foreseen(Exception):  # noqa: N818 - no error
    """Takes back what a dry run did."""


class _Storing:
    """Stores one list: new parties and what is new about known ones thousands at a time, then the relations."""

    def __init__(self, work: Work, table: PartyTable, known: dict[str, int]) -> None:
        self._work, self._table, self._known = work, table, known
        self._refused = list(table.refused + _dangling(table, set(known)))
        self._noted = [(line.row, line.doubts[0]) for line in table.lines if line.doubts]
        self._done: list[PartyDone] = []
        self._again: list[PartyLine] = []
        self._new = NewParties(
            work, (line.draft for line in table.lines if line.draft is not None and not line.ref)
        )
        self._on_file = KnownParties(work)

    def store(self, progress: Progress | None) -> PartyImport:
        """Store every good row. Raises Cancelled when ``progress`` says stop."""
        lines, known = self._table.lines, self._known
        bad_rows = {row for row, _problem in self._refused}
        for count, line in enumerate(lines):
            if progress is not None and count % 200 == 0 and not progress(count, len(lines)):
                raise Cancelled
            if count % AT_ONCE == 0:
                some = lines[count : count + AT_ONCE]
                drafts = [one.draft for one in some if one.draft is not None and not one.ref]
                found = {known[one.ref] for one in some if one.ref in known}
                self._on_file.read(found.union(self._new.perhaps(drafts)))
            if line.draft is not None and line.row not in bad_rows:
                self._party(line, line.draft)
        self._store_new()
        self._on_file.store()
        self._done += [PartyDone(line.row, "updated", known[line.ref]) for line in self._again]
        ties = [line for line in lines if line.relation is not None and line.row not in bad_rows]
        there = ties_of(self._work, {known[line.ref] for line in ties})
        for line in ties:
            if (known[line.ref], known[line.to_ref], line.relation) in there:
                self._done.append(PartyDone(line.row, "relation", known[line.ref]))
            elif line.relation is not None:
                self._relation(line, line.relation)
        counts = Counter(one.what for one in self._done)
        bad_rows = {row for row, _problem in self._refused}
        return PartyImport(
            counts["created"],
            counts["updated"],
            tuple(sorted(self._refused, key=lambda one: one[0])),
            counts["relation"],
            tuple(sorted(self._done, key=lambda one: one.row)),
            tuple(sorted((one for one in self._noted if one[0] not in bad_rows), key=lambda one: one[0])),
            self._table.ignored,
        )

    def _party(self, line: PartyLine, draft: PartyDraft) -> None:
        if line.ref in self._new.refs:
            self._new.complete(draft)
            self._again.append(line)
            return
        same = self._known.get(line.ref) if line.ref else None
        if self._new.may_be_known(line.ref, draft):
            self._store_new()
            self._on_file.store_numbers()
            if found := find_same_party(self._work.session, draft):
                same = found.key
        if same is not None:
            self._complete(same, line, draft)
            return
        self._new.add(line.row, draft)
        if self._new.full:
            self._store_new()

    def _complete(self, party_id: int, line: PartyLine, draft: PartyDraft) -> None:
        try:
            other = self._on_file.complete(party_id, draft)
        except UserError as error:  # its data are blocked
            self._refused.append((line.row, Problem(error.code, error.what, "name")))
            return
        if other and line.ref:
            message = N_(
                "The reference {ref} is on file for {name}; “{other}” was added as another name of that party. "
                "If it is somebody else, take the name out there and bring this row in under another reference."
            )
            params = {"ref": line.ref, "name": other, "other": draft.name}
            self._noted.append((line.row, Problem("party.renamed", message, "ref", "warning", params)))
        self._new.watch(draft)
        self._done.append(PartyDone(line.row, "updated", party_id))

    def _relation(self, line: PartyLine, kind: RelationKind) -> None:
        one, other = self._known.get(line.ref), self._known.get(line.to_ref)
        assert one is not None
        assert other is not None
        if one != other:  # two refs may have been made one party by hand
            try:
                store_relation(self._work, RelationDraft(one, other, kind))
            except UserError as error:
                self._refused.append((line.row, Problem(error.code, error.what, "to_ref")))
                return
        self._done.append(PartyDone(line.row, "relation", one))

    def _store_new(self) -> None:
        for row, ref, party_id in self._new.store():
            self._done.append(PartyDone(row, "created", party_id))
            if ref:
                self._known[ref] = party_id


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
