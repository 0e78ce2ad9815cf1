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

from lawdesk.conflicts.rules.compare import LIKELY_FROM, NO_MATCH, Level, Match, compare_names, level_of
from lawdesk.conflicts.rules.forms import ORGANIZATION, PERSON, NameForm, forms_to_try, is_everyday, normalise_name
from lawdesk.conflicts.rules.identifiers import compare_identifiers, identifier_key, numbers_inside
from lawdesk.conflicts.rules.keys import key_of, number_key, query_keys
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.values import Asked, Hit, Known, KnownName, NotSearched, PartyId, Step
from lawdesk.kernel.errors import Problem

PART_NAME_AT_MOST = 0.93
"""A short name or alias is not unique: it never identifies an organization by itself."""
NAMESAKE = 0.55
EVERYDAY = 0.84
"""An everyday name says little: its matches keep their order and stay below likely until a fact is added."""
NAMESAKES = 4
"""From so many parties of one name on, the name is everyday whatever the lists say."""
_SURE_KINDS = ("registered", "former", "english")
_BATCH = 128


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


def find_hits(asked: Asked, names: Names, limit: int = 50) -> Found:
    """Return the parties on file that may be the asked one.

    Every hit that is likely or certain is returned whatever ``limit`` says; it bounds the merely possible ones.
    Numbers inside the name (an identity number typed behind it) count as identifiers. A name that cannot be
    searched is compared as a whole and listed in ``not_searched``.
    """
    name, numbers = numbers_inside(asked.name)
    said = replace(asked, name=name, identifiers=(*asked.identifiers, *numbers)) if numbers else asked
    forms = forms_to_try(name, asked.kind)
    if asked.kind != ORGANIZATION and any(identifier_key(number).startswith("id:") for number in said.identifiers):
        forms = tuple(form for form in forms if form.kind == PERSON) or forms  # only persons bear such a number
    run = _Search(said, names, forms, limit)
    more = _score_candidates(run)
    if not (said.identifiers or asked.born_year or asked.address):
        more += _leave_out(run)
    bearers = _bearers(names, said.identifiers)
    known = names.parties({*run.best, *bearers})
    ranked = [(found[0].score, _hit(run, asked, known[party], found)) for party, found in run.best.items()]
    for party in bearers - run.best.keys():
        nothing = Match(1.0, Level.CERTAIN)
        ranked.append((1.0, _hit(run, asked, known[party], (nothing, known[party].names[0], forms[0]))))
    ranked.sort(key=lambda one: _rank(*one))
    hits = [hit for _score, hit in ranked]
    kept = [hit for place, hit in enumerate(hits) if place < limit or hit.score >= LIKELY_FROM]
    variants = tuple(dict.fromkeys(form.text for form in forms if form.text))
    return Found(tuple(kept), more + len(hits) - len(kept), variants, _not_searched(asked, forms, numbers))


def _leave_out(run: _Search) -> int:
    """Take out what the limit would cut anyway, no fact being asked that could lift it; return how many."""
    if len(run.best) <= run.limit:
        return 0
    ordered = sorted((found[0].score for found in run.best.values()), reverse=True)
    least = min(ordered[run.limit - 1], LIKELY_FROM) if run.limit else LIKELY_FROM
    weak = [party for party, found in run.best.items() if found[0].score < least]
    for party in weak:
        del run.best[party]
    return len(weak)


def _rank(alike: float, hit: Hit) -> tuple[float, float, str]:
    """Order hits by how alike the names are, also where the name is an everyday one; facts come before names."""
    settled = hit.score if hit.score > alike or hit.namesake else alike
    return -settled, -hit.score, str(hit.party)


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
        for key, ceiling in query_keys(form).items():
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

    for key, found in looked.found.items():
        add(key, found)
    wholes = {key_of("=" + form.canon) for form in run.forms}
    scored: set[int] = set()
    more = 0
    for (best, sure, _places), key in sorted(((promise(key), key) for key in looked.many), reverse=True):
        _score_down_to(run, slots, scored, best)
        if _enough(run, best, sure):
            more += looked.many[key]
            continue
        most = looked.many[key]
        if key in wholes and sure < LIKELY_FROM:  # all of one name: any of them stands for the rest
            most = min(most, run.limit + len(scored))
        more += looked.many[key] - most
        add(key, run.names.read(key, most))
    return more + _score_down_to(run, slots, scored, 0.0)


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
    if sure >= LIKELY_FROM or len(run.best) < run.limit:
        return False
    return sum(match.score >= ceiling for match, _name, _form in run.best.values()) >= run.limit


