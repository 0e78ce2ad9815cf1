"""A layout that puts widgets beside each other and goes on in the next line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from lawdesk.ui.layouts import units


class FlowLayout(QLayout):
    """Lines of widgets at their preferred size, ``space`` units apart; the last one may grow (``grow_last``)."""

    def __init__(self, parent: QWidget | None = None, *, space: float = 2, grow_last: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._grow_last = grow_last
        units(self, space=space)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put ``widget`` at ``place``."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802 - Qt wants None here
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        sides = self.contentsMargins()
        return size + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out in lines; return the height needed. Only ``move`` moves them."""
        area = rect.marginsRemoved(self.contentsMargins())
        gap = self.spacing()
        x, y = area.x(), area.y()
        line: list[tuple[QLayoutItem, QSize, int]] = []
        for index, item in enumerate(self._items):
            size = item.sizeHint()
            if line and x + size.width() > area.right() + 1:
                y += _place(line, y, move=move) + gap
                x, line = area.x(), []
            if self._grow_last and index == len(self._items) - 1:
                size.setWidth(max(size.width(), area.right() + 1 - x))
            size.setWidth(min(size.width(), max(area.width(), 0)))
            line.append((item, size, x))
            x += size.width() + gap
        return y + _place(line, y, move=move) - rect.y() + self.contentsMargins().bottom()


def _place(line: list[tuple[QLayoutItem, QSize, int]], top: int, *, move: bool) -> int:
    """Centre the items of one line on each other; return its height."""
    height = max((size.height() for _item, size, _x in line), default=0)
    if move:
        for item, size, x in line:
            item.setGeometry(QRect(QPoint(x, top + (height - size.height()) // 2), size))
    return height
