"""Whole checks on the firm's ledger: who may be taken on, who needs consent, what a person has to decide."""

from datetime import UTC, date, datetime

import pytest

from lawdesk.conflicts.rules import (
    Asked,
    Known,
    KnownName,
    Matter,
    NameIndex,
    Outcome,
    Role,
    Searched,
    Severity,
    Stand,
    Standing,
    check,
    outcome,
    rule_sources,
)
from lawdesk.kernel.i18n import language, set_language
from lawdesk.kernel.resources import load_rules

NOW = datetime(2025, 11, 5, 1, tzinfo=UTC)

HUAYAN, ZHENYAN, TAIZHOU, CHENHU, JINYU, SHENYAN, WANG, LIN, SUN, RUNLAN, XU = range(1, 12)
NAMES = {
    HUAYAN: "浙江华砚隆食品有限公司",
    ZHENYAN: "震砚营销（深圳）有限公司宁波分公司",
    TAIZHOU: "台州向岚塑业有限公司",
    CHENHU: "晨湖示例科技有限公司",
    JINYU: "东莞市金屿峰实业有限公司",
    SHENYAN: "东莞市深砚冷却设备有限公司",
    WANG: "王志衡",
    LIN: "林若楠",
    SUN: "孙若兰",
    RUNLAN: "润岚汽车集团有限公司",
    XU: "徐若",
}
WANG_ID = "11010519491231002X"


def case(stand, number, *, closed=None, lead="周明远", **more):
    return Standing(stand, number, closed is None, date(2024, 1, 4), closed, lead, **more)


STANDINGS = {
    HUAYAN: [case(Stand.ADVERSE, "民003"), case(Stand.CLIENT, "民005", lead="何立新")],
    ZHENYAN: [
        case(Stand.ADVERSE, "民001", closed=date(2024, 5, 20)),
        case(Stand.ADVERSE, "民002"),
        case(Stand.CLIENT, "民015", closed=date(2024, 11, 8), lead="何立新"),
    ],
    TAIZHOU: [case(Stand.CLIENT, "民001", closed=date(2024, 5, 20))],
    CHENHU: [case(Stand.RETAINER, "顾001", matter_kind="retainer")],
    JINYU: [case(Stand.CLIENT, "民019", closed=date(2025, 6, 30))],
    SHENYAN: [case(Stand.ADVERSE, "民019", closed=date(2025, 6, 30))],
    WANG: [case(Stand.CLIENT, "刑001", matter_kind="criminal")],
    LIN: [Standing(Stand.STAFF, "", True)],
    SUN: [case(Stand.ENQUIRER, "咨询7")],
    RUNLAN: [case(Stand.ADVERSE, "民018"), case(Stand.ADVERSE, "民021")],
    XU: [case(Stand.CLIENT, "密1", restricted=True, reference="R-17")],
}


@pytest.fixture(autouse=True)
def _english():
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def run():
    index = NameIndex(
        Known(party, (KnownName(name),), identifiers=(WANG_ID,) if party == WANG else ())
        for party, name in NAMES.items()
    )

    def run_check(client=None, adverse=None, third=None, matter=None, number=None):
        roles = {Role.CLIENT: client, Role.ADVERSE: adverse, Role.THIRD: third}
        asked = [
            Asked(name, role, identifiers=(number,) if number and role == Role.ADVERSE else ())
            for role, name in roles.items()
            if name is not None
        ]
        searched = Searched(cases=67, enquiries=3)
        return check(
            asked,
            index,
            lambda parties: {p: STANDINGS[p] for p in parties},
            at=NOW,
            matter=matter,
            searched=searched,
        )

    return run_check


def graded(result, party):
    hit = next(hit for hit in result.hits if hit.party == party)
    return {ruling.standing.case: (ruling.severity, ruling.rule) for ruling in hit.rulings}, hit


def test_a_new_client_who_is_the_other_side_of_an_open_case_needs_a_waiver(run):
    result = run(client="浙江华砚隆食品有限公司", adverse="浙江乐砚家食品有限公司")
    rulings, hit = graded(result, HUAYAN)
    assert rulings == {
        "民003": (Severity.WAIVABLE, "waiv-opposite-party-other-matter"),
        "民005": (Severity.NOTE, "known-party"),
    }
    assert hit.severity == Severity.WAIVABLE
    assert [one.code for one in hit.cannot_be_judged] == ["ask.same_matter"]
    assert outcome(result) == Outcome.NEEDS_DECISION


