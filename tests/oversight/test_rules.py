"""The parts of Today: by what the calendar allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lawdesk.deadlines import load_calendar
from lawdesk.kernel.i18n import set_language
from lawdesk.oversight import Plan, plan_of
from lawdesk.oversight.page.words import heading_of, note_of

CALENDAR = load_calendar()


def titles(plan: Plan) -> list[str]:
    return [heading_of(part, 1).text for part in plan.parts]


def keys(today: date) -> list[tuple[str, date | None]]:
    return [(part.key, part.first) for part in plan_of(CALENDAR, today).parts]


def test_without_a_holiday_near_two_whole_weeks_lie_ahead() -> None:
    plan = plan_of(CALENDAR, date(2025, 11, 5))
    assert titles(plan) == ["已过期", "待确认的开庭", "今天", "两周内"]
    assert plan.until == date(2025, 11, 23)  # a Sunday; the last day to appeal, 20 November, is on the list
    assert note_of(plan.parts[-1]) == "11月6日—11月23日"


def test_before_a_holiday_the_days_left_are_counted() -> None:
    plan = plan_of(CALENDAR, date(2025, 9, 24))
    assert titles(plan) == ["已过期", "待确认的开庭", "今天", "放假前", "节后两周"]
    assert note_of(plan.parts[3]) == "还有 5 个工作日 · 10月1日起国庆节、中秋节放假 8 天"
    assert plan.parts[4].first == date(2025, 10, 9)
    assert plan.until == date(2025, 10, 26)


def test_what_falls_into_the_holiday_belongs_before_it() -> None:
    """It has to be done while somebody is there."""
    plan = plan_of(CALENDAR, date(2025, 9, 30))
    before, after = plan.parts[3], plan.parts[4]
    assert (before.key, before.first, after.first) == ("before", date(2025, 10, 1), date(2025, 10, 9))
    assert note_of(before).startswith("还有 0 个工作日")


def test_during_a_holiday() -> None:
    assert keys(date(2025, 10, 3)) == [
        ("overdue", None),
        ("held", None),
        ("today", date(2025, 10, 3)),
        ("break", date(2025, 10, 4)),
        ("after", date(2025, 10, 9)),
    ]
    assert [key for key, _first in keys(date(2025, 10, 8))] == ["overdue", "held", "today", "after"]


def test_a_holiday_of_next_year_counts_when_it_is_near() -> None:
    assert CALENDAR.known(2026)
    assert "before" in [key for key, _first in keys(date(2025, 12, 22))]


def test_a_year_without_an_announcement_has_no_holiday_to_plan_with() -> None:
    unknown = max(year for year in range(2018, 2060) if CALENDAR.known(year)) + 1
    assert [key for key, _first in keys(date(unknown, 9, 25))] == ["overdue", "held", "today", "ahead"]


def test_the_parts_follow_each_other_on_every_day_of_two_years() -> None:
    for number in range(730):
        today = date(2025, 1, 1) + timedelta(days=number)
        plan = plan_of(CALENDAR, today)
        assert list(plan.edges) == sorted(set(plan.edges))
        assert plan.until >= today + timedelta(days=14)
        assert plan.until.weekday() == 6


@pytest.mark.parametrize(("language", "title"), [("zh", "放假前"), ("en", "Before the holiday")])
def test_both_languages(language: str, title: str) -> None:
    set_language(language)
    assert titles(plan_of(CALENDAR, date(2025, 9, 24)))[3] == title
