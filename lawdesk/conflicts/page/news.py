"""Something new since a case was cleared: what was found, how, and its decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import fact_line
from lawdesk.conflicts.page.decision import DecisionEntry
from lawdesk.conflicts.page.detail import Lines
from lawdesk.conflicts.queries import NewsRow
from lawdesk.conflicts.rules import Reason, Severity, Step, path_words, rule_title
from lawdesk.conflicts.service import DECISIONS, ConflictService
from lawdesk.firm import Actor, may
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    STRETCH,
    Button,
    Chip,
    ErrorBlock,
    Gap,
    Label,
    SectionHeading,
    TaskRunner,
    empty_layout,
    hbox,
    panel,
    vbox,
)


def found_words(row: NewsRow) -> str:
    """Return who was found under which name of the case."""
    return _("{asked} → {name}").format(asked=row.asked, name=row.content["name"])


def way_words(row: NewsRow) -> str:
    """Return the way through relations, empty without one."""
    steps = [
        Step(one["party"], one["name"], one["relation"], one["params"]) for one in row.content.get("path", [])
    ]
    return path_words(steps) if any(step.relation for step in steps) else ""


class NewsDetail(QWidget):
    """One piece of news with its decision at the foot."""

    def __init__(
        self,
        service: ConflictService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        go: Callable[..., object],
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks, self._go = service, actor, tasks, go
        self.row: NewsRow | None = None
        self._chip = Chip()
        self.headline = Label("", step="h2", wrap=True)
        self._case = Label("", step="small", tone="text2", wrap=True)
        self.lines = Lines()
        open_case = Button(lambda: _("Go to the case"), self._open, kind="link", icon="folder-open")
        self.entry = DecisionEntry(DECISIONS, open_line=True)
        self.entry.made.connect(self._decide)
        self._trouble = QWidget()
        self._trouble_lines = vbox(space=0, parent=self._trouble)
        body = panel(
            hbox(self._chip, STRETCH, open_case, space=2),
            self.headline,
            self._case,
            Gap(0.5),
            SectionHeading(lambda: _("How it was found")),
            self.lines,
            Gap(1),
            self._trouble,
            self.entry,
            scroll=True,
            margins=(6, 3.5, 5, 4),
        )
        vbox(body, space=0, parent=self)

    def show_news(self, row: NewsRow) -> None:
        """Show a piece of news."""
        if self.row == row:
            return
        self.row = row
        look = words.GRADES[Severity(row.severity)]
        self._chip.set_chip(look.words, tone=look.tone, icon=look.icon)
        self.headline.set_words(partial(found_words, row))
        self._case.set_words(f"{row.number} {row.title}")
        content = row.content
        said = [way_words(row), *(Reason(one["code"], one["params"]).words() for one in content["reasons"])]
        facts = [fact_line("check", "green", partial(str, text)) for text in said if text]
        facts += [fact_line("scale", "text2", partial(rule_title, rule)) for rule in content["rules"][:1]]
        facts += [
            fact_line("circle-question-mark", "amber", Reason(one["code"], one["params"]).words)
            for one in content["open_questions"]
        ]
        self.lines.set_lines(facts)
        self.entry.setVisible(may(self._actor(), "conflict.decide"))
        self.entry.cancel()
        empty_layout(self._trouble_lines)

    def _decide(self, decision: str, why: str) -> None:
        row = self.row
        if row is None:
            return
        settle = partial(self._service.settle_news, self._actor(), row.id, decision, why)
        self._tasks.run(settle, lambda _done: self.entry.cancel(), self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        empty_layout(self._trouble_lines)
        self._trouble_lines.addWidget(ErrorBlock(error))

    def _open(self) -> None:
        if self.row is not None:
            self._go("cases", case_id=self.row.case_id)
