"""``lawdesk calendar`` and the firm's own rules: what the office counts by."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.session import OPTIONS, note, opened, print_json, print_table, read_day, say
from lawdesk.deadlines import (
    Calendar,
    ClosedRow,
    FirmRule,
    RecountReport,
    RuleBook,
    load_calendar,
    load_rulebook,
)
from lawdesk.kernel.errors import LawDeskError, UserError, describe
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_, _
from lawdesk.outside.files import SYNTAX, parse_toml

calendar_app = typer.Typer(no_args_is_help=True, help=N_("Holidays the dates are counted by."))
rule_app = typer.Typer(no_args_is_help=True, help=N_("The firm's own rules and its corrections of ours."))
MAX_BYTES = 2_000_000
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
ORIGINS = {"": N_("LawDesk"), "own": N_("the firm"), "corrected": N_("corrected by the firm")}


def law_in_use() -> tuple[Calendar, RuleBook]:
    """Return calendar and rules of the office that is named, else the shipped ones.

    An office that cannot be opened is said on stderr, and the shipped law is used: counting needs no office.
    """
    if not (OPTIONS.office or os.environ.get("LAWDESK_OFFICE")):
        return load_calendar(), load_rulebook()
    try:
        with opened() as (office, _actor):
            return office.deadlines.law.calendar, office.deadlines.law.book
    except LawDeskError as error:
        note(_("Counted without the office's own rules: {reason}").format(reason=describe(error)))
        return load_calendar(), load_rulebook()


@calendar_app.command("import", help=N_("Take in the holidays of a year and count again what could move."))
def import_calendar(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=N_("TOML file with [[year]] tables."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only check the file."))] = False,
    as_json: Json = False,
) -> None:
    """Take in the arrangement of one or more years; every date that could move is counted again and shown."""
    with opened() as (office, actor):
        laws = office.deadlines.laws
        found = laws.read_calendar(actor, file)
        for problem in found.warnings:
            note(f"[{problem.severity}] {problem.words()}")
        if dry_run:
            say(_("Sound: {years}").format(years=", ".join(map(str, found.years))))
            return
        report = laws.import_calendar(actor, found, progress=_progress)
    if as_json:
        print_json({"years": found.years, **_report_json(report)})
        return
    say(_("Taken in: {years}").format(years=", ".join(map(str, found.years))))
    _print_report(report)


@calendar_app.command("show", help=N_("The days off and make-up working days of a year."))
def show_calendar(year: Annotated[int, typer.Argument()], as_json: Json = False) -> None:
    """The days off and make-up working days of a year, and the notice they are from."""
    calendar, _book = law_in_use()
    found = calendar.year(year)
    if as_json:
        print_json(
            {
                "year": year,
                "announced": found.announced,
                "off": sorted(day.isoformat() for day in found.off),
                "makeup": sorted(day.isoformat() for day in found.makeup),
                "source": list(found.source),
            }
        )
        return
    if not found.announced:
        note(_("The arrangement of {year} is not known; only the holidays of the law itself.").format(year=year))
    rows = [[day.isoformat(), _("off"), found.name_of(day)] for day in sorted(found.off)]
    rows += [[day.isoformat(), _("make-up working day"), ""] for day in sorted(found.makeup)]
    print_table([_("Day"), _("What"), _("Name")], sorted(rows))
    for address in found.source:
        say(address)


@calendar_app.command("close", help=N_("Enter days a court or the firm is closed, or a holiday of the region."))
def close(
    first: Annotated[str, typer.Argument()],
    last: Annotated[str, typer.Argument()],
    name: Annotated[str, typer.Option("--name", help=N_("Why."))],
    court: Annotated[str, typer.Option("--court", help=N_("Only this court."))] = "",
    holiday: Annotated[
        bool, typer.Option("--holiday", help=N_("Everybody in the region is off: periods move over it."))
    ] = False,
) -> None:
    """Enter closed days; what hangs on them is counted again."""
    kind = "holiday" if holiday else "closure"
    with opened() as (office, actor):
        days = ClosedRow(read_day(first), read_day(last), name, kind, court)
        _print_report(office.deadlines.laws.add_closed_days(actor, days))


@calendar_app.command("closed", help=N_("The closed days of the office; --remove takes one back."))
def closed(
    remove: Annotated[int | None, typer.Option("--remove", help=N_("Its number."))] = None, as_json: Json = False
) -> None:
    """The closed days the firm entered."""
    with opened() as (office, actor):
        laws = office.deadlines.laws
        if remove is not None:
            _print_report(laws.remove_closed_days(actor, remove))
        rows = laws.closed_days(actor)
    if as_json:
        print_json([{"id": row.id, **_closed_json(row)} for row in rows])
        return
    print_table(
        [_("Number"), _("From"), _("Until"), _("Name"), _("Court"), _("What")],
        [
            [str(row.id), row.first.isoformat(), row.last.isoformat(), row.name, row.court or "—", row.kind]
            for row in rows
        ],
    )


@rule_app.command("set", help=N_("Keep a rule of the firm's own, or its correction of one of ours."))
def set_rule(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=N_("TOML file with [[rule]] tables."))],
    why: Annotated[str, typer.Option("--note", help=N_("Where it comes from and who checked it."))],
) -> None:
    """Keep the rules of a TOML file: ``id`` and the fields of periods.toml that differ."""
    with opened() as (office, actor):
        for table in _tables(file):
            values = {name: value for name, value in table.items() if name != "id"}
            report = office.deadlines.laws.save_rule(actor, FirmRule(str(table.get("id", "")), values, why))
            say(_("Kept: {name}").format(name=table.get("id", "")))
            _print_report(report)


@rule_app.command("remove", help=N_("Take a correction or an own rule back."))
def remove_rule(rule: Annotated[str, typer.Argument()]) -> None:
    """Take a correction back (ours holds again) or drop a rule of the firm's own."""
    with opened() as (office, actor):
        _print_report(office.deadlines.laws.remove_rule(actor, rule))


