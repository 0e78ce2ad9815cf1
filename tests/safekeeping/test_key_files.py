"""Changing the ways to the key: proved before it is kept, on record, the old or the new file after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlmodel import col, select

from lawdesk.kernel.errors import EnvironmentFailure, Refused, UserError
from lawdesk.kernel.files import atomic_path
from lawdesk.office import open_office, read_key_record, unlock
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.keys import KeyRecord
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE, Firm

KILLS = int(os.environ.get("LAWDESK_KEY_KILLS", "8"))


def noted(firm: Firm) -> list[dict[str, object]]:
    with firm.office.database.read() as session:
        rows = session.exec(
            select(AuditRecord.detail).where(col(AuditRecord.action) == "key.change").order_by(col(AuditRecord.id))
        )
        return [json.loads(row) for row in rows]


def test_a_new_passphrase_opens_the_old_one_does_not_and_both_steps_are_on_record(office: Firm) -> None:
    keys = office.office.keys
    keys.change_passphrase(office.director, PASSPHRASE, "绿肥红瘦-4402")
    assert unlock(keys.record(), "绿肥红瘦-4402", None) == office.office.key
    assert unlock(keys.record(), None, office.recovery_code) == office.office.key
    with pytest.raises(UserError):
        unlock(keys.record(), PASSPHRASE, None)
    assert noted(office)[-1] == {"state": "done", "way": "passphrase"}
    assert "绿肥红瘦" not in json.dumps(noted(office))


def test_a_new_code_ends_the_old_one_and_partners_have_codes_of_their_own(office: Firm) -> None:
    keys, director = office.office.keys, office.director
    new = keys.new_code(director, PASSPHRASE)
    partner = keys.new_code(director, PASSPHRASE, "partner-1")
    for code in (new, partner):
        assert unlock(keys.record(), None, code) == office.office.key
    with pytest.raises(UserError) as error:
        unlock(keys.record(), None, office.recovery_code)
    assert error.value.code == "key.wrong_code"
    assert keys.codes(director) == ("recovery", "partner-1")
    keys.drop_code(director, PASSPHRASE, "partner-1")
    assert keys.codes(director) == ("recovery",)
    with pytest.raises(UserError):
        unlock(keys.record(), None, partner)
    with pytest.raises(ValueError, match="recovery"):
        keys.drop_code(director, PASSPHRASE, "recovery")


def test_nobody_changes_a_key_without_the_passphrase_or_the_right(office: Firm) -> None:
    keys, before = office.office.keys, office.office.keys.record()
    with pytest.raises(UserError):
        keys.new_code(office.director, "wrong passphrase")
    with pytest.raises(UserError) as error:
        keys.new_code(office.lawyer, PASSPHRASE)
    assert error.value.code == "not_allowed"
    with pytest.raises(Refused):
        keys.change_passphrase(office.director, PASSPHRASE, "short")
    assert keys.record() == before and noted(office) == []


def test_a_full_disk_leaves_the_old_key_file_and_says_so_on_record(
    file_office: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file_office.office.folder.key_file.read_bytes()

    def full(_path: Path, *_arguments: object, **_options: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(EnvironmentFailure) as error:
            file_office.office.keys.change_passphrase(file_office.director, PASSPHRASE, "another passphrase")
    assert error.value.code == "file.disk_full"
    assert file_office.office.folder.key_file.read_bytes() == before
    assert [one["state"] for one in noted(file_office)] == ["begun", "failed"]


def test_a_key_file_of_another_cipher_says_so(file_office: Firm) -> None:
    path = OfficeFolder(Path(file_office.place)).key_file
    body = json.loads(path.read_text(encoding="utf-8"))
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps({**body, "cipher": "sqlcipher-9"}), encoding="utf-8")
    with pytest.raises(EnvironmentFailure) as error:
        open_office(file_office.place, passphrase=PASSPHRASE)
    assert error.value.code == "key.other_cipher"


CHANGING = """
import os, sys
os.environ["LAWDESK_NO_KEYRING"] = "1"
from lawdesk.office import open_office
from lawdesk.storage import keys
keys.ARGON2.update(memory_kib=64, passes=1, lanes=1)
office = open_office(sys.argv[1], recovery_code=sys.argv[2], use_keyring=False)
director = office.firm.queries.actor_by_login("admin")
old = sys.argv[3]
print("ready", flush=True)
for number in range(10_000):
    new = f"passphrase number {sys.argv[4]} {number}"
    print(new, flush=True)
    office.keys.change_passphrase(director, old, new)
    old = new
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_killed_while_the_passphrase_changes_one_of_the_two_opens(file_office: Firm) -> None:
    now, folder = PASSPHRASE, OfficeFolder(Path(file_office.place))
    for number in range(KILLS):
        command = [sys.executable, "-c", CHANGING, file_office.place, file_office.recovery_code, now, str(number)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(0.004 * number)
        process.send_signal(signal.SIGKILL)
        tried = [line for line in process.stdout.read().split("\n") if line.startswith("passphrase")]
        process.wait()
        process.stdout.close()
        record: KeyRecord = read_key_record(folder)
        opening = []
        for word in (now, *tried)[-3:]:
            try:
                unlock(record, word, None, use_keyring=False)
            except UserError:
                continue
            opening.append(word)
        assert len(opening) == 1
        assert unlock(record, None, file_office.recovery_code) == file_office.office.key
        now = opening[0]
