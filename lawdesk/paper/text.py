"""Chinese and Latin text broken into lines as a Chinese reader expects them.

Chinese breaks between any two characters, except that no line begins with 、。，）》 and the like or ends with
（《「 (GB/T 15834-2011, 5.1). Latin words and numbers stay whole unless one alone is wider than the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lawdesk.paper.fonts import register, split_runs

Line = list[tuple[str, str]]
"""One line as ``(font, text)`` runs."""

_NOT_FIRST = set("、。，．；：？！）〕】》」』〉’”…—％%℃·～,.;:?!)]}>")
_NOT_LAST = set("（〔【《「『〈‘“￥¥＄$([{<№")
_WORD = re.compile(r"[A-Za-z0-9À-ɏͰ-ӿ@#&_'+*/=\\~^|-]+|.", re.DOTALL)
_LONG = 40  # a Latin "word" beyond this many characters may break anywhere (web addresses, hashes)


@cache
def _char_width(font: str, char: str) -> float:
    """Return the width of ``char`` in ``font`` at size 1."""
    face = register(font).face
    return float(face.charWidths.get(ord(char), face.defaultWidth)) / 1000


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of ``text`` in points."""
    return size * sum(_char_width(font, char) for font, run in split_runs(text, bold=bold) for char in run)


def line_width(line: Line, size: float) -> float:
    """Return the width of ``line`` in points."""
    return size * sum(_char_width(font, char) for font, run in line for char in run)


def break_lines(text: str, width: float, size: float, *, bold: bool = False, indent: float = 0) -> list[Line]:
    """Return ``text`` as lines no wider than ``width`` points; line ends inside ``text`` stay.

    ``indent`` points are left free on the first line of each paragraph. At least one line is returned.
    """
    lines: list[Line] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        lines.extend(_break(paragraph, width, size, bold, indent))
    return lines


def _break(paragraph: str, width: float, size: float, bold: bool, indent: float) -> Iterator[Line]:
    current: list[str] = []
    used = indent
    for piece in _pieces(paragraph, width, size, bold):
        wide = text_width(piece, size, bold=bold)
        if current and used + wide > width + 0.01:
            if piece == " ":
                continue
            yield _line(current, bold)
            current, used = [], 0.0
        current.append(piece)
        used += wide
    yield _line(current, bold)


def _line(pieces: list[str], bold: bool) -> Line:
    return split_runs("".join(pieces).rstrip(" "), bold=bold)


def _pieces(paragraph: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """Yield what may not be broken: words, and characters together with the punctuation that clings to them."""
    piece = ""
    for match in _WORD.finditer(paragraph):
        token = match[0]
        if piece and (token[0] in _NOT_FIRST or piece[-1] in _NOT_LAST):
            piece += token
        else:
            yield from _fitting(piece, width, size, bold)
            piece = token
    yield from _fitting(piece, width, size, bold)


def _fitting(piece: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """Yield ``piece`` whole, or in characters where it is longer than any line should hold together."""
    if not piece:
        return
    if len(piece) > 1 and (len(piece) > _LONG or text_width(piece, size, bold=bold) > width):
        yield from piece
    else:
        yield piece
