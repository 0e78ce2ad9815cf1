"""Programs that die at one step after the other, and what rounds of them come to."""

from __future__ import annotations

from dataclasses import dataclass, field

DYING = """
import os, signal, sys

def die_at(steps, place):
    "End at a step that touches the disk below place: every run takes the same steps, so each can be hit."
    taken = [0]

    def count(event, arguments):
        here = event == "open" and str(place) in str(arguments[0])
        if here or event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"):
            taken[0] += 1
            if taken[0] == steps:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return taken
"""


@dataclass
class Result:
    """What one subject came to: rounds run, rounds that failed (named), and facts worth a column."""

    rounds: int
    failed: list[str] = field(default_factory=list)
    facts: str = ""
