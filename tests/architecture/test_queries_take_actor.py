"""Every look-up names the acting person, and every look-up about cases passes the one filter ``visible_to``.

The filter is given the column that names the case, or ``null()`` for what belongs to no case. A function that is
given a ``session`` is part of a transaction that has its actor already.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Look-ups without an acting person, and why.
NOBODY_ACTS = {
    "actor_by_login": "finds out who acts",
    "logins": "finds out who acts",
    "every_address": "names encrypted files, for backups and checks of the whole office",
    "tables": "the tables as they are declared, no rows",
    "text_columns": "which columns may name a person, no rows",
    "anything_stored": "asked while the office opens; tells nothing about any case",
}

# Look-ups that do not pass visible_to, and why. Everything in lawdesk/firm is about the firm, not about cases.
NO_CASES = {
    "known_counts": "the conflict check says how much it searched",
    "known_relations": "the conflict check walks all relations; parties belong to no case",
    "known_since": "since when parties are on file; no case",
    "known_former": "what members handled elsewhere; no case of the firm",
    "known_open_cases": "the rerun of the check looks at every open case; what it finds passes visible_to",
    "known_members": "which parties are members of the firm; no case",
    "known_standings": "the conflict check looks behind walls without showing what it saw",
}

# Returned to be built into a statement that another look-up filters.
SELECTABLES = ("Subquery", "Select", "CTE", "FromClause", "ColumnElement")


def query_files() -> list[Path]:
    package = ROOT / "lawdesk"
    found = sorted([*package.glob("*/queries.py"), *package.glob("*/queries/**/*.py")])
    return [path for path in found if path.name not in ("sight.py", "curtain.py")]  # they decide


def is_value(node: ast.ClassDef) -> bool:
    """Whether a class only holds a row."""
    names = {name for decorator in node.decorator_list for name in ast.walk(decorator)}
    return any(isinstance(name, ast.Name) and name.id == "dataclass" for name in names)


def look_ups(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the public functions and the public methods of classes that are not plain rows."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            bodies: list[ast.stmt] = [node]
        elif isinstance(node, ast.ClassDef) and not is_value(node):
            bodies = node.body
        else:
            continue
        for function in bodies:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                yield function


def returns_selectable(function: ast.FunctionDef) -> bool:
    return function.returns is not None and any(kind in ast.unparse(function.returns) for kind in SELECTABLES)


def arguments(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]


def calls(node: ast.AST) -> set[str]:
    """The names of all functions called in ``node``."""
    found = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {getattr(func, "id", getattr(func, "attr", "")) for func in found}


def filters(function: ast.FunctionDef, tree: ast.Module) -> bool:
    """Whether the function, or a function of the same file that it calls, calls ``visible_to``."""
    known = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    seen: set[str] = set()
    waiting = [function.name]
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            waiting += calls(known[name])
        elif name == "visible_to":
            return True
    return False


def faults(source: str, *, about_cases: bool) -> list[str]:
    """What is wrong with the look-ups of one file."""
    tree = ast.parse(source)
    found = []
    for function in look_ups(tree):
        if function.name == "visible_to" or "session" in arguments(function) or returns_selectable(function):
            continue
        if "actor" not in arguments(function) and function.name not in NOBODY_ACTS:
            found.append(f"{function.name} does not take the actor")
        elif about_cases and function.name not in {*NO_CASES, *NOBODY_ACTS} and not filters(function, tree):
            found.append(f"{function.name} does not pass visible_to")
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "visible_to":
            column = ast.unparse(call.args[2])
            if column != "null()" and not column.endswith(("case_id", "case_id)", "Case.id)")):
                found.append(f"visible_to filters on {column}, which names no case")
    return found


@pytest.mark.parametrize("path", query_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_look_ups_ask_who_acts_and_what_they_may_see(path: Path) -> None:
    about_cases = path.relative_to(ROOT).parts[1] != "firm"
    assert faults(path.read_text(encoding="utf-8"), about_cases=about_cases) == []


def test_there_are_look_ups_to_judge() -> None:
    assert len(query_files()) > 3


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("class Q:\n def cases(self): return visible_to(s, a, col(Case.id))", "does not take the actor"),
        ("class Q:\n def cases(self, actor): return select(Case)", "does not pass visible_to"),
        ("def cases(actor): return visible_to(select(Party), actor, col(Party.id))", "names no case"),
    ],
)
def test_a_careless_look_up_is_seen(code: str, fault: str) -> None:
    assert any(fault in line for line in faults(code, about_cases=True))


def test_a_careful_look_up_passes() -> None:
    code = """
class Q:
    def cases(self, actor): return self._find(actor)
    def _find(self, actor): return visible_to(select(Case), actor, col(Case.id))
def heads() -> Subquery: return select(Case).subquery()
"""
    assert faults(code, about_cases=True) == []


# Where LawDesk reads for itself, beyond walls, and why; everything else opens its session for the acting person.
FOR_ITSELF = {
    "cases/queries/lists.py": "find_case: whether a wall is why nothing was found, so that it is on record",
    "cases/queries/relations.py": "known_relations: without a mask the conflict check walks everything",
    "conflicts/service/registry.py": "the names the conflict check searches; a mask takes the hidden ones out",
    "conflicts/service/watching.py": "up to where was looked",
    "deadlines/service/law.py": "calendar and rules of the office",
    "deadlines/service/reminding.py": "until when the office's reminders were collected",
    "documents/queries.py": "addresses of encrypted pieces",
    "firm/queries/people.py": "the firm and its people hide nothing",
    "firm/queries/walls.py": "what is hidden from somebody",
    "firm/service/walls.py": "whether a reference was given out already",
}


@pytest.mark.parametrize(
    "feature", ["cases", "conflicts", "deadlines", "documents", "firm", "oversight", "timesheet"]
)
def test_sessions_are_opened_for_somebody(feature: str) -> None:
    package = ROOT / "lawdesk"
    for path in sorted((package / feature).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") != "read":
                continue
            of_database = ast.unparse(call.func).endswith("_database.read")
            if of_database and not call.args:
                assert path.relative_to(package).as_posix() in FOR_ITSELF, f"{path}:{call.lineno}"
