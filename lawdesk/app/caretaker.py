"""What the program does for the office by itself while somebody works: look, back up, try a backup out.

All of it on the second thread, after the first page is there; the window says how it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from lawdesk.app.seat import Seat
from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.errors import LawDeskError, describe
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office
from lawdesk.safekeeping import BackupState, Checkup
from lawdesk.storage.backup import BackupSet
from lawdesk.ui import Progress, ShellWindow, TaskRunner

SHORT = {
    "gone": N_("Backup folder not there"),
    "full": N_("Disk of the backups full"),
    "read_only": N_("Backup folder read-only"),
    "failed": N_("Last backup failed"),
}
SOON_MS = 4_000
AGAIN_MS = 60 * 60_000


@dataclass(frozen=True)
class Round:
    """What one round of care found and did; each part is None when it was not its turn."""

    seen: Checkup | None = None
    made: BackupSet | None = None
    tried: BackupSet | None = None
    failed: LawDeskError | None = None


class Caretaker(QObject):
    """Looks after the office of ``seat``; ``done`` is called after each round, on the GUI thread."""

    def __init__(self, seat: Seat, tasks: TaskRunner, shell: ShellWindow, done: Callable[[], object]) -> None:
        super().__init__()
        self._seat, self._tasks, self._shell, self._done = seat, tasks, shell, done
        self._busy = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.go_round)

    def begin(self) -> None:
        """Begin once the first page is there; an invented office needs no care."""
        if not self._seat.is_demo:
            QTimer.singleShot(SOON_MS, self, lambda: self.go_round(first=True))
            self._again.start()

    def go_round(self, *, first: bool = False) -> None:
        """Do whatever is due now."""
        if self._busy:
            return
        self._busy = True
        office = self._seat.office

        def work(progress: Progress) -> Round:
            return care(office, progress.at, look=first)

        self._tasks.run_long(work, self._over, self._failed, owner=self, aside=True)

    def _over(self, found: Round) -> None:
        self._busy = False
        if found.seen is not None and found.seen.findings:
            finding = found.seen.findings[0]
            self._shell.toast(
                lambda: f"{finding.words()} {finding.advice()}",
                icon="triangle-alert",
                tone="amber" if found.seen.sound else "red",
            )
        if found.failed is not None:
            error = found.failed
            self._shell.toast(lambda: str(describe(error)), icon="triangle-alert", tone="amber")
        self._done()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._shell.toast(lambda: str(describe(error)), icon="triangle-alert", tone="amber")
        self._done()


def care(office: Office, progress: Callable[[int, int], None], *, look: bool) -> Round:
    """Do what is due for the office, on the worker: a quick look, a backup, a trial, the weekly thorough look.

    A damaged file is not backed up over good ones: nothing is rotated away then. Raises Cancelled.
    """
    seen = office.health.quick() if look else None
    made = tried = None
    failed: LawDeskError | None = None
    backups = office.backups
    if seen is not None and any(finding.code == "database" for finding in seen.findings):
        return Round(seen)
    if backups is not None:
        try:
            if backups.due():
                made = backups.make(None, progress)
            if backups.trial_due():
                tried = backups.trial(None, progress)
        except LawDeskError as error:
            if error.code == "cancelled":
                raise
            failed = error
    if office.health.thorough_due():
        seen = office.health.thorough(None, progress)
    return Round(seen, made, tried, failed)


def say_backups(shell: ShellWindow, state: BackupState) -> None:
    """Show in the status bar how the backups stand; days are the PC's own, never the demo's."""
    if state.newest is None:
        shell.status.set_backup(None)
    else:
        days = (SystemClock().now() - state.newest.moment).days
        shell.status.set_backup(state.newest.moment, days=days)
    if state.note.test_code:
        shell.status.set_backup_trouble(lambda: _("A backup failed its trial"))
    elif state.condition in SHORT:
        from lawdesk.firm.page.standing import TROUBLES

        words = SHORT[state.condition]
        shell.status.set_backup_trouble(lambda: _(words), detail=lambda: _(TROUBLES[state.condition]))
