"""The result of a check, shown the same way everywhere in the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lawdesk.ui import IconLabel, Label, hbox


class Finding(QWidget):
    """The result of a check: icon and words, green or red."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("check")
        self.words = Label("", wrap=True)
        line = hbox(self._icon, self.words, space=2, parent=self)
        line.setStretch(1, 1)
        self.hide()

    def show_finding(self, sound: bool, words: str) -> None:
        """Show what was found."""
        tone = "green" if sound else "red"
        self._icon.set_icon("shield-check" if sound else "octagon-alert", tone)
        self.words.set_tone(tone)
        self.words.set_words(words)
        self.show()
