"""The intake ledger: the sample row by row, then every reader on other inputs, then files that must be refused."""

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.ledger import (
    Grid,
    Ledger,
    LedgerRow,
    NoValue,
    open_workbook,
    read_grids,
    read_ledger,
    summary,
)
from lawdesk.cases.rules.ledger.amounts import read_amount, read_fee, read_received
from lawdesk.cases.rules.ledger.checks import is_rest_day
from lawdesk.cases.rules.ledger.columns import field_of, find_header
from lawdesk.cases.rules.ledger.dates import find_days, read_when
from lawdesk.cases.rules.ledger.names import parent_key, party_kind, read_names, read_people
from lawdesk.cases.rules.ledger.text import chinese_number
from lawdesk.kernel.errors import EnvironmentFailure, UserError, describe
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.resources import resource_path

SAMPLE = resource_path("samples", "收案登记表.xlsx")
EXPECTED = json.loads(resource_path("samples", "收案登记表.expected.json").read_text(encoding="utf-8"))
HEADINGS = [
    "序号",
    "收案日期",
    "所内案号",
    "类别",
    "案由",
    "委托人",
    "委托人地位",
    "对方当事人",
    "第三人",
    "受理机关",
    "案号",
    "审级",
    "主办",
    "协办",
    "收费方式",
    "代理费",
    "已收",
    "开庭时间",
    "结案日期",
    "备注",
]
GOOD: dict[str, Any] = {
    "收案日期": date(2024, 3, 4),
    "所内案号": "（2024）民字第001号",
    "类别": "民事",
    "案由": "买卖合同纠纷",
    "委托人": "王芳",
    "委托人地位": "原告",
    "对方当事人": "杭州示例贸易有限公司",
    "受理机关": "义乌市人民法院",
    "案号": "（2024）浙0782民初12号",
    "审级": "一审",
    "主办": "周明远",
    "收费方式": "计件",
    "代理费": 8000,
}


def ledger_of(*rows: dict[str, Any], name: str = "2024年", headings: list[str] | None = None) -> Ledger:
    headings = headings or HEADINGS
    table = [tuple(headings), *(tuple(row.get(heading) for heading in headings) for row in rows)]
    return read_grids("ledger.xlsx", (Grid(name, tuple(table)),))


def row_of(**changes: Any) -> LedgerRow:
    return ledger_of(GOOD | changes).rows[0]


def problems(row: LedgerRow, severity: str | None = None) -> set[tuple[str, str]]:
    return {
        (problem.code, problem.field)
        for problem in row.problems
        if severity is None or problem.severity == severity
    }


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


# Dates


@pytest.mark.parametrize(
    ("cell", "day", "at", "codes"),
    [
        (datetime(2024, 1, 4), date(2024, 1, 4), None, []),
        (datetime(2024, 1, 4, 9, 30), date(2024, 1, 4), time(9, 30), []),
        ("2024.1.8", date(2024, 1, 8), None, []),
        ("2024-2-5", date(2024, 2, 5), None, []),
        ("2024/03/15", date(2024, 3, 15), None, []),
        ("2024年1月11日", date(2024, 1, 11), None, []),
        (" ２０２４．１．８ ", date(2024, 1, 8), None, []),
        ("2024。5。6", date(2024, 5, 6), None, []),
        ("24/2/2", date(2024, 2, 2), None, []),
        ("20240311", date(2024, 3, 11), None, []),
        (20240311, date(2024, 3, 11), None, []),
        ("二〇二四年五月十三日", date(2024, 5, 13), None, []),
        ("二零二三年十二月三十一日", date(2023, 12, 31), None, []),
        ("13/2/2024", date(2024, 2, 13), None, []),
        ("1月15日", date(2024, 1, 15), None, ["date_without_year"]),
        ("3.12", date(2024, 3, 12), None, ["date_without_year"]),
        (45321, date(2024, 1, 30), None, ["date_as_serial"]),
        ("45321", date(2024, 1, 30), None, ["date_as_serial"]),
        (Decimal("3.12"), date(2024, 3, 12), None, ["date_as_number"]),
        (Decimal("2.3"), date(2024, 2, 3), None, ["date_as_number"]),
        (Decimal("3.1"), None, None, ["date_as_number"]),
        ("2024.3.12 9:00", date(2024, 3, 12), time(9), []),
        ("2024.6.20 9：30", date(2024, 6, 20), time(9, 30), []),
        ("2024-06-17T09:15", date(2024, 6, 17), time(9, 15), []),
        ("2024.5.8 上午9点", date(2024, 5, 8), time(9), []),
        ("2024.5.8下午2点半", date(2024, 5, 8), time(14, 30), []),
        ("2024年5月8日 14时30分", date(2024, 5, 8), time(14, 30), []),
        ("2024年5月8日上午九点", date(2024, 5, 8), time(9), []),
        ("2024.5.8（周三）9:00-11:00", date(2024, 5, 8), time(9), []),
        ("2024.8.12（补录）", date(2024, 8, 12), None, ["date_with_note"]),
        ("2024.3.5、2024.4.6", date(2024, 3, 5), None, ["date_several"]),
        ("2024.2.30", None, None, ["date_impossible"]),
        ("2025.8.32", None, None, ["date_impossible"]),
        ("2024.13.1", None, None, ["date_impossible"]),
        ("3/2/2024", None, None, ["date_unreadable"]),
        ("2024年3月", None, None, ["date_incomplete"]),
        ("下周", None, None, ["date_unreadable"]),
        ("待定", None, None, []),
        ("—", None, None, []),
        (None, None, None, []),
    ],
)
def test_days(cell: Any, day: date | None, at: time | None, codes: list[str]) -> None:
    when = read_when(cell, field="hearing", year=2024)
    assert (when.day, when.at, [problem.code for problem in when.problems]) == (day, at, codes)
    assert all((problem.severity == "error") == (day is None) for problem in when.problems)