def test_in_the_same_case_it_is_forbidden_and_declared_another_one_still_needs_a_waiver(run):
    client = "浙江华砚隆食品有限公司"
    same = run(client=client, adverse="某人甲乙", matter=Matter(same_as=frozenset({"民003"})))
    assert graded(same, HUAYAN)[0]["民003"] == (Severity.ABSOLUTE, "abs-civil-both-sides-same-firm")
    assert outcome(same) == Outcome.BLOCKED
    other = run(client=client, matter=Matter(other_than=frozenset({"民003"})))
    rulings, hit = graded(other, HUAYAN)
    assert rulings["民003"] == (Severity.WAIVABLE, "waiv-opposite-party-other-matter")
    assert not hit.cannot_be_judged


def test_against_a_present_client_only_with_consent(run):
    rulings, _hit = graded(run(client="义乌市岚销进出口有限公司", adverse="浙江华砚隆食品"), HUAYAN)
    assert rulings["民005"] == (Severity.REVIEW, "waiv-against-service-client")  # short name: identity first
    rulings, _hit = graded(run(client="义乌市岚销进出口有限公司", adverse="浙江华砚隆食品有限公司"), HUAYAN)
    assert rulings["民005"] == (Severity.WAIVABLE, "waiv-against-service-client")
    assert rulings["民003"] == (Severity.NOTE, "known-party")


def test_against_a_former_client_within_a_year_and_after(run):
    adverse = "震砚营销（深圳）有限公司宁波分公司"
    rulings, hit = graded(run(client="台州市超砚工具有限公司", adverse=adverse), ZHENYAN)
    assert rulings["民015"] == (Severity.WAIVABLE, "waiv-within-one-year")  # ended 2024-11-08, now 2025-11-05
    assert {one.code for one in hit.cannot_be_judged} == {"ask.same_matter", "ask.confidential"}
    STANDINGS[ZHENYAN][2] = case(Stand.CLIENT, "民015", closed=date(2024, 11, 4), lead="何立新")
    try:
        rulings, _hit = graded(run(client="台州市超砚工具有限公司", adverse=adverse), ZHENYAN)
    finally:
        STANDINGS[ZHENYAN][2] = case(Stand.CLIENT, "民015", closed=date(2024, 11, 8), lead="何立新")
    assert rulings["民015"] == (Severity.REVIEW, "review-former-client-confidential")


def test_changing_sides_one_instance_later_is_found_from_both_names(run):
    """The ledger: 2024 the firm acted for 金屿峰 against 深砚, 2025 for 深砚 against 金屿峰."""
    result = run(client="东莞市深砚冷却设备有限公司", adverse="东莞市金屿峰实业有限公司")
    for party in (JINYU, SHENYAN):
        rulings, hit = graded(result, party)
        assert rulings["民019"] == (Severity.ABSOLUTE, "abs-switch-side-same-case")
        assert "ask.same_matter" in {one.code for one in hit.cannot_be_judged}
    assert outcome(result) == Outcome.BLOCKED
    declared = run(
        client="东莞市深砚冷却设备有限公司",
        adverse="东莞市金屿峰实业有限公司",
        matter=Matter(other_than=frozenset({"民019"})),
    )
    assert graded(declared, JINYU)[0]["民019"] == (Severity.REVIEW, "review-former-client-confidential")
    assert outcome(declared) == Outcome.NEEDS_DECISION


def test_against_a_company_we_advise(run):
    adverse = "晨湖示例科技有限公司"
    rulings, hit = graded(run(client="吕昕", adverse=adverse), CHENHU)
    assert rulings["顾001"] == (Severity.WAIVABLE, "waiv-against-service-client")
    assert "ask.same_lawyer" in {one.code for one in hit.cannot_be_judged}
    own = run(client="吕昕", adverse=adverse, matter=Matter(lawyers=frozenset({"周明远"})))
    assert graded(own, CHENHU)[0]["顾001"] == (Severity.ABSOLUTE, "abs-counsel-vs-retainer-client")
    colleague = run(client="吕昕", adverse=adverse, matter=Matter(lawyers=frozenset({"何立新"})))
    assert graded(colleague, CHENHU)[0]["顾001"] == (Severity.WAIVABLE, "waiv-against-service-client")


def test_victim_and_accused_of_one_criminal_case(run):
    matter = Matter(kind="criminal", same_as=frozenset({"刑001"}))
    result = run(client="吕昕", adverse="王志衡", matter=matter, number=WANG_ID)
    assert graded(result, WANG)[0]["刑001"] == (Severity.ABSOLUTE, "abs-criminal-victim-and-accused")


