"""Comparing names in Latin letters with Chinese ones as they read, and among themselves as pinyin."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from lawdesk.conflicts.rules.alignment import near_sound, sounds_near
from lawdesk.conflicts.rules.forms import ORGANIZATION, PERSON, NameForm
from lawdesk.conflicts.rules.latin_words import plain_tokens
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.romanized import (
    APOSTROPHE,
    MIXED,
    PINYIN,
    WADE_GILES,
    Reading,
    Spelled,
    aspirated,
    core_readings,
    is_chinese,
    joined_readings,
    readings,
)
from lawdesk.kernel.chinese import spoken, surname_length, toneless

PINYIN_PERSON, PINYIN_OLD, PINYIN_MIXED, PINYIN_BORDERS = 0.84, 0.83, 0.79, 0.74
PINYIN_NEARLY, PINYIN_ORGANIZATION, PINYIN_IN_FULL, PINYIN_OTHERWISE = 0.66, 0.76, 0.03, 0.80
PINYIN_PLACE = 0.02
PINYIN_BEGINS = 0.06
"""What it takes away that a trade name only begins so: the trade may not have been told from it."""
MOST_READINGS = 64
Scored = tuple[float, tuple[Reason, ...]]
NOTHING: Scored = (0.0, ())
_WORD = re.compile(r"[^\W\d_]+")


def is_near(asked: NameForm, known: NameForm) -> bool:
    """Tell whether two names in pinyin sound nearly alike as Chinese ones."""
    if not near_readings(spoken_words(asked.tokens)) & near_readings(spoken_words(known.tokens)):
        return False
    mine, theirs = (readings(spoken_words(form.tokens)) for form in (asked, known))
    return any(_near(one, other) for one in mine for other in theirs)


@lru_cache(maxsize=4_096)
def near_readings(tokens: tuple[str, ...]) -> frozenset[Reading]:
    """Return what a person's Latin name reads as, the sounds folded that people confuse."""
    return frozenset(map(folded, readings(tokens)))


def spelled_chinese(form: NameForm) -> bool:
    """Tell whether a Latin name may be a Chinese person's in pinyin."""
    return is_chinese(spoken_words(form.tokens))


def spoken_alike(asked: NameForm, known: NameForm) -> str:
    """Return the syllables two spellings of one Chinese name stand for (Mao Tse-tung, Mao Zedong)."""
    shared = readings(spoken_words(asked.tokens)).keys() & readings(spoken_words(known.tokens)).keys()
    return " ".join(min(shared)) if shared else ""


@lru_cache(maxsize=8_192)
def han_readings(sounds: tuple[tuple[str, ...], ...]) -> frozenset[Reading]:
    """Return the ways a Chinese name reads, without tones."""
    options = [sorted({toneless(one) for one in syllables}) for syllables in sounds]
    if not options or not all(options):
        return frozenset()
    return frozenset(islice(product(*options), MOST_READINGS))


