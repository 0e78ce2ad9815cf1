"""Every column has a class, and masks hide what they should."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.kernel.masking import mask_address, mask_name, mask_number, mask_phone
from lawdesk.kernel.resources import load_rules, resource_path
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import DataClass, Term, class_of
from lawdesk.privacy.rules.classes import mask_of
from lawdesk.privacy.rules.retention import range_of, years_of


def test_every_column_has_a_class() -> None:
    """A new column without one fails here with its name (as the titles of the export do)."""
    missing = []
    for table in tables().values():
        for column in table.c:
            try:
                class_of(table.name, column.name)
            except KeyError:
                missing.append(f"{table.name}.{column.name}")
    assert missing == []


def test_no_class_is_given_to_a_column_that_is_not_there() -> None:
    for name, columns in load_rules("privacy")["tables"].items():
        assert set(columns) <= {column.name for column in tables()[name].c}, name


def test_what_identifies_or_reaches_somebody_is_sensitive_and_masked() -> None:
    for place in ("party_identifier.value", "party.phone", "party.address", "enquiry.phone"):
        table, column = place.split(".")
        assert class_of(table, column) is DataClass.SENSITIVE
        assert mask_of(table, column) is not None
    assert class_of("cases", "facts") is DataClass.PROFESSIONAL
    assert class_of("office_state", "value") is DataClass.SECRET
    assert class_of("party", "name") is DataClass.PERSONAL
    assert mask_of("party", "name") is None


def test_a_column_that_is_not_named_has_no_class() -> None:
    with pytest.raises(KeyError):
        class_of("party", "shoe_size")


def test_the_years_lie_in_the_ranges_of_the_law_data() -> None:
    for term in (Term.LONG, Term.SHORT):
        low, high = range_of(term)
        years = years_of(term)
        assert years is not None and low <= years <= high
    with resource_path("rules", "privacy.toml").open("rb") as file:
        assert tomllib.load(file)["requests"]["answer_days"] == 30


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("310101199001011234", "3101**********1234"),
        ("13812341234", "138****1234"),
        ("E12345678", "E******78"),
        ("123456", "******"),
        ("6222021234567890123", "6222***********0123"),
        ("", ""),
    ],
)
def test_numbers(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13912345678", "139****5678"),
        ("周女士 139 1234 5678（微信同号）", "周女士 139 **** 5678（微信同号）"),
        ("0755-12345678", "075*-****5678"),
        ("分机 8012", "分机 8012"),
        ("12345678", "****5678"),
    ],
)
def test_telephones(text: str, masked: str) -> None:
    assert mask_phone(text) == masked


def test_addresses_keep_their_district() -> None:
    assert mask_address("上海市浦东新区世纪大道1号") == "上海市浦东新区****"
    assert mask_address("广东省深圳市南山区科技园路 2 号") == "广东省深圳市南山区****"
    assert "榆钱" not in mask_address("青岚市暗渡区榆钱胡同九号")
    assert mask_address("榆钱胡同九号") == "榆钱胡****"
    assert mask_address("") == ""


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=7, max_size=30, alphabet="0123456789X"))
def test_a_masked_number_never_shows_more_than_eight_signs(number: str) -> None:
    shown = mask_number(number).replace("*", "")
    assert len(shown) <= 8 and len(shown) < len(number)


def test_other_peoples_names() -> None:
    assert mask_name("张三丰") == "张**"
    assert mask_name("Johanna Smith") == "J***"
    assert mask_name(" ") == ""
