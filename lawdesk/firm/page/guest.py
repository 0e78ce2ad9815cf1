"""An area of the settings that another feature brings: its widget in the frame all areas have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.kernel.events import Changed
from lawdesk.ui import Page


class Brought(Protocol):
    """What another feature brings: a widget that can read again."""

    def read(self) -> None:
        """Read again; called when the area is shown."""

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""

    def narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""


@dataclass(frozen=True)
class MoreArea:
    """An area of another feature; ``make(page)`` returns its widget (see :class:`Brought`) on the first visit.

    Who lacks the right ``action`` sees who has it instead of the widget.
    """

    key: str
    icon: str
    title: Callable[[], str]
    about: Callable[[], str]
    action: str
    make: Callable[[Page], QWidget]


class GuestArea(Area):
    """The frame around a widget of another feature."""

    def __init__(self, desk: SettingsDesk, page: Page, more: MoreArea) -> None:
        super().__init__(desk, page, more.title, more.about)
        self.key, self.icon, self.action = more.key, more.icon, more.action
        self._make, self.brought = more.make, QWidget()
        self._made = False

    def read(self) -> None:
        if self.may_change and not self._made:
            self._made = True
            self.brought = self._make(self.page)
            self.put(self.brought)
        if self._made:
            self.brought.setVisible(self.may_change)
        if self.may_change:
            self._widget.read()
        actor = self.desk.actor()
        self.run(lambda: self.desk.firm.queries.people(actor), self.say_who, slot="who")

    def refresh(self, change: Changed | None) -> None:
        if self.may_change and self._made:
            self._widget.refresh(change)

    def narrow(self, narrow: bool) -> None:
        if self._made:
            self._widget.narrow(narrow)

    @property
    def _widget(self) -> Brought:
        return self.brought  # type: ignore[return-value]  # a QWidget that is a Brought by agreement
