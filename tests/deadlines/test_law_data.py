"""The shipped law is sound, and every fault one could put into it is named (this is the check at build time)."""

import copy
import tomllib
from datetime import date

import pytest

from lawdesk.deadlines.rules import build_rulebook, load_rulebook, validate_calendar, validate_rulebook
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.resources import load_rules

PERIODS = load_rules("periods")
COUNTING = load_rules("counting")


def codes(periods, counting=COUNTING):
    return {
        (problem.code.removeprefix("deadlines.rules."), problem.field)
        for problem in validate_rulebook(periods, counting)
    }


def changed(kind, at, **values):
    periods = copy.deepcopy(PERIODS)
    next(table for table in periods[kind] if table.get("id", table.get("family")) == at).update(values)
    return periods


def test_the_shipped_law_has_no_fault():
    assert validate_rulebook(PERIODS, COUNTING) == []


def test_everything_of_the_file_is_in_the_rule_book():
    book = load_rulebook()
    assert (len(book.rules), len(book.triggers), len(book.statutes)) == (321, 167, 60)
    assert (len(book.transitions), len(book.regimes), book.as_of) == (10, 13, date(2026, 11, 22))
    for table in PERIODS["rule"]:
        rule = book.rules[table["id"]]
        assert {name: getattr(rule, name) for name in table} == table
    for table in COUNTING["regime"]:
        regime = book.regimes[table["id"]]
        for name, value in table.items():
            assert getattr(regime, name) == (tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"lenght": 15}, ("unknown_key", "rule civil-answer.lenght")),
        ({"trigger": "judgement-served"}, ("reference", "rule civil-answer.trigger")),
        ({"statute": "cplx"}, ("reference", "rule civil-answer.statute")),
        ({"regime": "civil"}, ("reference", "rule civil-answer.regime")),
        ({"bound": "everybody"}, ("reference", "rule civil-answer.bound")),
        ({"length": 0}, ("length", "rule civil-answer.length")),
        ({"length": "15"}, ("type", "rule civil-answer.length")),
        ({"length": True}, ("type", "rule civil-answer.length")),
        ({"unit": "week"}, ("choice", "rule civil-answer.unit")),
        ({"day_type": "working", "unit": "month"}, ("working_unit", "rule civil-answer.day_type")),
        ({"in_force_to": date(1990, 1, 1)}, ("dates", "rule civil-answer.in_force_to")),
        ({"direction": "before"}, ("backward_roll", "rule civil-answer.roll_forward")),
        ({"is_custody_term": True}, ("custody_roll", "rule civil-answer.roll_forward")),
        ({"family": "limitation-general"}, ("overlap", "rule civil-answer")),
        ({"id": "civil-appeal-fee"}, ("duplicate", "rule civil-appeal-fee")),
        ({"id": "Civil Answer"}, ("id", "rule Civil Answer")),
    ],
)
def test_a_fault_in_a_rule_is_named(values, fault):
    assert fault in codes(changed("rule", "civil-answer", **values))


def test_missing_keys_wrong_counts_and_loose_ends_are_named():
    periods = copy.deepcopy(PERIODS)
    del periods["rule"][0]["article"]
    assert ("missing", "rule civil-filing-review.article") in codes(periods)
    periods = copy.deepcopy(PERIODS)
    periods["meta"]["count_rules"] = 320
    assert ("count", "meta.count_rules") in codes(periods)
    periods = copy.deepcopy(PERIODS)
    periods["trigger"].append({"id": "moon-rises", "zh": "月出", "en": "moon rises"})
    assert {("reference", "trigger moon-rises"), ("count", "meta.count_triggers")} <= codes(periods)
    assert ("switch", "transition enf-apply") in codes(
        changed("transition", "enf-apply", switch_date=date(2009, 4, 1))
    )
    assert ("unknown_table", "rules") in codes({**PERIODS, "rules": []})


def test_a_faulty_file_is_refused_with_every_problem():
    periods = changed("rule", "civil-answer", length=0, trigger="nothing")
    with pytest.raises(Refused) as refused:
        build_rulebook(periods, COUNTING)
    assert {problem.field for problem in refused.value.problems} == {
        "rule civil-answer.length",
        "rule civil-answer.trigger",
    }


def test_the_shipped_calendar_has_no_fault_but_a_harmless_one():
    # 2020-02-03, a Monday, is listed as make-up day: the notice that lengthened the holiday said work resumes
    # then.
    found = [
        (problem.code, problem.severity, problem.params["day"])
        for problem in validate_calendar(load_rules("calendar"))
    ]
    assert found == [("deadlines.calendar.makeup_workday", "warning", "2020-02-03")]


CALENDAR_YEAR = """
[[year]]
year = 2030
status = "announced"
source = ["https://example.org/notice"]
off = [2030-01-01, 2030-05-01]
makeup = [2030-05-04]
[[year.span]]
name = "元旦"
from = 2030-01-01
to = 2030-01-01
days = 1
[[year.span]]
name = "劳动节"
from = 2030-05-01
to = 2030-05-01
days = 1
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("off = [2030-01-01, 2030-05-01]", "off = [2030-01-01]", "not_off"),
        ("off = [2030-01-01, 2030-05-01]", "off = [2030-01-01, 2030-05-01, 2030-05-02]", "not_in_span"),
        ("off = [2030-01-01,", "off = [2030-01-01, 2030-01-01,", "twice"),
        ("off = [2030-01-01,", "off = [2029-12-31, 2030-01-01,", "other_year"),
        ("makeup = [2030-05-04]", "makeup = [2030-05-01]", "makeup_off"),
        ('source = ["https://example.org/notice"]', "source = []", "source"),
        ("days = 1\n[[year.span]]", "days = 2\n[[year.span]]", "span_days"),
        ("to = 2030-05-01", "to = 2030-04-30", "span_order"),
        (
            'name = "劳动节"\nfrom = 2030-05-01\nto = 2030-05-01',
            'name = "劳动节"\nfrom = 2030-01-01\nto = 2030-01-01',
            "span_overlap",
        ),
        ("year = 2030\n", "year = 2030\nmoons = 13\n", "key"),
        ('status = "announced"\n', "", "missing"),
        ("makeup = [2030-05-04]", 'makeup = ["4 May"]', "type"),
    ],
)
def test_a_fault_in_a_calendar_is_named(old, new, code):
    assert validate_calendar(tomllib.loads(CALENDAR_YEAR)) == []
    assert old in CALENDAR_YEAR
    found = validate_calendar(tomllib.loads(CALENDAR_YEAR.replace(old, new, 1)))
    assert f"deadlines.calendar.{code}" in {problem.code for problem in found}


def test_a_year_given_twice_is_named():
    found = validate_calendar(tomllib.loads(CALENDAR_YEAR * 2))
    assert [problem.code for problem in found] == ["deadlines.calendar.year_twice"]
