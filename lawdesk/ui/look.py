"""The measures and colours of one look: what a theme is, before it is put on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication

from lawdesk.ui import tokens

Density = Literal["comfortable", "compact"]
STEPS: dict[str, tuple[float, bool]] = {
    "tiny": (0.86, False),
    "small": (0.92, False),
    "small_strong": (0.92, True),
    "body": (1.0, False),
    "strong": (1.0, True),
    "h3": (1.08, True),
    "lead": (1.15, False),
    "h2": (1.32, True),
    "h1": (1.62, True),
    "figure": (2.0, True),
}
"""Type steps: factor of the base, bold. ``figure`` is the date that heads a deadline."""
RADII = {"chip": 1.0, "control": 1.25, "box": 1.5, "sheet": 2.0, "palette": 2.5}


@dataclass
class Theme:
    """Everything measured once per change of theme or text size."""

    dark: bool = False
    scale: float = 1.0
    density: Density = "comfortable"
    motion: bool = True
    base_points: float = 10.0
    families: tuple[str, ...] = ()
    palette: Mapping[str, str] = field(default_factory=lambda: tokens.LIGHT)
    _fonts: dict[str, QFont] = field(default_factory=dict)
    _metrics: dict[str, QFontMetrics] = field(default_factory=dict)
    _colors: dict[str, QColor] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """The base size in points, the user's text size included."""
        return self.base_points * self.scale

    @property
    def base(self) -> float:
        """The base size in device-independent pixels: one em."""
        screen = QGuiApplication.primaryScreen()
        dots = screen.logicalDotsPerInchY() if screen is not None else 96.0
        return self.points * dots / 72.0

    def u(self, count: float = 1.0) -> int:
        """Return ``count`` units in pixels (one unit is 0.3 em: 4 px at 100 %)."""
        return round(count * self.base * 0.3)

    def em(self, count: float) -> int:
        """Return ``count`` em in pixels."""
        return round(count * self.base)

    def color(self, token: str) -> QColor:
        """Return the colour named ``token``. Raises KeyError for an unknown one."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(self.palette[token])
        return found

    def font(self, step: str = "body") -> QFont:
        """Return the font of a type step of :data:`STEPS`. Do not change the returned object; copy it."""
        found = self._fonts.get(step)
        if found is None:
            factor, bold = STEPS[step]
            found = QFont()
            if self.families:
                found.setFamilies(list(self.families))
            found.setPointSizeF(self.points * factor)
            found.setBold(bold)
            found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[step] = found
        return found

    def metrics(self, step: str = "body") -> QFontMetrics:
        """Return the metrics of a type step."""
        found = self._metrics.get(step)
        if found is None:
            found = self._metrics[step] = QFontMetrics(self.font(step))
        return found

    def width(self, step: str, text: str) -> int:
        """Return how wide ``text`` is in that step."""
        return self.metrics(step).horizontalAdvance(text)

    @property
    def body_line(self) -> int:
        """H: the height of a body line."""
        return self.metrics("body").height()

    @property
    def small_line(self) -> int:
        """h: the height of a small line."""
        return self.metrics("small").height()

    @property
    def control_height(self) -> int:
        """Buttons and fields: H + 3u."""
        return self.body_line + self.u(3)

    @property
    def row_height(self) -> int:
        """Rows of tables and of the palette: H + 3.5u."""
        return self.body_line + self.u(3.5)

    @property
    def list_row_height(self) -> int:
        """Rows of lists: H + h + 3.5u, or H + 2.5u when the density is compact."""
        if self.density == "compact":
            return self.body_line + self.u(2.5)
        return self.body_line + self.small_line + self.u(3.5)

    @property
    def heading_height(self) -> int:
        """Group headings in lists: 10.5u."""
        return self.u(10.5)

    @property
    def tab_height(self) -> int:
        """Tab bars: H + 4u."""
        return self.body_line + self.u(4)

    @property
    def top_bar_height(self) -> int:
        """The shell's top bar: H + 8.5u."""
        return self.body_line + self.u(8.5)

    @property
    def status_bar_height(self) -> int:
        """The shell's status bar: h + 2.5u."""
        return self.small_line + self.u(2.5)

    def radius(self, name: str) -> float:
        """Return a radius of :data:`RADII` in pixels."""
        return self.base * 0.3 * RADII[name]

    def icon_size(self, units: float = 4.5) -> int:
        """Return the size of an icon drawn at ``units``."""
        return math.ceil(units * self.base * 0.3)
