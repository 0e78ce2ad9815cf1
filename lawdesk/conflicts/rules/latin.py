"""Comparing names in Latin letters, with each other and with the pinyin of Chinese names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, product

from lawdesk.conflicts.rules.alignment import near_sound, sounds_near
from lawdesk.conflicts.rules.forms import ORGANIZATION, PERSON, NameForm, plain_tokens, telling_tokens
from lawdesk.conflicts.rules.letters import (
    INITIAL,
    NICKNAME,
    SHARED_NICKNAME,
    SOUND,
    alike,
    edits,
    linked,
    other_names,
    skeleton,
)
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
    readings,
)
from lawdesk.kernel.chinese import spoken, surname_length, toneless

SAME_ORGANIZATION, SAME_WITHOUT_FORM, SAME_PERSON = 0.97, 0.94, 0.94
OTHER_ORDER, MIXED_ORDER, JOINED, ONE_WORD_ONLY = 0.99, 0.78, 0.90, 0.56
PART_OF_PERSON, EACH_MORE_PART, TWO_DOUBTS = 0.975, 0.85, 0.95
WORD_MORE, GENERAL_MORE, GENERAL_DIFFERS = 0.22, 0.03, 0.26
CONFLICT = 0.70
PINYIN_PERSON, PINYIN_OLD, PINYIN_MIXED, PINYIN_BORDERS = 0.84, 0.83, 0.80, 0.74
PINYIN_NEARLY, PINYIN_ORGANIZATION, PINYIN_IN_FULL, PINYIN_OTHERWISE = 0.66, 0.76, 0.03, 0.80
MOST_READINGS = 64
MOST_WORDS = 8
Scored = tuple[float, tuple[Reason, ...]]
NOTHING: Scored = (0.0, ())
_WORD = re.compile(r"[^\W\d_]+")
_SAID = {
    NICKNAME: "latin.nickname",
    SHARED_NICKNAME: "latin.nickname",
    SOUND: "latin.sound",
    INITIAL: "latin.initial",
}


def compare_latin(asked: NameForm, known: NameForm) -> Scored:
    """Return score and reasons of two names of which at least one is in Latin letters."""
    if not asked.is_latin or not known.is_latin:
        return _against_pinyin(asked, known)
    person = ORGANIZATION not in (asked.kind, known.kind)
    mine, theirs = plain_tokens(asked.tokens), plain_tokens(known.tokens)
    same = _same(asked, known, mine == theirs, person=person)
    if same[0]:
        return same
    if person:
        mine, theirs = _once(telling_tokens(mine) or mine), _once(telling_tokens(theirs) or theirs)
    if max(len(mine), len(theirs)) > MOST_WORDS:
        return NOTHING
    if not person:
        return _organizations(mine, theirs)
    found = _persons(mine, theirs)
    if found[0] < PINYIN_OTHERWISE and (spoken := _spoken_alike(asked, known)):
        return PINYIN_OTHERWISE, (reason("latin.pinyin_otherwise", letters=spoken),)
    return found


def _same(asked: NameForm, known: NameForm, but_form: bool, *, person: bool) -> Scored:
    if asked.tokens == known.tokens:
        said = reason("name.same_person" if person else "name.same")
        return (SAME_PERSON if person else SAME_ORGANIZATION), (said,)
    if but_form:
        return SAME_WITHOUT_FORM, (reason("latin.form"),)
    if "".join(plain_tokens(asked.tokens)) == "".join(plain_tokens(known.tokens)) or asked.text == known.text:
        return JOINED, (reason("latin.joined"),)
    return NOTHING


def _spoken_alike(asked: NameForm, known: NameForm) -> str:
    """Return the syllables two spellings of one Chinese name stand for (Mao Tse-tung, Mao Zedong)."""
    shared = readings(spoken_words(asked.tokens)).keys() & readings(spoken_words(known.tokens)).keys()
    return " ".join(min(shared)) if shared else ""


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _paired(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
    """Return the words of two names laid beside each other, best pairs first, and what is left on either side."""
    found = sorted(
        (
            (-alike(one, other), abs(i - j), i, j)
            for i, one in enumerate(mine)
            for j, other in enumerate(theirs)
            if alike(one, other)
        )
    )
    pairs, used, taken = [], set(), set()
    for value, _distance, i, j in found:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((mine[i], theirs[j], -value))
    rest = [word for i, word in enumerate(mine) if i not in used]
    return pairs, rest, [word for j, word in enumerate(theirs) if j not in taken]


def _about(pairs: list[tuple[str, str, float]]) -> tuple[Reason, ...]:
    return tuple(
        reason(_SAID.get(value, "latin.typo"), asked=one, known=other)
        for one, other, value in pairs
        if value < 1.0
    )


def _persons(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Scored:
    pairs, more, lacking = _paired(mine, theirs)
    if not _anchored(pairs, mine, theirs):
        return NOTHING
    value = 1.0
    for _one, _other, worth in pairs:
        value *= worth
    said = _about(pairs)
    if len(pairs) == 1 and max(len(mine), len(theirs)) > 1:
        return ONE_WORD_ONLY, (_lacks(more or lacking),)
    score = SAME_PERSON * value * _order(mine, theirs, pairs)
    if more and lacking:
        told = len(more) + len(lacking) <= len(pairs)
        return (score * CONFLICT, (*said, _differ(more, lacking))) if told else NOTHING
    if more or lacking:
        lack = PART_OF_PERSON * EACH_MORE_PART ** (len(more or lacking) - 1)
        lack *= TWO_DOUBTS if said else 1.0
        return score * lack, (*said, _lacks(more or lacking))
    return (score, said) if said else (score * OTHER_ORDER, (reason("latin.order"),))


def _order(mine: tuple[str, ...], theirs: tuple[str, ...], pairs: list[tuple[str, str, float]]) -> float:
    """Return what the order of the words takes away: nothing where one end was moved to the other."""
    places = [theirs.index(other) for _one, other, _worth in sorted(pairs, key=lambda pair: mine.index(pair[0]))]
    turns = sum(one > other for one, other in pairwise(places))
    return 1.0 if turns == 0 or (turns == 1 and places[-1] < places[0]) else MIXED_ORDER


def _anchored(pairs: list[tuple[str, str, float]], mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one pair of whole words is sure enough to look the other up by; keys are made to the same rule.

    Of a name of one word all rests on it: the other name's word must be the same where that has more of them.
    """
    whole = [pair for pair in pairs if min(len(pair[0]), len(pair[1])) > 1]
    if not whole:
        return False
    if min(len(mine), len(theirs)) > 1:
        return any(
            skeleton(anchor[0]) == skeleton(anchor[1])
            and any(linked(one, other) for one, other, _worth in pairs if (one, other) != anchor[:2])
            for anchor in whole
        )
    one, other, _worth = whole[0]
    if one == other:
        return True
    if max(len(mine), len(theirs)) > 1:
        return False
    return skeleton(one) == skeleton(other) or other in other_names(one) or edits(one, other, 1) == 1


