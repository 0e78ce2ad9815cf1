"""How the characters of a title that typing found are painted (:func:`lawdesk.kernel.chinese.matches_typed`)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from lawdesk.ui import theme


def runs(text: str, marks: Sequence[int]) -> list[tuple[str, bool]]:
    """Return ``text`` cut into runs of marked and unmarked characters."""
    marked = set(marks)
    made: list[tuple[str, bool]] = []
    for index, char in enumerate(text):
        on = index in marked
        if made and made[-1][1] == on:
            made[-1] = (made[-1][0] + char, on)
        else:
            made.append((char, on))
    return made


def paint_marked(
    painter: QPainter,
    rect: QRectF,
    text: str,
    marks: Sequence[int],
    *,
    step: str = "body",
    token: str = "text",
) -> float:
    """Paint one line, the marked characters bold, underlined and in ``accent_text``. Returns the width used."""
    look = theme.current()
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    if not marks:
        shown = look.metrics(step).elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width()) + 1))
        painter.setFont(look.font(step))
        painter.setPen(look.color(token))
        painter.drawText(rect.adjusted(0, 0, 4, 0), align, shown)
        return float(look.width(step, shown))
    bold = QFont(look.font("strong" if step == "body" else step))
    bold.setUnderline(True)
    x = rect.x()
    for run, on in runs(text, marks):
        used = ("strong" if step == "body" else step) if on else step
        room = rect.right() - x
        if room <= 0:
            break
        shown = look.metrics(used).elidedText(run, Qt.TextElideMode.ElideRight, int(room) + 1)
        painter.setFont(bold if on else look.font(step))
        painter.setPen(look.color("accent_text" if on else token))
        painter.drawText(QRectF(x, rect.y(), room + 4, rect.height()), align, shown)
        x += look.width(used, shown)
    return x - rect.x()
