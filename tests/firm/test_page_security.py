"""Settings: passphrase, keyring, locking, audit records, backups."""

from __future__ import annotations

import pytest

from lawdesk.firm import Actor, Role
from lawdesk.firm.page.backup_area import BackupArea
from lawdesk.firm.page.security import SecurityArea
from tests.firm.conftest import BROKEN, OLD, Window
from tests.offices import PASSPHRASE


def type_passphrases(area: SecurityArea, old: str, new: str, again: str) -> None:
    for edit, text in ((area.old, old), (area.new, new), (area.again, again)):
        edit.setText(text)
    area.change_passphrase()


@pytest.mark.parametrize(
    ("old", "new", "again", "where"),
    [
        ("wrong", "battery staple", "battery staple", "old"),
        (PASSPHRASE, "battery staple", "battery stable", "again"),
        (PASSPHRASE, "short", "short", "passphrase"),
    ],
)
def test_a_passphrase_that_does_not_fit_is_said_at_its_field(
    window: Window, old: str, new: str, again: str, where: str
) -> None:
    area: SecurityArea = window.show("security")
    type_passphrases(area, old, new, again)
    window.settle()
    assert area._notes[where].isVisible() and area._notes[where].text()
    assert window.world.passphrase == PASSPHRASE


def test_the_passphrase_changes_and_the_fields_are_emptied(window: Window) -> None:
    area: SecurityArea = window.show("security")
    type_passphrases(area, PASSPHRASE, "battery staple", "battery staple")
    window.settle()
    assert window.world.passphrase == "battery staple"
    assert [edit.text() for edit in (area.old, area.new, area.again)] == ["", "", ""]
    assert area.old.echoMode() == area.old.EchoMode.Password


def test_a_broken_chain_is_said_with_its_record(window: Window) -> None:
    area: SecurityArea = window.show("security")
    area.check_chain()
    window.settle()
    assert "共 42 条" in area.chain.words.text()
    window.world.broken_at = 17
    area.check_chain()
    window.settle()
    assert "第 17 条" in area.chain.words.text()
    area.check_files()
    window.settle()
    assert "损坏 1 个" in area.files.words.text()


def test_the_keyring_remembers_forgets_and_says_when_there_is_none(window: Window) -> None:
    area: SecurityArea = window.show("security")
    area.keyring.click()
    window.settle()
    assert window.world.remembered
    area.keyring.click()
    window.settle()
    assert not window.world.remembered
    window.world.keyring = False
    area.read()
    window.settle()
    assert not area.keyring.isEnabled() and "没有可加密的系统密钥环" in area._keyring_note.text()


def test_locking_is_set_for_this_person(window: Window) -> None:
    area: SecurityArea = window.show("security")
    area.lock.choose(30)
    area.lock.chosen_changed.emit(30)
    assert window.desk.settings.number("auto_lock_minutes") == 30


def test_the_age_of_the_newest_verified_backup_is_said(window: Window) -> None:
    area: BackupArea = window.show("backup")
    assert area.state.words.text() == "最近一次经过验证的备份在 9 天前"
    rows = [area.model.row(number) for number in range(2)]
    assert [row.status.text for row in rows if row is not None and row.status is not None] == ["未验证", "已验证"]
    area.make_backup()
    window.settle()
    assert area.state.words.text() == "最近一次经过验证的备份：今天 10:30"
    assert area.model.total == 3 and area.make.isEnabled() and "5000" in window.host.toasts[-1][0]


def test_a_backup_is_read_back_and_a_broken_one_is_said(window: Window) -> None:
    area: BackupArea = window.show("backup")
    area.verify(OLD)
    window.settle()
    assert "4211 条记录，63 个文件" in area.found.words.text()
    area.verify(BROKEN)
    window.settle()
    assert area.trouble.block is not None and "/backups/broken" in area.trouble.block.words.what
    assert not area.found.isVisible() and area.make.isEnabled()


def test_an_office_on_a_server_is_sent_to_the_servers_own_backups(window: Window) -> None:
    window.world.server = True
    area: BackupArea = window.show("backup")
    assert area._server.isVisible() and "pg_dump" in area._server.text() and not area.make.isVisible()


def test_a_new_code_needs_the_passphrase_and_is_shown_once(window: Window) -> None:
    area: SecurityArea = window.show("security")
    assert area.codes.there.text() == "工作库的恢复码"
    area.codes.passphrase.setText("wrong")
    area.codes.make()
    window.settle()
    assert window.world.shown == [] and area.codes._note.isVisible() and area.codes.button.isEnabled()
    area.codes.way.choose("partner-1")
    area.codes.passphrase.setText(PASSPHRASE)
    area.codes.make()
    window.settle()
    assert window.world.shown == ["CODE-partner-1"] and area.codes.passphrase.text() == ""
    assert area.codes.there.text() == "工作库的恢复码、第一合伙人" and area.codes.end.isVisible()
    area.codes.passphrase.setText(PASSPHRASE)
    area.codes.drop()
    window.settle()
    assert window.world.codes == ["recovery"] and not area.codes.end.isVisible()


def test_who_may_not_change_keys_makes_no_code(window: Window) -> None:
    window.actor[0] = Actor(2, "顾知行", "gu", Role.LAWYER)
    area: SecurityArea = window.show("security")
    assert not area.codes.button.isEnabled() and not area.codes.passphrase.isEnabled()
