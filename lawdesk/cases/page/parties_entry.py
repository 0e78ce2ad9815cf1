"""Who is on which side of a new case: blocks for clients, rows for the other side and third parties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases.page.drafting import THIRD, State, kind_of_number
from lawdesk.cases.page.entry import NameEdit, judge_identifier
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.sheet import even
from lawdesk.cases.queries import PartyDetail
from lawdesk.cases.rules import (
    KIND_TITLES,
    STANDINGS,
    PartyKind,
    ProceedingKind,
    RelationKind,
    guess_party_kind,
    standing_title,
)
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, ComboBox, Field, Form, LineEdit, Words, hbox, vbox


def standing_choices(usual: Sequence[str]) -> list[tuple[str, Callable[[], str]]]:
    """Return the standings to choose from, the usual ones of the proceeding first."""
    ordered = dict.fromkeys([*(word for word in usual if word), THIRD, *STANDINGS])
    return [(word, partial(standing_title, word)) for word in ordered]


def kind_choices() -> list[tuple[str, Callable[[], str]]]:
    """Return person, organization, not known."""

    def words(kind: PartyKind) -> str:
        return _(KIND_TITLES[kind])

    return [(kind.value, partial(words, kind)) for kind in PartyKind]


class _PartyEntry(QWidget):
    """What client blocks and rows share: a name, a number, a standing; ``changed()`` and ``settled()``."""

    changed = Signal()
    settled = Signal()

    def __init__(
        self, desk: Desk, *, name: Words = "", hint: Words = "", number: Words = "", later: Words = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._usual = ""
        self.form = Form()
        self.name = NameEdit(desk, hint, name=name)
        self.identifier = LineEdit(later, name=number)
        self.standing = ComboBox(name=lambda: _("Standing"))
        self.identifier_field: Field | None = None
        self.name.textChanged.connect(self.changed)
        self.identifier.textChanged.connect(self.changed)
        self.standing.chosen_changed.connect(lambda _key: self.changed.emit())
        self.standing.chosen_changed.connect(lambda _key: self.settled.emit())
        self.name.typed.connect(self._name_settled)
        self.name.picked.connect(self._picked)
        self.identifier.typed.connect(self._identifier_settled)

    def set_usual(self, usual: str, choices: list[tuple[str, Callable[[], str]]]) -> None:
        """Offer standings; one the person did not choose follows the usual one."""
        chosen = self.standing.chosen()
        self.standing.set_choices(choices)
        if chosen is None or chosen == self._usual:
            self.standing.choose(usual)
        self._usual = usual

    def judge(self) -> None:
        """Look at the number."""
        if self.identifier_field is not None:
            self._told(judge_identifier(self.identifier_field, self.identifier.text()))

    def _told(self, read: Any) -> None:
        """The number was read."""

    def _name_settled(self, _text: str) -> None:
        self.settled.emit()

    def _identifier_settled(self, _text: str) -> None:
        self.judge()
        self.settled.emit()

    def _picked(self, party_id: int) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(lambda: desk.cases.queries.party(actor, party_id), self._fill_party, owner=self, slot="party")

    def _fill_party(self, party: PartyDetail) -> None:
        """Take over what is on file; what was typed already stays."""
        if self.name.party_id == party.id and not self.identifier.text().strip() and party.identifiers:
            self.identifier.setText(party.identifiers[0][1])
            self.identifier.flush()

    def _take_common(self, row: State) -> None:
        self.name.set_party(row.get("party_id"), str(row.get("name") or ""))
        self.identifier.setText(str(row.get("identifier") or ""))
        if row.get("standing"):
            self.standing.choose(row["standing"])
        self.judge()

    def _common(self) -> State:
        return {
            "name": self.name.text().strip(),
            "identifier": self.identifier.text().strip(),
            "standing": self.standing.chosen() or "",
            "party_id": self.name.party_id,
        }


class ClientBlock(_PartyEntry):
    """One client: name, number, standing, legal representative, contact, kind."""

    def __init__(self, desk: Desk, remove: Callable[[], object] | None = None) -> None:
        super().__init__(desk)
        self._kind_chosen = False
        self.head = LineEdit()
        self.phone = LineEdit()
        self.kind = ComboBox(kind_choices())
        self.kind.choose(PartyKind.UNKNOWN.value)
        self.form.add("client", lambda: _("Name"), self.name, span=9, required=True)
        self.identifier_field = self.form.add("identifier", self._number_words, self.identifier, span=8)
        self.form.add("standing", lambda: _("Standing"), self.standing, span=4)
        self.form.add("head", lambda: _("Legal representative"), self.head, span=9)
        self.form.add("phone", lambda: _("Contact and telephone"), self.phone, span=8)
        self.form.add("party_kind", lambda: _("Kind of party"), self.kind, span=4)
        rows: list[QWidget] = [even(self.form)]
        if remove is not None:
            rows.append(Button(lambda: _("Remove this client"), remove, kind="link"))
        vbox(*rows, space=1, parent=self)
        for edit in (self.head, self.phone):
            edit.textChanged.connect(self.changed)
        self.head.typed.connect(lambda _text: self.settled.emit())
        self.kind.chosen_changed.connect(self._kind_by_hand)

    def state(self) -> State:
        """Return what is typed."""
        return {
            **self._common(),
            "legal_representative": self.head.text().strip() if not self._is_person() else "",
            "phone": self.phone.text().strip(),
            "kind": self.kind.chosen() or PartyKind.UNKNOWN.value,
        }

    def fill(self, row: State) -> None:
        """Show a kept state."""
        self.kind.choose(row.get("kind") or PartyKind.UNKNOWN.value)
        self._kind_chosen = (
            bool(row.get("kind")) and row.get("kind") != guess_party_kind(row.get("name", "")).value
        )
        self.head.setText(str(row.get("legal_representative") or ""))
        self.phone.setText(str(row.get("phone") or ""))
        self._take_common(row)
        self._arrange()

    def _number_words(self) -> str:
        return {
            PartyKind.PERSON.value: _("Identity number"),
            PartyKind.ORGANIZATION.value: _("Unified social credit code"),
        }.get(str(self.kind.chosen()), _("Identity number or credit code"))

    def _is_person(self) -> bool:
        return self.kind.chosen() == PartyKind.PERSON.value

    def _set_kind(self, kind: PartyKind) -> None:
        if not self._kind_chosen and kind != PartyKind.UNKNOWN:
            self.kind.choose(kind.value)
            self._arrange()

    def _kind_by_hand(self, _key: object) -> None:
        self._kind_chosen = True
        self._arrange()
        self.changed.emit()
        self.settled.emit()

    def _arrange(self) -> None:
        """A person has no legal representative; the number's label follows the kind."""
        self.form.field("head").editor.setEnabled(not self._is_person())
        self.form.field("identifier").label.retranslate()

    def _name_settled(self, text: str) -> None:
        self._set_kind(guess_party_kind(text))
        if text.strip():
            self.form.field("client").set_problem(None)
        super()._name_settled(text)

    def _told(self, read: Any) -> None:
        if read is not None and read.valid and (kind := kind_of_number(read.kind)) is not None:
            self._set_kind(kind)

    def _fill_party(self, party: PartyDetail) -> None:
        if self.name.party_id != party.id:
            return
        self._set_kind(PartyKind(party.kind))
        if not self.phone.text().strip():
            self.phone.setText(party.phone)
        heads = [name for kind, _id, name, _share in party.relations if kind == RelationKind.LEGAL_REPRESENTATIVE]
        if heads and not self.head.text().strip():
            self.head.setText(heads[0])
        super()._fill_party(party)


