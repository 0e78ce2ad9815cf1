"""All names of a small registry in memory: the members of the firm, and the tests' proof by scoring everything."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lawdesk.conflicts.rules.forms import NameForm, normalise_name
from lawdesk.conflicts.rules.identifiers import identifier_key
from lawdesk.conflicts.rules.keys import index_keys, number_key, query_keys
from lawdesk.conflicts.rules.search import FiledName, Looked
from lawdesk.conflicts.rules.values import Known, KnownName, PartyId


@dataclass(frozen=True, slots=True)
class _Entry:
    party: PartyId
    name: KnownName
    form: NameForm


class NameIndex:
    """The names of a registry, filed under their keys. Parties are put, replaced and removed one by one.

    It answers as the table of keys does (see :class:`~lawdesk.conflicts.rules.search.Names`). Not thread-safe.
    """

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._parties: dict[PartyId, Known] = {}
        self._entries: dict[int, _Entry] = {}
        self._entries_of: dict[PartyId, list[int]] = {}
        self._postings: defaultdict[int, list[int]] = defaultdict(list)
        self._print = 0
        self._next = 0
        for party in known:
            self.put(party)

    @property
    def party_count(self) -> int:
        """How many parties are filed."""
        return len(self._parties)

    @property
    def name_count(self) -> int:
        """How many names are filed."""
        return len(self._entries)

    @property
    def fingerprint(self) -> str:
        """A digest of all parties, names and numbers, the same in whatever order they were put."""
        return f"{self._print:032x}"

    def put(self, known: Known) -> None:
        """File a party, in place of an earlier version of itself. ValueError for a party without any name."""
        if not known.names:
            raise ValueError(f"party {known.party!r} has no name")
        self.remove(known.party)
        self._parties[known.party] = known
        self._print ^= _digest(known)
        slots = []
        for name in _names_of(known):
            form = normalise_name(name.text, known.kind)
            slot, self._next = self._next, self._next + 1
            self._entries[slot] = _Entry(known.party, name, form)
            slots.append(slot)
            for key in index_keys(form):
                self._postings[key].append(slot)
        self._entries_of[known.party] = slots
        for key in _number_keys(known):
            self._postings[key].append(slots[0])

    def remove(self, party: PartyId) -> None:
        """Take a party out; nothing happens when it is not filed."""
        known = self._parties.pop(party, None)
        if known is None:
            return
        self._print ^= _digest(known)
        slots = self._entries_of.pop(party)
        filed = [(key, slots[0]) for key in _number_keys(known)]
        filed += [(key, slot) for slot in slots for key in index_keys(self._entries.pop(slot).form)]
        for key, slot in filed:
            self._postings[key].remove(slot)
            if not self._postings[key]:
                del self._postings[key]

    def candidates(self, form: NameForm) -> Iterator[_Entry]:
        """Yield every filed name that shares a key with ``form``, each once."""
        slots = {slot for key in query_keys(form) for slot in self._postings.get(key, ())}
        return (self._entries[slot] for slot in slots if slot in self._entries)

    def entries(self) -> Iterator[_Entry]:
        """Yield every filed name (to score everything, as a proof)."""
        return iter(self._entries.values())

    def look_up(self, keys: Collection[int]) -> Looked:
        """Return what is filed under ``keys``."""
        return Looked({key: self._postings[key] for key in keys if key in self._postings}, {})

    def read(self, key: int, most: int) -> list[int]:
        """Return the first names filed under one key."""
        return self._postings.get(key, [])[:most]

    def read_standing(self, _key: int) -> list[int]:
        """Return nothing: of names in memory no cases are known."""
        return []

    def standing(self, _parties: Collection[PartyId]) -> Collection[PartyId]:
        """Return nobody: of names in memory no cases are known."""
        return ()

    def names(self, slots: Collection[int]) -> Iterator[FiledName]:
        """Return the names filed in ``slots``."""
        for slot in slots:
            entry = self._entries[slot]
            yield FiledName(slot, entry.party, entry.name, self._parties[entry.party].kind)

    def parties(self, parties: Collection[PartyId]) -> Mapping[PartyId, Known]:
        """Return what is filed of some parties."""
        return {party: self._parties[party] for party in parties}


def _number_keys(known: Known) -> set[int]:
    return {number_key(key) for key in map(identifier_key, known.identifiers) if key}


def _names_of(known: Known) -> tuple[KnownName, ...]:
    """Return the names of a party, those found inside its names (又名) included."""
    inside = [
        KnownName(other, "alias") for name in known.names for other in normalise_name(name.text, known.kind).also
    ]
    return (*known.names, *inside)


def _digest(known: Known) -> int:
    row = repr((known.party, known.kind, known.ref, known.names, known.identifiers)).encode()
    return int.from_bytes(hashlib.sha256(row).digest()[:16], "big")
