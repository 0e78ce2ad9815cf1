"""The subjects of the torture run that are no tests of their own, with small counts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.storage import long_subjects, torture
from tests.storage.torture import Result


def test_a_full_disk_loses_nothing_and_is_said() -> None:
    result = torture.disk_full(2)
    assert result.failed == [] and result.facts.startswith("2 times said to be full")


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_backup_under_full_load_restores_complete() -> None:
    assert torture.backups_under_load(1).failed == []


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_killed_migration_is_at_the_old_or_the_new_step() -> None:
    assert torture.kills_during_migration(1).failed == []


def test_results_go_into_the_document_each_in_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "trust.md"
    document.write_text(f"head\n{torture.BEGIN}\n| a | 1 | 0 |  | old |\n{torture.END}\ntail\n", encoding="utf-8")
    monkeypatch.setattr(torture, "DOCUMENT", document)
    torture.keep("a", "| a | 5 | 1 | facts |", ["round 3: lost | one"])
    torture.keep("b", "| b | 5 | 0 | facts |", [])
    lines = document.read_text(encoding="utf-8").splitlines()
    assert lines[2].startswith("| a | 5 | 1 | facts first failure: round 3: lost / one | 20")
    assert lines[3].startswith("| b | 5 | 0 | facts | 20") and lines[5] == "tail"


def test_a_failing_round_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ("nothing is lost", 9, 1, lambda _count: Result(1, ["round 0: 3 rows differ"]))
    monkeypatch.setitem(torture.SUBJECTS, "bad", bad)
    assert torture.main(["--quick", "bad"]) == 1
    assert "| nothing is lost | 1 | 1 |" in capsys.readouterr().out
    assert torture.main(["nonsense"]) == 2


def test_the_time_of_the_long_ones_can_be_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def look(_count: int) -> Result:
        seen.append(long_subjects.minutes_at_most)
        return Result(1)

    monkeypatch.setattr(long_subjects, "minutes_at_most", 14.0)
    monkeypatch.setitem(torture.SUBJECTS, "long", ("it takes long", 9, 1, look))
    assert torture.main(["--quick", "long", "--minutes", "90"]) == 0
    assert seen == [90.0]
