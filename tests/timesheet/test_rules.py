"""What a lawyer types is read as meant, or refused with the reason; sums add up."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import set_language
from lawdesk.timesheet.rules import (
    Activity,
    Atom,
    By,
    EntryDraft,
    Source,
    Sums,
    amount_fen,
    check_entry,
    entries,
    figures,
    find_gaps,
    group_atoms,
    guess_activity,
    parse_duration,
    parse_quick_entry,
    round_up,
    timer_minutes,
    words,
)
from lawdesk.timesheet.rules.reports import Gap

TODAY = date(2025, 11, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1h20m", 80),
        ("1h", 60),
        ("45m", 45),
        ("1:20", 80),
        ("80分钟", 80),
        ("80分", 80),
        ("1.5小时", 90),
        ("1小时20分", 80),
        ("1个小时零5分钟", 65),
        ("一个半小时", 90),
        ("两个半小时", 150),
        ("1小时半", 90),
        ("半小时", 30),
        ("半个钟头", 30),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("一百二十分钟", 120),
        ("二十五分钟", 25),
        ("十分钟", 10),
        ("2 hours 15 min", 135),
        ("1 hour and 5 minutes", 65),
        ("1h30", 90),
        ("0.1h", 6),
        ("1.33h", 80),  # 79.8 minutes: a begun minute counts
        ("１ｈ２０ｍ", 80),
        ("１：２０", 80),
        ("９：３０－１０：４５", 75),
        ("9:30-10:45", 75),
        ("9:30–10:45", 75),
        ("9:30~10:45", 75),
        ("9点半到10点45", 75),
        ("9点半至10点45分", 75),
        ("上午9点到10点半", 90),
        ("下午2点到4点", 120),
        ("上午11点到1点", 120),
        ("2pm-4:30pm", 150),
        ("2-4pm", 120),
        ("0930-1045", 75),
        ("22:00-1:30", 210),
        ("24h", 1440),
    ],
)
@pytest.mark.parametrize(
    "pattern", ["{} 起草上诉状 @墨禾", "{} 起草上诉状@墨禾", "起草上诉状 {} @墨禾", "昨天 {} 起草上诉状 @墨禾"]
)
def test_a_duration_is_read_in_front_and_at_the_end(typed: str, minutes: int, pattern: str) -> None:
    reading = parse_quick_entry(pattern.format(typed), TODAY)
    assert reading.problems == ()
    assert (reading.minutes, reading.narrative, reading.case_words) == (minutes, "起草上诉状", "墨禾")
    assert reading.day == (date(2025, 11, 4) if "昨天" in pattern else None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("昨天", date(2025, 11, 4)),
        ("前天", date(2025, 11, 3)),
        ("大前天", date(2025, 11, 2)),
        ("今天", TODAY),
        ("周一", date(2025, 11, 3)),
        ("周五", date(2025, 10, 31)),  # Friday of this week is still to come: last week's is meant
        ("上周五", date(2025, 10, 31)),
        ("11月5日", TODAY),
        ("10月9号", date(2025, 10, 9)),
        ("3日", date(2025, 11, 3)),
        ("28日", date(2025, 10, 28)),
        ("11-5", TODAY),
        ("2025-11-05", TODAY),
        ("2025年10月9日", date(2025, 10, 9)),
        ("12月30日", date(2024, 12, 30)),
        ("yesterday", date(2025, 11, 4)),
        ("Monday", date(2025, 11, 3)),
        ("last Monday", date(2025, 10, 27)),
        ("3 Nov", date(2025, 11, 3)),
        ("Nov 3", date(2025, 11, 3)),
    ],
)
def test_a_day_in_front_lies_in_the_past(typed: str, day: date) -> None:
    reading = parse_quick_entry(f"{typed} 1h 阅卷", TODAY)
    assert (reading.day, reading.minutes, reading.narrative, reading.problems) == (day, 60, "阅卷", ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "time.no_duration"),
        ("起草上诉状", "time.no_duration"),
        ("90 起草", "time.no_unit"),
        ("0m 起草", "time.zero"),
        ("0:00 起草", "time.zero"),
        ("25h 起草", "time.too_long"),
        ("24h1m 起草", "time.too_long"),
        ("1h80m 起草", "time.no_sense"),
        ("1:75 起草", "time.no_sense"),
        ("1.5h20m 起草", "time.no_sense"),
        ("9:30 开会", "time.ambiguous"),  # half past nine, or nine and a half hours?
        ("9-10 阅卷", "time.ambiguous"),  # 9 October, or from nine to ten?
        ("起草30分钟发言稿", "time.inside"),
        ("1h 起草 45分钟", "time.two_durations"),
        ("9:30-10:45 1h 起草", "time.disagree"),
        ("10:45-9:30 起草", "time.backwards"),
        ("9:00-9:00 起草", "time.zero"),
        ("25:10-26:10 起草", "time.no_clock"),
        ("9:70-10:10 起草", "time.no_clock"),
        ("1h", "time.no_narrative"),
        ("1h 起草 @", "time.no_case_words"),
        ("1h 起草 @墨禾 @栩岳", "time.two_cases"),
        ("明天 1h 起草", "time.future"),
        ("2023-11-05 1h 起草", "time.too_old"),
        ("2月30日 1h 起草", "time.no_day"),
    ],
)
def test_what_is_unclear_or_impossible_is_refused_with_words(line: str, code: str) -> None:
    reading = parse_quick_entry(line, TODAY)
    assert code in [problem.code for problem in reading.problems]
    for language in ("en", "zh"):
        set_language(language)
        for problem in reading.problems:
            assert "{" not in problem.words()
    assert all(any("\u4e00" <= char <= "\u9fff" for char in problem.words()) for problem in reading.problems)


def test_the_duration_in_front_wins_over_one_inside_the_words() -> None:
    reading = parse_quick_entry("1h 起草30分钟发言稿", TODAY)
    assert (reading.minutes, reading.narrative, reading.problems) == (60, "起草30分钟发言稿", ())


def test_an_address_is_no_case() -> None:
    reading = parse_quick_entry("20m 发邮件给 zhang@mohe.cn 附证据 @墨禾", TODAY)
    assert (reading.narrative, reading.case_words) == ("发邮件给 zhang@mohe.cn 附证据", "墨禾")


def test_words_that_begin_like_a_unit_are_no_unit() -> None:
    assert parse_quick_entry("1h分析报告", TODAY).narrative == "分析报告"
    assert parse_quick_entry("30分公司章程审查", TODAY).minutes is None


def test_office_time_is_said_with_a_word() -> None:
    assert parse_quick_entry("1h 培训 @所内", TODAY).office
    assert not parse_quick_entry("1h 培训 @墨禾", TODAY).office


def test_times_of_day_still_to_come_are_refused() -> None:
    now = datetime(2025, 11, 5, 2, 40, tzinfo=UTC)  # 10:40 in China
    codes = [p.code for p in parse_quick_entry("9:30-11:45 质证", TODAY, now).problems]
    assert codes == ["time.future"]
    assert parse_quick_entry("9:30-10:45 质证", TODAY, now).sound
    assert parse_quick_entry("昨天 9:30-11:45 质证", TODAY, now).sound


@given(st.integers(1, 1440), st.sampled_from(["h", "zh", "en", "colon", "minutes"]))
@settings(max_examples=150, deadline=None)
def test_every_duration_comes_back_as_it_was_written(minutes: int, style: str) -> None:
    hours, rest = divmod(minutes, 60)
    text = {
        "h": f"{hours}h{rest}m",
        "zh": f"{hours}小时{rest}分",
        "en": f"{hours} hours {rest} min",
        "colon": figures(minutes),
        "minutes": f"{minutes}分钟",
    }[style]
    assert parse_duration(text) == minutes
    reading = parse_quick_entry(f"{text} 起草", TODAY)
    if style == "colon" and minutes >= 480:
        assert [problem.code for problem in reading.problems] == ["time.ambiguous"]
    else:
        assert (reading.minutes, reading.narrative, reading.sound) == (minutes, "起草", True)


@given(st.times(), st.times())
@settings(max_examples=150, deadline=None)
def test_a_range_is_as_long_as_its_clock_says_or_refused(start: time, end: time) -> None:
    reading = parse_quick_entry(f"{start:%H:%M}-{end:%H:%M} 开庭", TODAY)
    begin, stop = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    if stop > begin:
        assert (reading.minutes, reading.sound) == (stop - begin, True)
    elif start.hour >= 18 and end.hour < 8:
        assert (reading.minutes, reading.sound) == (stop - begin + 1440, True)
    else:
        assert not reading.sound


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_line_is_too_strange_to_be_read(line: str) -> None:
    reading = parse_quick_entry(line, TODAY)
    assert reading.sound == (not reading.problems)
    assert reading.minutes is not None or reading.problems
    for problem in reading.problems:
        problem.words()


@pytest.mark.parametrize("text", ["8:30", "8h30m", "8.5", "8.5h", "510分钟", "８：３０"])
def test_a_cell_of_the_week_takes_a_length_of_time(text: str) -> None:
    assert parse_duration(text) == 510


@pytest.mark.parametrize("text", ["0:00", "25:00", "abc", "1:75", "1h起草", ""])
def test_a_cell_refuses_what_is_no_length_of_time(text: str) -> None:
    assert isinstance(parse_duration(text), Problem)


def test_minutes_are_written_as_people_read_them() -> None:
    assert [figures(m) for m in (5, 80, 1440)] == ["0:05", "1:20", "24:00"]
    set_language("zh")
    assert [words(m) for m in (45, 60, 80)] == ["45 分钟", "1 小时", "1 小时 20 分"]
    set_language("en")
    assert words(80) == "1 h 20 min"
    set_language("zh")


@given(st.integers(1, 1440), st.sampled_from([1, 5, 6, 10, 15, 30]))
def test_rounding_goes_up_to_the_next_step_and_never_beyond_a_day(minutes: int, step: int) -> None:
    rounded = round_up(minutes, step)
    assert minutes <= rounded <= min(1440, minutes + step - 1)
    assert rounded % step == 0
    assert round_up(rounded, step) == rounded


@given(st.integers(1, 1440), st.integers(0, 10_000_000))
def test_worth_is_exact_with_half_a_fen_up(minutes: int, rate: int) -> None:
    exact = Fraction(minutes * rate, 60)
    off = amount_fen(minutes, rate) - exact
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


def test_the_worth_in_the_docstring_is_true() -> None:
    assert doctest.testmod(entries).failed == 0


def test_a_timer_books_begun_minutes() -> None:
    assert [timer_minutes(seconds) for seconds in (0, 1, 60, 61, 3600)] == [1, 1, 1, 2, 60]


@pytest.mark.parametrize(
    ("narrative", "activity"),
    [
        ("起草上诉状", Activity.DRAFTING),
        ("庭前质证提纲", Activity.DRAFTING),
        ("电话：与法官助理确认开庭顺序", Activity.CALL),
        ("开庭", Activity.HEARING),
        ("类案检索", Activity.RESEARCH),
        ("阅卷", Activity.REVIEW),
        ("会见当事人", Activity.MEETING),
        ("立案并缴费", Activity.FILING),
        ("draft the appeal", Activity.DRAFTING),
        ("别的", Activity.OTHER),
    ],
)
def test_the_kind_of_work_is_guessed_from_the_words(narrative: str, activity: Activity) -> None:
    assert guess_activity(narrative) is activity


def test_an_entry_is_checked_as_a_whole() -> None:
    draft = EntryDraft(1, date(2025, 11, 6), 0, "x" * 2001, source=Source.MANUAL, rate_fen_per_hour=-1)
    assert {p.code for p in check_entry(draft, TODAY)} == {
        "time.zero",
        "time.future",
        "time.narrative",
        "time.rate",
    }
    assert check_entry(EntryDraft(1, TODAY, 60), TODAY) == []


def test_office_time_is_never_billed() -> None:
    assert not EntryDraft(None, TODAY, 60, "培训").settled(1).billable
    assert EntryDraft(1, TODAY, 61, " 起草  上诉状 ").settled(6) == EntryDraft(
        1, TODAY, 66, "起草 上诉状", Activity.DRAFTING
    )


ATOMS = st.lists(
    st.builds(
        Atom,
        st.integers(1, 3),
        st.one_of(st.none(), st.integers(1, 5)),
        st.sampled_from([activity.value for activity in Activity]),
        st.builds(lambda b, o, fen: Sums(b + o, b, fen), *[st.integers(0, 9999)] * 2, st.integers(0, 10**9)),
    ),
    max_size=20,
)


@given(ATOMS, st.sampled_from(By), st.dictionaries(st.integers(1, 5), st.lists(st.integers(1, 9), unique=True)))
@settings(max_examples=150, deadline=None)
def test_however_it_is_grouped_the_total_stays(atoms: list[Atom], by: By, clients: dict[int, list[int]]) -> None:
    total = sum((atom.sums for atom in atoms), Sums())
    groups = group_atoms(atoms, by, clients)
    assert sum((group.sums for group in groups), Sums()) == total
    for group in groups:
        for _key, sums in group.lines:
            assert 0 <= sums.billable_minutes <= sums.minutes and sums.fen >= 0


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 10**6)), min_size=1, max_size=12)
)
@settings(max_examples=100, deadline=None)
def test_no_client_of_a_case_carries_more_than_a_minute_more(work: list[tuple[int, int, int]]) -> None:
    atoms = [Atom(n % 2, 7, Activity.OTHER.value, Sums(b + o, b, fen)) for n, (b, o, fen) in enumerate(work)]
    shares = [group.sums for group in group_atoms(atoms, By.CLIENT, {7: [31, 32, 33]})]
    assert max(share.minutes for share in shares) - min(share.minutes for share in shares) <= 1
    assert max(share.fen for share in shares) - min(share.fen for share in shares) <= 1


def test_a_case_with_three_clients_is_split_to_the_minute_and_the_fen() -> None:
    groups = group_atoms([Atom(1, 7, "drafting", Sums(100, 80, 1000))], By.CLIENT, {7: [31, 32, 33]})
    assert [(g.key, g.sums) for g in groups] == [
        (31, Sums(33, 27, 334)),
        (32, Sums(34, 27, 333)),
        (33, Sums(33, 26, 333)),
    ]


def test_unrecorded_working_hours_are_named() -> None:
    nine, noon = 9 * 60, 12 * 60
    assert find_gaps([(nine, nine + 60)], 0, 11 * 60) == [Gap(10 * 60, 11 * 60)]
    assert find_gaps([(nine, noon)], 0, 13 * 60) == []  # lunch is no gap
    assert find_gaps([(nine, noon), (13 * 60 + 15, 18 * 60)], 0, 24 * 60) == []  # a quarter is no gap
    assert find_gaps([], 120, noon) == [Gap(11 * 60, noon)]  # two hours without times fill the morning
    assert find_gaps([(8 * 60, 20 * 60)], 0, 24 * 60) == []
