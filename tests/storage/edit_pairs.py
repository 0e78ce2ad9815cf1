"""Two seats change the same record at the same moment, on PostgreSQL: one is saved, the other told, never both.

Both looked at the same state before. Whoever comes second must be refused as ``stale``: had both been saved, the
second would have overwritten the first without a word.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.documents import DocumentDraft
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import LawDeskError
from lawdesk.office import Office, open_office
from lawdesk.timesheet import EntryDraft
from tests.cases.page_bench import open_case
from tests.offices import PASSPHRASE, START, Firm, FixedClock


@dataclass
class Pairs:
    """What the pairs came to: how many ran, who won, and what was wrong."""

    pairs: int = 0
    winners: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """One record two people change: how its version is read, how it is changed, what it says then."""

    kind: str
    version: Callable[[Office], int]
    change: Callable[[Office, Actor, int, str], Any]
    says: Callable[[Office], str]


def collide(firm: Firm, count: int, seed: int, *, seconds: float = 100_000) -> Pairs:
    """Let two seats on the server office of ``firm`` change the same records ``count`` times."""
    result, chance = Pairs(), Random(seed)
    seats = [open_office(firm.place, passphrase=PASSPHRASE, clock=FixedClock(START)) for _seat in range(2)]
    actors = (firm.director, firm.lawyer)
    try:
        records = some_records(firm)
        began = time.monotonic()
        for number in range(count):
            if time.monotonic() - began > seconds:
                break
            record = chance.choice(records)
            one_pair(record, seats, actors, number, chance=chance, result=result)
    finally:
        for seat in seats:
            seat.close()
    return result


def one_pair(
    record: Record, seats: list[Office], actors: tuple[Actor, Actor], number: int, *, chance: Random, result: Pairs
) -> None:
    """Let both change the record at once and judge what came of it."""
    seen = [record.version(seat) for seat in seats]
    if seen[0] != seen[1]:
        result.failed.append(f"pair {number}: the seats see different versions of a {record.kind}")
        return
    words = [f"{number}-{side}-{chance.randrange(10**6)}" for side in "ab"]
    waits = [0.0, 0.0] if chance.random() < 0.5 else [chance.uniform(0, 0.003), chance.uniform(0, 0.003)]
    outcome: list[str] = ["", ""]
    barrier = threading.Barrier(2)

    def go(side: int) -> None:
        barrier.wait()
        time.sleep(waits[side])
        try:
            record.change(seats[side], actors[side], seen[side], words[side])
            outcome[side] = "saved"
        except LawDeskError as error:
            outcome[side] = error.code
        except Exception as error:
            outcome[side] = repr(error)

    threads = [threading.Thread(target=go, args=(side,)) for side in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.pairs += 1
    if sorted(outcome) != ["saved", "stale"]:
        result.failed.append(f"pair {number}: a {record.kind} came to {outcome}")
        return
    winner = outcome.index("saved")
    result.winners["ab"[winner]] += 1
    for seat in seats:
        if record.says(seat) != words[winner]:
            result.failed.append(f"pair {number}: a {record.kind} says {record.says(seat)}, not {words[winner]}")
        if record.version(seat) <= seen[0]:
            result.failed.append(f"pair {number}: a {record.kind} was changed and kept its version")


def some_records(firm: Firm) -> list[Record]:
    """Return records of every kind that people change under a version."""
    office, director = firm.office, firm.director
    case = open_case(firm, "栩岳建设工程有限公司", "砚溪置业（青岚）有限公司")
    parties = [
        office.cases.add_party(director, PartyDraft(f"张三{number}", PartyKind.PERSON)) for number in range(3)
    ]
    entry = office.timesheet.add_entry(director, EntryDraft(case, START.date(), 30, "阅卷"))
    person = office.firm.add_person(director, name="周远", login="zhou", role=Role.ASSISTANT)
    with tempfile.TemporaryDirectory(prefix="lawdesk-pairs-") as folder:
        paper = Path(folder) / "证据.txt"
        paper.write_text("双方签字确认", encoding="utf-8")
        document = office.documents.add_file(director, case, paper)
    return [
        _document(document, director),
        *(_party(one, director) for one in parties),
        _entry(entry, case, director),
        _person(person, director),
    ]


def _document(document: int, director: Actor) -> Record:
    def change(seat: Office, who: Actor, seen: int, words: str) -> None:
        seat.documents.change(who, document, DocumentDraft("证据.txt", note=words), seen=seen)

    def row(seat: Office) -> Any:
        return seat.documents.queries.document(director, document)

    return Record("document", lambda seat: row(seat).version, change, lambda seat: str(row(seat).note))


def _party(party: int, director: Actor) -> Record:
    def change(seat: Office, who: Actor, seen: int, words: str) -> None:
        seat.cases.change_party(who, party, seen=seen, name="张三", phone="", address="", note=words)

    def row(seat: Office) -> Any:
        return seat.cases.queries.party(director, party)

    return Record("party", lambda seat: row(seat).version, change, lambda seat: str(row(seat).note))


def _entry(entry: int, case: int, director: Actor) -> Record:
    def change(seat: Office, who: Actor, seen: int, words: str) -> None:
        draft = EntryDraft(case, START.date(), 30, words, person_id=director.person_id)
        seat.timesheet.change_entry(director, entry, seen=seen, draft=draft)

    def row(seat: Office) -> Any:
        return seat.timesheet.queries.entry(director, entry)

    return Record("time entry", lambda seat: row(seat).version, change, lambda seat: str(row(seat).narrative))


def _person(person: int, director: Actor) -> Record:
    def change(seat: Office, who: Actor, seen: int, words: str) -> None:
        role, name = Role.ASSISTANT, words
        seat.firm.change_person(director, person, seen=seen, name=name, role=role, active=True)

    def row(seat: Office) -> Any:
        return seat.firm.queries.person(director, person)

    return Record("person", lambda seat: row(seat).version, change, lambda seat: str(row(seat).name))
