"""The area of the settings: persons, requests, files, breaches, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.privacy.page.breaches import BreachesPart
from lawdesk.privacy.page.files import FilesPart
from lawdesk.privacy.page.part import Part, PrivacyDesk
from lawdesk.privacy.page.person import PersonPart
from lawdesk.privacy.page.requests import RequestsPart
from lawdesk.ui import Tabs, vbox

SUBJECTS = frozenset({"privacy", "party", "case", "enquiry"})


class PrivacyArea(QWidget):
    """Personal data in the settings."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__()
        self._desk = desk
        self._kinds: dict[str, Callable[[PrivacyDesk], Part]] = {
            "person": PersonPart,
            "requests": RequestsPart,
            "files": FilesPart,
            "breaches": BreachesPart,
        }
        self.parts: dict[str, Part] = {}
        self._narrow = False
        self.tabs = Tabs(
            [
                ("person", lambda: _("Persons")),
                ("requests", lambda: _("Requests")),
                ("files", lambda: _("Closed files")),
                ("breaches", lambda: _("Breaches")),
            ],
            self._changed,
            name=lambda: _("Personal data"),
        )
        self._column = vbox(self.tabs, space=3, parent=self)

    def show_part(self, key: str) -> Part:
        """Show one part, made on its first visit."""
        part = self.parts.get(key)
        if part is None:
            part = self.parts[key] = self._kinds[key](self._desk)
            part.narrow(self._narrow)
            self._column.addWidget(part)
        for name, one in self.parts.items():
            one.setVisible(name == key)
        part.read()
        return part

    def read(self) -> None:
        """Read the part in view again."""
        self.show_part(str(self.tabs.chosen()))

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""
        if change is None or change.subject in SUBJECTS:
            self.read()

    def narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self._narrow = narrow
        for part in self.parts.values():
            part.narrow(narrow)

    def _changed(self) -> None:
        self.read()
