"""The request log: days, answers, reasons; holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document as WordFile

from lawdesk.kernel.errors import Refused, UserError
from lawdesk.privacy.rules import RequestDraft, RequestKind, RequestState
from lawdesk.privacy.rules.requests import ARTICLES, REQUEST_TITLES, answer_by, check_answer, check_request
from tests.offices import DAY
from tests.privacy.conftest import NAME, Desk


def codes(problems: list[object]) -> list[str]:
    return [one.code for one in problems]  # type: ignore[attr-defined]


def test_a_request_is_answered_within_thirty_days() -> None:
    assert answer_by(date(2025, 1, 31)) == date(2025, 3, 2)
    assert answer_by(date(2025, 1, 31), 15) == date(2025, 2, 15)
    assert set(ARTICLES) == set(REQUEST_TITLES) == set(RequestKind)


def test_a_request_says_about_whom_and_when() -> None:
    draft = RequestDraft(RequestKind.ACCESS, " ", DAY + timedelta(days=1))
    assert codes(check_request(draft, DAY)) == ["request.subject", "request.day"]  # type: ignore[arg-type]
    kin = RequestDraft(RequestKind.NEXT_OF_KIN, NAME, DAY)
    assert codes(check_request(kin, DAY)) == ["request.relative"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "answer", "identity", "kind", "wrong"),
    [
        (RequestState.OPEN, "", "", RequestKind.ACCESS, ["request.state"]),
        (RequestState.REFUSED, " ", "", RequestKind.ACCESS, ["request.reasons"]),
        (RequestState.PARTLY, "", "", RequestKind.ERASURE, ["request.reasons", "request.identity"]),
        (RequestState.GRANTED, "", "", RequestKind.ACCESS, ["request.identity"]),
        (RequestState.GRANTED, "", "", RequestKind.EXPLANATION, []),
        (RequestState.GRANTED, "", "核对身份证原件", RequestKind.ACCESS, []),
        (RequestState.WITHDRAWN, "", "", RequestKind.ACCESS, []),
    ],
)
def test_data_go_out_only_to_whom_they_concern_and_refusals_have_reasons(
    state: RequestState, answer: str, identity: str, kind: RequestKind, wrong: list[str]
) -> None:
    assert codes(check_answer(state, answer, identity, kind)) == wrong  # type: ignore[arg-type]


def test_the_log_says_who_when_by_when_and_how(both: Desk, tmp_path: Path) -> None:
    privacy, actor = both.privacy, both.administrator
    first = privacy.add_request(actor, RequestDraft(RequestKind.ACCESS, NAME, DAY - timedelta(days=40), "信函"))
    second = privacy.add_request(actor, RequestDraft(RequestKind.ERASURE, "顾不言", DAY, "来访", "核对身份证原件"))
    assert [row.id for row in privacy.queries.requests(actor)] == [first, second]
    assert privacy.late(actor, DAY) == 1
    with pytest.raises(Refused):
        privacy.answer_request(actor, first, RequestState.GRANTED)
    privacy.answer_request(actor, first, RequestState.GRANTED, identity="视频核验")
    row = privacy.queries.request(actor, first)
    assert (row.status, row.answered_on, row.answered_by, row.identity) == (
        RequestState.GRANTED,
        DAY,
        "沈砚",
        "视频核验",
    )
    assert row.answer_by < DAY and row.number.startswith("GR-2025-")
    assert [one.id for one in privacy.queries.requests(actor, only_open=True)] == [second]
    privacy.print_log(actor, tmp_path / "log.docx")
    table = WordFile(str(tmp_path / "log.docx")).tables[0]
    assert NAME in table.rows[1].cells[2].text + table.rows[2].cells[2].text


def test_a_change_that_came_too_late_does_not_win(desk: Desk) -> None:
    request = desk.privacy.add_request(desk.director, RequestDraft(RequestKind.EXPLANATION, NAME, DAY))
    seen = desk.privacy.queries.request(desk.director, request).version
    desk.privacy.answer_request(desk.director, request, RequestState.GRANTED, seen=seen)
    with pytest.raises(UserError) as caught:
        desk.privacy.answer_request(desk.director, request, RequestState.WITHDRAWN, seen=seen)
    assert caught.value.code == "stale"


def test_holds_need_a_reason_and_one_thing_and_are_lifted_once(both: Desk) -> None:
    privacy, actor = both.privacy, both.director
    case = both.case()
    for wrong in ({"case_id": case, "reason": " "}, {"reason": "x"}, {"reason": "x", "case_id": 1, "party_id": 1}):
        with pytest.raises(Refused):
            privacy.hold(actor, **wrong)
    with pytest.raises(UserError):
        privacy.hold(actor, "x", party_id=999)
    hold = privacy.hold(actor, "投诉调查", case_id=case)
    (row,) = privacy.queries.holds(actor)
    assert row.reason == "投诉调查" and row.about
    privacy.lift(actor, hold)
    with pytest.raises(UserError):
        privacy.lift(actor, hold)
    assert privacy.queries.holds(actor) == [] and len(privacy.queries.holds(actor, lifted=True)) == 1


def test_lawyers_do_not_read_the_log(desk: Desk) -> None:
    for look in (desk.privacy.queries.requests, desk.privacy.queries.holds, desk.privacy.queries.breaches):
        with pytest.raises(UserError):
            look(desk.lawyer)
