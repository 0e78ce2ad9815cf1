"""The palette's own source: everything that can be done now, found by title, pinyin and initials."""

from __future__ import annotations

from collections.abc import Sequence

from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.i18n import _
from lawdesk.ui.buttons import Command
from lawdesk.ui.palettelines import Entry
from lawdesk.ui.words import say


class CommandSource:
    """Commands noted on the GUI thread when the palette opens, searched on the worker."""

    def __init__(self) -> None:
        self._listed: list[tuple[str, str, Command]] = []

    def note(self, commands: Sequence[Command]) -> None:
        """Take down what is possible now, in the words of now (on the GUI thread)."""
        able = [command for command in commands if command.key != "palette" and command.enabled()]
        self._listed = [(say(command.title), say(command.hint), command) for command in able]

    def __call__(self, query: str) -> list[Entry]:
        """Return the commands ``query`` means, those it begins first (on the worker)."""
        found = []
        for title, hint, command in self._listed:
            marks = matches_typed(query, title)
            if marks is not None:
                sub = (hint,) if hint else ()
                entry = Entry(_("Commands"), title, command.run, marks, sub, command.icon, command.shortcut)
                found.append((marks[0] if marks else 0, entry))
        found.sort(key=lambda pair: pair[0])
        return [entry for _at, entry in found]
