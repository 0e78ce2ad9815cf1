"""The shell with Today and the deadlines page on a real office, driven as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.deadlines.page import CaseDeadlines, DeadlinesPage, Papers
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.settings import Settings
from lawdesk.oversight.page import TodayPage
from lawdesk.ui import Page, PageEntry, ShellWindow, TaskRunner, theme
from lawdesk.ui.words import follow_language


class CasesStandIn(Page):
    """Stands for the cases page: remembers where it was sent."""

    def __init__(self, sent: list[dict[str, Any]]) -> None:
        super().__init__()
        self._sent = sent

    def go_to(self, **target: Any) -> None:
        self._sent.append(target)


@dataclass
class DeskWindow:
    shell: ShellWindow
    tasks: TaskRunner
    docket: Any
    bot: QtBot
    parts: CaseDeadlines
    unhandled: list[str]
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def page(self) -> DeadlinesPage:
        page = self.shell.page("deadlines")
        assert isinstance(page, DeadlinesPage)
        return page

    @property
    def today(self) -> TodayPage:
        page = self.shell.page("today")
        assert isinstance(page, TodayPage)
        return page

    @property
    def sheet(self) -> Any:
        """What the side sheet shows."""
        return self.shell.sheet._content

    def go(self, key: str, **target: Any) -> None:
        self.shell.go(key, **target)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read, written or about to be."""
        for _turn in range(3):
            QApplication.processEvents()
            self.bot.waitUntil(lambda: not self.tasks.busy, timeout=8000)
        QApplication.processEvents()

    def press(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        self.bot.keyClick(widget, key, modifiers or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def words(self, widget: QWidget) -> list[str]:
        """Return the words of every visible label inside ``widget``."""
        return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]

    def titles(self, listed: Any) -> list[str]:
        model = listed.model()
        return [model.row(number).title for number in range(model.total)]

    def headings(self, listed: Any) -> list[tuple[str, int | None]]:
        model = listed.model()
        rows = [model.row(number) for number in range(model.total)]
        return [(row.heading.text, row.heading.count) for row in rows if row.heading is not None]

    def toast(self) -> str:
        return self.shell.note.accessibleName() if self.shell.note.isVisible() else ""

    def undo(self) -> None:
        self.shell.note.undo()
        self.settle()


def open_window(docket: Any, qtbot: QtBot, app: QApplication, folder: Path) -> Iterator[DeskWindow]:
    set_language("zh")
    follow_language(app)
    theme.apply(app, motion=False)
    office, clock = docket.firm.office, docket.firm.clock
    tasks = TaskRunner()
    tasks.listen(office.announcer)
    options: dict[str, Any] = {"actor": lambda: docket.lawyer, "tasks": tasks, "clock": clock}
    sent: list[dict[str, Any]] = []
    shells: list[ShellWindow] = []
    documents, lawyer = office.documents, docket.lawyer
    papers = Papers(
        lambda case_id: [(row.id, row.name) for row in documents.queries.documents(lawyer, case_id)],
        lambda case_id, path: documents.add_file(lawyer, case_id, path),
    )
    services = (office.deadlines, office.cases.queries, office.firm.queries)
    parts = CaseDeadlines(*services, host=lambda: shells[0], papers=papers, **options)
    entries = [
        PageEntry("today", "sun", lambda: "今天", lambda: TodayPage(office.deadlines, **options)),
        PageEntry("cases", "folder-open", lambda: "案件", lambda: CasesStandIn(sent)),
        PageEntry(
            "deadlines",
            "calendar-clock",
            lambda: "期限",
            lambda: DeadlinesPage(*services, papers=papers, **options),
        ),
    ]
    settings = Settings(folder / "s.json")
    shell = ShellWindow("恒岚律师事务所", "顾知行", entries, tasks=tasks, settings=settings, today=clock.today)
    shells.append(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    unhandled: list[str] = []
    tasks.unhandled.connect(lambda words: unhandled.append(str(words)))
    made = DeskWindow(shell, tasks, docket, qtbot, parts, unhandled, sent)
    yield made
    made.settle()
    tasks.close()
    set_language("zh")
    theme.apply(app, motion=False)
    assert not unhandled
