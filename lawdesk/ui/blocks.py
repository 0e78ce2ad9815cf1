"""What a page shows when there is nothing, when something failed, and while long work runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from lawdesk.kernel import errors
from lawdesk.kernel.i18n import _
from lawdesk.ui import theme
from lawdesk.ui.buttons import Button
from lawdesk.ui.labels import IconLabel, Label
from lawdesk.ui.layouts import STRETCH, hbox, vbox
from lawdesk.ui.tasks import Task
from lawdesk.ui.words import Follows, Words, say


class EmptyState(QWidget):
    """An icon, one sentence, a note and the next step as buttons."""

    def __init__(
        self, icon: str, words: Words, note: Words = "", *buttons: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        mark = IconLabel(icon, tone="text3", units=8)
        self.title = Label(words, step="strong")
        self.note = Label(note, step="small", tone="text2", wrap=bool(say(note)))
        for label in (self.title, self.note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        vbox(
            STRETCH,
            hbox(STRETCH, mark, STRETCH),
            1,
            self.title,
            self.note,
            1,
            hbox(STRETCH, *buttons, STRETCH),
            STRETCH,
            space=1,
            margins=4,
            parent=self,
        )
        if not say(note):
            self.note.hide()


class ErrorBlock(QFrame):
    """A soft red block: what happened, why and what is safe, what to do, and a code to copy."""

    def __init__(
        self,
        error: BaseException | errors.Words,
        *buttons: Button,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("error")
        words = error if isinstance(error, errors.Words) else errors.describe(error)
        self.words = words
        self.setAccessibleName(str(words))
        copy = Button(lambda: _("Copy code {code}").format(code=words.code), self._copy, kind="ghost", small=True)
        self._copied = Label("", step="small", tone="text2")
        rows: list[QWidget] = [Label(words.what, step="strong", tone="red", wrap=True)]
        rows += [Label(text, step="small", wrap=True) for text in (words.why, words.next) if text]
        actions = QWidget()
        hbox(*buttons, copy, self._copied, STRETCH, space=3, parent=actions)
        column = vbox(*rows, actions, space=1.5)
        line = hbox(IconLabel("octagon-alert", tone="red", units=5), column, space=3, margins=(4, 3, 4, 2))
        line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.code)
        self._copied.set_words(_("Copied"))


class Bar(Follows, QWidget):
    """A bar of ``part`` of a whole, on a track; ``mark`` (0–1) draws a target line."""

    def __init__(self, *, name: Words = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self._mark: float | None = None
        self._token = "bar"
        self._name = name
        self.retranslate()
        self.restyle()

    def set_part(self, part: float, *, mark: float | None = None, token: str = "bar") -> None:
        """Show ``part`` (0 to 1)."""
        self._part, self._mark, self._token = min(1.0, max(0.0, part)), mark, token
        self.setAccessibleDescription(f"{round(self._part * 100)} %")
        self.update()

    def retranslate(self) -> None:
        if hasattr(self, "_name"):
            self.setAccessibleName(say(self._name))

    def restyle(self) -> None:
        self.setFixedHeight(theme.u(2) if hasattr(self, "_part") else 8)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = max(4.0, self.height() * 0.75)
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.setBrush(theme.color("neutral_soft"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        if self._part > 0:
            painter.setBrush(theme.color(self._token))
            painter.drawRoundedRect(
                QRectF(0, track.y(), max(height, track.width() * self._part), height), height / 2, height / 2
            )
        if self._mark is not None:
            x = round(self.width() * self._mark)
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), theme.color("text2"))


class Ongoing(Protocol):
    """Work that says where it is (step, steps, words) and that it ended, as Qt signals."""

    progressed: Any
    finished: Any


class ProgressRow(QWidget):
    """A sentence with n of m, a bar, cancel and the time left. Hides when the task ends; never blocks the page.

    ``task`` is a task or whatever else says ``progressed`` and ``finished``, then with ``stop`` to end it;
    ``begun`` is when it began (monotonic), if not now; ``stays`` where nothing else can be done meanwhile.
    """

    def __init__(
        self,
        task: Ongoing,
        words: Words,
        *,
        begun: float = 0.0,
        stop: Callable[[], object] | None = None,
        stays: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._time_left = time_left if not stays else time_to_wait
        self._words = words
        self._begun = begun or time.monotonic()
        self._stop = stop or (task.cancel if isinstance(task, Task) else None)
        self.sentence = Label(words, elide=True)
        self.bar = Bar(name=words)
        self.bar.set_part(0, token="accent")
        self.note = Label("", step="small", tone="text2")
        cancel = Button(lambda: _("Cancel"), self.cancel, kind="link")
        head = hbox(self.sentence, cancel, space=3)
        head.setStretch(0, 1)
        vbox(head, self.bar, self.note, space=1, parent=self)
        task.progressed.connect(self.at)
        task.finished.connect(self._ended)

    def at(self, step: int, steps: int, words: str) -> None:
        """Show where the work is."""
        parts = [words or say(self._words)]
        if steps:
            parts.append(_("{step} of {steps}").format(step=step, steps=steps))
        self.sentence.set_words(" – ".join(parts))
        self.bar.set_part(step / steps if steps else 0, token="accent")
        if step and steps:
            left = round((time.monotonic() - self._begun) / step * (steps - step))
            self.note.set_words(self._time_left(left))

    def cancel(self) -> None:
        """Stop the work at its next step."""
        if self._stop is not None:
            self._stop()
            self.note.set_words(_("Stopping …"))

    def _ended(self) -> None:
        self._stop = None
        self.hide()


def time_left(seconds: int) -> str:
    """Return "about 20 seconds left" in the language of now."""
    if seconds < 90:
        return _("About {count} seconds left; you may leave this page").format(count=max(1, seconds))
    return _("About {count} minutes left; you may leave this page").format(count=round(seconds / 60))


def time_to_wait(seconds: int) -> str:
    """Return :func:`time_left` where there is no other page to go to."""
    if seconds < 90:
        return _("About {count} seconds left").format(count=max(2, seconds))
    return _("About {count} minutes left").format(count=round(seconds / 60))


def hatch_brush(ratio: float = 1.0, *, token: str = "hatch") -> QBrush:
    """Return the hatching of rest days: one tiled pixmap. Set the brush origin to the widget's corner.

    A line of one pixel every 1.5 units, in ``token``; put a plate under text on it.
    """
    side = max(4, theme.u(1.5))
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(token), 1))
    for shift in (-side, 0, side):
        painter.drawLine(shift, side, shift + side, 0)
    painter.end()
    return QBrush(tile)
