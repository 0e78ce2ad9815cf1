"""Time is written down once, rounded as the firm wants, and nobody's time is lost or counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.timesheet import Activity, EntryDraft, EntryFilter, Source
from tests.timesheet.conftest import Desk

TODAY = date(2025, 11, 5)
YESTERDAY = date(2025, 11, 4)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def only(desk: Desk) -> list[tuple[int | None, int, str, Source]]:
    rows = desk.time.queries.entries(desk.lawyer)
    return [(row.case_id, row.minutes, row.narrative, row.source) for row in rows]


def test_the_line_of_the_story_becomes_an_entry(desk: Desk, heard: list[tuple[str, str]]) -> None:
    entry_id = desk.time.quick_entry(desk.lawyer, "1h20m 起草上诉状 @墨禾")
    row = desk.time.queries.entry(desk.lawyer, entry_id)
    assert row is not None
    assert (row.case_id, row.minutes, row.narrative, row.day) == (desk.cases["mohe"], 80, "起草上诉状", TODAY)
    assert (row.activity, row.source, row.billable, row.person_id) == (
        Activity.DRAFTING,
        Source.QUICK,
        True,
        desk.me(),
    )
    assert "墨禾" in row.case_title
    assert heard == [("time_entry", "added")]
    history = desk.firm.office.cases.queries.history(desk.director, desk.cases["mohe"])
    assert history[0].action == "time.add"


def test_times_of_day_are_kept_in_chinese_time(desk: Desk) -> None:
    entry_id = desk.time.quick_entry(desk.lawyer, "昨天 9:30-10:45 质证 @砚溪")
    row = desk.time.queries.entry(desk.lawyer, entry_id)
    assert row is not None and (row.day, row.minutes) == (YESTERDAY, 75)
    assert row.started_at == datetime(2025, 11, 4, 1, 30, tzinfo=UTC)
    assert row.ended_at == datetime(2025, 11, 4, 2, 45, tzinfo=UTC)


def test_work_over_midnight_ends_on_the_next_day_and_counts_for_the_first(desk: Desk) -> None:
    row = desk.time.queries.entry(desk.lawyer, desk.time.quick_entry(desk.lawyer, "昨天 22:00-1:30 起草 @墨禾"))
    assert row is not None and (row.day, row.minutes) == (YESTERDAY, 210)
    assert row.ended_at == datetime(2025, 11, 4, 17, 30, tzinfo=UTC)


def test_a_case_may_be_named_by_party_number_or_initials(desk: Desk) -> None:
    number = desk.firm.office.cases.queries.case(desk.lawyer, desk.cases["yanxi"]).number
    for words in ("砚溪置业", "建设工程", number, "xyjs"):
        assert desk.time.resolve_case(desk.lawyer, words).case_id == desk.cases["yanxi"]


def test_a_word_that_fits_several_cases_is_refused_and_they_are_named(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.time.quick_entry(desk.lawyer, "1h 起草 @有限公司")
    assert codes(refused) == ["time.case_several"]
    assert "沐岚" in refused.value.problems[0].words() and "栩岳" in refused.value.problems[0].words()
    with pytest.raises(Refused) as unknown:
        desk.time.quick_entry(desk.lawyer, "1h 起草 @无此案")
    assert codes(unknown) == ["time.case_unknown"]
    assert only(desk) == []


def test_a_line_without_a_case_needs_one(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.time.quick_entry(desk.lawyer, "1h 起草上诉状")
    assert codes(refused) == ["time.no_case"]
    desk.time.quick_entry(desk.lawyer, "1h 起草上诉状", case_id=desk.cases["lin"], on=YESTERDAY)
    desk.time.quick_entry(desk.lawyer, "40m 例会 @所内")
    assert only(desk) == [
        (None, 40, "例会", Source.QUICK),
        (desk.cases["lin"], 60, "起草上诉状", Source.QUICK),
    ]
    with pytest.raises(Refused) as two_days:
        desk.time.quick_entry(desk.lawyer, "昨天 1h 起草 @墨禾", on=TODAY)
    assert codes(two_days) == ["time.two_days"]


def test_time_is_rounded_up_as_the_office_is_set(desk: Desk) -> None:
    desk.firm.office.firm.set_setting(desk.director, "rounding_minutes", "6")
    desk.time.quick_entry(desk.lawyer, "61m 起草 @墨禾")
    desk.time.set_cell(desk.lawyer, desk.cases["lin"], TODAY, 7, seen=0)
    assert sorted(minutes for _case, minutes, _words, _source in only(desk)) == [12, 66]


def test_a_day_has_24_hours(desk: Desk) -> None:
    desk.time.quick_entry(desk.lawyer, "23h 等 @墨禾")
    deleted = desk.time.quick_entry(desk.lawyer, "1h 等 @墨禾")
    desk.time.delete_entry(desk.lawyer, deleted, seen=1)
    desk.time.quick_entry(desk.lawyer, "1h 起草 @墨禾")
    with pytest.raises(Refused) as full:
        desk.time.quick_entry(desk.lawyer, "1m 起草 @墨禾")
    assert codes(full) == ["time.day_full"]
    with pytest.raises(Refused) as restored:
        desk.time.restore_entry(desk.lawyer, deleted)
    assert codes(restored) == ["time.day_full"]
    assert desk.time.queries.day_totals(desk.lawyer, desk.me(), TODAY, TODAY) == {TODAY: 1440}


def test_an_entry_is_changed_deleted_and_brought_back(desk: Desk, heard: list[tuple[str, str]]) -> None:
    entry_id = desk.time.add_entry(desk.lawyer, EntryDraft(desk.cases["mohe"], TODAY, 30, "电话"))
    changed = EntryDraft(desk.cases["yanxi"], YESTERDAY, 45, "电话：法官助理", billable=False)
    desk.time.change_entry(desk.lawyer, entry_id, seen=1, draft=changed)
    row = desk.time.queries.entry(desk.lawyer, entry_id)
    assert row is not None
    assert (row.case_id, row.day, row.minutes, row.billable) == (desk.cases["yanxi"], YESTERDAY, 45, False)
    with pytest.raises(UserError) as stale:
        desk.time.change_entry(desk.lawyer, entry_id, seen=1, draft=changed)
    assert stale.value.code == "stale"
    desk.time.delete_entry(desk.lawyer, entry_id, seen=row.version)
    assert desk.time.queries.entry(desk.lawyer, entry_id) is None
    assert desk.time.queries.count_entries(desk.lawyer) == 0
    desk.time.restore_entry(desk.lawyer, entry_id)
    assert desk.time.queries.count_entries(desk.lawyer) == 1
    assert [action for _subject, action in heard] == ["added", "changed", "deleted", "restored"]


def test_lawyers_write_their_own_time_and_the_office_everybodys(desk: Desk) -> None:
    other = desk.firm.office.firm.add_person(desk.director, name="许清越", login="xu", role=Role.LAWYER)
    draft = EntryDraft(desk.cases["mohe"], TODAY, 30, "阅卷", person_id=other)
    with pytest.raises(UserError) as denied:
        desk.time.add_entry(desk.lawyer, draft)
    assert denied.value.code == "not_allowed"
    entry_id = desk.time.add_entry(desk.director, draft)
    with pytest.raises(UserError) as foreign:
        desk.time.delete_entry(desk.lawyer, entry_id, seen=1)
    assert foreign.value.code == "not_allowed"
    auditor = Actor(desk.lawyer.person_id, "审计", role=Role.AUDITOR)
    with pytest.raises(UserError):
        desk.time.quick_entry(auditor, "1h 起草 @墨禾")


def test_locked_time_stays_as_it_is(desk: Desk) -> None:
    entry_id = desk.time.add_entry(desk.lawyer, EntryDraft(desk.cases["mohe"], TODAY, 30, "电话"))
    with pytest.raises(UserError):
        desk.time.lock_period(desk.lawyer, TODAY, TODAY)
    assert desk.time.lock_period(desk.director, YESTERDAY, TODAY) == 1
    row = desk.time.queries.entry(desk.lawyer, entry_id)
    assert row is not None and row.locked
    draft = EntryDraft(desk.cases["mohe"], TODAY, 60, "电话")
    for act in (
        lambda: desk.time.change_entry(desk.lawyer, entry_id, seen=row.version, draft=draft),
        lambda: desk.time.delete_entry(desk.lawyer, entry_id, seen=row.version),
        lambda: desk.time.set_cell(desk.lawyer, desk.cases["mohe"], TODAY, 45, seen=30),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["time.locked"]
    desk.time.set_rate(desk.director, desk.me(), 100_000, YESTERDAY)
    kept = desk.time.queries.entry(desk.lawyer, entry_id)
    assert kept is not None and kept.rate_fen_per_hour is None
    assert desk.time.lock_period(desk.director, TODAY, TODAY, locked=False) == 1
    desk.time.delete_entry(desk.lawyer, entry_id, seen=kept.version + 1)


def test_a_cell_of_the_week_is_filled_changed_and_emptied(desk: Desk) -> None:
    case_id = desk.cases["mohe"]
    desk.time.set_cell(desk.lawyer, case_id, TODAY, 83, seen=0)
    assert only(desk) == [(case_id, 83, "", Source.MANUAL)]
    desk.time.set_cell(desk.lawyer, case_id, TODAY, 60, seen=83)
    with pytest.raises(UserError) as stale:
        desk.time.set_cell(desk.lawyer, case_id, TODAY, 90, seen=83)
    assert stale.value.code == "stale"
    desk.time.quick_entry(desk.lawyer, "30m 电话 @墨禾")
    desk.time.set_cell(desk.lawyer, case_id, TODAY, 100, seen=90)
    assert sorted(row[1] for row in only(desk)) == [10, 30, 60]
    with pytest.raises(Refused) as several:
        desk.time.set_cell(desk.lawyer, case_id, TODAY, 50, seen=100)
    assert codes(several) == ["time.several"]
    assert desk.time.set_cell(desk.lawyer, None, YESTERDAY, 20, seen=0).action == "added"
    desk.time.set_cell(desk.lawyer, None, YESTERDAY, 0, seen=20)
    assert desk.time.queries.day_totals(desk.lawyer, desk.me(), YESTERDAY, TODAY) == {TODAY: 100}


def test_times_of_day_stay_while_the_minutes_fit_between_them(desk: Desk) -> None:
    entry_id = desk.time.quick_entry(desk.lawyer, "9:00-10:00 开庭 @墨禾")

    def span() -> tuple[int, bool]:
        row = desk.time.queries.entry(desk.lawyer, entry_id)
        assert row is not None
        return row.minutes, row.started_at is not None

    desk.time.set_cell(desk.lawyer, desk.cases["mohe"], TODAY, 45, seen=60)
    assert span() == (45, True)
    desk.time.set_cell(desk.lawyer, desk.cases["mohe"], TODAY, 75, seen=45)
    assert span() == (75, False)


def test_the_timer_runs_pauses_and_books(desk: Desk, heard: list[tuple[str, str]]) -> None:
    desk.time.start_timer(desk.lawyer, desk.cases["yanxi"], "起草上诉状")
    desk.firm.clock.advance(timedelta(minutes=30))
    desk.time.pause_timer(desk.lawyer)
    desk.firm.clock.advance(timedelta(hours=2))
    timer = desk.time.queries.running(desk.lawyer)
    assert timer is not None and timer.paused and timer.elapsed(desk.firm.clock.now()) == 1800
    desk.time.resume_timer(desk.lawyer)
    desk.firm.clock.advance(timedelta(minutes=12, seconds=18))
    row = desk.time.queries.entry(desk.lawyer, desk.time.stop_timer(desk.lawyer))
    assert row is not None
    assert (row.minutes, row.narrative, row.source, row.case_id) == (
        43,
        "起草上诉状",
        Source.TIMER,
        desk.cases["yanxi"],
    )
    assert desk.time.queries.running(desk.lawyer) is None
    with pytest.raises(UserError) as none:
        desk.time.stop_timer(desk.lawyer)
    assert none.value.code == "timer.none"
    assert [said for said in heard if said[0] == "timer"] == [
        ("timer", "started"),
        ("timer", "paused"),
        ("timer", "resumed"),
        ("timer", "stopped"),
    ]


def test_starting_another_timer_books_the_first(desk: Desk) -> None:
    assert desk.time.start_timer(desk.lawyer, desk.cases["yanxi"]).booked is None
    desk.firm.clock.advance(timedelta(minutes=10))
    started = desk.time.start_timer(desk.lawyer, desk.cases["mohe"])
    row = desk.time.queries.entry(desk.lawyer, started.booked or 0)
    assert row is not None and (row.case_id, row.minutes) == (desk.cases["yanxi"], 10)
    running = desk.time.queries.running(desk.lawyer)
    assert running is not None and running.case_id == desk.cases["mohe"]


def test_everybody_has_their_own_timer(desk: Desk) -> None:
    desk.time.start_timer(desk.lawyer, desk.cases["yanxi"])
    desk.time.start_timer(desk.director, desk.cases["mohe"])
    desk.time.discard_timer(desk.director)
    assert desk.time.queries.running(desk.director) is None
    assert desk.time.queries.running(desk.lawyer) is not None
    assert desk.time.queries.count_entries(desk.lawyer) == 0


def test_a_timer_forgotten_overnight_asks_how_long_the_work_took(desk: Desk) -> None:
    desk.time.start_timer(desk.lawyer, desk.cases["yanxi"], "起草")
    desk.firm.clock.advance(timedelta(hours=20))
    timer = desk.time.queries.running(desk.lawyer)
    assert timer is not None and timer.forgotten(desk.firm.clock.now()) and timer.day == TODAY
    for act in (
        lambda: desk.time.stop_timer(desk.lawyer),
        lambda: desk.time.start_timer(desk.lawyer, desk.cases["mohe"]),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["timer.long"]
        assert "20" in refused.value.problems[0].words()
    row = desk.time.queries.entry(desk.lawyer, desk.time.stop_timer(desk.lawyer, minutes=95))
    assert row is not None and (row.day, row.minutes, row.started_at) == (TODAY, 95, None)


def test_a_running_timer_is_described_and_moved(desk: Desk) -> None:
    desk.time.start_timer(desk.lawyer, None)
    desk.time.describe_timer(desk.lawyer, "起草 上诉状", case_id=desk.cases["mohe"])
    timer = desk.time.queries.running(desk.lawyer)
    assert timer is not None and (timer.case_id, timer.narrative) == (desk.cases["mohe"], "起草 上诉状")


def test_a_rate_counts_from_its_day_until_the_next(desk: Desk) -> None:
    draft = EntryDraft(desk.cases["mohe"], date(2025, 10, 31), 80, "起草")
    before = desk.time.add_entry(desk.lawyer, draft)
    with pytest.raises(UserError):
        desk.time.set_rate(desk.lawyer, desk.me(), 120_000, TODAY)
    desk.time.set_rate(desk.director, desk.me(), 150_000, TODAY)
    assert desk.time.set_rate(desk.director, desk.me(), 120_000, date(2025, 11, 1)) == 0
    november = desk.time.add_entry(desk.lawyer, replace(draft, day=YESTERDAY))
    today = desk.time.add_entry(desk.lawyer, replace(draft, day=TODAY))
    rows = {row.id: row for row in desk.time.queries.entries(desk.lawyer)}
    assert [rows[key].fen for key in (before, november, today)] == [0, 160_000, 200_000]
    assert desk.time.set_rate(desk.director, desk.me(), 90_000, date(2025, 10, 1)) == 1
    rows = {row.id: row for row in desk.time.queries.entries(desk.lawyer)}
    assert [rows[key].rate_fen_per_hour for key in (before, november, today)] == [90_000, 120_000, 150_000]


def test_the_week_shows_cases_and_days_and_recent_cases_without_time(desk: Desk) -> None:
    monday = date(2025, 11, 3)
    desk.time.quick_entry(desk.lawyer, "周一 2:30 起草 @砚溪")
    desk.time.quick_entry(desk.lawyer, "昨天 1:20 起草 @砚溪")
    desk.time.quick_entry(desk.lawyer, "昨天 0:10 电话 @砚溪")
    desk.time.quick_entry(desk.lawyer, "40m 例会 @所内")
    desk.time.quick_entry(desk.director, "1h 别人的 @砚溪")
    desk.time.quick_entry(desk.lawyer, "10月31日 1h 上周的 @砚溪")
    week = desk.time.queries.week(desk.lawyer, desk.me(), monday)
    by_case = {row.case_id: row for row in week.rows}
    assert by_case[desk.cases["yanxi"]].minutes == (150, 90, 0, 0, 0, 0, 0)
    assert by_case[desk.cases["yanxi"]].entries == (1, 2, 0, 0, 0, 0, 0)
    assert by_case[desk.cases["lin"]].total == 0
    assert week.rows[-1].case_id is None and week.rows[-1].total == 40
    assert week.day_totals == (150, 90, 40, 0, 0, 0, 0) and week.total == 280
    assert week.target_minutes == 420


def test_lists_are_filtered_and_paged(desk: Desk) -> None:
    for day in (1, 2, 3, 4, 5):
        desk.time.quick_entry(desk.lawyer, f"11月{day}日 {day}h 起草 @墨禾")
    desk.time.quick_entry(desk.director, "1h 起草 @砚溪")
    mine = EntryFilter(desk.me(), first=date(2025, 11, 2), last=date(2025, 11, 4))
    rows = desk.time.queries.entries(desk.lawyer, mine, offset=1, limit=2)
    assert [row.day.day for row in rows] == [3, 2]
    assert desk.time.queries.count_entries(desk.lawyer, mine) == 3
    assert desk.time.queries.count_entries(desk.lawyer, EntryFilter(case_id=desk.cases["yanxi"])) == 1
    left = Actor(desk.lawyer.person_id, "离职", role=Role.LAWYER, active=False)
    assert desk.time.queries.entries(left) == [] and desk.time.queries.count_entries(left) == 0


def test_todays_gap_is_named(desk: Desk) -> None:
    desk.time.quick_entry(desk.lawyer, "9:00-9:30 电话 @墨禾")  # it is ten o'clock
    spans = desk.time.queries.day_spans(desk.lawyer, desk.me(), TODAY)
    assert (spans.minutes, spans.spans) == (30, ((540, 570),))
    assert [(gap.start, gap.end) for gap in spans.gaps] == [(570, 600)]


def test_recent_cases_come_first(desk: Desk) -> None:
    desk.time.quick_entry(desk.lawyer, "1h 起草 @墨禾")
    desk.time.quick_entry(desk.lawyer, "1h 起草 @砚溪")
    choices = desk.time.queries.recent_cases(desk.lawyer)
    assert [choice.case_id for choice in choices] == [
        desk.cases["yanxi"],
        desk.cases["mohe"],
        desk.cases["lin"],
    ]


def test_an_unknown_case_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as unknown:
        desk.time.add_entry(desk.lawyer, EntryDraft(99_999, TODAY, 30, "电话"))
    assert unknown.value.code == "case.unknown"
