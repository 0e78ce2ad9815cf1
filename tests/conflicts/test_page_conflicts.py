"""The conflicts page: asked, read, decided and recorded by the keyboard; what was recorded can be read again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from lawdesk.conflicts.page import ConflictsPage
from lawdesk.conflicts.page.chain import Node, chain_of, sentence
from lawdesk.conflicts.page.comparison import cells_of, marks_of
from lawdesk.conflicts.page.enquiry import EnquiryNote
from lawdesk.conflicts.page.items import Item
from lawdesk.conflicts.page.names import read_name
from lawdesk.conflicts.page.words import sources_words
from lawdesk.conflicts.rules import Role
from lawdesk.kernel import i18n
from tests.conflicts.conftest import CLIENT, OTHER, Window, words_in

ALT = Qt.KeyboardModifier.AltModifier


def ask(window: Window, page: ConflictsPage, *names: str) -> None:
    """Type names, Enter after each."""
    page.names.setFocus(Qt.FocusReason.TabFocusReason)
    for name in names:
        window.press(name)
        window.press(Qt.Key.Key_Return)
    window.settle(lambda: not page.live.running)


def items(page: ConflictsPage) -> list[Item]:
    return [item for item in map(page.model.item, range(page.model.total)) if item is not None]


def grades(page: ConflictsPage) -> dict[str, list[str]]:
    """The lines by their heading, the whole check left out."""
    found: dict[str, list[str]] = {}
    heading = ""
    for item in items(page)[1:]:
        heading = item.row.heading.text if item.row.heading is not None else heading
        found.setdefault(heading, []).append(item.row.title)
    return found


def test_names_get_their_roles_and_the_hits_their_grades(window: Window) -> None:
    page = window.page()
    assert QApplication.focusWidget() is page.names.edit
    ask(window, page, "青帆广告有限公司", CLIENT, "张若岚", "贸易公司")
    roles = [(name.name, name.role) for name in page.names.names()]
    assert roles[:2] == [("青帆广告有限公司", Role.CLIENT), (CLIENT, Role.ADVERSE)]
    assert grades(page) == {"须豁免": [CLIENT], "须判断": ["贸易公司"], "提示": ["张若兰"]}
    assert page.list.current_item().row.title == CLIENT
    assert words_in(page.result.hit).splitlines()[0] == "对方是本所在办案件的委托人"
    assert "1 件案件" in page._figures.accessibleName()


def test_pasted_lines_become_names_without_what_cannot_be_seen(window: Window) -> None:
    page = window.page()
    page.names.edit.setText("青帆\u202e广\x00告有限公司\r\n\u200b林疏桐\t110105198001010016\n \n\u3000")
    window.press(Qt.Key.Key_Return)
    found = [(one.name, one.role, one.identifiers) for one in page.names.names()]
    assert found == [
        ("青帆广告有限公司", Role.CLIENT, ()),
        ("林疏桐", Role.ADVERSE, ("110105198001010016",)),
    ]
    window.press("\u3000 ")
    window.press(Qt.Key.Key_Return)
    assert len(page.names.names()) == 2 and page.names.edit.text() == ""


def test_sources_are_cited_as_lawyers_cite_them() -> None:
    sources = ["lpr:51(五)前段", "lawyers-law:39", "acla-discipline", "各地律协规则惯例; from-knowledge"]
    assert sources_words(sources) == [
        "律师执业行为规范第51条第（五）项前段",
        "律师法第39条",
        "律师协会会员违规行为处分规则",
        "各地律协规则惯例",
    ]
    i18n.set_language("en")
    assert sources_words(sources[:1]) == ["Rules of Practice for Lawyers, article 51 item 5, first part"]


def test_a_number_after_the_name_is_its_number() -> None:
    assert read_name("林疏桐 110105198001010016", Role.ADVERSE).identifiers == ("110105198001010016",)
    assert read_name("林疏桐 11010519800101001X", Role.ADVERSE).name == "林疏桐"
    assert read_name("Shanghai International Trading", Role.CLIENT).identifiers == ()
    assert read_name("墨禾食品有限公司", Role.CLIENT).kind == "organization"


def test_a_role_is_changed_and_a_name_taken_back_by_the_keyboard(window: Window) -> None:
    page = window.page()
    ask(window, page, CLIENT, OTHER)
    assert page.live.outcome() == "clear"
    page.names.setFocus(Qt.FocusReason.TabFocusReason)
    window.press(Qt.Key.Key_3, ALT)
    assert [name.role for name in page.names.names()] == [Role.CLIENT, Role.THIRD]
    window.press(Qt.Key.Key_Backspace)
    assert [name.name for name in page.names.names()] == [CLIENT]
    assert page.names.edit.text() == OTHER
    page.names.edit.clear()
    for place, role in ((0, Role.ADVERSE), (0, Role.CLIENT)):
        page.names.set_role(place, role)
        window.settle(lambda: not page.live.running)
        assert page.live.asked[0].role is role


def test_decide_and_record_without_the_mouse(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", CLIENT)
    assert not page.result.foot.button.isEnabled()
    window.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.list
    window.press("3")
    window.press("11月3日双方签署同意书")
    window.press(Qt.Key.Key_Return)
    assert page.list.current_item().kind == "overview"
    assert page.result.foot.button.isEnabled()
    window.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.settle(lambda: bool(window.said))
    assert window.said == ["已记录：冲突已书面豁免"]
    kept = window.firm.office.conflicts.queries.recent(window.firm.lawyer, 1)[0]
    assert (kept.result, kept.content["hits"][0]["why"]) == ("waived", "11月3日双方签署同意书")
    assert not page.result.foot.button.isVisible()
    count = len(window.firm.office.conflicts.queries.recent(window.firm.lawyer))
    page.record()
    window.settle()
    assert len(window.firm.office.conflicts.queries.recent(window.firm.lawyer)) == count
    page.result.foot.proof.click()
    window.settle()
    assert page.result.kept.row is not None and page.result.kept.row.id == kept.id
    assert page.result.kept.proof.certificate.isVisible()


def test_a_lawyer_cannot_decide_the_forbidden_but_can_refuse(window: Window) -> None:
    page = window.page()
    ask(window, page, OTHER, CLIENT)
    assert set(grades(page)) == {"禁止"}
    assert "只有主任可以认定" in words_in(page.result.foot)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("1")
    window.press(Qt.Key.Key_Return)
    window.settle(lambda: bool(window.said))
    kept = window.firm.office.conflicts.queries.recent(window.firm.lawyer, 1)[0]
    assert kept.result == "refused"
    assert kept.content["decisions"][0]["why"] == "存在利益冲突，不能接受委托"


def test_who_is_somebody_else_is_excluded_and_can_come_back(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", CLIENT)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("1")
    window.press(Qt.Key.Key_Return)
    assert grades(page) == {"已排除": [CLIENT]}
    page.list.choose_key("excluded")
    assert "不是同一主体：经核对，不是同一主体" in words_in(page.result.excluded)
    page.live.take_back(next(iter(page.live.decided())))
    assert grades(page) == {"须豁免": [CLIENT]}


def test_the_recent_checks_can_be_read_in_full_and_asked_again(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", CLIENT)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("2")
    window.press("另案")
    window.press(Qt.Key.Key_Return)
    page.record()
    window.settle(lambda: bool(window.said))
    page.clear()
    window.settle()
    assert [item.kind for item in items(page)] == ["kept", "kept"]
    page.list.choose_first()
    shown = words_in(page.result.kept)
    for said in ("青帆广告有限公司（拟委托人）", "名称相同", "同一主体，不构成冲突：另案", "尚未申报近亲属"):
        assert said in shown
    assert not page.result.foot.isVisible()
    page._check_again()
    window.settle(lambda: not page.live.running)
    assert [name.name for name in page.names.names()] == ["青帆广告有限公司", CLIENT]
    assert grades(page) == {"须豁免": [CLIENT]}
    page.toggle_history()
    assert items(page)[0].kind == "kept"
    page.toggle_history()
    assert items(page)[0].kind == "overview"


def test_an_earlier_decision_is_offered(window: Window) -> None:
    page = window.page(window.firm.director)
    ask(window, page, OTHER, CLIENT)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    for _hit in range(2):
        window.press("1")
        window.press(Qt.Key.Key_Return)
    page.record()
    window.settle(lambda: bool(window.said))
    theirs = window.page()
    ask(window, theirs, OTHER, CLIENT)
    assert "秦望舒 2025年11月5日判断：不是同一主体" in words_in(theirs.result.foot)


def test_what_nobody_had_to_decide_stands_in_the_record_as_a_note(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", CLIENT, "墨禾医疗器械有限公司")
    assert grades(page)["提示"] == [CLIENT]
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("1")
    window.press(Qt.Key.Key_Return)
    page.record()
    window.settle(lambda: bool(window.said))
    page.open_record()
    window.settle()
    shown = words_in(page.result.kept)
    assert {one["severity"] for one in page.result.kept.row.content["hits"]} != {"note"}
    assert f"提示：墨禾医疗器械有限公司 → {CLIENT}" in shown and f"须豁免：{CLIENT} → {CLIENT}" in shown


def test_characters_that_differ_are_marked(window: Window) -> None:
    page = window.page()
    ask(window, page, "张若岚")
    [hit] = [item.hit for item in items(page) if item.hit is not None]
    assert hit is not None
    assert marks_of(hit) == (2,)
    assert [(cell.kind, cell.asked, cell.known) for cell in cells_of(hit)][2] == ("sound", "岚", "兰")
    ask(window, page, "墨禾")
    short = next(item.hit for item in items(page) if item.hit is not None and item.hit.name == CLIENT)
    assert "".join(cell.known for cell in cells_of(short)) == CLIENT
    assert "".join(cell.asked for cell in cells_of(short)) == "墨禾"
    assert marks_of(short) == ()


def test_the_chain_ends_at_our_client(window: Window) -> None:
    page = window.page()
    ask(window, page, OTHER)
    hit = page.list.current_item().hit
    assert hit is not None
    window.settle(lambda: CLIENT in page.result.hit.chain.accessibleName())
    case = window.firm.office.cases.queries.case(window.firm.lawyer, hit.standings[0].case_id)
    nodes = [part for part in chain_of(hit, case) if isinstance(part, Node)]
    assert [node.text for node in (nodes[0], nodes[1], nodes[-1])] == [OTHER, OTHER, CLIENT]
    assert case.number in nodes[2].text
    assert "主办 顾知行" in sentence(chain_of(hit, case))
    assert [part.text for part in chain_of(hit, None) if isinstance(part, Node)][-1] == nodes[2].text


def test_another_page_can_send_names_here_and_gets_back(window: Window) -> None:
    page = window.page()
    page.go_to(names=[CLIENT], case_id=7)
    window.settle(lambda: not page.live.running)
    assert [(name.name, name.role) for name in page.names.names()] == [(CLIENT, Role.ADVERSE)]
    page._back.click()
    assert window.went == [("cases", {"case_id": 7})]


def test_the_names_become_a_case_or_an_enquiry(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", "林疏桐 110105198001010016")
    page.new_case()
    key, target = window.went[0]
    assert key == "new-case"
    assert [row["name"] for row in target["state"]["clients"]] == ["青帆广告有限公司"]
    assert target["state"]["others"][0]["identifier"] == "110105198001010016"
    page.take_enquiry()
    sheet = window.sheet
    assert isinstance(sheet, EnquiryNote)
    sheet.subject.setText("广告费")
    sheet.save()
    window.settle(lambda: bool(window.said))
    [enquiry] = window.firm.office.cases.queries.list_enquiries(window.firm.lawyer)
    assert enquiry.subject == "广告费"
    assert enquiry.parties == (("client", "青帆广告有限公司"), ("adverse", "林疏桐"))
    assert window.sheet is None


def test_one_party_on_both_sides_is_said_at_once(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", "青帆广告有限公司")
    assert len(page.names.names()) == 2
    assert page.live.outcome() == "blocked"
    assert "同时列为双方当事人" in words_in(page)
    assert not page.result.foot.button.isEnabled()


def test_odd_input_is_answered_in_words(window: Window) -> None:
    page = window.page()
    page.go_to(names=["王" * 10_000, "😀", "\x00\x01"])
    window.settle(lambda: not page.live.running)
    assert page.live.error is None
    assert page.live.outcome() != "clear"
    assert sum(item.kind == "name" for item in items(page)) >= 2


def test_it_speaks_both_languages(window: Window) -> None:
    page = window.page()
    ask(window, page, "青帆广告有限公司", CLIENT)
    i18n.set_language("en")
    assert grades(page) == {"Waiver needed": [CLIENT]}
    assert words_in(page.result.hit).splitlines()[0] == "The other side is our client in an open case"
    assert "prospective client" in page.names._tokens[0].accessibleName()


def test_in_a_narrow_window_list_and_detail_take_turns(window: Window) -> None:
    page = window.page()
    page.resize(640, 760)
    ask(window, page, "青帆广告有限公司", CLIENT)
    window.press(Qt.Key.Key_Return)
    assert (page.list.isVisible(), page.result.isVisible()) == (True, False)
    window.press("2")
    assert (page.list.isVisible(), page.result.isVisible()) == (False, True)
    window.press(Qt.Key.Key_Return)
    assert page.list.isVisible()
    assert page.live.open_keys() == []
