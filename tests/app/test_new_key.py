"""Another office key from the running program: covered meanwhile, then the new code, the same window, a backup."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from lawdesk.firm.page.new_key import NewKeySheet
from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.office import open_office, read_key_record, unlock
from lawdesk.storage import keys
from lawdesk.storage.place import OfficeFolder
from lawdesk.ui import UnlockPage
from tests.app.conftest import CLIENT, TITLE, Lived, Open
from tests.app.test_locking import told
from tests.journeys.hands import Hands
from tests.offices import PASSPHRASE

CODE = re.compile(r"(?:[0-9A-Z]{4}[ -]+){3}[0-9A-Z]{4}")


def begin(hands: Hands, passphrase: str = PASSPHRASE, *, untick: str = "") -> None:
    """Type something elsewhere, then change the key by keyboard alone."""
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    hands.settle()
    hands.window.shell.go("settings", area="security")
    hands.settle()
    hands.tab_to("更换密钥…")
    hands.press("Space")
    hands.see("还有什么能打开工作库")
    hands.settle()
    if untick:
        hands.tab_to(untick)
        hands.press("Space")
    hands.fill("本所口令", passphrase)
    hands.press("Ctrl+Return")


def shown_code(hands: Hands) -> str:
    texts = [label.text() for label in hands.window.shell.findChildren(QLabel) if label.isVisible()]
    return "-".join("-".join(text.split()) for text in texts if CODE.fullmatch(text.strip()))


def test_the_key_is_changed_behind_a_cover_and_the_work_goes_on(enter: Open, lived: Lived) -> None:
    hands = enter(last_login="admin")
    window, office = hands.window, hands.window.seat.office
    before = office.key
    partner = office.keys.new_code(window.seat.actor, PASSPHRASE, "partner-1")
    begin(hands, untick="打印的恢复码：第一合伙人")
    hands.wait(lambda: window.rekeying)
    assert CLIENT not in told(hands) and TITLE not in told(hands)
    hands.wait(lambda: not window.locked)
    hands.see("新的恢复码")
    code = shown_code(hands)
    assert keys.looks_like_code(code)
    record = read_key_record(OfficeFolder(Path(lived.place)))
    assert office.key != before and unlock(record, None, code) == office.key
    for gone in (partner, lived.code):
        with pytest.raises(UserError):
            unlock(record, None, gone)
    assert hands.window is window and window.seat.office is office
    hands.tab_to("我已抄好")
    hands.press("Space")
    hands.settle()
    hands.press("Ctrl+Shift+N")
    hands.see("青禾农业科技有限公司")
    hands.press("Ctrl+2")
    hands.see(TITLE)
    assert office.backups is not None
    backups = office.backups
    hands.wait(lambda: bool(backups.sets()))
    hands.settle()
    made = backups.sets()[0]
    assert made.verified
    assert keys.unlock_with_recovery_code(read_key_record(OfficeFolder(Path(made.path))), code) == office.key
    assert office.documents.check_vault(window.seat.actor).sound


def test_with_a_second_program_in_the_office_nothing_changes(enter: Open, lived: Lived) -> None:
    hands = enter(last_login="admin")
    office = hands.window.seat.office
    before = office.key
    other = open_office(lived.place, passphrase=PASSPHRASE)
    with other.database.read() as session:
        session.connection()
        begin(hands)
        hands.wait(lambda: hands.window.rekeying)
        hands.wait(lambda: not hands.window.locked)
        hands.see("另一个程序")
    other.close()
    assert office.key == before and not office.locked and not hands.window.recovery_code
    hands.press("Ctrl+Shift+N")
    hands.see("青禾农业科技有限公司")


def test_it_can_be_stopped_but_not_closed_and_leaves_the_old_key(
    enter: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = enter(last_login="admin")
    window, office, go = hands.window, hands.window.seat.office, threading.Event()
    before = office.key
    from lawdesk.safekeeping import new_key

    again = new_key._store_again

    def slowly(*arguments: object) -> object:
        go.wait(20)
        return again(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(new_key, "_store_again", slowly)
    begin(hands)
    hands.see("重新写入全部数据")
    assert office.locked and CLIENT not in told(hands)
    window.shell.close()
    assert window.shell.isVisible(), "closing waits; stopping does not"
    hands.tab_to("取消")
    hands.press("Space")
    go.set()
    hands.wait(lambda: not window.locked)
    hands.see("没有任何改动")
    assert office.key == before and not office.locked


def test_who_goes_away_meanwhile_finds_it_locked_and_then_the_code(
    enter: Open, lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = enter(last_login="admin")
    window, go = hands.window, threading.Event()
    from lawdesk.safekeeping import new_key

    again = new_key._store_again

    def slowly(*arguments: object) -> object:
        go.wait(20)
        return again(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(new_key, "_store_again", slowly)
    begin(hands)
    hands.see("重新写入全部数据")
    window.shell.away.sleeps(True)
    go.set()
    hands.wait(lambda: not window.rekeying)
    hands.wait(lambda: window.shell.findChild(UnlockPage) is not None)
    QApplication.processEvents()
    assert window.locked and CLIENT not in told(hands) and not shown_code(hands)
    hands.see("密钥已从内存中抹去", "尚未抄下的恢复码")
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.see("新的恢复码")
    assert unlock(read_key_record(OfficeFolder(Path(lived.place))), None, shown_code(hands))


def test_an_office_that_does_not_open_again_stays_locked_and_says_why(
    enter: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = enter(last_login="admin")
    office = hands.window.seat.office
    reopen = office.reopen

    def fail(_find: object) -> None:
        raise EnvironmentFailure("file.unreadable", "The office file cannot be read.")

    monkeypatch.setattr(office, "reopen", fail)
    begin(hands)
    hands.see("无法读取")
    assert hands.window.locked and office.locked
    monkeypatch.setattr(office, "reopen", reopen)
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.wait(lambda: not hands.window.locked)
    assert not office.locked


def test_a_lawyer_cannot_begin(enter: Open) -> None:
    hands = enter()
    hands.window.shell.go("settings", area="security")
    hands.settle()
    assert hands.window.shell.findChild(NewKeySheet) is None
    hands.window.change_key(PASSPHRASE, ())  # whatever calls it: the service refuses
    hands.wait(lambda: not hands.window.locked)
    hands.settle()
    assert not hands.window.seat.office.locked and not hands.window.recovery_code
