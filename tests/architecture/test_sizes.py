"""No file over 400 lines, no function over 60: what outgrows that becomes a folder, or more functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 400
FUNCTION_LINES = 60
PLACES = ["lawdesk", "tools", "bench", "tests"]

# A migration is one list of tables, written once and never read as a program.
LISTS = ROOT / "lawdesk" / "storage" / "migrations" / "versions"


def files() -> list[Path]:
    return [ROOT / "dev.py", *(path for place in PLACES for path in sorted((ROOT / place).rglob("*.py")))]


def long_functions(source: str, limit: int = FUNCTION_LINES) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield node.name, lines


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_and_functions_are_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if LISTS not in path.parents:
        lines = len(source.splitlines())
        assert lines <= FILE_LINES
        assert list(long_functions(source)) == []


def test_a_long_function_is_seen() -> None:
    inner = "class A:\n    def short(self):\n        pass\n    def long(self):\n" + "        pass\n" * 60
    assert list(long_functions(inner)) == [("long", 61)]
