"""The Settings page as a person uses it: everything at once, taken back where it matters, rights respected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.firm import Role
from lawdesk.firm.page.about import AboutArea
from lawdesk.firm.page.appearance import AppearanceArea
from lawdesk.firm.page.firm_area import FirmArea
from lawdesk.firm.page.libraries import LIBRARIES
from lawdesk.firm.page.people import PeopleArea
from lawdesk.firm.page.person_sheet import PersonSheet
from lawdesk.kernel import i18n
from lawdesk.kernel.settings import Settings
from tests.firm.conftest import Window

ROOT = Path(__file__).resolve().parents[2]


def test_appearance_comes_first_and_applies_at_once(window: Window) -> None:
    area = window.page.current()
    assert isinstance(area, AppearanceArea)
    area.theme.choices["dark"].click()
    area.density.choices["compact"].click()
    area.language.choices["en"].click()
    area.still.click()
    area.text_size.choose(150)
    area.text_size.chosen_changed.emit(150)
    kept = Settings(window.desk.settings.path)
    assert (kept.text("theme"), kept.text("density"), kept.text("language")) == ("dark", "compact", "en")
    assert kept.switch("reduced_motion") and kept.number("text_size") == 150
    window.desk.settings.set("text_size", 120)
    assert area.text_size.chosen() == 120


def test_a_setting_that_cannot_be_kept_is_said_and_shown_as_it_was(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = window.show("appearance")

    def refuse(_key: str, _value: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(window.desk.settings, "set", refuse)
    area.theme.choices["dark"].click()
    assert "Read-only" in area.trouble.block.words.why and area.theme.chosen() == "system"


def test_a_colleague_is_added_with_a_login_made_of_the_name(window: Window) -> None:
    area: PeopleArea = window.show("people")
    window.qtbot.keyClick(area.add, Qt.Key.Key_Space)
    sheet = window.host.sheet
    assert isinstance(sheet, PersonSheet)
    window.qtbot.addWidget(sheet)
    sheet.name_edit.setText("陆听白")
    sheet.name_edit.flush()
    window.settle()
    assert sheet.login.text() == "lutingbai"
    sheet.role.choose(Role.ASSISTANT)
    sheet.licence.setText("14101202010223344")
    sheet.add()
    window.settle()
    added = window.desk.firm.queries.people(window.firm.director)[-1]
    assert (added.name, added.login, added.role, added.licence_number) == (
        "陆听白", "lutingbai", Role.ASSISTANT, "14101202010223344",
    )  # fmt: skip
    assert window.host.sheet is None and [person.name for person in area.people][-1] == "陆听白"


def test_a_taken_login_is_said_at_the_login(window: Window) -> None:
    area: PeopleArea = window.show("people")
    area.add_person()
    sheet = window.host.sheet
    window.qtbot.addWidget(sheet)
    sheet.name_edit.setText("另一位")
    sheet.login.setText("gu")
    sheet.add()
    window.settle()
    assert "gu" in sheet.form.field("login").problem and window.host.sheet is sheet


def test_a_change_of_a_person_saves_itself_and_can_be_taken_back(window: Window) -> None:
    area: PeopleArea = window.show("people")
    gu = next(person for person in area.people if person.login == "gu")
    area.open_person(gu)
    sheet = window.host.sheet
    window.qtbot.addWidget(sheet)
    sheet.role.choose(Role.ASSISTANT)
    sheet.role.chosen_changed.emit(Role.ASSISTANT)
    sheet.phone.setText("0359-555")
    sheet.phone.flush()
    window.settle()
    sheet.leave()
    window.settle()
    queries = window.desk.firm.queries
    now = queries.person(window.firm.director, gu.id)
    assert (now.role, now.phone, now.licence_number) == (Role.ASSISTANT, "0359-555", "")
    window.undo()
    assert queries.person(window.firm.director, gu.id).phone == ""


def test_who_leaves_can_no_longer_act_and_comes_back_by_undo(window: Window) -> None:
    area: PeopleArea = window.show("people")
    gu = next(person for person in area.people if person.login == "gu")
    area.list.choose_key(gu.id)
    window.qtbot.keyClick(area.list, Qt.Key.Key_Delete)
    window.settle()
    queries = window.desk.firm.queries
    assert not queries.person(window.firm.director, gu.id).active
    row = area.model.row(1)
    assert row is not None and row.status is not None and row.status.text == "已离所"
    window.undo()
    assert queries.person(window.firm.director, gu.id).active


def test_the_last_head_cannot_step_down(window: Window) -> None:
    area: PeopleArea = window.show("people")
    area.set_active(area.people[0], False)
    window.settle()
    assert area.trouble.block is not None and area.trouble.block.words.code == "firm.last_head"
    assert window.desk.firm.queries.person(window.firm.director, area.people[0].id).active


def test_a_rate_is_kept_from_today_on(window: Window) -> None:
    area: PeopleArea = window.show("people")
    gu = next(person for person in area.people if person.login == "gu")
    area.open_person(gu)
    sheet = window.host.sheet
    window.qtbot.addWidget(sheet)
    sheet.rate.fen_changed.emit(80000)
    window.settle()
    assert window.world.rates == {gu.id: (80000, date(2025, 11, 5))}


def test_the_pattern_shows_its_number_while_it_is_typed(window: Window) -> None:
    area: FirmArea = window.show("firm")
    assert area._example.text() == "2025 年第一件民事案件：（2025）民字第001号"
    window.page.activateWindow()
    area.pattern.setFocus()
    window.qtbot.waitUntil(area.pattern.hasFocus)
    area.pattern.setText("HL{year}-{kind}-{serial:04}")
    area.pattern.textEdited.emit(area.pattern.text())
    assert "HL2025-民-0001" in area._example.text()
    area.pattern.flush()
    area._save_pattern.flush()
    window.settle()
    queries, director = window.desk.firm.queries, window.firm.director
    assert queries.setting(director, "case_number_pattern") == "HL{year}-{kind}-{serial:04}"
    window.undo()
    assert queries.setting(director, "case_number_pattern").startswith("（{year}）")
    assert area.pattern.text().startswith("（{year}）")


def test_a_pattern_without_a_serial_is_not_kept(window: Window) -> None:
    area: FirmArea = window.show("firm")
    area.pattern.setText("HL{year}")
    area.pattern.textEdited.emit("HL{year}")
    area._save_pattern.touch()
    area._save_pattern.flush()
    window.settle()
    assert "{serial}" in area._example.text()
    assert "{serial" in window.desk.firm.queries.setting(window.firm.director, "case_number_pattern")


def test_firm_settings_are_kept_and_taken_back(window: Window) -> None:
    area: FirmArea = window.show("firm")
    area.rounding.choose(6)
    area.rounding.chosen_changed.emit(6)
    window.settle()
    queries, director = window.desk.firm.queries, window.firm.director
    assert queries.setting(director, "rounding_minutes") == "6"
    window.undo()
    assert queries.setting(director, "rounding_minutes") == "1" and area.rounding.chosen() == 1
    area.name.setText("")
    area._save_name.touch()
    area._save_name.flush()
    window.settle()
    assert queries.firm_name(director) == "恒岚律师事务所" and area._name_note.text() == "请填写律师事务所名称。"


def test_a_lawyer_sees_the_firm_and_is_told_who_can_change_it(window: Window) -> None:
    window.actor[0] = window.firm.lawyer
    for key in ("people", "firm", "security", "backup"):
        area = window.show(key)
        assert area.locked.isVisible() and "秦望舒" in area._locked_words.text()
    firm, people = window.show("firm"), window.show("people")
    assert firm.name.text() == "恒岚律师事务所" and not firm.name.isEnabled() and not firm.rounding.isEnabled()
    assert not people.add.isVisible() and people.model.total == 2
    assert [action.key for action in people.model.row(0).actions] == ["open"]
    assert not window.show("backup").make.isEnabled() and not window.show("security").old.isEnabled()
    appearance = window.show("appearance")
    assert not appearance.locked.isVisible() and appearance.text_size.isEnabled()


def test_about_names_every_part_with_its_licence(window: Window) -> None:
    area: AboutArea = window.show("about")
    names = [area.model.item(number).name for number in range(area.model.total)]  # type: ignore[union-attr]
    assert {"Noto Sans SC", "Lucide", "sqlcipher3", "pyside6-essentials", "psycopg"} <= set(names)
    area.show_text(area.model.item(0))  # type: ignore[arg-type]
    window.settle()
    window.qtbot.addWidget(window.host.sheet)
    assert "SIL OPEN FONT LICENSE" in window.host.sheet.findChildren(QWidget)[0].toPlainText()


def test_the_list_of_libraries_is_that_of_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    part = text[text.index("### What ships") :].split("\n###")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")][1:]
    assert [(row[0].strip(), row[3].strip()) for row in rows] == list(LIBRARIES)


def test_the_page_speaks_english_and_fits_large_text(window: Window) -> None:
    for entry in window.page._entries:
        window.show(entry.kind.key)
    i18n.set_language("en")
    window.qtbot.wait(1)
    assert window.page.title() == "Settings"
    assert window.page.areas["backup"].state.words.text().endswith("days old")  # type: ignore[attr-defined]
    window.page.set_width_class("narrow")
    window.page.resize(830, 500)
    window.show("security")
    assert window.page.minimumSizeHint().width() <= 830
