"""Lines as Chinese litigators type them: what happened, when, and when the hearing is; nothing is passed over."""

from __future__ import annotations

from datetime import date, time

import pytest

from lawdesk.deadlines.rules import parse_event

TODAY = date(2025, 11, 22)  # a Saturday
GOT = date(2025, 11, 18)


def _on(month: int, day: int, year: int = 2025) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("line", "came", "hearing", "at"),
    [
        ("10月30日收到传票，11月3日14:30开庭", _on(10, 30), _on(11, 3), time(14, 30)),
        ("11月18日收到传票12月3号下午两点半开庭", GOT, _on(12, 3), time(14, 30)),
        ("11月18日收到开庭通知，时间12月8日上午9时30分，地点第3审判庭", GOT, _on(12, 8), time(9, 30)),
        ("11月18日收到劳动仲裁开庭通知，12月2日9:00开庭", GOT, _on(12, 2), time(9)),
        ("今天收到法院短信，12月8日下午2:30网上开庭", TODAY, _on(12, 8), time(14, 30)),
        ("开庭时间12月3日 9:00，11月18日收到传票", GOT, _on(12, 3), time(9)),
        ("summons received 18 Nov, hearing on 3 Dec 9am", GOT, _on(12, 3), time(9)),
        ("5 November 2025 summons received, hearing 3 December 2:30 pm", _on(11, 5), _on(12, 3), time(14, 30)),
        ("11月20日收到开庭传票", _on(11, 20), None, None),  # the paper says when; the line does not
        ("收到传票 11月18日", GOT, None, None),
    ],
)
def test_a_summons_names_the_day_it_came_and_the_day_of_the_hearing(line, came, hearing, at):
    found = parse_event(line, TODAY)
    assert (found.day, found.hearing, found.at) == (came, hearing, at)
    assert found.triggers[0].id == "hearing-date"
    assert found.day_typed
    assert found.other_day
    assert not found.unread


@pytest.mark.parametrize(
    ("line", "hearing", "at", "place"),
    [
        ("收到传票，12月3日14:30开庭", _on(12, 3), time(14, 30), ""),
        ("收到12月3日上午9点半开庭的传票", _on(12, 3), time(9, 30), ""),
        ("传票：2025年12月8日09时30分，第六审判庭", _on(12, 8), time(9, 30), "第六审判庭"),
        ("法院通知12月8日上午9:00证据交换", _on(12, 8), time(9), ""),
    ],
)
def test_of_a_summons_without_the_day_it_came_that_is_said(line, hearing, at, place):
    found = parse_event(line, TODAY)
    assert (found.hearing, found.at, found.place) == (hearing, at, place)
    assert not found.day_typed


