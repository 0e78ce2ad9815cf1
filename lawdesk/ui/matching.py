"""Which characters of a title a query means: as typed, by pinyin and by initials; and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from lawdesk.ui import theme


def match(query: str, text: str) -> tuple[int, ...] | None:
    """Return the positions in ``text`` that ``query`` means, or None.

    In order of trust: the very characters (case and spaces aside), whole or begun syllables of pinyin with
    initials mixed in (``xy``, ``xuyue``, ``xuy`` all mean 栩岳). An empty query matches everything with no mark.
    Imports pypinyin at its first use with Latin letters: call it on the worker.
    """
    wanted = "".join(query.lower().split())
    if not wanted:
        return ()
    lowered = text.lower()
    squeezed = [(index, char) for index, char in enumerate(lowered) if not char.isspace()]
    start = "".join(char for _index, char in squeezed).find(wanted)
    if start >= 0:
        return tuple(index for index, _char in squeezed[start : start + len(wanted)])
    if not wanted.isascii() or not any("\u3400" <= char <= "\u9fff" for char in text):
        return None
    for first in range(len(squeezed)):
        found = _spell(wanted, squeezed, first)
        if found is not None:
            return found
    return None


def warm() -> None:
    """Import what pinyin needs, on the worker, so that the first Latin letter in a combo box does not wait."""
    _readings("岚")


def _spell(wanted: str, chars: list[tuple[int, str]], at: int) -> tuple[int, ...] | None:
    """Match ``wanted`` against the readings of successive characters from ``at``; longest syllable first."""
    if not wanted:
        return ()
    if at >= len(chars):
        return None
    index, char = chars[at]
    for reading in _readings(char):
        for length in range(min(len(reading), len(wanted)), 0, -1):
            if wanted[:length] == reading[:length]:
                rest = _spell(wanted[length:], chars, at + 1)
                if rest is not None:
                    return (index, *rest)
    return None


@lru_cache(maxsize=8192)
def _readings(char: str) -> tuple[str, ...]:
    if char.isascii():
        return (char,)
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in (found[0] if found else ())))


def runs(text: str, marks: Sequence[int]) -> list[tuple[str, bool]]:
    """Return ``text`` cut into runs of marked and unmarked characters."""
    marked = set(marks)
    made: list[tuple[str, bool]] = []
    for index, char in enumerate(text):
        on = index in marked
        if made and made[-1][1] == on:
            made[-1] = (made[-1][0] + char, on)
        else:
            made.append((char, on))
    return made


def paint_marked(
    painter: QPainter,
    rect: QRectF,
    text: str,
    marks: Sequence[int],
    *,
    step: str = "body",
    token: str = "text",
) -> float:
    """Paint one line, the marked characters bold, underlined and in ``accent_text``. Returns the width used."""
    look = theme.current()
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    if not marks:
        shown = look.metrics(step).elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(rect.width()) + 1))
        painter.setFont(look.font(step))
        painter.setPen(look.color(token))
        painter.drawText(rect.adjusted(0, 0, 4, 0), align, shown)
        return float(look.width(step, shown))
    bold = QFont(look.font("strong" if step == "body" else step))
    bold.setUnderline(True)
    x = rect.x()
    for run, on in runs(text, marks):
        used = ("strong" if step == "body" else step) if on else step
        room = rect.right() - x
        if room <= 0:
            break
        shown = look.metrics(used).elidedText(run, Qt.TextElideMode.ElideRight, int(room) + 1)
        painter.setFont(bold if on else look.font(step))
        painter.setPen(look.color("accent_text" if on else token))
        painter.drawText(QRectF(x, rect.y(), room + 4, rect.height()), align, shown)
        x += look.width(used, shown)
    return x - rect.x()
