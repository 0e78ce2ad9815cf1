"""Taking in a case from a file: the same rules, the same conflict check, the same number as in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lawdesk.cases import CaseOpened
from lawdesk.cases.rules import CaseDraft, RelatedParty, check_draft, check_party
from lawdesk.cases.rules.intake_case import case_of, other_names, related_of
from lawdesk.cases.rules.intake_file import read_intake
from lawdesk.cases.rules.intake_values import IntakeDraft
from lawdesk.cli.session import note
from lawdesk.conflicts import Asked, CheckResult, Decision, Matter, Role
from lawdesk.conflicts.service import OTHERWISE, to_decide
from lawdesk.firm import Actor, may
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office
from lawdesk.storage.faults import refuse_unstorable


def open_from_file(office: Office, actor: Actor, source: Path, decide: str = "") -> CaseOpened:
    """Open the case noted in ``source``.

    Raises Refused with every problem of the file, and while the conflict check has grave hits nobody decided:
    ``decide`` is the reason why they are no obstacle.
    """
    intake = read_intake(source, today=office.clock.today())
    for problem in intake.problems:
        note(f"[{problem.severity}] {problem.field}: {problem.words()}")
    errors = [problem for problem in intake.problems if problem.severity == "error"]
    if errors:
        raise Refused(errors)
    refuse_unstorable(*_texts(asdict(intake.draft)))
    related = related_of(intake.draft)
    draft = _draft(office, actor, intake.draft, _people(office, actor, intake.draft))
    _refuse_before_anything_is_kept(office, draft, related)
    result = office.conflicts.check(actor, asked_of(draft, intake.draft), Matter(kind=draft.kind))
    clearance = office.conflicts.clear(actor, result, _decisions(result, decide))
    people = _people(office, actor, intake.draft, add=True)
    return office.cases.open_case(actor, _draft(office, actor, intake.draft, people), clearance, related=related)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text anywhere in ``value``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def asked_of(draft: CaseDraft, intake: IntakeDraft) -> list[Asked]:
    """Return every name of the matter as the conflict check asks it."""
    asked = [
        Asked(
            party.party.name,
            Role(party.side) if party.side in set(Role) else Role.THIRD,
            party.party.kind.value,
            tuple(value for _kind, value in party.party.identifiers),
        )
        for party in draft.parties
    ]
    return asked + [Asked(name, Role.CLIENT) for name in other_names(intake)]


def _refuse_before_anything_is_kept(office: Office, draft: CaseDraft, related: tuple[RelatedParty, ...]) -> None:
    """Raise Refused for what opening the case would refuse, before colleagues are added or a check is kept."""
    problems = check_draft(draft, office.clock.today())
    parties = [party.party for party in draft.parties]
    for party in (*parties, *(known.party for known in related)):
        problems += check_party(party)
    if problems:
        raise Refused(list(dict.fromkeys(problems)))


def _decisions(result: CheckResult, why: str) -> list[Decision]:
    """Return the one reason given as the decision about everything that needs one."""
    if not why.strip():
        return []
    return [
        Decision(asked, party, "no_conflict" if party else OTHERWISE, why) for asked, party in to_decide(result)
    ]


def _people(office: Office, actor: Actor, intake: IntakeDraft, *, add: bool = False) -> dict[str, int]:
    """Return the team's person ids by name; with ``add`` those not in the firm yet are added, else they are 0."""
    people = {person.name: person.id for person in office.firm.queries.people(actor)}
    for name in dict.fromkeys(name for name in (intake.lead, *intake.assistants) if name and name not in people):
        if not may(actor, "person.add"):
            message = N_("{name} is not in the firm yet; ask the director to add them.")
            raise Refused([Problem("intake.person", message, "team", params={"name": name})])
        people[name] = 0
        if add:
            login = office.firm.free_login(actor, name)
            people[name] = office.firm.add_person(actor, name=name, login=login, role=FirmRole.LAWYER)
            note(_("Colleague added: {name}").format(name=name))
    return people


def _draft(office: Office, actor: Actor, intake: IntakeDraft, people: dict[str, int]) -> CaseDraft:
    lead = people.get(intake.lead, actor.person_id)
    assistants = tuple(people[name] for name in intake.assistants)
    return case_of(intake, lead=lead, assistants=assistants, fallback_day=office.clock.today())
