"""Single words in Latin letters: their sound, their skeleton, nicknames, and how alike two of them are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lawdesk.kernel.resources import resource_path

SOUND, NICKNAME, ONE_EDIT, TWO_EDITS, SHARED_NICKNAME, INITIAL = 0.97, 0.93, 0.92, 0.84, 0.82, 0.80
FIRST_LETTER, SHORT_EDIT, SPELLED = 0.83, 0.78, 0.97
_ONE_EDIT_FROM, _TWO_EDITS_FROM = 4, 6
_CLASSES = str.maketrans("cqszxjyvwoe", "kkkkkiiffua")
"""First letters that are taken for each other."""
_LEET = str.maketrans("013457", "oieast")
_SOUNDS = (
    (r"^k?s(?=en)|^x", "s"),  # Xenia, Ksenia
    (r"^wr", "r"),
    (r"^abd[aeou]l|^abd[aeou](?=([rsznt])\1)", "abdl"),  # Abdulrahman, Abdurrahman
    (r"^[yji]e(?=[lkvw]|rm|fim|gor)", "e"),  # Yelena, Jelena, Elena
    (r"schtsch|shch|chtch|szcz", "sh"),
    (r"[yji]?[eo](?:v|w|ff)$", "ov"),  # Solovyov, Soloviev, Solowjow
    (r"tsch|tch|cz", "ch"),
    (r"sch|zh|zs|sz", "sh"),
    (r"ph", "f"),
    (r"gh", "h"),
    (r"th", "t"),
    (r"gu(?=i|e[iy])", "g"),
    (r"ck|q|kh|ch(?=[lmnr])|c(?![eiyh])", "k"),
    (r"ks(?!h)", "x"),
    (r"tz|ts|sh|z|c(?=[eiy])", "s"),
    (r"ch", "c"),
    (r"ff$|w", "v"),
    (r"a[eijy]|e[ijy]", "e"),
    (r"oe", "o"),
    (r"ue|ou|oo", "u"),
    (r"ee|ie|iy|ij|yi", "i"),
    (r"[jy]", "i"),
    (r"(.)\1+", r"\1"),
    (r"(?<=.)h", ""),
)
_RULES = tuple((re.compile(pattern), heard) for pattern, heard in _SOUNDS)
_WITHOUT_VOWELS = str.maketrans("c", "k", "aeiou")
_VOWELS = frozenset("aeou")
_HEARD_ZH = re.compile("zh|sch|sh|j|g")
"""What the Russian Ж becomes at the beginning of a word: Zhukov, Schukow, Joukov."""


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return a word as it is heard, one spelling for what several alphabets and countries spell differently."""
    if any(char.isdigit() for char in word) and sum(char.isalpha() for char in word) > len(word) / 2:
        word = word.translate(_LEET)
    for pattern, heard in _RULES:
        word = pattern.sub(heard, word)
    return word


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the consonants of the sound of a word, its first letter kept: what keys are made of."""
    return initial(word) + sound(word)[1:].translate(_WITHOUT_VOWELS)


@lru_cache(maxsize=65_536)
def initial(word: str) -> str:
    """Return what a word begins with: one letter for all that are easily taken for each other (C, K, S; J, Y)."""
    heard = word if word[:1] in _VOWELS else sound(word) or word
    return heard[:1].translate(_CLASSES)


@lru_cache(maxsize=65_536)
def heads(word: str) -> frozenset[str]:
    """Return the initials that may stand for a word: as it is heard, and as it is written (Y for Yelena)."""
    return frozenset({initial(word), word[:1].translate(_CLASSES)})


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in resource_path("chinese", "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, *others = line.split(" ")
            table.setdefault(name, set()).update(others)
    return {name: frozenset(others) for name, others in table.items()}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in resource_path("chinese", "spellings.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for name in (names := line.split(" ")):
                table.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in table.items()}


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for name, others in _nicknames().items():
        for other in others:
            table.setdefault(other, set()).add(name)
    return {name: frozenset(found) for name, found in table.items()}


@lru_cache(maxsize=4_096)
def other_names(word: str) -> frozenset[str]:
    """Return the nicknames of a given name, the names it is a nickname of, their other nicknames, and how it is
    spelled elsewhere (Mohammed, Mehmet)."""
    formal = _formal_names().get(word, frozenset())
    shared = frozenset(other for name in formal for other in _nicknames().get(name, ()))
    spelled = _spellings().get(word, frozenset())
    return (_nicknames().get(word, frozenset()) | formal | shared | spelled) - {word}


def _is_given_name(word: str) -> bool:
    return word in _nicknames() or word in _formal_names()


def edits(one: str, other: str, most: int) -> int:
    """Return how many letters are changed, added, left out or swapped; ``most + 1`` when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> float:
    """Return how alike two words are, 0 when not.

    Words of different beginnings are so only as nicknames, or with one
    wrong first letter."""
    if one == other:
        return 1.0
    if 1 in (len(one), len(other)):
        return INITIAL if one[0] == other[0] else 0.0
    if initial(one) != initial(other):
        return _begun_otherwise(one, other)
    return SOUND if sound(one) == sound(other) else max(_edited(one, other), _nicknamed(one, other))


