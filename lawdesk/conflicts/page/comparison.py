"""Asked and found side by side: character under character, what differs marked, with the readings compared."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.conflicts.rules import Hit
from lawdesk.kernel.i18n import _
from lawdesk.ui import Follows, theme

SHOWN = 120
"""So many places are drawn; longer names go on in the text beside."""
SAME = "same"


@dataclass(frozen=True)
class Cell:
    """One place: what stands there in the asked and in the found name, and the reading compared, if any."""

    kind: str
    asked: str
    known: str
    reading: str = ""


def cells_of(hit: Hit) -> tuple[Cell, ...]:
    """Return the two names of a hit place by place.

    The scorer's own alignment is shown where it covers both names; for companies it covers the trade name only, so
    the whole names are laid side by side and its readings put in.
    """
    asked, known = hit.path[0].name.strip(), hit.matched.strip()
    found = hit.alignment
    if found is not None:
        whole = ("".join(pair.asked for pair in found.pairs), "".join(pair.known for pair in found.pairs))
        if whole == (asked, known):
            return tuple(Cell(pair.kind, pair.asked, pair.known, pair.reading) for pair in found.pairs)[:SHOWN]
    readings = {(p.asked, p.known): (p.kind, p.reading) for p in (found.differing if found is not None else ())}
    cells: list[Cell] = []
    for tag, a, b, c, d in SequenceMatcher(None, asked, known, autojunk=False).get_opcodes():
        if tag == "equal":
            cells += [Cell(SAME, char, char) for char in asked[a:b]]
            continue
        for place in range(max(b - a, d - c)):
            one = asked[a + place] if a + place < b else ""
            other = known[c + place] if c + place < d else ""
            kind, reading = readings.get((one, other), ("differs", ""))
            cells.append(Cell(kind, one, other, reading))
    return tuple(cells[:SHOWN])


def marks_of(hit: Hit) -> tuple[int, ...]:
    """Return the positions in the found name that sound or look otherwise than asked, not whole words more."""
    pairs = hit.alignment.differing if hit.alignment is not None else ()
    differing = {(pair.asked, pair.known) for pair in pairs}
    marks: list[int] = []
    place = 0
    for cell in cells_of(hit):
        if cell.known:
            if (cell.asked, cell.known) in differing:
                marks.append(place)
            place += 1
    return tuple(marks)


class Comparison(Follows, QWidget):
    """The painted comparison. Differing places are tinted, bold and underlined; a missing one is a dash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[Cell, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_hit(self, hit: Hit) -> None:
        """Compare the names of ``hit``."""
        self._cells = cells_of(hit)
        asked, known = hit.path[0].name, hit.matched
        self.setAccessibleName(_("Asked {asked}, found {known}").format(asked=asked, known=known))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        self.restyle()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max(1, len(self._lines(width))) * self._line_height() + theme.u(2)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(24), self.heightForWidth(theme.em(40)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(12), self._line_height() + theme.u(2))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("paper"))
        painter.drawRoundedRect(QRectF(self.rect()), look.radius("box"), look.radius("box"))
        y = float(look.u(1))
        for line in self._lines(self.width()):
            self._paint_line(painter, y, line)
            y += self._line_height()

    def _label_width(self) -> int:
        look = theme.current()
        return max(look.width("small", _("Asked")), look.width("small", _("Found"))) + look.u(6)

    def _line_height(self) -> int:
        look = theme.current()
        readings = any(cell.reading for cell in self._cells)
        return 2 * (look.body_line + look.u(1)) + (look.metrics("tiny").height() if readings else 0) + look.u(2)

    def _cell_width(self, cell: Cell) -> int:
        look = theme.current()
        wide = max(look.width("strong", text) for text in (cell.asked or "–", cell.known or "–"))
        reading = look.width("tiny", cell.reading) + look.u(1) if cell.reading else 0
        return max(wide + (look.u(1) if cell.kind != SAME else 0), reading)

    def _lines(self, width: int) -> list[list[Cell]]:
        room = width - self._label_width() - theme.u(3)
        lines: list[list[Cell]] = [[]]
        used = 0
        for cell in self._cells:
            needed = self._cell_width(cell)
            if lines[-1] and used + needed > room:
                lines.append([])
                used = 0
            lines[-1].append(cell)
            used += needed
        return lines

    def _paint_line(self, painter: QPainter, y: float, line: list[Cell]) -> None:
        look = theme.current()
        height = look.body_line + look.u(1)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text2"))
        left, labels = look.u(3), self._label_width() - look.u(3)
        for row, label in enumerate((_("Asked"), _("Found"))):
            painter.drawText(
                QRectF(left, y + row * height, labels, height), middle | Qt.AlignmentFlag.AlignLeft, label
            )
        x = float(self._label_width())
        marked = QFont(look.font("strong"))
        marked.setUnderline(True)
        for cell in line:
            width = self._cell_width(cell)
            differs = cell.kind != SAME
            if differs:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("amber_soft"))
                place = QRectF(x, y + look.u(0.25), width - 1, 2 * height - look.u(0.5))
                painter.drawRoundedRect(place, look.radius("chip"), look.radius("chip"))
            for row, text in enumerate((cell.asked, cell.known)):
                painter.setFont(marked if differs and text else look.font("body"))
                painter.setPen(look.color("amber_text" if differs else "text"))
                place = QRectF(x, y + row * height, width, height)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text or "–")
            if cell.reading:
                painter.setFont(look.font("tiny"))
                painter.setPen(look.color("text2"))
                place = QRectF(x, y + 2 * height, width, look.metrics("tiny").height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cell.reading)
            x += width
