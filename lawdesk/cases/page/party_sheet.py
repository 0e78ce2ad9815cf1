"""Bringing one more party into an open case: named, checked for conflicts, added; or told why not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from lawdesk.cases.page.entry import NameEdit, judge_identifier
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.masked import Taken, take_over
from lawdesk.cases.page.parties_entry import kind_choices, standing_choices
from lawdesk.cases.queries import CaseDetail
from lawdesk.cases.rules import (
    PROCEEDING_KINDS,
    SIDE_TITLES,
    AskedName,
    CasePartyDraft,
    PartyDraft,
    PartyKind,
    Side,
    guess_party_kind,
)
from lawdesk.cases.rules.identifiers import parse_identifier
from lawdesk.cases.rules.revealing import Masked
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, ComboBox, Form, LineEdit, Sheet


class AddPartySheet(Sheet):
    """A party for an open case. Nothing is stored unless the conflict check clears its name."""

    def __init__(self, desk: Desk, case: CaseDetail) -> None:
        self._desk, self._case = desk, case
        self.name = NameEdit(desk)
        self.identifier = LineEdit(lambda: _("may follow later"))
        self.kind = ComboBox(kind_choices())
        self.side = ComboBox([(side.value, partial(_side_words, side)) for side in Side])
        self.standing = ComboBox(standing_choices(self._usual()))
        self.head, self.counsel, self.firm = LineEdit(), LineEdit(), LineEdit()
        self.form = form = Form()
        form.add("name", lambda: _("Name"), self.name, span=21, required=True)
        self.number_field = form.add(
            "identifier", lambda: _("Identity number or credit code"), self.identifier, span=21
        )
        form.add("kind", lambda: _("Kind of party"), self.kind, span=10)
        form.add("side", lambda: _("Side"), self.side, span=11)
        form.add("standing", lambda: _("Standing"), self.standing, span=10)
        form.add("head", lambda: _("Legal representative"), self.head, span=11)
        form.add("counsel", lambda: _("Counsel"), self.counsel, span=10)
        form.add("firm", lambda: _("Their law firm"), self.firm, span=11)
        self._button = Button(lambda: _("Check and add"), self.save, kind="filled")
        super().__init__(form, button=self._button, note=_note)
        self.kind.choose(PartyKind.UNKNOWN.value)
        self.side.choose(Side.ADVERSE.value)
        self._side_chosen(None)
        self.side.chosen_changed.connect(self._side_chosen)
        self.name.typed.connect(self._name_typed)
        self.name.picked.connect(self._picked)
        self.identifier.typed.connect(lambda text: judge_identifier(self.number_field, text))
        self.setFocusProxy(self.name)

    def save(self) -> None:
        """Check the name and add the party."""
        name = self.name.text().strip()
        if not name:
            self.form.field("name").set_problem(lambda: _("Enter the name."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        number, side = self.identifier.text().strip(), str(self.side.chosen())
        kind = PartyKind(str(self.kind.chosen() or PartyKind.UNKNOWN.value))
        parsed = parse_identifier(number) if number else None
        party = PartyDraft(
            name,
            kind,
            identifiers=((parsed.kind.value, number),) if parsed is not None else (),
            born_on=parsed.birthday if parsed is not None and parsed.valid else None,
        )
        draft = CasePartyDraft(
            party,
            side,
            str(self.standing.chosen() or ""),
            self.counsel.text(),
            self.firm.text(),
            self.name.party_id,
            self.head.text(),
        )
        desk, actor, case_id, clear = self._desk, self._desk.actor(), self._case.id, self._desk.clear
        assert clear is not None, "the program hands in the conflict check"
        asked = [AskedName(name, kind, side, number)]
        self._button.setEnabled(False)
        desk.run(
            lambda: desk.cases.add_party_to_case(actor, case_id, draft, clear(asked)),
            lambda _id: self._saved(name),
            self._failed,
            owner=self,
        )

    def _saved(self, name: str) -> None:
        self._desk.close_sheet()
        self._desk.page.toast(lambda: _("{name} checked and added").format(name=name))

    def _failed(self, error: BaseException) -> None:
        self._button.setEnabled(True)
        buttons = []
        if isinstance(error, Refused) and any(problem.field == "clearance" for problem in error.problems):
            name = self.name.text().strip()
            buttons = [
                Button(
                    lambda: _("Look at the conflicts"),
                    lambda: self._desk.page.go("conflicts", names=[name], case_id=self._case.id),
                    small=True,
                )
            ]
        self.refuse(error, self.form, *buttons)

    def _name_typed(self, text: str) -> None:
        self.form.field("name").set_problem(None)
        if self.name.party_id is None:
            self.kind.choose(guess_party_kind(text).value)

    def _picked(self, party_id: int) -> None:
        def fill(taken: Taken) -> None:
            party, whole = taken
            self.kind.choose(party.kind)
            if not self.identifier.text():
                self.identifier.setText(whole.get(Masked.IDENTIFIER, ""))

        missing = set() if self.identifier.text() else {Masked.IDENTIFIER}
        take_over(self._desk, self, party_id, missing, fill)

    def _usual(self) -> list[str]:
        newest = self._case.proceedings[-1].kind if self._case.proceedings else ""
        kind = PROCEEDING_KINDS.get(newest)
        return [kind.respondent, kind.claimant] if kind is not None else []

    def _side_chosen(self, _key: object) -> None:
        usual = self._usual()
        by_side = {Side.THIRD.value: "第三人"}
        if usual:
            by_side |= {Side.ADVERSE.value: usual[0], Side.CLIENT.value: usual[1]}
        self.standing.choose(by_side.get(str(self.side.chosen())))


def _side_words(side: Side) -> str:
    return _(SIDE_TITLES[side])


def _note() -> str:
    return _("The name is checked for conflicts before it is added")
