"""Rest days: announced years against another source, unannounced years against what the law itself says."""

import tomllib
from datetime import date, timedelta

import chinese_calendar
import pytest

from lawdesk.deadlines.rules import compute, holiday_name, load_calendar, read_year, statutory_holidays
from lawdesk.kernel.i18n import set_language

CALENDAR = load_calendar()


def days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_every_day_of_2018_to_2026_agrees_with_another_source():
    compared = 0
    for day in days(date(2018, 1, 1), date(2026, 12, 31)):
        assert CALENDAR.is_rest(day) is chinese_calendar.is_holiday(day), day
        assert CALENDAR.day(day).rest is CALENDAR.is_rest(day)
        assert CALENDAR.day(day).known
        compared += 1
    assert compared == 3287


def test_kinds_names_and_notices():
    assert (CALENDAR.day(date(2025, 10, 6)).kind, CALENDAR.day(date(2025, 10, 6)).name) == (
        "holiday",
        "国庆节、中秋节",
    )
    assert CALENDAR.day(date(2025, 10, 11)).kind == "makeup"
    assert CALENDAR.day(date(2025, 10, 12)).kind == "weekend"
    assert CALENDAR.day(date(2025, 10, 13)).kind == "workday"
    assert CALENDAR.day(date(2025, 10, 6)).source == (
        "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
    )
    assert not CALENDAR.day(date(2024, 2, 9)).rest  # 除夕 2024 was a working day
    assert not CALENDAR.day(date(2025, 3, 8)).name  # 妇女节 is no rest day for periods


def test_the_law_s_own_holidays_were_all_off_in_the_announced_years():
    """Checks the lunar table: 初一, 端午 and 中秋 of nine announced years, and 清明."""
    for year in range(2018, 2027):
        for day, name in statutory_holidays(year).items():
            assert CALENDAR.day(day).kind == "holiday", (day, name)


def test_the_unannounced_year_2027_has_the_thirteen_days_of_the_data():
    single = [date(2027, *day) for day in ((1, 1), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15))]
    spring, national = days(date(2027, 2, 5), date(2027, 2, 8)), days(date(2027, 10, 1), date(2027, 10, 3))
    assert set(statutory_holidays(2027)) == {*single, *spring, *national}
    assert CALENDAR.year(2027).off == frozenset(statutory_holidays(2027))
    assert not CALENDAR.known(2027)


@pytest.mark.parametrize(
    ("year", "count"),
    [(1998, 7), (1999, 8), (2005, 10), (2010, 11), (2020, 11), (2024, 11), (2025, 13), (2030, 13)],
)
def test_the_number_of_statutory_holidays_follows_the_law_s_versions(year, count):
    # 2020: 国庆 and 中秋 fall on the same day, so eleven days are ten dates
    assert len(statutory_holidays(year)) == (count - 1 if year == 2020 else count)


def test_eve_of_the_spring_festival_counts_2008_to_2013_and_again_since_2025():
    assert date(2010, 2, 13) in statutory_holidays(2010)  # 初一 2010-02-14
    assert date(2020, 1, 24) not in statutory_holidays(2020)  # 初一 2020-01-25
    assert date(2029, 2, 12) in statutory_holidays(2029)  # 初一 2029-02-13


def test_dates_in_unannounced_years_are_provisional_and_settle_when_the_year_is_announced():
    # judgment served 2027-02-04: fifteen days are 2027-02-19, a Friday and no holiday by the law itself
    before = compute("civil-appeal-judgment", date(2027, 2, 4))
    assert (before.due, before.provisional) == (date(2027, 2, 19), True)
    assert "deadlines.provisional" in {note.code for note in before.notes}
    notice = tomllib.loads("""
        year = 2027
        status = "announced"
        source = ["https://example.org"]
        off = [2027-02-19, 2027-02-20, 2027-02-21]
        makeup = [2027-02-27]
        span = [{name = "春节", from = 2027-02-19, to = 2027-02-21, days = 3}]
    """)
    after = compute("civil-appeal-judgment", date(2027, 2, 4), calendar=CALENDAR.with_year(read_year(notice)))
    assert (after.raw_end, after.due, after.provisional) == (date(2027, 2, 19), date(2027, 2, 22), False)
    assert not CALENDAR.known(2027)  # the shipped calendar is untouched


def test_a_day_that_no_notice_can_move_is_not_provisional():
    assert not compute("crim-detention-arrest-request-30", date(2027, 2, 1), in_custody=True).provisional
    assert not compute("pres-term-bank", date(2026, 5, 6)).provisional  # ends 2027-05-06, rest day or not
    renewal = compute("pres-renew-apply", date(2027, 5, 6))
    assert (renewal.provisional, [note.code for note in renewal.notes]) == (
        False,
        ["deadlines.provisional_advice"],
    )
    assert compute("labour-arb-postpone", date(2027, 2, 10)).provisional  # working days need the calendar


def test_a_date_names_the_holiday_notices_it_rests_on():
    notice_2025 = "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm"
    notice_2026 = "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"
    assert compute("civil-appeal-judgment", date(2025, 1, 16)).notices == (notice_2025,)
    assert compute("civil-appeal-judgment", date(2026, 2, 13)).notices == (notice_2026,)  # a make-up day stays
    assert compute("civil-appeal-judgment", date(2025, 3, 3)).notices == ()  # an ordinary Tuesday needs none
    assert compute("recon-supplement", date(2025, 12, 29)).notices == (notice_2025, notice_2026)


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "国庆节、中秋节"), ("en", "National Day, Mid-Autumn Festival")]
)
def test_holidays_have_names_in_both_languages(language, name):
    set_language(language)
    try:
        assert holiday_name("国庆节、中秋节") == name
    finally:
        set_language("zh")
