"""A firm's own days of reminding hold for what falls due from then on; a second person leaves a trace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lawdesk.deadlines import LADDERS, make_steps
from lawdesk.deadlines.rules import Ladder, check_steps, keep_ladder, read_ladder, rungs_due
from lawdesk.deadlines.service import request_words
from lawdesk.kernel.errors import Refused, UserError

D = date
TODAY = D(2025, 11, 5)


def steps(docket: Any) -> list[tuple[int, date]]:
    docket.service.reminders.collect(docket.lawyer)
    return [(row.step, row.falls_on) for row in docket.service.reminders.show(docket.lawyer)]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("30 14 7", "1 3", (30, 14, 7, 0, -1, -3)),
        ("7，14、30", "", (30, 14, 7, 0)),
        (" 3,3, 1 ", "2", (3, 1, 0, -2)),
        ("0 5", "0", (5, 0)),
    ],
)
def test_days_are_read_as_people_write_them(before: str, after: str, wanted: tuple[int, ...]) -> None:
    assert make_steps(before, after) == wanted


@pytest.mark.parametrize(("before", "field"), [("30, soon", "before"), ("-3", "before"), ("1.5", "before")])
def test_what_is_no_number_of_days_is_refused(before: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_steps(before)
    assert refused.value.problems[0].field == field


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ((0,), "ladder.before"),
        ((7, 3), "ladder.day"),
        ((400, 0), "ladder.far"),
        ((7, 0, -31), "ladder.late"),
        ((*range(25, -1, -1),), "ladder.many"),
    ],
)
def test_a_ladder_that_would_fail_somebody_is_refused(found: tuple[int, ...], code: str) -> None:
    assert [one.code for one in check_steps("deadline", found)] == [code]


def test_our_own_ladders_pass_their_own_check_and_come_back_as_kept() -> None:
    for kind, usual in LADDERS.items():
        assert check_steps(kind, usual) == []
        assert read_ladder(kind, keep_ladder(usual, TODAY)) == Ladder(kind, usual, TODAY)
        assert read_ladder(kind, keep_ladder(None, TODAY)) == Ladder(kind, usual, TODAY)
        assert read_ladder(kind, "").usual


def test_what_lay_before_the_change_does_not_fall_due_afterwards() -> None:
    ladder = Ladder("deadline", (60, 30, 10, 0), D(2025, 11, 1))
    found = rungs_due(ladder, D(2025, 11, 20), D(2025, 9, 1), D(2025, 11, 12))
    assert [one.step for one in found] == [10]  # 60 and 30 days before lay in September and October


def test_the_office_s_days_are_used_for_what_falls_due_from_then(docket: Any) -> None:
    service, director = docket.service, docket.firm.director
    docket.judgment()  # until 20 November: 14 days before is the 6th, 7 the 13th
    docket.firm.clock.advance(timedelta(days=2))
    service.reminders.set_ladder(director, "deadline", make_steps("10 5", "2"))
    assert steps(docket) == [(14, D(2025, 11, 6))]  # had fallen due before the change
    docket.firm.clock.advance(timedelta(days=9))  # the 16th
    assert steps(docket) == [(14, D(2025, 11, 6)), (10, D(2025, 11, 10)), (5, D(2025, 11, 15))]
    docket.firm.clock.advance(timedelta(days=6))  # the 22nd, two days late
    assert [step for step, _day in steps(docket)] == [14, 10, 5, 0, -2]
    service.reminders.set_ladder(director, "deadline", None)
    found = {one.kind: one for one in service.reminders.ladders(docket.lawyer)}
    assert found["deadline"].usual
    assert found["hearing"].steps == LADDERS["hearing"]
    docket.firm.clock.advance(timedelta(days=5))
    assert [step for step, _day in steps(docket)] == [14, 10, 5, 0, -2, -3, -7]


def test_a_farther_first_day_is_seen_in_time(docket: Any) -> None:
    from lawdesk.deadlines import ManualDeadline

    docket.service.reminders.set_ladder(docket.firm.director, "task", make_steps("120 3"))
    docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, "续展", D(2026, 3, 20), "task"))
    docket.firm.clock.advance(timedelta(days=20))  # 25 November: 120 days before was the 20th
    assert steps(docket) == [(120, D(2025, 11, 20))]


def test_who_confirmed_the_old_step_is_not_passed_over_by_a_new_ladder(docket: Any) -> None:
    service, director = docket.service, docket.firm.director
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=9))  # the 14th; 7 days before was the 13th
    service.reminders.collect(docket.lawyer)
    shown = service.reminders.show(docket.lawyer)
    service.reminders.acknowledge(docket.lawyer, [row.id for row in shown])
    service.reminders.set_ladder(director, "deadline", make_steps("2 1"))
    docket.firm.clock.advance(timedelta(days=4))  # the 18th: 2 days before
    service.reminders.collect(docket.lawyer)
    assert [row.step for row in service.reminders.show(docket.lawyer)] == [2]
    assert service.reminders.show(director) == []


def test_only_who_runs_the_firm_sets_the_days(docket: Any) -> None:
    with pytest.raises(UserError):
        docket.service.reminders.set_ladder(docket.lawyer, "deadline", (7, 0))
    with pytest.raises(Refused):
        docket.service.reminders.set_ladder(docket.firm.director, "deadline", (0,))
    assert all(one.usual for one in docket.service.reminders.ladders(docket.lawyer))


def test_a_second_person_agrees_to_withdrawn_and_corrected_events_and_leaves_a_trace(docket: Any) -> None:
    service, lawyer, director = docket.service, docket.lawyer, docket.firm.director
    service.set_two_persons(director, wanted=True)
    event, number = docket.judgment()
    assert service.change_event(lawyer, event, D(2025, 11, 7), "送达回证写的是7日") is None
    assert service.withdraw_event(lawyer, event, "判决书送错人") is False
    assert service.queries.event(lawyer, event).happened_on == D(2025, 11, 5)
    assert service.queries.count_requests(director) == 2
    assert service.queries.count_requests(lawyer) == 0
    redate, withdraw = service.requests(director)
    with pytest.raises(Refused):
        service.decide(lawyer, redate.id, grant=True)
    service.decide(director, redate.id, grant=True)
    assert service.queries.event(lawyer, event).happened_on == D(2025, 11, 7)
    assert service.queries.deadline(lawyer, number).due == D(2025, 11, 24)
    service.decide(director, withdraw.id, grant=False)
    assert not service.queries.event(lawyer, event).withdrawn
    trace = [request_words(one) for one in service.queries.requests_of(lawyer, number)]
    assert trace == [
        "顾知行 于 11月5日 申请：更正事件日期 2025年11月7日 周五\n秦望舒 于 11月5日 同意",
        "顾知行 于 11月5日 申请：撤销事件\n秦望舒 于 11月5日 不同意",
    ]


def test_what_is_over_meanwhile_is_not_changed_by_a_late_yes(docket: Any) -> None:
    service, director = docket.service, docket.firm.director
    service.set_two_persons(director, wanted=True)
    _event, number = docket.judgment()
    service.move(docket.lawyer, number, D(2025, 11, 25), "更正")
    service.complete(docket.lawyer, number)
    (asked,) = service.requests(director)
    with pytest.raises(Refused):
        service.decide(director, asked.id, grant=True)
    service.decide(director, asked.id, grant=False)
    assert service.requests(director) == []
    assert service.queries.deadline(docket.lawyer, number).due == D(2025, 11, 20)
