"""LawDesk's inner floors start without Qt, and start-up does not load what only some work needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOW = {"app", "__main__", "ui", "page", "dialogs"}
HEAVY = ["alembic", "reportlab", "docx", "openpyxl", "pikepdf", "keyring", "typer", "pypinyin", "psycopg", "PIL"]

# Run by alembic, inside a migration; it is no module to import.
SCRIPT = "lawdesk.storage.migrations.env"

# Migrations are made of alembic; the command line is made of typer. Neither is part of the window's start.
LATER = ("lawdesk.storage.migrations", "lawdesk.cli")

BLOCK_QT = """
import importlib, json, sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is not there")
sys.meta_path.insert(0, NoQt())
"""
IMPORT_ALL = """
failed = {}
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception as error:
        failed[name] = repr(error)
json.dump({"failed": failed, "loaded": sorted(sys.modules)}, sys.stdout)
"""


def modules() -> list[str]:
    """Every module of the package, by its dotted name."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "lawdesk").rglob("*.py"))
    return sorted({".".join(path.parts).removesuffix(".__init__") for path in paths} - {SCRIPT})


def without_window() -> list[str]:
    return [name for name in modules() if not WINDOW & set(name.split("."))]


def import_all(names: list[str], before: str = "import importlib, json, sys\n") -> tuple[dict[str, str], set[str]]:
    """Import ``names`` in a fresh process; return what failed and everything that is loaded then."""
    done = subprocess.run(
        [sys.executable, "-c", before + IMPORT_ALL],
        input=json.dumps(names),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["failed"], set(answer["loaded"])


def test_everything_below_the_window_imports_without_qt() -> None:
    names = without_window()
    assert {"lawdesk.office", "lawdesk.cases.service", "lawdesk.storage.engine"} <= set(names)
    failed, loaded = import_all(names, BLOCK_QT)
    assert failed == {}
    assert "PySide6" not in loaded


def test_the_block_holds() -> None:
    failed, _loaded = import_all(["PySide6.QtCore", "lawdesk.kernel.money"], BLOCK_QT)
    assert list(failed) == ["PySide6.QtCore"]


@pytest.mark.parametrize("heavy", HEAVY)
def test_heavy_libraries_wait_until_they_are_used(started: set[str], heavy: str) -> None:
    assert heavy not in started


@pytest.fixture(scope="module")
def started() -> set[str]:
    """What is loaded once every module of the window and below is imported."""
    names = [name for name in modules() if not name.startswith(LATER)]
    failed, loaded = import_all(names)
    assert failed == {}
    return loaded
