"""``lawdesk party``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import note, opened, print_json, print_table, say
from lawdesk.kernel.i18n import N_, _

party_app = typer.Typer(no_args_is_help=True, help=N_("Parties."))


@party_app.command(
    "import", help=N_("Bring in a list of parties (CSV or XLSX): good rows enter, every bad row is named.")
)
def import_parties(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be done."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False,
) -> None:
    """Bring in a list of parties (CSV or XLSX): good rows enter, every bad row is named."""

    def progress(done: int, everything: int) -> bool:
        if everything >= 2000 and done % 2000 == 0:
            note(f"{done}/{everything}")
        return True

    with opened() as (office, actor):
        result = office.cases.import_parties(actor, file, dry_run=dry_run, progress=progress)
    refused = [{"row": row, "reason": problem.words()} for row, problem in result.refused]
    if as_json:
        print_json({"created": result.created, "updated": result.updated, "refused": refused})
    else:
        words = _("{created} created, {updated} updated, {refused} refused.")
        say(words.format(created=result.created, updated=result.updated, refused=len(refused)))
        for line in refused:
            note(_("Row {row}: {reason}").format(**line))
    if refused:
        raise typer.Exit(3)


@party_app.command("list", help=N_("Parties by name, with the number of cases each stands in."))
def list_parties(words: Annotated[str, typer.Argument()] = "", limit: int = 200) -> None:
    """Parties by name, with the number of cases each stands in."""
    with opened() as (office, actor):
        rows = office.cases.queries.list_parties(actor, words, limit=limit)
    print_table([_("Name"), _("Kind"), _("Cases")], [[row.name, row.kind, str(row.cases)] for row in rows])