def test_an_equal_name_waits_for_the_number(run):
    unknown = run(client="吕昕", adverse="王志衡")
    _rulings, hit = graded(unknown, WANG)
    assert (hit.severity, hit.rulings[0].if_same) == (Severity.REVIEW, Severity.WAIVABLE)
    assert "ask.identity" in {one.code for one in hit.cannot_be_judged}
    assert outcome(unknown) == Outcome.NEEDS_DECISION
    confirmed = run(client="吕昕", adverse="王志衡", number=WANG_ID)
    assert graded(confirmed, WANG)[1].severity == Severity.WAIVABLE
    namesake = run(client="吕昕", adverse="王志衡", number="310115197806052318")
    _rulings, hit = graded(namesake, WANG)
    assert hit.severity == Severity.NOTE
    assert hit.namesake
    assert outcome(namesake) == Outcome.CLEAR


def test_members_of_the_firm_and_enquirers(run):
    rulings, hit = graded(run(client="吕昕", adverse="林若楠"), LIN)
    assert hit.rulings[0].if_same == Severity.ABSOLUTE
    assert hit.rulings[0].rule == "abs-firm-or-staff-is-party"
    assert rulings
    _rulings, hit = graded(run(client="赵川", adverse="孙若兰"), SUN)
    assert (hit.severity, hit.rulings[0].rule) == (Severity.REVIEW, "review-prospective-client")
    _rulings, hit = graded(run(client="孙若兰", adverse="赵川"), SUN)
    assert hit.severity == Severity.NOTE


def test_the_same_opponent_once_more_is_only_a_note(run):
    result = run(client="厦门岚高科技有限公司", adverse="润岚汽车集团有限公司")
    assert graded(result, RUNLAN)[1].severity == Severity.NOTE
    assert outcome(result) == Outcome.CLEAR


def test_a_third_party_we_act_for_is_to_be_decided(run):
    result = run(client="吕昕", adverse="赵川", third="浙江华砚隆食品有限公司")
    assert graded(result, HUAYAN)[0]["民005"] == (Severity.REVIEW, "abs-similar")
    assert outcome(result) == Outcome.NEEDS_DECISION


def test_one_party_on_both_sides_blocks(run):
    result = run(client="上海旌砚电子有限公司", adverse="上海旌硯電子有限责任公司")
    assert [problem.code for problem in result.problems] == ["check.both_sides"]
    assert outcome(result) == Outcome.BLOCKED
    assert outcome(run(client="李伟", adverse="李玮")) == Outcome.CLEAR


def test_nothing_asked_is_never_clear(run):
    for result in (run(), run(client="  ")):
        assert [problem.code for problem in result.problems] == ["check.empty"]
        assert outcome(result) == Outcome.BLOCKED
    for name in ("姜某", "科技有限公司", "🙂", "张" * 10_000, "何允等8人"):
        assert outcome(run(client="吕昕", adverse=name)) == Outcome.NEEDS_DECISION, name


def test_the_result_says_what_was_searched_and_what_was_not(run):
    result = run(client="吕昕")
    assert (result.searched.parties, result.searched.names, result.searched.cases) == (11, 11, 67)
    assert len(result.searched.fingerprint) == 32
    assert result.variants == ("吕昕",)
    assert result.at == NOW
    assert "2026-11-22" in result.rule_version
    codes = [entry.reason.code for entry in result.not_searched]
    assert codes == [
        "not.adverse",
        "not.numbers",
        "not.relatives",
        "not.shareholders",
        "not.offices",
        "not.relations",
    ]
    assert not result.hits
    assert outcome(result) == Outcome.CLEAR


def test_behind_a_wall_only_the_reference_is_said(run):
    _rulings, hit = graded(run(client="吕昕", adverse="徐若"), XU)
    assert hit.standings[0].words() == "Restricted case: ask the director, reference R-17"
    _rulings, hit = graded(run(client="吕昕", adverse="王志衡"), WANG)
    assert hit.standings[0].words() == "client in 刑001, open (lead: 周明远)"


def test_every_ruling_names_a_rule_of_the_law_data_with_its_source(run):
    known = {rule["id"]: rule for rule in load_rules("conflicts")["rule"]}
    seen = set()
    for name in NAMES.values():
        for role in ("client", "adverse", "third"):
            for hit in run(**{role: name}).hits:
                for ruling in hit.rulings:
                    assert ruling.title
                    if ruling.rule == "known-party":
                        continue
                    seen.add(ruling.rule)
                    assert ruling.sources == tuple(known[ruling.rule]["sources"]) == rule_sources(ruling.rule)
                    assert ruling.if_same == known[ruling.rule]["severity"] or ruling.rule in (
                        "abs-similar",
                        "abs-own-interest",
                    )
    assert len(seen) >= 6
