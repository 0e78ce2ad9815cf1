"""Enquiries: the quick entry while somebody is on the telephone, the list to choose from, one enquiry in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.case_entry import unreadable
from lawdesk.cases.page.drafting import from_enquiry
from lawdesk.cases.page.entry import NameEdit
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.masked import MaskedLine
from lawdesk.cases.queries import EnquiryRow
from lawdesk.cases.rules import SIDE_TITLES, PartyDraft, Side, guess_party_kind
from lawdesk.cases.rules.revealing import Purpose
from lawdesk.cases.service import EnquiryDraft
from lawdesk.firm import may
from lawdesk.kernel.dates import long_date, short_date
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    STRETCH,
    Button,
    Chip,
    DateEdit,
    DetailHeader,
    EmptyState,
    Facts,
    Form,
    LineEdit,
    ListModel,
    Row,
    RowList,
    Sheet,
    TextArea,
    TokenEdit,
    panel,
    vbox,
)


def enquiry_names(enquiry: EnquiryRow, *sides: Side) -> str:
    """Return who stands on these sides of an enquiry."""
    return listed([name for side, name in enquiry.parties if side in sides])


def enquiry_row(enquiry: EnquiryRow) -> Row:
    """Return the line of an enquiry in a list."""
    against = enquiry_names(enquiry, Side.ADVERSE, Side.THIRD, Side.OTHER)
    return Row(
        key=("enquiry", enquiry.id),
        title=enquiry_names(enquiry, Side.CLIENT) or _("Unknown caller"),
        segments=(enquiry.subject, _("against {names}").format(names=against) if against else ""),
        date=short_date(enquiry.received_on),
    )


class EnquirySheet(Sheet):
    """Quick entry of an enquiry: caller, other side, subject, telephone. ``taken(enquiry id)`` when it is noted.

    Keep the widget: Esc closes the sheet and what was typed stays.
    """

    taken = Signal(int)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.form = Form()
        self.caller = NameEdit(desk)
        self.phone = LineEdit()
        self.others = TokenEdit(lambda: _("Name, then Enter"))
        self.subject = LineEdit(lambda: _("e.g. unpaid goods"))
        self.note_edit = TextArea(lines=4)
        self.day = DateEdit(desk.today(), today=desk.today)
        self.form.add("client", lambda: _("Caller"), self.caller, span=21, required=True)
        self.form.add("phone", lambda: _("Telephone"), self.phone, span=21)
        self.form.add("others", lambda: _("The other side"), self.others, span=21)
        self.form.add("subject", lambda: _("What about"), self.subject, span=21)
        self.form.add("note", lambda: _("Notes"), self.note_edit, span=21)
        self.form.add("received_on", lambda: _("Day"), self.day, span=21)
        button = Button(lambda: _("Note the enquiry"), self.save, kind="filled")

        super().__init__(self.form, button=button, note=_foot_note)
        self.setFocusProxy(self.caller)

    def save(self) -> None:
        """Note it; the conflict check finds its names from then on."""
        wrong = unreadable(received_on=self.day)
        if wrong:
            self.refuse(Refused(wrong), self.form)
            return
        if self.others.edit.text().strip():
            self.others.edit.submitted.emit()
        names = [(Side.CLIENT, self.caller.text())] if self.caller.text().strip() else []
        names += [(Side.ADVERSE, token.text) for token in self.others.tokens()]
        draft = EnquiryDraft(
            self.subject.text(),
            self.day.day() or self._desk.today(),
            tuple((side, PartyDraft(name.strip(), guess_party_kind(name))) for side, name in names),
            self.phone.text(),
            self.note_edit.toPlainText(),
        )
        if not any(side == Side.CLIENT for side, _name in names):
            self.form.field("client").set_problem(lambda: _("Who called? The name is missing."))
            self.caller.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.cases.take_enquiry(actor, draft),
            self._saved,
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def clear(self) -> None:
        """Make room for the next call."""
        self.caller.set_party(None, "")
        for edit in (self.phone, self.subject):
            edit.clear()
        self.note_edit.clear()
        self.others.set_tokens([])
        self.day.set_day(self._desk.today())
        self.form.clear_problems()
        self.trouble.clear()

    def _saved(self, enquiry_id: int) -> None:
        name = self.caller.text().strip()
        self.clear()
        self._desk.close_sheet()
        self._desk.page.toast(lambda: _("Enquiry of {name} noted").format(name=name))
        self.taken.emit(enquiry_id)


def _foot_note() -> str:
    return _("Its names are found by the conflict check from now on")


class EnquiryPicker(QWidget):
    """The open enquiries; ``chosen(enquiry)`` is called for the one that is opened."""

    def __init__(self, desk: Desk, chosen: Callable[[EnquiryRow], object]) -> None:
        super().__init__()
        self._desk = desk
        self._model = ListModel(to_row=enquiry_row, parent=self)
        empty = EmptyState(
            "inbox", lambda: _("No open enquiries"), lambda: _("Note one while you are on the telephone")
        )
        self.list = RowList(self._model, name=lambda: _("Open enquiries"), layout="side", empty=empty)
        self.list.opened.connect(chosen)
        self.list.clicked.connect(lambda _index: self.list.opened.emit(self.list.current_item()))
        vbox(self.list, margins=(3, 1, 3, 2), parent=self)
        actor = desk.actor()
        desk.run(lambda: desk.cases.queries.list_enquiries(actor), self._model.set_items, owner=self, slot="list")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def enquiry_state(desk: Desk, enquiry_id: int | None) -> dict[str, Any] | None:
    """Return what a new case begins with when it comes from an open enquiry, None when there is none such.

    Its telephone goes into the form whole, on record, where the person may look at it. Runs on the worker.
    """
    actor, cases = desk.actor(), desk.cases
    found = next((row for row in cases.queries.list_enquiries(actor) if row.id == enquiry_id), None)
    if found is None:
        return None
    looks = bool(found.phone) and may(actor, "personal.reveal")
    return from_enquiry(found, cases.reveal_enquiry(actor, found.id, Purpose.ENTRY) if looks else "")


class EnquiryView(QWidget):
    """One enquiry in the detail: who called about what, and the way to a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._enquiry: EnquiryRow | None = None
        self._head = DetailHeader()
        self._facts = Facts()
        vbox(panel(self._head, 2, self._facts, STRETCH, scroll=True), space=0, parent=self)

    @property
    def enquiry_id(self) -> int | None:
        """Which enquiry is shown."""
        return self._enquiry.id if self._enquiry is not None else None

    def show_enquiry(self, enquiry: EnquiryRow) -> None:
        """Show ``enquiry``."""
        self._enquiry = enquiry
        self._head.set_head(
            title=enquiry_names(enquiry, Side.CLIENT) or _("Unknown caller"),
            number=lambda: _("Enquiry"),
            chips=[Chip(lambda: long_date(enquiry.received_on), icon="phone")],
            segments=[enquiry.subject],
        )
        convert = Button(
            lambda: _("Open a case from it"),
            lambda: self._desk.page.go("new-case", enquiry_id=enquiry.id),
            kind="filled",
            icon="arrow-right",
        )
        self._head.set_actions(convert)
        facts: list[tuple[Callable[[], str], str | QWidget]] = [
            (_side_words(Side(side)), name) for side, name in enquiry.parties
        ]
        facts += [
            (
                lambda: _("Telephone"),
                MaskedLine("", enquiry.phone, self._reveal) if enquiry.phone else "",
            ),
            (lambda: _("What about"), enquiry.subject),
            (lambda: _("Notes"), enquiry.note),
        ]
        self._facts.set_facts([(words, value) for words, value in facts if value])

    def _reveal(self, why: Purpose, done: Callable[[str], object]) -> None:
        desk, actor, enquiry = self._desk, self._desk.actor(), self._enquiry
        if enquiry is not None:
            desk.run(lambda: desk.cases.reveal_enquiry(actor, enquiry.id, why), done, owner=self)

    def retranslate(self) -> None:
        """Take words from the language again."""
        if self._enquiry is not None:
            self.show_enquiry(self._enquiry)


def _side_words(side: Side) -> Callable[[], str]:
    if side == Side.CLIENT:
        return lambda: _("Caller")
    return lambda: _(SIDE_TITLES[side])
