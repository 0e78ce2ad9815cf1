"""Editing in the side sheets: saved by itself, taken back, stale edits told, nothing half stored."""

from __future__ import annotations

from datetime import date

from lawdesk.cases import CaseChange, ClearanceResult, PartyDraft, PartyKind, ProceedingDraft, Side
from lawdesk.cases.page import AskedName
from lawdesk.cases.page.facts_sheet import FactsSheet
from lawdesk.cases.page.masked import NumberLine
from lawdesk.cases.page.party_card import PartyCard
from lawdesk.cases.page.party_sheet import AddPartySheet
from lawdesk.cases.page.proceeding_sheet import ProceedingSheet
from lawdesk.cases.rules.revealing import Purpose
from lawdesk.ui import Button, Label
from tests.cases.page_bench import Bench, open_case

CARD = "330105199006060050"


def test_facts_save_themselves_and_can_be_taken_back(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.edit()
    sheet = bench.host.sheet
    assert isinstance(sheet, FactsSheet)
    sheet.title_edit.setText("栩岳诉砚溪")
    sheet.title_edit.flush()
    sheet.fee.set_fen(13_000_000)
    sheet.leave()
    bench.settle()
    queries = bench.firm.office.cases.queries
    assert queries.case(bench.firm.lawyer, case).title == "栩岳诉砚溪"
    assert queries.case(bench.firm.lawyer, case).fee_fen == 13_000_000
    assert page.view.header.title.words() == "栩岳诉砚溪 建设工程施工合同纠纷"
    assert bench.host.undo is not None
    bench.host.undo()
    bench.settle()
    assert queries.case(bench.firm.lawyer, case).title == "栩岳建设工程诉砚溪置业"
    assert sheet.title_edit.text() == "栩岳建设工程诉砚溪置业"


def test_a_stale_edit_is_told_and_nothing_is_lost(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.edit()
    sheet = bench.host.sheet
    assert isinstance(sheet, FactsSheet)
    office, director = bench.firm.office, bench.firm.director
    theirs = office.cases.queries.case(director, case)
    change = CaseChange.of(theirs)
    office.cases.change_case(
        director, case, type(change)(**{**change.__dict__, "note": "主任已批"}), seen=theirs.version
    )
    sheet.title_edit.setText("我的标题")
    sheet.title_edit.flush()
    sheet.leave()
    bench.settle()
    assert sheet.trouble.block is not None
    assert "他人已修改" in sheet.trouble.block.words.what
    assert office.cases.queries.case(director, case).note == "主任已批", "their change stands"
    assert sheet.title_edit.text() == "我的标题", "what was typed is still there to read"
    sheet._show_new_state()
    bench.settle()
    assert sheet.note_edit.toPlainText() == "主任已批"
    assert sheet.trouble.block is None


def test_a_title_cannot_be_emptied(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.edit()
    sheet = bench.host.sheet
    assert isinstance(sheet, FactsSheet)
    sheet.title_edit.setText("")
    sheet.title_edit.flush()
    sheet.leave()
    bench.settle()
    assert sheet.form.field("title").problem == "请填写案件简称。"
    assert bench.firm.office.cases.queries.case(bench.firm.lawyer, case).title == "栩岳建设工程诉砚溪置业"


def test_an_amount_that_cannot_be_read_wipes_nothing(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.edit()
    sheet = bench.host.sheet
    assert isinstance(sheet, FactsSheet)
    sheet.fee.setText("十二万左右")
    sheet._save()
    bench.settle()
    assert "不是金额" in sheet.form.field("fee").problem
    assert bench.firm.office.cases.queries.case(bench.firm.lawyer, case).fee_fen == 12_000_000


def test_an_appeal_is_added_with_who_appealed(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.add_proceeding()
    sheet = bench.host.sheet
    assert isinstance(sheet, ProceedingSheet)
    assert sheet.kind.chosen() == "civil-second", "after the first instance comes the appeal"
    sheet.number.setText("2026浙01民终66")
    sheet.number.flush()
    ours, theirs = sheet.standings.stands
    ours.standing.choose("被上诉人")
    theirs.standing.choose("上诉人")
    theirs.counsel.setText("何律师")
    theirs.firm.setText("远岫律师事务所")
    sheet.save()
    bench.settle()
    added = bench.firm.office.cases.queries.case(bench.firm.lawyer, case).proceedings[-1]
    assert (added.kind, added.court_number) == ("civil-second", "（2026）浙01民终66号")
    assert [(row.standing, row.counsel_firm) for row in added.standings] == [
        ("被上诉人", ""),
        ("上诉人", "远岫律师事务所"),
    ]
    assert [box.row.kind for box in page.view.overview.chain.boxes] == ["civil-first", "civil-second"]


def test_a_day_that_is_none_is_not_dropped_from_a_proceeding(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.add_proceeding()
    sheet = bench.host.sheet
    assert isinstance(sheet, ProceedingSheet)
    sheet.started.setText("2月30日")
    sheet.save()
    bench.settle()
    assert "不是日期" in sheet.form.field("started_on").problem
    assert len(bench.firm.office.cases.queries.case(bench.firm.lawyer, case).proceedings) == 1
    sheet.started.setText("2026-03-02")
    sheet.save()
    bench.settle()
    added = bench.firm.office.cases.queries.case(bench.firm.lawyer, case).proceedings[-1]
    assert added.started_on == date(2026, 3, 2)


def test_a_proceeding_two_people_edit_is_not_overwritten(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    office = bench.firm.office
    row = office.cases.queries.case(bench.firm.lawyer, case).proceedings[0]
    page.view.open_proceeding(row.id)
    sheet = bench.host.sheet
    assert isinstance(sheet, ProceedingSheet)
    draft = ProceedingDraft(row.kind, row.court, row.court_number, "赵法官")
    office.cases.change_proceeding(bench.firm.director, row.id, draft, seen=row.version)
    sheet.judge.setText("钱法官")
    sheet.save()
    bench.settle()
    assert sheet.trouble.block is not None and sheet.trouble.block.words.code == "stale"
    assert office.cases.queries.case(bench.firm.lawyer, case).proceedings[0].judge == "赵法官"


def test_a_party_is_checked_before_it_is_added(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.add_party()
    sheet = bench.host.sheet
    assert isinstance(sheet, AddPartySheet)
    sheet.name.setText("砺石工程咨询有限公司")
    sheet.name.flush()
    sheet.side.choose(Side.THIRD.value)
    sheet._side_chosen(None)
    bench.answer = ClearanceResult.REFUSED
    sheet.save()
    bench.settle()
    queries = bench.firm.office.cases.queries
    assert sheet.trouble.block is not None and "不予受理" in sheet.trouble.block.words.why
    assert len(queries.case(bench.firm.lawyer, case).parties) == 2, "nothing was stored"
    bench.answer = ClearanceResult.CLEAR
    sheet.save()
    bench.settle()
    added = queries.case(bench.firm.lawyer, case).parties[-1]
    assert (added.name, added.side, added.standing) == ("砺石工程咨询有限公司", "third", "第三人")
    assert bench.asked == [AskedName("砺石工程咨询有限公司", PartyKind.ORGANIZATION, "third", "")]


def test_numbers_are_hidden_until_asked_for(bench: Bench) -> None:
    service = bench.firm.office.cases
    party = service.add_party(
        bench.firm.lawyer, PartyDraft("林疏桐", PartyKind.PERSON, identifiers=(("id-card", CARD),))
    )
    page = bench.page()
    page.go_to(party_id=party)
    bench.settle()
    card = bench.host.sheet
    assert isinstance(card, PartyCard)
    line = card.findChildren(NumberLine)[0]
    assert line.label.words() == f"{CARD[:4]}**********{CARD[-4:]}"
    line.reveal(Purpose.VERIFY)
    bench.settle()
    assert line.label.words() == CARD
    card.new_name.setText("林疏同")
    card._add_name()
    bench.settle()
    assert ("former", "林疏同") in service.queries.party(bench.firm.lawyer, party).names
    card.new_tie.setText("韩青禾")
    card.tie_kind.choose("spouse")
    card._add_tie()
    bench.settle()
    assert [row[2] for row in service.queries.party(bench.firm.lawyer, party).relations] == ["韩青禾"]


def test_the_card_offers_a_twin_under_a_short_name(bench: Bench) -> None:
    service = bench.firm.office.cases
    names = ("晨湖科技（杭州）有限公司", "晨湖科技")
    _whole, short = (
        service.add_party(bench.firm.lawyer, PartyDraft(one, PartyKind.ORGANIZATION)) for one in names
    )
    page = bench.page()
    page.go_to(party_id=short)
    bench.settle()
    card = bench.host.sheet
    assert isinstance(card, PartyCard)
    assert any(label.words().startswith(f"{names[0]} · ") for label in card.findChildren(Label))
    (button,) = [one for one in card.findChildren(Button) if one.text() == "并入本当事人"]
    button.click()
    bench.settle()
    assert ("alias", "晨湖科技（杭州）有限公司") in service.queries.party(bench.firm.lawyer, short).names


def test_closing_can_be_taken_back(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.view.close_case()
    bench.settle()
    queries = bench.firm.office.cases.queries
    assert queries.case(bench.firm.lawyer, case).status == "closed"
    assert bench.host.said[-1] == "已结案" and bench.host.undo is not None
    bench.host.undo()
    bench.settle()
    assert queries.case(bench.firm.lawyer, case).status == "open"
