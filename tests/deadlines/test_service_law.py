"""The office's own law: holidays that are announced later, rules of the firm, shut doors; what moves is shown."""

from datetime import date
from pathlib import Path

import pytest

from lawdesk.deadlines import ChosenDeadline, ClosedRow, DocketFilter, EventDraft, FirmRule
from lawdesk.kernel.errors import Cancelled, Refused, UserError

D = date
YEAR = """
[[year]]
year = 2026
status = "announced"
source = ["https://www.gov.cn/example"]
off = [2026-01-01, 2026-01-02, 2026-01-03]
makeup = [2026-01-04]
[[year.span]]
name = "元旦"
from = 2026-01-01
to = 2026-01-03
days = 3
"""
NEXT = """
[[year]]
year = 2026
status = "announced"
source = ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"]
off = [2026-01-01, 2026-01-02, 2026-01-03, 2026-02-15, 2026-02-16, 2026-02-17, 2026-02-18, 2026-02-19, 2026-02-20,
 2026-02-21, 2026-02-22, 2026-02-23, 2026-04-05, 2026-05-01, 2026-05-02, 2026-06-19, 2026-09-25,
 2026-10-01, 2026-10-02, 2026-10-03, 2026-10-04]
makeup = [2026-02-14, 2026-02-28]
span = [
 { name = "元旦", from = 2026-01-01, to = 2026-01-03, days = 3 },
 { name = "春节", from = 2026-02-15, to = 2026-02-23, days = 9 },
 { name = "清明节", from = 2026-04-05, to = 2026-04-05, days = 1 },
 { name = "劳动节", from = 2026-05-01, to = 2026-05-02, days = 2 },
 { name = "端午节", from = 2026-06-19, to = 2026-06-19, days = 1 },
 { name = "中秋节", from = 2026-09-25, to = 2026-09-25, days = 1 },
 { name = "国庆节", from = 2026-10-01, to = 2026-10-04, days = 4 },
]
"""


@pytest.fixture
def unannounced(docket, monkeypatch):
    """The office as it was before the arrangement of 2026 was announced."""
    from lawdesk.deadlines.rules import Calendar, load_calendar

    shipped = load_calendar()
    known = Calendar(shipped.year(year) for year in range(2018, 2026))
    law = docket.service.law
    law.given = known
    law._calendar = None
    return docket


def judgment(docket, on, printed=None):
    draft = EventDraft(docket.case_id, on, "收到一审判决", "judgment-served", docket.proceeding_id)
    docket.service.record_event(docket.lawyer, draft, (ChosenDeadline("civil-appeal-judgment", printed),))
    return docket.newest()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def row(docket, number):
    return docket.service.queries.deadline(docket.lawyer, number)


def test_an_announced_year_moves_what_was_provisional_and_only_that(unannounced, tmp_path):
    docket, laws, director = unannounced, unannounced.service.laws, unannounced.firm.director
    spring = judgment(docket, D(2026, 2, 4))  # 19 February: only the law's own holidays are known, 16-19 February
    plain = judgment(docket, D(2026, 2, 24))  # 11 March
    paper = judgment(docket, D(2026, 2, 4), printed=D(2026, 2, 25))
    before = row(docket, spring)
    assert (before.due, before.provisional) == (D(2026, 2, 20), True)
    steps = []
    file = laws.read_calendar(director, write(tmp_path / "2026.toml", NEXT))
    report = laws.import_calendar(director, file, progress=lambda done, total: steps.append((done, total)))
    assert [(found.before, found.after) for found in report.moved] == [(D(2026, 2, 20), D(2026, 2, 24))]
    assert (report.read, report.provisional) == (3, 0)
    assert steps[-1] == (3, 3)
    after = row(docket, spring)
    assert (after.due, after.provisional, after.version) == (D(2026, 2, 24), False, before.version + 1)
    assert "2026" in after.reason
    assert (row(docket, plain).due, row(docket, plain).provisional) == (D(2026, 3, 11), False)
    assert (row(docket, paper).due, row(docket, paper).computed_due) == (D(2026, 2, 25), D(2026, 2, 24))
    assert docket.service.explain(docket.lawyer, spring).due == D(2026, 2, 24)
    assert docket.service.laws.imported_years(director) == {2026: "2026.toml"}


def test_another_seat_counts_by_the_new_calendar_too(unannounced, tmp_path):
    from lawdesk.deadlines import DeadlineService

    docket = unannounced
    office = docket.firm.office
    other = DeadlineService(office.database, office.cases.queries, docket.service.law.given)
    assert not other.calendar.known(2026)
    file = other.laws.read_calendar(docket.firm.director, write(tmp_path / "c.toml", NEXT))
    docket.service.laws.import_calendar(docket.firm.director, file)
    draft = EventDraft(docket.case_id, D(2026, 2, 4), "收到一审判决", "judgment-served", docket.proceeding_id)
    found = {one.rule.id: one.computation for one in other.propose(docket.lawyer, draft)}
    assert found["civil-appeal-judgment"].due == D(2026, 2, 24)


