"""The tabs of a case that repeat the overview's blocks in full: proceedings with every standing, parties."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.overview import PartiesTable
from lawdesk.cases.page.shown import CaseShown
from lawdesk.cases.page.words import (
    counsel_words,
    current_proceeding,
    proceeding_title,
    standing_labels,
)
from lawdesk.cases.queries import ProceedingRow, StandingRow
from lawdesk.cases.rules import Side
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    STRETCH,
    Button,
    Chip,
    Column,
    Facts,
    Gap,
    Hairline,
    Label,
    ScrollArea,
    SectionHeading,
    Table,
    TableModel,
    empty_layout,
    hbox,
    vbox,
)


class ProceedingBlock(QWidget):
    """One proceeding in full: facts left, who stands where below."""

    opened = Signal(int)
    party_opened = Signal(int)

    def __init__(self, row: ProceedingRow, shown: CaseShown) -> None:
        super().__init__()
        running = current_proceeding(shown.case)
        current = running is not None and running.id == row.id
        labels = standing_labels(row.standings)
        edit = Button(
            lambda: _("Edit"),
            lambda: self.opened.emit(row.id),
            kind="link",
            name=lambda: _("Edit {title}").format(title=proceeding_title(row.kind)),
        )
        chips = [Chip(lambda: _("Current"), tone="accent", icon="gavel")] if current else []
        ended = bool(row.result) or row.ended_on is not None
        chips += [Chip(lambda: _("Ended"), icon="check")] if ended else []
        head = hbox(Label(lambda: proceeding_title(row.kind), step="h3"), *chips, STRETCH, edit, space=3)
        columns = [
            Column("standing", lambda: _("Standing"), lambda item: labels.get(item.party_id, ""), width=7),
            Column("name", lambda: _("Name"), lambda item: item.name, bold=lambda item: item.side == Side.CLIENT),
            Column("head", lambda: _("Legal rep."), lambda item: item.legal_representative or "–", width=7),
            Column("counsel", lambda: _("Counsel"), lambda item: counsel_words(item, shown.case), width=14),
        ]
        model = TableModel(columns, parent=self)
        table = Table(model, name=lambda: _("Who stands where"), fit=True)
        table.opened.connect(self._open_party)
        model.set_items(row.standings)
        vbox(head, Facts(_facts(row)), table, space=2, parent=self)

    def _open_party(self, row: StandingRow) -> None:
        self.party_opened.emit(row.party_id)


def _facts(row: ProceedingRow) -> list[tuple[Callable[[], str], str]]:
    flags = [(row.in_custody, _("in custody")), (row.foreign, _("with a party abroad"))]
    facts: list[tuple[Callable[[], str], str]] = [
        (lambda: _("Court or authority"), row.court),
        (lambda: _("Court case number"), row.court_number),
        (lambda: _("Judge"), row.judge),
        (lambda: _("Begun"), long_date(row.started_on) if row.started_on else ""),
        (lambda: _("Ended on"), long_date(row.ended_on) if row.ended_on else ""),
        (lambda: _("Result"), row.result),
        (lambda: _("To be heeded"), "、".join(words for holds, words in flags if holds)),
    ]
    return [facts[0], facts[1], *(fact for fact in facts[2:] if fact[1])]


class ProceedingsTab(QWidget):
    """All proceedings, the newest first."""

    opened = Signal(int)
    party_opened = Signal(int)
    add = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: CaseShown | None = None
        content = QWidget()
        self._rows = vbox(space=4)
        add = Button(lambda: _("Add a proceeding"), self.add.emit, icon="plus", small=True)
        vbox(hbox(add, STRETCH), self._rows, STRETCH, space=4, margins=(0, 4, 5, 4), parent=content)
        vbox(ScrollArea(content), space=0, parent=self)

    def fill(self, shown: CaseShown) -> None:
        """Show the proceedings of a case."""
        self._shown = shown
        empty_layout(self._rows)
        for place, row in enumerate(reversed(shown.case.proceedings)):
            if place:
                self._rows.addWidget(Hairline())
            block = ProceedingBlock(row, shown)
            block.opened.connect(self.opened)
            block.party_opened.connect(self.party_opened)
            self._rows.addWidget(block)

    def retranslate(self) -> None:
        """Take words from the language again."""
        if self._shown is not None:
            self.fill(self._shown)


class PartiesTab(QWidget):
    """The parties of the case; Enter or a double click opens the card of one."""

    opened = Signal(int)
    add = Signal()

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self.table = PartiesTable()
        self.table.opened.connect(self.opened)
        add = Button(lambda: _("Add a party"), self.add.emit, icon="plus", small=True)
        vbox(
            SectionHeading(lambda: _("Parties"), add, note=lambda: _("Press Enter on a party to see its card")),
            self.table,
            Gap(1),
            STRETCH,
            space=2,
            margins=(0, 4, 5, 4),
            parent=content,
        )
        vbox(ScrollArea(content), space=0, parent=self)

    def fill(self, shown: CaseShown) -> None:
        """Show the parties of a case."""
        self.table.fill(shown)
