"""The printed codes: which there are, a new one, a partner's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area, Lines, fact, holding
from lawdesk.kernel.errors import LawDeskError
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import Button, ComboBox, Label, LineEdit, SectionHeading, vbox

WAYS = {
    "recovery": N_("The office's recovery code"),
    "partner-1": N_("First partner"),
    "partner-2": N_("Second partner"),
}


class CodesPart(QWidget):
    """Codes on paper that open the office when the passphrase is forgotten; any one of them does."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.there = fact()
        self.way = ComboBox([(way, partial(_, title)) for way, title in WAYS.items()])
        self.way.choose("recovery")
        self.passphrase = LineEdit(secret=True)
        self.button = Button(lambda: _("Make a new code"), self.make, icon="printer")
        self.end = Button(lambda: _("End this partner's code"), self.drop)
        self.way.chosen_changed.connect(lambda _key: self._offer())
        about = Label(
            lambda: _(
                "A new code is shown once, to be printed; the one before ends. Backups made before still open "
                "with the code and the passphrase of their time."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        lines = Lines()
        lines.add(lambda: _("Codes in use"), self.there)
        lines.add(lambda: _("Code of"), self.way, width=20)
        self._note = lines.add(lambda: _("Passphrase now"), self.passphrase, " ", width=20)
        self._note.hide()
        lines.add("", holding(self.button, self.end))
        vbox(SectionHeading(lambda: _("Recovery codes")), about, lines, space=2, parent=self)
        self._codes: tuple[str, ...] = ()

    def read(self) -> None:
        """Read which codes there are."""
        codes = self._area.desk.codes
        self.setVisible(codes is not None)
        if codes is not None:
            self._area.run(codes, self._fill, slot="codes")

    def make(self) -> None:
        """Make a new code for the chosen way and hand it to the window to be shown once."""
        desk, way, passphrase = self._area.desk, self.way.chosen(), self.passphrase.text()
        if desk.new_code is None:
            return
        new_code = desk.new_code

        def done(code: str) -> None:
            self._done()
            if desk.show_code is not None:
                desk.show_code(code)

        self._begin(lambda: new_code(passphrase, str(way)), done)

    def drop(self) -> None:
        """End the chosen partner's code."""
        drop, way, passphrase = self._area.desk.drop_code, self.way.chosen(), self.passphrase.text()
        if drop is None:
            return

        def done(_result: object) -> None:
            self._done()
            self._area.page.toast(lambda: _("The code was ended"))

        self._begin(lambda: drop(passphrase, str(way)), done)

    def _begin(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self.button.setEnabled(False)
        self._say("")
        self._area.desk.tasks.run(work, done, self._failed, owner=self)

    def _done(self) -> None:
        self.passphrase.clear()
        self.read()

    def _failed(self, error: BaseException) -> None:
        self._offer()
        if isinstance(error, LawDeskError) and error.code == "key.wrong_passphrase":
            self._say(_(error.what))
        else:
            self._area.failed(error)

    def _say(self, wrong: str) -> None:
        self.passphrase.set_state("error" if wrong else "")
        self._note.set_tone("red" if wrong else "text2")
        self._note.set_words(wrong)
        self._note.setVisible(bool(wrong))

    def _fill(self, codes: tuple[str, ...]) -> None:
        self._codes = codes
        self.there.set_words(lambda: pgettext("list", ", ").join(_(WAYS[way]) for way in codes))
        self._offer()

    def _offer(self) -> None:
        may, way = self._area.may_change, self.way.chosen()
        for widget in (self.button, self.way, self.passphrase):
            widget.setEnabled(may)
        self.end.setVisible(way != "recovery" and way in self._codes)
        self.end.setEnabled(may)
