"""A new key for the office: everything under it, nothing under the old one, what was made before still opens."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from sqlmodel import col, select

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, UserError, describe
from lawdesk.office import Office, open_office, read_key_record, unlock
from lawdesk.safekeeping.new_key import KeyChanged, change_key
from lawdesk.storage import changing_key
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.backup import list_backups, restore_backup
from lawdesk.storage.changing_key import FOLDER, KeyChange
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.keys import OfficeKey
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_blobs import FolderBlobs
from tests.offices import PASSPHRASE, Firm
from tests.safekeeping.rekeying import content_of, fill

NEW_WORD = "绿肥红瘦-4402"


@pytest.fixture
def firm(file_office: Firm) -> Firm:
    fill(file_office.office, file_office.director, Path(file_office.place).parent)
    return file_office


def folder_of(firm: Firm) -> OfficeFolder:
    return OfficeFolder(Path(firm.place))


def rekey(firm: Firm, **options: object) -> KeyChanged:
    firm.office.close()
    record = read_key_record(folder_of(firm))
    return change_key(folder_of(firm), firm.office.key, record, PASSPHRASE, firm.director, **options)  # type: ignore[arg-type]


def again(firm: Firm, **way: str) -> Office:
    return open_office(firm.place, clock=firm.clock, **(way or {"passphrase": PASSPHRASE}))  # type: ignore[arg-type]


def test_everything_is_there_under_the_new_key_and_nothing_opens_with_the_old(firm: Firm) -> None:
    old, before = firm.office.key, content_of(firm.office, firm.director)
    changed = rekey(firm)
    assert changed.key != old and changed.left == 0 and changed.ended == ()
    office = again(firm)
    try:
        assert office.key == changed.key and office.key.former == (old.secret,)
        assert content_of(office, firm.director) == before
        assert office.documents.check_vault(firm.director).sound
        assert not office.documents.check_vault(firm.director).orphans
        assert office.chain.judge().sound
        with office.database.read() as session:
            rows = session.exec(select(AuditRecord.detail).where(col(AuditRecord.action) == "key.change")).all()
        assert len(rows) == 1 and '"way": "office"' in rows[0] and old.secret.hex() not in rows[0]
    finally:
        office.close()
    with pytest.raises(EnvironmentFailure) as error:
        open_sqlite(folder_of(firm).database, old.derive("database"))
    assert error.value.code == "file.wrong_key"
    blobs = FolderBlobs(folder_of(firm).vault)
    stored = list(blobs.iterate())
    assert stored and not any(Vault(blobs, old.derive("vault")).owns(address) for address in stored)
    assert not (folder_of(firm).path / FOLDER).exists()


def test_a_new_code_is_made_and_the_old_one_ends_unless_it_is_to_stay(firm: Firm) -> None:
    changed = rekey(firm)
    record = read_key_record(folder_of(firm))
    assert unlock(record, None, changed.recovery_code) == changed.key
    with pytest.raises(UserError) as error:
        unlock(record, None, firm.recovery_code)
    assert error.value.code == "key.wrong_code"


def test_other_ways_go_on_without_being_typed_and_those_named_end(firm: Firm) -> None:
    one = firm.office.keys.new_code(firm.director, PASSPHRASE, "partner-1")
    two = firm.office.keys.new_code(firm.director, PASSPHRASE, "partner-2")
    changed = rekey(firm, new_code=False, end=("partner-2",))
    assert changed.ended == ("partner-2",) and changed.recovery_code == ""
    record = read_key_record(folder_of(firm))
    for code in (firm.recovery_code, one):
        assert unlock(record, None, code) == changed.key
    with pytest.raises(UserError):
        unlock(record, None, two)
    old = changed.key
    twice = change_key(folder_of(firm), old, record, PASSPHRASE, firm.director, new_code=False)
    assert unlock(read_key_record(folder_of(firm)), None, one) == twice.key != old, "and once more"
    office = again(firm, recovery_code=firm.recovery_code)
    assert [len(office.key.former), office.key.former[0]] == [2, old.secret]
    office.keys.change_passphrase(firm.director, PASSPHRASE, NEW_WORD)
    office.close()
    assert unlock(read_key_record(folder_of(firm)), NEW_WORD, None) == twice.key


def test_who_has_an_old_key_or_writes_a_key_file_of_his_own_gets_nowhere(firm: Firm) -> None:
    old = firm.office.key
    changed = rekey(firm, new_code=False)
    record = read_key_record(folder_of(firm))
    assert changed.key.secret not in Path(folder_of(firm).key_file).read_bytes()
    forged = record.wraps["recovery"] | {"renewals": []}
    assert unlock(type(record)(record.office_uid, {"recovery": forged}), None, firm.recovery_code) == old
    step = dict(record.wraps["recovery"]["renewals"][0])
    step["box"] = record.wraps["passphrase"]["box"]
    forged = record.wraps["recovery"] | {"renewals": [step]}
    with pytest.raises(EnvironmentFailure) as error:
        unlock(type(record)(record.office_uid, {"recovery": forged}), None, firm.recovery_code)
    assert error.value.code == "key.damaged"


def test_backups_of_before_open_as_before_and_are_still_verified(firm: Firm, tmp_path: Path) -> None:
    assert firm.office.backups is not None
    made = firm.office.backups.make(firm.director)
    before = content_of(firm.office, firm.director)
    rekey(firm)
    office = again(firm)
    try:
        assert office.backups is not None
        assert office.backups.verify(firm.director, Path(made.path)).verified
        assert office.chain.judge().sound, "heads sealed under the old key are known"
        newer = office.backups.make(firm.director)
        assert newer.verified and office.backups.trial(firm.director)
        assert {one.verified for one in list_backups(office.backups.folder())} == {True}
    finally:
        office.close()
    for number, (place, word) in enumerate(((made.path, firm.recovery_code), (newer.path, None))):
        target = OfficeFolder(tmp_path / f"back{number}")
        key = unlock(read_key_record(OfficeFolder(Path(place))), None if word else PASSPHRASE, word)
        restore_backup(Path(place), key, target)
        back = open_office(str(target.path), passphrase=PASSPHRASE, clock=firm.clock)
        try:
            assert content_of(back, firm.director) == before
            assert back.documents.check_vault(firm.director).sound and back.chain.judge().sound
            assert back.backups is not None and back.backups.make(firm.director).verified
        finally:
            back.close()


def test_while_another_program_has_the_office_open_nothing_happens(firm: Firm) -> None:
    record = read_key_record(folder_of(firm))
    other = again(firm)
    try:
        content_of(other, firm.director)
        with pytest.raises(EnvironmentFailure) as error:
            rekey(firm)
        assert error.value.code == "key.in_use" and describe(error.value).next
        other.cases.add_party(firm.director, PartyDraft("周远", PartyKind.PERSON))
    finally:
        other.close()
    assert read_key_record(folder_of(firm)) == record
    assert not (folder_of(firm).path / FOLDER).exists()


def test_a_wrong_passphrase_a_full_disk_and_a_stop_leave_the_old_key(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content_of(firm.office, firm.director)
    stored = sorted(FolderBlobs(folder_of(firm).vault).iterate())
    firm.office.close()
    record = read_key_record(folder_of(firm))
    with pytest.raises(UserError):
        change_key(folder_of(firm), firm.office.key, record, "wrong passphrase", firm.director)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 1))  # type: ignore[attr-defined]
        with pytest.raises(EnvironmentFailure) as error:
            rekey(firm)
    assert error.value.code == "key.no_room"

    def stop(done: int, _all: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        rekey(firm, progress=stop)
    with monkeypatch.context() as patch:
        patch.setattr(changing_key.KeyChange, "switch", lambda _self: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(EnvironmentFailure) as error:
            rekey(firm)
    assert error.value.code == "file.disk_full"
    assert read_key_record(folder_of(firm)) == record
    assert sorted(FolderBlobs(folder_of(firm).vault).iterate()) == stored
    office = again(firm)
    assert office.key == firm.office.key and content_of(office, firm.director) == before
    office.close()


def test_a_damaged_document_stays_damaged_and_does_not_stop_it(firm: Firm) -> None:
    address = firm.office.documents.queries.every_address()[0]
    path = FolderBlobs(folder_of(firm).vault).path(address)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    changed = rekey(firm)
    assert changed.left == 1
    office = again(firm)
    report = office.documents.check_vault(firm.director)
    assert report.mismatched == (address,) and report.checked > 1
    office.close()


def test_cut_off_behind_the_switch_the_next_to_come_finishes(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_of(firm.office, firm.director)
    with monkeypatch.context() as patch:
        patch.setattr(KeyChange, "_carry_out", lambda _self: None)
        patch.setattr(KeyChange, "end", lambda self: self._lock.release())
        changed = rekey(firm)
    assert (folder_of(firm).path / FOLDER / "switch").exists()
    office = again(firm)
    assert office.key == changed.key and content_of(office, firm.director) == before
    assert not office.documents.check_vault(firm.director).orphans
    assert not (folder_of(firm).path / FOLDER).exists()
    office.close()


def test_the_keyring_may_lag_behind(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    old = firm.office.key
    rekey(firm)
    monkeypatch.setattr("lawdesk.storage.keys.recall_from_keyring", lambda uid: OfficeKey(uid, old.secret))
    with pytest.raises(UserError) as error:
        open_office(firm.place)
    assert error.value.code == "key.needed"
    again(firm).close()


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_killed_while_the_key_changes_it_is_the_old_or_the_new() -> None:
    from tests.safekeeping.rekeying import kills_during_rekey

    count = int(os.environ.get("LAWDESK_REKEY_KILLS", "6"))
    result = kills_during_rekey(count)
    assert result.failed == []
    assert sys.platform != "linux" or result.facts
