"""Extended by the court, agreed by two persons, checked by a colleague; limitation periods that were turned."""

from datetime import date

import pytest

from lawdesk.deadlines import ChosenDeadline, EventDraft, Evidence, Turn
from lawdesk.kernel.errors import Refused, UserError

D = date


def row(docket, number):
    return docket.service.queries.deadline(docket.lawyer, number)


def test_an_extension_needs_the_court_s_paper_and_wins_over_every_other_day(docket):
    service, lawyer = docket.service, docket.lawyer
    event, number = docket.judgment(printed=D(2025, 11, 21))
    with pytest.raises(Refused) as refused:
        service.extend(lawyer, number, D(2025, 12, 1), "当事人住院", Evidence())
    assert {one.code for one in refused.value.problems} == {"deadline.paper"}
    with pytest.raises(Refused):
        service.extend(lawyer, number, D(2025, 11, 21), "当事人住院", Evidence("延期通知书"))
    paper = Evidence("（2025）岚0302民初1187号 准予延期通知书")
    assert service.extend(lawyer, number, D(2025, 12, 1), "当事人住院", paper)
    found = row(docket, number)
    assert (found.due, found.extended_to, found.printed_due) == (D(2025, 12, 1), D(2025, 12, 1), D(2025, 11, 21))
    assert found.evidence.startswith("（2025）岚0302")
    service.change_event(
        lawyer, event, D(2025, 11, 6), "更正"
    )  # a corrected day counts anew, the court's day stays
    assert (row(docket, number).due, row(docket, number).computed_due) == (D(2025, 12, 1), D(2025, 11, 21))


def test_done_keeps_its_proof(docket):
    _event, number = docket.judgment()
    docket.service.complete(docket.lawyer, number, on=D(2025, 11, 18), evidence=Evidence("EMS 1234567890123"))
    assert (row(docket, number).done_on, row(docket, number).evidence) == (D(2025, 11, 18), "EMS 1234567890123")
    docket.service.complete(docket.firm.director, number, on=D(2025, 11, 17), evidence=Evidence("回执"))
    found = row(docket, number)
    assert (found.done_by, found.done_on, found.evidence) == ("顾知行", D(2025, 11, 17), "回执")


def test_a_second_person_agrees_where_the_firm_wishes(docket):
    service, lawyer, director = docket.service, docket.lawyer, docket.firm.director
    docket.firm.office.firm.set_setting(director, "deadline_second_person", "1")
    _event, number = docket.judgment()
    assert service.move(lawyer, number, D(2025, 11, 25), "法院更正") is False
    assert service.waive(lawyer, number, "委托人放弃上诉") is False
    assert row(docket, number).due == D(2025, 11, 20)
    first, second = service.requests(director)
    assert (first.kind, first.due, first.before, first.asked_name) == (
        "move", D(2025, 11, 25), D(2025, 11, 20), "顾知行")  # fmt: skip
    with pytest.raises(Refused):  # not by oneself
        service.decide(lawyer, first.id, grant=True)
    service.decide(director, first.id, grant=True)
    service.decide(director, second.id, grant=False)
    assert (row(docket, number).due, row(docket, number).status) == (D(2025, 11, 25), "open")
    assert service.requests(director) == []
    with pytest.raises(UserError):
        service.decide(director, first.id, grant=True)


def test_somebody_else_checks_a_date_and_a_changed_date_is_unchecked(docket):
    _event, number = docket.judgment()
    with pytest.raises(Refused):
        docket.service.check(docket.lawyer, number)
    docket.service.check(docket.firm.director, number)
    assert (row(docket, number).checked_by, row(docket, number).entered_by) == ("秦望舒", "顾知行")
    docket.service.move(docket.lawyer, number, D(2025, 11, 21), "更正")
    assert row(docket, number).checked_by == ""


def test_a_limitation_period_runs_anew_and_the_account_is_kept(docket):
    service, lawyer = docket.service, docket.lawyer
    draft = EventDraft(docket.case_id, D(2023, 2, 10), "借款到期未还", "rights-infringement-known")
    event = service.record_event(lawyer, draft, (ChosenDeadline("limitation-3y"),))
    number = docket.newest()
    assert row(docket, number).due == D(2026, 2, 10)
    found = service.add_turn(
        lawyer, number, Turn("interrupted", D(2025, 3, 6), None, "书面催款"), evidence="EMS回执"
    )
    assert found.due == row(docket, number).due == D(2028, 3, 6)
    assert row(docket, number).provisional
    (turn,) = service.queries.turns(lawyer, number)
    assert (turn.ground, turn.evidence) == ("书面催款", "EMS回执")
    service.change_event(lawyer, event, D(2023, 2, 20), "更正")  # counted anew with what interrupted it
    assert row(docket, number).due == D(2028, 3, 6)
    old = EventDraft(docket.case_id, D(2006, 5, 8), "权利受到损害", "right-infringed")
    service.record_event(lawyer, old, ())
    account = service.limitation(lawyer, number)
    assert (account.capped, account.due) == (True, D(2026, 5, 8))
    assert service.remove_turn(lawyer, number, turn.id).due == D(2026, 2, 24)  # 20 February 2026 is a holiday
    assert service.limitation(lawyer, number) is None
    _event, appeal = docket.judgment()
    with pytest.raises(Refused):
        service.add_turn(lawyer, appeal, Turn("interrupted", D(2025, 11, 10), None, "x"))
