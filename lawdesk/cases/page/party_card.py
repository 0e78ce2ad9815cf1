"""The card of a party: its names, numbers and contact (masked until asked for), who it is tied to, its cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.entry import NameEdit, judge_identifier
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.masked import MaskedEdit, NumberLine
from lawdesk.cases.page.party_twins import PartyTwins
from lawdesk.cases.page.words import percent
from lawdesk.cases.queries import PartyDetail
from lawdesk.cases.queries.rows import PartyCaseRow
from lawdesk.cases.rules import (
    KIND_TITLES,
    NAME_KIND_TITLES,
    RELATION_TITLES,
    SIDE_TITLES,
    STATUS_TITLES,
    NameKind,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    Side,
    guess_party_kind,
)
from lawdesk.cases.rules.identifiers import parse_identifier
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import LawDeskError
from lawdesk.kernel.i18n import _, listed
from lawdesk.kernel.masking import mask_address, mask_phone
from lawdesk.ui import (
    Autosave,
    Button,
    Chip,
    ComboBox,
    Facts,
    Form,
    Gap,
    Label,
    LineEdit,
    SectionHeading,
    Sheet,
    TextArea,
    empty_layout,
    hbox,
    line_of,
    vbox,
)

Fields = dict[str, str]
"""What the card writes: name and note, telephone and address only when they were entered anew."""


@dataclass(frozen=True)
class _Read:
    party: PartyDetail
    cases: Sequence[PartyCaseRow]


class PartyCard(Sheet):
    """One party. Name, telephone, address and note save themselves; names, numbers, relations are added below."""

    def __init__(self, desk: Desk, party_id: int) -> None:
        self._desk, self._party_id = desk, party_id
        self._party: PartyDetail | None = None
        self._filling, self._stale = True, False
        self._chips = QWidget()
        self._chip_line = hbox(space=2, parent=self._chips)
        self.name = LineEdit()
        self.phone = MaskedEdit(mask_phone, partial(self._reveal, Masked.PHONE, 0))
        self.address = MaskedEdit(mask_address, partial(self._reveal, Masked.ADDRESS, 0))
        self.note_edit = TextArea(lines=2)
        self.form = form = Form()
        form.add("name", lambda: _("Name"), self.name, span=21, required=True)
        form.add("phone", lambda: _("Telephone"), self.phone, span=10)
        form.add("address", lambda: _("Address"), self.address, span=11)
        form.add("note", lambda: _("Notes"), self.note_edit, span=21)
        self._names, self._numbers, self._ties, self._cases = (QWidget() for _place in range(4))
        self._name_rows = vbox(space=1, parent=self._names)
        self._number_rows = vbox(space=1, parent=self._numbers)
        self._tie_rows = vbox(space=1, parent=self._ties)
        self._case_rows = vbox(space=1, parent=self._cases)
        self.twins = PartyTwins(desk, party_id, self.read, self._failed)
        self._names_heading = SectionHeading(lambda: _("Names"))
        self._cases_heading = SectionHeading(lambda: _("Cases"))
        super().__init__(
            self._chips, form, Gap(1), self._names_heading, self._names, *self._name_entry(), Gap(1),
            SectionHeading(lambda: _("Numbers")), self._numbers, *self._number_entry(), Gap(1),
            SectionHeading(lambda: _("Relations")), self._ties, *self._tie_entry(), Gap(1),
            self.twins, Gap(1), self._cases_heading, self._cases,
        )  # fmt: skip
        self._autosave = Autosave(self._save, parent=self)
        for edit in (self.name, self.phone, self.address, self.note_edit):
            edit.typed.connect(self._autosave.touch)
        self.setFocusProxy(self.name)
        self.read()

    def read(self, _done: object = None) -> None:
        """Read the party again."""
        desk, actor, party_id = self._desk, self._desk.actor(), self._party_id

        def work() -> _Read:
            queries = desk.cases.queries
            return _Read(queries.party(actor, party_id), queries.cases_of_party(actor, party_id))

        desk.run(work, self._fill, self._failed, owner=self, slot="party")
        self.twins.read()

    def leave(self) -> None:
        """Save what is pending; called when the sheet closes."""
        self._autosave.flush()

    # -- entry of names, numbers, relations -------------------------------------------------------------------

    def _name_entry(self) -> list[QWidget]:
        self.name_kind = ComboBox(
            [
                (kind.value, partial(_words, NAME_KIND_TITLES, kind))
                for kind in NameKind
                if kind != NameKind.REGISTERED
            ],
            name=lambda: _("Kind of name"),
        )
        self.name_kind.choose(NameKind.FORMER.value)
        self.new_name = LineEdit(lambda: _("Add another name"))
        self.new_name.submitted.connect(self._add_name)
        return [line_of(self.name_kind, self.new_name, shares=(2, 3))]

    def _number_entry(self) -> list[QWidget]:
        self.new_number = LineEdit(lambda: _("Add an identity number or credit code"))
        form = Form()
        self.number_field = form.add("identifier", "", self.new_number, span=21, narrow_span=21)
        self.number_field.label.hide()
        self.new_number.typed.connect(lambda text: judge_identifier(self.number_field, text))
        self.new_number.submitted.connect(self._add_number)
        return [form]

    def _tie_entry(self) -> list[QWidget]:
        self.tie_kind = ComboBox(
            [(kind.value, partial(_words, RELATION_TITLES, kind)) for kind in RelationKind],
            name=lambda: _("Kind of relation"),
        )
        self.tie_kind.choose(RelationKind.LEGAL_REPRESENTATIVE.value)
        self.new_tie = NameEdit(self._desk, lambda: _("Whose name; Enter adds it"))
        self.new_tie.submitted.connect(self._add_tie)
        self.new_share = LineEdit(lambda: _("Share in percent"))
        self.new_share.submitted.connect(self._add_tie)
        self.new_share.setVisible(False)
        self.tie_kind.chosen_changed.connect(
            lambda _kind: self.new_share.setVisible(self.tie_kind.chosen() == RelationKind.SHAREHOLDER.value)
        )
        return [line_of(self.tie_kind, self.new_share, self.new_tie, shares=(3, 2, 4))]

    def _add_name(self) -> None:
        name, kind = self.new_name.text().strip(), NameKind(str(self.name_kind.chosen()))
        if name:
            self._write(lambda service, actor: service.add_name(actor, self._party_id, kind, name), self.new_name)

    def _add_number(self) -> None:
        number = self.new_number.text().strip()
        if number:
            kind = parse_identifier(number).kind.value
            self._write(
                lambda service, actor: service.add_identifier(actor, self._party_id, kind, number), self.new_number
            )

    def _add_tie(self) -> None:
        name, known = self.new_tie.text().strip(), self.new_tie.party_id
        kind = RelationKind(str(self.tie_kind.chosen()))
        share = _basis_points(self.new_share.text()) if kind is RelationKind.SHAREHOLDER else None
        if not name:
            return

        def work(service: object, actor: object) -> None:
            del service, actor
            cases, me = self._desk.cases, self._desk.actor()
            person = kind in (RelationKind.LEGAL_REPRESENTATIVE, RelationKind.SPOUSE, RelationKind.RELATIVE)
            draft = PartyDraft(name, PartyKind.PERSON if person else guess_party_kind(name))
            other = known if known is not None else cases.add_party(me, draft)
            cases.add_relation(me, RelationDraft(other, self._party_id, kind, share))

        self._write(work, self.new_tie)

    def _write(self, work: Callable[..., object], edit: LineEdit) -> None:
        desk, actor = self._desk, self._desk.actor()

        def done(_result: object) -> None:
            edit.clear()
            self.new_share.clear()
            if isinstance(edit, NameEdit):
                edit.party_id = None
            self.trouble.clear()
            self.read()

        desk.run(lambda: work(desk.cases, actor), done, self._failed, owner=self)

    def _reveal(self, what: Masked, place: int, why: Purpose, done: Callable[[str], object]) -> None:
        desk, actor, party_id = self._desk, self._desk.actor(), self._party_id

        def work() -> str:
            return desk.cases.reveal(actor, party_id, what, why, place=place)

        desk.run(work, done, self._failed, owner=self)

    # -- showing and saving -----------------------------------------------------------------------------------

    def _fill(self, read: _Read) -> None:
        party = read.party
        self._filling = True
        self._party, self._stale = party, False
        if not self.name.hasFocus() or not self._autosave.pending:
            self.name.setText(party.name)
            self.name.flush()
        for edit, text in ((self.phone, party.phone), (self.address, party.address)):
            if not edit.hasFocus() or not self._autosave.pending:
                edit.set_value(text)
        if self.note_edit.toPlainText() != party.note:
            self.note_edit.setPlainText(party.note)
        chips = [Chip(lambda: _(KIND_TITLES[PartyKind(party.kind)]), icon=_icon(party.kind))]
        if party.born_on is not None:
            born = party.born_on
            chips.append(Chip(lambda: _("Born {day}").format(day=long_date(born))))
        empty_layout(self._chip_line)
        self._chip_line.addWidget(line_of(*chips))
        self._fill_names(party)
        self._fill_ties(party)
        self._fill_cases(read.cases)
        self._filling = False

    def _fill_names(self, party: PartyDetail) -> None:
        empty_layout(self._name_rows)
        empty_layout(self._number_rows)
        facts = [(partial(_words, NAME_KIND_TITLES, NameKind(kind)), name) for kind, name in party.names]
        self._name_rows.addWidget(Facts(facts))
        for place, (kind, value) in enumerate(party.identifiers):
            ask = partial(self._reveal, Masked.IDENTIFIER, place)
            self._number_rows.addWidget(NumberLine(kind, value, ask))

    def _fill_ties(self, party: PartyDetail) -> None:
        empty_layout(self._tie_rows)
        facts = [
            (partial(_words, RELATION_TITLES, RelationKind(kind)), self._link(other, _shared(name, share)))
            for kind, other, name, share in party.relations
        ]
        facts += [
            (partial(_of_words, RelationKind(kind)), self._link(other, _shared(name, share)))
            for kind, other, name, share in party.stands_to
        ]
        if facts:
            self._tie_rows.addWidget(Facts(facts))

    def _fill_cases(self, cases: Sequence[PartyCaseRow]) -> None:
        empty_layout(self._case_rows)
        self._cases_heading.set_count(len(cases))
        for row in cases:
            link = Button(row.title, partial(self._desk.page.go, "cases", case_id=row.case_id), kind="link")
            words = listed([_(SIDE_TITLES[Side(row.side)]), _(STATUS_TITLES[row.status]), row.number])
            self._case_rows.addWidget(line_of(link))
            self._case_rows.addWidget(Label(words, step="small", tone="text2", wrap=True))
        if not cases:
            self._case_rows.addWidget(Label(lambda: _("In no case you may see"), step="small", tone="text2"))

    def _link(self, party_id: int, words: str) -> QWidget:
        return Button(words, lambda: open_party(self._desk, party_id), kind="link")

    def _save(self) -> None:
        party = self._party
        if party is None or self._filling or self._stale:
            return
        fields: Fields = {"name": self.name.text().strip(), "note": self.note_edit.toPlainText().strip()}
        before: Fields = {"name": party.name, "note": party.note}
        for key, edit in (("phone", self.phone), ("address", self.address)):
            if (entered := edit.entered()) is not None:
                fields[key], before[key] = entered, edit.kept
        if fields == before:
            return
        self._change(fields, undo=before)

    def _change(self, fields: Fields, *, undo: Fields | None) -> None:
        desk, actor, party = self._desk, self._desk.actor(), self._party
        assert party is not None
        seen = party.version

        def done(_result: object) -> None:
            self.form.clear_problems()
            self.trouble.clear()
            if undo is not None:
                desk.page.toast(lambda: _("Saved"), undo=lambda: self._change(undo, undo=None))
            self.read()

        desk.run(
            lambda: desk.cases.change_party(actor, party.id, seen=seen, **fields), done, self._failed, owner=self
        )

    def _failed(self, error: BaseException) -> None:
        buttons = []
        if isinstance(error, LawDeskError) and error.code == "stale":
            self._stale = True
            buttons = [Button(lambda: _("Show the new state"), self._show_new_state, small=True)]
        self.refuse(error, self.form, *buttons)

    def _show_new_state(self) -> None:
        self.trouble.clear()
        self.read()


def open_party(desk: Desk, party_id: int) -> PartyCard:
    """Show the card of a party in the side sheet."""
    card = PartyCard(desk, party_id)
    desk.open_sheet(card, lambda: _("Party"), on_close=card.leave)
    return card


def _words(titles: dict[NameKind, str] | dict[RelationKind, str], kind: NameKind | RelationKind) -> str:
    return _(titles[kind])  # type: ignore[index]  # both tables are keyed by the kind's own enum


def _of_words(kind: RelationKind) -> str:
    return _("{relation} of").format(relation=_(RELATION_TITLES[kind]))


def _shared(name: str, share: int | None) -> str:
    return name if share is None else f"{name} {percent(share)}"


def _basis_points(text: str) -> int | None:
    """Return a share typed in percent as basis points; -1, which is refused, for what is no number."""
    typed = text.strip().rstrip("%％").strip()
    if not typed:
        return None
    try:
        return round(float(typed) * 100)
    except (ValueError, OverflowError):
        return -1


def _icon(kind: str) -> str:
    return {PartyKind.PERSON.value: "user", PartyKind.ORGANIZATION.value: "building-2"}.get(
        kind, "circle-question-mark"
    )
