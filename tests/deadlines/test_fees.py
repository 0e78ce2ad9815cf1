"""Court fees and delay interest against the worked examples of the regulation and against a second formula."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.deadlines.rules import FEE_KINDS, Pause, Payment, calculate_fee, delay_interest
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.resources import load_rules

D = date
TABLES = {table["id"]: table for table in (*load_rules("fees")["tier_table"], *load_rules("fees")["flat"])}
TIERS = {"property": "court-property", "enforcement": "enforcement", "preservation": "preservation"}


def fen(yuan):
    return int(Decimal(str(yuan)) * 100)


@pytest.mark.parametrize(
    ("kind", "example"),
    [(kind, example) for kind, table in TIERS.items() for example in TABLES[table]["examples"]],
)
def test_the_examples_of_the_tables(kind, example):
    found = calculate_fee(kind, fen(example["x"]))
    assert (found.low_fen, found.high_fen) == (fen(example["fee"]), fen(example["fee"]))
    assert sum(step.fen or 0 for step in found.steps[:-1]) >= found.low_fen  # the cap only lowers


def test_the_other_examples():
    assert calculate_fee("contingency-cap", fen(3_000_000)).low_fen == fen(480_000)
    assert calculate_fee("contingency-cap", fen(60_000_000)).low_fen == fen(5_580_000)
    divorce = calculate_fee("divorce", fen(1_000_000))
    assert (divorce.low_fen, divorce.high_fen) == (fen(50 + 4000), fen(300 + 4000))
    for example in TABLES["personality"]["examples"]:
        found = calculate_fee("personality", fen(example["x"]))
        assert (found.low_fen, found.high_fen) == (
            fen(100 + example["extra_fee"]),
            fen(500 + example["extra_fee"]),
        )
    assert calculate_fee("payment-order", fen(300_000)).low_fen == fen(1933.33)
    assert calculate_fee("bankruptcy", fen(20_000_000)).low_fen == fen(70_900)
    assert calculate_fee("bankruptcy", fen(100_000_000)).low_fen == fen(270_900)
    assert calculate_fee("bankruptcy", fen(10_000_000_000)).low_fen == fen(300_000)
    assert calculate_fee("labour").low_fen == fen(10)
    assert calculate_fee("arb-review").low_fen == fen(400)
    assert (calculate_fee("ip").low_fen, calculate_fee("ip").high_fen) == (fen(500), fen(1000))
    assert calculate_fee("ip", fen(50_000)).low_fen == fen(1050)
    assert calculate_fee("enforcement").high_fen == fen(500)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.integers(0, 10**11))
def test_the_property_fee_is_that_of_the_quick_formula(amount):
    yuan = Decimal(amount) / 100
    line = next(entry for entry in TABLES["court-property"]["quick"] if yuan <= entry.get("upto", yuan))
    head, _, rest = line["formula"].partition("*")
    if not rest:
        expected = Decimal(head)
    else:
        sign = "-" if "-" in rest else "+"
        rate, _, constant = rest.partition(sign)
        expected = yuan * Decimal(rate) + (Decimal(constant) if sign == "+" else -Decimal(constant))
    assert abs(Decimal(calculate_fee("property", amount).low_fen) - expected * 100) <= Decimal("0.5")


def test_a_fee_is_halved_once_whatever_the_reasons():
    whole = calculate_fee("property", fen(500_000)).low_fen
    one = calculate_fee("property", fen(500_000), halves=("summary",))
    two = calculate_fee("property", fen(500_000), halves=("summary", "mediation"))
    assert one.low_fen == two.low_fen == whole // 2 == fen(4400)
    assert two.article == "第13条(一)、第16条、第15条"


def test_every_kind_has_steps_a_source_and_words():
    for kind in FEE_KINDS:
        found = calculate_fee(kind, fen(250_000))
        assert (found.steps and found.source and found.statute and found.article) or kind == "contingency-cap"
        assert all("{" not in step.words() for step in found.steps)
        assert found.as_json()["low_fen"] == found.low_fen


@pytest.mark.parametrize(
    ("kind", "amount", "halves"),
    [
        ("property", None, ()),
        ("property", -1, ()),
        ("property", 10**16, ()),
        ("propperty", 100, ()),
        ("property", 100, ("friendship",)),
        ("preservation", 100, ("summary",)),
    ],
)
def test_what_cannot_be_calculated_says_why(kind, amount, halves):
    with pytest.raises(Refused):
        calculate_fee(kind, amount, halves=halves)


def test_delay_interest_of_the_example():
    since = D(2025, 1, 10)
    found = delay_interest(fen(1_000_000), since, since + timedelta(days=90))
    assert (found.days, found.interest_fen, found.principal_fen) == (90, fen(15_750), fen(1_000_000))


def test_payments_take_the_debt_first_and_rest_does_not_count():
    # 100,000 for 10 days, then 40,000 paid; 60,000 for 20 days of which 5 rested
    found = delay_interest(
        fen(100_000),
        D(2025, 3, 1),
        D(2025, 3, 31),
        payments=(Payment(D(2025, 3, 11), fen(40_000)),),
        pauses=(Pause(D(2025, 3, 20), D(2025, 3, 24)),),
    )
    assert found.interest_fen == fen(100_000 * 0.000175 * 10 + 60_000 * 0.000175 * 15)
    assert (found.principal_fen, found.days) == (fen(60_000), 25)
    # what is left of a payment after the debt goes on the doubled part
    paid = delay_interest(
        fen(100_000), D(2025, 3, 1), D(2025, 3, 31), payments=(Payment(D(2025, 3, 11), fen(100_100)),)
    )
    assert (paid.principal_fen, paid.interest_fen) == (0, fen(175 - 100))


@pytest.mark.parametrize(
    ("principal", "since", "until", "more"),
    [
        (0, D(2025, 1, 1), D(2025, 2, 1), {}),
        (100, D(2025, 2, 2), D(2025, 2, 1), {}),
        (100, D(2014, 7, 31), D(2025, 2, 1), {}),
        (100, D(2025, 1, 1), D(2025, 2, 1), {"payments": (Payment(D(2024, 1, 1), 5),)}),
        (100, D(2025, 1, 1), D(2025, 2, 1), {"pauses": (Pause(D(2025, 1, 9), D(2025, 1, 3)),)}),
    ],
)
def test_impossible_delay_is_refused(principal, since, until, more):
    with pytest.raises(Refused):
        delay_interest(principal, since, until, **more)
