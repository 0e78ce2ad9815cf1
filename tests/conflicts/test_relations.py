"""Parties found through relations: the way, its weight, cycles, hubs, and how grave it makes a check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import lawdesk.conflicts
from lawdesk.cases import PartyDraft, PartyKind, RelationDraft, RelationKind
from lawdesk.cases.queries import relations as walking
from lawdesk.conflicts import Asked, CheckResult, Hit, Role, Severity
from lawdesk.conflicts.rules import Level, Matter, path_words
from tests.conflicts.conftest import CLIENT, OTHER
from tests.offices import Firm

K = RelationKind


def party(firm: Firm, name: str, kind: PartyKind = PartyKind.ORGANIZATION) -> int:
    known = [row.id for row in firm.office.cases.queries.list_parties(firm.director, name) if row.name == name]
    return known[0] if known else firm.office.cases.add_party(firm.director, PartyDraft(name, kind))


def tie(firm: Firm, name: str, kind: K, of: str, *, share: int | None = None, until: date | None = None) -> None:
    """``name`` is the ``kind`` of ``of``."""
    people = {K.LEGAL_REPRESENTATIVE, K.SPOUSE, K.RELATIVE}
    one = party(firm, name, PartyKind.PERSON if kind in people else PartyKind.ORGANIZATION)
    firm.office.cases.add_relation(
        firm.director, RelationDraft(one, party(firm, of), kind, share_bp=share, until=until)
    )


def ask(firm: Firm, name: str, role: Role = Role.ADVERSE, kind: str = "organization", **more: str) -> CheckResult:
    matter = Matter(kind=more.get("matter", ""), lawyers=frozenset(filter(None, [more.get("lawyer")])))
    return firm.office.conflicts.check(firm.lawyer, [Asked(name, role, kind)], matter)


def hit_on(result: CheckResult, name: str) -> Hit:
    [hit] = [hit for hit in result.hits if hit.name == name]
    return hit


@pytest.fixture
def busy_both(office: Firm) -> Firm:
    """An office on each engine with CLIENT as client against OTHER."""
    from lawdesk.cases import CaseDraft, CasePartyDraft, Side

    parties = (
        CasePartyDraft(PartyDraft(CLIENT, PartyKind.ORGANIZATION), Side.CLIENT),
        CasePartyDraft(PartyDraft(OTHER, PartyKind.ORGANIZATION), Side.ADVERSE),
    )
    asked = [Asked(one.party.name, Role(one.side), "organization") for one in parties]
    conflicts = office.office.conflicts
    clearance = conflicts.clear(office.lawyer, conflicts.check(office.lawyer, asked))
    draft = CaseDraft("civil", "运输合同纠纷", parties, office.lawyer.person_id, date(2025, 3, 3))
    office.office.cases.open_case(office.lawyer, draft, clearance)
    return office


def test_the_wifes_company_is_found_over_three_steps(busy_both: Firm) -> None:
    """Our client's shareholder is the husband of the legal representative of the asked company."""
    tie(busy_both, "季鸿山", K.SHAREHOLDER, CLIENT, share=3000)
    tie(busy_both, "沈秋禾", K.SPOUSE, "季鸿山")
    tie(busy_both, "沈秋禾", K.LEGAL_REPRESENTATIVE, "青溪栎木家具有限公司")
    result = ask(busy_both, "青溪栎木家具有限公司")
    hit = hit_on(result, CLIENT)
    assert [step.name for step in hit.path[1:]] == ["青溪栎木家具有限公司", "沈秋禾", "季鸿山", CLIENT]
    assert [step.relation for step in hit.path[2:]] == ["legal_representative", "spouse_of", "shareholder_of"]
    assert "持股企业 30%：" + CLIENT in path_words(hit.path)
    nearer = hit_on(result, "季鸿山")
    assert hit_on(result, "沈秋禾").score > nearer.score > hit.score >= 0.5
    assert hit.standings[0].stand == "client"


def test_the_fourth_step_is_not_walked(busy_both: Firm) -> None:
    for one, other in (("甲川实业有限公司", "乙岭实业有限公司"), ("乙岭实业有限公司", "丙屿实业有限公司")):
        tie(busy_both, one, K.PARENT, other)
    tie(busy_both, "丙屿实业有限公司", K.PARENT, "丁浦实业有限公司")
    tie(busy_both, "丁浦实业有限公司", K.PARENT, CLIENT)
    names = {hit.name for hit in ask(busy_both, "甲川实业有限公司").hits if hit.reached_from}
    assert names == {"乙岭实业有限公司", "丙屿实业有限公司", "丁浦实业有限公司"}


def test_cycles_end_and_nobody_is_listed_twice(busy_both: Firm) -> None:
    tie(busy_both, "环江控股有限公司", K.SHAREHOLDER, "环河控股有限公司", share=9000)
    tie(busy_both, "环河控股有限公司", K.SHAREHOLDER, "环湖控股有限公司", share=9000)
    tie(busy_both, "环湖控股有限公司", K.SHAREHOLDER, "环江控股有限公司", share=9000)
    tie(busy_both, "环江控股有限公司", K.PARENT, "环河控股有限公司")
    result = ask(busy_both, "环江控股有限公司")
    names = [hit.name for hit in result.hits]
    assert len(names) == len(set(names))
    assert {"环江控股有限公司", "环河控股有限公司", "环湖控股有限公司"} <= set(names)
    assert hit_on(result, "环江控股有限公司").reached_from is None


