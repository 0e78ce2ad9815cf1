"""Panes of the sheet: scrolling areas without patches, panels, list beside detail, the head of a detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from lawdesk.ui import theme
from lawdesk.ui.buttons import Button, Command, more_button
from lawdesk.ui.chips import Chip
from lawdesk.ui.labels import Hairline, Label, Segment, SegmentLine
from lawdesk.ui.layouts import STRETCH, Item, Margins, empty_layout, hbox, sized, vbox
from lawdesk.ui.words import Follows, Words, say

Ground = Literal["surface", "paper"]


class ScrollArea(QScrollArea):
    """Scrolls its content up and down; no patch of another colour, no frame, follows the focus."""

    def __init__(self, content: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        content = self.widget()
        width = content.minimumSizeHint().width() if content is not None else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), theme.em(6))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's signature
        moved = super().focusNextPrevChild(forward)
        inside = self.focusWidget()
        if moved and inside is not None and self.isAncestorOf(inside):
            self.ensureWidgetVisible(inside, 0, theme.u(6))
        return moved


def panel(
    *items: Item,
    scroll: bool = False,
    space: float = 2,
    margins: Margins = (6, 4, 5, 4),
    ground: Ground = "surface",
    parent: QWidget | None = None,
) -> QWidget:
    """Return a column of ``items`` with the sheet's margins, scrolling or not; ``ground="paper"`` tints it."""
    content = QFrame()
    content.setObjectName("paper" if ground == "paper" else "plain")
    if scroll:
        vbox(*items, STRETCH, space=space, margins=margins, parent=content)
        outer = QFrame(parent)
        outer.setObjectName(content.objectName())
        content.setObjectName("plain")
        vbox(ScrollArea(content), space=0, parent=outer)
        return outer
    vbox(*items, space=space, margins=margins, parent=content)
    if parent is not None:
        content.setParent(parent)
    return content


class ListDetail(QWidget):
    """List left, detail right, a hairline between; at narrow widths they take turns, with "‹ back" on the detail.

    ``list_width`` in em; 0 shares the room evenly. ``back`` is the name of the list (``lambda: _("Cases")``).
    """

    left = Signal()

    def __init__(
        self,
        list_pane: QWidget,
        detail_pane: QWidget,
        *,
        back: Words,
        list_width: float = 23,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._list = list_pane
        self._line = Hairline(vertical=True)
        self._back = Button(back, self.show_list, kind="link", icon="chevron-left")
        self._bar = QWidget()
        hbox(self._back, STRETCH, margins=(5, 3, 5, 0), parent=self._bar)
        self._bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._detail = QWidget()
        vbox(self._bar, detail_pane, space=0, parent=self._detail)
        self._list_width = list_width
        self._narrow = False
        self._on_detail = False
        layout = hbox(self._list, self._line, self._detail, space=0, parent=self)
        layout.setStretch(0, 0 if list_width else 1)
        layout.setStretch(2, 1)
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Whether list and detail take turns now."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Take turns, or stand beside each other."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def show_detail(self) -> None:
        """Show the detail (matters only while they take turns); focus on the list goes to the way back to it."""
        inside = self._list.isAncestorOf(focused) if (focused := QApplication.focusWidget()) else False
        self._on_detail = True
        self._arrange()
        if inside and self._narrow:  # else it would fall on whatever comes first in the window
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Show the list again and put the focus there."""
        self._on_detail = False
        self._arrange()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def _arrange(self) -> None:
        both = not self._narrow
        if both and self._list_width:
            sized(self._list, width=self._list_width)
        else:
            sized(self._list)
        self._list.setVisible(both or not self._on_detail)
        self._line.setVisible(both)
        self._detail.setVisible(both or self._on_detail)
        self._bar.setVisible(not both)


class DetailHeader(Follows, QWidget):
    """The head of a detail: number and chips, the title, one line of who; actions right, at most two and "…"."""

    def __init__(self, *, step: str = "h2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = Label("", step="small", tone="text2")
        self._chips = QWidget()
        self._chip_line = hbox(space=2, parent=self._chips)
        self.title = Label("", step=step, elide=True)
        self.who = SegmentLine(step="body", tone="text2")
        top = hbox(self._number, self._chips, STRETCH, space=3)
        self._top = QWidget()
        self._top.setLayout(top)
        text = vbox(self._top, self.title, self.who, space=1)
        self._actions = QWidget()
        self._action_line = hbox(space=2, parent=self._actions)
        line = hbox(text, self._actions, space=3, parent=self)
        line.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_head(
        self,
        *,
        title: Words,
        number: Words = "",
        chips: Sequence[Chip] = (),
        segments: Sequence[Segment | str] = (),
    ) -> None:
        """Show another thing's head."""
        self._number.set_words(number)
        empty_layout(self._chip_line)
        for chip in chips:
            self._chip_line.addWidget(chip)
        self.title.set_words(title)
        self.who.set_parts(segments)
        self._number.setVisible(bool(say(number)))
        self._top.setVisible(bool(say(number)) or bool(chips))
        self.who.setVisible(bool(segments))

    def set_actions(
        self,
        *buttons: Button,
        more: Callable[[], Sequence[Command | None]] | None = None,
        more_name: Words = "…",
    ) -> None:
        """Show these buttons (at most two) and, with ``more``, a "…" menu. Buttons shown before are deleted."""
        empty_layout(self._action_line, keep=buttons)
        for button in buttons:
            self._action_line.addWidget(button)
        if more is not None:
            self._action_line.addWidget(more_button(more_name, more))
