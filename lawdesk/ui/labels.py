"""Text on screen: labels in a type step and tone, lines of segments, headings, hairlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from lawdesk.ui import icons, theme
from lawdesk.ui.layouts import STRETCH, hbox
from lawdesk.ui.tokens import tone_text
from lawdesk.ui.words import Follows, Words, say


class Label(Follows, QLabel):
    """Plain text in a type step and a tone. ``wrap`` lets it flow, ``elide`` cuts it with "…" and a tip."""

    def __init__(
        self,
        words: Words = "",
        *,
        step: str = "body",
        tone: str = "text",
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._step = step
        self._tone = tone
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.restyle()
        self.retranslate()

    def set_words(self, words: Words) -> None:
        """Show other words."""
        self._words = words
        self.retranslate()

    def set_tone(self, tone: str) -> None:
        """Show the words in another tone (``text2``, ``red`` …)."""
        self._tone = tone
        self.restyle()

    def set_step(self, step: str) -> None:
        """Show the words in another type step."""
        self._step = step
        self.restyle()

    def words(self) -> str:
        """Return the whole text, also when it is cut."""
        return say(self._words)

    def restyle(self) -> None:
        if not hasattr(self, "_tone"):
            return
        self.setFont(theme.font(self._step))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(tone_text(self._tone)))
        self.setPalette(palette)
        self._cut()

    def retranslate(self) -> None:
        text = self.words()
        self.setAccessibleName(text)
        if not self._elide:
            self.setText(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._cut()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def _cut(self) -> None:
        if not self._elide:
            return
        whole = self.words()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, max(0, self.width()))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(whole if shown != whole else "")


@dataclass(frozen=True)
class Segment:
    """One part of a supporting line: shown whole or not at all. ``link`` makes it ``accent``."""

    text: str
    tone: str = ""
    bold: bool = False
    icon: str = ""


def segments_of(parts: Sequence[Segment | str]) -> list[Segment]:
    """Return ``parts`` as segments, empty ones left out."""
    made = [part if isinstance(part, Segment) else Segment(part) for part in parts]
    return [part for part in made if part.text]


def paint_segments(
    painter: QPainter,
    rect: QRectF,
    parts: Sequence[Segment | str],
    *,
    step: str = "small",
    tone: str = "text2",
    right: bool = False,
) -> float:
    """Paint segments separated by small dots and drop, from the end, what does not fit. Returns the width used.

    The first segment is cut with "…" when even it does not fit. ``right`` aligns the line to the right edge.
    """
    shown = segments_of(parts)
    while len(shown) > 1 and segments_width(shown, step) > rect.width():
        shown.pop()
    width = min(segments_width(shown, step), rect.width())
    x = rect.right() - width if right else rect.left()
    gap = theme.u(4)
    for index, part in enumerate(shown):
        if index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(tone_text(tone)))
            radius = theme.current().base * 0.07
            painter.drawEllipse(QRectF(x + gap / 2 - radius, rect.center().y() - radius, 2 * radius, 2 * radius))
            x += gap
        x += _paint_segment(painter, QRectF(x, rect.y(), rect.right() - x, rect.height()), part, step, tone)
    return width


def segments_width(parts: Sequence[Segment | str], step: str = "small") -> float:
    """Return how wide the whole line is in pixels."""
    made = segments_of(parts)
    inner = sum(_segment_width(part, step) for part in made)
    return inner + theme.u(4) * max(0, len(made) - 1)


def _segment_step(part: Segment, step: str) -> str:
    if not part.bold:
        return step
    return {"small": "small_strong", "body": "strong"}.get(step, step)


def _segment_width(part: Segment, step: str) -> float:
    mark = theme.current().icon_size(3.6) + theme.u(1) if part.icon else 0
    return theme.current().width(_segment_step(part, step), part.text) + mark


def _paint_segment(painter: QPainter, rect: QRectF, part: Segment, step: str, tone: str) -> float:
    token = tone_text(part.tone or tone)
    used = _segment_step(part, step)
    mark = 0.0
    if part.icon:
        size = theme.current().icon_size(3.6)
        icons.paint(
            painter, part.icon, token, QRectF(rect.x(), rect.y(), size, rect.height()), units=3.6, stroke=2
        )
        mark = size + theme.u(1)
    painter.setFont(theme.font(used))
    painter.setPen(theme.color(token))
    room = rect.adjusted(mark, 0, 0, 0)
    text = (
        theme.current()
        .metrics(used)
        .elidedText(part.text, Qt.TextElideMode.ElideRight, max(0, int(room.width()) + 1))
    )
    painter.drawText(
        room.adjusted(0, 0, theme.u(2), 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text
    )
    return mark + theme.current().width(used, text)


class SegmentLine(Follows, QWidget):
    """A line of segments with painted dots; drops whole segments from the end when narrow."""

    def __init__(
        self,
        parts: Sequence[Segment | str] = (),
        *,
        step: str = "small",
        tone: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = list(parts)
        self._step = step
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts)

    def set_parts(self, parts: Sequence[Segment | str]) -> None:
        """Show other segments."""
        self._parts = list(parts)
        self.setAccessibleName("，".join(part.text for part in segments_of(parts)))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(
            int(segments_width(self._parts, self._step)) + 1, theme.current().metrics(self._step).height()
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.u(6), theme.current().metrics(self._step).height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_segments(painter, QRectF(self.rect()), self._parts, step=self._step, tone=self._tone)


class Hairline(Follows, QFrame):
    """A line of one device pixel."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        QPainter(self).fillRect(self.rect(), theme.color("line"))


class IconLabel(Follows, QWidget):
    """An icon in a tone; decoration only, so it says nothing to a screen reader unless ``name`` is given."""

    def __init__(
        self, icon: str, *, tone: str = "text2", units: float = 4.5, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = tone
        self._units = units
        self.setAccessibleName(name)
        self.restyle()

    def set_icon(self, icon: str, tone: str | None = None) -> None:
        """Show another icon, perhaps in another tone."""
        self._icon = icon
        self._tone = self._tone if tone is None else tone
        self.update()

    def restyle(self) -> None:
        if hasattr(self, "_units"):
            size = theme.current().icon_size(self._units)
            self.setFixedSize(size, size)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._icon:
            icons.paint(QPainter(self), self._icon, tone_text(self._tone), QRectF(self.rect()), units=self._units)


class SectionHeading(QWidget):
    """A bold heading, an optional count and note, and widgets (link buttons) at the right end."""

    def __init__(
        self,
        words: Words,
        *right: QWidget,
        count: int | None = None,
        note: Words = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(words, step="h3")
        self.count = Label("" if count is None else str(count), step="body", tone="text3")
        self.note = Label(note, step="small", tone="text3", elide=True)
        if count is None:
            self.count.hide()  # setVisible(True) would open a window: it has no parent yet
        hbox(self.title, self.count, self.note, STRETCH, *right, space=2, parent=self)
        layout = self.layout()
        assert layout is not None
        if say(note):
            hbox_layout = layout
            hbox_layout.setStretch(2, 100)  # type: ignore[attr-defined]

    def set_count(self, count: int | None) -> None:
        """Show another count, or none."""
        self.count.set_words("" if count is None else str(count))
        self.count.setVisible(count is not None)

    def set_note(self, note: Words) -> None:
        """Show another note."""
        self.note.set_words(note)
