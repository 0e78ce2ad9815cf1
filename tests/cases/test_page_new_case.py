"""The new-case page against a real office: by keyboard alone, with a draft that survives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.cases import Clearance, ClearanceResult, EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.cases.page import AskedName, NewCasePage
from lawdesk.kernel import i18n
from lawdesk.ui import TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.cases.page_bench import FakeHost
from tests.offices import Firm


class FakePanel(QWidget):
    """A conflict check that answers what the test wants."""

    outcome_changed = Signal(str)

    def __init__(self, firm: Firm) -> None:
        super().__init__()
        self._firm = firm
        self.names: list[AskedName] = []
        self.answer = "clear"
        self.outcome = "unchecked"
        self.decided = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_names(self, names: list[AskedName]) -> None:
        self.names = list(names)
        self.say(self.answer if names else "unchecked")

    def say(self, outcome: str) -> None:
        self.outcome = outcome
        self.outcome_changed.emit(outcome)

    def clearance(self) -> Clearance | None:
        if self.outcome == "clear" or (self.outcome == "needs_decision" and self.decided):
            result = ClearanceResult.CLEAR if self.outcome == "clear" else ClearanceResult.NOTED
            return Clearance(result, None, self._firm.clock.now(), tuple(name.name for name in self.names))
        return None

    def state_words(self) -> str:
        return {"clear": "未发现冲突", "needs_decision": "1 条须判断", "blocked": "禁止"}.get(self.outcome, "")


Make = Callable[[], NewCasePage]


@pytest.fixture
def make(file_office: Firm, qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    tasks = TaskRunner()
    tasks.listen(file_office.office.announcer)

    def page() -> NewCasePage:
        office = file_office.office
        made = NewCasePage(
            office.cases,
            office.firm,
            actor=lambda: file_office.lawyer,
            tasks=tasks,
            panel=FakePanel(file_office),
            clock=file_office.clock,
            alike=file_office.office.conflicts.alike,
        )
        made.host = FakeHost(qtbot)
        qtbot.addWidget(made)
        made.resize(1200, 800)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(lambda: not tasks.busy)
        made.activated()
        return made

    yield page
    tasks.close()


def commit(widget: QWidget | None, text: str) -> None:
    """Type Chinese as an input method does."""
    assert widget is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def walk(qtbot: QtBot, page: NewCasePage, to: QWidget) -> None:
    """Press Tab until the focus is in ``to``: it must be reachable by keyboard."""
    for _step in range(60):
        inside = QApplication.focusWidget()
        assert inside is not None
        if inside is to or inside is getattr(to, "edit", None):
            return
        qtbot.keyClick(inside, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {to.accessibleName()}")


def host_of(page: NewCasePage) -> FakeHost:
    assert isinstance(page.host, FakeHost)
    return page.host


def panel_of(page: NewCasePage) -> FakePanel:
    assert isinstance(page.panel, FakePanel)
    return page.panel


def type_case(qtbot: QtBot, page: NewCasePage) -> None:
    """Play the intake by keyboard alone."""
    form = page.form
    commit(QApplication.focusWidget(), "澄砚物业服务（青岚）有限公司")
    walk(qtbot, page, form.parties.clients[0].head)
    commit(QApplication.focusWidget(), "郑怀瑾")
    walk(qtbot, page, form.parties.others[0].name)
    commit(QApplication.focusWidget(), "林疏桐")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert len(form.parties.others) == 2, "Enter adds a line"
    assert QApplication.focusWidget() is form.parties.others[1].name
    commit(QApplication.focusWidget(), "砺石工程咨询有限公司")
    walk(qtbot, page, form.parties.others[1].standing)
    while form.parties.others[1].standing.chosen() != "第三人":
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    walk(qtbot, page, form.case.cause)
    commit(QApplication.focusWidget(), "物业服务合同纠纷")
    walk(qtbot, page, form.case.number)
    commit(QApplication.focusWidget(), "2026浙0105民初233")
    walk(qtbot, page, form.team.fee)
    qtbot.keyClicks(QApplication.focusWidget(), "1.5")
    commit(QApplication.focusWidget(), "万")


def test_a_case_opens_by_keyboard_alone(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    type_case(qtbot, page)
    focus = QApplication.focusWidget()
    qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(host_of(page).went))
    where, target = host_of(page).went[0]
    assert where == "cases"
    case = file_office.office.cases.queries.case(file_office.lawyer, target["case_id"])
    assert case.title == "澄砚物业服务诉林疏桐"
    assert [(row.name, row.side, row.standing) for row in case.parties] == [
        ("澄砚物业服务（青岚）有限公司", "client", "原告"),
        ("林疏桐", "adverse", "被告"),
        ("砺石工程咨询有限公司", "third", "第三人"),
    ]
    assert case.clients[0].legal_representative == "郑怀瑾"
    assert (case.cause, case.kind, case.fee_fen, case.lead) == ("物业服务合同纠纷", "civil", 1_500_000, "顾知行")
    assert case.proceedings[0].court_number == "（2026）浙0105民初233号"
    assert case.number in host_of(page).said[0]
    assert file_office.office.cases.load_draft(file_office.lawyer, "new-case") is None
    assert page.form.parties.clients[0].name.text() == "", "the page is ready for the next case"


def test_a_draft_survives_a_crash(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    type_case(qtbot, page)
    qtbot.waitUntil(lambda: page.keeper.saved_at is not None, timeout=5000)
    again = make()
    assert again.form.state()["clients"] == page.form.state()["clients"]
    assert [row["name"] for row in again.form.state()["others"]] == ["林疏桐", "砺石工程咨询有限公司"]
    assert again.form.state()["case"]["cause"] == "物业服务合同纠纷"
    assert [name.name for name in panel_of(again).names][:2] == ["澄砚物业服务（青岚）有限公司", "林疏桐"]


def test_clearing_can_be_taken_back(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    type_case(qtbot, page)
    page.clear()
    assert page.form.parties.clients[0].name.text() == ""
    undo = host_of(page).undo
    assert undo is not None
    undo()
    assert page.form.parties.clients[0].name.text() == "澄砚物业服务（青岚）有限公司"


def test_what_is_missing_is_said_at_the_field(make: Make, qtbot: QtBot) -> None:
    page = make()
    page.submit()
    assert page.form.parties.clients[0].form.field("client").problem == "请填写委托人。"
    assert page.form.case.field("cause").problem == "请填写案由。"
    assert QApplication.focusWidget() is page.form.parties.clients[0].name
    assert not host_of(page).went


def test_a_wrong_identity_number_is_told_while_typing(make: Make, qtbot: QtBot) -> None:
    block = make().form.parties.clients[0]
    commit(block.identifier, "330105199006060051")
    block.identifier.flush()
    field = block.form.field("identifier")
    assert "校验码" in field.problem
    block.identifier.setText("330105199006060050")
    block.identifier.flush()
    assert field.problem == ""
    assert "1990年6月6日" in block.identifier.accessibleDescription(), "birthday and sex are read out of it"
    assert block.kind.chosen() == PartyKind.PERSON.value


def test_a_conflict_must_be_decided_first(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    panel = panel_of(page)
    panel.answer = "needs_decision"
    type_case(qtbot, page)
    page.submit()
    assert page.foot.button.text().endswith("提交判断并收案")
    assert not page.foot.button.isEnabled() or not host_of(page).went
    assert "作出判断" in page.foot.why.words()
    panel.decided = True
    panel.say("needs_decision")
    page.submit()
    qtbot.waitUntil(lambda: bool(host_of(page).went))


def test_a_forbidden_case_cannot_be_opened(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    panel_of(page).answer = "blocked"
    type_case(qtbot, page)
    assert not page.foot.button.isEnabled()
    assert page.foot.button.text().endswith("不能收案")
    page.submit()
    assert file_office.office.cases.queries.count_cases(file_office.lawyer) == 0


def test_the_button_waits_for_a_check_under_way(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    page = make()
    panel_of(page).answer = "unchecked"
    type_case(qtbot, page)
    page.submit()
    assert not host_of(page).went and "正在检索" in page.foot.what.words()
    panel_of(page).say("clear")
    qtbot.waitUntil(lambda: bool(host_of(page).went))


def test_an_enquiry_becomes_a_case(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    parties = (
        (Side.CLIENT, PartyDraft("青禾农业科技有限公司", PartyKind.ORGANIZATION)),
        (Side.ADVERSE, PartyDraft("墨禾食品有限公司", PartyKind.ORGANIZATION)),
    )
    office = file_office.office
    enquiry = office.cases.take_enquiry(
        file_office.lawyer, EnquiryDraft("买卖合同纠纷", date(2025, 11, 4), parties)
    )
    page = make()
    page.go_to(enquiry_id=enquiry)
    qtbot.waitUntil(lambda: page.form.enquiry_id == enquiry)
    page.submit()
    qtbot.waitUntil(lambda: bool(host_of(page).went))
    assert office.cases.queries.list_enquiries(file_office.lawyer) == []
    converted = office.cases.queries.list_enquiries(file_office.lawyer, status=None)[0]
    assert converted.case_id == host_of(page).went[-1][1]["case_id"]


def test_a_party_on_file_is_offered_and_taken(make: Make, file_office: Firm, qtbot: QtBot) -> None:
    known = file_office.office.cases.add_party(
        file_office.lawyer,
        PartyDraft("林疏桐", PartyKind.PERSON, identifiers=(("id-card", "330105199006060050"),)),
    )
    row = make().form.parties.others[0]
    row.name.setFocus()
    qtbot.keyClicks(row.name, "lst")
    popup = row.name.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    ground = popup.grab().toImage().pixelColor(popup.width() - 8, popup.height() // 2)
    assert ground == theme.color("raised"), "the list of offers is legible"
    assert popup.verticalScrollBar().maximum() == 0, "a short list is whole"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.identifier.text() != "")
    assert (row.name.party_id, row.name.text()) == (known, "林疏桐")
    assert row.identifier.text() == "330105199006060050"


def test_what_cannot_be_seen_does_not_stay_in_a_name(make: Make, qtbot: QtBot) -> None:
    row = make().form.parties.others[0]
    QApplication.clipboard().setText("\u202e林\u200b疏\r\n桐")
    row.name.setFocus()
    row.name.paste()
    assert row.name.text() == "林疏  桐"


@pytest.mark.parametrize("typed", ["林书同", "临疏桐", "林疏铜先生"])
def test_who_is_on_file_is_offered_under_another_spelling(
    make: Make, file_office: Firm, qtbot: QtBot, typed: str
) -> None:
    known = file_office.office.cases.add_party(file_office.lawyer, PartyDraft("林疏桐", PartyKind.PERSON))
    row = make().form.parties.others[0]
    row.name.setFocus()
    row.name.insert(typed)
    row.name.textEdited.emit(typed)
    popup = row.name.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert row.name.completer().completionModel().index(0, 0).data().startswith("林疏桐  (")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.name.party_id == known)
    assert row.name.text() == "林疏桐"


def test_the_page_speaks_both_languages(make: Make, qtbot: QtBot) -> None:
    page = make()
    type_case(qtbot, page)
    i18n.set_language("en")
    qtbot.waitUntil(lambda: page.foot.button.text().endswith("Open the case"))
    assert page.form.case.field("cause").label.words() == "Cause of action *"
    assert page.form.parties.clients[0].standing.text() == "Claimant"
    assert page.form.state()["case"]["received_on"] == "2025-11-05", "the day is the same in every language"
