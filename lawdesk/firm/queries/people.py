"""Looking up the firm, its people and their rights."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Subquery
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from lawdesk.firm.model import Firm, FirmSettingValue, Person, RightChange
from lawdesk.firm.rules import FIRM_SETTINGS, Actor, Role, require, rights_of
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class PersonRow:
    """One person of the firm."""

    id: int
    version: int
    name: str
    login: str
    role: Role
    active: bool
    licence_number: str
    phone: str


def people_names() -> Subquery:
    """Return ``person_id, name`` of everybody, to be joined by other features."""
    return sa_select(col(Person.id).label("person_id"), col(Person.name)).subquery("people_names")


class FirmQueries:
    """Look-ups about the firm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def firm_name(self, actor: Actor) -> str:
        """Return the firm's name."""
        require(actor, "firm.read")
        with self._database.read() as session:
            return session.exec(select(Firm.name)).one()

    def people(self, actor: Actor, *, everybody: bool = False) -> list[PersonRow]:
        """Return the people of the firm by name, those who left only with ``everybody``."""
        require(actor, "firm.read")
        with self._database.read() as session:
            statement = select(Person).order_by(col(Person.id))
            if not everybody:
                statement = statement.where(col(Person.active).is_(True))
            return [_row(person) for person in session.exec(statement)]

    def person(self, actor: Actor, person_id: int) -> PersonRow:
        """Return one person; raises UserError when there is none."""
        require(actor, "firm.read")
        with self._database.read() as session:
            person = session.get(Person, person_id)
            if person is None:
                raise UserError("person.unknown", N_("There is no such person in the firm."))
            return _row(person)

    def rights(self, actor: Actor) -> dict[Role, frozenset[str]]:
        """Return the office's table of rights: what each role may do."""
        require(actor, "firm.read")
        with self._database.read() as session:
            changes = read_right_changes(session)
            return {role: rights_of(role, changes) for role in Role}

    def setting(self, actor: Actor, name: str) -> str:
        """Return what the office is set to; raises KeyError for a setting that does not exist."""
        require(actor, "firm.read")
        with self._database.read() as session:
            return read_setting(session, name)

    def logins(self) -> list[str]:
        """Return the logins of everybody active, before it is known who acts."""
        with self._database.read() as session:
            return list(session.exec(select(Person.login).where(col(Person.active).is_(True))))

    def actor_by_login(self, login: str | None) -> Actor:
        """Return who acts: by login, else the office's first administrator or director.

        Raises UserError when nobody has that login or the person has left.
        """
        with self._database.read() as session:
            statement = select(Person).where(col(Person.active).is_(True)).order_by(col(Person.id))
            if login is not None:
                found = session.exec(statement.where(col(Person.login) == login)).first()
            else:
                leading = (Role.ADMINISTRATOR.value, Role.DIRECTOR.value)
                found = session.exec(statement.where(col(Person.role).in_(leading))).first()
            if found is None:
                raise UserError(
                    "person.unknown_login",
                    N_("Nobody in this office has the login {login}."),
                    hint=N_("Look up the logins in Settings, People."),
                    login=login or "-",
                )
            role = Role(found.role)
            rights = rights_of(role, read_right_changes(session))
            return Actor(found.id, found.name, found.login, role, found.active, rights)


def read_right_changes(session: Session) -> dict[tuple[str, str], bool]:
    """Return where the office's table of rights differs from the usual one."""
    return {(row.role, row.action): row.granted for row in session.exec(select(RightChange))}


def read_setting(session: Session, name: str) -> str:
    """Return an office setting inside a running transaction."""
    row = session.get(FirmSettingValue, name)
    return row.value if row else FIRM_SETTINGS[name].default


def _row(person: Person) -> PersonRow:
    return PersonRow(
        person.key,
        person.version,
        person.name,
        person.login,
        Role(person.role),
        person.active,
        person.licence_number,
        person.phone,
    )
