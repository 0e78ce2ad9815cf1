"""The sixteen worked examples of counting.toml, and more that are easy to get wrong."""

from datetime import UTC, date, datetime

import pytest

from lawdesk.deadlines.rules import compute, deemed_receipt, next_events
from lawdesk.kernel.errors import UserError

D = date


@pytest.mark.parametrize(
    ("rule", "on", "custody", "raw", "due"),
    [
        ("civil-appeal-judgment", D(2025, 1, 16), False, D(2025, 1, 31), D(2025, 2, 5)),  # e01
        ("civil-appeal-judgment", D(2026, 2, 13), False, D(2026, 2, 28), D(2026, 2, 28)),  # e02
        ("civil-appeal-judgment", D(2022, 9, 20), False, D(2022, 10, 5), D(2022, 10, 8)),  # e03
        ("arb-set-aside-3m", D(2026, 8, 31), False, D(2026, 11, 30), D(2026, 11, 30)),  # e04
        ("civil-retrial-apply", D(2024, 12, 31), False, D(2025, 6, 30), D(2025, 6, 30)),  # e05
        ("enf-apply", D(2020, 2, 29), False, D(2022, 2, 28), D(2022, 2, 28)),  # e06
        ("crim-investigation-custody", D(2025, 2, 28), True, D(2025, 4, 30), D(2025, 4, 30)),  # e07
        # the same start by civil procedure: 28 April, the corresponding day
        ("civil-limit-small", D(2025, 2, 28), False, D(2025, 4, 28), D(2025, 4, 28)),  # e07
        ("crim-detention-arrest-request-7", D(2025, 9, 29), True, D(2025, 10, 6), D(2025, 10, 6)),  # e08
        ("crim-prosecution-review", D(2025, 9, 2), True, D(2025, 10, 2), D(2025, 10, 2)),  # e09
        ("crim-prosecution-review", D(2025, 9, 2), False, D(2025, 10, 2), D(2025, 10, 9)),  # e09
        ("recon-supplement", D(2025, 9, 22), False, D(2025, 10, 11), D(2025, 10, 11)),  # e11
        ("tm-term", D(2015, 3, 7), False, D(2025, 3, 6), D(2025, 3, 6)),  # e16
    ],
)
def test_worked_example(rule, on, custody, raw, due):
    found = compute(rule, on, in_custody=custody)
    assert (found.raw_end, found.due, found.provisional) == (raw, due, False)
    assert found.early_warning == min(raw, due)


def test_e10_public_notice_then_answer():
    notice = compute("public-notice-30", D(2025, 3, 3))
    assert notice.due == D(2025, 4, 2)
    served = {event.trigger.id: event.on for event in next_events(notice)}
    assert served["public-notice-completed"] == served["complaint-copy-served"] == D(2025, 4, 2)
    assert compute("civil-answer", served["complaint-copy-served"]).due == D(2025, 4, 17)


def test_e12_hours_begin_with_the_next_full_hour():
    found = compute("pres-ruling-urgent", datetime(2025, 6, 10, 9, 5))
    assert (found.due, found.due_at) == (D(2025, 6, 12), datetime(2025, 6, 12, 10))
    # the same moment given in UTC, and a full hour, which is not counted either
    assert compute("pres-ruling-urgent", datetime(2025, 6, 10, 1, 5, tzinfo=UTC)).due_at == datetime(
        2025, 6, 12, 10
    )
    assert compute("pres-ruling-urgent", datetime(2025, 6, 10, 9)).due_at == datetime(2025, 6, 12, 10)


def test_e13_deemed_receipt_then_three_months():
    received = deemed_receipt(D(2025, 6, 13), office="patent", way="post")
    assert received == D(2025, 6, 28)
    assert compute("pat-reexam", received).due == D(2025, 9, 28)  # a Sunday, but a make-up working day
    assert deemed_receipt(D(2025, 6, 13), office="patent", way="electronic") == D(2025, 6, 13)
    assert deemed_receipt(D(2024, 1, 19), office="patent", way="electronic") == D(2024, 2, 3)
    assert deemed_receipt(D(2025, 6, 13), office="trademark", way="electronic") == D(2025, 6, 28)


def test_e14_renewal_counts_backwards_and_never_moves_later():
    assert compute("pres-renew-apply", D(2025, 8, 20)).due == D(2025, 8, 13)
    found = compute("pres-renew-apply", D(2025, 10, 13))
    assert (found.due, found.early_warning) == (D(2025, 10, 6), D(2025, 9, 30))


def test_e15_cooling_off_then_certificate():
    cooling = compute("divorce-cooling", D(2025, 12, 3))
    assert (cooling.raw_end, cooling.due) == (D(2026, 1, 2), D(2026, 1, 4))
    (ended,) = next_events(cooling)
    assert compute("divorce-certificate", ended.on).due == D(2026, 2, 3)


