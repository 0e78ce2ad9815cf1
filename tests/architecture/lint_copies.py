"""Run by test_contracts_bite.py in its own process: plant lines in a copy of the package, check one contract.

Standard input: JSON ``{"base": [contract id], "plants": [{"contract": id, "lines": {file: text}}]}``. The current
folder holds the copy and its pyproject.toml. Standard output: JSON ``{"base": [kept], "plants": [kept]}``, where
kept is null if the contract or the plant names a module that does not exist.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

configure()


def kept(contract: str) -> bool | None:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return lint_imports(limit_to_contracts=(contract,), cache_dir=None, is_debug_mode=True, no_logo=True)
        except Exception:
            traceback.print_exc()
            return None


def kept_with(contract: str, lines: dict[str, str]) -> bool | None:
    if any(text and not Path(name).exists() for name, text in lines.items()):
        return None
    before = {Path(name): Path(name).read_bytes() if Path(name).exists() else None for name in lines}
    try:
        for name, text in lines.items():
            path = Path(name)
            path.write_bytes((before[path] or b'"""Planted."""\n') + f"\n{text}\n".encode())
        return kept(contract)
    finally:
        for path, content in before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)


task = json.load(sys.stdin)
answer = {
    "base": [kept(contract) for contract in task["base"]],
    "plants": [kept_with(plant["contract"], plant["lines"]) for plant in task["plants"]],
}
json.dump(answer, sys.stdout)
