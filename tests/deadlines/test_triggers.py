"""What lawyers type finds the event; one line gives day and event."""

from datetime import date, time

import pytest

from lawdesk.deadlines.rules import Whose, binds_us, find_trigger, load_rulebook, parse_event, rules_for_trigger
from lawdesk.kernel.errors import UserError

BOOK = load_rulebook()
TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("收到一审判决", "judgment-served"),
        ("判决送达", "judgment-served"),
        ("签收判决书", "judgment-served"),
        ("judgment served", "judgment-served"),
        ("Judgment received", "judgment-served"),
        ("收到二审判决", "judgment-effective"),
        ("当庭宣判", "judgment-pronounced"),
        ("收到裁定书", "ruling-served"),
        ("收到起诉状副本", "complaint-copy-served"),
        ("收到应诉通知书", "complaint-copy-served"),
        ("收到传票", "hearing-date"),
        ("收到举证通知书", "evidence-notice-served"),
        ("收到上诉状副本", "appeal-copy-served"),
        ("award received", "award-received"),
        ("冻结银行账户", "preservation-measure-taken"),
        ("freeze of bank account", "preservation-measure-taken"),
        ("查封到期", "preservation-expiry"),
        ("刑拘", "detention-executed"),
        ("批捕", "arrest-executed"),
        ("取保候审", "bail-decided"),
        ("移送审查起诉", "case-received-procuratorate"),
        ("收到行政处罚决定书", "penalty-decision-received"),
        ("收到复议决定", "recon-decision-received"),
        ("借款到期", "rights-infringement-known"),
        ("商标驳回通知书", "cnipa-notice-received"),
        ("被辞退", "rights-infringement-known"),
        ("结案", "case-closed"),
    ],
)
def test_everyday_words_find_the_event(text, trigger):
    assert find_trigger(text)[0].id == trigger


def test_every_title_finds_its_own_event():
    for trigger in BOOK.triggers.values():
        assert (find_trigger(trigger.zh)[0].zh, find_trigger(trigger.en)[0].en) == (trigger.zh, trigger.en)


@pytest.mark.parametrize("text", ["", "  ，", "天气很好", "asdf"])
def test_words_that_mean_no_event_find_none(text):
    assert find_trigger(text) == []


@pytest.mark.parametrize(
    ("line", "day", "trigger"),
    [
        ("2025-11-05 收到一审判决", date(2025, 11, 5), "judgment-served"),
        (
            "11月5日 收到一审判决",
            date(2025, 11, 5),
            "judgment-served",
        ),  # lies ahead this year: last November is meant
        ("2月5日收到一审判决", date(2026, 2, 5), "judgment-served"),
        ("收到裁定书 昨天", date(2026, 2, 28), "ruling-served"),
        ("3天前签收判决书", date(2026, 2, 26), "judgment-served"),
        ("２０２５年１１月５日收到一审判决", date(2025, 11, 5), "judgment-served"),
        ("20251105 award received", date(2025, 11, 5), "award-received"),
        ("5月8日上午9点开庭", date(2026, 5, 8), "hearing-date"),  # a hearing lies ahead
        ("收到判决", TODAY, "judgment-served"),
    ],
)
def test_one_line_gives_day_and_event(line, day, trigger):
    found = parse_event(line, TODAY)
    assert (found.day, found.triggers[0].id) == (day, trigger)


def test_one_line_tells_what_was_assumed():
    assert parse_event("5月8日上午9点30分开庭", TODAY).at == time(9, 30)
    assert parse_event("2025-06-10 下午2:05 申请保全", TODAY).at == time(14, 5)
    assert not parse_event("收到判决", TODAY).day_typed
    assert parse_event("11月5日 收到判决", TODAY).year_guessed
    assert not parse_event("2025-11-05 收到判决", TODAY).year_guessed
    assert parse_event("2月5日 收到传票", TODAY).other_day  # the hearing's day is on the paper
    with pytest.raises(ValueError, match="day"):
        parse_event("2025-02-30 收到判决", TODAY)


def test_rules_for_an_event_fit_day_procedure_and_party():
    on = date(2025, 11, 5)

    def ids(trigger, **circumstances):
        return [rule.id for rule in rules_for_trigger(trigger, on=on, **circumstances)]

    assert ids("judgment-served", procedure="civil") == ["civil-appeal-judgment"]
    assert ids("judgment-served", procedure="civil", foreign=True) == ["civil-appeal-foreign"]
    assert ids("judgment-served", procedure="administrative") == ["admin-appeal-judgment"]
    assert ids("complaint-copy-served", procedure="civil-first") == [
        "civil-answer",
        "civil-jurisdiction-objection",
        "civil-answer-small",
    ]
    assert ids("complaint-copy-served", procedure="civil-first", foreign=True) == [
        "civil-answer-foreign",
        "civil-jurisdiction-objection-foreign",
        "civil-answer-small",
    ]
    assert "crim-limit-private" not in ids("court-received-case", in_custody=True)
    assert rules_for_trigger("ordered-wait-started", on=date(2020, 1, 1)) == []  # the measure did not exist yet
    assert [
        rule.id for rule in rules_for_trigger("award-received", on=date(2026, 2, 1), procedure="arbitration")
    ] == [
        "arb-set-aside-6m-until-2026",
        "arb-correct",
    ]
    with pytest.raises(UserError, match="unknown_trigger"):
        rules_for_trigger("moon-rises", on=on)


def test_every_event_of_today_has_a_rule():
    for trigger in BOOK.triggers:
        found = rules_for_trigger(trigger, on=date(2026, 11, 1), foreign=False)
        foreign = rules_for_trigger(trigger, on=date(2026, 11, 1), foreign=True)
        assert found or foreign, trigger


@pytest.mark.parametrize(
    ("rule", "role", "whose"),
    [
        ("civil-answer", "defendant", Whose.OURS),
        ("civil-answer", "原告", Whose.THEIRS),
        ("civil-appeal-judgment", "plaintiff", Whose.OURS),
        ("civil-appeal-judgment", "被告", Whose.OURS),
        ("enf-apply", "原告", Whose.OURS),
        ("limitation-3y", "被告", Whose.THEIRS),
        ("civil-limit-ordinary", "原告", Whose.COURT),
        ("crim-investigation-custody", "犯罪嫌疑人", Whose.AUTHORITY),
        ("admin-answer", "agency", Whose.OURS),
        ("civil-answer", "第三人", Whose.OPEN),
        ("public-notice-30", "原告", Whose.OPEN),
        ("crim-counsel-papers", "被告人", Whose.OURS),
        ("pres-term-bank", "被告", Whose.THEIRS),
    ],
)
def test_whose_deadline_it_is(rule, role, whose):
    assert binds_us(BOOK.rules[rule], role) is whose
