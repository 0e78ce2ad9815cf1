"""Locking: the cover, the office closed behind it and its key forgotten; and what opens it again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QToolTip

from lawdesk.app.seat import Seat
from lawdesk.app.unlocking import Unlocking
from lawdesk.kernel.errors import LawDeskError
from lawdesk.kernel.i18n import N_, _
from lawdesk.storage.place import is_server
from lawdesk.ui import TaskRunner, UnlockPage

FINISHING = N_(
    "What is still running is finished first. Until then the office is open behind this page and its key in "
    "this PC's memory."
)
CLOSED = N_(
    "The office file is closed and its key wiped from memory; copies the system made, such as swapped memory, "
    "cannot be ruled out. What was on screen stays in memory until LawDesk is closed."
)
CLOSED_SERVER = N_(
    "The connections to the server are closed and the office key is wiped from memory; copies the system made "
    "cannot be ruled out. The server's password and what was on screen stay in memory until LawDesk is closed."
)
BACKUP_WAITS = N_("Work since the last backup is in none yet: unlock before you close LawDesk.")
CODE_WAITS = N_("So does the recovery code that nobody has written down yet.")
NOT_CLOSED = N_("The office could not be closed completely. Its key may be in memory until LawDesk is closed.")


class Lock(QObject):
    """The locked state of one window: new work waits, what runs is finished, then the office is closed.

    ``opened()`` is called when the right passphrase or code was given; the office is open again then.
    """

    def __init__(
        self,
        seat: Seat,
        tasks: TaskRunner,
        opened: Callable[[], object],
        *,
        timer_runs: bool = False,
        code_waits: bool = False,
    ) -> None:
        super().__init__()
        self._seat, self._tasks, self._opened, self._code_waits = seat, tasks, opened, code_waits
        self.page = UnlockPage(
            seat.firm_name, seat.actor.name, other=False, timer_runs=timer_runs, held=lambda: _(FINISHING)
        )
        office, actor = seat.office, seat.actor

        def attempt(passphrase: str | None, recovery_code: str | None) -> None:
            office.unlock(actor, passphrase, recovery_code)
            office.sessions.note(actor, "unlock", failures=self.trying.failures)

        self.trying = Unlocking(self.page, tasks, attempt, lambda _nothing: self._lift(), past_hold=True)

    def close_office(self) -> None:
        """Let what runs end, then close the office; call once the cover is in view."""
        self._tasks.hold(self._close)

    def _close(self) -> None:
        office, actor = self._seat.office, self._seat.actor
        backups = None if self._seat.is_demo else office.backups

        def close() -> bool:
            due = False
            with suppress(LawDeskError):
                due = backups is not None and backups.due_at_closing()
            office.lock(actor)
            return due

        def closed(due: bool) -> None:
            said = [CLOSED_SERVER if is_server(office.place) else CLOSED]
            said += [CODE_WAITS] if self._code_waits else []
            said += [BACKUP_WAITS] if due else []
            self.page.set_held(lambda: " ".join(_(one) for one in said))

        self._tasks.run(
            close,
            closed,
            lambda _error: self.page.set_held(lambda: _(NOT_CLOSED)),
            owner=self.page,
            past_hold=True,
        )

    def _lift(self) -> None:
        self._tasks.go_on()
        self._opened()


def close_what_floats() -> None:
    """Close menus, open lists and questions for files: they stand above the cover and may name a client."""
    QToolTip.hideText()
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        following = QApplication.activePopupWidget()
        popup = following if following is not popup else None
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()
