"""The version in force on the trigger day, what a change of the law makes disputable, the article as it was."""

from datetime import date

import pytest

from lawdesk.deadlines.rules import article_on, compute, find_rule, load_rulebook
from lawdesk.kernel.errors import UserError, describe
from lawdesk.kernel.i18n import set_language

D = date
BOOK = load_rulebook()


def codes(found):
    return {note.code.removeprefix("deadlines.") for note in found.notes}


@pytest.mark.parametrize(
    ("asked", "on", "version"),
    [
        ("public-notice-30", D(2021, 12, 31), "public-notice-60-until-2021"),
        ("public-notice-60-until-2021", D(2022, 1, 1), "public-notice-30"),
        ("public-notice-domestic", D(2024, 5, 6), "public-notice-30"),
        ("public-notice-foreign", D(2023, 12, 31), "public-notice-foreign-3m"),
        ("public-notice-foreign", D(2024, 1, 1), "public-notice-foreign-60"),
        ("pre-suit-pres-sue", D(2012, 12, 31), "pre-suit-pres-sue-15-until-2012"),
        ("pres-term-bank", D(2015, 2, 3), "pres-term-bank-until-2015"),
        ("admin-sue-direct", D(2015, 4, 30), "admin-sue-direct-3m-until-2015"),
        ("rescission-90d", D(2020, 12, 31), "rescission-3m-until-2020"),
        ("bequest-accept", D(2020, 6, 1), "bequest-accept-2m-until-2020"),
        ("tm-opposition-3m-until-2026", D(2027, 1, 1), "tm-opposition-2m"),
    ],
)
def test_the_version_in_force_on_the_day_is_taken(asked, on, version):
    found = compute(asked, on)
    assert found.version == version
    assert found.as_json()["rule"] == asked
    assert ("version" in codes(found)) is (find_rule(BOOK, asked).id != version)


def test_limitation_not_expired_in_2017_gets_three_years():
    # 民法总则时效解释 第2条: two years from 2015-12-01 would end 2017-12-01, after 2017-10-01
    found = compute("limitation-3y", D(2015, 12, 1))
    assert (found.version, found.raw_end, found.due) == ("limitation-3y", D(2018, 12, 1), D(2018, 12, 3))
    assert "still_ran" in codes(found)
    assert compute("limitation-2y-until-2017", D(2015, 12, 1)).version == "limitation-3y"
    # the one-year claims had expired: shown, but no warning for everybody
    assert [(other.due, other.warns) for other in found.alternatives] == [(D(2016, 12, 1), False)]
    assert found.early_warning == D(2018, 12, 1)


def test_limitation_expired_before_october_2017_is_not_revived():
    found = compute("limitation-general", D(2015, 6, 1))
    assert (found.version, found.raw_end) == ("limitation-2y-until-2017", D(2017, 6, 1))
    assert "expired" in codes(found)
    # the day it turns: ended 30 September (expired) / ends 1 October (still runs)
    assert compute("limitation-3y", D(2015, 9, 30)).version == "limitation-2y-until-2017"
    assert compute("limitation-3y", D(2015, 10, 1)).version == "limitation-3y"
    # a one-year claim of March 2016 ended in March 2017, a two-year one ran on
    assert compute("limitation-1y-until-2017", D(2016, 3, 1)).due == D(2017, 3, 1)
    assert compute("limitation-2y-until-2017", D(2016, 3, 1)).version == "limitation-3y"


def test_environment_damage_gets_five_years_unless_the_three_had_run_out():
    found = compute("limitation-environment", D(2024, 5, 6))
    assert (found.version, found.due) == ("limitation-environment-5y", D(2029, 5, 7))  # 6 May 2029 is a Sunday
    assert found.early_warning == D(2027, 5, 6)  # by analogy only: the old end stays the warning
    assert compute("limitation-environment-5y", D(2023, 8, 14)).version == "limitation-environment-3y-until-2026"


def test_setting_aside_an_award_across_march_2026_shows_all_dates_and_warns_with_the_earliest():
    found = compute("arb-set-aside-3m", D(2025, 12, 10))
    assert (found.version, found.due) == ("arb-set-aside-6m-until-2026", D(2026, 6, 10))
    assert {other.due for other in found.alternatives} == {D(2026, 6, 1), D(2026, 3, 10)}
    assert found.early_warning == D(2026, 3, 10)
    # three months from receipt were over before the new law took effect: that date warns nobody
    assert compute("arb-set-aside", D(2025, 10, 15)).early_warning == D(2026, 4, 15)
    # the old six months ended before the new law: nothing to show
    assert compute("arb-set-aside", D(2025, 7, 1)).alternatives == ()
    assert compute("arb-set-aside-6m-until-2026", D(2026, 3, 1)).due == D(2026, 6, 1)