def spoken_words(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a Latin name that may be pinyin: all (NV is a legal form, and Nv a given name), or in a
    long name those that are no legal form."""
    return tokens if len(tokens) <= 4 else plain_tokens(tokens)


def folded(reading: Reading) -> Reading:
    """Return a reading with the sounds folded that people confuse."""
    return tuple(map(near_sound, reading))


def against_pinyin(asked: NameForm, known: NameForm) -> Scored:
    """Return score and reasons of two names of which one is in Latin letters and the other Chinese."""
    letters, han = (asked, known) if asked.is_latin else (known, asked)
    if han.kind != PERSON:
        return _organization_against(letters, han)
    if not 2 <= len(han.units) <= 4:
        return NOTHING
    theirs = han_readings(han.sounds)
    mine = readings(spoken_words(letters.tokens))
    if same := theirs & mine.keys():
        worth, best = max((_worth(letters, han, one, mine[one]), one) for one in same)
        return worth, (_spoken(han, best),)
    misread = tuple((*syllables, *spoken(unit)) for syllables, unit in zip(han.sounds, han.units, strict=True))
    if same := han_readings(misread) & mine.keys():
        return PINYIN_BORDERS, (_spoken(han, min(same)),)
    close = sorted(one for one in mine if any(_near(one, other) for other in theirs))
    if not close:
        return NOTHING
    return PINYIN_NEARLY, (reason("latin.pinyin_near", han="".join(han.units), letters=" ".join(close[0])),)


def _organization_against(letters: NameForm, han: NameForm) -> Scored:
    """Compare with a trade name of two to four characters, or with what a longer one begins with."""
    words = spoken_words(letters.tokens)
    joined = joined_readings(words) if _in_full(letters, han) else frozenset()
    if 2 <= len(han.units) <= 4:
        shared = han_readings(han.sounds) & (core_readings(words) | joined)
        return _organization_spoken(letters, han, min(shared)) if shared else NOTHING
    runs = joined | (core_readings(words) if letters.kind == ORGANIZATION else frozenset())
    for size in (4, 3, 2) if len(han.units) > 4 and runs else ():
        if shared := han_readings(han.sounds[:size]) & runs:
            score, said = _organization_spoken(letters, han, min(shared))
            return score - PINYIN_BEGINS, said
    return NOTHING


def _near(one: Reading, other: Reading) -> bool:
    return len(one) == len(other) and all(map(sounds_near, one, other))


def _organization_spoken(letters: NameForm, han: NameForm, reading: Reading) -> Scored:
    """Score a trade name as it reads; a little more where what is spelled beside it agrees (Chenhu Shili Keji,
    Hangzhou Chenhu)."""
    assert han.parts is not None
    more = 0.0
    if len("".join(plain_tokens(letters.tokens))) > len("".join(reading)):
        more += PINYIN_IN_FULL if _in_full(letters, han) else 0.0
        places = {_read(region.short) for region in han.parts.regions}
        more += PINYIN_PLACE if places & set(letters.tokens) else 0.0
    return PINYIN_ORGANIZATION + more, (_spoken(han, reading),)


def _in_full(letters: NameForm, han: NameForm) -> bool:
    """Tell whether all that is spelled reads as a run of the Chinese name."""
    return "".join(plain_tokens(letters.tokens)).replace("lv", "lu").replace("nv", "nu") in _read(han.text)


def _read(text: str) -> str:
    return "".join(toneless(spoken(char)[0]) if spoken(char) else char for char in text).replace("v", "u")


def _spoken(han: NameForm, reading: Reading) -> Reason:
    return reason("latin.pinyin", han="".join(han.units), letters=" ".join(reading).replace("v", "ü"))


def _worth(letters: NameForm, han: NameForm, reading: Reading, spelled: Spelled) -> float:
    """Return what it is worth that a person's Latin name reads as a Chinese one: by the place of the family name
    and by the system it is spelled in."""
    front = _family_in_front(letters.raw)
    places = {True: spelled.front, False: spelled.back, None: spelled.front | spelled.back}[front]
    if surname_length(han.text) not in places:
        return PINYIN_BORDERS
    if spelled.style == WADE_GILES and APOSTROPHE.search(letters.raw) and not aspirated(reading, letters.raw):
        return PINYIN_MIXED
    return {PINYIN: PINYIN_PERSON, WADE_GILES: PINYIN_OLD, MIXED: PINYIN_MIXED}[spelled.style]


def _family_in_front(raw: str) -> bool | None:
    """Tell whether the family name stands in front, when a comma or capitals say so (ZHANG San; San ZHANG)."""
    if "," in raw or "，" in raw:
        return True
    words = _WORD.findall(raw)
    capitals = [i for i, word in enumerate(words) if len(word) > 1 and word.isupper()]
    if len(capitals) != 1 or len(words) < 2 or capitals[0] not in (0, len(words) - 1):
        return None
    return capitals[0] == 0
