"""The counting strip, every day drawn: one line of cells, or rows of whole weeks where it is narrow."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lawdesk.deadlines.page.cells import Cell, Fold, Role, Span, Strip
from lawdesk.deadlines.rules import makeup_mark, rest_mark
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _, language, pgettext
from lawdesk.ui import Follows, hatch_brush, theme

CENTER = Qt.AlignmentFlag.AlignCenter
LEAST = 2.45
"""Below so many em a cell of one line is too narrow: then whole weeks stand below each other."""
Placed = tuple[Cell | Fold, QRectF]


class StripView(Follows, QWidget):
    """Paints a :class:`Strip`. Its accessible name tells it in a sentence; each day has a tip."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._strip: Strip | None = None
        self._today = today
        self._placed: list[Placed] = []
        self._labels: list[tuple[QRectF, str]] = []
        self._height = 0
        self._weeks = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @property
    def by_weeks(self) -> bool:
        """Whether rows of whole weeks are shown."""
        return self._weeks

    def set_strip(self, strip: Strip | None, today: date) -> None:
        """Show another count."""
        self._strip, self._today = strip, today
        self.setAccessibleName(strip.sentence if strip is not None else "")
        self._place()

    def restyle(self) -> None:
        if hasattr(self, "_placed"):
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(20), max(1, self._height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(14), max(1, self._height))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for item, rect in self._placed:
                if isinstance(item, Cell) and rect.contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), item.tip, self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    # -- placing ----------------------------------------------------------------------------------------------

    def _place(self) -> None:
        self._placed, self._labels = [], []
        strip = self._strip
        if strip is not None and self.width() > 0:
            self._weeks = self.width() < len(strip.shown) * theme.em(LEAST)
            if self._weeks:
                self._place_weeks(strip)
            else:
                self._place_line(strip)
        else:
            self._height = 0
        if self.height() != self._height:
            self.setFixedHeight(max(1, self._height))
        self.updateGeometry()
        self.update()

    def _head(self) -> int:
        """Return the room above the cells of one line: holidays, then weekdays."""
        look = theme.current()
        spans = look.small_line + look.u(2) if self._strip is not None and self._strip.spans else 0
        return spans + look.small_line + look.u(1.5)

    def _cell_height(self) -> int:
        look = theme.current()
        return look.body_line + 2 * look.small_line + look.u(4)

    def _place_line(self, strip: Strip) -> None:
        gap = float(theme.u(1))
        width = (self.width() + gap) / len(strip.shown) - gap
        width = min(width, theme.em(3.4))
        top, height = self._head(), self._cell_height()
        for place, item in enumerate(strip.shown):
            self._placed.append((item, QRectF(place * (width + gap), top, width, height)))
        self._height = top + height + 2

    def _place_weeks(self, strip: Strip) -> None:
        look = theme.current()
        label = look.width("small", _("week of {day}").format(day=short_date(date(2026, 12, 28)))) + look.u(3)
        gap = float(look.u(1.5))
        width = (self.width() - label + gap) / 7 - gap
        height = look.body_line + 2 * look.small_line + look.u(2)
        y = float(look.small_line + look.u(2))
        for column in range(7):
            day = date(2026, 6, 1) + timedelta(days=column)  # a Monday
            where = QRectF(label + column * (width + gap), 0, width, y)
            self._labels.append((where, short_weekday(day)))
        week: date | None = None
        for item in strip.weeks:
            if isinstance(item, Fold):
                y += height + gap if week is not None else 0
                self._placed.append((item, QRectF(label, y, self.width() - label, look.row_height)))
                y += look.row_height + gap - (height + gap)
                week = None
                continue
            monday = item.day - timedelta(days=item.day.weekday())
            if monday != week:
                y += height + gap if self._placed else 0
                week = monday
                words = _("week of {day}").format(day=short_date(monday))
                self._labels.append((QRectF(0, y, label - look.u(2), height), words))
            x = label + item.day.weekday() * (width + gap)
            self._placed.append((item, QRectF(x, y, width, height)))
        self._height = int(y + height) + 2

    # -- painting ---------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._strip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._weeks:
            self._paint_labels(painter)
        else:
            for span in self._strip.spans:
                self._paint_span(painter, span)
        for item, rect in self._placed:
            if isinstance(item, Fold):
                self._paint_fold(painter, item, rect)
            else:
                if not self._weeks:
                    self._paint_weekday(painter, item, rect)
                self._paint_cell(painter, item, rect)

    def _paint_labels(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        for rect, words in self._labels:
            side = CENTER if rect.x() > 0 else Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect, side, words)

    def _paint_span(self, painter: QPainter, span: Span) -> None:
        look = theme.current()
        rects = [
            rect for item, rect in self._placed if isinstance(item, Cell) and span.first <= item.day <= span.last
        ]
        if not rects:
            return
        left, right = rects[0].left(), rects[-1].right()
        y = look.small_line + look.u(0.75)
        painter.fillRect(QRectF(left, y, right - left, 1), look.color("line2"))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        width = max(right - left, float(look.width("small", span.words)) + 2)
        x = min(max(0.0, (left + right - width) / 2), self.width() - width)
        painter.drawText(QRectF(x, 0, width, look.small_line), CENTER, span.words)

    def _paint_weekday(self, painter: QPainter, cell: Cell, rect: QRectF) -> None:
        look = theme.current()
        today = cell.day == self._today
        words = short_weekday(cell.day)
        words = pgettext("over a day", "Today") if today else words[-1] if language() == "zh" else words[:2]
        painter.setFont(look.font("small_strong" if today else "small"))
        painter.setPen(look.color("red_text" if today else "text2"))
        area = QRectF(
            rect.x() - look.u(2), rect.y() - look.small_line - look.u(1), rect.width() + look.u(4), look.small_line
        )
        painter.drawText(area, CENTER, words)

    def _paint_fold(self, painter: QPainter, fold: Fold, rect: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        flags = CENTER | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(-look.u(2), 0, look.u(2), 0), flags, fold.words())

    def _paint_cell(self, painter: QPainter, cell: Cell, rect: QRectF) -> None:
        look = theme.current()
        radius = look.radius("control")
        painter.setPen(Qt.PenStyle.NoPen)
        if cell.role is Role.LAST:
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(rect, radius, radius)
        elif cell.counts:
            painter.setBrush(look.color("accent_soft"))
            painter.drawRoundedRect(rect, radius, radius)
        if self._hatched(cell):
            painter.setBrush(hatch_brush(self.devicePixelRatioF(), token="bar2" if cell.counts else "hatch"))
            painter.drawRoundedRect(rect, radius, radius)
        if cell.role in (Role.TRIGGER, Role.RAW_END):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        self._paint_words(painter, cell, rect)

    def _paint_words(self, painter: QPainter, cell: Cell, rect: QRectF) -> None:
        look = theme.current()
        last = cell.role is Role.LAST
        first_of_month = cell.day.day == 1 or (self._placed and self._placed[0][0] is cell)
        number = f"{cell.day.month}/{cell.day.day}" if first_of_month else str(cell.day.day)
        top = rect.y() + look.u(1 if self._weeks else 1.5)
        step = "strong" if look.width("strong", number) < rect.width() - 5 else "small_strong"
        head = QRectF(rect.x(), top, rect.width(), look.body_line)
        self._words(painter, head, number, step, "on_accent" if last else "text", plate=self._hatched(cell))
        middle = QRectF(rect.x(), top + look.body_line, rect.width(), look.small_line)
        if cell.makeup:
            self._plate(painter, middle, makeup_mark(), "amber_soft", "amber_text")
        elif cell.rest and not last and cell.role is not Role.TRIGGER:
            self._plate(painter, middle, rest_mark(), "surface", "text2")
        elif self._weeks and cell.day == self._today:
            token = "on_accent" if last else "red_text"
            self._words(painter, middle, pgettext("over a day", "Today"), "small_strong", token)
        foot = QRectF(
            rect.x() - 2, rect.bottom() - look.small_line - look.u(0.75), rect.width() + 4, look.small_line
        )
        words = cell.foot
        if self._weeks and cell.number and words == str(cell.number):
            words = _("day no. {number}").format(number=cell.number)
        strong = cell.role in (Role.TRIGGER, Role.RAW_END, Role.LAST)
        token = "on_accent" if last else "text2" if cell.role is Role.SKIPPED else "accent_text"
        step = "small_strong" if strong else "small"
        if look.width(step, words) > rect.width() - 2:
            step = "tiny"
        self._words(painter, foot, words, step, token, plate=self._hatched(cell))

    def _hatched(self, cell: Cell) -> bool:
        return cell.role is Role.SKIPPED or (cell.rest and cell.role in (Role.COUNTED, Role.RAW_END))

    def _words(
        self, painter: QPainter, rect: QRectF, words: str, step: str, token: str, *, plate: bool = False
    ) -> None:
        """Write in the middle of ``rect``; on hatching with a quiet plate below."""
        if not words:
            return
        look = theme.current()
        if plate:
            width = look.width(step, words) + look.u(1)
            ground = look.color("accent_soft" if token != "text2" else "surface")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(
                QRectF(rect.center().x() - width / 2, rect.y() + 1, width, rect.height() - 2), 2, 2
            )
        painter.setFont(look.font(step))
        painter.setPen(look.color(token))
        painter.drawText(rect.adjusted(-4, 0, 4, 0), CENTER, words)

    def _plate(self, painter: QPainter, rect: QRectF, words: str, ground: str, token: str) -> None:
        look = theme.current()
        width = look.width("small", words) + look.u(2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        place = QRectF(rect.center().x() - width / 2, rect.y(), width, rect.height())
        painter.drawRoundedRect(place, look.radius("chip"), look.radius("chip"))
        painter.setFont(look.font("small"))
        painter.setPen(look.color(token))
        painter.drawText(place, CENTER, words)


class StripLegend(Follows, QWidget):
    """What the cells mean, each in a word; only what the strip shows."""

    def __init__(self) -> None:
        super().__init__()
        self._strip: Strip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_strip(self, strip: Strip | None) -> None:
        """Explain another strip."""
        self._strip = strip
        self.restyle()

    def restyle(self) -> None:
        if hasattr(self, "_strip"):
            self.setFixedHeight(theme.current().small_line + theme.u(1))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._strip is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = [item for item in self._strip.shown if isinstance(item, Cell)]
        entries: list[tuple[str, str, str]] = []
        if any(cell.role is Role.COUNTED and not cell.rest for cell in cells):
            entries.append((_("counted"), "accent_soft", ""))
        if any(cell.role in (Role.COUNTED, Role.RAW_END) and cell.rest for cell in cells):
            entries.append((_("rest day, counted"), "accent_soft", "bar2"))
        if any(cell.role is Role.SKIPPED for cell in cells):
            entries.append((_("rest day, not counted"), "", "hatch"))
        x, side = 0.0, float(look.small_line - look.u(0.5))
        for words, ground, hatch in entries:
            box = QRectF(x, (self.height() - side) / 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            if ground:
                painter.setBrush(look.color(ground))
                painter.drawRoundedRect(box, 2, 2)
            if hatch:
                painter.setBrush(hatch_brush(self.devicePixelRatioF(), token=hatch))
                painter.drawRoundedRect(box, 2, 2)
            x = self._word(painter, x + side + look.u(1.5), words)
        if any(cell.makeup for cell in cells):
            width = look.width("small", makeup_mark()) + look.u(2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("amber_soft"))
            box = QRectF(x, (self.height() - side) / 2, width, side)
            painter.drawRoundedRect(box, 2, 2)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("amber_text"))
            painter.drawText(box, CENTER, makeup_mark())
            self._word(painter, x + width + look.u(1.5), _("make-up working day"))

    def _word(self, painter: QPainter, x: float, words: str) -> float:
        look = theme.current()
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        painter.drawText(
            QRectF(x, 0, self.width() - x, self.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )
        return x + look.width("small", words) + look.u(5)
