"""Cells of a batch file as people and spreadsheets write them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lawdesk.cli import main

ROWS = {
    "custody": ("crim-prosecution-review", "2025-09-02", "在押"),
    "unclear": ("crim-prosecution-review", "2025-09-02", "maybe"),
    "excel": ("civil-answer", "2025/3/1 0:00:00", ""),
    "iso": ("civil-answer", "2025-03-01T10:30:00+08:00", ""),
    "paper": ("civil-answer", "二〇二五年三月一日", ""),
    "relative": ("civil-answer", "明天", ""),
    "yearless": ("civil-answer", "3月1日", ""),
    "yearless moment": ("civil-answer", "3月1日 10:30", ""),
    "far": ("labour-arb-hearing-notice", "2027-01-01", ""),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    folder = tmp_path_factory.mktemp("batch")
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "rule_id", "trigger", "in_custody"])
        writer.writerows([name, *cells] for name, cells in ROWS.items())
    assert main(["deadlines", "batch", str(folder / "in.csv"), "--out", str(folder / "out.csv")]) == 0
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_custody_is_understood_or_refused(answers: dict[str, dict[str, str]]) -> None:
    assert answers["custody"]["due"] == "2025-10-02", "在押不顺延: 刑事诉讼法 第105条第四款"
    assert answers["unclear"]["due"] == ""
    assert "maybe" in answers["unclear"]["error"]


@pytest.mark.parametrize("name", ["excel", "iso", "paper"])
def test_clear_days_are_read(answers: dict[str, dict[str, str]], name: str) -> None:
    assert (answers[name]["due"], answers[name]["error"]) == ("2025-03-17", "")


@pytest.mark.parametrize("name", ["relative", "yearless", "yearless moment"])
def test_a_file_says_the_year(answers: dict[str, dict[str, str]], name: str) -> None:
    assert answers[name]["due"] == ""
    assert answers[name]["error"]


def test_the_trigger_itself_needs_no_calendar(answers: dict[str, dict[str, str]], tmp_path: Path) -> None:
    assert (answers["far"]["due"], answers["far"]["provisional"]) == ("2026-12-25", "false")
