"""The month view with its head: which month, back and forth, and the list of one day in the side sheet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.month import MonthView
from lawdesk.deadlines.page.words import side_row
from lawdesk.deadlines.queries import DayOfMonth, DeadlineRow, DocketFilter
from lawdesk.deadlines.rules import Calendar, month_title, whole_day
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    Button,
    EmptyState,
    Follows,
    Label,
    ListModel,
    RowList,
    SegmentLine,
    Switch2,
    hbox,
    vbox,
)

MOST = 8


class MonthPane(Follows, QWidget):
    """``left()`` back to the list, ``enter()`` record an event, ``opened(deadline_id)`` show a deadline."""

    left = Signal()
    enter = Signal()
    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.whose = "mine"
        self.month = MonthView(desk.service.calendar, desk.today())
        self.month.month_changed.connect(lambda _month: self.read())
        self.month.day_opened.connect(self._open_day)
        self.month.row_opened.connect(lambda row: self.opened.emit(row.id))
        self._about = SegmentLine(step="body")
        back = Button(
            kind="ghost", icon="chevron-left", name=lambda: _("Month before"), run=lambda: self.month.step(-1)
        )
        on = Button(
            kind="ghost", icon="chevron-right", name=lambda: _("Month after"), run=lambda: self.month.step(1)
        )
        today = Button(lambda: _("Today"), lambda: self.month.go_to_day(desk.today()), kind="ghost")
        choices = [("list", lambda: _("List"), "list"), ("month", lambda: _("Month"), "calendar-days")]
        self.switch = Switch2(choices, self.left.emit)
        self.switch.choose("month")
        record = Button(lambda: _("Record what happened"), self.enter.emit, icon="plus")
        title = Label(lambda: _("Deadlines"), step="h1")
        head = hbox(title, self._about, back, today, on, self.switch, record, space=2)
        head.setStretch(1, 1)
        layout = vbox(head, self.month, space=2, margins=(6, 4, 5, 4), parent=self)
        layout.setStretch(1, 1)
        self.retranslate()

    def set_calendar(self, calendar: Calendar) -> None:
        """Draw rest days by another calendar: holidays were announced."""
        self.month.set_calendar(calendar)

    def read(self) -> None:
        """Read the month in view."""
        desk = self._desk
        first, last = self.month.span
        person = desk.actor().person_id if self.whose == "mine" else None
        self.retranslate()
        desk.run(
            lambda: desk.service.queries.days(desk.actor(), first, last, person_id=person, most=MOST),
            self._show,
            owner=self,
            slot="month",
        )

    def retranslate(self) -> None:
        if hasattr(self, "_about"):
            whose = pgettext("whose deadlines", "Mine") if self.whose == "mine" else _("Whole office")
            self._about.set_parts([month_title(self.month.month), whose])

    def _show(self, days: dict[date, DayOfMonth]) -> None:
        self.month.set_days(days, self._desk.today())

    def _open_day(self, day: date) -> None:
        person = self._desk.actor().person_id if self.whose == "mine" else None
        sheet = DaySheet(self._desk, day, person)
        sheet.list.opened.connect(self._open_row)
        self._desk.open_sheet(sheet, lambda: whole_day(day))

    def _open_row(self, row: DeadlineRow) -> None:
        self._desk.close_sheet()
        self.opened.emit(row.id)


class DaySheet(QWidget):
    """Everything that is due on one day."""

    def __init__(self, desk: Desk, day: date, person_id: int | None) -> None:
        super().__init__()
        model = ListModel(
            desk.tasks, to_row=lambda row: side_row(row, desk.today(), desk.service.calendar), parent=self
        )
        empty = EmptyState("calendar-clock", lambda: _("Nothing is due on this day"))
        self.list = RowList(model, name=lambda: whole_day(day), layout="side", empty=empty)
        chosen = DocketFilter(person_id=person_id, since=day, until=day, status=None)

        def fetch(offset: int, limit: int) -> tuple[list[DeadlineRow], int]:
            queries, actor = desk.service.queries, desk.actor()
            return queries.docket(actor, chosen, offset=offset, limit=limit), queries.count(actor, chosen)

        model.load(fetch)
        vbox(self.list, space=0, parent=self)
        self.setFocusProxy(self.list)
