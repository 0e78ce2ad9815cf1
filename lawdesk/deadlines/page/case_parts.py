"""What deadlines put into a case: a tab, a block of the overview, the mark of its line in the list of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.cases import CaseQueries
from lawdesk.deadlines.page.actions import Actions
from lawdesk.deadlines.page.desk import Desk, Papers
from lawdesk.deadlines.page.entries import Entries
from lawdesk.deadlines.page.words import basis_of, note_of, row_actions, status_of
from lawdesk.deadlines.queries import DeadlineRow, DocketFilter, EventRow
from lawdesk.deadlines.rules import nearness, spoken_day
from lawdesk.deadlines.service import DeadlineService
from lawdesk.firm import Actor, FirmQueries
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    Column,
    EmptyState,
    Follows,
    Gap,
    Label,
    ListModel,
    Row,
    RowList,
    ScrollArea,
    SectionHeading,
    Status,
    Table,
    TableModel,
    TaskRunner,
    Trouble,
    empty_layout,
    hbox,
    vbox,
)
from lawdesk.ui.page import Host


class Mark(NamedTuple):
    """What matters next about a case, for its line in the list; fields as the mark of the cases has them."""

    day: date | None
    words: str
    tone: str = "neutral"
    icon: str = ""
    urgent: bool = False


class CaseDeadlines:
    """Makes the parts of deadlines in a case and opens their entry anywhere; the program hands them around.

    ``tab(case_id, parent)``, ``overview(case_id)``, ``count(actor, case_id)``, ``marks(actor, case_ids)`` are for
    the cases page, the last two run on the worker; ``record_event(case_id, line)`` and ``enter_by_hand(case_id,
    kind)`` open the side sheets over whatever page is shown. ``host`` is the window.
    """

    def __init__(
        self,
        service: DeadlineService,
        cases: CaseQueries,
        firm: FirmQueries,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock,
        host: Callable[[], Host | None],
        papers: Papers | None = None,
    ) -> None:
        self._desk = Desk(service, cases, firm, actor, tasks, clock, host, papers=papers)
        self._entries = Entries(self._desk)

    def record_event(self, case_id: int | None = None, line: str = "") -> None:
        """Open the entry of an event; ``line`` is typed in and read back."""
        self._entries.record_event(case_id, line)

    def enter_by_hand(self, case_id: int | None = None, kind: str = "deadline") -> None:
        """Open the entry of a ``deadline``, ``hearing`` or ``task`` by hand."""
        self._entries.enter_by_hand(case_id, kind)

    def tab(self, case_id: int, parent: QWidget) -> QWidget:
        """Return the tab of a case: its deadlines and what happened."""
        return DeadlinesTab(self._desk, self._entries, case_id, parent)

    def overview(self, case_id: int) -> QWidget:
        """Return the block of the overview: the three nearest."""
        return NearestBlock(self._desk, self._entries, case_id)

    def count(self, actor: Actor, case_id: int) -> int:
        """Return how many deadlines of a case are open."""
        return self._desk.service.queries.count(actor, DocketFilter(case_id=case_id))

    def marks(self, actor: Actor, case_ids: Sequence[int]) -> Mapping[int, Mark]:
        """Return the nearest deadline of each case; those without one are marked so."""
        today = self._desk.today()
        found = self._desk.service.queries.next_due(actor, list(case_ids))
        marks = {case_id: Mark(None, _("no deadline")) for case_id in case_ids}
        for case_id, row in found.items():
            near = nearness(row.due, today, kind=row.kind)
            urgent = near.urgent
            asked = row.kind == "hearing" and row.due < today
            words = near.words if urgent or asked else row.title
            marks[case_id] = Mark(row.due, words, near.tone, near.icon, urgent)
        return marks


class DeadlinesTab(Follows, QWidget):
    """All deadlines of a case, the open ones first, and the timeline of what happened."""

    def __init__(self, desk: Desk, entries: Entries, case_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._entries, self._case_id = desk, entries, case_id
        self._actions = Actions(desk, self)
        self.model = ListModel(desk.tasks, to_row=self._row, parent=self)
        empty = EmptyState(
            "calendar-clock",
            lambda: _("No deadline in this case"),
            lambda: _("Record what happened; LawDesk counts what follows."),
        )
        self.list = RowList(self.model, name=lambda: _("Deadlines"), empty=empty)
        self.list.acted.connect(self._actions.act)
        self.list.opened.connect(self._actions.open_why)
        record = Button(lambda: _("Record what happened"), self._record, icon="plus", small=True)
        by_hand = Button(lambda: _("Date by hand"), self._by_hand, small=True, kind="ghost")
        self._timeline = QWidget()
        self._lines = vbox(space=1.5, parent=self._timeline)
        self._events: list[EventRow] = []
        self._heading = SectionHeading(lambda: _("What happened"))
        content = QWidget()
        vbox(self._heading, self._timeline, STRETCH, space=2, margins=(0, 2, 4, 2), parent=content)
        area = ScrollArea(content)
        left = vbox(hbox(record, by_hand, STRETCH, space=2), self.list, space=2)
        left.setStretch(1, 1)
        line = hbox(left, area, space=5, margins=(0, 3, 0, 0), parent=self)
        line.setStretch(0, 5)
        line.setStretch(1, 2)
        self.refresh(None)

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched; None means everything."""
        if change is not None and change.subject not in ("deadline", "person"):
            return
        desk, case_id = self._desk, self._case_id
        self.model.load(self._fetch)
        desk.run(lambda: desk.service.queries.events(desk.actor(), case_id), self._show, owner=self, slot="events")

    def retranslate(self) -> None:
        if hasattr(self, "_events"):
            self.model.redraw()
            self._show(self._events)

    def _fetch(self, offset: int, limit: int) -> tuple[list[DeadlineRow], int]:
        """Read a page: what is open, nearest first, then what is over, the latest first."""
        queries, actor = self._desk.service.queries, self._desk.actor()
        opened = DocketFilter(case_id=self._case_id)
        over = DocketFilter(case_id=self._case_id, status="closed")
        count = queries.count(actor, opened)
        rows = queries.docket(actor, opened, offset=offset, limit=limit) if offset < count else []
        if len(rows) < limit:
            start = max(0, offset - count)
            rows += queries.docket(actor, over, newest_first=True, offset=start, limit=limit - len(rows))
        return rows, count + queries.count(actor, over)

    def _row(self, row: DeadlineRow) -> Row:
        return wide_row(self._desk, row, segments=(row.event_title, basis_of(row)))

    def _record(self) -> None:
        self._entries.record_event(self._case_id)

    def _by_hand(self) -> None:
        self._entries.enter_by_hand(self._case_id)

    def _show(self, events: list[EventRow]) -> None:
        self._events = events
        empty_layout(self._lines)
        today = self._desk.today()
        for event in events:
            state = _(" (withdrawn)") if event.withdrawn else ""
            day = f"{short_date(event.happened_on, today)} {short_weekday(event.happened_on)}{state}"
            self._lines.addWidget(Label(day, step="small", tone="text2"))
            tone = "text3" if event.withdrawn else "text"
            self._lines.addWidget(Label(event.title, wrap=True, tone=tone))
            if event.withdrawn and event.reason:
                words = _("Withdrawn: {reason}").format(reason=event.reason)
                self._lines.addWidget(Label(words, step="small", tone="text2", wrap=True))
            elif not event.withdrawn:
                if event.note:
                    self._lines.addWidget(Label(event.note, step="small", tone="text2", wrap=True))
                self._lines.addWidget(self._event_links(event))
            self._lines.addWidget(Gap(0.5))
        if not events:
            self._lines.addWidget(Label(lambda: _("Nothing recorded yet."), tone="text2"))

    def _event_links(self, event: EventRow) -> QWidget:
        line = QWidget()
        day = Button(lambda: _("Correct the day"), lambda: self._actions.change_day(event), kind="link")
        back = Button(lambda: _("Withdraw"), lambda: self._actions.withdraw_event(event), kind="link")
        hbox(day, back, STRETCH, space=4, parent=line)
        return line


