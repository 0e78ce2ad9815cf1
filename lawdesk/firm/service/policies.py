"""The walls as PostgreSQL's row-level security, written from the conditions that the curtain lays over sessions.

Two kinds of sessions meet them. LawDesk's own, as the owner of the tables, says at the start of every transaction
for whom it works (``lawdesk.person``, gone with the transaction); without a word it sees nothing. Any other role
of the server is the person whose login it has, whatever it says; a role that is nobody's login sees no rows.
Superusers and roles with BYPASSRLS stand above all of this: backups by ``pg_dump`` need one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, literal_column, select
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from lawdesk.firm.queries.sight import (
    Hidden,
    Who,
    conditions,
    hidden_cases,
    hidden_checks,
    hidden_enquiries,
    hidden_news,
    hidden_parties,
    hidden_walls,
)
from lawdesk.firm.rules import RIGHTS
from lawdesk.storage.database import Database, Program
from lawdesk.storage.state import get_state, set_state

STATE = "row_policies"
_KINDS = ("cases", "enquiries", "parties", "checks", "news", "walls")
_OWNER = "(SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'cases'::regclass)"
_INSIDE = "lawdesk_inside"
_ALONE = f"SECURITY DEFINER SET search_path = public, {_INSIDE}, pg_temp"
"""How the functions run that know what is hidden: as the owner, and past the policies that ask them.

A search path with a name of its own marks them, because only superusers may give a function a setting of our own.
"""


def install(database: Database) -> None:
    """Bring the policies of an office on a server up to date; does nothing when they are, or on a file."""
    if database.kind != "postgresql":
        return
    statements = [*_functions(), *_policies()]
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with database.read() as session:
        if get_state(session, STATE) == digest:
            return
    with database.write(Program(), "office.policies") as work:
        connection = work.session.connection()
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))
        set_state(work.session, STATE, digest)
        work.not_audited()  # the same policies as everywhere; nothing of the office changes


def _sql(clause: Any) -> str:
    # "named": the driver's own style would double the per cent signs of the text.
    spoken: Any = postgresql.dialect
    return str(clause.compile(dialect=spoken(paramstyle="named"), compile_kwargs={"literal_binds": True}))


def _calls(me: str, sees_all: str) -> Hidden:
    """Return the hidden things as calls of the functions that know them."""
    found: dict[str, Any] = {
        kind: select(literal_column(f"lawdesk_hidden_{kind}({me}, {sees_all})")) for kind in _KINDS
    }
    return Hidden(**found)


def _functions() -> Iterator[str]:
    yield f"""CREATE OR REPLACE FUNCTION lawdesk_asks() RETURNS text LANGUAGE sql STABLE AS $$
 SELECT CASE WHEN current_user <> {_OWNER} THEN 'login:' || current_user
 WHEN current_setting('search_path') LIKE '%{_INSIDE}%' THEN '*'
 ELSE coalesce(current_setting('lawdesk.person', true), '') END $$"""
    yield f"""CREATE OR REPLACE FUNCTION lawdesk_person(asks text) RETURNS bigint
 LANGUAGE sql STABLE {_ALONE} AS $$
 SELECT id FROM person WHERE active AND CASE WHEN asks ~ '^[0-9]{{1,9}}$' THEN id = asks::int
 ELSE asks = 'login:' || login END $$"""
    yield f"""CREATE OR REPLACE FUNCTION lawdesk_may(me bigint, wanted text, usual text[]) RETURNS boolean
 LANGUAGE sql STABLE {_ALONE} AS $$
 SELECT coalesce((SELECT coalesce(r.granted, p.role = ANY (usual)) FROM person p
 LEFT JOIN right_change r ON r.role = p.role AND r.action = wanted WHERE p.id = me), false) $$"""
    who = Who(literal_column("me"), literal_column("sees_all"))
    calls = _calls("me", "sees_all")
    bodies = {
        "cases": hidden_cases(who),
        "enquiries": hidden_enquiries(who, calls.cases),
        "parties": hidden_parties(who, calls.cases, calls.enquiries),
        "checks": hidden_checks(who, calls.cases, calls.parties),
        "news": hidden_news(calls.cases, calls.parties),
        "walls": hidden_walls(who),
    }
    for kind in _KINDS:
        yield (
            f"CREATE OR REPLACE FUNCTION lawdesk_hidden_{kind}(me bigint, sees_all boolean) RETURNS SETOF bigint"
            f" LANGUAGE sql STABLE {_ALONE} AS $$ {_sql(bodies[kind])} $$"
        )


def _may(action: str) -> str:
    roles = ", ".join(f"'{role.value}'" for role in sorted(RIGHTS[action]))
    return f"(SELECT lawdesk_may(lawdesk_person(lawdesk_asks()), '{action}', ARRAY[{roles}]))"


def _policies() -> Iterator[str]:
    me, sees_all = "(SELECT lawdesk_person(lawdesk_asks()))", _may("case.see_all")
    who = Who(literal_column(me), literal_column(sees_all), literal_column(_may("wall.set")))
    hidden = _calls(me, sees_all)
    for table in SQLModel.metadata.sorted_tables:
        found = conditions(table.name, table.c, who, hidden)
        if not found:
            continue
        # The audit chain is one: LawDesk links each record to the newest, whoever acts.
        office = f"current_user = {_OWNER}" if table.name == "audit_record" else "(SELECT lawdesk_asks()) = '*'"
        visible = f"{me} IS NOT NULL AND {_may('case.read')} AND {_sql(and_(*found))}"
        yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS lawdesk_walls ON {table.name}"
        yield f"CREATE POLICY lawdesk_walls ON {table.name} USING ({office} OR ({visible}))"
