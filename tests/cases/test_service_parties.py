"""Parties are found again, never doubled, never merged by a namesake, never wrongly numbered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lawdesk.cases import (
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
)
from lawdesk.cases.rules import RelatedParty
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.kernel.errors import Refused, UserError
from tests.cases.opening import (
    CODE,
    MASK,
    OTHER_CODE,
    a_case,
    cleared,
    company,
    nothing_stored,
    opened,
    person,
)
from tests.offices import Firm


def names(firm: Firm, words: str = "") -> list[str]:
    return [row.name for row in firm.office.cases.queries.list_parties(firm.director, words)]


def test_the_same_organization_is_not_doubled(office: Firm) -> None:
    opened(office, company("晨湖（上海）有限公司"))
    opened(office, company(" 晨湖(上海)有限公司 ", code=CODE))  # half-width brackets, now with its number
    opened(office, company("晨湖数据有限公司", code=CODE))  # another name, the same number
    assert names(office) == ["晨湖（上海）有限公司"]
    party = office.office.cases.queries.list_parties(office.director)[0]
    detail = office.office.cases.queries.party(office.director, party.id)
    assert party.cases == 3
    assert detail.identifiers == (("uscc", f"{CODE[:4]}**********{CODE[-4:]}"),)
    reveal = office.office.cases.reveal
    assert reveal(office.director, party.id, Masked.IDENTIFIER, Purpose.VERIFY) == CODE
    assert {name for _kind, name in detail.names} == {
        "晨湖（上海）有限公司",
        "晨湖(上海)有限公司",
        "晨湖数据有限公司",
    }


def test_organizations_of_one_name_with_different_numbers_are_two(office: Firm) -> None:
    opened(office, company("红星合作社", code=CODE))
    opened(office, company("红星合作社", code=OTHER_CODE))
    assert names(office) == ["红星合作社", "红星合作社"]


def test_a_person_is_not_the_company_of_that_name(office: Firm) -> None:
    opened(office, company("红星"))
    opened(office, person("红星"))
    assert names(office) == ["红星", "红星"]


def test_persons_of_the_same_name_are_never_taken_for_one(office: Firm) -> None:
    opened(office, person("张伟"))
    opened(office, person("张伟"))
    opened(office, person("张伟", identifiers=(("id-card", "11010519491231002X"),)))
    opened(office, person("张伟", identifiers=(("id-card", "11010519491231002X"),)))
    assert names(office) == ["张伟"] * 3


@pytest.mark.parametrize(("kind", "number"), [("id-card", MASK), ("mobile", "13800000004"), ("other", "甲-12")])
def test_a_mask_or_a_shared_telephone_names_nobody(office: Firm, kind: str, number: str) -> None:
    opened(office, person("孙若兰", identifiers=((kind, number),)))
    opened(office, person("李四", identifiers=((kind, number),)))
    assert sorted(names(office)) == ["孙若兰", "李四"]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("id-card", "110105194912310021"), ("id-card", "110105194913310026"), ("uscc", "91110000802100433C")],
)
def test_a_wrong_identifier_is_refused_wherever_it_is_entered(office: Firm, kind: str, wrong: str) -> None:
    draft = a_case(office, person("张伟", identifiers=((kind, wrong),)))
    desk = office.office.cases
    with pytest.raises(Refused):
        desk.open_case(office.lawyer, draft, cleared(office, draft))
    with pytest.raises(Refused):
        desk.add_party(office.lawyer, draft.parties[0].party)
    assert nothing_stored(office)
    party_id = desk.add_party(office.lawyer, PartyDraft("张伟", PartyKind.PERSON))
    with pytest.raises(Refused):
        desk.add_identifier(office.lawyer, party_id, kind, wrong)
    assert desk.queries.party(office.lawyer, party_id).identifiers == ()


def test_a_new_name_keeps_the_former_one_findable(office: Firm) -> None:
    desk = office.office.cases
    party_id = desk.add_party(office.lawyer, PartyDraft("晨湖示例软件有限公司", PartyKind.ORGANIZATION))
    desk.change_party(office.lawyer, party_id, seen=1, name="晨湖示例科技有限公司", phone="", address="", note="")
    detail = desk.queries.party(office.lawyer, party_id)
    assert set(detail.names) == {("former", "晨湖示例软件有限公司"), ("registered", "晨湖示例科技有限公司")}
    assert names(office, "软件") == ["晨湖示例科技有限公司"]
    assert [found.subject_id for found in desk.queries.find(office.lawyer, "软件", "party")] == [party_id]
    desk.change_party(  # and back again
        office.lawyer, party_id, seen=detail.version, name="晨湖示例软件有限公司", phone="", address="", note=""
    )
    assert set(desk.queries.party(office.lawyer, party_id).names) == {
        ("registered", "晨湖示例软件有限公司"),
        ("former", "晨湖示例科技有限公司"),
    }


def test_the_legal_representative_of_a_returning_client_is_one_person(office: Firm) -> None:
    client = replace(company("晨湖示例科技有限公司"), legal_representative="王知行")
    first, second = opened(office, client), opened(office, client)
    assert names(office, "王知行") == ["王知行"]
    for made in (first, second):
        (row,) = office.office.cases.queries.case(office.lawyer, made.case_id).parties
        assert row.legal_representative == "王知行"


def test_related_companies_are_kept_with_the_case_or_not_at_all(office: Firm) -> None:
    client = replace(company("晨湖示例科技有限公司"), legal_representative="王知行")
    draft = a_case(office, client)
    head = RelatedParty(PartyDraft("王知行", PartyKind.PERSON), RelationKind.SHAREHOLDER, 6_000)
    daughter = RelatedParty(
        PartyDraft("晨湖数据有限公司", PartyKind.ORGANIZATION), RelationKind.PARENT, 10_000, of_client=True
    )
    wrong = RelatedParty(PartyDraft("甲", identifiers=(("uscc", "91110000802100433C"),)), RelationKind.OTHER)
    desk = office.office.cases
    with pytest.raises(Refused):
        desk.open_case(office.lawyer, draft, cleared(office, draft), related=(head, wrong))
    assert nothing_stored(office)
    made = desk.open_case(office.lawyer, draft, cleared(office, draft), related=(head, daughter))
    (party,) = desk.queries.case(office.lawyer, made.case_id).parties
    detail = desk.queries.party(office.lawyer, party.party_id)
    assert sorted((kind, name, share) for kind, _id, name, share in detail.relations) == [
        ("legal_representative", "王知行", None),
        ("shareholder", "王知行", 6_000),
    ]
    assert [(kind, name, share) for kind, _id, name, share in detail.stands_to] == [
        ("parent", "晨湖数据有限公司", 10_000)
    ]
    assert sorted(names(office)) == ["晨湖数据有限公司", "晨湖示例科技有限公司", "王知行"]


def test_relations_are_kept_once_and_impossible_ones_refused(office: Firm) -> None:
    desk = office.office.cases
    one, two = (desk.add_party(office.lawyer, PartyDraft(name, PartyKind.PERSON)) for name in ("张伟", "李娜"))
    spouse = RelationDraft(one, two, RelationKind.SPOUSE)
    assert desk.add_relation(office.lawyer, spouse) == desk.add_relation(office.lawyer, spouse)
    with pytest.raises(Refused):
        desk.add_relation(office.lawyer, RelationDraft(one, one, RelationKind.SPOUSE))
    with pytest.raises(Refused):
        desk.add_relation(office.lawyer, RelationDraft(one, two, RelationKind.SHAREHOLDER, 10_001))
    with pytest.raises(UserError):
        desk.add_relation(office.lawyer, RelationDraft(one, 4711, RelationKind.SPOUSE))
