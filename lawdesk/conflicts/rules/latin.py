"""Comparing names in Latin letters, with each other and with the pinyin of Chinese names."""

from __future__ import annotations

from itertools import pairwise, product

from lawdesk.conflicts.rules.forms import ORGANIZATION, PERSON, NameForm
from lawdesk.conflicts.rules.latin_pinyin import (
    NOTHING,
    PINYIN_NEARLY,
    PINYIN_OTHERWISE,
    Scored,
    against_pinyin,
    is_near,
    spelled_chinese,
    spoken_alike,
)
from lawdesk.conflicts.rules.latin_words import joined_words, plain_tokens
from lawdesk.conflicts.rules.letters import (
    INITIAL,
    NICKNAME,
    SHARED_NICKNAME,
    SHORT_EDIT,
    SOUND,
    alike,
    edits,
    is_slight,
    linked,
    other_names,
    skeleton,
    sound,
)
from lawdesk.conflicts.rules.reasons import Reason, reason

SAME_ORGANIZATION, SAME_WITHOUT_FORM, SAME_PERSON = 0.97, 0.94, 0.94
OTHER_ORDER, MIXED_ORDER, JOINED, ONE_WORD_ONLY = 0.99, 0.78, 0.90, 0.56
PART_OF_PERSON, EACH_MORE_PART, TWO_DOUBTS = 0.975, 0.86, 0.95
FIRST_ABSENT = 0.92
"""What two doubts come to where the absent name is the first one (Johannes Lee, Erik John Lee)."""
EACH_INITIAL_MORE = 0.98
"""A second initial that agrees (J.M. Perry) is no further doubt."""
WORD_MORE, GENERAL_MORE, GENERAL_DIFFERS = 0.22, 0.03, 0.26
BEHIND_BRAND, BEFORE_BRAND = 0.11, 0.30
"""A word more behind the same two and more first ones; before the only one that agrees."""
OTHER_CHINESE, MAYBE_CHINESE = 0.70, 0.85
"""Other syllables are another Chinese name, however alike the letters are."""
CONFLICT = 0.70
MOST_WORDS = 8
_SAID = {
    NICKNAME: "latin.nickname",
    SHARED_NICKNAME: "latin.nickname",
    SOUND: "latin.sound",  # and spelled otherwise in other countries, which is worth the same
    INITIAL: "latin.initial",
}


def compare_latin(asked: NameForm, known: NameForm) -> Scored:
    """Return score and reasons of two names of which at least one is in Latin letters."""
    if not asked.is_latin or not known.is_latin:
        return against_pinyin(asked, known)
    person = ORGANIZATION not in (asked.kind, known.kind)
    mine, theirs = plain_tokens(asked.tokens), plain_tokens(known.tokens)
    same = _same(asked, known, mine == theirs, person=person)
    if same[0] > JOINED or (same[0] and not person):
        return same
    if not person:
        return _organizations(asked, known)
    mine, theirs = asked.telling, known.telling
    slight = not (spelled_chinese(asked) and spelled_chinese(known))
    found = max(same, _persons(mine, theirs, slight=slight), key=_score)
    others = [joined_words(form.tokens) for form in (asked, known)]
    if any(others):
        for one, other in product({mine, others[0]}, {theirs, others[1]}):
            found = max(found, _persons(one, other, slight=slight), key=_score)
    return _if_chinese(asked, known, found)


def _score(found: Scored) -> float:
    return found[0]


def _if_chinese(asked: NameForm, known: NameForm, found: Scored) -> Scored:
    """Return what a likeness of persons is worth where one or both of them are spelled as Chinese ones are."""
    score, said = found
    chinese = [spelled_chinese(form) for form in (asked, known)]
    if score < PINYIN_OTHERWISE and (spoken := spoken_alike(asked, known)):
        return PINYIN_OTHERWISE, (reason("latin.pinyin_otherwise", letters=spoken),)
    if all(chinese):
        if score and any(one.code != "latin.order" for one in said) and not spoken_alike(asked, known):
            score *= OTHER_CHINESE
        if score < PINYIN_NEARLY and is_near(asked, known):
            return PINYIN_NEARLY, (reason("latin.sound", asked=asked.raw.strip(), known=known.raw.strip()),)
    elif any(chinese) and any(one.code in _NO_WORD for one in said):
        score *= MAYBE_CHINESE
    return score, said


