"""The form of a new case: clients, other side, case, team and fee, one state in and out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.case_entry import CaseEntry, TeamEntry, unreadable
from lawdesk.cases.page.drafting import State, to_case
from lawdesk.cases.page.from_file import FileExtras, FileRemarks
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.parties_form import PartiesEntry
from lawdesk.cases.rules import suggest_title
from lawdesk.firm import PersonRow
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, Form, Gap, ScrollArea, SectionHeading, vbox


class CaseForm(QWidget):
    """All fields of a new case. ``changed()`` with every key, ``settled()`` when names or numbers rest."""

    changed = Signal()
    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.filling = False
        self.enquiry_id: int | None = None
        self.parties = PartiesEntry(desk)
        self.case = CaseEntry(desk)
        self.team = TeamEntry()
        self.file: State | None = None
        self.remarks, self.extras = FileRemarks(), FileExtras()
        add_client = Button(lambda: _("Add another client"), self.add_client, kind="link")
        add_client.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # by keyboard it is a command; Tab stays in the fields
        content = QWidget()
        vbox(
            self.remarks,
            SectionHeading(lambda: _("Clients"), add_client),
            self.parties.client_area,
            Gap(1),
            SectionHeading(
                lambda: _("The other side and third parties"),
                note=lambda: _("Each name is checked at the right as soon as it is typed"),
            ),
            self.parties.other_area,
            Gap(1),
            SectionHeading(lambda: _("The case")),
            self.case,
            Gap(1),
            SectionHeading(lambda: _("Team and fee")),
            self.team,
            self.extras,
            STRETCH,
            space=2,
            margins=(6, 1, 5, 2),
            parent=content,
        )
        vbox(ScrollArea(content), space=0, parent=self)
        for entry in (self.parties, self.case, self.team):
            entry.changed.connect(self._changed)
        self.parties.settled.connect(self._settled)
        self.extras.dropped.connect(self._leave_out)
        self.case.proceeding_changed.connect(lambda: self.parties.set_proceeding(self.case.proceeding_kind))

    def state(self) -> State:
        """Return everything typed; see :mod:`lawdesk.cases.page.drafting`."""
        clients, others = self.parties.state()
        state = {
            "clients": clients,
            "others": others,
            "case": self.case.state(),
            "team": self.team.state(),
            "enquiry_id": self.enquiry_id,
        }
        return state if self.file is None else {**state, "file": self.file}

    def fill(self, state: State) -> None:
        """Show a kept state, or an empty form; tells nobody."""
        self.filling = True
        self.enquiry_id = state.get("enquiry_id")
        self._show_file(state.get("file"))
        self.parties.fill(state.get("clients") or [], state.get("others") or [])
        self.case.fill(state.get("case") or {}, self._desk.today())
        self.team.fill(state.get("team") or {}, self._desk.actor().person_id)
        self.filling = False
        self.make_title()

    def set_people(self, people: Sequence[PersonRow]) -> None:
        """Choose lead and assistants among these."""
        self.team.set_people(people)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self.parties.set_narrow(narrow)
        self.case.form.set_narrow(narrow)
        self.team.form.set_narrow(narrow)

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        if self.parties.clients:
            self.parties.clients[0].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_client(self) -> None:
        """Make room for one more client."""
        self.parties.add_client(focus=True)

    def flush(self) -> None:
        """Let names and numbers typed a moment ago be known at once."""
        for entry in (*self.parties.clients, *self.parties.others):
            entry.name.flush()
            entry.identifier.flush()
        self.case.flush()

    def make_title(self) -> None:
        """Make the short title from names and standings, unless the person wrote one."""
        state = self.state()
        draft = to_case({**state, "case": {**state["case"], "title": ""}}, self._desk.today())
        self.case.suggest_title(suggest_title(draft) if draft.parties else "")

    def unreadable(self) -> list[Problem]:
        """Return what is typed and cannot be read; it must not be dropped in silence."""
        return unreadable(
            amount=self.case.amount,
            received_on=self.case.received,
            fee=self.team.fee,
            percent=self.team.percent,
        )

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Put each problem at its field, the focus at the first; return those that belong to no field."""
        forms: list[Form] = [*(block.form for block in self.parties.clients[:1]), self.case.form, self.team.form]
        left = list(problems)
        for form in reversed(forms):
            left = form.show_problems(left)
        return left

    def order(self) -> list[QWidget]:
        """Return the fields as Tab walks them, from the top of the page to the bottom."""
        case, team = self.case, self.team
        return [
            *self.parties.order(),
            *(case.cause, case.court, case.proceeding, case.title, case.amount, case.kind, case.number),
            *(case.received, case.power, team.lead, team.assistants, team.mode, team.fee, team.percent),
        ]

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Walk :meth:`order`: Qt's own ring knows nothing of lines that came later."""
        order = [field for field in self.order() if field.isEnabled() and field.isVisible()]
        inside = self.focusWidget()
        here = next((place for place, field in enumerate(order) if _holds(field, inside)), -1)
        there = here + (1 if forward else -1)
        if here < 0 or not 0 <= there < len(order):
            return super().focusNextPrevChild(forward)
        order[there].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _show_file(self, file: State | None) -> None:
        self.file = file
        self.remarks.show_file(file)
        self.extras.show_file(file)

    def _leave_out(self) -> None:
        """Keep nothing of the file but what stands in the fields; the toast brings it back."""
        before = self.file
        self._take_file(None)
        self._desk.page.toast(lambda: _("Left out"), undo=lambda: self._take_file(before))

    def _take_file(self, file: State | None) -> None:
        self._show_file(file)
        self._changed()
        self._settled()

    def _changed(self) -> None:
        if not self.filling:
            self.changed.emit()

    def _settled(self) -> None:
        if not self.filling:
            self.make_title()
            self.settled.emit()


def _holds(field: QWidget, inside: QWidget | None) -> bool:
    return inside is not None and (field is inside or field.isAncestorOf(inside))
