"""The overview of a case: what a client's telephone call asks for, without a second press."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases.page.chain import ProceedingChain
from lawdesk.cases.page.handed_in import CaseTab
from lawdesk.cases.page.history import HistoryGlance
from lawdesk.cases.page.shown import CaseShown
from lawdesk.cases.page.words import (
    clearance_sentence,
    clearance_status,
    conflict_state,
    counsel_words,
    fee_words,
    standing_labels,
    yuan,
)
from lawdesk.cases.queries import StandingRow
from lawdesk.cases.rules import Side, matter_kinds
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    STRETCH,
    Bar,
    Button,
    Column,
    Facts,
    Gap,
    IconLabel,
    Label,
    ScrollArea,
    SectionHeading,
    Status,
    Table,
    TableModel,
    empty_layout,
    hbox,
    line_of,
    sized,
    vbox,
)


class PartiesTable(QWidget):
    """Who stands where: standing, name, legal representative, counsel, what the conflict check knows."""

    opened = Signal(int)

    def __init__(self, *, short: bool = False) -> None:
        super().__init__()
        self._shown: CaseShown | None = None
        self._labels: dict[int, str] = {}
        self._short = short
        columns = [
            Column("standing", lambda: _("Standing"), lambda row: self._labels.get(row.party_id, ""), width=6.2),
            Column("name", lambda: _("Name"), lambda row: row.name, bold=lambda row: row.side == Side.CLIENT),
            Column(
                "head",
                lambda: _("Legal rep."),
                lambda row: row.legal_representative or "–",
                width=5.5,
                tone=_quiet,
            ),
            Column("counsel", lambda: _("Counsel"), self._counsel, width=10.2, tone=_quiet),
            Column("conflict", lambda: _("Conflict check"), self._conflict, width=6.2),
        ]
        self.model = TableModel(columns, parent=self)
        self.table = Table(self.model, name=lambda: _("Parties"), fit=True)
        self.table.opened.connect(lambda row: self.opened.emit(row.party_id))
        vbox(self.table, space=0, parent=self)

    def fill(self, shown: CaseShown) -> None:
        """Show the parties of a case, our client first."""
        self._shown = shown
        order = {Side.CLIENT.value: 0, Side.ADVERSE.value: 1, Side.THIRD.value: 2}
        rows = sorted(shown.case.parties, key=lambda row: order.get(row.side, 3))
        self._labels = standing_labels(rows)
        self.model.set_items(rows)

    def retranslate(self) -> None:
        """Take words from the language again."""
        if self._shown is not None:
            self.fill(self._shown)

    def _counsel(self, row: StandingRow) -> str:
        return counsel_words(row, self._shown.case) if self._shown is not None else ""

    def _conflict(self, row: StandingRow) -> Status:
        assert self._shown is not None
        names = set(self._shown.names.get(row.party_id, ()))
        return conflict_state(row, self._shown.case.clearances, names)


def _quiet(_row: StandingRow) -> str:
    return "text2"


class Overview(QWidget):
    """Proceedings, parties, other features' blocks and the clearance left; facts, money and history right."""

    proceeding_opened = Signal(int)
    party_opened = Signal(int)
    add_proceeding = Signal()
    add_party = Signal()
    edit = Signal()
    history_asked = Signal()

    def __init__(self, tabs: Sequence[CaseTab]) -> None:
        super().__init__()
        self._tabs = tabs
        self._shown: CaseShown | None = None
        self._narrow = False
        self.blocks: list[QWidget] = []
        self.chain = ProceedingChain()
        self.chain.opened.connect(self.proceeding_opened)
        self.parties = PartiesTable()
        self.parties.opened.connect(self.party_opened)
        self.facts = Facts()
        self.clearance = QWidget()
        self._clearance_lines = vbox(space=1, parent=self.clearance)
        self.money = QWidget()
        self._money_words = Label("")
        self._money_bar = Bar(name=lambda: _("Received of the fee"))
        line = hbox(Label(lambda: _("Received")), STRETCH, self._money_words)
        vbox(line, self._money_bar, space=1, parent=self.money)
        self.history = HistoryGlance()
        self._block_place, self._aside_place = QWidget(), QWidget()
        self._block_rows = vbox(space=4, parent=self._block_place)
        self._aside_rows = vbox(space=4, parent=self._aside_place)
        self._build()

    def fill(self, shown: CaseShown, today: date) -> None:
        """Show a case; other features' blocks are made anew when it is another one."""
        other = self._shown is None or self._shown.case.id != shown.case.id
        self._shown = shown
        self.chain.fill(shown.case)
        self.parties.fill(shown)
        self._fill_facts(shown)
        self._fill_clearance(shown)
        self.history.fill(shown.history[:5], today)
        if other:
            self._make_blocks(shown.case.id)

    def refresh(self, change: Changed | None) -> None:
        """Let the other features' blocks read again."""
        for block in self.blocks:
            read = getattr(block, "refresh", None)
            if read is not None:
                read(change)

    def set_narrow(self, narrow: bool) -> None:
        """Put the facts below at narrow widths."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def _build(self) -> None:
        link = Button(lambda: _("Add"), self.add_party.emit, kind="link")
        further = Button(
            lambda: _("Add"), self.add_proceeding.emit, kind="link", name=lambda: _("Add a proceeding")
        )
        edit = Button(lambda: _("Edit"), self.edit.emit, kind="link", name=lambda: _("Edit the facts of the case"))
        everything = Button(
            lambda: _("All"), self.history_asked.emit, kind="link", name=lambda: _("Whole history")
        )
        self._left, self._right = QWidget(), QWidget()
        vbox(
            SectionHeading(lambda: _("Proceedings"), further),
            self.chain,
            Gap(2),
            SectionHeading(lambda: _("Parties"), link),
            self.parties,
            Gap(2),
            self._block_place,
            Gap(2),
            SectionHeading(lambda: _("Conflict check")),
            self.clearance,
            STRETCH,
            space=1.5,
            parent=self._left,
        )
        vbox(
            SectionHeading(lambda: _("Facts"), edit),
            self.facts,
            Gap(1),
            self.money,
            self._aside_place,
            Gap(1),
            SectionHeading(lambda: _("History"), everything),
            self.history,
            STRETCH,
            space=2,
            parent=self._right,
        )
        content = QWidget()
        self._columns = hbox(self._left, self._right, space=6, margins=(0, 4, 5, 4), parent=content)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        vbox(ScrollArea(content), space=0, parent=self)
        self._arrange()

    def _arrange(self) -> None:
        direction = self._columns.Direction.TopToBottom if self._narrow else self._columns.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._columns.setStretch(0, 0 if self._narrow else 1)
        if self._narrow:
            sized(self._right)
        else:
            sized(self._right, width=19)

    def _fill_facts(self, shown: CaseShown) -> None:
        case = shown.case
        kind = matter_kinds()[case.kind].title if case.kind in matter_kinds() else case.kind
        facts: list[tuple[Callable[[], str], object]] = [
            (lambda: _("Cause"), case.cause),
            (lambda: _("Kind of case"), kind),
            (lambda: _("Stage"), case.stage),
            (lambda: _("In dispute"), yuan(case.amount_fen)),
            (lambda: _("Fee"), fee_words(case)),
            (lambda: _("Lead"), case.lead),
            (lambda: _("Assisting"), listed([member.name for member in case.assistants])),
            (lambda: _("Taken in"), long_date(case.received_on)),
        ]
        if case.power:
            facts.append((lambda: _("Authority"), case.power))
        if case.closed_on is not None:
            facts.append((lambda: _("Closed on"), long_date(case.closed_on)))
        if case.note:
            facts.append((lambda: _("Notes"), case.note))
        self.facts.set_facts([(words, value) for words, value in facts])
        self.money.setVisible(bool(case.fee_fen))
        if case.fee_fen:
            received = case.received_fen or 0
            self._money_words.set_words(f"{yuan(received).split(' ')[0]} / {yuan(case.fee_fen)}")
            self._money_bar.set_part(received / case.fee_fen)

    def _fill_clearance(self, shown: CaseShown) -> None:
        empty_layout(self._clearance_lines)
        for row in shown.case.clearances:
            look = clearance_status(row)
            words = Label(clearance_sentence(row), wrap=True)
            mark = IconLabel(look.icon, tone=look.tone)
            self._clearance_lines.addWidget(line_of(mark, words, shares=(0, 1)))
        if not shown.case.clearances:
            self._clearance_lines.addWidget(Label(lambda: _("No conflict check is on file"), tone="amber"))

    def _make_blocks(self, case_id: int) -> None:
        empty_layout(self._block_rows)
        empty_layout(self._aside_rows)
        self.blocks = []
        for tab in self._tabs:
            for make, rows in ((tab.overview, self._block_rows), (tab.aside, self._aside_rows)):
                if make is not None:
                    block = make(case_id)
                    rows.addWidget(block)
                    self.blocks.append(block)
        self._block_place.setVisible(self._block_rows.count() > 0)
        self._aside_place.setVisible(self._aside_rows.count() > 0)
