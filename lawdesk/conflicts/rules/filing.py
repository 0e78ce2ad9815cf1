"""The rows of the table of keys that names make, packed into whole numbers: the key above, the slot below."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from lawdesk.conflicts.rules.forms import normalise_name
from lawdesk.conflicts.rules.keys import index_keys

KINDS = ("unknown", "person", "organization")
"""What a slot is: a name of a party of such a kind."""
BEARER = 3
"""What a slot is beside the kinds: the party that bears a number."""
SLOT_BITS = 32
Named = tuple[int, str, str]
"""The id of a name, the name, the kind of its party."""


def packed_rows(names: Iterable[Named]) -> array[int]:
    """Return the rows of ``names``: ``key << 32 | slot`` as signed numbers of 64 bits, the slot being four times
    the id of the name, and its place in :data:`KINDS`."""
    rows = array("q")
    for name_id, text, kind in names:
        slot = name_id * 4 + KINDS.index(kind)
        form = normalise_name(text, kind)
        keys = index_keys(form)
        for other in form.also:
            keys |= index_keys(normalise_name(other, kind))
        rows.extend([(key << SLOT_BITS) | slot for key in keys])
    return rows


def rows_as_text(names: Iterable[Named]) -> str:
    """Return :func:`packed_rows` in hexadecimal digits, the way from one process to another."""
    return packed_rows(names).tobytes().hex()


def rows_from_text(text: str) -> array[int]:
    """Return the rows that :func:`rows_as_text` wrote. ValueError for anything else."""
    rows = array("q")
    rows.frombytes(bytes.fromhex(text))
    return rows
