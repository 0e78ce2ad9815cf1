"""The list widget: keyboard, hover actions, files dropped on rows, empty and error states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import theme
from lawdesk.ui.blocks import EmptyState, ErrorBlock
from lawdesk.ui.buttons import Button, Command, menu_of
from lawdesk.ui.chips import paint_ring
from lawdesk.ui.rowdelegate import MORE, Layout, RowDelegate
from lawdesk.ui.rows import Index, ListModel, RowAction
from lawdesk.ui.words import Follows, Words, say


class RowList(Follows, QListView):
    """A list of :class:`Row`. Signals carry the page's own items.

    ``chosen(item)`` when the cursor moves to another row (None: none), ``opened(item)`` on Enter or double click,
    ``acted(item, key)`` for a row action (button, menu, its key), ``files_dropped(item or None, [Path])`` when
    ``accept_files`` is on. ``uniform`` is for lists without headings: 100,000 rows lay out at once.
    """

    chosen = Signal(object)
    opened = Signal(object)
    acted = Signal(object, str)
    files_dropped = Signal(object, list)

    def __init__(
        self,
        model: ListModel,
        *,
        name: Words,
        layout: Layout = "wide",
        empty: EmptyState | None = None,
        accept_files: bool = False,
        uniform: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._name = name
        self._painter = RowDelegate(layout, self)
        self._empty = empty
        self._error: ErrorBlock | None = None
        self._key: Any = None
        self._kept: tuple[Any, int] = (None, 0)
        self._dropping = False
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(uniform)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(accept_files)
        self.viewport().setAcceptDrops(accept_files)
        if empty is not None:
            empty.setParent(self.viewport())
            empty.hide()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.failed.connect(self._show_error)
        self.doubleClicked.connect(self._open)
        self.restyle()
        self.retranslate()

    def current_item(self) -> Any | None:
        """Return the item under the cursor, or None."""
        index = self.currentIndex()
        return self._model.item(index.row()) if index.isValid() else None

    def choose_key(self, key: Any) -> bool:
        """Move the cursor to the held row with ``key``; return whether it is there."""
        found = self._model.index_of(key)
        if found >= 0:
            self.setCurrentIndex(self._model.index(found))
        return found >= 0

    def choose_first(self) -> None:
        """Move the cursor to the first row."""
        if self._model.total:
            self.setCurrentIndex(self._model.index(0))

    def set_narrow(self, narrow: bool) -> None:
        """Fold the person into the supporting line."""
        self._painter.narrow = narrow
        self.viewport().update()

    def restyle(self) -> None:
        if hasattr(self, "_painter"):
            self.verticalScrollBar().setSingleStep(theme.current().list_row_height)
            self.scheduleDelayedItemsLayout()

    def retranslate(self) -> None:
        if hasattr(self, "_name"):
            self.setAccessibleName(say(self._name))
            self._model.redraw()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        row = self._model.row(current.row()) if current.isValid() else None
        key = row.key if row is not None else None
        if key != self._key or row is None:
            self._key = key
            self.chosen.emit(self.current_item())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self._painter.keyboard = True
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(index)
            return
        row = self._model.row(index.row()) if index.isValid() else None
        pressed = QKeySequence(event.keyCombination())
        for action in row.actions if row is not None else ():
            if action.shortcut and QKeySequence(action.shortcut) == pressed:
                self.acted.emit(self.current_item(), action.key)
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._painter.keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        if self._painter.keyboard and not self.selectionModel().hasSelection():
            self.choose_first()  # Qt moves only the cursor there; what is shown beside should follow

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._painter.keyboard = False
        self._hover(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._painter.hovered_action:
            self._press(self._painter.hovered, self._painter.hovered_action)
            return
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._painter.hovered, self._painter.hovered_action = -1, ""
        self.viewport().update()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self._open_menu(index.row(), event.globalPos() if by_mouse else None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            self._dropping = True
            event.acceptProposedAction()
            self.viewport().update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            self._painter.dropped_on = self.indexAt(event.position().toPoint()).row()
            event.acceptProposedAction()
            self.viewport().update()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        row = self.indexAt(event.position().toPoint()).row()
        self._end_drop()
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(self._model.item(row) if row >= 0 else None, paths)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self._dropping:
            paint_ring(QPainter(self.viewport()), self.viewport().rect().toRectF(), theme.current().radius("box"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_states()

    def _open(self, index: Index) -> None:
        item = self._model.item(index.row())
        if item is not None:
            self.opened.emit(item)

    def _hover(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self._model.row(index.row()) if index.isValid() else None
        self._painter.hovered = index.row()
        action = self._painter.action_at(self.visualRect(index), row, place.toPointF()) if row is not None else ""
        self._painter.hovered_action = action
        words = next((say(found.words) for found in (row.actions if row else ()) if found.key == action), "")
        self.viewport().setToolTip(_("More") if action == MORE else words)
        self.viewport().update()

    def _press(self, number: int, key: str) -> None:
        self.setCurrentIndex(self._model.index(number))
        if key == MORE:
            self._open_menu(number, None)
        else:
            self.acted.emit(self._model.item(number), key)

    def _open_menu(self, number: int, place: QPoint | None) -> None:
        row, item = self._model.row(number), self._model.item(number)
        if row is None or not row.actions:
            return

        def command(action: RowAction) -> Command:
            return Command(
                action.key, action.words, lambda: self.acted.emit(item, action.key), action.icon, action.shortcut
            )

        rect = self.visualRect(self._model.index(number))
        corner = QPoint(rect.right() - theme.em(12), rect.bottom())
        menu_of([command(action) for action in row.actions], self).popup(
            place if place is not None else self.viewport().mapToGlobal(corner)
        )

    def _end_drop(self) -> None:
        self._dropping = False
        self._painter.dropped_on = -1
        self.viewport().update()

    def _keep(self) -> None:
        self._kept = (self._key, self.verticalScrollBar().value())

    def _restore(self) -> None:
        """After a reload stand where the person stood."""
        key, scroll = self._kept
        if self._error is not None:
            self._error.deleteLater()
            self._error = None
        found = self._model.index_of(key) if key is not None else -1
        if found >= 0:
            self.setCurrentIndex(self._model.index(found))
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scroll)
        elif key is not None:
            self._key = None
            self.chosen.emit(None)
        elif self._painter.keyboard and self.hasFocus():
            self.choose_first()
        self._place_states()

    def _show_error(self, error: BaseException) -> None:
        if self._error is not None:
            self._error.deleteLater()
        retry = Button(lambda: _("Try again"), self._model.reload, kind="link")
        self._error = ErrorBlock(error, retry)
        self._error.setParent(self.viewport())
        self._place_states()
        self._error.show()

    def _place_states(self) -> None:
        """Put the empty state in the middle and an error at the top."""
        size = self.viewport().size()
        if self._empty is not None:
            nothing = self._model.is_loaded and self._model.total == 0 and self._error is None
            self._empty.setVisible(nothing)
            self._empty.setGeometry(0, 0, size.width(), min(size.height(), max(theme.em(16), size.height() // 2)))
        if self._error is not None:
            width = size.width() - theme.u(4)
            height = self._error.heightForWidth(width) if self._error.hasHeightForWidth() else 0
            self._error.setGeometry(theme.u(2), theme.u(2), width, max(height, self._error.sizeHint().height()))
