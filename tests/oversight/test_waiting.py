"""The number beside Today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lawdesk.deadlines import ManualDeadline
from lawdesk.oversight.page import count_waiting

TODAY = date(2025, 11, 5)


def test_what_waits_is_mine_and_overdue_or_due_today(docket: Any) -> None:
    add = docket.service.add_deadline
    for title, day in (("昨天", date(2025, 11, 4)), ("今天", TODAY), ("明天", date(2025, 11, 6))):
        add(docket.lawyer, ManualDeadline(docket.case_id, title, day))
    director = docket.firm.director
    add(director, ManualDeadline(docket.case_id, "主任的", TODAY, person_id=director.person_id))
    queries = docket.service.queries
    assert count_waiting(queries, docket.lawyer, TODAY) == 2
    assert count_waiting(queries, director, TODAY) == 1
    assert count_waiting(queries, replace(docket.lawyer, active=False), TODAY) == 0
    first = queries.docket(docket.lawyer)[0]
    docket.service.complete(docket.lawyer, first.id)
    assert count_waiting(queries, docket.lawyer, TODAY) == 1


def test_whether_a_past_hearing_was_held_is_a_question_and_no_alarm(docket: Any) -> None:
    add, queries = docket.service.add_deadline, docket.service.queries
    add(docket.lawyer, ManualDeadline(docket.case_id, "开庭", date(2025, 11, 4), "hearing", "09:30"))
    assert count_waiting(queries, docket.lawyer, TODAY) == 0
    add(docket.lawyer, ManualDeadline(docket.case_id, "开庭", TODAY, "hearing", "14:30"))
    assert count_waiting(queries, docket.lawyer, TODAY) == 1
