"""The view of the week: header of two lines, painted cells, F2 or typing edits, arrows move."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _, language, pgettext
from lawdesk.timesheet.page.week import DAYS, TOTAL, Index, WeekModel
from lawdesk.timesheet.queries import WeekRow
from lawdesk.timesheet.rules import figures
from lawdesk.ui import Follows, LineEdit, hatch_brush, icons, paint_ring, paint_segments, theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def row_height() -> int:
    """Return the height of a case's row: two lines."""
    look = theme.current()
    return look.body_line + look.small_line + look.u(2)


def total_height() -> int:
    """Return the height of the row of totals: a figure with a bar below it."""
    look = theme.current()
    return look.body_line + look.u(6.5)


def head_height() -> int:
    """Return the height of the header: the day and its weekday."""
    look = theme.current()
    return look.body_line + look.small_line + look.u(3.5)


class _Ground:
    """Paints what lies under a day's column: today's tint, the hatching of rest days."""

    def __init__(self, model: WeekModel) -> None:
        self.model = model

    def paint(self, painter: QPainter, rect: QRect, column: int, *, hatched: bool = True) -> None:
        view = self.model.view
        if view is None or column not in DAYS:
            return
        day = column - 1
        inner = rect.adjusted(theme.u(0.5), 0, -theme.u(0.5), 0)
        if view.day(day) == view.today:
            painter.fillRect(inner, theme.color("selected"))
        elif view.rest[day] is not None and hatched:
            painter.setBrushOrigin(0, 0)
            painter.fillRect(inner, hatch_brush(painter.device().devicePixelRatioF()))


