"""How LawDesk looks now: colours, type, units and heights, all from one base size, switched at run time.

Pages name tokens and units, never hex values or pixels::

    painter.setPen(theme.color("text2"))
    painter.setFont(theme.font("small"))
    height = theme.current().row_height

``apply`` may be called at any time; every widget gets a ``StyleChange`` event, layouts made with
:mod:`lawdesk.ui.layouts` get their distances again, and :data:`signals` ``.changed`` is emitted last.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from lawdesk.kernel.resources import resource_path
from lawdesk.ui import layouts, tokens
from lawdesk.ui.look import Density, Theme
from lawdesk.ui.style import LawDeskStyle
from lawdesk.ui.stylesheet import style_sheet

FAMILIES = ("Microsoft YaHei UI", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Source Han Sans SC")


class Signals(QObject):
    """Says that the look changed; connect ``theme.signals.changed``."""

    changed = Signal()


signals = Signals()
_current = Theme()
_style: LawDeskStyle | None = None
_system_points = 0.0
_families: tuple[str, ...] | None = None


def current() -> Theme:
    """Return the theme in use."""
    return _current


def color(token: str) -> QColor:
    """Return the colour of ``token`` in the theme in use."""
    return _current.color(token)


def font(step: str = "body") -> QFont:
    """Return the font of a type step in the theme in use."""
    return _current.font(step)


def u(count: float = 1.0) -> int:
    """Return ``count`` units in pixels."""
    return _current.u(count)


def em(count: float) -> int:
    """Return ``count`` em in pixels."""
    return _current.em(count)


def apply(
    app: QApplication,
    *,
    dark: bool = False,
    scale: float = 1.0,
    density: Density = "comfortable",
    motion: bool = True,
) -> Theme:
    """Put on a theme: ``scale`` 1.0–2.0 is the user's text size. Returns the theme in use from now on."""
    global _current, _style, _system_points
    if not _system_points:
        _system_points = max(10.0, app.font().pointSizeF())
    _current = Theme(
        dark=dark,
        scale=min(2.0, max(1.0, scale)),
        density=density,
        motion=motion,
        base_points=_system_points,
        families=font_families(),
        palette=tokens.DARK if dark else tokens.LIGHT,
    )
    if _style is None:
        _style = LawDeskStyle()
        app.setStyle(_style)
    _style.measure(_current.base, _current.color)
    app.setFont(_current.font("body"))
    app.setPalette(_qt_palette(_current))
    app.setStyleSheet(style_sheet(_current))
    layouts.measure_all(_current.base)
    signals.changed.emit()
    return _current


def system_is_dark(app: QApplication) -> bool:
    """Return whether the system asks for a dark look (False where it does not say)."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def font_families() -> tuple[str, ...]:
    """Return the families to use, simplified Chinese forms first; loads the shipped font only if there is none."""
    global _families
    if _families is None:
        present = set(QFontDatabase.families())
        _families = tuple(name for name in FAMILIES if name in present)[:1] or _shipped_family()
    return _families


def _shipped_family() -> tuple[str, ...]:
    names: list[str] = []
    for style in ("Regular", "Bold"):
        path = resource_path("fonts", f"NotoSansSC-{style}.ttf")
        number = QFontDatabase.addApplicationFont(str(path)) if path.exists() else -1
        names += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(names))


def _qt_palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "surface",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "paper",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "text3",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "red_text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent_text",
        QPalette.ColorRole.LinkVisited: "accent_text",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Light: "raised",
        QPalette.ColorRole.Dark: "line2",
        QPalette.ColorRole.Shadow: "line2",
        QPalette.ColorRole.Accent: "accent",
    }
    for role, token in roles.items():
        palette.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text3"))
    return palette
