"""A wrong declaration of a member is taken back: checks no longer meet it, records and the trace keep it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import col, select

from lawdesk.cases import FormerMatterDraft, PartyDraft, PartyKind, RelationKind, TakenBack
from lawdesk.conflicts import Asked, Role
from lawdesk.conflicts.rules import Stand
from lawdesk.kernel.errors import UserError
from lawdesk.storage.audit import AuditRecord, verify_chain
from tests.offices import Firm

OLD = "旧雨贸易有限公司"


@pytest.fixture
def declared(office: Firm) -> Firm:
    """The lawyer declared a wife and a former client, both by mistake."""
    cases, member = office.office.cases, office.lawyer.person_id or 0
    cases.add_member_relation(office.director, member, RelationKind.SPOUSE, PartyDraft("温如玉", PartyKind.PERSON))
    draft = FormerMatterDraft(
        "旧案", (("client", OLD), ("adverse", "新知物流有限公司")), ended_on=date(2025, 6, 1)
    )
    cases.add_former_matter(office.director, member, draft)
    return office


def keys(firm: Firm) -> dict[str, str]:
    """Return the declarations of the lawyer: who is named, and the number it is taken back by."""
    found = firm.office.cases.queries.declared(firm.director, firm.lawyer.person_id or 0)
    assert found is not None
    ties = {one.name: f"r{one.id}" for one in (*found.relations, *found.stands_to)}
    return ties | {one.parties[0][1]: f"m{one.id}" for one in found.matters}


def take_back(firm: Firm, key: str, why: TakenBack = TakenBack.MISTAKE) -> None:
    firm.office.cases.take_back(firm.director, firm.lawyer.person_id or 0, key, why)


def test_checks_no_longer_meet_what_was_taken_back_and_kept_ones_stay(declared: Firm) -> None:
    conflicts = declared.office.conflicts
    asked = [Asked("温如玉", Role.ADVERSE, "person"), Asked(OLD, Role.ADVERSE, "organization")]
    before = conflicts.check(declared.director, asked)
    assert any(hit.name == "顾知行" for hit in before.hits)
    assert any(one.stand is Stand.FORMER_CLIENT for hit in before.hits for one in hit.standings)
    conflicts.refuse(declared.director, before, "亲属")
    (kept,) = conflicts.queries.recent(declared.director)
    for key in keys(declared).values():
        take_back(declared, key)
    assert keys(declared) == {}
    after = conflicts.check(declared.director, asked)
    assert not any(hit.name == "顾知行" for hit in after.hits)
    assert not any(hit.standings for hit in after.hits)
    assert conflicts.queries.recent(declared.director) == [kept]
    assert conflicts.queries.untouched(declared.director, kept)


def test_who_took_it_back_and_why_stays_in_the_trace(declared: Firm) -> None:
    for key in keys(declared).values():
        take_back(declared, key, TakenBack.SOMEBODY_ELSE)
    with declared.office.database.read() as session:
        rows = session.exec(select(AuditRecord).where(col(AuditRecord.action) == "member.take_back")).all()
        assert verify_chain(session).sound
    assert [row.subject for row in rows] == ["party_relation", "former_matter"]
    for row in rows:
        detail = json.loads(row.detail)
        assert (row.actor_id, detail["taken_back"]) == (declared.director.person_id, "somebody-else")
        assert detail["member"] == declared.lawyer.person_id
        assert "温如玉" not in row.detail and OLD not in row.detail, "ids only"


@pytest.mark.parametrize("key", ["r999", "m999", "", "x1", "r", "m1; DROP TABLE party"])
def test_what_was_not_declared_cannot_be_taken_back(declared: Firm, key: str) -> None:
    with pytest.raises(UserError) as error:
        take_back(declared, key)
    assert error.value.code == "member.no_declaration"
    assert len(keys(declared)) == 2


def test_nobody_elses_declaration_is_taken_back(declared: Firm) -> None:
    director = declared.director.person_id or 0
    declared.office.cases.declare_member(declared.director, director)
    for key in keys(declared).values():
        with pytest.raises(UserError):
            declared.office.cases.take_back(declared.director, director, key, TakenBack.NOT_SO)
    assert len(keys(declared)) == 2
