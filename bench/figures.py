"""Medians, and tables in plain text."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """Return the middle of ``values``."""
    return statistics.median(values)


def spread(values: Sequence[float], *, scale: float = 1.0) -> str:
    """Return smallest and largest, so that a noisy run shows."""
    return f"{min(values) * scale:.0f}–{max(values) * scale:.0f}"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: first column left, the others right."""
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    print(f"{title}  [Python {platform.python_version()}, {platform.system()} {platform.machine()}]")
    for row in (heads, ["-" * width for width in widths], *rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print("  " + "  ".join(cells).rstrip())
    print(flush=True)
