"""The ladder and its ledger: nothing that fell due is lost, nothing comes twice, silence goes one step up."""

from datetime import date, timedelta

import pytest

from lawdesk.deadlines import ManualDeadline
from lawdesk.deadlines.rules import LADDERS, ladder_of, levels_for, read_ladder, rungs_due
from lawdesk.kernel.errors import Refused, UserError

D = date


def test_rungs_fall_before_the_day_and_never_before_the_entry():
    found = rungs_due(read_ladder("deadline", ""), D(2025, 11, 20), D(2025, 11, 5), D(2025, 11, 19))
    assert [(one.step, one.falls_on) for one in found] == [(14, D(2025, 11, 6)), (7, D(2025, 11, 13)),
                                                          (3, D(2025, 11, 17)), (1, D(2025, 11, 19))]  # fmt: skip
    assert [
        one.step for one in rungs_due(read_ladder("deadline", ""), D(2025, 11, 5), D(2025, 11, 5), D(2025, 11, 5))
    ] == [0]
    assert all(list(steps) == sorted(steps, reverse=True) for steps in LADDERS.values())


def test_each_kind_has_its_ladder():
    assert ladder_of("deadline", "limitation-3y") == "limitation"
    assert ladder_of("deadline", "enf-apply", "limitation") == "limitation"
    assert ladder_of("deadline", "pres-renew-apply") == "renewal"
    assert ladder_of("deadline", "civil-appeal-fee") == "payment"
    assert ladder_of("deadline", "civil-answer") == "deadline"
    assert ladder_of("hearing", "") == "hearing"


def test_silence_goes_one_step_up():
    assert levels_for(14, seen_before=False, absent=False) == ("responsible",)
    assert levels_for(3, seen_before=False, absent=False) == ("responsible", "deputy")
    assert levels_for(1, seen_before=False, absent=False) == ("responsible", "deputy", "director")
    assert levels_for(0, seen_before=True, absent=False) == ("responsible",)
    assert levels_for(30, seen_before=True, absent=True) == ("responsible", "deputy")


def collected(docket, actor=None):
    docket.service.reminders.collect(docket.lawyer)
    return docket.service.reminders.show(actor or docket.lawyer)


def test_ten_days_with_the_clock_stopped_show_every_reminder_once(docket):
    _event, number = docket.judgment()  # 20 November; entered on the 5th
    assert collected(docket) == []
    docket.firm.clock.advance(timedelta(days=10))  # the PC slept until the 15th
    shown = collected(docket)
    assert [(row.deadline_id, row.step, row.falls_on) for row in shown] == [
        (number, 14, D(2025, 11, 6)), (number, 7, D(2025, 11, 13))]  # fmt: skip
    assert docket.service.reminders.collect(docket.lawyer) == 0  # none twice
    assert [row.id for row in collected(docket)] == [row.id for row in shown]  # waits until it is confirmed
    assert docket.service.reminders.acknowledge(docket.lawyer, [row.id for row in shown]) == 2
    assert collected(docket) == []
    ledger = docket.service.queries.ledger(docket.lawyer, number)
    assert all(row.shown_at and row.acknowledged_at for row in ledger)


def test_what_was_missed_comes_first_and_silence_reaches_deputy_and_director(docket):
    service, director = docket.service, docket.firm.director
    office = docket.firm.office
    from lawdesk.firm import Role

    deputy = office.firm.add_person(director, name="岳青", login="yue", role=Role.LAWYER)
    service.reminders.set_deputy(docket.lawyer, docket.lawyer.person_id, deputy)
    _event, late = docket.judgment(D(2025, 10, 22))  # 6 November
    _event, later = docket.judgment()
    docket.firm.clock.advance(timedelta(days=14))  # 19 November: one passed, one tomorrow
    shown = collected(docket)
    assert shown[0].deadline_id == late
    assert [row.falls_on for row in shown] == sorted(row.falls_on for row in shown)
    other = office.firm.queries.actor_by_login("yue")
    assert {(row.deadline_id, row.step) for row in collected(docket, other)} >= {(later, 3), (later, 1), (late, 0)}
    chief = {(row.deadline_id, row.level, row.step) for row in collected(docket, director)}
    assert (later, "director", 1) in chief
    assert (later, "director", 3) not in chief
    with pytest.raises(UserError):
        service.reminders.acknowledge(director, [shown[0].id])


def test_a_confirmed_rung_stops_the_way_up(docket):
    docket.judgment()
    for day in (D(2025, 11, 6), D(2025, 11, 13), D(2025, 11, 17), D(2025, 11, 19)):
        docket.firm.clock.advance(timedelta(days=(day - docket.firm.clock.today()).days))
        rows = collected(docket)
        docket.service.reminders.acknowledge(docket.lawyer, [row.id for row in rows])
    assert collected(docket, docket.firm.director) == []


def test_a_moved_day_gets_a_new_ladder_and_done_ends_it(docket):
    _event, number = docket.judgment()
    docket.firm.clock.advance(timedelta(days=8))
    assert [row.step for row in collected(docket)] == [14, 7]
    docket.service.move(docket.lawyer, number, D(2025, 11, 28), "更正")
    assert {row.due for row in collected(docket)} <= {D(2025, 11, 28)}
    docket.service.complete(docket.lawyer, number)
    assert collected(docket) == []


def test_while_somebody_is_away_the_deputy_is_reminded_of_everything(docket):
    service, office, director = docket.service, docket.firm.office, docket.firm.director
    from lawdesk.firm import Role

    person = office.firm.add_person(director, name="岳青", login="yue", role=Role.LAWYER)
    mine = docket.lawyer.person_id
    away = service.reminders.set_deputy(docket.lawyer, mine, person, first=D(2025, 11, 6), last=D(2025, 11, 10))
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=9))
    other = office.firm.queries.actor_by_login("yue")
    assert [row.step for row in collected(docket, other)] == [14]  # the 7 fell when the lawyer was back
    assert [row.deputy for row in service.queries.deputies(docket.lawyer, on=D(2025, 11, 7))] == ["岳青"]
    assert service.queries.deputies(docket.lawyer, on=D(2025, 11, 11)) == []
    service.reminders.remove_deputy(docket.lawyer, away)
    with pytest.raises(Refused):
        service.reminders.set_deputy(docket.lawyer, mine, mine)
    with pytest.raises(Refused):
        service.reminders.set_deputy(docket.lawyer, mine, person, first=D(2025, 11, 6), last=D(2025, 11, 1))
    with pytest.raises(UserError):  # for others only who oversees
        service.reminders.set_deputy(docket.lawyer, person, mine)


def test_a_case_in_which_nothing_is_due_is_a_warning(docket):
    (bare,) = docket.service.queries.bare_cases(docket.lawyer)
    assert bare.case_id == docket.case_id
    task = docket.service.add_deadline(
        docket.lawyer, ManualDeadline(docket.case_id, "回访", D(2025, 11, 12), "task")
    )
    assert docket.service.queries.bare_cases(docket.lawyer) == []
    docket.service.complete(docket.lawyer, task)
    assert len(docket.service.queries.bare_cases(docket.lawyer)) == 1
