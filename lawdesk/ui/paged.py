"""Items for lists and tables: handed over whole, or read in pages from SQL on the worker, a screen at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from lawdesk.ui.tasks import TaskRunner

Fetch = Callable[[int, int], tuple[Sequence[Any], int]]
"""``fetch(offset, limit)`` returns at most ``limit`` items from ``offset`` on, and how many there are in all."""
PAGE = 100


class PagedItems(QObject):
    """Holds what was read. ``total`` counts all; :meth:`item` returns None for what is still on its way."""

    about_to_reset = Signal()
    was_reset = Signal()
    arrived = Signal(int, int)
    loaded = Signal()
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner | None, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._fetch: Fetch | None = None
        self._items: dict[int, Any] = {}
        self._asked: set[int] = set()
        self._wanted: set[int] = set()
        self._turn = 0
        self.total = 0
        self.is_loaded = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def set_items(self, items: Sequence[Any]) -> None:
        """Hold ``items``, all there are."""
        self._fetch = None
        self._turn += 1
        self._put(dict(enumerate(items)), len(items))

    def load(self, fetch: Fetch) -> None:
        """Read the first page with ``fetch``; the old items stay on screen until it arrives."""
        self._fetch = fetch
        self._turn += 1
        self._asked.clear()
        self._wanted.clear()
        self._request(0, fresh=True)

    def reload(self) -> None:
        """Read again after a change."""
        if self._fetch is not None:
            self.load(self._fetch)

    def item(self, index: int) -> Any | None:
        """Return the item at ``index``; asks for its page when it is not here yet."""
        found = self._items.get(index)
        if found is None and self._fetch is not None and 0 <= index < self.total:
            page = index // PAGE
            if page not in self._asked:
                self._wanted.add(page)
                self._soon.start(0)
        return found

    def held(self) -> list[Any]:
        """Return the items that are here, in order."""
        return [self._items[index] for index in sorted(self._items)]

    def index_where(self, matches: Callable[[Any], bool]) -> int:
        """Return the index of the first held item that matches, or -1."""
        return next((index for index in sorted(self._items) if matches(self._items[index])), -1)

    def _ask(self) -> None:
        """Ask for the pages that came into view since the last turn of the event loop."""
        for page in sorted(self._wanted - self._asked):
            self._request(page, fresh=False)
        self._wanted.clear()

    def _request(self, page: int, *, fresh: bool) -> None:
        fetch, turn = self._fetch, self._turn
        if fetch is None:
            return
        if self._tasks is None:
            raise RuntimeError("a paged list needs the task runner")
        self._asked.add(page)
        self._tasks.run(
            lambda: fetch(page * PAGE, PAGE),
            lambda answer: self._arrive(turn, page, answer, fresh=fresh),
            lambda error: self._fail(turn, error),
            owner=self,
            slot="first" if fresh else f"page {page}",
        )

    def _arrive(self, turn: int, page: int, answer: tuple[Sequence[Any], int], *, fresh: bool) -> None:
        if turn != self._turn:
            return
        items, total = answer
        found = {page * PAGE + index: item for index, item in enumerate(items)}
        if fresh or total != self.total:
            self._put(found if fresh else {**self._items, **found}, total)
        else:
            self._items.update(found)
            if found:
                self.arrived.emit(min(found), max(found))

    def _put(self, items: dict[int, Any], total: int) -> None:
        self.about_to_reset.emit()
        self._items = items
        self.total = total
        self.is_loaded = True
        self.was_reset.emit()
        self.loaded.emit()

    def _fail(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self.failed.emit(error)
