"""The intake ledger: headings, and one row at a time."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lawdesk.cases.rules.ledger import (
    Grid,
    NoValue,
    read_grids,
    summary,
)
from lawdesk.cases.rules.ledger.columns import field_of, find_header
from tests.cases.ledgers import GOOD, HEADINGS, ledger_of, problems, row_of


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
