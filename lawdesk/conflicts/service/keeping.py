"""The table of keys, kept in step with the names in the same transaction, whoever writes them and how.

What was done so far is one value in the office's state: the newest name and number filed. Every write looks
whether there are newer ones (look-ups by primary key), so nothing that enters can be forgotten. Changed records
are filed again. New rules file everything anew.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Subquery, delete, func, select
from sqlmodel import Session, SQLModel, col

from lawdesk.cases import known_names, known_numbers, known_parties
from lawdesk.conflicts.model import KeyCount, PartyKey
from lawdesk.conflicts.rules import KEY_VERSION, identifier_key, number_key
from lawdesk.conflicts.rules.filing import BEARER, KINDS, SLOT_BITS, Named, packed_rows, rows_from_text
from lawdesk.kernel.errors import LawDeskError
from lawdesk.outside import Reader
from lawdesk.storage.database import Work
from lawdesk.storage.state import OfficeState, set_state

STATE = "conflict_keys"
MANY = 64
"""From so many names on a key is counted, and read only when its names can matter."""
NAMES, NUMBERS, PARTIES = known_names(), known_numbers(), known_parties()
_FEW = 20_000
_BUCKETS = 256
_READ_AT_ONCE = 5_000
_ALONE = 4
"""After so many chunks a second process is worth its start."""
_ROWS = "lawdesk.conflicts.rules.filing:rows_as_text"
_SLOT = (1 << SLOT_BITS) - 1
_NEWEST = tuple(select(func.max(table.c.id)).scalar_subquery() for table in (NAMES, NUMBERS, PARTIES))
_STATE = select(select(col(OfficeState.value)).where(col(OfficeState.name) == STATE).scalar_subquery(), *_NEWEST)


@dataclass(frozen=True)
class Filed:
    """What was filed so far; ``fingerprint`` names the state of the data."""

    version: str = ""
    name: int = 0
    number: int = 0
    party: int = 0
    names: int = 0
    parties: int = 0
    fingerprint: str = ""


def filed(connection: Connection) -> tuple[Filed, bool]:
    """Return what was filed so far, and whether that is every name and number, by today's rules."""
    kept, *newest = connection.execute(_STATE).one()
    done = Filed(**json.loads(kept)) if kept else Filed()
    in_step = (done.version, done.name, done.number, done.party) == (KEY_VERSION, *(one or 0 for one in newest))
    return done, in_step


def follow(work: Work, touched: Collection[SQLModel]) -> None:
    """File what this transaction brought or changed."""
    session = work.session
    before, in_step = filed(session.connection())
    newest = {"party": before.party, "party_name": before.name, "party_identifier": before.number}
    changed = [
        one for one in touched if getattr(one, "id", 0) <= newest.get(getattr(one, "__tablename__", ""), -1)
    ]
    if not changed and in_step:
        return
    done = before
    if done.version != KEY_VERSION:
        for table in (PartyKey, KeyCount):
            session.execute(delete(table))
        done = replace(Filed(version=KEY_VERSION), fingerprint=before.fingerprint)
    writer = _Writer(session.connection(), done.fingerprint)
    done = _file_new(session, writer, done)
    if changed:
        _file_again(session, writer, changed)
    done = _in_step_again(session, done, anyway=bool(changed))
    writer.finish()
    set_state(session, STATE, json.dumps(asdict(replace(done, fingerprint=writer.fingerprint))))


def forget(session: Session, names: Collection[int], parties: Collection[int]) -> int:
    """Take names (by their ids) and the numbers of parties out of the keys; return how many rows went.

    Called after the names and numbers themselves are gone. Keys that are too many do no harm to a check, but they
    are made from the names, and an erasure leaves nothing that is.
    """
    slots = [name * 4 + kind for name in names for kind in range(BEARER)] + [one * 4 + BEARER for one in parties]
    connection, gone = session.connection(), 0
    writer = _Writer(connection, filed(connection)[0].fingerprint)
    for start in range(0, len(slots), 500):
        among = f"slot IN ({','.join(map(str, map(int, slots[start : start + 500])))})"
        keys = {row[0] for row in connection.exec_driver_sql(f"SELECT DISTINCT key FROM party_key WHERE {among}")}
        gone += connection.exec_driver_sql(f"DELETE FROM party_key WHERE {among}").rowcount
        writer.recount(keys)
    writer.went(slots)
    done = _in_step_again(session, filed(connection)[0], anyway=True)
    set_state(session, STATE, json.dumps(asdict(replace(done, fingerprint=writer.fingerprint))))
    return gone


