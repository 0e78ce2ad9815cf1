"""The first page of an office that is there: the ways in, and what is said when there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from lawdesk.kernel.clock import FixedClock
from lawdesk.office import open_office
from lawdesk.ui import UnlockPage, WelcomePage
from tests.app.conftest import CLIENT, Lived
from tests.journeys.conftest import Start
from tests.journeys.hands import Hands
from tests.offices import PASSPHRASE, Firm


def unlock_page(hands: Hands) -> UnlockPage:
    page = hands.program.start.currentWidget()
    assert isinstance(page, UnlockPage)
    return page


def attempt(hands: Hands, passphrase: str) -> None:
    hands.fill("口令", passphrase)
    hands.press("Return")
    hands.settle()


def test_a_wrong_passphrase_is_said_and_each_further_try_waits_longer(start: Start, lived: Lived) -> None:
    hands = start(lived.place)
    page = unlock_page(hands)
    attempt(hands, "wrong horse")
    assert "口令不正确。" in hands.seen() and "秒后" not in hands.seen()
    attempt(hands, "wrong horse")
    attempt(hands, "wrong horse")
    hands.see("2 秒后可再试")
    attempt(hands, PASSPHRASE)
    assert hands.program.window is None, "while it waits even the right one is not tried"
    page._tick.setInterval(1)
    hands.wait(page.button.isEnabled)
    page._tick.setInterval(1000)
    attempt(hands, "wrong horse")
    hands.see("4 秒后可再试")
    page._tick.setInterval(1)
    hands.wait(page.button.isEnabled)
    attempt(hands, PASSPHRASE)
    hands.arrive()


def test_the_printed_recovery_code_opens_however_it_is_typed(start: Start, lived: Lived) -> None:
    hands = start(lived.place)
    hands.tab_to("用恢复码")
    hands.press("Return")
    hands.fill("恢复码，八组，每组四个字符", lived.code.replace("-", " ").lower())
    hands.press("Return")
    hands.arrive()


def test_a_mistyped_recovery_code_is_called_so(start: Start, lived: Lived) -> None:
    hands = start(lived.place)
    hands.tab_to("用恢复码")
    hands.press("Return")
    wrong = ("1" if lived.code[0] != "1" else "2") + lived.code[1:]
    hands.fill("恢复码，八组，每组四个字符", wrong)
    hands.press("Return")
    hands.see("恢复码有录入错误")
    assert hands.program.window is None


def test_a_damaged_key_file_says_what_to_do_and_makes_no_new_office(start: Start, lived: Lived) -> None:
    key = Path(lived.place, "office.key")
    key.write_bytes(key.read_bytes()[:40])
    hands = start(lived.place)
    hands.see("office.key", "备份")
    assert isinstance(hands.program.start.currentWidget(), WelcomePage)
    hands.fill("律师事务所名称", "新所")
    hands.fill("您的姓名", "某某")
    hands.fill("口令", PASSPHRASE)
    hands.fill("再输一次口令", PASSPHRASE)
    hands.press("Return")
    hands.settle()
    hands.see("此文件夹中已有")
    assert key.stat().st_size == 40, "nothing is written over what is there"


def test_a_missing_key_file_says_which_file_to_bring_back(start: Start, lived: Lived) -> None:
    Path(lived.place, "office.key").unlink()
    hands = start(lived.place)
    hands.see("密钥文件", "office.key", "备份")


def test_a_remembered_office_whose_folder_is_gone_is_named(start: Start, lived: Lived) -> None:
    hands = start("", last_office=lived.place + "-on-a-stick")
    hands.see("office-on-a-stick", "此文件夹")
    assert "律师事务所名称" in hands.seen(), "an empty profile can still begin"


def test_the_very_first_start_shows_no_error(start: Start) -> None:
    hands = start()
    page = hands.program.start.currentWidget()
    assert isinstance(page, WelcomePage)
    assert not [field.problem for field in page._fields.values() if field.problem]


def test_an_office_of_a_newer_program_is_refused_in_words(start: Start, lived: Lived) -> None:
    office = open_office(lived.place, passphrase=PASSPHRASE)
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    office.close()
    hands = start(lived.place)
    attempt(hands, PASSPHRASE)
    hands.see("由更新版本的 LawDesk 使用")
    assert hands.program.window is None


def test_the_second_start_remembers_the_office(start: Start, lived: Lived) -> None:
    hands = start(lived.place)
    attempt(hands, PASSPHRASE)
    hands.arrive()
    again = start()
    assert isinstance(again.program.start.currentWidget(), UnlockPage)
    assert lived.place in again.seen() and CLIENT not in again.seen()


def test_an_office_on_a_server_opens_in_the_window_and_no_password_is_kept(
    start: Start, server_office: Firm, tmp_path: Path
) -> None:
    place = server_office.place
    server_office.office.close()
    hands = start(place, clock=FixedClock(datetime(2025, 11, 6, 2, 0, tzinfo=UTC)))
    attempt(hands, PASSPHRASE)
    hands.arrive()
    hands.see("本所服务器")
    hands.press("Ctrl+2")
    hands.settle()
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type(CLIENT)
    hands.fill("案由", "买卖合同纠纷")
    hands.press("Ctrl+Return")
    hands.see("已收案", "（2025）民字第001号")
    assert "postgres" not in (tmp_path / "config" / "settings.json").read_text(encoding="utf-8")
    assert QApplication.focusWidget() is not None
