"""The search: which filed names may be the asked one. It loses nothing that scoring every name would find.

Where the names lie (a table of keys, or memory) is behind :class:`Names`. Candidates are scored in the order of
the best that their keys promise, until what remains can neither be likely nor come before what was found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

from lawdesk.conflicts.rules.compare import LIKELY_FROM, Level, Match, compare_names, level_of
from lawdesk.conflicts.rules.forms import (
    ORGANIZATION,
    PERSON,
    NameForm,
    forms_to_try,
    is_everyday,
    normalise_name,
    slips,
)
from lawdesk.conflicts.rules.identifiers import identifier_key, identifier_keys, numbers_inside
from lawdesk.conflicts.rules.keys import any_of, key_of, number_key, query_keys
from lawdesk.conflicts.rules.organization_match import SAME_CORE_AT_MOST
from lawdesk.conflicts.rules.reasons import reason
from lawdesk.conflicts.rules.values import Asked, Hit, Known, KnownName, NotSearched, PartyId
from lawdesk.conflicts.rules.weighing import (
    EVERYDAY,
    NAMESAKES,
    Fit,
    by_slip,
    crowded,
    is_unlikely,
    numbered,
    settle,
    weigh,
)
from lawdesk.kernel.errors import Problem

PER_KEY = 64
"""Of the names a key leads to that can be no more than possible, so many are read: the others fit no better."""
SAME_NAME = 0.90
"""From here on a person bears the very name: who of them stands in a case is found, however many bear it."""
_BATCH = 128
_VERY_NAME = ("name.same", "name.written")


@dataclass(frozen=True, slots=True)
class FiledName:
    """One name on file: the slot it lies in, whose it is, of what kind that party is."""

    slot: int
    party: PartyId
    name: KnownName
    kind: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What lies under keys: the slots of each, and for keys of very many names only how many there are."""

    found: Mapping[int, Sequence[int]]
    many: Mapping[int, int]


