"""Columns of a table as values, and the model that turns a page's items into cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from lawdesk.ui.paged import Fetch, PagedItems
from lawdesk.ui.rows import ITEM_ROLE, Index, Status
from lawdesk.ui.tasks import TaskRunner
from lawdesk.ui.words import Words, say

Align = Literal["left", "right"]


@dataclass(frozen=True)
class Column:
    """One column. ``value(item)`` gives its words, or a :class:`Status` (painted as a chip or as icon and word).

    ``width`` in em, 0 shares what is left. ``tone(item)`` and ``bold(item)`` style a cell; ``icon(item)`` names an
    icon before the words; ``link`` makes cells clickable (``Table.linked``); ``edit(item, text)`` makes them
    editable with F2 and is called with what was typed (``edit_text(item)`` gives the text to begin with).
    ``sort`` marks a column that SQL can sort by: its heading then asks with ``Table.sort_asked``.
    """

    key: str
    words: Words
    value: Callable[[Any], str | Status]
    align: Align = "left"
    width: float = 0
    tone: Callable[[Any], str] | None = None
    bold: Callable[[Any], bool] | None = None
    icon: Callable[[Any], str] | None = None
    link: bool = False
    edit: Callable[[Any, str], object] | None = None
    edit_text: Callable[[Any], str] | None = None
    sort: bool = False


class TableModel(QAbstractTableModel):
    """Items shown as lines of cells; loading as in ListModel (``load(fetch)``, ``set_items``, ``reload``)."""

    loaded = Signal()
    failed = Signal(object)

    def __init__(
        self, columns: Sequence[Column], tasks: TaskRunner | None = None, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.source = PagedItems(tasks, self)
        self.source.about_to_reset.connect(self.beginResetModel)
        self.source.was_reset.connect(self.endResetModel)
        self.source.arrived.connect(self._arrived)
        self.source.loaded.connect(self.loaded)
        self.source.failed.connect(self.failed)

    @property
    def total(self) -> int:
        """How many items there are, loaded or not."""
        return self.source.total

    def load(self, fetch: Fetch) -> None:
        """Read with ``fetch(offset, limit) -> (items, total)`` on the worker."""
        self.source.load(fetch)

    def set_items(self, items: Sequence[Any]) -> None:
        """Show ``items``, all there are."""
        self.source.set_items(items)

    def reload(self) -> None:
        """Read again after a change."""
        self.source.reload()

    def item(self, index: int) -> Any | None:
        """Return the item at ``index``, or None while it is on its way."""
        return self.source.item(index)

    def redraw(self) -> None:
        """Ask for words again."""
        if self.total:
            self.dataChanged.emit(self.index(0, 0), self.index(self.total - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else self.source.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].edit is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.source.item(index.row())
        if role == ITEM_ROLE or item is None:
            return item
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            value = column.value(item)
            text = value.text if isinstance(value, Status) else value
            return f"{say(column.words)}：{text}" if role == Qt.ItemDataRole.AccessibleTextRole else text
        if role == Qt.ItemDataRole.EditRole and column.edit is not None:
            value = column.value(item)
            plain = value.text if isinstance(value, Status) else value
            return column.edit_text(item) if column.edit_text is not None else plain
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        column = self.columns[index.column()]
        item = self.source.item(index.row())
        if role != Qt.ItemDataRole.EditRole or column.edit is None or item is None:
            return False
        if str(value) != self.data(index, Qt.ItemDataRole.EditRole):
            column.edit(item, str(value))
        return True

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say(self.columns[section].words)
        return None

    def _arrived(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
