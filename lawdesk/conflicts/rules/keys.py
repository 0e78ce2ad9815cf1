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
p  the place of a public body with the beginning or the end of what it is called
C  as c, of a Latin name                            H  as h, of a Latin name
s  the one word of a Latin name, or without a letter  m  a word of several
i  an identifying number
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from lawdesk.conflicts.rules.alignment import (
    LOOK_VALUE,
    PERSON_GAP,
    PERSON_SWAP,
    SAME_PERSON_NAME,
    SOUND_VALUE,
    SWAP,
    look_alikes,
)
from lawdesk.conflicts.rules.bodies import PLACE_AT_MOST
from lawdesk.conflicts.rules.forms import PERSON, NameForm
from lawdesk.conflicts.rules.key_pieces import (
    SHORT,
    easily_replaced,
    misheard,
    mistyped,
    near_all,
    one_more_or_less,
    pairs,
    swapped,
    wholes,
    without_one,
)
from lawdesk.conflicts.rules.latin_keys import latin_asked, latin_filed
from lawdesk.conflicts.rules.organization_match import (
    ACRONYM,
    ACRONYM_LONGER,
    ALL_ELSE,
    NEARLY_AT_MOST,
    WITHIN,
    WITHIN_START,
)
from lawdesk.conflicts.rules.organizations import (
    LONGEST_LEAD,
    OrganizationParts,
    acronym_triples,
    leads,
    may_be_acronym,
    units_of,
    words_alone,
)
from lawdesk.conflicts.rules.vocabulary import is_region
from lawdesk.kernel.chinese import spoken