def test_a_freeze_lasts_to_the_corresponding_day_but_is_planned_by_the_day_before():
    """民事诉讼法 第85条 leaves the first day out, so one year from 3 March 2025 is 3 March 2026; courts write
    2 March, and periods.toml asks to plan with that safe day, which is also what the renewal counts from."""
    freeze = compute("pres-term-bank", D(2025, 3, 3))
    assert (freeze.due, freeze.early_warning) == (D(2026, 3, 3), D(2026, 3, 2))
    (expiry,) = next_events(freeze)
    assert (expiry.trigger.id, expiry.on) == ("preservation-expiry", D(2026, 3, 2))


def test_a_window_closes_with_the_expiry_and_opens_seven_days_before():
    found = compute("ip-injunction-renew", D(2025, 10, 13))
    assert (found.opens, found.due, found.early_warning) == (D(2025, 10, 6), D(2025, 10, 13), D(2025, 10, 13))
    # expiry on a Sunday: it does not move; act by the working day before, still inside the window
    found = compute("ip-injunction-renew", D(2025, 8, 17))
    assert (found.opens, found.due, found.early_warning) == (D(2025, 8, 10), D(2025, 8, 17), D(2025, 8, 15))
    # all of the window in the holidays (1 to 8 October 2025): nothing earlier may be done, so the day itself
    # stays
    found = compute("ip-injunction-renew", D(2025, 10, 8))
    assert (found.opens, found.due, found.early_warning) == (D(2025, 10, 1), D(2025, 10, 8), D(2025, 10, 8))


def test_working_days_before_a_hearing():
    # hearing Thursday 9 October 2025: 30, 29 and 28 September (Sunday, make-up day) are the three working days
    # before
    assert compute("labour-arb-postpone", D(2025, 10, 9)).due == D(2025, 9, 28)


def test_a_waiting_period_tells_the_first_day_one_may_act():
    found = compute("civil-divorce-refile", D(2025, 4, 1))
    assert (found.due, found.earliest_action) == (D(2025, 10, 1), D(2025, 10, 2))
    assert compute("civil-answer", D(2025, 4, 1)).earliest_action is None


def test_hours_around_midnight_and_on_rest_days():
    found = compute("pres-ruling-urgent", datetime(2025, 6, 10, 23, 30))
    assert (found.due, found.due_at) == (D(2025, 6, 12), datetime(2025, 6, 13, 0))  # 24:00 of 12 June
    found = compute("crim-summons-duration", datetime(2025, 6, 10, 20, 15))
    assert (found.due, found.due_at) == (D(2025, 6, 11), datetime(2025, 6, 11, 8, 15))  # counts from the moment
    found = compute("crim-detention-notify", datetime(2025, 9, 30, 14, 20))
    assert (found.raw_end, found.early_warning) == (D(2025, 10, 1), D(2025, 10, 1))
    assert "deadlines.hours_rolled" in {note.code for note in found.notes}
    assert "deadlines.no_time" in {note.code for note in compute("pres-ruling-urgent", D(2025, 6, 10)).notes}


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        (
            "tm-term",
            D(2016, 2, 29),
            D(2026, 2, 28),
        ),  # no corresponding day: the month's last day, not the day before
        ("civil-limit-second-judgment", D(2025, 11, 30), D(2026, 2, 28)),  # Saturday 28 February 2026, made up
        ("crim-bail-term", D(2024, 2, 29), D(2025, 2, 28)),
        ("crim-bail-term", D(2023, 2, 28), D(2024, 2, 29)),  # last day of February to last day of February
        ("civil-retrial-apply", D(2025, 8, 31), D(2026, 2, 28)),
        ("limitation-20y", D(2006, 6, 30), D(2026, 6, 30)),
        ("crim-limit-simple", D(2025, 9, 12), D(2025, 10, 9)),  # twenty days end 2 October, not in custody
    ],
)
def test_last_days_of_months(rule, on, due):
    assert compute(rule, on).due == due


def test_an_appeal_from_custody_moves_but_warns_with_the_unmoved_day():
    found = compute("crim-appeal-judgment", D(2025, 9, 22), in_custody=True)
    assert (found.raw_end, found.due, found.early_warning) == (D(2025, 10, 2), D(2025, 10, 9), D(2025, 10, 2))
    assert "deadlines.custody" in {note.code for note in found.notes}


def test_a_length_set_by_the_court_is_measured_against_the_law_s_bounds():
    assert compute("civil-evidence-ordinary", D(2025, 2, 6), length_override=30).due == D(2025, 3, 10)
    short = compute("civil-evidence-ordinary", D(2025, 2, 6), length_override=7)
    long = compute("civil-evidence-small", D(2025, 2, 6), length_override=10)
    assert "deadlines.below_minimum" in {note.code for note in short.notes}
    assert "deadlines.above_maximum" in {note.code for note in long.notes}
    with pytest.raises(UserError, match="impossible_length"):
        compute("civil-evidence-small", D(2025, 2, 6), length_override=0)


def test_impossible_days_are_refused():
    with pytest.raises(UserError, match="impossible_day"):
        compute("civil-answer", D(1900, 1, 1))
    with pytest.raises(UserError, match="impossible_day"):
        compute("civil-answer", D(2925, 1, 1))
