"""The agenda of today: hearings and what has a clock time, with a line where the clock stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from lawdesk.deadlines import DeadlineRow
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _
from lawdesk.ui import Follows, Label, empty_layout, paint_ring, paint_segments, theme, vbox

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class AgendaEntry(Follows, QAbstractButton):
    """One entry: time, a bar (quiet when it is past), what, and in which case. Enter or a click opens it."""

    def __init__(self, row: DeadlineRow, *, past: bool) -> None:
        super().__init__()
        self.row, self._past = row, past
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            "，".join(part for part in (row.due_time, row.title, row.case_title, row.note) if part)
        )

    def restyle(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        return QSize(look.em(14), look.body_line + look.small_line + look.u(2.5))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(rect, look.radius("control"), look.radius("control"))
        top = rect.y() + look.u(1)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text2" if self._past else "text"))
        painter.drawText(QRectF(0, top, look.em(4), look.body_line), LEFT, self.row.due_time or "–")
        bar = QRectF(look.em(3.9), top, max(2.0, look.u(0.75)), look.body_line + look.small_line)
        painter.fillRect(bar, look.color("thumb" if self._past else "accent"))
        x = bar.right() + look.u(2)
        room = rect.width() - x - look.u(1)
        title = look.metrics("body").elidedText(self.row.title, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(x, top, room, look.body_line), LEFT, title)
        below = QRectF(x, top + look.body_line, room, look.small_line)
        parts = [self.row.case_title, self.row.note] if self.row.note else [self.row.case_title, self.row.court]
        paint_segments(painter, below, parts)
        if self.hasFocus():
            paint_ring(painter, rect, look.radius("control"))


class NowLine(Follows, QWidget):
    """A red line with the time: here the day stands."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(_("Now {time}").format(time=words))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(10), theme.current().small_line + theme.u(1))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("small_strong"))
        painter.setPen(look.color("red_text"))
        painter.drawText(QRectF(0, 0, look.em(4), self.height()), LEFT, self._words)
        middle, x, dot = self.height() / 2, look.em(3.9), look.u(1)
        painter.fillRect(QRectF(x, middle - 0.75, self.width() - x, 1.5), look.color("red"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("red"))
        painter.drawEllipse(QRectF(x - dot / 2, middle - dot, dot * 2, dot * 2))


class Agenda(QWidget):
    """Today's entries in order. ``opened(DeadlineRow)``; ``now`` returns the clock time as ``HH:MM``."""

    opened = Signal(object)

    def __init__(self, today: Callable[[], date], now: Callable[[], str]) -> None:
        super().__init__()
        self._today, self._now = today, now
        self._rows: Sequence[DeadlineRow] = ()
        self._next: DeadlineRow | None = None
        self._lines = vbox(space=1.5, parent=self)

    def fill(self, rows: Sequence[DeadlineRow], following: DeadlineRow | None) -> None:
        """Show today's entries; ``following`` is the next one on a later day."""
        self._rows, self._next = rows, following
        self.redraw()

    def redraw(self) -> None:
        """Put the line where the clock stands now."""
        empty_layout(self._lines)
        now, drawn = self._now(), False
        for row in self._rows:
            if not drawn and row.due_time >= now:
                self._lines.addWidget(NowLine(now))
                drawn = True
            entry = AgendaEntry(row, past=bool(row.due_time) and row.due_time < now)
            entry.clicked.connect(lambda _on=False, row=row: self.opened.emit(row))
            self._lines.addWidget(entry)
        if self._rows and not drawn:
            self._lines.addWidget(NowLine(now))
        if not self._rows:
            self._lines.addWidget(Label(lambda: _("Nothing with a time today."), tone="text2"))
        following = self._next
        if following is not None:
            self._lines.addWidget(
                Label(lambda: self._next_words(following), step="small", tone="text2", wrap=True)
            )

    def retranslate(self) -> None:
        """Take words from the language again."""
        self.redraw()

    def _next_words(self, row: DeadlineRow) -> str:
        day = f"{short_date(row.due, self._today())} {short_weekday(row.due)} {row.due_time}".strip()
        return _("Next: {day} {title}, {case}").format(day=day, title=row.title, case=row.case_title)
