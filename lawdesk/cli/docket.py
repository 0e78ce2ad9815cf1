"""``lawdesk deadlines``: what becomes of single deadlines, reminders, papers, court calendars."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.session import note, opened, print_json, print_table, read_day, say
from lawdesk.cli.watching import WATCHING
from lawdesk.deadlines import Evidence, LimitationCount, ManualDeadline, Turn
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.office import Office

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Number = Annotated[int, typer.Argument(help=N_("Its number, see: lawdesk deadlines list --json"))]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help=N_("A .pdf or .docx file."))]
Reason = Annotated[str, typer.Option("--reason", help=N_("It stays in the file."))]
Paper = Annotated[str, typer.Option("--paper", help=N_("What proves it, in words."))]
File = Annotated[
    Path | None,
    typer.Option("--file", exists=True, dir_okay=False, help=N_("What proves it; it is stored in the case.")),
]


def evidence(office: Office, actor: Actor, number: int, words: str, file: Path | None) -> Evidence:
    """Return what proves a step; a file is stored in the case of the deadline first."""
    if file is None:
        return Evidence(words)
    case_id = office.deadlines.queries.deadline(actor, number).case_id
    return Evidence(words or file.name, office.documents.add_file(actor, case_id, file))


def done(
    number: Number,
    on: Annotated[str, typer.Option("--on", help=N_("The day; today unless said, of a hearing its own."))] = "",
    note: Annotated[str, typer.Option("--note")] = "",
    paper: Paper = "",
    file: File = None,
) -> None:
    """Mark a deadline as done, a hearing as held."""
    with opened() as (office, actor):
        proof = evidence(office, actor, number, paper, file)
        day = read_day(on) if on else None
        office.deadlines.complete(actor, number, on=day, note=note, evidence=proof)
    say(_("Done."))


def waive(number: Number, reason: Reason, paper: Paper = "", file: File = None) -> None:
    """Let a deadline pass on purpose; of a hearing: it was not held."""
    with opened() as (office, actor):
        proof = evidence(office, actor, number, paper, file)
        _say_waits(office.deadlines.waive(actor, number, reason, evidence=proof))


def reopen(number: Number) -> None:
    """Open a deadline again that was done or let go."""
    with opened() as (office, actor):
        office.deadlines.reopen(actor, number)
    say(_("Open again."))


def move(
    number: Number,
    reason: Reason,
    to: Annotated[str, typer.Option("--to", help=N_("The day on the paper; without it the computed one."))] = "",
    paper: Paper = "",
    file: File = None,
) -> None:
    """Set the date printed on the court's paper, or let the computed one hold again."""
    with opened() as (office, actor):
        proof = evidence(office, actor, number, paper, file)
        _say_waits(office.deadlines.move(actor, number, read_day(to) if to else None, reason, evidence=proof))


def adjourn(
    number: Number,
    to: Annotated[str, typer.Option("--to", help=N_("The new day of the hearing."))],
    reason: Reason,
    at: Annotated[str, typer.Option("--at", help="9:30")] = "",
    place: Annotated[str, typer.Option("--place", help=N_("The courtroom, where it is another."))] = "",
    paper: Paper = "",
    file: File = None,
) -> None:
    """Adjourn a hearing; its old day stays in the file."""
    hour, _mark, minute = at.partition(":")
    at = f"{int(hour):02}:{minute}" if hour.isdigit() and minute else at
    with opened() as (office, actor):
        row = office.deadlines.queries.deadline(actor, number)
        planned = ManualDeadline(
            row.case_id, row.title_zh, read_day(to), "hearing", at, row.proceeding_id, row.person_id
        )
        note_clashes(office, actor, planned)
        proof = evidence(office, actor, number, paper, file)
        new, at_once = office.deadlines.adjourn(
            actor, number, planned.due, at=at, place=place, reason=reason, evidence=proof
        )
    say(_("Entered as number {number}.").format(number=new))
    _say_waits(at_once)


