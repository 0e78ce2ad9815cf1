"""An office in a process of its own, locked; the parent looks through all of that process's memory for keys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lawdesk.office import Office, open_office
from tests.offices import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
PURPOSES = ("database", "vault", "privacy", "audit head")


def use_and_lock(place: str, paper: str) -> None:
    """Open, work, lock, unlock and lock again, stopping at each step until the parent has looked."""
    office = open_office(place, passphrase=PASSPHRASE)
    director = office.firm.queries.actor_by_login("admin")
    case_id = office.cases.queries.find_case(director, "栩岳")
    office.documents.add_file(director, int(case_id or 0), Path(paper))
    assert office.backups is not None
    office.backups.make(director)
    office.backups.trial(director)
    assert office.chain.judge().sound
    hand_over(office, place + ".keys")
    wait("open")
    office.lock(director)
    wait("locked")
    office.unlock(director, PASSPHRASE, None)
    office.lock(director)
    wait("locked again")


def hand_over(office: Office, target: str) -> None:
    """Write the keys where the parent finds them; nothing here goes on holding one."""
    file = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.write(file, office.key.secret)
    for purpose in PURPOSES:
        os.write(file, office.key.derive(purpose))
    os.write(file, office.documents.vault._content_key)
    os.close(file)


def wait(step: str) -> None:
    sys.stdout.write(step + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def look_through(place: str, paper: Path) -> dict[str, dict[str, int]]:
    """Return by step how many copies of each key were found, as bytes and in hex. Raises PermissionError."""
    command = [sys.executable, "-m", "tests.safekeeping.remembering", place, str(paper)]
    found: dict[str, dict[str, int]] = {}
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        try:
            for step in iter(child.stdout.readline, ""):
                keys = Path(place + ".keys").read_bytes()
                names = ("office", *PURPOSES, "contents")
                wanted = {name: keys[32 * number : 32 * number + 32] for number, name in enumerate(names)}
                found[step.strip()] = count(child.pid, wanted)
                child.stdin.write("\n")
                child.stdin.flush()
        finally:
            child.kill()
    return found


def count(process: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """Return how often each secret stands in what the process can read."""
    found = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            first, last = (int(part, 16) for part in span.split("-"))
            if "r" not in rights:
                continue
            try:
                memory.seek(first)
                content = memory.read(last - first)
            except (OSError, OverflowError):
                continue  # the kernel's own pages
            for name, secret in wanted.items():
                shapes = (secret, secret.hex().encode(), secret.hex().upper().encode())
                found[name] += sum(content.count(shape) for shape in shapes)
    return found


if __name__ == "__main__":
    use_and_lock(sys.argv[1], sys.argv[2])
