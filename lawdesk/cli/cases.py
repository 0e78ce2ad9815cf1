"""``lawdesk case``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cases import CaseFilter, CaseStatus, Takeover
from lawdesk.cli.intake import open_from_file
from lawdesk.cli.session import note, opened, print_json, print_table, say
from lawdesk.deadlines import DocketFilter
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.office import Office

case_app = typer.Typer(no_args_is_help=True, help=N_("Cases: take in, list, show, import, pack."))
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


@case_app.command("new", help=N_("Take in a case from a file, with the same checks as the window."))
def new(
    source: Annotated[Path, typer.Option("--from", exists=True, dir_okay=False, help=N_("JSON or TOML file."))],
    decide: Annotated[
        str, typer.Option("--decide", help=N_("Why the hits of the conflict check are no obstacle."))
    ] = "",
    as_json: Json = False,
) -> None:
    """Take in a case from a file, with the same checks as the window."""
    with opened() as (office, actor):
        made = open_from_file(office, actor, source, decide)
    if as_json:
        print_json(asdict(made))
    else:
        say(_("{number} {title}").format(number=made.number, title=made.title))


@case_app.command("list", help=N_("Cases, newest first."))
def list_cases(
    status: Annotated[str, typer.Option("--status", help=N_("open, closed, archived or all."))] = "all",
    words: Annotated[str, typer.Argument(help=N_("Words in title, number, cause, court number or party."))] = "",
    limit: int = 500,
    as_json: Json = False,
) -> None:
    """Cases, newest first."""
    if status != "all" and status not in set(CaseStatus):
        raise typer.BadParameter("open, closed, archived, all", param_hint="--status")
    chosen = CaseFilter(status=None if status == "all" else CaseStatus(status), words=words)
    with opened() as (office, actor):
        rows = office.cases.queries.list_cases(actor, chosen, limit=limit)
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        heads = [_("Number"), _("Title"), _("Cause of action"), _("Stage"), _("Lead"), _("Court case number")]
        print_table(
            heads, [[row.number, row.title, row.cause, row.stage, row.lead, row.court_number] for row in rows]
        )


@case_app.command("show", help=N_("One case, whole."))
def show(number: str, as_json: Json = False) -> None:
    """One case, whole."""
    with opened() as (office, actor):
        case = office.cases.queries.case(actor, find_case(office, actor, number))
        due = office.deadlines.queries.docket(actor, _of_case(case.id))
    if as_json:
        document = asdict(case)
        document["clearances"] = [{**asdict(row), "content": json.loads(row.content)} for row in case.clearances]
        document["deadlines"] = [asdict(row) for row in due]
        print_json(document)
        return
    say(f"{case.number}  {case.title}")
    say(f"{case.cause} · {case.stage} · {case.lead}")
    for row in case.parties:
        say(f"  {row.standing or row.side}\t{row.name}\t{row.counsel_name}")
    for proceeding in case.proceedings:
        say(f"  {proceeding.kind}\t{proceeding.court}\t{proceeding.court_number}")
    for deadline in due:
        say(f"  {deadline.due.isoformat()}\t{deadline.title}\t{deadline.statute} {deadline.article}")


@case_app.command(
    "import",
    help=N_("Bring in the firm's Excel ledger: sound rows enter, every refused row is named with its reason."),
)
def import_ledger(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would be taken in."))] = False,
    as_json: Json = False,
) -> None:
    """Bring in the firm's Excel ledger: sound rows enter, every refused row is named with its reason."""
    with opened() as (office, actor):
        result = office.cases.take_over_ledger(actor, file, office.firm, office.clearing(actor), dry_run=dry_run)
        if not dry_run:
            words = _("{number}: hearing on {day} put into the docket.")
            for number, day in office.book_hearings(actor, result):
                note(words.format(number=number, day=day))
    if as_json:
        print_json(takeover_json(result, dry_run))
    else:
        _print_takeover(result, dry_run)
    if result.refused:
        raise typer.Exit(3)


@case_app.command("package", help=N_("The case as a bound file."))
def package(
    number: str,
    kind: Annotated[str, typer.Option("--format", help=N_("docx, pdf or zip."))] = "pdf",
    out: Annotated[Path, typer.Option("--out", dir_okay=False)] = Path("case.pdf"),
    as_json: Json = False,
) -> None:
    """The case as a bound file."""
    if kind not in ("docx", "pdf", "zip"):
        raise typer.BadParameter("docx, pdf, zip", param_hint="--format")
    with opened() as (office, actor):
        case_id = find_case(office, actor, number)
        packed = office.packages.package(actor, case_id, out, kind, progress=lambda n, of: note(f"{n}/{of}"))
    if as_json:
        print_json({"path": str(packed.path), "pages": packed.pages, "parts": packed.parts})
    else:
        say(str(packed.path))
    for title in packed.only_listed:
        note(_("Only listed, not shown: {title}").format(title=title))


@case_app.command("add-file", help=N_("Put files on a case; the same name again becomes a new version."))
def add_file(number: str, files: Annotated[list[Path], typer.Argument(exists=True)]) -> None:
    """Put files on a case; the same name again becomes a new version."""
    with opened() as (office, actor):
        added = office.documents.add_files(actor, find_case(office, actor, number), files)
    words = ngettext("{count} document stored.", "{count} documents stored.", len(added))
    say(words.format(count=len(added)))


def find_case(office: Office, actor: Actor, words: str) -> int:
    """Return the case meant by number, court number or title; raises UserError when none or several fit."""
    case_id = office.cases.queries.find_case(actor, words)
    if case_id is None:
        raise UserError(
            "case.not_found",
            N_("No case, or more than one, fits {words}."),
            hint=N_("Give the firm's number as it stands in: lawdesk case list"),
            words=words,
        )
    return case_id


def takeover_json(result: Takeover, dry_run: bool) -> dict[str, object]:
    """Return what the import did as plain data."""
    return {
        "dry_run": dry_run,
        "taken": result.taken,
        "people_added": list(result.people),
        "refused": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "number": row.number,
                "reasons": [
                    {"code": problem.code, "field": problem.field, "reason": problem.words()}
                    for problem in row.problems
                    if problem.severity == "error"
                ],
            }
            for row in result.refused
        ],
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "status": row.status,
                "taken": row.taken,
                "number": row.number,
                "problems": [
                    {
                        "severity": problem.severity,
                        "code": problem.code,
                        "field": problem.field,
                        "reason": problem.words(),
                    }
                    for problem in row.problems
                ],
            }
            for row in result.rows
        ],
    }


def _print_takeover(result: Takeover, dry_run: bool) -> None:
    if dry_run:
        words = ngettext("{count} case would be taken in.", "{count} cases would be taken in.", result.taken)
    else:
        words = ngettext("{count} case taken in.", "{count} cases taken in.", result.taken)
    say(words.format(count=result.taken))
    if result.people:
        say(_("Colleagues added: {names}").format(names="、".join(result.people)))
    for row in result.rows:
        for problem in row.problems:
            where = _("{sheet}, row {row}").format(sheet=row.sheet, row=row.row)
            mark = _("refused") if not row.taken and problem.severity == "error" else _("look at it")
            note(f"{where} [{mark}] {problem.words()}")


def _of_case(case_id: int) -> DocketFilter:
    return DocketFilter(case_id=case_id, status=None)
