"""How LawDesk looks and speaks for this person on this PC; applied at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker

from lawdesk.firm.page.area import Area, Lines, holding
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.settings import Settings
from lawdesk.ui import CheckBox, ComboBox, Page, Switch2

_ICONS = {
    "system": "settings",
    "light": "sun",
    "dark": "moon",
    "zh": "languages",
    "en": "languages",
    "comfortable": "list",
    "compact": "list-filter",
}


class AppearanceArea(Area):
    """Theme, text size, density, motion, language."""

    key, icon = "appearance", "palette"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        about = lambda: _("For you on this PC. Every change shows at once.")  # noqa: E731 - words asked again
        super().__init__(desk, page, lambda: _("Appearance"), about)
        self.theme = self._choice("theme")
        self.density = self._choice("density")
        self.language = self._choice("language")
        sizes = desk.settings.declaration("text_size")
        steps = range(sizes.minimum or 100, (sizes.maximum or 200) + 1, 10)
        self.text_size = ComboBox([(step, f"{step} %") for step in steps], name=lambda: _("Text size"))
        self.text_size.chosen_changed.connect(lambda key: self._set("text_size", key))
        self.still = CheckBox(lambda: _("Nothing slides in or out"))
        self.still.toggled.connect(lambda on: self._set("reduced_motion", on))
        lines = Lines()
        lines.add(lambda: _("Theme"), holding(self.theme))
        lines.add(
            lambda: _("Text size"), self.text_size, lambda: _("Also everywhere with Ctrl + and Ctrl −"), width=8
        )
        lines.add(lambda: _("Rows in lists"), holding(self.density))
        lines.add(lambda: _("Motion"), self.still)
        lines.add(
            lambda: _("Language"), holding(self.language), lambda: _("Papers for courts are always in Chinese.")
        )
        self.put(lines)
        self._stop = desk.settings.listen(self._changed)
        self.destroyed.connect(lambda _gone=None, stop=self._stop: stop())
        self.read()

    def read(self) -> None:
        settings = self.desk.settings
        self.theme.choose(settings.text("theme"))
        self.density.choose(settings.text("density"))
        self.language.choose(settings.text("language"))
        self.text_size.choose(round(settings.number("text_size") / 10) * 10)
        with QSignalBlocker(self.still):
            self.still.setChecked(settings.switch("reduced_motion"))

    def _choice(self, key: str) -> Switch2:
        declared = self.desk.settings.declaration(key)
        made = Switch2(
            [(value, _said(label), _ICONS[value]) for value, label in declared.choices],
            lambda: self._set(key, made.chosen()),
        )
        return made

    def _set(self, key: str, value: Any) -> None:
        keep(self, self.desk.settings, key, value)

    def _changed(self, key: str, _value: Any) -> None:
        if key in ("theme", "density", "language", "text_size", "reduced_motion"):
            self.read()


def keep(area: Area, settings: Settings, key: str, value: Any) -> None:
    """Keep a setting of this person; a disk that refuses is said in words and the old value shown again."""
    try:
        settings.set(key, value)
        area.trouble.clear()
    except OSError as error:
        area.failed(
            EnvironmentFailure(
                "settings.unwritable",
                N_("The setting could not be kept."),
                N_("The system says: {reason}."),
                N_("Allow writing to the folder of the settings: {folder}"),
                reason=error.strerror or str(error),
                folder=str(settings.path.parent),
            )
        )
        area.read()


def _said(label: str) -> Callable[[], str]:
    return lambda: _(label)
