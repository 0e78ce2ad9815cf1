"""The base of every page in the shell's sheet, and what a page may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.events import Changed
from lawdesk.ui.buttons import Command
from lawdesk.ui.words import Follows, Words, say

WidthClass = Literal["narrow", "normal", "wide"]


def width_class(width: int, em: float) -> WidthClass:
    """Return the class of a window ``width`` pixels wide, in em: below 80 narrow, above 115 wide."""
    ems = width / em
    return "narrow" if ems < 80 else "wide" if ems > 115 else "normal"


class Host(Protocol):
    """The window around a page."""

    def go(self, page_key: str, **target: Any) -> None:
        """Show a page; ``target`` is handed to its :meth:`Page.go_to`."""

    def toast(
        self, words: Words, undo: Callable[[], object] | None = None, *, icon: str = "check", tone: str = ""
    ) -> None:
        """Say what was done, with "Undo" when there is one."""

    def open_sheet(self, content: QWidget, title: Words, *, on_close: Callable[[], object] | None = None) -> None:
        """Slide ``content`` in from the right; Esc closes it and keeps the widget (the draft)."""

    def close_sheet(self) -> None:
        """Slide the side sheet out."""

    def set_badge(self, page_key: str, count: int) -> None:
        """Show how much waits for *you* on a page; 0 shows nothing."""


@dataclass(frozen=True)
class PageEntry:
    """A page as the rail knows it before it exists: ``make`` is called on the first visit.

    With ``under`` (the key of another page) it has no place in the rail: that page's place is lit for it.
    """

    key: str
    icon: str
    title: Callable[[], str]
    make: Callable[[], Page]
    short: Callable[[], str] | None = None
    at_foot: bool = False
    under: str = ""


class Page(Follows, QWidget):
    """One page. Subclasses set ``key`` and ``icon``, build widgets in ``__init__`` and override what they need.

    The shell calls, in this order: ``__init__`` (first visit), ``retranslate()``, ``resized(width_class)``,
    ``activated()`` each time the page is shown, and ``refresh(change)`` for every change while it is visible
    (changes that came while it was hidden are folded into one ``refresh(None)`` before ``activated()``).
    """

    key = ""
    icon = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host: Host | None = None
        self.width_class: WidthClass = "normal"
        self.stale = False

    def title(self) -> str:
        """Return the page's name in the language of now."""
        return self.key

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched; None means everything."""

    def activated(self) -> None:
        """The page was just shown: put the focus where work begins."""

    def go_to(self, **target: Any) -> None:
        """Show something on this page, e.g. ``case_id=7``. Called after the page is shown."""

    def commands(self) -> Sequence[Command]:
        """Return what can be done here now, for the palette, the shortcuts and the shortcut sheet."""
        return ()

    def resized(self, width: WidthClass) -> None:
        """The width class changed; rearrange. ``self.width_class`` already holds it."""

    def set_width_class(self, width: WidthClass) -> None:
        """Take over the width class of the window (called by the shell)."""
        if width != self.width_class:
            self.width_class = width
            self.resized(width)

    def toast(self, words: Words, undo: Callable[[], object] | None = None) -> None:
        """Say what was done at the foot of the sheet."""
        if self.host is not None:
            self.host.toast(words, undo)

    def go(self, page_key: str, **target: Any) -> None:
        """Show another page."""
        if self.host is not None:
            self.host.go(page_key, **target)

    def retranslate(self) -> None:
        """Take words from the language again; called once at the start too. Call ``super().retranslate()``."""
        self.setAccessibleName(say(self.title))
