"""``python -m bench [NAME … [ARGUMENTS]]``: run the modules named, or all that are quick."""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path

QUICK = ("start", "memory", "storage")
"""What runs without a name, in this order."""
PARTS = frozenset({"__init__", "__main__", "figures", "fresh"})
"""Files of this folder that measure nothing by themselves."""


def names() -> list[str]:
    """Return the names of everything that can be measured."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in PARTS)


def main(words: list[str]) -> int:
    """Run what ``words`` name; what follows the last name goes to it. Return an exit code."""
    known = names()
    if words and words[0] in ("-h", "--help"):
        print(__doc__, "\nThere are:", ", ".join(known))
        return 0
    chosen: list[str] = []
    while words and words[0] in known:
        chosen.append(words.pop(0))
    if words and not chosen:
        print(f"bench: no such measurement: {words[0]}. There are: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in chosen or [name for name in QUICK if name in known]:
        begun = time.monotonic()
        importlib.import_module(f"bench.{name}").run(words if chosen and name == chosen[-1] else [])
        print(f"({name}: {time.monotonic() - begun:.0f} s)\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
