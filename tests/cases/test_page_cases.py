"""The cases page against a real office: list, case, editing, stale edits, parties, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    EnquiryDraft,
    FeeMode,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
    matter_kinds,
)
from lawdesk.cases.page import AskedName, CaseMark, CasesPage, CaseTab, case_entries, party_entries
from lawdesk.cases.page.facts_sheet import FactsSheet, change_of
from lawdesk.cases.page.party_card import NumberLine, PartyCard
from lawdesk.cases.page.party_sheet import AddPartySheet
from lawdesk.cases.page.proceeding_sheet import ProceedingSheet
from lawdesk.kernel import i18n
from lawdesk.ui import TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.offices import Firm

CARD = "330105199006060050"


class FakeHost:
    """Remembers what the page asks of the window and shows its sheets."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.sheet: QWidget | None = None

    def go(self, page_key: str, **target: Any) -> None:
        self.went.append((page_key, target))

    def toast(self, words: Any, undo: Any = None, *, icon: str = "check", tone: str = "") -> None:
        self.said.append(words() if callable(words) else words)
        self.undo = undo

    def open_sheet(self, content: QWidget, title: Any, *, on_close: Any = None) -> None:
        self.sheet = content
        self._qtbot.addWidget(content)
        content.resize(420, 700)
        content.show()

    def close_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.hide()
        self.sheet = None

    def set_badge(self, page_key: str, count: int) -> None:
        pass


def open_case(
    firm: Firm,
    client: str = "栩岳建设工程有限公司",
    adverse: str = "砚溪置业（青岚）有限公司",
    *,
    cause: str = "建设工程施工合同纠纷",
    by_director: bool = False,
) -> int:
    """Open one case as the lawyer (or the director); return its id."""
    actor = firm.director if by_director else firm.lawyer
    parties = (
        CasePartyDraft(
            PartyDraft(client, PartyKind.ORGANIZATION), Side.CLIENT.value, legal_representative="周既白"
        ),
        CasePartyDraft(PartyDraft(adverse, PartyKind.ORGANIZATION), Side.ADVERSE.value),
    )
    draft = CaseDraft(
        kind="civil",
        cause=cause,
        parties=parties,
        lead=actor.person_id,
        received_on=date(2025, 11, 3),
        proceeding=ProceedingDraft("civil-first", "青岚市望江区人民法院", "（2025）浙0105民初1187号"),
        amount_fen=861_420_000,
        fee_mode=FeeMode.FIXED,
        fee_fen=12_000_000,
        received_fen=8_000_000,
    )
    clearance = Clearance(ClearanceResult.CLEAR, None, firm.clock.now(), (client, adverse))
    return firm.office.cases.open_case(actor, draft, clearance).case_id


class Bench:
    """A page, its host, and a wait until everything under way has arrived."""

    def __init__(self, firm: Firm, qtbot: QtBot, tasks: TaskRunner) -> None:
        self.firm, self.qtbot, self.tasks = firm, qtbot, tasks
        self.answer = ClearanceResult.CLEAR
        self.asked: list[AskedName] = []
        self.marks: dict[int, CaseMark] = {}
        self.host = FakeHost(qtbot)
        self.made: list[int] = []

    def page(self) -> CasesPage:
        office = self.firm.office
        tab = CaseTab(
            "deadlines",
            "期限",
            self._make,
            count=lambda _actor, case_id: case_id + 2,
            overview=lambda case_id: QLabel(f"期限 {case_id}"),
        )
        page = CasesPage(
            office.cases,
            office.firm,
            actor=lambda: self.firm.lawyer,
            tasks=self.tasks,
            clear=self._clear,
            tabs=[tab],
            marks=lambda _actor, _ids: self.marks,
            clock=self.firm.clock,
        )
        page.host = self.host
        self.tasks.changed.connect(page.refresh)
        self.qtbot.addWidget(page)
        page.resize(1180, 700)
        page.show()
        self.settle()
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.tasks.busy)

    def _make(self, case_id: int, parent: QWidget) -> QWidget:
        self.made.append(case_id)
        return QLabel(f"期限 {case_id}", parent)

    def _clear(self, names: list[AskedName]) -> Clearance:
        self.asked = names
        return Clearance(self.answer, None, self.firm.clock.now(), tuple(name.name for name in names))


