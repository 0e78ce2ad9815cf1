"""The count in words, in both languages, and the document the command line prints."""

import json
from datetime import date, datetime

import pytest

from lawdesk.deadlines.rules import compute, explain, load_rulebook, reason
from lawdesk.kernel.i18n import set_language


@pytest.fixture(autouse=True)
def chinese():
    set_language("zh")
    yield
    set_language("zh")


def line(found, day, since=date(2025, 1, 1)):
    (step,) = (step for step in found.steps if step.date == day)
    return explain(step, since=since)


def test_a_rest_day_says_why_the_date_moves():
    found = compute("crim-prosecution-review", date(2025, 9, 3))
    assert line(found, date(2025, 10, 3)) == "10月3日 满1个月，休息日（国庆节、中秋节），顺延"
    assert line(found, date(2025, 10, 4)) == "10月4日 休息日（国庆节、中秋节），顺延"
    assert line(found, date(2025, 10, 9)) == "10月9日 其后第一个工作日，为末日"
    set_language("en")
    assert (
        line(found, date(2025, 10, 3))
        == "3 Oct: 1 month, a rest day (National Day, Mid-Autumn Festival): moves on"
    )
    assert line(found, date(2025, 10, 9)) == "9 Oct: first working day: the last day"


def test_the_reasons_of_other_kinds_of_counts():
    assert (
        line(compute("recon-supplement", date(2025, 9, 22)), date(2025, 9, 28))
        == "9月28日 第5个工作日（调休上班日）"
    )
    assert (
        line(compute("recon-supplement", date(2025, 9, 22)), date(2025, 9, 27))
        == "9月27日 休息日（周六），不是工作日，不计"
    )
    assert line(compute("crim-detention-arrest-request-7", date(2025, 9, 29)), date(2025, 10, 6)).endswith(
        "在押不顺延"
    )
    assert line(compute("pres-renew-apply", date(2025, 10, 13)), date(2025, 10, 6)) == (
        "10月6日 前7日，休息日（国庆节、中秋节），不得向后顺延，应在9月30日前办理"
    )
    assert line(compute("crim-investigation-custody", date(2025, 2, 28)), date(2025, 4, 30)) == (
        "4月30日 月末日起算至月末日（刑事诉讼），满2个月"
    )
    assert line(compute("labour-sue", date(2025, 4, 1)), date(2025, 4, 1)) == "4月1日 触发当日，不计入"
    assert (
        line(compute("pres-ruling-urgent", datetime(2025, 6, 10, 9, 5)), date(2025, 6, 12))
        == "6月12日 满48小时：10:00"
    )
    long = compute("limitation-3y", date(2022, 5, 6)).steps
    assert [step.date.year for step in long if step.counted] == [2023, 2024, 2025]


def test_every_step_and_note_of_every_rule_has_words_in_both_languages():
    for language in ("zh", "en"):
        set_language(language)
        for rule in load_rulebook().rules.values():
            for on in (rule.in_force_from, rule.in_force_to or date(2027, 2, 28)):
                text = explain(compute(rule.id, on))
                assert "{" not in text and "}" not in text, text


def test_a_whole_computation_is_explained_line_by_line():
    text = explain(compute("civil-appeal-judgment", date(2025, 1, 16))).splitlines()
    assert text[:3] == ["对一审判决上诉：2025年2月5日", "《民事诉讼法》第171条", "1月16日 触发当日，不计入"]
    assert text[-2] == "2月5日 其后第一个工作日，为末日"
    assert text[-1] == "当日交邮即不逾期，不论何时到达：请保存收寄回执。"


def test_the_json_of_the_command_line_contract():
    found = compute("arb-set-aside", date(2025, 12, 10)).as_json()
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert {
        name: found[name]
        for name in ("rule", "version", "trigger_date", "due", "provisional", "statute", "article")
    } == {
        "rule": "arb-set-aside",
        "version": "arb-set-aside-6m-until-2026",
        "trigger_date": "2025-12-10",
        "due": "2026-06-10",
        "provisional": False,
        "statute": "仲裁法(1994/2017修正)",
        "article": "第59条",
    }
    assert found["steps"][0] == {"date": "2025-12-10", "counted": None, "why": "触发当日，不计入"}
    assert found["steps"][-1] == {"date": "2026-06-10", "counted": 6, "why": "对应日，满6个月"}
    assert found["early_warning"] == "2026-03-10"


def test_an_alarm_instead_of_a_date_is_put_into_words():
    step = compute("civil-answer", date(2025, 3, 3)).steps[-1]
    assert reason(step) == "第15日"
