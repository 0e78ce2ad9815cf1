"""The course of a case: edits over edits, proceedings, closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lawdesk.cases import (
    CaseChange,
    FeeMode,
    ProceedingDraft,
    StandingDraft,
)
from lawdesk.kernel.errors import Refused, UserError
from tests.cases.opening import (
    DAY,
    codes,
    opened,
)
from tests.offices import Firm


def a_change(firm: Firm, **more: object) -> CaseChange:
    facts = {
        "title": "栩岳建设诉砚溪置业",
        "cause": "买卖合同纠纷",
        "stage": "一审",
        "amount_fen": 126_000_000,
        "fee_mode": FeeMode.FIXED,
        "fee_fen": 3_000_000,
        "received_fen": None,
        "lead_id": firm.lawyer.person_id,
        "assistants": (),
    }
    return CaseChange(**{**facts, **more})  # type: ignore[arg-type]


def test_a_stale_edit_is_refused_and_the_other_one_stays(office: Firm) -> None:
    made = opened(office)
    desk = office.office.cases
    stage = desk.queries.case(office.lawyer, made.case_id).stage
    desk.change_case(office.director, made.case_id, a_change(office, title="甲诉乙", stage=stage), seen=1)
    with pytest.raises(UserError) as stale:
        desk.change_case(office.lawyer, made.case_id, a_change(office, title="丙诉丁", stage=stage), seen=1)
    assert stale.value.code == "stale"
    assert desk.queries.case(office.lawyer, made.case_id).title == "甲诉乙"


def test_a_change_of_the_team_alone_makes_older_views_stale_too(office: Firm) -> None:
    made = opened(office)
    desk = office.office.cases
    before = desk.queries.case(office.lawyer, made.case_id)
    same = a_change(
        office, title=before.title, stage=before.stage, amount_fen=None, fee_mode=before.fee_mode, fee_fen=None
    )
    team = replace(same, assistants=(office.director.person_id or 0,))
    desk.change_case(office.director, made.case_id, team, seen=before.version)
    with pytest.raises(UserError) as stale:
        desk.change_case(office.lawyer, made.case_id, same, seen=before.version)
    assert stale.value.code == "stale"
    after = desk.queries.case(office.lawyer, made.case_id)
    assert [member.name for member in after.assistants] == ["秦望舒"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "case.title"),
        ({"cause": ""}, "case.cause"),
        ({"amount_fen": -1}, "case.money"),
        ({"received_fen": -5}, "case.money"),
        ({"fee_bp": 20_000}, "case.percent"),
        ({"stage": "封神"}, "case.stage"),
        ({"lead_id": 4711}, "person.unknown"),
        ({"assistants": (4711,)}, "person.unknown"),
    ],
)
def test_impossible_facts_are_refused_in_words(office: Firm, wrong: dict[str, object], code: str) -> None:
    made = opened(office)
    before = office.office.cases.queries.case(office.lawyer, made.case_id)
    with pytest.raises(UserError) as refused:
        change = a_change(office, **{"stage": before.stage, **wrong})
        office.office.cases.change_case(office.lawyer, made.case_id, change, seen=before.version)
    assert refused.value.code == code
    assert office.office.cases.queries.case(office.lawyer, made.case_id) == before


def test_a_proceeding_carries_parties_standings_and_counsel(office: Firm) -> None:
    made = opened(office)
    desk = office.office.cases
    first = desk.queries.case(office.lawyer, made.case_id).proceedings[0]
    assert [row.standing for row in first.standings] == ["原告", "被告"]
    appeal = desk.add_proceeding(
        office.lawyer, made.case_id, ProceedingDraft("civil-second", "青岚市中级人民法院", "(2026)岚03民终12号")
    )
    case = desk.queries.case(office.lawyer, made.case_id)
    second = next(row for row in case.proceedings if row.id == appeal)
    assert second.court_number == "（2026）岚03民终12号"
    assert [row.name for row in second.standings] == ["栩岳建设有限公司", "砚溪置业有限公司"]
    ours, theirs = second.standings
    desk.change_proceeding(
        office.lawyer,
        appeal,
        ProceedingDraft("civil-second", "青岚市中级人民法院", "（2026）岚03民终12号", "陶然"),
        seen=second.version,
        standings=(
            StandingDraft(ours.party_id, "被上诉人"),
            StandingDraft(theirs.party_id, "上诉人", "何律师", "远岫律师事务所"),
        ),
    )
    with pytest.raises(UserError) as stale:
        desk.change_proceeding(office.lawyer, appeal, ProceedingDraft("civil-second"), seen=second.version)
    assert stale.value.code == "stale"
    case = desk.queries.case(office.lawyer, made.case_id)
    assert [(row.standing, row.counsel_name, row.counsel_firm) for row in case.parties] == [
        ("被上诉人", "", ""),
        ("上诉人", "何律师", "远岫律师事务所"),
    ]


def test_a_case_closes_on_a_possible_day_and_opens_again(office: Firm) -> None:
    made = opened(office, day=DAY)
    desk = office.office.cases
    for day, code in (
        (DAY - timedelta(days=1), "case.closed_early"),
        (DAY + timedelta(days=9), "case.closed_late"),
    ):
        with pytest.raises(Refused) as refused:
            desk.close_case(office.lawyer, made.case_id, day)
        assert codes(refused) == {code}
    desk.close_case(office.lawyer, made.case_id, DAY)
    assert desk.queries.case(office.lawyer, made.case_id).closed_on == DAY
    desk.reopen_case(office.lawyer, made.case_id)
    assert desk.queries.case(office.lawyer, made.case_id).closed_on is None
    with pytest.raises(Refused):
        desk.set_stage(office.lawyer, made.case_id, "封神")
