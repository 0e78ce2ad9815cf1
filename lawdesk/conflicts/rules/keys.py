"""Keys: two names that :func:`~lawdesk.conflicts.rules.compare.compare_names` finds alike share at least one.

Searching looks up keys and scores what it finds; because of this promise (a test holds it against scoring
everything) nothing is lost. Keys are short texts, so that a table ``(key, party)`` can hold them as well as a
dictionary in memory.

=  the whole name              p  a person's sounds, whole or without one character
g  neighbouring sounds of a long person's name
b  a trade name's sounds, whole or without one character
c  neighbouring characters (as sounds) of a trade name, to be found by longer names
s  the same of the whole stem, to be found by shorter names
a  first and a later character of a stem, for acronyms
j  pinyin in one word          t  a Latin word, whole or without one letter
x  all Latin words joined
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from lawdesk.conflicts.rules.alignment import near_sound
from lawdesk.conflicts.rules.forms import PERSON, NameForm, plain_tokens
from lawdesk.conflicts.rules.latin import TYPO_LENGTH, joined_latin, joined_pinyin
from lawdesk.conflicts.rules.organizations import OrganizationParts, units_of
from lawdesk.kernel.chinese import is_han, spoken

SHORT_ENOUGH = 4
"""Up to this length sounds are keyed as a whole; a longer text with one fault still shares a neighbouring pair."""
_ACRONYM_LENGTHS = range(3, 7)


def index_keys(form: NameForm) -> frozenset[str]:
    """Return the keys under which a known name is filed."""
    return frozenset(_keys(form, asked=False))


def query_keys(form: NameForm) -> frozenset[str]:
    """Return the keys under which an asked name is looked up."""
    return frozenset(_keys(form, asked=True))


def _keys(form: NameForm, *, asked: bool) -> Iterator[str]:
    if not form.text:
        return
    yield "=" + form.canon
    if not form.searchable:
        return
    if form.is_latin:
        yield from _latin_keys(form)
        return
    yield from ("j" + word for word in joined_pinyin(form.sounds))
    if form.kind == PERSON:
        near = _near(form.units, form.sounds)
        yield from _whole_or_less("p", near)
        if len(near) >= SHORT_ENOUGH:
            yield from ("g" + pair for pair in _pairs(near))
    elif form.parts is not None:
        yield from _organization_keys(form, form.parts, asked=asked)


def _organization_keys(form: NameForm, parts: OrganizationParts, *, asked: bool) -> Iterator[str]:
    yield "=" + parts.whole
    cores: set[str] = set()
    for core in form.cores:
        near = _near(core, tuple(spoken(unit) for unit in core))
        yield from _whole_or_less("b", near)
        cores.update(_pairs(near))
        if len(core) == 1:
            cores.add(core[0])
    stem = units_of(parts.stem)
    stems = (
        cores | set(_pairs(_near(stem, tuple(spoken(unit) for unit in stem)))) | {u for u in stem if len(u) > 1}
    )
    within, around = ("s", "c") if asked else ("c", "s")
    yield from (within + key for key in cores)
    yield from (around + key for key in stems)
    yield from _acronym_keys(parts, asked=asked)


def _acronym_keys(parts: OrganizationParts, *, asked: bool) -> Iterator[str]:
    """Either side may be the acronym: ``a>`` files the long name, ``a<`` the short one."""
    long, short = ("a<", "a>") if asked else ("a>", "a<")
    if len(parts.stem) >= _ACRONYM_LENGTHS.start + 2:
        yield from (long + parts.stem[0] + char for char in set(parts.stem[1:]))
    if len(parts.text) in _ACRONYM_LENGTHS and all(map(is_han, parts.text)):
        yield short + parts.text[:2]


def _latin_keys(form: NameForm) -> Iterator[str]:
    words = plain_tokens(form.tokens)
    yield "x" + "".join(words)
    yield from ("j" + word for word in joined_latin(form.tokens))
    for word in words:
        yield "t" + word
        if len(word) >= TYPO_LENGTH:
            yield from ("t" + word[:i] + word[i + 1 :] for i in range(len(word)))


def _near(units: tuple[str, ...], sounds: tuple[tuple[str, ...], ...]) -> tuple[frozenset[str], ...]:
    """Return per unit every folded sound it may have, at any place; what has none stands for itself."""
    return tuple(
        frozenset(map(near_sound, (*syllables, *spoken(unit)))) or frozenset({unit})
        for unit, syllables in zip(units, sounds, strict=True)
    )


def _whole_or_less(sort: str, near: tuple[frozenset[str], ...]) -> Iterator[str]:
    if not 2 <= len(near) <= SHORT_ENOUGH:
        if len(near) == 1:
            yield from (sort + one for one in near[0])
        return
    for sounds in product(*near):
        yield sort + " ".join(sounds)
        yield from (sort + " ".join(sounds[:i] + sounds[i + 1 :]) for i in range(len(sounds)))


def _pairs(near: tuple[frozenset[str], ...]) -> Iterator[str]:
    for first, second in pairwise(near):
        yield from (f"{one} {other}" for one in first for other in second)
