"""Rows of lists as values, and the model that turns a page's items into rows and sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lawdesk.ui.labels import Segment, segments_of
from lawdesk.ui.paged import Fetch, PagedItems
from lawdesk.ui.tasks import TaskRunner
from lawdesk.ui.words import Words

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True)
class Status:
    """The state of a row: a word in a tone with its icon; ``chip`` only for what is urgent (overdue, today)."""

    text: str
    tone: str = "neutral"
    icon: str = ""
    chip: bool = False


@dataclass(frozen=True)
class Heading:
    """A group heading painted above the first row of its group."""

    text: str
    count: int | None = None
    note: str = ""
    tone: str = "text"
    icon: str = ""


@dataclass(frozen=True)
class RowAction:
    """Something to do with one row: a button while the row is hovered or focused, an entry of its menu, a key."""

    key: str
    words: Words
    icon: str
    shortcut: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a list.

    ``layout="wide"`` paints status, date (with ``date_sub`` below) and person in columns at the right;
    ``layout="side"`` (beside a detail) paints the date at the right of the title and the status below it.
    ``marks`` are positions of matched characters in the title, ``tags`` a third line of small chips; the icon of
    ``sign`` stands before the title whatever else must go, its word is heard and told in the tooltip.
    """

    key: Any
    title: str
    icon: str = ""
    icon_tone: str = "text2"
    segments: Sequence[Segment | str] = ()
    status: Status | None = None
    date: str = ""
    date_sub: str = ""
    person: str = ""
    bold: bool = False
    heading: Heading | None = None
    marks: Sequence[int] = ()
    sign: Segment | None = None
    tags: Sequence[str] = ()
    actions: Sequence[RowAction] = field(default_factory=tuple)

    def sentence(self) -> str:
        """Return the row as a sentence, for screen readers."""
        parts = [self.heading.text if self.heading else "", self.title, self.status.text if self.status else ""]
        parts += [self.date, self.date_sub, *(part.text for part in segments_of(self.segments))]
        parts += [*self.tags, self.person, self.sign.text if self.sign else ""]
        return "，".join(part for part in parts if part)


class ListModel(QAbstractListModel):
    """Items shown as rows. ``to_row(item)`` is called when a row is painted and again after a switch of language.

    ``load(fetch)`` reads pages on the worker (filter, sort and page in SQL); ``set_items`` takes a short list.
    Signals: ``loaded()`` after the first page or ``set_items``, ``failed(error)``.
    """

    loaded = Signal()
    failed = Signal(object)

    def __init__(
        self, tasks: TaskRunner | None = None, *, to_row: Callable[[Any], Row], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._to_row = to_row
        self._rows: dict[int, Row] = {}
        self.source = PagedItems(tasks, self)
        self.source.about_to_reset.connect(self.beginResetModel)
        self.source.was_reset.connect(self._reset)
        self.source.arrived.connect(self._arrived)
        self.source.loaded.connect(self.loaded)
        self.source.failed.connect(self.failed)

    @property
    def total(self) -> int:
        """How many items there are, loaded or not."""
        return self.source.total

    @property
    def is_loaded(self) -> bool:
        """Whether anything was read yet (an empty list before that says nothing)."""
        return self.source.is_loaded

    def load(self, fetch: Fetch) -> None:
        """Read with ``fetch(offset, limit) -> (items, total)`` on the worker."""
        self.source.load(fetch)

    def set_items(self, items: Sequence[Any]) -> None:
        """Show ``items``, all there are."""
        self.source.set_items(items)

    def reload(self) -> None:
        """Read again after a change; the old rows stay until the new ones are here."""
        self.source.reload()

    def item(self, index: int) -> Any | None:
        """Return the item at ``index``, or None while it is on its way."""
        return self.source.item(index)

    def row(self, index: int) -> Row | None:
        """Return the row at ``index``, or None while it is on its way."""
        found = self._rows.get(index)
        if found is None:
            item = self.source.item(index)
            if item is not None:
                found = self._rows[index] = self._to_row(item)
        return found

    def index_of(self, key: Any) -> int:
        """Return where the held row with ``key`` is, or -1."""
        return self.source.index_where(lambda item: self._to_row(item).key == key)

    def redraw(self) -> None:
        """Make the rows again: the language or what ``to_row`` looks at has changed."""
        self._rows.clear()
        if self.source.total:
            self.dataChanged.emit(self.index(0), self.index(self.source.total - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else self.source.total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        if role == ITEM_ROLE:
            return self.source.item(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.sign.text if row.sign is not None else None
        return row.sentence() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _reset(self) -> None:
        self._rows.clear()
        self.endResetModel()

    def _arrived(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))
