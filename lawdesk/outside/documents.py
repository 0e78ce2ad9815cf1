"""The text of documents, as far as it can be read without another program; run by a reader.

Word and Excel files are opened as the archives they are and their XML is stripped of its marks by hand: nothing
is parsed that could call for something else, and no more than :data:`MOST` bytes of any part are unpacked.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import BinaryIO

PLAIN = frozenset({"txt", "csv", "md", "json", "xml", "html", "htm", "eml", "ics", "log"})
OFFICE = frozenset({"docx", "xlsx", "pptx"})
MOST = 20_000_000
_PARTS = re.compile(
    r"(?:word/(?:document|header\d*|footer\d*|footnotes|comments)|xl/sharedStrings|xl/worksheets/sheet\d+"
    r"|ppt/slides/slide\d+)\.xml"
)
_MARK = re.compile(r"<[^>]{0,5000}>")


def readable(name: str, size: int) -> bool:
    """Tell whether the text of such a document can be read here at all."""
    return size <= MOST and name.rpartition(".")[2].lower() in PLAIN | OFFICE


def document_text(name: str, content: bytes) -> str | None:
    """Return the text of a document, None when it is damaged or unpacks to too much."""
    ending = name.rpartition(".")[2].lower()
    try:
        if ending in PLAIN:
            return _decoded(content)
        if ending in OFFICE:
            return _unpacked(BytesIO(content))
    except (
        OSError,
        ValueError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        return None
    return None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-16", "ignore") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""


def _unpacked(stream: BinaryIO) -> str | None:
    found, left = [], MOST
    with zipfile.ZipFile(stream) as archive:
        for part in archive.infolist():
            if not _PARTS.fullmatch(part.filename):
                continue
            with archive.open(part) as inside:
                content = inside.read(left + 1)
            left -= len(content)
            if left < 0:
                return None
            found.append(unescape(_MARK.sub("", content.decode("utf-8", "ignore"))))
    return "\n".join(found)
