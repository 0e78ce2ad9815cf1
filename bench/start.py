"""Cold start to a usable Today page of the demo firm, as a ratio to an empty window with SQLModel imported.

From the moment the process is spawned until the list has its rows and everything beside it, painted, and the
event loop is idle. "Cold" means a fresh process; the files are in the disk cache, for both alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.figures import median, spread, table

ROUNDS = 9
AIM = 2.0
NAMES = {
    "empty": "empty window, SQLModel imported",
    "key": "LawDesk, Today usable, key from the keyring",
    "passphrase": "LawDesk, Today usable, key from the passphrase",
}


@dataclass(frozen=True)
class Standing:
    """One start: seconds from spawning to standing, processor seconds, seconds to the open office, bytes."""

    seconds: float
    cpu: float
    opened: float
    rss: int


@dataclass(frozen=True)
class Firm:
    """The demo's office and what opens it."""

    office: Path
    passphrase: str
    login: str
    secret: str


def demo_firm(folder: Path) -> Firm:
    """Build the demo firm once; ``LAWDESK_BENCH_DEMO`` names a folder that keeps it for the next time."""
    from lawdesk.demo import DEMO_LOGIN, DEMO_PASSPHRASE, build_demo
    from lawdesk.office import read_key_record
    from lawdesk.storage.keys import unlock_with_passphrase
    from lawdesk.storage.place import OfficeFolder

    kept = os.environ.get("LAWDESK_BENCH_DEMO")
    place = Path(kept) if kept else folder / "demo"
    office = place / "office"
    if not OfficeFolder(office).exists():
        print("building the demo firm …", flush=True)
        office = build_demo(place, lambda _line: None).office
    key = unlock_with_passphrase(read_key_record(OfficeFolder(office)), DEMO_PASSPHRASE)
    return Firm(office, DEMO_PASSPHRASE, DEMO_LOGIN, key.secret.hex())


def start(kind: str, firm: Firm, config: Path) -> Standing:
    """Start ``kind`` in a fresh process and wait until it stands. Raises RuntimeError with what it said."""
    environment = {**os.environ, "LAWDESK_CONFIG": str(config), "LAWDESK_NO_KEYRING": "1"}
    for name in ("LAWDESK_PASSPHRASE", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    environment["PYTHONPYCACHEPREFIX"] = str(config / "bytecode")  # both as installed: compiled once, before
    if kind == "passphrase":
        environment["LAWDESK_PASSPHRASE"] = firm.passphrase
    if kind == "key":
        environment["LAWDESK_BENCH_KEY"] = firm.secret
    environment["LAWDESK_USER"] = firm.login
    command = [sys.executable, "-m", "bench.fresh", kind, str(firm.office)]
    spawned = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    try:
        said = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise RuntimeError(f"{kind} did not stand (exit code {done.returncode}): {done.stderr[-2000:]}") from error
    opened = said.get("opened", said["at"]) - spawned
    return Standing(said["at"] - spawned, said["cpu"], opened, said["rss"])


def rounds(count: int) -> dict[str, list[Standing]]:
    """Start each kind ``count`` times, in turns, after one round that does not count (it writes byte code)."""
    found: dict[str, list[Standing]] = {kind: [] for kind in NAMES}
    folder = Path(own_folder().name)
    firm = demo_firm(folder)
    for number in range(count + 1):
        for kind, standings in found.items():
            standing = start(kind, firm, folder / "config")
            if number:
                standings.append(standing)
    return found


@cache
def own_folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder that all measurements of this run share; it goes with the run."""
    return tempfile.TemporaryDirectory(prefix="lawdesk-bench-")


def run(args: list[str]) -> None:
    """Measure and print; ``args`` may hold the number of rounds."""
    found = rounds(int(args[0]) if args else ROUNDS)
    base = median([standing.seconds for standing in found["empty"]])
    work = median([standing.cpu for standing in found["empty"]])
    rows = []
    for kind, standings in found.items():
        seconds = [standing.seconds for standing in standings]
        ready = "" if kind == "empty" else f"{median([standing.opened for standing in standings]) * 1000:.0f}"
        cpu = median([standing.cpu for standing in standings])
        rows.append(
            [
                NAMES[kind],
                f"{median(seconds) * 1000:.0f}",
                spread(seconds, scale=1000),
                ready,
                f"{median(seconds) / base:.2f}",
                f"{cpu / work:.2f}",
            ]
        )
    table(
        f"start, median of {len(found['empty'])} (aim: at most {AIM:.1f} with the key at hand)",
        ["", "ms", "from–to", "office open", "ratio", "ratio of processor time"],
        rows,
    )
    key, phrase = (median([standing.seconds for standing in found[kind]]) for kind in ("key", "passphrase"))
    print(
        f"The passphrase costs {(phrase - key) * 1000:.0f} ms more ({(phrase - key) / base:.2f} empty windows): "
        "Argon2id is slow on purpose, so that nobody can guess it."
    )
