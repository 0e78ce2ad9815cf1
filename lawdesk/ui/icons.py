"""One-colour Lucide icons, tinted by a token and cached per name, size, colour, stroke and pixel ratio."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lawdesk.kernel.resources import resource_path
from lawdesk.ui import theme

STROKE = 1.75


def pixmap(name: str, token: str = "text2", *, size: int, ratio: float = 0.0, stroke: float = STROKE) -> QPixmap:
    """Return the icon ``name`` at ``size`` device-independent pixels in the colour of ``token``.

    Raises FileNotFoundError for an icon that does not ship.
    """
    colour = theme.color(token).name()
    return _pixmap(name, colour, size, ratio or _ratio(), stroke)


def icon(name: str, token: str = "text2", *, units: float = 4.5) -> QIcon:
    """Return the icon for a Qt button, menu or field; made again by its widget when the theme changes."""
    size = theme.current().icon_size(units)
    made = QIcon(pixmap(name, token, size=size))
    made.addPixmap(pixmap(name, "text3", size=size), QIcon.Mode.Disabled)
    return made


def paint(
    painter: QPainter,
    name: str,
    token: str,
    rect: QRectF,
    *,
    units: float = 4.5,
    stroke: float = STROKE,
) -> None:
    """Paint the icon in the middle of ``rect``."""
    size = theme.current().icon_size(units)
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    image = pixmap(name, token, size=size, ratio=ratio, stroke=stroke)
    corner = rect.center() - QPointF(size / 2, size / 2)
    painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), image)


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@cache
def _source(name: str) -> str:
    text = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


@lru_cache(maxsize=1024)
def _pixmap(name: str, colour: str, size: int, ratio: float, stroke: float) -> QPixmap:
    source = _source(name).replace("currentColor", colour)
    source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
