"""A live database is copied by the backup API only: a file copy may be torn, and looks fine until restored."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIES = {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move"}

# Files that copy, and why that is never the database.
ALLOWED = {"lawdesk/paper/libreoffice.py": "a Word file into LibreOffice's own folder, and its PDF back"}


def raw_copies(source: str) -> list[str]:
    """The calls of shutil that copy or move files, however shutil was imported."""
    tree = ast.parse(source)
    plain = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "shutil"
        for name in node.names
        if name.name in COPIES
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in COPIES and ast.unparse(node.value) == "shutil":
            found.append(f"line {node.lineno}: shutil.{node.attr}")
        elif isinstance(node, ast.Name) and node.id in plain:
            found.append(f"line {node.lineno}: {node.id}")
    return found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "lawdesk").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_no_file_is_copied_raw(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() not in ALLOWED:
        assert raw_copies(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", ["import shutil; shutil.copy(a, b)", "from shutil import move as go; go(a, b)"])
def test_a_raw_copy_is_seen(line: str) -> None:
    assert raw_copies(line)


def test_removing_a_folder_is_no_copy() -> None:
    assert raw_copies("import shutil; shutil.rmtree(a); shutil.which('soffice')") == []
