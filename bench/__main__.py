"""``python -m bench NAME [options]``: run one measurement; without a name, say which there are."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import bench


def main(arguments: list[str]) -> int:
    names = sorted(module.name for module in iter_modules(bench.__path__) if not module.name.startswith("_"))
    if not arguments or arguments[0] not in names:
        print(f"usage: python -m bench {{{','.join(names)}}} [options]", file=sys.stderr)
        return 2
    return import_module(f"bench.{arguments[0]}").run(arguments[1:]) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
