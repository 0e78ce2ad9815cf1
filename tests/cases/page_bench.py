"""What the tests of the cases windows share: an office with a case, a page, a window around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    FeeMode,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
)
from lawdesk.cases.page import AskedName, CaseMark, CasesPage, CaseTab
from lawdesk.ui import TaskRunner
from tests.offices import Firm


class FakeHost:
    """Remembers what the page asks of the window and shows its sheets."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.sheet: QWidget | None = None

    def go(self, page_key: str, **target: Any) -> None:
        self.went.append((page_key, target))

    def toast(self, words: Any, undo: Any = None, *, icon: str = "check", tone: str = "") -> None:
        self.said.append(words() if callable(words) else words)
        self.undo = undo

    def open_sheet(self, content: QWidget, title: Any, *, on_close: Any = None) -> None:
        self.sheet = content
        self._qtbot.addWidget(content)
        content.resize(420, 700)
        content.show()

    def close_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.hide()
        self.sheet = None

    def set_badge(self, page_key: str, count: int) -> None:
        pass


def open_case(
    firm: Firm,
    client: str = "栩岳建设工程有限公司",
    adverse: str = "砚溪置业（青岚）有限公司",
    *,
    cause: str = "建设工程施工合同纠纷",
    by_director: bool = False,
) -> int:
    """Open one case as the lawyer (or the director); return its id."""
    actor = firm.director if by_director else firm.lawyer
    parties = (
        CasePartyDraft(
            PartyDraft(client, PartyKind.ORGANIZATION), Side.CLIENT.value, legal_representative="周既白"
        ),
        CasePartyDraft(PartyDraft(adverse, PartyKind.ORGANIZATION), Side.ADVERSE.value),
    )
    draft = CaseDraft(
        kind="civil",
        cause=cause,
        parties=parties,
        lead=actor.person_id,
        received_on=date(2025, 11, 3),
        proceeding=ProceedingDraft("civil-first", "青岚市望江区人民法院", "（2025）浙0105民初1187号"),
        amount_fen=861_420_000,
        fee_mode=FeeMode.FIXED,
        fee_fen=12_000_000,
        received_fen=8_000_000,
    )
    clearance = Clearance(ClearanceResult.CLEAR, None, firm.clock.now(), (client, adverse))
    return firm.office.cases.open_case(actor, draft, clearance).case_id


class Bench:
    """A page, its host, and a wait until everything under way has arrived."""

    def __init__(self, firm: Firm, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.firm, self.qtbot, self.tasks = firm, qtbot, tasks
        self.answer = ClearanceResult.CLEAR
        self.asked: list[AskedName] = []
        self.marks: dict[int, CaseMark] = {}
        self.host = FakeHost(qtbot)
        self.made: list[int] = []

    def page(self) -> CasesPage:
        office = self.firm.office
        tab = CaseTab(
            "deadlines",
            "期限",
            self._make,
            count=lambda _actor, case_id: case_id + 2,
            overview=lambda case_id: QLabel(f"期限 {case_id}"),
        )
        page = CasesPage(
            office.cases,
            office.firm,
            actor=lambda: self.firm.lawyer,
            tasks=self.tasks,
            clear=self._clear,
            tabs=[tab],
            marks=lambda _actor, _ids: self.marks,
            clock=self.firm.clock,
            walls=office.walls.queries,
            twins=office.conflicts.twins,
        )
        page.host = self.host
        self.tasks.changed.connect(page.refresh)
        self.qtbot.addWidget(page)
        page.resize(1180, 700)
        page.show()
        self.settle()
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.tasks.busy)

    def _make(self, case_id: int, parent: QWidget) -> QWidget:
        self.made.append(case_id)
        return QLabel(f"期限 {case_id}", parent)

    def _clear(self, names: list[AskedName]) -> Clearance:
        self.asked = names
        return Clearance(self.answer, None, self.firm.clock.now(), tuple(name.name for name in names))


def titles(page: CasesPage) -> list[str]:
    rows = [page.model.row(place) for place in range(page.model.total)]
    return [row.title for row in rows if row is not None]
