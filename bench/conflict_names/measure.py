"""From queries to figures."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

from bench.conflict_names.engines import Engine
from bench.conflict_names.queries import Query

_SURE = ("likely", "certain")


@dataclass(frozen=True)
class Score:
    """What an engine answered to one query, and how long it took.

    ``rank`` is that of the first party the query may mean, ``strict`` that of the very one it was made from (0: not
    among ten).
    """

    query: Query
    rank: int
    strict: int
    likely: bool
    alarm: bool
    top_score: float
    true_score: float
    milliseconds: float


def score_all(engine: Engine, queries: list[Query], also: dict[str, frozenset[str]]) -> list[Score]:
    """Ask everything; ``also`` says whom else a query may mean (see :mod:`bench.conflict_names.meant`)."""
    found = []
    for query in queries:
        started = time.perf_counter()
        ranked = engine.find(query.text)
        spent = (time.perf_counter() - started) * 1000
        meant = query.truth | also.get(query.id, frozenset())
        strict = [place for place, (ref, _score, _level) in enumerate(ranked) if ref in query.truth]
        right = [place for place, (ref, _score, _level) in enumerate(ranked) if ref in meant]
        sure = [ref for ref, _score, level in ranked if level in _SURE]
        found.append(
            Score(
                query,
                right[0] + 1 if right else 0,
                strict[0] + 1 if strict else 0,
                any(ref in meant for ref in sure),
                bool(sure),
                ranked[0][1] if ranked else 0.0,
                max((ranked[place][1] for place in right), default=0.0),
                spent,
            )
        )
    return found


def best_threshold(scores: list[Score]) -> float:
    """Return the score from which on an answer counts, where F1 over all queries is best."""
    best, found = -1.0, 0.0
    for threshold in sorted({one.top_score for one in scores if one.top_score > 0}):
        hits = sum(bool(one.query.truth) and one.true_score >= threshold for one in scores)
        false = sum(not one.query.truth and one.top_score >= threshold for one in scores)
        missed = sum(bool(one.query.truth) for one in scores) - hits
        f1 = 2 * hits / max(1, 2 * hits + false + missed)
        if f1 > best:
            best, found = f1, threshold
    return found


def by_kind(scores: list[Score]) -> dict[str, dict[str, float]]:
    """Return the figures of each kind."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        groups[one.query.kind].append(one)
    found: dict[str, dict[str, float]] = {}
    for kind, group in groups.items():
        count = len(group)
        if group[0].query.truth:
            found[kind] = {
                "queries": count,
                "recall@1": sum(one.rank == 1 for one in group) / count,
                "recall@10": sum(one.rank > 0 for one in group) / count,
                "strict@1": sum(one.strict == 1 for one in group) / count,
                "strict@10": sum(one.strict > 0 for one in group) / count,
                "likely": sum(one.likely for one in group) / count,
            }
        else:
            found[kind] = {"queries": count, "alarms": sum(one.alarm for one in group) / count}
    return found


def percentile(ordered: list[float], percent: int) -> float:
    """Return a percentile of ordered numbers."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0
