"""The chain of proceedings: one box each, the running one tinted; pressing a box opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from lawdesk.cases.page.words import current_proceeding, proceeding_title
from lawdesk.cases.queries import CaseDetail, ProceedingRow
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _
from lawdesk.ui import Follows, icons, theme
from lawdesk.ui.chips import paint_ring
from lawdesk.ui.flow import FlowLayout

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def state_words(row: ProceedingRow, *, current: bool, stage: str) -> str:
    """Return where a proceeding stands in a few words."""
    if row.result:
        return row.result
    if row.ended_on is not None:
        return _("Ended {day}").format(day=long_date(row.ended_on))
    if current and stage:
        return stage
    if row.started_on is not None:
        return _("Since {day}").format(day=long_date(row.started_on))
    return _("Running")


class ProceedingBox(Follows, QAbstractButton):
    """One proceeding: icon, kind, where it stands, court, court case number."""

    def __init__(self, row: ProceedingRow, *, current: bool, stage: str, first: bool) -> None:
        super().__init__()
        self.row, self._current, self._stage, self._first = row, current, stage, first
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def lines(self) -> tuple[str, str, str]:
        """Return state, court and court case number."""
        return (
            state_words(self.row, current=self._current, stage=self._stage),
            self.row.court or _("Court not known yet"),
            self.row.court_number,
        )

    def retranslate(self) -> None:
        current = _("current") if self._current else ""
        words = [proceeding_title(self.row.kind), current, *self.lines()]
        self.setAccessibleName("，".join(word for word in words if word))
        self.setToolTip(_("Open this proceeding"))
        self.restyle()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _lead(self) -> int:
        """Return the room of the arrow before the box."""
        return 0 if self._first else theme.u(5)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        head = look.width("h3", proceeding_title(self.row.kind)) + look.icon_size(5) + look.u(2)
        if self._current:
            head += look.u(4) + look.width("small", _("Current"))
        widest = max(head, *(look.width("small", line) for line in self.lines()))
        width = min(max(widest, look.em(6)), look.em(19)) + look.u(6) + self._lead()
        height = look.u(6) + look.metrics("h3").height() + 3 * (look.small_line + look.u(0.75)) + look.u(1)
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(7), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lead = self._lead()
        if lead:
            icons.paint(painter, "chevron-right", "text2", QRectF(0, 0, lead, self.height()), units=4)
        box = QRectF(lead, 0, self.width() - lead, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge, ground = ("accent", "accent_soft") if self._current else ("line", "surface")
        painter.setPen(QPen(look.color(edge), 1))
        painter.setBrush(look.color("hover" if self.underMouse() and not self._current else ground))
        painter.drawRoundedRect(box, look.radius("box"), look.radius("box"))
        inner = box.adjusted(look.u(3), look.u(3), -look.u(3), -look.u(3))
        self._paint_head(painter, inner)
        y = inner.y() + look.metrics("h3").height() + look.u(1.5)
        for number, line in enumerate(self.lines()):
            place = QRectF(inner.x(), y, inner.width() + look.u(1), look.small_line)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text" if number == 0 else "text2"))
            cut = look.metrics("small").elidedText(line, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, LEFT, cut)
            y += look.small_line + look.u(0.75)
        if self.hasFocus():
            paint_ring(painter, box, look.radius("box"))

    def _paint_head(self, painter: QPainter, inner: QRectF) -> None:
        look = theme.current()
        ended = bool(self.row.result) or self.row.ended_on is not None
        icon, token = ("check", "green_text") if ended else ("circle", "text2")
        if self._current:
            icon, token = "gavel", "accent_text"
        line = QRectF(inner.x(), inner.y(), inner.width(), look.metrics("h3").height())
        size = look.icon_size(5)
        icons.paint(painter, icon, token, QRectF(line.x(), line.y(), size, line.height()), units=5)
        painter.setFont(look.font("h3"))
        painter.setPen(look.color("text"))
        painter.drawText(line.adjusted(size + look.u(2), 0, 0, 0), LEFT, proceeding_title(self.row.kind))
        if self._current:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("accent_text"))
            painter.drawText(line, RIGHT, _("Current"))


class ProceedingChain(QWidget):
    """All proceedings of a case in order; ``opened(proceeding id)`` when one is pressed."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[ProceedingBox] = []
        self._flow = FlowLayout(self, space=1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, case: CaseDetail) -> None:
        """Show the proceedings of ``case``."""
        for box in self.boxes:
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        running = current_proceeding(case)
        self.boxes = []
        for row in case.proceedings:
            current = running is not None and row.id == running.id
            box = ProceedingBox(row, current=current, stage=case.stage, first=not self.boxes)
            box.clicked.connect(self._opener(row.id))
            self._flow.addWidget(box)
            self.boxes.append(box)
        self.updateGeometry()

    def _opener(self, proceeding_id: int) -> Callable[[], None]:
        return lambda: self.opened.emit(proceeding_id)
