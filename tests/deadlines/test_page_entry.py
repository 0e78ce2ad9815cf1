"""Entering what happened, in one line and by keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from lawdesk.deadlines import DocketFilter

SERVED, LAST_DAY = date(2025, 11, 5), date(2025, 11, 20)


def begin(window: Any, line: str = "") -> Any:
    window.go("deadlines", line=line, case_id=window.docket.case_id)
    window.settle()
    return window.sheet


def write(window: Any, sheet: Any, line: str) -> None:
    sheet.line.setText(line)
    sheet.line.flush()
    window.settle()


def ticked(sheet: Any) -> list[str]:
    return [row.proposal.rule.id for row in sheet.proposals.rows if row.tick.isChecked()]


def rows(window: Any) -> list[Any]:
    return list(window.docket.service.queries.docket(window.docket.lawyer, DocketFilter(status=None)))


def test_judgment_served_in_one_line(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    assert sheet.line.hasFocus()
    assert sheet.readback.day.day() == SERVED
    assert sheet.readback.day.text() == "2025年11月5日 周三"
    assert sheet.readback.trigger() == "judgment-served"
    assert ticked(sheet) == ["civil-appeal-judgment"]
    assert "2025年11月20日 周四" in window.words(sheet)
    assert sheet.button.text() == "登记并生成 1 个期限"
    window.press(sheet.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(row.due, row.event_title, row.status) for row in rows(window)] == [(LAST_DAY, "收到一审判决", "open")]
    assert window.page.view.day.text() == "11月20日 星期四"
    assert window.toast() == "已登记：收到一审判决（1 个日期）"
    window.undo()
    assert [row.status for row in rows(window)] == ["withdrawn"]


def test_enter_in_the_line_goes_on_to_the_first_proposal(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    window.press(sheet.line, Qt.Key.Key_Return)
    assert sheet.proposals.rows[0].tick.hasFocus()
    window.press(sheet.proposals.rows[0].tick, Qt.Key.Key_Space)
    assert ticked(sheet) == []
    sheet.submit()
    window.settle()
    assert rows(window) == []
    events = window.docket.service.queries.events(window.docket.lawyer, window.docket.case_id)
    assert [event.title for event in events] == ["收到一审判决"]


def test_the_date_on_the_paper_wins_and_the_difference_is_shown(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    proposal = sheet.proposals.rows[0]
    proposal.printed.setText("2025-11-18")
    proposal.printed.editingFinished.emit()
    assert proposal.gap.text() == "比推算早 2 天。以文书为准，请查明原因。"
    sheet.submit()
    window.settle()
    (row,) = rows(window)
    assert (row.due, row.computed_due, row.differs) == (date(2025, 11, 18), LAST_DAY, True)


def test_a_ruling_that_is_not_named_ticks_nothing_and_asks(window: Any) -> None:
    sheet = begin(window, "11月5日 收到裁定书")
    assert ticked(sheet) == []
    assert "没有写明属于哪一种：请勾选适用的。" in window.words(sheet)
    write(window, sheet, "11月5日 收到财产保全裁定")
    assert ticked(sheet) == ["pres-reconsideration"]


def test_a_summons_asks_for_the_day_of_the_hearing(window: Any) -> None:
    sheet = begin(window, "今天 收到传票")
    sheet.submit()
    window.settle()
    assert sheet.form.field("title").problem == "哪一天开庭？"
    sheet._hearing.day.setText("2025-12-02")
    sheet._hearing.day.editingFinished.emit()
    sheet._hearing.time.setText("9:30")
    sheet._hearing.place.setText("第七法庭")
    window.settle()
    sheet.submit()
    window.settle()
    hearing = next(row for row in rows(window) if row.kind == "hearing")
    assert (hearing.due, hearing.due_time, hearing.note, hearing.title) == (
        date(2025, 12, 2), "09:30", "第七法庭", "开庭",
    )  # fmt: skip


def test_a_hearing_in_the_line_needs_no_question(window: Any) -> None:
    sheet = begin(window, "12月2日 9:30 开庭")
    assert sheet._hearing.day.day() == date(2025, 12, 2)
    assert sheet._hearing.time.text() == "09:30"
    sheet.submit()
    window.settle()
    assert [row.due_time for row in rows(window)] == ["09:30"]


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [("13月45日 收到判决", "title", "没有这一天。"), ("", "title", "发生了什么？请简要写明。")],
)
def test_what_cannot_be_is_said_at_its_field(window: Any, line: str, field: str, said: str) -> None:
    sheet = begin(window)
    write(window, sheet, line)
    if line:
        assert sheet.form.field(field).problem == said
    sheet.submit()
    window.settle()
    assert sheet.form.field(field).problem
    assert rows(window) == []


def test_an_unknown_event_is_recorded_all_the_same(window: Any) -> None:
    sheet = begin(window, "前天 老王来电")
    assert sheet.readback.trigger() == ""
    assert "没有认出这个事件：请选择，或只作记录。" in window.words(sheet)
    sheet.submit()
    window.settle()
    events = window.docket.service.queries.events(window.docket.lawyer, window.docket.case_id)
    assert [(event.happened_on, event.title) for event in events] == [(date(2025, 11, 3), "老王来电")]


def test_the_case_is_asked_for(window: Any) -> None:
    window.go("deadlines", line="11月5日 收到一审判决")
    sheet = window.sheet
    window.press(sheet.line, Qt.Key.Key_Return)
    assert sheet.choice.case.hasFocus() or sheet.choice.case.lineEdit().hasFocus()
    sheet.submit()
    window.settle()
    assert sheet.form.field("case_id").problem == "是哪个案件？"


def test_a_draft_survives_closing(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    window.shell.close_sheet()
    window.page.enter_event()
    window.settle()
    assert window.sheet is sheet
    assert sheet.line.text() == "11月5日 收到一审判决"


def test_dates_by_hand(window: Any) -> None:
    window.go("deadlines", new="hearing", case_id=window.docket.case_id)
    sheet = window.sheet
    assert sheet.title.text() == "开庭"
    sheet.submit()
    window.settle()
    assert sheet.form.field("due").problem == "哪一天？"
    sheet.day.setText("2025-12-09")
    sheet.time.setText("25:00")
    sheet.submit()
    window.settle()
    assert sheet.form.field("due_time").problem == "时间请写作 9:30。"
    sheet.time.setText("9：30")
    sheet.submit()
    window.settle()
    (row,) = rows(window)
    assert (row.kind, row.due, row.due_time, row.person) == ("hearing", date(2025, 12, 9), "09:30", "顾知行")


def test_what_was_typed_last_is_shown_before_it_is_recorded(window: Any) -> None:
    """Ctrl+Enter right after typing must not record the judgment without its appeal, nor the ruling's periods."""
    sheet = begin(window, "11月5日 收到财产保全裁定")
    sheet.line.setText("11月5日 收到一审判决")
    sheet.submit()
    assert rows(window) == []
    window.settle()
    assert ticked(sheet) == ["civil-appeal-judgment"]
    assert rows(window) == []
    assert sheet.button.hasFocus()
    sheet.submit()
    window.settle()
    assert [row.rule for row in rows(window)] == ["civil-appeal-judgment"]


