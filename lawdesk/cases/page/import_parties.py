"""Bringing in a list of parties and their relations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from lawdesk.cases.page.import_job import Line, Pair, Seen, State, Step, reasons
from lawdesk.cases.rules import KIND_TITLES, RELATION_TITLES
from lawdesk.cases.rules.columns import column_named, unread_columns
from lawdesk.cases.rules.identifiers import parse_identifier
from lawdesk.cases.rules.tables import COLUMNS, NAME_KINDS, PartyLine
from lawdesk.cases.service import CaseService
from lawdesk.cases.service.imports import PartyFile, PartyImport, open_parties
from lawdesk.cases.service.ledger_file import save_table, why_words
from lawdesk.firm import Actor
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _, listed, ngettext

FIELDS = {
    "ref": N_("Reference"),
    "name": N_("Name"),
    "kind": N_("Kind of party"),
    "aliases": N_("Other names"),
    "former": N_("Former name"),
    "short": N_("Short name"),
    "english": N_("English name"),
    "identifier": N_("Identity number or credit code"),
    "relation": N_("Relation"),
    "to_ref": N_("Relation to"),
}
_WHAT: dict[str, Problem] = {
    "updated": Problem("party.completes", N_("Already on file; it is completed."), severity="note"),
    "relation": Problem("party.relates", N_("A relation between two parties."), severity="note"),
}


class PartyJob:
    """Brings in a list of parties (CSV or XLSX)."""

    key = "parties"

    def __init__(self, cases: CaseService) -> None:
        self._cases = cases

    def title(self) -> str:
        """Return what is being done."""
        return _("Import parties")

    def read(self, path: Path) -> PartyFile:
        """Read the file."""
        return open_parties(path)

    def foresee(self, actor: Actor, file: PartyFile, step: Step) -> Seen:
        """Do it all and take it back."""
        done = self._cases.import_parties(actor, file.table, dry_run=True, progress=step)
        return self._seen(file, done, done_now=False)

    def take(self, actor: Actor, file: PartyFile, step: Step) -> Seen:
        """Bring in every good row."""
        return self._seen(file, self._cases.import_parties(actor, file.table, progress=step), done_now=True)

    def pairs(self, file: PartyFile, line: Line) -> list[Pair]:
        """Return the cells of a row and what was read in them."""
        found = next((one for one in file.table.lines if one.row == line.row), None)
        read = _read_words(found) if found is not None else {}
        cells = file.cells[line.row]
        pairs = []
        for place, heading in enumerate(file.headings):
            column = column_named(heading, COLUMNS)
            cell = cells[place] if place < len(cells) else ""
            pairs.append(Pair(column or heading, heading, cell, read.get(column, "")))
        return pairs

    def field_title(self, name: str) -> str:
        """Return a field in words."""
        return _(FIELDS[name]) if name in FIELDS else ""

    def save(self, file: PartyFile, lines: Sequence[Line], path: Path) -> None:
        """Write the rows under the headings of the file, each with its reasons."""
        keep = [place for place, heading in enumerate(file.headings) if heading != why_words()]
        rows = [[*(file.headings[place] for place in keep), why_words()]]
        for line in lines:
            cells = file.cells[line.row]
            rows.append([*(cells[place] if place < len(cells) else "" for place in keep), reasons(self, line)])
        save_table(path, self.title(), rows)

    def button(self, count: int) -> str:
        """Return the words of the button."""
        if not count:
            return _("Nothing to take over")
        return ngettext("Take over {count} row", "Take over {count} rows", count).format(count=count)

    def running(self) -> str:
        """Return what happens while it is brought in."""
        return _("Bringing the parties in")

    def headline(self, seen: Seen) -> str:
        """Return one sentence about the whole file."""
        counts = Counter(_kind_of(line) for line in seen.lines)
        words = (
            _("{created} created, {updated} completed, {relations} relations, {refused} refused.")
            if seen.done
            else _("{created} new, {updated} already on file, {relations} relations, {refused} refused.")
        )
        keys = ("created", "updated", "relation", "refused")
        created, updated, relations, refused = (counts[key] for key in keys)
        return words.format(created=created, updated=updated, relations=relations, refused=refused)

    def _seen(self, file: PartyFile, done: PartyImport, *, done_now: bool) -> Seen:
        names = {line.ref: line.draft.name for line in file.table.lines if line.draft is not None and line.ref}
        good = {one.row: one for one in done.done}
        place = {
            column_named(heading, COLUMNS): column for column, heading in reversed(list(enumerate(file.headings)))
        }
        noted: defaultdict[int, list[Problem]] = defaultdict(list)
        for row, problem in done.noted:
            noted[row].append(problem)
        lines = []
        for line in file.table.lines:
            if (one := good.get(line.row)) is None:
                continue
            state: State = "taken" if done_now else "there" if one.what == "updated" else "sound"
            told = (*((_WHAT[one.what],) if one.what in _WHAT else ()), *noted[line.row])
            if (state == "sound" and noted[line.row]) or any(note.code == "party.renamed" for note in told):
                state = "remarks" if not done_now else state
            opens = one.party_id if done_now else None
            lines.append(Line("", line.row, state, _title(line, names), line.ref, told, opens))
        for row, problem in done.refused:
            cells = file.cells.get(row, ())
            name, ref = (_cell(cells, place.get(key)) for key in ("name", "ref"))
            lines.append(Line("", row, "refused", name, ref, (problem,)))
        lines.sort(key=lambda line: line.row)
        counts = Counter(line.state for line in lines)
        unread = [heading for heading in done.ignored if heading != why_words()]
        notes = [unread_columns(unread, COLUMNS)] if unread else []
        return Seen(lines, len(done.done), notes, done=done_now, counts=dict(counts))


def _kind_of(line: Line) -> str:
    """Return what a row is: created, updated, relation or refused."""
    if line.state == "refused":
        return "refused"
    codes = {problem.code for problem in line.problems}
    return next((what for what, problem in _WHAT.items() if problem.code in codes), "created")


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _title(line: PartyLine, names: dict[str, str]) -> str:
    if line.draft is not None:
        return line.draft.name
    ends = (names.get(line.ref, line.ref), names.get(line.to_ref, line.to_ref))
    return f"{ends[0]} → {ends[1]}"


def _read_words(line: PartyLine) -> dict[str, str]:
    """Return what was read in a row, in words, by column."""
    words = {"ref": line.ref, "to_ref": line.to_ref}
    if line.relation is not None:
        words["relation"] = _(RELATION_TITLES[line.relation])
    if line.draft is not None:
        numbers = [parse_identifier(number) for _kind, number in line.draft.identifiers]
        words |= {
            "name": line.draft.name,
            "kind": _(KIND_TITLES[line.draft.kind]),
            "identifier": listed([number.value for number in numbers]),
        }
        for column, kind in NAME_KINDS.items():
            words[column] = listed([name for name_kind, name in line.draft.aliases if name_kind == kind])
    return words
