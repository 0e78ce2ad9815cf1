"""Who is on which side of a new case: all clients, the other side and third parties."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases.page.drafting import State
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.parties_entry import ClientBlock, OtherRow, standing_choices
from lawdesk.cases.rules import ProceedingKind
from lawdesk.ui import vbox


class PartiesEntry(QWidget):
    """All parties of a new case. ``changed()`` with every key, ``settled()`` when the check should look again."""

    changed = Signal()
    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kind: ProceedingKind | None = None
        self._narrow = False
        self.clients: list[ClientBlock] = []
        self.others: list[OtherRow] = []
        self._client_place, self._other_place = QWidget(), QWidget()
        self._client_rows = vbox(space=3, parent=self._client_place)
        self._other_rows = vbox(space=2, parent=self._other_place)
        for place in (self._client_place, self._other_place):
            place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def client_area(self) -> QWidget:
        """The blocks of the clients."""
        return self._client_place

    @property
    def other_area(self) -> QWidget:
        """The rows of the other side."""
        return self._other_place

    def state(self) -> tuple[list[State], list[State]]:
        """Return clients and others as typed; empty lines are left out."""
        return (
            [block.state() for block in self.clients],
            [row.state() for row in self.others if not row.empty],
        )

    def fill(self, clients: Sequence[State], others: Sequence[State]) -> None:
        """Show kept parties."""
        for block in list(self.clients):
            self._drop(block)
        for row in list(self.others):
            self._drop(row)
        for kept in clients or [{}]:
            self.add_client().fill({"name": "", **kept})
        for kept in others:
            self.add_other().fill({"name": "", **kept})
        self.add_other()

    def set_proceeding(self, kind: ProceedingKind | None) -> None:
        """Let the usual standings follow the proceeding."""
        self._kind = kind
        self._follow()

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self._narrow = narrow
        for block in self.clients:
            block.set_narrow(narrow)
        for row in self.others:
            row.set_narrow(narrow)

    def order(self) -> list[QWidget]:
        """Return the fields as Tab walks them: client by client, then line by line."""
        chain: list[QWidget] = []
        for block in self.clients:
            chain += [block.name, block.identifier, block.standing, block.head, block.phone, block.kind]
        for row in self.others:
            chain += [row.name, row.identifier, row.standing, row.remove]
        return chain

    def add_client(self, *, focus: bool = False) -> ClientBlock:
        """Add a block for one more client."""
        block = ClientBlock(self._desk, (lambda: self._remove(block)) if self.clients else None)
        self.clients.append(block)
        self._client_rows.addWidget(block)
        self._adopt(block)
        block.standing.chosen_changed.connect(lambda _key: self._follow())
        if focus:
            block.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return block

    def add_other(self, *, focus: bool = False) -> OtherRow:
        """Add a line for one more party of the other side."""
        row = OtherRow(self._desk)
        self.others.append(row)
        self._other_rows.addWidget(row)
        self._adopt(row)
        row.entered.connect(lambda: self._next(row))
        row.removed.connect(lambda: self._remove(row))
        if focus:
            row.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def _adopt(self, entry: ClientBlock | OtherRow) -> None:
        entry.changed.connect(self.changed)
        entry.settled.connect(self.settled)
        entry.set_narrow(self._narrow)
        entry.show()  # now, not at the next turn of the event loop: it may get the focus at once
        self._follow()

    def _next(self, row: OtherRow) -> None:
        place = self.others.index(row) + 1
        if place < len(self.others):
            self.others[place].name.setFocus(Qt.FocusReason.TabFocusReason)
        elif not row.empty:
            self.add_other(focus=True)

    def _remove(self, entry: ClientBlock | OtherRow) -> None:
        self._drop(entry)
        if not self.others:
            self.add_other()
        (self.others[-1].name if isinstance(entry, OtherRow) else self.clients[-1].name).setFocus()
        self._follow()
        self.changed.emit()
        self.settled.emit()

    def _drop(self, entry: ClientBlock | OtherRow) -> None:
        if isinstance(entry, ClientBlock):
            self.clients.remove(entry)
            self._client_rows.removeWidget(entry)
        else:
            self.others.remove(entry)
            self._other_rows.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _follow(self) -> None:
        """The client's standing is the claimant's until said otherwise; the other side's is its counterpart."""
        ours, theirs = (self._kind.claimant, self._kind.respondent) if self._kind else ("", "")
        for block in self.clients:
            block.set_usual(ours, standing_choices([ours, theirs]))
        chosen = self.clients[0].standing.chosen() if self.clients else ours
        usual = ours if chosen == theirs else theirs
        for row in self.others:
            row.set_usual(usual, standing_choices([usual, ours, theirs]))