class NearestBlock(QWidget):
    """The three nearest deadlines of a case, each with its basis and "why"."""

    def __init__(self, desk: Desk, entries: Entries, case_id: int) -> None:
        super().__init__()
        self._desk, self._entries, self._case_id = desk, entries, case_id
        columns = [
            Column("title", lambda: _("Deadline"), self._title, bold=self._urgent),
            Column("due", lambda: _("Until"), self._due, width=9, bold=self._urgent),
            Column("left", lambda: pgettext("time to a deadline", "Left"), self._left, width=7),
            Column("basis", lambda: _("Basis"), lambda row: basis_of(row) or "–", width=10),
            Column("why", "", lambda _row: _("Why"), align="right", width=3, link=True),
        ]
        self.model = TableModel(columns, parent=self)
        self.table = Table(self.model, name=lambda: _("Nearest deadlines"), fit=True)
        self.table.linked.connect(lambda row, _key: self._why(row))
        self.table.opened.connect(self._why)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        new = Button(lambda: _("Record what happened"), self._record, kind="link")
        self._heading = SectionHeading(lambda: _("Deadlines"), new)
        self._none = Label(lambda: _("Nothing is due in this case."), tone="text2")
        self._trouble = Trouble()
        self._none.hide()
        vbox(self._heading, self.table, self._none, self._trouble, space=1.5, parent=self)
        self.refresh(None)

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched; None means everything."""
        if change is not None and change.subject not in ("deadline", "person"):
            return
        desk, chosen = self._desk, DocketFilter(case_id=self._case_id)
        desk.run(
            lambda: desk.service.queries.docket(desk.actor(), chosen, limit=3),
            self._show,
            self._trouble.show_error,
            owner=self,
            slot="nearest",
        )

    def _show(self, rows: list[DeadlineRow]) -> None:
        self._trouble.clear()
        self.model.set_items(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _title(self, row: DeadlineRow) -> Status:
        near = nearness(row.due, self._desk.today(), kind=row.kind)
        return Status(row.title, near.tone if near.urgent else "text", near.icon)

    def _urgent(self, row: DeadlineRow) -> bool:
        return nearness(row.due, self._desk.today(), kind=row.kind).urgent

    def _due(self, row: DeadlineRow) -> str:
        return spoken_day(row.due, self._desk.today(), self._desk.service.calendar, at=row.due_time, kind=row.kind)

    def _left(self, row: DeadlineRow) -> str:
        return status_of(row, self._desk.today()).text

    def _why(self, row: DeadlineRow) -> None:
        self._desk.go("deadlines", deadline_id=row.id)

    def _record(self) -> None:
        self._entries.record_event(self._case_id)


def wide_row(desk: Desk, row: DeadlineRow, *, segments: Sequence[str]) -> Row:
    """Return a deadline as a row of a wide list."""
    today, calendar = desk.today(), desk.service.calendar
    near = nearness(row.due, today, kind=row.kind, status=row.status)
    return Row(
        key=row.id,
        title=row.title,
        icon=near.icon,
        icon_tone=near.tone if near.tone != "neutral" else "text2",
        segments=segments,
        status=status_of(row, today),
        date=spoken_day(row.due, today, calendar, at=row.due_time, kind=row.kind),
        date_sub=note_of(row, calendar) if row.status == "open" else row.reason,
        person=row.person,
        bold=near.urgent,
        actions=row_actions(row, why=True),
    )
