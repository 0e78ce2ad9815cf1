"""The names of the office in memory, kept in step with the database; searched exhaustively."""

from __future__ import annotations

import gc
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from lawdesk.cases import CaseQueries, KnownStanding
from lawdesk.cases import KnownName as KnownRow
from lawdesk.conflicts.rules import Known, KnownName, NameIndex, Searched, Stand, Standing
from lawdesk.conflicts.rules.values import PartyId
from lawdesk.firm import Actor, FirmQueries
from lawdesk.storage.database import Database

_SUBJECTS = ("party", "case", "enquiry", "person", "firm")
_MANY = 2_000
"""From so many parties filed at once the garbage collector is told that they stay."""
_STANDS = {"client": Stand.CLIENT, "adverse": Stand.ADVERSE}
_ENQUIRY_STANDS = {"client": Stand.ENQUIRER, "adverse": Stand.ENQUIRY_ADVERSE}
_Rows = tuple[list[KnownRow], list[str]]
"""The names of one party as they are on file, and its numbers."""


class Registry:
    """Every party and member of the firm as the check searches them.

    ``reading()`` brings in what changed since the last time, from whatever seat or command it came: the audit
    chain says whether anything did. Thread-safe: one thread at a time holds the index.
    """

    def __init__(self, database: Database, cases: CaseQueries, firm: FirmQueries) -> None:
        self._database, self._cases, self._firm = database, cases, firm
        self._lock = threading.Lock()
        self._index: NameIndex | None = None
        self._stamp = -1
        self._filed: dict[PartyId, _Rows] = {}

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[NameIndex]:
        """Hold the index as of now."""
        with self._lock:
            stamp = self._database.state_stamp(*_SUBJECTS)
            if self._index is None:
                self._index = NameIndex()
            if stamp != self._stamp:
                self._bring_up_to_date(self._index, actor)
                self._stamp = stamp
            yield self._index

    def searched(self, actor: Actor) -> Searched:
        """Return how many cases and enquiries lie behind the names."""
        cases, enquiries = self._cases.known_counts(actor)
        return Searched(cases=cases, enquiries=enquiries)

    def standings_of(self, actor: Actor, parties: Collection[PartyId]) -> Mapping[PartyId, Sequence[Standing]]:
        """Return where each party stands; members of the firm stand as such."""
        found: dict[PartyId, list[Standing]] = {}
        for party in parties:
            if isinstance(party, str):
                found[party] = [Standing(Stand.STAFF, "", open=True)]
        numbers = [party for party in parties if isinstance(party, int)]
        for row in self._cases.known_standings(actor, numbers):
            found.setdefault(row.party_id, []).append(_standing(row))
        return found

    def _bring_up_to_date(self, index: NameIndex, actor: Actor) -> None:
        """Read the rows on file and file anew only the parties whose rows are others than before."""
        current = self._rows(actor)
        for party in self._filed.keys() - current.keys():
            index.remove(party)
        others = [(party, rows) for party, rows in current.items() if self._filed.get(party) != rows]
        with _long_lived(len(others)):
            for party, rows in others:
                index.put(_known(party, *rows))
            self._filed = current

    def _rows(self, actor: Actor) -> dict[PartyId, _Rows]:
        """Return what is on file of everybody, as plain rows: comparing those is what most calls come to."""
        names: dict[PartyId, list[KnownRow]] = {}
        for row in self._cases.known_names(actor):
            names.setdefault(row.party_id, []).append(row)
        numbers: dict[PartyId, list[str]] = {}
        for party_id, _kind, value in self._cases.known_identifiers(actor):
            numbers.setdefault(party_id, []).append(value)
        found: dict[PartyId, _Rows] = {party: (rows, numbers.get(party, [])) for party, rows in names.items()}
        found["firm"] = (_own("organization", self._firm.firm_name(actor)), [])
        for person in self._firm.people(actor, everybody=True):
            found[f"person:{person.id}"] = (_own("person", person.name), [])
        return found


@contextmanager
def _long_lived(count: int) -> Iterator[None]:
    """Build many objects that stay, and take them out of the garbage collector's rounds.

    Left in, every full round would walk the whole index again and stop the window for a noticeable moment.
    """
    if count < _MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def _own(kind: str, name: str) -> list[KnownRow]:
    return [KnownRow(0, kind, "", "registered", name)]


def _known(party: PartyId, rows: list[KnownRow], numbers: list[str]) -> Known:
    ordered = sorted(
        rows, key=lambda row: row.name_kind != "registered"
    )  # the first one is the name that is shown
    names = tuple(KnownName(row.name, row.name_kind) for row in ordered)
    return Known(party, names, rows[0].kind, tuple(numbers), rows[0].ref)


def _standing(row: KnownStanding) -> Standing:
    if row.enquiry_id is not None:
        stand = _ENQUIRY_STANDS.get(row.side, Stand.THIRD)
        return Standing(stand, row.title, open=row.status == "open", since=row.received_on, lead=row.lead)
    stand = _STANDS.get(row.side, Stand.THIRD)
    if stand is Stand.CLIENT and row.kind == "retainer":
        stand = Stand.RETAINER
    return Standing(
        stand,
        row.number,
        open=row.status == "open",
        since=row.received_on,
        closed_on=row.closed_on,
        lead=row.lead,
        matter_kind=row.kind,
        title=row.title,
        position=row.standing,
        case_id=row.case_id,
    )