def test_a_hub_is_met_but_not_walked_through_and_that_is_said(
    busy_both: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = walking._WALK.bindparams(hub=3)
    monkeypatch.setattr(walking, "_WALK", few)
    for number in "一二三四":
        tie(busy_both, f"第{number}织造厂", K.GUARANTOR, "南汀农村商业银行")
    tie(busy_both, "南汀农村商业银行", K.GUARANTOR, "苇塘纺织有限公司")
    result = ask(busy_both, "苇塘纺织有限公司")
    assert hit_on(result, "南汀农村商业银行")
    assert not [hit for hit in result.hits if "织造厂" in hit.name]
    assert [entry for entry in result.not_searched if "南汀农村商业银行" in entry.words()]


def test_against_a_clients_subsidiary_a_person_decides(busy_both: Firm) -> None:
    tie(busy_both, CLIENT, K.SHAREHOLDER, "墨禾冷链有限公司", share=8000)
    hit = hit_on(ask(busy_both, "墨禾冷链有限公司"), CLIENT)
    assert (hit.severity, hit.rulings[0].rule) == (Severity.REVIEW, "review-affiliate")
    assert hit.level == Level.CERTAIN
    assert any(reason.code == "ask.affiliate" for reason in hit.cannot_be_judged)


def test_for_the_subsidiary_of_an_opponent_consent_is_needed(busy_both: Firm) -> None:
    tie(busy_both, OTHER, K.SHAREHOLDER, "澄屿物业服务有限公司", share=10000)
    hit = hit_on(ask(busy_both, "澄屿物业服务有限公司", Role.CLIENT), OTHER)
    assert (hit.severity, hit.rulings[0].rule) == (Severity.WAIVABLE, "waiv-similar")


def test_a_branch_is_its_organization(busy_both: Firm) -> None:
    tie(busy_both, "柠檬仓配服务部", K.BRANCH, CLIENT)
    hit = hit_on(ask(busy_both, "柠檬仓配服务部"), CLIENT)
    assert (hit.severity, hit.rulings[0].rule) == (Severity.WAIVABLE, "waiv-against-service-client")


def test_a_small_old_tie_is_only_a_note(busy_both: Firm) -> None:
    tie(busy_both, CLIENT, K.FORMER_EMPLOYER, "高芷兰")
    tie(busy_both, "高芷兰", K.SHAREHOLDER, "雁荡文具有限公司", share=500)
    hit = hit_on(ask(busy_both, "雁荡文具有限公司"), CLIENT)
    assert hit.severity is Severity.NOTE
    tie(busy_both, "砚台拍卖有限公司", K.GUARANTOR, CLIENT, until=date(2020, 1, 1))
    ended = hit_on(ask(busy_both, "砚台拍卖有限公司"), CLIENT)
    tie(busy_both, "铜山拍卖有限公司", K.GUARANTOR, CLIENT)
    assert ended.score < hit_on(ask(busy_both, "铜山拍卖有限公司"), CLIENT).score


def test_a_relation_from_an_uncertain_name_forbids_nothing(busy_both: Firm) -> None:
    tie(busy_both, "蓝湾度假有限公司", K.BRANCH, CLIENT)
    hits = [hit for hit in ask(busy_both, "兰湾度假有限公司").hits if hit.name == CLIENT]
    assert all(hit.severity is not Severity.WAIVABLE for hit in hits)
    assert hits[0].reached_from is not Level.CERTAIN


def test_the_result_no_longer_says_that_relations_were_not_walked(busy_both: Firm) -> None:
    codes = {entry.reason.code for entry in ask(busy_both, "从未见过的公司有限公司").not_searched}
    assert "not.relations" not in codes


def test_every_rule_of_the_law_is_judged_or_asked() -> None:
    """conflicts.toml against the code: what no data can tell is a question."""
    from lawdesk.conflicts.rules.asking import RULES_ASKED, questions
    from lawdesk.kernel.resources import load_rules

    package = Path(lawdesk.conflicts.__file__).parent / "rules"
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    subsumed = {"review-legal-aid-and-private"}  # a legal-aid case is graded like any case
    for rule in load_rules("conflicts")["rule"]:
        assert f'"{rule["id"]}"' in source or rule["id"] in subsumed, rule["id"]
    assert len(RULES_ASKED) == 8
    asked = {entry.reason.code for entry in questions(Matter(kind="criminal"))}
    assert asked == {"ask.judges", "ask.accused", "ask.offices"}
    assert "ask.judges" not in {entry.reason.code for entry in questions(Matter(kind="non-litigation"))}


@pytest.mark.parametrize("bearers", [60, 400])
def test_of_many_namesakes_the_one_behind_our_client_is_met(busy_both: Firm, tmp_path: Path, bearers: int) -> None:
    """The last of them controls our client: that the list shows ten of a name must not hide her."""
    table = tmp_path / "parties.csv"
    table.write_text(
        "ref,name,kind\n" + "".join(f"N{n},章砚秋,person\n" for n in range(bearers)), encoding="utf-8"
    )
    cases = busy_both.office.cases
    assert cases.import_parties(busy_both.director, table).created == bearers
    last = max(row.id for row in cases.queries.list_parties(busy_both.director, "章砚秋", limit=bearers + 5))
    cases.add_relation(busy_both.director, RelationDraft(last, party(busy_both, CLIENT), K.CONTROLLER))
    result = busy_both.office.conflicts.check(busy_both.lawyer, [Asked("章砚秋", kind="person")], limit=10)
    assert [step.name for step in hit_on(result, CLIENT).path] == ["章砚秋", "章砚秋", CLIENT]
    assert last in {hit.party for hit in result.hits}
    assert result.more >= bearers - 12
