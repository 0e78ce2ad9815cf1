"""A firm with a few cases and its timesheet; and the window on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.cases import CaseDraft, CasePartyDraft, PartyDraft, Side
from lawdesk.firm import Actor
from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.settings import Settings
from lawdesk.timesheet import TimesheetService
from lawdesk.timesheet.page import TimePage, TimerControl, TodayHours
from lawdesk.ui import Chip, Page, PageEntry, ShellWindow, TaskRunner, theme, vbox
from lawdesk.ui.words import follow_language
from tests.offices import Firm, open_cleared

FESTIVAL = {date(2025, 11, 7): "中秋"}


@dataclass(frozen=True)
class Desk:
    """The firm, its timesheet, and cases by a short name."""

    firm: Firm
    time: TimesheetService
    cases: dict[str, int]

    @property
    def lawyer(self) -> Actor:
        return self.firm.lawyer

    @property
    def director(self) -> Actor:
        return self.firm.director

    def me(self) -> int:
        assert self.firm.lawyer.person_id is not None
        return self.firm.lawyer.person_id


def open_case(firm: Firm, clients: list[str], adverse: str, cause: str = "买卖合同纠纷") -> int:
    parties = tuple(
        [CasePartyDraft(PartyDraft(name), Side.CLIENT.value) for name in clients]
        + [CasePartyDraft(PartyDraft(adverse), Side.ADVERSE.value)]
    )
    draft = CaseDraft("civil", cause, parties, firm.lawyer.person_id, firm.clock.today())
    return open_cleared(firm.office, firm.director, draft)


def furnish(firm: Firm) -> Desk:
    cases = {
        "mohe": open_case(firm, ["沐岚物流有限公司"], "墨禾食品有限公司", "运输合同纠纷"),
        "yanxi": open_case(firm, ["栩岳建设有限公司"], "砚溪置业有限公司", "建设工程施工合同纠纷"),
        "lin": open_case(firm, ["林一", "林二", "林三"], "林四", "分家析产纠纷"),
    }
    return Desk(firm, TimesheetService(firm.office.database), cases)


@pytest.fixture
def desk(office: Firm) -> Desk:
    """On both engines."""
    return furnish(office)


@pytest.fixture
def file_desk(file_office: Firm) -> Desk:
    """On the encrypted file only."""
    return furnish(file_office)


@pytest.fixture
def heard(desk: Desk) -> list[tuple[str, str]]:
    """What was announced since the firm was furnished: (subject, action)."""
    said: list[tuple[str, str]] = []
    listener: Callable[..., None] = lambda change: said.append((change.subject, change.action))  # noqa: E731
    desk.firm.office.announcer.subscribe(listener)
    return said


def rest_days(day: date) -> str | None:
    return FESTIVAL.get(day) or ("休" if day.weekday() > 4 else None)


class TodayPage(Page):
    """Stands for the Today page: nothing but the hours."""

    def __init__(self, hours: TodayHours) -> None:
        super().__init__()
        self.hours = hours
        vbox(hours, parent=self)


@dataclass
class Window:
    """The shell with the Time page and the hours of today on a real office."""

    shell: ShellWindow
    page: TimePage
    control: TimerControl
    tasks: TaskRunner
    desk: Desk
    bot: QtBot

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.tasks.busy and not self.page.quick._soon.isActive(), timeout=8000)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.tasks.busy, timeout=8000)

    def type(self, text: str) -> None:
        self.page.quick.field.setFocus()
        if text.isascii():
            self.page.quick.field.clear()
            self.bot.keyClicks(self.page.quick.field, text)
        else:
            self.page.quick.field.setText(text)  # keyClicks has no keys for Chinese
        self.settle()

    def chips(self) -> list[str]:
        return [chip.accessibleName() for chip in self.page.quick.findChildren(Chip) if chip.isVisible()]

    def below(self) -> str:
        return self.page.quick.accessibleDescription()

    def cell(self, row: int, column: int) -> str:
        return self.page.model.text(self.page.model.index(row, column))

    def row_of(self, case: str) -> int:
        assert self.page.model.view is not None
        return [row.case_id for row in self.page.model.view.grid.rows].index(self.desk.cases[case])

    def toast(self) -> str:
        return self.shell.note.accessibleName() or ""


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    set_language("zh")
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    set_language("zh")
    theme.apply(qapp, motion=False)


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, file_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    desk = file_desk
    tasks = TaskRunner()
    tasks.listen(desk.firm.office.announcer)
    clock: FixedClock = desk.firm.clock
    options = {"actor": lambda: desk.lawyer, "tasks": tasks, "clock": clock, "rest_days": rest_days}
    entries = [
        PageEntry("today", "sun", lambda: "今天", lambda: TodayPage(TodayHours(desk.time, **options))),
        PageEntry(
            "time",
            "timer",
            lambda: "工时",
            lambda: TimePage(desk.time, choose_file=lambda _sheet, name: tmp_path / name, **options),
        ),
    ]
    shell = ShellWindow(
        "恒岚律师事务所", "顾知行", entries, tasks=tasks, settings=Settings(tmp_path / "s.json"), today=clock.today
    )
    control = TimerControl(shell.timer, desk.time, lambda: desk.lawyer, tasks, host=shell, clock=clock)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("time")
    page = shell.page("time")
    assert isinstance(page, TimePage)
    made = Window(shell, page, control, tasks, desk, qtbot)
    made.settle()
    yield made
    made.settle()
    tasks.close()