def _in_step_again(session: Session, done: Filed, *, anyway: bool) -> Filed:
    """Count anew where rows went or came back (parties made one, and two again): the newest may be older now."""
    newest = [one or 0 for one in session.execute(select(*_NEWEST)).one()]
    if not anyway and newest == [done.name, done.number, done.party]:
        return done
    name, number, party = newest
    names, parties = _count(session, NAMES), _count(session, PARTIES)
    return replace(done, name=name, number=number, party=party, names=names, parties=parties)


def _count(session: Session, table: Subquery) -> int:
    return int(session.execute(select(func.count(table.c.id))).scalar_one())


def _file_new(session: Session, writer: _Writer, done: Filed) -> Filed:
    """File the names and numbers that came after those filed so far."""
    statement = select(NAMES.c.id, NAMES.c.name, PARTIES.c.kind).join(PARTIES, PARTIES.c.id == NAMES.c.party_id)
    last, names = done.name, done.names
    for rows, packed in _by_two(_by_id(session, statement, NAMES.c.id, done.name)):
        writer.names(rows, packed)
        last, names = rows[-1][0], names + len(rows)
    numbers = select(NUMBERS.c.id, NUMBERS.c.party_id, NUMBERS.c.value)
    number = done.number
    for bearers in _by_id(session, numbers, NUMBERS.c.id, done.number):
        for _number_id, party_id, value in bearers:
            writer.number(party_id, value)
        number = bearers[-1][0]
    fresh = select(func.count(PARTIES.c.id), func.max(PARTIES.c.id)).where(PARTIES.c.id > done.party)
    count, party = session.execute(fresh).one()
    return replace(
        done, name=last, number=number, names=names, parties=done.parties + count, party=party or done.party
    )


def _by_id(session: Session, statement: Any, column: Any, after: int) -> Iterator[list[Any]]:
    """Yield the rows after an id, some thousands at a time."""
    while rows := session.execute(statement.where(column > after).order_by(column).limit(_READ_AT_ONCE)).all():
        yield [tuple(row) for row in rows]
        after = rows[-1][0]


def _by_two(chunks: Iterator[list[Named]]) -> Iterator[tuple[list[Named], array[int]]]:
    """Yield each chunk with its rows. When there are many, a second process makes half of them.

    It is a reader as for files from outside: the rules alone, without office or key. Where none can be had, or it
    breaks, all is done here.
    """
    for rows in islice(chunks, _ALONE):
        yield rows, packed_rows(rows)
    with Reader() as second, ThreadPoolExecutor(1) as waiting:
        works = True
        while mine := list(chain.from_iterable(islice(chunks, 3))):
            theirs = list(chain.from_iterable(islice(chunks, 3)))
            told = waiting.submit(second.ask, _ROWS, theirs) if theirs and works else None
            yield mine, packed_rows(mine)
            if told:
                try:
                    yield theirs, rows_from_text(told.result())
                    continue
                except (LawDeskError, OSError):
                    works = False
            if theirs:
                yield theirs, packed_rows(theirs)


