"""The intake ledger: days, amounts and numbers as people write them."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.ledger.amounts import read_amount, read_fee, read_received
from lawdesk.cases.rules.ledger.checks import is_rest_day
from lawdesk.cases.rules.ledger.dates import find_days, read_when
from lawdesk.cases.rules.ledger.text import chinese_number


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