def test_days_that_need_the_sheet() -> None:
    unknown = read_when("1月15日", field="intake_date", year=None)
    assert [problem.code for problem in unknown.problems] == ["date_year_unknown"]
    mac = read_when(45321, field="intake_date", year=2028, epoch=date(1904, 1, 1))
    assert mac.day == date(2028, 1, 31)


def test_days_in_running_text() -> None:
    assert find_days("冻结1年，自2025.3.3起，裁决12689.66元，至2026年3月3日") == (
        date(2025, 3, 3),
        date(2026, 3, 3),
    )
    assert find_days("2025.2.30") == ()


@settings(max_examples=150)
@given(st.dates(date(2010, 1, 1), date(2049, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_every_day_in_every_way_of_writing(day: date, hour: int, minute: int) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        f"{year}.{month}.{number}",
        f"{year}-{month:02d}-{number:02d}",
        f"{year}年{month}月{number}日",
        f"{year}/{month}/{number}",
        f"{year % 100:02d}.{month}.{number}",
        f"{year}{month:02d}{number:02d}",
    ):
        assert read_when(text, field="x", year=None) == read_when(day, field="x", year=None)
        timed = read_when(f"{text} {hour}:{minute:02d}", field="x", year=None)
        assert (timed.day, timed.at) == (day, time(hour, minute))


@settings(max_examples=150)
@given(st.text("0123456789.-/年月日上下午点半时: 一二十〇（）、待", max_size=16))
def test_reading_days_never_fails(text: str) -> None:
    when = read_when(text, field="x", year=2024)
    assert when.day is not None or not when.at


def test_rest_days_of_the_published_calendar() -> None:
    assert is_rest_day(date(2025, 4, 4))  # Qingming, a Friday
    assert is_rest_day(date(2024, 5, 12))  # a Sunday
    assert not is_rest_day(date(2024, 5, 11))  # a Saturday worked instead
    assert not is_rest_day(date(2025, 9, 3))


# Money


@pytest.mark.parametrize(
    ("cell", "yuan", "shape"),
    [
        (30000, 30000, "figures"),
        (Decimal("1234.5"), Decimal("1234.5"), "figures"),
        ("70000", 70000, "figures"),
        ("5,000.00", 5000, "figures"),
        ("５，０００元", 5000, "figures"),
        ("¥3,000.5", Decimal("3000.5"), "figures"),
        ("2万", 20000, "words"),
        ("1.5万元", 15000, "words"),
        ("1万5千", 15000, "words"),
        ("2w", 20000, "words"),
        ("壹万", 10000, "words"),
        ("壹万伍仟元整", 15000, "words"),
        ("人民币贰拾万元整", 200000, "words"),
        ("三千二百元五角", Decimal("3200.5"), "words"),
        ("三万五", 35000, "words"),
        ("5000×3", 15000, "words"),
        ("免费", 0, "free"),
        ("20000（含税）", 20000, "figures"),
        ("3%", None, "share"),
        ("回款的8%", None, "share"),
        ("百分之十", None, "share"),
        ("基础费1万+10%", None, "share"),
        ("含在上案", None, "included"),
        ("面议", None, "other"),
        ("2-3万", None, "other"),
        ("", None, "empty"),
        ("无", None, "empty"),
    ],
)
def test_amounts(cell: Any, yuan: Any, shape: str) -> None:
    amount = read_amount(cell)
    assert (amount.fen, amount.shape) == (None if yuan is None else int(yuan * 100), shape)


def test_shares_are_basis_points() -> None:
    assert [read_amount(text).share_bp for text in ("3%", "回款的8.5%", "百分之十", "基础2万+5%", "5‰")] == [
        300,
        850,
        1000,
        None,
        50,
    ]
    assert read_fee(Decimal("0.08"), mode="风险代理", cases=None).share_bp == 800


def test_fees_that_are_no_amount() -> None:
    per_case = read_fee("3000/件", mode="计件", cases=2)
    assert (per_case.fen, per_case.text) == (600000, "3000/件")
    unknown = read_fee("每案3000元", mode="计件", cases=None)
    assert (unknown.fen, unknown.text, unknown.problems[0].code) == (None, "每案3000元", "fee_per_case")
    hourly = read_fee(1200, mode="计时", cases=None)
    assert (hourly.fen, hourly.hourly_fen, hourly.problems[0].code) == (None, 120000, "fee_is_rate")
    assert read_fee("1500元/小时", mode=None, cases=None).hourly_fen == 150000
    assert read_fee(None, mode="含在上案", cases=None).text == "含在上案"
    assert read_fee(-5, mode=None, cases=None).problems[0].severity == "error"
    assert read_fee("免费", mode="法律援助", cases=None).problems == ()


def test_received() -> None:
    assert read_received("0", fee_fen=None) == (0, ())
    fen, found = read_received("2万", fee_fen=1200000)
    assert fen == 2000000
    assert [problem.code for problem in found] == ["received_in_words", "received_exceeds_fee"]
    assert read_received("一半", fee_fen=100)[1][0].code == "received_not_amount"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百零三", 103),
        ("三千零五十", 3050),
        ("两千三", 2300),
        ("三万零五", 30005),
        ("一亿二千万", 120000000),
        ("一百二十万", 1200000),
        ("2万5千", 25000),
        ("一二", None),
        ("万", None),
        ("元", None),
    ],
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


# Names


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("吕昕", ["吕昕"], []),
        ("何润英、何川红，李四;赵六", ["何润英", "何川红", "李四", "赵六"], []),
        ("王　芳", ["王芳"], []),
        ("张三 李四", ["张三", "李四"], []),
        ("欧阳 文丽", ["欧阳文丽"], []),
        ("张三和李四", ["张三", "李四"], []),
        ("和平饭店有限公司", ["和平饭店有限公司"], []),
        ("甲乙（深圳）有限公司\n丙丁有限公司", ["甲乙（深圳）有限公司", "丙丁有限公司"], []),
        ("ABC Trading Co., Ltd.", ["ABC Trading Co., Ltd."], []),
        ("上海示例投资合伙企业（有限合伙）", ["上海示例投资合伙企业（有限合伙）"], []),
        ("某食品商行（个体）", ["某食品商行（个体）"], ["name_masked"]),
        ("王志衡（家属王景代办）", ["王志衡"], ["name_with_note"]),
        ("示例公司（法定代表人李四）", ["示例公司"], ["name_with_note"]),
        ("张三（被告一）", ["张三"], ["name_with_note"]),
        ("原告：张三", ["张三"], ["name_with_role"]),
        ("被上诉人李四", ["李四"], ["name_with_role"]),
        ("张三 13800000000", ["张三"], ["name_with_number"]),
        ("何知、何知", ["何知"], ["name_repeated"]),
        ("姚川、田允、李培等8人", ["姚川", "田允", "李培"], ["names_incomplete"]),
        ("张三等", ["张三"], ["names_incomplete"]),
        ("李某", ["李某"], ["name_masked"]),
        ("—", [], []),
        ("待定", [], []),
    ],
)
def test_names(text: str, names: list[str], codes: list[str]) -> None:
    read = read_names(text, "clients")
    assert [party.name for party in read.parties] == names
    assert [problem.code for problem in read.problems] == codes