def requests(
    agree: Annotated[int | None, typer.Option("--agree", help=N_("Agree to the change with this number."))] = None,
    refuse: Annotated[int | None, typer.Option("--refuse", help=N_("Do not agree to it."))] = None,
    wanted: Annotated[
        bool | None,
        typer.Option("--two-persons/--one-person", help=N_("Whether changes need a second person at all.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Changes of deadlines that wait for a second person."""
    with opened() as (office, actor):
        if wanted is not None:
            office.deadlines.set_two_persons(actor, wanted=wanted)
        for number, grant in ((agree, True), (refuse, False)):
            if number is not None:
                office.deadlines.decide(actor, number, grant=grant)
        rows, two = office.deadlines.requests(actor), office.deadlines.two_persons(actor)
    if as_json:
        print_json({"two_persons": two, "requests": [{**asdict(row), "title": row.title} for row in rows]})
        return
    print_table(
        [
            _("Number"),
            _("Case"),
            _("Deadline"),
            _("Change"),
            _("Until"),
            _("New day"),
            pgettext("a change of a deadline", "Asked by"),
            _("Reason"),
        ],
        [
            [
                str(row.id),
                row.case_number,
                row.title,
                row.kind,
                row.before.isoformat(),
                row.due.isoformat() if row.due is not None else "",
                row.asked_name,
                row.reason,
            ]
            for row in rows
        ],
    )
    say(_("Changes need a second person.") if two else _("Changes need no second person."))


def note_clashes(office: Office, actor: Actor, planned: ManualDeadline) -> None:
    """Say on stderr which other hearings of the same person leave no time for this one."""
    if planned.due_time and ":" not in planned.due_time:
        return
    for clash in office.deadlines.clashes(actor, planned):
        other = clash.other
        words = _("At the same time: {when} {title} ({court})")
        if not clash.overlap:
            words = _("Too little time for the way ({minutes} minutes): {when} {title} ({court})")
        minutes = int(clash.needed.total_seconds() // 60)
        when = f"{other.day.isoformat()} {other.at}".strip()
        note(words.format(when=when, title=other.title, court=other.court, minutes=minutes))


def _say_waits(at_once: bool) -> None:
    say(_("Done.") if at_once else _("A second person has to agree first."))


def extend(
    number: Number,
    to: Annotated[str, typer.Option("--to", help=N_("The new last day."))],
    reason: Reason,
    paper: Paper = "",
    file: File = None,
) -> None:
    """Extend a deadline as the court's paper says."""
    with opened() as (office, actor):
        proof = evidence(office, actor, number, paper, file)
        at_once = office.deadlines.extend(actor, number, read_day(to), reason, proof)
    say(_("Extended.") if at_once else _("A second person has to agree first."))


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
    *WATCHING,
    ("done", done, N_("Mark a deadline as done, a hearing as held.")),
    ("waive", waive, N_("Let a deadline pass on purpose; of a hearing: it was not held.")),
    ("reopen", reopen, N_("Open a deadline again that was done or let go.")),
    ("move", move, N_("Set the date printed on the court's paper, or let the computed one hold again.")),
    ("adjourn", adjourn, N_("Adjourn a hearing; its old day stays in the file.")),
    ("requests", requests, N_("Changes of deadlines that wait for a second person.")),
    ("extend", extend, N_("Extend a deadline as the court's paper says.")),
    ("turn", turn, N_("Enter what interrupted or suspended a limitation period.")),
    ("check", check, N_("Say that you checked a date somebody else entered.")),
    ("register", register, N_("The register of the deadlines entered on one day, as PDF or Word.")),
    ("sheet", sheet, N_("The control sheet of a case: every date with what proves it.")),
    ("court-calendar", court_calendar, N_("Enter the hearings of a court's calendar (.ics).")),
)
"""Name, function and help of each command."""
