"""Which embedded font draws which character, so that no name becomes a row of boxes.

Noto Sans SC draws what is common; two packed fonts draw some 67,000 rare Chinese characters (see
``resources/fonts/README.md``). A character no font has is written as its code point, e.g. 〔U+323B0〕: that can be
read out to the registry, a box cannot.
"""

from __future__ import annotations

import io
import lzma
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.kernel.resources import resource_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC"
BOLD = "NotoSansSC-Bold"
RARE = ("RareHan-1", "RareHan-2")
"""Fonts of rare characters, in the order they are asked."""

_FILES = {
    REGULAR: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold.ttf",
    **{name: f"{name}.ttf.xz" for name in RARE},
}
_HAN = ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_PLAIN_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " ")
)


class Coverage:
    """The characters a TrueType font has, read from its ``cmap`` without any library."""

    def __init__(self, data: bytes) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(_cmap_ranges(data)):
            self._starts.append(start)
            self._ends.append(end)

    def __contains__(self, char: str) -> bool:
        place = bisect_right(self._starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self._ends[place]


def _cmap_ranges(data: bytes) -> list[tuple[int, int]]:
    """Return the ranges of code points in the font's Unicode cmap of format 12 (32 bit) or else 4 (16 bit)."""
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(tables))
    base = next(offset for tag, _sum, offset, _size in records if tag == b"cmap")
    count = struct.unpack_from(">H", data, base + 2)[0]
    places = [base + struct.unpack_from(">HHL", data, base + 4 + 8 * index)[2] for index in range(count)]
    formats = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    if 12 in formats:
        place = formats[12]
        groups = struct.unpack_from(">L", data, place + 12)[0]
        return [struct.unpack_from(">LL", data, place + 16 + 12 * index) for index in range(groups)]
    place = formats[4]
    segments = struct.unpack_from(">H", data, place + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, place + 14)
    starts = struct.unpack_from(f">{segments}H", data, place + 16 + 2 * segments)
    return [pair for pair in zip(starts, ends, strict=True) if pair[0] != 0xFFFF]


def font_path(name: str) -> Path:
    """Return the shipped file of the font ``name``; those of :data:`RARE` are packed with xz."""
    return resource_path("fonts", _FILES[name])


@cache
def font_data(name: str) -> bytes:
    """Return the TrueType file of the font ``name``, unpacked (rare fonts: some 25 MB, 0.4 s, once)."""
    packed = font_path(name).read_bytes()
    return lzma.decompress(packed) if name in RARE else packed


@cache
def coverage(name: str) -> Coverage:
    """Return the characters the font ``name`` has."""
    return Coverage(font_data(name))


@cache
def font_for(char: str, bold: bool = False) -> str | None:
    """Return the font that draws ``char``, None if no shipped font has it."""
    for name in (BOLD, REGULAR) if bold else (REGULAR,):
        if char in coverage(name):
            return name
    code = ord(char)
    if any(first <= code <= last for first, last in _HAN):
        return next((name for name in RARE if char in coverage(name)), None)
    return None


def missing(text: str) -> str:
    """Return the characters of ``text`` that no shipped font can draw, each once, in order."""
    return "".join(dict.fromkeys(char for char in _printable(text) if font_for(char) is None))


def split_runs(text: str, *, bold: bool = False) -> list[tuple[str, str]]:
    """Split one line of ``text`` into ``(font, text)`` runs by what each font can draw.

    Control and formatting characters are dropped, odd spaces become plain ones, and characters without any font
    are replaced by their code point.
    """
    main = BOLD if bold else REGULAR
    runs: list[tuple[str, str]] = []
    for char in _printable(text):
        font = font_for(char, bold)
        piece = char
        if font is None:
            font, piece = main, f"〔U+{ord(char):04X}〕"
        if runs and runs[-1][0] == font:
            runs[-1] = (font, runs[-1][1] + piece)
        else:
            runs.append((font, piece))
    return runs


def markup(text: str, *, bold: bool = False) -> str:
    """Return ``text`` as reportlab paragraph markup, each run in a font that can draw it."""
    from xml.sax.saxutils import escape

    lines = text.splitlines() or [""]
    return "<br/>".join(
        "".join(f'<font name="{font}">{escape(run)}</font>' for font, run in split_runs(line, bold=bold))
        for line in lines
    )


@cache
def register(name: str) -> TTFont:
    """Make the font ``name`` known to reportlab and return it; embedding takes only the glyphs that are used."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    # reportlab writes characters beyond U+FFFF as five hexadecimal digits, which no reader understands, so that
    # rare names could not be searched or copied; ISO 32000-1, 9.10.3 wants UTF-16BE.
    ttfonts.makeToUnicodeCMap = _unicode_map
    font = ttfonts.TTFont(name, io.BytesIO(font_data(name)) if name in RARE else str(font_path(name)))
    pdfmetrics.registerFont(font)
    return font


def _unicode_map(fontname: str, subset: Iterable[int]) -> str:
    """Return the PDF ToUnicode map for the glyphs 0, 1, 2 ... that stand for the code points ``subset``."""
    codes = [f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)]
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo\n<< /Registry ({fontname})\n/Ordering ({fontname})\n/Supplement 0\n>> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{max(len(codes) - 1, 0):02X}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _printable(text: str) -> str:
    """Return ``text`` without what has no shape: control and format characters, variation selectors."""
    spaced = text.replace("\t", "  ").translate(_PLAIN_SPACES)
    return "".join(char for char in spaced if not _shapeless(char))


@cache
def _shapeless(char: str) -> bool:
    if unicodedata.category(char) in ("Cc", "Cf"):
        return True
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
