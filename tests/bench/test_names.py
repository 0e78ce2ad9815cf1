"""Everything in bench can be called by its name; what it prints is a table. No figure is asserted."""

from __future__ import annotations

import importlib

import pytest

from bench.__main__ import PARTS, QUICK, main, names
from bench.figures import table


@pytest.mark.parametrize("name", names())
def test_each_has_something_to_run_and_says_what_it_measures(name: str) -> None:
    module = importlib.import_module(f"bench.{name}")
    assert callable(module.run)
    assert module.__doc__


def test_what_runs_without_a_name_is_there() -> None:
    assert set(QUICK) <= set(names())
    assert not PARTS & set(names())


def test_a_name_that_is_not_there_is_refused_and_the_others_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed"]) == 2
    said = capsys.readouterr().err
    assert "speed" in said
    assert all(name in said for name in names())


def test_arguments_go_to_the_last_name(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, list[str]]] = []
    for name in ("memory", "storage"):
        monkeypatch.setattr(f"bench.{name}.run", lambda args, name=name: ran.append((name, args)))
    assert main(["memory", "storage", "2"]) == 0
    assert ran == [("memory", []), ("storage", ["2"])]


def test_columns_stand_below_their_heads(capsys: pytest.CaptureFixture[str]) -> None:
    table("title", ["", "ms"], [["short", "7"], ["a longer one", "1234"]])
    lines = [line for line in capsys.readouterr().out.splitlines()[1:] if line]
    assert {len(line) for line in lines} == {len("  a longer one  1234")}
