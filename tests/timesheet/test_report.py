"""The month report: what is read back from the files is what was worked, to the minute and the fen."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from lawdesk.firm import Role
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import set_language
from lawdesk.timesheet import By, EntryDraft, EntryFilter, amount_fen
from tests.timesheet.conftest import Desk

FIRST, LAST = date(2025, 10, 1), date(2025, 10, 31)


@pytest.fixture
def month(file_desk: Desk) -> Desk:
    return work_a_month(file_desk)


def work_a_month(desk: Desk) -> Desk:
    """Two lawyers, uneven minutes and rates, office time, one deleted entry, one of the month before."""
    set_language("zh")
    other = desk.firm.office.firm.add_person(desk.director, name="许清越", login="xu", role=Role.LAWYER)
    desk.time.set_rate(desk.director, desk.me(), 133_333, FIRST)
    desk.time.set_rate(desk.director, other, 98_765, FIRST)
    for number in range(24):
        case_id = [*desk.cases.values(), None][number % 4]
        words = ["起草", "电话", "开庭", "阅卷", "出差"][number % 5]
        draft = EntryDraft(
            case_id,
            FIRST + timedelta(days=number),
            7 + number * 13,
            words,
            billable=number % 7 != 0,
            person_id=[desk.me(), other][number % 2],
        )
        desk.time.add_entry(desk.director, draft)
    gone = desk.time.add_entry(desk.lawyer, EntryDraft(desk.cases["lin"], LAST, 600, "误记"))
    desk.time.delete_entry(desk.lawyer, gone, seen=1)
    desk.time.add_entry(desk.lawyer, EntryDraft(desk.cases["lin"], FIRST - timedelta(days=1), 600, "九月"))
    return desk


def expected(desk: Desk) -> tuple[int, int, int]:
    rows = desk.time.queries.entries(desk.director, EntryFilter(first=FIRST, last=LAST))
    billed = [row for row in rows if row.billable]
    return (
        sum(row.minutes for row in rows),
        sum(row.minutes for row in billed),
        sum(amount_fen(row.minutes, row.rate_fen_per_hour or 0) for row in billed),
    )


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def fen(text: str) -> int:
    yuan, cents = text.split(".")
    return int(yuan) * 100 + int(cents)


def test_csv_adds_up_on_both_engines(desk: Desk, tmp_path: Path) -> None:
    month, path = work_a_month(desk), tmp_path / "工时.csv"
    for by in By:
        month.time.month_report(month.director, FIRST, LAST, by=by, form="csv", path=path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            _head, *lines, total = list(csv.reader(file))
        sums = tuple(
            sum(read(line[place]) for line in lines) for place, read in ((-3, minutes), (-2, minutes), (-1, fen))
        )
        assert sums == (minutes(total[-3]), minutes(total[-2]), fen(total[-1])) == expected(month)


@pytest.mark.parametrize("by", list(By))
def test_xlsx_subtotals_and_totals_add_up(month: Desk, tmp_path: Path, by: By) -> None:
    path = tmp_path / "工时.xlsx"
    month.time.month_report(month.director, FIRST, LAST, by=by, form="xlsx", path=path)
    sheet = load_workbook(path, data_only=True).active
    assert sheet is not None
    lines = [tuple(cell for cell in row) for row in sheet.iter_rows(values_only=True)]
    labelled = {"小计": [], "合计": []}
    plain: list[tuple[int, int, int]] = []
    for line in lines:
        if not isinstance(line[-1], int | float):
            continue
        values = (round(_days(line[-3]) * 1440), round(_days(line[-2]) * 1440), round(float(line[-1]) * 100))
        label = next((str(cell) for cell in line if cell in labelled), None)
        (labelled[label] if label else plain).append(values)
    add = [tuple(sum(column) for column in zip(*rows, strict=True)) for rows in (plain, labelled["小计"])]
    assert [*add, *labelled["合计"]] == [expected(month)] * 3


def _days(value: object) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    if hasattr(value, "hour"):
        return (value.hour * 60 + value.minute) / 1440
    return float(str(value))


@pytest.mark.parametrize("by", list(By))
def test_pdf_shows_names_and_totals_in_chinese(month: Desk, tmp_path: Path, by: By) -> None:
    path = tmp_path / "工时.pdf"
    report = month.time.month_report(month.director, FIRST, LAST, by=by, form="pdf", path=path)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    total = expected(month)
    assert f"{total[0] // 60}:{total[0] % 60:02d}" in text
    assert f"{total[2] // 100:,}.{total[2] % 100:02d}" in text
    for group in report.groups:
        assert group.title.split("  ")[-1] in text.replace("\n", "")
    for word in ("恒岚律师事务所", "2025年10月1日至2025年10月31日", "小计", "合计"):
        assert word in text.replace("\n", "")


def test_a_case_of_three_clients_is_split_evenly_and_says_so(month: Desk) -> None:
    report = month.time.report(month.director, FIRST, LAST, By.CLIENT)
    shares = [report.sums(group.rows)[-3] for group in report.groups if group.title in ("林一", "林二", "林三")]
    assert len(shares) == 3 and max(shares) - min(shares) <= 1
    assert tuple(report.totals[-3:]) == expected(month)
    assert any("平均分摊" in line for line in report.footers)
    assert report.groups[-1].title == "无委托人"


def test_by_lawyer_each_case_is_one_line(month: Desk) -> None:
    report = month.time.report(month.director, FIRST, LAST, By.LAWYER)
    assert sorted(group.title for group in report.groups) == sorted(["顾知行", "许清越"])
    for group in report.groups:
        numbers = [row[0] for row in group.rows]
        assert len(numbers) == len(set(numbers))


def test_a_period_that_ends_before_it_begins_is_refused(file_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        file_desk.time.month_report(
            file_desk.director, LAST, FIRST, by=By.CASE, form="csv", path=tmp_path / "x.csv"
        )
    assert [problem.field for problem in refused.value.problems] == ["last"]
    assert not (tmp_path / "x.csv").exists()


def test_an_empty_month_is_an_empty_report(file_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    file_desk.time.month_report(file_desk.director, FIRST, LAST, by=By.CASE, form="csv", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[-1][-3:] == ["0:00", "0:00", "0.00"]
