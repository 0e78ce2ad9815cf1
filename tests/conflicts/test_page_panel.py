"""The live panel: answers while names are typed, is decided by the keyboard, and holds the clearance in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt

from lawdesk.cases import ClearanceResult, PartyDraft, PartyKind
from lawdesk.cases.page import NewCasePage
from lawdesk.conflicts import Asked, Decision, Role
from lawdesk.conflicts.page import LivePanel
from lawdesk.conflicts.page.blocks import HitBlock, NameNotSearched
from lawdesk.kernel import i18n
from lawdesk.ui import Button, Chip
from tests.conflicts.conftest import CLIENT, OTHER, Window, words_in


class Name(NamedTuple):
    name: str
    kind: PartyKind
    side: str
    identifier: str = ""


NEW = Name("青帆广告有限公司", PartyKind.ORGANIZATION, "client")
AGAINST = Name(CLIENT, PartyKind.ORGANIZATION, "adverse")
FORBIDDEN = [Name(OTHER, PartyKind.ORGANIZATION, "client"), AGAINST]


def heard(panel: LivePanel) -> list[tuple[str, bool]]:
    """What the panel says from now on: (outcome, whether the clearance was at hand then)."""
    said: list[tuple[str, bool]] = []
    panel.outcome_changed.connect(lambda outcome: said.append((outcome, panel.clearance() is not None)))
    return said


def chips(panel: LivePanel) -> list[str]:
    return [chip.accessibleName() for chip in panel.findChildren(Chip) if chip.isVisibleTo(panel)]


def is_checked(panel: LivePanel) -> Callable[[], bool]:
    return lambda: panel.live.result is not None and not panel.live.running and not panel.live.keeping


def decided(panel: LivePanel) -> Callable[[], bool]:
    return lambda: panel.clearance() is not None


def test_without_names_there_is_nothing_to_say(window: Window) -> None:
    panel = window.panel()
    assert (panel.state_words(), panel.clearance(), panel.outcome()) == ("", None, "unchecked")


def test_clear_is_said_only_when_the_clearance_is_at_hand(window: Window) -> None:
    panel = window.panel()
    said = heard(panel)
    panel.set_names([NEW])
    assert panel.state_words().startswith("正在检索")
    window.settle(decided(panel))
    assert said[-1] == ("clear", True)
    assert ("clear", False) not in said
    clearance = panel.clearance()
    assert clearance is not None
    assert (clearance.result, clearance.names) == (ClearanceResult.CLEAR, (NEW.name,))
    assert chips(panel) == ["无冲突"]
    assert "1 件案件" in words_in(panel)
    window.settle(lambda: "尚未申报近亲属" in words_in(panel))


def test_half_typed_names_leave_no_record(window: Window) -> None:
    panel = window.panel()
    before = len(window.firm.office.conflicts.queries.recent(window.firm.lawyer))
    for typed in ("青", "青帆", "青帆广告"):
        panel.set_names([Name(typed, PartyKind.UNKNOWN, "client")])
        window.settle(is_checked(panel))
    panel.set_names([NEW])
    window.settle(decided(panel))
    assert len(window.firm.office.conflicts.queries.recent(window.firm.lawyer)) == before + 1


def test_a_hit_is_decided_in_two_keys(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, AGAINST])
    window.settle(is_checked(panel))
    assert panel.outcome() == "needs_decision"
    assert panel.clearance() is None
    assert chips(panel) == ["无冲突", "须豁免"]
    shown = words_in(panel)
    assert "对方是本所在办案件的委托人" in shown
    assert "主办 顾知行" in shown
    assert "律师执业行为规范第52条第（四）项" in shown
    said = heard(panel)
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("3")
    window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    assert said[-1] == ("needs_decision", True)
    clearance = panel.clearance()
    assert clearance is not None
    assert clearance.result is ClearanceResult.WAIVED
    assert clearance.reasons[0]["why"] == "各方委托人均已书面同意"
    assert chips(panel) == ["无冲突", "已判断"]


def test_a_reason_of_ones_own_replaces_the_suggested_one_and_none_is_not_enough(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, AGAINST])
    window.settle(is_checked(panel))
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("2")
    window.press(Qt.Key.Key_Backspace)
    window.press(Qt.Key.Key_Return)
    assert panel.live.open_keys() != []
    window.press("另案，标的不同")
    window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    clearance = panel.clearance()
    assert clearance is not None
    assert clearance.reasons[0]["why"] == "另案，标的不同"


def test_other_names_make_the_clearance_void_at_once(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW])
    window.settle(decided(panel))
    panel.set_names([NEW, AGAINST])
    assert (panel.clearance(), panel.outcome()) == (None, "unchecked")
    window.settle(is_checked(panel))
    assert panel.clearance() is None


def test_a_decision_stays_while_more_names_come(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, AGAINST])
    window.settle(is_checked(panel))
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("3")
    window.press(Qt.Key.Key_Return)
    panel.set_names([NEW, AGAINST, Name("许知秋", PartyKind.PERSON, "third")])
    window.settle(decided(panel))
    panel.set_names([NEW, Name(CLIENT, PartyKind.ORGANIZATION, "client")])
    window.settle(is_checked(panel))
    assert panel.live.decided() == {}


def test_what_is_half_typed_survives_another_name(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, AGAINST])
    window.settle(is_checked(panel))
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("2")
    window.press("标的不")
    panel.set_names([NEW, AGAINST, Name("许知秋", PartyKind.PERSON, "third")])
    window.settle(is_checked(panel))
    window.press("同")
    window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    clearance = panel.clearance()
    assert clearance is not None
    assert clearance.reasons[0]["why"] == "标的不同"


def test_the_forbidden_is_blocked_and_says_who_may_decide(window: Window) -> None:
    panel = window.panel()
    panel.set_names(FORBIDDEN)
    window.settle(is_checked(panel))
    assert panel.outcome() == "blocked"
    assert panel.state_words().startswith("禁止收案：拟委托人是本所在办案件的对方当事人")
    assert "主任" in panel.state_words()
    assert chips(panel) == ["禁止", "禁止"]
    assert all(block.entry is None for block in panel.findChildren(HitBlock))
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("1")
    assert panel.live.decided() == {}


def test_the_director_can_only_say_that_it_is_another_party(window: Window) -> None:
    panel = window.panel(window.firm.director)
    panel.set_names(FORBIDDEN)
    window.settle(is_checked(panel))
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("2")
    assert panel.live.decided() == {}
    for _hit in range(2):
        window.press("1")
        window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    clearance = panel.clearance()
    assert clearance is not None
    assert [reason["decision"] for reason in clearance.reasons] == ["other_person", "other_person"]


def test_the_lawyer_takes_over_what_the_director_decided_meanwhile(window: Window) -> None:
    panel = window.panel()
    panel.set_names(FORBIDDEN)
    window.settle(is_checked(panel))
    conflicts = window.firm.office.conflicts
    asked = [Asked(OTHER, Role.CLIENT, "organization"), Asked(CLIENT, Role.ADVERSE, "organization")]
    result = conflicts.check(window.firm.director, asked)
    decisions = [Decision(hit.asked.name, hit.party, "other_person", "信用代码不同") for hit in result.hits]
    conflicts.clear(window.firm.director, result, decisions)
    window.settle(lambda: "秦望舒 2025年11月5日判断：不是同一主体（信用代码不同）" in words_in(panel))
    for _hit in range(2):
        take = [button for button in panel.findChildren(Button) if button.text() == "照此判断"]
        take[0].click()
        window.settle()
    window.settle(decided(panel))
    assert panel.outcome() == "needs_decision"


def test_a_name_that_cannot_be_searched_is_never_clear(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, Name("贸易公司", PartyKind.ORGANIZATION, "adverse")])
    window.settle(is_checked(panel))
    assert panel.outcome() == "needs_decision"
    assert chips(panel) == ["无冲突", "未能检索"]
    assert "该名称未能检索" in words_in(panel)
    [part] = panel.findChildren(NameNotSearched)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    window.press("1")
    window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    assert panel.state_words() == "命中均已判断"


def test_what_others_enter_meanwhile_is_found(window: Window) -> None:
    panel = window.panel()
    panel.set_names([Name("陆知微", PartyKind.PERSON, "client")])
    window.settle(decided(panel))
    assert chips(panel) == ["无冲突"]
    window.firm.office.cases.add_party(window.firm.lawyer, PartyDraft("陆知微", PartyKind.PERSON))
    window.settle(lambda: chips(panel) == ["提示"])


def test_a_missing_number_is_asked_for(window: Window) -> None:
    panel = window.panel()
    panel.set_names([Name("张若岚", PartyKind.PERSON, "client")])
    window.settle(is_checked(panel))
    shown = words_in(panel)
    assert "第3字同音" in shown
    assert "补填身份证号，即可确认是否同一人。" in shown


def test_it_speaks_both_languages(window: Window) -> None:
    panel = window.panel()
    panel.set_names([NEW, AGAINST])
    window.settle(is_checked(panel))
    i18n.set_language("en")
    assert chips(panel) == ["No conflict", "Waiver needed"]
    assert "The other side is our client in an open case" in words_in(panel)


def test_a_case_opens_on_the_new_case_page_after_the_decision(window: Window) -> None:
    office, panel = window.firm.office, window.panel()
    page = NewCasePage(
        office.cases,
        office.firm,
        actor=lambda: window.firm.lawyer,
        tasks=window.tasks,
        panel=panel,
        clock=window.firm.clock,
    )
    page.host = window
    window.qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    page.activateWindow()
    window.settle()
    state = page.state()
    state["clients"] = [{"name": NEW.name, "kind": "organization"}]
    state["others"] = [{"name": CLIENT}]
    state["case"] = {**state["case"], "kind": "civil", "cause": "广告合同纠纷"}
    state["team"] = {**state["team"], "lead": window.firm.lawyer.person_id}
    page.go_to(state=state)
    window.settle(is_checked(panel))
    page.submit()
    assert window.went == []
    window.press("3")
    window.press(Qt.Key.Key_Return)
    window.settle(decided(panel))
    page.submit()
    window.settle(lambda: bool(window.went))
    key, target = window.went[0]
    detail = office.cases.queries.case(window.firm.lawyer, target["case_id"])
    assert (key, detail.clearances[0].result) == ("cases", "waived")
