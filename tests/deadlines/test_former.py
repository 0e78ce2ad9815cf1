"""Older lengths that the law data knows in words only, and dates as papers and spreadsheets write them."""

from __future__ import annotations

from datetime import date

import pytest

from lawdesk.deadlines import compute
from lawdesk.deadlines.rules.former import load_former
from lawdesk.deadlines.rules.loading import load_rulebook
from lawdesk.kernel.dates import parse_day
from lawdesk.kernel.errors import UserError


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        ("admin-answer", date(2015, 4, 30), date(2015, 5, 11)),  # 10 days end on Sunday 10 May
        ("admin-answer", date(2015, 5, 4), date(2015, 5, 19)),  # 15 days since 1 May 2015
        ("admin-sue-not-told", date(2010, 6, 1), date(2012, 6, 1)),
        ("civil-retrial-apply", date(2009, 3, 2), date(2011, 3, 2)),
        ("civil-limit-simple", date(2021, 12, 31), date(2022, 3, 31)),
        ("penalty-hearing", date(2021, 7, 14), date(2021, 7, 19)),
        ("limitation-patent", date(2014, 1, 10), date(2016, 1, 11)),  # two years end on a Sunday
        ("aid-review", date(2021, 9, 28), date(2021, 10, 13)),  # 29, 30 September, 8, 9, 11-13 October
    ],
)
def test_before_the_new_law_the_old_length_counts(rule: str, on: date, due: date) -> None:
    found = compute(rule, on)
    assert found.due == due
    old = on != date(2015, 5, 4)
    assert any(note.code == "deadlines.former" for note in found.notes) is old


def test_a_period_still_running_when_the_law_changed_is_not_guessed() -> None:
    with pytest.raises(UserError) as refused:
        compute("civil-retrial-apply", date(2012, 6, 1))
    assert refused.value.code == "deadlines.before_law"
    with pytest.raises(UserError):
        compute("limitation-patent", date(2020, 6, 1))


def test_every_older_length_belongs_to_a_rule_and_ends_before_its_version() -> None:
    book = load_rulebook()
    for former in load_former().values():
        rule = book.rules[former.rule]
        assert former.in_force_to < rule.in_force_from
        assert former.note_zh in f"{rule.former_articles_zh} {rule.notes}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二五年三月一日", date(2025, 3, 1)),
        ("二○二五年十一月二十日", date(2025, 11, 20)),
        ("二零二五年十二月三十一日", date(2025, 12, 31)),
        ("十月十日", date(2026, 10, 10)),
    ],
)
def test_days_as_courts_write_them(text: str, day: date) -> None:
    assert parse_day(text, date(2026, 1, 1)) == day


def test_a_day_that_does_not_exist_is_refused_in_words_too() -> None:
    with pytest.raises(ValueError):
        parse_day("二〇二五年二月三十日", date(2026, 1, 1))
