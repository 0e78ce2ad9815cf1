"""Identifiers that never change and sort by the moment they were made."""

from __future__ import annotations

import os
import time

_last_ms = 0
_counter = 0


def new_uid() -> str:
    """Return a UUIDv7 (RFC 9562, 5.7) as text; ids made in one process ascend."""
    global _last_ms, _counter
    now = time.time_ns() // 1_000_000
    if now <= _last_ms:
        _counter += 1
        if _counter > 0xFFF:
            _last_ms, _counter = _last_ms + 1, 0
    else:
        _last_ms, _counter = now, 0
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (_last_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | _counter << 64 | 0b10 << 62 | tail
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
