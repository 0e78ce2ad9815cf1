"""Another office key from the window: a cover with the progress, the office closed behind it, then open again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from lawdesk.app.seat import Seat
from lawdesk.kernel.i18n import _
from lawdesk.office.rekeying import change_office_key
from lawdesk.ui import STRETCH, Label, Progress, ProgressRow, TaskRunner, hbox, vbox
from lawdesk.ui.rail import Seal
from lawdesk.ui.startpages import StartCard, StartPage

Answer = tuple[str, tuple[str, ...], int]
"""The new recovery code, the ways that ended, and how many documents could not be read and stay as they were."""


class RekeyPage(StartPage):
    """Covers the window while the key is changed; what runs before it is said, then how far it is."""

    def __init__(self, firm: str) -> None:
        card = StartCard(28)
        super().__init__(card)
        self._rows = vbox(space=0)
        self.waits = Label(
            lambda: _("What is still running is finished first."), step="small", tone="text2", wrap=True
        )
        title = Label(lambda: _("The office gets another key"), step="h2", wrap=True)
        about = Label(
            lambda: _(
                "Everything is written anew; the office opens again by itself when it is done. Until the last "
                "step the old key holds."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        name = Label(firm, step="small", tone="text2", wrap=True)
        for label in (title, name, about, self.waits):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        seal = hbox(STRETCH, Seal(12), STRETCH, space=0)
        vbox(
            seal, 2, title, name, 1, about, self.waits, self._rows,
            space=2, margins=(8, 8, 8, 6), parent=card,
        )  # fmt: skip

    def show_progress(self, row: ProgressRow) -> None:
        """From now on it is being written."""
        self.waits.hide()
        self._rows.addWidget(row)


class Rekeying(QObject):
    """One change of the key. ``done(answer)`` or ``failed(error)`` is called once the office is open again.

    It may also be called with the office still locked, when its files could not be opened any more.
    """

    def __init__(
        self,
        seat: Seat,
        tasks: TaskRunner,
        wish: tuple[str, tuple[str, ...]],
        done: Callable[[Answer], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        super().__init__()
        self._seat, self._tasks, self._wish = seat, tasks, wish
        self._done, self._failed = done, failed
        self.alone = False
        """Whether the person or the PC went away meanwhile."""
        self.page = RekeyPage(seat.firm_name)

    def begin(self) -> None:
        """Let what runs end, then change the key; call once the cover is in view."""
        self._tasks.hold(self._change)

    def leave_locked(self) -> None:
        """The person or the PC went away: the window is to be locked when it comes back."""
        self.alone = True

    def _change(self) -> None:
        office, actor = self._seat.office, self._seat.actor
        (passphrase, end), self._wish = self._wish, ("", ())

        def work(progress: Progress) -> Answer:
            changed = change_office_key(office, actor, passphrase, end=end, progress=progress.at)
            return changed.recovery_code, changed.ended, changed.left

        task = self._tasks.run_long(work, self._done, self._failed, owner=self, past_hold=True)
        self.page.show_progress(ProgressRow(task, lambda: _("Writing everything anew"), stays=True))
