"""A side sheet that asks for a reason and then does one thing."""

from __future__ import annotations

from collections.abc import Callable

from lawdesk.kernel.i18n import _
from lawdesk.privacy.page.part import Part, PrivacyDesk
from lawdesk.ui import Button, Form, Label, Sheet, TextArea, Words


def ask_reason(
    part: Part, title: str, *, button: Words, note: Words, act: Callable[[str], object], done: Callable[[], str]
) -> None:
    """Open the sheet beside ``part``, which says ``done`` and reads again afterwards."""
    part.desk.open_sheet(ReasonSheet(part.desk, button, note, act, lambda: part.done(done)), title)


class ReasonSheet(Sheet):
    """``act(reason)`` runs on the worker; ``done()`` afterwards, when the sheet is closed."""

    def __init__(
        self,
        desk: PrivacyDesk,
        button: Words,
        note: Words,
        act: Callable[[str], object],
        done: Callable[[], object],
    ) -> None:
        self._desk, self._act, self._done = desk, act, done
        self.reason = TextArea(lines=4)
        self.form = Form()
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        said = Label(note, step="small", tone="text2", wrap=True)
        super().__init__(said, self.form, button=Button(button, self.save, kind="filled"))
        self.setFocusProxy(self.reason)

    def save(self) -> None:
        """Do it."""
        act, reason = self._act, self.reason.toPlainText()

        def done(_result: object) -> None:
            self._desk.close_sheet()
            self._done()

        def failed(error: BaseException) -> None:
            self.refuse(error, self.form)

        self._desk.tasks.run(lambda: act(reason), done, failed, owner=self)