def test_other_changes_of_law_show_the_other_date():
    opposition = compute("tm-opposition", D(2026, 11, 10))
    assert (opposition.due, opposition.early_warning) == (D(2027, 2, 10), D(2027, 1, 11))  # 10 January is a Sunday
    guarantee = compute("guarantee-unclear", D(2022, 3, 1))
    assert (guarantee.due, guarantee.early_warning) == (D(2022, 9, 1), D(2022, 9, 1))
    assert [other.due for other in guarantee.alternatives] == [D(2024, 3, 1)]
    old = compute("enf-apply", D(2007, 6, 1))
    assert (old.version, old.early_warning) == ("enf-apply-1991-natural", D(2007, 12, 3))
    assert [other.due for other in old.alternatives] == [D(2007, 12, 3)]  # both parties organizations: six months


def test_parties_without_domicile_get_their_own_rule():
    assert compute("civil-answer", D(2025, 3, 3), foreign=True).version == "civil-answer-foreign"
    assert compute("civil-appeal-ruling", D(2025, 3, 3), foreign=True).due == D(2025, 4, 2)  # 第286条: 30日
    assert compute("public-notice-30", D(2023, 3, 3), foreign=True).version == "public-notice-foreign-3m"
    assert compute("civil-appeal-foreign", D(2025, 3, 3)).version == "civil-appeal-foreign"  # asked for by name
    assert compute("limitation-3y", D(2025, 3, 3), foreign=True).version == "limitation-3y"


def test_ten_days_of_reconsideration_were_calendar_days_before_2024():
    assert compute("recon-answer", D(2023, 9, 20)).due == D(2023, 10, 7)  # raw 30 September, holidays to 6 October
    assert compute("recon-answer", D(2024, 9, 20)).due == D(2024, 10, 10)  # ten working days, 29 September made up


def test_disputed_working_days_show_both_dates():
    found = compute("labour-arb-answer", D(2025, 9, 28))
    assert (found.due, [other.due for other in found.alternatives]) == (D(2025, 10, 17), [D(2025, 10, 9)])
    assert found.early_warning == D(2025, 10, 9)
    notice = compute("public-notice-30", D(2024, 3, 15))
    assert (notice.due, [other.due for other in notice.alternatives]) == (D(2024, 4, 14), [D(2024, 4, 15)])


@pytest.mark.parametrize(
    ("rule", "day", "article", "certain"),
    [
        ("civil-appeal-judgment", D(2025, 1, 1), "第171条", True),
        ("civil-appeal-judgment", D(2021, 12, 31), "第164条", True),
        ("civil-appeal-judgment", D(2022, 6, 1), "第171条", True),
        ("civil-appeal-foreign", D(2015, 1, 1), "第269条", True),
        ("civil-appeal-foreign", D(2023, 1, 1), "第276条", True),
        ("civil-appeal-foreign", D(2012, 1, 1), "第286条", False),
        ("arb-correct", D(2020, 1, 1), "第56条", True),
        ("co-resolution-60d", D(2024, 6, 30), "第22条", True),
        ("tm-refusal-review", D(2027, 1, 1), "第37条", True),
        ("tm-refusal-review", D(2026, 12, 31), "第34条", True),
        ("limitation-3y", D(2019, 1, 1), "第188条", False),
        ("enf-apply", D(2020, 1, 1), "第239条", True),
    ],
)
def test_the_article_is_cited_as_numbered_then(rule, day, article, certain):
    cited = article_on(BOOK.rules[rule], day)
    assert (cited.article, cited.certain) == (article, certain)


def test_before_the_law_existed_and_unknown_rules_are_refused_with_the_reason():
    with pytest.raises(UserError) as refused:
        compute("civil-retrial-apply", D(2012, 6, 1))
    assert "2013年1月1日" in describe(refused.value).why
    assert "二年" in describe(refused.value).next  # the length of the older law, as far as the data knows
    with pytest.raises(UserError) as refused:
        compute("civil-anser", D(2025, 6, 1))
    assert "civil-answer" in describe(refused.value).next
    set_language("en")
    try:
        assert "There is no rule called civil-anser." in str(describe(refused.value))
    finally:
        set_language("zh")


def test_rules_not_compared_with_the_text_say_so():
    assert "unchecked" in codes(compute("crim-petition", D(2025, 1, 2)))
    assert "unchecked" not in codes(compute("civil-answer", D(2025, 1, 2)))
