"""A settings page over a real office; what its collaborators are asked is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.firm import Actor
from lawdesk.firm.page import BackupShown, ChainShown, FilesShown, OfficeFacts, Report, SettingsDesk, SettingsPage
from lawdesk.firm.page.area import Area
from lawdesk.kernel.errors import EnvironmentFailure, UserError
from lawdesk.kernel.settings import Settings
from lawdesk.storage.keys import check_passphrase
from lawdesk.ui import TaskRunner, say, theme
from lawdesk.ui.words import follow_language
from tests.offices import PASSPHRASE, START, Firm

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
    codes: list[str] = field(default_factory=lambda: ["recovery"])
    shown: list[str] = field(default_factory=list)

    def change_passphrase(self, old: str, new: str) -> None:
        if old != self.passphrase:
            raise UserError("key.wrong_passphrase", "The passphrase is not right.")
        check_passphrase(new)
        self.passphrase = new

    def new_code(self, passphrase: str, way: str) -> str:
        if passphrase != self.passphrase:
            raise UserError("key.wrong_passphrase", "The passphrase is not right.")
        self.codes = sorted({*self.codes, way}, reverse=True)
        return f"CODE-{way}"

    def drop_code(self, passphrase: str, way: str) -> None:
        self.new_code(passphrase, way)
        self.codes.remove(way)

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
        codes=lambda: tuple(world.codes),
        new_code=world.new_code,
        drop_code=world.drop_code,
        show_code=world.shown.append,
        rates=lambda: {person: rate for person, (rate, _day) in world.rates.items()},
        walls=file_office.office.walls,
        find=lambda words, subject: [
            (one.subject_id, one.title) for one in file_office.office.cases.queries.find(actor[0], words, subject)
        ],
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


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %."""
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    theme.apply(qapp, motion=False)


@pytest.fixture
def tasks(themed: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()
