"""The Settings page as a person uses it: everything at once, taken back where it matters, rights respected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lawdesk.firm import Actor, Role
from lawdesk.firm.page import BackupShown, ChainShown, FilesShown, OfficeFacts, Report, SettingsDesk, SettingsPage
from lawdesk.firm.page.about import AboutArea
from lawdesk.firm.page.appearance import AppearanceArea
from lawdesk.firm.page.area import Area
from lawdesk.firm.page.backup_area import BackupArea
from lawdesk.firm.page.firm_area import FirmArea
from lawdesk.firm.page.libraries import LIBRARIES
from lawdesk.firm.page.people import PeopleArea
from lawdesk.firm.page.person_sheet import PersonSheet
from lawdesk.firm.page.security import SecurityArea
from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.kernel.settings import Settings
from lawdesk.storage.keys import check_passphrase
from lawdesk.ui import TaskRunner, say
from tests.offices import PASSPHRASE, START, Firm

ROOT = Path(__file__).resolve().parents[2]
OLD = BackupShown("/backups/old", START - timedelta(days=9), 4211, 63, verified=True)
BROKEN = BackupShown("/backups/broken", START - timedelta(days=1), 4300, 64, verified=False)


@dataclass
class Host:
    """The window around the page: remembers what it was asked."""

    toasts: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)
    sheet: Any = None

    def toast(self, words: Any, undo: Any = None, **_options: Any) -> None:
        self.toasts.append((say(words), undo))

    def open_sheet(self, content: QWidget, _title: Any, *, on_close: Any = None) -> None:
        self.sheet = content

    def close_sheet(self) -> None:
        self.sheet = None


@dataclass
class Window:
    """The page on screen, and what its collaborators were asked."""

    firm: Firm
    page: SettingsPage
    desk: SettingsDesk
    host: Host
    tasks: TaskRunner
    qtbot: QtBot
    actor: list[Actor]
    world: World

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)
        self.qtbot.wait(1)

    def show(self, key: str) -> Any:
        self.page.go_to(area=key)
        self.settle()
        area = self.page.current()
        assert isinstance(area, Area) and area.key == key
        return area

    def undo(self) -> None:
        _words, undo = self.host.toasts[-1]
        assert undo is not None
        undo()
        self.settle()


@dataclass
class World:
    """What stands behind the collaborators."""

    passphrase: str = PASSPHRASE
    remembered: bool = False
    keyring: bool = True
    broken_at: int | None = None
    server: bool = False
    backups: list[BackupShown] = field(default_factory=lambda: [BROKEN, OLD])
    rates: dict[int, tuple[int, date]] = field(default_factory=dict)

    def change_passphrase(self, old: str, new: str) -> None:
        if old != self.passphrase:
            raise UserError("key.wrong_passphrase", "The passphrase is not right.")
        check_passphrase(new)
        self.passphrase = new

    def remember(self, on: bool) -> bool:
        self.remembered = on
        return self.keyring

    def make(self, report: Report) -> BackupShown:
        report(1, 2, "")
        made = BackupShown("/backups/new", datetime(2025, 11, 5, 2, 30, tzinfo=UTC), 5000, 65, verified=True)
        self.backups.insert(0, made)
        return made

    def verify(self, path: str, report: Report) -> BackupShown:
        report(1, 1, "")
        if path == BROKEN.path:
            raise EnvironmentFailure("backup.documents", "The backup {path} is not sound.", path=path)
        return next(made for made in self.backups if made.path == path)


@pytest.fixture
def window(file_office: Firm, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    world, actor = World(), [file_office.director]
    desk = SettingsDesk(
        actor=lambda: actor[0],
        settings=Settings(tmp_path / "settings.json"),
        firm=file_office.office.firm,
        tasks=tasks,
        clock=file_office.clock,
        facts=lambda: OfficeFacts("/office", world.server, "sqlite", "0.1.0", "/backups"),
        verify_chain=lambda: ChainShown(42, world.broken_at),
        change_passphrase=world.change_passphrase,
        keyring_state=lambda: "remembered" if world.remembered else "forgotten" if world.keyring else "none",
        remember_keyring=world.remember,
        make_backup=world.make,
        list_backups=lambda: list(world.backups),
        verify_backup=world.verify,
        check_files=lambda _report: FilesShown(63, 0, 1),
        rates=lambda: {person: rate for person, (rate, _day) in world.rates.items()},
        set_rate=lambda person, fen, day: world.rates.update({person: (fen, day)}),
    )
    tasks.listen(file_office.office.announcer)
    page, host = SettingsPage(desk), Host()
    page.host = host  # type: ignore[assignment]
    tasks.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    made = Window(file_office, page, desk, host, tasks, qtbot, actor, world)
    made.settle()
    yield made
    made.settle()


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
    part = text[text.index("### What ships") : text.index("### For development only")]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")][1:]
    assert [(row[0].strip(), row[3].strip()) for row in rows] == list(LIBRARIES)


def test_the_page_speaks_english_and_fits_large_text(window: Window) -> None:
    from lawdesk.kernel import i18n

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
