"""Taking in a case from a file: the same rules, the same conflict check, the same number as in the window."""

from __future__ import annotations

from pathlib import Path

from lawdesk.cases import CaseOpened, PartyKind, RelationDraft, RelationKind
from lawdesk.cases.rules import CaseDraft
from lawdesk.cases.rules.intake_case import case_of, other_names, party_of
from lawdesk.cases.rules.intake_file import read_intake
from lawdesk.cases.rules.intake_values import IntakeDraft
from lawdesk.cli.session import note
from lawdesk.conflicts import Asked, CheckResult, Decision, Matter, Role, grave
from lawdesk.firm import Actor, may
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office


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
    draft = _with_team(office, actor, intake.draft)
    result = office.conflicts.check(actor, asked_of(draft, intake.draft), Matter(kind=draft.kind))
    decisions = _decisions(result, decide)
    clearance = office.conflicts.clear(actor, result, decisions)
    opened = office.cases.open_case(actor, draft, clearance)
    _add_related(office, actor, intake.draft, opened.case_id)
    return opened


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


def _decisions(result: CheckResult, why: str) -> list[Decision]:
    if not why.strip():
        return []
    decisions = [Decision(hit.asked.name, hit.party, "no_conflict", why) for hit in result.hits if grave(hit)]
    unsearched = [entry.name for entry in result.not_searched if entry.name]
    return decisions + [Decision(name, "", "no_conflict", why) for name in unsearched]


def _with_team(office: Office, actor: Actor, intake: IntakeDraft) -> CaseDraft:
    """Find the team by name; a lawyer who is not in the firm yet is added where the actor may do that."""
    people = {person.name: person.id for person in office.firm.queries.people(actor)}
    for name in dict.fromkeys(name for name in (intake.lead, *intake.assistants) if name and name not in people):
        if not may(actor, "person.add"):
            message = N_("{name} is not in the firm yet; ask the director to add them.")
            raise Refused([Problem("intake.person", message, "team", params={"name": name})])
        people[name] = office.firm.add_person(
            actor, name=name, login=office.firm.free_login(actor, name), role=FirmRole.LAWYER
        )
        note(_("Colleague added: {name}").format(name=name))
    lead = people.get(intake.lead, actor.person_id)
    assistants = tuple(people[name] for name in intake.assistants)
    return case_of(intake, lead=lead, assistants=assistants, fallback_day=office.clock.today())


def _add_related(office: Office, actor: Actor, intake: IntakeDraft, case_id: int) -> None:
    """Keep the client's related companies and people, so that the next conflict check finds them."""
    clients = office.cases.queries.case(actor, case_id).clients
    if not clients:
        return
    for party in intake.related:
        other_id = office.cases.add_party(actor, party_of(party))
        kind = _relation_of(party.role, party.kind)
        share = party.share_bp
        if kind is RelationKind.BRANCH:  # a subsidiary: the client is its parent
            office.cases.add_relation(
                actor, RelationDraft(clients[0].party_id, other_id, RelationKind.PARENT, share)
            )
        else:
            office.cases.add_relation(actor, RelationDraft(other_id, clients[0].party_id, kind, share))


def _relation_of(role: str, kind: str) -> RelationKind:
    for word, relation in (
        ("法定代表人", RelationKind.LEGAL_REPRESENTATIVE),
        ("控制", RelationKind.CONTROLLER),
        ("股东", RelationKind.SHAREHOLDER),
        ("母公司", RelationKind.PARENT),
        ("子公司", RelationKind.BRANCH),
        ("分", RelationKind.BRANCH),
        ("配偶", RelationKind.SPOUSE),
        ("保证", RelationKind.GUARANTOR),
    ):
        if word in role:
            return relation
    return RelationKind.RELATIVE if kind == PartyKind.PERSON else RelationKind.OTHER