def test_other_names_are_kept_apart() -> None:
    read = read_names("张泽（又名张大泽）、示例学校（原示例县学校）、示例科技公司（简称“示例”）", "clients")
    assert [(party.name, party.aliases, party.former_names) for party in read.parties] == [
        ("张泽", ("张大泽",), ()),
        ("示例学校", (), ("示例县学校",)),
        ("示例科技公司", ("示例",), ()),
    ]
    assert {problem.code for problem in read.problems} == {"alias_in_name"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, "person") for name in ("巨川", "洪川", "欧阳小红", "阿卜杜·热合曼", "John Smith", "何园", "上官云")]
    + [
        (name, "organization")
        for name in (
            "示例市税务局",
            "某某村民委员会",
            "张记面馆",
            "王家店",
            "甘肃省党员干部教育基地",
            "示例律师事务所",
            "吉林省人民政府",
            "中国工商银行杭州分行",
            "ABC GmbH",
            "李四口腔门诊部",
        )
    ]
    + [("丙丁", "unknown")],
)
def test_person_or_organization(name: str, kind: str) -> None:
    assert party_kind(name) == kind


def test_a_branch_is_its_company() -> None:
    assert parent_key("震砚营销(深圳)有限公司宁波分公司") == parent_key("震砚营销（深圳）有限公司")
    assert parent_key("示例银行股份有限公司成都分行") == parent_key("示例银行股份有限公司")
    assert parent_key("示例有限公司") != parent_key("示例贸易有限公司")


