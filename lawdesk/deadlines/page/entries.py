"""The two entries of this feature, each made once: what was typed survives closing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.entry import EventSheet
from lawdesk.deadlines.page.manual import ManualSheet
from lawdesk.kernel.i18n import _


class Entries(QObject):
    """Opens the entry of events and of dates by hand. ``recorded(event_id)``, ``entered(deadline_id)``."""

    recorded = Signal(int)
    entered = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.event_sheet: EventSheet | None = None
        self.manual_sheet: ManualSheet | None = None

    def record_event(self, case_id: int | None = None, line: str = "") -> None:
        """Open the entry of an event; ``line`` is typed in and read back."""
        if self.event_sheet is None:
            self.event_sheet = EventSheet(self._desk)
            self.event_sheet.saved.connect(self.recorded)
        self._desk.open_sheet(self.event_sheet, lambda: _("What happened"), keep=True)
        self.event_sheet.begin(case_id, line)

    def enter_by_hand(self, case_id: int | None = None, kind: str = "deadline") -> None:
        """Open the entry of a ``deadline``, ``hearing`` or ``task`` by hand."""
        if self.manual_sheet is None:
            self.manual_sheet = ManualSheet(self._desk)
            self.manual_sheet.saved.connect(self.entered)
        self._desk.open_sheet(self.manual_sheet, lambda: _("Date by hand"), keep=True)
        self.manual_sheet.begin(case_id, kind)
