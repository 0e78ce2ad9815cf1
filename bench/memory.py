"""Resident memory with the Today page of the demo firm open, as a ratio to an empty window with SQLModel."""

from __future__ import annotations

from bench.figures import median, table
from bench.start import NAMES, rounds

ROUNDS = 3
MIB = 1024 * 1024


def run(args: list[str]) -> None:
    """Measure and print; ``args`` may hold the number of rounds."""
    found = rounds(int(args[0]) if args else ROUNDS)
    base = median([standing.rss for standing in found["empty"]])
    rows = []
    for kind, standings in found.items():
        rss = median([standing.rss for standing in standings])
        rows.append([NAMES[kind], f"{rss / MIB:.0f}", f"{rss / base:.2f}"])
    table(f"resident memory, median of {len(found['empty'])}", ["", "MiB", "ratio"], rows)
