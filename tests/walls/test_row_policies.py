"""Row-level security: the walls hold for direct SQL too, and for LawDesk itself as an ordinary role."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

from lawdesk.firm import Actor, Role
from lawdesk.kernel.clock import FixedClock
from lawdesk.storage.place import server_url
from tests.offices import Firm, found
from tests.walls.conftest import MARK, NUMBER, Walled, open_case, plant

_numbers = count()
OWNER = "lawdesk_office"


@pytest.fixture
def plain(postgres_server: str, clock: FixedClock) -> Iterator[Firm]:
    """An office whose role on the server is an ordinary one: row-level security holds for it."""
    name = f"plain_{os.getpid()}_{next(_numbers)}"
    admin = create_engine(server_url(postgres_server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for role in (OWNER, "gu", "yue", "stranger"):
            connection.exec_driver_sql(f"DROP ROLE IF EXISTS {role}")
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.exec_driver_sql(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
    url = make_url(server_url(postgres_server)).set(database=name, drivername="postgresql", username=OWNER)
    firm = found(url.render_as_string(hide_password=False), clock)
    yield firm
    firm.office.close()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        for role in (OWNER, "gu", "yue", "stranger"):
            connection.exec_driver_sql(f"DROP ROLE {role}")
    admin.dispose()


@pytest.fixture
def behind(plain: Firm, tmp_path: Path) -> Walled:
    """The walled office of the other tests, on such a server."""
    number = plain.office.firm.add_person(plain.director, name="岳行之", login="yue", role=Role.LAWYER)
    case = open_case(plain, plain.lawyer, ("杭州明亮食品有限公司", "宁波清江物流有限公司"), tmp_path, "公开")
    walled = Walled(plain, Actor(number, "岳行之", "yue", Role.LAWYER), plain.lawyer, case)
    plant(walled, tmp_path)
    return walled


def as_role(walled: Walled, role: str) -> Engine:
    """A direct connection of a role that may read every table, past LawDesk."""
    with walled.firm.office.database.engine.begin() as connection:
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
        connection.exec_driver_sql(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        )
    return create_engine(make_url(server_url(walled.firm.place)).set(username=role))


def everything(connection: Connection) -> dict[str, str]:
    """Return every text and number a role can read, by table."""
    said = {}
    for name, table in SQLModel.metadata.tables.items():
        if name not in ("vault_piece", "party_key", "key_count", "office_state"):
            rows = connection.execute(table.select()).all()
            said[name] = "\n".join(map(repr, rows))
    return said


def test_direct_sql_sees_what_the_person_may_see(behind: Walled) -> None:
    outside, inside = as_role(behind, "gu"), as_role(behind, "yue")
    with outside.connect() as connection:
        seen = everything(connection)
        leaks = [name for name, said in seen.items() if MARK in said or str(NUMBER) in said]
        assert leaks == []
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 1
        connection.execute(
            text("SELECT set_config('lawdesk.person', '*', false)")
        )  # saying so does not make it so
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 1
    with inside.connect() as connection:
        seen = everything(connection)
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 2
        marked = {name for name, said in seen.items() if MARK in said}
        assert {"cases", "party", "deadline", "document", "time_entry", "search_entry", "enquiry"} <= marked
    outside.dispose()
    inside.dispose()


def test_a_role_that_is_nobody_sees_no_case(behind: Walled) -> None:
    stranger = as_role(behind, "stranger")
    with stranger.connect() as connection:
        for table in ("cases", "party", "deadline", "audit_record", "draft"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
    stranger.dispose()


def test_direct_sql_writes_nothing_behind_the_wall(behind: Walled) -> None:
    outside = as_role(behind, "gu")
    with outside.begin() as connection:
        assert connection.execute(text("UPDATE cases SET note = 'x'")).rowcount == 1
        assert connection.execute(text("DELETE FROM time_entry")).rowcount == 2
    with pytest.raises(ProgrammingError, match="row-level security"), outside.begin() as connection:
        connection.execute(text("INSERT INTO case_member SELECT 99, 'x', 1, now(), 1, now(), 1, 2, 2, 'lead'"))
    outside.dispose()


def test_the_database_hides_even_when_lawdesk_forgets(behind: Walled) -> None:
    office = behind.firm.office
    office.database.curtain = None
    seen = office.cases.queries.list_cases(behind.outsider)
    assert [case.id for case in seen] == [behind.open_case]
    assert len(office.cases.queries.list_cases(behind.insider)) == 2
    assert len(office.cases.queries.list_cases(behind.director)) == 2


def test_a_transaction_of_nobody_sees_nothing(behind: Walled) -> None:
    with behind.firm.office.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 0


def test_every_table_that_hangs_on_a_case_has_its_policy(behind: Walled) -> None:
    with behind.firm.office.database.engine.connect() as connection:
        secured = set(
            connection.execute(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"))
            .scalars()
            .all()
        )
    hanging = {name for name, table in SQLModel.metadata.tables.items() if "case_id" in table.c}
    assert hanging | {"cases", "party", "party_name", "document_version", "reminder", "conflict_check"} <= secured
