"""Locking: nothing of a client stays in view, what is typed stays, and nobody gets past the cover."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QWidget

from lawdesk.kernel.errors import UserError
from lawdesk.office import open_office
from lawdesk.storage.engine import connections_of
from lawdesk.ui import Progress, copy_secret
from tests.app.conftest import CLIENT, OTHER, TITLE, Lived, Open
from tests.journeys.conftest import Start
from tests.journeys.hands import Hands, words_in
from tests.offices import PASSPHRASE, Firm

SECRETS = (CLIENT, OTHER, TITLE, "栩岳", "砚溪", "起草上诉状", "1187")


def told(hands: Hands) -> str:
    """Return everything anybody could read: titles and words of every window that is open."""
    said = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            said += [window.windowTitle(), window.accessibleName(), *words_in(window)]
    return "\n".join(said)


def lock(hands: Hands) -> None:
    hands.press("Ctrl+L")
    hands.wait(lambda: hands.window.locked)
    QApplication.processEvents()


def unlock(hands: Hands) -> None:
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.wait(lambda: not hands.window.locked)
    hands.settle()


@pytest.mark.parametrize("page", ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5"])
def test_the_cover_leaves_no_name_and_no_key_gets_past_it(enter: Open, page: str) -> None:
    hands = enter()
    hands.press(page)
    hands.settle()
    lock(hands)
    assert not [secret for secret in SECRETS if secret in told(hands)]
    for keys in ("Ctrl+K", "Ctrl+1", "Ctrl+Shift+N", "Ctrl+E", "Ctrl+N", "F1", "Esc", "Ctrl+Z"):
        hands.press(keys)
    hands.settle()
    assert hands.window.locked and not hands.window.shell.finder.is_open
    assert not [secret for secret in SECRETS if secret in told(hands)]
    unlock(hands)
    assert any(secret in told(hands) for secret in SECRETS) or page == "Ctrl+3"


def test_the_wrong_passphrase_does_not_lift_the_cover(enter: Open) -> None:
    hands = enter()
    lock(hands)
    hands.fill("口令", "wrong horse")
    hands.press("Return")
    hands.see("口令不正确。")
    assert hands.window.locked


def test_what_was_typed_is_still_there(enter: Open) -> None:
    hands = enter()
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    lock(hands)
    assert "青禾" not in told(hands)
    unlock(hands)
    hands.see("青禾农业科技有限公司")
    hands.press("Ctrl+1", "Ctrl+E")
    hands.type("11月5日 收到裁定")
    hands.press("Return")
    hands.settle()
    lock(hands)
    assert "收到裁定" not in told(hands)
    unlock(hands)
    hands.palette("登记事件", "登记事件")
    hands.press("Return")
    hands.see("11月5日 收到裁定")


def test_decrypted_copies_are_gone(enter: Open, lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    hands = enter()
    hands.window.shell.go("cases", case_id=lived.case_id, tab="documents")
    hands.see("民事判决书.txt")
    hands.tab_to("文书")
    hands.press("Home", "Return")
    hands.wait(lambda: bool(opened))
    assert opened[0].read_text(encoding="utf-8") == "本院认为"
    lock(hands)
    assert not opened[0].exists() and not opened[0].parent.parent.exists()


def test_menus_and_questions_for_files_do_not_stand_above_the_cover(enter: Open) -> None:
    hands = enter()
    hands.press("Ctrl+Shift+S")
    hands.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert TITLE in "".join(action.text() for action in QApplication.activePopupWidget().actions())
    hands.window.lock()
    assert QApplication.activePopupWidget() is None
    unlock(hands)

    asked: list[str] = []

    def ask() -> None:
        QTimer.singleShot(50, hands.window.lock)
        asked.append(QFileDialog.getSaveFileName(hands.window.shell, "", f"/tmp/{CLIENT}.pdf")[0])

    ask()
    assert asked == [""] and hands.window.locked
    assert CLIENT not in told(hands)


def test_an_idle_window_locks_itself(enter: Open) -> None:
    hands = enter(auto_lock_minutes=1)
    watch = hands.window.shell.idle._timer
    assert watch.isActive() and watch.interval() == 60_000
    watch.start(1)
    hands.wait(lambda: hands.window.locked)
    assert CLIENT not in told(hands)
    unlock(hands)
    assert watch.isActive() and watch.interval() == 60_000, "and counts again"


def test_the_timer_goes_on_behind_the_cover(enter: Open) -> None:
    hands = enter()
    hands.press("Ctrl+Shift+S")
    hands.choose(TITLE)
    hands.see(f"正在计时：{TITLE}")
    lock(hands)
    assert "计时" in told(hands) and TITLE not in told(hands)
    unlock(hands)
    assert hands.window.timer.timer is not None


def test_no_label_holds_a_name_behind_the_cover_in_view(enter: Open) -> None:
    """Also what Qt would still paint: no label, tip or description of a visible widget names the case."""
    hands = enter()
    hands.press("Ctrl+2")
    hands.settle()
    lock(hands)
    shell = hands.window.shell
    visible = [widget for widget in shell.findChildren(QWidget) if widget.isVisible()]
    said = [w.toolTip() + w.accessibleDescription() + w.accessibleName() for w in visible]
    said += [label.text() for label in visible if isinstance(label, QLabel)]
    assert not [one for one in said for secret in SECRETS if secret in one]


def test_sleep_and_the_systems_lock_lock_lawdesk_too(enter: Open) -> None:
    hands = enter()
    hands.window.shell.away.sleeps(True)
    hands.wait(lambda: hands.window.locked)
    QApplication.processEvents()
    assert not [secret for secret in SECRETS if secret in told(hands)]
    hands.see("密钥已从内存中抹去", "无法排除")  # what is gone and what cannot be promised
    unlock(hands)
    hands.window.shell.away.saver_active(True)
    hands.wait(lambda: hands.window.locked)


def test_a_copied_number_does_not_outlive_the_lock(enter: Open) -> None:
    hands = enter()
    copy_secret("11010519491231002X")
    lock(hands)
    assert QApplication.clipboard().text() == ""


def open_files(place: str) -> list[str]:
    """Return the office's files that this process has open, but for the lock of the window."""
    names = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(entry.readlink()))
        except OSError:
            continue
    return [name for name in names if name.startswith(place) and not name.endswith("office.lock")]


