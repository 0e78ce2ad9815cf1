"""Entering very many new parties: gathered, and stored some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from lawdesk.cases.model import Party, PartyIdentifier, PartyName
from lawdesk.cases.rules import NameKind, PartyDraft, PartyKind
from lawdesk.cases.rules.identifiers import IdentifierKind, parse_identifier
from lawdesk.cases.service.parties import naming_numbers, spellings
from lawdesk.storage.bulk import insert_many
from lawdesk.storage.database import Work
from lawdesk.storage.search import SearchEntry, entry_values

AT_ONCE = 5_000
_ASKED_AT_ONCE = 5_000


class NewParties:
    """Checked parties that are not on file, gathered to be stored together.

    ``unnamed`` are the drafts of the list that carry no reference: only for them numbers and names decide whether
    a party is on file already, so what the office has of those is looked up once.
    """

    def __init__(self, work: Work, unnamed: Iterable[PartyDraft]) -> None:
        self._work = work
        self._drafts: list[tuple[int, PartyDraft]] = []
        self.refs: dict[str, int] = {}
        self._watched = numbers, names = _watched(unnamed)
        self._numbers = set(self._on_file(col(PartyIdentifier.value), col(PartyIdentifier.value), numbers))
        self._names = set(self._on_file(col(Party.name), col(Party.name), names))

    @property
    def full(self) -> bool:
        """Whether it is time to store."""
        return len(self._drafts) >= AT_ONCE

    def perhaps(self, drafts: Iterable[PartyDraft]) -> set[int]:
        """Return the parties on file that ``drafts`` without a reference may be, to be read all at once."""
        numbers, names = _watched(drafts)
        found = set(self._on_file(col(Party.id), col(Party.name), names & self._names))
        return found.union(
            self._on_file(col(PartyIdentifier.party_id), col(PartyIdentifier.value), numbers & self._numbers)
        )

    def may_be_known(self, ref: str, draft: PartyDraft) -> bool:
        """Whether a party without a reference may be on file or among those gathered, so that it must be asked."""
        if ref:
            return False
        if (
            self._names
            and draft.kind == PartyKind.ORGANIZATION
            and not self._names.isdisjoint(spellings(draft.name))
        ):
            return True
        return any(parsed.value in self._numbers for parsed in naming_numbers(draft))

    def add(self, row: int, draft: PartyDraft) -> None:
        """Gather one more, from a row of the list."""
        if draft.ref:
            self.refs[draft.ref] = len(self._drafts)
        self._drafts.append((row, draft))
        if draft.name.strip() in self._watched[1]:
            self._names.add(draft.name.strip())
        self.watch(draft)

    def complete(self, draft: PartyDraft) -> None:
        """Add what another row knows of a gathered party with the same reference."""
        place = self.refs[draft.ref]
        row, first = self._drafts[place]
        self._drafts[place] = (
            row,
            replace(
                first,
                kind=draft.kind if first.kind == PartyKind.UNKNOWN else first.kind,
                aliases=(*first.aliases, *draft.aliases, (NameKind.ALIAS, draft.name)),
                identifiers=(*first.identifiers, *draft.identifiers),
            ),
        )
        self.watch(draft)

    def watch(self, draft: PartyDraft) -> None:
        """Remember that the numbers of ``draft`` will be on file: a later row may name the same party by them."""
        numbers = self._watched[0]
        if numbers:
            self._numbers.update(number for _kind, number, _checked in numbers_of(draft) if number in numbers)

    def store(self) -> list[tuple[int, str, int]]:
        """Store what was gathered; return row, reference and id of each new party."""
        gathered, self._drafts = self._drafts, []
        self.refs = {}
        drafts = [draft for _row, draft in gathered]
        if not drafts:
            return []
        parties = insert_many(self._work, Party, [_party(draft) for draft in drafts])
        names, numbers, entries = [], [], []
        for party_id, draft in zip(parties, drafts, strict=True):
            for kind, name in _names_of(draft):
                names.append({"party_id": party_id, "kind": kind, "name": name})
                shown = draft.name.strip()
                entries.append(entry_values("party", party_id, name, "" if name == shown else shown))
            numbers += [
                {"party_id": party_id, "kind": kind, "value": value, "checked": checked}
                for kind, value, checked in numbers_of(draft)
            ]
        insert_many(self._work, PartyName, names)
        insert_many(self._work, PartyIdentifier, numbers)
        insert_many(self._work, SearchEntry, entries)
        return [(row, draft.ref, party_id) for party_id, (row, draft) in zip(parties, gathered, strict=True)]

    def _on_file(self, wanted: Any, column: Any, values: set[str]) -> Iterator[Any]:
        ordered = sorted(values)
        for start in range(0, len(ordered), _ASKED_AT_ONCE):
            some = ordered[start : start + _ASKED_AT_ONCE]
            yield from self._work.session.execute(select(wanted).where(column.in_(some))).scalars()


def _watched(drafts: Iterable[PartyDraft]) -> tuple[set[str], set[str]]:
    """Return the numbers and the names of organizations by which ``drafts`` may be on file."""
    numbers: set[str] = set()
    names: set[str] = set()
    for draft in drafts:
        numbers.update(parsed.value for parsed in naming_numbers(draft))
        if draft.kind == PartyKind.ORGANIZATION:
            names.update(spellings(draft.name))
    return numbers, names


def _party(draft: PartyDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "name": draft.name.strip(),
        "phone": draft.phone.strip(),
        "address": draft.address.strip(),
        "born_on": draft.born_on,
        "note": draft.note.strip(),
        "ref": draft.ref.strip(),
    }


def _names_of(draft: PartyDraft) -> Iterator[tuple[str, str]]:
    """Yield the kinds and names, each name once, the registered one first."""
    seen = {draft.name.strip()}
    yield NameKind.REGISTERED.value, draft.name.strip()
    for kind, alias in draft.aliases:
        if alias.strip() and alias.strip() not in seen:
            seen.add(alias.strip())
            yield kind.value, alias.strip()


def numbers_of(draft: PartyDraft) -> Iterator[tuple[str, str, bool]]:
    """Yield kind, value and whether nothing is wrong with it, each value once."""
    seen: set[str] = set()
    for kind, value in draft.identifiers:
        if value.strip():
            parsed = parse_identifier(value, IdentifierKind(kind) if kind else None)
            if parsed.value not in seen:
                seen.add(parsed.value)
                yield parsed.kind.value, parsed.value, not parsed.problems
