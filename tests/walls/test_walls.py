"""Ethical walls as a firm uses them: who sets them, what they do to parties, teams and lists, how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawdesk.conflicts import Asked
from lawdesk.firm import RIGHTS, Actor, Answer, Role, WallDraft, may, require
from lawdesk.kernel.errors import Refused, UserError
from tests.walls.conftest import MARK, OPEN_CLIENT, Walled, plant


def titles(walled: Walled, who: Actor) -> list[int]:
    return [case.id for case in walled.firm.office.cases.queries.list_cases(who)]


def test_only_who_may_sets_walls_and_each_stands_by_itself(walled: Walled, tmp_path: Path) -> None:
    walls, case = walled.firm.office.walls, plant(walled, tmp_path)
    with pytest.raises(UserError, match="not_allowed"):
        walls.put_up(walled.insider, WallDraft("x", case_id=walled.open_case))
    with pytest.raises(Refused):
        walls.put_up(walled.director, WallDraft("", case_id=walled.open_case))
    with pytest.raises(Refused):
        walls.put_up(walled.director, WallDraft("again", case_id=case))
    walls.put_up(walled.director, WallDraft("second", case_id=walled.open_case))
    assert titles(walled, walled.outsider) == []  # he leads it, and stands outside all the same
    assert len(walls.queries.walls(walled.director)) == 2


def test_a_wall_around_a_party_hides_all_its_cases_to_come(walled: Walled, tmp_path: Path) -> None:
    office = walled.firm.office
    party = office.cases.queries.find_party(walled.director, OPEN_CLIENT)[0]
    wall = office.walls.put_up(walled.director, WallDraft("亲属", party_id=party))
    assert titles(walled, walled.outsider) == []
    assert office.cases.queries.find_party(walled.outsider, OPEN_CLIENT) == []
    assert office.cases.queries.list_enquiries(walled.outsider, status=None) == []
    office.walls.end(walled.director, wall, "不再需要")
    assert titles(walled, walled.outsider) == [walled.open_case]
    assert office.walls.queries.walls(walled.director, ended=True)[0].ended_by == walled.director.name


def test_a_team_only_case_is_seen_by_its_team_and_by_who_sees_all(walled: Walled) -> None:
    cases = walled.firm.office.cases
    with pytest.raises(UserError, match="not_allowed"):
        cases.set_access(walled.insider, walled.open_case, "team")  # not the lead
    cases.set_access(walled.outsider, walled.open_case, "team")  # the lead
    assert titles(walled, walled.outsider) == [walled.open_case]
    assert titles(walled, walled.director) == [walled.open_case]
    assert titles(walled, walled.insider) == []
    cases.set_access(walled.director, walled.open_case, "office")
    assert titles(walled, walled.insider) == [walled.open_case]


def test_an_office_may_keep_every_new_case_to_its_team(walled: Walled, tmp_path: Path) -> None:
    walled.firm.office.firm.set_setting(walled.director, "case_access", "team")
    case = plant(walled, tmp_path)
    wall = walled.firm.office.walls.queries.walls(walled.director)[0]
    walled.firm.office.walls.end(walled.director, wall.id, "x")
    assert case not in titles(walled, walled.outsider)
    assert case in titles(walled, walled.insider)


def test_the_reference_tells_the_director_all_and_the_asker_nothing(walled: Walled, tmp_path: Path) -> None:
    office = walled.firm.office
    plant(walled, tmp_path)
    asked = [Asked(f"{MARK}机械有限公司")]
    result = office.conflicts.check(walled.outsider, asked)
    assert result.hits == () and result.more == 0
    [entry] = [one for one in result.not_searched if one.name]
    assert "1" in entry.words() and "代表" not in entry.words()
    with pytest.raises(Refused, match=r"conflict\.walled|not decided"):
        office.conflicts.clear(walled.outsider, result)
    [question] = office.walls.queries.questions(walled.director)
    assert question.person_id == walled.outsider.person_id and any(MARK in one for one in question.about)
    again = office.conflicts.check(walled.outsider, asked)
    assert [one.words() for one in again.not_searched if one.name] == [entry.words()]  # the same reference
    office.walls.answer(walled.director, question.id, Answer.FREE, "已核对")
    freed = office.conflicts.check(walled.outsider, asked)
    assert [one for one in freed.not_searched if one.name] == []
    assert office.conflicts.clear(walled.outsider, freed).result == "clear"
    assert any(MARK in hit.name for hit in office.conflicts.check(walled.director, asked).hits)


def test_who_tried_to_open_a_walled_case_is_on_the_list(walled: Walled, tmp_path: Path) -> None:
    office = walled.firm.office
    case = plant(walled, tmp_path)
    for _try in range(2):
        with pytest.raises(UserError, match=r"case\.unknown"):
            office.cases.queries.case(walled.outsider, case)
    assert office.cases.queries.find_case(walled.outsider, "（2025）民字第002号") is None
    [question] = office.walls.queries.questions(walled.director)
    assert question.kind == "opened" and question.person == walled.outsider.name
    assert office.walls.queries.own_questions(walled.outsider) == []  # to them there is no such case


def test_an_action_nobody_named_is_denied_to_everybody() -> None:
    for role in Role:
        actor = Actor(1, "x", "x", role)
        assert not may(actor, "something.new")
        with pytest.raises(UserError, match="not_allowed"):
            require(actor, "something.new")
    assert all(Role.DIRECTOR in roles for roles in RIGHTS.values())
