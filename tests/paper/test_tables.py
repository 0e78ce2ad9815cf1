"""Reports: the same numbers in every format, totals that add up, and nothing a spreadsheet would execute."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.outside.formulas import guard_formula, unguarded
from lawdesk.paper.report import Column, Group, TableReport, format_duration, format_value
from lawdesk.paper.tables import write_csv, write_pdf, write_xlsx

COLUMNS = [
    Column("日期", "date", 12),
    Column("工作内容", "text", 50),
    Column("时长", "duration", 10, total=True),
    Column("金额", "money", 14, total=True),
    Column("页数", "number", 8),
]
ROWS: list[list[Any]] = [
    [date(2025, 11, 3), "起草上诉状", 80, 160_000, 12],
    [date(2025, 11, 4), "与委托人张𬀩通话", 25, 50_050, None],
    [None, "退费", 0, -12_345, None],
]
REPORT = TableReport("2025年11月工时报告", COLUMNS, ROWS, subtitle=["苏州某律师事务所"], footers=["制表人："])
GROUPED = TableReport(
    "按律师", COLUMNS, groups=[Group("李律师", ROWS, "小计"), Group("王律师", ROWS[:1], "小计")], landscape=True
)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def cells(path: Path, *, values: bool) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path, data_only=values).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def text_of(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def test_csv_opens_in_excel_as_chinese_and_adds_up(tmp_path: Path) -> None:
    write_csv(REPORT, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_csv(tmp_path / "a.csv") == [
        ["日期", "工作内容", "时长", "金额", "页数"],
        ["2025-11-03", "起草上诉状", "1:20", "1600.00", "12"],
        ["2025-11-04", "与委托人张𬀩通话", "0:25", "500.50", ""],
        ["", "退费", "0:00", "-123.45", ""],
        ["", "合计", "1:45", "1977.05", ""],
    ]


def test_csv_groups_stand_as_a_column(tmp_path: Path) -> None:
    write_csv(GROUPED, tmp_path / "a.csv")
    rows = read_csv(tmp_path / "a.csv")
    assert [row[0] for row in rows] == ["分组", "李律师", "李律师", "李律师", "王律师", "合计"]
    assert rows[-1][3:5] == ["3:05", "3577.05"]


def test_xlsx_has_real_values_and_totals_both_as_formula_and_value(tmp_path: Path) -> None:
    write_xlsx(REPORT, tmp_path / "a.xlsx")
    values, formulas = cells(tmp_path / "a.xlsx", values=True), cells(tmp_path / "a.xlsx", values=False)
    assert values[0][0] == "2025年11月工时报告"
    assert values[3] == [datetime(2025, 11, 3), "起草上诉状", timedelta(minutes=80), 1600, 12]
    assert values[5][3] == -123.45
    assert values[6] == [None, "合计", timedelta(minutes=105), 1977.05, None]
    assert formulas[6][2:4] == ["=SUM(C4:C6)", "=SUM(D4:D6)"]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.active
    assert sheet.freeze_panes == "A4"
    assert sheet["C4"].number_format == "[h]:mm"
    assert sheet["D4"].number_format == "#,##0.00"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["E"].width


def test_xlsx_subtotals_are_not_counted_twice(tmp_path: Path) -> None:
    write_xlsx(GROUPED, tmp_path / "a.xlsx")
    rows = cells(tmp_path / "a.xlsx", values=False)
    assert [row[3] for row in rows if row[1] == "小计"] == ["=SUM(D4:D6)", "=SUM(D9:D9)"]
    assert rows[-1][3] == "=SUM(D4:D6,D9:D9)"
    assert cells(tmp_path / "a.xlsx", values=True)[-1][3] == 3577.05


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', "#REF!"]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    report = TableReport(
        text, [Column(text), Column("x", "money", total=True)], groups=[Group(text, [[text, 1]], text)]
    )
    write_csv(report, tmp_path / "a.csv")
    for row in read_csv(tmp_path / "a.csv"):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "＝"))
    write_xlsx(report, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.column == 1 and cell.value}
    assert kinds == {"s"}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_guard_keeps_the_text(text: str) -> None:
    guarded = guard_formula(text)
    assert guarded in (text, "'" + text)
    assert guarded[:1] not in tuple("=+-@\t\r＝＋－＠")
    assert unguarded(guarded) == text or text.startswith("'")


def test_text_that_no_workbook_may_hold_is_cleaned(tmp_path: Path) -> None:
    report = TableReport("a[b]*:?/\\c" * 9, [Column("x")], [["\x00\x0bok"], ["长" * 40_000], ["𠮷"]])
    write_xlsx(report, tmp_path / "a.xlsx")
    rows = cells(tmp_path / "a.xlsx", values=True)
    assert rows[2][0] == "ok"
    assert len(rows[3][0]) == 32767
    assert rows[4][0] == "𠮷"


def test_pdf_repeats_the_head_and_counts_its_pages(tmp_path: Path) -> None:
    report = TableReport("工时", COLUMNS, ROWS * 60, subtitle=["2025年11月"])
    pages = write_pdf(report, tmp_path / "a.pdf")
    texts = text_of(tmp_path / "a.pdf")
    assert len(texts) == pages > 3
    for number, text in enumerate(texts, 1):
        assert "工作内容" in text
        compact = re.sub(r"\s", "", text)
        assert f"第{number}页" in compact
    assert "105:00" in texts[-1]
    assert "118,623.00" in texts[-1]
    assert sum(text.count("起草上诉状") for text in texts) == 60


def test_pdf_long_text_flows_over_pages_without_loss(tmp_path: Path) -> None:
    words = "".join(f"第{number}项；" for number in range(1500))
    write_pdf(
        TableReport("长", [Column("内容"), Column("数", "number")], [["前", 1], [words, None], ["后", 3]]),
        tmp_path / "a.pdf",
    )
    pages = [re.sub(r"\s", "", page) for page in text_of(tmp_path / "a.pdf")]
    assert len(pages) > 2
    # An item may begin on one page and end on the next, with the foot of the page and the head between.
    text = re.sub(r"长?第\d+页共\d*页\d*(内容数)?", "", "".join(pages))
    assert all(f"第{number}项" in text for number in range(1500))
    assert "后3" in text


def test_pdf_landscape_and_same_bytes_again(tmp_path: Path) -> None:
    write_pdf(GROUPED, tmp_path / "a.pdf")
    write_pdf(GROUPED, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    box = pypdf.PdfReader(tmp_path / "a.pdf").pages[0].mediabox
    assert round(box.width) == 842
    assert round(box.height) == 595


def test_empty_report_has_a_head_and_no_error(tmp_path: Path) -> None:
    empty = TableReport("空", COLUMNS)
    write_csv(empty, tmp_path / "a.csv")
    write_xlsx(empty, tmp_path / "a.xlsx")
    assert write_pdf(empty, tmp_path / "a.pdf") == 1
    assert read_csv(tmp_path / "a.csv")[1] == ["", "合计", "0:00", "0.00", ""]
    assert cells(tmp_path / "a.xlsx", values=True)[-1][3] == 0


def test_an_old_report_survives_a_failed_one(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "a.pdf"
    with pytest.raises(EnvironmentFailure) as caught:
        write_pdf(REPORT, target)
    assert caught.value.code == "file.missing"
    old = tmp_path / "a.xlsx"
    old.write_bytes(b"old")
    with pytest.raises(ValueError, match="a row of 1 values"):
        write_xlsx(TableReport("x", COLUMNS, [["too short"]]), old)
    assert old.read_bytes() == b"old"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(-10_000, 10_000), st.integers(-(10**12), 10**12)), max_size=30))
def test_totals_are_exact(values: list[tuple[int, int]]) -> None:
    columns = [Column("m", "duration", total=True), Column("f", "money", total=True)]
    assert TableReport("t", columns, values).totals == [sum(m for m, _f in values), sum(f for _m, f in values)]


def test_how_values_read() -> None:
    assert format_duration(80) == "1:20"
    assert format_duration(-5) == "-0:05"
    assert format_value(86_142_0000, "money") == "8,614,200.00"
    assert format_value(1234.5, "number") == "1,234.5"
    assert format_value(1200, "number") == "1,200"
    assert format_value(None, "money") == ""