def test_a_stopped_import_changes_nothing(unannounced, tmp_path):
    docket, laws = unannounced, unannounced.service.laws
    spring = judgment(docket, D(2026, 2, 4))
    file = laws.read_calendar(docket.firm.director, write(tmp_path / "c.toml", NEXT))
    with pytest.raises(Cancelled):
        laws.import_calendar(docket.firm.director, file, stopped=lambda: True)
    assert row(docket, spring).provisional
    assert laws.imported_years(docket.firm.director) == {}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("year = 2026", "year = 1990", "other_year"),
        ('status = "announced"', 'status = "guessed"', "not_announced"),
        ("2026-02-17, ", "", "not_off"),
        (" 2026-10-02,", "", "not_off"),
        ("makeup = [2026-02-14", "makeup = [2026-02-15", "makeup_off"),
        (
            "from = 2026-02-15, to = 2026-02-23, days = 9",
            "from = 2026-01-03, to = 2026-02-23, days = 52",
            "not_off",
        ),
        (
            '"清明节", from = 2026-04-05, to = 2026-04-05',
            '"清明节", from = 2026-01-03, to = 2026-01-03',
            "span_overlap",
        ),
        ("off = [2026-01-01", "off = [2026-01-01, 2026-01-01", "twice"),
        ("off = [2026-01-01", 'off = ["2026-01-01"', "type"),
        ('source = ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"]', "source = []", "source"),
    ],
)
def test_a_bad_calendar_file_is_refused_with_the_reason(file_docket, tmp_path, old, new, code):
    assert old in NEXT
    path = write(tmp_path / "bad.toml", NEXT.replace(old, new, 1))
    with pytest.raises(Refused) as refused:
        file_docket.service.laws.read_calendar(file_docket.firm.director, path)
    assert f"deadlines.calendar.{code}" in {problem.code for problem in refused.value.problems}


def test_a_year_nobody_can_have_announced_is_refused(file_docket, tmp_path):
    path = write(
        tmp_path / "2031.toml",
        NEXT.replace("2026", "2031").replace("makeup = [2031-02-14, 2031-02-28]", "makeup = []"),
    )
    with pytest.raises(Refused) as refused:
        file_docket.service.laws.read_calendar(file_docket.firm.director, path)
    assert {problem.code for problem in refused.value.problems} == {"deadlines.calendar.bad_year"}


def test_a_year_without_the_holidays_of_the_law_is_refused(file_docket, tmp_path):
    laws, director = file_docket.service.laws, file_docket.firm.director
    with pytest.raises(Refused) as refused:
        laws.read_calendar(director, write(tmp_path / "short.toml", YEAR))
    assert {problem.code for problem in refused.value.problems} == {"deadlines.calendar.statutory"}
    for text in ("", "year = 3", "[[year]\n", "\x00"):
        with pytest.raises(UserError):
            laws.read_calendar(director, write(tmp_path / "no.toml", text))
    with pytest.raises(UserError):
        laws.read_calendar(file_docket.lawyer, write(tmp_path / "2026.toml", NEXT))  # not a lawyer's to change


def test_a_holiday_of_the_region_moves_dates_and_a_shut_door_only_warns(docket):
    laws, director = docket.service.laws, docket.firm.director
    number = judgment(docket, D(2025, 11, 5))  # 20 November 2025
    report = laws.add_closed_days(director, ClosedRow(D(2025, 11, 20), D(2025, 11, 21), "古尔邦节", "holiday"))
    assert [(one.before, one.after) for one in report.moved] == [(D(2025, 11, 20), D(2025, 11, 24))]
    (days,) = laws.closed_days(director)
    report = laws.remove_closed_days(director, days.id)
    assert row(docket, number).due == D(2025, 11, 20)
    shut = ClosedRow(D(2025, 11, 19), D(2025, 11, 21), "搬迁", "closure", "望江区人民法院")
    assert laws.add_closed_days(director, shut).moved == ()
    after = row(docket, number)
    assert (after.due, after.early_warning) == (D(2025, 11, 20), D(2025, 11, 18))
    assert "deadlines.closed" in {note.code for note in docket.service.explain(docket.lawyer, number).notes}
    with pytest.raises(Refused):
        laws.add_closed_days(director, ClosedRow(D(2025, 11, 21), D(2025, 11, 19), ""))


def test_the_firm_corrects_a_rule_and_takes_it_back(docket):
    laws, director = docket.service.laws, docket.firm.director
    number = judgment(docket, D(2025, 11, 5))
    strict = FirmRule("civil-appeal-judgment", {"roll_forward": False, "length": 14}, "主任会议2025-11-04")
    report = laws.save_rule(director, strict)
    assert [(one.before, one.after) for one in report.moved] == [(D(2025, 11, 20), D(2025, 11, 19))]
    rule = docket.service.book.rules["civil-appeal-judgment"]
    assert (rule.origin, rule.length, rule.text_checked) == ("corrected", 14, False)
    assert rule.statute_zh == "民事诉讼法"  # what was not corrected stays ours
    assert docket.service.explain(docket.lawyer, number).due == D(2025, 11, 19)
    laws.remove_rule(director, "civil-appeal-judgment")
    assert row(docket, number).due == D(2025, 11, 20)
    assert docket.service.book.rules["civil-appeal-judgment"].origin == ""