def test_lawyers() -> None:
    assert read_people("林若楠、何立新律师") == ("林若楠", "何立新")
    assert read_people("张律师") == ("张律师",)
    assert read_people("周 明远（主任）") == ("周明远",)
    assert read_people("—") == ()


# Headers


def test_headings() -> None:
    for label, field in (
        ("委托人（当事人）", "clients"),
        ("收案\n日期", "intake_date"),
        ("审级/阶段", "stage"),
        ("代理费（元）", "fee"),
        ("备 注", "remark"),
        ("法院/仲裁委", "forum"),
        ("＊案由", "cause"),
        ("对方", "adverse"),
        ("民事", None),
        ("原告", None),
    ):
        assert field_of(label) == field


def test_two_row_header_of_other_make() -> None:
    rows = (
        ("某所2023年收案台账",),
        ("序号", "收案", None, "委托人", None, "对方", "案由", "法院", None, "费用", None),
        (None, "日期", "编号", "姓名", "地位", None, None, "名称", "案号", "应收", "实收"),
        (
            1,
            "2023.1.5",
            "001",
            "王芳",
            "原告",
            "李四",
            "离婚纠纷",
            "义乌市人民法院",
            "（2023）浙0782民初1号",
            100,
            50,
        ),
    )
    header = find_header(rows)
    assert header is not None
    assert header.rows == (2, 3)
    ledger = read_grids("x", (Grid("台账", rows),))
    read = ledger.rows[0].read
    assert read is not None
    assert (read.intake_date, read.internal_number, read.client_role) == (date(2023, 1, 5), "001", "原告")
    assert (read.forum, read.fee_fen, read.received_fen) == ("义乌市人民法院", 10000, 5000)
    assert ledger.sheets[0].year == 2023


def test_repeated_header_may_bring_another_order() -> None:
    first, second = ("收案日期", "委托人", "对方当事人", "案由"), ("委托人", "收案日期", "案由", "对方当事人")
    rows = (first, ("2024.1.2", "王芳", "李四", "离婚纠纷"), second, ("赵六", "2024.1.3", "继承纠纷", "钱七"))
    ledger = read_grids("x", (Grid("2024", rows),))
    assert [row.kind for row in ledger.rows] == ["case", "repeat_header", "case"]
    read = ledger.rows[2].read
    assert read is not None
    assert (read.clients[0].name, read.cause, read.adverse[0].name) == ("赵六", "继承纠纷", "钱七")


def test_missing_columns_are_named_once_and_unknown_ones_too() -> None:
    rows = (
        ("收案日期", "委托人", "对方当事人", "案由", "联系电话"),
        ("2024.1.2", "王芳", "李四", "离婚纠纷", "138"),
    )
    ledger = read_grids("x", (Grid("2024", rows),))
    assert {problem.code for problem in ledger.problems} == {"columns_missing", "columns_unread"}
    assert ledger.sheets[0].unread_columns == ("联系电话",)
    assert ledger.rows[0].status == "ok"


def test_unit_in_the_heading() -> None:
    headings = ["收案日期", "委托人", "对方当事人", "案由", "代理费（万元）", "标的额（万元）"]
    row = {"收案日期": "2024.1.2", "委托人": "王芳", "对方当事人": "李四", "案由": "离婚纠纷"}
    read = (
        ledger_of(row | {"代理费（万元）": Decimal("1.5"), "标的额（万元）": "120"}, headings=headings)
        .rows[0]
        .read
    )
    assert read is not None
    assert (read.fee_fen, read.amount_fen) == (1_500_000, 120_000_000)