KEY_VERSION = "4"
"""Raised whenever other keys are made of the same name, by rules or word lists: all names are then filed anew."""
LONGEST_PIECE = 10
_SIGN = 0x80000000


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
    longer one has all its pairs there. A pair that is also asked for another reading is no such key."""
    parts = form.parts
    if parts is None or parts.thin or len(parts.core) < 3:
        return set()
    return {key_of("b" + one + other) for one, other in {*pairwise(parts.core)} - {*_border_pairs(parts)}}


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
    near = near_all(units, form.sounds)
    if len(units) <= SHORT:
        yield from ("w" + sounds for sounds in wholes(near))
        yield from ("d" + rest for rest in without_one(units, near))
    else:
        yield from ("g" + pair for pair in pairs(near))


def _person_asked(form: NameForm, hasty: bool) -> Iterator[tuple[str, float]]:
    units = form.units
    near = near_all(units, form.sounds)
    if len(units) <= SHORT:
        for sounds in wholes(near):
            yield "w" + sounds, SAME_PERSON_NAME * SOUND_VALUE
    if len(units) >= SHORT:
        for pair in pairs(near):
            yield "g" + pair, SAME_PERSON_NAME * SOUND_VALUE
    for one in _replaced(units, hasty):
        yield "=" + one, SAME_PERSON_NAME * LOOK_VALUE
    for one in swapped(units):
        yield "=" + one, SAME_PERSON_NAME * PERSON_SWAP
    for text, most in one_more_or_less(units, near, longer="d", shorter="=", sounding="w", most=PERSON_GAP):
        # of a name of two every longer one is read: which of them is meant goes by how many bear it
        yield text, most if len(units) == 2 else SAME_PERSON_NAME * most


# Organizations, Chinese.


def _organization_filed(form: NameForm, parts: OrganizationParts) -> Iterator[str]:
    if parts.branch:
        yield "=" + parts.whole
    if parts.bare:
        yield "r" + parts.bare
    core = parts.core
    yield from _by_core(parts)
    if not parts.thin:
        near = near_all(core, form.sounds)
        if len(core) <= SHORT:
            yield from ("c" + sounds for sounds in wholes(near))
            yield from ("o" + rest for rest in without_one(core, near))
        else:
            yield from ("h" + pair for pair in pairs(near))
        if len(core) >= SHORT:
            yield from ("b" + one + other for one, other in pairwise(core))
        yield from _border(parts)
    if not parts.thin and len(parts.core) >= 2:
        yield from ("b" + unit for unit in parts.core if len(unit) > 1)
    if parts.thin:
        yield from _body_filed(parts) if parts.body else _leads_filed(parts)
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
        yield from (("x" + one, SWAP + ALL_ELSE) for one in swapped(parts.core))
    if not parts.thin:
        yield from (("x" + part, most) for part, most in _parts_of(parts))
    if parts.thin:
        yield from _body_asked(parts, hasty) if parts.body else _leads_asked(parts)
    elif (rest := parts.behind_core) and not slipped:
        yield from _with_rest(parts.core, rest)
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
    if parts.thin or parts.body or is_region(core):
        yield f"x{core}|{parts.body or ' '.join(sorted((*parts.trades, *parts.soft)))}"
    if not parts.thin:
        yield "x" + core
    if parts.regions and (words := words_alone(parts)):  # and where no place is named
        yield f"x{words}|{' '.join(sorted(parts.trades))}"


def _border(parts: OrganizationParts) -> Iterator[str]:
    """The other reading of a trade name that may begin with a region (江山|如画): whole, and its own pairs."""
    other = parts.other_core
    if other:
        yield "x" + "".join(other)
        yield from ("b" + first + second for first, second in _border_pairs(parts))


def _border_pairs(parts: OrganizationParts) -> list[tuple[str, str]]:
    """Return the neighbours that only the other reading has: at the border, or where it is another run, all."""
    other = parts.other_core
    border = len(other) - len(parts.core)
    if border > 0 and other[border:] == parts.core:
        return [(other[border - 1], other[border])]
    return list(pairwise(other))


def _body_filed(parts: OrganizationParts) -> Iterator[str]:
    """A public body by what its place may be mistyped as, and by its place with either end of its name."""
    if 2 <= len(parts.core) <= PLACE_AT_MOST:
        yield from misheard(parts.core, parts.body)
    yield from _ends_of(parts)


def _body_asked(parts: OrganizationParts, hasty: bool) -> Iterator[tuple[str, float]]:
    if 2 <= len(parts.core) <= PLACE_AT_MOST:
        yield from mistyped(parts.core, _replaced(parts.core, hasty), parts.body)
    yield from ((text, NEARLY_AT_MOST) for text in _ends_of(parts))


def _leads_filed(parts: OrganizationParts) -> Iterator[str]:
    """What may be the trade name of a name that seems to have none, each with what follows."""
    for lead, rest in leads(parts):
        yield f"x{''.join(lead)}|{rest}"
        yield from misheard(lead, rest)


def _leads_asked(parts: OrganizationParts) -> Iterator[tuple[str, float]]:
    for lead, _rest in leads(parts):
        yield from ((text, NEARLY_AT_MOST) for text, _most in _core_asked(lead))
        yield from (("x" + text, NEARLY_AT_MOST) for text in (*easily_replaced(lead), *swapped(lead)))


def _with_rest(core: tuple[str, ...], rest: str) -> Iterator[tuple[str, float]]:
    """Look up names that seem to have no trade name by one that has, and by its beginnings."""
    if 2 <= len(core) <= LONGEST_LEAD:
        yield from mistyped(core, easily_replaced(core), rest)
    for end in range(2, min(len(core) - 1, LONGEST_LEAD) + 1):
        yield f"x{''.join(core[:end])}|{rest}", NEARLY_AT_MOST


def _ends_of(parts: OrganizationParts) -> Iterator[str]:
    place, body = "".join(parts.core), parts.body
    yield f"p{place}|{body[0]}"
    yield f"p{place}|{body[-2:]}"


def _one_less(parts: OrganizationParts) -> Iterator[str]:
    """A trade name of two without one of them, and what follows; a name cut to this is filed under r."""
    if len(parts.core) == 2 and not parts.thin and not parts.bare and (rest := parts.after):
        yield parts.core[0] + "|" + rest
        yield parts.core[1] + "|" + rest


def _core_asked(core: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    near = near_all(core, tuple(map(spoken, core)))
    if len(core) <= SHORT:
        for sounds in wholes(near):
            yield "c" + sounds, SOUND_VALUE
            yield "C" + sounds, SOUND_VALUE
    if len(core) >= SHORT:
        for pair in pairs(near):
            yield "h" + pair, SOUND_VALUE
            yield "H" + pair, SOUND_VALUE
    for one, other in pairwise(core):
        yield "b" + one + other, 0.88
    if len(core) == 1:
        yield "b" + core[0], 0.88
    yield from one_more_or_less(core, near, longer="o", shorter="x", sounding="c", most=0.88)


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


def _replaced(units: tuple[str, ...], hasty: bool) -> Iterator[str]:
    for i, unit in enumerate(units):
        before, behind = "".join(units[:i]), "".join(units[i + 1 :])
        for other in look_alikes(unit, hasty=hasty):
            yield before + other + behind
