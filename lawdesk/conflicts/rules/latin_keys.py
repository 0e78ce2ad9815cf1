"""The keys of names in Latin letters: see :mod:`lawdesk.conflicts.rules.keys`, whose promise they keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lawdesk.conflicts.rules import latin_pinyin as pinyin
from lawdesk.conflicts.rules.forms import ORGANIZATION, PERSON, NameForm
from lawdesk.conflicts.rules.latin import MOST_WORDS
from lawdesk.conflicts.rules.latin_words import joined_words, plain_tokens
from lawdesk.conflicts.rules.letters import (
    INITIAL,
    ONE_EDIT,
    heads,
    is_slight,
    marks,
    other_names,
    skeleton,
    sound,
    tail_mark,
)
from lawdesk.conflicts.rules.romanized import core_readings, joined_readings

SINGLE_WORD_EDIT = 4


def latin_filed(form: NameForm) -> list[str]:
    """Return the texts of the keys under which a known Latin name is filed."""
    found = ["=" + "".join(plain_tokens(form.tokens)), "=" + form.text, *_sounds_of(form, "C", "H")]
    person, chinese = form.kind == PERSON, pinyin.spelled_chinese(form)
    for telling in _tellings(form):
        beside = [_filed_beside(word, person, chinese) for word in telling]
        sign = "s" if len(telling) == 1 else "m"
        for i, word in enumerate(telling):
            found.append(sign + word)
            start, heard = f"t{skeleton(word)} ", f"u{sound(word)} "
            for j, (consonants, initials) in enumerate(beside):
                if i != j:
                    found += [start + mark for mark in consonants]
                    found += [heard + mark for mark in initials]
        if len(telling) == 1:
            found += ["s" + rest for rest in _letters_less(telling[0])]
            found.append(f"s{skeleton(telling[0])}|")
    return found


def latin_asked(form: NameForm) -> Iterator[tuple[str, float]]:
    """Yield the texts of the keys under which an asked Latin name is looked up, each with its ceiling."""
    yield "=" + "".join(plain_tokens(form.tokens)), 1.0
    yield "=" + form.text, 1.0
    spelled = pinyin.PINYIN_ORGANIZATION + pinyin.PINYIN_IN_FULL + pinyin.PINYIN_PLACE
    for text in _sounds_of(form, "c", "h"):
        yield text, pinyin.PINYIN_PERSON if text[0] == "w" else spelled
    chinese = pinyin.spelled_chinese(form)
    for telling in _tellings(form):
        for i, word in enumerate(telling):
            start, heard = f"t{skeleton(word)} ", f"u{sound(word)} "
            for j, other in enumerate(telling):
                if i != j:
                    for mark, most in _beside(other, chinese).items():
                        yield (heard if mark[0] in _BY_INITIAL else start) + mark, most
        if len(telling) == 1:
            yield "m" + telling[0], 0.82
            for one in {telling[0], *other_names(telling[0])}:
                yield "s" + one, 0.94
            yield from (("s" + rest, 0.94) for rest in _letters_less(telling[0]))
            yield "s" + skeleton(telling[0]) + "|", 0.94
        else:
            yield from (("s" + word, 0.82) for word in telling if len(word) > 2)


def _tellings(form: NameForm) -> Iterator[tuple[str, ...]]:
    """Yield the words by which a name is met, and a person's with the small words joined."""
    yield form.telling[:MOST_WORDS]
    if form.kind == PERSON and (joined := joined_words(form.tokens)):
        yield joined[:MOST_WORDS]


@lru_cache(maxsize=16_384)
def _filed_beside(word: str, person: bool, chinese: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the marks a word leaves beside another one, and those of its initial: by it alone one of a person's
    name is met, and one in which a wrong letter leaves nothing else."""
    if len(word) == 1:
        return (), (*marks(word), *(_INITIALS[chinese] + head for head in heads(word)))
    by_initial = person or is_slight(word)
    return tuple(marks(word)), tuple(_INITIALS[chinese] + head for head in heads(word)) if by_initial else ()


_INITIALS = ("0", "8")
"""Before the initial of a word of other names, and of such as are spelled as Chinese ones."""
_BY_INITIAL = "018"
"""What the marks begin with that go by initials: beside them the other word must sound the same."""


@lru_cache(maxsize=4_096)
def _beside(word: str, chinese: bool) -> Mapping[str, float]:
    """Return the marks by which a word beside another one is looked up, each with the best score it leads to."""
    if len(word) == 1:  # J. Smith: every name on file that begins so
        by_initial = {mark + head: 0.94 * INITIAL for head in heads(word) for mark in _INITIALS}
        return {**by_initial, **{"1" + head: 0.94 for head in heads(word)}}
    found = dict.fromkeys((mark for one in other_names(word) for mark in marks(one)), 0.94)
    own = dict.fromkeys(marks(word), 0.94)
    for head in heads(word):
        found["1" + head] = 0.94 * INITIAL
        if is_slight(word):
            found |= {mark + head: 0.94 * ONE_EDIT for mark in (_INITIALS[:1] if chinese else _INITIALS)}
    if len(skeleton(word)) > 1:
        own.setdefault(tail_mark(word), 0.94 * ONE_EDIT)
    return {**own, **found}


def _letters_less(word: str) -> Iterator[str]:
    if len(word) >= SINGLE_WORD_EDIT:
        yield from {word[:i] + word[i + 1 :] for i in range(len(word))}


def _sounds_of(form: NameForm, whole: str, begun_so: str) -> list[str]:
    """Return what a Latin name is called as a Chinese person and as a Chinese trade name.

    As a trade name it is filed under other signs than it is asked by: only Chinese names ask for those. Two Latin
    names meet by their letters, and every Silva has syllables that no Chinese name is meant by.
    """
    words = pinyin.spoken_words(form.tokens)
    joined = joined_readings(words)
    called = core_readings(words) | joined
    found = ["w" + " ".join(one) for one in pinyin.near_readings(words)]
    if called:
        begun = called if form.kind == ORGANIZATION else joined  # a longer trade name is filed by sounds in pairs
        found += [whole + " ".join(one) for one in {pinyin.folded(one) for one in called}]
        found += [begun_so + " ".join(one) for one in {pinyin.folded(one[:2]) for one in begun}]
    return found
