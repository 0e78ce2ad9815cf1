"""The audit chain: complete, in the same transaction, and tampering shows."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from lawdesk.firm import Role
from lawdesk.kernel.errors import Bug
from lawdesk.kernel.events import Changed
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.state import set_state
from tests.offices import Firm


def _add(office: Firm, number: int) -> None:
    for index in range(number):
        office.office.firm.add_person(office.director, name=f"律师{index}", login=f"l{index}", role=Role.LAWYER)


def test_every_change_leaves_a_link(office: Firm) -> None:
    _add(office, 5)
    with office.office.database.read() as session:
        report = verify_chain(session)
    assert report.sound
    assert report.records >= 5


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE audit_record SET actor_name = '别人' WHERE id = 3",
        "UPDATE audit_record SET detail = '{}', action = 'x' WHERE id = 3",
        "DELETE FROM audit_record WHERE id = 3",
        "UPDATE audit_record SET previous_hash = hash WHERE id = 4",
    ],
)
def test_tampering_is_found(office: Firm, tamper: str) -> None:
    _add(office, 5)
    with office.office.database.engine.begin() as connection:
        connection.execute(text(tamper))
    with office.office.database.read() as session:
        report = verify_chain(session)
    assert not report.sound
    assert report.broken_at in (3, 4)


def test_two_swapped_records_are_found(office: Firm) -> None:
    _add(office, 5)
    with office.office.database.engine.begin() as connection:
        for statement in (
            "UPDATE audit_record SET id = 1000 WHERE id = 3",
            "UPDATE audit_record SET id = 3 WHERE id = 4",
            "UPDATE audit_record SET id = 4 WHERE id = 1000",
        ):
            connection.execute(text(statement))
    with office.office.database.read() as session:
        assert not verify_chain(session).sound


def test_a_failed_step_leaves_neither_change_nor_record_nor_announcement(office: Firm) -> None:
    heard: list[Changed] = []
    office.office.announcer.subscribe(heard.append)
    before = office.office.database.state_stamp()
    with pytest.raises(ZeroDivisionError), office.office.database.write(office.director, "test") as work:
        set_state(work.session, "x", "y")
        work.audit("test")
        work.announce(Changed("test", "done"))
        raise ZeroDivisionError
    assert office.office.database.state_stamp() == before
    assert heard == []


def test_a_change_without_an_audit_record_is_a_bug(office: Firm) -> None:
    with pytest.raises(Bug), office.office.database.write(office.director, "test") as work:
        set_state(work.session, "x", "y")
    with office.office.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM office_state WHERE name = 'x'")).scalar() == 0
