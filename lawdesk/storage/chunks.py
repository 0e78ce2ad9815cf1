"""A stream cut into chunks of equal size, the last one told from the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def pieces(stream: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Yield number, whether it is the last, and content of each chunk; an empty stream is one empty chunk."""
    number = 0
    piece = _read_full(stream, size)
    while True:
        following = _read_full(stream, size) if len(piece) == size else b""
        last = not following
        yield number, last, piece
        if last:
            return
        number, piece = number + 1, following


def _read_full(stream: BinaryIO, size: int) -> bytes:
    """Read one chunk, also from streams that give less than asked at a time."""
    parts: list[bytes] = []
    missing = size
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