def _edited(one: str, other: str) -> float:
    shortest = min(len(one), len(other))
    if shortest < _ONE_EDIT_FROM:
        return SHORT_EDIT if shortest > 1 and edits(one, other, 1) == 1 else 0.0
    most = 2 if shortest >= _TWO_EDITS_FROM else 1
    count = edits(one, other, most)
    if count <= most:
        known = _is_given_name(one) and _is_given_name(other)  # Diana, Dana: hardly a slip
        return ONE_EDIT if count == 1 and not known else TWO_EDITS
    return TWO_EDITS if skeleton(one) == skeleton(other) and len(skeleton(one)) >= 3 else 0.0


def _begun_otherwise(one: str, other: str) -> float:
    if min(len(one), len(other)) >= _ONE_EDIT_FROM and tail(one) == tail(other):
        if edits(one, other, 1) == 1:
            return max(FIRST_LETTER, _nicknamed(one, other))
        first, second = _HEARD_ZH.match(one), _HEARD_ZH.match(other)
        if first and second and sound(one[first.end() :]) == sound(other[second.end() :]):
            return ONE_EDIT
    return _nicknamed(one, other)


def tail(word: str) -> str:
    """Return the consonants of a word behind its first letter, by which a wrong first letter is found."""
    return skeleton(word)[1:]


@lru_cache(maxsize=65_536)
def marks(word: str) -> frozenset[str]:
    """Return what is known of a word beside another one: its consonants, and those but each one of them.

    One wrong letter, or two swapped (Sharma, Shamra), leaves one of them as it was; words that share none are not
    told by them. Of a letter alone it is the letter, of two consonants the second one.
    """
    bones = _single(skeleton(word))
    if len(word) == 1:
        return frozenset({"1" + bones})
    if len(bones) < 3:
        return frozenset({bones, tail_mark(word)} if len(bones) > 1 else {bones})
    return frozenset({bones, *(_single(bones[:i] + bones[i + 1 :]) for i in range(len(bones)))})


def _single(bones: str) -> str:
    """Return consonants with each that stands beside itself once: a letter too many may have parted them."""
    return "".join(bone for i, bone in enumerate(bones) if i == 0 or bone != bones[i - 1])


def tail_mark(word: str) -> str:
    """Return the mark by which a word is met that has another first letter."""
    rest = _single(skeleton(word))[1:]
    return rest if len(rest) > 1 else "t" + rest


def is_slight(word: str) -> bool:
    """Tell whether a word has so few consonants that one wrong letter leaves its first one only."""
    return len(_single(skeleton(word))) < 3


def linked(one: str, other: str, *, by_initial: bool, slight: bool) -> bool:
    """Tell whether two alike words can be found by what :func:`marks` says of them; or ``by_initial``, a letter
    alone and if ``slight`` words of few consonants, where the word beside them sounds the same."""
    if 1 in (len(one), len(other)):
        return by_initial and bool(heads(one) & heads(other))
    if marks(one) & marks(other) or other in other_names(one):
        return True
    return by_initial and slight and is_slight(one) and is_slight(other) and bool(heads(one) & heads(other))


def _nicknamed(one: str, other: str) -> float:
    if other not in other_names(one):
        return 0.0
    if other in _spellings().get(one, ()):
        return SPELLED
    direct = other in _nicknames().get(one, ()) or one in _nicknames().get(other, ())
    return NICKNAME if direct else SHARED_NICKNAME
