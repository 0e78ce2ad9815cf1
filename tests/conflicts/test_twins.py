"""Parties entered twice are offered, also under a short name; a tie back to the client itself is no conflict."""

from __future__ import annotations

import pytest

from lawdesk.cases import NameKind, PartyDraft, PartyKind, RelationDraft, RelationKind
from lawdesk.conflicts import Asked, Outcome, Role, Severity, outcome
from tests.conflicts.conftest import CLIENT
from tests.offices import Firm

CODE = "91110000802100433B"
K = PartyKind


def enter(firm: Firm, name: str, kind: PartyKind = K.ORGANIZATION, number: str = "") -> int:
    numbers = (("uscc", number),) if number else ()
    return firm.office.cases.add_party(firm.director, PartyDraft(name, kind, identifiers=numbers))


def twins(firm: Firm, party: int) -> list[str]:
    return [name for _id, name, _why in firm.office.conflicts.twins(firm.director, party)]


def test_a_short_name_is_offered_as_a_likely_twin_both_ways(office: Firm) -> None:
    whole = enter(office, "晨湖科技（杭州）有限公司")
    short = enter(office, "晨湖科技")
    enter(office, "西溪餐饮管理有限公司")
    ((party, name, why),) = office.office.conflicts.twins(office.director, short)
    assert (party, name) == (whole, "晨湖科技（杭州）有限公司") and "晨湖" in why
    assert twins(office, whole) == ["晨湖科技"]


def test_a_former_name_leads_to_the_twin(file_office: Firm) -> None:
    old = enter(file_office, "晨光电器厂")
    new = enter(file_office, "翡翠谷科技有限公司")
    assert twins(file_office, new) == []
    file_office.office.cases.add_name(file_office.director, new, NameKind.FORMER, "晨光电器厂")
    assert twins(file_office, new) == ["晨光电器厂"] and twins(file_office, old) == ["翡翠谷科技有限公司"]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("晨湖科技有限公司", "晨湖科技有限公司杭州分公司", K.ORGANIZATION),  # the branch is its own entry
        ("晨湖科技（杭州）有限公司", "晨湖贸易（宁波）有限公司", K.ORGANIZATION),
        ("张伟", "张玮", K.PERSON),  # everyday names
    ],
)
def test_who_is_not_the_same_is_not_offered(file_office: Firm, one: str, other: str, kind: PartyKind) -> None:
    first = enter(file_office, one, kind)
    enter(file_office, other, kind)
    assert twins(file_office, first) == []


def test_another_number_makes_it_somebody_else(file_office: Firm) -> None:
    first = enter(file_office, "晨湖科技（杭州）有限公司", number=CODE)
    second = enter(file_office, "晨湖科技")
    assert twins(file_office, first) == ["晨湖科技"]
    file_office.office.cases.add_identifier(file_office.director, second, "uscc", "91330100799655058B")
    assert twins(file_office, first) == []


def head_of(firm: Firm, company: str) -> str:
    """Make 季鸿山 the legal representative of a company on file."""
    head = enter(firm, "季鸿山", K.PERSON)
    (party,) = firm.office.cases.queries.find_party(firm.director, company)
    firm.office.cases.add_relation(firm.director, RelationDraft(head, party, RelationKind.LEGAL_REPRESENTATIVE))
    return "季鸿山"


def test_the_clients_own_head_as_third_party_is_no_conflict(busy: Firm) -> None:
    head = head_of(busy, CLIENT)
    asked = [Asked(CLIENT, Role.CLIENT, "organization"), Asked(head, Role.THIRD, "person")]
    result = busy.office.conflicts.check(busy.lawyer, asked)
    (back,) = [hit for hit in result.hits if hit.asked.name == head and hit.name == CLIENT]
    assert back.severity is Severity.NOTE and not back.cannot_be_judged
    assert back.reasons[0].code == "relation.back"
    assert outcome(result) is Outcome.CLEAR


def test_the_head_of_somebody_elses_client_is_still_asked_about(busy: Firm) -> None:
    head = head_of(busy, CLIENT)
    for asked in (
        [Asked("从未见过的木业有限公司", Role.CLIENT, "organization"), Asked(head, Role.THIRD, "person")],
        [Asked(head, Role.THIRD, "person")],
        [Asked(CLIENT, Role.CLIENT, "organization"), Asked(head, Role.ADVERSE, "person")],
    ):
        hits = busy.office.conflicts.check(busy.lawyer, asked).hits
        (back,) = [hit for hit in hits if hit.asked.name == head and hit.name == CLIENT]
        assert back.severity is not Severity.NOTE, asked