@pytest.mark.parametrize(
    ("line", "hearing", "at", "place"),
    [
        ("12月3日下午2点在第三法庭开庭", _on(12, 3), time(14), "第三法庭"),
        ("定于2025年12月3日9时在第十二法庭开庭", _on(12, 3), time(9), "第十二法庭"),
        ("开庭时间：12月3日 9:00 第5法庭", _on(12, 3), time(9), "第5法庭"),
        ("（2025）沪01民终123号 12月3日9:15 第八法庭 开庭", _on(12, 3), time(9, 15), "第八法庭"),
        ("12.3 9.30开庭", _on(12, 3), time(9, 30), ""),
        ("12.3 14.30开庭", _on(12, 3), time(14, 30), ""),
        ("12月3日2点半开庭", _on(12, 3), time(14, 30), ""),
        ("12月3日上午九点一刻开庭", _on(12, 3), time(9, 15), ""),
        ("12月3日9点-11点开庭", _on(12, 3), time(9), ""),
        ("明天上午9点谈话", _on(11, 23), time(9), ""),
        ("后天下午3点开庭", _on(11, 24), time(15), ""),
        ("下周三下午2:30开庭", _on(11, 26), time(14, 30), ""),
        ("下月3号开庭", _on(12, 3), None, ""),
        ("25号开庭", _on(11, 25), None, ""),
        ("3号开庭", _on(12, 3), None, ""),
        ("1月8日上午9:30开庭", _on(1, 8, 2026), time(9, 30), ""),  # last January is long past
        ("12月3日宣判", _on(12, 3), None, ""),
        ("开庭改到12月10日9:30", _on(12, 10), time(9, 30), ""),
        ("原定12月3日开庭改为12月9日下午2时", _on(12, 9), time(14), ""),
        ("今晚8点线上开庭", TODAY, time(20), ""),
        ("明早9点开庭", _on(11, 23), time(9), ""),
        ("hearing 3 Dec 14:30", _on(12, 3), time(14, 30), ""),
        ("hearing on 3 December 2025 at 9:30 am, courtroom 5", _on(12, 3), time(9, 30), "courtroom 5"),
    ],
)
def test_a_hearing_alone_gives_day_hour_and_place(line, hearing, at, place):
    found = parse_event(line, TODAY)
    assert (found.day, found.hearing, found.at, found.place) == (hearing, hearing, at, place)
    assert found.triggers[0].id == "hearing-date"
    assert not found.other_day


@pytest.mark.parametrize(
    ("line", "day", "trigger"),
    [
        ("昨天收到一审判决书", _on(11, 21), "judgment-served"),
        ("上周五签收一审判决", _on(11, 14), "judgment-served"),
        ("周日收到判决", _on(11, 16), "judgment-served"),  # tomorrow's Sunday has brought nothing yet
        ("三天前收到判决", _on(11, 19), "judgment-served"),
        ("11.18 收到民事判决书", GOT, "judgment-served"),
        ("11/18收到判决", GOT, "judgment-served"),
        ("18/11 judgment served", GOT, "judgment-served"),
        ("收到判决 11.18", GOT, "judgment-served"),
        ("收到判决书11.18", GOT, "judgment-served"),
        ("十一月十八日收到判决书", GOT, "judgment-served"),
        ("二〇二五年十一月十八日收到判决书", GOT, "judgment-served"),
        ("本月18日收到判决", GOT, "judgment-served"),
        ("18号收到一审判决", GOT, "judgment-served"),
        ("30号收到判决", _on(10, 30), "judgment-served"),
        ("上月20日收到判决", _on(10, 20), "judgment-served"),
        ("去年12月3日收到判决", _on(12, 3, 2024), "judgment-served"),
        ("25年11月18日收到一审判决", GOT, "judgment-served"),
        ("20251118收到判决", GOT, "judgment-served"),
        ("收到民事裁定书（11月18日）", GOT, "ruling-served"),
        ("11月18日收到（2025）浙0105民初18号判决，上诉期15日", GOT, "judgment-served"),
        ("11月18日收到2.3万元判决", GOT, "judgment-served"),
        ("11月18日公告送达判决书", GOT, "public-notice-published"),
        ("11月18日收到驳回再审申请裁定", GOT, "retrial-rejected"),
        ("11月18日收到受理案件通知书", GOT, "case-docketed"),
        ("11月18日收到工伤认定决定书", GOT, "admin-act-known"),
        ("11月18日准许撤诉裁定", GOT, "ruling-served"),
        ("11月18日公安移送起诉", GOT, "case-received-procuratorate"),
        ("11月18日提交再审申请", GOT, "retrial-application-received"),
        ("11月18日续封对方房产", GOT, "preservation-measure-taken"),
        ("5 Nov: judgment served", _on(11, 5), "judgment-served"),
        ("Nov 5 judgment served", _on(11, 5), "judgment-served"),
        ("yesterday: award received", _on(11, 21), "award-received"),
    ],
)
def test_the_day_something_happened(line, day, trigger):
    found = parse_event(line, TODAY)
    assert (found.day, found.triggers[0].id) == (day, trigger)
    assert found.day_typed
    assert found.hearing is None
    assert not found.unread


