"""The month: whole weeks of cells, rest days hatched, today's number filled, what is due on each day."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.deadlines.queries import DayOfMonth, DeadlineRow
from lawdesk.deadlines.rules import Calendar, holiday_name, makeup_mark, nearness, rest_mark
from lawdesk.kernel.dates import long_date, short_date, short_weekday
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import Follows, chip_height, hatch_brush, icons, paint_ring, theme

CENTER = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ONE = timedelta(days=1)
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class MonthView(Follows, QWidget):
    """Paints a month with the days around it.

    ``month_changed(date)`` when another month came into view; ``day_opened(date)`` on Enter or a click on a day;
    ``row_opened(DeadlineRow)`` on a click on an entry.
    """

    month_changed = Signal(object)
    day_opened = Signal(object)
    row_opened = Signal(object)

    def __init__(self, calendar: Calendar, today: date) -> None:
        super().__init__()
        self._calendar, self._today = calendar, today
        self._month = today.replace(day=1)
        self._day = today
        self._days: Mapping[date, DayOfMonth] = {}
        self._entries: list[tuple[QRectF, DeadlineRow]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    def set_calendar(self, calendar: Calendar) -> None:
        """Draw rest days by another calendar."""
        self._calendar = calendar
        self.update()

    @property
    def month(self) -> date:
        """The first day of the month in view."""
        return self._month

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self._day

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day drawn: whole weeks."""
        first = self._month - timedelta(days=self._month.weekday())
        length = months.monthrange(self._month.year, self._month.month)[1]
        weeks = (self._month.weekday() + length + 6) // 7
        return first, first + timedelta(days=7 * weeks - 1)

    def set_days(self, days: Mapping[date, DayOfMonth], today: date) -> None:
        """Show what is due on the days in view."""
        self._days, self._today = days, today
        self.retranslate()
        self.update()

    def go_to_day(self, day: date) -> None:
        """Move the cursor to a day, and the month with it."""
        self._day = day
        month = day.replace(day=1)
        if month != self._month:
            self._month = month
            self._days = {}
            self.month_changed.emit(month)
        self.retranslate()
        self.update()

    def step(self, months_on: int) -> None:
        """Turn the leaf: the same day of another month, or that month's last."""
        place = self._month.year * 12 + self._month.month - 1 + months_on
        year, month = divmod(place, 12)
        last = months.monthrange(year, month + 1)[1]
        self.go_to_day(date(year, month + 1, min(self._day.day, last)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(50), theme.em(36))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(30), theme.em(20))

    def restyle(self) -> None:
        self.update()

    def retranslate(self) -> None:
        if not hasattr(self, "_days"):
            return
        self.setAccessibleName(_("Month {month}").format(month=long_date(self._month)))
        found = self._days.get(self._day)
        count = found.count if found is not None else 0
        words = ngettext("{count} deadline", "{count} deadlines", count).format(count=count)
        parts = [long_date(self._day), short_weekday(self._day), self._mark(self._day), words]
        parts += [row.title for row in (found.rows if found is not None else ())]
        self.setAccessibleDescription("，".join(part for part in parts if part))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.go_to_day(self._day + _KEYS[key] * _ONE)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.go_to_day(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_opened.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = event.position()
        for rect, row in self._entries:
            if rect.contains(place):
                self.row_opened.emit(row)
                return
        day = self._day_at(place)
        if day is not None:
            again = day == self._day
            self.go_to_day(day)
            if again or day in self._days:
                self.day_opened.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    # -- painting ---------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._entries = []
        head = look.small_line + look.u(2)
        first, last = self.span
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        for column in range(7):
            cell = self._cell(column)
            painter.drawText(
                QRectF(cell.x() + look.u(2), 0, cell.width(), head), LEFT, short_weekday(first + column * _ONE)
            )
        for place in range((last - first).days + 1):
            self._paint_day(painter, first + place * _ONE, self._cell(place))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("line"))

    def _cell(self, place: int) -> QRectF:
        look = theme.current()
        head = look.small_line + look.u(2)
        first, last = self.span
        weeks = ((last - first).days + 1) // 7
        width, height = self.width() / 7, (self.height() - head) / weeks
        return QRectF(place % 7 * width, head + place // 7 * height, width, height)

    def _day_at(self, place: QPointF) -> date | None:
        first, last = self.span
        for number in range((last - first).days + 1):
            if self._cell(number).contains(place):
                return first + number * _ONE
        return None

    def _mark(self, day: date) -> str:
        """Return 班 on a make-up day, a holiday's name on its first day, 休 on its others, else ""."""
        kind = self._calendar.day(day)
        if kind.kind == "makeup":
            return makeup_mark()
        if kind.kind == "holiday":
            before = self._calendar.day(day - _ONE)
            return holiday_name(kind.name) if kind.name and before.name != kind.name else rest_mark()
        return ""

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        look = theme.current()
        inner = cell.adjusted(1, 1, 0, 0)
        inside = day.month == self._month.month
        if self._calendar.is_rest(day):
            painter.fillRect(inner.adjusted(look.u(0.5), look.u(0.5), -look.u(0.5), -look.u(0.5)),
                             hatch_brush(self.devicePixelRatioF()))  # fmt: skip
        painter.fillRect(QRectF(cell.x(), cell.y(), cell.width(), 1), look.color("line"))
        if cell.x() > 1:
            painter.fillRect(QRectF(cell.x(), cell.y(), 1, cell.height()), look.color("line"))
        self._paint_number(painter, day, cell, inside=inside)
        mark = self._mark(day)
        if mark:
            made_up = self._calendar.day(day).kind == "makeup"
            width = look.width("small", mark) + look.u(2)
            place = QRectF(cell.right() - width - look.u(1.5), cell.y() + look.u(1.5), width, look.small_line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("amber_soft" if made_up else "surface"))
            painter.drawRoundedRect(place, look.radius("chip"), look.radius("chip"))
            painter.setFont(look.font("small"))
            painter.setPen(look.color("amber_text" if made_up else "text2"))
            painter.drawText(place, CENTER, mark)
        self._paint_entries(painter, day, cell)
        if day == self._day and self.hasFocus():
            paint_ring(painter, cell.adjusted(1, 1, -1, -1), look.radius("control"))

    def _paint_number(self, painter: QPainter, day: date, cell: QRectF, *, inside: bool) -> None:
        look = theme.current()
        words = short_date(day) if day.day == 1 else str(day.day)
        height = float(look.body_line)
        place = QRectF(
            cell.x() + look.u(1.5), cell.y() + look.u(1.25), look.width("strong", words) + look.u(2), height
        )
        if day == self._today:
            side = height + look.u(0.5)
            circle = QRectF(cell.x() + look.u(1.0), cell.y() + look.u(1), side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawEllipse(circle)
            painter.setFont(look.font("strong"))
            painter.setPen(look.color("on_accent"))
            painter.drawText(circle, CENTER, str(day.day))
            return
        if self._calendar.is_rest(day):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("surface"))
            painter.drawRoundedRect(place, look.radius("chip"), look.radius("chip"))
        painter.setFont(look.font("strong" if day.day == 1 else "body"))
        painter.setPen(look.color("text" if inside else "text3"))
        painter.drawText(place.adjusted(look.u(0.75), 0, 0, 0), LEFT, words)

    def _paint_entries(self, painter: QPainter, day: date, cell: QRectF) -> None:
        found = self._days.get(day)
        if found is None:
            return
        look = theme.current()
        height, gap = float(chip_height()), look.u(0.75)
        top = cell.y() + look.body_line + look.u(2.5)
        fits = max(0, int((cell.bottom() - top) // (height + gap)))
        hidden_done = [row for row in found.rows if row.status != "open"]
        total = found.count + len(hidden_done)
        shown = found.rows if total <= fits else found.rows[: max(0, fits - 1)]
        for place, row in enumerate(shown):
            rect = QRectF(cell.x() + look.u(1), top + place * (height + gap), cell.width() - look.u(2), height)
            self._paint_entry(painter, row, rect)
            self._entries.append((rect, row))
        if total > len(shown):
            left = total - len(shown)
            words = ngettext("{count} more", "{count} more", left).format(count=left)
            if not shown:
                words = ngettext("{count} deadline", "{count} deadlines", total).format(count=total)
            y = top + len(shown) * (height + gap)
            rect = QRectF(cell.x() + look.u(2), min(y, cell.bottom() - height), cell.width() - look.u(3), height)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            painter.drawText(rect, LEFT, words)

    def _paint_entry(self, painter: QPainter, row: DeadlineRow, rect: QRectF) -> None:
        look = theme.current()
        near = nearness(row.due, self._today, kind=row.kind, status=row.status)
        tone, icon = near.tone, near.icon
        if row.status == "open" and not near.urgent:
            tone, icon = ("accent", "gavel") if row.kind == "hearing" else ("neutral", "")
        if row.status == "open":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(f"{tone}_soft"))
            painter.drawRoundedRect(rect, look.radius("chip"), look.radius("chip"))
        x = rect.x() + look.u(1)
        token = "text2" if row.status != "open" else "text" if tone == "neutral" else f"{tone}_text"
        if icon:
            size = look.icon_size(3.6)
            icons.paint(painter, icon, token, QRectF(x, rect.y(), size, rect.height()), units=3.6, stroke=2)
            x += size + look.u(1)
        words = f"{row.due_time} {row.title}".strip()
        room = rect.right() - x - look.u(0.5)
        painter.setFont(look.font("small"))
        painter.setPen(look.color(token))
        cut = look.metrics("small").elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(x, rect.y(), room + look.u(1), rect.height()), LEFT, cut)
