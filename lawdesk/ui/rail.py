"""The rail at the left: firm, pages with what waits for you, settings and person at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import icons, theme
from lawdesk.ui.buttons import Command, menu_of
from lawdesk.ui.chips import paint_ring
from lawdesk.ui.labels import Label
from lawdesk.ui.layouts import STRETCH, hbox, sized, units, vbox
from lawdesk.ui.page import PageEntry
from lawdesk.ui.panes import ScrollArea
from lawdesk.ui.words import Follows

WIDTH, NARROW_WIDTH = 12.6, 5.15
CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Seal(Follows, QWidget):
    """The mark of the program: scales on a blue square."""

    def __init__(self, units: float = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units = units
        self.restyle()

    def restyle(self) -> None:
        if hasattr(self, "_units"):
            side = theme.u(self._units)
            self.setFixedSize(side, side)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        radius = theme.current().radius("box")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        rect = QRectF(self.rect())
        icons.paint(painter, "scale", "on_accent", rect, units=self._units * 0.62, stroke=2)


class RailButton(Follows, QPushButton):
    """One entry: icon and label, a pill with an accent bar when selected, a number when something waits."""

    def __init__(self, icon: str, words: object, short: object = None, *, shortcut: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._words = words
        self._short = short
        self._hint = shortcut
        self.narrow = False
        self.badge = 0
        self._hovered = False
        self.setProperty("painted", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def words(self) -> str:
        """Return the label as shown now."""
        short = self._short if self.narrow and self._short is not None else self._words
        return str(short() if callable(short) else short)

    def set_words(self, words: object) -> None:
        """Show another label."""
        self._words = words
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Put the label below the icon, or beside it."""
        self.narrow = narrow
        self.retranslate()

    def set_badge(self, count: int) -> None:
        """Show how much waits for you; 0 shows nothing."""
        self.badge = count
        self.retranslate()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        if not hasattr(self, "_words"):
            return
        name = str(self._words() if callable(self._words) else self._words)
        if self.badge:
            self.setAccessibleName(_("{page}, {count} waiting").format(page=name, count=self.badge))
        else:
            self.setAccessibleName(name)
        self.setToolTip(f"{name} {self._hint}".strip())
        self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        if self.narrow:
            return QSize(look.em(NARROW_WIDTH), look.icon_size(5) + look.small_line + look.u(3.5))
        return QSize(look.em(WIDTH), look.row_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._hovered = False
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        side = look.u(1.5 if self.narrow else 2)
        pill = QRectF(self.rect()).adjusted(side, 0.5, -side, -0.5)
        if on or self._hovered:
            painter.setPen(QPen(look.color("line"), 1) if on and not look.dark else Qt.PenStyle.NoPen)
            ground = ("neutral_soft" if look.dark else "surface") if on else "hover"
            painter.setBrush(look.color(ground))
            painter.setOpacity(1.0 if on else 0.7)
            painter.drawRoundedRect(pill, look.radius("box"), look.radius("box"))
            painter.setOpacity(1.0)
        if on:
            high = pill.height() * (0.48 if not self.narrow else 0.45)
            bar = QRectF(pill.x(), pill.center().y() - high / 2, max(3.0, look.u(0.75)), high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("focus" if look.dark else "accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        token = "accent_text" if on else "text2"
        if self.narrow:
            self._paint_narrow(painter, pill, token, on=on)
        else:
            self._paint_wide(painter, pill, token, on=on)
        if self.hasFocus():
            paint_ring(painter, pill, look.radius("box"))

    def _paint_wide(self, painter: QPainter, pill: QRectF, token: str, *, on: bool) -> None:
        look = theme.current()
        place = QRectF(pill.x() + look.u(3), pill.y(), look.icon_size(5), pill.height())
        icons.paint(painter, self._icon, token, place, units=5)
        right = look.width("body", str(self.badge)) + look.u(5) if self.badge else look.u(2)
        room = pill.adjusted(look.u(11), 0, -right, 0)
        step = "strong" if on else "body"
        painter.setFont(look.font(step))
        painter.setPen(look.color("text" if on else "text2"))
        shown = look.metrics(step).elidedText(self.words(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, LEFT, shown)
        if self.badge:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text" if on else "text2"))
            painter.drawText(
                pill.adjusted(0, 0, -look.u(3), 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(self.badge),
            )

    def _paint_narrow(self, painter: QPainter, pill: QRectF, token: str, *, on: bool) -> None:
        look = theme.current()
        size = look.icon_size(5)
        top = QRectF(pill.x(), pill.y() + look.u(1.5), pill.width(), size)
        icons.paint(painter, self._icon, token, top, units=5)
        below = QRectF(pill.x(), top.bottom() + look.u(0.75), pill.width(), look.small_line)
        step = "small_strong" if on else "small"
        painter.setFont(look.font(step))
        painter.setPen(look.color("text" if on else "text2"))
        shown = look.metrics(step).elidedText(self.words(), Qt.TextElideMode.ElideRight, int(pill.width()))
        painter.drawText(below, CENTER, shown)
        if self.badge:
            painter.setFont(look.font("small_strong"))
            painter.setPen(look.color("accent_text"))
            x = pill.center().x() + size / 2
            place = QRectF(x, top.y() - look.u(1), pill.right() - x, look.small_line)
            painter.drawText(place, LEFT, str(self.badge))


class Rail(Follows, QWidget):
    """The rail. ``picked(key)`` when a page is pressed; the person opens a menu of ``person_commands``."""

    picked = Signal(str)

    def __init__(self, firm: str, person: str, note: str, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.buttons: dict[str, RailButton] = {}
        self.person_commands: Sequence[Command] = ()
        self.firm = Label(firm, step="strong", elide=True)
        self.note = Label(note, step="tiny", tone="text2", elide=True)
        if not note:
            self.note.hide()
        self._text = QWidget()
        text = vbox(STRETCH, self.firm, self.note, STRETCH, space=0, parent=self._text)
        text.setStretch(0, 1)
        self._head = QWidget()
        self._head_line = hbox(Seal(), self._text, space=2, margins=(4, 0, 1, 0), parent=self._head)
        body, foot = QWidget(), QWidget()
        shown = [entry for entry in entries if not entry.under]
        top = [entry for entry in shown if not entry.at_foot]
        shortcut = {entry.key: f"Ctrl+{place}" for place, entry in enumerate(top, 1) if place <= 9}
        upper = [self._make(entry, shortcut.get(entry.key, "")) for entry in top]
        lower = [self._make(entry, "") for entry in shown if entry.at_foot]
        self.person = RailButton("user", person)
        self.person.clicked.connect(self._open_person)
        vbox(*upper, STRETCH, space=0, parent=body)
        vbox(*lower, self.person, space=0, parent=foot)
        layout = vbox(self._head, ScrollArea(body), foot, space=1, margins=(0, 0, 0, 1), parent=self)
        layout.setStretch(1, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Labels below the icons (never gone), no firm name."""
        sized(self, width=NARROW_WIDTH if narrow else WIDTH)
        self._text.setVisible(not narrow)
        self.person.setVisible(not narrow)
        for button in (*self.buttons.values(), self.person):
            button.set_narrow(narrow)
        units(self._head_line, space=2, margins=(0 if narrow else 4, 0, 0 if narrow else 1, 0))
        self._head_line.setStretch(1, 0 if narrow else 1)
        self.restyle()

    def select(self, key: str) -> None:
        """Show ``key`` as the page in view."""
        for found, button in self.buttons.items():
            button.setChecked(found == key)

    def restyle(self) -> None:
        if hasattr(self, "_head"):
            self._head.setFixedHeight(theme.current().top_bar_height)

    def _make(self, entry: PageEntry, shortcut: str) -> RailButton:
        button = RailButton(entry.icon, entry.title, entry.short, shortcut=shortcut)
        button.setCheckable(True)
        button.clicked.connect(lambda _on=False, key=entry.key: self.picked.emit(key))
        self.buttons[entry.key] = button
        return button

    def _open_person(self) -> None:
        if self.person_commands:
            menu = menu_of(self.person_commands, self.person)
            menu.popup(self.person.mapToGlobal(QPoint(theme.u(2), -menu.sizeHint().height())))