class _Header(QHeaderView):
    """The day in the first line, the weekday with today or the holiday in the second."""

    def __init__(self, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._ground = _Ground(model)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), head_height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's name
        look, view = theme.current(), self._model.view
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view is not None and logical in DAYS:
            day, rest = view.day(logical - 1), view.rest[logical - 1]
            today = day == view.today
            if today:
                inner = QRectF(rect).adjusted(theme.u(0.5), 0, -theme.u(0.5), look.radius("control") * 2)
                path = QPainterPath()
                path.addRoundedRect(inner, look.radius("control"), look.radius("control"))
                painter.setClipRect(rect)
                painter.fillPath(path, look.color("selected"))
            place = rect.adjusted(0, theme.u(1.5), -theme.u(3), -theme.u(1.5))
            first = logical == 1 or day.day == 1
            date_words = short_date(day) if first else _day_number(day.day)
            painter.setFont(look.font("strong" if today else "body"))
            painter.setPen(look.color("text2" if rest else "text"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), date_words)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("accent_text" if today else "text2"))
            note = _("today") if today else rest or _weekend_work(day)
            painter.drawText(
                place,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom),
                f"{short_weekday(day)} {note}".strip(),
            )
        elif logical in (0, TOTAL):  # the days are not named before their week is read
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            side = RIGHT if logical == TOTAL else LEFT
            painter.drawText(rect, int(side), _("Total") if logical == TOTAL else _("Case"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.color("line"))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Paints the cells and edits them."""

    def __init__(self, model: WeekModel, table: WeekTable) -> None:
        super().__init__(table)
        self._model, self._table = model, table
        self._ground = _Ground(model)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        state = option.state  # type: ignore[attr-defined]
        row = self._model.row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground.paint(painter, rect, index.column(), hatched=row is not None)
        if row is None:
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), look.color("line2"))
            self._paint_total(painter, rect, index)
        else:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.color("line"))
            if index.column() == 0:
                self._paint_case(painter, rect, row)
            else:
                self._paint_minutes(painter, rect, index, row)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, QRectF(rect).adjusted(2, 2, -2, -3), look.radius("control"))
        painter.restore()

    def _paint_case(self, painter: QPainter, rect: QRect, row: WeekRow) -> None:
        look = theme.current()
        place = rect.adjusted(0, theme.u(0.5), -theme.u(2), -theme.u(1))
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text"))
        title = look.metrics("body").elidedText(
            str(self._model.text(self._model.index(self._row_of(row), 0))),
            Qt.TextElideMode.ElideRight,
            place.width(),
        )
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), title)
        line = QRectF(place.x(), place.bottom() - look.small_line + 1, place.width(), look.small_line)
        parts = (row.cause, row.number) if row.case_id is not None else (_("not billed"),)
        paint_segments(painter, line, parts, step="small", tone="text2")

    def _row_of(self, row: WeekRow) -> int:
        view = self._model.view
        return view.grid.rows.index(row) if view is not None else 0

    def _paint_minutes(self, painter: QPainter, rect: QRect, index: Index, row: WeekRow) -> None:
        look, view = theme.current(), self._model.view
        text = self._model.text(index)
        if view is None or not text:
            return
        total = index.column() == TOTAL
        place = rect.adjusted(0, 0, 0 if total else -theme.u(3), 0)
        step = "strong" if total else "body"
        if not total and view.rest[index.column() - 1] is not None and view.minutes(row, index.column() - 1):
            _plate(painter, place, look.width(step, text))
        painter.setFont(look.font(step))
        painter.setPen(look.color("text3" if text == "–" else "text"))
        painter.drawText(place, int(RIGHT), text)
        if not total and view.running_in(row, index.column() - 1):
            size = look.icon_size(4.5)
            x = place.right() - look.width(step, text) - size - theme.u(1.5)
            where = QRectF(x, place.y(), size, place.height())
            icons.paint(painter, "circle-dot", "accent_text", where)

    def _paint_total(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, view = theme.current(), self._model.view
        if view is None:
            return
        column = index.column()
        if column == 0:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            words = _("Each day / target {target}").format(target=figures(view.grid.target_minutes))
            painter.drawText(rect, int(LEFT), words)
            return
        text = self._model.text(index)
        place = rect.adjusted(0, theme.u(2), 0 if column == TOTAL else -theme.u(3), 0)
        off = column in DAYS and view.rest[column - 1] is not None and not view.day_total(column - 1)
        painter.setFont(look.font("small" if off else "strong"))
        painter.setPen(look.color("text2" if off else "text"))
        if off:
            painter.drawText(rect.adjusted(0, 0, -theme.u(3), 0), int(RIGHT), text)
            return
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), text)
        if column in DAYS and view.rest[column - 1] is None and view.day(column - 1) <= view.today:
            self._paint_bar(painter, rect, view.day_total(column - 1) / max(1, view.grid.target_minutes))

    def _paint_bar(self, painter: QPainter, rect: QRect, part: float) -> None:
        height = max(4.0, theme.u(1.5))
        left, right = rect.x() + theme.u(3), rect.right() - theme.u(2.5)
        track = QRectF(left, rect.bottom() - theme.u(1.5) - height, right - left, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("neutral_soft"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        if part > 0:
            painter.setBrush(theme.color("bar"))
            track.setWidth(max(height, track.width() * min(1.0, part)))
            painter.drawRoundedRect(track, height / 2, height / 2)

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        editor = LineEdit(name=lambda: self._model.sentence(index), parent=parent)
        editor.setProperty("incell", "right")
        editor.setAlignment(RIGHT)
        return editor

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # as above
        editor.setGeometry(rect.adjusted(theme.u(1), theme.u(1), -theme.u(1), -theme.u(1)))

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        assert isinstance(editor, LineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(watched, LineEdit) and watched.composing and isinstance(event, QKeyEvent):
            return False  # Enter and Tab belong to the input method while it composes
        return super().eventFilter(watched, event)


class WeekTable(Follows, QTableView):
    """The week, as high as its rows. ``day_chosen(date)`` when the cursor moves to another day."""

    day_chosen = Signal(object)

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._head = _Header(model, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setItemDelegate(_Cells(model, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked | triggers.AnyKeyPressed)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.modelReset.connect(self._fit)
        model.dataChanged.connect(lambda *_args: self.viewport().update())
        self.restyle()
        self.retranslate()

    def restyle(self) -> None:
        if hasattr(self, "_head"):
            rows = self.verticalHeader()
            rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            rows.setMinimumSectionSize(row_height())
            rows.setDefaultSectionSize(row_height())
            self._head.setMinimumSectionSize(theme.u(4))
            self._head.setFixedHeight(head_height())
            self._share()
            self._fit()

    def retranslate(self) -> None:
        if hasattr(self, "_head"):
            self.setAccessibleName(_("Time of the week, cases by days"))
            self._model.redraw()

    def choose_day(self, day: object) -> None:
        """Put the cursor on a day, in the row it is in or the first one."""
        view = self._model.view
        if view is None or not view.grid.rows:
            return
        column = next((index + 1 for index in range(7) if view.day(index) == day), None)
        if column is not None:
            row = max(0, min(self.currentIndex().row(), len(view.grid.rows) - 1))
            self.setCurrentIndex(self._model.index(row, column))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            theme.em(40), head_height() + max(0, self._model.rowCount() - 1) * row_height() + total_height()
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(34), self.sizeHint().height())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        view = self._model.view
        if view is not None and current.column() in DAYS and current.column() != previous.column():
            self.day_chosen.emit(view.day(current.column() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and self._model.editable(index):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.edit(index)
                return
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._model.setData(index, "0")
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share()

    def _fit(self) -> None:
        last = self._model.rowCount() - 1
        for row in range(last + 1):
            self.setRowHeight(row, total_height() if row == last else row_height())
        self.updateGeometry()
        self.setFixedHeight(self.sizeHint().height())

    def _share(self) -> None:
        """Give the days equal widths and the case what is left, at least a third."""
        room = self.viewport().width()
        total = theme.em(4.6)
        day = max(theme.em(4.4), min(theme.em(9), (room - total - theme.em(15)) // 7))
        for column in DAYS:
            self.setColumnWidth(column, day)
        self.setColumnWidth(TOTAL, total)
        self.setColumnWidth(0, max(theme.em(8), room - total - 7 * day))


def _day_number(day: int) -> str:
    return f"{day}日" if language() == "zh" else str(day)


def _weekend_work(day: date) -> str:
    """Return the word for a Saturday or Sunday that is worked (调休上班)."""
    return pgettext("day", "workday") if day.weekday() > 4 else ""


def _plate(painter: QPainter, place: QRect, width: int) -> None:
    """Put a quiet ground under words on the hatching."""
    box = QRectF(
        place.right() - width - theme.u(1),
        place.center().y() - theme.current().body_line / 2,
        width + theme.u(2),
        theme.current().body_line,
    )
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, theme.current().radius("chip"), theme.current().radius("chip"))