@pytest.mark.parametrize(
    ("line", "day", "limit"),
    [
        ("11月18日收到举证通知书，举证期限至12月5日", GOT, _on(12, 5)),
        ("11月18日收到缴费通知，11月25日前交费", GOT, _on(11, 25)),
        ("11月18日一审判决书已签收，12月3日前上诉", GOT, _on(12, 3)),
        ("查封期限自2025年11月18日起至2028年11月17日止", GOT, _on(11, 17, 2028)),
        ("冻结2025年11月18日至2026年11月17日", GOT, _on(11, 17, 2026)),
        ("12月28日收到举证通知，举证期限至1月15日", _on(12, 28, 2024), _on(1, 15)),
    ],
)
def test_a_last_day_on_the_paper_is_no_day_of_an_event(line, day, limit):
    found = parse_event(line, TODAY)
    assert (found.day, found.limit, found.unread) == (day, limit, ())


def test_a_summons_at_the_turn_of_the_year():
    found = parse_event("12月28日收到传票，1月8日9:00开庭", date(2025, 12, 29))
    assert (found.day, found.hearing) == (date(2025, 12, 28), date(2026, 1, 8))
    assert found.hearing_year_guessed


def test_papers_that_come_together_keep_the_hearing():
    found = parse_event("11月18日收到起诉状副本、应诉通知书、举证通知书、传票，12月16日9:00开庭", TODAY)
    assert found.triggers[0].id == "complaint-copy-served"
    assert (found.day, found.hearing, found.at) == (GOT, _on(12, 16), time(9))


def test_what_is_not_used_is_told():
    moved = parse_event("12月3日开庭取消，延期至12月10日14:00开庭", TODAY)
    assert (moved.hearing, moved.at, moved.unread) == (_on(12, 10), time(14), ("12月3日",))
    off = parse_event("12月3日庭审延期", TODAY)
    assert (off.hearing, off.unread) == (None, ("12月3日",))  # no new day yet: it is asked for
    assert parse_event("10月22日刑拘，10月29日批捕", TODAY).unread == ("10月29日",)
    assert parse_event("12月3日2点半开庭", TODAY).afternoon
    assert not parse_event("2025年10月22日2时刑拘", TODAY).afternoon  # the small hours are real there
    assert parse_event("2025年10月22日2时刑拘", TODAY).at == time(2)


def test_words_keep_what_the_paper_says_without_the_day():
    assert parse_event("10月30日收到传票，11月3日14:30开庭", TODAY).words == "收到传票，开庭"
    assert (
        parse_event("11月18日收到举证通知书，举证期限至12月5日", TODAY).words
        == "收到举证通知书，举证期限至12月5日"
    )
    assert (
        parse_event("收到（2025）浙0105民初8283号民事判决书", TODAY).words
        == "收到（2025）浙0105民初8283号民事判决书"
    )


@pytest.mark.parametrize("line", ["2月30日收到判决", "2025年13月1日收到判决", "30 February 2025 judgment served"])
def test_a_day_that_does_not_exist_is_refused(line):
    with pytest.raises(ValueError, match=r"day|month"):
        parse_event(line, TODAY)


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("11月18日收到举证通知书，举证期限30日", 30),
        ("11月18日收到举证通知书，举证期限为三十日", 30),
        ("收到上诉费通知书，7日内预交", 7),
        ("11月18日收到补正通知，要求5日内补正", 5),
        ("11月18日收到一审判决，上诉期十五日", 15),
        ("11月18日收到一审判决", None),
        ("11月18日收到传票，12月3日开庭", None),
        ("3天前收到判决", None),
        ("11月18日收到举证通知书，举证期限至12月5日", None),
    ],
)
def test_the_days_a_paper_sets(line, length):
    assert parse_event(line, TODAY).length == length
