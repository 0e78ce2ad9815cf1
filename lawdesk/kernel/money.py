"""Money as whole fen (1/100 yuan): read from what people type, written as people read it. Never floats."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_UNITS = {
    "": 1,
    "元": 1,
    "千": 1_000,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "亿": 100_000_000,
    "亿元": 100_000_000,
}
_PATTERN = re.compile(r"^(?:人民币|RMB|CNY|¥|￥)?(-?[\d,]*\.?\d+)(亿元|万元|千元|亿|万|千|元)?$", re.IGNORECASE)
_WIDE = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


def parse_yuan(text: str) -> int:
    """Return the fen in ``text``: ``8,614,200.00``, ``21.6万``, ``¥500``, full-width digits too.

    Raises ValueError for anything else, and for fractions of a fen.
    """
    compact = re.sub(r"\s", "", text.translate(_WIDE))
    match = _PATTERN.match(compact)
    if not match:
        raise ValueError(f"not an amount of money: {text!r}")
    try:
        fen = Decimal(match[1].replace(",", "")) * _UNITS[match[2] or ""] * 100
    except InvalidOperation as error:
        raise ValueError(f"not an amount of money: {text!r}") from error
    if fen != fen.to_integral_value():
        raise ValueError(f"smaller than one fen: {text!r}")
    return int(fen)


def format_fen(fen: int) -> str:
    """Return ``fen`` as yuan with two decimals and thousands: ``8,614,200.00``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def split_evenly(fen: int, parts: int) -> list[int]:
    """Return ``parts`` amounts that add up to ``fen``; the first ones carry the remainder.

    Raises ValueError when ``parts`` is not positive.
    """
    if parts < 1:
        raise ValueError("at least one part")
    share, rest = divmod(fen, parts)
    return [share + (1 if index < rest else 0) for index in range(parts)]
