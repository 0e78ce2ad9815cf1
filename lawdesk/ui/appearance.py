"""Keeps theme, text size, density and language as the settings say, at start and after each change."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from lawdesk.kernel import i18n
from lawdesk.kernel.settings import Settings
from lawdesk.ui import theme
from lawdesk.ui.look import Density
from lawdesk.ui.words import follow_language

_LOOK = ("theme", "text_size", "density", "reduced_motion")


class Appearance(QObject):
    """Create one per program, before the first window; it lives as long as the application."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._speak()
        follow_language(app)
        self.wear()
        self._stop = settings.listen(self._changed)
        app.styleHints().colorSchemeChanged.connect(self.wear)

    def wear(self) -> None:
        """Put on the look of the settings."""
        wish = self._settings.text("theme")
        dark = theme.system_is_dark(self._app) if wish == "system" else wish == "dark"
        theme.apply(
            self._app,
            dark=dark,
            scale=self._settings.number("text_size") / 100,
            density=cast(Density, self._settings.text("density")),
            motion=not self._settings.switch("reduced_motion"),
        )

    def close(self) -> None:
        """Stop listening to the settings."""
        self._stop()

    def _changed(self, key: str, _value: Any) -> None:
        if key in _LOOK:
            self.wear()
        elif key == "language":
            self._speak()

    def _speak(self) -> None:
        wish = self._settings.text("language")
        i18n.set_language(i18n.system_language() if wish == "system" else wish)


def other_language() -> str:
    """Return the name of the other language, in that language: whoever needs it can read it."""
    return "English" if i18n.language() == "zh" else "中文"
