"""``lawdesk deadlines``."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.docket import COMMANDS, note_clashes
from lawdesk.cli.law import ORIGINS, law_in_use, rule_app
from lawdesk.cli.lists import read_columns
from lawdesk.cli.papers import read_paper
from lawdesk.cli.recording import Foreseen, case_of_paper, event_json, foresee, record
from lawdesk.cli.session import not_a_day, note, opened, print_json, print_table, read_day, say
from lawdesk.deadlines import Calendar, DocketFilter, Rule, RuleBook, compute, explain
from lawdesk.kernel.dates import short_weekday
from lawdesk.kernel.errors import LawDeskError, UserError, describe
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_, _

deadlines_app = typer.Typer(no_args_is_help=True, help=N_("Periods, dates, the docket."))
deadlines_app.add_typer(rule_app, name="rule")
for _name, _command, _help in COMMANDS:
    deadlines_app.command(_name, help=_help)(_command)
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


@deadlines_app.command("rules", help=N_("Every rule with its versions and sources."))
def rules(
    firm: Annotated[bool, typer.Option("--firm", help=N_("Only the firm's own rules and corrections."))] = False,
    as_json: Json = False,
) -> None:
    """Every rule with its versions and sources; those of the office too where one is named."""
    _calendar, book = law_in_use()
    found = [rule for rule in book.rules.values() if rule.origin or not firm]
    if as_json:
        print_json([_rule_json(rule, book) for rule in found])
        return
    rows = [
        [
            rule.id,
            str(rule.title),
            f"{rule.statute_zh} {rule.article}".strip(),
            str(rule.in_force_from),
            rule.verified,
            _(ORIGINS[rule.origin]),
        ]
        for rule in found
    ]
    print_table([_("Rule"), _("Title"), _("Article"), _("In force from"), _("Checked"), _("From")], rows)


@deadlines_app.command("compute", help=N_("The last day of a period, with every step of the count."))
def compute_one(
    rule: Annotated[str, typer.Argument(help=N_("A rule or family, see: lawdesk deadlines rules"))],
    on: Annotated[
        str, typer.Option("--on", help=N_("The day it happened: 2025-11-05, 11月5日, 2025-11-05T09:05."))
    ],
    in_custody: Annotated[bool, typer.Option("--in-custody")] = False,
    foreign: Annotated[bool, typer.Option("--foreign", help=N_("No domicile in the PRC."))] = False,
    length: Annotated[int | None, typer.Option("--length", help=N_("The length the court set."))] = None,
    as_json: Json = False,
) -> None:
    """The last day of a period, with every step of the count."""
    calendar, book = law_in_use()
    found = compute(
        rule,
        read_moment(on),
        in_custody=in_custody,
        foreign=foreign,
        length_override=length,
        calendar=calendar,
        rulebook=book,
    )
    if as_json:
        print_json(found.as_json())
    else:
        say(explain(found))


@deadlines_app.command(
    "batch",
    help=N_("Many computations: columns id,rule_id,trigger,in_custody; out: id,due,provisional,version,error."),
)
def batch(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", dir_okay=False)],
) -> None:
    """Many computations: columns id,rule_id,trigger,in_custody[,foreign,length]; out: id,due,… and due_at."""
    law = law_in_use()
    columns = ("in_custody", "foreign", "length")
    lines = [_batch_line(row, *law) for row in read_columns(file, ("id", "rule_id", "trigger"), columns)]
    with atomic_path(out) as temporary, temporary.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["id", "due", "provisional", "version", "error", "due_at"])
        writer.writeheader()
        writer.writerows(lines)
    say(_("{count} periods computed: {path}").format(count=len(lines), path=out))


@deadlines_app.command("list", help=N_("The docket, nearest first."))
def list_deadlines(
    due: Annotated[str, typer.Option("--due", help=N_("How far ahead, such as 30d."))] = "",
    everything: Annotated[bool, typer.Option("--all", help=N_("Done and withdrawn ones too."))] = False,
    as_json: Json = False,
) -> None:
    """The docket, nearest first."""
    with opened() as (office, actor):
        until = None
        if due:
            match = re.fullmatch(r"(\d{1,4})d?", due)
            if match is None:
                raise typer.BadParameter("30d", param_hint="--due")
            until = office.clock.today() + timedelta(days=int(match[1]))
        chosen = DocketFilter(until=until, status=None if everything else "open")
        rows = office.deadlines.queries.docket(actor, chosen, limit=100_000)
    if as_json:
        print_json([{**asdict(row), "title": row.title} for row in rows])
        return
    print_table(
        [_("Until"), _("Deadline"), _("Case"), _("Responsible"), _("Basis")],
        [
            [
                f"{row.due.isoformat()} {short_weekday(row.due)} {row.due_time}".strip()
                + (_(" (provisional)") if row.provisional else ""),
                row.title,
                f"{row.case_number} {row.case_title}",
                row.person,
                f"{row.statute} {row.article}".strip(),
            ]
            for row in rows
        ],
    )


@deadlines_app.command(
    "record",
    help=N_(
        "Record a paper that came in: the event and the deadlines it starts for us. A date on the paper wins."
    ),
)
def record_paper(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help=N_("JSON file: what came in, and when."))
    ],
    case: Annotated[str, typer.Option("--case", help=N_("The case, where the paper does not name it."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only show what would be recorded."))] = False,
    as_json: Json = False,
) -> None:
    """Record a paper that came in: the event and the deadlines it starts for us. A date on the paper wins."""
    paper, warnings = read_paper(file)
    for problem in warnings:
        note(f"[{problem.severity}] {problem.field}: {problem.words()}")
    with opened() as (office, actor):
        found = case_of_paper(office, actor, paper, case)
        events = foresee(office, actor, paper, found)
        for entry in (one for event in events for one in event.entries if one.kind == "hearing"):
            note_clashes(office, actor, entry)
        ids = [None] * len(events) if dry_run else record(office, actor, events)
    nothing = not any(event.chosen or event.entries for event in events)
    if as_json:
        document = {"case": found.number, "title": found.title, "dry_run": dry_run, "nothing_starts": nothing}
        print_json({**document, "events": [event_json(*pair) for pair in zip(events, ids, strict=True)]})
        return
    say(f"{found.number}  {found.title}")
    for event in events:
        _print_event(event)
    if nothing:
        say(_("Nothing that binds our side starts."))


def _print_event(event: Foreseen) -> None:
    chosen = {choice.rule: choice for choice in event.chosen}
    say(f"{event.draft.happened_on.isoformat()}  {event.draft.title}")
    for entry in event.entries:
        say(f"  {entry.due.isoformat()} {short_weekday(entry.due)} {entry.due_time}  {entry.title}")
    for proposal in event.proposals:
        if (choice := chosen.get(proposal.rule.id)) is None:
            continue
        counted = event.counted(proposal)
        due = choice.printed_due or counted.due
        basis = f"{proposal.rule.statute_zh} {counted.article}"
        say(f"  {due.isoformat()} {short_weekday(due)}  {proposal.rule.title}  {basis}")
        if choice.printed_due is not None and choice.printed_due != counted.due:
            words = _("The paper prints {printed}; counted, it is {computed}.")
            note(words.format(printed=choice.printed_due.isoformat(), computed=counted.due.isoformat()))


@deadlines_app.command("export", help=N_("The open docket as iCalendar, with stable UIDs and alarms."))
def export(file: Annotated[Path, typer.Argument(dir_okay=False)]) -> None:
    """The open docket as iCalendar, with stable UIDs and alarms."""
    with opened() as (office, actor):
        count = office.deadlines.export_calendar(actor, file)
    say(_("{count} deadlines written: {path}").format(count=count, path=file))


def read_moment(text: str, *, alone: bool = False) -> date | datetime:
    """Return a day, or a moment where a clock time is given; raises UserError for neither.

    ``alone``: the text must say the year itself, as in a file that is read again on another day.
    """
    words = unicodedata.normalize("NFKC", text).strip()
    match = _MOMENT.fullmatch(words)
    day_words = match[1] if match else words
    if alone and not _HAS_YEAR.search(day_words):
        raise not_a_day(text)
    day = read_day(day_words)
    if match is None:
        return day
    clock, zone = match[2], match[3] or ""
    if clock.strip("0:") == "" and clock.count(":") == 2 and "T" not in words and not zone:
        return day  # what a spreadsheet makes of a plain day
    clock = clock if len(clock.split(":")[0]) == 2 else f"0{clock}"
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{clock}{zone.replace('Z', '+00:00')}")
    except ValueError as error:
        raise not_a_day(text) from error


_YES = frozenset(("1", "true", "t", "yes", "y", "是", "在押", "羁押", "x", "√"))
_NO = frozenset(("", "0", "false", "f", "no", "n", "none", "null", "nan", "-", "否", "未羁押", "不在押", "未在押"))
_MOMENT = re.compile(r"(\S+)[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|[+-]\d{2}:?\d{2})?")
_HAS_YEAR = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}年")


def _batch_line(row: dict[str, str], calendar: Calendar, book: RuleBook) -> dict[str, Any]:
    line = {"id": row["id"], "due": "", "provisional": "", "version": "", "error": "", "due_at": ""}
    try:
        length = int(row["length"]) if row["length"].strip() else None
        found = compute(
            row["rule_id"].strip(),
            read_moment(row["trigger"], alone=True),
            in_custody=_yes(row["in_custody"], "in_custody"),
            foreign=_yes(row["foreign"], "foreign"),
            length_override=length,
            calendar=calendar,
            rulebook=book,
        )
    except LawDeskError as error:
        line["error"] = str(describe(error))
        return line
    except ValueError:
        line["error"] = _("{text} is no length.").format(text=row["length"])
        return line
    line.update(
        due=found.due.isoformat(), provisional="true" if found.provisional else "false", version=found.version
    )
    if found.due_at is not None:
        line["due_at"] = found.due_at.isoformat(timespec="minutes")
    return line


def _yes(text: str, column: str) -> bool:
    """Return what a cell says; a word nobody knows is refused, for it would silently count as no."""
    word = text.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise UserError(
        "deadlines.yes_or_no",
        N_("{text} in column {column} is neither yes nor no."),
        hint=N_("Write true or false."),
        text=text.strip(),
        column=column,
    )


def _rule_json(rule: Rule, book: RuleBook) -> dict[str, Any]:
    statute = book.statutes[rule.statute]
    return {
        **asdict(rule),
        "title": str(rule.title),
        "text_checked": rule.text_checked,
        "versions": [version.id for version in book.versions(rule)],
        "statute_name": statute.name,
        "statute_version": statute.version,
    }
