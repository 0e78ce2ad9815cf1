"""Interruption, suspension and the twenty years, each counted by hand."""

from datetime import date

import pytest

from lawdesk.deadlines.rules import Turn, check_turn, count_limitation, load_calendar, load_rulebook

D = date
BOOK, CALENDAR = load_rulebook(), load_calendar()
TODAY = D(2026, 11, 22)


def counted(rule, on, *turns, **more):
    return count_limitation(rule, on, turns, calendar=CALENDAR, today=more.pop("today", TODAY), **more)


def test_a_demand_starts_three_years_anew():
    found = counted("limitation-3y", D(2021, 5, 10), Turn("interrupted", D(2023, 3, 6), ground="书面催款"))
    assert (found.due, found.capped) == (D(2026, 3, 6), False)
    assert "2026年3月6日" in found.steps[0].words()
    twice = counted(
        "limitation-3y", D(2021, 5, 10), Turn("interrupted", D(2025, 9, 30)), Turn("interrupted", D(2023, 3, 6))
    )
    assert (twice.raw_end, twice.provisional) == (D(2028, 9, 30), True)


def test_a_demand_after_the_end_revives_nothing():
    found = counted("limitation-3y", D(2018, 5, 10), Turn("interrupted", D(2021, 5, 11), ground="催款"))
    assert (found.due, found.steps[0].void) == (D(2021, 5, 10), True)


def test_an_obstacle_in_the_last_six_months_leaves_six_months():
    # ends 10 May 2024; ill from 1 January to 20 March 2024: six months from 20 March
    found = counted(
        "limitation-3y", D(2021, 5, 10), Turn("suspended", D(2024, 1, 1), D(2024, 3, 20), "丧失行为能力")
    )
    assert found.due == D(2024, 9, 20)
    # it began before the last six months and lasted into them: the same
    long = counted("limitation-3y", D(2021, 5, 10), Turn("suspended", D(2023, 1, 1), D(2024, 3, 20), "x"))
    assert long.due == D(2024, 9, 20)


def test_an_obstacle_that_was_over_before_the_last_six_months_changes_nothing():
    found = counted("limitation-3y", D(2021, 5, 10), Turn("suspended", D(2022, 1, 1), D(2023, 11, 9), "x"))
    assert (found.due, found.steps[0].void) == (D(2024, 5, 10), True)


def test_an_obstacle_that_lasts_keeps_the_day_open():
    found = counted(
        "limitation-3y", D(2021, 5, 10), Turn("suspended", D(2024, 1, 1), ground="x"), today=D(2024, 5, 1)
    )
    assert (found.running, found.provisional, found.due) == (True, True, D(2024, 11, 1))


def test_enforcement_goes_on_with_the_rest_and_labour_disputes_whenever():
    # enf-apply ends 10 June 2024; 31 days of obstacle in the last six months
    found = counted("enf-apply", D(2022, 6, 10), Turn("suspended", D(2024, 3, 1), D(2024, 3, 31), "x"))
    assert found.raw_end == D(2024, 7, 11)
    # labour: a year from 1 March 2024; 30 days in June, long before the end
    labour = counted("labour-arb-limitation", D(2024, 3, 1), Turn("suspended", D(2024, 6, 1), D(2024, 6, 30), "x"))
    assert labour.raw_end == D(2025, 3, 31)


def test_nothing_runs_beyond_twenty_years_from_the_infringement():
    found = counted(
        "limitation-3y",
        D(2022, 3, 1),
        Turn("interrupted", D(2024, 6, 3), ground="起诉"),
        infringed_on=D(2005, 4, 15),
    )
    assert (found.due, found.capped) == (D(2025, 4, 15), True)


def test_fixed_periods_cannot_be_interrupted():
    for rule in ("rescission-1y", "guarantee-6m", "civil-retrial-apply", "penalty-limitation"):
        codes = {
            one.code
            for one in check_turn(BOOK.rules[rule], Turn("interrupted", D(2025, 1, 1), ground="x"), D(2024, 9, 1))
        }
        assert codes == {"limitation.fixed"}


@pytest.mark.parametrize(
    ("turn", "code"),
    [
        (Turn("interrupted", D(2020, 1, 1), ground="x"), "limitation.early"),
        (Turn("suspended", D(2024, 2, 1), D(2024, 1, 1), "x"), "limitation.order"),
        (Turn("interrupted", D(2024, 2, 1)), "limitation.ground"),
    ],
)
def test_impossible_turns_are_refused(turn, code):
    assert [one.code for one in check_turn(BOOK.rules["limitation-3y"], turn, D(2021, 5, 10))] == [code]
