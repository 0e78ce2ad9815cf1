"""The pieces keys are made of: sounds as people confuse them, a name with one character more, less or swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, product

from lawdesk.conflicts.rules.alignment import PERSON_GAP_LONG, look_alikes, near_sound
from lawdesk.conflicts.rules.organization_match import NEARLY_AT_MOST
from lawdesk.kernel.chinese import spoken

SHORT = 4
"""Up to this length sounds are keyed as a whole; a longer text with one fault still shares a neighbouring pair."""
Near = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=16_384)
def _near_of(unit: str, syllables: tuple[str, ...]) -> tuple[str, ...]:
    heard = dict.fromkeys(map(near_sound, (*syllables, *spoken(unit))))
    return tuple(heard) or (unit,)


def near_all(units: tuple[str, ...], sounds: Iterable[tuple[str, ...]]) -> Near:
    """Return per unit every folded sound it may have, at any place; what has none stands for itself."""
    return tuple(map(_near_of, units, sounds))


def wholes(near: Near) -> Iterator[str]:
    """Return every way a text may sound."""
    return map(" ".join, product(*near))


def without_one(units: tuple[str, ...], near: Near) -> Iterator[str]:
    """Three without one as written, four without one as they sound: what a shorter name is looked up by."""
    for i in range(len(units)):
        if len(units) == SHORT - 1:
            yield "".join(units[:i] + units[i + 1 :])
        elif len(units) == SHORT:
            yield from wholes(near[:i] + near[i + 1 :])


def pairs(near: Near) -> Iterator[str]:
    """Return every way two neighbours may sound."""
    for first, second in pairwise(near):
        yield from (f"{one} {other}" for one in first for other in second)


def one_more_or_less(
    units: tuple[str, ...], near: Near, *, longer: str, shorter: str, sounding: str, most: float
) -> Iterator[tuple[str, float]]:
    """Look up names with one character more, and with one less."""
    if len(units) == 2:
        yield longer + "".join(units), most
    elif len(units) == SHORT - 1:
        yield from ((longer + sounds, max(most, PERSON_GAP_LONG)) for sounds in wholes(near))
        yield from ((shorter + "".join(units[:i] + units[i + 1 :]), most) for i in range(len(units)))
    elif SHORT <= len(units) <= SHORT + 1:
        for i in range(len(units)):
            yield from ((sounding + sounds, PERSON_GAP_LONG) for sounds in wholes(near[:i] + near[i + 1 :]))


def easily_replaced(units: tuple[str, ...]) -> Iterator[str]:
    """As what replaces each character, without what only hasty eyes take for each other."""
    for i, unit in enumerate(units):
        for other in look_alikes(unit, hasty=False):
            yield "".join((*units[:i], other, *units[i + 1 :]))


def swapped(units: tuple[str, ...]) -> Iterator[str]:
    """Return a text with two neighbours swapped, each pair once."""
    for i in range(len(units) - 1):
        if units[i] != units[i + 1]:
            yield "".join((*units[:i], units[i + 1], units[i], *units[i + 2 :]))


def misheard(units: tuple[str, ...], tail: str) -> Iterator[str]:
    """What is filed so that a mistyped name is found that ends in ``tail``."""
    heard = near_all(units, tuple(map(spoken, units)))
    yield from (f"c{sounds}|{tail}" for sounds in wholes(heard))
    yield from (f"o{rest}|{tail}" for rest in without_one(units, heard))


def mistyped(units: tuple[str, ...], replaced: Iterable[str], tail: str) -> Iterator[tuple[str, float]]:
    """Look up names that end in ``tail`` by what ``units`` may be mistyped for."""
    heard = near_all(units, tuple(map(spoken, units)))
    yield from ((f"c{sounds}|{tail}", NEARLY_AT_MOST) for sounds in wholes(heard))
    yield from ((f"x{one}|{tail}", NEARLY_AT_MOST) for one in (*replaced, *swapped(units)))
    gaps = one_more_or_less(units, heard, longer="o", shorter="x", sounding="c", most=NEARLY_AT_MOST)
    yield from ((f"{text}|{tail}", NEARLY_AT_MOST) for text, _most in gaps)
