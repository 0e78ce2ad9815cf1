"""Opening what is locked: passphrase or recovery code, tried on the worker, slower after each failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from lawdesk.kernel.errors import UserError, describe
from lawdesk.ui import TaskRunner, UnlockPage

PATIENCE = 3
"""So many tries are answered at once; then each next one waits twice as long, up to a minute."""
Attempt = Callable[[str | None, str | None], Any]
"""``attempt(passphrase, recovery_code)`` on the worker; raises what the key raises."""


class Unlocking(QObject):
    """Drives an :class:`UnlockPage`: runs ``attempt``, hands its answer to ``done``, shows what was wrong.

    With ``past_hold`` it works also while everything else has to wait (see :meth:`TaskRunner.hold`).
    """

    def __init__(
        self,
        page: UnlockPage,
        tasks: TaskRunner,
        attempt: Attempt,
        done: Callable[[Any], object],
        broken: Callable[[BaseException], object] | None = None,
        *,
        past_hold: bool = False,
    ) -> None:
        super().__init__(page)
        self._page, self._tasks, self._attempt, self._done = page, tasks, attempt, done
        self._failures, self._broken, self._past_hold = 0, broken, past_hold
        page.unlock_asked.connect(lambda passphrase: self.attempt(passphrase, None))
        page.system_asked.connect(lambda: self.attempt(None, None))
        page.code_asked.connect(lambda code: self.attempt(None, code))

    def attempt(self, passphrase: str | None, recovery_code: str | None) -> None:
        """Try once."""
        self._page.set_busy(True)
        self._tasks.run(
            lambda: self._attempt(passphrase, recovery_code),
            self._opened,
            self._failed,
            owner=self._page,
            past_hold=self._past_hold,
        )

    @property
    def failures(self) -> int:
        """Wrong tries since it was last opened."""
        return self._failures

    def _opened(self, answer: Any) -> None:
        self._page.forget()
        self._done(answer)
        self._failures = 0

    def _failed(self, error: BaseException) -> None:
        self._page.set_busy(False)
        _let_go(error)  # the page keeps it, to say it again in the other language
        wrong = isinstance(error, UserError) and error.code.startswith("key.wrong")
        self._failures += 1 if wrong else 0
        wait = 0 if self._failures < PATIENCE else min(60, 2 ** (self._failures - PATIENCE + 1))
        self._page.set_error(lambda: str(describe(error)), wait_seconds=wait)
        if self._broken is not None and getattr(error, "code", "").startswith("file."):
            self._page.offer_restore()
            self._broken(error)


def _let_go(error: BaseException | None) -> None:
    """Take away what an error remembers of the work it came from: a passphrase, perhaps the key itself."""
    while error is not None:
        following = error.__cause__ or error.__context__
        error.__traceback__ = error.__cause__ = error.__context__ = None
        error = following
