"""The areas of rights and ethical walls: what a click does, who may, what is told to whom."""

from __future__ import annotations

from typing import Any

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.firm import Answer, Role
from lawdesk.firm.page.rights_area import RightsArea
from lawdesk.firm.page.wall_sheets import AnswerSheet, EndSheet, WallSheet
from lawdesk.firm.page.walls_area import WallsArea

CLIENT = "杭州明亮食品有限公司"


def add_party(window: Any) -> int:
    party = window.firm.office.cases.add_party(window.firm.director, PartyDraft(CLIENT, PartyKind.ORGANIZATION))
    assert isinstance(party, int)
    return party


def test_one_click_grants_and_takes_a_right_and_the_toast_takes_it_back(window: Any) -> None:
    area = window.show("rights")
    assert isinstance(area, RightsArea)
    cell = area.cells[Role.ASSISTANT, "case.open"]
    assert cell.isChecked()
    cell.click()
    window.settle()
    queries, director = window.desk.firm.queries, window.firm.director
    assert "case.open" not in queries.rights(director)[Role.ASSISTANT]
    assert not area.cells[Role.ASSISTANT, "case.open"].isChecked()
    window.undo()
    assert "case.open" in queries.rights(director)[Role.ASSISTANT]


def test_the_director_cannot_give_away_what_keeps_the_office_open(window: Any) -> None:
    area = window.show("rights")
    assert not area.cells[Role.DIRECTOR, "right.change"].isEnabled()
    assert not area.cells[Role.AUDITOR, "case.change"].isEnabled()
    assert area.cells[Role.ADMINISTRATOR, "case.see_all"].isEnabled()


def test_a_lawyer_looks_at_the_table_and_changes_nothing(window: Any) -> None:
    window.actor[:] = [window.firm.lawyer]
    area = window.show("rights")
    assert not any(cell.isEnabled() for cell in area.cells.values())
    assert not area.locked.isHidden()


def test_a_wall_is_put_up_changed_and_ended_from_the_settings(window: Any) -> None:
    party = add_party(window)
    area = window.show("walls")
    assert isinstance(area, WallsArea)
    area.put_up()
    sheet = window.host.sheet
    assert isinstance(sheet, WallSheet)
    sheet.save()
    window.settle()
    assert sheet.form.field("reason").problem  # refused: no reason, nothing to stand around
    sheet.kind.choose("party")
    sheet.words.setText("明亮")
    sheet.words.typed.emit("明亮")
    window.settle()
    assert sheet.found.chosen() == party
    sheet.reason.setText("客户要求")
    sheet.inside[window.firm.lawyer.person_id].setChecked(True)
    sheet.save()
    window.settle()
    walls = window.desk.walls.queries.walls(window.firm.director)
    assert [(wall.party_id, wall.reason) for wall in walls] == [(party, "客户要求")]
    window.settle()
    assert area.model.total == 1
    area.list.acted.emit(walls[0], "end")
    assert isinstance(window.host.sheet, EndSheet)
    window.host.sheet.reason.setText("利害关系消除")
    window.host.sheet.end()
    window.settle()
    assert window.desk.walls.queries.walls(window.firm.director) == []
    assert window.desk.walls.queries.walls(window.firm.director, ended=True)[0].ended_why == "利害关系消除"


def test_a_reference_is_answered_and_the_asker_reads_only_the_answer(window: Any) -> None:
    party = add_party(window)
    walls, director, lawyer = window.desk.walls, window.firm.director, window.firm.lawyer
    number = walls.met(lawyer, "conflict", asked=(CLIENT,), parties={party}).number
    area = window.show("walls")
    question = area.asked_model.item(0)
    assert (question.id, question.person, question.about) == (number, lawyer.name, (CLIENT,))
    area.open_question(question)
    sheet = window.host.sheet
    assert isinstance(sheet, AnswerSheet)
    sheet.answer.choose(Answer.CONFLICT)
    sheet.words.setText("请勿受理")
    sheet.send()
    window.settle()
    [own] = walls.queries.own_questions(lawyer)
    assert (own.answer, own.words, own.about) == (Answer.CONFLICT, "请勿受理", ())
    assert walls.queries.questions(director)[0:] == []
