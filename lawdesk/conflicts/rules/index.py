"""All names of the registry in memory, and the search over them: exhaustive, quick enough while typing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lawdesk.conflicts.rules.compare import LIKELY_FROM, Level, Match, compare_names, level_of
from lawdesk.conflicts.rules.forms import NameForm, forms_to_try, normalise_name
from lawdesk.conflicts.rules.identifiers import compare_identifiers, identifier_key
from lawdesk.conflicts.rules.keys import index_keys, query_keys
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.values import Asked, Hit, Known, KnownName, NotSearched, PartyId, Step
from lawdesk.kernel.errors import Problem

PART_NAME_AT_MOST = 0.93
"""A short name or alias is not unique: it never identifies an organization by itself."""
NAMESAKE = 0.55
_SURE_KINDS = ("registered", "former", "english")


@dataclass(frozen=True, slots=True)
class _Entry:
    party: PartyId
    name: KnownName
    form: NameForm


class NameIndex:
    """The names of the registry, filed under their keys. Parties are put, replaced and removed one by one.

    Keys never lose a match (see :mod:`~lawdesk.conflicts.rules.keys`); every candidate is scored by
    :func:`compare_names`. Not thread-safe: one worker holds it.
    """

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._parties: dict[PartyId, Known] = {}
        self._entries: dict[int, _Entry] = {}
        self._entries_of: dict[PartyId, list[int]] = {}
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        self._numbers: defaultdict[str, set[PartyId]] = defaultdict(set)
        self._print = 0
        self._next = 0
        for party in known:
            self.put(party)

    @property
    def party_count(self) -> int:
        """How many parties are filed."""
        return len(self._parties)

    @property
    def name_count(self) -> int:
        """How many names are filed."""
        return len(self._entries)

    @property
    def fingerprint(self) -> str:
        """A digest of all parties, names and numbers, the same in whatever order they were put."""
        return f"{self._print:032x}"

    def put(self, known: Known) -> None:
        """File a party, in place of an earlier version of itself. ValueError for a party without any name."""
        if not known.names:
            raise ValueError(f"party {known.party!r} has no name")
        self.remove(known.party)
        self._parties[known.party] = known
        self._print ^= _digest(known)
        slots = []
        for name in _names_of(known):
            form = normalise_name(name.text, known.kind)
            slot, self._next = self._next, self._next + 1
            self._entries[slot] = _Entry(known.party, name, form)
            slots.append(slot)
            for key in index_keys(form):
                self._postings[key].append(slot)
        self._entries_of[known.party] = slots
        for number in known.identifiers:
            if key := identifier_key(number):
                self._numbers[key].add(known.party)

    def remove(self, party: PartyId) -> None:
        """Take a party out; nothing happens when it is not filed."""
        known = self._parties.pop(party, None)
        if known is None:
            return
        self._print ^= _digest(known)
        for slot in self._entries_of.pop(party):
            for key in index_keys(self._entries.pop(slot).form):
                filed = self._postings[key]
                filed.remove(slot)
                if not filed:
                    del self._postings[key]
        for number in known.identifiers:
            self._numbers.get(identifier_key(number), set()).discard(party)

    def candidates(self, form: NameForm) -> Iterator[_Entry]:
        """Yield every filed name that shares a key with ``form``, each once."""
        slots: set[int] = set()
        for key in query_keys(form):
            if key in self._postings:
                slots.update(self._postings[key])
        return (self._entries[slot] for slot in slots)

    def entries(self) -> Iterator[_Entry]:
        """Yield every filed name (to score everything, as a proof)."""
        return iter(self._entries.values())

    def party(self, party: PartyId) -> Known:
        """Return what is filed of a party."""
        return self._parties[party]

    def by_number(self, numbers: Iterable[str]) -> set[PartyId]:
        """Return the parties that bear one of ``numbers``."""
        found: set[PartyId] = set()
        for number in numbers:
            if key := identifier_key(number):
                found |= self._numbers.get(key, set())
        return found


@dataclass(frozen=True)
class Found:
    """The hits of one asked name, best first; how many weaker ones the limit left out; what was tried and not."""

    hits: tuple[Hit, ...]
    more: int
    variants: tuple[str, ...]
    not_searched: tuple[NotSearched, ...]


def find_hits(asked: Asked, index: NameIndex, limit: int = 50) -> Found:
    """Return the parties on file that may be the asked one.

    Every hit that is likely or certain is returned whatever ``limit`` says; it bounds the merely possible ones.
    A name that cannot be searched is compared as a whole and listed in ``not_searched``.
    """
    forms = forms_to_try(asked.name, asked.kind)
    best: dict[PartyId, tuple[Match, KnownName, NameForm]] = {}
    for form in forms:
        for entry in index.candidates(form):
            match = _weigh(compare_names(form, entry.form), entry, form, asked)
            if match.level and (entry.party not in best or match.score > best[entry.party][0].score):
                best[entry.party] = (match, entry.name, form)
    hits = [_hit(asked, index.party(party), *found) for party, found in best.items()]
    seen = {hit.party for hit in hits}
    for party in index.by_number(asked.identifiers) - seen:
        known = index.party(party)
        nothing = Match(1.0, Level.CERTAIN)
        hits.append(_hit(asked, known, nothing, known.names[0], forms[0]))
    hits.sort(key=lambda hit: (-hit.score, str(hit.party)))
    sure = sum(hit.score >= LIKELY_FROM for hit in hits)
    kept = hits[: max(limit, sure)]
    problems: dict[str, Problem] = {}
    for form in forms:
        for problem in form.problems:
            problems.setdefault(problem.code, problem)
    not_searched = tuple(NotSearched(problem, asked.name[:60]) for problem in problems.values())
    variants = tuple(dict.fromkeys(form.text for form in forms if form.text))
    return Found(tuple(kept), len(hits) - len(kept), variants, not_searched)


def _weigh(match: Match, entry: _Entry, form: NameForm, asked: Asked) -> Match:
    """Return the match with what the kind of the matched name adds."""
    if match.level is None:
        return match
    reasons = list(match.reasons)
    score = match.score
    if entry.name.kind not in _SURE_KINDS:
        score = min(score, PART_NAME_AT_MOST)
    if entry.name.kind != "registered":
        reasons.append(reason(f"kind.{entry.name.kind}"))
    if form.raw.strip() != asked.name.strip() and form.text not in asked.name:
        reasons.append(reason("asked.alias", asked=form.raw))
    return replace(match, score=score, level=level_of(score), reasons=tuple(reasons))


def _hit(asked: Asked, known: Known, match: Match, name: KnownName, form: NameForm) -> Hit:
    """Return the hit, its score settled by the numbers both sides bear."""
    numbers = compare_identifiers(asked.identifiers, known.identifiers)
    score, reasons = match.score, match.reasons
    if numbers == "same":
        score, reasons = 1.0, (reason("id.same"), *_unless_unconfirmed(reasons))
    elif numbers == "nearly":
        reasons = (*reasons, reason("id.nearly"))
    elif numbers == "differs":
        score, reasons = min(score, NAMESAKE), (*_unless_unconfirmed(reasons), reason("id.differs"))
    level = level_of(score)
    assert level is not None  # a match below the bands never comes here, and NAMESAKE lies in one
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


def _unless_unconfirmed(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason("name.same") if one.code == "name.same_person" else one for one in reasons)


def _names_of(known: Known) -> tuple[KnownName, ...]:
    """Return the names of a party, those found inside its names (又名) included."""
    inside = [
        KnownName(other, "alias") for name in known.names for other in normalise_name(name.text, known.kind).also
    ]
    return (*known.names, *inside)


def _digest(known: Known) -> int:
    row = repr((known.party, known.kind, known.ref, known.names, known.identifiers)).encode()
    return int.from_bytes(hashlib.sha256(row).digest()[:16], "big")
