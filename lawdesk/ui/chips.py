"""Chips, filter chips, tabs and view switches: small painted things with a word, never colour alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import icons, theme
from lawdesk.ui.buttons import Button, Command, menu_of
from lawdesk.ui.layouts import STRETCH, hbox
from lawdesk.ui.tokens import tone_soft, tone_text
from lawdesk.ui.words import Follows, Words, say

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def chip_width(text: str, icon: str = "") -> int:
    """Return how wide a chip is."""
    look = theme.current()
    return look.width("small", text) + look.u(3) + (look.icon_size(3.6) + look.u(1) if icon else 0)


def chip_height() -> int:
    """Return how high a chip is."""
    return theme.current().small_line + theme.u(0.75)


def paint_chip(painter: QPainter, rect: QRectF, text: str, *, tone: str = "neutral", icon: str = "") -> None:
    """Paint a chip into ``rect`` (see :func:`chip_width`): soft tint, icon, word."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(tone_soft(tone)))
    painter.drawRoundedRect(rect, look.radius("chip"), look.radius("chip"))
    x = rect.x() + look.u(1.5)
    token = tone_text(tone)
    if icon:
        size = look.icon_size(3.6)
        icons.paint(painter, icon, token, QRectF(x, rect.y(), size, rect.height()), units=3.6, stroke=2)
        x += size + look.u(1)
    painter.setFont(look.font("small"))
    painter.setPen(look.color(token))
    painter.drawText(QRectF(x, rect.y(), rect.right() - x, rect.height()), LEFT, text)


