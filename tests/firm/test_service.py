"""The firm: founding, colleagues, rights, settings."""

from __future__ import annotations

import pytest

from lawdesk.firm import Actor, Role, may
from lawdesk.kernel.errors import Refused, UserError
from tests.offices import Firm


def test_a_new_office_has_its_firm_and_founder(office: Firm) -> None:
    queries = office.office.firm.queries
    assert queries.firm_name(office.director) == "恒岚律师事务所"
    people = [(person.name, person.role) for person in queries.people(office.director)]
    assert people == [("秦望舒", Role.DIRECTOR), ("顾知行", Role.LAWYER)]


def test_a_login_is_given_only_once(office: Firm) -> None:
    with pytest.raises(Refused) as refused:
        office.office.firm.add_person(office.director, name="另一位", login="gu", role=Role.LAWYER)
    assert [problem.field for problem in refused.value.problems] == ["login"]
    assert len(office.office.firm.queries.people(office.director)) == 2


def test_a_lawyer_cannot_add_colleagues(office: Firm) -> None:
    with pytest.raises(UserError) as error:
        office.office.firm.add_person(office.lawyer, name="新人", login="xin", role=Role.DIRECTOR)
    assert error.value.code == "not_allowed"


def test_an_action_nobody_named_is_denied_to_everybody() -> None:
    assert not any(may(Actor(1, "x", role=role), "case.shred") for role in Role)
    assert not may(Actor(1, "x", role=Role.DIRECTOR, active=False), "case.open")


def test_somebody_must_remain_who_runs_the_office(office: Firm) -> None:
    me = office.office.firm.queries.person(office.director, office.director.person_id or 0)
    with pytest.raises(UserError) as error:
        office.office.firm.change_person(
            office.director, me.id, seen=me.version, name=me.name, role=Role.LAWYER, active=True
        )
    assert error.value.code == "firm.last_head"
    assert office.office.firm.queries.person(office.director, me.id).role == Role.DIRECTOR


def test_a_change_over_somebody_elses_change_is_refused(office: Firm) -> None:
    firm, director = office.office.firm, office.director
    seen = firm.queries.person(director, office.lawyer.person_id or 0)
    firm.change_person(director, seen.id, seen=seen.version, name="顾知行", role=Role.ASSISTANT, active=True)
    with pytest.raises(UserError) as error:
        firm.change_person(director, seen.id, seen=seen.version, name="顾某", role=Role.LAWYER, active=True)
    assert error.value.code == "stale"
    assert firm.queries.person(director, seen.id).role == Role.ASSISTANT


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("（{year}）{kind}字第{serial:03}号", True),
        ("HL{year}-{kind}-{serial:04}", True),
        ("HL-{serial}", True),
        ("HL{year}", False),
        ("{serial:03}{secret}", False),
        ("{serial!r}", False),
    ],
)
def test_a_number_pattern_needs_a_serial_and_nothing_strange(office: Firm, pattern: str, fits: bool) -> None:
    firm = office.office.firm
    if fits:
        firm.set_setting(office.director, "case_number_pattern", pattern)
        assert firm.queries.setting(office.director, "case_number_pattern") == pattern
    else:
        with pytest.raises(Refused):
            firm.set_setting(office.director, "case_number_pattern", pattern)
