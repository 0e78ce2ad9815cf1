"""What members bring along, and what is new since a case was cleared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    Side,
)
from lawdesk.cases.rules.former import FormerMatterDraft
from lawdesk.conflicts import Asked, Decision, Hit, Role, Severity
from lawdesk.conflicts.queries import NewsRow
from lawdesk.conflicts.rules import Matter
from lawdesk.conflicts.service import to_decide
from lawdesk.kernel.errors import Cancelled, Refused
from tests.conflicts.conftest import CLIENT, OTHER
from tests.offices import Firm


def open_case(firm: Firm, client: str, adverse: str) -> int:
    parties = (
        CasePartyDraft(PartyDraft(client, PartyKind.ORGANIZATION), Side.CLIENT),
        CasePartyDraft(PartyDraft(adverse, PartyKind.ORGANIZATION), Side.ADVERSE),
    )
    conflicts = firm.office.conflicts
    result = conflicts.check(firm.director, [Asked(p.party.name, Role(p.side), "organization") for p in parties])
    decisions = [Decision(name, party, "no_conflict", "已核") for name, party in to_decide(result)]
    draft = CaseDraft("civil", "合同纠纷", parties, firm.lawyer.person_id, date(2025, 3, 3))
    clearance = conflicts.clear(firm.director, result, decisions)
    return firm.office.cases.open_case(firm.director, draft, clearance).case_id


@pytest.fixture
def two(office: Firm) -> Firm:
    """An office on each engine with two open cases that have nothing to do with one another."""
    open_case(office, CLIENT, OTHER)
    open_case(office, "青溪栎木家具有限公司", "雁荡文具有限公司")
    office.office.conflicts.rerun(office.director)
    assert office.office.conflicts.queries.news(office.director) == []
    return office


def party(firm: Firm, name: str) -> int:
    return next(row.id for row in firm.office.cases.queries.list_parties(firm.director, name) if row.name == name)


def news(firm: Firm) -> list[NewsRow]:
    firm.office.conflicts.rerun(firm.director)
    return firm.office.conflicts.queries.news(firm.director)


def hits(firm: Firm, name: str, role: Role, kind: str = "organization", matter: Matter | None = None) -> list[Hit]:
    return list(firm.office.conflicts.check(firm.director, [Asked(name, role, kind)], matter).hits)


def test_a_new_relation_is_news_for_the_open_case(two: Firm) -> None:
    assert not two.office.conflicts.rerun_due(two.director)
    draft = RelationDraft(party(two, CLIENT), party(two, "雁荡文具有限公司"), RelationKind.PARENT)
    two.office.cases.add_relation(two.director, draft)
    assert two.office.conflicts.rerun_due(two.director)
    found = news(two)
    assert ("雁荡文具有限公司", CLIENT, "review") in {
        (row.asked, row.content["name"], row.severity) for row in found
    }
    assert [step["relation"] for step in found[0].content["path"] if step["relation"]]
    assert not two.office.conflicts.rerun_due(two.director)
    assert len(news(two)) == len(found)  # nothing twice


def test_a_former_name_is_news_and_its_decision_stays(two: Firm) -> None:
    two.office.cases.add_name(two.director, party(two, OTHER), NameKind.FORMER, "青溪栎木家具有限公司")
    [row] = [row for row in news(two) if row.content["name"] == OTHER]
    assert row.asked == "青溪栎木家具有限公司"
    with pytest.raises(Refused):
        two.office.conflicts.settle_news(two.director, row.id, "waived", " ")
    two.office.conflicts.settle_news(two.director, row.id, "other_person", "信用代码不同")
    assert row.id not in {one.id for one in news(two)}


def test_what_is_no_longer_found_goes(two: Firm) -> None:
    cases = two.office.cases
    twin = cases.add_party(two.director, PartyDraft("青溪栎木家具厂", PartyKind.ORGANIZATION))
    cases.add_relation(two.director, RelationDraft(twin, party(two, OTHER), RelationKind.BRANCH))
    merge = cases.merge_parties(two.director, party(two, "青溪栎木家具有限公司"), twin)
    assert news(two)
    cases.unmerge_parties(two.director, merge)
    assert [row for row in news(two) if row.content["name"] == OTHER and row.severity == "waivable"] == []


def test_a_rerun_can_be_stopped(two: Firm) -> None:
    with pytest.raises(Cancelled):
        two.office.conflicts.rerun(two.director, lambda done, _all: done < 1)


def test_a_lawyer_joins_with_former_matters(two: Firm, tmp_path: Path) -> None:
    path = tmp_path / "原承办案件.csv"
    path.write_text(
        "案件,委托人,对方,身份,单位,结束日期\n"
        "买卖合同纠纷,雁荡文具有限公司,南汀农村商业银行,律师,远山律师事务所,2025-08-01\n"
        "借款纠纷,,苇塘纺织有限公司,法官,青岚区人民法院,2020-01-01\n"
        "坏行,甲公司,,律师,,去年\n",
        encoding="utf-8",
    )
    made = two.office.cases.import_former_matters(two.director, two.lawyer.person_id or 0, path)
    assert (made.added, [row for row, _problem in made.refused]) == (2, [4])
    [row] = news(two)
    assert (row.asked, row.severity) == ("雁荡文具有限公司", "waivable")
    assert row.content["rules"][0] == "waiv-within-one-year"
    [hit] = hits(two, "苇塘纺织有限公司", Role.CLIENT)
    assert (hit.severity, hit.rulings[0].rule) == (Severity.REVIEW, "abs-handled-in-office")
    assert any("顾知行" in question.words() for question in hit.cannot_be_judged)
    own = hits(two, "雁荡文具有限公司", Role.CLIENT)[0]  # of the lawyer's former client nothing stands in the way
    assert {one.severity for one in own.rulings if one.standing.stand == "former_client"} == {Severity.NOTE}


def test_the_other_sides_head_is_the_lawyers_sister(two: Firm) -> None:
    cases, lawyer = two.office.cases, two.lawyer
    cases.add_member_relation(
        two.director, lawyer.person_id or 0, RelationKind.RELATIVE, PartyDraft("顾知夏", PartyKind.PERSON)
    )
    sister = party(two, "顾知夏")
    draft = RelationDraft(sister, party(two, OTHER), RelationKind.LEGAL_REPRESENTATIVE)
    cases.add_relation(two.director, draft)
    [hit] = [hit for hit in hits(two, OTHER, Role.ADVERSE) if hit.name == lawyer.name]
    assert hit.severity is Severity.WAIVABLE
    handled = Matter(lawyers=frozenset({lawyer.name}))
    [hit] = [hit for hit in hits(two, OTHER, Role.ADVERSE, matter=handled) if hit.name == lawyer.name]
    assert (hit.severity, hit.rulings[0].rule) == (
        Severity.ABSOLUTE,
        "abs-relative-is-opposite-legal-rep-or-agent",
    )
    assert "absolute" in {row.severity for row in news(two)}  # the lawyer leads the open case against OTHER


def test_a_member_is_found_once_and_who_declared_nothing_is_named(two: Firm) -> None:
    cases = two.office.cases
    result = two.office.conflicts.check(two.director, [Asked("顾知行", Role.ADVERSE, "person")])
    assert any("顾知行" in entry.words() and "秦望舒" in entry.words() for entry in result.not_searched)
    cases.declare_member(two.director, two.lawyer.person_id or 0)
    result = two.office.conflicts.check(two.director, [Asked("顾知行", Role.ADVERSE, "person")])
    assert [hit.name for hit in result.hits].count("顾知行") == 1
    assert not any("顾知行" in entry.words() for entry in result.not_searched)


def test_former_matters_need_a_party(two: Firm) -> None:
    with pytest.raises(Refused):
        two.office.cases.add_former_matter(two.director, two.lawyer.person_id or 0, FormerMatterDraft("x", ()))