def _score(run: _Search, filed: FiledName, places: int) -> None:
    form = normalise_name(filed.name.text, filed.kind)
    names = [(filed.name, form)]
    names += [(KnownName(other, "alias"), normalise_name(other, filed.kind)) for other in form.also]
    for place, asked in enumerate(run.forms):
        if not places >> place & 1:
            continue
        for name, known in names:
            match = _weigh(compare_names(asked, known), name, asked, run.asked)
            if match.level and (filed.party not in run.best or match.score > run.best[filed.party][0].score):
                run.best[filed.party] = (match, name, asked)
    if form.kind == PERSON:
        run.namesakes[form.text] += 1


def _weigh(match: Match, name: KnownName, form: NameForm, asked: Asked) -> Match:
    """Return the match with what the kind of the matched name adds, and what an everyday name takes away."""
    if match.level is None:
        return match
    reasons = list(match.reasons)
    score = match.score
    if name.kind not in _SURE_KINDS:
        score = min(score, PART_NAME_AT_MOST)
    if name.kind != "registered":
        reasons.append(reason(f"kind.{name.kind}"))
    if form.raw.strip() != asked.name.strip() and form.text not in asked.name:
        reasons.append(reason("asked.alias", asked=form.raw))
    return replace(match, score=score, level=level_of(score), reasons=tuple(reasons))


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
    wanted = {key for key in map(identifier_key, numbers) if key}
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


def _hit(run: _Search, asked: Asked, known: Known, found: tuple[Match, KnownName, NameForm]) -> Hit:
    """Return the hit, its score settled by the facts both sides bear."""
    match, name, form = found
    score, reasons = match.score, match.reasons
    theirs = normalise_name(name.text, known.kind)
    everyday = theirs.kind == PERSON and form.kind == PERSON and match is not NO_MATCH
    everyday = everyday and (is_everyday(form) or is_everyday(theirs) or run.namesakes[theirs.text] >= NAMESAKES)
    numbers = compare_identifiers(run.asked.identifiers, known.identifiers)
    facts = _facts(asked, known)
    if everyday and numbers != "same" and not (facts and facts[0].code != "born.differs"):
        score *= EVERYDAY
        reasons = (*reasons, reason("name.everyday"))
    if numbers == "same":
        score, reasons = 1.0, (reason("id.same"), *_unless_unconfirmed(reasons))
    elif numbers == "nearly":
        reasons = (*reasons, reason("id.nearly"))
    elif numbers == "differs":
        score, reasons = min(score, NAMESAKE), (*_unless_unconfirmed(reasons), reason("id.differs"))
    elif facts and facts[0].code == "born.differs":
        score = min(score, NAMESAKE)
    reasons = (*reasons, *facts)
    level = level_of(score)
    if level is None:  # an everyday name that was barely possible stays the weakest of them
        score, level = 0.5, Level.POSSIBLE
    return Hit(
        asked=asked,
        party=known.party,
        ref=known.ref,
        name=known.names[0].text,
        matched=name.text,
        matched_kind=name.kind,
        score=round(score, 4),
        level=level,
        reasons=reasons,
        path=(Step(None, form.raw), Step(known.party, known.names[0].text)),
        alignment=match.alignment,
        namesake=numbers == "differs",
    )


def _facts(asked: Asked, known: Known) -> tuple[Reason, ...]:
    """Return what else speaks for or against one party: the year of birth, the address."""
    found = []
    if asked.born_year and known.born_year:
        code = "born.same" if asked.born_year == known.born_year else "born.differs"
        found.append(reason(code, asked=asked.born_year, known=known.born_year))
    if asked.address and known.address and _same_address(asked.address, known.address):
        found.append(reason("address.same"))
    return tuple(found)


def _same_address(one: str, other: str) -> bool:
    plain = [normalise_name(text[:200]).text for text in (one, other)]
    return min(map(len, plain)) >= 6 and (plain[0] in plain[1] or plain[1] in plain[0])


def _unless_unconfirmed(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason("name.same") if one.code == "name.same_person" else one for one in reasons)
