"""Whom else a query may mean: the other parties that the same fault would have turned into the very same query, and
those who bear it as it stands.

刘华 with a character left out may be 刘绍华 or 刘少华, and "Smith, J." any J. Smith: no search can tell them apart, and
for a conflict check each of them is a right answer. Both figures are printed, with and without them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from bench.conflict_names import faults
from bench.conflict_names.queries import Query, acronym_of, short
from bench.conflict_names.registry import Entry

Sign = tuple[object, ...]


def _sound(char: str) -> str:
    return faults.plain(char)


def _near(char: str) -> str:
    sound = faults.plain(char)
    for far, close in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("hu", "f")):
        if sound.startswith(far):
            sound = close + sound[len(far) :]
            break
    return sound.removesuffix("g")


def _one_heard(heard: Callable[[str], str]) -> Callable[[str], Iterator[Sign]]:
    """One character of a name only heard."""
    return lambda name: ((name[:i], heard(name[i]), name[i + 1 :]) for i in range(len(name)))


def _one_less(name: str) -> Iterator[Sign]:
    yield (name,)
    yield from ((name[:i] + name[i + 1 :],) for i in range(1, len(name)))


def _swaps(name: str) -> Iterator[Sign]:
    yield (name,)
    yield from ((name[:i] + name[i + 1] + name[i] + name[i + 2 :],) for i in range(len(name) - 1))


def _look_alikes(name: str) -> Iterator[Sign]:
    for i, char in enumerate(name):
        yield from ((name[:i] + other + name[i + 1 :],) for other in (char, *faults.look_alikes_of(char)))


def _pinyin(entry: Entry) -> Iterator[Sign]:
    if len(entry.parts) == 2 and all(ord(char) <= 0x9FA5 for char in entry.name):
        surname, given = entry.parts
        yield (
            "".join(faults.plain(char, surname=len(surname) == 1) for char in surname),
            "".join(map(faults.plain, given)),
        )


def _wade(entry: Entry) -> Iterator[Sign]:
    if len(entry.parts) == 2 and all(ord(char) <= 0x9FA5 for char in entry.name):
        surname, given = entry.parts
        heads = [faults.plain(char, surname=len(surname) == 1) for char in surname]
        yield tuple(faults.wade_giles(one, apostrophes=False) for one in (*heads, *map(faults.plain, given)))


def _initials(entry: Entry) -> Iterator[Sign]:
    words = entry.name.split()
    yield words[0][:1].lower(), words[-1].lower()


def _outer_words(entry: Entry) -> Iterator[Sign]:
    words = entry.name.split()
    yield words[0].lower(), words[-1].lower()


def _brands(entry: Entry) -> Iterator[tuple[str, ...]]:
    """The parts of a company, and those of its other name."""
    if len(entry.parts) == 5:
        yield entry.parts
        if entry.alias_brand:
            yield entry.parts[0], entry.alias_brand, *entry.parts[2:]


def _of_brand(make: Callable[[tuple[str, ...]], Sign]) -> Callable[[Entry], Iterator[Sign]]:
    return lambda entry: (make(parts) for parts in _brands(entry))


def _of_name(make: Callable[[str], Iterable[Sign]]) -> Callable[[Entry], Iterator[Sign]]:
    return lambda entry: (sign for name in (entry.name, *entry.aliases) for sign in make(name))


_BRAND = _of_brand(lambda parts: (parts[1],))
SIGNS: dict[str, Callable[[Entry], Iterable[Sign]]] = {
    "person same sound": _of_name(_one_heard(_sound)),
    "person same sound, other tone": _of_name(_one_heard(_sound)),
    "person near sound": _of_name(_one_heard(_near)),
    "person look-alike": _of_name(_look_alikes),
    "person character missing": _of_name(_one_less),
    "person character added": _of_name(lambda name: ((name,),)),
    "person characters swapped": _of_name(_swaps),
    "alias": _of_name(lambda name: ((name,),)),
    "person pinyin": _pinyin,
    "person pinyin, other order": _pinyin,
    "person pinyin, joined or apart": _pinyin,
    "polyphonic surname": _pinyin,
    "person Wade-Giles": _wade,
    "Latin initials": _initials,
    "Latin middle name absent": _outer_words,
    "company without region": _of_brand(lambda parts: parts[1:4]),
    "company region and trade name": _of_brand(lambda parts: (short(parts[0]), parts[1])),
    "company trade name and trade": _of_brand(lambda parts: parts[1:3]),
    "company trade name alone": _BRAND,
    "company trade name and 公司": _BRAND,
    "company acronym": _of_brand(lambda parts: (acronym_of(parts),)),
}
"""How each ambiguous kind shows a party: parties that share a sign cannot be told apart by such a query."""
_BY_TEXT: dict[str, Callable[[str], Iterable[Sign]]] = {
    "person same sound": _one_heard(_sound),
    "person same sound, other tone": _one_heard(_sound),
    "person near sound": _one_heard(_near),
    "person look-alike": lambda text: ((text,),),
    "alias": lambda text: ((text,),),
    "person character missing": lambda text: ((text,),),
    "person character added": _one_less,
    "person characters swapped": lambda text: ((text,),),
}


def also_meant(entries: list[Entry], queries: list[Query]) -> dict[str, frozenset[str]]:
    """Return, for the queries that may mean others too, whom (refs, the labelled ones left out), by query id."""
    by_ref = {one.ref: one for one in entries}
    found: dict[str, frozenset[str]] = {}
    for kind, signs_of in SIGNS.items():
        asked = [query for query in queries if query.kind == kind]
        if not asked:
            continue
        sorts = {by_ref[query.made_from].sort for query in asked}
        bearers: dict[Sign, set[str]] = defaultdict(set)
        wanted = {query.id: set(_asked_signs(query, by_ref, signs_of)) for query in asked}
        every = set().union(*wanted.values())
        for entry in entries:
            if entry.sort in sorts:
                for sign in signs_of(entry):
                    if sign in every:
                        bearers[sign].add(entry.ref)
        for query in asked:
            others = set().union(*(bearers[sign] for sign in wanted[query.id])) - query.truth
            if others:
                found[query.id] = frozenset(others)
    return found


def _asked_signs(query: Query, by_ref: dict[str, Entry], signs_of: Callable[[Entry], Iterable[Sign]]) -> set[Sign]:
    """Return the signs a query shows: read off its text, or off the party it was made from."""
    if query.kind in _BY_TEXT:
        return set(_BY_TEXT[query.kind](query.text))
    entry = by_ref[query.made_from]
    first = next(iter(signs_of(entry)), None)
    return {first} if first is not None else set()
