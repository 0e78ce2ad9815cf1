"""Court case numbers as lawyers and clerks write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.court_numbers import (
    CourtLevel,
    NumberKind,
    court_by_code,
    court_level,
    expand_court_numbers,
    is_higher_court,
    normalize_number,
    parse_court_number,
)
from lawdesk.cases.rules.court_types import Instance, case_type
from lawdesk.kernel.resources import load_rules


def codes(text: str) -> list[str]:
    return [problem.code for problem in expand_court_numbers(text).problems]


@pytest.mark.parametrize("example", load_rules("codes")["case_number"]["examples"])
def test_examples_of_the_rule_are_read_whole(example: str) -> None:
    number = parse_court_number(example)
    assert (number.text, number.kind, number.problems) == (example, NumberKind.COURT, ())


def test_parts() -> None:
    number = parse_court_number("(2026)最高法知民终100号")
    assert (number.year, number.court_code, number.special, number.type_code, number.serial) == (
        2026,
        "最高法",
        "知",
        "民终",
        100,
    )
    assert number.level is CourtLevel.SUPREME
    sub = parse_court_number("（2023）闽02民终789号之一")
    assert (sub.serial, sub.sub) == (789, "之一")
    assert sub.court is not None
    assert sub.court.name == "福建省厦门市中级人民法院"


@pytest.mark.parametrize(
    "written",
    [
        "(2024)浙0105民初88号",
        "〔2024〕浙0105民初88号",
        "[2024]浙0105民初88号",
        "【2024】浙0105民初88号",
        "（2024） 浙0105 民初 88 号",
        "（２０２４）浙０１０５民初８８号",
        "(2024〕浙0105民初88号",
    ],
)
def test_brackets_spaces_and_width_make_one_form(written: str) -> None:
    number = parse_court_number(written)
    assert (number.text, number.problems) == ("（2024）浙0105民初88号", ())


@pytest.mark.parametrize(
    ("written", "stored", "code"),
    [
        ("（2024）浙02民终01551号", "（2024）浙02民终1551号", "number_leading_zero"),
        ("(2024)粤1971民初529", "（2024）粤1971民初529号", "number_missing_hao"),
        ("（2024）沪0105民初第12号", "（2024）沪0105民初12号", "number_extra_word"),
        ("2024沪0105民初12号", "（2024）沪0105民初12号", "number_brackets"),
        ("一审：（2024）沪0105民初12号", "（2024）沪0105民初12号", "number_with_note"),
        ("（2024）沪0105民初12号（已撤诉）", "（2024）沪0105民初12号", "number_with_note"),
        ("（2024）浙0105民怪12号", "（2024）浙0105民怪12号", "number_type_unknown"),
        ("电话通知另案", "电话通知另案", "number_unreadable"),
    ],
)
def test_small_sins_are_put_right_and_named(written: str, stored: str, code: str) -> None:
    read = expand_court_numbers(written)
    assert read.texts == (stored,)
    assert codes(written) == [code]
    assert {problem.severity for problem in read.problems} == {"warning"}


@pytest.mark.parametrize(
    ("written", "serials"),
    [
        ("(2024)浙0105民初8283-8289号", [8283, 8284, 8285, 8286, 8287, 8288, 8289]),
        ("（2024）浙0105民初11至13号", [11, 12, 13]),
        ("（2024）浙0105民初11～13号", [11, 12, 13]),
        ("（2024）浙0105民初11号-13号", [11, 12, 13]),
        ("（2024）浙0105民初8283-85号", [8283, 8284, 8285]),
    ],
)
def test_ranges(written: str, serials: list[int]) -> None:
    read = expand_court_numbers(written)
    assert [number.serial for number in read.numbers] == serials
    assert codes(written) == ["number_range"]


def test_lists() -> None:
    shared = expand_court_numbers("（2024）浙0782民初17698、17699、17700号")
    assert shared.texts == tuple(f"（2024）浙0782民初{serial}号" for serial in (17698, 17699, 17700))
    assert codes("（2024）浙0782民初17698、17699、17700号") == ["number_list"]
    whole = expand_court_numbers("（2025）京0107民初926号、（2025）京0107民初927号")
    assert len(whole.numbers) == 2
    assert whole.problems == ()
    assert len(expand_court_numbers("（2025）京0107民初926号 （2025）京0107民初927号").numbers) == 2
    assert len(expand_court_numbers("（2025）京0107民初926号\n（2025）京01民终7号").numbers) == 2
    mixed = expand_court_numbers("（2024）浙0105民初1-3、7号")
    assert [number.serial for number in mixed.numbers] == [1, 2, 3, 7]
    assert codes("（2025）京0107民初9号、（2025）京0107民初9号") == ["number_repeated"]


def test_impossible_ranges_are_refused() -> None:
    for written in ("（2024）浙0105民初90-80号", "（2024）浙0105民初1-99999号"):
        assert codes(written) == ["number_range_wrong"]
        assert len(expand_court_numbers(written).numbers) == 1


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("(2014)长民一(民)初字第123号", NumberKind.OLD_COURT),
        ("（2015）浙杭商终字第88号", NumberKind.OLD_COURT),
        ("京海劳人仲字[2024]第16496号", NumberKind.LABOUR),
        ("渝永劳人仲案字〔2025〕第331号", NumberKind.LABOUR),
        ("(2024)沪仲案字第0001号", NumberKind.ARBITRATION),
        ("沪长检刑诉〔2024〕123号", NumberKind.PROSECUTION),
        ("沪公(长)拘字〔2024〕123号", NumberKind.POLICE),
    ],
)
def test_numbers_of_other_kinds_are_kept_as_text(written: str, kind: NumberKind) -> None:
    number = parse_court_number(written)
    assert (number.kind, number.problems, number.type_code) == (kind, (), None)
    if kind is not NumberKind.OLD_COURT:
        assert number.text == written


@pytest.mark.parametrize("nothing", ["", " ", "—", "无", "未立案", "案号未下"])
def test_no_number_yet(nothing: str) -> None:
    assert expand_court_numbers(nothing).numbers == ()


@pytest.mark.parametrize(
    ("code", "procedure", "instance"),
    [
        ("民初", "civil-first", Instance.FIRST),
        ("民终", "civil-second", Instance.SECOND),
        ("民申", "civil-retrial", Instance.RETRIAL_REVIEW),
        ("民再", "civil-retrial", Instance.RETRIAL),
        ("民辖终", "civil-second", Instance.JURISDICTION),
        ("民特", "civil-special", Instance.SPECIAL),
        ("民撤", "civil-first", Instance.FIRST),
        ("刑初", "criminal-first", Instance.FIRST),
        ("行赔终", "administrative-second", Instance.SECOND),
        ("执", "enforcement", Instance.ENFORCEMENT),
        ("执异", "enforcement", Instance.ENFORCEMENT),
        ("执恢", "enforcement", Instance.ENFORCEMENT),
        ("执保", "preservation", Instance.PRESERVATION),
        ("财保", "preservation", Instance.PRESERVATION),
        ("破申", "bankruptcy", Instance.BANKRUPTCY),
        ("民诉前调", None, Instance.MEDIATION),
    ],
)
def test_type_codes_name_their_procedure(code: str, procedure: str | None, instance: Instance) -> None:
    known = case_type(code)
    assert known is not None
    assert (known.procedure, known.instance) == (procedure, instance)


def test_every_type_code_has_a_procedure_the_periods_know() -> None:
    procedures = {rule["procedure"] for rule in load_rules("periods")["rule"]}
    for entry in load_rules("codes")["case_type"]:
        known = case_type(entry["code"])
        assert known is not None
        assert known.procedure is None or known.procedure in procedures
        assert parse_court_number(f"（2024）浙0825{entry['code']}12号").type_code == entry["code"]


def test_courts() -> None:
    assert parse_court_number("（2024）浙0825民初1号").court == court_by_code("浙0825")
    assert getattr(court_by_code("浙0825"), "name", None) == "浙江省龙游县人民法院"
    assert court_by_code("川0182") is None
    for code, level in (
        ("川0182", "basic"),
        ("川01", "intermediate"),
        ("川", "high"),
        ("粤73", "special"),
        ("最高法", "supreme"),
    ):
        assert court_level(code) == level
    assert is_higher_court("苏05", "苏0582")
    assert is_higher_court("最高法", "苏05")
    assert not is_higher_court("苏05", "苏0105")
    assert not is_higher_court("苏0582", "苏05")


def test_random_eight_digits_of_a_death_penalty_review_keep_their_zeros() -> None:
    number = parse_court_number("（2024）最高法刑核01234567号")
    assert (number.text, number.problems) == ("（2024）最高法刑核01234567号", ())


@settings(max_examples=150)
@given(st.text("（）()〔〕[]2024浙0105民初终执字第仲号之一-、至 年abc", max_size=40))
def test_reading_never_fails_and_is_stable(text: str) -> None:
    normalize_number(text)
    for number in expand_court_numbers(text).numbers:
        if number.kind is NumberKind.COURT:
            again = parse_court_number(number.text)
            assert again.text == number.text
            assert {problem.code for problem in again.problems} <= {"number_type_unknown"}
