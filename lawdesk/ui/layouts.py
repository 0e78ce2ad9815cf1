"""Layouts and sizes in units and em, so that they grow with the text at run time.

``vbox`` and ``hbox`` take widgets, layouts, numbers (a gap in units) and ``STRETCH``::

    vbox(heading, 1, body, STRETCH, space=2, margins=(6, 4, 5, 4), parent=self)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

Margins = float | tuple[float, float] | tuple[float, float, float, float]
_Box = TypeVar("_Box", bound=QBoxLayout)
_MAX = 16_777_215
_base = 40 / 3


class Stretch:
    """Room that grows, in :func:`vbox` and :func:`hbox`."""


STRETCH = Stretch()
Item = QWidget | QLayout | float | int | Stretch


class Gap(QWidget):
    """A fixed distance in units, in both directions."""

    def __init__(self, units: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sized(self, width=units * 0.3, height=units * 0.3)


def vbox(*items: Item, space: float = 2, margins: Margins = 0, parent: QWidget | None = None) -> QVBoxLayout:
    """Return a vertical layout of ``items``; ``space`` and ``margins`` (left, top, right, bottom) in units."""
    return _fill(QVBoxLayout(), items, space, margins, parent)


def hbox(*items: Item, space: float = 2, margins: Margins = 0, parent: QWidget | None = None) -> QHBoxLayout:
    """Return a horizontal layout of ``items``; see :func:`vbox`."""
    return _fill(QHBoxLayout(), items, space, margins, parent)


def grid(
    *, across: float = 3, down: float = 2, margins: Margins = 0, parent: QWidget | None = None
) -> QGridLayout:
    """Return an empty grid with its distances in units."""
    layout = QGridLayout()
    units(layout, space=across, margins=margins, down=down)
    if parent is not None:
        parent.setLayout(layout)
    return layout


def line_of(*items: QWidget, space: float = 2, shares: tuple[int, ...] = ()) -> QWidget:
    """Return ``items`` beside each other as one widget; ``shares`` say who takes the room that is left."""
    widget = QWidget()
    layout = hbox(*items, space=space, parent=widget)
    for place, share in enumerate(shares):
        layout.setStretch(place, share)
    if not shares:
        layout.addStretch(1)
    return widget


def empty_layout(layout: QLayout, *, keep: Collection[QWidget] = ()) -> None:
    """Take every widget out of ``layout`` and let it go, those to ``keep`` excepted."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None and widget not in keep:
            widget.hide()
            widget.deleteLater()


def units(layout: QLayout, *, space: float = 0, margins: Margins = 0, down: float | None = None) -> None:
    """Give ``layout`` its distances in units, now and after each change of text size."""
    if isinstance(margins, int | float):
        sides: tuple[float, ...] = (margins,) * 4
    elif len(margins) == 2:
        sides = (margins[0], margins[1], margins[0], margins[1])
    else:
        sides = margins
    layout.setProperty("units", [space, space if down is None else down, *sides])
    _measure_layout(layout)


def sized(
    widget: QWidget,
    *,
    width: float | None = None,
    height: float | None = None,
    min_width: float | None = None,
    max_width: float | None = None,
    min_height: float | None = None,
    max_height: float | None = None,
) -> QWidget:
    """Give ``widget`` sizes in em, now and after each change of text size; returns it."""
    wishes = [
        width if min_width is None else min_width,
        width if max_width is None else max_width,
        height if min_height is None else min_height,
        height if max_height is None else max_height,
    ]
    if width is not None and widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
        # An ignored hint counts as nothing in a box layout, even below the minimum: neighbours would lie on top.
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
    widget.setProperty("ems", [-1.0 if wish is None else float(wish) for wish in wishes])
    _measure_widget(widget)
    return widget


def measure_all(base: float) -> None:
    """Measure every layout and sized widget again for an em of ``base`` pixels. Called by the theme."""
    global _base
    _base = base
    for widget in QApplication.allWidgets():
        if widget.property("ems") is not None:
            _measure_widget(widget)
        if widget.layout() is not None:
            for layout in widget.findChildren(QLayout):
                if layout.property("units") is not None:
                    _measure_layout(layout)


def _fill(layout: _Box, items: Iterable[Item], space: float, margins: Margins, parent: QWidget | None) -> _Box:
    units(layout, space=space, margins=margins)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif isinstance(item, Stretch):
            layout.addStretch(1)
        else:
            layout.addWidget(Gap(item))
    if parent is not None:
        parent.setLayout(layout)
    return layout


def _measure_layout(layout: QLayout) -> None:
    across, down, *sides = (round(value * _base * 0.3) for value in layout.property("units"))
    layout.setContentsMargins(*sides)
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(across)
        layout.setVerticalSpacing(down)
    else:
        layout.setSpacing(across)


def _measure_widget(widget: QWidget) -> None:
    low_w, high_w, low_h, high_h = (round(value * _base) for value in widget.property("ems"))
    widget.setMinimumSize(QSize(max(low_w, 0), max(low_h, 0)))
    widget.setMaximumSize(QSize(high_w if high_w >= 0 else _MAX, high_h if high_h >= 0 else _MAX))
