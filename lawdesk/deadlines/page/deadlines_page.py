"""The deadlines page: the docket in groups left, why this date right; or the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from lawdesk.cases import CaseQueries
from lawdesk.deadlines.page.actions import Actions
from lawdesk.deadlines.page.desk import Desk, Papers
from lawdesk.deadlines.page.entries import Entries
from lawdesk.deadlines.page.month_pane import MonthPane
from lawdesk.deadlines.page.tools import Tools
from lawdesk.deadlines.page.why import DeadlineView
from lawdesk.deadlines.page.words import side_row
from lawdesk.deadlines.queries import DeadlineRow, DocketFilter
from lawdesk.deadlines.rules import Group, list_groups
from lawdesk.deadlines.service import DeadlineService
from lawdesk.firm import Actor, FirmQueries, oversees
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    Command,
    EmptyState,
    FilterChips,
    Heading,
    Label,
    ListDetail,
    ListModel,
    Page,
    Row,
    RowList,
    Switch2,
    TaskRunner,
    WidthClass,
    hbox,
    more_button,
    panel,
    vbox,
)

SUBJECTS = ("deadline", "case", "proceeding", "person", "calendar", "law_rule")
AHEAD = 1_000
"""How many rows beyond those read a group is counted to."""


@dataclass(frozen=True)
class Item:
    """A row of the list; the first of its group carries the group and how many are in it."""

    row: DeadlineRow
    group: Group | None = None
    count: int | None = 0


class DeadlinesPage(Page):
    """The docket.

    ``go_to(deadline_id=…, act="waive"|"printed"|"assign")`` · ``go_to(day=…)``: the month view ·
    ``go_to(line="11月5日 收到一审判决", case_id=…)``: the event entry ·
    ``go_to(new="event"|"deadline"|"hearing"|"task", case_id=…)``: an empty entry ·
    ``go_to(tool="reminders"|"fees"|"interest"|"calendar"|"rules"|"away"|"requests"|"register")``.
    """

    key, icon = "deadlines", "calendar-clock"

    def __init__(
        self,
        service: DeadlineService,
        cases: CaseQueries,
        firm: FirmQueries,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock,
        papers: Papers | None = None,
    ) -> None:
        super().__init__()
        self._desk = Desk(service, cases, firm, actor, tasks, clock, lambda: self.host, papers=papers)
        self._actions = Actions(self._desk, self)
        self._entries = Entries(self._desk, self)
        self._tools = Tools(self._desk, self._open)
        self._entries.recorded.connect(self._event_saved)
        self._entries.entered.connect(self._open)
        self._target: int | None = None
        self._place = 0
        self._read_on = clock.today()
        self.model = ListModel(tasks, to_row=self._row, parent=self)
        self.view = DeadlineView(self._desk, self._actions)
        self.month = MonthPane(self._desk)
        self._build()
        self.model.loaded.connect(self._loaded)
        self._reload()

    def title(self) -> str:
        return _("Deadlines")

    def activated(self) -> None:
        if self._desk.today() != self._read_on:
            self.refresh(None)  # another day: other groups, other days left
        if self._views.currentWidget() is self.month:
            self.month.month.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.panes.narrow or self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, **target: Any) -> None:
        if target.get("deadline_id") is not None:
            self._open(int(target["deadline_id"]), str(target.get("act") or ""))
        elif target.get("day") is not None:
            self.switch.choose("month")
            self._switched()
            self.month.month.go_to_day(target["day"])
        elif target.get("line") is not None or target.get("new") == "event":
            self.enter_event(target.get("case_id"), str(target.get("line") or ""))
        elif target.get("tool") is not None:
            self._tools.open(str(target["tool"]))
        elif target.get("new") is not None:
            self.enter_by_hand(target.get("case_id"), str(target["new"]))

    def refresh(self, change: Changed | None) -> None:
        if change is not None and change.subject == "calendar":
            self.month.set_calendar(self._desk.service.calendar)
        if change is None or change.subject in SUBJECTS:
            self._read_on = self._desk.today()
            self._keep_place()
            self.model.reload()
            self.view.refresh(change)
            if self._views.currentWidget() is self.month:
                self.month.read()

    def commands(self) -> Sequence[Command]:
        own = [
            Command(
                "event.new", lambda: _("Record what happened"), self.enter_event, icon="pencil", shortcut="Ctrl+E"
            ),
            Command(
                "deadline.new", lambda: _("New deadline"), lambda: self.enter_by_hand(None, "deadline"), "plus"
            ),
            Command("hearing.new", lambda: _("New hearing"), lambda: self.enter_by_hand(None, "hearing"), "gavel"),
            Command("month", lambda: _("List or month"), self.turn, "calendar-days", "Ctrl+M"),
        ]
        return [
            *own,
            *self._tools.commands(),
            *(command for command in self.view.commands() if command is not None),
        ]

    def resized(self, width: WidthClass) -> None:
        narrow = width == "narrow"
        self.panes.set_narrow(narrow)
        self.view.set_narrow(narrow)

    def retranslate(self) -> None:
        super().retranslate()
        self.model.redraw()

    # -- entering ---------------------------------------------------------------------------------------------

    def enter_event(self, case_id: int | None = None, line: str = "") -> None:
        """Open the event entry; what was typed before is still there."""
        self._entries.record_event(case_id, line)

    def enter_by_hand(self, case_id: int | None = None, kind: str = "deadline") -> None:
        """Open the entry of a date by hand."""
        self._entries.enter_by_hand(case_id, kind)

    def turn(self) -> None:
        """Switch between list and month."""
        self.switch.choose("month" if self.switch.chosen() == "list" else "list")
        self._switched()

    def _event_saved(self, event_id: int) -> None:
        desk = self._desk
        desk.run(
            lambda: desk.service.queries.docket(desk.actor(), DocketFilter(event_id=event_id), limit=1),
            lambda rows: self._open(rows[0].id) if rows else None,
            owner=self,
        )

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        choices = [("list", lambda: _("List"), "list"), ("month", lambda: _("Month"), "calendar-days")]
        self.switch = Switch2(choices, self._switched)
        enter = Button(kind="ghost", icon="plus", name=lambda: _("Record what happened"), run=self.enter_event)
        more = more_button(lambda: _("Tools"), self._tools.commands)
        head = hbox(Label(self.title, step="h1"), STRETCH, self.switch, space=2)
        self.whose = FilterChips(
            [
                ("mine", lambda: pgettext("whose deadlines", "Mine")),
                ("all", lambda: pgettext("whose deadlines", "Office")),
            ],
            self._reload,
            name=lambda: _("Whose"),
        )
        if oversees(self._desk.actor()):
            self.whose.choose("all")
        self.state = FilterChips(
            [("open", lambda: pgettext("deadlines", "Open")), ("closed", lambda: pgettext("deadlines", "Over"))],
            self._reload,
            name=lambda: _("Which"),
        )
        chips = hbox(self.whose, self.state, STRETCH, hbox(enter, more, space=0), space=3)
        first = Button(lambda: _("Record what happened"), self.enter_event, icon="plus")
        empty = EmptyState(
            "calendar-clock",
            lambda: _("Nothing is due"),
            lambda: _("Record what happened in a case; LawDesk counts what follows."),
            first,
        )
        self.list = RowList(self.model, name=lambda: _("Deadlines"), layout="side", empty=empty)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.acted.connect(lambda item, key: self._actions.act(item.row, key))
        self.list.clicked.connect(lambda index: self._opened(self.model.item(index.row())))
        top = panel(head, chips, space=2, margins=(5, 4, 4, 0))
        rows = panel(self.list, space=0, margins=(2, 0, 2, 0))
        left = panel(top, rows, space=1, margins=(0, 0, 0, 1))
        left.setFocusProxy(self.list)
        self._none = EmptyState(
            "calendar-clock",
            lambda: _("Choose a deadline at the left"),
            lambda: _("Why it falls on its day stands here"),
        )
        self._stack = QStackedWidget()
        for widget in (self._none, self.view):
            self._stack.addWidget(widget)
        self.panes = ListDetail(left, self._stack, back=lambda: _("Deadlines"), list_width=23)
        self._views = QStackedWidget()
        self._views.addWidget(self.panes)
        self._views.addWidget(self.month)
        self.month.left.connect(self.turn)
        self.month.enter.connect(self.enter_event)
        self.month.opened.connect(self._open)
        vbox(self._views, space=0, parent=self)

    def _switched(self) -> None:
        month = self.switch.chosen() == "month"
        shown: QWidget = self.month if month else self.panes
        self._views.setCurrentWidget(shown)
        self.month.switch.choose("month")
        if month:
            self.month.whose = self.whose.chosen()
            self.month.read()
            self.month.month.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the list ---------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        chosen, today = self._filter(), self._desk.today()
        self.model.load(lambda offset, limit: self._fetch(chosen, today, offset, limit))

    def _filter(self) -> DocketFilter:
        person = self._desk.actor().person_id if self.whose.chosen() == "mine" else None
        return DocketFilter(person_id=person, status=self.state.chosen())

    def _fetch(self, chosen: DocketFilter, today: date, offset: int, limit: int) -> tuple[Sequence[Item], int]:
        """Read one page and where its groups begin; runs on the worker."""
        actor, queries = self._desk.actor(), self._desk.service.queries
        if chosen.status != "open":
            rows = queries.docket(actor, chosen, newest_first=True, offset=offset, limit=limit)
            return [Item(row) for row in rows], queries.count(actor, chosen)
        groups = list_groups(today)
        edges = [group.first for group in groups if group.first is not None]
        most = offset + AHEAD  # the list grows while one scrolls: no need to count a hundred thousand first
        rows, counts = queries.parts(actor, chosen, edges, offset=offset, limit=limit, most=most)
        return grouped(rows, groups, counts, offset, most), sum(counts)

    def _row(self, item: Item) -> Row:
        row = side_row(item.row, self._desk.today(), self._desk.service.calendar)
        if item.group is None:
            return row
        group = next(
            (found for found in list_groups(self._desk.today()) if found.key == item.group.key), item.group
        )
        return replace(row, heading=Heading(group.title, item.count, tone=group.tone))

    def _loaded(self) -> None:
        if self._target is not None:
            if self.list.choose_key(self._target):
                self._target = None
            return
        if self.list.current_item() is None and self.model.total:
            place = min(self._place, self.model.total - 1)
            self.list.setCurrentIndex(self.model.index(place))
        elif not self.model.total and self.view.deadline_id is None:
            self._stack.setCurrentWidget(self._none)

    def _keep_place(self) -> None:
        """What is done leaves the list: the cursor stays where it was."""
        self._place = max(0, self.list.currentIndex().row())

    def _chosen(self, item: Item | None) -> None:
        if item is not None:
            self._show(item.row.id)

    def _opened(self, item: Item | None) -> None:
        if item is not None:
            self._show(item.row.id)
            self._to_detail()

    def _to_detail(self) -> None:
        """Where list and detail take turns, the keys go with the detail: to reading, not to its first button."""
        self.panes.show_detail()
        if self.panes.narrow:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, deadline_id: int) -> None:
        if deadline_id != self.view.deadline_id:
            self.view.show_deadline(deadline_id)
        self._stack.setCurrentWidget(self.view)

    def _open(self, deadline_id: int, act: str = "") -> None:
        """Show a deadline whether the list holds it or not; begin the action ``act`` with it."""
        if self.switch.chosen() == "month":
            self.turn()
        self._target = None
        if not self.list.choose_key(deadline_id):
            self._target = deadline_id
            self.list.clearSelection()
        self._show(deadline_id)
        self._to_detail()
        if act:
            desk = self._desk
            desk.run(
                lambda: desk.service.queries.deadline(desk.actor(), deadline_id),
                lambda row: self._actions.act(row, act),
                owner=self,
            )


def grouped(
    rows: Sequence[DeadlineRow],
    groups: Sequence[Group],
    counts: Sequence[int],
    offset: int,
    most: int | None = None,
) -> list[Item]:
    """Return rows as items; those that begin a group carry it. ``offset``: how many rows lie before them.

    A group counted up to ``most`` shows no number: there are more.
    """
    starts: dict[int, tuple[Group, int]] = {}
    place = 0
    for group, count in zip(groups, counts, strict=True):
        if count:
            starts[place] = (group, count)
        place += count
    items = []
    for number, row in enumerate(rows, start=offset):
        found = starts.get(number)
        if found is None:
            items.append(Item(row))
        else:
            items.append(Item(row, found[0], None if most is not None and found[1] >= most else found[1]))
    return items
