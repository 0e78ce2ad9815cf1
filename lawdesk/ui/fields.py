"""Fields of one line: text, secret, day, money. While an input method composes nothing is settled or submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from lawdesk.kernel.i18n import _
from lawdesk.ui import icons, theme
from lawdesk.ui.words import Follows, Words, say

SETTLE_MS = 250
_MARKS = {"error": ("circle-alert", "red_text"), "valid": ("check", "green_text")}


def is_composing() -> bool:
    """Return whether an input method is composing in the field that has the focus."""
    return bool(getattr(QApplication.focusWidget(), "composing", False))


def _undo_is_for_others(event: QEvent) -> bool:
    """Qt's fields claim Ctrl+Z even with nothing to take back; then it belongs to the toast."""
    claimed = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
    return claimed and cast(QKeyEvent, event).matches(QKeySequence.StandardKey.Undo)


def dress_popup(completer: QCompleter) -> None:
    """Give the list of a completer our look: a window of its own, it is found by the style sheet by name only."""
    popup = completer.popup()
    popup.setObjectName("popup")
    popup.setItemDelegate(QStyledItemDelegate(popup))


class LineEdit(Follows, QLineEdit):
    """A line of text.

    ``typed(str)``: the text rested a quarter of a second and nothing is being composed; search and save on it.
    ``submitted()``: Enter, but not the Enter that ends a composition. ``state`` is "", "error" or "valid".
    """

    typed = Signal(str)
    submitted = Signal()

    def __init__(
        self,
        placeholder: Words = "",
        *,
        icon: str = "",
        name: Words = "",
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder, self._name, self._icon = placeholder, name, icon
        self.composing = False
        self._state = ""
        self._front: QAction | None = None
        self._mark: QAction | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self._last = ""
        self.textChanged.connect(lambda _text: self._settle.start())
        self._reveal: QAction | None = None
        if secret:
            self._reveal = self.addAction(icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
            self._reveal.triggered.connect(self._toggle_secret)
            self.setEchoMode(QLineEdit.EchoMode.Password)
        if icon:
            self._front = self.addAction(icons.icon(icon), QLineEdit.ActionPosition.LeadingPosition)
        self.retranslate()

    @property
    def named(self) -> bool:
        """Whether it has a name of its own for screen readers."""
        return bool(self._name)

    def set_name(self, words: Words) -> None:
        """Give it a name for screen readers (a form gives it that of its label)."""
        self._name = words
        self.retranslate()

    def set_state(self, state: str) -> None:
        """Show ``"error"`` (red edge and icon), ``"valid"`` (tick) or nothing."""
        if state == self._state:
            return
        self._state = state
        self.setProperty("state", state)
        self.style().unpolish(self)
        self.style().polish(self)
        if self._mark is not None:
            self.removeAction(self._mark)
            self._mark.deleteLater()
            self._mark = None
        look = _MARKS.get(state)
        if look is not None:
            self._mark = self.addAction(icons.icon(*look), QLineEdit.ActionPosition.TrailingPosition)
            self._mark.setEnabled(True)

    def flush(self) -> None:
        """Settle now instead of after the rest."""
        self._settle.stop()
        self._settled()

    def restyle(self) -> None:
        if not hasattr(self, "_reveal"):
            return
        if self._front is not None:
            self._front.setIcon(icons.icon(self._icon))
        if self._reveal is not None:
            self._show_reveal()
        look = _MARKS.get(self._state)
        if self._mark is not None and look is not None:
            self._mark.setIcon(icons.icon(*look))  # adding or removing one here would crash Qt's restyling

    def retranslate(self) -> None:
        if hasattr(self, "_reveal"):
            self.setPlaceholderText(say(self._placeholder))
            self.setAccessibleName(say(self._name) or say(self._placeholder))
            if self._reveal is not None:
                self._show_reveal()

    def event(self, event: QEvent) -> bool:
        if _undo_is_for_others(event) and not self.isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.composing:
            self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.composing:
            self.flush()
            super().keyPressEvent(event)
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.submitted.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.composing = False
        super().focusOutEvent(event)
        if self._settle.isActive():
            self.flush()

    def _settled(self) -> None:
        if self.composing:
            self._settle.start()
        elif self.text() != self._last:
            self._last = self.text()
            self.typed.emit(self._last)

    def _toggle_secret(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show_reveal()

    def _show_reveal(self) -> None:
        assert self._reveal is not None
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self._reveal.setIcon(icons.icon("eye" if hidden else "eye-off"))
        self._reveal.setText(_("Show") if hidden else _("Hide"))


class TextArea(Follows, QPlainTextEdit):
    """Several lines. ``typed(str)`` as in LineEdit; Ctrl+Enter is ``submitted()``; Tab leaves the field."""

    typed = Signal(str)
    submitted = Signal()

    def __init__(
        self, placeholder: Words = "", *, lines: int = 3, name: Words = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._placeholder, self._name, self._lines = placeholder, name, lines
        self.composing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self._last = ""
        self.textChanged.connect(self._settle.start)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.retranslate()

    @property
    def named(self) -> bool:
        """Whether it has a name of its own for screen readers."""
        return bool(self._name)

    def set_name(self, words: Words) -> None:
        """Give it a name for screen readers (a form gives it that of its label)."""
        self._name = words
        self.retranslate()

    def set_state(self, state: str) -> None:
        """Show ``"error"`` as a red edge, or nothing."""
        self.setProperty("state", state)
        self.style().unpolish(self)
        self.style().polish(self)

    def restyle(self) -> None:
        if hasattr(self, "_lines"):
            self.setFixedHeight(theme.current().metrics("body").lineSpacing() * self._lines + theme.u(4))

    def retranslate(self) -> None:
        if hasattr(self, "_lines"):
            self.setPlaceholderText(say(self._placeholder))
            self.setAccessibleName(say(self._name) or say(self._placeholder))

    def event(self, event: QEvent) -> bool:
        if _undo_is_for_others(event) and not self.document().isUndoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.composing:
            self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.composing:
            self._settled()
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self.composing = False
        super().focusOutEvent(event)
        self._settled()

    def _settled(self) -> None:
        if self.composing:
            self._settle.start()
        elif self.toPlainText() != self._last:
            self._last = self.toPlainText()
            self.typed.emit(self._last)


class CheckBox(Follows, QCheckBox):
    """A check box with words."""

    def __init__(self, words: Words, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setChecked(checked)
        self.retranslate()

    def retranslate(self) -> None:
        if hasattr(self, "_words"):
            self.setText(say(self._words))
            self.setAccessibleName(say(self._words))


class Autosave(QObject):
    """Calls ``save`` when typing has rested; never while an input method composes. :meth:`flush` saves at once."""

    def __init__(self, save: Callable[[], object], *, parent: QObject, delay: int = 800) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay)
        self._timer.timeout.connect(self._due)

    @property
    def pending(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._timer.isActive()

    def touch(self, *_args: object) -> None:
        """Something changed: save when it rests. Fits any signal."""
        self._timer.start()

    def flush(self) -> None:
        """Save now what is pending."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def _due(self) -> None:
        if is_composing():
            self._timer.start()
        else:
            self._save()
