"""Parties reached through relations: the strongest way to each, its weight, and the hit it makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import merge
from typing import Any

from lawdesk.conflicts.rules.compare import LIKELY_FROM, level_of
from lawdesk.conflicts.rules.reasons import reason
from lawdesk.conflicts.rules.values import Hit, Known, NotSearched, PartyId, Step
from lawdesk.kernel.i18n import N_, _

HOPS = 3
FARTHER = (1.0, 1.0, 0.85, 0.7)
"""What a way of so many steps is worth beside its relations."""
ENDED = 0.7
WEIGHTS = {
    "branch": 0.97,  # 分支机构不具有法人资格 (公司法13条): the same party
    "parent": 0.95,
    "controller": 0.95,
    "spouse": 0.9,
    "legal_representative": 0.85,
    "relative": 0.8,
    "shareholder": 0.7,
    "guarantor": 0.6,
    "employer": 0.5,
    "other": 0.5,
    "former_employer": 0.4,
}
TIE_TITLES = {
    "branch": N_("branch"),
    "branch_of": N_("head office"),
    "parent": N_("parent company"),
    "parent_of": N_("subsidiary"),
    "controller": N_("actual controller"),
    "controller_of": N_("company controlled"),
    "spouse": N_("spouse"),
    "spouse_of": N_("spouse"),
    "legal_representative": N_("legal representative"),
    "legal_representative_of": N_("company represented by law"),
    "relative": N_("close relative"),
    "relative_of": N_("close relative"),
    "shareholder": N_("shareholder"),
    "shareholder_of": N_("company with a share"),
    "guarantor": N_("guarantor"),
    "guarantor_of": N_("debtor guaranteed"),
    "employer": N_("employer"),
    "employer_of": N_("employee"),
    "former_employer": N_("former employer"),
    "former_employer_of": N_("former employee"),
    "other": N_("related party"),
    "other_of": N_("related party"),
}
"""What the next one on a way is to the one before."""


@dataclass(frozen=True)
class Tie:
    """``party`` is the ``kind`` of ``other``; share in basis points."""

    party: PartyId
    other: PartyId
    kind: str
    share_bp: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Ties:
    """What was read of the network around the hits: relations, who is met, which hubs were not walked through."""

    ties: tuple[Tie, ...] = ()
    known: Mapping[PartyId, Known] = field(default_factory=dict)
    same: Mapping[PartyId, PartyId] = field(default_factory=dict)  # a party on file: the member of the firm it is
    hubs: tuple[str, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class _Way:
    strength: float  # of the relations alone, without the distance
    steps: tuple[Step, ...]

    @property
    def worth(self) -> float:
        return self.strength * FARTHER[len(self.steps)]


def tie_weight(tie: Tie, today: date) -> float:
    """Return how closely two tied parties' interests hang together, from 0 to 1."""
    weight = WEIGHTS.get(tie.kind, WEIGHTS["other"])
    if tie.kind == "shareholder" and tie.share_bp is not None:
        weight = 0.95 if tie.share_bp > 5_000 else 0.85 if tie.share_bp >= 2_500 else 0.6
    return weight * (ENDED if ended(tie.until, today) else 1.0)


def ended(until: date | None, today: date) -> bool:
    """Whether a relation is over."""
    return until is not None and until < today


def related_hits(
    hits: Sequence[Hit], ties: Ties, today: date, *, standing: Collection[PartyId], limit: int = 50
) -> tuple[tuple[Hit, ...], int]:
    """Return the hits found through relations of ``hits``, best first, and how many weak ones were left out.

    All hits belong to one asked name. From a hit that is merely possible only parties that stand somewhere
    (``standing``) are shown: an everyday name does not drag everybody's relatives in. A namesake by its number
    leads nowhere.
    """
    edges: defaultdict[PartyId, list[tuple[PartyId, Step, float]]] = defaultdict(list)
    for tie in ties.ties:
        weight = tie_weight(tie, today)
        for here, there, suffix in ((tie.other, tie.party, ""), (tie.party, tie.other, "_of")):
            if there in ties.known:
                step = Step(there, ties.known[there].names[0].text, tie.kind + suffix, _params(tie))
                edges[here].append((there, step, weight))
    best: dict[PartyId, Hit] = {}
    for start in hits:
        if start.namesake:
            continue
        for party, way in _ways(start.party, edges).items():
            if start.score < LIKELY_FROM and party not in standing:
                continue
            hit = _hit(start, ties.known[party], way)
            if party not in best or hit.score > best[party].score:
                best[party] = hit
    found = sorted(best.values(), key=lambda hit: (-hit.score, len(hit.path), str(hit.party)))
    sure = sum(hit.score >= LIKELY_FROM for hit in found)
    kept = found[: max(limit, sure)]
    return tuple(kept), len(found) - len(kept)


