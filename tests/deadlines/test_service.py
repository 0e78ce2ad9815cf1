"""Events make deadlines, on a real file and on a real PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lawdesk.cases import ProceedingDraft
from lawdesk.deadlines import ChosenDeadline, DocketFilter, EventDraft, ManualDeadline, Whose
from lawdesk.kernel.errors import Refused, UserError

SERVED, LAST_DAY = date(2025, 11, 5), date(2025, 11, 20)
EVERYTHING = DocketFilter(status=None)


def test_judgment_served_on_5_november_can_be_appealed_until_20_november(docket: Any) -> None:
    draft = EventDraft(docket.case_id, SERVED, "收到一审判决", "judgment-served", docket.proceeding_id)
    proposals = docket.service.propose(docket.lawyer, draft)
    ticked = [found for found in proposals if found.ticked]
    assert [found.rule.id for found in ticked] == ["civil-appeal-judgment"]
    assert ticked[0].computation.due == LAST_DAY
    docket.service.record_event(docket.lawyer, draft, tuple(ChosenDeadline(found.rule.id) for found in ticked))
    row = docket.service.queries.docket(docket.lawyer)[0]
    assert (row.due, row.computed_due, row.trigger_date) == (LAST_DAY, LAST_DAY, SERVED)
    assert (row.statute, row.article) == ("民事诉讼法", "第171条")
    assert (row.person, row.whose, row.court_number) == ("顾知行", "ours", "（2025）岚0302民初1187号")
    assert docket.service.explain(docket.lawyer, row.id).due == LAST_DAY


def test_done_is_recorded_with_who_and_when_and_can_be_taken_back(docket: Any) -> None:
    _event, deadline = docket.judgment()
    docket.service.complete(docket.lawyer, deadline, note="上诉状已寄出")
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.status, row.done_on, row.done_by, row.note) == ("done", SERVED, "顾知行", "上诉状已寄出")
    assert docket.service.queries.count(docket.lawyer) == 0
    docket.service.reopen(docket.lawyer, deadline)
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.status, row.done_on, row.done_by) == ("open", None, "")


def test_the_printed_date_wins_and_the_computed_one_is_its_check(docket: Any) -> None:
    printed = date(2025, 11, 19)
    _event, deadline = docket.judgment(printed=printed)
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.due, row.printed_due, row.computed_due, row.differs) == (printed, printed, LAST_DAY, True)
    docket.service.move(docket.lawyer, deadline, date(2025, 11, 24), "法院延期通知", seen=row.version)
    moved = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (moved.due, moved.computed_due, moved.reason) == (date(2025, 11, 24), LAST_DAY, "法院延期通知")
    with pytest.raises(UserError, match="stale"):
        docket.service.move(docket.lawyer, deadline, LAST_DAY, "我没有看到延期", seen=row.version)
    docket.service.move(docket.lawyer, deadline, None, "录错了", seen=moved.version)
    back = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (back.due, back.printed_due, back.differs) == (LAST_DAY, None, False)


def test_a_date_moves_or_is_let_go_only_with_a_reason(docket: Any) -> None:
    _event, deadline = docket.judgment()
    for refused in (
        lambda: docket.service.waive(docket.lawyer, deadline, " "),
        lambda: docket.service.move(docket.lawyer, deadline, LAST_DAY, ""),
        lambda: docket.service.move(docket.lawyer, deadline, date(1925, 11, 20), "笔误"),
    ):
        with pytest.raises(Refused):
            refused()
    assert docket.service.queries.deadline(docket.lawyer, deadline).status == "open"
    docket.service.waive(docket.lawyer, deadline, "委托人书面表示不上诉")
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.status, row.reason) == ("waived", "委托人书面表示不上诉")


def test_a_corrected_day_recounts_what_hangs_on_it_and_keeps_printed_dates(docket: Any) -> None:
    draft = EventDraft(docket.case_id, SERVED, "收到交费通知", "fee-notice-received", docket.proceeding_id)
    rules = [found.rule.id for found in docket.service.propose(docket.lawyer, draft)]
    event = docket.service.record_event(
        docket.lawyer, draft, (ChosenDeadline(rules[0]), ChosenDeadline(rules[1], date(2025, 11, 30)))
    )
    free, printed = docket.service.queries.docket(docket.lawyer, DocketFilter(event_id=event))
    corrected = date(2025, 11, 3)
    foreseen = docket.service.foresee_change(docket.lawyer, event, corrected)
    assert docket.service.queries.event(docket.lawyer, event).happened_on == SERVED
    moved = docket.service.change_event(docket.lawyer, event, corrected, "更正")
    assert [(change.before, change.after) for change in moved] == [(free.due, date(2025, 11, 10))]
    assert moved[0] in foreseen
    after = {row.id: row for row in docket.service.queries.docket(docket.lawyer, DocketFilter(event_id=event))}
    assert after[free.id].due == date(2025, 11, 10)
    assert (after[printed.id].due, after[printed.id].computed_due) == (date(2025, 11, 30), date(2025, 11, 10))


def test_a_done_deadline_is_not_recounted(docket: Any) -> None:
    event, deadline = docket.judgment()
    docket.service.complete(docket.lawyer, deadline)
    assert docket.service.change_event(docket.lawyer, event, date(2025, 11, 7), "更正") == []
    assert docket.service.queries.deadline(docket.lawyer, deadline).due == LAST_DAY


def test_a_withdrawn_event_keeps_its_rows_with_the_reason(docket: Any) -> None:
    event, deadline = docket.judgment()
    with pytest.raises(Refused):
        docket.service.withdraw_event(docket.lawyer, event, "")
    docket.service.withdraw_event(docket.lawyer, event, "判决书送错人")
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.status, row.reason, row.due) == ("withdrawn", "判决书送错人", LAST_DAY)
    kept = docket.service.queries.events(docket.lawyer, docket.case_id)[0]
    assert (kept.withdrawn, kept.reason) == (True, "判决书送错人")
    with pytest.raises(Refused):
        docket.service.reopen(docket.lawyer, deadline)
    with pytest.raises(Refused):
        docket.service.change_event(docket.lawyer, event, date(2025, 11, 6), "更正")
    docket.service.restore_event(docket.lawyer, event)
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert (row.status, row.reason) == ("open", "")


def test_a_summons_makes_its_hearing_in_the_same_step_and_takes_it_along(docket: Any) -> None:
    day = date(2025, 12, 2)
    draft = EventDraft(
        docket.case_id, day, "传票：开庭", "hearing-date", docket.proceeding_id, happened_at="09:30"
    )
    hearing = ManualDeadline(
        docket.case_id, "开庭", day, "hearing", "09:30", docket.proceeding_id, note="第七法庭"
    )
    event = docket.service.record_event(docket.lawyer, draft, entries=(hearing,))
    agenda = docket.service.queries.docket(docket.lawyer, DocketFilter(timed=True))
    assert [(row.kind, row.due, row.due_time, row.note) for row in agenda] == [
        ("hearing", day, "09:30", "第七法庭")
    ]
    docket.service.change_event(docket.lawyer, event, date(2025, 12, 9), "更正")
    assert docket.service.queries.docket(docket.lawyer)[0].due == date(2025, 12, 9)
    docket.service.withdraw_event(docket.lawyer, event, "改期，另发传票")
    assert docket.service.queries.count(docket.lawyer) == 0


def test_nothing_half_is_saved_when_one_entry_is_wrong(docket: Any) -> None:
    draft = EventDraft(docket.case_id, SERVED, "收到传票", "hearing-date", docket.proceeding_id)
    wrong = ManualDeadline(docket.case_id, "开庭", SERVED, "hearing", "25:00")
    with pytest.raises(Refused):
        docket.service.record_event(docket.lawyer, draft, entries=(wrong,))
    assert docket.service.queries.events(docket.lawyer, docket.case_id) == []


def test_a_ruling_ticks_only_what_its_words_name(docket: Any) -> None:
    def ticked(words: str) -> list[str]:
        draft = EventDraft(docket.case_id, SERVED, words, "ruling-served", docket.proceeding_id)
        return [found.rule.id for found in docket.service.propose(docket.lawyer, draft) if found.ticked]

    assert ticked("收到裁定书") == []
    assert ticked("收到驳回起诉的裁定") == ["civil-appeal-ruling"]
    assert ticked("收到财产保全裁定") == ["pres-reconsideration"]


def test_what_binds_the_other_side_is_not_ticked(docket: Any) -> None:
    draft = EventDraft(docket.case_id, SERVED, "起诉状副本送达", "complaint-copy-served", docket.proceeding_id)
    proposals = docket.service.propose(docket.lawyer, draft)
    answer = next(found for found in proposals if found.rule.id == "civil-answer")
    assert (answer.whose, answer.ticked) == (Whose.THEIRS, False)


def test_after_the_second_instance_no_appeal_is_ticked(docket: Any) -> None:
    second = docket.firm.office.cases.add_proceeding(
        docket.lawyer, docket.case_id, ProceedingDraft("civil-second", "青岚市中级人民法院")
    )
    draft = EventDraft(docket.case_id, SERVED, "收到二审判决", "judgment-served", second)
    assert not any(found.ticked for found in docket.service.propose(docket.lawyer, draft))


def test_a_year_without_announced_holidays_gives_a_provisional_date(docket: Any) -> None:
    known = docket.service.calendar
    unknown = max(year for year in range(2018, 2060) if known.known(year)) + 2
    # the fifteenth day after 20 September is in the holidays of the national day
    _event, deadline = docket.judgment(date(unknown, 9, 20))
    row = docket.service.queries.deadline(docket.lawyer, deadline)
    assert row.provisional
    assert row.due > row.raw_end == date(unknown, 10, 5) or row.rolled is False
    _event, settled = docket.judgment()
    assert not docket.service.queries.deadline(docket.lawyer, settled).provisional


def test_somebody_who_left_sees_and_changes_nothing(docket: Any) -> None:
    event, deadline = docket.judgment()
    gone = replace(docket.lawyer, active=False)
    queries = docket.service.queries
    today, later = date(2025, 11, 1), date(2025, 11, 30)
    assert queries.docket(gone, EVERYTHING) == []
    assert queries.count(gone, EVERYTHING) == 0
    assert queries.tally(gone, EVERYTHING, [LAST_DAY]) == (0, 0)
    assert queries.days(gone, today, later) == {}
    assert queries.events(gone, docket.case_id) == []
    assert queries.next_due(gone, [docket.case_id]) == {}
    assert queries.uids(gone) == {}
    for refused in (
        lambda: queries.deadline(gone, deadline),
        lambda: queries.event(gone, event),
        lambda: docket.service.complete(gone, deadline),
        lambda: docket.service.withdraw_event(gone, event, "x"),
        lambda: docket.service.change_event(gone, event, SERVED, "更正"),
        lambda: docket.service.add_deadline(gone, ManualDeadline(docket.case_id, "x", LAST_DAY)),
        lambda: docket.service.propose(gone, EventDraft(docket.case_id, SERVED, "x", "judgment-served")),
    ):
        with pytest.raises(UserError):
            refused()
    assert queries.deadline(docket.lawyer, deadline).status == "open"


def test_another_person_answers_for_it(docket: Any) -> None:
    _event, deadline = docket.judgment()
    docket.service.assign(docket.lawyer, deadline, docket.firm.director.person_id)
    assert docket.service.queries.deadline(docket.lawyer, deadline).person == "秦望舒"
    with pytest.raises(UserError):
        docket.service.assign(docket.lawyer, deadline, 999)


def test_tally_and_days_count_what_the_list_shows(docket: Any) -> None:
    for day in (date(2025, 11, 4), SERVED, SERVED, date(2025, 11, 7), date(2025, 12, 1)):
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, f"{day}", day))
    edges = [SERVED, date(2025, 11, 6), date(2025, 11, 10)]
    assert docket.service.queries.tally(docket.lawyer, DocketFilter(), edges) == (1, 2, 1, 1)
    done = docket.service.queries.docket(docket.lawyer)[1].id
    docket.service.complete(docket.lawyer, done)
    days = docket.service.queries.days(docket.lawyer, date(2025, 11, 1), date(2025, 11, 30), most=1)
    assert {day: (found.count, len(found.rows)) for day, found in days.items()} == {
        date(2025, 11, 4): (1, 1),
        SERVED: (1, 1),
        date(2025, 11, 7): (1, 1),
    }
    assert days[SERVED].rows[0].status == "open"


def test_the_nearest_of_each_case(docket: Any) -> None:
    for day in (date(2025, 11, 9), date(2025, 11, 7), date(2025, 11, 8)):
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, f"{day}", day))
    found = docket.service.queries.next_due(docket.lawyer, [docket.case_id, 999])
    assert {case: row.due for case, row in found.items()} == {docket.case_id: date(2025, 11, 7)}


def test_what_was_entered_wrongly_is_refused_with_its_field(docket: Any) -> None:
    with pytest.raises(Refused) as refused:
        docket.service.record_event(docket.lawyer, EventDraft(docket.case_id, date(1925, 11, 5), " "))
    assert [problem.field for problem in refused.value.problems] == ["title", "happened_on"]
    with pytest.raises(Refused) as refused:
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, "", date(2095, 1, 1)))
    assert [problem.field for problem in refused.value.problems] == ["title", "due"]


def test_every_step_is_in_the_history_of_the_case(docket: Any) -> None:
    event, deadline = docket.judgment()
    docket.service.complete(docket.lawyer, deadline)
    docket.service.withdraw_event(docket.lawyer, event, "送错")
    actions = [row.action for row in docket.firm.office.cases.queries.history(docket.lawyer, docket.case_id)]
    assert actions[:3] == ["event.withdraw", "deadline.complete", "event.record"]
