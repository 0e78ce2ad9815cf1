"""Text of cells made even: width, spaces, Chinese numerals, words that stand for nothing or for the row above."""

from __future__ import annotations

import re
from decimal import Decimal

HALF = str.maketrans({0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20, 0xA0: 0x20})
"""Full-width ASCII and spaces to half-width."""

_DIGITS = {sign: value for value, signs in enumerate(
    ("〇零○", "一壹幺", "二贰两弍", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for sign in signs}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NOTHING = {
    "",
    "-",
    "--",
    "---",
    "—",
    "——",
    "－",
    "/",
    "\\",
    "无",
    "没有",
    "暂无",
    "空",
    "n/a",
    "na",
    "none",
    "null",
    "×",
    "x",
}
_LATER = {
    "待定",
    "未定",
    "另定",
    "另行通知",
    "待补",
    "待补充",
    "待通知",
    "未知",
    "不详",
    "待查",
    "待确认",
    "?",
    "？",
}
_DITTO = {"同上", "同前", "同上行", "同上案", "〃", "″", "''", '"', "“", "”", "々", "do", "ditto"}


def squeeze(text: str) -> str:
    """Return ``text`` without any white space and half-width where it was full-width ASCII."""
    return re.sub(r"\s", "", text.translate(HALF))


def tidy(text: str) -> str:
    """Return ``text`` as kept: outer space off, inner runs of white space made one; width left as typed."""
    return re.sub(r"[\s　]+", " ", text).strip()


def says_nothing(text: str) -> bool:
    """Say whether ``text`` stands for an empty cell: —, /, 无 ..."""
    return squeeze(text).lower() in _NOTHING


def says_later(text: str) -> bool:
    """Say whether ``text`` only promises a value: 待定, 不详 ..."""
    return squeeze(text) in _LATER


def says_ditto(text: str) -> bool:
    """Say whether ``text`` takes the value of the row above: 同上, 〃 ..."""
    return squeeze(text).lower() in _DITTO


def chinese_digits(text: str) -> str:
    """Return ``二〇二四`` as ``2024``: digit by digit; other signs stay."""
    return "".join(str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in text)


def chinese_number(text: str) -> Decimal | None:
    """Return the number ``壹万伍仟``, ``三万五``, ``十二``, ``1万2千`` names; None when it names none.

    A digit after the last unit counts tenths of that unit as people say it: 三万五 is 35,000, but
    三万零五 is 30,005.
    """
    tokens = re.findall(r"\d+(?:\.\d+)?|.", text)
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_unit, zero = 1, False
    for token in tokens:
        if token in _DIGITS or re.fullmatch(r"\d+(?:\.\d+)?", token):
            digit = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token)
            if pending is not None and pending != 0:
                return None
            zero = zero or digit == 0
            pending = digit
        elif token in _UNITS:
            section += (Decimal(1) if pending is None else pending) * _UNITS[token]
            pending, last_unit, zero = None, _UNITS[token], False
        elif token in _BIG:
            section += pending or 0
            if section == 0:
                return None
            total = (
                (total + section) * _BIG[token] if _BIG[token] == 100_000_000 else total + section * _BIG[token]
            )
            section, pending, last_unit, zero = Decimal(0), None, _BIG[token], False
        else:
            return None
    if pending is not None:
        spoken = last_unit > 10 and not zero and 0 < pending < 10
        section += pending * last_unit / 10 if spoken else pending
    return total + section if tokens else None
