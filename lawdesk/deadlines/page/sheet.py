"""What the side sheets of this feature share: a scrolling body, a foot with one button, a place for errors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from lawdesk.kernel.errors import Refused
from lawdesk.ui import STRETCH, Button, ErrorBlock, Form, Label, ScrollArea, Words, hbox, vbox


class Trouble(QWidget):
    """A place where an error shows itself in words; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = vbox(space=0, parent=self)
        self.hide()

    def show_error(self, error: BaseException, *buttons: Button) -> None:
        """Show ``error``."""
        self.clear()
        self._layout.addWidget(ErrorBlock(error, *buttons))
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        empty_layout(self._layout)
        self.hide()


class Sheet(QWidget):
    """A side sheet: ``body`` scrolls, the foot with ``button`` stays. Ctrl+Enter presses it."""

    def __init__(self, *body: QWidget | QLayout | float, button: Button, note: Words = "") -> None:
        super().__init__()
        self.trouble = Trouble()
        self.button = button
        self._hint = Label(note, step="small", tone="text2", wrap=True)
        content = QWidget()
        vbox(*body, self.trouble, STRETCH, space=2.5, margins=(0.5, 1, 1.5, 3), parent=content)
        foot = QWidget()
        line = hbox(self._hint, button, space=3, margins=(0, 2, 0, 0), parent=foot)
        line.setStretch(0, 1)
        layout = vbox(ScrollArea(content), foot, space=0, parent=self)
        layout.setStretch(0, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def refuse(self, error: BaseException, form: Form | None = None) -> None:
        """Show an error: problems at their fields, the rest as a block."""
        self.trouble.clear()
        if isinstance(error, Refused) and form is not None:
            rest = form.show_problems(error.problems)
            if not rest:
                return
            error = Refused(rest, error.what)
        self.trouble.show_error(error)


def empty_layout(layout: QLayout) -> None:
    """Take every widget out of a layout of widgets and let it go."""
    for place in reversed(range(layout.count())):
        item = layout.takeAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
