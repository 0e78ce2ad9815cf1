"""The side sheet of one person: a new colleague, or one who is here already (then every field saves itself)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.queries import PersonRow
from lawdesk.firm.rules import ROLE_TITLES, Role, may
from lawdesk.kernel.errors import LawDeskError, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import (
    STRETCH,
    Autosave,
    Button,
    ComboBox,
    Form,
    Label,
    LineEdit,
    MoneyEdit,
    Page,
    ScrollArea,
    Trouble,
    hbox,
    vbox,
)

ROLE_NOTES = {
    Role.DIRECTOR: N_("Everything: cases, people, firm, keys, backups."),
    Role.LAWYER: N_("Cases, parties, deadlines, documents, own hours; decides on conflicts."),
    Role.ASSISTANT: N_("Cases, parties, deadlines, documents, own hours."),
    Role.ADMINISTRATOR: N_("Everything, like the director."),
    Role.ACCOUNTANT: N_("Reads cases and documents, reports of hours, own hours."),
    Role.AUDITOR: N_("Reads only, changes nothing."),
}


class PersonSheet(QWidget):
    """``person`` None: a new colleague with one button; else every change is kept by itself."""

    def __init__(self, desk: SettingsDesk, page: Page, person: PersonRow | None, rate: int | None) -> None:
        super().__init__()
        self._desk, self._page, self._person, self._rate = desk, page, person, rate
        self._filling, self._login_typed = True, person is not None
        self.name_edit = LineEdit(name=lambda: _("Name of the person"))
        self.login = LineEdit()
        self.role = ComboBox([(role, _title(role)) for role in Role])
        self.licence = LineEdit()
        self.phone = LineEdit()
        self.rate = MoneyEdit()
        self.form = form = Form()
        form.add("name", lambda: _("Name of the person"), self.name_edit, span=21, required=True)
        form.add("login", lambda: _("Login"), self.login, span=21, required=True)
        form.add("role", lambda: _("Role"), self.role, span=21, required=True)
        form.add("licence_number", lambda: _("Licence number"), self.licence, span=21)
        form.add("phone", lambda: _("Telephone"), self.phone, span=21)
        form.add("rate", lambda: _("Rate (yuan an hour, from today on)"), self.rate, span=21)
        form.set_shown("rate", desk.set_rate is not None and person is not None)
        form.set_shown("phone", person is not None)
        self.trouble = Trouble()
        self.reset = Button(lambda: _("Take back their passphrase"), self.take_back, kind="danger", icon="lock")
        self.reset.hide()
        self.button = Button(lambda: _("Add the colleague"), self.add, kind="filled", shortcut="Ctrl+Return")
        self._build()
        self._autosave = Autosave(self._save, parent=self)
        self._fill(person)
        self._offer_reset()
        self._connect()
        if not may(desk.actor(), "person.change"):
            form.setEnabled(False)
        self.setFocusProxy(self.name_edit)

    def leave(self) -> None:
        """Save what is pending."""
        if self._person is not None:
            self._autosave.flush()

    def take_back(self) -> None:
        """End the passphrase of somebody who forgot it: they sit down without one and set another."""
        own, person = self._desk.own, self._person

        def done(_nothing: object) -> None:
            self.reset.hide()
            self._page.toast(lambda: _("The passphrase is taken back; {name} sets a new one").format(name=name))

        if own is not None and person is not None:
            name, reset, number = person.name, own.reset, person.id
            self._desk.tasks.run(lambda: reset(number), done, self._failed, owner=self)

    def _offer_reset(self) -> None:
        own, person = self._desk.own, self._person
        if own is not None and person is not None and may(self._desk.actor(), "signin.reset"):
            has_other, login = own.has_other, person.login
            self._desk.tasks.run(lambda: has_other(login), self.reset.setVisible, owner=self, slot="own")

    def add(self) -> None:
        """Add the new colleague."""
        firm, actor = self._desk.firm, self._desk.actor()
        name, login, licence = self.name_edit.text(), self.login.text().strip(), self.licence.text()
        role = Role(str(self.role.chosen() or Role.LAWYER))

        def done(_key: int) -> None:
            self._page.toast(lambda: _("{name} added").format(name=name.strip()))
            if self._page.host is not None:
                self._page.host.close_sheet()

        self._desk.tasks.run(
            lambda: firm.add_person(actor, name=name, login=login, role=role, licence_number=licence),
            done,
            self._failed,
            owner=self,
        )

    def _build(self) -> None:
        content = QWidget()
        vbox(self.form, self.reset, self.trouble, STRETCH, space=2, margins=(0, 1, 1, 4), parent=content)
        column = vbox(ScrollArea(content), space=0, parent=self)
        column.setStretch(0, 1)
        if self._person is None:
            foot = QFrame()
            foot.setObjectName("foot")
            note = Label(
                lambda: _(
                    "The office's passphrase opens for whoever has none of their own; the login says who acts."
                ),
                step="small",
                tone="text2",
                wrap=True,
            )
            line = hbox(note, self.button, space=3, margins=(0, 2.5, 0, 2.5), parent=foot)
            line.setStretch(0, 1)
            column.addWidget(foot)
        else:
            self.button.setParent(self)
            self.button.hide()

    def _connect(self) -> None:
        self.name_edit.typed.connect(self._name_typed)
        self.login.textEdited.connect(self._typed_login)
        self.role.chosen_changed.connect(self._role_chosen)
        for edit in (self.name_edit, self.licence, self.phone):
            edit.typed.connect(self._autosave.touch)
        self.rate.fen_changed.connect(self._keep_rate)

    def _fill(self, person: PersonRow | None) -> None:
        self._filling = True
        self._person = person
        if person is not None:
            self.name_edit.setText(person.name)
            self.login.setText(person.login)
            self.licence.setText(person.licence_number)
            self.phone.setText(person.phone)
            self.rate.set_fen(self._rate)
            for edit in (self.name_edit, self.licence, self.phone):
                edit.flush()
        self.role.choose(person.role if person is not None else Role.LAWYER)
        self.login.setReadOnly(person is not None)
        self._show_role()
        self._filling = False

    def _show_role(self) -> None:
        role = Role(str(self.role.chosen() or Role.LAWYER))
        self.form.field("role").set_hint(lambda: _(ROLE_NOTES[role]))

    def _role_chosen(self) -> None:
        self._show_role()
        self._save()

    def _typed_login(self) -> None:
        self._login_typed = True

    def _name_typed(self, name: str) -> None:
        if self._login_typed or not name.strip():
            return
        firm, actor = self._desk.firm, self._desk.actor()

        def suggest(login: str) -> None:
            if not self._login_typed:
                self.login.setText(login)

        self._desk.tasks.run(lambda: firm.free_login(actor, name), suggest, owner=self, slot="login")

    def _save(self) -> None:
        person = self._person
        if self._filling or person is None:
            return
        wanted = (
            self.name_edit.text().strip(),
            Role(str(self.role.chosen() or person.role)),
            self.phone.text().strip(),
            self.licence.text().strip(),
        )
        if wanted != (person.name, person.role, person.phone, person.licence_number):
            self._write(person, wanted, undo=True)

    def _write(self, person: PersonRow, wanted: tuple[str, Role, str, str], *, undo: bool) -> None:
        firm, actor = self._desk.firm, self._desk.actor()
        name, role, phone, licence = wanted
        before = (person.name, person.role, person.phone, person.licence_number)

        def work() -> PersonRow:
            firm.change_person(
                actor,
                person.id,
                seen=person.version,
                name=name,
                role=role,
                active=person.active,
                phone=phone,
                licence_number=licence,
            )
            return firm.queries.person(actor, person.id)

        def done(now: PersonRow) -> None:
            self.trouble.clear()
            self.form.clear_problems()
            self._person = now
            if not undo:
                self._fill(now)
            self._show_role()
            back = (lambda: self._write(now, before, undo=False)) if undo else None
            self._page.toast(lambda: _("Saved"), undo=back)

        self._desk.tasks.run(work, done, self._failed, owner=self)

    def _keep_rate(self, fen: int | None) -> None:
        person, keep = self._person, self._desk.set_rate
        if self._filling or person is None or keep is None or fen is None:
            return
        today = self._desk.clock.today()
        self._desk.tasks.run(
            lambda: keep(person.id, fen, today),
            lambda _done: self._page.toast(lambda: _("Rate kept; it holds from today on")),
            self._failed,
            owner=self,
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused) and not self.form.show_problems(error.problems):
            return
        if isinstance(error, LawDeskError) and error.code == "stale" and self._person is not None:
            again = Button(lambda: _("Show the new state"), self._show_new_state, small=True)
            self.trouble.show_error(error, again)
            return
        self.trouble.show_error(error)
        if isinstance(error, LawDeskError) and error.code == "firm.last_head":
            self._fill(self._person)
            self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_new_state(self) -> None:
        person, firm, actor = self._person, self._desk.firm, self._desk.actor()
        if person is None:
            return

        def done(now: PersonRow) -> None:
            self.trouble.clear()
            self._fill(now)

        self._desk.tasks.run(lambda: firm.queries.person(actor, person.id), done, self._failed, owner=self)


def _title(role: Role) -> Callable[[], str]:
    return lambda: _(ROLE_TITLES[role])