# Rows


def test_a_good_row_is_ok() -> None:
    row = row_of()
    assert (row.status, row.problems) == ("ok", ())


@pytest.mark.parametrize(
    ("changes", "status", "code", "field"),
    [
        ({"委托人": None}, "faulty", "client_missing", "clients"),
        ({"对方当事人": None}, "faulty", "adverse_missing", "adverse"),
        ({"对方当事人": "待定"}, "faulty", "adverse_missing", "adverse"),
        ({"对方当事人": "王芳"}, "faulty", "same_party_both_sides", "adverse"),
        ({"收案日期": None}, "faulty", "intake_date_missing", "intake_date"),
        ({"收案日期": "2024.2.30"}, "faulty", "date_impossible", "intake_date"),
        ({"收案日期": date(2025, 1, 3)}, "faulty", "internal_number_year", "internal_number"),
        ({"收案日期": NoValue("=B4+1")}, "faulty", "formula_without_value", "intake_date"),
        ({"案号": "#REF!"}, "faulty", "cell_error", "court_numbers"),
        ({"结案日期": "2024.3.1"}, "faulty", "closed_before_intake", "closed_date"),
        ({"已收": 9000}, "faulty", "received_exceeds_fee", "received"),
        ({"代理费": "同上"}, "faulty", "ditto_without_source", "fee"),
        ({"案由": None}, "check", "cause_missing", "cause"),
        ({"主办": None}, "check", "lead_missing", "lead"),
        ({"受理机关": None}, "check", "forum_missing", "forum"),
        ({"案号": None}, "check", "number_missing", "court_numbers"),
        ({"案号": "（2024）浙0782民初012号"}, "check", "number_leading_zero", "court_numbers"),
        ({"案号": "（2024）浙0782民终12号"}, "check", "stage_mismatch", "stage"),
        ({"案号": "（2024）浙0782刑初12号"}, "check", "matter_mismatch", "matter_type"),
        ({"受理机关": "杭州市中级人民法院"}, "check", "court_code_mismatch", "forum"),
        ({"受理机关": "江苏省昆山市人民法院"}, "check", "court_code_mismatch", "forum"),
        ({"受理机关": "宁波市北仑区人民法院"}, "check", "court_code_mismatch", "forum"),
        ({"受理机关": "金华市义乌市人民法院"}, "check", "court_name_long", "forum"),
        ({"受理机关": "义乌法院"}, "check", "court_name_unclear", "forum"),
        ({"开庭时间": "2024.6.8 9:00"}, "check", "hearing_not_workday", "hearing"),
        ({"开庭时间": "2024.3.1 9:00"}, "check", "hearing_before_intake", "hearing"),
        ({"开庭时间": "另行通知吧"}, "check", "date_unreadable", "hearing"),
        ({"主办": "周明远、林若楠"}, "check", "lead_several", "lead"),
        ({"备注": "查封三年，自2024年5月6日"}, "check", "deadline_in_remark", "remark"),
        ({"代理费": "5千"}, "check", "fee_in_words", "fee"),
        ({"代理费": "按比例"}, "check", "fee_not_amount", "fee"),
        ({"备注": "冻结期限1年"}, "ok", "period_in_remark", "remark"),
        ({"代理费": None}, "ok", "fee_missing", "fee"),
    ],
)
def test_one_sin_at_a_time(changes: dict[str, Any], status: str, code: str, field: str) -> None:
    row = row_of(**changes)
    assert (code, field) in problems(row)
    assert row.status == status


@pytest.mark.parametrize(
    "changes",
    [
        {"受理机关": "浙江省义乌市人民法院"},
        {"受理机关": "苏州工业园区人民法院", "案号": "（2024）苏0591民初1号"},
        {"受理机关": "浙江省常山县人民法院", "案号": "（2024）浙0822民初1号"},
        {"受理机关": "厦门市思明区人民法院", "案号": "（2024）闽0203民初1号"},
        {"受理机关": "上海金融法院", "案号": "（2024）沪74民初1号"},
        {"受理机关": "成都铁路运输第一法院", "案号": "（2024）川7101民初1号"},
        {"受理机关": "吉林市昌邑区人民法院", "案号": "（2024）吉0202民初1号"},
        {"受理机关": "杭州仲裁委员会", "案号": "（2024）杭仲字第12号", "类别": "仲裁", "审级": "仲裁"},
        {"类别": "刑事", "案号": "（2024）浙0782刑初1号", "对方当事人": None, "案由": "盗窃罪"},
        {"案号": "（2024）浙07民终9号、（2023）浙0782民初1号", "受理机关": "金华市中级人民法院", "审级": "二审"},
    ],
)
def test_proper_courts_raise_no_alarm(changes: dict[str, Any]) -> None:
    assert row_of(**changes).problems == ()