@pytest.fixture
def bench(file_office: Firm, qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    tasks = TaskRunner()
    tasks.listen(file_office.office.announcer)
    yield Bench(file_office, qtbot, tasks)
    tasks.close()


def titles(page: CasesPage) -> list[str]:
    rows = [page.model.row(place) for place in range(page.model.total)]
    return [row.title for row in rows if row is not None]


def test_the_list_shows_mine_first_and_filters(bench: Bench) -> None:
    mine = open_case(bench.firm)
    theirs = open_case(bench.firm, "沐岚物流有限公司", "墨禾食品有限公司", cause="运输合同纠纷", by_director=True)
    bench.firm.office.cases.close_case(bench.firm.director, theirs, date(2025, 11, 5))
    third = open_case(bench.firm, "云梧信息技术有限公司", "澄研科技有限公司", by_director=True)
    page = bench.page()
    assert titles(page) == ["栩岳建设工程诉砚溪置业"]
    assert page.view.case_id == mine, "the first case is shown without a press"
    expected = {
        "open": ["云梧信息技术诉澄研科技", "栩岳建设工程诉砚溪置业"],
        "closed": ["沐岚物流诉墨禾食品"],
        "all": ["云梧信息技术诉澄研科技", "沐岚物流诉墨禾食品", "栩岳建设工程诉砚溪置业"],
    }
    for which, names in expected.items():
        page.filter.choices[which].click()
        bench.settle()
        assert titles(page) == names
    page.words.setText("墨禾")
    page.words.flush()
    bench.settle()
    assert titles(page) == ["沐岚物流诉墨禾食品"], "found by the name of the other side"
    page.words.setText("民初1187")
    page.words.flush()
    bench.settle()
    assert page.model.total == 3, "found by the court case number"
    assert third != mine


def test_the_next_date_stands_beside_each_case(bench: Bench) -> None:
    case = open_case(bench.firm)
    bench.marks = {case: CaseMark(date(2025, 11, 20), "上诉期 过期2天", "red", "circle-alert", urgent=True)}
    row = bench.page().model.row(0)
    assert row is not None and row.status is not None
    assert (row.date, row.status.text, row.status.chip) == ("11月20日", "上诉期 过期2天", True)


def test_a_call_is_answered_from_the_overview(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    view = page.view.overview
    box = view.chain.boxes[0]
    assert box.accessibleName() == "一审，当前，咨询评估，青岚市望江区人民法院，（2025）浙0105民初1187号"
    cells = [
        [view.parties.model.data(view.parties.model.index(row, column)) for column in range(5)] for row in range(2)
    ]
    assert cells == [
        ["原告", "栩岳建设工程有限公司", "周既白", "本所 顾知行", "委托人"],
        ["被告", "砚溪置业（青岚）有限公司", "–", "未委托", "已检索"],
    ]
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "8,614,200.00 元" in texts
    assert "80,000.00 / 120,000.00 元" in texts
    assert "2025年11月5日检索 2 个名称，未发现利益冲突。" in texts
    assert f"期限 {case}" in texts, "the other features' blocks are there"
    assert page.view.tabs.choices["deadlines"].accessibleName() == f"期限 {case + 2}"


def test_tabs_of_other_features_are_made_when_asked_for(bench: Bench) -> None:
    first, second = open_case(bench.firm), open_case(bench.firm, "云梧信息技术有限公司", "澄研科技有限公司")
    page = bench.page()
    assert bench.made == []
    page.go_to(case_id=first, tab="deadlines")
    bench.settle()
    page.go_to(case_id=second)
    bench.settle()
    assert bench.made == [first, second]


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
    change = change_of(theirs)
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
    assert line.label.words() == "330*************50"
    line.reveal()
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


def test_history_tells_in_sentences(bench: Bench) -> None:
    case = open_case(bench.firm)
    bench.firm.office.cases.set_stage(bench.firm.lawyer, case, matter_kinds()["civil"].stages[1])
    page = bench.page()
    rows = [page.view.history.model.row(place) for place in range(page.view.history.model.total)]
    assert [row.title for row in rows if row is not None] == [
        "阶段 咨询评估 → 收案审批",
        "收案建档 （2025）民字第001号",
    ]


def test_an_enquiry_is_noted_and_listed(bench: Bench) -> None:
    page = bench.page()
    page.go_to(new="enquiry")
    sheet: Any = bench.host.sheet
    sheet.save()
    assert sheet.form.field("client").problem == "请填写来电人。"
    sheet.caller.setText("青禾农业科技有限公司")
    sheet.subject.setText("拖欠货款")
    sheet.others.edit.setText("墨禾食品有限公司")
    sheet.save()
    bench.settle()
    assert titles(page) == ["青禾农业科技有限公司"]
    noted = bench.firm.office.cases.queries.list_enquiries(bench.firm.lawyer)[0]
    assert noted.parties == (("client", "青禾农业科技有限公司"), ("adverse", "墨禾食品有限公司"))
    assert sheet.caller.text() == "", "ready for the next call"


def test_enquiries_stay_until_converted(bench: Bench) -> None:
    parties = ((Side.CLIENT, PartyDraft("谢予安", PartyKind.PERSON)),)
    bench.firm.office.cases.take_enquiry(bench.firm.lawyer, EnquiryDraft("房屋漏水", date(2025, 11, 4), parties))
    page = bench.page()
    page.filter.choices["enquiries"].click()
    bench.settle()
    assert titles(page) == ["谢予安"] and page.enquiry.enquiry_id is not None


def test_the_palette_finds_by_initials(bench: Bench) -> None:
    case = open_case(bench.firm)
    went: list[dict[str, Any]] = []
    service = bench.firm.office.cases

    def go(_page: str, **target: Any) -> None:
        went.append(target)

    found = case_entries(service, lambda: bench.firm.lawyer, go)("xyjs")
    assert [entry.title for entry in found] == ["栩岳建设工程诉砚溪置业"]
    assert found[0].marks == (0, 1, 2, 3)
    found[0].run()
    assert went == [{"case_id": case}]
    assert [entry.title for entry in party_entries(service, lambda: bench.firm.lawyer, go)("周既白")] == ["周既白"]


def test_the_page_switches_language(bench: Bench) -> None:
    open_case(bench.firm)
    page = bench.page()
    i18n.set_language("en")
    QApplication.processEvents()
    view = page.view.overview
    assert page.view.tabs.choices["parties"].words() == "Parties"
    assert view.chain.boxes[0].accessibleName().startswith("First instance，current")
    assert view.parties.model.data(view.parties.model.index(0, 0)) == "Claimant"
    assert view.parties.model.headerData(1, Qt.Orientation.Horizontal) == "Name"


def test_a_narrow_window_takes_turns(bench: Bench) -> None:
    case = open_case(bench.firm)
    page = bench.page()
    page.set_width_class("narrow")
    assert page.list.isVisible() and not page.view.isVisible()
    page.go_to(case_id=case)
    bench.settle()
    assert page.view.isVisible() and not page.list.isVisible()
