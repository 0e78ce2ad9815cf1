"""Long work in portions: the database worker stays free for lists in between, and the work can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from lawdesk.ui import TaskRunner


class Slices(QObject):
    """Runs ``work(portion)`` over many items, a portion at a time; one run at a time, a new one ends the old.

    Whoever shows the work says ``progressed`` and ``finished`` (see ``ProgressRow``).
    """

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject, *, size: int) -> None:
        super().__init__(parent)
        self._tasks, self._size = tasks, size
        self._round = 0
        self.running = False

    def start(
        self,
        items: Sequence[Any],
        work: Callable[[Sequence[Any]], Any],
        *,
        each: Callable[[Any, int], object],
        done: Callable[[], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Begin; ``each(answer, count so far)`` after a portion, then ``done()`` or ``failed(error)``."""
        self._round += 1
        self.running = True
        self._next(self._round, items, 0, (work, each, done, failed))

    def stop(self) -> None:
        """Do not begin another portion."""
        self._round += 1
        self.running = False

    def _next(self, number: int, items: Sequence[Any], at: int, calls: tuple[Callable[..., Any], ...]) -> None:
        work, _each, done, _failed = calls
        if number != self._round:
            return
        if at >= len(items):
            self.running = False
            done()
            return
        portion = items[at : at + self._size]
        answered = partial(self._answered, number, items, at + len(portion), calls)
        broken = partial(self._broken, number, calls)
        self._tasks.run(lambda: work(portion), answered, broken, owner=self)

    def _answered(
        self, number: int, items: Sequence[Any], at: int, calls: tuple[Callable[..., Any], ...], answer: Any
    ) -> None:
        if number == self._round:
            calls[1](answer, at)
            self._next(number, items, at, calls)

    def _broken(self, number: int, calls: tuple[Callable[..., Any], ...], error: BaseException) -> None:
        if number == self._round:
            self.running = False
            calls[3](error)
