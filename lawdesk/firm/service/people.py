"""What is done to the firm itself: founding it, people coming and going, settings."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import col, select

from lawdesk.firm.model import Firm, FirmSettingValue, Person, RightChange
from lawdesk.firm.queries import FirmQueries
from lawdesk.firm.rules import (
    FIRM_SETTINGS,
    RIGHTS,
    Actor,
    Role,
    check_firm_name,
    check_person,
    check_right,
    require,
)
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Program, Work, check_version


class FirmService:
    """The firm and its people."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.queries = FirmQueries(database)
        self.left: Callable[[Actor, str], object] | None = None
        """Called with who did it and the login when somebody was marked as left."""

    def found(self, firm_name: str, founder: str, login: str = "admin") -> Actor:
        """Make the firm of a new office and its first director; return them as the one who acts.

        Raises Refused for an empty name, UserError when the office already has a firm.
        """
        problems = check_firm_name(firm_name) + check_person(founder, login)
        if problems:
            raise Refused(problems)
        with self._database.write(Program(), "firm.found") as work:
            if work.session.exec(select(Firm.id)).first() is not None:
                raise UserError("firm.exists", N_("This office already has its firm."))
            firm = work.add(Firm(name=firm_name.strip()))
            person = work.add(Person(name=founder.strip(), login=login, role=Role.DIRECTOR.value))
            work.audit("firm", firm)
            return Actor(person.key, person.name, person.login, Role.DIRECTOR)

    def add_person(self, actor: Actor, *, name: str, login: str, role: Role, licence_number: str = "") -> int:
        """Add a colleague; return their id. Raises Refused when the name is empty or the login is taken."""
        require(actor, "person.add")
        problems = check_person(name, login)
        with self._database.write(actor, "person.add") as work:
            if work.session.exec(select(Person.id).where(col(Person.login) == login)).first() is not None:
                message = N_("Somebody else already has the login {login}.")
                problems.append(Problem("person.login_taken", message, "login", params={"login": login}))
            if problems:
                raise Refused(problems)
            person = work.add(
                Person(
                    name=name.strip(), login=login, role=Role(role).value, licence_number=licence_number.strip()
                )
            )
            work.audit("person", person, role=person.role)
            work.announce(Changed("person", "added", (person.key,)))
            return person.key

    def bring_in(self, actor: Actor, work: Work, name: str) -> int:
        """Add a lawyer named in a record that is being brought in, inside its transaction; return their id."""
        require(actor, "person.add")
        if problems := check_person(name, "x"):
            raise Refused(problems)
        login = _free_login(name, set(work.session.exec(select(Person.login))))
        person = work.add(Person(name=name.strip(), login=login, role=Role.LAWYER.value))
        work.audit("person", person, role=person.role)
        work.announce(Changed("person", "added", (person.key,)))
        return person.key

    def free_login(self, actor: Actor, name: str) -> str:
        """Return a login made of the name's pinyin that nobody has yet."""
        return _free_login(name, {person.login for person in self.queries.people(actor, everybody=True)})

    def change_person(
        self,
        actor: Actor,
        person_id: int,
        *,
        seen: int,
        name: str,
        role: Role,
        active: bool,
        phone: str | None = None,
        licence_number: str | None = None,
    ) -> None:
        """Change a colleague; ``seen`` is the version the user looked at. What is None stays as it is.

        Raises UserError ``firm.last_head`` when nobody would be left to run the office.
        """
        require(actor, "person.change")
        with self._database.write(actor, "person.change") as work:
            person = work.session.get(Person, person_id)
            if person is None:
                raise UserError("person.unknown", N_("There is no such person in the firm."))
            check_version(person, seen)
            if problems := check_person(name, person.login):
                raise Refused(problems)
            person.name, person.role, person.active = name.strip(), Role(role).value, active
            person.phone = person.phone if phone is None else phone.strip()
            if licence_number is not None:
                person.licence_number = licence_number.strip()
            work.session.flush()
            heads = (Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
            left = select(Person.id).where(col(Person.role).in_(heads), col(Person.active).is_(True))
            if work.session.exec(left).first() is None:
                raise UserError(
                    "firm.last_head",
                    N_("Somebody must remain who runs the office."),
                    hint=N_("Make another person director or administrator first."),
                )
            work.audit("person", person, role=person.role, active=active)
            work.announce(Changed("person", "changed", (person.key,)))
            login = person.login
        if not active and self.left is not None:
            self.left(actor, login)

    def set_setting(self, actor: Actor, name: str, value: str) -> None:
        """Set the office to ``value``; raises Refused when that is not possible."""
        require(actor, "firm.change")
        if problem := FIRM_SETTINGS[name].check(value):
            raise Refused([problem])
        with self._database.write(actor, "firm.change") as work:
            work.session.merge(FirmSettingValue(name=name, value=value))
            work.audit("firm_setting", name=name, value=value)
            work.announce(Changed("firm", "changed"))

    def set_right(self, actor: Actor, role: Role, action: str, *, granted: bool) -> None:
        """Grant an action to a role, or take it; raises Refused for what stays with the director."""
        require(actor, "right.change")
        if problem := check_right(Role(role), action, granted):
            raise Refused([problem])
        with self._database.write(actor, "right.change") as work:
            row = work.session.get(RightChange, (role.value, action))
            if granted == (role in RIGHTS[action]):
                if row is not None:
                    work.session.delete(row)
            elif row is None:
                work.session.add(RightChange(role=role.value, action=action, granted=granted))
            else:
                row.granted = granted
            work.audit("right", role=role.value, right=action, granted=granted)
            work.announce(Changed("right", "changed"))

    def rename(self, actor: Actor, name: str) -> None:
        """Give the firm another name; raises Refused for an empty one."""
        require(actor, "firm.change")
        if problems := check_firm_name(name):
            raise Refused(problems)
        with self._database.write(actor, "firm.change") as work:
            firm = work.session.exec(select(Firm)).one()
            firm.name = name.strip()
            work.audit("firm", firm)
            work.announce(Changed("firm", "changed"))


def _free_login(name: str, taken: set[str]) -> str:
    from lawdesk.kernel.chinese import search_keys

    base = "".join(letter for letter in search_keys(name)[0] if letter.isalnum())[:36] or "lawyer"
    return next(login for login in (base, *(f"{base}{number}" for number in range(2, 1000))) if login not in taken)