def _differ(more: list[str], lacking: list[str]) -> Reason:
    return reason("latin.differs", asked=" ".join(more), known=" ".join(lacking))


def _lacks(words: list[str]) -> Reason:
    return reason("latin.part", words=" ".join(words))


def _organizations(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Scored:
    own, other = _once(telling_tokens(mine)), _once(telling_tokens(theirs))
    pairs, more, lacking = _paired(own, other)
    letters = sum(min(len(one), len(word)) for one, word, _worth in pairs)
    if not _anchored(pairs, own, other) or (more and lacking) or letters < 3:
        return NOTHING
    value = 1.0
    for _one, _other, worth in pairs:
        value *= worth
    score = SAME_WITHOUT_FORM * value - WORD_MORE * min(len(more or lacking), 2)
    said = _about(pairs)
    if more or lacking:
        said = (*said, _lacks(more or lacking))
    general, others = set(mine) - set(own), set(theirs) - set(other)
    if general - others and others - general:
        score -= GENERAL_DIFFERS
        said = (*said, _differ(sorted(general - others), sorted(others - general)))
    elif general != others:
        score -= GENERAL_MORE
        said = (*said, _lacks(sorted(general ^ others)))
    return score, said or (reason("latin.order"),)


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


def _against_pinyin(asked: NameForm, known: NameForm) -> Scored:
    letters, han = (asked, known) if asked.is_latin else (known, asked)
    if not 2 <= len(han.units) <= 4:
        return NOTHING
    theirs = han_readings(han.sounds)
    if han.kind != PERSON:
        shared = theirs & core_readings(spoken_words(letters.tokens))
        return _organization_spoken(letters, han, min(shared)) if shared else NOTHING
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


def _near(one: Reading, other: Reading) -> bool:
    return len(one) == len(other) and all(map(sounds_near, one, other))


def _organization_spoken(letters: NameForm, han: NameForm, reading: Reading) -> Scored:
    """Score a trade name as it reads; a little more where what is spelled beside it agrees (Chenhu Shili Keji)."""
    assert han.parts is not None
    stem = "".join(toneless(spoken(char)[0]) if spoken(char) else char for char in han.parts.stem).replace(
        "v", "u"
    )
    written = "".join(plain_tokens(letters.tokens))
    more = PINYIN_IN_FULL if len(written) > len("".join(reading)) and written in stem else 0.0
    return PINYIN_ORGANIZATION + more, (_spoken(han, reading),)


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