class OtherRow(_PartyEntry):
    """One line of the other side: name, number, standing, remove. Enter in the name goes on to the next line."""

    entered = Signal()
    removed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            name=lambda: _("Name of the other party"),
            hint=lambda: _("Name; Enter adds the next one"),
            number=lambda: _("Identity number or credit code"),
            later=lambda: _("Identity number or credit code (may follow later)"),
        )
        self.form.add("name", "", self.name, span=9).label.hide()
        self.identifier_field = self.form.add("identifier", "", self.identifier, span=8)
        self.identifier_field.label.hide()
        self.remove = Button(kind="ghost", icon="x", name=lambda: _("Remove this line"), run=self.removed.emit)
        last = QWidget()
        line = hbox(self.standing, self.remove, space=1, parent=last)
        line.setStretch(0, 1)
        self.form.add("standing", "", last, span=4, narrow_span=8).label.hide()
        vbox(even(self.form), parent=self)
        self.name.submitted.connect(self.entered)

    def state(self) -> State:
        """Return what is typed."""
        return self._common()

    def fill(self, row: State) -> None:
        """Show a kept state."""
        self._take_common(row)

    @property
    def empty(self) -> bool:
        """Whether nothing is typed here."""
        return not self.name.text().strip() and not self.identifier.text().strip()


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
        for entry in (*self.clients, *self.others):
            entry.form.set_narrow(narrow)

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
        entry.form.set_narrow(self._narrow)
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
