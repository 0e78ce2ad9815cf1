"""What a conflict check meets behind ethical walls, told without telling what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lawdesk.conflicts.rules import CheckResult, Hit, NotSearched, Standing
from lawdesk.conflicts.rules.reasons import reason
from lawdesk.firm import Actor, Answer, WallService

RESTRICTED = ("walled.ask", "walled.conflict", "walled.later")
"""The reasons that stand for something behind a wall which the director has not declared free."""
_ANSWERED = {Answer.CONFLICT: "walled.conflict", Answer.LATER: "walled.later", Answer.FREE: "walled.free"}


def met_behind(walls: WallService, actor: Actor, seen: CheckResult, full: CheckResult) -> list[NotSearched]:
    """Return what to tell of the hits in ``full`` that are not in ``seen``, the answer without what is hidden.

    One reference for the whole check, however much lies there, and one line for each asked name that met it.
    """
    known = {(hit.asked, hit.party): set(hit.standings) for hit in seen.hits}
    names: dict[str, None] = {}
    cases: set[int] = set()
    parties: set[int] = set()
    for hit in full.hits:
        open_ones = known.get((hit.asked, hit.party))
        closed = [one for one in hit.standings if open_ones is None or one not in open_ones]
        if open_ones is not None and not closed:
            continue
        names[hit.asked.name] = None
        cases |= {one.case_id for one in closed if one.case_id is not None}
        parties |= {hit.party} if isinstance(hit.party, int) else set()
    if not names:
        return []
    met = walls.met(actor, "conflict", asked=tuple(names), cases=cases, parties=parties)
    code = "walled.ask" if met.answer is None else _ANSWERED[met.answer]
    told = reason(code, number=met.number)
    if met.answer is Answer.FREE:
        return [NotSearched(told)]
    return [NotSearched(told, name[:60]) for name in names]


def about(hits: Iterable[Hit]) -> Iterator[dict[str, int]]:
    """Return the parties and cases that hits tell of, as columns of ``conflict_about``."""
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        parties = [hit.party, *(step.party for step in hit.path)]
        seen |= {("party_id", party) for party in parties if isinstance(party, int)}
        seen |= {("case_id", one.case_id) for one in _standings(hit) if one.case_id is not None}
    for column, number in sorted(seen):
        yield {column: number}


def told_of(content: dict[str, Any]) -> Iterator[dict[str, int]]:
    """Return the same of a kept hit."""
    parties = {content["party"], *(step["party"] for step in content["path"])}
    for column, numbers in (("party_id", parties), ("case_id", set(content["case_ids"]))):
        for number in sorted(one for one in numbers if isinstance(one, int)):
            yield {column: number}


def _standings(hit: Hit) -> list[Standing]:
    return [*hit.standings, *(ruling.standing for ruling in hit.rulings)]
