"""The cases page against a real office: list, overview, tabs, enquiries, palette, both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side, matter_kinds
from lawdesk.cases.page import CaseMark, case_entries, party_entries
from lawdesk.kernel import i18n
from tests.cases.page_bench import Bench, open_case, titles


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
    assert list(found[0].marks) == [0, 1, 2, 3]
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
