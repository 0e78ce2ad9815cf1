"""The lines of the command palette: entries as values, their model, and how they are painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lawdesk.ui import icons, theme
from lawdesk.ui.keycaps import caps_width, paint_caps
from lawdesk.ui.labels import Segment, paint_segments, segments_of
from lawdesk.ui.matching import paint_marked
from lawdesk.ui.rows import Index


@dataclass(frozen=True)
class Entry:
    """One line of the palette. ``marks`` are matched positions in ``title``; ``sub`` stands behind it, quiet."""

    group: str
    title: str
    run: Callable[[], object]
    marks: Sequence[int] = ()
    sub: Sequence[Segment | str] = ()
    icon: str = "arrow-right"
    shortcut: str = ""


Source = Callable[[str], Sequence[Entry]]
LINE = int(Qt.ItemDataRole.UserRole) + 1


class Lines(QAbstractListModel):
    """Entries and group headings (strings) in the order shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Entry | str] = []

    def show_lines(self, lines: list[Entry | str]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line if isinstance(line, str) else line.title
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(line, Entry):
            return "，".join(
                [line.group, line.title, *(part.text for part in segments_of(line.sub)), line.shortcut]
            )
        return None


class LinePainter(QStyledItemDelegate):
    """Group headings small; entries with icon, marked title, quiet facts, key caps."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        heading = isinstance(index.data(LINE), str)
        return QSize(look.em(10), look.small_line + look.u(3) if heading else look.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            area = rect.adjusted(look.u(4), look.u(1.5), 0, -look.u(0.5))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        elif isinstance(line, Entry):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
            self._paint_entry(painter, rect, line, selected=selected)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRectF, line: Entry, *, selected: bool) -> None:
        look = theme.current()
        body = rect.adjusted(look.u(1.5), 0, -look.u(1.5), 0)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selected"))
            painter.drawRoundedRect(body, look.radius("control"), look.radius("control"))
            painter.setBrush(look.color("focus" if look.dark else "accent"))
            high = body.height() * 0.5
            painter.drawRoundedRect(QRectF(body.x(), body.center().y() - high / 2, 3, high), 1.5, 1.5)
        token = "accent_text" if selected else "text2"
        place = QRectF(body.x() + look.u(3.5), body.y(), look.icon_size(4.5), body.height())
        icons.paint(painter, line.icon, token, place)
        right = body.right() - look.u(3.5)
        if line.shortcut:
            right -= caps_width(line.shortcut)
            paint_caps(painter, right, body.center().y(), line.shortcut)
            right -= look.u(3)
        x = body.x() + look.u(10.5)
        used = paint_marked(painter, QRectF(x, body.y(), right - x, body.height()), line.title, line.marks)
        x += used + look.u(3)
        if right - x > look.em(3):
            paint_segments(painter, QRectF(x, body.y(), right - x, body.height()), line.sub)


def same_entry(line: Entry | str, other: object) -> bool:
    """Return whether both are the same entry, found again."""
    return (
        isinstance(line, Entry)
        and isinstance(other, Entry)
        and (line.group, line.title) == (other.group, other.title)
    )