class Names(Protocol):
    """Where names are filed under keys."""

    @property
    def party_count(self) -> int: ...

    @property
    def name_count(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def look_up(self, keys: Collection[int]) -> Looked:
        """Return what is filed under ``keys``."""
        ...

    def read(self, key: int, most: int) -> Sequence[int]:
        """Return the first ``most`` slots filed under a key of very many names."""
        ...

    def read_standing(self, key: int, /) -> Collection[int]:
        """Return the slots filed under a key whose party stands in a case, an enquiry or a relation."""
        ...

    def standing(self, parties: Collection[PartyId], /) -> Collection[PartyId]:
        """Return which of ``parties`` stand in a case, an enquiry or a relation."""
        ...

    def names(self, slots: Collection[int]) -> Iterable[FiledName]:
        """Return the names filed in ``slots``."""
        ...

    def parties(self, parties: Collection[PartyId]) -> Mapping[PartyId, Known]:
        """Return what is on file of some parties."""
        ...


@dataclass(frozen=True)
class Found:
    """The hits of one asked name, best first; how many weaker ones the limit left out; what was tried and not."""

    hits: tuple[Hit, ...]
    more: int
    variants: tuple[str, ...]
    not_searched: tuple[NotSearched, ...]


@dataclass
class _Search:
    """One running search: what was found so far, by party."""

    asked: Asked
    names: Names
    forms: tuple[NameForm, ...]
    limit: int
    best: dict[PartyId, tuple[Match, KnownName, NameForm]] = field(default_factory=dict)
    namesakes: Counter[str] = field(default_factory=Counter)
    alone: dict[PartyId, Match] = field(default_factory=dict)
    """How parties would match if they were the only ones to fit so."""
    ranks: dict[PartyId, float] = field(default_factory=dict)
    """Where parties that fit like others stand in the order, by how likely their name is meant."""

    def rank(self, party: PartyId) -> float:
        """Return by what a party is ordered."""
        match, _name, form = self.best[party]
        rank = self.ranks.get(party, match.score)
        if match.reasons and match.reasons[0].code in _VERY_NAME and form.kind != PERSON:
            rank = max(rank, SAME_CORE_AT_MOST + 0.005)  # a former or short name too comes before another one
        return rank * by_slip(match) if form.kind == PERSON else rank


def find_hits(asked: Asked, names: Names, limit: int = 50) -> Found:
    """Return the parties on file that may be the asked one.

    Every hit that is likely or certain is returned whatever ``limit`` says; it bounds the merely possible ones.
    Numbers inside the name (an identity number typed behind it) count as identifiers. A name that cannot be
    searched is compared as a whole and listed in ``not_searched``.
    """
    name, numbers = numbers_inside(asked.name)
    said = replace(asked, name=name, identifiers=(*asked.identifiers, *numbers)) if numbers else asked
    forms = forms_to_try(name, asked.kind)
    if asked.kind != ORGANIZATION and numbered(said):
        forms = tuple(form for form in forms if form.kind == PERSON) or forms  # only persons bear such a number
    run = _Search(said, names, (*forms, *slips(forms)), limit)
    more = _score_candidates(run)
    _thin_out(run)
    if not (said.identifiers or asked.born_year or asked.address):
        more += _leave_out(run)
    bearers = _bearers(names, said.identifiers)
    known = names.parties({*run.best, *bearers})
    ranked = [_ranked(run, party, settle(asked, said, known[party], _fit(run, party))) for party in run.best]
    for party in bearers - run.best.keys():
        nothing = Match(1.0, Level.CERTAIN)
        found = Fit(nothing, known[party].names[0], forms[0], nothing)
        ranked.append((1.0, settle(asked, said, known[party], found)))
    ranked.sort(key=lambda one: (-one[0], -one[1].score, str(one[1].party)))
    standing = _standing_namesakes(run)
    kept = [
        hit
        for place, (_alike, hit) in enumerate(ranked)
        if place < limit or hit.score >= LIKELY_FROM or hit.party in standing
    ]
    variants = tuple(dict.fromkeys(form.text for form in forms if form.text))
    return Found(tuple(kept), more + len(ranked) - len(kept), variants, _not_searched(asked, forms, numbers))


def _thin_out(run: _Search) -> None:
    """Lower the scores of persons who fit in the same way as many others, and say so."""
    for one in list(crowded(run.best)):
        match, name, form = run.best[one.party]
        run.ranks[one.party] = one.rank
        if one.score < match.score:
            run.alone[one.party] = match
            said = reason("name.crowd", count=one.count)
            lowered = replace(match, score=one.score, level=level_of(one.score), reasons=(*match.reasons, said))
            run.best[one.party] = (lowered, name, form)


def _fit(run: _Search, party: PartyId) -> Fit:
    match, name, form = run.best[party]
    texts = (normalise_name(name.text, PERSON).text, form.text) if form.kind == PERSON else ()
    bearing = max((run.namesakes[text] for text in texts), default=0)
    return Fit(match, name, form, run.alone.get(party, match), bearing)


def _standing_namesakes(run: _Search) -> Collection[PartyId]:
    """Return who of the bearers of the very name stands in a case, an enquiry or a relation, past the limit."""
    if len(run.best) <= run.limit:
        return ()
    return run.names.standing({party for party, found in run.best.items() if found[0].score >= SAME_NAME})


def _leave_out(run: _Search) -> int:
    """Take out what the limit would cut anyway, no fact being asked that could lift it; return how many."""
    if len(run.best) <= run.limit:
        return 0
    ordered = sorted(map(run.rank, run.best), reverse=True)
    least = min(ordered[run.limit - 1], LIKELY_FROM) if run.limit else LIKELY_FROM
    weak = [party for party in run.best if run.rank(party) < min(least, SAME_NAME)]
    for party in weak:
        del run.best[party]
    return len(weak)


def _ranked(run: _Search, party: PartyId, hit: Hit) -> tuple[float, Hit]:
    """Return a hit with what it is ordered by: its name, also an everyday one; facts come before names."""
    by_facts = hit.namesake or hit.score > round(run.best[party][0].score, 4)
    return (hit.score if by_facts else run.rank(party)), hit


def _not_searched(asked: Asked, forms: Sequence[NameForm], numbers: Sequence[str]) -> tuple[NotSearched, ...]:
    problems: dict[str, Problem] = {}
    for form in forms:
        for problem in form.problems:
            if problem.code == "name.empty" and numbers:
                continue  # the number was searched; that no name was given is said by its own words
            problems.setdefault(problem.code, problem)
    found = [NotSearched(problem, asked.name[:60]) for problem in problems.values()]
    if numbers and not any(form.text for form in forms):
        found.append(NotSearched(reason("not.name"), asked.name[:60]))
    return tuple(found)


def _score_candidates(run: _Search) -> int:
    """Score candidates, the most promising first; return how many weaker ones were left unread."""
    by_key: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for place, form in enumerate(run.forms):
        for key, ceiling in _keys(run, form).items():
            by_key[key].append((ceiling, place))
    looked = run.names.look_up(by_key)
    everyday = _everyday_forms(run, looked)
    slots: dict[int, _Promise] = {}

    def promise(key: int) -> _Promise:
        best, sure, places = 0.0, 0.0, 0
        for ceiling, place in by_key[key]:
            best, places = max(best, ceiling), places | 1 << place
            sure = max(sure, ceiling * EVERYDAY if place in everyday else ceiling)
        return best, sure, places

    def add(key: int, found: Iterable[int]) -> None:
        made = promise(key)
        for slot in found:
            before = slots.get(slot)
            slots[slot] = made if before is None else _both(before, made)

    more = 0
    spare = _spare(run, looked)
    wholes = {key_of("=" + form.canon) for form in run.forms}
    for key, found in looked.found.items():
        every = key in wholes or promise(key)[1] >= LIKELY_FROM
        most = len(found) if every else max(PER_KEY, run.limit)
        more += max(0, len(found) - most)
        add(key, found[:most])
    scored: set[int] = set()
    for (best, sure, _places), key in sorted(
        ((promise(key), key) for key in looked.many.keys() - spare), reverse=True
    ):
        _score_down_to(run, slots, scored, best)
        if key not in wholes and _enough(run, best, sure):
            more += looked.many[key]
            continue
        most = looked.many[key]
        if key in wholes and sure < LIKELY_FROM:  # of one name: some stand for the rest, but for who is in a case
            read = {*run.names.read(key, min(most, run.limit + len(scored))), *run.names.read_standing(key)}
        else:
            read = set(run.names.read(key, most if sure >= LIKELY_FROM else min(most, max(PER_KEY, run.limit))))
        more += most - len(read)
        add(key, read)
    return more + _score_down_to(run, slots, scored, 0.0)


def _keys(run: _Search, form: NameForm) -> dict[int, float]:
    """Return the keys of a form; of the kind it hardly is, without what looks like it at a hasty glance."""
    return query_keys(form, hasty=not is_unlikely(form.kind, form, run.asked))


def _spare(run: _Search, looked: Looked) -> set[int]:
    """Return keys of very many names that need not be read: a rarer one leads to all that they could."""
    spare: set[int] = set()
    needed: set[int] = set()
    for form in run.forms:
        group = any_of(form)
        many = sorted((key for key in group if key in looked.many), key=looked.many.__getitem__)
        left = many if len(many) < len(group) else many[1:]
        spare.update(left)
        needed.update(_keys(run, form).keys() - left)
    return spare - needed


_Promise = tuple[float, float, int]
"""The best a slot may score, the best its level may rest on, and (as bits) the forms it was found by."""


def _both(one: _Promise, other: _Promise) -> _Promise:
    return max(one[0], other[0]), max(one[1], other[1]), one[2] | other[2]


def _score_down_to(run: _Search, slots: Mapping[int, _Promise], scored: set[int], floor: float) -> int:
    """Score the slots that promise ``floor`` or more; return how many were left because enough was found."""
    queue = [
        (-best, -sure, slot, places)
        for slot, (best, sure, places) in slots.items()
        if best >= floor and slot not in scored
    ]
    queue.sort()
    for start in range(0, len(queue), _BATCH):
        batch = queue[start : start + _BATCH]
        if _enough(run, -batch[0][0], max(-sure for _best, sure, _slot, _places in queue[start:])):
            return len(queue) - start
        places = {slot: bits for _best, _sure, slot, bits in batch}
        scored.update(places)
        for filed in run.names.names(places):
            _score(run, filed, places[filed.slot])
    return 0


def _enough(run: _Search, ceiling: float, sure: float) -> bool:
    """Whether names that score at most ``ceiling`` can be left unread: merely possible, and the list is full."""
    if sure >= LIKELY_FROM or ceiling >= SAME_NAME or len(run.best) < run.limit:
        return False
    scores = {party: match.score for party, (match, _name, _form) in run.best.items()}
    scores.update((one.party, one.score) for one in crowded(run.best))
    return sum(score >= ceiling for score in scores.values()) >= run.limit


def _score(run: _Search, filed: FiledName, places: int) -> None:
    form = normalise_name(filed.name.text, filed.kind)
    names = [(filed.name, form)]
    names += [(KnownName(other, "alias"), normalise_name(other, filed.kind)) for other in form.also]
    for place, asked in enumerate(run.forms):
        if not places >> place & 1:
            continue
        for name, known in names:
            match = weigh(compare_names(asked, known), name, (asked, known), run.asked)
            if match.level and (filed.party not in run.best or match.score > run.best[filed.party][0].score):
                run.best[filed.party] = (match, name, asked)
    if form.kind == PERSON:
        run.namesakes[form.text] += 1


def _everyday_forms(run: _Search, looked: Looked) -> set[int]:
    """Return the places of the asked forms that are everyday names of persons."""
    found = set()
    for place, form in enumerate(run.forms):
        if form.kind != PERSON:
            continue
        key = key_of("=" + form.canon)
        count = looked.many.get(key) or len(looked.found.get(key, ()))
        if count >= NAMESAKES or is_everyday(form):
            found.add(place)
    return found


def _bearers(names: Names, numbers: Iterable[str]) -> set[PartyId]:
    """Return the parties that bear one of ``numbers``."""
    wanted = identifier_keys(numbers)
    if not wanted:
        return set()
    looked = names.look_up({number_key(key) for key in wanted})
    slots = {slot for found in looked.found.values() for slot in islice(found, _BATCH)}
    parties = {filed.party for filed in names.names(slots)}
    return {
        party
        for party, known in names.parties(parties).items()
        if wanted & {identifier_key(number) for number in known.identifiers}
    }
