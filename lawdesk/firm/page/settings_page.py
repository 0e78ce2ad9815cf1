"""The Settings page: areas left, a form right; everything is applied at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from lawdesk.firm.page.about import AboutArea
from lawdesk.firm.page.appearance import AppearanceArea
from lawdesk.firm.page.area import Area
from lawdesk.firm.page.backup_area import BackupArea
from lawdesk.firm.page.deadline_area import DeadlineArea
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.page.firm_area import FirmArea
from lawdesk.firm.page.guest import GuestArea, MoreArea
from lawdesk.firm.page.people import PeopleArea
from lawdesk.firm.page.rights_area import RightsArea
from lawdesk.firm.page.security import SecurityArea
from lawdesk.firm.page.walls_area import WallsArea
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.ui import Command, Label, ListDetail, ListModel, Page, Row, RowList, WidthClass, panel, vbox


@dataclass(frozen=True)
class _Entry:
    """One area in the list: made on its first visit; ``more`` says what another feature brings."""

    kind: type[Area]
    title: Callable[[], str]
    about: Callable[[], str]
    more: MoreArea | None = None

    @property
    def key(self) -> str:
        """What the area is called in code."""
        return self.kind.key if self.more is None else self.more.key

    @property
    def icon(self) -> str:
        """Its icon in the list."""
        return self.kind.icon if self.more is None else self.more.icon


class SettingsPage(Page):
    """Appearance, people, firm, deadlines, security, backup, about. ``go_to(area="backup")`` shows one."""

    key, icon = "settings", "settings"

    def __init__(self, desk: SettingsDesk, more_areas: Sequence[MoreArea] = ()) -> None:
        super().__init__()
        self._desk = desk
        walls = [_Entry(WallsArea, lambda: _("Ethical walls"), lambda: _("Who sees what, who asked"))]
        walls = walls if desk.walls is not None else []
        self._entries = [
            _Entry(AppearanceArea, lambda: _("Appearance"), lambda: _("Theme, text size, language")),
            _Entry(PeopleArea, lambda: _("People"), lambda: _("Colleagues, roles, logins")),
            _Entry(RightsArea, lambda: _("Rights"), lambda: _("Roles and what they may do")),
            *walls,
            _Entry(FirmArea, lambda: _("Firm"), lambda: _("Name, case numbers, hours")),
            _Entry(DeadlineArea, lambda: _("Deadlines and reminders"), lambda: _("Reminders, second person")),
            _Entry(SecurityArea, lambda: _("Office and security"), lambda: _("Passphrase, locking, records")),
            _Entry(BackupArea, lambda: _("Backup"), lambda: _("Make, check, where they lie")),
            *(_Entry(GuestArea, more.title, more.about, more) for more in more_areas),
            _Entry(AboutArea, lambda: _("About LawDesk"), lambda: _("Version and licences")),
        ]
        self.areas: dict[str, Area] = {}
        self._stack = QStackedWidget()
        self.model = ListModel(to_row=self._row, parent=self)
        self.list = RowList(self.model, name=lambda: _("Settings"), layout="side", uniform=True)
        self.panes = ListDetail(
            panel(Label(lambda: _("Settings"), step="h1"), 1, self.list, margins=(3, 4, 1.5, 0)),
            self._stack,
            back=lambda: _("Settings"),
            list_width=18,
        )
        vbox(self.panes, parent=self)
        self.model.set_items(self._entries)
        self.list.chosen.connect(lambda entry: self._show(entry, detail=False))
        self.list.opened.connect(lambda entry: self._show(entry, detail=True))
        self.list.choose_first()

    def title(self) -> str:
        return _("Settings")

    def activated(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        shown = self.current()
        if shown is not None:
            shown.read()

    def go_to(self, **target: Any) -> None:
        for entry in self._entries:
            if entry.key == target.get("area"):
                self.list.choose_key(entry.key)
                self._show(entry, detail=True)

    def refresh(self, change: Changed | None) -> None:
        shown = self.current()
        if shown is not None:
            shown.refresh(change)

    def resized(self, width: WidthClass) -> None:
        self.panes.set_narrow(width == "narrow")
        for area in self.areas.values():
            area.narrow(width == "narrow")

    def commands(self) -> list[Command]:
        made = [
            Command(f"settings.{entry.key}", entry.title, self._goer(entry), entry.icon) for entry in self._entries
        ]
        people = self.current()
        if isinstance(people, PeopleArea) and people.may_change:
            made.append(Command("person.add", lambda: _("Add a colleague"), people.add_person, "plus"))
        return made

    def current(self) -> Area | None:
        """Return the area in view."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Area) else None

    def _goer(self, entry: _Entry) -> Callable[[], None]:
        return lambda: self.go_to(area=entry.key)

    def _row(self, entry: _Entry) -> Row:
        return Row(key=entry.key, title=entry.title(), icon=entry.icon, segments=(entry.about(),))

    def _show(self, entry: _Entry | None, *, detail: bool) -> None:
        if entry is None:
            return
        area = self.areas.get(entry.key)
        if area is None:
            area = entry.kind(self._desk, self) if entry.more is None else GuestArea(self._desk, self, entry.more)
            self.areas[entry.key] = area
            area.narrow(self.width_class == "narrow")
            self._stack.addWidget(area)
        self._stack.setCurrentWidget(area)
        area.read()
        if detail:
            self.panes.show_detail()
