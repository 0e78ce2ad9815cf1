"""Asking a colleague for the passphrase of their own before they work here."""

from __future__ import annotations

from collections.abc import Callable

from lawdesk.app.seat import Seat
from lawdesk.kernel.errors import UserError, describe
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, Form, Label, LineEdit, Sheet, ShellWindow, TaskRunner


def ask_passphrase(
    shell: ShellWindow,
    tasks: TaskRunner,
    needed: UserError,
    sit: Callable[[str], Seat],
    done: Callable[[Seat], object],
) -> None:
    """Open a side sheet that asks for the passphrase; ``sit`` tries it on the worker, ``done`` gets the seat."""
    words = describe(needed).next
    sheet = SwitchSheet(words, tasks, sit, done, shell)
    shell.open_sheet(sheet, lambda: _("Sign in"))
    sheet.passphrase.setFocus()


class SwitchSheet(Sheet):
    """One field, one button; a wrong passphrase shows at the field."""

    def __init__(
        self,
        words: str,
        tasks: TaskRunner,
        sit: Callable[[str], Seat],
        done: Callable[[Seat], object],
        shell: ShellWindow,
    ) -> None:
        self.passphrase = LineEdit(secret=True)
        self.form = Form()
        self.form.add("passphrase", lambda: _("Passphrase"), self.passphrase, span=21)
        go = Button(lambda: _("Sign in"), self.sign_in, kind="filled")
        super().__init__(Label(words, tone="text2", wrap=True), self.form, button=go)
        self._tasks, self._sit, self._done, self._shell = tasks, sit, done, shell
        self.passphrase.submitted.connect(self.sign_in)
        self.setFocusProxy(self.passphrase)

    def sign_in(self) -> None:
        """Try the passphrase."""
        words = self.passphrase.text()
        self._tasks.run(lambda: self._sit(words), self._signed_in, self._failed, owner=self)

    def _signed_in(self, seat: Seat) -> None:
        self.passphrase.clear()
        self._shell.close_sheet()
        self._done(seat)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.form.field("passphrase").set_problem(lambda: str(describe(error)))
            self.passphrase.selectAll()
        else:
            self.refuse(error, self.form)
