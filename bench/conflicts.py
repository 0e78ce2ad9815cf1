"""The conflict search: what it finds and misses, kind by kind, how fast, and beside it what others are made of.

    python -m bench conflicts [--names 100000] [--per-kind 50] [--seed 1] [--json FILE] [--no-peers]
                              [--postgres URL] [--server] [--place DIR [--reuse]]

The registry and the queries are generated from ``bench/corpora``; another ``--seed`` makes others. ``--server`` runs
LawDesk itself on the PostgreSQL office at ``--postgres`` instead of an encrypted file; peers run on the same names
in the same run (with fewer queries where they are slow: ``--peer-queries``).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.conflict_names.engines import Engine, LawDesk, peers
from bench.conflict_names.meant import SIGNS, also_meant
from bench.conflict_names.measure import Score, best_threshold, by_kind, percentile, score_all
from bench.conflict_names.pairs import best_f1, own_score
from bench.conflict_names.queries import Query, negatives, positives
from bench.conflict_names.registry import make


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench conflicts", description=__doc__.partition("\n")[0])
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--per-kind", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--peer-queries", type=int, default=400)
    parser.add_argument("--postgres")
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--place")
    parser.add_argument("--reuse", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(options, options.place or str(Path(folder) / "office"))


def _measure(options: argparse.Namespace, place: str) -> int:
    say(f"making {options.names} parties")
    entries = make(options.names, options.seed)
    queries = positives(entries, options.per_kind, options.seed) + negatives(
        entries, options.per_kind, options.seed
    )
    gc.freeze()  # a million entries of the bench's own are not for LawDesk's searches to be interrupted by
    own = LawDesk()
    say("LawDesk: importing")
    own.build(entries, options.postgres if options.server else place, reuse=options.reuse)
    gc.freeze()  # as LawDesk does once it is open
    say(f"LawDesk: {len(queries)} queries")
    also = also_meant(entries, queries)
    results = {own.name: score_all(own, queries, also)}
    own.measure_memory()
    say("LawDesk: all keys anew")
    own.measure_index(len(entries) + sum(len(one.aliases) for one in entries))
    own.office.close()
    engines: list[Engine] = [own]
    if not options.no_peers:
        sample = random.Random(0).sample(queries, min(options.peer_queries, len(queries)))
        for peer in peers(entries, options.postgres, say):
            say(f"{peer.name}: {len(sample)} queries")
            results[peer.name] = score_all(peer, sample, also)
            engines.append(peer)
    report = _report(engines, results, queries)
    report["labelled pairs"] = dict(zip(("best F1", "at"), best_f1(own_score), strict=True))
    _print(report, options)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _report(engines: list[Engine], results: dict[str, list[Score]], queries: list[Query]) -> dict[str, Any]:
    report: dict[str, Any] = {"at": time.strftime("%Y-%m-%d"), "queries": len(queries), "engines": {}, "kinds": {}}
    for engine in engines:
        scores = results[engine.name]
        right = [one for one in scores if one.query.truth]
        wrong = [one for one in scores if not one.query.truth]
        times = sorted(one.milliseconds for one in scores)
        threshold = best_threshold(scores)
        report["engines"][engine.name] = {
            "recall@1": sum(one.rank == 1 for one in right) / len(right),
            "recall@10": sum(one.rank > 0 for one in right) / len(right),
            "the very party @1": sum(one.strict == 1 for one in right) / len(right),
            "the very party @10": sum(one.strict > 0 for one in right) / len(right),
            "false alarms (likely and up)": sum(one.alarm for one in wrong) / max(1, len(wrong)),
            "at best F1: recall": sum(one.true_score >= threshold for one in right) / len(right),
            "at best F1: alarms": sum(one.top_score >= threshold for one in wrong) / max(1, len(wrong)),
            "p50 ms": percentile(times, 50),
            "p95 ms": percentile(times, 95),
            **engine.about,
        }
    for name, scores in results.items():
        for kind, values in by_kind(scores).items():
            report["kinds"].setdefault(kind, {})[name] = values
    return report


def _print(report: dict[str, Any], options: argparse.Namespace) -> None:
    print(f"{options.names} parties, {report['queries']} queries, seed {options.seed}\n")
    rows = list(dict.fromkeys(row for one in report["engines"].values() for row in one))
    names = list(report["engines"])
    print("".join([" " * 32, *(f"{name:>18}" for name in names)]))
    for row in rows:
        cells = (report["engines"][name].get(row) for name in names)
        print(f"{row:32}" + "".join(f"{cell:18.3f}" if cell is not None else " " * 18 for cell in cells))
    print(
        "\nkind (own queries), recall@1 / recall@10 / likely and up; negatives: false alarms\n"
        "behind LawDesk's: the very party the query was made from @1 / @10, where others fit the query as well"
    )
    for kind, cells in report["kinds"].items():
        shown = [f"{_cell(cells.get(name)):>18}" for name in names]
        count = cells[names[0]]["queries"] if names[0] in cells else 0
        own = cells.get(names[0]) or {}
        strict = f"  {own['strict@1']:.2f}/{own['strict@10']:.2f}" if kind in SIGNS and "strict@1" in own else ""
        print(f"{kind:38}{count:5}" + "".join(shown) + strict)
    pairs = report["labelled pairs"]
    print(f"\n826 public labelled pairs: best F1 {pairs['best F1']:.3f} at {pairs['at']:.2f}")


def _cell(values: dict[str, float] | None) -> str:
    if values is None:
        return "-"
    if "alarms" in values:
        return f"{values['alarms']:.2f}"
    return f"{values['recall@1']:.2f}/{values['recall@10']:.2f}/{values['likely']:.2f}"
