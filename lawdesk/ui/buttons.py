"""Buttons of five kinds, menus, and commands that know their words, icon and shortcut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from lawdesk.ui import icons
from lawdesk.ui.words import Follows, Words, say

Kind = Literal["filled", "secondary", "ghost", "link", "danger"]
_TOKENS = {"filled": "on_accent", "link": "accent_text", "danger": "red_text"}


@dataclass(frozen=True)
class Command:
    """Something a person can do: shown in the palette, in menus and on the shortcut sheet.

    ``shortcut`` is Qt's portable text (``Ctrl+Shift+E``); ``hint`` stands beside the title in the palette.
    """

    key: str
    title: Words
    run: Callable[[], object]
    icon: str = "arrow-right"
    shortcut: str = ""
    hint: Words = ""
    enabled: Callable[[], bool] = lambda: True


class Button(Follows, QPushButton):
    """A push button. At most one ``filled`` per screen; its words say what will happen.

    Without words it is a square icon button; then ``name`` is needed and becomes tip and accessible name.
    ``mnemonic="N"`` makes Alt+N press it (Chinese words have no letter to underline; the tip tells the key).
    """

    def __init__(
        self,
        words: Words = "",
        run: Callable[[], object] | None = None,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        name: Words = "",
        shortcut: str = "",
        mnemonic: str = "",
        small: bool = False,
        token: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._name = name
        self._icon = icon
        self._kind: Kind = kind
        self._token = token
        self._key = shortcut or (f"Alt+{mnemonic}" if mnemonic else "")
        self.setProperty("kind", kind)
        self.setProperty("small", small or kind == "link")
        self.setProperty("square", not words)
        self.setProperty("high", kind != "link" and not small)  # a least height in the sheet would undo Fixed
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())
        self.restyle()
        self.retranslate()

    def set_words(self, words: Words, name: Words = "") -> None:
        """Show other words."""
        self._words = words
        self._name = name or self._name
        self.retranslate()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.restyle()

    def set_kind(self, kind: Kind) -> None:
        """Become a button of another kind."""
        self._kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses the button that has the focus: some desktops let only the space bar do so."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        if getattr(self, "_icon", ""):
            token = self._token or _TOKENS.get(self._kind, "text2")
            self.setIcon(icons.icon(self._icon, token))
            self.setIconSize(self.icon().availableSizes()[0])

    def retranslate(self) -> None:
        text = say(self._words)
        name = say(self._name) or text
        escaped = text.replace("&", "&&")
        # the gap between icon and text is fixed in Qt: two thin spaces widen it
        self.setText(f"\u2009\u2009{escaped}" if self._icon and text else escaped)
        self.setAccessibleName(name)
        if self._key:
            self.setShortcut(QKeySequence(self._key))
        keys = QKeySequence(self._key).toString(QKeySequence.SequenceFormat.NativeText) if self._key else ""
        tip = " ".join(part for part in (name if not text or self._name else "", keys) if part)
        self.setToolTip(tip)


def more_button(name: Words, commands: Callable[[], Sequence[Command | None]]) -> Button:
    """Return a "…" button that opens a menu of ``commands`` (None is a line), asked for each time."""
    button = Button(kind="ghost", icon="ellipsis", name=name)

    def open_menu() -> None:
        menu = menu_of(commands(), button)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    button.clicked.connect(open_menu)
    return button


def menu_of(commands: Sequence[Command | None], parent: QWidget) -> QMenu:
    """Return a menu of ``commands`` that is gone when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        action = QAction(icons.icon(command.icon), say(command.title), menu)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the shell owns the real one
        action.setEnabled(command.enabled())
        action.triggered.connect(lambda _on=False, run=command.run: run())
        menu.addAction(action)
    return menu
