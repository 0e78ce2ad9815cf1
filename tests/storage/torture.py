"""The full counts of the trust list, run before a release, not by pytest:

    python dev.py torture [--quick] [--minutes MINUTES] [NAME ...]

``--minutes`` is how long random use (each of its days) and colliding changes may take; 14 unless told otherwise.
Each subject prints one line as it ends; the table goes into ``docs/trust.md`` (``--quick`` only prints it).
Failures are written there like everything else. The same code with small counts runs in the tests.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from tests.storage import long_subjects
from tests.storage.long_subjects import (
    edit_pairs,
    kills_during_migration,
    kills_during_rekey,
    offline,
    random_calls,
)
from tests.storage.stepping import Result

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "trust.md"
BEGIN, END = "<!-- torture: begin -->", "<!-- torture: end -->"


def run_tests(test: str, **environment: str) -> Result:
    """Run tests whose counts are taken from the environment; every failed test is named."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rf", test]
    with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as place:
        ran = subprocess.run(
            [*command, f"--basetemp={place}/pytest"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
        )
    failed = [line.removeprefix("FAILED ")[:200] for line in ran.stdout.splitlines() if line.startswith("FAILED ")]
    if ran.returncode not in (0, 1):
        failed.append(f"pytest ended with {ran.returncode}: {ran.stdout[-300:]}")
    return Result(0, failed)


def kills_during_writes(count: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as place:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.storage.killing", place, str(count)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    if ran.returncode:
        return Result(count, [ran.stderr[-300:]])
    told = json.loads(ran.stdout)
    rows = sum(told["acknowledged"].values())
    facts = f"{rows} acknowledged rows, {told['killed_while_writing']} kills while writing"
    return Result(count, told["lost"] + told["wrong"], facts)


def from_tests(test: str, variable: str, times: int = 1) -> Callable[[int], Result]:
    """Return a subject that is a test with a count from the environment, ``times`` cases for each."""

    def run(count: int) -> Result:
        found = run_tests(test, **{variable: str(max(1, count // times))})
        found.rounds = count
        return found

    return run


WRITER = """
import os, sys
os.environ["LAWDESK_NO_KEYRING"] = "1"
from tests.storage.torture import busy
busy(sys.argv[1], int(sys.argv[2]))
"""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def busy(place: str, seed: int) -> None:
    """Write parties without end; print each once it is acknowledged."""
    from lawdesk.cases import PartyDraft, PartyKind
    from tests.storage.killing import opened

    office, actor = opened(place)
    say("ready")
    for number in range(1_000_000):
        name = f"{seed}-{number}"
        office.cases.add_party(actor, PartyDraft(name, PartyKind.PERSON))
        say(name)


def backups_under_load(count: int) -> Result:
    """Back up while another process writes at full speed; what was acknowledged before is restored."""
    from lawdesk.storage.backup import restore_backup
    from lawdesk.storage.migrate import integrity_faults
    from lawdesk.storage.place import OfficeFolder
    from tests.offices import START, FixedClock, found
    from tests.storage.killing import opened

    result, rows = Result(count), 0
    with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as folder:
        place = f"{folder}/office"
        found(place, FixedClock(START)).office.close()
        office, _actor = opened(place)
        assert office.backups is not None
        log = Path(folder) / "written"
        with log.open("wb") as out:
            writer = subprocess.Popen([sys.executable, "-c", WRITER, place, "1"], stdout=out, cwd=ROOT)
        try:
            while b"1-20\n" not in log.read_bytes():
                time.sleep(0.05)
            for number in range(count):
                before = set(log.read_bytes().decode().split("\n")[1:-1])
                try:
                    made = office.backups.make()
                    new = OfficeFolder(Path(folder) / "new")
                    restore_backup(Path(made.path), office.key, new)
                    again, who = opened(str(new.path))
                    try:
                        names = {row.name for row in again.cases.queries.list_parties(who, limit=1_000_000)}
                        with again.database.read() as session:
                            faults = integrity_faults(session.connection())
                    finally:
                        again.close()
                    if missing := before - names:
                        result.failed.append(f"backup {number}: {len(missing)} rows missing")
                    if faults:
                        result.failed.append(f"backup {number}: {faults[0]}")
                    rows = len(names)
                except Exception as error:
                    result.failed.append(f"backup {number}: {error!r}")
                finally:
                    shutil.rmtree(Path(folder) / "new", ignore_errors=True)
        finally:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            office.close()
    result.facts = f"{rows} rows in the last one"
    return result


def disk_full(count: int) -> Result:
    """Write until the file may not grow; nothing acknowledged is lost, reading goes on, and room heals it."""
    from lawdesk.cases import PartyDraft, PartyKind
    from lawdesk.kernel.errors import EnvironmentFailure
    from lawdesk.storage.migrate import integrity_faults
    from tests.offices import START, FixedClock, found
    from tests.storage.killing import opened

    result, chance, full = Result(count), Random(3), 0
    with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as folder:
        place = f"{folder}/office"
        found(place, FixedClock(START)).office.close()
        known: set[str] = set()
        for number in range(count):
            office, actor = opened(place)
            try:
                with office.database.engine.connect() as connection:
                    pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
                limit = pages + chance.randrange(0, 6)

                def cap(raw: Any, _record: Any, _proxy: Any, limit: int = limit) -> None:
                    raw.execute(f"PRAGMA max_page_count = {limit}")

                from sqlalchemy import event

                event.listen(office.database.engine, "checkout", cap)
                try:
                    for row in range(500):
                        name = f"{number}-{row}-" + "长" * chance.randrange(1, 90)
                        office.cases.add_party(actor, PartyDraft(name, PartyKind.PERSON))
                        known.add(name)
                    result.failed.append(f"round {number}: never full")
                except EnvironmentFailure as failure:
                    full += failure.code == "disk.full"
                    if failure.code != "disk.full":
                        result.failed.append(f"round {number}: said {failure.code}")
                names = {row.name for row in office.cases.queries.list_parties(actor, limit=1_000_000)}
                if names != known:
                    result.failed.append(f"round {number}: {len(known ^ names)} rows differ")
                with office.database.read() as session:
                    result.failed += [f"round {number}: {one}" for one in integrity_faults(session.connection())]
            finally:
                office.close()
    result.facts = f"{full} times said to be full, {len(known)} rows kept"
    return result


STORAGE, KEEPING = "tests/storage", "tests/safekeeping"
SUBJECTS: dict[str, tuple[str, int, int, Callable[[int], Result]]] = {
    "writes": ("kill -9 while writing: no acknowledged row lost", 500, 5, kills_during_writes),
    "log": (
        "cut or garbled write-ahead log: opens at a committed state",
        300,
        4,
        from_tests(
            f"{STORAGE}/test_durability.py::test_a_cut_or_garbled_log_opens_at_a_committed_state", "LAWDESK_CUTS"
        ),
    ),
    "flips": (
        "one flipped bit in the file: found and named",
        200,
        3,
        from_tests(f"{KEEPING}/test_health.py::test_a_flipped_bit_anywhere_is_found_and_named", "LAWDESK_FLIPS"),
    ),
    "keys": (
        "kill -9 while the passphrase changes: one of the two opens",
        200,
        3,
        from_tests(
            f"{KEEPING}/test_key_files.py::test_killed_while_the_passphrase_changes_one_of_the_two_opens",
            "LAWDESK_KEY_KILLS",
        ),
    ),
    "migration": ("kill -9 while tables are migrated: old or new", 200, 2, kills_during_migration),
    "attachments": (
        "kill -9 while documents are stored or taken out: whole or absent",
        200,
        4,
        from_tests(f"{STORAGE}/test_vault_kills.py", "LAWDESK_KILLS"),
    ),
    "export": (
        "kill -9 while everything is exported: complete or not there",
        200,
        3,
        from_tests(
            f"{KEEPING}/test_export.py::test_killed_at_any_moment_the_folder_is_not_there_or_complete",
            "LAWDESK_EXPORT_KILLS",
        ),
    ),
    "full": ("full disk while writing: nothing lost, reading goes on", 60, 3, disk_full),
    "backups": ("backup under full write load: restores complete", 40, 2, backups_under_load),
    "audit": (
        "six kinds of tampering with the records: found and named",
        300,
        6,
        from_tests(
            f"{STORAGE}/test_heads.py::test_each_kind_of_tampering_is_found_and_named",
            "LAWDESK_TAMPERINGS",
            times=6,
        ),
    ),
    "secrets": (
        "planted secrets in any byte on the disk: none in clear",
        50,
        50,
        from_tests(f"{STORAGE}/test_secrets.py", "LAWDESK_SECRETS"),
    ),
    "rekey": ("kill -9 while the office's key changes: old or new, all of it", 200, 3, kills_during_rekey),
    "random": ("random calls of the services: done or refused in words, all holds", 100_000, 300, random_calls),
    "pairs": ("two seats change a record at once on PostgreSQL: one is told", 10_000, 30, edit_pairs),
    "offline": ("demo, papers, export, window without a network: none asked for", 2, 1, offline),
}


def main(arguments: list[str]) -> int:
    """Run the subjects named, or all; return 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="dev.py torture")
    parser.add_argument("--quick", action="store_true", help="small counts, only printed")
    parser.add_argument(
        "--minutes", type=float, default=long_subjects.minutes_at_most, help="for random use and colliding changes"
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    asked = parser.parse_args(arguments)
    long_subjects.minutes_at_most = asked.minutes
    quick, names = asked.quick, asked.names or list(SUBJECTS)
    if unknown := [name for name in names if name not in SUBJECTS]:
        sys.stdout.write(f"no such subject: {', '.join(unknown)}; there are {', '.join(SUBJECTS)}\n")
        return 2
    lines, bad = {}, False
    for name in names:
        title, many, few, run = SUBJECTS[name]
        began = time.monotonic()
        result = run(few if quick else many)
        line = f"| {title} | {result.rounds} | {len(result.failed)} | {result.facts} |"
        lines[name] = line
        bad = bad or bool(result.failed)
        sys.stdout.write(f"{line} {time.monotonic() - began:.0f} s\n")
        sys.stdout.writelines(f"    {one}\n" for one in result.failed[:20])
        sys.stdout.flush()
        if not quick:
            keep(name, line, result.failed)
    return int(bad)


def keep(name: str, line: str, failed: list[str]) -> None:
    """Put the line of one subject into the document, in the place of its older one."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    table, tail = rest.split(END, 1)
    title = line.split("|")[1].strip()
    dated = f"{line} {datetime.now(UTC):%Y-%m-%d} |"
    if failed:
        dated = f"{line[:-2]} first failure: {failed[0].replace('|', '/')} | {datetime.now(UTC):%Y-%m-%d} |"
    rows = [row for row in table.strip().splitlines() if row and f"| {title} |" not in row]
    DOCUMENT.write_text(head + BEGIN + "\n" + "\n".join([*rows, dated]) + "\n" + END + tail, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