def test_a_printed_date_that_is_no_day_is_not_passed_over(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    sheet.proposals.rows[0].printed.setText("11月31日")
    sheet.submit()
    window.settle()
    assert rows(window) == []
    assert any("文书日期不是日期" in text for text in window.words(sheet))


def test_an_event_is_recorded_from_the_case_without_leaving_it(window: Any) -> None:
    window.go("cases")
    window.parts.record_event(window.docket.case_id, "11月5日 收到一审判决")
    window.settle()
    sheet = window.sheet
    window.press(sheet.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.due for row in rows(window)] == [LAST_DAY]
    assert window.shell.page("deadlines") is None


def test_a_summons_with_its_hearing_in_one_line(window: Any) -> None:
    sheet = begin(window, "11月4日收到传票，12月3日14:30第五法庭开庭")
    assert sheet.readback.trigger() == "hearing-date"
    assert sheet.readback.day.day() == date(2025, 11, 4)
    assert (sheet._hearing.day.day(), sheet._hearing.time.text(), sheet._hearing.place.text()) == (
        date(2025, 12, 3), "14:30", "第五法庭",
    )  # fmt: skip
    assert "收到" in window.words(sheet.readback)
    sheet.submit()
    window.settle()
    (row,) = rows(window)
    assert (row.kind, row.due, row.due_time, row.note) == ("hearing", date(2025, 12, 3), "14:30", "第五法庭")
    (event,) = window.docket.service.queries.events(window.docket.lawyer, window.docket.case_id)
    assert (event.happened_on, event.note) == (date(2025, 12, 3), "收到日期：2025年11月4日 周二")


def test_another_line_brings_another_hearing_but_keeps_what_was_put_right(window: Any) -> None:
    sheet = begin(window, "12月2日 9:30 开庭")
    sheet._hearing.time.setText("10:00")
    write(window, sheet, "12月2日 9:30 第三法庭 开庭")
    assert (sheet._hearing.day.day(), sheet._hearing.time.text()) == (date(2025, 12, 2), "09:30")
    sheet._hearing.time.setText("10:00")
    write(window, sheet, "12月2日 9:30 第三法庭 开庭！")
    assert sheet._hearing.time.text() == "10:00"
    write(window, sheet, "12月4日 9:30 第三法庭 开庭")
    assert (sheet._hearing.day.day(), sheet._hearing.time.text()) == (date(2025, 12, 4), "09:30")


def test_papers_that_come_with_a_summons_keep_the_hearing(window: Any) -> None:
    sheet = begin(window, "11月4日收到起诉状副本、传票，12月3日9:00开庭")
    assert sheet.readback.trigger() == "complaint-copy-served"
    assert sheet.readback.day.day() == date(2025, 11, 4)
    sheet.submit()
    window.settle()
    assert [(row.due, row.due_time) for row in rows(window) if row.kind == "hearing"] == [
        (date(2025, 12, 3), "09:00")
    ]


def test_the_last_day_a_paper_names_goes_to_the_period_it_is_for(window: Any) -> None:
    sheet = begin(window, "11月5日收到一审判决，11月19日前上诉")
    assert sheet.readback.day.day() == SERVED
    assert sheet.proposals.rows[0].printed.day() == date(2025, 11, 19)
    assert any("文书写明的最后一日" in words for words in window.words(sheet))
    sheet.submit()
    window.settle()
    (row,) = rows(window)
    assert (row.due, row.computed_due) == (date(2025, 11, 19), LAST_DAY)


def test_what_the_line_holds_more_is_said(window: Any) -> None:
    sheet = begin(window, "10月22日刑拘，10月29日批捕")
    assert any("未采用：10月29日" in words for words in window.words(sheet))


def test_another_line_is_read_anew_unless_a_person_chose_the_event(window: Any) -> None:
    sheet = begin(window, "11月4日收到传票，12月3日9:00开庭")
    assert sheet.readback.trigger() == "hearing-date"
    write(window, sheet, "11月4日收到起诉状副本、传票，举证期限至11月28日，12月3日9:00开庭")
    assert sheet.readback.trigger() == "complaint-copy-served"
    assert all(one.printed.day() is None for one in sheet.proposals.rows)  # for which period it is nobody said
    chip = next(one for one in sheet.readback._choices if one.key == "hearing-date")
    chip.click()
    window.settle()
    write(window, sheet, "11月4日收到起诉状副本、传票，12月3日9:30开庭")
    assert sheet.readback.trigger() == "hearing-date"


def test_the_length_the_court_sets_is_counted_and_kept(window: Any) -> None:
    sheet = begin(window, "11月5日收到举证通知书，举证期限30日")
    (proposal,) = [one for one in sheet.proposals.rows if one.tick.isChecked()]
    window.settle()
    assert proposal.length.text() == "30"
    assert proposal.day.text() == "2025年12月5日 周五"
    assert any("文书载明 30 日。" in words for words in window.words(sheet))
    sheet.submit()
    window.settle()
    (row,) = rows(window)
    assert (row.length_override, row.due, row.computed_due) == (30, date(2025, 12, 5), date(2025, 12, 5))


def test_less_than_the_law_asks_for_is_said_and_no_length_is_refused(window: Any) -> None:
    sheet = begin(window, "11月5日收到举证通知书")
    (proposal,) = [one for one in sheet.proposals.rows if one.tick.isChecked()]
    assert (proposal.length.placeholderText(), proposal.measured()) == ("15", None)
    proposal.set_length(10)
    window.settle()
    assert "15" in proposal._doubt.text()
    assert proposal.day.text() == "2025年11月17日 周一"
    proposal.length.setText("几天")
    proposal.length.flush()
    window.settle()
    sheet.submit()
    window.settle()
    assert rows(window) == []


def test_a_period_the_law_fixes_has_no_field_for_its_length(window: Any) -> None:
    sheet = begin(window, "11月5日 收到一审判决")
    assert not sheet.proposals.rows[0].length.isVisible()


@pytest.mark.parametrize("line", ["11月4日对方签收判决书", "11月4日判决书送达对方", "11月4日 对方已收到一审判决"])
def test_what_came_to_the_other_side_starts_no_period_of_ours(window: Any, line: str) -> None:
    sheet = begin(window, line)
    assert sheet.readback.trigger() == "judgment-served"
    assert ticked(sheet) == []
