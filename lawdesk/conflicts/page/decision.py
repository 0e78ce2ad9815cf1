"""Deciding in two keys: the number of the decision, then Enter on its reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lawdesk.conflicts.service import DECISION_TITLES, OTHERWISE
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Button, FlowLayout, LineEdit, vbox

REFUSED = "refused"
REASONS = {
    "other_person": N_("Compared: not the same party"),
    "no_conflict": N_("Same party; nothing to do with the new matter"),
    "waived": N_("Both sides have consented in writing"),
    OTHERWISE: N_("Searched by hand under the full name"),
    REFUSED: N_("The conflict of interest forbids the engagement"),
}
"""What stands in the reason line at first; it is selected, so typing replaces it."""


def decision_words(decision: str) -> str:
    """Return what a decision is called."""
    return _(DECISION_TITLES[decision])


class DecisionEntry(QWidget):
    """Buttons ``1 … n`` for the decisions and, once one is chosen, the line for its reason.

    ``made(decision, reason)`` on Enter. :meth:`begin` does what the number keys do. With ``open_line`` the line is
    always there, above the buttons.
    """

    made = Signal(str, str)

    def __init__(
        self, choices: Sequence[str] = (), *, open_line: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen = ""
        self._open_line = open_line
        self._choices: tuple[str, ...] = ()
        self._buttons: list[Button] = []
        self._row = QWidget()
        self._flow = FlowLayout(self._row, space=1.5)
        self.reason = LineEdit(
            lambda: _("Reason (kept with the check), then Enter"), name=lambda: _("Reason of the decision")
        )
        self.reason.submitted.connect(self._submit)
        rows = (self.reason, self._row) if open_line else (self._row, self.reason)
        vbox(*rows, space=1.5, parent=self)
        self.reason.setVisible(open_line)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer these decisions; what was half entered goes."""
        self.cancel()
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for number, decision in enumerate(self._choices, 1):
            button = Button(partial(_numbered, number, decision), partial(self.begin, decision), small=True)
            button.setProperty("decision", decision)
            self._buttons.append(button)
            self._flow.addWidget(button)

    def begin(self, decision: str) -> None:
        """Choose a decision and go to its reason."""
        if decision not in self._choices:
            return
        if self.chosen != decision:
            self.reason.setText(_(REASONS[decision]))
        self.chosen = decision
        for button in self._buttons:
            chosen = button.property("decision") == decision
            button.set_icon("check" if chosen else "")
            button.retranslate()
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reason.selectAll()

    def begin_number(self, number: int) -> bool:
        """Choose by number; return whether there is such a decision."""
        if not 1 <= number <= len(self._choices):
            return False
        self.begin(self._choices[number - 1])
        return True

    def cancel(self) -> None:
        """Leave without deciding."""
        if self.chosen:
            self.chosen = ""
            for button in self._buttons:
                button.setIcon(button.icon().__class__())
                button.set_icon("")
                button.retranslate()
        self.reason.clear()
        self.reason.set_state("")
        self.reason.setVisible(self._open_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.chosen:
            self.cancel()
            parent = self.parentWidget()
            if parent is not None:
                parent.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def _submit(self) -> None:
        reason = self.reason.text().strip()
        if not reason or not self.chosen:
            self.reason.set_state("error")
            return
        self.made.emit(self.chosen, reason)


def _numbered(number: int, decision: str) -> str:
    words = _("Refuse the case") if decision == REFUSED else decision_words(decision)
    return f"{number}  {words}"


def number_of(event: QKeyEvent) -> int:
    """Return the digit 1–9 that was pressed without a modifier, or 0."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    return key - Qt.Key.Key_0 if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9 else 0
