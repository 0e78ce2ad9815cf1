"""Fields to choose with: a combo box that filters while typing, and a field of tokens."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.i18n import _
from lawdesk.ui import icons, theme
from lawdesk.ui.buttons import Button
from lawdesk.ui.fields import LineEdit, dress_popup
from lawdesk.ui.flow import FlowLayout
from lawdesk.ui.labels import IconLabel, Label
from lawdesk.ui.layouts import hbox
from lawdesk.ui.words import Follows, Words, say

SHOWN = 60
"""At most so many matches are offered while typing."""


class ComboBox(Follows, QComboBox):
    """One of several. ``search=True``: type any part, pinyin or initials to filter hundreds of entries.

    ``chosen_changed(key)`` after a person chose. With ``free=True`` (needs ``search``) other text is allowed: then
    ``chosen()`` is None and ``text()`` is what was typed.
    """

    chosen_changed = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[Hashable, Words]] = (),
        *,
        search: bool = False,
        free: bool = False,
        placeholder: Words = "",
        name: Words = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices: list[tuple[Hashable, Words]] = []
        self._key: Hashable | None = None
        self._placeholder, self._name, self._free = placeholder, name, free
        self._matches = QStringListModel(self)
        self._edit: LineEdit | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(QStyledItemDelegate(self))  # the default one ignores the style sheet's row height
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if search or free:
            self._make_searchable()
        self.set_choices(choices)
        self.activated.connect(self._activated)
        self.currentIndexChanged.connect(self._say_whole)
        self.retranslate()

    @property
    def composing(self) -> bool:
        """Whether an input method is composing in it."""
        return self._edit.composing if self._edit is not None else False

    def set_choices(self, choices: Sequence[tuple[Hashable, Words]]) -> None:
        """Offer other choices; what was chosen stays if it is among them."""
        self._choices = list(choices)
        self._fill()

    def chosen(self) -> Hashable | None:
        """Return the key of what is chosen, or None."""
        return self._key

    def text(self) -> str:
        """Return the words shown."""
        return self.currentText() if self._edit is None else self._edit.text()

    def choose(self, key: Hashable | None) -> None:
        """Choose without telling anybody; None or an unknown key empties the field."""
        keys = [found for found, _words in self._choices]
        self._key = key if key in keys else None
        self.setCurrentIndex(keys.index(key) if key in keys else -1)
        if self._edit is not None:
            self._edit.setText(self._words_of(self._key))

    def set_text(self, text: str) -> None:
        """Show free text (only with ``free``)."""
        if self._edit is not None:
            self._edit.setText(text)
            self._take_text()

    @property
    def named(self) -> bool:
        """Whether it has a name of its own for screen readers."""
        return bool(self._name)

    def set_name(self, words: Words) -> None:
        """Give it a name for screen readers (a form gives it that of its label)."""
        self._name = words
        if self._edit is not None:
            self._edit.set_name(words)
        self.retranslate()

    def set_state(self, state: str) -> None:
        """Show ``"error"`` as a red edge, or nothing."""
        self.setProperty("state", state if state == "error" else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def restyle(self) -> None:
        self.update()

    def retranslate(self) -> None:
        if hasattr(self, "_edit"):
            self.setAccessibleName(say(self._name) or say(self._placeholder))
            self.setPlaceholderText(say(self._placeholder))
            self._fill()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # scrolling a form must not change what is chosen

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Open the list, as wide as its longest line."""
        widths = [self.fontMetrics().horizontalAdvance(say(words)) for _key, words in self._choices]
        self.view().setMinimumWidth(max(widths, default=0) + theme.u(12))
        super().showPopup()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._say_whole()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as Qt does, but end words that are too long with "…"."""
        look = theme.current()
        place = QRectF(self.width() - look.u(7), 0, look.u(5), self.height())
        if self._edit is not None or self.currentIndex() < 0:
            super().paintEvent(event)
        else:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            option.currentText = self._cut()  # type: ignore[attr-defined]  # missing in the stubs
            painter = QStylePainter(self)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            painter.end()
        icons.paint(QPainter(self), "chevron-down", "text2", place, units=4)

    def _cut(self) -> str:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def _say_whole(self) -> None:
        """Words that are cut are whole in the tool tip."""
        whole = self.currentText() if self._edit is None else ""
        self.setToolTip(whole if whole and self._cut() != whole else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if self._edit is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_text()

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        edit = LineEdit(self._placeholder, name=self._name)
        edit.setProperty("bare", True)
        self._edit = edit
        self.setLineEdit(edit)
        completer = QCompleter(self._matches, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.setWrapAround(False)
        dress_popup(completer)
        completer.activated.connect(lambda found: self._choose_words(_words_in(found)))
        self.setCompleter(completer)
        edit.textEdited.connect(self._filter)
        edit.submitted.connect(self._take_text)
        edit.editingFinished.connect(lambda: edit.setCursorPosition(0))  # of long words the beginning tells more

    def _fill(self) -> None:
        kept = self._edit.text() if self._edit is not None else ""
        words = [say(words) for _key, words in self._choices]
        if [self.itemText(index) for index in range(self.count())] != words:
            self.clear()
            self.addItems(words)
        keys = [key for key, _words in self._choices]
        if self._key not in keys:
            self._key = None
        self.setCurrentIndex(keys.index(self._key) if self._key is not None else -1)
        if self._edit is not None:
            self._edit.setText(self._words_of(self._key) if self._key is not None else kept if self._free else "")

    def _filter(self, text: str) -> None:
        words = [say(words) for _key, words in self._choices]
        self._matches.setStringList([found for found in words if matches_typed(text, found) is not None][:SHOWN])

    def _choose_words(self, text: str) -> None:
        for key, words in self._choices:
            if say(words) == text:
                self._chosen_by_hand(key)
                return

    def _activated(self, index: int) -> None:
        if 0 <= index < len(self._choices):
            self._chosen_by_hand(self._choices[index][0])

    def _chosen_by_hand(self, key: Hashable) -> None:
        changed = key != self._key
        self.choose(key)
        if changed:
            self.chosen_changed.emit(key)

    def _take_text(self) -> None:
        """Leaving the field: exact words choose, the only match too; other text stays (free) or goes."""
        assert self._edit is not None
        text = self._edit.text().strip()
        if text == self._words_of(self._key):
            return
        exact = [key for key, words in self._choices if say(words) == text]
        near = [key for key, words in self._choices if text and matches_typed(text, say(words)) is not None]
        if exact or (len(near) == 1 and not self._free):
            self._chosen_by_hand((exact or near)[0])
        elif self._free or not text:
            changed = self._key is not None or self._free
            self._key = None
            self.setCurrentIndex(-1)
            self._edit.setText(text)
            if changed:
                self.chosen_changed.emit(None)
        else:
            self._edit.setText(self._words_of(self._key))

    def _words_of(self, key: Hashable | None) -> str:
        return next((say(words) for found, words in self._choices if found == key), "") if key is not None else ""


def _words_in(found: object) -> str:
    """Return the words a completer hands over: as text or, by another overload, as a model index."""
    return str(found.data()) if isinstance(found, QModelIndex) else str(found)


@dataclass(frozen=True)
class Token:
    """A name in a token field: what it says, a quiet note (its role), and the page's own key."""

    text: str
    note: str = ""
    key: Hashable = None


