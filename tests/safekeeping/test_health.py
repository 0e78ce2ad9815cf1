"""Damage is found, named in words, copied aside and never repaired in place."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.office import open_office
from lawdesk.safekeeping import keep_evidence
from lawdesk.safekeeping.health import ADVICE, SENTENCES, Checkup, HealthService
from lawdesk.storage.place import OfficeFolder, sync_service
from tests.offices import PASSPHRASE, START, Firm, FixedClock

FLIPS = int(os.environ.get("LAWDESK_FLIPS", "12"))


def codes(found: Checkup) -> list[str]:
    return [one.code for one in found.findings]


def run(firm: Firm, *statements: str) -> None:
    with firm.office.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN")
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def test_a_sound_office_has_no_findings_and_the_look_is_on_record(full: Firm) -> None:
    health = full.office.health
    assert health.thorough_due()
    found = health.thorough(full.director)
    assert found.findings == () and found.sound and found.documents == 4
    assert not health.thorough_due() and health.quick().findings == ()


def test_every_code_has_its_sentence_and_advice() -> None:
    assert SENTENCES.keys() == ADVICE.keys()


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("UPDATE time_entry SET case_id = 99", "foreign key"),
        ("UPDATE cases SET created_by = 99", "cases.created_by"),
        ("UPDATE search_entry SET case_id = 99 WHERE case_id IS NOT NULL", "search_entry.case_id"),
        ("DELETE FROM document_version WHERE document_id = 2", "document"),
    ],
)
def test_dangling_links_are_found(full: Firm, statement: str, detail: str) -> None:
    run(full, statement)
    found = full.office.health.thorough()
    assert codes(found) == ["links"] and detail in found.findings[0].detail and not found.sound


def test_missing_and_damaged_documents_are_counted(full: Firm) -> None:
    first, second = sorted(full.office.folder.vault.glob("??/??/*.ldv"))[:2]
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1] + b"x")
    found = full.office.health.thorough()
    assert codes(found) == ["documents.missing", "documents.damaged"]
    assert "缺失" in found.findings[0].words() and found.findings[1].advice()


def test_an_unplugged_vault_is_one_finding_at_the_start_already(full: Firm, tmp_path: Path) -> None:
    full.office.folder.vault.rename(tmp_path / "elsewhere")
    assert codes(full.office.health.quick()) == ["documents.folder"]
    assert codes(full.office.health.thorough()) == ["documents.folder"]


def test_tampered_records_are_a_finding(full: Firm) -> None:
    run(full, "UPDATE audit_record SET actor_name = 'x' WHERE id = 3")
    assert codes(full.office.health.thorough()) == ["chain"]


@pytest.mark.parametrize(
    ("step", "code"), [(timedelta(days=-2), "clock.back"), (timedelta(days=300), "clock.ahead")]
)
def test_a_clock_that_jumped_is_said_and_is_no_damage(full: Firm, step: timedelta, code: str) -> None:
    full.clock.advance(step)
    found = full.office.health.quick()
    assert codes(found) == [code] and found.sound and " d " in found.findings[0].words()


@pytest.mark.parametrize("seed", range(FLIPS))
def test_a_flipped_bit_anywhere_is_found_and_named(full: Firm, tmp_path: Path, seed: int) -> None:
    full.office.close()
    folder = OfficeFolder(Path(full.place))
    before = folder.database.read_bytes()
    place = Random(seed).randrange(len(before) * 8)
    data = bytearray(before)
    data[place // 8] ^= 1 << place % 8
    folder.database.write_bytes(data)
    try:
        office = open_office(full.place, passphrase=PASSPHRASE, clock=FixedClock(START))
    except EnvironmentFailure as failure:
        assert failure.code in ("file.first_page", "file.damaged")
    else:
        try:
            found = office.health.thorough()
        except EnvironmentFailure as failure:
            assert failure.code == "file.damaged"
        else:
            assert "database" in codes(found) and not found.sound
        finally:
            office.close()
    kept = keep_evidence(folder)
    assert (kept / "office.db").exists() and (kept / "office.key").exists()
    assert keep_evidence(folder) == kept


def test_the_look_never_writes_to_a_damaged_file(full: Firm) -> None:
    full.office.close()
    folder = OfficeFolder(Path(full.place))
    data = bytearray(folder.database.read_bytes())
    data[4096 * 9 + 50] ^= 1
    folder.database.write_bytes(data)
    office = open_office(full.place, passphrase=PASSPHRASE, clock=FixedClock(START))
    HealthService(office.database, office.documents, office.chain, folder).quick()
    office.close()
    assert bytes(data) == folder.database.read_bytes()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("C/Users/秦/OneDrive - 恒岚律所/office", "OneDrive"),
        ("home/q/Dropbox/office", "Dropbox"),
        ("home/q/Nutstore Files/office", "坚果云"),
        ("Users/q/我的坚果云/lawdesk", "坚果云"),
        ("Users/q/Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("C/Users/q/iCloudDrive/x", "iCloud"),
        ("D/BaiduSyncdisk/x", "百度网盘"),
        ("D/WPS云盘/x", "WPS 云盘"),
        ("home/q/Dropboxes of letters/x", ""),
        ("home/q/onedrives/x", ""),
        ("home/q/office", ""),
    ],
)
def test_folders_of_sync_services_are_known_by_name(path: str, name: str) -> None:
    assert sync_service(Path("/") / path) == name


def test_an_office_in_a_sync_folder_is_warned_about(full: Firm) -> None:
    office, folder = full.office, OfficeFolder(Path("/home/q/OneDrive/office"))
    found = HealthService(office.database, office.documents, office.chain, folder)._place()
    assert found[0].code == "place.sync" and "OneDrive" in found[0].words()
