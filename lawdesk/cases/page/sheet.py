"""What the side sheets of this feature share: a scrolling form, a foot with one button, a place for errors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from lawdesk.kernel.errors import Refused
from lawdesk.ui import STRETCH, Button, ComboBox, ErrorBlock, Form, Label, ScrollArea, Words, hbox, vbox


class Trouble(QWidget):
    """A place where an error shows itself in words, with what can be done about it."""

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
        if self.block is not None:
            self._layout.removeWidget(self.block)
            self.block.hide()
            self.block.deleteLater()
            self.block = None
        self.hide()


class Sheet(QWidget):
    """A side sheet: ``body`` scrolls, the foot stays. Ctrl+Enter presses ``button``."""

    def __init__(self, *body: QWidget | QLayout | float, button: Button | None = None, note: Words = "") -> None:
        super().__init__()
        self.trouble = Trouble()
        self.button = button
        self.note = Label(note, step="small", tone="text2", wrap=True)
        content = QWidget()
        vbox(*body, self.trouble, STRETCH, space=2, margins=(0, 1, 1, 4), parent=content)
        rows: list[QWidget] = [ScrollArea(content)]
        if button is not None:
            foot = QFrame()
            line = hbox(self.note, button, space=3, margins=(0, 2.5, 0, 2.5), parent=foot)
            line.setStretch(0, 1)
            foot.setObjectName("foot")
            rows.append(foot)
            for keys in ("Ctrl+Return", "Ctrl+Enter"):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(button.click)
        layout = vbox(*rows, space=0, parent=self)
        layout.setStretch(0, 1)

    def refuse(self, error: BaseException, form: Form | None = None, *buttons: Button) -> None:
        """Show an error: problems at their fields, the rest as a block."""
        self.trouble.clear()
        if isinstance(error, Refused) and form is not None:
            rest = form.show_problems(error.problems)
            if rest:
                self.trouble.show_error(Refused(rest, error.what), *buttons)
            return
        self.trouble.show_error(error, *buttons)


def line_of(*items: QWidget, space: float = 2, shares: tuple[int, ...] = ()) -> QWidget:
    """Return ``items`` beside each other as one widget; ``shares`` say who takes the room that is left."""
    widget = QWidget()
    layout = hbox(*items, space=space, parent=widget)
    for place, share in enumerate(shares):
        layout.setStretch(place, share)
    if not shares:
        layout.addStretch(1)
    return widget


def even(form: QWidget) -> QWidget:
    """Let the columns of ``form`` be even: a combo box with long entries must not push the others."""
    for combo in form.findChildren(ComboBox):
        combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(1)
    return form


def empty_layout(layout: QLayout) -> None:
    """Take every widget out of ``layout`` and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
