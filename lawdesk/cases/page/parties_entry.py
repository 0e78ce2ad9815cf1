"""One party of a new case: a block for a client, a row for somebody of the other side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases.page.drafting import THIRD, State, kind_of_number
from lawdesk.cases.page.entry import NameEdit, judge_identifier
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.masked import Taken, take_over
from lawdesk.cases.rules import (
    KIND_TITLES,
    STANDINGS,
    PartyKind,
    RelationKind,
    guess_party_kind,
    standing_title,
)
from lawdesk.cases.rules.revealing import Masked
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, ComboBox, Field, Follows, Form, LineEdit, Words, columns_of, grid, hbox, vbox

NAME_SPAN = {"zh": 9, "en": 8}
NUMBER_SPAN = {"zh": 8, "en": 6}
CHOICE_SPAN = {"zh": 4, "en": 7}
BESIDE_BUTTON_SPAN = {"zh": 7, "en": 6}
"""The columns of the page: names, numbers and places, choices. English choices are long."""


def standing_choices(usual: Sequence[str]) -> list[tuple[str, Callable[[], str]]]:
    """Return the standings to choose from, the usual ones of the proceeding first."""
    ordered = dict.fromkeys([*(word for word in usual if word), THIRD, *STANDINGS])
    return [(word, partial(standing_title, word)) for word in ordered]


def _own_words(standing: object, choices: Sequence[tuple[str, Words]]) -> list[tuple[str, Words]]:
    """Return a standing in somebody's own words (上诉人（一审被告）) as one more choice."""
    if not isinstance(standing, str) or not standing or any(standing == key for key, _words in choices):
        return []
    return [(standing, partial(standing_title, standing))]


def kind_choices() -> list[tuple[str, Callable[[], str]]]:
    """Return person, organization, not known."""

    def words(kind: PartyKind) -> str:
        return _(KIND_TITLES[kind])

    return [(kind.value, partial(words, kind)) for kind in PartyKind]


class _PartyEntry(Follows, QWidget):
    """What client blocks and rows share: a name, a number, a standing; ``changed()`` and ``settled()``."""

    changed = Signal()
    settled = Signal()

    def __init__(
        self, desk: Desk, *, name: Words = "", hint: Words = "", number: Words = "", later: Words = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._usual = ""
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
        self.standing.set_choices([*choices, *_own_words(chosen, choices)])
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
        take_over(self._desk, self, party_id, self._missing(), self._fill_party)

    def _missing(self) -> set[Masked]:
        """Return what is not typed here yet and can be taken over."""
        return set() if self.identifier.text().strip() else {Masked.IDENTIFIER}

    def _fill_party(self, taken: Taken) -> None:
        """Take over what is on file; what was typed already stays."""
        party, whole = taken
        number = whole.get(Masked.IDENTIFIER)
        if self.name.party_id == party.id and not self.identifier.text().strip() and number:
            self.identifier.setText(number)
            self.identifier.flush()

    def _take_common(self, row: State) -> None:
        self.name.set_party(row.get("party_id"), str(row.get("name") or ""))
        self.identifier.setText(str(row.get("identifier") or ""))
        if standing := row.get("standing"):
            choices = standing_choices([self._usual])
            self.standing.set_choices([*choices, *_own_words(standing, choices)])
            self.standing.choose(standing)
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
        self.form = Form()
        self.form.add("client", lambda: _("Name"), self.name, span=NAME_SPAN, required=True)
        self.identifier_field = self.form.add("identifier", self._number_words, self.identifier, span=NUMBER_SPAN)
        self.form.add("standing", lambda: _("Standing"), self.standing, span=CHOICE_SPAN)
        self.form.add("head", lambda: _("Legal representative"), self.head, span=NAME_SPAN)
        self.form.add("phone", lambda: _("Contact and telephone"), self.phone, span=NUMBER_SPAN)
        self.form.add("party_kind", lambda: _("Kind of party"), self.kind, span=CHOICE_SPAN)
        rows: list[QWidget] = [self.form]
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

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self.form.set_narrow(narrow)

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

    def _missing(self) -> set[Masked]:
        return super()._missing() | (set() if self.phone.text().strip() else {Masked.PHONE})

    def _fill_party(self, taken: Taken) -> None:
        party, whole = taken
        if self.name.party_id != party.id:
            return
        self._set_kind(PartyKind(party.kind))
        if not self.phone.text().strip():
            self.phone.setText(whole.get(Masked.PHONE, ""))
        heads = [name for kind, _id, name, _share in party.relations if kind == RelationKind.LEGAL_REPRESENTATIVE]
        if heads and not self.head.text().strip():
            self.head.setText(heads[0])
        super()._fill_party(taken)


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
            later=lambda: _("Number (may follow later)"),
        )
        self.remove = Button(kind="ghost", icon="x", name=lambda: _("Remove this line"), run=self.removed.emit)
        last = QWidget()
        line = hbox(self.standing, self.remove, space=1, parent=last)
        line.setStretch(0, 1)
        self.identifier_field = Field("", self.identifier)
        self._fields = (Field("", self.name), self.identifier_field, Field("", last))
        self._grid = grid(across=3, down=2, parent=self)
        for field in self._fields:
            field.label.hide()
            field.editor.setSizePolicy(QSizePolicy.Policy.Ignored, field.editor.sizePolicy().verticalPolicy())
        for column in range(21):
            self._grid.setColumnStretch(column, 1)
        self._narrow = False
        self._arrange()
        self.name.submitted.connect(self.entered)

    def set_narrow(self, narrow: bool) -> None:
        """One line, on the columns of the form above; or the number below name and standing."""
        self._narrow = narrow
        self._arrange()

    def retranslate(self) -> None:
        if hasattr(self, "_narrow"):
            self._arrange()

    def _arrange(self) -> None:
        name, number = columns_of(NAME_SPAN), columns_of(BESIDE_BUTTON_SPAN)
        wide = ((0, 0, name), (0, name, number), (0, name + number, 21 - name - number))
        places = ((0, 0, 13), (1, 0, 21), (0, 13, 8)) if self._narrow else wide
        for field, (row, column, span) in zip(self._fields, places, strict=True):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, row, column, 1, span)

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