def _ways(start: PartyId, edges: Mapping[PartyId, list[tuple[PartyId, Step, float]]]) -> dict[PartyId, _Way]:
    """Return the best way to everybody within :data:`HOPS` steps; a cycle never improves a way."""
    best: dict[PartyId, _Way] = {}
    frontier = {start: _Way(1.0, ())}
    for _hop in range(HOPS):
        following: dict[PartyId, _Way] = {}
        for here, way in frontier.items():
            passed = {start, *(step.party for step in way.steps)}
            for there, step, weight in edges.get(here, ()):
                if there in passed:
                    continue
                longer = _Way(way.strength * weight, (*way.steps, step))
                if there not in following or longer.strength > following[there].strength:
                    following[there] = longer
        for party, way in following.items():
            if party not in best or way.worth > best[party].worth:
                best[party] = way
        frontier = following
    return best


def _hit(start: Hit, known: Known, way: _Way) -> Hit:
    score = round(0.5 + (start.score - 0.5) * way.worth, 4)
    level = level_of(score)
    assert level is not None  # a start lies in a band, so half of it and more does
    return replace(
        start,
        party=known.party,
        ref=known.ref,
        name=known.names[0].text,
        matched=known.names[0].text,
        matched_kind=known.names[0].kind,
        score=score,
        level=level,
        reasons=(reason("relation.steps", steps=len(way.steps)), *start.reasons),
        path=(*start.path, *way.steps),
        alignment=None,
        namesake=False,
        reached_from=start.level,
    )


def merged(direct: Sequence[Hit], related: Sequence[Hit]) -> list[Hit]:
    """Return all hits of one asked name, each party once under its better score, best first.

    Those found under the name keep the order the search gave them: it ranks everyday names by how alike they are.
    """
    best: dict[PartyId, Hit] = {}
    for hit in (*direct, *related):
        own = best.get(hit.party)
        if own is None or hit.score > own.score:
            best[hit.party] = hit
    kept = ([hit for hit in hits if best[hit.party] is hit] for hits in (direct, related))
    return list(merge(*kept, key=lambda hit: -hit.score))


def not_walked(ties: Ties) -> list[NotSearched]:
    """Return what of the network was not walked, as entries that concern the whole check."""
    found = [NotSearched(reason("not.hub", name=name)) for name in ties.hubs]
    return [*found, NotSearched(reason("not.cut"))] if ties.cut else found


def step_words(step: Step) -> str:
    """Return what a step says: what the next one is, its share, whether it is over."""
    if not step.relation:
        return ""
    said = _(TIE_TITLES.get(step.relation, TIE_TITLES["other"]))
    share = step.params.get("share_bp")
    if share is not None:
        said = _("{relation}, {share} %").format(relation=said, share=f"{share / 100:g}")
    if step.params.get("until"):
        said = _("{relation} (until {day})").format(relation=said, day=step.params["until"])
    return said


def path_words(path: Sequence[Step]) -> str:
    """Return a way as one line: A → shareholder, 60 %: B → spouse: C."""
    said = [path[0].name if path else ""]
    for step in path[1:]:
        tie = step_words(step)
        if tie:
            said.append(_("{relation}: {name}").format(relation=tie, name=step.name))
        elif step.name != said[-1]:
            said.append(step.name)
    return " → ".join(said)


def tie_steps(hit: Hit) -> tuple[Step, ...]:
    """Return the steps through relations; none for a party found under the asked name itself."""
    return tuple(step for step in hit.path if step.relation)


def _params(tie: Tie) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if tie.share_bp is not None:
        params["share_bp"] = tie.share_bp
    if tie.since is not None:
        params["since"] = tie.since.isoformat()
    if tie.until is not None:
        params["until"] = tie.until.isoformat()
    return params
