"""Work off the GUI thread: one database worker, results on the GUI thread, nothing delivered to the dead.

>>> # tasks.run(lambda: queries.cases(...), self._show, owner=self, slot="list")
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from lawdesk.kernel.errors import Bug, Cancelled, LawDeskError, Words, describe
from lawdesk.kernel.events import Announcer
from lawdesk.ui.words import alive

_log = logging.getLogger("lawdesk")
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]


class Progress:
    """Handed to long work: it reports where it is and asks whether to stop. Thread-safe."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._stop = threading.Event()

    def at(self, step: int, steps: int, words: str = "") -> None:
        """Say "``step`` of ``steps``"; raises :class:`Cancelled` when the person stopped the work."""
        if self._stop.is_set():
            raise Cancelled
        self._report(step, steps, words)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()


class Task(QObject):
    """A running request, as ``TaskRunner.run`` returns it. ``progressed(step, steps, words)``, ``finished()``."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.progress = Progress(self._report)

    def _report(self, step: int, steps: int, words: str) -> None:
        """Called on the worker; connected slots run on the GUI thread."""
        self.progressed.emit(step, steps, words)

    def cancel(self) -> None:
        """Ask long work to stop; work that has not begun never begins."""
        self.progress.cancel()


class _Request:
    """What to do with an answer."""

    def __init__(self, task: Task, owner: QObject, key: tuple[int, str] | None) -> None:
        self.task = task
        self.owner = owner
        self.key = key
        self.done: Done | None = None
        self.failed: Failed | None = None
        self.begin: Callable[[], object] | None = None
        """How it begins, while it waits (see :meth:`TaskRunner.hold`)."""


class TaskRunner(QObject):
    """Runs callables in order on ONE database worker thread and brings the answers back to the GUI thread.

    Signals: ``busy_changed(bool)``, ``changed(Changed)`` (see :meth:`listen`), ``unhandled(Words)`` for an error
    nobody handles (the shell shows it as a toast or an error block).
    """

    busy_changed = Signal(bool)
    changed = Signal(object)
    unhandled = Signal(object)
    _answered = Signal(object, object, object)
    _announced = Signal(object)

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = executor is None
        self._worker = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="lawdesk-database")
        self._aside: ThreadPoolExecutor | None = None
        self._newest: dict[tuple[int, str], _Request] = {}
        self._running: set[_Request] = set()
        self._stops: list[Callable[[], None]] = []
        self._waiting: list[_Request] = []
        self._held = False
        self._quiet: Callable[[], object] | None = None
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._announced.connect(self.changed, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way; what is held back is not."""
        return bool(self._running)

    @property
    def held(self) -> bool:
        """Whether new work waits (see :meth:`hold`)."""
        return self._held

    def hold(self, quiet: Callable[[], object]) -> None:
        """Begin nothing new from now on; ``quiet()`` is called once what is under way has been answered.

        What is asked for meanwhile waits for :meth:`go_on`, except with ``past_hold``. Of requests with the same
        owner and slot only the newest is kept.
        """
        self._held, self._quiet = True, quiet
        if not self.busy:
            self._say_quiet()

    def go_on(self) -> None:
        """Begin what waited, in the order it was asked for."""
        self._held, self._quiet = False, None
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self._begin(request)

    def _say_quiet(self) -> None:
        quiet, self._quiet = self._quiet, None
        if quiet is not None:
            quiet()

    def run(
        self,
        fn: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject,
        slot: str = "",
        past_hold: bool = False,
    ) -> Task:
        """Run ``fn()`` on the database worker, then ``done(result)`` or ``failed(error)`` on the GUI thread.

        Nothing is delivered when ``owner`` is gone. With a ``slot`` the newest request of the same owner and slot
        wins: older ones are not begun any more and their answers are dropped (do not use a slot for writes).
        Without ``failed`` the error is described and sent to ``unhandled``; :class:`Cancelled` is silent.
        """
        request = _Request(Task(self), owner, (id(owner), slot) if slot else None)
        request.done, request.failed = done, failed
        return self._submit(self._worker, lambda _progress: fn(), request, past_hold=past_hold)

    def run_long(
        self,
        fn: Callable[[Progress], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject,
        slot: str = "",
        aside: bool = False,
        past_hold: bool = False,
    ) -> Task:
        """Like :meth:`run` for work that reports its progress; connect ``task.progressed`` or use a ProgressRow.

        ``aside=True`` runs it on a second thread, for work that holds no database session while it lasts
        (making a PDF from values already read), so that lists stay alive meanwhile.
        """
        if aside and self._aside is None:
            self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lawdesk-aside")
        worker = self._aside if aside and self._aside is not None else self._worker
        request = _Request(Task(self), owner, (id(owner), slot) if slot else None)
        request.done, request.failed = done, failed
        return self._submit(worker, fn, request, past_hold=past_hold)

    def listen(self, announcer: Announcer) -> None:
        """From now on ``changed`` passes on what ``announcer`` says, on the GUI thread."""
        self._stops.append(announcer.subscribe(self._announced.emit))

    def finish(self) -> None:
        """Carry out all that was asked for, the writes that wait in line too, then close. Answers are dropped.

        Only what has a slot is left out: it was to be read for a page that is gone.
        """
        self._closed = True
        self._waiting.clear()
        while self._stops:
            self._stops.pop()()
        for request in self._running:
            if request.key is not None:
                request.task.cancel()
        for worker in (self._worker, self._aside):
            if isinstance(worker, ThreadPoolExecutor):
                worker.shutdown(wait=True)
        self.close()

    def close(self) -> None:
        """Stop listening, cancel what has not begun and wait for what runs. Answers are dropped."""
        self._closed = True
        self._waiting.clear()
        while self._stops:
            self._stops.pop()()
        for request in self._running:
            request.task.cancel()
        if self._aside is not None:
            self._aside.shutdown(wait=True, cancel_futures=True)
        if self._own:
            self._worker.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _submit(
        self, worker: Executor, fn: Callable[[Progress], Any], request: _Request, *, past_hold: bool
    ) -> Task:
        task = request.task
        if self._closed:
            return task
        if request.key is not None:
            older = self._newest.get(request.key)
            if older is not None:
                older.task.cancel()
                self._forget_waiting(older)
            self._newest[request.key] = request

        def work() -> Any:
            if task.progress.cancelled:
                raise Cancelled
            return fn(task.progress)

        def answered(future: Future[Any]) -> None:
            if self._closed or future.cancelled():
                return
            error = future.exception()
            self._answered.emit(request, None if error else future.result(), error)

        request.begin = lambda: worker.submit(work).add_done_callback(answered)
        if self._held and not past_hold:
            self._waiting.append(request)
        else:
            self._begin(request)
        return task

    def _begin(self, request: _Request) -> None:
        begin, request.begin = request.begin, None
        was_busy = self.busy
        self._running.add(request)
        if not was_busy:
            self.busy_changed.emit(True)
        if begin is not None:
            begin()

    def _forget_waiting(self, request: _Request) -> None:
        """A newer request of the same kind takes the place of one that waits."""
        if request in self._waiting:
            self._waiting.remove(request)
            request.task.finished.emit()
            request.task.deleteLater()

    def _deliver(self, request: _Request, result: Any, error: BaseException | None) -> None:
        """On the GUI thread: hand over one answer."""
        self._running.discard(request)
        superseded = False
        if request.key is not None:
            superseded = self._newest.get(request.key) is not request
            if not superseded:
                del self._newest[request.key]
        if (error is not None and not isinstance(error, LawDeskError)) or isinstance(error, Bug):
            _log.error("a task failed", exc_info=error)
        try:
            if not superseded and not self._closed and alive(request.owner):
                self._hand_over(request, result, error)
        finally:
            if alive(request.task):
                request.task.finished.emit()
                request.task.deleteLater()
            if not self.busy:
                self.busy_changed.emit(False)
                self._say_quiet()

    def _hand_over(self, request: _Request, result: Any, error: BaseException | None) -> None:
        if error is None:
            if request.done is not None:
                request.done(result)
        elif request.failed is not None:
            request.failed(error)
        elif not isinstance(error, Cancelled):
            words: Words = describe(error)
            self.unhandled.emit(words)
