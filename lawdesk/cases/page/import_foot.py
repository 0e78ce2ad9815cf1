"""The foot of a file on its way in, with its one button, and the remarks about the whole file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.cases.page.import_job import severity_look
from lawdesk.kernel.errors import Problem
from lawdesk.ui import Button, IconLabel, KeyCaps, Label, Words, empty_layout, hbox, vbox


class ImportFoot(QFrame):
    """What is said, the refused rows as a file, the button."""

    def __init__(
        self, refused: Words, save: Callable[[], object], words: Words, press: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.said = Label("", step="small", tone="text2", elide=True)
        self.refused = Button(refused, save, icon="file-spreadsheet")
        self.button = Button(words, press, kind="filled", icon="arrow-right")
        self.keys = KeyCaps("Ctrl+Enter")
        line = hbox(self.said, self.refused, self.button, self.keys, space=3, margins=(6, 3, 5, 3), parent=self)
        line.setStretch(0, 1)


class Notes(QWidget):
    """Remarks about the whole file, one on a line."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = vbox(space=1, parent=self)
        self.shown: list[Label] = []

    def show_notes(self, notes: Sequence[Problem]) -> None:
        """Show these, or nothing."""
        empty_layout(self._rows)
        self.shown = []
        for note in notes:
            tone, icon = severity_look(note)
            label = Label(note.words, step="small", tone="text2" if tone == "text2" else "text", elide=True)
            row = QWidget()
            line = hbox(IconLabel(icon, tone=tone), label, space=1.5, parent=row)
            line.setStretch(1, 1)
            self._rows.addWidget(row)
            self.shown.append(label)
        self.setVisible(bool(notes))
