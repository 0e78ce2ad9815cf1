"""The Qt style below the style sheet: Fusion with icons, check boxes and arrows that follow text and theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

Metric = QStyle.PixelMetric
Element = QStyle.PrimitiveElement


class LawDeskStyle(QProxyStyle):
    """Fusion, measured in units."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._unit = 4.0
        self._color: Callable[[str], QColor] = lambda _token: QColor("#000000")

    def measure(self, base: float, color: Callable[[str], QColor]) -> None:
        """Take over the em in pixels and the colours of a theme."""
        self._unit = base * 0.3
        self._color = color

    def pixelMetric(  # noqa: N802 - Qt's name
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        units = {
            Metric.PM_SmallIconSize: 4.5,
            Metric.PM_LineEditIconSize: 4.5,
            Metric.PM_ButtonIconSize: 4.5,
            Metric.PM_ListViewIconSize: 4.5,
            Metric.PM_IndicatorWidth: 4.0,
            Metric.PM_IndicatorHeight: 4.0,
            Metric.PM_ExclusiveIndicatorWidth: 4.0,
            Metric.PM_ExclusiveIndicatorHeight: 4.0,
            Metric.PM_CheckBoxLabelSpacing: 2.0,
            Metric.PM_RadioButtonLabelSpacing: 2.0,
            Metric.PM_MenuButtonIndicator: 4.0,
            Metric.PM_ScrollBarExtent: 2.5,
        }.get(metric)
        if units is not None:
            return round(units * self._unit)
        return int(super().pixelMetric(metric, option, widget))

    def styleHint(  # noqa: N802 - Qt's name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        fixed = {
            QStyle.StyleHint.SH_Widget_Animation_Duration: 0,
            QStyle.StyleHint.SH_ComboBox_Popup: 0,
            QStyle.StyleHint.SH_ToolTip_WakeUpDelay: 500,
            QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick: 0,
            QStyle.StyleHint.SH_ScrollView_FrameOnlyAroundContents: 0,
            QStyle.StyleHint.SH_EtchDisabledText: 0,
        }.get(hint)
        return fixed if fixed is not None else int(super().styleHint(hint, option, widget, data))

    def drawPrimitive(  # noqa: N802 - Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == Element.PE_IndicatorCheckBox:
            self._box(option, painter, round_corners=False)
        elif element == Element.PE_IndicatorRadioButton:
            self._box(option, painter, round_corners=True)
        elif element == Element.PE_IndicatorArrowDown:
            self._arrow(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _box(self, option: QStyleOption, painter: QPainter, *, round_corners: bool) -> None:
        """Draw a check box or a radio button: a filled accent shape with a tick or dot when on."""
        state = option.state  # type: ignore[attr-defined]  # the stubs leave QStyleOption's fields out
        on = bool(state & QStyle.StateFlag.State_On) or bool(state & QStyle.StateFlag.State_NoChange)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)  # type: ignore[attr-defined]
        radius = rect.height() / 2 if round_corners else self._unit * 0.75
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._color("focus") if focus else self._color("accent" if on else "line2")
        painter.setPen(QPen(edge, 2.0 if focus else 1.0))
        painter.setBrush(self._color("accent" if on else "field"))
        painter.drawRoundedRect(rect, radius, radius)
        if on and round_corners:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color("on_accent"))
            painter.drawEllipse(rect.center(), rect.width() * 0.2, rect.width() * 0.2)
        elif on:
            pen = QPen(self._color("on_accent"), self._unit * 0.45)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(_inside(rect, ((0.24, 0.52), (0.43, 0.70), (0.77, 0.31))))
        painter.restore()

    def _arrow(self, option: QStyleOption, painter: QPainter) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        size = self._unit * 3
        square = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._color("text2"), self._unit * 0.35)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(_inside(square, ((0.15, 0.34), (0.5, 0.68), (0.85, 0.34))))
        painter.restore()


def _inside(rect: QRectF, parts: tuple[tuple[float, float], ...]) -> QPolygonF:
    """Return points given as parts of the width and height of ``rect``."""
    return QPolygonF([QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in parts])