def _file_again(session: Session, writer: _Writer, changed: Iterable[SQLModel]) -> None:
    """File the names of changed records again: another kind or another text has other keys."""
    parties: set[int] = set()
    for record in changed:
        found = getattr(record, "party_id", None) or getattr(record, "id", None)
        if isinstance(found, int):
            parties.add(found)
    every = sorted(parties)
    for start in range(0, len(every), _READ_AT_ONCE):  # a statement takes so many values only
        some = every[start : start + _READ_AT_ONCE]
        statement = (
            select(NAMES.c.id, NAMES.c.name, PARTIES.c.kind)
            .join(PARTIES, PARTIES.c.id == NAMES.c.party_id)
            .where(NAMES.c.party_id.in_(some))
            .order_by(NAMES.c.id)
        )
        again = [(name_id, text, kind) for name_id, text, kind in session.execute(statement).all()]
        writer.names(again, packed_rows(again))
        numbers = select(NUMBERS.c.party_id, NUMBERS.c.value).where(NUMBERS.c.party_id.in_(some))
        for party_id, value in session.execute(numbers.order_by(NUMBERS.c.id)).all():
            writer.number(party_id, value)


class _Writer:
    """Collects rows of keys and writes them in the order of the table: hundreds of thousands need no second visit
    to a page, and no more memory than eight bytes a row."""

    def __init__(self, connection: Connection, fingerprint: str) -> None:
        self._connection = connection
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        self._rows = 0
        self._digest = hashlib.sha256(fingerprint.encode())

    @property
    def fingerprint(self) -> str:
        """A digest of the state before and of everything filed since."""
        return self._digest.hexdigest()[:32]

    def names(self, names: Iterable[Named], rows: array[int]) -> None:
        """File names under ``rows``."""
        for name_id, text, kind in names:
            self._digest.update(f"{name_id} {kind} {text}\n".encode("utf-8", "surrogatepass"))
        self._add(rows)

    def number(self, party_id: int, value: str) -> None:
        """File one number of a party."""
        self._digest.update(f"{party_id} {value}\n".encode("utf-8", "surrogatepass"))
        if key := identifier_key(value):
            self._add((number_key(key) << SLOT_BITS | party_id * 4 + BEARER,))

    def _add(self, rows: Sequence[int]) -> None:
        buckets = self._buckets
        for row in rows:
            buckets[(row >> 56) + 128].append(row)
        self._rows += len(rows)

    def finish(self) -> None:
        """Write the rows and count the keys of very many names."""
        new: set[int] = set()
        few = self._rows < _FEW
        for bucket in self._buckets:
            if bucket:
                rows = sorted(bucket)
                self._insert(rows)
                if few:
                    new.update(row >> SLOT_BITS for row in rows)
        if self._rows:
            self.recount(new if few else None)

    def _insert(self, rows: list[int]) -> None:
        if self._connection.dialect.name == "sqlite":
            source = f"SELECT value >> {SLOT_BITS}, value & {_SLOT} FROM json_each(?) WHERE true"
            given: tuple[object, ...] = (str(rows),)  # half the time of as many single rows
        else:
            source = "SELECT * FROM unnest(%s::int[], %s::int[])"
            given = ([row >> SLOT_BITS for row in rows], [row & _SLOT for row in rows])
        self._connection.exec_driver_sql(
            f"INSERT INTO party_key (key, slot) {source} ON CONFLICT DO NOTHING", given
        )

    def went(self, slots: Iterable[int]) -> None:
        """Let the fingerprint say that names went."""
        self._digest.update(f"without {sorted(slots)}\n".encode())

    def recount(self, keys: set[int] | None) -> None:
        """Count the names of ``keys``, of all with None."""
        numbers = sorted(keys) if keys is not None else []
        for start in range(0, len(numbers), 5_000) if keys is not None else (0,):
            some = numbers[start : start + 5_000]
            where = f"WHERE key IN ({','.join(map(str, some))})" if keys is not None else ""
            self._connection.exec_driver_sql(f"DELETE FROM key_count {where}")
            self._connection.exec_driver_sql(
                f"INSERT INTO key_count (key, n) SELECT key, count(*) FROM party_key {where} "
                f"GROUP BY key HAVING count(*) >= {MANY}"
            )


__all__ = ["BEARER", "KINDS", "NAMES", "NUMBERS", "PARTIES", "Filed", "filed", "follow", "forget"]
