"""Who may do what in the firm: roles, one table of actions, and what the office can be set to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_, _


class Role(StrEnum):
    """What somebody is in the firm."""

    DIRECTOR = "director"
    LAWYER = "lawyer"
    ASSISTANT = "assistant"
    ADMINISTRATOR = "administrator"
    ACCOUNTANT = "accountant"
    AUDITOR = "auditor"


ROLE_TITLES = {
    Role.DIRECTOR: N_("Director"),
    Role.LAWYER: N_("Lawyer"),
    Role.ASSISTANT: N_("Assistant"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.ACCOUNTANT: N_("Accountant"),
    Role.AUDITOR: N_("Auditor (reads only)"),
}

_OFFICE = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
_CASE_WORK = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR, Role.LAWYER, Role.ASSISTANT})
_EVERYBODY = frozenset(Role)
_WRITES = _EVERYBODY - {Role.AUDITOR}

RIGHTS: dict[str, frozenset[Role]] = {
    "firm.read": _EVERYBODY,
    "firm.change": _OFFICE,
    "person.add": _OFFICE,
    "person.change": _OFFICE,
    "party.write": _CASE_WORK,
    "party.import": _CASE_WORK,
    "enquiry.write": _CASE_WORK,
    "case.read": _EVERYBODY,
    "case.open": _CASE_WORK,
    "case.change": _CASE_WORK,
    "case.import": _OFFICE | {Role.LAWYER},
    "conflict.check": _EVERYBODY,
    "conflict.decide": frozenset({Role.DIRECTOR, Role.LAWYER, Role.ADMINISTRATOR}),
    "deadline.write": _CASE_WORK,
    "law.change": _OFFICE,
    "deadline.oversee": _OFFICE,
    "time.write": _WRITES,
    "time.write_for_others": _OFFICE,
    "time.report": _EVERYBODY,
    "document.write": _CASE_WORK,
    "document.read": _EVERYBODY,
    "case.package": _EVERYBODY,
    "office.backup": _OFFICE,
    "office.export": _OFFICE,
    "office.keys": _OFFICE,
    "case.see_all": frozenset({Role.DIRECTOR}),
    "wall.set": frozenset({Role.DIRECTOR}),
    "right.change": frozenset({Role.DIRECTOR}),
    "signin.reset": frozenset({Role.DIRECTOR}),
    "personal.reveal": _WRITES,
    "privacy.handle": _OFFICE,
    "privacy.dispose": _OFFICE,
}
"""Every action and who may do it unless the office says otherwise.

An action that is not named here is denied to everybody.
"""

RIGHT_TITLES: dict[str, str] = {
    "firm.read": N_("See the firm and its people"),
    "firm.change": N_("Change the firm's settings"),
    "person.add": N_("Add people"),
    "person.change": N_("Change people"),
    "signin.reset": N_("Take back somebody's passphrase"),
    "right.change": N_("Change this table"),
    "wall.set": N_("Put up and end ethical walls, answer who asks"),
    "case.see_all": N_("See behind walls and team-only cases"),
    "case.read": N_("See cases"),
    "case.open": N_("Open cases"),
    "case.change": N_("Change cases"),
    "case.import": N_("Take over a case ledger"),
    "case.package": N_("Bind the case file"),
    "enquiry.write": N_("Note enquiries"),
    "party.write": N_("Enter and change parties"),
    "party.import": N_("Import parties"),
    "conflict.check": N_("Check for conflicts"),
    "conflict.decide": N_("Decide conflicts"),
    "deadline.write": N_("Enter and settle deadlines"),
    "deadline.oversee": N_("Oversee everybody's deadlines"),
    "law.change": N_("Change rules and calendars of the law"),
    "time.write": N_("Record time"),
    "time.write_for_others": N_("Record time for others"),
    "time.report": N_("See time reports"),
    "document.read": N_("Read documents"),
    "document.write": N_("Store documents"),
    "personal.reveal": N_("Look at masked numbers, telephones and addresses"),
    "privacy.handle": N_("Answer for personal data: find, hand over, erase, breaches"),
    "privacy.dispose": N_("Sign lists of files to be destroyed"),
    "office.backup": N_("Make and restore backups"),
    "office.export": N_("Export the whole office"),
    "office.keys": N_("Change keys and codes of the office"),
}
"""Every action in words, in the order of the table of rights."""

_READS = ("read", "report", "check", "package", "see_all")
LOCKED = frozenset(
    {"firm.read", "firm.change", "person.add", "person.change", "right.change", "wall.set", "signin.reset"}
    | {"case.read", "office.keys", "office.backup"}
)
"""What can never be taken from the director, so that nobody locks the office out."""


@dataclass(frozen=True)
class Actor:
    """The person who acts, as every service and query wants to know them."""

    person_id: int | None
    name: str
    login: str = ""
    role: Role = Role.LAWYER
    active: bool = True
    rights: frozenset[str] | None = field(default=None, compare=False, repr=False)
    """What this office's table allows; None: what the role may do unless the office says otherwise."""


