"""The window keeps the office safe: backups at start and at closing, the way back, one window at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from lawdesk.app.caretaker import care
from lawdesk.app.closing import LastBackup
from lawdesk.app.restoring import find_backups
from lawdesk.firm import Role
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.instance import WindowLock
from lawdesk.storage.place import OfficeFolder
from lawdesk.ui import RestorePage, UnlockPage, WelcomePage
from tests.app.conftest import Started
from tests.offices import PASSPHRASE, Firm


def nothing(_step: int, _steps: int) -> None:
    """Nobody looks at the progress."""


def opened(started: Started) -> None:
    started.program.begin(PASSPHRASE)
    started.until(lambda: started.program.window is not None)
    started.settle()


def acts(started: Started) -> list[str]:
    window = started.program.window
    assert window is not None
    with window.seat.office.database.read() as session:
        return list(session.exec(select(AuditRecord.action).order_by(col(AuditRecord.id))))


def test_a_round_of_care_backs_up_tries_out_and_looks(file_office: Firm) -> None:
    office = file_office.office
    first = care(office, nothing, look=True)
    assert first.made is not None and first.tried is not None and first.failed is None
    assert first.seen is not None and first.seen.findings == () and first.seen.thorough
    second = care(office, nothing, look=False)
    assert (second.seen, second.made, second.tried) == (None, None, None)


def test_a_damaged_office_is_not_backed_up_over_good_ones(
    file_office: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lawdesk.safekeeping import Checkup, Finding

    bad = Checkup((Finding("database", 1, "page 3"),), thorough=False)
    monkeypatch.setattr(file_office.office.health, "quick", lambda: bad)
    assert care(file_office.office, nothing, look=True).made is None
    assert file_office.office.backups is not None and file_office.office.backups.sets() == []


def test_coming_locking_and_coming_back_are_on_record_with_the_failures(started: Started) -> None:
    opened(started)
    window = started.program.window
    assert window is not None
    window.lock()
    started.settle()
    page = window.shell.findChild(UnlockPage)
    page.unlock_asked.emit("wrong passphrase")
    started.settle()
    page.unlock_asked.emit(PASSPHRASE)
    started.settle()
    assert [act for act in acts(started) if act.startswith("session.")] == [
        "session.sign_in",
        "session.lock",
        "session.unlock",
    ]
    with window.seat.office.database.read() as session:
        newest = session.exec(select(AuditRecord.detail).order_by(col(AuditRecord.id).desc()).limit(1)).one()
    assert newest == '{"failures": 1}'


def test_closing_after_work_makes_a_last_backup_and_then_closes(started: Started) -> None:
    opened(started)
    window = started.program.window
    assert window is not None and window.seat.office.backups is not None
    window.seat.office.firm.add_person(window.seat.actor, name="新人", login="n", role=Role.LAWYER)
    window.shell.close()
    closing = started.program.closing
    assert closing is not None and isinstance(closing.last, LastBackup) and closing.last.isVisible()
    assert not window.shell.isVisible()
    last = closing.last
    started.until(lambda: not last.isVisible())
    made = window.seat.office.backups.sets()
    assert len(made) == 1 and made[0].verified
    assert "恢复" not in last.windowTitle()


def test_closing_without_the_backup_leaves_at_once(started: Started) -> None:
    opened(started)
    window = started.program.window
    assert window is not None
    window.shell.close()
    closing = started.program.closing
    assert closing is not None and closing.last is not None
    closing.last.leave.click()
    assert not closing.last.isVisible() and not window.shell.isVisible()


def test_a_second_window_is_refused_and_the_first_is_called(started: Started) -> None:
    other = WindowLock(Path(started.firm.place))
    assert other.acquire() and other.acquire()
    started.program.begin(PASSPHRASE)
    started.settle()
    page = started.page()
    assert started.program.window is None and isinstance(page, UnlockPage)
    assert "已在本机另一个" in page._error_text.text()
    other.release()
    page.unlock_asked.emit(PASSPHRASE)
    started.until(lambda: started.program.window is not None)
    assert not other.acquire()


def test_a_damaged_office_offers_its_best_backup_in_few_steps(started: Started) -> None:
    office = started.firm.office
    assert office.backups is not None
    made = office.backups.make()
    office.close()
    folder = OfficeFolder(Path(started.firm.place))
    damaged = bytearray(folder.database.read_bytes())
    damaged[:4096] = bytes(4096)
    folder.database.write_bytes(damaged)
    for companion in ("office.db-wal", "office.db-shm"):
        (folder.path / companion).unlink(missing_ok=True)
    started.program.begin(PASSPHRASE)
    started.settle()
    page = started.page()
    assert isinstance(page, UnlockPage) and page.restore.isVisible() and "第一页" in page._error_text.text()
    kept = list(folder.path.glob("damaged-*/office.db"))
    assert [path.read_bytes() for path in kept] == [bytes(damaged)]
    page.restore.click()  # step 1
    started.settle()
    restore = started.page()
    assert isinstance(restore, RestorePage) and restore.which.chosen() == made.path
    assert "第一页" in restore._why.text()
    restore.secret.setText(started.firm.recovery_code)  # step 2
    restore.button.click()  # step 3
    started.until(lambda: started.program.window is not None)
    assert started.program.place.endswith("office-restored")
    assert folder.database.read_bytes() == bytes(damaged)  # never repaired in place


def test_restoring_asks_for_what_is_missing_and_says_what_is_wrong(started: Started, tmp_path: Path) -> None:
    office = started.firm.office
    assert office.backups is not None
    made = office.backups.make()
    program = started.program
    program.place = ""
    program.begin()
    welcome = started.page()
    assert isinstance(welcome, WelcomePage)
    welcome.restore_asked.emit()
    page = started.page()
    assert isinstance(page, RestorePage)
    page.button.click()
    assert page._fields["source"].problem and page._fields["secret"].problem
    page.source.setText(str(tmp_path / "nowhere"))
    page.source.editingFinished.emit()
    started.settle()
    assert "没有完整的备份" in page._fields["source"].problem
    page.source.setText(str(Path(made.path).parent.parent))
    page.source.editingFinished.emit()
    started.settle()
    page.secret.setText("wrong passphrase")
    page.folder.setText(str(tmp_path / "new"))
    page.button.click()
    started.settle()
    assert "口令" in page._error.text() and page.button.isEnabled() and not (tmp_path / "new").exists()
    page.secret.setText(PASSPHRASE)
    page.button.click()
    started.until(lambda: program.window is not None)
    assert Path(program.place) == tmp_path / "new"


def test_backups_are_found_however_near_one_points(file_office: Firm) -> None:
    assert file_office.office.backups is not None
    made = [file_office.office.backups.make() for _time in range(2)]
    target = file_office.office.backups.folder()
    for place in (target, target.parent, target / "sets"):
        assert [one.path for one in find_backups(place)] == [made[1].path, made[0].path]
    assert [one.path for one in find_backups(Path(made[0].path))] == [made[0].path]
    assert find_backups(target / "vault" / "nothing" / "x") == []
