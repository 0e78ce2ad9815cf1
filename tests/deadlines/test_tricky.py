"""Days that are easy to get wrong, each counted by hand from the article and the notices of the State Council."""

from datetime import date, datetime

import pytest

from lawdesk.deadlines.rules import compute, find_rule, load_rulebook
from lawdesk.kernel.errors import UserError

D = date


@pytest.mark.parametrize(
    ("rule", "on", "due", "why"),
    [
        ("civil-appeal-judgment", D(2019, 12, 17), D(2020, 1, 2), "15 days end on New Year's Day, a Wednesday"),
        ("civil-appeal-judgment", D(2020, 1, 10), D(2020, 2, 3), "25 January; the holiday of 2020 was lengthened"),
        ("civil-appeal-judgment", D(2020, 1, 16), D(2020, 2, 3), "31 January lay in the lengthened part"),
        ("civil-appeal-judgment", D(2024, 1, 26), D(2024, 2, 18), "10 February; a Sunday made up for"),
        ("civil-appeal-judgment", D(2024, 1, 25), D(2024, 2, 9), "除夕 of 2024 was a working day"),
        ("civil-appeal-judgment", D(2025, 1, 13), D(2025, 2, 5), "除夕 of 2025 is a holiday by law"),
        ("civil-appeal-judgment", D(2026, 1, 30), D(2026, 2, 14), "a Saturday made up for: stays"),
        ("civil-appeal-judgment", D(2026, 1, 31), D(2026, 2, 24), "Spring Festival until 23 February 2026"),
        ("civil-appeal-judgment", D(2024, 9, 26), D(2024, 10, 11), "the holidays inside do not lengthen it"),
        ("civil-appeal-ruling", D(2024, 9, 19), D(2024, 9, 29), "a Sunday made up for"),
        ("civil-appeal-ruling", D(2024, 9, 21), D(2024, 10, 8), "1 October to the first working day"),
        ("civil-answer", D(2024, 2, 14), D(2024, 2, 29), "over the leap day"),
        ("civil-fee-prepay", D(2025, 9, 26), D(2025, 10, 9), "seven days from the day after: 3 October"),
        ("civil-retrial-apply", D(2025, 8, 29), D(2026, 2, 28), "no 29 February; Saturday made up for"),
        ("civil-retrial-apply", D(2023, 8, 31), D(2024, 2, 29), "to the end of February in a leap year"),
        ("civil-retrial-apply", D(2024, 8, 10), D(2025, 2, 10), "a Monday after the make-up Saturday"),
        ("civil-retrial-apply", D(2024, 8, 8), D(2025, 2, 8), "Saturday 8 February 2025 was made up for"),
        ("civil-prosecutor-apply", D(2022, 2, 28), D(2024, 2, 28), "two years, the corresponding day"),
        ("third-party-revocation", D(2024, 3, 31), D(2024, 9, 30), "30 September: September has no 31st"),
        ("enf-apply", D(2023, 10, 6), D(2025, 10, 9), "two years end in the holidays of 2025"),
        ("enf-apply", D(2024, 2, 29), D(2026, 2, 28), "no 29 February 2026; the Saturday was made up for"),
        ("labour-sue", D(2024, 8, 30), D(2024, 9, 14), "a Saturday made up for before Mid-Autumn"),
        ("labour-arb-limitation", D(2024, 2, 29), D(2025, 2, 28), "a year from the leap day"),
        ("labour-arb-answer", D(2025, 1, 20), D(2025, 2, 8), "21-24, 26, 27 January, 5-8 February"),
        ("admin-sue-direct", D(2025, 3, 31), D(2025, 9, 30), "six months from the 31st"),
        ("admin-sue-direct", D(2025, 4, 1), D(2025, 10, 9), "1 October begins the holidays"),
        ("admin-sue-max-realty", D(2015, 6, 1), D(2035, 6, 1), "twenty years"),
        ("admin-sue-after-recon", D(2025, 4, 25), D(2025, 5, 12), "10 May 2025 is a plain Saturday"),
        ("recon-apply", D(2025, 8, 6), D(2025, 10, 9), "sixty calendar days end on 5 October"),
        ("recon-serve", D(2025, 9, 26), D(2025, 10, 13), "28-30 September, 9-11 and 13 October"),
        ("penalty-hearing", D(2025, 9, 28), D(2025, 10, 11), "29, 30 September, 9, 10, 11 October"),
        ("compulsion-demand", D(2026, 2, 10), D(2026, 3, 2), "11-14 and 24-28 February, 2 March"),
        ("crim-appeal-judgment", D(2025, 6, 11), D(2025, 6, 23), "ten days end on Saturday 21 June"),
        ("crim-appeal-ruling", D(2025, 9, 28), D(2025, 10, 9), "five days end on 3 October"),
        ("limitation-3y", D(2021, 10, 3), D(2024, 10, 8), "three years end in the holidays of 2024"),
        ("limitation-20y", D(2000, 2, 29), D(2020, 3, 2), "a leap day again, a Saturday: to Monday"),
        ("guarantee-6m", D(2024, 8, 31), D(2025, 2, 28), "six months to the end of February"),
        ("limitation-mar-recourse", D(2025, 7, 5), D(2025, 10, 9), "ninety days end on 3 October"),
        ("pres-term-movable", D(2024, 3, 12), D(2026, 3, 12), "two years, an effect: it never moves"),
        ("pres-term-realty", D(2022, 10, 3), D(2025, 10, 3), "three years, in the holidays, does not move"),
        ("public-notice-60-until-2021", D(2021, 12, 31), D(2022, 3, 1), "sent before 2022: sixty days"),
        ("public-notice-30", D(2024, 1, 30), D(2024, 2, 29), "thirty days over February of a leap year"),
        ("divorce-cooling", D(2025, 9, 2), D(2025, 10, 9), "thirty days end on 2 October"),
        ("firm-archive", D(2025, 11, 30), D(2026, 2, 28), "three months, no 30 February"),
    ],
)  # fmt: skip
def test_counted_by_hand(rule, on, due, why):
    assert compute(rule, on).due == due, why


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        # custody: the term itself never moves, whatever day it ends on
        ("crim-detention-arrest-request", D(2025, 9, 30), D(2025, 10, 3)),
        ("crim-detention-max-37", D(2025, 8, 29), D(2025, 10, 5)),
        ("crim-investigation-custody", D(2025, 8, 3), D(2025, 10, 3)),
        ("crim-investigation-custody", D(2023, 12, 31), D(2024, 2, 29)),
        ("crim-limit-first", D(2025, 8, 5), D(2025, 10, 5)),
        ("crim-limit-simple", D(2025, 9, 12), D(2025, 10, 2)),
        ("superv-detention", D(2025, 6, 30), D(2025, 9, 30)),  # last day of June to last day of September
        # an appeal is no custody term: it moves in custody too (the unmoved day is the warning)
        ("crim-appeal-judgment", D(2025, 9, 24), D(2025, 10, 9)),
    ],
)
def test_in_custody(rule, on, due):
    found = compute(rule, on, in_custody=True)
    assert (found.due, found.provisional) == (due, False)


