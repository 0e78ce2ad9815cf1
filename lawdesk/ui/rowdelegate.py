"""Paints the rows of a list: the order of the columns never changes between pages."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lawdesk.ui import icons, theme
from lawdesk.ui.chips import chip_height, chip_width, paint_chip, paint_ring
from lawdesk.ui.labels import Segment, paint_segments, segments_of
from lawdesk.ui.matching import paint_marked
from lawdesk.ui.rows import ROW_ROLE, Heading, Row, RowAction
from lawdesk.ui.tokens import tone_text

Layout = Literal["wide", "side"]
Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MORE = "…"
PERSON, MORE_ROOM, DATE, LEAST = 4.6, 2.6, 9.0, 34.0
"""Widths in em: the person column, what is left of it at narrow widths, the date column, the least for columns."""


class RowDelegate(QStyledItemDelegate):
    """Two-line rows (one line when the density is compact) with group headings and hover actions."""

    def __init__(self, layout: Layout, parent: QObject) -> None:
        super().__init__(parent)
        self.layout_kind: Layout = layout
        self.narrow = False
        self.hovered = -1
        self.hovered_action = ""
        self.dropped_on = -1
        self.keyboard = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        row = index.data(ROW_ROLE)
        height = theme.current().list_row_height + 1
        if isinstance(row, Row):
            height += self._heading_height(row.heading)
            if row.tags:
                height += chip_height() + theme.u(0.75)
        return QSize(theme.em(10), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        whole: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(row, Row):
            self._paint_pending(painter, QRectF(whole))
        else:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            focused = bool(state & QStyle.StateFlag.State_HasFocus) and self.keyboard
            self._paint_row(painter, QRectF(whole), row, index.row(), selected=selected, focused=focused)
        painter.restore()

    def action_at(self, rect: QRect, row: Row, position: QPointF) -> str:
        """Return the key of the action button at ``position`` in the item's ``rect``, or ""."""
        body = self._body(QRectF(rect), row)
        for key, _icon, place in self._buttons(body, row):
            if place.contains(position):
                return key
        return ""

    def _heading_height(self, heading: Heading | None) -> int:
        if heading is None:
            return 0
        return theme.current().heading_height if self._lined(heading) else theme.u(9)

    def _lined(self, heading: Heading) -> bool:
        return self.layout_kind == "wide" or bool(heading.icon)

    def _beside(self, body: QRectF) -> bool:
        """Whether date and status stand above each other: beside a detail, and where columns leave no title."""
        return self.layout_kind == "side" or body.width() < theme.em(LEAST)

    def _body(self, whole: QRectF, row: Row) -> QRectF:
        return whole.adjusted(0, self._heading_height(row.heading), 0, -1)

    def _paint_row(
        self, painter: QPainter, whole: QRectF, row: Row, number: int, *, selected: bool, focused: bool
    ) -> None:
        look = theme.current()
        if row.heading is not None:
            height = self._heading_height(row.heading)
            self._paint_heading(painter, QRectF(whole.x(), whole.y(), whole.width(), height), row.heading)
        body = self._body(whole, row)
        inner = body.adjusted(look.u(3), 0, -look.u(3), 0)
        hovered = number == self.hovered
        text_x = inner.x() + (look.u(8) if row.icon else 0)
        painter.fillRect(QRectF(text_x, whole.bottom() - 1, body.right() - text_x, 1), look.color("line"))
        if selected or hovered or number == self.dropped_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("selected" if selected or number == self.dropped_on else "hover"))
            painter.drawRoundedRect(body.adjusted(0, 0, 0, 0), look.radius("control"), look.radius("control"))
        if selected:
            bar = QRectF(body.x(), body.center().y() - body.height() * 0.28, 3, body.height() * 0.56)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("focus" if look.dark else "accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if row.icon:
            place = QRectF(inner.x(), body.y(), look.icon_size(5), self._line_height(row, body))
            icons.paint(painter, row.icon, tone_text(row.icon_tone), place, units=5)
        content = QRectF(text_x, body.y(), inner.right() - text_x, body.height())
        if self._beside(body):
            self._paint_side(painter, content, row, bold=row.bold or selected)
        else:
            self._paint_wide(painter, content, body, row, active=hovered or selected)
        if hovered or selected:
            self._paint_buttons(painter, body, row)
        if focused:
            paint_ring(painter, body, look.radius("control"))

    def _line_height(self, row: Row, body: QRectF) -> float:
        """Return the height of the lines above the tags."""
        return body.height() - (chip_height() + theme.u(0.75) if row.tags else 0)

    def _lines(self, area: QRectF, row: Row, *, second: bool) -> tuple[QRectF, QRectF]:
        """Return the places of the title and the supporting line in ``area``."""
        look = theme.current()
        if look.density == "compact" or not second:
            line = QRectF(area.x(), area.y(), area.width(), self._line_height(row, area))
            return line, line
        top = area.y() + (self._line_height(row, area) - look.body_line - look.small_line) / 2
        first = QRectF(area.x(), top, area.width(), look.body_line)
        return first, QRectF(area.x(), top + look.body_line + look.u(0.25), area.width(), look.small_line)

    def _paint_wide(self, painter: QPainter, area: QRectF, body: QRectF, row: Row, *, active: bool) -> None:
        look = theme.current()
        person_width = look.em(MORE_ROOM) if self.narrow else look.em(PERSON)
        has_person = bool(row.person) or bool(row.actions)
        date_width = look.em(DATE)
        right = area.right() - (person_width if has_person else 0)
        date_x = right - date_width if row.date else right
        edge = date_x - look.u(3)
        if row.person and not self.narrow and not (active and row.actions):
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            name = look.metrics("small").elidedText(row.person, Qt.TextElideMode.ElideRight, person_width)
            place = QRectF(right, area.y(), person_width, self._line_height(row, area))
            painter.drawText(place, RIGHT, name)
        if row.date:
            taken = look.width("small", row.person) if row.person and not self.narrow else 0
            if active and row.actions:
                taken = int(right + person_width - self._buttons(body, row)[0][2].x())
            room = right + (person_width if has_person else 0) - taken - look.u(2) - date_x
            self._paint_date(painter, QRectF(date_x, area.y(), room, area.height()), row)
        if row.status is not None:
            line = QRectF(area.x(), area.y(), edge - area.x(), self._line_height(row, area))
            edge -= self._paint_status(painter, line, row) + look.u(4)
        people = [Segment(row.person)] if self.narrow and row.person else []
        text = QRectF(area.x(), area.y(), edge - area.x(), area.height())
        self._paint_text(painter, text, row, [*people, *segments_of(row.segments)], bold=row.bold)

    def _paint_side(self, painter: QPainter, area: QRectF, row: Row, *, bold: bool) -> None:
        look = theme.current()
        compact = look.density == "compact"
        first, second = self._lines(area, row, second=True)
        used = 0.0
        if row.date:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text" if not row.status or row.status.chip else "text2"))
            painter.drawText(first, RIGHT, row.date)
            used = look.width("small", row.date) + look.u(3)
        lower = 0.0
        if row.status is not None:
            place = second
            if row.tags:
                place = QRectF(area.x(), area.bottom() - chip_height() - look.u(1.5), area.width(), chip_height())
            elif compact:
                place = first.adjusted(0, 0, -used, 0)
            lower = self._paint_plain_status(painter, place, row) + look.u(3)
        if row.tags:
            self._paint_tags(
                painter,
                QRectF(area.x(), area.bottom() - chip_height() - look.u(1.5), area.width() - lower, chip_height()),
                row,
            )
        text = QRectF(area.x(), area.y(), area.width(), area.height())
        room = used + lower if compact else used
        below = 0.0 if row.tags else lower
        self._paint_text(
            painter, text, row, segments_of(row.segments), bold=bold, first_less=room, second_less=below
        )

    def _paint_text(
        self,
        painter: QPainter,
        area: QRectF,
        row: Row,
        parts: list[Segment],
        *,
        bold: bool,
        first_less: float = 0,
        second_less: float = 0,
    ) -> None:
        look = theme.current()
        first, second = self._lines(area, row, second=bool(parts) or self.layout_kind == "side")
        step = "strong" if bold else "body"
        first = first.adjusted(0, 0, -first_less, 0)
        if row.sign is not None:
            size = look.icon_size(3.6)
            place = QRectF(first.x(), first.y(), size, first.height())
            icons.paint(painter, row.sign.icon, tone_text(row.sign.tone or "text2"), place, units=3.6, stroke=2)
            first = first.adjusted(size + look.u(1.5), 0, 0, 0)
        used = paint_marked(painter, first, row.title, row.marks, step=step)
        if look.density == "compact":
            second = first.adjusted(used + look.u(4), 0, 0, 0)
            if second.width() < look.em(4):
                return
        else:
            second = second.adjusted(0, 0, -second_less, 0)
        paint_segments(painter, second, parts)

    def _paint_date(self, painter: QPainter, area: QRectF, row: Row) -> None:
        look = theme.current()
        first, second = self._lines(area, row, second=bool(row.date_sub))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text"))
        painter.drawText(first, LEFT, row.date)
        if row.date_sub and look.density != "compact":
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            cut = look.metrics("small").elidedText(row.date_sub, Qt.TextElideMode.ElideRight, int(second.width()))
            painter.drawText(second, LEFT, cut)

    def _paint_status(self, painter: QPainter, line: QRectF, row: Row) -> float:
        """Paint the status at the right end of ``line``; return the width used."""
        status = row.status
        assert status is not None
        if not status.chip:
            return self._paint_plain_status(painter, line, row)
        width, height = chip_width(status.text), chip_height()
        place = QRectF(line.right() - width, round(line.center().y() - height / 2), width, height)
        paint_chip(painter, place, status.text, tone=status.tone)
        return width

    def _paint_plain_status(self, painter: QPainter, line: QRectF, row: Row) -> float:
        status = row.status
        assert status is not None
        part = Segment(status.text, tone=status.tone if status.tone != "neutral" else "text2", bold=False)
        if status.chip:
            part = Segment(status.text, tone=status.tone, bold=True, icon=status.icon)
        return paint_segments(painter, line, [part], right=True)

    def _paint_tags(self, painter: QPainter, line: QRectF, row: Row) -> None:
        x = line.x()
        for tag in row.tags:
            width = chip_width(tag)
            if x + width > line.right():
                break
            paint_chip(painter, QRectF(x, line.y(), width, line.height()), tag)
            x += width + theme.u(2)

    def _paint_heading(self, painter: QPainter, area: QRectF, heading: Heading) -> None:
        look = theme.current()
        lined = self._lined(heading)
        line = area.adjusted(look.u(3), look.u(2.5), -look.u(3), -look.u(0.5))
        token = tone_text(heading.tone)
        x = line.x()
        if heading.icon:
            icons.paint(
                painter, heading.icon, token, QRectF(x, line.y(), look.icon_size(5), line.height()), units=5
            )
            x += look.icon_size(5) + look.u(1.5)
        step = "h3" if lined else "small_strong"
        text = heading.text
        x += paint_marked(
            painter, QRectF(x, line.y(), line.right() - x, line.height()), text, (), step=step, token=token
        )
        x += look.u(2)
        if heading.count is not None:
            painter.setFont(look.font("body" if lined else "small"))
            painter.setPen(look.color("text3"))
            painter.drawText(QRectF(x, line.y(), line.right() - x, line.height()), LEFT, str(heading.count))
            x += look.width("body", str(heading.count)) + look.u(3)
        if heading.note:
            room = QRectF(x, line.y(), line.right() - x, line.height())
            paint_segments(painter, room, heading.note.split(" · "))
        if lined:
            painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), look.color("line"))

    def _buttons(self, body: QRectF, row: Row) -> list[tuple[str, str, QRectF]]:
        """Return key, icon and place of the action buttons that fit right of the date; "…" holds the rest."""
        if not row.actions or self._beside(body):
            return []
        look = theme.current()
        size, gap = min(look.u(7), int(self._line_height(row, body)) - 2), look.u(1)
        right = body.right() - look.u(4)
        has_date = look.em(DATE) if row.date else 0
        person = look.em(MORE_ROOM) if self.narrow else look.em(PERSON)
        date_x = body.right() - look.u(3) - person - has_date
        used = max(look.width("body", row.date), look.width("small", row.date_sub) if row.date_sub else 0)
        fits = int((right - (date_x + used + gap)) // (size + gap)) if row.date else 3
        shown: list[RowAction] = list(row.actions)
        keys = [(action.key, action.icon) for action in shown]
        if len(keys) > min(3, fits):
            keys = [*keys[: max(0, min(3, fits) - 1)], (MORE, "ellipsis")]
        left = right - len(keys) * size - (len(keys) - 1) * gap
        top = body.y() + (self._line_height(row, body) - size) / 2
        return [
            (key, icon, QRectF(left + place * (size + gap), top, size, size))
            for place, (key, icon) in enumerate(keys)
        ]

    def _paint_buttons(self, painter: QPainter, body: QRectF, row: Row) -> None:
        look = theme.current()
        for key, icon, place in self._buttons(body, row):
            painter.setPen(QPen(look.color("hatch"), 1))
            painter.setBrush(look.color("neutral_soft" if key == self.hovered_action else "raised"))
            painter.drawRoundedRect(
                place.adjusted(0.5, 0.5, -0.5, -0.5), look.radius("control"), look.radius("control")
            )
            icons.paint(painter, icon, "text2", place, units=4)

    def _paint_pending(self, painter: QPainter, whole: QRectF) -> None:
        """A row that is still on its way: two quiet bars, no flicker."""
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("neutral_soft"))
        x, y = whole.x() + look.u(3), whole.y() + look.u(3)
        painter.drawRoundedRect(QRectF(x, y, look.em(12), look.u(2)), look.u(1), look.u(1))
        painter.fillRect(QRectF(x, whole.bottom() - 1, whole.right() - x, 1), look.color("line"))
