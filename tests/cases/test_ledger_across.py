"""The intake ledger: rows against each other, and whatever may stand in them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.ledger import (
    Grid,
    read_grids,
    summary,
)
from tests.cases.ledgers import GOOD, HEADINGS, ledger_of, problems

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