def test_ditto_takes_the_row_above_through_several_rows() -> None:
    second = GOOD | {
        "所内案号": "（2024）民字第002号",
        "案号": "（2024）浙0782民初13号",
        "代理费": "同上",
        "委托人": "〃",
    }
    third = second | {"所内案号": "（2024）民字第003号", "案号": "（2024）浙0782民初14号"}
    rows = ledger_of(GOOD, second, third).rows
    assert [row.read.fee_fen for row in rows if row.read] == [800000, 800000, 800000]
    assert [row.read.clients[0].name for row in rows if row.read] == ["王芳"] * 3
    assert {("ditto", "fee"), ("ditto", "clients")} <= problems(rows[2])


def test_retainer_and_advice_need_no_opponent_and_no_court() -> None:
    row = row_of(
        类别="顾问",
        案由="常年法律顾问",
        审级="顾问",
        对方当事人=None,
        受理机关=None,
        案号=None,
        结案日期="2025.3.3",
    )
    assert problems(row) == {("closed_is_term", "closed_date")}
    assert row.read is not None
    assert (row.read.closed_date, row.read.term_end) == (None, date(2025, 3, 3))


def test_rows_that_are_no_cases() -> None:
    rows = (
        tuple(HEADINGS),
        tuple(GOOD.get(heading) for heading in HEADINGS),
        (),
        (7,),
        (None, None, None, "小计", *[None] * 11, NoValue("=SUM(P2:P3)")),
        ("3月合计", *[None] * 14, 30000),
        ("注：本表由内勤填写",),
        (None, None, None, None, None, "以上共2件"),
        (None, None, None, None, None, "赵六"),
    )
    ledger = read_grids("x", (Grid("2024", rows),))
    kinds = [row.kind for row in ledger.rows]
    assert kinds == ["case", "blank", "blank", "subtotal", "subtotal", "note", "note", "case"]
    assert ledger.rows[-1].status == "faulty"  # a lonely name is a case to be completed, never dropped
    assert summary(ledger) == {"rows": 8, "cases": 2, "ok": 1, "check": 0, "faulty": 1, "skip": 6}


def test_a_title_in_the_middle_begins_a_new_year() -> None:
    later = GOOD | {"收案日期": "1月8日", "所内案号": "（2025）民字第001号", "案号": "（2025）浙0782民初1号"}
    table = [
        tuple(HEADINGS),
        tuple(GOOD.get(heading) for heading in HEADINGS),
        ("2025年收案登记",),
        tuple(later.get(heading) for heading in HEADINGS),
    ]
    last = read_grids("x", (Grid("2024", tuple(table)),)).rows[-1]
    assert last.read is not None
    assert last.read.intake_date == date(2025, 1, 8)
    assert problems(last, "error") == set()


def test_year_from_the_dates_when_nothing_else_tells() -> None:
    rows = [GOOD | {"收案日期": "2024.1.2"}, GOOD | {"收案日期": "2024.1.3"}, GOOD | {"收案日期": "1月5日"}]
    ledger = ledger_of(*rows, name="Sheet1")
    assert ledger.sheets[0].year == 2024
    undated = ledger_of(GOOD | {"收案日期": "1月5日"}, name="Sheet1")
    assert ("date_year_unknown", "intake_date") in problems(undated.rows[0], "error")


# Rows against each other

SECOND = {"所内案号": "（2024）民字第002号", "案号": "（2024）浙0782民初77号"}
APPEAL = {
    "所内案号": "（2024）民字第002号",
    "案号": "（2024）浙07民终7号",
    "审级": "二审",
    "受理机关": "金华市中级人民法院",
}
SWAPPED = {"委托人": "杭州示例贸易有限公司", "对方当事人": "王芳"}


def test_same_row_twice() -> None:
    rows = ledger_of(GOOD | {"序号": 1}, GOOD | {"序号": 2}).rows
    assert [row.status for row in rows] == ["ok", "faulty"]
    assert problems(rows[1]) == {("duplicate_row", "row")}


def test_same_numbers() -> None:
    rows = ledger_of(GOOD, GOOD | {"委托人": "赵六", "案号": "（2024）浙0782民初13号"}).rows
    assert problems(rows[1], "error") == {("duplicate_internal_number", "internal_number")}
    rows = ledger_of(GOOD, GOOD | {"委托人": "赵六", "所内案号": "（2024）民字第002号"}).rows
    assert problems(rows[1]) == {("court_number_repeated", "court_numbers")}


