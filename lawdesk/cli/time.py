"""``lawdesk time``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.cases import find_case
from lawdesk.cli.deadlines import read_moment
from lawdesk.cli.session import opened, print_json, print_table, say
from lawdesk.kernel.i18n import N_, _
from lawdesk.timesheet import FORMATS, By, EntryFilter, figures

time_app = typer.Typer(no_args_is_help=True, help=N_("The timer, time entries, reports."))
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


@time_app.command("start", help=N_("Start the timer on a case; one that runs already is stopped and booked."))
def start(case: str, narrative: Annotated[str, typer.Argument()] = "") -> None:
    """Start the timer on a case; one that runs already is stopped and booked."""
    with opened() as (office, actor):
        office.timesheet.start_timer(actor, find_case(office, actor, case), narrative)
    say(_("The timer runs."))


@time_app.command("stop", help=N_("Stop the timer and book its time."))
def stop(narrative: Annotated[str, typer.Argument()] = "") -> None:
    """Stop the timer and book its time."""
    with opened() as (office, actor):
        entry_id = office.timesheet.stop_timer(actor, narrative=narrative or None)
        entry = office.timesheet.queries.entry(actor, entry_id)
    if entry is not None:
        say(_("Booked: {time}").format(time=figures(entry.minutes)))


@time_app.command("add", help=N_("Book one line of work on a case."))
def add(
    case: str,
    text: Annotated[str, typer.Argument(help=N_('Such as "1h20m 起草起诉状".'))],
    on: Annotated[str, typer.Option("--on", help=N_("The day; today unless given."))] = "",
) -> None:
    """Book one line of work on a case."""
    day = day_of(on) if on else None
    with opened() as (office, actor):
        entry_id = office.timesheet.quick_entry(actor, text, case_id=find_case(office, actor, case), on=day)
        entry = office.timesheet.queries.entry(actor, entry_id)
    if entry is not None:
        say(_("Booked: {time} on {day}").format(time=figures(entry.minutes), day=entry.day.isoformat()))


@time_app.command("list", help=N_("Time entries, the newest day first."))
def list_entries(
    first: Annotated[str, typer.Option("--from", help=N_("First day."))] = "",
    last: Annotated[str, typer.Option("--to", help=N_("Last day."))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=N_("Only my own."))] = False,
    limit: int = 500,
    as_json: Json = False,
) -> None:
    """Time entries, the newest day first."""
    with opened() as (office, actor):
        chosen = EntryFilter(
            person_id=actor.person_id if mine else None,
            first=day_of(first) if first else None,
            last=day_of(last) if last else None,
        )
        rows = office.timesheet.queries.entries(actor, chosen, limit=limit)
        names = {person.id: person.name for person in office.firm.queries.people(actor, everybody=True)}
    if as_json:
        print_json([{**asdict(row), "person": names[row.person_id]} for row in rows])
        return
    print_table(
        [_("Day"), _("Lawyer"), _("Time"), _("Case"), _("Work")],
        [
            [row.day.isoformat(), names[row.person_id], figures(row.minutes), row.case_title, row.narrative]
            for row in rows
        ],
    )


@time_app.command("report", help=N_("The administrator's report, with totals that add up."))
def report(
    first: Annotated[str, typer.Option("--from", help=N_("First day."))],
    last: Annotated[str, typer.Option("--to", help=N_("Last day."))],
    out: Annotated[Path, typer.Option("--out", dir_okay=False)],
    by: Annotated[str, typer.Option("--by", help=N_("lawyer, case, client or activity."))] = "lawyer",
    form: Annotated[str, typer.Option("--format", help=N_("csv, xlsx or pdf."))] = "xlsx",
) -> None:
    """The administrator's report, with totals that add up."""
    if by not in set(By):
        raise typer.BadParameter("lawyer, case, client, activity", param_hint="--by")
    if form not in FORMATS:
        raise typer.BadParameter("csv, xlsx, pdf", param_hint="--format")
    with opened() as (office, actor):
        made = office.timesheet.month_report(
            actor, day_of(first), day_of(last), by=By(by), form=next(f for f in FORMATS if f == form), path=out
        )
    say(_("{count} lines: {path}").format(count=sum(1 for _row in made.all_rows()), path=out))


def day_of(text: str) -> date:
    """Return the day meant; raises UserError when it is none."""
    moment = read_moment(text)
    return date(moment.year, moment.month, moment.day)
