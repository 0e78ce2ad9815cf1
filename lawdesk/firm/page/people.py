"""The people of the firm: who they are, what they may do, and who has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.page.person_sheet import PersonSheet
from lawdesk.firm.queries import PersonRow
from lawdesk.firm.rules import ROLE_TITLES
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.kernel.money import format_fen
from lawdesk.ui import (
    STRETCH,
    Button,
    Label,
    ListModel,
    Page,
    Row,
    RowAction,
    RowList,
    Status,
    hbox,
    sized,
    theme,
)


@dataclass(frozen=True)
class _Read:
    """One reading of the area."""

    people: list[PersonRow]
    rates: Mapping[int, int]


class PeopleArea(Area):
    """Colleagues with role, login and licence number; Enter opens one, those who left stand at the end."""

    key, icon, action = "people", "users", "person.change"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(desk, page, lambda: _("People"))
        self._rates: Mapping[int, int] = {}
        self.people: list[PersonRow] = []
        self.model = ListModel(to_row=self._row, parent=self)
        self.list = RowList(self.model, name=lambda: _("People"))
        self.list.opened.connect(self.open_person)
        self.list.acted.connect(self._act)
        self.add = Button(lambda: _("Add a colleague"), self.add_person, icon="plus")
        self.count = Label("", step="small", tone="text2")
        self.put(hbox(self.count, STRETCH, self.add), self.list)

    def read(self) -> None:
        desk, actor = self.desk, self.desk.actor()

        def work() -> _Read:
            people = desk.firm.queries.people(actor, everybody=True)
            return _Read(people, desk.rates() if desk.rates is not None else {})

        self.run(work, self._fill, slot="people")

    def restyle(self) -> None:
        if hasattr(self, "list"):
            self._fit()

    def retranslate(self) -> None:
        if hasattr(self, "list"):
            self._count()

    def narrow(self, narrow: bool) -> None:
        self.list.set_narrow(narrow)

    def add_person(self) -> None:
        """Open the side sheet for a new colleague."""
        self._open(PersonSheet(self.desk, self.page, None, None), _("New colleague"))

    def open_person(self, person: PersonRow) -> None:
        """Open one person in the side sheet."""
        own = person.id == self.desk.actor().person_id
        rate = self._rates.get(person.id) if own or self.may_change else None
        self._open(PersonSheet(self.desk, self.page, person, rate), person.name)

    def set_active(self, person: PersonRow, active: bool, *, undo: bool = True) -> None:
        """Mark somebody as left, or as back; the toast takes it back."""
        desk, actor = self.desk, self.desk.actor()

        def work() -> PersonRow:
            desk.firm.change_person(
                actor, person.id, seen=person.version, name=person.name, role=person.role, active=active
            )
            return desk.firm.queries.person(actor, person.id)

        def done(now: PersonRow) -> None:
            self.trouble.clear()
            back = (lambda: self.set_active(now, not active, undo=False)) if undo else None
            words = _("{name} is back") if active else _("{name} is marked as left and can no longer act")
            self.page.toast(lambda: words.format(name=now.name), undo=back)
            self.read()

        self.run(work, done)

    def _open(self, sheet: PersonSheet, title: str) -> None:
        if self.page.host is not None:
            self.page.host.open_sheet(sheet, title, on_close=sheet.leave)

    def _act(self, person: PersonRow, key: str) -> None:
        if key == "open":
            self.open_person(person)
        else:
            self.set_active(person, key == "back")

    def _fill(self, read: _Read) -> None:
        self._rates = read.rates
        self.people = sorted(read.people, key=lambda person: not person.active)
        self.model.set_items(self.people)
        self.add.setVisible(self.may_change)
        self.say_who(read.people)
        self._count()
        self._fit()

    def _count(self) -> None:
        here = sum(1 for person in self.people if person.active)
        self.count.set_words(
            lambda: ngettext("{count} person works here", "{count} people work here", here).format(count=here)
        )

    def _fit(self) -> None:
        """Be as high as the rows: the area scrolls, not the list in it."""
        look = theme.current()
        sized(self.list, height=(look.list_row_height + 2) * max(1, len(self.people)) / look.base)

    def _row(self, person: PersonRow) -> Row:
        own = person.id == self.desk.actor().person_id
        rate = self._rates.get(person.id) if own or self.may_change else None  # what others cost is not for all
        actions = [RowAction("open", lambda: _("Details"), "pencil", "F2")]
        if self.may_change and person.active:
            actions.append(RowAction("left", lambda: _("Mark as left"), "log-out", "Del"))
        elif self.may_change:
            actions.append(RowAction("back", lambda: _("Is back"), "undo-2"))
        return Row(
            key=person.id,
            title=person.name,
            icon="user" if person.active else "log-out",
            icon_tone="text2" if person.active else "text3",
            segments=(
                _("Login {login}").format(login=person.login),
                _("Licence {number}").format(number=person.licence_number) if person.licence_number else "",
                _("{amount} yuan an hour").format(amount=format_fen(rate)) if rate is not None else "",
                _("You") if own else "",
            ),
            status=None if person.active else Status(_("Left")),
            date=_(ROLE_TITLES[person.role]),
            actions=actions,
        )