@pytest.mark.parametrize(
    ("rule", "on", "provisional"),
    [
        ("civil-appeal-judgment", D(2026, 12, 14), False),  # 29 December 2026
        ("civil-appeal-judgment", D(2026, 12, 17), True),  # 1 January 2027 moves, nobody knows how far
        ("civil-appeal-judgment", D(2027, 1, 25), True),  # a working day that a notice could make a holiday
        ("pres-term-bank", D(2026, 3, 3), False),  # an effect never moves
        ("public-notice-30", D(2026, 12, 20), False),
        ("crim-investigation-custody", D(2026, 12, 1), False),
        ("recon-answer", D(2026, 12, 25), True),  # working days over the turn of the year
        ("recon-answer", D(2026, 12, 10), False),
        ("pres-renew-apply", D(2027, 2, 10), False),  # backwards: it never moves later
    ],
)
def test_provisional_only_where_a_notice_could_still_move_the_day(rule, on, provisional):
    assert compute(rule, on).provisional is provisional


def test_a_period_that_ends_on_new_year_2027_is_shown_provisionally():
    found = compute("civil-appeal-judgment", D(2026, 12, 17))
    assert (found.raw_end, found.due) == (D(2027, 1, 1), D(2027, 1, 4))


@pytest.mark.parametrize(
    ("rule", "on"),
    [
        ("divorce-cooling", D(2020, 12, 31)),  # the Civil Code brought the cooling-off period
        ("penalty-hearing", D(1996, 9, 30)),  # until July 2021 three working days: see test_former
        ("third-party-revocation", D(2012, 12, 31)),
        ("admin-nonlit-exec", D(2011, 12, 31)),
        ("limitation-general", D(1986, 12, 31)),
        ("recognition-reconsider", D(2023, 12, 31)),
    ],
)
def test_before_the_rule_existed_there_is_a_reason_and_no_date(rule, on):
    with pytest.raises(UserError) as refused:
        compute(rule, on)
    assert refused.value.code == "deadlines.before_law"
    since = find_rule(load_rulebook(), rule).in_force_from
    assert compute(rule, max(since, on)).due is not None


def test_hours_by_the_clock_and_over_the_turn_of_the_year():
    found = compute("pres-ruling-urgent", datetime(2025, 12, 30, 16, 40))
    # from 17:00 on 30 December, 48 hours end at 17:00 on 1 January, a holiday until the 3rd; the 4th is made up
    assert (found.raw_end, found.due) == (D(2026, 1, 1), D(2026, 1, 4))
    found = compute("crim-summons-duration", datetime(2025, 12, 31, 13, 0))
    assert found.due_at == datetime(2026, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        ("civil-answer", D(2025, 9, 3), D(2025, 10, 9)),  # 30 days end on 3 October
        ("civil-appeal-judgment", D(2025, 1, 2), D(2025, 2, 5)),  # 30 days end on 1 February
        ("public-notice-30", D(2025, 1, 2), D(2025, 3, 3)),  # 60 days by the act of 2023
        ("public-notice-30", D(2023, 11, 30), D(2024, 2, 29)),  # three months before 2024
    ],
)
def test_without_a_domicile_in_the_country(rule, on, due):
    assert compute(rule, on, foreign=True).due == due