def rights_of(role: Role, changes: Mapping[tuple[str, str], bool]) -> frozenset[str]:
    """Return what ``role`` may do after the office's ``changes``, (role, action) to granted or not.

    What is locked stays with the director whatever the changes say; an unknown action is never granted.
    """
    found = {action for action, roles in RIGHTS.items() if changes.get((role.value, action), role in roles)}
    return frozenset(found | LOCKED if role is Role.DIRECTOR else found)


def check_right(role: Role, action: str, granted: bool) -> Problem | None:
    """Return why a cell of the table cannot be changed so; None when it can."""
    if action not in RIGHTS:
        return Problem("right.unknown", N_("There is no such right."), "action")
    if role is Role.DIRECTOR and action in LOCKED and not granted:
        message = N_("The director keeps this right: somebody must run the office.")
        return Problem("right.locked", message, "action")
    if role is Role.AUDITOR and granted and action.rpartition(".")[2] not in _READS:
        return Problem("right.auditor", N_("An auditor only reads."), "action")
    return None


def may(actor: Actor, action: str) -> bool:
    """Whether ``actor`` may do ``action``."""
    if not actor.active:
        return False
    if actor.rights is not None:
        return action in actor.rights
    return actor.role in RIGHTS.get(action, frozenset())


def who_may(action: str) -> tuple[Role, ...]:
    """Return the roles that may do ``action``, in the order of the roles."""
    return tuple(role for role in Role if role in RIGHTS.get(action, frozenset()))


def oversees(actor: Actor) -> bool:
    """Whether the work of everybody concerns this person first: lists then begin with the whole office."""
    return actor.role in _OFFICE


def require(actor: Actor, action: str) -> None:
    """Raise UserError ``not_allowed`` unless ``actor`` may do ``action``."""
    if not may(actor, action):
        raise UserError(
            "not_allowed",
            N_("You may not do this."),
            N_("It is not among the rights of your role ({role})."),
            N_("Ask the director or the administrator."),
            role=_(ROLE_TITLES[actor.role]),
        )


@dataclass(frozen=True)
class FirmSetting:
    """One thing the whole office is set to; declared once, with what it may be."""

    name: str
    default: str
    title: str
    pattern: str = r".*"
    hint: str = ""

    def check(self, value: str) -> Problem | None:
        """Return what is wrong with ``value``, None when it is right."""
        if re.fullmatch(self.pattern, value):
            return None
        return Problem("firm.setting", self.hint or N_("This value is not possible here."), self.name)


FIRM_SETTINGS = {
    setting.name: setting
    for setting in (
        FirmSetting(
            "case_number_pattern",
            "（{year}）{kind}字第{serial:03}号",
            N_("Case number pattern"),
            r"[^{}]*(?:\{(?:year|kind|serial(?::0\d)?)\}[^{}]*)*"
            r"\{serial(?::0\d)?\}(?:[^{}]*\{(?:year|kind)\})*[^{}]*",
            N_(
                "The pattern needs {{serial}}; {{year}} and {{kind}} may be used: {{year}}-{{kind}}-{{serial:04}}."
            ),
        ),
        FirmSetting("case_access", "office", N_("New cases are seen by"), r"office|team"),
        FirmSetting("daily_target_minutes", "420", N_("Hours aimed at per day (minutes)"), r"[1-9]\d{1,2}|0"),
        FirmSetting("deadline_second_person", "0", N_("A second person agrees to changed deadlines"), r"[01]"),
        *(
            FirmSetting(
                f"reminders_{kind}", "", N_("Reminder days"), r"(?:(?:-?\d{1,3}(?:,-?\d{1,3})*)?@\d{4}-\d\d-\d\d)?"
            )
            for kind in ("deadline", "limitation", "renewal", "payment", "hearing", "task")
        ),  # days, and since when; empty: as LawDesk comes
        FirmSetting("rounding_minutes", "1", N_("Time entries are rounded up to (minutes)"), r"1|5|6|10|15|30"),
    )
}


def example_number(pattern: str, year: int) -> str:
    """Return the number the first civil case of ``year`` would get; "" for a pattern that is not possible."""
    if FIRM_SETTINGS["case_number_pattern"].check(pattern) is not None:
        return ""
    return pattern.format(year=year, kind="民", serial=1)


def check_person(name: str, login: str) -> list[Problem]:
    """Return what is wrong with a person to be added: name empty, login not usable."""
    problems = []
    if not name.strip():
        problems.append(Problem("person.name", N_("The person needs a name."), "name"))
    if not re.fullmatch(r"[\w.\-]{1,40}", login):
        message = N_("A login is one word of letters, digits, dot or dash.")
        problems.append(Problem("person.login", message, "login"))
    return problems


def check_firm_name(name: str) -> list[Problem]:
    """Return what is wrong with the firm's name."""
    if not name.strip():
        return [Problem("firm.name", N_("The firm's name is missing."), "name")]
    if len(name) > 120:
        return [Problem("firm.name", N_("The firm's name is longer than 120 characters."), "name")]
    return []
