"""What is ticked beforehand: the one period the words of the entry are about."""

from __future__ import annotations

from datetime import date

import pytest

from lawdesk.deadlines import Whose, load_rulebook, rules_for_trigger
from lawdesk.deadlines.service.ticking import NAMED, USUAL, is_ticked

DAY = date(2025, 11, 5)


def ticked(trigger: str, wording: str, proceeding: str = "civil-first") -> set[str]:
    rules = rules_for_trigger(trigger, on=DAY)
    return {rule.id for rule in rules if is_ticked(rule, Whose.OURS, proceeding=proceeding, wording=wording)}


@pytest.mark.parametrize(
    ("trigger", "wording", "wanted"),
    [
        ("preservation-measure-taken", "冻结银行账户", {"pres-term-bank"}),
        ("preservation-measure-taken", "查封不动产", {"pres-term-realty"}),
        ("preservation-measure-taken", "扣押动产", {"pres-term-movable"}),
        ("preservation-measure-taken", "诉前保全冻结账户", {"pres-term-bank", "pre-suit-pres-sue"}),
        ("preservation-measure-taken", "保全完毕", set()),
        ("evidence-notice-served", "收到举证通知", {"civil-evidence-ordinary"}),
        ("evidence-notice-served", "收到举证通知（简易程序）", {"civil-evidence-simple"}),
        ("fee-notice-received", "收到交费通知", {"civil-fee-prepay"}),
        ("fee-notice-received", "收到上诉费交费通知", {"civil-appeal-fee"}),
        ("award-received", "收到劳动仲裁裁决书（终局）", {"labour-sue-final-worker", "labour-set-aside-employer"}),
        ("award-received", "收到非终局裁决", {"labour-sue"}),
    ],
)
def test_words_choose_among_periods_of_which_one_can_run(trigger: str, wording: str, wanted: set[str]) -> None:
    assert ticked(trigger, wording) == wanted


def test_the_instance_chooses_where_the_words_do_not() -> None:
    assert ticked("fee-notice-received", "收到交费通知", "civil-second") == {"civil-appeal-fee"}
    assert ticked("evidence-notice-served", "收到举证通知", "civil-second") == {"civil-evidence-second"}


def test_an_answer_in_ordinary_procedure_is_not_one_in_small_claims() -> None:
    assert "civil-answer-small" not in ticked("complaint-copy-served", "收到起诉状副本")
    assert "civil-answer" in ticked("complaint-copy-served", "收到起诉状副本")


def test_every_name_in_the_table_is_a_period_of_its_trigger() -> None:
    book = load_rulebook()
    for trigger, names in [*NAMED.items(), *((key, value[""]) for key, value in USUAL.items())]:
        known = book.by_trigger[trigger]
        for name in names:
            assert any(name in (rule.id, rule.family) or rule.id.startswith(f"{name}-") for rule in known), name


@pytest.mark.parametrize("wording", ["对方签收判决书", "判决书已送达给对方", "对方当事人收到判决"])
def test_what_the_other_side_received_ticks_nothing_of_ours(wording: str) -> None:
    assert ticked("judgment-served", wording) == set()


def test_a_paper_of_the_other_side_that_came_to_us_does() -> None:
    assert "civil-appeal-answer" in ticked("appeal-copy-served", "收到对方上诉状副本")
    assert "civil-appeal-judgment" in ticked("judgment-served", "收到判决，对方败诉")
