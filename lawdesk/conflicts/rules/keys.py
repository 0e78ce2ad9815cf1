"""Keys: two names that :func:`~lawdesk.conflicts.rules.compare.compare_names` finds alike share at least one.

Searching looks up keys and scores what it finds; because of this promise (a test holds it against scoring
everything) nothing is lost. A key is a number of 32 bits, small in a table and quick to compare; two texts that
happen to get the same number cost one comparison more and nothing else.

A key looked up carries a ceiling: no name found by this key alone scores higher. So the search may stop early
without losing anything that would have come before what it has.

=  the whole name                                    x  a trade name as written
w  sounds of a person's name of up to four           c  sounds of a trade name of up to four
d  a person's name of three or four without one      o  the same of a trade name
g  neighbouring sounds of a longer person's name     h  the same of a trade name
b  neighbouring characters of a trade name           a  initials of the words of a long name, three by three
t  skeleton of a Latin word, with marks of another one
u  sound of a Latin word, with the initial of another one
q  a trade name of two characters without one, with what follows
s  the one word of a Latin name, or without a letter  m  a word of several
i  an identifying number
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, product
from zlib import crc32

from lawdesk.conflicts.rules.alignment import (
    LOOK_VALUE,
    PERSON_GAP,
    PERSON_GAP_LONG,
    PERSON_SWAP,
    SAME_PERSON_NAME,
    SOUND_VALUE,
    SWAP,
    look_alikes,
    near_sound,
)
from lawdesk.conflicts.rules.forms import PERSON, NameForm
from lawdesk.conflicts.rules.latin_keys import latin_asked, latin_filed
from lawdesk.conflicts.rules.organization_match import ACRONYM, ACRONYM_LONGER, ALL_ELSE, WITHIN, WITHIN_START
from lawdesk.conflicts.rules.organizations import OrganizationParts, acronym_triples, may_be_acronym, units_of
from lawdesk.conflicts.rules.vocabulary import is_region
from lawdesk.kernel.chinese import spoken

KEY_VERSION = "4"
"""Raised whenever other keys are made of the same name, by rules or word lists: all names are then filed anew."""
SHORT = 4
"""Up to this length sounds are keyed as a whole; a longer text with one fault still shares a neighbouring pair."""
LONGEST_PIECE = 10
_SIGN = 0x80000000
Near = tuple[tuple[str, ...], ...]


def key_of(text: str) -> int:
    """Return the key of a text: a signed number of 32 bits, the same on every machine."""
    return (crc32(text.encode("utf-8", "surrogatepass")) ^ _SIGN) - _SIGN


def index_keys(form: NameForm) -> set[int]:
    """Return the keys under which a known name is filed."""
    # key_of, written out: a million names have nine million keys
    return {(crc32(text.encode("utf-8", "surrogatepass")) ^ _SIGN) - _SIGN for text in _filed(form)}


def query_keys(form: NameForm, *, hasty: bool = True) -> dict[int, float]:
    """Return the keys under which an asked name is looked up, each with its ceiling.

    With ``hasty`` also names that look alike at a hasty glance only; those are hundreds.
    """
    found: dict[int, float] = {}
    for text, ceiling in _asked(form, hasty):
        key = key_of(text)
        if found.get(key, 0.0) < ceiling:
            found[key] = ceiling
    return found


def any_of(form: NameForm) -> set[int]:
    """Return keys of which any one leads to all that all of them lead to: a trade name of three or more inside a
    longer one has all its pairs there."""
    core = form.parts.core if form.parts is not None and not form.parts.thin else ()
    return {key_of("b" + one + other) for one, other in pairwise(core)} if len(core) > 2 else set()


def number_key(number: str) -> int:
    """Return the key of an identifying number as :func:`~.identifiers.identifier_key` writes it."""
    return key_of("i" + number)


def _filed(form: NameForm) -> Iterator[str]:
    if not form.text:
        return
    yield "=" + form.canon
    if not form.searchable:
        return
    if form.is_latin:
        yield from latin_filed(form)
    elif form.kind == PERSON:
        yield from _person_filed(form)
    elif form.parts is not None:
        yield from _organization_filed(form, form.parts)


def _asked(form: NameForm, hasty: bool) -> Iterator[tuple[str, float]]:
    if not form.text:
        return
    yield "=" + form.canon, 1.0
    if not form.searchable:
        return
    if form.is_latin:
        yield from latin_asked(form)
    elif form.kind == PERSON:
        yield from _person_asked(form, hasty)
    elif form.parts is not None:
        yield from _organization_asked(form.parts, hasty, slipped=any(form.slip))


# Persons, Chinese.


def _person_filed(form: NameForm) -> Iterator[str]:
    units = form.units
    near = _near(units, form.sounds)
    if len(units) <= SHORT:
        yield from ("w" + sounds for sounds in _wholes(near))
        yield from ("d" + rest for rest in _without_one(units, near))
    else:
        yield from ("g" + pair for pair in _pairs(near))


def _person_asked(form: NameForm, hasty: bool) -> Iterator[tuple[str, float]]:
    units = form.units
    near = _near(units, form.sounds)
    if len(units) <= SHORT:
        for sounds in _wholes(near):
            yield "w" + sounds, SAME_PERSON_NAME * SOUND_VALUE
    if len(units) >= SHORT:
        for pair in _pairs(near):
            yield "g" + pair, SAME_PERSON_NAME * SOUND_VALUE
    for one in _replaced(units, hasty):
        yield "=" + one, SAME_PERSON_NAME * LOOK_VALUE
    for one in _swapped(units):
        yield "=" + one, SAME_PERSON_NAME * PERSON_SWAP
    for text, most in _one_more_or_less(units, near, longer="d", shorter="=", sounding="w", most=PERSON_GAP):
        # of a name of two every longer one is read: which of them is meant goes by how many bear it
        yield text, most if len(units) == 2 else SAME_PERSON_NAME * most


def _one_more_or_less(
    units: tuple[str, ...], near: Near, *, longer: str, shorter: str, sounding: str, most: float
) -> Iterator[tuple[str, float]]:
    """Look up names with one character more, and with one less."""
    if len(units) == 2:
        yield longer + "".join(units), most
    elif len(units) == SHORT - 1:
        yield from ((longer + sounds, max(most, PERSON_GAP_LONG)) for sounds in _wholes(near))
        yield from ((shorter + "".join(units[:i] + units[i + 1 :]), most) for i in range(len(units)))
    elif SHORT <= len(units) <= SHORT + 1:
        for i in range(len(units)):
            yield from ((sounding + sounds, PERSON_GAP_LONG) for sounds in _wholes(near[:i] + near[i + 1 :]))


# Organizations, Chinese.


def _organization_filed(form: NameForm, parts: OrganizationParts) -> Iterator[str]:
    if parts.branch:
        yield "=" + parts.whole
    if parts.bare:
        yield "r" + parts.bare
    core = parts.core
    yield from _by_core(parts)
    if not parts.thin:
        near = _near(core, form.sounds)
        if len(core) <= SHORT:
            yield from ("c" + sounds for sounds in _wholes(near))
            yield from ("o" + rest for rest in _without_one(core, near))
        else:
            yield from ("h" + pair for pair in _pairs(near))
        if len(core) >= SHORT:
            yield from ("b" + one + other for one, other in pairwise(core))
        yield from _border(parts)
    if not parts.thin and len(parts.core) >= 2:
        yield from ("b" + unit for unit in parts.core if len(unit) > 1)
    yield from ("q" + rest for rest in _one_less(parts))
    yield from ("a" + initials for initials in _acronyms_of(parts))


def _organization_asked(parts: OrganizationParts, hasty: bool, *, slipped: bool) -> Iterator[tuple[str, float]]:
    """Yield the keys of an organization; of one with a slip mended only those of equal trade names."""
    yield "=" + parts.whole, 0.97
    yield from ((text, 0.94) for text in _by_core(parts))
    if not parts.thin:
        yield from ((text, 0.94) for text in _border(parts))
    if not parts.thin and not slipped:
        yield from _core_asked(parts.core)
        yield from (("x" + one, LOOK_VALUE) for one in _replaced(parts.core, hasty))
        yield from (("x" + one, SWAP + ALL_ELSE) for one in _swapped(parts.core))
    if not parts.thin:
        yield from (("x" + part, most) for part, most in _parts_of(parts))
    if parts.bare:
        yield f"q{parts.bare}", 0.7
    for rest in _one_less(parts):
        yield "r" + rest, 0.7
    yield from (("a" + initials, ACRONYM + ACRONYM_LONGER) for initials in _short_for(parts))


def _by_core(parts: OrganizationParts) -> Iterator[str]:
    """The trade name as written. Where the region stands for it, the trade words belong to it: 大安商贸 is not
    大安物流.

    So do they where the trade name is also a region's: 同仁印刷 may be 重庆同仁印刷.
    """
    core = "".join(parts.core)
    if parts.thin or is_region(core):
        yield f"x{core}|{' '.join(sorted((*parts.trades, *parts.soft)))}"
    if not parts.thin:
        yield "x" + core


def _border(parts: OrganizationParts) -> Iterator[str]:
    """The other reading of a trade name that may begin with a region (江山|如画): whole, and the pair there."""
    if parts.other_core:
        yield "x" + "".join(parts.other_core)
        border = len(parts.other_core) - len(parts.core)
        yield "b" + parts.other_core[border - 1] + parts.other_core[border]


def _one_less(parts: OrganizationParts) -> Iterator[str]:
    """A trade name of two without one of them, and what follows; a name cut to this is filed under r."""
    if len(parts.core) == 2 and not parts.thin and not parts.bare and (rest := parts.behind_core):
        yield parts.core[0] + "|" + rest
        yield parts.core[1] + "|" + rest


def _core_asked(core: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    near = _near(core, tuple(map(spoken, core)))
    if len(core) <= SHORT:
        for sounds in _wholes(near):
            yield "c" + sounds, SOUND_VALUE
    if len(core) >= SHORT:
        for pair in _pairs(near):
            yield "h" + pair, SOUND_VALUE
    for one, other in pairwise(core):
        yield "b" + one + other, 0.88
    if len(core) == 1:
        yield "b" + core[0], 0.88
    yield from _one_more_or_less(core, near, longer="o", shorter="x", sounding="c", most=0.88)


def _parts_of(parts: OrganizationParts) -> Iterator[tuple[str, float]]:
    """Return the pieces of a stem that may be the whole trade name of another one, with what each leads to."""
    text, stem = "".join(parts.core), units_of(parts.stem)
    first = max(parts.stem.find(text), 0)
    for start in range(len(stem) - 1):
        most = WITHIN_START if len("".join(stem[:start])) <= first else WITHIN
        for end in range(start + 2, min(len(stem), start + LONGEST_PIECE) + 1):
            piece = "".join(stem[start:end])
            if piece != text:
                yield piece, most
    yield from ((unit, WITHIN_START) for unit in stem if len(unit) > 1 and unit != text)


def _acronyms_of(parts: OrganizationParts) -> Iterator[str]:
    """Return the initials, three in order, of the words of a long name."""
    for some in acronym_triples(parts):
        yield ">" + some
    if may_be_acronym(parts):
        yield "<" + parts.text[:3]


def _short_for(parts: OrganizationParts) -> Iterator[str]:
    """Return under which initials a short name on file would be that may stand for this long one."""
    for some in acronym_triples(parts):
        yield "<" + some
    if may_be_acronym(parts):
        yield ">" + parts.text[:3]


# Pieces.


@lru_cache(maxsize=16_384)
def _near_of(unit: str, syllables: tuple[str, ...]) -> tuple[str, ...]:
    heard = dict.fromkeys(map(near_sound, (*syllables, *spoken(unit))))
    return tuple(heard) or (unit,)


def _near(units: tuple[str, ...], sounds: Iterable[tuple[str, ...]]) -> Near:
    """Return per unit every folded sound it may have, at any place; what has none stands for itself."""
    return tuple(map(_near_of, units, sounds))


def _wholes(near: Near) -> Iterator[str]:
    return map(" ".join, product(*near))


def _without_one(units: tuple[str, ...], near: Near) -> Iterator[str]:
    """Three without one as written, four without one as they sound: what a shorter name is looked up by."""
    for i in range(len(units)):
        if len(units) == SHORT - 1:
            yield "".join(units[:i] + units[i + 1 :])
        elif len(units) == SHORT:
            yield from _wholes(near[:i] + near[i + 1 :])


def _pairs(near: Near) -> Iterator[str]:
    for first, second in pairwise(near):
        yield from (f"{one} {other}" for one in first for other in second)


def _replaced(units: tuple[str, ...], hasty: bool) -> Iterator[str]:
    for i, unit in enumerate(units):
        before, behind = "".join(units[:i]), "".join(units[i + 1 :])
        for other in look_alikes(unit, hasty=hasty):
            yield before + other + behind


def _swapped(units: tuple[str, ...]) -> Iterator[str]:
    for i in range(len(units) - 1):
        if units[i] != units[i + 1]:
            yield "".join((*units[:i], units[i + 1], units[i], *units[i + 2 :]))