def _tables(file: Path) -> list[dict[str, Any]]:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UserError("law.too_large", N_("{name} is far too large."), name=file.name)
        parsed = parse_toml(file.read_text(encoding="utf-8"), file.name)
    except OSError as error:
        raise file_failure(error, file) from error
    except (UnicodeDecodeError, UserError) as error:
        if isinstance(error, UserError) and error.code != SYNTAX:
            raise
        reason = error.params["reason"] if isinstance(error, UserError) else str(error)
        message = N_("{name} cannot be read: {reason}")
        raise UserError("law.file", message, name=file.name, reason=reason) from error
    tables = parsed.get("rule", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise UserError("law.empty", N_("{name} holds no [[rule]] table."), name=file.name)
    return tables


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} / {total}" + ("\n" if done == total else ""))


def _print_report(report: RecountReport) -> None:
    for change in report.moved:
        say(f"  {change.before.isoformat()} -> {change.after.isoformat()}  {change.title}")
    words = _("{read} dates counted again, {moved} moved, {still} still provisional")
    say(words.format(read=report.read, moved=len(report.moved), still=report.provisional))
    if report.failed:
        note(_("{count} could not be counted again and keep their day.").format(count=len(report.failed)))


def _report_json(report: RecountReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "provisional": report.provisional,
        "failed": list(report.failed),
        "moved": [
            {
                "deadline_id": change.deadline_id,
                "title": change.title,
                "before": change.before.isoformat(),
                "after": change.after.isoformat(),
            }
            for change in report.moved
        ],
    }


def _closed_json(row: ClosedRow) -> dict[str, Any]:
    days = {"first": row.first.isoformat(), "last": row.last.isoformat()}
    return {**days, "name": row.name, "kind": row.kind, "court": row.court}