class Chip(Follows, QWidget):
    """A word with an icon on a soft tint."""

    def __init__(
        self, words: Words = "", *, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._tone, self._icon = words, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_chip(self, words: Words, *, tone: str = "neutral", icon: str = "") -> None:
        """Show something else."""
        self._words, self._tone, self._icon = words, tone, icon
        self.retranslate()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(say(self._words))
        self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(chip_width(say(self._words), self._icon), chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        paint_chip(QPainter(self), QRectF(self.rect()), say(self._words), tone=self._tone, icon=self._icon)


class Choice(Follows, QRadioButton):
    """One of several, painted as a ``chip``, a ``tab`` or a ``segment`` of a view switch."""

    def __init__(
        self,
        key: str,
        words: Words,
        *,
        look: Literal["chip", "tab", "segment"],
        icon: str = "",
        many: bool = False,
    ) -> None:
        super().__init__()
        self.key = key
        self._words, self._look, self._icon = words, look, icon
        self._count: int | None = None
        self._hovered = False
        self.setAutoExclusive(not many)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def set_count(self, count: int | None) -> None:
        """Show a count after the words, or none."""
        self._count = count
        self.retranslate()

    def words(self) -> str:
        """Return the words without the count."""
        return say(self._words)

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        if hasattr(self, "_words"):
            count = "" if self._count is None else f" {self._count}"
            self.setAccessibleName(self.words() + count)
            self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        if self._look == "chip":
            more = look.width("small", f" {self._count}") + look.u(1) if self._count is not None else 0
            return QSize(chip_width(self.words(), self._icon) + more, chip_height())
        width = look.width("strong", self.words())
        if self._count is not None:
            width += look.u(2) + look.width("body", str(self._count))
        if self._icon:
            width += look.icon_size(4) + look.u(1.5)
        if self._look == "segment":
            return QSize(width + look.u(6), look.control_height - look.u(1.5))
        return QSize(width, look.tab_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(position)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        {"chip": self._paint_chip, "tab": self._paint_tab, "segment": self._paint_segment}[self._look](painter)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.current().radius("chip"))

    def _paint_chip(self, painter: QPainter) -> None:
        text = self.words() + ("" if self._count is None else f"  {self._count}")
        tone = "accent" if self.isChecked() else "text" if self._hovered else "neutral"
        paint_chip(painter, QRectF(self.rect()), text, tone=tone, icon=self._icon)

    def _paint_tab(self, painter: QPainter) -> None:
        look = theme.current()
        on = self.isChecked()
        rect = QRectF(self.rect())
        step = "strong" if on else "body"
        painter.setFont(look.font(step))
        painter.setPen(look.color("text" if on or self._hovered else "text2"))
        painter.drawText(rect, LEFT, self.words())
        if self._count is not None:
            x = look.width(step, self.words()) + look.u(2)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text3"))
            painter.drawText(rect.adjusted(x, 0, 0, 0), LEFT, str(self._count))
        if on:
            height = max(2.0, look.u(0.5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(
                QRectF(0, rect.bottom() - height, rect.width(), height), height / 2, height / 2
            )

    def _paint_segment(self, painter: QPainter) -> None:
        look = theme.current()
        on = self.isChecked()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if on:
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(look.color("raised" if look.dark else "surface"))
            painter.drawRoundedRect(rect, look.radius("control"), look.radius("control"))
        x = float(look.u(3))
        if self._icon:
            size = look.icon_size(4)
            icons.paint(painter, self._icon, "text2", QRectF(x, 0, size, rect.height()), units=4)
            x += size + look.u(1.5)
        painter.setFont(look.font("strong" if on else "body"))
        painter.setPen(look.color("text" if on or self._hovered else "text2"))
        painter.drawText(rect.adjusted(x, 0, 0, 0), LEFT, self.words())


class _Choices(Follows, QWidget):
    """What filter chips, tabs and view switches share."""

    def __init__(self, changed: Callable[[], object] | None, *, many: bool, name: Words = "") -> None:
        super().__init__()
        self._name = name
        self.group = QButtonGroup(self)
        self.group.setExclusive(not many)
        self.choices: dict[str, Choice] = {}
        self._changed = changed
        self._many = many
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(say(self._name))

    def _adopt(self, choice: Choice) -> None:
        self.choices[choice.key] = choice
        self.group.addButton(choice)
        choice.clicked.connect(self._told)

    def _told(self) -> None:
        if self._changed is not None:
            self._changed()

    def chosen(self) -> str:
        """Return the key of the chosen one, or "" for none."""
        return next((key for key, choice in self.choices.items() if choice.isChecked()), "")

    def all_chosen(self) -> tuple[str, ...]:
        """Return every chosen key, in order."""
        return tuple(key for key, choice in self.choices.items() if choice.isChecked())

    def choose(self, key: str) -> None:
        """Choose ``key`` without calling ``changed``. Raises KeyError for an unknown one."""
        self.choices[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a count beside ``key``."""
        self.choices[key].set_count(count)


class FilterChips(_Choices):
    """Filters as chips: one chosen (or several with ``many``). ``changed`` is called after a person chose."""

    def __init__(
        self,
        choices: Sequence[tuple[str, Words]],
        changed: Callable[[], object] | None = None,
        *,
        many: bool = False,
        name: Words = "",
    ) -> None:
        super().__init__(changed, many=many, name=name)
        for key, words in choices:
            self._adopt(Choice(key, words, look="chip", many=many))
        hbox(*self.choices.values(), STRETCH, space=2, parent=self)
        if choices and not many:
            self.choose(choices[0][0])


class Switch2(_Choices):
    """A switch between views (list, month): segments on a quiet ground. Items are ``(key, words, icon)``."""

    def __init__(
        self, choices: Sequence[tuple[str, Words, str]], changed: Callable[[], object] | None = None
    ) -> None:
        super().__init__(changed, many=False)
        for key, words, icon in choices:
            self._adopt(Choice(key, words, look="segment", icon=icon))
        hbox(*self.choices.values(), space=0, margins=0.5, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if choices:
            self.choose(choices[0][0])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("neutral_soft"))
        radius = theme.current().radius("box")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


class Tabs(_Choices):
    """Text tabs with counts on a hairline; what does not fit goes into a menu at the end."""

    def __init__(
        self,
        choices: Sequence[tuple[str, Words]],
        changed: Callable[[], object] | None = None,
        *,
        name: Words = "",
    ) -> None:
        super().__init__(changed, many=False, name=name)
        for key, words in choices:
            self._adopt(Choice(key, words, look="tab"))
        self._more = Button(kind="ghost", icon="ellipsis", name=lambda: _("More tabs"), run=self._open_more)
        self._layout = hbox(*self.choices.values(), self._more, STRETCH, space=6, parent=self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if choices:
            self.choose(choices[0][0])

    def choose(self, key: str) -> None:
        super().choose(key)
        self._fit()

    def set_count(self, key: str, count: int | None) -> None:
        super().set_count(key, count)
        self._fit()

    def restyle(self) -> None:
        if hasattr(self, "_layout"):
            self._fit()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as many tabs as fit, the chosen one always."""
        if not hasattr(self, "_layout"):
            return
        space = self._layout.spacing()
        needed = {key: choice.sizeHint().width() + space for key, choice in self.choices.items()}
        room = self.width() + space
        if sum(needed.values()) > room:
            room -= self._more.sizeHint().width() + space
            room -= needed.get(self.chosen(), 0)
        hidden = False
        for key, choice in self.choices.items():
            if not choice.isChecked():
                room -= needed[key]
            fits = choice.isChecked() or room >= 0 or self.width() <= 0
            choice.setVisible(fits)
            hidden = hidden or not fits
        self._more.setVisible(hidden)

    def _open_more(self) -> None:
        hidden = [
            Command(key, choice.words(), lambda key=key: self._pick(key), icon="chevron-right")  # type: ignore[misc]
            for key, choice in self.choices.items()
            if choice.isHidden()
        ]
        menu_of(hidden, self._more).popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _pick(self, key: str) -> None:
        self.choose(key)
        self._told()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


def paint_ring(painter: QPainter, rect: QRectF, radius: float, colour: QColor | None = None) -> None:
    """Paint the 2 px focus ring just inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour or theme.color("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