def test_numbers_without_a_year_begin_anew_on_each_sheet() -> None:
    tables = [
        Grid(name, (tuple(HEADINGS), tuple((GOOD | {"所内案号": "001"} | more).get(h) for h in HEADINGS)))
        for name, more in (("民事", {}), ("执行", {"案号": "（2024）浙0782民初55号"}))
    ]
    rows = read_grids("x", tuple(tables)).rows
    assert problems(rows[1]) == set()


def test_client_was_adverse_before() -> None:
    rows = ledger_of(GOOD, GOOD | SECOND | {"委托人": "杭州示例贸易有限公司", "对方当事人": "赵六"}).rows
    assert problems(rows[0]) == set()
    assert problems(rows[1]) == {("conflict_across_rows", "clients")}
    assert rows[1].status == "check"


def test_adverse_party_was_client_before_under_another_name_or_as_branch() -> None:
    first = GOOD | {"委托人": "示例科技有限公司（原示例软件有限公司）"}
    for name in ("示例软件有限公司", "示例科技有限公司上海分公司", "示例科技 有限公司"):
        rows = ledger_of(first, GOOD | SECOND | {"委托人": "赵六", "对方当事人": name}).rows
        assert ("conflict_across_rows", "adverse") in problems(rows[1])


def test_changing_sides_in_one_dispute_is_refused() -> None:
    rows = ledger_of(GOOD, GOOD | APPEAL | SWAPPED).rows
    assert ("conflict_same_case", "clients") in problems(rows[1], "error")
    enforcement = {"案号": "（2024）浙0782执7号", "审级": "执行", "案由": None, "类别": "执行"}
    rows = ledger_of(GOOD, GOOD | SECOND | enforcement | SWAPPED).rows
    assert ("conflict_same_case", "clients") in problems(rows[1], "error")


@pytest.mark.parametrize(
    "other",
    [
        {"案由": "租赁合同纠纷"},  # another dispute between the same two
        {"案号": "（2024）苏05民终7号", "受理机关": "苏州市中级人民法院"},  # not the court above
        {"审级": "一审", "案号": "（2024）浙0782民初78号", "受理机关": "义乌市人民法院"},  # a new suit
    ],
)
def test_swapped_sides_elsewhere_need_a_look_only(other: dict[str, Any]) -> None:
    rows = ledger_of(GOOD, GOOD | APPEAL | SWAPPED | other).rows
    assert problems(rows[1], "error") == set()
    assert {("conflict_across_rows", "clients"), ("conflict_across_rows", "adverse")} <= problems(rows[1])


def test_conflicts_run_across_sheets_in_the_order_of_their_years() -> None:
    def grid(name: str, row: dict[str, Any]) -> Grid:
        return Grid(name, (tuple(HEADINGS), tuple(row.get(heading) for heading in HEADINGS)))

    later = (
        GOOD | SWAPPED | {"收案日期": date(2025, 2, 3), "所内案号": "（2025）民字第001号", "案由": "租赁合同纠纷"}
    )
    later |= {"案号": "（2025）浙0782民初3号"}
    ledger = read_grids("x", (grid("2025", later), grid("2024", GOOD)))
    assert [row.status for row in ledger.rows] == ["check", "ok"]


def test_large_ledgers_are_read_row_by_row() -> None:
    rows = [
        GOOD | {"所内案号": f"（2024）民字第{number:05d}号", "案号": f"（2024）浙0782民初{number}号"}
        for number in range(1, 501)
    ]
    ledger = ledger_of(*rows)
    assert summary(ledger) == {"rows": 500, "cases": 500, "ok": 500, "check": 0, "faulty": 0, "skip": 0}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(HEADINGS), st.text(max_size=12) | st.integers() | st.none()), max_size=4
    )
)
def test_no_row_makes_the_reader_fail(rows: list[dict[str, Any]]) -> None:
    ledger = ledger_of(GOOD, *rows)
    assert len(ledger.rows) >= 1
    for row in ledger.rows:
        assert (row.read is None) == (row.status == "skip")


# Files


