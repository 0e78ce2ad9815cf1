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
q  a trade name of two characters without one, with what follows
p  the place of a public body with the beginning or the end of what it is called
s  the one word of a Latin name, or without a letter  m  a word of several
i  an identifying number
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from lawdesk.conflicts.rules import latin
from lawdesk.conflicts.rules.alignment import (
    LOOK_VALUE,
    PERSON_GAP,
    PERSON_SWAP,
    SOUND_VALUE,
    SWAP,
    look_alikes,
)
from lawdesk.conflicts.rules.bodies import PLACE_AT_MOST
from lawdesk.conflicts.rules.forms import PERSON, NameForm, plain_tokens, telling_tokens
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
from lawdesk.conflicts.rules.letters import FIRST_LETTER, INITIAL, initial, marks, other_names, skeleton, tail_mark
from lawdesk.conflicts.rules.organization_match import ACRONYM, ACRONYM_LONGER, ALL_ELSE, NEARLY_AT_MOST
from lawdesk.conflicts.rules.organizations import (
    LONGEST_LEAD,
    OrganizationParts,
    acronym_triples,
    leads,
    may_be_acronym,
    units_of,
)
from lawdesk.conflicts.rules.romanized import core_readings, readings
from lawdesk.conflicts.rules.vocabulary import is_region
from lawdesk.kernel.chinese import spoken

KEY_VERSION = "4"
"""Raised whenever other keys are made of the same name, by rules or word lists: all names are then filed anew."""
SINGLE_WORD_EDIT = 4
LONGEST_PIECE = 10
_SIGN = 0x80000000


def key_of(text: str) -> int:
    """Return the key of a text: a signed number of 32 bits, the same on every machine."""
    return (crc32(text.encode("utf-8", "surrogatepass")) ^ _SIGN) - _SIGN


def index_keys(form: NameForm) -> set[int]:
    """Return the keys under which a known name is filed."""
    # key_of, written out: a million names have nine million keys
    return {(crc32(text.encode("utf-8", "surrogatepass")) ^ _SIGN) - _SIGN for text in _filed(form)}


def query_keys(form: NameForm) -> dict[int, float]:
    """Return the keys under which an asked name is looked up, each with its ceiling."""
    found: dict[int, float] = {}
    for text, ceiling in _asked(form):
        key = key_of(text)
        if found.get(key, 0.0) < ceiling:
            found[key] = ceiling
    return found


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
        yield from _latin_filed(form)
    elif form.kind == PERSON:
        yield from _person_filed(form)
    elif form.parts is not None:
        yield from _organization_filed(form, form.parts)


def _asked(form: NameForm) -> Iterator[tuple[str, float]]:
    if not form.text:
        return
    yield "=" + form.canon, 1.0
    if not form.searchable:
        return
    if form.is_latin:
        yield from _latin_asked(form)
    elif form.kind == PERSON:
        yield from _person_asked(form)
    elif form.parts is not None:
        yield from _organization_asked(form.parts)


# Persons, Chinese.


def _person_filed(form: NameForm) -> Iterator[str]:
    units = form.units
    near = near_all(units, form.sounds)
    if len(units) <= SHORT:
        yield from ("w" + sounds for sounds in wholes(near))
        yield from ("d" + rest for rest in without_one(units, near))
    else:
        yield from ("g" + pair for pair in pairs(near))


def _person_asked(form: NameForm) -> Iterator[tuple[str, float]]:
    units = form.units
    near = near_all(units, form.sounds)
    if len(units) <= SHORT:
        for sounds in wholes(near):
            yield "w" + sounds, SOUND_VALUE
    if len(units) >= SHORT:
        for pair in pairs(near):
            yield "g" + pair, SOUND_VALUE
    for one in _replaced(units):
        yield "=" + one, LOOK_VALUE
    for one in swapped(units):
        yield "=" + one, PERSON_SWAP
    yield from one_more_or_less(units, near, longer="d", shorter="=", sounding="w", most=PERSON_GAP)


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


def _organization_asked(parts: OrganizationParts) -> Iterator[tuple[str, float]]:
    yield "=" + parts.whole, 0.97
    yield from ((text, 0.94) for text in _by_core(parts))
    if not parts.thin:
        yield from _core_asked(parts.core)
        yield from ((text, 0.94) for text in _border(parts))
        yield from (("x" + one, LOOK_VALUE) for one in _replaced(parts.core))
        yield from (("x" + one, SWAP + ALL_ELSE) for one in swapped(parts.core))
    if not parts.thin:
        for part in _parts_of(units_of(parts.stem), parts.core):
            yield "x" + part, 0.88
    if parts.thin:
        yield from _body_asked(parts) if parts.body else _leads_asked(parts)
    elif rest := parts.behind_core:
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


