"""A lived-in office and windows over it, for the tests of the conflicts windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.cases import CaseDraft, CasePartyDraft, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked, Role
from lawdesk.conflicts.page import ConflictsPage, LivePanel
from lawdesk.firm import Actor
from lawdesk.ui import Label, TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.offices import Firm

CLIENT = "杭州墨禾食品有限公司"
OTHER = "宁波沐岚物流有限公司"


class Window:
    """What a page or panel stands in: remembers where it wanted to go and what it said."""

    def __init__(self, firm: Firm, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.firm, self.qtbot, self.tasks = firm, qtbot, tasks
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.sheet: QWidget | None = None

    def go(self, page_key: str, **target: Any) -> None:
        self.went.append((page_key, target))

    def toast(self, words: Any, undo: Any = None, *, icon: str = "check", tone: str = "") -> None:
        self.said.append(words() if callable(words) else words)

    def open_sheet(self, content: QWidget, title: Any, *, on_close: Any = None) -> None:
        self.sheet = content
        self.qtbot.addWidget(content)
        content.show()

    def close_sheet(self) -> None:
        self.sheet = None

    def set_badge(self, page_key: str, count: int) -> None:
        pass

    def panel(self, actor: Actor | None = None) -> LivePanel:
        who = actor or self.firm.lawyer
        panel = LivePanel(self.firm.office.conflicts, actor=lambda: who, tasks=self.tasks)
        self._show(panel, 400)
        return panel

    def page(self, actor: Actor | None = None) -> ConflictsPage:
        who = actor or self.firm.lawyer
        office = self.firm.office
        page = ConflictsPage(
            office.conflicts, office.cases, actor=lambda: who, tasks=self.tasks, clock=self.firm.clock
        )
        page.host = self
        self.tasks.changed.connect(page.refresh)
        self._show(page, 1200)
        page.activated()
        self.settle()
        return page

    def _show(self, widget: QWidget, width: int) -> None:
        self.qtbot.addWidget(widget)
        widget.resize(width, 760)
        widget.show()
        widget.activateWindow()

    def settle(self, until: Callable[[], bool] | None = None) -> None:
        """Wait for the answers under way, and for ``until``."""
        QTest.qWait(1)
        self.qtbot.waitUntil(lambda: not self.tasks.busy and (until is None or until()), timeout=8000)

    @staticmethod
    def press(keys: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, or type a text, where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        if isinstance(keys, str) and isinstance(target, QLineEdit):
            target.insert(keys)  # as an input method does: QTest knows ASCII only
        elif isinstance(keys, str):
            QTest.keyClicks(target, keys, modifier)
        else:
            QTest.keyClick(target, keys, modifier)


def words_in(widget: QWidget) -> str:
    """Every sentence a widget shows, one a line."""
    return "\n".join(label.words() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


@pytest.fixture
def busy(file_office: Firm) -> Firm:
    """An office with one open case of CLIENT against OTHER, led by the lawyer."""
    parties = (
        CasePartyDraft(PartyDraft(CLIENT, PartyKind.ORGANIZATION), Side.CLIENT),
        CasePartyDraft(PartyDraft(OTHER, PartyKind.ORGANIZATION), Side.ADVERSE),
        CasePartyDraft(PartyDraft("张若兰", PartyKind.PERSON), Side.ADVERSE),
    )
    conflicts = file_office.office.conflicts
    asked = [Asked(one.party.name, Role(one.side), one.party.kind.value) for one in parties]
    clearance = conflicts.clear(file_office.lawyer, conflicts.check(file_office.lawyer, asked))
    draft = CaseDraft("civil", "运输合同纠纷", parties, file_office.lawyer.person_id, date(2025, 3, 3))
    file_office.office.cases.open_case(file_office.lawyer, draft, clearance)
    return file_office


@pytest.fixture
def window(busy: Firm, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    tasks = TaskRunner()
    tasks.listen(busy.office.announcer)
    yield Window(busy, qtbot, tasks)
    tasks.close()
