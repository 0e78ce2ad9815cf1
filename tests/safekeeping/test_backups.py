"""When backups are made by themselves, where they go, how they stand, and trying them out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from lawdesk.firm import Role
from lawdesk.kernel.errors import EnvironmentFailure, UserError, describe
from lawdesk.office import open_office
from lawdesk.safekeeping.backups import BackupService, newest_backup, read_note
from lawdesk.storage import backup
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE, START, Firm, FixedClock


class Watch:
    """The PC's clock, as a test sets it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def backups(full: Firm, watch: Watch) -> BackupService:
    office = full.office
    return BackupService(office.database, lambda: office.key, office.folder, lambda: office.documents, watch)


@pytest.fixture
def unused(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "disk" / "backups"


def acts(firm: Firm) -> list[str]:
    with firm.office.database.read() as session:
        return list(session.exec(select(AuditRecord.action).order_by(col(AuditRecord.id))))


def test_one_is_due_when_the_newest_good_one_is_a_day_old(backups: BackupService, watch: Watch) -> None:
    assert backups.due() and backups.state().condition == "none"
    backups.make()
    assert not backups.due() and backups.state().condition == "good"
    watch.ahead = timedelta(hours=25)
    assert backups.due() and backups.state().condition == "good"
    watch.ahead = timedelta(days=3)
    assert backups.state().condition == "old"


def test_at_closing_one_is_due_only_after_work(backups: BackupService, watch: Watch, full: Firm) -> None:
    backups.make()
    watch.ahead = timedelta(hours=2)
    assert not backups.due_at_closing()  # making it is no work
    full.office.firm.add_person(full.director, name="新人", login="n", role=Role.LAWYER)
    assert backups.due_at_closing()
    watch.ahead = timedelta(minutes=5)
    assert not backups.due_at_closing()


def test_a_backup_from_the_future_does_not_count_as_fresh(backups: BackupService, watch: Watch) -> None:
    backups.make()
    watch.ahead = -timedelta(days=400)
    assert backups.due() and backups.newest() is None


def test_a_chosen_folder_is_used_and_known_when_the_office_cannot_be_opened(
    backups: BackupService, full: Firm, unused: Path
) -> None:
    backups.set_folder(full.director, unused)
    made = backups.make(full.director)
    assert Path(made.path).is_relative_to(unused) and backups.state().folder == unused
    full.office.close()
    (Path(full.place) / "office.db").write_bytes(b"")
    found = newest_backup(OfficeFolder(Path(full.place)))
    assert found is not None and found.path == made.path


def test_a_folder_among_the_offices_files_and_one_that_cannot_be_written_are_refused(
    backups: BackupService, full: Firm, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        backups.set_folder(full.director, full.office.folder.vault / "x")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFailure):
        backups.set_folder(full.director, tmp_path / "file" / "x")
    with pytest.raises(UserError):
        backups.set_folder(full.lawyer, tmp_path / "x")
    assert backups.folder() == full.office.folder.backups


@pytest.mark.parametrize("how", ["gone", "full", "read_only"])
def test_a_target_that_fails_is_named_retried_and_harms_nothing(
    backups: BackupService, full: Firm, unused: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    unused.parent.mkdir()
    backups.set_folder(full.director, unused)
    first = backups.make()
    with monkeypatch.context() as patch:
        if how == "gone":
            unused.parent.rename(unused.parent.with_name("unplugged"))
        else:
            number, said = (28, "No space left on device") if how == "full" else (30, "Read-only file system")

            def refuse(*_arguments: object, **_options: object) -> None:
                raise OSError(number, said)

            patch.setattr(backup, "copy_database", refuse)
        with pytest.raises(EnvironmentFailure) as failure:
            backups.make()
        assert describe(failure.value).what and describe(failure.value).next
        assert backups.state().condition == how
    if how == "gone":
        assert not unused.parent.exists()  # nothing is made on the disk it stood on
        unused.parent.with_name("unplugged").rename(unused.parent)
    assert [one.path for one in backups.sets()] == [first.path]
    backups.make()
    assert backups.state().condition == "good"
    assert acts(full).count("backup.create") == 3


def test_a_slow_target_is_said(backups: BackupService, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter((0.0, 1000.0))
    monkeypatch.setattr("lawdesk.safekeeping.backups.time.monotonic", lambda: next(ticks))
    backups.make()
    assert backups.state().condition == "slow"


def test_a_trial_restores_into_a_temporary_place_and_leaves_nothing(
    backups: BackupService, watch: Watch, full: Firm
) -> None:
    assert not backups.trial_due()
    backups.make()
    assert backups.trial_due()
    made = backups.trial()
    assert backups.state().note.test_set == made.made_at and backups.state().note.test_code == ""
    assert not backups.trial_due()
    watch.ahead = timedelta(days=8)
    assert backups.trial_due()
    assert not list(Path("/tmp").glob("lawdesk-trial-*"))
    assert "backup.trial" in acts(full)


@pytest.mark.parametrize("what", ["office.db", "office.key", "document", "manifest.json"])
def test_a_spoiled_backup_fails_its_trial_and_it_is_remembered(backups: BackupService, what: str) -> None:
    made = Path(backups.make().path)
    spoiled = next((made.parent.parent / "vault").rglob("*.ldv")) if what == "document" else made / what
    content = bytearray(spoiled.read_bytes())
    content[len(content) // 2] ^= 1
    spoiled.write_bytes(content)
    with pytest.raises(EnvironmentFailure):
        backups.trial()
    if what != "manifest.json":
        assert backups.state().note.test_code


def test_rotation_follows_every_backup_and_the_office_comes_back_from_what_is_left(
    backups: BackupService, full: Firm, tmp_path: Path
) -> None:
    for _time in range(5):
        backups.make()
    assert 3 <= len(backups.sets()) <= 5
    place = Path(backups.sets()[-1].path)
    shutil.rmtree(full.office.folder.vault)
    backup.restore_backup(place, full.office.key, OfficeFolder(tmp_path / "new"))
    again = open_office(str(tmp_path / "new"), recovery_code=full.recovery_code, clock=FixedClock(START))
    try:
        assert again.documents.check_vault(full.director).sound
        with again.database.read() as session:
            newest = session.exec(select(AuditRecord.action).order_by(col(AuditRecord.id).desc())).first()
        assert newest == "office.restore"
        heads = backups.folder()
        assert again.chain.judge(heads).sound  # later heads are left behind on purpose, and said so
        assert again.chain.judge(heads).left_behind > 0
    finally:
        again.close()


def test_the_chain_is_judged_with_the_heads_of_the_backups(backups: BackupService, full: Firm) -> None:
    backups.make()
    assert full.office.chain.judge().heads == 1 and full.office.chain.judge().sound
    with full.office.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_record WHERE id > 5")
    assert full.office.chain.judge().fault == "cut"


def test_the_sheet_is_printed_once_a_month_and_proves_the_record(full: Firm, tmp_path: Path) -> None:
    from pypdf import PdfReader

    chain = full.office.chain
    assert chain.sheet_due()
    head = chain.print_head(full.director, tmp_path / "head.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "head.pdf").pages)
    code = next(line for line in text.splitlines() if "校验码" in line).split("校验码")[1].strip()
    assert str(head.records) in text and not chain.sheet_due()
    assert chain.fits_sheet(head.record_id, code) and chain.fits_sheet(
        head.record_id, code.lower().replace(" ", "")
    )
    assert not chain.fits_sheet(head.record_id - 1, code) and not chain.fits_sheet(99_999, code)
    full.clock.advance(timedelta(days=31))
    assert chain.sheet_due()
    with pytest.raises(UserError):
        chain.print_head(full.lawyer, tmp_path / "no.pdf")


def test_an_unreadable_note_counts_as_none(full: Firm, backups: BackupService) -> None:
    note = full.office.folder.backup_note
    for content in ("{", "[]", '{"folder": 3}', '{"test_at": "gestern"}', '{"test_at": "2025-01-01"}'):
        note.write_text(content, encoding="utf-8")
        assert read_note(full.office.folder).folder == "" and backups.state().condition == "none"


def test_a_server_has_no_backups_of_ours(server_office: Firm) -> None:
    assert server_office.office.backups is None
    assert server_office.office.chain.judge().sound
    open_office(server_office.place, passphrase=PASSPHRASE).close()
