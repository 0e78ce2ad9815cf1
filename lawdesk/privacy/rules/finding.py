"""Finding one person in free text, under every way the name is written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lawdesk.kernel.chinese import compact, fold, is_han, pinyin, surname_length

ERASED = "〔已删除〕"
"""What stands where somebody's name stood."""
DESTROYED = "〔已销毁〕"
"""The title of a case whose file was destroyed; its number stays in the register."""
_CONTEXT = 12
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\uff21-\uff5a]")


@dataclass(frozen=True)
class Needles:
    """How somebody is written: names compared without spaces and signs, romanised ones word by word, numbers."""

    names: tuple[str, ...]
    latin: tuple[re.Pattern[str], ...]
    numbers: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.names or self.latin or self.numbers)


def needles(names: Collection[str], numbers: Collection[str]) -> Needles:
    """Return what to look for; names of one sign and numbers under five signs would be found everywhere."""
    plain, latin = [], []
    for name in names:
        bare = compact(name)
        if len(bare) < 2:
            continue
        if all(map(is_han, bare)):
            plain.append(bare)
            latin += list(_romanised(bare))
        elif bare.isascii():
            latin.append(_words(fold(name).split()))
        else:
            plain.append(bare)
    bare_numbers = [compact(number) for number in numbers]
    kept = tuple(dict.fromkeys(number for number in bare_numbers if len(number) >= 5))
    patterns = {one.pattern: one for one in latin}
    return Needles(tuple(dict.fromkeys(plain)), tuple(patterns.values()), kept)


def mentions(text: str, wanted: Needles) -> bool:
    """Whether ``text`` names the person; JSON with escaped characters is read as what it says."""
    said = readable(text)
    bare = compact(said)
    if any(name in bare for name in wanted.names) or any(number in bare for number in wanted.numbers):
        return True
    if not wanted.latin or _LATIN.search(said) is None:
        return False  # most texts hold no letter, and need not be folded a second time
    folded = fold(said)
    return any(one.search(folded) for one in wanted.latin)


def excerpt(text: str, wanted: Needles) -> str:
    """Return a little of ``text`` around the first mention, "" where it is not found in one piece."""
    said = _values(text)
    for start, end in _places(said, wanted):
        head, tail = max(0, start - _CONTEXT), min(len(said), end + _CONTEXT)
        return ("…" if head else "") + " ".join(said[head:tail].split()) + ("…" if tail < len(said) else "")
    return ""


def without(text: str, wanted: Needles) -> str:
    """Return ``text`` with every mention replaced by :data:`ERASED`; escaped JSON comes back unescaped."""
    text = readable(text)
    left, at = [], 0
    for start, end in _places(text, wanted):
        if start >= at:
            left += [text[at:start], ERASED]
            at = end
    return "".join([*left, text[at:]])


def readable(text: str) -> str:
    """Return JSON with escaped characters as the characters; other text as it is."""
    if "\\u" not in text or text[:1] not in "{[":
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _values(text: str) -> str:
    """Return the values JSON holds, one after the other; other text as it is."""
    try:
        held = json.loads(text) if text[:1] in "{[" else text
    except ValueError:
        return text
    return " · ".join(_leaves(held))


def _leaves(held: object) -> Iterator[str]:
    if isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _leaves(one)
    elif held is not None and held != "":
        yield str(held)


def _places(text: str, wanted: Needles) -> list[tuple[int, int]]:
    """Return where the person is named: first and last place of each mention, in order."""
    bare, origin = [], []
    for place, char in enumerate(text):
        for kept in compact(char):
            bare.append(kept)
            origin.append(place)
    line, found = "".join(bare), []
    for needle in (*wanted.names, *wanted.numbers):
        at = line.find(needle)
        while at >= 0:
            found.append((origin[at], origin[at + len(needle) - 1] + 1))
            at = line.find(needle, at + 1)
    for one in wanted.latin:
        # fold keeps the length of Latin text but joins runs of space: matched on the text itself instead
        found += [match.span() for match in re.finditer(one.pattern, text, re.IGNORECASE)]
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _romanised(name: str) -> Iterator[re.Pattern[str]]:
    """Yield the usual ways a Chinese name of a person is romanised: Zhang Weiming, Weiming Zhang, zhangweiming."""
    if not 2 <= len(name) <= 4:
        return
    readings = pinyin(name, surname=True)
    first = surname_length(name)
    family = r"\s*".join(_either(one) for one in readings[:first])
    given = r"[\s'’-]*".join(_either(one) for one in readings[first:])
    for parts in ((family, given), (given, family)):
        yield re.compile(rf"(?<![a-z]){parts[0]}[\s,.'’-]*{parts[1]}(?![a-z])")


def _either(readings: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(one) for one in readings) + ")"


def _words(words: list[str]) -> re.Pattern[str]:
    parts = [re.escape(word.strip(".,")) for word in words if word.strip(".,")]
    return re.compile(r"(?<![a-z0-9])" + r"[\s,.'’-]*".join(parts) + r"(?![a-z0-9])")
