"""Chinese names in Latin letters: pinyin and Wade-Giles taken back to the syllables they stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from lawdesk.conflicts.rules.vocabulary import vocabulary
from lawdesk.kernel.chinese import fold
from lawdesk.kernel.chinese import syllables as all_syllables

PINYIN, WADE_GILES, MIXED = 0, 1, 2
MOST_SYLLABLES = 4
MOST_READINGS = 24
Reading = tuple[str, ...]

# Wade-Giles without its marks, as it stands in passports and on old papers: initial of pinyin → initial there.
_INITIALS = {
    "zh": "ch",
    "z": "ts",
    "c": "ts",
    "j": "ch",
    "q": "ch",
    "x": "hs",
    "b": "p",
    "d": "t",
    "g": "k",
    "r": "j",
}
_WHOLE = {
    "zi": "tzu",
    "ci": "tzu",
    "si": "ssu",
    "zhi": "chih",
    "chi": "chih",
    "shi": "shih",
    "ri": "jih",
    "er": "erh",
    "you": "yu",
    "yan": "yen",
    "ye": "yeh",
    "he": "ho",
    "ge": "ko",
    "ke": "ko",
    "e": "o",
    "yi": "i",
    "yong": "yung",
    "guo": "kuo",
    "kuo": "kuo",
    "huo": "huo",
    "shuo": "shuo",
    "gui": "kuei",
    "kui": "kuei",
}
_FINALS = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "uo": "o"}
_ASPIRATED = ("p", "t", "k", "q", "c")
"""What Wade-Giles writes with an apostrophe, in pinyin: p', t', k', ch' (also for q), ts' (for c)."""
APOSTROPHE = re.compile("['’‘ʻʼ`]")
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?")


def _wade_giles(syllable: str) -> str:
    return _WHOLE.get(syllable) or _by_parts(syllable)


def _by_parts(syllable: str) -> str:
    start = _INITIAL.match(syllable)
    initial = start.group() if start else ""
    final = syllable[len(initial) :]
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final).replace("v", "u")


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return spelling → the pinyin syllables it may stand for; pinyin itself first."""
    table: dict[str, dict[str, None]] = defaultdict(dict)
    for syllable in all_syllables():
        table[syllable.replace("v", "u")].setdefault(syllable)
        table[syllable].setdefault(syllable)
        if syllable in ("lv", "nv", "lve", "nve"):
            table[syllable.replace("v", "yu")].setdefault(syllable)
    for syllable in all_syllables():
        table[_wade_giles(syllable)].setdefault(syllable)
        table[_by_parts(syllable)].setdefault(syllable)  # kui beside kuei, as it is met
    return {spelling: tuple(found) for spelling, found in table.items()}


def is_syllable(word: str) -> bool:
    """Tell whether a word is one syllable of pinyin or of Wade-Giles."""
    return word in _spellings()


@lru_cache(maxsize=16_384)
def cut(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to cut a word into spelled syllables (xian: xian, xi an), at most four."""
    known = _spellings()
    found: list[tuple[str, ...]] = []

    def walk(done: tuple[str, ...], rest: str) -> None:
        if not rest:
            found.append(done)
        elif len(done) < MOST_SYLLABLES:
            for length in range(min(6, len(rest)), 0, -1):
                if rest[:length] in known:
                    walk((*done, rest[:length]), rest[length:])

    if len(word) <= 6 * MOST_SYLLABLES:
        walk((), word)
    fewest = min(map(len, found), default=0)
    return tuple(sorted((way for way in found if len(way) <= fewest + 1), key=len)[:6])


@dataclass(frozen=True, slots=True)
class Spelled:
    """How a reading is spelled: of how many syllables the family name may be if it stands in front, and if at the
    back (Fang Liuzhi is Fang, Liuzhi and hardly Liu, Zhifang); all in pinyin, all in Wade-Giles, or mixed."""

    front: frozenset[int]
    back: frozenset[int]
    style: int


@lru_cache(maxsize=8_192)
def readings(tokens: tuple[str, ...]) -> Mapping[Reading, Spelled]:
    """Return the syllables, two to four, that a person's Latin name may stand for: family name first or last."""
    if not 1 <= len(tokens) <= MOST_SYLLABLES:
        return {}
    ways = [cut(token) for token in tokens]
    if not all(ways):
        return {}
    known = _spellings()
    found: dict[Reading, Spelled] = {}
    for parts in islice(product(*ways), 8):
        for order in {parts, (parts[-1], *parts[:-1]), (*parts[1:], parts[0])}:
            spelled = [syllable for part in order for syllable in part]
            if not 2 <= len(spelled) <= MOST_SYLLABLES:
                continue
            front = _family(order) if order == parts else frozenset()
            back = _family(order) if order == (parts[-1], *parts[:-1]) else frozenset()
            for one in islice(product(*(known[one] for one in spelled)), MOST_READINGS):
                way, other = Spelled(front, back, _style(one, spelled)), found.get(one)
                found[one] = way if other is None else _either(way, other)
    return found


