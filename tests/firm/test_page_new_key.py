"""Another office key in the settings: it is explained, the passphrase is tried first, the ticks are obeyed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawdesk.firm import Actor, Role
from lawdesk.firm.page import AnotherKey, KeyStand, KeyWayShown
from lawdesk.firm.page.new_key import NewKeySheet
from lawdesk.firm.page.security import SecurityArea
from lawdesk.kernel import i18n
from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.ui import Label
from tests.firm.conftest import Window
from tests.offices import PASSPHRASE

WAYS = (
    KeyWayShown("keyring"),
    KeyWayShown("partner-1"),
    KeyWayShown("person-1", "顾知行"),
    KeyWayShown("person-2", renewable=False),
)


class Office:
    """What stands behind the sheet."""

    def __init__(self, *, ways: tuple[KeyWayShown, ...] = WAYS, free: int = 900_000_000) -> None:
        self.stand, self.begun = KeyStand(ways, 120_400_000, free), list[tuple[str, tuple[str, ...]]]()
        self.refusal: Exception | None = None

    def prove(self, passphrase: str) -> None:
        if passphrase != PASSPHRASE:
            raise UserError("key.wrong_passphrase", N_("The passphrase is not right."))
        if self.refusal is not None:
            raise self.refusal

    def desk(self) -> AnotherKey:
        return AnotherKey(
            lambda: self.stand, self.prove, lambda passphrase, end: self.begun.append((passphrase, end))
        )


def area_with(window: Window, office: Office) -> SecurityArea:
    area: SecurityArea = window.show("security")
    area.desk = replace(area.desk, another_key=office.desk())
    area.read()
    window.settle()
    return area


def open_sheet(window: Window, area: SecurityArea) -> Any:
    area.new_key.button.click()
    window.settle()
    sheet = window.host.sheet
    assert isinstance(sheet, NewKeySheet)
    window.qtbot.addWidget(sheet)
    return sheet


def words(sheet: Any) -> str:
    return "\n".join([label.text() for label in sheet.findChildren(Label)])


def test_what_happens_is_said_and_the_ways_are_ticked(window: Window) -> None:
    area = area_with(window, Office())
    assert area.new_key.isVisible() and "随机密钥" in area.new_key.about.text()
    sheet = open_sheet(window, area)
    said = words(sheet)
    for part in ("121 MB", "900 MB", "恢复码会重新生成", "以前的备份不变", "其他 LawDesk", "旧密钥仍然有效"):
        assert part in said, part
    assert [box.text() for box in sheet.ways.values()] == [
        "本机登录（系统密钥环）",
        "打印的恢复码：第一合伙人",
        "顾知行本人的口令",
        "已不在名单上的人本人的口令（由旧版 LawDesk 生成：将失效）",
    ]
    assert [box.isChecked() for box in sheet.ways.values()] == [True, True, True, False]
    assert not sheet.ways["person-2"].isEnabled()


def test_a_wrong_passphrase_stays_at_its_field_and_a_right_one_begins(window: Window) -> None:
    office = Office()
    sheet = open_sheet(window, area_with(window, office))
    sheet.passphrase.setText("wrong horse")
    sheet.go.click()
    window.settle()
    assert office.begun == [] and sheet.form.field("passphrase").problem == "口令不正确。"
    assert sheet.go.isEnabled() and window.host.sheet is sheet
    sheet.ways["partner-1"].setChecked(False)
    sheet.passphrase.setText(PASSPHRASE)
    sheet.go.click()
    window.settle()
    assert office.begun == [(PASSPHRASE, ("partner-1", "person-2"))]
    assert window.host.sheet is None and sheet.passphrase.text() == ""


def test_what_speaks_against_it_is_said_before_the_window_is_covered(window: Window) -> None:
    office = Office(free=3_000_000)
    office.refusal = EnvironmentFailure("key.no_room", N_("There is no room to change the key."))
    sheet = open_sheet(window, area_with(window, office))
    short = [label for label in sheet.findChildren(Label) if "3 MB" in label.text()]
    assert short and short[0]._tone == "red"
    sheet.passphrase.setText(PASSPHRASE)
    sheet.go.click()
    window.settle()
    assert office.begun == [] and sheet.trouble.block is not None and sheet.go.isEnabled()


def test_without_other_ways_that_is_said_also_in_english(window: Window) -> None:
    i18n.set_language("en")
    sheet = open_sheet(window, area_with(window, Office(ways=())))
    assert "Only the passphrase and the recovery code." in words(sheet)
    assert "121 MB" in words(sheet) and "Backups made before stay as they are" in words(sheet)


def test_on_a_server_the_way_round_is_said_instead(window: Window) -> None:
    window.world.server = True
    area = area_with(window, Office())
    assert area.new_key.isVisible() and not area.new_key.button.isVisible()
    assert "导出" in area.new_key.about.text() and "服务器" in area.new_key.about.text()


def test_who_may_not_change_keys_cannot_begin(window: Window) -> None:
    window.actor[0] = Actor(2, "顾知行", "gu", Role.LAWYER)
    area = area_with(window, Office())
    assert not area.new_key.button.isEnabled()
    assert "秦望舒" in area._locked_words.text(), "and it says who can"


def test_an_office_that_offers_none_shows_none(window: Window) -> None:
    area: SecurityArea = window.show("security")
    assert not area.new_key.isVisible()
