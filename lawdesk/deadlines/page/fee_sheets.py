"""Calculators beside the docket: court fees and interest for delay, each step shown, saved as PDF or Word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.rules import (
    FEE_HALVES,
    FEE_KINDS,
    DelayInterest,
    Fee,
    FeeStep,
    Payment,
    calculate_fee,
    delay_interest,
)
from lawdesk.deadlines.service import calculation_sheet, write_paper
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.kernel.money import format_fen
from lawdesk.ui import (
    Button,
    CheckBox,
    ComboBox,
    DateEdit,
    Form,
    Label,
    MoneyEdit,
    SectionHeading,
    Sheet,
    empty_layout,
    vbox,
)


class Calculator(Sheet):
    """What both calculators share: the result, its steps and source, and a button that saves them."""

    def __init__(self, desk: Desk, *body: QWidget) -> None:
        self._desk = desk
        self.found: Fee | DelayInterest | None = None
        self.result = Label("", step="h2")
        self._steps = QWidget()
        self._lines = vbox(space=1, parent=self._steps)
        self._heading = SectionHeading(lambda: _("Steps"))
        button = Button(lambda: _("Save the calculation"), self.save, kind="filled", icon="printer")
        super().__init__(*body, self.result, self._heading, self._steps, button=button)
        self._heading.hide()
        self._ready()

    def save(self) -> None:
        """Ask where to, and write the calculation."""
        found = self.found
        if found is None:
            return
        document = calculation_sheet(found)
        path = self._desk.choose_save(self, f"{document.title}.pdf")
        if path is None:
            return
        desk = self._desk
        desk.run(
            lambda: write_paper(document, path),
            lambda _done: desk.toast(lambda: _("Saved: {path}").format(path=path)),
            self.refuse,
            owner=self,
        )

    def _put(self, found: Fee | DelayInterest | None, words: str, steps: Sequence[FeeStep], basis: str) -> None:
        self.found = found
        self.result.set_words(words)
        empty_layout(self._lines)
        for step in steps:
            self._lines.addWidget(Label(step.words(), wrap=True))
        if basis:
            self._lines.addWidget(Label(basis, step="small", tone="text2", wrap=True))
        self._heading.setVisible(bool(steps))
        self._ready()

    def _ready(self) -> None:
        if self.button is not None:
            self.button.setEnabled(self.found is not None)


class FeeSheet(Calculator):
    """One court fee: the kind, the amount, why it is halved."""

    def __init__(self, desk: Desk) -> None:
        kinds = [(kind, partial(_, title)) for kind, title in FEE_KINDS.items()]
        self.kind = ComboBox(kinds, search=True, name=lambda: _("Which fee"))
        self.kind.choose("property")
        self.amount = MoneyEdit(None)
        self.halves = {name: CheckBox(partial(_half_words, why)) for name, (_article, why) in FEE_HALVES.items()}
        self.form = Form()
        self.form.add("kind", lambda: _("Which fee"), self.kind, span=21)
        self.form.add("amount", lambda: _("Amount"), self.amount, span=21)
        super().__init__(desk, self.form, *self.halves.values())
        self.kind.chosen_changed.connect(lambda _key: self.calculate())
        self.amount.fen_changed.connect(lambda _fen: self.calculate())
        for box in self.halves.values():
            box.toggled.connect(lambda _on: self.calculate())

    def calculate(self) -> None:
        """Calculate what is chosen, or say what is missing."""
        chosen = tuple(name for name, box in self.halves.items() if box.isChecked())
        try:
            found = calculate_fee(str(self.kind.chosen()), self.amount.fen(), halves=chosen)
        except Refused as error:
            self._put(None, "", (), "")
            self.refuse(error, self.form)
            return
        self.refuse(None, self.form)
        self._put(found, found.words, found.steps, f"{found.statute} {found.article} · {found.source}")


class InterestSheet(Calculator):
    """The doubled part of interest for delay, with one payment in between."""

    def __init__(self, desk: Desk) -> None:
        self.principal = MoneyEdit(None)
        self.since = DateEdit(None, today=desk.today, name=lambda: _("Last day to perform"))
        self.until = DateEdit(desk.today(), today=desk.today, name=lambda: pgettext("of days", "Until"))
        self.paid = MoneyEdit(None)
        self.paid_on = DateEdit(None, today=desk.today, name=lambda: _("Paid on"))
        self.form = Form()
        self.form.add("principal", lambda: _("Debt"), self.principal, span=21, required=True)
        self.form.add("since", lambda: _("Last day to perform"), self.since, span=10, required=True)
        self.form.add("until", lambda: pgettext("of days", "Until"), self.until, span=11, required=True)
        self.form.add("payments", lambda: _("Paid in between"), self.paid, span=10)
        self.form.add("paid_on", lambda: _("Paid on"), self.paid_on, span=11)
        super().__init__(desk, self.form)
        for money in (self.principal, self.paid):
            money.fen_changed.connect(lambda _fen: self.calculate())
        for day in (self.since, self.until, self.paid_on):
            day.day_changed.connect(lambda _day: self.calculate())

    def calculate(self) -> None:
        """Calculate what is entered, or say what is missing."""
        principal, since, until = self.principal.fen(), self.since.day(), self.until.day()
        if principal is None or since is None or until is None:
            self._put(None, "", (), "")
            return
        paid, paid_on = self.paid.fen(), self.paid_on.day()
        try:
            if (paid is None) != (paid_on is None):
                raise Refused([Problem("delay.payment", N_("A payment has an amount and a day."), "payments")])
            payments = (Payment(paid_on, paid),) if paid is not None and paid_on is not None else ()
            found = delay_interest(principal, since, until, payments=payments)
        except Refused as error:
            self._put(None, "", (), "")
            self.refuse(error, self.form)
            return
        self.refuse(None, self.form)
        words = _("{yuan} yuan").format(yuan=format_fen(found.interest_fen))
        self._put(found, words, found.steps, f"{found.statute} · {found.source}")


def _half_words(why: str) -> str:
    return _("Halved: {why}").format(why=_(why))
