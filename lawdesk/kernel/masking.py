"""Personal data with the middle hidden: what lists, prints and the command line show by default.

Enough stays to tell two people apart at a glance, not enough to use the number. Nothing here knows what a number
is; :mod:`lawdesk.cases` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lawdesk.kernel.i18n import _

HIDDEN = "*"
_PHONE = re.compile(r"\d(?:[\d\- ]{5,}\d)")
_PLACE = re.compile(
    r"^(?:[^\d]{2,8}?(?:省|自治区|特别行政区))?(?:[^\d]{1,10}?(?:市|州|盟|地区))?(?:[^\d]{1,10}?(?:区|县|旗|市))?"
)
_ENDS = ((15, 4, 4), (11, 3, 4), (7, 1, 2))
"""From so many characters on, so many at the front and at the end stay; shorter ones are hidden whole."""


def mask_number(value: str) -> str:
    """Return a number that names somebody with its middle hidden: ``3101**********1234``, ``138****1234``."""
    bare = value.strip()
    for length, head, tail in _ENDS:
        if len(bare) >= length:
            return bare[:head] + HIDDEN * (len(bare) - head - tail) + bare[-tail:]
    return HIDDEN * len(bare)


def mask_phone(text: str) -> str:
    """Return ``text`` with each telephone number in it hidden in the middle; a name beside it stays."""

    def hide(found: re.Match[str]) -> str:
        digits = [place for place, char in enumerate(found[0]) if char.isdigit()]
        head = 3 if len(digits) >= 11 else 0
        hidden = set(digits[head:-4])
        return "".join(HIDDEN if place in hidden else char for place, char in enumerate(found[0]))

    return _PHONE.sub(hide, text)


def mask_address(text: str) -> str:
    """Return an address down to its district: ``上海市浦东新区****``; else only the first three signs."""
    bare = text.strip()
    if not bare:
        return ""
    found = _PLACE.match(bare)
    kept = found[0] if found is not None and found[0] else bare[: min(3, len(bare) // 2)]
    return kept + HIDDEN * 4


def mask_name(name: str) -> str:
    """Return somebody else's name so that they are not named: ``张**``, ``J***``."""
    bare = name.strip()
    return bare[:1] + HIDDEN * (max(1, len(bare) - 1) if len(bare) <= 4 else 3) if bare else ""


def only_stored() -> str:
    """Return what stands for the name of somebody whose data are only stored (个人信息保护法 art. 47)."""
    return _("[only stored]")


def without_names(text: str, names: Sequence[str]) -> str:
    """Return a text with the names of people who are only stored replaced; Latin names as whole words only."""
    for name in names:
        if name.isascii():
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", lambda _found: only_stored(), text)
        else:
            text = text.replace(name, only_stored())
    return text


def content_without(content: Any, names: Sequence[str]) -> Any:
    """Return what was kept as JSON with the names replaced in its texts, never in its keys."""
    if isinstance(content, str):
        return without_names(content, names)
    if isinstance(content, list):
        return [content_without(one, names) for one in content]
    if isinstance(content, dict):
        return {key: content_without(one, names) for key, one in content.items()}
    return content
