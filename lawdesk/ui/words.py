"""Widgets that follow language and theme by themselves.

Where a widget takes ``Words`` you may hand in a string or a function without arguments; a function is asked again
after each switch of language: ``Label(lambda: _("Cases"), step="h1")``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from lawdesk.kernel import i18n

Words = str | Callable[[], str]
_translators: list[QTranslator] = []
_following: list[Callable[[], None]] = []


def say(words: Words) -> str:
    """Return the words in the language of now."""
    return words() if callable(words) else words


class Follows:
    """Mix in before a QWidget class: ``restyle()`` after a change of theme, ``retranslate()`` of language."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Pass on what changed, then let Qt do its part."""
        kind = event.type()
        if kind == QEvent.Type.StyleChange:
            self.restyle()
        elif kind == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]  # the widget class follows in the order of bases

    def restyle(self) -> None:
        """Take fonts, colours and icons from the theme again."""

    def retranslate(self) -> None:
        """Take words from the language again."""


def follow_language(app: QApplication) -> None:
    """From now on every switch of :mod:`lawdesk.kernel.i18n` reaches all widgets as ``LanguageChange``."""
    if _following:
        return

    def switched(_code: str) -> None:
        if _qt_words(app):  # installing or removing a translator posts the event to every window already
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        else:
            for widget in app.topLevelWidgets():
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))

    _qt_words(app)
    _following.append(i18n.on_language_change(switched))


def _qt_words(app: QApplication) -> bool:
    """Give Qt's own few words (menus of text fields) the language in use; return whether Qt told the widgets."""
    told = bool(_translators)
    while _translators:
        app.removeTranslator(_translators.pop())
    if i18n.language() == "zh":
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            _translators.append(translator)
            app.installTranslator(translator)
            told = True
    return told


def alive(thing: Any) -> bool:
    """Return whether the C++ side of a Qt object still exists."""
    return bool(isValid(thing))
