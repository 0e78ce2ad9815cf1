"""What a match is worth for the party it leads to: kinds of names, everyday names, crowds, numbers, facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2

from lawdesk.conflicts.rules.alignment import LOOK_VALUE
from lawdesk.conflicts.rules.compare import LIKELY_FROM, NO_MATCH, Level, Match, level_of
from lawdesk.conflicts.rules.forms import (
    ORGANIZATION,
    PERSON,
    NameForm,
    guess_kind,
    is_everyday,
    may_be_person,
    normalise_name,
)
from lawdesk.conflicts.rules.identifiers import compare_identifiers, identifier_key
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.values import Asked, Hit, Known, KnownName, PartyId, Step

PART_NAME_AT_MOST = 0.93
"""A short name or alias is not unique: it never identifies an organization by itself."""
NAMESAKE = 0.55
EVERYDAY = 0.84
"""An everyday name says little: its matches keep their order and stay below likely until a fact is added."""
NAMESAKES = 4
"""From so many parties of one name on, the name is everyday whatever the lists say."""
OTHER_KIND_ALIKE = 0.85
"""What looks like a person's name and merely sounds like a trade name is hardly it, and the other way round; what
looks like one at a hasty glance only is not."""
CROWD = 2
"""So many parties may fit a name in one and the same way before each of them becomes less likely to be meant."""
CROWDED, EACH_DOUBLING, LEAST = LIKELY_FROM - 0.005, 0.035, 0.61
LEAST_SPELLED = 0.70
BY_SLIP = {"char.added": 0.9, "char.swapped": 1.1, "char.look": 1.08}
"""What the order of persons adds to the score: a character too many is any of thousands, of like sound there are
dozens, of like look a few, and swapped two can be in one way only; the fewer, the less is it chance."""
_HEARD = ("char.", "latin.pinyin")
_SURE_KINDS = ("registered", "former", "english")


def weigh(match: Match, name: KnownName, forms: tuple[NameForm, NameForm], asked: Asked) -> Match:
    """Return the match of two forms with what the kinds of the matched name and of its party add or take away."""
    if match.level is None:
        return match
    form, known = forms
    reasons = list(match.reasons)
    score = match.score
    if name.kind not in _SURE_KINDS:
        score = min(score, PART_NAME_AT_MOST)
    if is_unlikely(known.kind, form, asked) and misheard(reasons):
        if _at_a_glance(match):
            return NO_MATCH
        score *= OTHER_KIND_ALIKE
    if name.kind != "registered":
        reasons.append(reason(f"kind.{name.kind}"))
    if form.raw.strip() != asked.name.strip() and form.text not in asked.name:
        reasons.append(reason("asked.alias", asked=form.raw))
    return replace(match, score=score, level=level_of(score), reasons=tuple(reasons))


def is_unlikely(kind: str, form: NameForm, asked: Asked) -> bool:
    """Tell whether an asked name is hardly one of ``kind``: another one was said, or it does not look like it."""
    if asked.kind in (PERSON, ORGANIZATION):
        return kind != asked.kind
    return kind != guess_kind(form.raw) and not may_be_person(form.raw)


@dataclass(frozen=True, slots=True)
class Crowded:
    """One of ``count`` persons who fit in the same way: what it may score at most, and at most rank by."""

    party: PartyId
    count: int
    score: float
    rank: float


def crowded(found: Mapping[PartyId, tuple[Match, KnownName, NameForm]]) -> Iterator[Crowded]:
    """Yield the persons who fit in the same way as others.

    The likelihood of one is its share among those that fit so, whatever the way: two characters of three that only
    two parties bear say more than a sound that forty share. The order follows the names: one that five of six bear
    is likely meant, though not which of the five, so one of them stands before the other names, the rest behind.
    The very name is left to the rule of everyday names.
    """
    fits: defaultdict[tuple[object, ...], list[PartyId]] = defaultdict(list)
    for party, (match, _name, form) in found.items():
        if form.kind == PERSON and misheard(match.reasons):
            codes = tuple(one.code for one in match.reasons)
            fits[(form.text, round(match.score, 2), *codes)].append(party)
    for parties in fits.values():
        if len(parties) > CROWD:
            heard = (
                found[parties[0]][0].score >= LIKELY_FROM
            )  # by another script: the whole name, not a part of it
            least = LEAST_SPELLED if heard and found[parties[0]][2].is_latin else LEAST
            most = _share(len(parties), least)
            bearers = Counter(found[party][1].text for party in parties)
            shown: set[str] = set()
            for party in sorted(parties, key=str):
                score, name = found[party][0].score, found[party][1].text
                among = 2 * len(parties) if name in shown else len(parties) / bearers[name]
                shown.add(name)
                yield Crowded(party, len(parties), min(score, most), min(score, _share(among, least)))


def _share(among: float, least: float) -> float:
    """Return what one of ``among`` may score at most."""
    return 1.0 if among <= CROWD else max(CROWDED - EACH_DOUBLING * log2(among / CROWD), least)


@dataclass(frozen=True)
class Fit:
    """How a party was found: by which of its names, under which form of the asked one.

    ``alone`` is how it would match if nobody else fitted in the same way, ``namesakes`` how many parties bear the
    matched name or the asked one.
    """

    match: Match
    name: KnownName
    form: NameForm
    alone: Match
    namesakes: int = 0


def settle(asked: Asked, said: Asked, known: Known, fit: Fit) -> Hit:
    """Return the hit, its score settled by the facts both sides bear; ``said`` is what was asked with the numbers
    typed into the name."""
    match, name, form = fit.match, fit.name, fit.form
    score, reasons = match.score, match.reasons
    theirs = normalise_name(name.text, known.kind)
    everyday = theirs.kind == PERSON and form.kind == PERSON and match is not NO_MATCH
    everyday = everyday and (is_everyday(form) or is_everyday(theirs) or fit.namesakes >= NAMESAKES)
    numbers = compare_identifiers(said.identifiers, known.identifiers)
    facts = _facts(asked, known)
    told = numbers == "nearly" or bool(facts and facts[0].code != "born.differs")
    if told:  # a fact tells this one from the others that fit
        score, reasons = fit.alone.score, fit.alone.reasons
    if everyday and score >= LIKELY_FROM and numbers != "same" and not told:
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
    elif not told and score >= LIKELY_FROM and form.kind == PERSON and numbered(said) and misheard(reasons):
        score, reasons = (
            CROWDED,
            (*reasons, reason("id.absent")),
        )  # with the number at hand the name is read off too
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


def numbered(asked: Asked) -> bool:
    """Whether a citizen's number is asked."""
    return any(identifier_key(number).startswith("id:") for number in asked.identifiers)


def misheard(reasons: Iterable[Reason]) -> bool:
    """Whether names agree only by sound or look."""
    return any(one.code.startswith(_HEARD) for one in reasons)


def by_slip(match: Match) -> float:
    """Return by how much a person is more or less likely meant than the score says."""
    codes = {one.code for one in match.reasons}
    if _at_a_glance(match):
        return 1.0  # of those there are dozens too
    return min((BY_SLIP[code] for code in codes & BY_SLIP.keys()), default=1.0)


def _at_a_glance(match: Match) -> bool:
    """Tell whether names look alike at a hasty glance only."""
    looks = any(one.code == "char.look" for one in match.reasons)
    return looks and match.alignment is not None and match.alignment.value < LOOK_VALUE


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
