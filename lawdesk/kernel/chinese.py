"""Chinese text made comparable: folding to one written form, readings, and what a typed query matches.

The tables in ``resources/chinese/`` are read when first needed (about 10 ms altogether). Characters beyond the
BMP (𬀩, 㛃, 䶮) are single characters here as everywhere.

A reading is pinyin in lower case without its tone, ``v`` standing for ü. A character has several readings only
where one really meets them in names (单 dan, shan): the full lists of dictionaries make strangers sound alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from lawdesk.kernel.resources import resource_path

Readings = tuple[str, ...]

_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})  # marks and invisible characters; never private-use ones,
# in which older systems keep rare characters, nor those that this Python's Unicode does not know yet
_TYPED_AT_MOST = 64
_TONE_MARKS = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "ǖǘǚǜ"}


class SearchKeys(NamedTuple):
    """What is stored beside a name so that it is found by typing: ``xuyue`` and ``xy`` for 栩岳."""

    full: str
    initials: str


def _lines(name: str) -> Iterator[str]:
    text = resource_path("chinese", name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def _simplified() -> dict[int, int]:
    written, meant = _lines("simplified.txt")
    return str.maketrans(written, meant)


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """Return character → its readings with tone digit, the usual one first."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _lines("readings.txt"):
        syllable, chars = line.split(" ")
        table.update(dict.fromkeys(chars, (syllable,)))
    for line in _lines("polyphones.txt"):
        char, *syllables = line.split(" ")
        table[char] = tuple(syllables)
    return table


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return family name → per character the readings (with tone digit) it has as a family name."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in _lines("surnames.txt"):
        name, *syllables = line.split(" ")
        table[name] = (tuple(syllables),) if len(name) == 1 else tuple((one,) for one in syllables)
    return table


def is_han(char: str) -> bool:
    """Tell whether ``char`` is a Chinese character, any plane."""
    code = ord(char)
    return (
        0x3400 <= code < 0x4DC0
        or 0x4E00 <= code < 0xA000
        or 0x20000 <= code < 0x32000
        or 0xF900 <= code < 0xFB00
        or code == 0x3007  # 〇
    )


def to_simplified(text: str) -> str:
    """Return ``text`` with each traditional or variant character in its simplified form, one for one."""
    return text.translate(_simplified())


def fold(text: str) -> str:
    """Return ``text`` in the one form in which names are compared.

    Full width becomes half width (NFKC), capitals small, diacritics and invisible characters go, traditional and
    variant characters become simplified. Spaces and punctuation stay (runs of space become one).
    """
    return " ".join(unicodedata.normalize("NFKC", text).split()).translate(_FOLDED)


def visible(text: str) -> str:
    """Return ``text`` without what nobody sees: ends of lines and tabs become spaces, other control characters and
    marks of direction or of no width, as they come by copying, go."""
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_seen(char))


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf")


def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isprintable() else ""
    compatible = unicodedata.normalize("NFKC", char)
    apart = compatible if all(map(is_han, compatible)) else unicodedata.normalize("NFD", compatible)
    kept = "".join(part for part in apart if unicodedata.category(part) not in _DROPPED)
    return to_simplified(unicodedata.normalize("NFC", kept)).casefold()


@lru_cache(maxsize=16_384)
def spoken(char: str) -> tuple[str, ...]:
    """Return the readings of one character with tone digit (``("dan1", "shan4")``); empty when it has none."""
    return _spoken().get(char, ())


def syllables() -> list[str]:
    """Return every syllable that a character in the tables has, without tone."""
    return sorted({toneless(one) for options in _spoken().values() for one in options})


def surname_length(text: str) -> int:
    """Return how many characters of a Chinese person's name are the family name (1, 2 or 4 by known names)."""
    for length in (4, 2):
        if len(text) > length and text[:length] in _surnames():
            return length
    return 1


@cache
def _compound_starts() -> frozenset[str]:
    return frozenset(name[0] for name in _surnames() if len(name) > 1)


def may_begin_compound(char: str) -> bool:
    """Tell whether a family name of several characters begins with ``char`` (欧 of 欧阳)."""
    return char in _compound_starts()


def spoken_name(text: str) -> tuple[tuple[str, ...], ...]:
    """Return per character the readings with tone digit of a person's name, the family name read as one."""
    first = surname_length(text)
    head = _surnames().get(text[:first])
    if head is None:
        return tuple(spoken(char) for char in text)
    return (*head, *(spoken(char) for char in text[first:]))


def toneless(syllable: str) -> str:
    """Return a syllable without its tone digit."""
    return syllable.rstrip("012345")


def tone_marked(syllable: str) -> str:
    """Return a syllable as it is printed: ``yan4`` → ``yàn``."""
    plain, tone = toneless(syllable), syllable[-1:]
    if tone not in "1234" or not tone:
        return plain.replace("v", "ü")
    spot = next((plain.index(vowel) for vowel in ("a", "e") if vowel in plain), -1)
    if spot < 0:
        spot = plain.index("ou") if "ou" in plain else max((plain.rfind(vowel) for vowel in "aeiouv"), default=-1)
    if spot < 0:
        return plain
    marked = _TONE_MARKS[plain[spot]][int(tone) - 1]
    return (plain[:spot] + marked + plain[spot + 1 :]).replace("v", "ü")


