"""Key caps: a shortcut painted as the keys it is made of."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.ui import theme
from lawdesk.ui.words import Follows


def keys_of(shortcut: str) -> list[str]:
    """Return the keys of a shortcut given as Qt's portable text, in the system's own words."""
    mac = sys.platform == "darwin"  # elsewhere Qt would translate what is printed on the key: 回车 for Enter
    style = QKeySequence.SequenceFormat.NativeText if mac else QKeySequence.SequenceFormat.PortableText
    native = QKeySequence(shortcut).toString(style).replace("Return", "Enter")
    if not native:
        return [shortcut] if shortcut else []
    if native.endswith("+") and len(native) > 1:
        return [*(part for part in native[:-1].split("+") if part), "+"]
    return native.split("+")


def cap_width(key: str) -> int:
    """Return how wide a cap is."""
    look = theme.current()
    return max(look.width("tiny", key) + look.u(2.5), look.u(5))


def caps_width(shortcut: str) -> int:
    """Return how wide all caps of a shortcut are."""
    keys = keys_of(shortcut)
    return sum(cap_width(key) for key in keys) + theme.u(1) * max(0, len(keys) - 1)


def paint_caps(painter: QPainter, x: float, middle: float, shortcut: str, *, ground: str = "sunken") -> float:
    """Paint the caps from ``x`` on, centred on ``middle``; return the width used."""
    look = theme.current()
    height = look.metrics("tiny").height() + look.u(0.5)
    at = x
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for key in keys_of(shortcut):
        rect = QRectF(round(at) + 0.5, round(middle - height / 2) + 0.5, cap_width(key) - 1, height - 1)
        painter.setPen(QPen(look.color("hatch"), 1))
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(rect, look.radius("chip"), look.radius("chip"))
        painter.setPen(look.color("text2"))
        painter.setFont(look.font("tiny"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
        at += cap_width(key) + look.u(1)
    return at - x - look.u(1)


class KeyCaps(Follows, QWidget):
    """The keys of a shortcut beside what they do."""

    def __init__(self, shortcut: str, *, together: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcut = " ".join(keys_of(shortcut)) if together else shortcut
        self._together = together
        self.setAccessibleName(shortcut)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        height = theme.current().metrics("tiny").height() + theme.u(0.5)
        width = cap_width(self._shortcut) if self._together else caps_width(self._shortcut)
        return QSize(width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if not self._together:
            paint_caps(painter, 0, self.height() / 2, self._shortcut)
            return
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("hatch"), 1))
        painter.setBrush(look.color("sunken"))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, look.radius("chip"), look.radius("chip"))
        painter.setPen(look.color("text2"))
        painter.setFont(look.font("tiny"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._shortcut)
