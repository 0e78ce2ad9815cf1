"""The top bar: search, the timer, the bell and 新建."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import icons, theme
from lawdesk.ui.buttons import Button, Command, menu_of
from lawdesk.ui.chips import paint_ring
from lawdesk.ui.keycaps import KeyCaps
from lawdesk.ui.layouts import STRETCH, hbox
from lawdesk.ui.words import Follows

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def clock(seconds: int) -> str:
    """Return a duration as 0:42:18."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


class SearchButton(Follows, QPushButton):
    """Looks like a field and opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("painted", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.words())
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()

    def words(self) -> str:
        """Return what it says."""
        return _("Find cases, parties, documents, or type a command")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(34), theme.current().control_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(12), theme.current().control_height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color("hatch"), 1))
        painter.setBrush(look.color("surface" if not look.dark else "raised"))
        painter.drawRoundedRect(rect, look.radius("control"), look.radius("control"))
        icons.paint(painter, "search", "text2", QRectF(look.u(2), 0, look.icon_size(5), self.height()), units=4.5)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text3"))
        room = rect.adjusted(look.u(10), 0, -look.u(2), 0)
        shown = look.metrics("body").elidedText(self.words(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT, shown)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), look.radius("control"))


class TimerChip(Follows, QWidget):
    """The running timer: dot, elapsed time, case, pause, stop; "start" when none runs.

    It is the only thing on screen that changes by itself, once a second, and only this chip is painted again.
    Signals: ``start_requested`` ``pause_requested`` ``resume_requested`` ``stop_requested`` ``open_requested``.
    """

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self._seconds = 0
        self._since = 0.0
        self.narrow = False
        self.state = "stopped"
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.update)
        self._hold = Button(kind="ghost", icon="pause", name=self._hold_words, run=self._held)
        self._stop = Button(
            kind="ghost", icon="square", name=lambda: _("Stop the timer"), run=self.stop_requested.emit
        )
        for button in (self._hold, self._stop):
            button.setParent(self)
            button.setProperty("bare", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_stopped()

    def seconds(self) -> int:
        """Return the elapsed seconds."""
        return self._seconds + (int(time.monotonic() - self._since) if self.state == "running" else 0)

    def set_running(self, label: str, seconds: int) -> None:
        """Show a timer that has run ``seconds`` for ``label`` and runs on."""
        self._show("running", label, seconds)

    def set_paused(self, label: str, seconds: int) -> None:
        """Show a timer that stands."""
        self._show("paused", label, seconds)

    def set_stopped(self) -> None:
        """Show that nothing runs."""
        self._show("stopped", "", 0)

    def restyle(self) -> None:
        self.updateGeometry()
        if hasattr(self, "_stop"):
            self._place()

    def retranslate(self) -> None:
        if hasattr(self, "_stop"):
            self.setAccessibleName(self._sentence())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        height = look.body_line + look.u(2.5)
        if self.state == "stopped":
            return QSize(look.width("body", _("Start timer")) + look.u(12), height)
        label = min(look.width("small", self._label), look.em(8 if self.narrow else 15))
        return QSize(look.width("strong", "00:00:00") + label + look.u(33), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        if self.state == "stopped":
            return self.sizeHint()
        return QSize(look.width("strong", "00:00:00") + look.u(30), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = rect.height() / 2
        painter.setPen(QPen(look.color("hatch"), 1))
        painter.setBrush(look.color("surface" if not look.dark else "raised"))
        painter.drawRoundedRect(rect, radius, radius)
        mark = QRectF(look.u(2), 0, look.icon_size(5), self.height())
        icon = {"running": "circle-dot", "paused": "pause", "stopped": "play"}[self.state]
        icons.paint(painter, icon, "accent_text" if self.state == "running" else "text2", mark, units=4.5)
        x = mark.right() + look.u(1.5)
        if self.state == "stopped":
            painter.setFont(look.font("body"))
            painter.setPen(look.color("text2"))
            painter.drawText(rect.adjusted(x, 0, 0, 0), LEFT, _("Start timer"))
        else:
            painter.setFont(look.font("strong"))
            painter.setPen(look.color("text"))
            text = clock(self.seconds())
            painter.drawText(rect.adjusted(x, 0, 0, 0), LEFT, text)
            x += max(look.width("strong", text), look.width("strong", "0:00:00")) + look.u(2.5)
            edge = self._hold.x() - look.u(2)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            shown = look.metrics("small").elidedText(
                self._label, Qt.TextElideMode.ElideRight, int(edge - look.u(2) - x)
            )
            painter.drawText(QRectF(x, 0, edge - x, self.height()), LEFT, shown)
            painter.fillRect(QRectF(edge, look.u(2), 1, self.height() - look.u(4)), look.color("line"))
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), radius)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._pressed()

    def keyPressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        key = event.key()  # type: ignore[attr-defined]  # a QKeyEvent
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pressed()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.state == "running":
            self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._tick.stop()

    def _pressed(self) -> None:
        (self.start_requested if self.state == "stopped" else self.open_requested).emit()

    def _held(self) -> None:
        (self.pause_requested if self.state == "running" else self.resume_requested).emit()

    def _hold_words(self) -> str:
        return _("Go on") if self.state == "paused" else _("Pause the timer")

    def _sentence(self) -> str:
        if self.state == "stopped":
            return _("Start timer")
        state = _("Timer running") if self.state == "running" else _("Timer paused")
        return f"{state}：{self._label} {clock(self.seconds())}"

    def _show(self, state: str, label: str, seconds: int) -> None:
        self.state, self._label, self._seconds = state, label, seconds
        self._since = time.monotonic()
        if state == "running" and self.isVisible():
            self._tick.start()
        else:
            self._tick.stop()
        self._hold.set_icon("play" if state == "paused" else "pause")
        self._hold.retranslate()
        for button in (self._hold, self._stop):
            button.setVisible(state != "stopped")
        self.setToolTip(label)
        self.retranslate()
        self._place()

    def _place(self) -> None:
        size = self.height() - theme.u(1.5)
        top = (self.height() - size) // 2
        self._stop.setGeometry(self.width() - size - theme.u(1.5), top, size, size)
        self._hold.setGeometry(self.width() - 2 * size - theme.u(1.5), top, size, size)


class BellButton(Button):
    """The bell, with the number of reminders not seen yet."""

    def __init__(self, run: Callable[[], object]) -> None:
        super().__init__(kind="ghost", icon="bell", name=self._sentence, run=run)
        self.setProperty("onrail", True)
        self._unseen = 0

    def set_count(self, count: int) -> None:
        """Show how many reminders are new."""
        self._unseen = count
        self.retranslate()
        self.update()

    def _sentence(self) -> str:
        count = getattr(self, "_unseen", 0)
        return _("Reminders, {count} new").format(count=count) if count else _("Reminders")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self._unseen:
            look = theme.current()
            painter = QPainter(self)
            painter.setFont(look.font("small_strong"))
            painter.setPen(look.color("red_text"))
            place = QRectF(self.width() / 2 + look.u(1.5), look.u(0.5), self.width() / 2, look.small_line)
            painter.drawText(place, LEFT, str(self._unseen))


class TopBar(Follows, QWidget):
    """The bar above the sheet."""

    def __init__(self, *, search: Callable[[], object], bell: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.search = SearchButton()
        self.search.clicked.connect(lambda _on=False: search())
        self.caps = KeyCaps("Ctrl+K", together=True)
        self.timer = TimerChip()
        self.bell = BellButton(bell)
        self.new = Button(lambda: _("New"), self.open_new, icon="plus", mnemonic="N")
        self._commands: Sequence[Command] = ()
        line = hbox(
            self.search,
            self.caps,
            STRETCH,
            self.timer,
            self.bell,
            self.new,
            space=2,
            margins=(1, 0, 4, 0),
            parent=self,
        )
        line.setStretch(0, 3)
        line.setStretch(2, 1)
        self.search.setMaximumWidth(theme.em(34))
        self.new.hide()
        self.restyle()

    def set_new_commands(self, commands: Sequence[Command]) -> None:
        """Set what can be made new; one command is run at once, several open a menu."""
        self._commands = tuple(commands)
        self.new.setVisible(bool(commands))

    def open_new(self) -> None:
        """Open the menu of new things."""
        if len(self._commands) == 1:
            self._commands[0].run()
        elif self._commands:
            menu = menu_of(self._commands, self.new)
            corner = QPoint(self.new.width() - menu.sizeHint().width(), self.new.height() + theme.u(1))
            menu.popup(self.new.mapToGlobal(corner))
            first = menu.actions()[0]
            menu.setActiveAction(first)

    def set_narrow(self, narrow: bool) -> None:
        """Give the search more room than the timer's case."""
        self.timer.narrow = narrow
        self.timer.updateGeometry()

    def restyle(self) -> None:
        if hasattr(self, "new"):
            self.setFixedHeight(theme.current().top_bar_height)
            self.search.setMaximumWidth(theme.em(34))
