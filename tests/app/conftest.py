"""The real program on an office that has a case, and hands to use it; and on a bare one, held by its parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.app.program import Program
from lawdesk.deadlines import ChosenDeadline, EventDraft
from lawdesk.documents import DocumentService
from lawdesk.kernel.clock import CHINA, FixedClock
from lawdesk.kernel.settings import Settings
from lawdesk.ui import theme
from lawdesk.ui.words import follow_language
from tests.cases.page_bench import open_case
from tests.journeys.conftest import Start, start, strays
from tests.journeys.hands import Hands
from tests.offices import PASSPHRASE, Firm

__all__ = ["start", "strays"]

CLIENT, OTHER = "栩岳建设工程有限公司", "砚溪置业（青岚）有限公司"
TITLE = "栩岳建设工程诉砚溪置业"


@dataclass(frozen=True)
class Lived:
    """An office somebody works in: where it lies, its recovery code, its case."""

    place: str
    code: str
    case_id: int


def furnish(firm: Firm) -> int:
    """Give an office a case with a deadline, time and a paper; return the case."""
    office, lawyer = firm.office, firm.lawyer
    case_id = open_case(firm, CLIENT, OTHER)
    proceeding = office.cases.queries.case(lawyer, case_id).proceedings[0].id
    event = EventDraft(case_id, date(2025, 11, 5), "收到一审判决", "judgment-served", proceeding)
    chosen = [ChosenDeadline(found.rule.id) for found in office.deadlines.propose(lawyer, event) if found.ticked]
    office.deadlines.record_event(lawyer, event, tuple(chosen))
    office.timesheet.quick_entry(lawyer, "1h20m 起草上诉状", case_id=case_id)
    return case_id


def add_paper(documents: DocumentService, firm: Firm, case_id: int, folder: Path) -> None:
    paper = folder / "民事判决书.txt"
    paper.write_text("本院认为", encoding="utf-8")
    documents.add_files(firm.lawyer, case_id, [paper])


@pytest.fixture
def lived(file_office: Firm, tmp_path: Path) -> Lived:
    case_id = furnish(file_office)
    add_paper(file_office.office.documents, file_office, case_id, tmp_path)
    file_office.office.close()
    return Lived(file_office.place, file_office.recovery_code, case_id)


Open = Callable[..., Hands]


@pytest.fixture
def enter(start: Start, lived: Lived) -> Open:
    """Start the program on the lived-in office on 6 November and unlock it, as the lawyer unless told else."""

    def run(last_login: str = "gu", **wishes: object) -> Hands:
        clock = FixedClock(datetime(2025, 11, 6, 10, tzinfo=CHINA))
        hands = start(lived.place, clock=clock, last_login=last_login, **wishes)
        hands.fill("口令", PASSPHRASE)
        hands.press("Return")
        hands.arrive()
        return hands

    return run


@dataclass
class Started:
    """The running program and the office it is for."""

    program: Program
    firm: Firm
    qtbot: QtBot

    def until(self, met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(met, timeout=20_000)

    def settle(self) -> None:
        quiet = time.monotonic() + 0.2
        self.until(lambda: not self.program.tasks.busy and time.monotonic() > quiet)

    def page(self) -> object:
        return self.program.start.currentWidget()


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %."""
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    theme.apply(qapp, motion=False)


@pytest.fixture
def started(themed: QApplication, file_office: Firm, qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """The program before the office is open."""
    settings = Settings(tmp_path / "settings.json")
    settings.set("auto_lock_minutes", 0)
    program = Program(themed, settings, file_office.place)
    made = Started(program, file_office, qtbot)
    yield made
    if program.window is not None:
        program.closing and program.closing.release()
        program.window.shell.close()
    program.close()
    program.start.close()
    program.start.deleteLater()
    program.appearance.close()
