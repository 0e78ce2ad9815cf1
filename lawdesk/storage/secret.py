"""Key material in memory: bytes that are overwritten with zeros when the last one who holds them lets go.

Python frees what nobody holds but leaves its content until something else is written there. This covers what
LawDesk itself makes: keys, parts of keys, what is handed to the database. It cannot cover copies that libraries
make for themselves, what somebody typed, or what the system wrote to the disk as swapped memory.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

_OFFSET = bytes.__basicsize__ - 1 if sys.implementation.name == "cpython" else 0
"""Where in CPython's object the content of bytes begins (the closing zero is counted); 0: not known here."""


class Secret(bytes):
    """Bytes that overwrite themselves; make them with :func:`taken`."""

    __slots__ = ()

    # The defaults are there when Python ends and the module is gone already.
    def __del__(self, overwrite: Callable[..., Any] = ctypes.memset, offset: int = _OFFSET) -> None:
        if offset and len(self) > 1:  # empty bytes and single ones are shared by the whole program
            overwrite(id(self) + offset, 0, len(self))


def taken(fresh: bytes) -> Secret:
    """Return ``fresh`` as a Secret and overwrite it: it was made just now and nobody else may hold it."""
    made = Secret(fresh)
    if type(fresh) is bytes and _OFFSET and len(fresh) > 1:
        ctypes.memset(id(fresh) + _OFFSET, 0, len(fresh))
    return made
