"""The names of the office in memory, kept in step with the database; searched exhaustively."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from lawdesk.cases import CaseQueries, KnownStanding
from lawdesk.conflicts.rules import Known, KnownName, NameIndex, Searched, Stand, Standing
from lawdesk.conflicts.rules.values import PartyId
from lawdesk.firm import Actor, FirmQueries
from lawdesk.storage.database import Database

_SUBJECTS = ("party", "case", "enquiry", "person", "firm")
_STANDS = {"client": Stand.CLIENT, "adverse": Stand.ADVERSE}
_ENQUIRY_STANDS = {"client": Stand.ENQUIRER, "adverse": Stand.ENQUIRY_ADVERSE}


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
        self._filed: dict[PartyId, Known] = {}

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
        current = {known.party: known for known in self._all(actor)}
        for party in self._filed.keys() - current.keys():
            index.remove(party)
        for party, known in current.items():
            if self._filed.get(party) != known:
                index.put(known)
        self._filed = current

    def _all(self, actor: Actor) -> Iterable[Known]:
        numbers: dict[int, list[str]] = {}
        for party_id, _kind, value in self._cases.known_identifiers(actor):
            numbers.setdefault(party_id, []).append(value)
        names: dict[int, list[KnownName]] = {}
        heads: dict[int, tuple[str, str]] = {}
        for row in self._cases.known_names(actor):
            names.setdefault(row.party_id, []).append(KnownName(row.name, row.name_kind))
            heads[row.party_id] = (row.kind, row.ref)
        for party_id, rows in names.items():
            rows.sort(key=lambda name: name.kind != "registered")  # the first one is the name that is shown
            kind, ref = heads[party_id]
            yield Known(party_id, tuple(rows), kind, tuple(numbers.get(party_id, ())), ref)
        yield Known("firm", (KnownName(self._firm.firm_name(actor)),), "organization")
        for person in self._firm.people(actor, everybody=True):
            yield Known(f"person:{person.id}", (KnownName(person.name),), "person")


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
