"""The 826 public labelled pairs: does a score tell same from other, at the best threshold?"""

from __future__ import annotations

import csv
from collections.abc import Callable

from bench.conflict_names.registry import lines

KIND = {"Person": "person", "Company": "organization", "Organization": "organization"}
Pair = tuple[str, str, str, bool]


def labelled() -> list[Pair]:
    """Return (kind, one name, the other, same)."""
    rows = csv.DictReader(lines("nk_name_bench_cases.csv"))
    return [(KIND.get(r["schema"], "unknown"), r["name1"], r["name2"], r["is_match"] == "true") for r in rows]


def own_score(kind: str, one: str, other: str) -> float:
    """Return the score LawDesk gives two names."""
    from lawdesk.conflicts.rules import compare_names, forms_to_try, normalise_name

    known = normalise_name(other, kind)
    names = [known, *(normalise_name(also, kind) for also in known.also)]
    return max(compare_names(form, name).score for form in forms_to_try(one, kind) for name in names)


def best_f1(score: Callable[[str, str, str], float]) -> tuple[float, float]:
    """Return the best F1 and the threshold it is reached at."""
    scored = sorted(((score(kind, one, other), same) for kind, one, other, same in labelled()), reverse=True)
    everything = sum(same for _score, same in scored)
    best, found = (0.0, 0.0), 0
    for count, (value, same) in enumerate(scored, 1):
        found += same
        if value > 0 and (count == len(scored) or scored[count][0] != value):
            best = max(best, (2 * found / (count + everything), value))
    return best
