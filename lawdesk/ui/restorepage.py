"""Restoring an office from a backup before any office is open: where, which, code or passphrase, whereto."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from lawdesk.kernel.i18n import _
from lawdesk.ui.buttons import Button
from lawdesk.ui.choosers import ComboBox
from lawdesk.ui.fields import LineEdit
from lawdesk.ui.forms import Field
from lawdesk.ui.labels import Label
from lawdesk.ui.layouts import STRETCH, hbox, vbox
from lawdesk.ui.rail import Seal
from lawdesk.ui.startpages import StartCard, StartPage
from lawdesk.ui.words import Words


@dataclass(frozen=True)
class RestoreWish:
    """What to restore: the folder of a set, the recovery code or passphrase, and the new office's folder."""

    backup: Path
    secret: str
    folder: Path


class RestorePage(StartPage):
    """Signals: ``look_asked(Path)`` (what is there?), ``restore_asked(RestoreWish)``, ``back_asked()``."""

    look_asked = Signal(object)
    restore_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, folder: Path, *, backups: Path | None = None, why: Words = "") -> None:
        card = StartCard(34)
        super().__init__(card)
        self.source = LineEdit(lambda: _("The folder or disk with the backups"))
        self.which = ComboBox([])
        self.secret = LineEdit(lambda: _("Recovery code, or the passphrase of that time"), secret=True)
        self.folder = LineEdit("")
        self.folder.setText(str(folder))
        self._fields = {
            "source": Field(lambda: _("Where the backups lie"), self.source, required=True),
            "which": Field(lambda: _("Backup"), self.which, required=True),
            "secret": Field(lambda: _("Recovery code or passphrase"), self.secret, required=True),
            "folder": Field(lambda: _("New folder for the office"), self.folder, required=True),
        }
        self._why = Label(why, tone="red", wrap=True)
        if not self._why.words():
            self._why.hide()
        self._error = Label("", step="small", tone="red", wrap=True)
        self._error.hide()
        self.button = Button(lambda: _("Restore"), self._ask, kind="filled")
        back = Button(lambda: _("Back"), self.back_asked.emit, kind="link")
        about = Label(
            lambda: _(
                "The backup is read back completely and put into a new folder. Nothing that is there is changed: "
                "not the backup, not an older office."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        rows = []
        for key, choose in (("source", self._choose_source), ("folder", self._choose_folder)):
            button = Button(lambda: _("Choose …"), choose)
            row = hbox(self._fields[key], button, space=2)
            row.setStretch(0, 1)
            row.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
            rows.append(row)
        title = Label(lambda: _("Restore from a backup"), step="h1")
        vbox(
            hbox(Seal(9), title, STRETCH, space=3), self._why, about, 1,
            rows[0], self._fields["which"], self._fields["secret"], rows[1], self._error, 2,
            hbox(self.button, STRETCH, back, space=3),
            space=2, margins=(7, 7, 7, 6), parent=card,
        )  # fmt: skip
        self.source.editingFinished.connect(self._look)
        for edit in (self.secret, self.folder):
            edit.submitted.connect(self._ask)
        self.setFocusProxy(self.source)
        self._looked = ""
        if backups is not None:
            self.source.setText(str(backups))
            self.setFocusProxy(self.secret)

    def begin(self) -> None:
        """Ask which backups there are, once somebody listens."""
        self._look()

    def set_backups(self, found: Sequence[tuple[Path, str]]) -> None:
        """Offer the backups, best first: the folder of each set and what to call it."""
        self.which.set_choices([(str(path), words) for path, words in found])
        self.which.choose(str(found[0][0]) if found else None)
        none = lambda: _("There is no complete backup in this folder.")  # noqa: E731
        self._fields["source"].set_problem(None if found or not self.source.text().strip() else none)

    def set_error(self, words: Words) -> None:
        """Say why it could not be restored."""
        self._error.set_words(words)
        self._error.show()
        self.secret.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is restored the button rests."""
        self.button.setEnabled(not busy)
        self.button.set_words((lambda: _("Restoring …")) if busy else (lambda: _("Restore")))

    def _look(self) -> None:
        text = self.source.text().strip()
        if text and text != self._looked:
            self._looked = text
            self.look_asked.emit(Path(text))

    def _ask(self) -> None:
        self._error.hide()
        for field in self._fields.values():
            field.set_problem(None)
        chosen = self.which.chosen()
        wrong: dict[str, Words] = {}
        if chosen is None:
            wrong["source"] = lambda: _("Choose the folder with the backups.")
        if not self.secret.text().strip():
            wrong["secret"] = lambda: _("Type the recovery code from the printed sheet, or the passphrase.")
        if not self.folder.text().strip():
            wrong["folder"] = lambda: _("Choose where the office is kept.")
        for key, words in wrong.items():
            self._fields[key].set_problem(words)
        if wrong:
            self._fields[next(iter(wrong))].editor.setFocus()
            return
        self.restore_asked.emit(
            RestoreWish(Path(str(chosen)), self.secret.text(), Path(self.folder.text().strip()))
        )

    def _choose_source(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where the backups lie"), self.source.text())
        if chosen:
            self.source.setText(chosen)
            self._look()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("New folder for the office"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
