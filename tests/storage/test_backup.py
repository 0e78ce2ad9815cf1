"""Backups count only when they were read back, and an office comes back from one with the recovery code alone."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from lawdesk.cases import CaseDraft, CasePartyDraft, Clearance, ClearanceResult, PartyDraft, Side
from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, describe
from lawdesk.kernel.files import sync_file
from lawdesk.office import open_office
from lawdesk.storage import backup, keys
from lawdesk.storage.backup import BackupSet, create_backup, list_backups, restore_backup, verify_backup
from lawdesk.storage.keys import KeyRecord
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE, START, Firm


@pytest.fixture
def firm(file_office: Firm, tmp_path: Path) -> Firm:
    """An office with one case and two documents."""
    clearance = Clearance(
        ClearanceResult.CLEAR, file_office.director.person_id, START, ("沐岚物流有限公司", "墨禾")
    )
    parties = (
        CasePartyDraft(PartyDraft("沐岚物流有限公司"), Side.CLIENT.value),
        CasePartyDraft(PartyDraft("墨禾"), Side.ADVERSE.value),
    )
    draft = CaseDraft("civil", "运输合同纠纷", parties, file_office.lawyer.person_id, date(2025, 11, 5))
    case_id = file_office.office.cases.open_case(file_office.director, draft, clearance).case_id
    for name, content in (("判决书.pdf", b"judgment" * 300_000), ("起诉状.docx", b"plea" * 1000)):
        (tmp_path / name).write_bytes(content)
        file_office.office.documents.add_file(file_office.lawyer, case_id, tmp_path / name)
    return file_office


def make(firm: Firm, target: Path, progress: backup.Progress | None = None) -> BackupSet:
    office = firm.office
    named = office.documents.queries.addresses(firm.director)
    return create_backup(office.database, office.key, office.folder, target, documents=named, progress=progress)


def flip(path: Path, place: int = -20) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def blobs(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/??/*.ldv"))


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_backup_is_read_back_before_it_counts(firm: Firm, tmp_path: Path) -> None:
    made = make(firm, tmp_path / "backups")
    assert made.verified and len(made.documents) == 2 and not made.missing
    assert made.rows["document"] == 2 and made.rows["cases"] == 1
    assert [(found.path, found.verified) for found in list_backups(tmp_path / "backups")] == [(made.path, True)]
    assert verify_backup(Path(made.path), firm.office.key).count == made.count


def test_the_office_comes_back_with_the_recovery_code_alone(firm: Firm, tmp_path: Path) -> None:
    place = Path(make(firm, tmp_path / "backups").path)
    firm.office.close()
    shutil.rmtree(firm.place)
    record = KeyRecord.from_json((place / "office.key").read_text(encoding="utf-8"))
    key = keys.unlock_with_recovery_code(record, firm.recovery_code)
    restore_backup(place, key, OfficeFolder(tmp_path / "new"))
    for way in ({"recovery_code": firm.recovery_code}, {"passphrase": PASSPHRASE}):
        office = open_office(str(tmp_path / "new"), use_keyring=False, clock=FixedClock(START), **way)  # type: ignore[arg-type]
        director = office.firm.queries.actor_by_login("admin")
        case = office.cases.queries.list_cases(director)[0]
        rows = office.documents.queries.documents(director, case.id)
        office.documents.export(director, rows[0].id, tmp_path / "out.pdf")
        assert (tmp_path / "out.pdf").read_bytes() == b"judgment" * 300_000
        assert [row.name for row in rows] == ["判决书.pdf", "起诉状.docx"]
        office.close()


def test_a_folder_with_an_office_is_never_restored_over(firm: Firm, tmp_path: Path) -> None:
    place = Path(make(firm, tmp_path / "backups").path)
    before = state(Path(firm.place))
    with pytest.raises(EnvironmentFailure) as failure:
        restore_backup(place, firm.office.key, firm.office.folder)
    assert failure.value.code == "place.taken" and state(Path(firm.place)) == before


def test_a_restore_that_breaks_off_leaves_no_office_and_can_be_repeated(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(make(firm, tmp_path / "backups").path)
    new = OfficeFolder(tmp_path / "new")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "copy_blobs", lambda *_a, **_k: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(EnvironmentFailure):
            restore_backup(place, firm.office.key, new)
    assert not new.exists()
    restore_backup(place, firm.office.key, new)
    open_office(str(new.path), passphrase=PASSPHRASE, use_keyring=False).close()


@pytest.mark.parametrize("which", ["office.db", "office.key", "document", "manifest.json"])
def test_one_flipped_byte_is_found(firm: Firm, tmp_path: Path, which: str) -> None:
    place = Path(make(firm, tmp_path / "backups").path)
    if which == "document":
        flip(blobs(tmp_path / "backups" / "vault")[0])
    elif which == "office.db":
        flip(place / "office.db", 4096 * 3 + 100)
    else:
        flip(place / which, 0 if which == "manifest.json" else 300)
    with pytest.raises(EnvironmentFailure) as failure:
        verify_backup(place, firm.office.key)
    assert describe(failure.value).what and describe(failure.value).next
    assert not any(found.verified for found in list_backups(tmp_path / "backups"))


def test_a_lost_document_is_found(firm: Firm, tmp_path: Path) -> None:
    place = Path(make(firm, tmp_path / "backups").path)
    blobs(tmp_path / "backups" / "vault")[1].unlink()
    with pytest.raises(EnvironmentFailure) as failure:
        verify_backup(place, firm.office.key)
    assert failure.value.code == "backup.documents"
    assert "缺失 1 个文件" in describe(failure.value).why


def test_a_document_gone_bad_in_the_backup_is_healed_by_the_next_one(firm: Firm, tmp_path: Path) -> None:
    first = make(firm, tmp_path / "backups")
    flip(blobs(tmp_path / "backups" / "vault")[0])
    assert make(firm, tmp_path / "backups").verified
    assert verify_backup(Path(first.path), firm.office.key).verified


def test_an_unplugged_vault_makes_no_backup(firm: Firm, tmp_path: Path) -> None:
    firm.office.folder.vault.rename(tmp_path / "elsewhere")
    with pytest.raises(EnvironmentFailure) as failure:
        make(firm, tmp_path / "backups")
    assert failure.value.code == "vault.no_folder"
    assert list_backups(tmp_path / "backups") == [] and not firm.office.folder.vault.exists()


def test_an_emptied_vault_makes_no_backup_that_passes(firm: Firm, tmp_path: Path) -> None:
    for path in blobs(firm.office.folder.vault):
        path.unlink()
    with pytest.raises(EnvironmentFailure) as failure:
        make(firm, tmp_path / "backups")
    assert failure.value.code == "backup.incomplete" and "2 个文件" in describe(failure.value).what
    kept = list_backups(tmp_path / "backups")
    assert [found.verified for found in kept] == [False]
    with pytest.raises(EnvironmentFailure):
        verify_backup(Path(kept[0].path), firm.office.key)


def test_an_office_without_documents_needs_no_vault(file_office: Firm, tmp_path: Path) -> None:
    assert make(file_office, tmp_path / "backups").verified


def test_a_missing_target_is_said_in_words(firm: Firm, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure) as failure:
        make(firm, tmp_path / "usb" / "lawdesk" / "backups")
    words = describe(failure.value)
    assert failure.value.code == "backup.target" and "磁盘没有连接" in words.why and "usb" in words.what
    assert not (tmp_path / "usb").exists()


def test_a_read_only_target_is_said_in_words(firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(EnvironmentFailure) as failure:
        make(firm, tmp_path / "backups")
    assert "Read-only" in describe(failure.value).why


FULL: list[Callable[[], BaseException]] = [
    lambda: dbapi2.OperationalError("database or disk is full"),
    lambda: OSError(28, "No space left on device"),
]


@pytest.mark.parametrize("error", FULL, ids=["engine", "system"])
def test_a_full_disk_is_said_and_older_backups_stay(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]
) -> None:
    first = make(firm, tmp_path / "backups")
    before = state(tmp_path / "backups")

    def half(_engine: object, target: Path, _key: bytes) -> None:
        target.write_bytes(b"half")
        raise error()

    with monkeypatch.context() as patch:
        patch.setattr(backup, "copy_database", half)
        with pytest.raises(EnvironmentFailure) as failure:
            make(firm, tmp_path / "backups")
    assert failure.value.code == "backup.target" and describe(failure.value).why
    assert state(tmp_path / "backups") == before
    assert [found.path for found in list_backups(tmp_path / "backups")] == [first.path]
    assert verify_backup(Path(first.path), firm.office.key).verified


def test_the_newest_stands_first_and_older_ones_are_untouched(firm: Firm, tmp_path: Path) -> None:
    made = [make(firm, tmp_path / "backups")]
    before = state(Path(made[0].path))
    office = firm.office
    office.firm.set_setting(firm.director, "rounding_minutes", "6")
    made += [make(firm, tmp_path / "backups"), make(firm, tmp_path / "backups")]
    assert [found.path for found in list_backups(tmp_path / "backups")] == [one.path for one in reversed(made)]
    assert state(Path(made[0].path)) == before
    assert made[0].moment < made[1].moment < made[2].moment
    assert made[1].rows["firm_setting"] == made[0].rows["firm_setting"] + 1


def test_each_document_is_copied_once(firm: Firm, tmp_path: Path) -> None:
    make(firm, tmp_path / "backups")
    before = state(tmp_path / "backups" / "vault")
    make(firm, tmp_path / "backups")
    assert state(tmp_path / "backups" / "vault") == before and len(before) == 2


def test_stopping_leaves_no_set(firm: Firm, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    def stop(step: int, steps: int) -> None:
        heard.append((step, steps))
        raise Cancelled

    with pytest.raises(Cancelled):
        make(firm, tmp_path / "backups", stop)
    assert heard == [(0, 2)] and list_backups(tmp_path / "backups") == []
    assert list((tmp_path / "backups" / "sets").iterdir()) == []


def test_a_set_without_a_manifest_does_not_count_and_goes_after_a_day(firm: Firm, tmp_path: Path) -> None:
    sets = tmp_path / "backups" / "sets"
    for name in ("20200101T000000000000Z", "29990101T000000000000Z"):
        (sets / name).mkdir(parents=True)
        (sets / name / "office.db").write_bytes(b"half")
    assert list_backups(tmp_path / "backups") == []
    made = make(firm, tmp_path / "backups")
    assert sorted(path.name for path in sets.iterdir()) == [Path(made.path).name, "29990101T000000000000Z"]


KILLED = """
import os, sys
os.environ["LAWDESK_NO_KEYRING"] = "1"
from pathlib import Path
from lawdesk.office import open_office
from lawdesk.storage import keys
from lawdesk.storage.backup import create_backup
office = open_office(sys.argv[1], passphrase=sys.argv[2], use_keyring=False)
director = office.firm.queries.actor_by_login("admin")
named = office.documents.queries.addresses(director)
print("ready", flush=True)
while True:
    made = create_backup(office.database, office.key, office.folder, Path(sys.argv[3]), documents=named)
    print(made.path, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_kill_in_the_middle_leaves_no_set_that_counts(firm: Firm, tmp_path: Path) -> None:
    """Whatever is listed as verified after a kill really is; finished backups are still there."""
    target = tmp_path / "backups"
    for wait in (0.0, 0.01, 0.03, 0.06, 0.1, 0.15):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), firm.place, PASSPHRASE, str(target)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
        process.wait()
        process.stdout.close()
        listed = {found.path: found for found in list_backups(target)}
        assert all(listed[path].verified for path in said if path.endswith("Z"))
        for found in listed.values():
            assert json.loads(Path(found.path, "manifest.json").read_text(encoding="utf-8"))["made_at"]
            with contextlib.suppress(FileNotFoundError):
                sync_file(Path(found.path, "office.db"))
            verify_backup(Path(found.path), firm.office.key)
    assert make(firm, target).verified
