"""The week as cases × days: two-line rows, rest days hatched, today tinted, cells edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.timesheet.page.words import case_words
from lawdesk.timesheet.queries import WeekGrid, WeekRow
from lawdesk.timesheet.rules import figures

Index = QModelIndex | QPersistentModelIndex
DAYS = range(1, 8)
TOTAL = 8


@dataclass(frozen=True)
class WeekView:
    """What the table shows: the week, a word for each rest day (None: a working day), and the running timer.

    ``running_minutes`` are the minutes of the timer on ``running_case`` at the time of reading; they are shown and
    summed, but not booked yet.
    """

    grid: WeekGrid
    rest: tuple[str | None, ...]
    today: date
    runs: bool = False
    running_case: int | None = None
    running_minutes: int = 0
    running_day: date | None = None

    def day(self, index: int) -> date:
        """Return the day of the column ``index`` (0 is Monday)."""
        return self.grid.monday + timedelta(days=index)

    def running_in(self, row: WeekRow, index: int) -> int:
        """Return the timer's minutes that belong into this cell."""
        fits = self.runs and row.case_id == self.running_case and self.day(index) == self.running_day
        return self.running_minutes if fits else 0

    def minutes(self, row: WeekRow, index: int) -> int:
        """Return the minutes shown in a cell."""
        return row.minutes[index] + self.running_in(row, index)

    def day_total(self, index: int) -> int:
        """Return the minutes of a day over all cases."""
        return sum(self.minutes(row, index) for row in self.grid.rows)

    def row_total(self, row: WeekRow) -> int:
        """Return the minutes of a case over the week."""
        return sum(self.minutes(row, index) for index in range(7))

    @property
    def total(self) -> int:
        """The minutes of the week."""
        return sum(self.day_total(index) for index in range(7))

    @property
    def target_minutes(self) -> int:
        """The target of the week: the daily one for each working day."""
        return self.grid.target_minutes * sum(1 for rest in self.rest if rest is None)


class WeekModel(QAbstractTableModel):
    """Rows are cases, then one of totals; columns the case, seven days, the total.

    ``edited(case id or None, day, text, booked minutes shown)`` when somebody typed into a cell.
    """

    edited = Signal(object, object, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: WeekView | None = None

    def set_view(self, view: WeekView) -> None:
        """Show another week, or the same one read again: then the cursor stays where it was."""
        same = (
            self.view is not None
            and self.view.grid.monday == view.grid.monday
            and [row.case_id for row in self.view.grid.rows] == [row.case_id for row in view.grid.rows]
        )
        if same:
            self.view = view
            self.redraw()
            return
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def redraw(self) -> None:
        """Paint and speak everything again."""
        if self.view is not None:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, TOTAL))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, TOTAL)

    def row(self, index: int) -> WeekRow | None:
        """Return the row of a case, None for the totals."""
        rows = self.view.grid.rows if self.view else ()
        return rows[index] if 0 <= index < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() or self.view is None else len(self.view.grid.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else TOTAL + 1

    def editable(self, index: Index) -> bool:
        """Whether time may be typed into this cell: a day of a case that is not still to come."""
        row = self.row(index.row())
        view = self.view
        return (
            view is not None
            and row is not None
            and index.column() in DAYS
            and view.day(index.column() - 1) <= view.today
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.view is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index)
        if role == Qt.ItemDataRole.EditRole:
            row = self.row(index.row())
            booked = row.minutes[index.column() - 1] if row is not None and index.column() in DAYS else 0
            return figures(booked) if booked else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.sentence(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        row = self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None or self.view is None or not self.editable(index):
            return False
        text = str(value).strip()
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            day = index.column() - 1
            self.edited.emit(row.case_id, self.view.day(day), text, row.minutes[day])
        return True

    def text(self, index: Index) -> str:
        """Return the words of a cell: 1:20, a dash where nothing is recorded, nothing for days to come."""
        view, column = self.view, index.column()
        if view is None:
            return ""
        row = self.row(index.row())
        if column == 0:
            return case_words(row.case_id, row.title) if row is not None else ""
        if column == TOTAL:
            minutes = view.row_total(row) if row is not None else view.total
            return figures(minutes) if minutes else ""
        day = column - 1
        minutes = view.minutes(row, day) if row is not None else view.day_total(day)
        if minutes:
            return figures(minutes)
        if row is None:
            return pgettext("day", "off") if view.rest[day] is not None else ""
        return "–" if view.day(day) <= view.today and view.rest[day] is None else ""

    def sentence(self, index: Index) -> str:
        """Return a cell as one sentence for screen readers."""
        view, row = self.view, self.row(index.row())
        if view is None:
            return ""
        name = case_words(row.case_id, row.title) if row is not None else _("Total of the day")
        if index.column() == 0:
            return name
        if index.column() == TOTAL:
            week = _("in the week")
            return f"{name}，{week} {self.text(index)}"
        day = view.day(index.column() - 1)
        rest = view.rest[index.column() - 1]
        parts = [
            name,
            f"{short_date(day)} {short_weekday(day)}",
            rest or "",
            self.text(index).replace("–", "0:00"),
        ]
        if row is not None and view.running_in(row, index.column() - 1):
            parts.append(_("timer running"))
        return "，".join(part for part in parts if part)
