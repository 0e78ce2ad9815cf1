"""The mark of an ethical wall on a case: that there is one, who is inside, who raised it and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from lawdesk.firm import WallRow
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import Chip, Facts, Segment, Sheet, paint_ring, theme

ICON = "eye-off"


class WallMark(Chip):
    """A chip in the head of a case: Tab reaches it and shows the tooltip, Enter or a click opens all of it."""

    def __init__(self, walls: Sequence[WallRow], opened: Callable[[], object]) -> None:
        self._walls, self._opened = tuple(walls), opened
        super().__init__(mark_words, icon=ICON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def retranslate(self) -> None:
        super().retranslate()
        words = "\n".join(map(wall_sentence, self._walls))
        self.setToolTip(words)
        self.setAccessibleDescription(words)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._opened()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._opened()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), QRectF(self.rect()), theme.current().radius("chip"))


class WallsSheet(Sheet):
    """Everything about the walls around a case and its parties; they are changed in Settings."""

    def __init__(self, walls: Sequence[WallRow]) -> None:
        super().__init__(*(Facts(_facts(wall)) for wall in walls))


def mark_words() -> str:
    """Return the word for a case behind a wall."""
    return _("Walled")


def wall_sign() -> Segment:
    """Return the mark for the line of a list."""
    return Segment(mark_words(), icon=ICON)


def wall_sentence(wall: WallRow) -> str:
    """Return who is inside and who raised the wall, in one sentence."""
    words = _("Inside the wall: {names}. Raised by {person} on {day}.")
    return words.format(names=_names(wall.inside), person=wall.set_by or "–", day=long_date(wall.since.date()))


def _names(people: tuple[tuple[int, str], ...]) -> str:
    return pgettext("list", ", ").join(name for _id, name in people) or "–"


def _facts(wall: WallRow) -> list[tuple[Callable[[], str], str]]:
    facts: list[tuple[Callable[[], str], str]] = [
        (lambda: _("Wall around"), wall.around),
        (lambda: _("Inside"), _names(wall.inside)),
        (lambda: _("Raised by"), wall.set_by),
        (lambda: _("Stands since"), long_date(wall.since.date())),
        (lambda: _("Reason for it"), wall.reason),
    ]
    if wall.outside:
        facts.insert(2, (lambda: _("Shut out"), _names(wall.outside)))
    return facts
