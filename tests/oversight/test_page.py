"""Today in its window: what is near, done and undone, the agenda, a line to record what happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt

from lawdesk.deadlines import ManualDeadline
from lawdesk.kernel.i18n import set_language
from lawdesk.oversight.page.agenda import AgendaEntry, NowLine

TODAY = date(2025, 11, 5)


def add(
    window: Any, title: str, day: date, kind: str = "deadline", at: str = "", *, person: int | None = None
) -> int:
    docket = window.docket
    draft = ManualDeadline(docket.case_id, title, day, kind, at, person_id=person)
    return int(docket.service.add_deadline(docket.lawyer, draft))


def fill(window: Any) -> None:
    add(window, "补交原件", date(2025, 11, 3))
    add(window, "预交受理费", TODAY)
    window.docket.judgment()
    add(window, "季度报告", date(2025, 12, 20), "task")


def badge(window: Any) -> str:
    return str(window.shell.rail.buttons["today"].accessibleName())


def test_one_list_in_parts(window: Any) -> None:
    fill(window)
    window.go("today")
    assert window.titles(window.today.list) == ["补交原件", "预交受理费", "对一审判决上诉"]
    assert window.headings(window.today.list) == [("已过期", 1), ("今天", 1), ("两周内", 1)]
    row = window.today.list.model().row(2)
    assert row.segments == ["栩岳建设诉砚溪置业", "望江区人民法院", "（2025）岚0302民初1187号"]
    assert (row.date, row.status.text, row.person) == ("11月20日 周四", "还有 15 天", "顾知行")
    assert window.today.more.text() == "以后还有 1 项，到“期限”查看"
    assert window.today._date.accessibleName() == "11月5日 星期三，第 45 周"


def test_the_rail_says_how_much_waits(window: Any) -> None:
    fill(window)
    window.go("today")
    assert "2" in badge(window)
    window.today.list.choose_first()
    window.press(window.today.list, Qt.Key.Key_Space)
    assert "2" not in badge(window)


def test_done_and_taken_back(window: Any) -> None:
    fill(window)
    window.go("today")
    window.today.list.choose_first()
    window.press(window.today.list, Qt.Key.Key_Space)
    assert window.titles(window.today.list) == ["预交受理费", "对一审判决上诉"]
    assert window.toast() == "已完成：补交原件"
    window.undo()
    assert window.titles(window.today.list)[0] == "补交原件"


def test_enter_shows_why(window: Any) -> None:
    fill(window)
    window.go("today")
    window.today.list.setCurrentIndex(window.today.list.model().index(2))
    window.press(window.today.list, Qt.Key.Key_Return)
    assert window.page.view.day.text() == "11月20日 星期四"


def test_the_other_actions_lead_to_where_they_are_done(window: Any) -> None:
    fill(window)
    window.go("today")
    item = window.today.list.model().item(0)
    window.today._act(item, "waive")
    window.settle()
    assert window.page.view.deadline_id == item.row.id
    assert window.sheet.reason.hasFocus()
    window.go("today")
    window.today._act(item, "case")
    window.settle()
    assert window.sent == [{"case_id": window.docket.case_id}]


def test_mine_and_the_whole_office(window: Any) -> None:
    add(window, "主任的", TODAY, person=window.docket.firm.director.person_id)
    window.go("today")
    assert window.titles(window.today.list) == []
    assert window.today.list._empty.isVisible()
    window.today.whose.choices["all"].click()
    window.settle()
    assert window.titles(window.today.list) == ["主任的"]


def test_what_the_court_has_to_do_is_not_on_my_list(window: Any) -> None:
    from lawdesk.deadlines import ChosenDeadline, EventDraft

    docket = window.docket
    draft = EventDraft(
        docket.case_id, date(2025, 11, 4), "起诉状副本送达被告", "complaint-copy-served", docket.proceeding_id
    )
    docket.service.record_event(docket.lawyer, draft, (ChosenDeadline("civil-answer"),))
    window.go("today")
    assert window.titles(window.today.list) == []


def test_the_agenda_has_a_line_where_the_clock_stands(window: Any) -> None:
    add(window, "庭前会议", TODAY, "hearing", "09:00")
    add(window, "开庭", TODAY, "hearing", "14:30")
    add(window, "听证", date(2025, 11, 12), "hearing", "10:00")
    window.go("today")  # the clock of the office stands at 10:00
    agenda = window.today.agenda

    def shown() -> list[str]:
        widgets = [agenda._lines.itemAt(place).widget() for place in range(agenda._lines.count())]
        return [
            "now" if isinstance(widget, NowLine) else widget.row.title
            for widget in widgets
            if isinstance(widget, NowLine | AgendaEntry)
        ]

    assert shown() == ["庭前会议", "now", "开庭"]
    assert any("11月12日 周三 10:00 听证" in text for text in window.words(agenda))
    window.docket.firm.clock.advance(timedelta(hours=6))
    window.today._ticked()
    window.settle()
    assert shown() == ["庭前会议", "开庭", "now"]
    agenda.findChildren(AgendaEntry)[-1].click()
    window.settle()
    assert window.page.view.day.text() == "11月5日 星期三 14:30"


def test_another_day_begins_while_the_page_is_open(window: Any) -> None:
    fill(window)
    window.go("today")
    window.docket.firm.clock.advance(timedelta(days=1))
    window.today._ticked()
    window.settle()
    assert window.headings(window.today.list)[0] == ("已过期", 2)
    assert window.today._date.accessibleName().startswith("11月6日 星期四")


def test_before_the_holiday(window: Any) -> None:
    clock = window.docket.firm.clock
    clock.set(clock.now().replace(month=9, day=24))
    add(window, "提出书面异议", date(2025, 9, 26))
    window.docket.judgment(date(2025, 9, 18))
    window.go("today")
    assert window.headings(window.today.list) == [("放假前", 1), ("节后两周", 1)]
    row = window.today.list.model().row(1)
    assert (row.date, row.date_sub) == ("10月9日 周四", "国庆顺延，原 10月3日")


def test_one_line_records_what_happened(window: Any) -> None:
    window.go("today")
    window.today.line.setText("11月5日 收到一审判决")
    window.press(window.today.line, Qt.Key.Key_Return)
    window.settle()
    assert window.sheet.line.text() == "11月5日 收到一审判决"
    assert window.sheet.readback.trigger() == "judgment-served"
    assert window.today.line.text() == ""


def test_the_words_change_with_the_language(window: Any) -> None:
    fill(window)
    window.go("today")
    set_language("en")
    window.settle()
    assert window.headings(window.today.list) == [("Overdue", 1), ("Today", 1), ("Within two weeks", 1)]
    assert window.today.list.model().row(0).status.text == "2 days overdue"
    assert window.today.more.text() == "1 more later: to the deadlines"


def test_today_reads_no_law_until_it_is_needed(window: Any) -> None:
    """The first page after start pays for what it shows, not for 321 rules."""
    from lawdesk.deadlines import load_rulebook

    fill(window)
    load_rulebook.cache_clear()
    window.go("today")
    assert window.titles(window.today.list)
    assert load_rulebook.cache_info().currsize == 0
