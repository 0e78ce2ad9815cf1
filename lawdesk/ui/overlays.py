"""What floats above the sheet: toast and side sheet, with a painted shadow and 120 ms of motion."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import theme
from lawdesk.ui.buttons import Button
from lawdesk.ui.labels import IconLabel, Label
from lawdesk.ui.layouts import STRETCH, hbox, vbox
from lawdesk.ui.words import Follows, Words, alive, say

TOAST_MS = 10_000
ERROR_MS = 30_000
MOTION_MS = 120
RINGS = 12


def paint_shadow(painter: QPainter, panel: QRectF, radius: float) -> None:
    """Paint 12 rounded rings of rising alpha around ``panel``."""
    reach = theme.current().base * 0.06
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    strength = 7 if theme.current().dark else 3
    for ring in range(RINGS, 0, -1):
        grow = ring * reach
        painter.setBrush(QColor(0, 0, 0, strength))
        painter.drawRoundedRect(
            panel.adjusted(-grow, -grow + reach * 3, grow, grow + reach * 3), radius + grow, radius + grow
        )


class Floating(Follows, QWidget):
    """A panel with a shadow; ``margin`` is the room the shadow needs around it."""

    ground = "raised"
    edge = "line"
    radius = "sheet"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.over = parent
        self.hide()

    @property
    def margin(self) -> int:
        """The room for the shadow, in pixels."""
        return theme.em(1.0)

    def panel_rect(self) -> QRect:
        """Return where the panel itself is."""
        room = self.margin
        return self.rect().adjusted(room, room, -room, -room)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        panel = QRectF(self.panel_rect())
        paint_shadow(painter, panel, look.radius(self.radius))
        painter.setPen(QPen(look.color(self.edge), 1))
        painter.setBrush(look.color(self.ground))
        painter.drawRoundedRect(
            panel.adjusted(0.5, 0.5, -0.5, -0.5), look.radius(self.radius), look.radius(self.radius)
        )


class Toast(Floating):
    """What was done, with "Undo" and Ctrl+Z; ten seconds, longer under the pointer; a new one replaces it."""

    ground = "toast"
    edge = "toast_edge"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self._words: Words = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_toast)
        self._icon = IconLabel("check", tone="on_toast", units=4.5)
        self._text = Label("", step="strong", tone="on_toast")
        self._button = Button(lambda: _("Undo"), self.undo, kind="link")
        self._keys = Label("Ctrl Z", step="small", tone="on_toast")
        self._close = Button(
            kind="ghost", icon="x", name=lambda: _("Close"), run=self.close_toast, token="on_toast"
        )
        self._close.hide()
        self._body = QWidget(self)
        line = hbox(
            self._icon, self._text, self._button, self._keys, self._close,
            space=2.5, margins=(4, 0, 4, 0), parent=self._body,
        )  # fmt: skip
        line.setStretch(1, 1)

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back now."""
        return self.isVisible() and self._undo is not None

    def say(
        self, words: Words, undo: Callable[[], object] | None = None, *, icon: str = "check", tone: str = ""
    ) -> None:
        """Show ``words`` for ten seconds (an error, ``tone="red"``, for thirty)."""
        self._undo, self._words = undo, words
        self._icon.set_icon(icon, "on_toast")
        self._text.set_words(words)
        self._text.setWordWrap(tone == "red")
        self._button.setVisible(undo is not None)
        self._keys.setVisible(undo is not None)
        self._close.setVisible(undo is None and tone == "red")
        self.setAccessibleName(say(words))
        self.restyle()
        self._timer.start(ERROR_MS if tone == "red" else TOAST_MS)
        self.place()
        self.show()
        self.raise_()

    def undo(self) -> None:
        """Take back what the toast speaks of."""
        undo, self._undo = self._undo, None
        self.close_toast()
        if undo is not None:
            undo()

    def close_toast(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def place(self) -> None:
        """Stand at the bottom left of the parent, above the foot of a page."""
        parent = self.over
        room, gap = self.margin, theme.u(4)
        most = parent.width() - 2 * gap
        wanted = self._body.sizeHint().width()
        width = min(most, max(theme.em(27), wanted) if self._undo is not None else max(theme.em(16), wanted))
        width = min(width, theme.em(46))
        height = theme.current().control_height + theme.u(2.5)
        if self._text.wordWrap():
            inner = width - theme.u(26)
            height = max(height, self._text.heightForWidth(max(inner, 50)) + theme.u(5))
        shown = self._above_foot(QRect(gap, parent.height() - gap - height, width, height))
        self.setGeometry(shown.adjusted(-room, -room, room, room))
        self._body.setGeometry(self.panel_rect())

    def _above_foot(self, wanted: QRect) -> QRect:
        """Move up where it would cover what a page says at its foot."""
        for foot in self.over.findChildren(QFrame, "foot"):
            taken = QRect(foot.mapTo(self.over, QPoint()), foot.size())
            if foot.isVisible() and taken.intersects(wanted):
                wanted.moveBottom(taken.top() - theme.u(2))
        return wanted

    def restyle(self) -> None:
        if not hasattr(self, "_close"):
            return
        dark = theme.current().dark
        for button, token in ((self._button, "toast_link"), (self._close, "on_toast")):
            palette = button.palette()
            palette.setColor(QPalette.ColorRole.ButtonText, theme.color(token))
            button.setStyleSheet(
                f"color: {theme.color(token).name()}; font-weight: bold; background: transparent;"
            )
        self._icon.update()
        self._keys.set_tone("on_toast" if not dark else "text2")
        if self.isVisible():
            self.place()

    def retranslate(self) -> None:
        if hasattr(self, "_close"):
            self.setAccessibleName(say(self._words))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if self.isVisible():
            self._timer.start(TOAST_MS // 2)
        super().leaveEvent(event)


class SideSheet(Floating):
    """A sheet that slides in from the right for quick entry. Esc closes it; what was typed stays in its widget."""

    WIDTH = 28.0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._content: QWidget | None = None
        self._on_close: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self.title = Label("", step="h2")
        name = lambda: _("Close, keep what is typed")  # noqa: E731 - asked again in the other language
        self._close = Button(kind="ghost", icon="x", name=name, run=self.close_sheet)
        self._body = QWidget(self)
        head = hbox(self.title, STRETCH, self._close, space=2)
        self._column = vbox(head, space=3, margins=(5, 4, 4, 4), parent=self._body)
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setDuration(MOTION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)

    @property
    def is_open(self) -> bool:
        """Whether it is in view."""
        return self.isVisible()

    def open_sheet(self, content: QWidget, title: Words, *, on_close: Callable[[], object] | None = None) -> None:
        """Show ``content`` under ``title`` and put the focus into it."""
        if self._content is not None and self._content is not content:
            self._let_go()
        self._before = self.window().focusWidget()
        self._on_close = on_close
        self.title.set_words(title)
        self.setAccessibleName(say(title))
        if self._content is None:
            self._content = content
            self._column.addWidget(content, 1)
        content.show()
        self.place()
        self.show()
        self.raise_()
        if theme.current().motion:
            end = self.pos()
            self._motion.stop()
            self._motion.setStartValue(end + QPoint(theme.em(6), 0))
            self._motion.setEndValue(end)
            self._motion.start()
        first = content.nextInFocusChain() if content.focusPolicy() == Qt.FocusPolicy.NoFocus else content
        while first is not None and first is not content and not _takes_focus(first, content):
            first = first.nextInFocusChain()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Slide out. The content keeps its state and may be opened again."""
        if not self.isVisible():
            return
        self.hide()
        self._let_go()
        if self._before is not None and alive(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        done, self._on_close = self._on_close, None
        if done is not None:
            done()

    def place(self) -> None:
        """Stand at the right of the parent, over its whole height."""
        self._motion.stop()
        parent = self.over
        room = self.margin
        width = min(theme.em(self.WIDTH), parent.width() - theme.u(8))
        self.setGeometry(parent.width() - width - room, -room, width + 2 * room, parent.height() + 2 * room)
        self._body.setGeometry(self.panel_rect())

    def restyle(self) -> None:
        if hasattr(self, "_body") and self.isVisible():
            self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes around inside the sheet: the page behind it is half covered, and Esc must reach the sheet."""
        before = self.window().focusWidget()
        moved = super().focusNextPrevChild(forward)
        inside = self.window().focusWidget()
        if not self.isVisible() or self._content is None or (inside is not None and self.isAncestorOf(inside)):
            return moved
        content = self._content
        stops = [
            stop for stop in content.findChildren(QWidget) if _takes_focus(stop, content) and stop.isVisible()
        ]
        if before is self._close and stops:
            end = min(stops, key=self._place_of) if forward else max(stops, key=self._place_of)
        else:
            end = self._close
        end.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _place_of(self, stop: QWidget) -> tuple[int, int]:
        place = stop.mapTo(self, QPoint(0, 0))
        return place.y(), place.x()

    def _let_go(self) -> None:
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content = None


def _takes_focus(widget: QWidget, inside: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and not widget.isHidden()
    return takes and inside.isAncestorOf(widget)


class FollowsSize(QObject):
    """Calls ``place`` when ``watched`` changes its size."""

    def __init__(self, watched: QWidget, *place: Callable[[], object]) -> None:
        super().__init__(watched)
        self._place = place
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            for place in self._place:
                place()
        return super().eventFilter(watched, event)
