"""``lawdesk rights``: the table of rights, and who sees one case."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from lawdesk.cases import CaseChange, CaseDetail
from lawdesk.cli.cases import find_case
from lawdesk.cli.session import opened, print_json, print_table, say
from lawdesk.cli.walls import people_named
from lawdesk.firm import RIGHT_TITLES, ROLE_TITLES, Actor, Role
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office

rights_app = typer.Typer(no_args_is_help=True, help=N_("Rights: what each role may do, and who sees a case."))

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
RoleName = Annotated[Role, typer.Argument(metavar="ROLE", help=N_("The role, such as lawyer."))]
Action = Annotated[str, typer.Argument(help=N_("The action, as rights list names it."))]
People = Annotated[list[str] | None, typer.Option(help=N_("Login or name."))]


@rights_app.command("list", help=N_("The table: every action and the roles that may do it."))
def list_rights(
    role: Annotated[
        Role | None, typer.Option("--role", metavar="ROLE", help=N_("Only what this role may."))
    ] = None,
    as_json: Json = False,
) -> None:
    """The table: every action and the roles that may do it."""
    with opened() as (office, actor):
        table = office.firm.queries.rights(actor)
    found = {
        action: [one for one in Role if action in table[one]]
        for action in RIGHT_TITLES
        if role is None or action in table[role]
    }
    if as_json:
        print_json({action: [one.value for one in roles] for action, roles in found.items()})
        return
    lines = [
        [action, _(RIGHT_TITLES[action]), *("x" if one in roles else "" for one in Role)]
        for action, roles in found.items()
    ]
    print_table([_("Action"), _("Right"), *(_(ROLE_TITLES[one]) for one in Role)], lines)


@rights_app.command("grant", help=N_("Let a role do an action."))
def grant(role: RoleName, action: Action) -> None:
    """Let a role do an action."""
    _set(role, action, granted=True)


@rights_app.command("take", help=N_("Take an action from a role."))
def take(role: RoleName, action: Action) -> None:
    """Take an action from a role."""
    _set(role, action, granted=False)


@rights_app.command("case", help=N_("Who sees one case; keep it to its team, change the team."))
def case_rights(
    number: str,
    access: Annotated[str, typer.Option("--access", help=N_("office or team."))] = "",
    lead: Annotated[str, typer.Option("--lead", help=N_("Who leads it: login or name."))] = "",
    join: People = None,
    leave: People = None,
    as_json: Json = False,
) -> None:
    """Who sees one case; keep it to its team, change the team."""
    if access and access not in ("office", "team"):
        raise typer.BadParameter("office, team", param_hint="--access")
    with opened() as (office, actor):
        case_id = find_case(office, actor, number)
        if access:
            office.cases.set_access(actor, case_id, access)
        if lead or join or leave:
            _change_team(office, actor, office.cases.queries.case(actor, case_id), lead, join, leave)
        if find_again(office, actor, case_id) is None:  # who left the team by this does not see it any more
            say(_("Done; you do not see this case any more."))
            return
        document = _seen(office, actor, office.cases.queries.case(actor, case_id))
    if as_json:
        print_json(document)
        return
    access = _("Team only") if document["access"] == "team" else _("The whole office sees it")
    say(f"{document['case']}  {access}")
    for wall in document["walls"]:
        say(_("Wall {number}: {reason}").format(number=wall["id"], reason=wall["reason"]))
    roles = {"lead": _("Lead"), "assistant": _("Assisting"), "": ""}
    for one in document["people"]:
        sees = _("sees it") if one["sees"] else _("does not see it")
        say(f"  {one['name']}\t{one['login']}\t{roles[one['team']]}\t{sees}")


def find_again(office: Office, actor: Actor, case_id: int) -> int | None:
    """Return the case's id while ``actor`` still sees it; nothing is noted when they do not."""
    return case_id if office.walls.queries.who_sees(actor, case_id) else None


def _set(role: Role, action: str, *, granted: bool) -> None:
    with opened() as (office, actor):
        office.firm.set_right(actor, role, action, granted=granted)
    said = _("{role} may now: {right}") if granted else _("{role} may no longer: {right}")
    say(said.format(role=_(ROLE_TITLES[role]), right=_(RIGHT_TITLES[action])))


def _change_team(
    office: Office, actor: Actor, case: CaseDetail, lead: str, join: list[str] | None, leave: list[str] | None
) -> None:
    change = CaseChange.of(case)
    joining, leaving = (
        [one.id for one in people_named(office, actor, words)] for words in (join or (), leave or ())
    )
    if lead:
        (head,) = people_named(office, actor, [lead])
        change = replace(change, lead_id=head.id)
    stays = [one for one in (*change.assistants, *joining) if one not in leaving and one != change.lead_id]
    change = replace(change, assistants=tuple(dict.fromkeys(stays)))
    office.cases.change_case(actor, case.id, change, seen=case.version)


def _seen(office: Office, actor: Actor, case: CaseDetail) -> dict[str, Any]:
    team = {
        member.person_id: "lead" if member.person_id == case.lead_id else "assistant" for member in case.members
    }
    walls = office.walls.queries.wall_of_case(actor, case.id)
    return {
        "case": case.number,
        "access": case.access,
        "walls": [{"id": one.id, "around": one.around, "reason": one.reason} for one in walls],
        "people": [
            {
                "login": one.login,
                "name": one.name,
                "role": one.role.value,
                "team": team.get(one.person_id, ""),
                "sees": one.sees,
            }
            for one in office.walls.queries.who_sees(actor, case.id)
        ],
    }
