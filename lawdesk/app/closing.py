"""Closing the window: a last backup when something is new, with a way to leave without it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from lawdesk.app.seat import Seat
from lawdesk.kernel.i18n import _
from lawdesk.storage.backup import BackupSet
from lawdesk.ui import STRETCH, Button, Label, Progress, ProgressRow, TaskRunner, hbox, vbox


class LastBackup(QWidget):
    """A small window while the last backup is made. ``over()`` is called when it is made or was not wanted."""

    def __init__(self, seat: Seat, tasks: TaskRunner, over: Callable[[], object]) -> None:
        super().__init__()
        self._over_called, self._over = False, over
        self.setObjectName("shell")
        self.setWindowTitle("LawDesk")
        backups = seat.office.backups
        assert backups is not None

        def work(progress: Progress) -> BackupSet | None:
            return backups.make(None, progress.at) if backups.due_at_closing() else None

        self.task = tasks.run_long(work, lambda _made: self._end(), self._failed, owner=self, aside=True)
        title = Label(lambda: _("Backing up before closing"), step="h2")
        about = Label(
            lambda: _("The office is saved; this only makes today's copy."), step="small", tone="text2", wrap=True
        )
        row = ProgressRow(self.task, lambda: _("Making a backup"))
        self.leave = Button(lambda: _("Close without a backup"), self._leave)
        vbox(title, about, row, hbox(STRETCH, self.leave), space=3, margins=6, parent=self)

    def _leave(self) -> None:
        self.task.cancel()
        self._end()

    def _failed(self, _error: BaseException) -> None:
        self._end()  # it is remembered and on record, and said when LawDesk is opened again

    def _end(self) -> None:
        if not self._over_called:
            self._over_called = True
            self.close()
            self._over()


class Closing(QObject):
    """Watches the shell of one window: closing it makes the last backup first, then lets it go.

    ``wanted()``: whether there is a backup to make; ``stuck()``: whether it cannot be closed just now.
    """

    def __init__(
        self,
        seat: Seat,
        tasks: TaskRunner,
        shell: QWidget,
        *,
        wanted: Callable[[], bool],
        stuck: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(shell)
        self._stuck = stuck
        self._seat, self._tasks, self._shell, self._wanted = seat, tasks, shell, wanted
        self.last: LastBackup | None = None
        self._let_go = False
        shell.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._shell and event.type() == QEvent.Type.Close and self._stuck() and not self._let_go:
            event.ignore()
            return True
        if watched is self._shell and event.type() == QEvent.Type.Close and self._holds():
            event.ignore()
            if self.last is None:
                self.last = LastBackup(self._seat, self._tasks, self._go)
                self.last.show()
                self._shell.hide()
            return True
        return super().eventFilter(watched, event)

    def release(self) -> None:
        """Let the window close at once from now on, and take the small window away."""
        self._let_go = True
        if self.last is not None:
            self.last.close()

    def _holds(self) -> bool:
        if self._let_go or self._seat.is_demo or self._seat.office.backups is None:
            return False
        return self._wanted() and self._shell.isVisible()

    def _go(self) -> None:
        self._let_go = True
        self._shell.close()
