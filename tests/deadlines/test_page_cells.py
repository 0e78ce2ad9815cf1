"""The counting strip as values: what a lawyer reads off it must be the law."""

from __future__ import annotations

from datetime import date, timedelta

from lawdesk.deadlines import compute
from lawdesk.deadlines.page.cells import Cell, Fold, Role, make_strip


def days(roles: Role, cells: tuple[Cell, ...]) -> list[date]:
    return [cell.day for cell in cells if cell.role is roles]


def test_an_appeal_over_the_national_holiday() -> None:
    strip = make_strip(compute("civil-appeal-judgment", date(2025, 9, 18)), "送达")
    cells = strip.whole
    assert days(Role.TRIGGER, cells) == [date(2025, 9, 18)]
    assert days(Role.RAW_END, cells) == [date(2025, 10, 3)]
    assert days(Role.LAST, cells) == [date(2025, 10, 9)]
    assert days(Role.SKIPPED, cells) == [date(2025, 10, day) for day in range(4, 9)]
    assert [cell.number for cell in cells if cell.counts and cell.number] == list(range(1, 16))
    assert [cell.day for cell in cells if cell.makeup] == [date(2025, 9, 28)]
    assert strip.shown == cells
    assert [(span.first, span.last) for span in strip.spans] == [(date(2025, 10, 1), date(2025, 10, 8))]
    for words in ("9月18日", "10月9日", "10月3日", "5 天"):
        assert words in strip.sentence


def test_a_period_of_working_days_leaves_the_rest_days_out() -> None:
    found = compute("penalty-hearing", date(2025, 9, 25))
    assert found.rule.day_type == "working"
    strip = make_strip(found)
    for cell in strip.whole:
        if cell.rest and cell.role is not Role.TRIGGER:
            assert cell.role is Role.SKIPPED


def test_a_long_period_shows_two_weeks_at_each_end() -> None:
    found = compute("civil-retrial-apply", date(2025, 11, 3))
    strip = make_strip(found)
    assert [type(item) for item in strip.shown].count(Fold) == 1
    assert len(strip.shown) == 29
    fold = next(item for item in strip.shown if isinstance(item, Fold))
    assert fold.words() == "… 5 个月 …"
    assert sum(fold.days if isinstance(item, Fold) else 1 for item in strip.shown) == len(strip.whole)
    assert strip.shown[0] == strip.whole[0] and strip.shown[-1] == strip.whole[-1]


def test_whole_weeks_begin_on_monday_and_end_on_sunday_at_the_fold() -> None:
    for start in range(0, 40):
        strip = make_strip(compute("civil-retrial-apply", date(2025, 10, 1) + timedelta(days=start)))
        items = strip.weeks
        place = next(number for number, item in enumerate(items) if isinstance(item, Fold))
        before, after = items[place - 1], items[place + 1]
        assert isinstance(before, Cell) and before.day.weekday() == 6
        assert isinstance(after, Cell) and after.day.weekday() == 0
        fold = items[place]
        assert isinstance(fold, Fold)
        assert (fold.first, fold.last) == (before.day + timedelta(days=1), after.day - timedelta(days=1))


def test_a_period_before_the_hearing_ends_left_of_it() -> None:
    found = compute("civil-hearing-notice", date(2025, 12, 2))
    strip = make_strip(found)
    assert strip.whole[0].role is Role.LAST
    assert strip.whole[-1].role is Role.TRIGGER
    assert strip.whole[-1].day == date(2025, 12, 2)
