"""Every package that is installed is pinned, has its reason and licence in ARCHITECTURE.md, and may ship."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = r"([A-Za-z0-9][\w.-]*)"

# Import names that are not the name of the package.
IMPORTED_AS = {
    "argon2": "argon2-cffi",
    "docx": "python-docx",
    "PIL": "pillow",
    "PySide6": "pyside6-essentials",
    "shiboken6": "pyside6-essentials",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; some have one per range of Python versions."""
    found = defaultdict(set)
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    for name, version in re.findall(rf"^{NAME}==([^\s;\\]+)", text, re.M):
        found[normal(name)].add(version)
    return dict(found)


def table(heading: str) -> dict[str, tuple[set[str], str, str]]:
    """A table of ARCHITECTURE.md: package -> versions, reason, licence."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    rows = re.findall(rf"^\| {NAME} \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", section, re.M)
    return {
        normal(name): (set(versions.split(" / ")), why, licence)
        for name, versions, why, licence in rows
        if name != "dependency"
    }


def wishes() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(match[0]) for wish in project["dependencies"] if (match := re.match(NAME, wish))}


def imported_packages() -> set[str]:
    """The packages from outside that lawdesk imports anywhere."""
    found = set()
    for path in (ROOT / "lawdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    outside = found - set(sys.stdlib_module_names) - {"lawdesk"}
    return {normal(IMPORTED_AS.get(name, name)) for name in outside}


def test_what_ships_is_explained_at_its_version() -> None:
    assert {name: row[0] for name, row in table("What ships").items()} == pins("lock.txt")


def test_what_development_adds_is_explained_at_its_version() -> None:
    shipped = pins("lock.txt")
    added = {name: versions for name, versions in pins("dev.txt").items() if name not in shipped}
    assert {name: row[0] for name, row in table("For development only").items()} == added


def test_development_uses_the_versions_that_ship() -> None:
    shipped, development = pins("lock.txt"), pins("dev.txt")
    assert {name: shipped[name] for name in shipped.keys() & development.keys()} == {
        name: development[name] for name in shipped.keys() & development.keys()
    }


def test_every_pin_has_hashes() -> None:
    for file in ("lock.txt", "dev.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / file).read_text(encoding="utf-8"))
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_lawdesk_wishes_for_exactly_what_it_imports() -> None:
    """tzdata and psycopg are used by name (time zones, the driver in a database address), not imported."""
    assert imported_packages() | {"tzdata", "psycopg"} == wishes()


@pytest.mark.parametrize("name", pins("lock.txt"))
def test_what_ships_is_not_gpl(name: str) -> None:
    said = table("What ships")[name][2]
    assert not re.search(r"(?<!L)GPL", said)
    try:
        package = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("not for this system")
    own = " ".join([package.get("License-Expression") or "", package.get("License") or ""][:2])
    choices = re.split(r"\s+OR\s+", own, flags=re.I)
    assert any(not re.search(r"(?<!L)A?GPL", choice) for choice in choices)
