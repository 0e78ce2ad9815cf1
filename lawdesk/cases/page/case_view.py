"""One case in the detail: head, tabs, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from lawdesk.cases.page.facts_sheet import FactsSheet
from lawdesk.cases.page.handed_in import CaseActions, CaseTab, Desk
from lawdesk.cases.page.history import HistoryList
from lawdesk.cases.page.overview import Overview
from lawdesk.cases.page.party_card import open_party
from lawdesk.cases.page.party_sheet import AddPartySheet
from lawdesk.cases.page.proceeding_sheet import ProceedingSheet
from lawdesk.cases.page.shown import CaseShown, read_case
from lawdesk.cases.page.tabs import PartiesTab, ProceedingsTab
from lawdesk.cases.page.wall_mark import WallMark, WallsSheet
from lawdesk.cases.page.words import proceeding_title, standing_labels, status_look
from lawdesk.cases.queries import CaseDetail
from lawdesk.cases.rules import STATUS_TITLES, CaseStatus
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import Button, Chip, Command, DetailHeader, Follows, Tabs, Trouble, vbox

OWN_SUBJECTS = ("case", "proceeding", "party", "enquiry", "person", "clearance")


class CaseView(Follows, QWidget):
    """A case with its tabs. ``shown_case(case id)`` when another one is on screen."""

    shown_case = Signal(int)

    def __init__(self, desk: Desk, tabs: Sequence[CaseTab], actions: CaseActions | None) -> None:
        super().__init__()
        self._desk, self._extra, self._actions = desk, list(tabs), actions
        self._shown: CaseShown | None = None
        self._wanted: int | None = None
        self._narrow = False
        self._others: dict[str, QWidget] = {}
        self.header = DetailHeader()
        self.trouble = Trouble()
        self.overview = Overview(tabs)
        self.proceedings = ProceedingsTab()
        self.parties = PartiesTab()
        self.history = HistoryList()
        self._own: dict[str, QWidget] = {
            "overview": self.overview,
            "proceedings": self.proceedings,
            "parties": self.parties,
            "history": self.history,
        }
        choices = [
            ("overview", lambda: _("Overview")),
            ("proceedings", lambda: _("Proceedings")),
            ("parties", lambda: _("Parties")),
        ]
        self.tabs = Tabs(
            [*choices, *((tab.key, tab.words) for tab in tabs), ("history", lambda: _("History"))],
            self._tab_chosen,
            name=lambda: _("Parts of the case"),
        )
        self._stack = QStackedWidget()
        for widget in self._own.values():
            self._stack.addWidget(widget)
        top = QWidget()
        vbox(self.header, self.tabs, space=2, margins=(0, 0, 5, 0), parent=top)
        column = vbox(top, self.trouble, self._stack, space=0, margins=(6, 4, 0, 0), parent=self)
        column.setStretch(2, 1)
        self._connect()

    @property
    def case_id(self) -> int | None:
        """Which case is on screen or on its way."""
        return self._wanted

    @property
    def shown(self) -> CaseShown | None:
        """What is on screen."""
        return self._shown

    def show_case(self, case_id: int, tab: str = "") -> None:
        """Read a case and show it."""
        if case_id != self._wanted:
            self._drop_others()
        self._wanted = case_id
        if tab in self.tabs.choices:
            self.tabs.choose(tab)
        self._read()

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""
        if self._wanted is None:
            return
        ours = change is None or not change.case_ids or self._wanted in change.case_ids
        if not ours:
            return
        self._read()
        if change is None or change.subject not in ("case", "proceeding", "party"):
            self.overview.refresh(change)
        for widget in self._others.values():
            read = getattr(widget, "refresh", None)
            if read is not None:
                read(change)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self._narrow = narrow
        self.overview.set_narrow(narrow)
        self._fill_head()

    def retranslate(self) -> None:
        if self._shown is not None:
            self._fill(self._shown)

    # -- what can be done -------------------------------------------------------------------------------------

    def commands(self) -> list[Command | None]:
        """Return what can be done with the case on screen."""
        shown = self._shown
        if shown is None:
            return []
        closed = shown.case.status != CaseStatus.OPEN
        more = list(self._actions(shown.case.id))[2:] if self._actions is not None else []
        end = (
            Command("case.reopen", lambda: _("Open the case again"), self.reopen, icon="rotate-cw")
            if closed
            else Command("case.close", lambda: _("Close the case"), self.close_case, icon="circle-check")
        )
        return [
            *more,
            Command(
                "case.edit", lambda: _("Edit the facts of the case"), self.edit, icon="pencil", shortcut="Ctrl+E"
            ),
            Command("proceeding.add", lambda: _("Add a proceeding"), self.add_proceeding, icon="gavel"),
            Command("case.party", lambda: _("Add a party"), self.add_party, icon="users"),
            self._access_command(shown.case),
            Command("case.copy", lambda: _("Copy the case number"), self.copy_number, icon="copy"),
            None,
            end,
        ]

    def every_command(self) -> list[Command]:
        """Return what can be done with the case on screen, also what stands as a button in its head."""
        shown = self._shown
        head = list(self._actions(shown.case.id))[:2] if self._actions is not None and shown is not None else []
        return [*head, *(command for command in self.commands() if command is not None)]

    def edit(self) -> None:
        """Edit the facts of the case in the side sheet."""
        if self._shown is not None:
            sheet = FactsSheet(self._desk, self._shown)
            self._desk.open_sheet(sheet, lambda: _("Facts of the case"), on_close=sheet.leave)

    def show_walls(self) -> None:
        """Show in the side sheet who is inside the walls around the case."""
        if self._shown is not None and self._shown.walls:
            self._desk.open_sheet(WallsSheet(self._shown.walls), lambda: _("Ethical walls"))

    def add_proceeding(self) -> None:
        """Add a proceeding in the side sheet."""
        if self._shown is not None:
            self._desk.open_sheet(
                ProceedingSheet(self._desk, self._shown.case, None), lambda: _("Add a proceeding")
            )

    def open_proceeding(self, proceeding_id: int) -> None:
        """Change a proceeding in the side sheet."""
        rows = self._shown.case.proceedings if self._shown is not None else ()
        row = next((found for found in rows if found.id == proceeding_id), None)
        if row is not None and self._shown is not None:
            sheet = ProceedingSheet(self._desk, self._shown.case, row)
            self._desk.open_sheet(sheet, lambda: proceeding_title(row.kind))

    def add_party(self) -> None:
        """Add a party in the side sheet."""
        if self._shown is not None and self._desk.clear is not None:
            self._desk.open_sheet(AddPartySheet(self._desk, self._shown.case), lambda: _("Add a party"))

    def copy_number(self) -> None:
        """Put the firm's case number on the clipboard."""
        if self._shown is not None:
            number = self._shown.case.number
            QGuiApplication.clipboard().setText(number)
            self._desk.page.toast(lambda: _("{number} copied").format(number=number))

    def _access_command(self, case: CaseDetail) -> Command:
        if case.access == "team":
            return Command(
                "case.office", lambda: _("Let the whole office see it"), self._opener("office"), icon="eye"
            )
        return Command("case.team", lambda: _("Keep it to its team"), self._opener("team"), icon="eye-off")

    def _opener(self, access: str, *, undo: bool = True) -> Callable[[], None]:
        return lambda: self.set_access(access, undo=undo)

    def set_access(self, access: str, *, undo: bool = True) -> None:
        """Let the office see the case, or its team only; the toast takes it back."""
        if self._wanted is None:
            return
        desk, actor, case_id = self._desk, self._desk.actor(), self._wanted

        def done(_result: object) -> None:
            back = self._opener("team" if access == "office" else "office", undo=False) if undo else None
            words = (lambda: _("The team only sees it")) if access == "team" else (lambda: _("The office sees it"))
            desk.page.toast(words, undo=back)

        desk.run(lambda: desk.cases.set_access(actor, case_id, access), done, self.trouble.show_error, owner=self)

    def close_case(self) -> None:
        """Close the case today; the toast takes it back."""
        self._change_status(close=True, undo=True)

    def reopen(self) -> None:
        """Open a closed case again; the toast takes it back."""
        self._change_status(close=False, undo=True)

    def _change_status(self, *, close: bool, undo: bool) -> None:
        if self._wanted is None:
            return
        desk, actor, case_id, today = self._desk, self._desk.actor(), self._wanted, self._desk.today()

        def work() -> None:
            if close:
                desk.cases.close_case(actor, case_id, today)
            else:
                desk.cases.reopen_case(actor, case_id)

        def done(_result: object) -> None:
            back = (lambda: self._change_status(close=not close, undo=False)) if undo else None
            desk.page.toast(lambda: _("Case closed") if close else _("Case open again"), undo=back)

        desk.run(work, done, self.trouble.show_error, owner=self)

    # -- showing ----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.overview.proceeding_opened.connect(self.open_proceeding)
        self.overview.party_opened.connect(self._open_party)
        self.overview.add_proceeding.connect(self.add_proceeding)
        self.overview.add_party.connect(self.add_party)
        self.overview.edit.connect(self.edit)
        self.overview.history_asked.connect(lambda: self._choose_tab("history"))
        self.proceedings.opened.connect(self.open_proceeding)
        self.proceedings.party_opened.connect(self._open_party)
        self.proceedings.add.connect(self.add_proceeding)
        self.parties.opened.connect(self._open_party)
        self.parties.add.connect(self.add_party)

    def _open_party(self, party_id: int) -> None:
        open_party(self._desk, party_id)

    def _read(self) -> None:
        case_id = self._wanted
        assert case_id is not None
        self._desk.run(
            lambda: read_case(self._desk, case_id, self._extra),
            self._fill,
            self._failed,
            owner=self,
            slot="case",
        )

    def _failed(self, error: BaseException) -> None:
        self.trouble.show_error(error, Button(lambda: _("Try again"), self._read, kind="link"))

    def _fill(self, shown: CaseShown) -> None:
        another = self._shown is None or self._shown.case.id != shown.case.id
        self._shown = shown
        today: date = self._desk.today()
        self.trouble.clear()
        self._fill_head()
        self.overview.fill(shown, today)
        self.proceedings.fill(shown)
        self.parties.fill(shown)
        self.history.fill(shown.history, today)
        for key, count in shown.counts.items():
            self.tabs.set_count(key, count or None)
        self._tab_chosen()
        if another:
            self.shown_case.emit(shown.case.id)

    def _fill_head(self) -> None:
        shown = self._shown
        if shown is None:
            return
        case = shown.case
        tone, icon = status_look(case.status)
        chips = [Chip(lambda: _(STATUS_TITLES[case.status]), tone=tone, icon=icon)]
        if case.stage:
            chips.append(Chip(case.stage, icon="gavel"))
        labels = standing_labels(case.parties)
        clients = listed([f"{row.name}（{labels[row.party_id]}）" for row in case.clients])
        segments = [
            _("Client {names}").format(names=clients) if clients else "",
            _("Lead {name}").format(name=case.lead),
            _("Assisting {names}").format(names=listed([member.name for member in case.assistants]))
            if case.assistants
            else "",
            _("Taken in {day}").format(day=long_date(case.received_on)),
        ]
        if shown.walls:
            chips.append(WallMark(shown.walls, self.show_walls))
        if case.access == "team":
            chips.append(Chip(lambda: _("Team only"), icon="eye-off"))
        title = case.title if case.cause in case.title else f"{case.title} {case.cause}"
        self.header.set_head(number=case.number, chips=chips, title=title, segments=segments)
        self.header.set_actions(*self._head_buttons(), more=self.commands, more_name=lambda: _("More"))

    def _head_buttons(self) -> list[Button]:
        shown = self._shown
        given = list(self._actions(shown.case.id))[:2] if self._actions is not None and shown is not None else []
        if not given:
            given = [Command("case.edit", lambda: _("Edit"), self.edit, icon="pencil")]
        return [
            Button("" if self._narrow else command.title, command.run, icon=command.icon, name=command.title)
            for command in given
        ]

    def _choose_tab(self, key: str) -> None:
        self.tabs.choose(key)
        self._tab_chosen()

    def _tab_chosen(self) -> None:
        key = self.tabs.chosen()
        widget = self._own.get(key) or self._others.get(key)
        if widget is None and self._shown is not None:
            tab = next(found for found in self._extra if found.key == key)
            widget = self._others[key] = tab.make(self._shown.case.id, self)
            self._stack.addWidget(widget)
        if widget is not None:
            self._stack.setCurrentWidget(widget)

    def _drop_others(self) -> None:
        """Another case comes: the tabs of the other features are made anew for it."""
        for widget in self._others.values():
            self._stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._others.clear()
