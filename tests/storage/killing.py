"""Writes through the services in forked processes and kills them in the middle. A program of its own:

    python -m tests.storage.killing FOLDER ROUNDS

prints one JSON document: how many acknowledged rows there were, which of them are gone, what else was wrong. It is
no test itself: a process that forks must have no threads, which pytest cannot promise.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from lawdesk.cases import CaseDraft, CasePartyDraft, Clearance, ClearanceResult, PartyDraft, PartyKind, Side
from lawdesk.firm import Actor
from lawdesk.office import Office, open_office
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.migrate import integrity_faults
from lawdesk.timesheet import EntryDraft
from tests.offices import PASSPHRASE, START, FixedClock, found

READY = b"ready 0\n"


@dataclass
class Tally:
    """What was acknowledged, and what was found missing or wrong."""

    acknowledged: dict[str, list[int]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cut_off: int = 0


def opened(place: str) -> tuple[Office, Actor]:
    office = open_office(place, passphrase=PASSPHRASE, clock=FixedClock(START))
    return office, office.firm.queries.actor_by_login("admin")


def deeds(office: Office, actor: Actor, seed: str) -> Iterator[tuple[str, int]]:
    """Do one thing after the other; yield its kind and id once it is done."""
    draft = CaseDraft(
        "civil",
        "买卖合同纠纷",
        (CasePartyDraft(PartyDraft("晨湖示例科技有限公司", PartyKind.ORGANIZATION), Side.CLIENT.value),),
        actor.person_id,
        START.date(),
    )
    clearance = Clearance(ClearanceResult.CLEAR, actor.person_id, START, ("晨湖示例科技有限公司",))
    paper = Path(office.place).parent / f"{seed}.txt"
    for number in count():
        case = office.cases.open_case(actor, draft, clearance)
        yield "case", case.case_id
        yield "party", office.cases.add_party(actor, PartyDraft(f"{seed}-{number}", PartyKind.PERSON))
        yield "entry", office.timesheet.add_entry(actor, EntryDraft(case.case_id, START.date(), 30, "阅卷"))
        paper.write_text(f"{seed} {number}", encoding="utf-8")
        yield "document", office.documents.add_file(actor, case.case_id, paper)


def write_until_killed(place: str, pipe: int, seed: str) -> None:
    office, actor = opened(place)
    os.write(pipe, READY)
    for kind, number in deeds(office, actor, seed):
        os.write(pipe, f"{kind} {number}\n".encode())  # one write of few bytes: whole or not at all


def one_round(place: str, chance: Random, seed: str) -> list[tuple[str, int]]:
    """Let a process write for a moment and kill it; return what it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write_until_killed(place, writing, seed)
        finally:
            os._exit(1)
    os.close(writing)
    select.select([reading], [], [], 30)
    os.read(reading, len(READY))  # its office is open
    if chance.random() < 0.7:  # on a busy machine, too, most kills fall between writes
        select.select([reading], [], [], 30)
    time.sleep(chance.uniform(0.0, 0.25))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().decode().split("\n")
    return [(kind, int(number)) for kind, number in (line.split() for line in lines[:-1])]


def look(place: str, tally: Tally, *, closely: bool) -> None:
    """Open the office as after a crash and compare it with what was acknowledged."""
    office, actor = opened(place)
    try:
        with office.database.read() as session:
            tally.wrong += integrity_faults(session.connection())
            tables = {"case": "cases", "party": "party", "entry": "time_entry", "document": "document"}
            for kind, table in tables.items():
                there = {row[0] for row in session.connection().exec_driver_sql(f"SELECT id FROM {table}")}
                wanted = tally.acknowledged.get(kind, [])
                tally.lost += [f"{kind} {number}" for number in wanted if number not in there]
            if closely and not (report := verify_chain(session)).sound:
                tally.wrong.append(f"audit chain broken at {report.broken_at}")
            halves = "SELECT count(*) FROM cases WHERE id NOT IN (SELECT case_id FROM clearance)"
            if session.connection().exec_driver_sql(halves).scalar():
                tally.wrong.append("a case without its clearance")
        if closely and not office.documents.check_vault(actor).sound:
            tally.wrong.append("a document whose file is missing or damaged")
    finally:
        office.close()


def main(folder: Path, rounds: int) -> None:
    place = str(folder / "office")
    found(place, FixedClock(START)).office.close()
    chance, tally = Random(20251105), Tally()
    for number in range(rounds):
        done = one_round(place, chance, f"r{number}")
        for kind, row in done:
            tally.acknowledged.setdefault(kind, []).append(row)
        tally.cut_off += bool(done)
        look(place, tally, closely=number % 10 == 9 or number == rounds - 1)
    sys.stdout.write(
        json.dumps(
            {
                "rounds": rounds,
                "killed_while_writing": tally.cut_off,
                "acknowledged": {kind: len(rows) for kind, rows in tally.acknowledged.items()},
                "lost": tally.lost,
                "wrong": tally.wrong,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
