"""Comparing names in Latin letters, with each other and with the pinyin of Chinese names."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, permutations, product

from lawdesk.conflicts.rules.forms import PERSON, NameForm, plain_tokens, telling_tokens
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.kernel.chinese import toneless

SAME_ORGANIZATION, SAME_WITHOUT_FORM, SAME_PERSON = 0.97, 0.94, 0.94
OTHER_ORDER, JOINED, PART, INITIALS, TYPO, TYPO_PART = 0.92, 0.88, 0.82, 0.76, 0.80, 0.66
PINYIN_PERSON, PINYIN_ORGANIZATION = 0.82, 0.76
MOST_READINGS = 32
TYPO_LENGTH = 4
Scored = tuple[float, tuple[Reason, ...]]
NOTHING: Scored = (0.0, ())


def compare_latin(asked: NameForm, known: NameForm) -> Scored:
    """Return score and reasons of two names of which at least one is in Latin letters."""
    if not asked.is_latin or not known.is_latin:
        return _against_pinyin(asked, known)
    mine, theirs = plain_tokens(asked.tokens), plain_tokens(known.tokens)
    person = PERSON in (asked.kind, known.kind)
    if asked.tokens == known.tokens:
        return (
            (SAME_PERSON, (reason("name.same_person"),)) if person else (SAME_ORGANIZATION, (reason("name.same"),))
        )
    if mine == theirs:
        return SAME_WITHOUT_FORM, (reason("latin.form"),)
    if sorted(mine) == sorted(theirs):
        return OTHER_ORDER, (reason("latin.order"),)
    if "".join(mine) == "".join(theirs):
        return JOINED, (reason("latin.joined"),)
    return max(_part(mine, theirs), _paired(mine, theirs), key=lambda scored: scored[0])


def _part(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Scored:
    """Score a name all of whose words are in the other; general words do not count."""
    short, long = (mine, theirs) if len(mine) < len(theirs) else (theirs, mine)
    telling = telling_tokens(short)
    if not set(short) <= set(long) or sum(map(len, telling)) < 3 or not telling:
        return NOTHING
    lacking = [token for token in long if token not in short]
    score = PART if len(telling) > 1 or not telling_tokens(lacking) else TYPO_PART
    return score, (reason("latin.part", words=" ".join(lacking)),)


def _paired(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Scored:
    """Score names of equally many words of which one differs by a letter, or some stand as initials."""
    if len(mine) != len(theirs) or len(mine) > 5:
        return NOTHING
    rest, open_words = list(theirs), []
    for token in mine:
        if token in rest:
            rest.remove(token)
        else:
            open_words.append(token)
    shared = len(mine) - len(open_words)
    telling = bool(telling_tokens(token for token in mine if token in theirs and len(token) > 1))
    if len(open_words) == 1 and (shared == 0 or telling):
        one, other = open_words[0], rest[0]
        if within_one_edit(one, other):
            return TYPO, (reason("latin.typo", asked=one, known=other),)
    if not telling:
        return NOTHING
    said = []
    for one in open_words:
        fitting = [word for word in rest if word[0] == one[0] and 1 in (len(word), len(one))]
        if not fitting:
            return NOTHING
        rest.remove(fitting[0])
        said.append(reason("latin.initial", asked=one, known=fitting[0]))
    return INITIALS, tuple(said)


def within_one_edit(one: str, other: str) -> bool:
    """Tell whether two words of at least four letters differ by one letter changed, added, left out or swapped."""
    if min(len(one), len(other)) < TYPO_LENGTH or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = (
            one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
        )
        return swapped or one[start + 1 :] == other[start + 1 :]
    if len(one) > len(other):
        one, other = other, one
    return one[start:] == other[start + 1 :]


@lru_cache(maxsize=8_192)
def joined_pinyin(sounds: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """Return the ways a Chinese name reads in one word, without tones; ü as ``u`` and ``v`` alike."""
    options = [{toneless(one) for one in syllables} for syllables in sounds]
    if not options or not all(options):
        return frozenset()
    spelled = ("".join(parts) for parts in product(*(sorted(option) for option in options)))
    return frozenset(word.replace("v", "u") for word in islice(spelled, MOST_READINGS))


def joined_latin(tokens: tuple[str, ...]) -> frozenset[str]:
    """Return the words a Latin name may be as one pinyin word: its words in any order, or only the first ones."""
    words: set[str] = set()
    for some in {tokens, plain_tokens(tokens)}:  # NV is a legal form, and Nv a given name
        words.update("".join(some[:count]) for count in range(1, min(len(some), 5) + 1))
        if len(some) <= 3:
            words.update("".join(order) for order in permutations(some))
    return frozenset(word.replace("v", "u") for word in words if len(word) >= 4)


def _against_pinyin(asked: NameForm, known: NameForm) -> Scored:
    letters, han = (asked, known) if asked.is_latin else (known, asked)
    if len(han.units) < 2:
        return NOTHING
    shared = joined_pinyin(han.sounds) & joined_latin(letters.tokens)
    if not shared:
        return NOTHING
    said = (reason("latin.pinyin", han="".join(han.units), letters=min(shared)),)
    if han.kind == PERSON:
        wholes = {len("".join(letters.tokens)), len("".join(plain_tokens(letters.tokens)))}
        complete = bool(wholes & set(map(len, shared)))
        return (PINYIN_PERSON if complete else 0.0), (said if complete else ())
    return PINYIN_ORGANIZATION, said
