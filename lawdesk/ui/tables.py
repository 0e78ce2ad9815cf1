"""Tables: a small header, no vertical lines, figures at the right; F2 edits in place; sorted and paged in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lawdesk.ui import icons, theme
from lawdesk.ui.chips import chip_height, chip_width, paint_chip, paint_ring
from lawdesk.ui.fields import LineEdit
from lawdesk.ui.rows import ITEM_ROLE, Index, Status
from lawdesk.ui.tablemodel import Column, TableModel
from lawdesk.ui.tokens import tone_text
from lawdesk.ui.words import Follows, Words, say


class _Header(QHeaderView):
    """``small text3`` on a hairline; the sorted column shows an arrow."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.columns = columns
        self.sorted_by = ""
        self.descending = False
        self.setSectionsClickable(any(column.sort for column in columns))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), theme.current().small_line + theme.u(2.5))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        column = self.columns[logical]
        painter.save()
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text3"))
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        place = _cell(rect, logical, len(self.columns))
        text = say(column.words)
        if column.key == self.sorted_by:
            text = f"{text} {'↓' if self.descending else '↑'}"
        cut = look.metrics("small").elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.color("line"))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Paints cells: a hairline below each row, selection and hover over the whole row."""

    def __init__(self, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        state = option.state  # type: ignore[attr-defined]
        column = self.columns[index.column()]
        item = index.data(ITEM_ROLE)
        painter.save()
        if state & QStyle.StateFlag.State_Selected or index.row() == self.hovered:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.color("selected" if selected else "hover"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.color("line"))
        if item is not None:
            self._paint_value(painter, QRectF(_cell(rect, index.column(), len(self.columns))), column, item)
        if state & QStyle.StateFlag.State_HasFocus and column.edit is not None:
            paint_ring(painter, QRectF(rect).adjusted(0, 1, 0, -2), look.radius("control"))
        painter.restore()

    def _paint_value(self, painter: QPainter, place: QRectF, column: Column, item: Any) -> None:
        look = theme.current()
        value = column.value(item)
        if isinstance(value, Status) and value.chip:
            width, height = chip_width(value.text, value.icon), chip_height()
            x = place.right() - width if column.align == "right" else place.x()
            y = round(place.center().y() - height / 2)
            paint_chip(painter, QRectF(x, y, width, height), value.text, tone=value.tone, icon=value.icon)
            return
        text = value.text if isinstance(value, Status) else value
        tone = value.tone if isinstance(value, Status) else column.tone(item) if column.tone else "text"
        token = "accent_text" if column.link else tone_text(tone)
        mark = value.icon if isinstance(value, Status) else column.icon(item) if column.icon else ""
        step = "strong" if column.bold is not None and column.bold(item) else "body"
        if isinstance(value, Status) or column.link:
            step = "small"
        units = 3.6 if step == "small" else 4.5
        if mark:
            size = look.icon_size(units)
            where = QRectF(place.x(), place.y(), size, place.height())
            if column.align == "right":
                where.moveLeft(place.right() - look.width(step, text) - size - look.u(1.5))
            icons.paint(painter, mark, token, where, units=units, stroke=2 if units < 4 else icons.STROKE)
            if column.align == "left":
                place = place.adjusted(size + look.u(1.5), 0, 0, 0)
        painter.setFont(look.font(step))
        painter.setPen(look.color(token))
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        cut = look.metrics(step).elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, cut)

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        column = self.columns[index.column()]
        editor = LineEdit(name=column.words, parent=parent)
        editor.setProperty("incell", "right" if column.align == "right" else "true")
        if column.align == "right":
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        assert isinstance(editor, LineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        assert isinstance(editor, LineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        composing = isinstance(watched, LineEdit) and watched.composing
        if composing and isinstance(event, QKeyEvent):
            return False  # Enter and Tab belong to the input method while it composes
        return super().eventFilter(watched, event)


class Table(Follows, QTableView):
    """A table of items. ``fit=True`` makes it as high as its rows (inside a detail that scrolls itself).

    ``chosen(item)`` when the cursor moves, ``opened(item)`` on Enter or double click, ``linked(item, column key)``
    when a link cell is pressed, ``sort_asked(column key, descending)`` when a heading is pressed.
    """

    chosen = Signal(object)
    opened = Signal(object)
    linked = Signal(object, str)
    sort_asked = Signal(str, bool)

    def __init__(
        self, model: TableModel, *, name: Words, fit: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._name = name
        self._fit = fit
        self._cells = _Cells(model.columns, self)
        self._head = _Header(model.columns, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            model.modelReset.connect(self.updateGeometry)
        self._head.sectionClicked.connect(self._sort)
        self.doubleClicked.connect(self._double_clicked)
        self.restyle()
        self.retranslate()

    def current_item(self) -> Any | None:
        """Return the item under the cursor, or None."""
        index = self.currentIndex()
        return self._model.item(index.row()) if index.isValid() else None

    def restyle(self) -> None:
        if hasattr(self, "_head"):
            height = theme.current().row_height
            self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
            self._head.setMinimumSectionSize(theme.u(4))
            self._head.setFixedHeight(self._head.sizeHint().height())
            self._share()
            self.updateGeometry()

    def retranslate(self) -> None:
        if hasattr(self, "_head"):
            self.setAccessibleName(say(self._name))
            self._model.redraw()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        if not self._fit:
            return super().sizeHint()
        return QSize(theme.em(20), self._head.height() + self._model.total * theme.current().row_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(8), self.sizeHint().height()) if self._fit else super().minimumSizeHint()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.chosen.emit(self.current_item())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        editing = self.state() == QAbstractItemView.State.EditingState
        item = self.current_item()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None and not editing:
            column = self._model.columns[self.currentIndex().column()]
            if column.link:
                self.linked.emit(item, column.key)
            elif column.edit is not None:
                self.edit(self.currentIndex())
            else:
                self.opened.emit(item)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and self._model.columns[index.column()].link
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        if index.row() != self._cells.hovered:
            self._cells.hovered = index.row()
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._cells.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            column = self._model.columns[index.column()]
            item = self._model.item(index.row())
            if column.link and item is not None:
                self.linked.emit(item, column.key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _double_clicked(self, index: QModelIndex) -> None:
        column = self._model.columns[index.column()]
        item = self._model.item(index.row())
        if item is not None and column.edit is None and not column.link:
            self.opened.emit(item)

    def _sort(self, section: int) -> None:
        column = self._model.columns[section]
        if column.sort:
            self._head.descending = column.key == self._head.sorted_by and not self._head.descending
            self._head.sorted_by = column.key
            self._head.viewport().update()
            self.sort_asked.emit(column.key, self._head.descending)

    def _share(self) -> None:
        """Give fixed columns their em and share the rest equally; when it is too tight, shrink all alike."""
        room = self.viewport().width()
        columns = self._model.columns
        fixed = [theme.em(column.width) for column in columns]
        free = [place for place, column in enumerate(columns) if not column.width]
        least = theme.em(7)
        rest = room - sum(fixed)
        if free and rest < least * len(free):
            squeeze = max(0.3, (room - least * len(free)) / max(1, sum(fixed)))
            fixed = [int(width * squeeze) for width in fixed]
            rest = room - sum(fixed)
        for place, width in enumerate(fixed):
            self.setColumnWidth(place, width if place not in free else max(least, rest // len(free)))


def _cell(rect: QRect, column: int, columns: int) -> QRect:
    """Return where the words of a cell stand: gaps between the columns, none at the outer edges."""
    gap = theme.u(3)
    return rect.adjusted(0 if column == 0 else gap // 2, 0, 0 if column == columns - 1 else -gap // 2, 0)
