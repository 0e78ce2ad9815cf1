"""Public bodies, schools, hospitals and societies that the place alone names: 北京市|教育局, 永州|中医院.

Such a body is another one in another place, whatever else agrees. A slip in its place or in its words is found,
for both are few; a short name (人社局) is told by its characters standing in the full one in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawdesk.conflicts.rules.alignment import LOOK, SAME, SOUND, Alignment, align
from lawdesk.conflicts.rules.vocabulary import PUBLIC, Region, vocabulary
from lawdesk.kernel.chinese import is_han, spoken

PLACE_AT_MOST = 4
"""Longer names of places are compared as they are written."""
_JOINING = str.maketrans("", "", "和与及暨、")
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+")
_LEAST_SHORT = 3


def body_name(tail: str, behind: str, forms: Sequence[str], regions: Sequence[Region]) -> str:
    """Return what the body is called behind its place, in full, or "" for what has a trade name.

    ``tail`` is the name behind the regions, ``behind`` the same without its legal ``forms``.
    """
    words = vocabulary()
    bodies = words.bodies
    kind = words.form_class[forms[0]] if forms else ""
    if tail in bodies.short or (not forms and _ends_as_body(tail)):
        found = bool(regions) or tail in bodies.short or _describes(tail[:-1])
    elif kind in PUBLIC or (regions and kind in ("institute", "cooperative")):
        found = _describes(behind)
        if not found and regions:
            suffix_slip = len(behind) == 1 and kind == "organ" and not regions[-1].suffixed
            found = suffix_slip or bool(bodies.always.at_end(tail)) or _is_damaged(tail)
    else:
        found = bool(regions and behind and not forms) and _is_damaged(tail)
    return full_name(tail) if found else ""


def _ends_as_body(tail: str) -> bool:
    bodies = vocabulary().bodies
    return tail[-1:] in bodies.endings and len(tail) > 1 and not bodies.none.at_end(tail)


def full_name(tail: str) -> str:
    """Return the full name of a body: 法院 is 人民法院, 发展和改革委员会 is 发展改革委员会."""
    name = tail.translate(_JOINING)
    return vocabulary().bodies.short.get(name, name) or tail


def _describes(text: str) -> bool:
    """Tell whether a text is made of words that describe bodies only (实验, 第一, 中西医结合)."""
    words = vocabulary().bodies.words
    while text:
        word = words.at_end(text)
        if not word:
            return False
        text = text[: -len(word)]
    return True


def _is_damaged(tail: str) -> bool:
    """Tell whether a text is the name of a common body with one slip: 人民正府, 人民府, 鸡金会."""
    bodies = vocabulary().bodies
    if len(tail) < _LEAST_SHORT or not all(map(is_han, tail)):
        return False
    if tail in bodies.damaged:
        return True
    for i in range(len(tail)):
        rest = tail[:i] + tail[i + 1 :]
        if (i and rest in bodies.common) or (rest in bodies.damaged and _mended(tail)):
            return True
    return False


def _mended(tail: str) -> bool:
    """Tell whether one other character, or two swapped, make a common body."""
    sounds = tuple(map(spoken, tail))
    for body in vocabulary().bodies.common:
        if len(body) == len(tail) and align(tuple(tail), sounds, tuple(body), tuple(map(spoken, body))):
            return True
    return False


def shares_an_end(one: str, other: str) -> bool:
    """Tell whether two bodies begin with one character or end with the same two: else none is looked up."""
    return one[0] == other[0] or one[-2:] == other[-2:]


def alike_bodies(one: str, other: str) -> Alignment | bool:
    """Return how two bodies of one place are nearly called the same: by a slip, or true for a short name."""
    if not shares_an_end(one, other) or _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    alignment = align(tuple(one), tuple(map(spoken, one)), tuple(other), tuple(map(spoken, other)))
    if alignment is not None:
        return alignment
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_SHORT or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def alike_places(one: tuple[str, ...], other: tuple[str, ...], *, both_listed: bool) -> Alignment | None:
    """Return the alignment of the places two bodies are called by, one of which may be mistyped.

    Of two places that exist one is meant for the other only when they sound or look the same.
    """
    if max(len(one), len(other)) > PLACE_AT_MOST or min(len(one), len(other)) < 2:
        return None
    found = align(one, tuple(map(spoken, one)), other, tuple(map(spoken, other)))
    if found is None or (both_listed and not {pair.kind for pair in found.pairs} <= {SAME, SOUND, LOOK}):
        return None
    return found