@lru_cache(maxsize=20_000)
def _plain_readings(syllables: tuple[str, ...]) -> Readings:
    return tuple(dict.fromkeys(map(toneless, syllables)))


def pinyin(text: str, *, surname: bool = False) -> tuple[Readings, ...]:
    """Return per character its readings without tone; other characters read as themselves (lower case).

    With ``surname`` the text is a person's name and the family name is read as one (单 shan, 尉迟 yu chi).
    """
    readings = spoken_name(text) if surname else tuple(spoken(char) for char in text)
    return tuple(
        _plain_readings(syllables) or (char.lower(),) for char, syllables in zip(text, readings, strict=True)
    )


def pinyin_initials(text: str, *, surname: bool = False) -> str:
    """Return the first letters of the usual readings: 栩岳 → ``xy``; letters and digits stay, the rest goes."""
    return "".join(options[0][0] for options in pinyin(compact(text), surname=surname))


def search_keys(text: str, *, surname: bool = False) -> SearchKeys:
    """Return the usual reading joined, and its initials, of all letters and characters in ``text``."""
    readings = pinyin(compact(text), surname=surname)
    return SearchKeys("".join(options[0] for options in readings), "".join(options[0][0] for options in readings))


def compact(text: str) -> str:
    """Return ``text`` folded and without spaces, punctuation and symbols: what remains of it in a comparison."""
    return unicodedata.normalize("NFKC", text).translate(_COMPACTED)


class _Folded(dict[int, str]):
    """Character → its folded form, found out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _fold_char(chr(code))
        return found


class _Compacted(dict[int, str]):
    """Character → what of its folded form counts in a comparison."""

    def __missing__(self, code: int) -> str:
        self[code] = found = "".join(char for char in _fold_char(chr(code)) if _counts(char))
        return found


_FOLDED, _COMPACTED = _Folded(), _Compacted()


def _counts(char: str) -> bool:
    return char.isalnum() or is_han(char) or unicodedata.category(char) == "Co"


class _Title(NamedTuple):
    """A title laid out for matching: its compared characters, their readings, their places in the title."""

    chars: str
    readings: tuple[Readings, ...]
    places: tuple[int, ...]


@lru_cache(maxsize=8_192)
def _laid_out(title: str) -> _Title:
    chars: list[str] = []
    readings: list[Readings] = []
    places: list[int] = []
    for place, char in enumerate(title):
        spoken_here = {toneless(one) for one in spoken(char) or spoken(to_simplified(char))}
        for base in _fold_char(char):
            if _counts(base):
                options = spoken_here | {toneless(one) for pair in _surnames().get(base, ()) for one in pair}
                chars.append(base)
                readings.append(tuple(sorted(options, key=len, reverse=True)))
                places.append(place)
    for start in range(len(chars) - 1):  # 尉迟, 长孙: read as the family name they may be
        pair = _surnames().get("".join(chars[start : start + 2]))
        for offset, extra in enumerate(pair or ()):
            plain = tuple(toneless(one) for one in extra)
            readings[start + offset] = tuple(dict.fromkeys((*readings[start + offset], *plain)))
    return _Title("".join(chars), tuple(readings), tuple(places))


def matches_typed(query: str, title: str) -> list[int] | None:
    """Return the places in ``title`` that ``query`` matches (to be underlined), or None.

    A query matches by characters (栩岳), by pinyin, whole or begun (``xuyue``, ``xuy``), by initials (``xy``;
    ``z`` or ``zh``) or mixed (栩yue). Words apart by spaces must each match. Spaces and punctuation in the title
    are passed over. An empty query matches everything at no place.
    """
    words = [part for part in (compact(word) for word in fold(query).split()) if part]
    if not words:
        return [] if not query.strip() else None
    laid = _laid_out(title)
    found: set[int] = set()
    for word in words:
        places = _match_word(word, laid)
        if places is None:
            return None
        found.update(places)
    return sorted({laid.places[index] for index in found})


def _match_word(word: str, laid: _Title) -> list[int] | None:
    at = laid.chars.find(word)
    if at >= 0:
        return list(range(at, at + len(word)))
    if len(word) > _TYPED_AT_MOST or not any(char.isascii() for char in word):
        return None
    dead: set[tuple[int, int]] = set()
    for start in range(len(laid.chars)):
        end = _walk(word, 0, laid, start, dead)
        if end is not None:
            return list(range(start, end))
    return None


def _walk(word: str, done: int, laid: _Title, index: int, dead: set[tuple[int, int]]) -> int | None:
    """Return the index behind the last character matched when ``word`` from ``done`` on matches at ``index``."""
    if done == len(word):
        return index
    if index == len(laid.chars) or (index, done) in dead:
        return None
    steps = {1} if word[done] == laid.chars[index] else set()
    left = len(word) - done
    for reading in laid.readings[index]:
        for spelling in {reading, reading.replace("v", "u")}:
            if word.startswith(spelling, done):
                steps.add(len(spelling))
            elif left < len(spelling) and spelling.startswith(word[done:]):
                steps.add(left)
            if word[done] == spelling[0]:
                steps.add(1)
                if spelling[1:2] == "h" and word[done + 1 : done + 2] == "h":
                    steps.add(2)
    for step in sorted(steps, reverse=True):
        end = _walk(word, done + step, laid, index + 1, dead)
        if end is not None:
            return end
    dead.add((index, done))
    return None
