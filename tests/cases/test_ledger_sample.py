"""The intake ledger: the sample that ships, row by row."""

import json
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawdesk.cases.rules.ledger import (
    Ledger,
    read_ledger,
    summary,
)
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.resources import resource_path

SAMPLE = resource_path("samples", "收案登记表.xlsx")
EXPECTED = json.loads(resource_path("samples", "收案登记表.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample() -> Ledger:
    return read_ledger(SAMPLE)


# The sample


@pytest.mark.parametrize("wanted", EXPECTED["rows"], ids=lambda row: f"{row['sheet']}-{row['row']}")
def test_every_row_of_the_sample(sample: Ledger, wanted: dict[str, Any]) -> None:
    row = next(row for row in sample.rows if (row.sheet, row.row) == (wanted["sheet"], wanted["row"]))
    assert (row.kind, row.status) == (wanted["kind"], wanted["status"])
    assert (row.read.as_expected() if row.read else None) == wanted["read"]
    named = {(problem.code, problem.field, problem.severity) for problem in row.problems}
    for problem in wanted["problems"]:
        assert (problem["code"], problem["field"], problem["severity"]) in named


def test_sample_as_a_whole(sample: Ledger) -> None:
    assert summary(sample) == EXPECTED["counts"]
    assert [(row.sheet, row.row) for row in sample.rows] == [
        (row["sheet"], row["row"]) for row in EXPECTED["rows"]
    ]
    for sheet, wanted in zip(sample.sheets, EXPECTED["sheets"], strict=True):
        assert (sheet.name, list(sheet.title_rows), list(sheet.header_rows), sheet.first_data_row) == (
            wanted["name"],
            wanted["title_rows"],
            wanted["header_rows"],
            wanted["first_data_row"],
        )
    assert sample.problems == ()


def test_every_reason_has_words_in_both_languages(sample: Ledger) -> None:
    for language in ("en", "zh"):
        set_language(language)
        for row in sample.rows:
            for problem in row.problems:
                words = problem.words()
                assert "{" not in words
                assert (re.search("[一-龥]{2}[。？]$", words) is not None or language == "en") or words.endswith(
                    "。"
                )
    set_language("zh")


def test_reasons_name_what_matters(sample: Ledger) -> None:
    words = {
        (row.sheet, row.row, problem.code): problem.words() for row in sample.rows for problem in row.problems
    }
    assert "（2024）民字第012号" in words[("2024年", 16, "duplicate_internal_number")]
    assert "2025民001" in words[("2025", 24, "conflict_same_case")]
    assert "2026-03-03" in words[("2025", 11, "deadline_in_remark")]
    assert "广水市人民法院" in words[("2025", 10, "court_name_long")]


def test_sample_with_columns_shuffled_reads_the_same(tmp_path: Path) -> None:
    """The order of columns carries no meaning; CSV has no types, so only texts can be compared there."""
    book = openpyxl.load_workbook(SAMPLE)
    shuffled = openpyxl.Workbook()
    sheet = shuffled.active
    sheet.title = "2025"
    order = list(range(20))
    random.Random(7).shuffle(order)
    for row in book["2025"].iter_rows(min_row=2, values_only=True):
        sheet.append([row[index] for index in order])
    path = tmp_path / "shuffled.xlsx"
    shuffled.save(path)
    wanted = {row["row"]: row for row in EXPECTED["rows"] if row["sheet"] == "2025"}
    for row in read_ledger(path).rows:
        expected = wanted[row.row + 1]
        assert (row.read.as_expected() if row.read else None) == expected["read"]
        assert row.kind == expected["kind"]
