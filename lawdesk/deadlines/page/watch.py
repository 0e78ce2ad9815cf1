"""The watch over reminders: collects when LawDesk opens, wakes and the day changes; feeds bell and tray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from lawdesk.deadlines.service import DeadlineService
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import TaskRunner, icons

BEAT_MS = 60_000
SLEPT = timedelta(minutes=5)
"""A beat that comes this late means the PC slept."""


class ReminderWatch(QObject):
    """``count_changed(number)`` for the bell; ``fell_due(number)`` when there are new ones (the tray says so too).

    ``start()`` after the window is there. ``asked()``: the person clicked the tray's message: show the reminders.
    What the tray says names no client and no case.
    """

    count_changed = Signal(int)
    fell_due = Signal(int)
    asked = Signal()

    def __init__(
        self,
        service: DeadlineService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service, self._actor, self._tasks, self._clock = service, actor, tasks, clock
        self._last: datetime | None = None
        self._day = clock.today()
        self._count = -1
        self.tray: QSystemTrayIcon | None = None
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.beat)
        tasks.changed.connect(self._changed)

    def start(self) -> None:
        """Collect now, and from now on whenever something can have fallen due."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = QSystemTrayIcon(icons.icon("bell", "text2"), self)
            self.tray.messageClicked.connect(self.asked)
            self.tray.activated.connect(lambda _why: self.asked.emit())
        self._last = self._clock.now()
        self._beat.start()
        self.collect()

    def beat(self) -> None:
        """A minute has passed, or the PC slept: collect on another day and after sleep."""
        now, last = self._clock.now(), self._last
        slept = last is not None and now - last > SLEPT
        self._last = now
        if slept or self._clock.today() != self._day:
            self.collect()

    def collect(self) -> None:
        """Write into the ledger what fell due, and count what the person has not confirmed.

        While the window is locked the office is closed and nobody can know: that a day began is said instead.
        """
        if self._tasks.held and self._clock.today() != self._day:
            self._notify(_("LawDesk is locked. Unlock it to see what is due today."))
        self._day = self._clock.today()
        service, actor = self._service, self._actor()

        def read() -> tuple[int, int]:
            made = service.reminders.collect(actor)
            return made, _waiting(service, actor)

        self._tasks.run(read, lambda found: self._tell(*found), owner=self, slot="collect")

    def _changed(self, change: Changed) -> None:
        if change.subject in ("deadline", "reminder", "deputy"):
            service, actor = self._service, self._actor()
            self._tasks.run(lambda: _waiting(service, actor), self._count_is, owner=self, slot="count")

    def _tell(self, made: int, count: int) -> None:
        self._count_is(count)
        if made and count:
            self.fell_due.emit(count)
            self._say(count)

    def _count_is(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.count_changed.emit(count)
        if self.tray is not None:
            self.tray.setVisible(count > 0)

    def _say(self, count: int) -> None:
        words = ngettext("{count} deadline to look at", "{count} deadlines to look at", count)
        self._notify(words.format(count=count))

    def _notify(self, words: str) -> None:
        if self.tray is not None:
            self.tray.setVisible(True)
            self.tray.showMessage(QApplication.applicationDisplayName() or "LawDesk", words)


def _waiting(service: DeadlineService, actor: Actor) -> int:
    """Return the number at the bell: reminders not confirmed, and changes that wait for this second person."""
    return service.queries.count_reminders(actor) + service.queries.count_requests(actor)
