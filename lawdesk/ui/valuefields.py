"""Fields that hold a day or an amount, typed as people write them and shown in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.dates import long_date, parse_day, short_weekday
from lawdesk.kernel.i18n import _
from lawdesk.kernel.money import format_fen, parse_yuan
from lawdesk.ui.fields import LineEdit
from lawdesk.ui.words import Words


class DateEdit(LineEdit):
    """A day, typed as people write it (``11-5``, ``下周三``, ``3天后``); shown whole with its weekday.

    ``day_changed(date or None)`` after leaving the field or Enter. What is no day stays with a red edge.
    """

    day_changed = Signal(object)

    def __init__(
        self,
        day: date | None = None,
        *,
        today: Callable[[], date] | None = None,
        name: Words = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lambda: _("Day, e.g. 11-5"), icon="calendar", name=name, parent=parent)
        self._today = today or SystemClock().today
        self._day: date | None = None
        self.editingFinished.connect(self._read)
        self.set_day(day)

    def day(self) -> date | None:
        """Return the day typed so far, or None for an empty or unreadable field. Leaves the text as it is."""
        text = self.text().strip()
        if text == self._shown():
            return self._day
        try:
            return parse_day(text, self._today()) if text else None
        except ValueError:
            return None

    def set_day(self, day: date | None) -> None:
        """Show ``day`` without telling anybody."""
        self._day = day
        self.setText(self._shown())
        self.set_state("")

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "_day") and self._state != "error":
            self.setText(self._shown())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.composing:
            day = self.day()
            if day is not None:
                self._take(day + timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1))
                return
        super().keyPressEvent(event)

    def _shown(self) -> str:
        return f"{long_date(self._day)} {short_weekday(self._day)}" if self._day is not None else ""

    def _read(self) -> None:
        text = self.text().strip()
        if text == self._shown() and not self.toolTip():  # a tip is there while the text is no day
            return
        day = self.day()
        if day is not None or not text:
            self._take(day)
        else:
            changed = self._day is not None
            self._day = None
            self.set_state("error")
            self.setToolTip(_("This is no day. Write 2026-11-05, 11-5 or 下周三."))
            if changed:
                self.day_changed.emit(None)

    def _take(self, day: date | None) -> None:
        changed = day != self._day
        self.set_day(day)
        self.setToolTip("")
        if changed:
            self.day_changed.emit(day)


class MoneyEdit(LineEdit):
    """An amount in yuan (``8,614,200.00``, ``21.6万``) as whole fen. ``fen_changed(int or None)``."""

    fen_changed = Signal(object)

    def __init__(self, fen: int | None = None, *, name: Words = "", parent: QWidget | None = None) -> None:
        super().__init__("", name=name, parent=parent)
        self._fen: int | None = None
        self.editingFinished.connect(self._read)
        self.set_fen(fen)

    def fen(self) -> int | None:
        """Return the fen typed so far, or None for an empty or unreadable field. Leaves the text as it is."""
        text = self.text().strip()
        if text == self._shown():
            return self._fen
        try:
            return parse_yuan(text) if text else None
        except ValueError:
            return None

    def set_fen(self, fen: int | None) -> None:
        """Show an amount without telling anybody."""
        self._fen = fen
        self.setText(self._shown())
        self.set_state("")

    def _shown(self) -> str:
        return format_fen(self._fen) if self._fen is not None else ""

    def _read(self) -> None:
        before, fen = self._fen, self.fen()
        if fen is not None or not self.text().strip():
            self.setToolTip("")
            self.set_fen(fen)
        else:
            self._fen = None
            self.set_state("error")
            self.setToolTip(_("This is no amount. Write 15,000.00 or 1.5万."))
        if fen != before:
            self.fen_changed.emit(fen)
