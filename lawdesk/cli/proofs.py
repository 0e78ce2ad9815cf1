"""``lawdesk conflicts``: kept checks, their certificates, consents, and asking them again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cases import FORMER_ROLES, RELATION_TITLES, TakenBack
from lawdesk.cli.conflicts import conflicts_app
from lawdesk.cli.parties import party_app
from lawdesk.cli.session import note, opened, print_json, print_table, say
from lawdesk.conflicts.rules import hit_row
from lawdesk.kernel.dates import local_time
from lawdesk.kernel.i18n import N_, _, listed

Which = Annotated[str, typer.Argument(metavar="ID", help=N_("Number or uid of a kept check."))]


@conflicts_app.command("list", help=N_("The newest kept checks."))
def list_checks(
    limit: int = 50, as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False
) -> None:
    """The newest kept checks."""
    with opened() as (office, actor):
        rows = office.conflicts.queries.recent(actor, limit)
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "uid": row.uid,
                    "asked_at": row.asked_at.isoformat(),
                    "asked_by": row.asked_by,
                    "outcome": row.outcome,
                    "result": row.result,
                    "names": list(row.names),
                }
                for row in rows
            ]
        )
        return
    head = [_("Number"), _("Day"), _("Asked by"), _("Result"), _("Names")]
    lines = [
        [
            str(row.id),
            f"{row.asked_at.date().isoformat()} {local_time(row.asked_at)}",
            row.asked_by,
            row.result,
            "、".join(row.names),
        ]
        for row in rows
    ]
    print_table(head, lines)


@conflicts_app.command("certificate", help=N_("Write the one-page certificate of a kept check (PDF or Word)."))
def certificate(which: Which, out: Annotated[Path, typer.Option("--out", dir_okay=False)]) -> None:
    """Write the one-page certificate of a kept check (PDF or Word)."""
    with opened() as (office, actor):
        office.conflicts.certificate(actor, which, out)
    say(str(out))


@conflicts_app.command("consent", help=N_("Attach the signed consent to a waived check."))
def consent(which: Which, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Attach the signed consent to a waived check."""
    with opened() as (office, actor):
        office.conflicts.attach_consent(actor, which, file)
    say(file.name)


@conflicts_app.command("again", help=N_("Ask a kept check again: what is found today and was not then."))
def again(
    which: Which, as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False
) -> None:
    """Ask a kept check again: what is found today and was not then."""
    with opened() as (office, actor):
        found = office.conflicts.again(actor, which)
        untouched = office.conflicts.queries.untouched(actor, found.row)
    if as_json:
        print_json(
            {
                "check": found.row.uid,
                "asked_at": found.row.asked_at.isoformat(),
                "untouched": untouched,
                "new": [
                    {**hit_row(one.hit), "severity": str(one.hit.severity or ""), "on_file_then": one.on_file}
                    for one in found.new
                ],
                "gone": [{"name": hit["name"], "severity": hit["severity"]} for hit in found.gone],
                "still": [{"name": hit["name"], "severity": hit["severity"]} for hit in found.still],
                "changed": [
                    {"name": hit["name"], "then": hit["severity"], "now": str(now.severity or "")}
                    for hit, now in found.changed
                ],
            }
        )
        return
    for one in found.new:
        said = _("+ {name}: on file then, found now") if one.on_file else _("+ {name}: entered since")
        say(said.format(name=one.hit.name))
    for hit in found.gone:
        say(_("- {name}: no longer found").format(name=hit["name"]))
    for hit, now in found.changed:
        say(f"~ {hit['name']}: {hit['severity']} → {now.severity}")
    say(_("{count} hits as on that day.").format(count=len(found.still)))
    if not untouched:
        say(_("The record is no longer what was written: verify the audit trail."))


@conflicts_app.command("rerun", help=N_("Check all open cases again: what is new since their clearance."))
def rerun(as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False) -> None:
    """Check all open cases again: what is new since their clearance."""

    def progress(done: int, everything: int) -> bool:
        if done and done % 100 == 0:
            note(f"{done}/{everything}")
        return True

    with opened() as (office, actor):
        made = office.conflicts.rerun(actor, progress)
        rows = office.conflicts.queries.news(actor, 1_000)
    found = [
        {
            "id": row.id,
            "case": row.number,
            "asked": row.asked,
            "name": row.content["name"],
            "severity": row.severity,
            "path": [step["name"] for step in row.content.get("path", [])],
        }
        for row in rows
    ]
    if as_json:
        print_json({"cases": made.cases, "new": made.new, "gone": made.gone, "news": found})
        return
    for one in found:
        say(f"{one['case']} {one['asked']} → {one['name']}: {one['severity']}")
    say(_("{cases} open cases checked, {new} new.").format(cases=made.cases, new=made.new))


@party_app.command("former", help=N_("Bring in the former matters of a member (CSV or XLSX)."))
def former(
    member: Annotated[str, typer.Argument(help=N_("Login of the member."))],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
) -> None:
    """Bring in the former matters of a member (CSV or XLSX)."""
    with opened() as (office, actor):
        person = office.firm.queries.actor_by_login(member).person_id
        made = office.cases.import_former_matters(actor, person or 0, file)
    say(_("{count} former matters brought in.").format(count=made.added))
    for row, problem in made.refused:
        note(_("Row {row}: {reason}").format(row=row, reason=problem.words()))
    if made.refused:
        raise typer.Exit(3)


@party_app.command("declared", help=N_("What a member declared: relatives, offices, shares, former matters."))
def declared(
    member: Annotated[str, typer.Argument(help=N_("Login of the member."))],
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False,
) -> None:
    """What a member declared: relatives, offices, shares, former matters."""
    with opened() as (office, actor):
        person = office.firm.queries.actor_by_login(member).person_id
        found = office.cases.queries.declared(actor, person or 0)
    if found is None:
        if as_json:
            print_json(None)
        else:
            say(_("Has not declared anything yet"))
        return
    ties = [("of_member", one) for one in found.relations] + [("member_is", one) for one in found.stands_to]
    rows = [(f"r{one.id}", which, one.kind, one.name) for which, one in ties]
    rows += [
        (f"m{one.id}", "matter", one.role, listed(name for _side, name in one.parties)) for one in found.matters
    ]
    if as_json:
        print_json([dict(zip(("id", "what", "kind", "name"), row, strict=True)) for row in rows])
        return
    titles = {kind.value: title for kind, title in RELATION_TITLES.items()} | FORMER_ROLES
    print_table(
        [_("Number"), _("Kind"), _("Name")],
        [[key, _(titles[kind]), f"→ {name}" if which == "member_is" else name] for key, which, kind, name in rows],
    )


@party_app.command(
    "take-back",
    help=N_("Take a wrong declaration of a member back; it stays in the trace, earlier checks do not change."),
)
def take_back(
    member: Annotated[str, typer.Argument(help=N_("Login of the member."))],
    number: Annotated[str, typer.Argument(help=N_("The number that party declared prints."))],
    why: Annotated[TakenBack, typer.Option("--why", help=N_("mistake, somebody-else or not-so."))],
) -> None:
    """Take a wrong declaration of a member back; it stays in the trace, earlier checks do not change."""
    with opened() as (office, actor):
        person = office.firm.queries.actor_by_login(member).person_id
        office.cases.take_back(actor, person or 0, number, why)
    say(_("Taken back."))
