"""F1: every key that works here, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui.buttons import Command
from lawdesk.ui.keycaps import KeyCaps
from lawdesk.ui.labels import Label, SectionHeading
from lawdesk.ui.layouts import STRETCH, grid, vbox
from lawdesk.ui.panes import ScrollArea
from lawdesk.ui.words import Words


def shortcut_sheet(groups: Sequence[tuple[Words, Sequence[Command]]]) -> QWidget:
    """Return the content of the shortcut sheet: groups of commands that have a key, then the keys of lists."""
    body = QWidget()
    parts: list[QWidget] = []
    everywhere = [
        (lambda: _("Undo what the note at the foot says"), "Ctrl+Z"),
        (lambda: _("Edit in place"), "F2"),
        (lambda: _("Close, cancel, go back"), "Esc"),
        (lambda: _("Menu of the row"), "Shift+F10"),
    ]
    shown: list[tuple[Words, list[tuple[Words, str]]]] = [
        (words, [(command.title, command.shortcut) for command in commands if command.shortcut])
        for words, commands in groups
    ]
    shown.append((lambda: _("In lists, tables and fields"), [*everywhere]))
    for words, keys in shown:
        if not keys:
            continue
        block = QWidget()
        table = grid(across=4, down=2, parent=block)
        table.setColumnStretch(0, 1)
        for row, (title, shortcut) in enumerate(keys):
            table.addWidget(Label(title, elide=True), row, 0)
            table.addWidget(KeyCaps(shortcut), row, 1, Qt.AlignmentFlag.AlignRight)
        parts += [SectionHeading(words), block]
    vbox(*parts, STRETCH, space=3, margins=(0, 0, 3, 0), parent=body)
    return ScrollArea(body)
