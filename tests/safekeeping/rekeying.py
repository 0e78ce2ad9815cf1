"""Changing an office's key in processes that are killed on the way; shared by the tests and the torture."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from lawdesk.cases import CaseDraft, CasePartyDraft, PartyDraft, PartyKind, Side
from lawdesk.firm import Actor
from lawdesk.office import Office, open_office, read_key_record, unlock
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.changing_key import FOLDER
from lawdesk.storage.migrate import integrity_faults
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE, START, FixedClock, found, open_cleared
from tests.storage.stepping import DYING, Result

ROOT = Path(__file__).resolve().parents[2]
CHANGING = (
    DYING
    + """
os.environ["LAWDESK_NO_KEYRING"] = "1"
from pathlib import Path
from lawdesk.office import open_office, read_key_record
from lawdesk.safekeeping.new_key import change_key
from lawdesk.storage import keys
from lawdesk.storage.place import OfficeFolder
keys.ARGON2.update(memory_kib=64, passes=1, lanes=1)
place, passphrase = sys.argv[1], sys.argv[2]
office = open_office(place, passphrase=passphrase, use_keyring=False)
director = office.firm.queries.actor_by_login("admin")
office.close()
folder = OfficeFolder(Path(place))
taken = die_at(int(sys.argv[3]), place)
print("ready", flush=True)
change_key(folder, office.key, read_key_record(folder), passphrase, director, new_code=False)
print("done", taken[0], flush=True)
"""
)


def fill(office: Office, actor: Actor, beside: Path) -> None:
    """Put a case, parties and documents of several sizes into an office."""
    party = CasePartyDraft(PartyDraft("晨湖示例科技有限公司", PartyKind.ORGANIZATION), Side.CLIENT.value)
    draft = CaseDraft("civil", "买卖合同纠纷", (party,), actor.person_id, START.date())
    case = open_cleared(office, actor, draft)
    for number, size in enumerate((0, 10, 5_000, 1_500_000)):
        paper = beside / f"证据{number}.bin"
        paper.write_bytes(bytes([number]) * size)
        office.documents.add_file(actor, case, paper)


def content_of(office: Office, actor: Actor) -> Any:
    """Return what a person sees of the office: cases, parties, documents with their bytes."""
    documents = []
    for case in office.cases.queries.list_cases(actor, limit=100):
        for row in office.documents.queries.documents(actor, case.id):
            with office.documents.vault.open(row.address) as stream:
                documents.append((row.name, row.number, stream.read()))
    parties = [row.name for row in office.cases.queries.list_parties(actor, limit=100)]
    return sorted(documents), sorted(parties)


def kills_during_rekey(count: int) -> Result:
    """Kill a change of the key, half of the times at a random moment, half at one step after the other."""
    result, chance = Result(count), Random(11)
    states = {"old": 0, "new": 0}
    with tempfile.TemporaryDirectory(prefix="lawdesk-torture-") as name:
        place = str(Path(name) / "office")
        firm = found(place, FixedClock(START))
        fill(firm.office, firm.director, Path(name))
        wanted = content_of(firm.office, firm.director)
        before = firm.office.key
        firm.office.close()
        steps, length = _dry_run(place)
        before = unlock(read_key_record(OfficeFolder(Path(place))), PASSPHRASE, None)
        for number in range(count):
            at = 1 + (number // 2 * 7919) % steps if number % 2 else 0
            process = _start(place, at)
            assert process.stdout is not None
            process.stdout.readline()
            if not at:
                time.sleep(chance.uniform(0, length * 1.1))
                process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            try:
                now = _look(place, wanted)
                record = read_key_record(OfficeFolder(Path(place)))
                if unlock(record, None, firm.recovery_code) != now:
                    result.failed.append(f"round {number} (step {at}): passphrase and code open different keys")
                states["old" if now == before else "new"] += 1
                before = now
            except Exception as error:
                result.failed.append(f"round {number} (step {at}): {error!r}")
    result.facts = f"{states['old']} old, {states['new']} new, {steps} steps"
    return result


def _start(place: str, steps: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHANGING, place, PASSPHRASE, str(steps)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def _dry_run(place: str) -> tuple[int, float]:
    """Return how many steps a whole change takes, and how many seconds."""
    process = _start(place, -1)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    done = process.stdout.readline().split()
    process.wait()
    process.stdout.close()
    return int(done[1]), time.monotonic() - began


def _look(place: str, wanted: Any) -> Any:
    """Open the office as after a crash; return its key. Raises AssertionError for what is not as it was."""
    office = open_office(place, passphrase=PASSPHRASE, clock=FixedClock(START))
    try:
        actor = office.firm.queries.actor_by_login("admin")
        assert content_of(office, actor) == wanted, "content differs"
        report = office.documents.check_vault(actor)
        assert report.sound and not report.orphans, report
        with office.database.read() as session:
            assert integrity_faults(session.connection()) == []
            assert verify_chain(session).sound
        assert not (Path(place) / FOLDER).exists()
        return office.key
    finally:
        office.close()