def _border(parts: OrganizationParts) -> Iterator[str]:
    """The other reading of a trade name that may begin with a region (江山|如画): whole, and its own pairs."""
    other = parts.other_core
    if other:
        yield "x" + "".join(other)
        border = len(other) - len(parts.core)
        if other[border:] == parts.core and border > 0:
            yield "b" + other[border - 1] + other[border]
        else:
            yield from ("b" + first + second for first, second in pairwise(other))


def _body_filed(parts: OrganizationParts) -> Iterator[str]:
    """A public body by what its place may be mistyped as, and by its place with either end of its name."""
    if 2 <= len(parts.core) <= PLACE_AT_MOST:
        yield from misheard(parts.core, parts.body)
    yield from _ends_of(parts)


def _body_asked(parts: OrganizationParts) -> Iterator[tuple[str, float]]:
    if 2 <= len(parts.core) <= PLACE_AT_MOST:
        yield from mistyped(parts.core, _replaced(parts.core), parts.body)
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
    if len(core) >= SHORT:
        for pair in pairs(near):
            yield "h" + pair, SOUND_VALUE
    for one, other in pairwise(core):
        yield "b" + one + other, 0.88
    if len(core) == 1:
        yield "b" + core[0], 0.88
    yield from one_more_or_less(core, near, longer="o", shorter="x", sounding="c", most=0.88)


def _parts_of(stem: tuple[str, ...], core: tuple[str, ...]) -> Iterator[str]:
    """Return the pieces of a stem that may be the whole trade name of another one."""
    text = "".join(core)
    for start in range(len(stem) - 1):
        for end in range(start + 2, min(len(stem), start + LONGEST_PIECE) + 1):
            piece = "".join(stem[start:end])
            if piece != text:
                yield piece
    yield from (unit for unit in stem if len(unit) > 1 and unit != text)


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


# Latin names.


def _latin_filed(form: NameForm) -> Iterator[str]:
    words = plain_tokens(form.tokens)
    yield "=" + "".join(words)
    yield "=" + form.text
    yield from _sounds_of(form)
    telling = _telling(words)
    for i, word in enumerate(telling):
        yield ("s" if len(telling) == 1 else "m") + word
        for j, other in enumerate(telling):
            if i != j:
                yield from (f"t{skeleton(word)} {mark}" for mark in marks(other))
                yield f"t{skeleton(word)} 0{initial(other)}"
    if len(telling) == 1:
        yield from ("s" + rest for rest in _letters_less(telling[0]))
        yield "s" + skeleton(telling[0]) + "|"


def _latin_asked(form: NameForm) -> Iterator[tuple[str, float]]:
    words = plain_tokens(form.tokens)
    yield "=" + "".join(words), 1.0
    yield "=" + form.text, 1.0
    for text in _sounds_of(form):
        yield text, latin.PINYIN_PERSON if text[0] == "w" else latin.PINYIN_ORGANIZATION + latin.PINYIN_IN_FULL
    telling = _telling(words)
    for i, word in enumerate(telling):
        for j, other in enumerate(telling):
            if i != j:
                yield from ((f"t{skeleton(word)} {mark}", most) for mark, most in _beside(other).items())
    if len(telling) == 1:
        yield "m" + telling[0], 0.82
        for one in {telling[0], *other_names(telling[0])}:
            yield "s" + one, 0.94
        yield from (("s" + rest, 0.94) for rest in _letters_less(telling[0]))
        yield "s" + skeleton(telling[0]) + "|", 0.94
    else:
        yield from (("s" + word, 0.82) for word in telling if len(word) > 2)


@lru_cache(maxsize=4_096)
def _beside(word: str) -> Mapping[str, float]:
    """Return the marks by which a word beside another one is looked up, each with the best score it leads to."""
    if len(word) == 1:  # J. Smith: every name on file that begins so
        return {"1" + initial(word): 0.94, "0" + initial(word): 0.94 * INITIAL}
    found = dict.fromkeys((mark for one in other_names(word) for mark in marks(one)), 0.94)
    own = dict.fromkeys(marks(word), 0.94)
    if len(skeleton(word)) > 1:
        own[tail_mark(word)] = 0.94 * FIRST_LETTER
    return {"1" + initial(word): 0.94 * INITIAL, **own, **found}


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(telling_tokens(words)))[: latin.MOST_WORDS]


def _letters_less(word: str) -> Iterator[str]:
    if len(word) >= SINGLE_WORD_EDIT:
        yield from {word[:i] + word[i + 1 :] for i in range(len(word))}


def _sounds_of(form: NameForm) -> Iterator[str]:
    """Return what a Latin name is called as a Chinese person and as a Chinese trade name."""
    words = latin.spoken_words(form.tokens)
    yield from ("w" + " ".join(one) for one in {latin.folded(one) for one in readings(words)})
    yield from ("c" + " ".join(one) for one in {latin.folded(one) for one in core_readings(words)})


# Pieces.


def _replaced(units: tuple[str, ...]) -> Iterator[str]:
    for i, unit in enumerate(units):
        before, behind = "".join(units[:i]), "".join(units[i + 1 :])
        for other in look_alikes(unit):
            yield before + other + behind