def test_the_office_is_closed_behind_the_cover_and_opened_again(enter: Open, lived: Lived) -> None:
    hands = enter()
    window, office = hands.window, hands.window.seat.office
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    lock(hands)
    hands.see("工作库文件已关闭", "密钥已从内存中抹去")
    assert office.locked and not connections_of(office.database.engine)
    if sys.platform.startswith("linux"):
        assert open_files(lived.place) == []
    with pytest.raises(UserError) as error:
        office.cases.queries.case(window.seat.actor, lived.case_id)
    assert error.value.code == "office.locked"
    hands.fill("口令", "wrong horse")
    hands.press("Return")
    hands.see("口令不正确。", "密钥已从内存中抹去")
    assert office.locked and not connections_of(office.database.engine)
    unlock(hands)
    assert hands.window is window and window.seat.office is office and not office.locked
    hands.see("青禾农业科技有限公司")
    hands.press("Ctrl+2")
    hands.see(TITLE)


def test_what_wants_the_office_waits_and_opens_nothing(enter: Open, lived: Lived) -> None:
    hands = enter()
    window, office = hands.window, hands.window.seat.office
    hands.wait(lambda: hasattr(window, "reminders"))
    lock(hands)
    hands.settle()
    hands.clock.set(hands.clock.now().replace(day=8))
    for _round in range(3):
        window.look_again()
        window.reminders.beat()
        window.caretaker.go_round()
        window.timer.refresh()
        window.shell.finder.search()
        hands.settle()
    assert office.locked and not window.shell.note.isVisible(), "nothing failed aloud"
    assert not window.tasks.busy and window.tasks.held
    unlock(hands)
    assert window.reminders._day == office.clock.today()
    hands.press("Ctrl+1")
    hands.see("11月8日")


