"""The law as this office counts by it: ours, with the firm's rules, imported holidays and shut doors over it."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from lawdesk.deadlines.model import ClosedDays, FirmPeriod, ImportedYear
from lawdesk.deadlines.queries import ClosedRow
from lawdesk.deadlines.rules import (
    Calendar,
    CalendarYear,
    Closure,
    FirmRule,
    Rule,
    RuleBook,
    as_json_values,
    from_json_values,
    lay_over,
    load_calendar,
    load_rulebook,
    read_year,
    validate_import,
)
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import SYNTAX, parse_toml
from lawdesk.storage.database import Database

MOST_BYTES = 2_000_000
SUBJECTS = ("calendar", "law_rule")


@dataclass(frozen=True)
class CalendarFile:
    """A calendar file that was read and found sound: what it brings, and what is odd in it."""

    tables: tuple[dict[str, Any], ...]
    name: str
    digest: str
    warnings: tuple[Problem, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years it arranges."""
        return tuple(int(table["year"]) for table in self.tables)


class OfficeLaw:
    """Rule book and calendar of an office; read again when anybody changed them."""

    def __init__(self, database: Database, calendar: Calendar | None = None) -> None:
        self._database = database
        self.given = calendar
        self._lock = threading.Lock()
        self._stamp = -1
        self._calendar: Calendar | None = None
        self._rules: tuple[FirmRule, ...] = ()
        self._book: RuleBook | None = None

    @property
    def calendar(self) -> Calendar:
        """The calendar in use."""
        if self._calendar is None:
            self.refresh()
        assert self._calendar is not None
        return self._calendar

    @property
    def book(self) -> RuleBook:
        """The rules in use: the shipped ones with the firm's over them."""
        if self._calendar is None:
            self.refresh()
        if self._book is None:
            self._book = lay_over(self._rules) if self._rules else load_rulebook()
        return self._book

    def refresh(self) -> None:
        """Read what changed since; costs one small query when nothing did."""
        with self._lock:
            stamp = self._database.state_stamp(*SUBJECTS)
            if stamp == self._stamp and self._calendar is not None:
                return
            with self._database.read() as session:
                self._calendar = office_calendar(session, self.given)
                rules = stored_rules(session)
            if rules != self._rules:
                self._rules, self._book = rules, None
            self._stamp = stamp

    # -- the firm's rules -------------------------------------------------------------------------------------

    def firm_rules(self, actor: Actor) -> tuple[FirmRule, ...]:
        """Return the firm's own rules and corrections."""
        require(actor, "firm.read")
        self.refresh()
        return self._rules

    def check_rule(self, rule: FirmRule) -> Rule:
        """Return the rule as it would count, with the firm's others; raises Refused with every problem."""
        self.refresh()
        others = tuple(one for one in self._rules if one.rule_id != rule.rule_id)
        return lay_over((*others, rule)).rules[rule.rule_id]


def office_calendar(session: Session, given: Calendar | None = None) -> Calendar:
    """Return the shipped calendar with what the office took in."""
    calendar = given or load_calendar()
    years = session.exec(select(ImportedYear).order_by(col(ImportedYear.year))).all()
    if years:
        calendar = calendar.with_year(*(_year(row) for row in years))
    for row in session.exec(select(ClosedDays).order_by(col(ClosedDays.first))).all():
        if row.kind == "holiday":
            calendar = calendar.with_holiday(row.first, row.last, row.name)
        else:
            calendar = calendar.with_closures(Closure(row.first, row.last, row.name, row.court))
    return calendar


def stored_rules(session: Session) -> tuple[FirmRule, ...]:
    """Return the firm's rules as stored."""
    rows = session.exec(select(FirmPeriod).order_by(col(FirmPeriod.id))).all()
    return tuple(FirmRule(row.rule_id, from_json_values(json.loads(row.content)), row.note) for row in rows)


def rule_content(rule: FirmRule) -> str:
    """Return the fields of a firm's rule as stored."""
    return json.dumps(as_json_values(rule.values), ensure_ascii=False, sort_keys=True)


def read_calendar_file(path: Path, today: date) -> CalendarFile:
    """Read and check a calendar file (TOML with ``[[year]]`` tables, see resources/rules/calendar.toml).

    Raises UserError for a file that cannot be read, Refused with everything that speaks against taking it in.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise file_failure(error, path) from error
    no_calendar = N_("{name} is no calendar file.")
    if len(content) > MOST_BYTES:
        raise UserError("calendar.too_large", no_calendar, N_("It is far too large."), name=path.name)
    try:
        file = parse_toml(content.decode("utf-8"), path.name)
    except (UnicodeDecodeError, UserError) as error:
        if isinstance(error, UserError) and error.code != SYNTAX:
            raise
        raise UserError(
            "calendar.unreadable",
            no_calendar,
            N_("It cannot be read: {reason}"),
            N_("It must be a TOML file in UTF-8 with [[year]] tables."),
            name=path.name,
            reason=error.params["reason"] if isinstance(error, UserError) else str(error),
        ) from error
    problems = validate_import(file, today)
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems, N_("This calendar was not taken in; nothing was changed."))
    return CalendarFile(tuple(file["year"]), path.name, hashlib.sha256(content).hexdigest(), tuple(problems))


def year_content(table: dict[str, Any]) -> str:
    """Return a ``[[year]]`` table as JSON: days as ISO texts."""
    return json.dumps(table, ensure_ascii=False, default=lambda day: day.isoformat())


def _year(row: ImportedYear) -> CalendarYear:
    table = json.loads(row.content)
    days = date.fromisoformat
    table["off"] = [days(day) for day in table["off"]]
    table["makeup"] = [days(day) for day in table["makeup"]]
    spans = table.get("span", [])
    table["span"] = [{**span, "from": days(span["from"]), "to": days(span["to"])} for span in spans]
    return read_year(table)


def check_closed(row: ClosedRow) -> list[Problem]:
    """Return what is wrong with days to be entered as closed."""
    problems = []
    if not row.name.strip():
        problems.append(Problem("closed.name", N_("Why are these days closed?"), "name"))
    if row.last < row.first or (row.last - row.first).days > 60:
        message = N_("The days are out of order, or more than sixty.")
        problems.append(Problem("closed.days", message, "last"))
    if not 2008 <= row.first.year <= 2100:
        problems.append(Problem("closed.year", N_("This day cannot be right."), "first"))
    return problems
