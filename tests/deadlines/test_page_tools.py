"""The sheets beside the docket, driven as a person would."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from lawdesk.deadlines import ChosenDeadline, DocketFilter, EventDraft, ManualDeadline

D = date


def tool(window: Any, name: str) -> Any:
    window.go("deadlines", tool=name)
    window.settle()
    return window.sheet


def click(window: Any, inside: Any, words: str) -> None:
    button = next(
        one for one in inside.findChildren(QPushButton) if one.text().strip() == words and one.isVisible()
    )
    button.click()
    window.settle()


def test_a_court_fee_is_shown_with_its_steps_and_saved(window: Any, tmp_path: Path) -> None:
    sheet = tool(window, "fees")
    sheet.amount.set_fen(30_000_000)
    sheet.calculate()
    assert sheet.result.text() == "5,800.00 元"
    sheet.halves["summary"].setChecked(True)
    assert sheet.result.text() == "2,900.00 元"
    window.settle()
    assert any("第16条" in words for words in window.words(sheet))
    path = tmp_path / "fee.pdf"
    object.__setattr__(sheet._desk, "ask_save", lambda _parent, _name: path)
    sheet.save()
    window.settle()
    assert path.read_bytes()[:4] == b"%PDF"
    sheet.kind.choose("preservation")
    sheet.calculate()
    assert (sheet.found, sheet.button.isEnabled()) == (None, False)  # a preservation fee is never halved


def test_interest_for_delay(window: Any) -> None:
    sheet = tool(window, "interest")
    sheet.principal.set_fen(100_000_000)
    sheet.since.set_day(D(2025, 1, 10))
    sheet.until.set_day(D(2025, 4, 10))
    sheet.calculate()
    assert sheet.result.text() == "15,750.00 元"
    sheet.paid.set_fen(100)
    sheet.calculate()
    assert sheet.found is None


def test_reminders_are_shown_confirmed_and_gone(window: Any) -> None:
    docket = window.docket
    docket.judgment()
    docket.firm.clock.advance(timedelta(days=10))
    sheet = tool(window, "reminders")
    assert len(sheet.rows) == 2
    assert any("（2026）" in words or "民字" in words for words in window.words(sheet))
    click(window, sheet, "全部已阅")
    assert sheet.rows == []
    assert docket.service.queries.count_reminders(docket.lawyer) == 0


def test_an_absence_is_entered_and_taken_back(window: Any) -> None:
    docket = window.docket
    sheet = tool(window, "away")
    sheet.deputy.choose(docket.firm.director.person_id)
    sheet.first.set_day(D(2025, 11, 6))
    sheet.last.set_day(D(2025, 11, 9))
    sheet.submit()
    window.settle()
    (row,) = docket.service.queries.deputies(docket.lawyer)
    assert (row.person, row.deputy, row.last) == ("顾知行", "秦望舒", D(2025, 11, 9))
    assert any("秦望舒" in words for words in window.words(sheet))


def test_the_register_is_saved(window: Any, tmp_path: Path) -> None:
    window.docket.judgment()
    sheet = tool(window, "register")
    path = tmp_path / "register.docx"
    object.__setattr__(sheet._desk, "ask_save", lambda _parent, _name: path)
    sheet.submit()
    window.settle()
    assert path.read_bytes()[:2] == b"PK"


@pytest.fixture
def ruling(window: Any) -> Any:
    """The window with the director acting: who may change the law."""
    docket = window.docket
    window.go("deadlines")
    window.page._desk.__dict__["actor"] = lambda: docket.firm.director
    return window


def test_a_calendar_is_checked_first_then_taken_in(ruling: Any, tmp_path: Path) -> None:
    from tests.deadlines.test_service_law import NEXT

    path = tmp_path / "2026.toml"
    path.write_text(NEXT, encoding="utf-8")
    sheet = tool(ruling, "calendar")
    object.__setattr__(sheet._desk, "ask_open", lambda _parent, _kinds: path)
    assert not sheet.button.isEnabled()
    sheet.ask()
    ruling.settle()
    assert sheet.file is not None
    assert sheet.button.isEnabled()
    sheet.submit()
    ruling.settle()
    assert ruling.docket.service.laws.imported_years(ruling.docket.firm.director) == {2026: "2026.toml"}
    path.write_text("[[year]]\nyear = 2026\n", encoding="utf-8")
    sheet.ask()
    ruling.settle()
    assert sheet.file is None
    assert sheet.trouble.isVisible()


def test_a_rule_is_shown_corrected_and_taken_back(ruling: Any) -> None:
    docket = ruling.docket
    _event, number = docket.judgment()
    sheet = tool(ruling, "rules")
    sheet.rule.choose("civil-appeal-judgment")
    sheet.show_rule()
    ruling.settle()
    assert any("第171条" in words for words in ruling.words(sheet))
    assert sheet.length.text() == "15"
    sheet.length.setText("10")
    sheet.submit()
    ruling.settle()
    assert docket.service.queries.deadline(docket.lawyer, number).due == D(2025, 11, 20)  # no note, nothing kept
    sheet.note.setText("主任核对")
    sheet.submit()
    ruling.settle()
    assert docket.service.queries.deadline(docket.lawyer, number).due == D(2025, 11, 17)
    sheet.take_back()
    ruling.settle()
    assert docket.service.queries.deadline(docket.lawyer, number).due == D(2025, 11, 20)


def test_a_deadline_is_extended_and_a_limitation_period_turned(window: Any) -> None:
    docket = window.docket
    service, lawyer = docket.service, docket.lawyer
    _event, number = docket.judgment()
    window.go("deadlines", deadline_id=number, act="extend")
    window.settle()
    sheet = window.sheet
    sheet.day.set_day(D(2025, 12, 1))
    sheet.submit()
    window.settle()
    assert service.queries.deadline(lawyer, number).extended_to is None  # reason and paper are missing
    sheet.paper.words.setText("准予延期通知书")
    sheet.reason.setPlainText("当事人住院")
    sheet.submit()
    window.settle()
    assert service.queries.deadline(lawyer, number).due == D(2025, 12, 1)
    assert any("准予延期通知书" in words for words in window.words(window.page.view))
    draft = EventDraft(docket.case_id, D(2023, 2, 10), "借款到期未还", "rights-infringement-known")
    service.record_event(lawyer, draft, (ChosenDeadline("limitation-3y"),))
    window.go("deadlines", deadline_id=docket.newest(), act="turn")
    window.settle()
    sheet = window.sheet
    sheet.first.set_day(D(2025, 3, 6))
    sheet.ground.setText("书面催款")
    sheet.submit()
    window.settle()
    assert service.queries.deadline(lawyer, docket.newest()).due == D(2028, 3, 6)


def test_what_waits_for_a_second_person_is_agreed_to(ruling: Any) -> None:
    docket = ruling.docket
    sheet = tool(ruling, "requests")
    sheet.two.click()
    ruling.settle()
    assert docket.service.two_persons(docket.lawyer)
    _event, number = docket.judgment()
    docket.service.move(docket.lawyer, number, D(2025, 11, 25), "法院更正")
    sheet = tool(ruling, "requests")
    click(ruling, sheet, "同意")
    assert docket.service.queries.deadline(docket.lawyer, number).due == D(2025, 11, 25)


def test_a_freeze_brings_its_renewal_along(window: Any) -> None:
    docket = window.docket
    window.go("deadlines", line="11月3日 冻结银行存款", case_id=docket.case_id)
    window.settle()
    sheet = window.sheet
    assert len(sheet.follows._follows) == 1
    sheet.submit()
    window.settle()
    rows = {row.rule: row.due for row in docket.service.queries.docket(docket.lawyer, DocketFilter())}
    assert rows["pres-renew-apply"] == D(2026, 10, 26)  # seven days before the safe day 2 November 2026


def test_a_hearing_that_clashes_is_entered_only_on_the_second_press(window: Any) -> None:
    docket = window.docket
    docket.service.add_deadline(
        docket.lawyer, ManualDeadline(docket.case_id, "开庭", D(2025, 11, 18), "hearing", "09:30")
    )
    window.go("deadlines", new="hearing", case_id=docket.case_id)
    window.settle()
    sheet = window.sheet
    sheet.day.set_day(D(2025, 11, 18))
    sheet.time.setText("10:30")
    sheet.submit()
    window.settle()
    assert "同时" in sheet.clash.text()
    assert len(docket.service.queries.docket(docket.lawyer)) == 1
    sheet.submit()
    window.settle()
    assert len(docket.service.queries.docket(docket.lawyer)) == 2


def test_the_watch_collects_at_the_start_on_another_day_and_after_sleep(window: Any) -> None:
    from lawdesk.deadlines.page import ReminderWatch

    docket, counts = window.docket, []
    docket.judgment()
    watch = ReminderWatch(
        docket.service,
        actor=lambda: docket.lawyer,
        tasks=window.tasks,
        clock=docket.firm.clock,
        parent=window.shell,
    )
    watch.count_changed.connect(counts.append)
    watch.start()
    window.settle()
    assert counts == [0]
    watch.beat()
    window.settle()
    assert counts == [0]
    docket.firm.clock.advance(timedelta(days=10))  # the PC slept
    watch.beat()
    window.settle()
    assert counts == [0, 2]
    docket.service.reminders.acknowledge(
        docket.lawyer, [row.id for row in docket.service.reminders.show(docket.lawyer)]
    )
    window.settle()
    assert counts == [0, 2, 0]


def test_a_court_s_calendar_is_shown_first_and_then_entered(window: Any, tmp_path: Path) -> None:
    from tests.deadlines.test_papers import ICS

    path = tmp_path / "court.ics"
    path.write_text(ICS, encoding="utf-8")
    sheet = tool(window, "court")
    object.__setattr__(sheet._desk, "ask_open", lambda _parent, _kinds: path)
    sheet.ask()
    window.settle()
    assert [entry.case_id for entry in sheet.entries] == [window.docket.case_id, None]
    sheet.submit()
    window.settle()
    assert [row.kind for row in window.docket.service.queries.docket(window.docket.lawyer)] == ["hearing"]


def test_the_control_sheet_of_a_case_is_saved_from_its_deadline(window: Any, tmp_path: Path) -> None:
    _event, number = window.docket.judgment()
    window.go("deadlines", deadline_id=number)
    path = tmp_path / "sheet.pdf"
    object.__setattr__(window.page._desk, "ask_save", lambda _parent, _name: path)
    command = next(one for one in window.page.commands() if one.key == "deadline.sheet")
    command.run()
    window.settle()
    assert path.read_bytes()[:4] == b"%PDF"


def test_the_reminders_name_the_changes_that_wait_and_lead_to_them(window: Any) -> None:
    docket = window.docket
    docket.service.set_two_persons(docket.firm.director, wanted=True)
    event, _number = docket.judgment()
    docket.service.withdraw_event(docket.firm.director, event, "送错")
    sheet = tool(window, "reminders")
    assert sheet.waiting.text().strip() == "有 1 项变更等待另一人同意"
    sheet.waiting.click()
    window.settle()
    assert "撤销事件 2025年11月20日 周四" in window.words(window.sheet)
