"""The deadlines page in its window: the list, why this date, done and undone, moved, let go, the month."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from lawdesk.deadlines import DocketFilter, ManualDeadline
from lawdesk.deadlines.page.action_sheets import AssignSheet, ChangeDaySheet, PrintedSheet, ReasonSheet
from lawdesk.kernel.i18n import set_language
from lawdesk.ui import theme

SERVED, LAST_DAY = date(2025, 11, 5), date(2025, 11, 20)


def fill(docket: Any) -> None:
    for title, day in (
        ("补交原件", date(2025, 11, 3)),
        ("预交受理费", SERVED),
        ("提交意见", date(2025, 11, 7)),
        ("补充证据", date(2025, 11, 10)),
        ("续行保全", date(2026, 6, 1)),
    ):
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, title, day))


def status(window: Any, deadline: int) -> str:
    return str(window.docket.service.queries.deadline(window.docket.lawyer, deadline).status)


def test_the_list_is_grouped_by_what_is_near(window: Any) -> None:
    fill(window.docket)
    window.docket.judgment()
    window.go("deadlines")
    assert window.titles(window.page.list) == [
        "补交原件", "预交受理费", "提交意见", "补充证据", "对一审判决上诉", "续行保全",
    ]  # fmt: skip
    assert window.headings(window.page.list) == [
        ("已过期", 1), ("今天", 1), ("本周", 1), ("11月", 2), ("以后", 1),
    ]  # fmt: skip
    assert window.page.list.model().row(0).status.text == "过期 2 天"
    assert "还有 15 天" in window.page.list.model().row(4).sentence()


def test_mine_and_the_whole_office(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.docket.service.assign(window.docket.lawyer, deadline, window.docket.firm.director.person_id)
    window.go("deadlines")
    assert window.titles(window.page.list) == []
    window.page.whose.choices["all"].click()
    window.settle()
    assert window.titles(window.page.list) == ["对一审判决上诉"]


def test_why_this_date(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline)
    view = window.page.view
    assert view.day.text() == "11月20日 星期四"
    assert view.about.accessibleName() == "对一审判决上诉，还有 15 天，其中工作日 11 天"
    assert [line.label for line in view.steps.lines] == ["触发", "规则", "起算", "照算", "末日"]
    assert view.steps.lines[1].basis == "民事诉讼法 第171条"
    assert "11月5日" in view.strip.accessibleName() and "11月20日" in view.strip.accessibleName()
    words = window.words(view)
    assert "《民事诉讼法》第171条" in words
    assert "已与法条文本核对" in words
    assert "没有写明" in words


def test_a_rolled_date_warns_of_the_day_before(window: Any) -> None:
    window.docket.firm.clock.set(window.docket.firm.clock.now().replace(month=9, day=20))
    _event, deadline = window.docket.judgment(date(2025, 9, 18))
    window.go("deadlines", deadline_id=deadline)
    assert window.page.view.day.text() == "10月9日 星期四"
    assert any("10月3日" in text and "不要等到最后一天" in text for text in window.words(window.page.view))
    assert window.page.view.steps.lines[-1].label == "顺延"


def test_a_provisional_date_says_so_in_words(window: Any) -> None:
    known = window.docket.service.calendar
    year = max(number for number in range(2018, 2060) if known.known(number)) + 1
    _event, deadline = window.docket.judgment(date(year, 9, 20))
    window.go("deadlines", deadline_id=deadline)
    assert any(text.startswith(f"暂定：{year}年放假安排尚未公布") for text in window.words(window.page.view))
    assert "暂定" in window.page.list.model().row(0).sentence()


def test_two_dates_are_shown_with_their_difference(window: Any) -> None:
    _event, deadline = window.docket.judgment(printed=date(2025, 11, 19))
    window.go("deadlines", deadline_id=deadline)
    words = window.words(window.page.view)
    assert window.page.view.day.text() == "11月19日 星期三"
    assert any("文书写 11月19日，推算为 11月20日" in text for text in words)
    assert any("早 1 天" in text for text in words)


def test_space_marks_as_done_and_the_toast_takes_it_back(window: Any) -> None:
    fill(window.docket)
    window.go("deadlines")
    window.page.list.setFocus()
    window.page.list.setCurrentIndex(window.page.list.model().index(1))
    window.settle()
    second = window.page.list.current_item().row
    window.press(window.page.list, Qt.Key.Key_Space)
    assert status(window, second.id) == "done"
    assert window.toast() == "已完成：预交受理费"
    assert window.titles(window.page.list)[1] == "提交意见"
    assert window.page.list.current_item().row.title == "提交意见"  # the cursor stays where it was
    window.undo()
    assert status(window, second.id) == "open"


def test_what_is_over_is_listed_and_opened_again(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.docket.service.complete(window.docket.lawyer, deadline)
    window.go("deadlines")
    assert window.titles(window.page.list) == []
    window.page.state.choices["closed"].click()
    window.settle()
    assert window.page.list.model().row(0).status.text == "已完成"
    window.page.list.choose_first()
    window.press(window.page.list, Qt.Key.Key_Space)
    assert status(window, deadline) == "open"


def test_letting_go_needs_a_reason(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline, act="waive")
    sheet = window.sheet
    assert isinstance(sheet, ReasonSheet)
    sheet.submit()
    window.settle()
    assert sheet.form.field("reason").problem == "请写明为何不办。"
    assert status(window, deadline) == "open"
    sheet.reason.setPlainText("委托人书面表示不上诉")
    window.press(sheet.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert status(window, deadline) == "waived"
    window.undo()
    assert status(window, deadline) == "open"


def test_the_date_on_the_paper_is_set_with_its_source(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline, act="printed")
    sheet = window.sheet
    assert isinstance(sheet, PrintedSheet)
    sheet.day.setText("2025-11-18")
    sheet.day.editingFinished.emit()
    assert sheet.gap.text() == "比推算早 2 天。以文书为准，请查明原因。"
    sheet.reason.setPlainText("判决书告知的上诉期限")
    sheet.submit()
    window.settle()
    assert window.page.view.day.text() == "11月18日 星期二"
    window.go("deadlines", deadline_id=deadline, act="printed")
    window.sheet.reason.setPlainText("录错了")
    window.sheet.take_off()
    window.settle()
    assert window.page.view.day.text() == "11月20日 星期四"


def test_another_answers_for_it(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline, act="assign")
    sheet = window.sheet
    assert isinstance(sheet, AssignSheet)
    sheet.person.choose(window.docket.firm.director.person_id)
    sheet.submit()
    window.settle()
    row = window.docket.service.queries.deadline(window.docket.lawyer, deadline)
    assert row.person == "秦望舒"
    window.undo()
    assert window.docket.service.queries.deadline(window.docket.lawyer, deadline).person == "顾知行"


def test_correcting_the_day_shows_old_and_new_before_it_is_done(window: Any) -> None:
    event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline)
    window.page._actions.change_day_of(event)
    window.settle()
    sheet = window.sheet
    assert isinstance(sheet, ChangeDaySheet)
    sheet.day.setText("2025-11-07")
    sheet.day.editingFinished.emit()
    window.settle()
    assert "2025年11月20日 周四 → 2025年11月24日 周一" in window.words(sheet)
    assert window.docket.service.queries.deadline(window.docket.lawyer, deadline).due == LAST_DAY
    sheet.submit()
    window.settle()
    assert sheet.form.field("reason").problem == "请写明更正日期的原因。"
    sheet.reason.setPlainText("送达回证写的是7日")
    sheet.submit()
    window.settle()
    assert window.docket.service.queries.deadline(window.docket.lawyer, deadline).due == date(2025, 11, 24)
    assert window.toast() == "1 个日期已变动"
    noted = window.docket.service.queries.event(window.docket.lawyer, event).note
    assert noted == "日期由 2025年11月5日 更正为 2025年11月7日：送达回证写的是7日"
    window.undo()
    assert window.docket.service.queries.deadline(window.docket.lawyer, deadline).due == LAST_DAY


def test_an_event_is_withdrawn_with_its_reason_and_brought_back(window: Any) -> None:
    event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline)
    window.page._actions.withdraw_event_of(event)
    window.settle()
    window.sheet.reason.setPlainText("判决书送错人")
    window.sheet.submit()
    window.settle()
    assert status(window, deadline) == "withdrawn"
    assert "撤回：判决书送错人" in window.words(window.page.view)
    window.undo()
    assert status(window, deadline) == "open"


def test_the_month_counts_and_goes_by_keyboard(window: Any) -> None:
    fill(window.docket)
    window.docket.judgment()
    window.go("deadlines", day=SERVED)
    pane = window.page.month
    month = pane.month
    assert month.hasFocus()
    assert "1 个期限" in month.accessibleDescription() and "预交受理费" in month.accessibleDescription()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        window.press(month, key)
    assert month.day == LAST_DAY
    assert "对一审判决上诉" in month.accessibleDescription()
    window.press(month, Qt.Key.Key_Return)
    assert window.titles(window.sheet.list) == ["对一审判决上诉"]
    window.press(window.sheet.list, Qt.Key.Key_Return)
    assert window.page.view.day.text() == "11月20日 星期四"


def test_the_month_knows_rest_days_and_make_up_days(window: Any) -> None:
    window.go("deadlines", day=date(2025, 10, 1))
    month = window.page.month.month
    assert "国庆" in month.accessibleDescription()
    window.press(month, Qt.Key.Key_Right)
    assert "休" in month.accessibleDescription()
    month.go_to_day(date(2025, 10, 11))
    assert "班" in month.accessibleDescription()
    window.press(month, Qt.Key.Key_PageDown)
    assert month.month == date(2025, 11, 1)
    window.press(month, Qt.Key.Key_Home)
    assert month.day == SERVED


def test_the_language_changes_while_everything_is_open(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline)
    set_language("en")
    window.settle()
    assert window.page.view.day.text() == "20 Nov Thursday"
    assert window.titles(window.page.list) == ["Appeal against first-instance judgment"]
    assert window.headings(window.page.list) == [("November", 1)]
    assert window.page.view.steps.lines[-1].label == "Last day"
    set_language("zh")
    window.settle()
    assert window.page.view.steps.lines[-1].label == "末日"


def test_large_text_draws_whole_weeks_and_list_and_detail_take_turns(window: Any, qapp: Any) -> None:
    _event, deadline = window.docket.judgment(date(2025, 9, 18))
    theme.apply(qapp, scale=1.5, motion=False)
    window.shell.resize(1000, 768)
    window.go("deadlines", deadline_id=deadline)
    assert window.page.panes.narrow
    assert window.page.view.isVisible() and not window.page.list.isVisible()
    assert window.page.view.strip.by_weeks
    assert window.page.view.strip.height() > theme.current().body_line * 8
    window.page.panes.show_list()
    window.settle()
    window.press(window.page.list, Qt.Key.Key_Return)
    assert window.page.view.focusProxy().hasFocus()  # to read; a second Enter must not mark it as done
    window.press(window.page.view.focusProxy(), Qt.Key.Key_Return)
    assert status(window, deadline) == "open"


def test_somebody_elses_change_is_seen_at_once(window: Any) -> None:
    _event, deadline = window.docket.judgment()
    window.go("deadlines", deadline_id=deadline)
    window.docket.service.complete(window.docket.firm.director, deadline)
    window.settle()
    assert window.titles(window.page.list) == []
    assert "11月5日 秦望舒" in window.words(window.page.view)


def test_the_case_gets_its_marks_its_block_and_its_tab(window: Any) -> None:
    fill(window.docket)
    event, _deadline = window.docket.judgment()
    case_id, parts = window.docket.case_id, window.parts
    window.go("cases")
    assert parts.count(window.docket.lawyer, case_id) == 6
    marks = parts.marks(window.docket.lawyer, [case_id, 999])
    assert marks[case_id][:2] == (date(2025, 11, 3), "过期 2 天") and marks[case_id].urgent
    assert marks[999] == (None, "无期限", "neutral", "", False)
    block = parts.overview(case_id)
    tab = parts.tab(case_id, window.shell)
    window.bot.addWidget(block)
    window.settle()
    assert [row.title for row in (block.model.item(number) for number in range(3))] == [
        "补交原件", "预交受理费", "提交意见",
    ]  # fmt: skip
    assert len(window.titles(tab.list)) == 6
    window.docket.service.withdraw_event(window.docket.lawyer, event, "送错")
    tab.refresh(None)
    window.settle()
    assert window.titles(tab.list)[-1] == "对一审判决上诉"
    rows = window.docket.service.queries.docket(window.docket.lawyer, DocketFilter(case_id=case_id))
    block.table.linked.emit(rows[1], "why")
    window.settle()
    assert window.page.view.deadline_id == rows[1].id