class TokenEdit(QFrame):
    """A field of tokens. Enter offers the typed text as ``entered(str)``; with ``free`` it becomes a token itself.

    Backspace in the empty field takes the last token back. ``changed()`` after tokens came or went by hand.
    """

    changed = Signal()
    entered = Signal(str)

    def __init__(
        self,
        placeholder: Words = "",
        *,
        name: Words = "",
        icon: str = "",
        free: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tokenfield")
        self._free = free
        self._tokens: list[Token] = []
        self._views: list[QWidget] = []
        self.edit = LineEdit(placeholder, name=name)
        self.edit.setProperty("bare", True)
        self.edit.setMinimumWidth(theme.em(9))
        self.edit.installEventFilter(self)
        self.edit.submitted.connect(self._enter)
        inner = QWidget()
        self._flow = FlowLayout(inner, space=2, grow_last=True)
        self._flow.addWidget(self.edit)
        front = [IconLabel(icon)] if icon else []
        line = hbox(*front, inner, space=2, margins=(1, 0, 1, 0), parent=self)
        line.setStretch(len(front), 1)
        self.setFocusProxy(self.edit)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens, in order."""
        return tuple(self._tokens)

    def set_tokens(self, tokens: Sequence[Token]) -> None:
        """Show other tokens without telling anybody."""
        while self._tokens:
            self._drop(0)
        for token in tokens:
            self.add_token(token)

    def add_token(self, token: Token) -> None:
        """Add a token at the end without telling anybody."""
        view = _TokenView(token, lambda: self.remove_token(token))
        self._tokens.append(token)
        self._views.append(view)
        self._flow.insert(self._flow.count() - 1, view)
        self.updateGeometry()

    def remove_token(self, token: Token) -> None:
        """Take a token out and tell."""
        if token in self._tokens:
            self._drop(self._tokens.index(token))
            self.edit.setFocus()
            self.changed.emit()

    @property
    def named(self) -> bool:
        """Whether it has a name of its own for screen readers."""
        return self.edit.named

    def set_name(self, words: Words) -> None:
        """Give it a name for screen readers."""
        self.edit.set_name(words)

    def set_state(self, state: str) -> None:
        """Show the state of the inner field."""
        self.edit.set_state(state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.edit:
            if isinstance(event, QFocusEvent):
                self.setProperty("inside", event.type() == QEvent.Type.FocusIn)
                self.style().unpolish(self)
                self.style().polish(self)
            empty = not self.edit.text() and not self.edit.composing
            pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            if pressed and empty and self._tokens and event.key() == Qt.Key.Key_Backspace:  # type: ignore[attr-defined]
                self.remove_token(self._tokens[-1])
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        text = self.edit.text().strip()
        if not text:
            return
        self.entered.emit(text)
        if self._free:
            self.edit.clear()
            self.add_token(Token(text))
            self.changed.emit()

    def _drop(self, place: int) -> None:
        self._tokens.pop(place)
        view = self._views.pop(place)
        self._flow.removeWidget(view)
        view.hide()
        view.deleteLater()
        self.updateGeometry()


class _TokenView(Follows, QFrame):
    """One token: words, note, and a cross."""

    def __init__(self, token: Token, remove: Callable[[], object]) -> None:
        super().__init__()
        self._token = token
        self.setAccessibleName(f"{token.text} {token.note}".strip())
        cross = Button(
            kind="ghost", icon="x", small=True, name=lambda: _("Remove {name}").format(name=token.text), run=remove
        )
        cross.setProperty("cross", True)
        note = [Label(token.note, step="small", tone="text2")] if token.note else []
        hbox(Label(token.text), *note, cross, space=1.5, margins=(2, 0, 0.5, 0), parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("neutral_soft"))
        radius = theme.current().radius("chip")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
