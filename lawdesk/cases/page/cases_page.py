"""The cases page: the list left (filtered, sorted and paged in SQL), the case or enquiry right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from lawdesk.cases.page.case_view import CaseView
from lawdesk.cases.page.empty_list import EmptyList
from lawdesk.cases.page.enquiries import EnquirySheet, EnquiryView, enquiry_row
from lawdesk.cases.page.files_asked import Files
from lawdesk.cases.page.handed_in import Alike, CaseActions, CaseMark, CaseTab, Clear, Desk, Marks, Twins
from lawdesk.cases.page.import_door import ImportDoor
from lawdesk.cases.page.import_ledger import LedgerNeeds
from lawdesk.cases.page.party_card import open_party
from lawdesk.cases.page.wall_mark import wall_sign
from lawdesk.cases.queries import CaseFilter, CaseRow, EnquiryRow
from lawdesk.cases.rules import CaseStatus
from lawdesk.cases.service import CaseService
from lawdesk.firm import Actor, FirmService, WallQueries, oversees
from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    Command,
    EmptyState,
    FilterChips,
    Label,
    LineEdit,
    ListDetail,
    ListModel,
    Page,
    Row,
    RowList,
    Status,
    TaskRunner,
    WidthClass,
    hbox,
    menu_of,
    more_button,
    panel,
    vbox,
)

Item = tuple[CaseRow, CaseMark | None, bool] | EnquiryRow
"""A case with what is next in it and whether it stands behind a wall, or an enquiry."""


@dataclass(frozen=True)
class _Chosen:
    """What the list shows."""

    which: str
    words: str
    sort: str


class CasesPage(Page):
    """Cases and open enquiries.

    ``tabs`` are other features' parts of a case, ``marks`` gives the next date of each case in the list,
    ``actions`` what can be done with a case, ``walls`` says which stand behind a wall,
    ``clear`` checks the name of a party to be added, ``ledger`` does
    what other features do when the firm's ledger comes in (without it none is offered), ``files`` asks for files.
    ``go_to(case_id=…, tab=…)``, ``go_to(party_id=…)``, ``go_to(enquiry_id=…)``, ``go_to(new="enquiry")``.
    """

    key, icon = "cases", "folder-open"

    def __init__(
        self,
        cases: CaseService,
        firm: FirmService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clear: Clear | None = None,
        tabs: Sequence[CaseTab] = (),
        marks: Marks | None = None,
        actions: CaseActions | None = None,
        clock: Clock | None = None,
        ledger: LedgerNeeds | None = None,
        files: Files | None = None,
        alike: Alike | None = None,
        walls: WallQueries | None = None,
        twins: Twins | None = None,
    ) -> None:
        super().__init__()
        self._desk = Desk(cases, firm, actor, tasks, clock or SystemClock(), self, clear, alike, walls, twins)
        self._marks = marks
        self._sort = "received"
        self._office_empty = False
        self._target: int | None = None
        self._enquiry_sheet: EnquirySheet | None = None
        self.list: RowList
        self.panes: ListDetail
        self.model = ListModel(tasks, to_row=self._row, parent=self)
        self.view = CaseView(self._desk, tabs, actions)
        self.enquiry = EnquiryView(self._desk)
        self._whole = QStackedWidget()
        self.door = ImportDoor(
            self._desk,
            self._whole,
            ledger=ledger,
            files=files or Files(),
            show_cases=self._show_all,
            open_thing=self.go_to,
        )
        self._build()
        self.model.loaded.connect(self._loaded)
        self._reload()

    def title(self) -> str:
        return _("Cases")

    def activated(self) -> None:
        if self.door.view is not None:
            self.door.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.panes.narrow or self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, **target: Any) -> None:
        if target and target.get("party_id") is None:
            self._whole.setCurrentIndex(0)
        if target.get("case_id") is not None:
            self._open_case(int(target["case_id"]), str(target.get("tab") or ""))
        elif target.get("party_id") is not None:
            open_party(self._desk, int(target["party_id"]))
        elif target.get("enquiry_id") is not None:
            self._target = int(target["enquiry_id"])
            self.filter.choose("enquiries")
            self._reload()
        elif target.get("new") == "enquiry":
            self.new_enquiry()

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.case_ids or change.subject in ("case", "enquiry", "party", "person", "wall"):
            self.model.reload()
        self.view.refresh(change)

    def commands(self) -> Sequence[Command]:
        own = [
            Command("case.new", lambda: _("New case"), self.new_case, icon="file-plus-2", shortcut="Ctrl+Shift+N"),
            Command("enquiry.new", lambda: _("Note an enquiry"), self.new_enquiry, icon="phone"),
            Command(
                "cases.find",
                lambda: _("Search in the list of cases"),
                self._find,
                icon="search",
                shortcut="Ctrl+F",
            ),
        ]
        seen = self.view.every_command() if self.door.view is None else ()
        return [*own, *self.door.commands(), *seen]

    def resized(self, width: WidthClass) -> None:
        narrow = width == "narrow"
        self.panes.set_narrow(narrow)
        self.view.set_narrow(narrow)
        self.door.set_narrow(narrow)

    def retranslate(self) -> None:
        super().retranslate()
        self.model.reload()  # what is next in a case is read in words

    def new_case(self) -> None:
        """Go to the new-case page."""
        self.go("new-case")

    def new_enquiry(self) -> None:
        """Note an enquiry in the side sheet; what was typed before is still there."""
        if self._enquiry_sheet is None:
            self._enquiry_sheet = EnquirySheet(self._desk)
            self._enquiry_sheet.taken.connect(lambda enquiry_id: self.go_to(enquiry_id=enquiry_id))
        self._desk.open_sheet(self._enquiry_sheet, lambda: _("Note an enquiry"))
        self._enquiry_sheet.caller.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._count = Label("", step="body", tone="text2")
        sort = Button(kind="ghost", icon="list-filter", name=lambda: _("Sort"), run=lambda: self._sort_menu(sort))
        new = Button(kind="ghost", icon="plus", name=lambda: _("New case"), run=self.new_case)
        more = more_button(lambda: _("More"), self.door.menu)
        head = hbox(Label(self.title, step="h1"), self._count, STRETCH, sort, new, more, space=1)
        self.words = LineEdit(
            lambda: _("Name, number, cause, party"), icon="search", name=lambda: _("Search in the list of cases")
        )
        self.words.typed.connect(lambda _text: self._reload())
        self.words.submitted.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.filter = FilterChips(
            [
                ("mine", lambda: _("Mine")),
                ("open", lambda: pgettext("cases", "Open")),
                ("closed", lambda: _("Closed")),
                ("all", lambda: _("All")),
                ("enquiries", lambda: _("Enquiries")),
            ],
            self._filter_changed,
            name=lambda: _("Which cases"),
        )
        if oversees(self._desk.actor()):
            self.filter.choose("open")
        self.empty = EmptyList(self.new_case, self.door.import_ledger)
        self.list = RowList(
            self.model,
            name=lambda: _("Cases"),
            layout="side",
            empty=self.empty,
            accept_files=True,
            uniform=True,
        )
        self.list.files_dropped.connect(lambda _item, paths: self.door.dropped(paths))
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda index: self._opened(self.model.item(index.row())))
        top = panel(head, self.words, self.filter, space=2, margins=(5, 4, 4, 0))
        rows = panel(self.list, space=0, margins=(2, 0, 2, 0))
        left = panel(top, rows, space=1.5, margins=(0, 0, 0, 1))
        left.setFocusProxy(self.list)
        self._none = EmptyState(
            "folder-open", lambda: _("Choose a case at the left"), lambda: _("or press Ctrl+K and type a name")
        )
        self._stack = QStackedWidget()
        for widget in (self._none, self.view, self.enquiry):
            self._stack.addWidget(widget)
        self.panes = ListDetail(left, self._stack, back=lambda: _("Cases"), list_width=23)
        self._whole.addWidget(self.panes)
        vbox(self._whole, space=0, parent=self)

    def _sort_menu(self, button: Button) -> None:
        choices = [
            ("received", _("Newest first")),
            ("number", _("By number")),
            ("title", _("By name")),
            ("lead", _("By lead")),
        ]

        def command(key: str, words: str) -> Command:
            return Command(key, words, lambda: self._sort_by(key), icon="check" if key == self._sort else "circle")

        menu = menu_of([command(key, words) for key, words in choices], button)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_all(self) -> None:
        """Show every case, newest first: what an import made is among them."""
        self._whole.setCurrentIndex(0)
        self._target, self._sort = None, "received"
        self.filter.choose("all")
        self._reload()
        self.panes.show_list()

    # -- the list ---------------------------------------------------------------------------------------------

    def _sort_by(self, key: str) -> None:
        self._sort = key
        self._reload()

    def _find(self) -> None:
        self._whole.setCurrentIndex(0)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _filter_changed(self) -> None:
        self._target = None
        self._reload()

    def _reload(self) -> None:
        chosen = _Chosen(self.filter.chosen(), self.words.text().strip(), self._sort)
        self.model.load(lambda offset, limit: self._fetch(chosen, offset, limit))

    def _fetch(self, chosen: _Chosen, offset: int, limit: int) -> tuple[Sequence[Item], int]:
        """Read one page; runs on the worker."""
        actor, queries = self._desk.actor(), self._desk.cases.queries
        if chosen.which == "enquiries":
            rows = queries.list_enquiries(actor, words=chosen.words)
            return rows[offset : offset + limit], len(rows)
        status = {"closed": CaseStatus.CLOSED, "all": None}.get(chosen.which, CaseStatus.OPEN)
        mine = actor.person_id if chosen.which == "mine" else None
        wanted = CaseFilter(status=status, person_id=mine, words=chosen.words)
        found = queries.list_cases(actor, wanted, sort=chosen.sort, offset=offset, limit=limit)
        marks = self._marks(actor, [row.id for row in found]) if self._marks is not None else {}
        total = queries.count_cases(actor, wanted)
        self._office_empty = not total and not queries.count_cases(actor, CaseFilter(status=None))
        walled = self._desk.walls.walled_cases(actor) if self._desk.walls is not None else frozenset()
        return [(row, marks.get(row.id), row.id in walled) for row in found], total

    def _row(self, item: Item) -> Row:
        if isinstance(item, EnquiryRow):
            return enquiry_row(item)
        case, mark, walled = item
        today = self._desk.today()
        sign = wall_sign() if walled else None
        if mark is None:
            return Row(
                key=case.id,
                title=case.title,
                segments=(case.cause, case.stage),
                sign=sign,
                date=short_date(case.received_on, today) if self._marks is None else "–",
                status=Status(case.lead),
            )
        day = short_date(mark.day, today) if mark.day is not None else "–"
        return Row(
            key=case.id,
            title=case.title,
            segments=(case.cause, case.stage),
            sign=sign,
            date=day,
            status=Status(mark.words, mark.tone, mark.icon, chip=mark.urgent),
        )

    def _loaded(self) -> None:
        self._count.set_words(str(self.model.total))
        self.empty.show_state(office_empty=self._office_empty, ledger=self.door.ledger_offered)
        which = self.filter.chosen()
        if self._target is not None:
            key: Any = ("enquiry", self._target) if which == "enquiries" else self._target
            if self.list.choose_key(key):
                self._target = None
                return
            if which != "enquiries":
                return  # the case is not among these: it stays on screen all the same
        if self.list.current_item() is None and self.model.total:
            self.list.choose_first()
        elif not self.model.total and self.view.case_id is None:
            self._stack.setCurrentWidget(self._none)

    def _chosen(self, item: Item | None) -> None:
        if isinstance(item, EnquiryRow):
            self.enquiry.show_enquiry(item)
            self._stack.setCurrentWidget(self.enquiry)
        elif item is not None:
            self._show(item[0].id)

    def _opened(self, item: Item | None) -> None:
        self._chosen(item)
        if item is not None:
            self.panes.show_detail()

    def _show(self, case_id: int, tab: str = "") -> None:
        if case_id != self.view.case_id or tab:
            self.view.show_case(case_id, tab)
        self._stack.setCurrentWidget(self.view)

    def _open_case(self, case_id: int, tab: str) -> None:
        """Show a case whether the list holds it or not."""
        self._target = case_id
        if self.filter.chosen() == "enquiries":
            self.filter.choose("open")
            self._reload()
        elif self.list.choose_key(case_id):
            self._target = None
        else:
            self.list.clearSelection()
        self._show(case_id, tab)
        self.panes.show_detail()