def save(tmp_path: Path, rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2024年"
    for row in rows:
        sheet.append(row)
    change(sheet)
    path = tmp_path / "ledger.xlsx"
    book.save(path)
    return path


def good_rows(**changes: Any) -> list[list[Any]]:
    return [HEADINGS, [(GOOD | changes).get(heading) for heading in HEADINGS]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(good_rows(收案日期="2024.3.4", 对方当事人="李四\n赵六"))
    path = tmp_path / "2024年.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    row = read_ledger(path).rows[0]
    assert (row.row, row.status) == (2, "ok")
    assert row.read is not None
    assert [party.name for party in row.read.adverse] == ["李四", "赵六"]
    assert (row.read.intake_date, row.read.fee_fen) == (date(2024, 3, 4), 800000)


def test_percentages_merged_cells_and_formulas(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["P2"] = 0.08
        sheet["P2"].number_format = "0%"
        sheet["O2"] = "风险代理"
        sheet.merge_cells("F2:F3")
        sheet["B3"] = "=B2+1"

    rows = good_rows()
    rows.append(
        [(GOOD | {"委托人": None, "所内案号": "（2024）民字第002号", "案号": None}).get(h) for h in HEADINGS]
    )
    first, second = read_ledger(save(tmp_path, rows, change)).rows
    assert first.read is not None
    assert (first.read.fee_text, first.read.fee_share_bp) == ("8%", 800)
    assert second.read is not None
    assert second.read.clients == first.read.clients
    assert {("merged_cell", "clients"), ("formula_without_value", "intake_date")} <= problems(second)


def test_blank_formatted_rows_do_no_harm(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row=6000, column=3).font = openpyxl.styles.Font(bold=True)

    assert len(read_ledger(save(tmp_path, good_rows(), change)).rows) == 1


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)

    path = rewrite(save(tmp_path, good_rows()), change)
    with zipfile.ZipFile(path) as archive:
        assert b'ref="A1"' in archive.read("xl/worksheets/sheet1.xml")
    assert read_ledger(path).rows[0].status == "ok"


def refuse(path: Path, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_ledger(path)
    assert caught.value.code == code
    for language in ("en", "zh"):
        set_language(language)
        words = str(describe(caught.value))
        assert "{" not in words
        assert (re.search("[一-龥]{4}", words) is not None) or language == "en"
    set_language("zh")


def test_files_that_are_no_ledger(tmp_path: Path) -> None:
    for name, content, code in (
        ("word.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "ledger.old_xls"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ledger.encrypted",
        ),
        ("half.xlsx", SAMPLE.read_bytes()[:9000], "ledger.damaged"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "ledger.not_xlsx"),
        ("empty.xlsx", b"", "ledger.empty"),
        ("empty.csv", b"\n,,\n", "ledger.empty"),
        ("other.csv", b"a,b,c\n1,2,3\n", "ledger.no_header"),
        ("binary.csv", bytes(range(256)), "ledger.not_xlsx"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        refuse(path, code)
    refuse(tmp_path / "nowhere.xlsx", "ledger.missing")
    with pytest.raises((EnvironmentFailure, UserError)):
        read_ledger(tmp_path)


def test_empty_workbook_and_one_without_header(tmp_path: Path) -> None:
    refuse(save(tmp_path, []), "ledger.empty")
    refuse(save(tmp_path, [["王芳", "李四"], ["2024.1.1", 3]]), "ledger.no_header")


def rewrite(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, change(name, content))
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return path


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = b"<a>" + b"0" * (12 * 1024 * 1024)
    refuse(
        rewrite(save(tmp_path, good_rows()), lambda name, content: content, {"xl/x.xml": bomb}), "ledger.too_large"
    )
    many = {f"xl/media/{number}.bin": b"" for number in range(5_001)}
    refuse(rewrite(save(tmp_path, good_rows()), lambda name, content: content, many), "ledger.too_large")


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_external_entities_are_refused(tmp_path: Path, part: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        return head + mark + entity + rest

    refuse(rewrite(save(tmp_path, good_rows()), change), "ledger.entities")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_encodings_that_hide_declarations_are_refused(tmp_path: Path, encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        body = content.decode().split("?>", 1)[-1]
        return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x>{body}'.encode(encoding)

    refuse(rewrite(save(tmp_path, good_rows()), change), "ledger.entities")


def test_other_office_files(tmp_path: Path) -> None:
    for names, code in ((["word/document.xml"], "ledger.not_xlsx"), (["xl/workbook.bin"], "ledger.xlsb")):
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, b"<a/>")
        refuse(path, code)


def test_too_many_rows_or_columns(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"ledger\.too_many_rows"):
        open_workbook(save(tmp_path, [["a"], *([["b"]] * 30)]), max_rows=20)
    with pytest.raises(UserError, match=r"ledger\.too_many_rows"):
        open_workbook(save(tmp_path, [list(range(130))]))
