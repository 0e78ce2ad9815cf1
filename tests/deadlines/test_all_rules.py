"""Every rule on a thousand days, both engines; and both engines on rules nobody wrote."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.deadlines.rules import (
    Calendar,
    DayType,
    Direction,
    EnginesDisagree,
    Outcome,
    Start,
    Unit,
    compute,
    compute_by_arithmetic,
    load_calendar,
    load_rulebook,
    run_both,
    walk,
)
from lawdesk.deadlines.rules import computing as computing_module

BOOK = load_rulebook()
CALENDAR = load_calendar()
DAYS_PER_RULE = 1_000
HORIZON = date(2035, 12, 31)


def test_every_rule_computes_on_a_thousand_days_and_both_engines_agree(capsys):
    rng = random.Random(20261122)
    computed = rolled = 0
    for rule in BOOK.rules.values():
        first, last = rule.in_force_from.toordinal(), (rule.in_force_to or HORIZON).toordinal()
        for _ in range(DAYS_PER_RULE):
            on = date.fromordinal(rng.randint(first, last))
            found = compute(rule.id, on, in_custody=rng.random() < 0.3)  # raises where the engines disagree
            check(found, on)
            computed += 1
            rolled += found.rolled
    with capsys.disabled():
        print(  # noqa: T201 - the count is asked for
            f"\n{computed} periods of {len(BOOK.rules)} rules: both engines agree, {rolled} moved over rest days"
        )
    assert computed == 321_000
    assert rolled > 10_000


def check(found, on):
    rule = found.rule
    assert found.early_warning <= found.due
    if rule.direction is not Direction.AFTER:
        assert found.due <= on, rule.id
        assert not found.rolled, rule.id
        return
    assert found.raw_end >= on, rule.id
    assert found.due >= found.raw_end, rule.id
    stays = rule.is_custody_term or (found.start.in_custody and not rule.roll_if_in_custody)
    if rule.roll_forward and not stays:
        assert not CALENDAR.is_rest(found.due), (rule.id, on)
    else:
        assert not found.rolled, rule.id


def test_the_written_count_of_every_rule_ends_on_the_day_and_counts_the_whole_length():
    rng = random.Random(7)
    for rule in BOOK.rules.values():
        first, last = rule.in_force_from.toordinal(), (rule.in_force_to or HORIZON).toordinal()
        for _ in range(5):
            found = compute(rule.id, date.fromordinal(rng.randint(first, last)))
            steps = found.steps
            assert steps[0].date == found.trigger_date
            assert steps[-1].date == found.due
            if found.rule.direction is Direction.AFTER and found.rule.unit is not Unit.HOUR:
                numbers = [step.counted for step in steps if step.counted]
                assert max(numbers) == found.rule.length
            if found.rule.unit is Unit.DAY and found.rule.direction is Direction.AFTER:
                assert [step.counted for step in steps if step.counted] == list(range(1, found.rule.length + 1))
            if found.rule.day_type is DayType.WORKING and found.rule.direction is Direction.AFTER:
                assert not any(step.kind.rest for step in steps if step.counted)


RULES = st.builds(
    lambda regime, unit, length, working, direction, excluded, roll, custody, eve: replace(
        BOOK.rules["civil-answer"],
        regime=regime,
        unit=unit,
        length=length,
        day_type=DayType.WORKING if working and unit is Unit.DAY else DayType.CALENDAR,
        direction=direction,
        start_day_excluded=excluded,
        roll_forward=roll and direction is Direction.AFTER,
        roll_if_in_custody=custody,
        end_is_day_before_corresponding=eve,
    ),
    st.sampled_from(
        ["civil-procedure", "criminal-procedure", "criminal-custody", "civil-code", "patent", "supervision"]
    ),
    st.sampled_from(list(Unit)),
    st.integers(1, 60),
    st.booleans(),
    st.sampled_from(list(Direction)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
MOMENTS = st.datetimes(datetime(1985, 1, 1), datetime(2060, 12, 31))


@settings(max_examples=3_000, derandomize=True, deadline=None)
@given(rule=RULES, moment=MOMENTS, timed=st.booleans(), in_custody=st.booleans())
def test_both_engines_agree_on_rules_nobody_wrote(rule, moment, timed, in_custody):
    start = Start(moment.date(), moment if timed else None, in_custody)
    outcome = run_both(rule, start, CALENDAR)
    record = []
    assert walk(rule, start, CALENDAR, record) == outcome  # writing the steps changes nothing
    assert record[-1].date == outcome.due or rule.unit is Unit.HOUR


@settings(max_examples=300, derandomize=True, deadline=None)
@given(day=st.dates(date(1990, 1, 1), date(2050, 12, 31)), count=st.integers(1, 300))
def test_working_days_after_and_before_undo_each_other(day, count):
    rule = replace(BOOK.rules["recon-supplement"], length=count, roll_forward=False)
    end = compute_by_arithmetic(rule, Start(day), CALENDAR).due
    back = replace(rule, direction=Direction.BEFORE)
    day_after_end = Start(end + timedelta(days=1))
    first = compute_by_arithmetic(back, day_after_end, CALENDAR).due
    assert first == CALENDAR.workday_at_or_after(day + timedelta(days=1))


def test_no_date_is_shown_where_the_engines_disagree(monkeypatch):
    def wrong(rule, start, calendar, record=None):
        return Outcome(start.day, start.day)

    monkeypatch.setattr(computing_module, "walk", wrong)
    with pytest.raises(EnginesDisagree):
        compute("civil-answer", date(2025, 3, 3))


def test_the_written_count_must_end_where_the_date_is(monkeypatch):
    found = compute("civil-answer", date(2025, 3, 3))
    monkeypatch.setattr(computing_module, "walk", lambda *_args: Outcome(date(2025, 3, 4), date(2025, 3, 4)))
    with pytest.raises(EnginesDisagree):
        _ = found.steps


def test_a_calendar_without_any_notice_still_counts():
    bare = Calendar()
    found = compute("civil-appeal-judgment", date(2025, 9, 18), calendar=bare)
    # 3 October 2025 is a statutory holiday, 4 and 5 October a weekend, 6 October 中秋; 7 October is not known to
    # be off
    assert (found.raw_end, found.due, found.provisional) == (date(2025, 10, 3), date(2025, 10, 7), True)