def test_the_firm_s_own_rule_is_proposed_like_any_other(docket):
    laws, director = docket.service.laws, docket.firm.director
    own = FirmRule(
        "own-client-report",
        {"title_zh": "判决后书面告知委托人", "trigger": "judgment-served", "length": 3, "unit": "day",
         "day_type": "working", "bound": "lawyer", "bound_zh": "律师"},
        "本所业务规范第12条",
    )  # fmt: skip
    laws.save_rule(director, own)
    draft = EventDraft(docket.case_id, D(2025, 11, 5), "收到一审判决", "judgment-served", docket.proceeding_id)
    found = {one.rule.id: one for one in docket.service.propose(docket.lawyer, draft)}
    assert found["own-client-report"].ticked
    assert found["own-client-report"].computation.due == D(2025, 11, 10)
    docket.service.record_event(docket.lawyer, draft, (ChosenDeadline("own-client-report"),))
    with pytest.raises(Refused):  # a deadline hangs on it
        laws.remove_rule(director, "own-client-report")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (FirmRule("civil-answer", {"length": 0}, "x"), "length"),
        (FirmRule("civil-answer", {"lenght": 10}, "x"), "unknown_key"),
        (FirmRule("civil-answer", {"trigger": "moonrise"}, "x"), "reference"),
        (
            FirmRule("Own Rule", {"title_zh": "x", "trigger": "judgment-served", "length": 3, "unit": "day"}, "x"),
            "id",
        ),
        (FirmRule("own-x", {"title_zh": "x", "length": 3, "unit": "day"}, "x"), "missing"),
        (FirmRule("civil-answer", {"length": 10}, " "), None),
    ],
)
def test_a_faulty_rule_of_the_firm_is_refused(file_docket, rule, code):
    with pytest.raises(Refused) as refused:
        file_docket.service.laws.save_rule(file_docket.firm.director, rule)
    codes = {problem.code for problem in refused.value.problems}
    assert (f"deadlines.rules.{code}" if code else "law.note") in codes
    assert file_docket.service.law.firm_rules(file_docket.firm.director) == ()


def test_a_public_notice_brings_its_answer_along_and_moves_it(docket):
    draft = EventDraft(docket.case_id, D(2025, 3, 3), "公告送达起诉状、传票", "public-notice-published",
                       docket.proceeding_id)  # fmt: skip
    service, lawyer = docket.service, docket.lawyer
    defendant = service.propose(lawyer, draft)
    notice = next(one for one in defendant if one.rule.id == "public-notice-30")
    assert notice.computation.due == D(2025, 4, 2)
    freeze = EventDraft(docket.case_id, D(2025, 3, 3), "冻结银行存款", "preservation-measure-taken",
                        docket.proceeding_id)  # fmt: skip
    proposals = service.propose(lawyer, freeze)
    (follow,) = service.propose_follows(lawyer, freeze, proposals)
    assert (follow.draft.trigger, follow.draft.happened_on) == ("preservation-expiry", D(2026, 3, 2))
    assert [choice.rule for choice in follow.chosen] == ["pres-renew-apply"]
    event = service.record_event(lawyer, freeze, (ChosenDeadline("pres-term-bank"),), follows=(follow,))
    rows = {one.rule: one for one in service.queries.docket(lawyer, DocketFilter(status=None))}
    assert rows["pres-renew-apply"].due == D(2026, 2, 23)
    moved = {
        one.title: (one.before, one.after) for one in service.change_event(lawyer, event, D(2025, 4, 3), "更正")
    }
    assert moved["申请续行财产保全"] == (D(2026, 2, 23), D(2026, 3, 26))
    service.withdraw_event(lawyer, event, "登记错误")
    assert {one.status for one in service.queries.docket(lawyer, DocketFilter(status=None))} == {"withdrawn"}
    service.restore_event(lawyer, event)
    assert {one.status for one in service.queries.docket(lawyer, DocketFilter(status=None))} == {"open"}


def test_what_hangs_on_the_end_of_a_moved_period_moves_along(unannounced, tmp_path):
    docket, service, lawyer = unannounced, unannounced.service, unannounced.lawyer
    draft = EventDraft(docket.case_id, D(2026, 1, 19), "申请离婚登记", "divorce-registration-applied")
    proposals = service.propose(lawyer, draft)
    (follow,) = service.propose_follows(lawyer, draft, proposals)
    assert follow.draft.happened_on == D(2026, 2, 20)  # only the holidays of the law are known
    service.record_event(lawyer, draft, (ChosenDeadline("divorce-cooling"),), follows=(follow,))
    file = service.laws.read_calendar(docket.firm.director, write(tmp_path / "c.toml", NEXT))
    report = service.laws.import_calendar(docket.firm.director, file)
    days = {row.rule: row.due for row in service.queries.docket(lawyer, DocketFilter())}
    assert days == {"divorce-cooling": D(2026, 2, 24), "divorce-certificate": D(2026, 3, 26)}
    assert {change.after for change in report.moved} == {D(2026, 2, 24), D(2026, 3, 26)}
