"""Subjects of the torture run that take their time: migration, another key, random use, colliding changes, no
network."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.migrate import current_revision, integrity_faults
from lawdesk.storage.migrations import HEAD
from tests.storage.stepping import DYING, Result

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(range(32))
minutes_at_most = 14.0
"""After so long random use and colliding changes end with fewer rounds; the table says how many they came to.

``python dev.py torture --minutes`` sets it.
"""
KILLED_MIGRATION = (
    DYING
    + """
os.environ["LAWDESK_NO_KEYRING"] = "1"
from pathlib import Path
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.migrate import migrate_file
path, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
engine = open_sqlite(path, key)
taken = die_at(int(sys.argv[3]), path.parent)
print("ready", flush=True)
migrate_file(path, key, engine).dispose()
print("done", taken[0], flush=True)
"""
)


def kills_during_migration(count: int) -> Result:
    """Kill the move from an empty database to today's tables: it is at the one step or the other.

    Half of the kills come at a random moment, half at one step on the disk after the other.
    """
    result, chance, states = Result(count), Random(5), {"old": 0, "new": 0}
    steps, length = 0, 1.0
    for number in range(-1, count):  # the first is a dry run
        at = 0 if number % 2 == 0 else 1 + (number // 2 * 7919) % max(1, steps)
        with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as folder:
            path = _old_database(Path(folder))
            began = time.monotonic()
            command = [
                sys.executable,
                "-c",
                KILLED_MIGRATION,
                str(path),
                KEY.hex(),
                str(at if number >= 0 else -1),
            ]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            assert process.stdout is not None
            process.stdout.readline()
            began = time.monotonic()
            if number < 0:
                steps = int(process.stdout.readline().split()[1])
                length = time.monotonic() - began
            elif not at:
                time.sleep(chance.uniform(0, length * 1.1))
                process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            if number >= 0:
                _look(path, number, result, states)
    result.facts = f"{states['old']} old, {states['new']} new, {steps} steps"
    return result


def _old_database(folder: Path) -> Path:
    engine = open_sqlite(folder / "office.db", KEY, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (x)")
        connection.exec_driver_sql("INSERT INTO kept VALUES (42)")
    engine.dispose()
    return folder / "office.db"


def _look(path: Path, number: int, result: Result, states: dict[str, int]) -> None:
    try:
        engine = open_sqlite(path, KEY)
        revision = current_revision(engine)
        with engine.connect() as connection:
            faults = integrity_faults(connection)
            kept = connection.exec_driver_sql("SELECT x FROM kept").scalar()
        engine.dispose()
    except Exception as error:
        result.failed.append(f"round {number}: {error!r}")
        return
    if revision not in (None, HEAD) or faults or kept != 42:
        result.failed.append(f"round {number}: {revision} {faults[:1]} {kept}")
    states["new" if revision == HEAD else "old"] += 1


def kills_during_rekey(count: int) -> Result:
    from tests.safekeeping import rekeying

    found: Result = rekeying.kills_during_rekey(count)
    return found


def random_calls(count: int) -> Result:
    """Use the services at random, in days of 25,000 calls, each on an office of its own."""
    from tests.storage.random_use import random_day

    result, done, functions = Result(0), 0, set()
    for seed in range(1 + (count - 1) // 25_000):
        day = random_day(min(25_000, count - 25_000 * seed), seed, seconds=60 * minutes_at_most)
        result.rounds += day.calls
        done += day.done
        functions |= day.called
        result.failed += [f"day {seed}: {one}" for one in day.failed]
    result.facts = f"{len(functions)} functions, {done} calls done, the others refused in words"
    return result


def edit_pairs(count: int) -> Result:
    """Change the same records from two seats at once, on a PostgreSQL of our own."""
    from tests.storage.edit_pairs import collide
    from tests.storage.own_server import server_firm

    with server_firm() as firm:
        found = collide(firm, count, seed=3, seconds=60 * minutes_at_most)
    return Result(
        found.pairs, found.failed, " ".join(f"{seat}: {won}" for seat, won in sorted(found.winners.items()))
    )


def offline(count: int) -> Result:
    """Make the demo, with its papers and pictures, where there is no network, and count attempts to use one."""
    from tests.journeys.offline import DEMO, WORK, counted, namespace

    result = Result(0)
    prefix = namespace()
    for work in (DEMO, WORK)[:count]:
        told = counted(work, prefix)
        result.rounds += 1
        if not told.done or told.attempts or told.counters:
            result.failed.append(f"{told.attempts} {told.counters} {told.errors[-200:]}")
        result.facts = told.how
    return result
