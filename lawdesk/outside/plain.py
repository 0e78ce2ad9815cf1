"""Plain data on its way out of a reader: JSON with a few tags, taken apart without running anything.

A reader that a file took over can answer what it likes; it can lie, but not make this process do something.
Every JSON object is a tag with one key. Known are text, whole numbers, truth, nothing, tuples and lists, maps,
decimals, days, moments, times of day, spans, and the frozen dataclasses the asker names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_READERS: dict[str, Callable[[Any], Any]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "tuple": tuple,
    "map": dict,
}


def encode(value: Any) -> bytes:
    """Return ``value`` as JSON in UTF-8; raises TypeError for what is not plain."""
    return json.dumps(_tagged(value), ensure_ascii=False, allow_nan=False, default=_other).encode(
        "utf-8", "surrogatepass"
    )


def decode(data: bytes, shapes: Iterable[type] = ()) -> Any:
    """Return what :func:`encode` was given; ``shapes`` are the dataclasses allowed to stand in it.

    Raises ValueError for anything else.
    """
    known = {shape.__name__: shape for shape in shapes}

    def made(found: dict[str, Any]) -> Any:
        ((tag, value),) = found.items()
        if (reader := _READERS.get(tag)) is not None:
            return reader(value)
        shape = known[tag]
        if len(value) != len(fields(shape)):
            raise ValueError(tag)
        return shape(*value)

    try:
        return json.loads(data.decode("utf-8", "surrogatepass"), object_hook=made, parse_constant=_no_constant)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError("no plain data") from error


def _tagged(value: Any) -> Any:
    """Put the tags on maps and tuples, which JSON knows by other names; the rest is tagged while it is written."""
    if isinstance(value, dict):
        return {"map": [[_tagged(key), _tagged(inner)] for key, inner in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [_tagged(inner) for inner in value]}
    if isinstance(value, list):
        return [_tagged(inner) for inner in value]
    return _other(value) if is_dataclass(value) else value


def _other(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: [_tagged(getattr(value, field.name)) for field in fields(value)]}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):  # a datetime is a date as well: asked first
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)


def _no_constant(word: str) -> None:
    raise ValueError(word)
