"""``lawdesk deadlines``: what becomes of single deadlines, reminders, papers, court calendars."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.session import note, opened, print_json, print_table, read_day, say
from lawdesk.deadlines import Evidence, LimitationCount, Turn
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Number = Annotated[int, typer.Argument(help=N_("Its number, see: lawdesk deadlines list --json"))]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help=N_("A .pdf or .docx file."))]
Reason = Annotated[str, typer.Option("--reason", help=N_("It stays in the file."))]


def extend(
    number: Number,
    to: Annotated[str, typer.Option("--to", help=N_("The new last day."))],
    reason: Reason,
    paper: Annotated[str, typer.Option("--paper", help=N_("The court's paper that says so."))],
) -> None:
    """Extend a deadline as the court's paper says."""
    with opened() as (office, actor):
        done = office.deadlines.extend(actor, number, read_day(to), reason, Evidence(paper))
    say(_("Extended.") if done else _("A second person has to agree first."))


def turn(
    number: Number,
    first: Annotated[str, typer.Option("--on", help=N_("The day, or the first day of the obstacle."))],
    ground: Annotated[str, typer.Option("--ground", help=N_("What it was, such as a written demand."))],
    until: Annotated[str, typer.Option("--until", help=N_("The last day of the obstacle; suspends."))] = "",
    suspended: Annotated[bool, typer.Option("--suspended", help=N_("An obstacle, still lasting."))] = False,
    paper: Annotated[str, typer.Option("--paper", help=N_("What proves it."))] = "",
    as_json: Json = False,
) -> None:
    """Enter what interrupted a limitation period, or suspended it."""
    last = read_day(until) if until else None
    one = Turn("suspended" if suspended or last else "interrupted", read_day(first), last, ground)
    with opened() as (office, actor):
        found = office.deadlines.add_turn(actor, number, one, evidence=paper)
    if as_json:
        print_json(limitation_json(found))
        return
    for step in found.steps:
        say(f"  {step.words()}")
    say(found.due.isoformat())


def limitation_json(found: LimitationCount) -> dict[str, Any]:
    """Return the account of a limitation period as plain data."""
    return {
        "due": found.due.isoformat(),
        "raw_end": found.raw_end.isoformat(),
        "early_warning": found.early_warning.isoformat(),
        "capped": found.capped,
        "provisional": found.provisional,
        "steps": [{"text": step.words(), "until": step.until.isoformat()} for step in found.steps],
    }


def check(number: Number) -> None:
    """Say that you checked a date somebody else entered."""
    with opened() as (office, actor):
        office.deadlines.check(actor, number)
    say(_("Checked."))


def reminders(
    seen: Annotated[bool, typer.Option("--seen", help=N_("Confirm all that are shown."))] = False,
    as_json: Json = False,
) -> None:
    """What fell due and is not confirmed yet, what was missed first."""
    with opened() as (office, actor):
        office.deadlines.reminders.collect(actor)
        rows = office.deadlines.reminders.show(actor)
        if seen:
            office.deadlines.reminders.acknowledge(actor, [row.id for row in rows])
        bare = office.deadlines.queries.bare_cases(actor)
    if as_json:
        print_json(
            {
                "reminders": [{**asdict(row), "title": row.title} for row in rows],
                "bare_cases": [asdict(case) for case in bare],
            }
        )
        return
    print_table(
        [_("Reminder of"), _("Until"), _("Deadline"), _("Case")],
        [
            [row.falls_on.isoformat(), row.due.isoformat(), row.title, f"{row.case_number} {row.case_title}"]
            for row in rows
        ],
    )
    for case in bare:
        words = _("{number} {title}: nothing is due and nothing is noted in this case.")
        note(words.format(number=case.number, title=case.title))


def deputy(
    person: Annotated[str, typer.Argument(help=N_("The login of who is away."))],
    stands_in: Annotated[str, typer.Argument(help=N_("The login of who stands in."))],
    first: Annotated[str, typer.Option("--from", help=N_("First day away; without it: always."))] = "",
    last: Annotated[str, typer.Option("--until", help=N_("Last day away."))] = "",
) -> None:
    """Say who stands in for whom: always, or while somebody is away."""
    with opened() as (office, actor):
        away, other = (_person(office, actor, login) for login in (person, stands_in))
        begin, end = (read_day(text) if text else None for text in (first, last))
        office.deadlines.reminders.set_deputy(actor, away, other, first=begin, last=end)
    say(_("Noted."))


def register(out: Out, day: Annotated[str, typer.Option("--day", help=N_("Today unless said."))] = "") -> None:
    """The register of the deadlines entered on one day, as PDF or Word."""
    with opened() as (office, actor):
        document = office.deadlines.register(actor, read_day(day) if day else office.clock.today())
        office.deadlines.write_paper(actor, document, out)
    say(str(out))


def sheet(case: Annotated[str, typer.Argument(help=N_("The firm's number of the case."))], out: Out) -> None:
    """The control sheet of a case: every date with what proves it, as PDF or Word."""
    with opened() as (office, actor):
        case_id = office.cases.queries.find_case(actor, case)
        if case_id is None:
            raise UserError("case.not_found", N_("No case, or more than one, fits {words}."), words=case)
        office.deadlines.write_paper(actor, office.deadlines.control_sheet(actor, case_id), out)
    say(str(out))


def court_calendar(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=N_("The court's .ics file."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would be entered."))] = False,
) -> None:
    """Enter the hearings of a court's calendar; the same file again only moves what moved."""
    with opened() as (office, actor):
        entries = office.deadlines.read_court_calendar(actor, file)
        for entry in entries:
            where = (
                _("no case") if entry.case_id is None else office.cases.queries.case(actor, entry.case_id).number
            )
            say(f"  {entry.day.isoformat()} {entry.time}  {entry.summary}  {where}")
        if dry_run:
            return
        added, moved = office.deadlines.import_court_calendar(actor, entries)
    say(_("{added} hearings entered, {moved} changed").format(added=added, moved=moved))


COMMANDS = (
    ("extend", extend, N_("Extend a deadline as the court's paper says.")),
    ("turn", turn, N_("Enter what interrupted or suspended a limitation period.")),
    ("check", check, N_("Say that you checked a date somebody else entered.")),
    ("reminders", reminders, N_("What fell due and is not confirmed yet, what was missed first.")),
    ("deputy", deputy, N_("Say who stands in for whom: always, or while somebody is away.")),
    ("register", register, N_("The register of the deadlines entered on one day, as PDF or Word.")),
    ("sheet", sheet, N_("The control sheet of a case: every date with what proves it.")),
    ("court-calendar", court_calendar, N_("Enter the hearings of a court's calendar (.ics).")),
)
"""Name, function and help of each command."""


def _person(office: Office, actor: Actor, login: str) -> int:
    for row in office.firm.queries.people(actor, everybody=True):
        if row.login == login:
            return row.id
    raise UserError("person.unknown_login", N_("Nobody in this office has the login {login}."), login=login)
