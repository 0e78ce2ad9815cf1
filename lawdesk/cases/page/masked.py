"""Values that are shown masked: an eye asks what for, and the service keeps that on record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QWidget

from lawdesk.cases.page.entry import IDENTIFIER_TITLES
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.queries import PartyDetail
from lawdesk.cases.rules.identifiers import IdentifierKind
from lawdesk.cases.rules.revealing import PURPOSE_TITLES, Masked, Purpose
from lawdesk.kernel.i18n import _
from lawdesk.kernel.masking import HIDDEN
from lawdesk.ui import STRETCH, Button, Command, Label, LineEdit, Words, copy_secret, hbox, icons, menu_of

Ask = Callable[[Purpose, Callable[[str], object]], object]
"""``ask(purpose, done)`` has the value shown on record and then calls ``done`` with it."""


def purpose_menu(parent: QWidget, chosen: Callable[[Purpose], object]) -> None:
    """Ask what a value is wanted for, at the foot of ``parent``."""
    commands = [
        Command(f"reveal.{one.value}", partial(_purpose_words, one), partial(chosen, one), "eye")
        for one in Purpose
    ]
    menu_of(commands, parent).popup(parent.mapToGlobal(QPoint(0, parent.height())))


class MaskedLine(QWidget):
    """A value behind a label: hidden in the middle until somebody says what it is wanted for."""

    def __init__(self, title: Words, masked: str, ask: Ask) -> None:
        super().__init__()
        self._masked, self._ask, self._shown, self._value = masked, ask, False, ""
        self.label = Label(masked)
        self.eye = Button(kind="ghost", icon="eye", name=lambda: _("Show it whole"), run=self._pressed, small=True)
        self.copy = Button(kind="ghost", icon="copy", name=lambda: _("Copy it"), run=self._copy, small=True)
        self.copy.hide()
        self._copied = Label("", step="small", tone="text2")
        label = Label(title, step="small", tone="text2")
        parts = (*((label,) if title else ()), self.label, STRETCH, self._copied, self.copy, self.eye)
        hbox(*parts, space=2, parent=self)

    def reveal(self, why: Purpose) -> None:
        """Have it shown, for this reason."""
        self._ask(why, self._show)

    def _pressed(self) -> None:
        if self._shown:
            self._shown = False
            self.copy.hide()
            self._copied.set_words("")
            self.label.set_words(self._masked)
            self.eye.set_icon("eye")
        else:
            purpose_menu(self.eye, self.reveal)

    def _show(self, value: str) -> None:
        self._shown, self._value = True, value
        self.copy.show()
        self.label.set_words(value)
        self.eye.set_icon("eye-off")

    def _copy(self) -> None:
        """Copy it as a secret: marked for keepers of clipboard histories, and gone after a while."""
        copy_secret(self._value)
        self._copied.set_words(lambda: _("Copied; cleared soon"))


class NumberLine(MaskedLine):
    """A number that names somebody, masked as the look-up gives it."""

    def __init__(self, kind: str, masked: str, ask: Ask) -> None:
        titles = IDENTIFIER_TITLES
        super().__init__(lambda: _(titles[IdentifierKind(kind)]), masked, ask)


class MaskedEdit(LineEdit):
    """A field whose kept value comes masked and cannot be changed until it was asked for."""

    def __init__(self, mask: Callable[[str], str], ask: Ask) -> None:
        self._mask, self._ask, self.kept, self.hidden_value = mask, ask, "", False
        super().__init__()
        self._eye = self.addAction(icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setVisible(False)
        self._eye.triggered.connect(lambda: purpose_menu(self, self.reveal))
        self._eye_words()

    def set_value(self, shown: str) -> None:
        """Show a kept value as the look-up gives it; one that stands here whole already stays so."""
        entered = self.text().strip()
        if not self.hidden_value and entered and self._mask(entered) == shown:
            self.kept = entered
        elif HIDDEN in shown:
            self._hide(shown)
        else:
            self._open(shown)

    def entered(self) -> str | None:
        """Return what was entered instead of the kept value; None while it stands as it is, masked or not."""
        text = self.text().strip()
        return None if self.hidden_value or text == self.kept else text

    def reveal(self, why: Purpose) -> None:
        """Have it shown, for this reason; then it can be changed."""
        self._ask(why, self._open)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "_eye"):
            self._eye_words()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_eye"):
            self._eye.setIcon(icons.icon("eye"))

    def _hide(self, shown: str) -> None:
        self.hidden_value, self.kept = True, ""
        self.setReadOnly(True)
        self._eye.setVisible(True)
        self.setText(shown)
        self.flush()

    def _open(self, text: str) -> None:
        self.hidden_value = False
        self.kept = text
        self.setReadOnly(False)
        self._eye.setVisible(False)
        self.setText(text)
        self.flush()

    def _eye_words(self) -> None:
        words = _("Show it whole")
        self._eye.setText(words)
        self._eye.setToolTip(words)


Taken = tuple[PartyDetail, Mapping[Masked, str]]
"""A party chosen in a form, masked, and what the form takes over whole."""


def take_over(
    desk: Desk, owner: QWidget, party_id: int, what: Collection[Masked], fill: Callable[[Taken], object]
) -> None:
    """Read a party chosen in a form; what the form has no value of yet comes whole, on record."""
    actor = desk.actor()

    def work() -> Taken:
        return desk.cases.queries.party(actor, party_id), desk.cases.reveal_for_entry(actor, party_id, what)

    desk.run(work, fill, owner=owner, slot="party")


def _purpose_words(purpose: Purpose) -> str:
    return _(PURPOSE_TITLES[purpose])
