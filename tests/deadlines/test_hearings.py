"""A hearing of a past day asks whether it was held; an adjourned one keeps its old day and gets its new one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lawdesk.deadlines import (
    ChosenDeadline,
    DocketFilter,
    EventDraft,
    Evidence,
    ManualDeadline,
    list_groups,
    nearness,
)
from lawdesk.deadlines.page.hearing import AdjournSheet
from lawdesk.kernel.errors import Refused

D = date
TODAY = D(2025, 11, 5)


YESTERDAY = D(2025, 11, 4)


def hearing(docket: Any, day: date = YESTERDAY, at: str = "09:30") -> int:
    return int(
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, "开庭", day, "hearing", at))
    )


def row(docket: Any, number: int) -> Any:
    return docket.service.queries.deadline(docket.lawyer, number)


def test_a_past_hearing_is_a_question_not_an_alarm() -> None:
    near = nearness(D(2025, 11, 4), TODAY, kind="hearing")
    assert (near.words, near.tone, near.urgent) == ("开过了吗？", "neutral", False)
    assert nearness(TODAY, TODAY, kind="hearing").urgent
    assert nearness(D(2025, 11, 4), TODAY).tone == "red"
    words = [nearness(TODAY, TODAY, kind="hearing", status=one).words for one in ("done", "waived", "withdrawn")]
    assert words == ["已开庭", "未开庭", "未开庭"]


def test_the_docket_keeps_questions_out_of_what_is_overdue(docket: Any) -> None:
    add, queries, lawyer = docket.service.add_deadline, docket.service.queries, docket.lawyer
    for number in range(3):
        hearing(docket, D(2025, 10, 20 + number))
        add(lawyer, ManualDeadline(docket.case_id, f"逾期{number}", D(2025, 10, 21 + number)))
        add(lawyer, ManualDeadline(docket.case_id, f"将来{number}", D(2025, 11, 5 + number)))
    edges = [group.first for group in list_groups(TODAY) if group.first is not None]
    everything, counts = queries.parts(lawyer, DocketFilter(), edges, limit=100)
    assert counts[:4] == (3, 3, 1, 2)
    assert [one.kind for one in everything] == ["deadline"] * 3 + ["hearing"] * 3 + ["deadline"] * 3
    assert len(counts) == len(list_groups(TODAY))
    paged = [
        one
        for start in range(0, 9, 2)
        for one in queries.parts(lawyer, DocketFilter(), edges, offset=start, limit=2)[0]
    ]
    assert [one.id for one in paged] == [one.id for one in everything]
    assert queries.parts(lawyer, DocketFilter(), [D.min], limit=100)[1] == (0, 0, 9)


def test_the_next_thing_of_a_case_is_not_a_hearing_that_is_over(docket: Any) -> None:
    number, queries = hearing(docket), docket.service.queries
    assert queries.next_due(docket.lawyer, [docket.case_id])[docket.case_id].id == number
    _event, appeal = docket.judgment()
    assert queries.next_due(docket.lawyer, [docket.case_id])[docket.case_id].id == appeal


def test_held_is_noted_on_the_day_of_the_hearing(docket: Any) -> None:
    number = hearing(docket)
    docket.service.complete(docket.lawyer, number)
    assert (row(docket, number).status, row(docket, number).done_on) == ("done", D(2025, 11, 4))


def test_adjourned_keeps_the_old_day_and_enters_the_new_one(docket: Any) -> None:
    service, lawyer = docket.service, docket.lawyer
    draft = EventDraft(docket.case_id, D(2025, 12, 2), "收到传票，开庭", "hearing-date", docket.proceeding_id)
    entry = ManualDeadline(
        docket.case_id, "开庭", D(2025, 12, 2), "hearing", "09:30", docket.proceeding_id, note="第七法庭"
    )
    event = service.record_event(lawyer, draft, (ChosenDeadline("civil-hearing-notice"),), entries=(entry,))
    notice, old = (
        one.id
        for one in sorted(service.queries.docket(lawyer, DocketFilter(event_id=event)), key=lambda one: one.kind)
    )
    before = row(docket, notice).due
    new, at_once = service.adjourn(
        lawyer, old, D(2025, 12, 16), at="14:30", reason="对方申请延期", evidence=Evidence("变更开庭日期通知")
    )
    assert at_once
    assert (row(docket, old).status, row(docket, old).due) == ("waived", D(2025, 12, 2))
    assert row(docket, old).reason == "改期至 2025年12月16日 14:30：对方申请延期"
    assert row(docket, old).evidence == "变更开庭日期通知"
    found = row(docket, new)
    assert (found.due, found.due_time, found.note, found.kind, found.status) == (
        D(2025, 12, 16), "14:30", "第七法庭", "hearing", "open")  # fmt: skip
    again = [one for one in service.queries.docket(lawyer) if one.rule == "civil-hearing-notice"]
    assert [one.due - before for one in again] == [D(2025, 12, 16) - D(2025, 12, 2)]
    assert row(docket, notice).status == "withdrawn"
    moved = service.change_event(lawyer, found.event_id, D(2025, 12, 17), "更正")
    assert row(docket, new).due == D(2025, 12, 17)
    assert len(moved) == 2


@pytest.mark.parametrize(
    ("to", "at", "reason", "code"),
    [
        (D(2025, 12, 16), "14:30", " ", "deadline.reason"),
        (D(2025, 11, 4), "09:30", "改期", "hearing.same"),
        (D(2025, 12, 16), "25:00", "改期", "deadline.time"),
        (D(1970, 1, 1), "09:00", "改期", "deadline.day"),
    ],
)
def test_an_adjournment_that_cannot_be_changes_nothing(
    docket: Any, to: date, at: str, reason: str, code: str
) -> None:
    number = hearing(docket)
    with pytest.raises(Refused) as refused:
        docket.service.adjourn(docket.lawyer, number, to, at=at, reason=reason)
    assert code in {one.code for one in refused.value.problems}
    assert row(docket, number).status == "open"
    assert len(docket.service.queries.docket(docket.lawyer)) == 1


def test_only_an_open_hearing_is_adjourned(docket: Any) -> None:
    _event, appeal = docket.judgment()
    with pytest.raises(Refused):
        docket.service.adjourn(docket.lawyer, appeal, D(2025, 12, 1), reason="改期")
    number = hearing(docket)
    docket.service.complete(docket.lawyer, number)
    with pytest.raises(Refused):
        docket.service.adjourn(docket.lawyer, number, D(2025, 12, 1), reason="改期")


def test_with_two_persons_the_new_day_holds_at_once_and_the_old_one_stays(docket: Any) -> None:
    service, director = docket.service, docket.firm.director
    service.set_two_persons(director, wanted=True)
    number = hearing(docket, D(2025, 12, 2))
    new, at_once = service.adjourn(docket.lawyer, number, D(2025, 12, 16), reason="法院通知")
    assert not at_once
    assert {row(docket, number).status, row(docket, new).status} == {"open"}
    (asked,) = service.requests(director)
    service.decide(director, asked.id, grant=True)
    assert row(docket, number).status == "waived"


def test_the_court_s_calendar_knows_the_adjourned_hearing_again(docket: Any, tmp_path: Any) -> None:
    service, lawyer = docket.service, docket.lawyer
    from lawdesk.deadlines import CourtEntry

    entry = CourtEntry("x@court", D(2025, 12, 2), "09:30", "开庭", case_id=docket.case_id)
    assert service.import_court_calendar(lawyer, [entry]) == (1, 0)
    (first,) = service.queries.docket(lawyer)
    new, _at_once = service.adjourn(lawyer, first.id, D(2025, 12, 16), at="09:30", reason="法院通知")
    again = CourtEntry("x@court", D(2025, 12, 16), "09:30", "开庭", case_id=docket.case_id)
    assert service.import_court_calendar(lawyer, [again]) == (0, 0)
    assert [one.id for one in service.queries.docket(lawyer)] == [new]


def test_the_window_asks_and_takes_both_answers(window: Any) -> None:
    docket = window.docket
    first, second = hearing(docket), hearing(docket, D(2025, 11, 3), "14:30")
    window.go("deadlines", deadline_id=first)
    assert ("待确认的开庭", 2) in window.headings(window.page.list)
    assert window.page.view.main.text().strip() == "已开庭"
    window.page.view.main.click()
    window.settle()
    assert window.toast() == "已开庭：开庭，2025年11月4日 周二"
    assert row(docket, first).done_on == D(2025, 11, 4)
    window.go("deadlines", deadline_id=second)
    window.page.view.second.click()
    window.settle()
    sheet = window.sheet
    assert isinstance(sheet, AdjournSheet)
    sheet.submit()
    window.settle()
    assert sheet.form.field("due").problem == "哪一天？"
    sheet.day.setText("2025-12-10")
    sheet.time.setText("9：30")
    sheet.submit()
    window.settle()
    assert sheet.form.field("reason").problem
    sheet.reason.setPlainText("合议庭成员变更")
    sheet.submit()
    window.settle()
    (left,) = docket.service.queries.docket(docket.lawyer)
    assert (left.due, left.due_time) == (D(2025, 12, 10), "09:30")
    assert window.page.view.shown.row.id == left.id


def test_today_asks_quietly(window: Any) -> None:
    hearing(window.docket)
    window.go("today")
    window.today.refresh(None)
    window.settle()
    assert ("待确认的开庭", 1) in window.headings(window.today.list)
    assert not any(text == "已过期" for text, _count in window.headings(window.today.list))


def test_an_adjournment_that_clashes_is_entered_only_on_the_second_press(window: Any) -> None:
    number, other = hearing(window.docket, D(2025, 12, 2)), hearing(window.docket, D(2025, 12, 10), "09:00")
    window.go("deadlines", deadline_id=number)
    window.page._actions.adjourn(row(window.docket, number))
    window.settle()
    sheet = window.sheet
    sheet.day.setText("2025-12-10")
    sheet.time.setText("10:00")
    sheet.reason.setPlainText("法院通知")
    sheet.submit()
    window.settle()
    assert "同时" in sheet.clash.text()
    assert row(window.docket, number).status == "open"
    sheet.submit()
    window.settle()
    assert row(window.docket, number).status == "waived"
    assert row(window.docket, other).status == "open"
