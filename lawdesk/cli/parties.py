"""``lawdesk party``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cases import unread_columns
from lawdesk.cases.rules.tables import COLUMNS
from lawdesk.cli.session import note, opened, print_json, print_table, say
from lawdesk.firm import Actor
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office

party_app = typer.Typer(no_args_is_help=True, help=N_("Parties."))


_IMPORT = N_(
    "Bring in a list of parties (CSV or XLSX): good rows enter, every bad row is named.\n\nThe first row names "
    "the columns, of which only name is needed: ref (编号), name (名称, 姓名), kind (类型: 自然人, 个人, 法人, "
    "单位, 公司 or empty), aliases (别名), former (曾用名), short (简称), english (英文名), identifier (证件号, "
    "统一社会信用代码). Several names in one cell are separated by semicolons. A row with relation (关系) and "
    "to_ref (关系方编号) ties the party ref to the party to_ref. A row whose ref is on file completes that party."
)


@party_app.command("import", help=_IMPORT)
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
    noted = [{"row": row, "reason": problem.words()} for row, problem in result.noted]
    if as_json:
        told = {"created": result.created, "updated": result.updated, "refused": refused}
        told |= {"noted": noted} if noted else {}
        print_json(told | ({"ignored_columns": list(result.ignored)} if result.ignored else {}))
    else:
        words = _("{created} created, {updated} updated, {refused} refused.")
        say(words.format(created=result.created, updated=result.updated, refused=len(refused)))
        for line in refused:
            note(_("Row {row}: {reason}").format(**line))
        for line in noted:
            note(_("Row {row} was brought in; look at it: {reason}").format(**line))
        if result.ignored:
            note(unread_columns(result.ignored, COLUMNS).words())
    if refused:
        raise typer.Exit(3)


@party_app.command("list", help=N_("Parties by name, with the number of cases each stands in."))
def list_parties(words: Annotated[str, typer.Argument()] = "", limit: int = 200) -> None:
    """Parties by name, with the number of cases each stands in."""
    with opened() as (office, actor):
        rows = office.cases.queries.list_parties(actor, words, limit=limit)
    print_table([_("Name"), _("Kind"), _("Cases")], [[row.name, row.kind, str(row.cases)] for row in rows])


@party_app.command(
    "merge", help=N_("Make two parties one: the first stays. Each is an id, a ref or an exact name.")
)
def merge(
    keep: Annotated[str, typer.Argument(metavar="A")], gone: Annotated[str, typer.Argument(metavar="B")]
) -> None:
    """Make two parties one: the first stays. Each is an id, a ref or an exact name."""
    with opened() as (office, actor):
        ends = [party_named(office, actor, words) for words in (keep, gone)]
        number = office.cases.merge_parties(actor, *ends)
    say(_("Merged. To undo it: lawdesk party unmerge {number}").format(number=number))


@party_app.command("unmerge", help=N_("Undo a merge, by the number that party merge printed."))
def unmerge(number: int) -> None:
    """Undo a merge, by the number that party merge printed."""
    with opened() as (office, actor):
        party = office.cases.unmerge_parties(actor, number)
        name = office.cases.queries.party(actor, party).name
    say(_("{name} is a party of its own again.").format(name=name))


def party_named(office: Office, actor: Actor, words: str) -> int:
    """Return the party meant by id, ref or exact name; raises when none or several fit."""
    found = office.cases.queries.find_party(actor, words)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(party) for party in found)
        message = N_("{name} is the name of several parties: say which by number ({numbers}).")
        raise Refused([Problem("party.several", message, "party", params={"name": words, "numbers": numbers})])
    raise UserError("party.unknown", N_("There is no such party."))
