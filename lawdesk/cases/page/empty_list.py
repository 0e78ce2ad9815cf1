"""What the list of cases shows when there is nothing: the way to a first case, or to all of them at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, EmptyState, hbox, vbox


class EmptyList(EmptyState):
    """No case fits; in an office without cases: take the first one in, or bring the ledger."""

    def __init__(self, new_case: Callable[[], object], import_ledger: Callable[[], object]) -> None:
        self.new_case = Button(lambda: _("New case"), new_case, icon="plus")
        self.ledger = Button(lambda: _("Import the ledger …"), import_ledger, icon="file-spreadsheet")
        self._office_empty = False
        buttons = QWidget()
        vbox(
            hbox(STRETCH, self.new_case, STRETCH),
            hbox(STRETCH, self.ledger, STRETCH),
            space=2,
            parent=buttons,
        )
        super().__init__("folder-open", self._title, self._note, buttons)
        self.ledger.hide()

    def show_state(self, *, office_empty: bool, ledger: bool) -> None:
        """Say whether the whole office has no case yet; ``ledger``: this person may bring one in."""
        self._office_empty = office_empty
        self.ledger.setVisible(office_empty and ledger)
        self.title.retranslate()
        self.note.retranslate()

    def _title(self) -> str:
        return _("No cases yet") if self._office_empty else _("No case fits")

    def _note(self) -> str:
        if self._office_empty:
            return _("Take in the first one, or bring the firm's ledger")
        return _("Choose All, or take in a new one")
