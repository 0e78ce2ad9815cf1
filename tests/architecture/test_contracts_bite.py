"""The import contracts of pyproject.toml are kept, and each of them is seen to break.

A guard that never bites is worse than none: every contract gets at least one forbidden line planted in a copy of
the package (plain, inside a function, or for type checkers only) and must break; the neighbouring line that is
allowed must leave it whole.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["id"] for contract in SETTINGS["tool"]["importlinter"]["contracts"]]
FEATURES = ["firm", "cases", "conflicts", "deadlines", "timesheet", "documents", "oversight", "privacy"]

LATER = "def planted() -> None:\n    import {}"
TYPING = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}"


def source(module: str) -> str:
    """The file of a module, which may have grown into a folder."""
    path = Path(*module.split("."))
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


@dataclass(frozen=True)
class Plant:
    contract: str
    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        words = " + ".join(f"{name}: {text.rpartition('import ')[2] or 'a new file'}" for name, text in self.lines)
        return f"{self.contract}: {words}"


def plant(contract: str, module: str, imported: str, form: str = "import {}") -> Plant:
    return Plant(contract, ((source(module), form.format(imported)),))


FORBIDDEN = [
    plant("layers", "lawdesk.kernel.money", "lawdesk.storage"),
    plant("layers", "lawdesk.kernel.money", "lawdesk.firm", TYPING),
    plant("layers", "lawdesk.storage.engine", "lawdesk.firm"),
    plant("layers", "lawdesk.storage.engine", "lawdesk.ui.tokens", LATER),
    plant("layers", "lawdesk.paper.tables", "lawdesk.storage"),
    plant("layers", "lawdesk.ui.theme", "lawdesk.cases"),
    plant("layers", "lawdesk.firm.service", "lawdesk.cases"),
    plant("layers", "lawdesk.cases.service", "lawdesk.conflicts", LATER),
    plant("layers", "lawdesk.deadlines.service", "lawdesk.timesheet"),
    plant("layers", "lawdesk.timesheet.service", "lawdesk.documents", TYPING),
    plant("layers", "lawdesk.conflicts.service", "lawdesk.oversight"),
    plant("layers", "lawdesk.oversight.page", "lawdesk.office"),
    plant("layers", "lawdesk.safekeeping.export", "lawdesk.privacy", LATER),
    plant("layers", "lawdesk.privacy.service", "lawdesk.office", TYPING),
    plant("layers", "lawdesk.office", "lawdesk.cli", LATER),
    plant("layers", "lawdesk.office", "lawdesk.demo", LATER),
    plant("layers", "lawdesk.cli", "lawdesk.app", LATER),
    plant("layers", "lawdesk.app", "lawdesk.cli", LATER),
    Plant("layers", (("lawdesk/extras.py", ""),)),
    plant("feature-shape", "lawdesk.cases.rules", "lawdesk.cases.model", LATER),
    plant("feature-shape", "lawdesk.cases.model", "lawdesk.cases.queries"),
    plant("feature-shape", "lawdesk.timesheet.queries", "lawdesk.timesheet.service"),
    plant("feature-shape", "lawdesk.cases.service", "lawdesk.cases.page", LATER),
    Plant("feature-shape", (("lawdesk/deadlines/helpers.py", ""),)),
    plant("no-qt-below-pages", "lawdesk.kernel.money", "PySide6.QtCore"),
    plant("no-qt-below-pages", "lawdesk.cases.rules", "PySide6.QtGui", LATER),
    plant("no-qt-below-pages", "lawdesk.storage.engine", "shiboken6", TYPING),
    plant("no-qt-below-pages", "lawdesk.deadlines.service", "lawdesk.ui.tasks", TYPING),
    plant("no-qt-below-pages", "lawdesk.documents.queries", "lawdesk.documents.page"),
    plant("no-qt-below-pages", "lawdesk.paper.tables", "PySide6.QtPrintSupport"),
    plant("no-qt-below-pages", "lawdesk.office", "PySide6.QtCore", LATER),
    plant("no-qt-below-pages", "lawdesk.demo", "lawdesk.app", LATER),
    plant("no-qt-below-pages", "lawdesk.cli", "lawdesk.cases.page", LATER),
    plant("no-qt-at-the-door", "lawdesk.cases", "lawdesk.cases.page"),
    plant("no-qt-at-the-door", "lawdesk.oversight", "lawdesk.ui.theme", LATER),
    plant("no-qt-at-the-door", "lawdesk", "PySide6"),
    plant("no-sql-in-pages", "lawdesk.cases.page", "sqlmodel"),
    plant("no-sql-in-pages", "lawdesk.cases.page", "lawdesk.cases.model", LATER),
    plant("no-sql-in-pages", "lawdesk.deadlines.page", "lawdesk.storage.database", TYPING),
    plant("no-sql-in-pages", "lawdesk.ui.theme", "sqlalchemy"),
    plant("pure-rules", "lawdesk.kernel.money", "sqlalchemy", LATER),
    plant("pure-rules", "lawdesk.conflicts.rules", "sqlmodel"),
    plant("pure-rules", "lawdesk.deadlines.rules", "lawdesk.storage.record", TYPING),
    plant("pure-rules", "lawdesk.timesheet.rules", "lawdesk.cases"),
    plant("paper-is-plain", "lawdesk.paper.tables", "sqlmodel", LATER),
    plant("paper-is-plain", "lawdesk.timesheet.report", "lawdesk.timesheet.model"),
    plant("front-door-firm", "lawdesk.cases.service", "lawdesk.firm.service"),
    plant("front-door-firm", "lawdesk.cases.queries", "lawdesk.firm.model", LATER),
    plant("front-door-cases", "lawdesk.deadlines.service", "lawdesk.cases.model"),
    plant("front-door-cases", "lawdesk.documents.page", "lawdesk.cases.rules", TYPING),
    plant("front-door-deadlines", "lawdesk.demo", "lawdesk.deadlines.service"),
    plant("front-door-conflicts", "lawdesk.oversight.page", "lawdesk.conflicts.rules"),
    plant("front-door-deadlines", "lawdesk.oversight.page", "lawdesk.deadlines.service"),
    plant("front-door-timesheet", "lawdesk.oversight.page", "lawdesk.timesheet.page", LATER),
    plant("front-door-documents", "lawdesk.oversight.page", "lawdesk.documents.queries"),
    plant("front-door-oversight", "lawdesk.__main__", "lawdesk.oversight.page", LATER),
    plant("front-door-privacy", "lawdesk.__main__", "lawdesk.privacy.page", LATER),
    Plant(
        "no-cycles",
        (
            ("lawdesk/kernel/money.py", LATER.format("lawdesk.kernel.ids")),
            ("lawdesk/kernel/ids.py", LATER.format("lawdesk.kernel.money")),
        ),
    ),
]

ALLOWED = [
    plant("layers", "lawdesk.oversight.page", "lawdesk.deadlines"),
    plant("layers", "lawdesk.deadlines.service", "lawdesk.cases"),
    plant("no-qt-below-pages", "lawdesk.cases.page", "PySide6.QtWidgets"),
    plant("no-qt-below-pages", "lawdesk.app", "PySide6.QtWidgets"),
    plant("no-sql-in-pages", "lawdesk.cases.page", "lawdesk.cases.service"),
    plant("pure-rules", "lawdesk.cases.rules", "decimal"),
    plant("front-door-cases", "lawdesk.deadlines.service", "lawdesk.cases"),
    plant("front-door-cases", "lawdesk.app", "lawdesk.cases.page", LATER),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool | None]:
    """Whether each contract holds as things are, and with each planted line."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "lawdesk", copy / "lawdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    plants = [*FORBIDDEN, *ALLOWED]
    task = {"base": CONTRACTS, "plants": [{"contract": p.contract, "lines": dict(p.lines)} for p in plants]}
    script = Path(__file__).with_name("lint_copies.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps(task),
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    names = [*CONTRACTS, *map(str, plants)]
    return dict(zip(names, [*answer["base"], *answer["plants"]], strict=True))


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_contract_is_kept(kept: dict[str, bool | None], contract: str) -> None:
    assert kept[contract], f"run lint-imports --contract {contract}"


@pytest.mark.parametrize("planted", FORBIDDEN, ids=str)
def test_a_forbidden_line_breaks_its_contract(kept: dict[str, bool | None], planted: Plant) -> None:
    assert kept[str(planted)] is False


@pytest.mark.parametrize("planted", ALLOWED, ids=str)
def test_the_allowed_neighbour_leaves_the_contract_whole(kept: dict[str, bool | None], planted: Plant) -> None:
    assert kept[str(planted)]


def test_every_contract_is_tried() -> None:
    assert {planted.contract for planted in FORBIDDEN} == set(CONTRACTS)


def test_every_feature_is_in_the_contracts() -> None:
    shape = next(c for c in SETTINGS["tool"]["importlinter"]["contracts"] if c["id"] == "feature-shape")
    folders = {path.parent.name for path in (ROOT / "lawdesk").glob("*/service*")}
    assert folders | set(FEATURES) == {name.removeprefix("lawdesk.") for name in shape["containers"]}