@lru_cache(maxsize=8_192)
def is_chinese(tokens: tuple[str, ...]) -> bool:
    """Tell whether a person's Latin name is spelled as Chinese ones are, with a family name at one of its ends."""
    return any(
        spelled.style == PINYIN and bool(spelled.front | spelled.back) and reading[0] in vocabulary().latin_family
        for reading, spelled in readings(tokens).items()
    )


def _either(one: Spelled, other: Spelled) -> Spelled:
    return Spelled(one.front | other.front, one.back | other.back, min(one.style, other.style))


def _family(order: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    """Return of how many syllables the family name may be when the words come in this order."""
    if len(order) == 1:
        return frozenset({1, 2})
    first, second = map(len, order[:2])
    return frozenset({1, 2} if len(order) > 2 and first == second == 1 else {first})


def _style(reading: Reading, spelled: Sequence[str]) -> int:
    """Return in which system all of ``spelled`` stands for ``reading``."""
    pairs = list(zip(reading, spelled, strict=True))
    if all(
        written in (syllable, syllable.replace("v", "u"), syllable.replace("v", "yu"))
        for syllable, written in pairs
    ):
        return PINYIN
    return WADE_GILES if all(written in _old_spellings(syllable) for syllable, written in pairs) else MIXED


@lru_cache(maxsize=1_024)
def _old_spellings(syllable: str) -> tuple[str, str]:
    return _wade_giles(syllable), _by_parts(syllable)


def aspirated(reading: Reading, written: str) -> bool:
    """Tell whether a name in Wade-Giles with its apostrophes is ``reading`` (ch'i is qi, chi is ji)."""
    marked = "".join(_wade_giles(one) + "'" * one.startswith(_ASPIRATED) for one in reading)
    letters = fold(APOSTROPHE.sub("'", written))
    return sorted(marked) == sorted(char for char in letters if char.isalpha() or char == "'")


@lru_cache(maxsize=8_192)
def core_readings(tokens: tuple[str, ...]) -> frozenset[Reading]:
    """Return the syllables that runs of words of an organization's Latin name may stand for (Huayan, Hua Yan)."""
    known = _spellings()
    found: set[Reading] = set()
    for start in range(min(len(tokens), 6)):
        for end in range(start + 1, min(len(tokens), start + MOST_SYLLABLES) + 1):
            ways = [cut(token) for token in tokens[start:end]]
            if not all(ways):
                break
            for parts in islice(product(*ways), 2):
                spelled = [syllable for part in parts for syllable in part]
                if 2 <= len(spelled) <= MOST_SYLLABLES:
                    found.update(islice(product(*(known[one][:1] for one in spelled)), 4))
    return frozenset(found)


@lru_cache(maxsize=8_192)
def joined_readings(tokens: tuple[str, ...]) -> frozenset[Reading]:
    """Return the syllables, two to four, that may be the trade name in an organization's name of at least four,
    all in pinyin (beijingchenhukeji)."""
    if len("".join(tokens)) < 2 * MOST_SYLLABLES or not all(cut(one) or _is_long(one) for one in tokens):
        return frozenset()
    found: set[Reading] = set()
    for way in _cut_long("".join(tokens)):
        if len(way) < MOST_SYLLABLES:
            continue
        for start in range(min(len(way) - 1, _BEFORE_TRADE_NAME + 1)):
            found.update(way[start:end] for end in range(start + 2, min(len(way), start + MOST_SYLLABLES) + 1))
    return frozenset(found)


_BEFORE_TRADE_NAME = 4
"""So many syllables a place before the trade name has at most."""


def _is_long(word: str) -> bool:
    return len(word) > 2 * MOST_SYLLABLES and bool(_cut_long(word))


@lru_cache(maxsize=4_096)
def _cut_long(word: str) -> list[Reading]:
    """Return the ways, at most six, to cut a word into syllables of pinyin, however many; the fewest first."""
    known = _pinyin()
    ways: list[list[Reading]] = [[] for _ in word] + [[()]]
    for start in range(len(word) - 1, -1, -1):
        found = [
            (known[piece], *rest)
            for length in range(1, 7)
            if (piece := word[start : start + length]) in known and start + length <= len(word)
            for rest in ways[start + length]
        ]
        ways[start] = sorted(found, key=len)[:6]
    return ways[0]


@cache
def _pinyin() -> dict[str, str]:
    return {spelling: one for one in all_syllables() for spelling in (one.replace("v", "u"), one)}