_NO_WORD = ("latin.nickname", "latin.typo", "latin.sound")


def _same(asked: NameForm, known: NameForm, but_form: bool, *, person: bool) -> Scored:
    if asked.tokens == known.tokens:
        said = reason("name.same_person" if person else "name.same")
        return (SAME_PERSON if person else SAME_ORGANIZATION), (said,)
    if but_form:
        return SAME_WITHOUT_FORM, (reason("latin.form"),)
    if "".join(plain_tokens(asked.tokens)) == "".join(plain_tokens(known.tokens)) or asked.text == known.text:
        return JOINED, (reason("latin.joined"),)
    return NOTHING


def _paired(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
    """Return the words of two names laid beside each other, best pairs first, and what is left on either side."""
    found = sorted(
        (
            (-worth, abs(i - j), i, j)
            for i, one in enumerate(mine)
            for j, other in enumerate(theirs)
            if (worth := alike(one, other))
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


def _persons(mine: tuple[str, ...], theirs: tuple[str, ...], *, slight: bool) -> Scored:
    if max(len(mine), len(theirs)) > MOST_WORDS:
        return NOTHING
    pairs, more, lacking = _paired(mine, theirs)
    if not _anchored(pairs, mine, theirs, slight=slight) or not _short_agree(pairs, more, lacking):
        return NOTHING
    value = _worth_of(pairs)
    said = _about(pairs)
    if len(pairs) == 1 and max(len(mine), len(theirs)) > 1:
        return ONE_WORD_ONLY, (_lacks(more or lacking),)
    score = SAME_PERSON * value * _order(mine, theirs, pairs)
    if more and lacking:
        told = len(more) + len(lacking) <= len(pairs)
        return (score * CONFLICT, (*said, _differ(more, lacking))) if told else NOTHING
    if more or lacking:
        lack = PART_OF_PERSON * EACH_MORE_PART ** (len(more or lacking) - 1)
        if said:
            absent_first = mine[0] in more or theirs[0] in lacking
            lack *= FIRST_ABSENT if absent_first else TWO_DOUBTS
        return score * lack, (*said, _lacks(more or lacking))
    return (score, said) if said else (score * OTHER_ORDER, (reason("latin.order"),))


def _worth_of(pairs: list[tuple[str, str, float]]) -> float:
    value, initials = 1.0, 0
    for _one, _other, worth in pairs:
        initials += worth == INITIAL
        value *= EACH_INITIAL_MORE if worth == INITIAL and initials > 1 else worth
    if len(pairs) > 2 and min(worth for _one, _other, worth in pairs) >= SOUND:
        value **= 2 / len(pairs)  # of three words one spelled otherwise says less than of two
    return value


def _short_agree(pairs: list[tuple[str, str, float]], more: list[str], lacking: list[str]) -> bool:
    """Tell whether beside a short word with a wrong letter all others agree: one alone is too little."""
    edited = sum(worth == SHORT_EDIT for _one, _other, worth in pairs)
    sure = sum(worth >= SOUND for _one, _other, worth in pairs)
    return not edited or (edited == 1 and sure == len(pairs) - 1 > 0 and not (more and lacking))


def _order(mine: tuple[str, ...], theirs: tuple[str, ...], pairs: list[tuple[str, str, float]]) -> float:
    """Return what the order of the words takes away: nothing where one end was moved to the other."""
    places = [theirs.index(other) for _one, other, _worth in sorted(pairs, key=lambda pair: mine.index(pair[0]))]
    turns = sum(one > other for one, other in pairwise(places))
    return 1.0 if turns == 0 or (turns == 1 and places[-1] < places[0]) else MIXED_ORDER


def _anchored(
    pairs: list[tuple[str, str, float]], mine: tuple[str, ...], theirs: tuple[str, ...], *, slight: bool
) -> bool:
    """Tell whether one pair of whole words is sure enough to look the other up by; keys are made to the same rule.

    Of a name of one word all rests on it: the other name's word must be the same where that has more of them.
    """
    whole = [pair for pair in pairs if min(len(pair[0]), len(pair[1])) > 1]
    if not whole:
        return False
    if min(len(mine), len(theirs)) > 1:
        return any(
            skeleton(anchor[0]) == skeleton(anchor[1]) and _links(anchor[:2], pairs, slight=slight)
            for anchor in whole
        )
    one, other, _worth = whole[0]
    if one == other:
        return True
    if max(len(mine), len(theirs)) > 1:
        return False
    return skeleton(one) == skeleton(other) or other in other_names(one) or edits(one, other, 1) == 1


def _links(anchor: tuple[str, str], pairs: list[tuple[str, str, float]], *, slight: bool) -> bool:
    by_initial = sound(anchor[0]) == sound(anchor[1])
    return any(
        linked(one, other, by_initial=by_initial, slight=slight)
        for one, other, _worth in pairs
        if (one, other) != anchor
    )


def _differ(more: list[str], lacking: list[str]) -> Reason:
    return reason("latin.differs", asked=" ".join(more), known=" ".join(lacking))


def _lacks(words: list[str]) -> Reason:
    return reason("latin.part", words=" ".join(words))


def _organizations(asked: NameForm, known: NameForm) -> Scored:
    own, other = asked.telling, known.telling
    if max(len(own), len(other)) > MOST_WORDS:
        return NOTHING
    pairs, more, lacking = _paired(own, other)
    pairs = [pair for pair in pairs if pair[2] != INITIAL or (is_slight(pair[0]) and is_slight(pair[1]))]
    letters = sum(min(len(one), len(word)) for one, word, _worth in pairs)
    if (more and lacking) or letters < 3 or len(pairs) < min(len(own), len(other)):
        return NOTHING
    slight = not (spelled_chinese(asked) and spelled_chinese(known))
    if not _anchored(pairs, own, other, slight=slight) or not _short_agree(pairs, more, lacking):
        return NOTHING
    score = SAME_WITHOUT_FORM * _worth_of(pairs) - _words_more(own, other)
    said = _about(pairs)
    if more or lacking:
        said = (*said, _lacks(more or lacking))
    mine, theirs = plain_tokens(asked.tokens), plain_tokens(known.tokens)
    general, others = set(mine) - set(own), set(theirs) - set(other)
    if general - others and others - general:
        score -= GENERAL_DIFFERS
        said = (*said, _differ(sorted(general - others), sorted(others - general)))
    elif general != others:
        score -= GENERAL_MORE
        said = (*said, _lacks(sorted(general ^ others)))
    return _if_maybe_chinese(asked, known, (score, said or (reason("latin.order"),)))


def _words_more(own: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return what the words take away that only one of two organizations has."""
    short, long = sorted((own, other), key=len)
    more = min(len(long) - len(short), 2)
    if len(short) > 1 and long[: len(short)] == short:
        return BEHIND_BRAND * more
    if len(short) == 1 and more and short[0] != long[0]:
        return BEFORE_BRAND * more
    return WORD_MORE * more


def _if_maybe_chinese(asked: NameForm, known: NameForm, found: Scored) -> Scored:
    """Return the likeness of an organization and what may be a Chinese person: by a letter only, it is less."""
    maybe = any(form.kind == PERSON and spelled_chinese(form) for form in (asked, known))
    if maybe and any(one.code in _NO_WORD for one in found[1]):
        return found[0] * MAYBE_CHINESE, found[1]
    return found
