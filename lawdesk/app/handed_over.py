"""The recovery code: shown once, to be printed or written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, Label, hbox, vbox
from lawdesk.ui.page import Host


class RecoveryCodeSheet(QWidget):
    """The code in large type, what it is for, and a button that puts it on paper."""

    def __init__(self, shell: Host, code: str, written_down: Callable[[], object]) -> None:
        super().__init__()
        self._shell, self._code = shell, code
        groups = code.split("-")
        lines = ("  ".join(groups[:4]), "  ".join(groups[4:]))
        shown = [Label(line, step="h2") for line in lines]
        for label in shown:
            label.setAccessibleName(label.text())
        about = Label(
            lambda: _(
                "It opens the office when the passphrase is forgotten or the PC is lost. It is shown only now. "
                "Print it and keep it outside the office, for example in the firm's safe."
            ),
            wrap=True,
            tone="text2",
        )
        save = Button(lambda: _("Save as PDF to print"), self._save, kind="filled", icon="printer")
        done = Button(lambda: _("I have written it down"), written_down)
        vbox(about, 2, *shown, 3, hbox(save, done, STRETCH), STRETCH, parent=self)

    def _save(self) -> None:
        name, _chosen = QFileDialog.getSaveFileName(self, _("Save as PDF to print"), "LawDesk.pdf", "PDF (*.pdf)")
        if name:
            write_recovery_sheet(self._code, Path(name))
            self._shell.toast(lambda: _("Saved. Print it and delete the file."))


def write_recovery_sheet(code: str, path: Path) -> None:
    """Write the recovery code as one page to print."""
    from lawdesk.paper.blocks import Block, Facts, Text, TextDocument, write_text_pdf

    keep = _("Keep this sheet where nobody finds it by chance and you find it in need: not on the PC it opens.")
    blocks: list[Block] = [
        Text(keep),
        Facts([(_("Recovery code"), code), (_("Day"), long_date(SystemClock().today()))]),
        Text(_("To use it: start LawDesk, choose “Use the recovery code”, type the eight groups."), note=True),
    ]
    write_text_pdf(TextDocument(_("LawDesk recovery code"), blocks), path)