def test_what_runs_is_finished_before_the_office_closes(enter: Open) -> None:
    hands = enter()
    window, office, go = hands.window, hands.window.seat.office, threading.Event()
    seen: list[int] = []

    def work(_progress: Progress) -> int:
        go.wait(20)
        return len(office.firm.queries.people(window.seat.actor))

    window.tasks.run_long(work, seen.append, owner=window, aside=True)
    lock(hands)
    hands.see("先做完")
    assert not office.locked
    hands.fill("口令", PASSPHRASE)  # back before it is done: nothing is closed
    hands.press("Return")
    hands.wait(lambda: not window.locked)
    go.set()
    hands.settle()
    assert seen == [2] and not office.locked

    go.clear()
    window.tasks.run_long(work, seen.append, owner=window, aside=True)
    lock(hands)
    hands.see("先做完")
    go.set()
    hands.see("密钥已从内存中抹去")
    assert seen == [2, 2] and office.locked
    unlock(hands)


def test_closing_while_locked_makes_no_backup_and_says_so_before(enter: Open) -> None:
    hands = enter()
    lock(hands)
    hands.see("密钥已从内存中抹去", "上次备份之后的工作尚未备份")
    hands.tab_to("关闭 LawDesk")
    hands.press("Space")
    hands.wait(lambda: not hands.window.shell.isVisible())
    closing = hands.program.closing
    assert closing is not None and closing.last is None


def test_with_a_fresh_backup_there_is_nothing_to_warn_of(enter: Open) -> None:
    hands = enter()
    backups = hands.window.seat.office.backups
    assert backups is not None
    backups.make(None)
    lock(hands)
    hands.see("密钥已从内存中抹去")
    assert "尚未备份" not in told(hands)


def test_a_passphrase_typed_at_the_start_is_not_kept(enter: Open) -> None:
    hands = enter()
    hands.settle()
    QApplication.processEvents()
    assert hands.program.start.count() == 0
    lock(hands)
    unlock(hands)
    assert not [edit for edit in hands.window.shell.findChildren(QLineEdit) if PASSPHRASE in edit.text()]


def test_who_left_meanwhile_does_not_come_back_in(enter: Open, lived: Lived) -> None:
    hands = enter()
    lock(hands)
    hands.see("密钥已从内存中抹去")
    other = open_office(lived.place, passphrase=PASSPHRASE)
    director = other.firm.queries.actor_by_login("admin")
    row = other.firm.queries.person(director, hands.window.seat.actor.person_id or 0)
    other.firm.change_person(director, row.id, seen=row.version, name=row.name, role=row.role, active=False)
    other.close()
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.settle()
    hands.wait(lambda: hands.window.locked)
    assert CLIENT not in told(hands)


def test_a_server_is_left_and_asked_again(start: Start, server_office: Firm) -> None:
    server_office.office.close()
    hands = start(server_office.place, clock=server_office.clock, last_login="admin")
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.arrive()
    window, office = hands.window, hands.window.seat.office
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    lock(hands)
    hands.see("与服务器的连接已断开", "服务器口令")
    assert office.locked and not connections_of(office.database.engine)
    hands.fill("口令", "wrong horse")
    hands.press("Return")
    hands.see("口令不正确。")
    assert office.locked and not connections_of(office.database.engine), "nothing stays open after a wrong one"
    unlock(hands)
    assert hands.window is window and not office.locked
    hands.see("青禾农业科技有限公司")
    window.shell.go("settings", area="security")
    hands.see("服务器上的工作库不能更换密钥")


def test_a_failed_opening_says_why_and_holds_no_key(enter: Open, lived: Lived) -> None:
    hands = enter()
    lock(hands)
    hands.see("密钥已从内存中抹去")
    trying = hands.window._lock.trying
    file = Path(lived.place, "office.db")
    file.rename(file.with_suffix(".away"))
    seen: list[BaseException] = []
    failed = trying._failed

    def look(error: BaseException) -> None:
        failed(error)
        seen.append(error)

    trying._failed = look  # type: ignore[method-assign]
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.see("没有工作库文件")
    assert seen and hands.window.locked
    for error in seen:  # its frames knew the key: the passphrase was right
        assert error.__traceback__ is None and error.__context__ is None and error.__cause__ is None
    file.with_suffix(".away").rename(file)
    unlock(hands)
    hands.press("Ctrl+2")
    hands.see(TITLE)
