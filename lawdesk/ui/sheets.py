"""What a side sheet shows: a scrolling form, a foot with one button, a place for errors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from lawdesk.kernel.errors import Refused
from lawdesk.ui.blocks import ErrorBlock
from lawdesk.ui.buttons import Button
from lawdesk.ui.forms import Form
from lawdesk.ui.labels import Label
from lawdesk.ui.layouts import STRETCH, empty_layout, hbox, vbox
from lawdesk.ui.panes import ScrollArea
from lawdesk.ui.words import Words


class Trouble(QWidget):
    """A place where an error shows itself in words, with what can be done about it; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = vbox(space=0, parent=self)
        self.block: ErrorBlock | None = None
        self.hide()

    def show_error(self, error: BaseException, *buttons: Button) -> None:
        """Show ``error``."""
        self.clear()
        self.block = ErrorBlock(error, *buttons)
        self._layout.addWidget(self.block)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        empty_layout(self._layout)
        self.block = None
        self.hide()


class Sheet(QWidget):
    """``body`` scrolls, the foot stays. Ctrl+Enter presses ``button``."""

    def __init__(self, *body: QWidget | QLayout | float, button: Button | None = None, note: Words = "") -> None:
        super().__init__()
        self.trouble = Trouble()
        self.button = button
        content = QWidget()
        vbox(*body, self.trouble, STRETCH, space=2, margins=(0, 1, 1, 4), parent=content)
        rows: list[QWidget] = [ScrollArea(content)]
        if button is not None:
            rows.append(self._foot(button, note))
        layout = vbox(*rows, space=0, parent=self)
        layout.setStretch(0, 1)

    def refuse(self, error: BaseException | None, form: Form | None = None, *buttons: Button) -> None:
        """Show an error: problems at their fields, the rest as a block. None takes everything away."""
        self.trouble.clear()
        if form is not None:
            form.clear_problems()
        if isinstance(error, Refused) and form is not None:
            rest = form.show_problems(error.problems)
            error = Refused(rest, error.what) if rest else None
        if error is not None:
            self.trouble.show_error(error, *buttons)

    def _foot(self, button: Button, note: Words) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        said = Label(note, step="small", tone="text2", wrap=True)
        line = hbox(said, button, space=3, margins=(0, 2.5, 0, 2.5), parent=foot)
        line.setStretch(0, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        return foot
