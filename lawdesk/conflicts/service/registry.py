"""The names of the office as the check searches them: the table of keys, and the members of the firm."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import BindParameter, ColumnElement, Connection, Subquery, bindparam, exists, func, select
from sqlmodel import col

from lawdesk.cases import CaseQueries, KnownStanding, known_stands
from lawdesk.conflicts.model import PartyKey
from lawdesk.conflicts.rules import (
    FiledName,
    Known,
    KnownName,
    Looked,
    NameIndex,
    Names,
    Searched,
    Stand,
    Standing,
)
from lawdesk.conflicts.rules.values import PartyId
from lawdesk.conflicts.service.keeping import BEARER, KINDS, NAMES, NUMBERS, PARTIES, Filed, filed
from lawdesk.firm import Actor, FirmQueries
from lawdesk.storage.database import Database

# built once: a check runs while somebody types, and building a statement costs as much as running it
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_NAMES_BY_ID = select(NAMES.c.id, NAMES.c.party_id, NAMES.c.kind, NAMES.c.name).where(NAMES.c.id.in_(_IDS))
_BEARERS = select(PARTIES.c.id, PARTIES.c.name, PARTIES.c.kind).where(PARTIES.c.id.in_(_IDS))
_NAMES_OF = (
    select(NAMES.c.party_id, NAMES.c.name, NAMES.c.kind).where(NAMES.c.party_id.in_(_IDS)).order_by(NAMES.c.id)
)
_NUMBERS_OF = (
    select(NUMBERS.c.party_id, NUMBERS.c.value).where(NUMBERS.c.party_id.in_(_IDS)).order_by(NUMBERS.c.id)
)
_PARTIES = select(PARTIES).where(PARTIES.c.id.in_(_IDS))
_SOMEWHERE = known_stands()
_STANDING = select(PARTIES.c.id).where(
    PARTIES.c.id.in_(_IDS), exists().where(_SOMEWHERE.c.party_id == PARTIES.c.id)
)
_STANDING_UNDER = (
    select(col(PartyKey.slot))
    .join(NAMES, NAMES.c.id == col(PartyKey.slot).op(">>")(2))
    .where(col(PartyKey.key) == bindparam("key"), exists().where(_SOMEWHERE.c.party_id == NAMES.c.party_id))
)
_MEMBERS = ("person", "firm")
_STANDS = {"client": Stand.CLIENT, "adverse": Stand.ADVERSE}
_ENQUIRY_STANDS = {"client": Stand.ENQUIRER, "adverse": Stand.ENQUIRY_ADVERSE}


class Registry:
    """Every party and member of the firm as the check searches them; always as of now, from whatever seat."""

    def __init__(self, database: Database, cases: CaseQueries, firm: FirmQueries) -> None:
        self._database, self._cases, self._firm = database, cases, firm
        self._lock = threading.Lock()
        self._members = NameIndex()
        self._active: Mapping[int, str] = {}
        self._stamp = -1
        self._counted: tuple[Filed | None, dict[int, int]] = (None, {})

    @contextmanager
    def reading(self, actor: Actor, without: Collection[int] = ()) -> Iterator[Names]:
        """Hold the names as of now; files first what was brought in past this program, or by older rules.

        The parties ``without`` are not among them. All reads of LawDesk's own until the end see this one state.
        """
        for again in (False, True):
            with self._database.one_state() as session:
                connection = session.connection()
                done, in_step = filed(connection)
                if in_step or again:
                    many = self._many(connection, done)
                    members = self._members_now(actor, connection)
                    yield KeyedNames(connection, members, done, many, frozenset(without))
                    return
            self.catch_up(actor)
            self._database.renew()

    def catch_up(self, actor: Actor) -> None:
        """File what is not filed yet."""
        with self._database.write(actor, "conflict.keys") as work:
            work.not_audited()  # made from the names, nothing anybody relies on; the write's follower does it

    @property
    def active(self) -> Mapping[int, str]:
        """The people who are with the firm, as of the last reading: names by id."""
        return self._active

    def searched(self, actor: Actor, *, behind: bool = True) -> Searched:
        """Return how many cases and enquiries lie behind the names."""
        cases, enquiries = self._cases.known_counts(actor, behind=behind)
        return Searched(cases=cases, enquiries=enquiries)

    def standings_of(
        self, actor: Actor, parties: Collection[PartyId], *, behind: bool = True
    ) -> Mapping[PartyId, Sequence[Standing]]:
        """Return where each party stands; members of the firm stand as such."""
        found: dict[PartyId, list[Standing]] = {}
        for party in parties:
            if isinstance(party, str):
                found[party] = [Standing(Stand.STAFF, "", open=True)]
        numbers = [party for party in parties if isinstance(party, int)]
        for row in self._cases.known_standings(actor, numbers, behind=behind):
            found.setdefault(row.party_id, []).append(_standing(row))
        return found

    def _members_now(self, actor: Actor, connection: Connection) -> NameIndex:
        """Return the firm and its people, those who left too, filed anew when one of them changed."""
        with self._lock:
            self._stamp, changed = self._database.changed_since(connection, self._stamp, *_MEMBERS)
            if changed:
                own = [Known("firm", (KnownName(self._firm.firm_name(actor)),), "organization")]
                people = self._firm.people(actor, everybody=True)
                own += [Known(f"person:{one.id}", (KnownName(one.name),), "person") for one in people]
                self._members = NameIndex(own)
                self._active = {one.id: one.name for one in people if one.active}
            return self._members

    def _many(self, connection: Connection, done: Filed) -> Mapping[int, int]:
        """Return the keys of very many names with their counts, read again when something was filed."""
        with self._lock:
            if self._counted[0] != done:
                rows = connection.exec_driver_sql("SELECT key, n FROM key_count")
                self._counted = done, {row[0]: row[1] for row in rows}
            return self._counted[1]


class KeyedNames:
    """The filed names in one reading session, and the members of the firm (in slots below zero)."""

    def __init__(
        self,
        connection: Connection,
        members: NameIndex,
        done: Filed,
        many: Mapping[int, int],
        without: frozenset[int] = frozenset(),
    ) -> None:
        self._connection, self._members, self._filed, self._many = connection, members, done, many
        self._without = without

    @property
    def party_count(self) -> int:
        """How many parties are searched, the members of the firm among them."""
        return self._filed.parties + self._members.party_count - self._count_without(PARTIES, PARTIES.c.id)

    @property
    def name_count(self) -> int:
        """How many names are searched."""
        return self._filed.names + self._members.name_count - self._count_without(NAMES, NAMES.c.party_id)

    def _count_without(self, table: Subquery, party_id: ColumnElement[int]) -> int:
        if not self._without:
            return 0
        statement = select(func.count()).select_from(table).where(party_id.in_(self._without))
        return int(self._connection.execute(statement).scalar_one())

    @property
    def fingerprint(self) -> str:
        """The state of the data."""
        return f"{int(self._filed.fingerprint or '0', 16) ^ int(self._members.fingerprint, 16):032x}"

    def look_up(self, keys: Collection[int]) -> Looked:
        """Return what is filed under ``keys``."""
        if not keys:
            return Looked({}, {})
        many = {key: self._many[key] for key in keys if key in self._many}
        found: defaultdict[int, list[int]] = defaultdict(list)
        for key, slot in self._rows("SELECT key, slot FROM party_key WHERE key IN ({})", keys - many.keys()):
            found[key].append(slot)
        for key, slots in self._members.look_up(keys).found.items():
            found[key] += [-1 - slot for slot in slots]
        return Looked(found, many)

    def read(self, key: int, most: int) -> list[int]:
        """Return the first slots filed under one key."""
        statement = f"SELECT slot, key FROM party_key WHERE key IN ({{}}) ORDER BY slot LIMIT {int(most)}"
        return [slot for slot, _key in self._rows(statement, {key})]

    def read_standing(self, key: int) -> list[int]:
        """Return the slots filed under one key whose party stands somewhere."""
        return [row[0] for row in self._connection.execute(_STANDING_UNDER, {"key": key})]

    def standing(self, parties: Collection[PartyId]) -> set[PartyId]:
        """Return which of ``parties`` stand somewhere; members of the firm always do."""
        found: set[PartyId] = {party for party in parties if isinstance(party, str)}
        ids = sorted(party for party in parties if isinstance(party, int))
        return found.union(row[0] for row in self._connection.execute(_STANDING, {"ids": ids})) if ids else found

    def names(self, slots: Collection[int]) -> Iterator[FiledName]:
        """Return the names filed in ``slots``."""
        own = {-1 - slot: slot for slot in slots if slot < 0}
        for filed_name in self._members.names(own):
            yield FiledName(own[filed_name.slot], filed_name.party, filed_name.name, filed_name.kind)
        by_id: defaultdict[int, list[int]] = defaultdict(list)
        bearers: dict[int, int] = {}
        for slot in slots:
            if slot >= 0 and slot & 3 == BEARER:
                bearers[slot >> 2] = slot
            elif slot >= 0:
                by_id[slot >> 2].append(slot)
        if by_id:
            for name_id, party, kind, text in self._connection.execute(_NAMES_BY_ID, {"ids": sorted(by_id)}).all():
                for slot in by_id[name_id] if party not in self._without else ():
                    yield FiledName(slot, party, KnownName(text, kind), KINDS[slot & 3])
        if bearers:
            for party, text, kind in self._connection.execute(_BEARERS, {"ids": sorted(bearers)}).all():
                if party in self._without:
                    continue
                yield FiledName(bearers[party], party, KnownName(text), kind)

    def parties(self, parties: Collection[PartyId]) -> Mapping[PartyId, Known]:
        """Return what is on file of some parties."""
        own = [party for party in parties if isinstance(party, str)]
        found: dict[PartyId, Known] = dict(self._members.parties(own))
        ids = sorted(party for party in parties if isinstance(party, int))
        if not ids:
            return found
        names: defaultdict[int, list[KnownName]] = defaultdict(list)
        for party, text, kind in self._connection.execute(_NAMES_OF, {"ids": ids}).all():
            names[party].append(KnownName(text, kind))
        numbers: defaultdict[int, list[str]] = defaultdict(list)
        for party, value in self._connection.execute(_NUMBERS_OF, {"ids": ids}).all():
            numbers[party].append(value)
        for row in self._connection.execute(_PARTIES, {"ids": ids}).all():
            # the first name is the one that is shown
            ordered = sorted(names[row.id], key=lambda name: name.kind != "registered") or [KnownName(row.name)]
            born = row.born_on.year if row.born_on else None
            found[row.id] = Known(
                row.id, tuple(ordered), row.kind, tuple(numbers[row.id]), row.ref, born, row.address
            )
        return found

    def _rows(self, statement: str, keys: Collection[int]) -> list[tuple[int, int]]:
        """Return pairs of numbers for ``keys``, numbers of ours that stand in the statement as they are."""
        if not keys:
            return []
        text = statement.format(",".join(map(str, map(int, keys))))
        return [(key, slot) for key, slot in self._connection.exec_driver_sql(text).all()]


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
