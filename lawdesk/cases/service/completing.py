"""Completing very many parties on file: what each has is read, and what it lacks stored, thousands at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from lawdesk.cases.model import Party, PartyIdentifier, PartyName, PartyRelation
from lawdesk.cases.rules import NameKind, PartyDraft
from lawdesk.cases.rules.tables import folded_name, names_of
from lawdesk.cases.service.many import numbers_of
from lawdesk.cases.service.parties import complete_party, get_party
from lawdesk.storage.bulk import insert_many
from lawdesk.storage.database import Work
from lawdesk.storage.search import SearchEntry, entry_values

AT_ONCE = 5_000
_ASKED_AT_ONCE = 2_000


@dataclass
class _Held:
    """What a party on file has by now, with what waits to be stored."""

    party: Party
    names: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


class KnownParties:
    """The parties on file that a list completes; nothing is ever taken away from them.

    A row that says nothing new costs no statement of its own, and one that does waits to be stored with others.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._held: dict[int, _Held] = {}
        self._live: dict[int, int] = {}
        self._names: list[dict[str, Any]] = []
        self._numbers: list[dict[str, Any]] = []
        self._renamed: dict[int, _Held] = {}

    def read(self, parties: Iterable[int]) -> None:
        """Read what these parties have, all at once, and forget those read before."""
        self.store()
        self._held, self._live = {}, {}
        self._read([found for found in self._parties(set(parties)) if found.merged_into is None])

    def complete(self, party_id: int, draft: PartyDraft) -> str:
        """Add what ``draft`` knows to the party.

        Returns the name it is shown under when it bore none of those in ``draft``, else nothing. Raises UserError
        when its data are blocked.
        """
        live = self._live.get(party_id, party_id)
        if live not in self._held or self._held[live].party.blocked:
            party = get_party(self._work.session, live)
            live = self._live[party_id] = party.key
            self._read([party])
        held = self._held[live]
        complete_party(held.party, draft)
        offered = (*draft.aliases, (NameKind.ALIAS, draft.name))
        strange = names_of(draft).isdisjoint(map(folded_name, held.names))
        for kind, name in offered:
            if (bare := name.strip()) and bare not in held.names:
                held.names.append(bare)
                self._names.append({"party_id": live, "kind": NameKind(kind).value, "name": bare})
                self._renamed[live] = held
        for number_kind, value, checked in numbers_of(draft):
            if value not in held.numbers:
                held.numbers.add(value)
                self._numbers.append({"party_id": live, "kind": number_kind, "value": value, "checked": checked})
        if len(self._names) + len(self._numbers) >= AT_ONCE:
            self.store()
        return held.party.name if strange else ""

    def store_numbers(self) -> None:
        """Store what waits if numbers are among it, so that look-ups by number find them."""
        if self._numbers:
            self.store()

    def store(self) -> None:
        """Store what waits."""
        names, numbers, renamed = self._names, self._numbers, self._renamed
        if not names and not numbers:
            return
        self._names, self._numbers, self._renamed = [], [], {}
        insert_many(self._work, PartyName, names)
        insert_many(self._work, PartyIdentifier, numbers)
        for some in _portions(renamed):
            about = col(SearchEntry.subject) == "party", col(SearchEntry.subject_id).in_(some)
            gone = delete(SearchEntry).where(*about).execution_options(synchronize_session=False)
            self._work.session.execute(gone)
        entries = []
        for party_id, held in renamed.items():
            shown = held.party.name
            entries += [entry_values("party", party_id, one, "" if one == shown else shown) for one in held.names]
        insert_many(self._work, SearchEntry, entries)

    def _parties(self, parties: Collection[int]) -> list[Party]:
        found: list[Party] = []
        for some in _portions(parties):
            found += self._work.session.execute(select(Party).where(col(Party.id).in_(some))).scalars()
        return found

    def _read(self, parties: Iterable[Party]) -> None:
        fresh = {party.key: _Held(party) for party in parties if party.key not in self._held}
        self._held |= fresh
        session = self._work.session
        for some in _portions(fresh):
            names = select(col(PartyName.party_id), col(PartyName.name)).where(col(PartyName.party_id).in_(some))
            for party_id, name in session.execute(names.order_by(col(PartyName.id))):
                fresh[party_id].names.append(name)
            numbers = select(col(PartyIdentifier.party_id), col(PartyIdentifier.value))
            for party_id, value in session.execute(numbers.where(col(PartyIdentifier.party_id).in_(some))):
                fresh[party_id].numbers.add(value)


def ties_of(work: Work, parties: Collection[int]) -> set[tuple[int, int, str]]:
    """Return the relations on file in which these parties are something to others: party, other, kind."""
    found: set[tuple[int, int, str]] = set()
    columns = col(PartyRelation.party_id), col(PartyRelation.other_id), col(PartyRelation.kind)
    for some in _portions(parties):
        rows = work.session.execute(select(*columns).where(columns[0].in_(some)))
        found.update((party, other, kind) for party, other, kind in rows)
    return found


def _portions(ids: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _ASKED_AT_ONCE):
        yield ordered[start : start + _ASKED_AT_ONCE]
