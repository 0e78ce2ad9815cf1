"""Identifying numbers: what is right stands, every wrong character is named, nothing is corrected silently."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.identifiers import (
    Identifier,
    IdentifierKind,
    guess_kind,
    id_card_check,
    organization_check,
    parse_identifier,
    upgrade_id_card,
    uscc_check,
)
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.resources import load_rules


def codes(identifier: Identifier) -> list[str]:
    return [problem.code for problem in identifier.problems]


@pytest.mark.parametrize("number", load_rules("codes")["uscc"]["valid_examples"])
def test_published_credit_codes_stand(number: str) -> None:
    read = parse_identifier(number)
    assert read.kind is IdentifierKind.USCC
    assert [problem for problem in read.problems if problem.severity != "note"] == []
    assert read.registered_as == "企业"
    assert read.organization_code == number[8:17]


def test_inside_of_a_credit_code() -> None:
    read = parse_identifier("９１１１０１０８ ５５１３ ８５０８ ２ｑ")
    assert (read.value, read.area, read.place) == ("91110108551385082Q", "110108", "北京市")
    assert organization_check(read.organization_code[:8]) == "2"


def test_wrong_credit_codes_are_named_not_mended() -> None:
    assert codes(parse_identifier("91110108551385082A")) == ["uscc_check"]
    letter = parse_identifier("91310000607302378I")
    assert codes(letter) == ["uscc_letter"]
    assert letter.value.endswith("I")  # not turned into a 1
    assert codes(parse_identifier("9131000060730237", "uscc")) == ["uscc_length"]
    assert not letter.valid


def test_check_character_zero_of_a_credit_code() -> None:
    """A sum divisible by 31 gives 0, not the 31st sign (GB 32100)."""
    rules = load_rules("codes")["uscc"]
    for serial in range(1000):
        first = f"913301{serial:011d}"
        total = sum(int(digit) * weight for digit, weight in zip(first, rules["weights"], strict=True))
        if total % 31 == 0:
            break
    assert total % 31 == 0
    assert uscc_check(first) == "0"


def test_masked_credit_code_is_a_warning() -> None:
    read = parse_identifier("91310000MA1K00000X")
    assert codes(read) == ["identifier_masked"]
    assert read.valid


def test_law_firm_and_unknown_prefix() -> None:
    firm = "31110000" + "40000000" + organization_check("40000000")
    assert parse_identifier(firm + uscc_check(firm)).registered_as.startswith("律师执业机构")
    odd = "Q1110000" + "40000000" + organization_check("40000000")
    assert codes(parse_identifier(odd + uscc_check(odd))) == ["uscc_prefix"]


def test_organization_code_inside_is_verified() -> None:
    wrong_inside = "91110108" + "551385083"
    read = parse_identifier(wrong_inside + uscc_check(wrong_inside))
    assert [(problem.code, problem.severity) for problem in read.problems] == [("uscc_organization_code", "note")]


@pytest.mark.parametrize(
    ("number", "birthday", "sex", "place"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female", "北京市"),
        ("440524188001010014", date(1880, 1, 1), "male", "广东省"),
        ("11010519491231002x", date(1949, 12, 31), "female", "北京市"),
        (" 110105 19491231 002X ", date(1949, 12, 31), "female", "北京市"),
    ],
)
def test_identity_cards_of_the_standard(number: str, birthday: date, sex: str, place: str) -> None:
    read = parse_identifier(number)
    assert (read.kind, read.birthday, read.sex, read.place) == (IdentifierKind.ID_CARD, birthday, sex, place)
    assert read.problems == ()


def test_wrong_identity_cards() -> None:
    assert codes(parse_identifier("110105194912310021")) == ["id_card_check"]
    feb30 = "11010519490230002"
    assert codes(parse_identifier(feb30 + id_card_check(feb30), "id-card")) == ["id_card_birthday"]
    nowhere = "99010519491231002".replace("99", "66", 1)
    assert codes(parse_identifier(nowhere + id_card_check(nowhere))) == ["id_card_area"]
    assert codes(parse_identifier("1101051949123100", "id-card")) == ["id_card_shape"]
    unborn = "11010520991231002"
    number = unborn + id_card_check(unborn)
    assert codes(parse_identifier(number, today=date(2026, 1, 1))) == ["id_card_birthday"]
    assert codes(parse_identifier(number)) == []


def test_masked_birthday_is_right_in_form() -> None:
    right = parse_identifier("33010319000101000X")
    assert right.birthday == date(1900, 1, 1)
    assert [problem.severity for problem in right.problems] == ["note"]
    wrong_digit = parse_identifier("342523190001010001")
    assert codes(wrong_digit) == ["identifier_masked"]
    assert wrong_digit.valid


def test_old_card_is_upgraded() -> None:
    assert upgrade_id_card("110105491231002") == "11010519491231002X"
    read = parse_identifier("110105491231002")
    assert (read.value, read.birthday) == ("11010519491231002X", date(1949, 12, 31))
    assert [(problem.code, problem.severity) for problem in read.problems] == [("id_card_old", "note")]


def test_residence_permits() -> None:
    for first, place in (("81000019900101001", "香港特别行政区"), ("83000019900101002", "台湾地区")):
        read = parse_identifier(first + id_card_check(first))
        assert (read.kind, read.place, read.problems) == (IdentifierKind.ID_CARD, place, ())
    foreigner = "93184019850607001"
    read = parse_identifier(foreigner + id_card_check(foreigner))
    assert (read.kind, read.area, read.birthday, read.problems) == (
        IdentifierKind.ID_CARD,
        None,
        date(1985, 6, 7),
        (),
    )


def test_other_numbers() -> None:
    code = parse_identifier("55138508-2")
    assert (code.kind, code.value, code.problems) == (IdentifierKind.ORGANIZATION_CODE, "551385082", ())
    assert codes(parse_identifier("55138508-3")) == ["organization_code_check"]
    assert parse_identifier("E12345678").kind is IdentifierKind.PASSPORT
    assert parse_identifier("EA1234567").problems == ()
    mobile = parse_identifier("+86 138-0000-0001")
    assert (mobile.kind, mobile.value, mobile.problems) == (IdentifierKind.MOBILE, "13800000001", ())
    assert codes(parse_identifier("12345678901", "mobile")) == ["mobile_shape"]
    assert codes(parse_identifier("工商注册号3301")) == ["identifier_unknown"]
    assert codes(parse_identifier("  ", "id-card")) == ["identifier_empty"]
    assert codes(parse_identifier("护照", "passport")) == ["passport_shape"]


def test_all_digit_credit_code_is_not_taken_for_a_card() -> None:
    first = "91330106" + "12345678" + organization_check("12345678")
    number = first + uscc_check(first)
    assert number.isdigit()  # else the example proves nothing
    assert guess_kind(number) is IdentifierKind.USCC


def test_no_message_holds_the_number() -> None:
    for number in ("110105194912310021", "91110108551385082A", "55138508-3"):
        for language in ("en", "zh"):
            set_language(language)
            for problem in parse_identifier(number).problems:
                words = problem.words()
                assert number not in words
                assert any("一" <= sign <= "龥" for sign in words) == (language == "zh")
    set_language("zh")


@settings(max_examples=100)
@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place: int, step: int) -> None:
    number = "11010519491231002X"
    digit = str((int(number[place]) + step) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    assert not parse_identifier(wrong, "id-card").valid


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_reading_never_fails(text: str) -> None:
    for kind in (None, *IdentifierKind):
        parse_identifier(text, kind)
