"""A passphrase of one's own: set, changed, given up again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area, Lines, holding
from lawdesk.firm.page.desk import OwnPassphrase
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Button, Label, LineEdit, SectionHeading, vbox


class OwnPassphrasePart(QWidget):
    """Who has one opens the office with it and is signed in by it; nobody else becomes them without it."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.old, self.new, self.again = (LineEdit(secret=True) for _number in range(3))
        self.button = Button(lambda: _("Keep my own passphrase"), self.keep)
        self.drop = Button(lambda: _("Do without"), self.give_up)
        about = Label(
            lambda: _(
                "With a passphrase of your own you open the office as yourself, and nobody works under your name "
                "without it. The office's passphrase and the recovery code still open the office for the others."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        lines = Lines()
        note = lambda: _("Your own, or the office's while you have none.")  # noqa: E731
        lines.add(lambda: _("Passphrase now"), self.old, note, width=20)
        lines.add(lambda: _("Your new passphrase"), self.new, width=20)
        lines.add(lambda: _("Your new passphrase again"), self.again, width=20)
        lines.add("", holding(self.button, self.drop))
        self._note = Label("", step="small", tone="red", wrap=True)
        self._note.hide()
        self.state = Label("", step="small", tone="text2")
        vbox(
            SectionHeading(lambda: _("Your own passphrase")), about, self.state, lines, self._note,
            space=2, parent=self,
        )  # fmt: skip

    @property
    def _service(self) -> OwnPassphrase:
        assert self._area.desk.own is not None
        return self._area.desk.own

    def read(self) -> None:
        """Read whether the person who acts has one."""
        self.setVisible(self._area.desk.own is not None)
        if self._area.desk.own is not None:
            self._area.run(self._service.has, self._fill, slot="own")

    def keep(self) -> None:
        """Set it, or another one."""
        old, new, again = self.old.text(), self.new.text(), self.again.text()
        if new != again:
            self._problem(Problem("key.differ", N_("The two new passphrases differ."), "again"))
            return
        self._run(lambda: self._service.keep(old, new), _("You now sign in with your own passphrase"))

    def give_up(self) -> None:
        """Do without one again."""
        old = self.old.text()
        self._run(lambda: self._service.drop(old), _("You work without a passphrase of your own again"))

    def _run(self, work: Callable[[], object], said: str) -> None:
        def done(_nothing: object) -> None:
            self._problem(None)
            for edit in (self.old, self.new, self.again):
                edit.clear()
            self._area.page.toast(lambda: said)
            self.read()

        self._area.desk.tasks.run(work, done, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._problem(error.problems[0])
        elif isinstance(error, UserError):
            self._problem(Problem(error.code, error.what, "old", params=error.params))
        else:
            self._area.failed(error)

    def _problem(self, problem: Problem | None) -> None:
        self._note.setVisible(problem is not None)
        if problem is not None:
            self._note.set_words(problem.words)

    def _fill(self, has: bool) -> None:
        self.drop.setVisible(has)
        self.state.set_words(
            (lambda: _("You have a passphrase of your own.")) if has else (lambda: _("You have none yet."))
        )
