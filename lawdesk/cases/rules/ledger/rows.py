"""One row of a ledger read: every column by its reader, then the columns against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from lawdesk.cases.rules.court_numbers import CourtNumbers, expand_court_numbers
from lawdesk.cases.rules.ledger.amounts import read_amount, read_fee, read_received
from lawdesk.cases.rules.ledger.checks import check_row
from lawdesk.cases.rules.ledger.dates import When, find_days, read_when
from lawdesk.cases.rules.ledger.names import read_names, read_people
from lawdesk.cases.rules.ledger.text import chinese_number, says_ditto, says_later, says_nothing, squeeze, tidy
from lawdesk.cases.rules.ledger.values import Cell, Grid, LedgerParty, LedgerRead, NoValue, fault, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_EXCEL_ERROR = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME\?|NULL|NUM|####+|SPILL)!?")


@dataclass(frozen=True)
class RowContext:
    """What a row needs to know about its sheet.

    The year in force, the day of Excel's number 0, and what a bare figure in a column of money counts.
    """

    year: int | None = None
    epoch: date = Grid.epoch
    units: Mapping[str, int] = field(default_factory=dict)


@dataclass
class _Reading:
    """A row while it is read."""

    cells: dict[str, Cell]
    context: RowContext
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return a cell as tidy text; None when it says nothing."""
        value = self.cells.get(name)
        if value is None or isinstance(value, NoValue):
            return None
        text = tidy(value if isinstance(value, str) else str(value))
        return None if says_nothing(text) or says_later(text) else text

    def when(self, name: str, *, must: bool = False) -> When:
        """Return a date cell; words where a date is not needed are only a warning."""
        when = read_when(self.cells.get(name), field=name, year=self.context.year, epoch=self.context.epoch)
        mild = {"date_unreadable", "date_incomplete"}
        for problem in when.problems:
            soften = problem.code in mild and not must
            self.problems.append(replace(problem, severity="warning") if soften else problem)
        return when

    def parties(self, name: str) -> tuple[LedgerParty, ...]:
        """Return the names in a cell."""
        cell = self.cells.get(name)
        names = read_names(cell if isinstance(cell, str) else self.text(name) or "", name)
        self.problems += names.problems
        return names.parties


def resolve_ditto(
    cells: dict[str, Cell], above: dict[str, Cell] | None
) -> tuple[dict[str, Cell], tuple[Problem, ...]]:
    """Put the value of the row above where a cell says 同上; without a row above that is an error."""
    resolved, problems = dict(cells), []
    for name, value in cells.items():
        if not isinstance(value, str) or not says_ditto(value):
            continue
        source = (above or {}).get(name)
        if source is None:
            resolved[name] = None
            message = N_("“{text}” points at the row above, but there is no value.")
            problems.append(fault("ditto_without_source", name, message, text=tidy(value)))
        else:
            resolved[name] = source
            message = N_("“{text}” takes the value of the row above: {value}.")
            shown = source if isinstance(source, str) else str(source)
            problems.append(warn("ditto", name, message, text=tidy(value), value=tidy(shown)))
    return resolved, tuple(problems)


def read_row(cells: dict[str, Cell], context: RowContext) -> tuple[LedgerRead, tuple[Problem, ...]]:
    """Return the values of a case row (同上 already resolved) and what is wrong with it by itself."""
    reading = _Reading(dict(cells), context)
    _broken_cells(reading)
    intake = reading.when("intake_date", must=True)
    if intake.day is None and not any(problem.field == "intake_date" for problem in reading.problems):
        reading.problems.append(fault("intake_date_missing", "intake_date", N_("There is no intake date.")))
    hearing = reading.when("hearing")
    numbers = _numbers(reading)
    lead, assistants = _lawyers(reading)
    read = LedgerRead(
        intake_date=intake.day,
        internal_number=_internal_number(reading.text("internal_number")),
        matter_type=_word(reading.text("matter_type")),
        cause=reading.text("cause"),
        clients=reading.parties("clients"),
        client_role=_role(reading.text("client_role")),
        adverse=reading.parties("adverse"),
        third_parties=reading.parties("third_parties"),
        forum=_word(reading.text("forum")),
        court_numbers=numbers.texts,
        stage=_word(reading.text("stage")),
        lead=lead,
        assistants=assistants,
        fee_mode=_word(reading.text("fee_mode")),
        hearing_on=hearing.day,
        hearing_at=hearing.at,
        remark=reading.text("remark"),
    )
    read = _money(reading, read)
    read = _closing(reading, read)
    problems = (*reading.problems, *check_row(read, numbers, year=context.year, columns=cells))
    return read, problems


def _broken_cells(reading: _Reading) -> None:
    """Name formulas without a saved result and Excel's own error values; neither says anything."""
    for name, value in list(reading.cells.items()):
        if isinstance(value, NoValue):
            message = N_("The formula {formula} was saved without its result; open and save the file in Excel.")
            reading.problems.append(fault("formula_without_value", name, message, formula=value.formula))
        elif isinstance(value, str) and _EXCEL_ERROR.fullmatch(value.strip()):
            message = N_("The cell holds Excel's error {error}.")
            reading.problems.append(fault("cell_error", name, message, error=value.strip()))
            reading.cells[name] = None


def _numbers(reading: _Reading) -> CourtNumbers:
    numbers = expand_court_numbers(reading.text("court_numbers") or "")
    reading.problems += numbers.problems
    return numbers


def _lawyers(reading: _Reading) -> tuple[str | None, tuple[str, ...]]:
    """Return the lawyer in charge and the others; of several in charge the first, with a warning."""
    leads = read_people(reading.text("lead") or "")
    assistants = read_people(reading.text("assistants") or "")
    if len(leads) > 1:
        message = N_("Several lawyers are in charge; the first, {name}, was taken, the others as assistants.")
        reading.problems.append(warn("lead_several", "lead", message, name=leads[0]))
    names = tuple(dict.fromkeys((*leads[1:], *assistants)))
    return (leads[0] if leads else None), tuple(name for name in names if name not in leads[:1])


def _money(reading: _Reading, read: LedgerRead) -> LedgerRead:
    fee = read_fee(_figure(reading, "fee"), mode=read.fee_mode, cases=_case_count(read))
    received, problems = read_received(_figure(reading, "received"), fee_fen=fee.fen)
    amount = read_amount(_figure(reading, "amount"))
    found = (problem for problem in (*fee.problems, *problems) if problem.field in reading.cells)
    reading.problems += found
    if amount.shape not in ("empty", "figures", "words", "free"):
        message = N_("“{text}” is not an amount of money.")
        reading.problems.append(warn("amount_unreadable", "amount", message, text=amount.text))
    return replace(
        read,
        fee_fen=fee.fen,
        fee_text=fee.text,
        fee_share_bp=fee.share_bp,
        hourly_rate_fen=fee.hourly_fen,
        received_fen=received,
        amount_fen=amount.fen,
    )


def _figure(reading: _Reading, name: str) -> Cell:
    """Return a cell of money; a bare figure is counted in the unit of its heading (万元)."""
    value, unit = reading.cells.get(name), reading.context.units.get(name, 1)
    if unit == 1:
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[\d,]+(?:\.\d+)?", squeeze(value)):
        value = Decimal(squeeze(value).replace(",", ""))
    return value * unit if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _case_count(read: LedgerRead) -> int | None:
    """Return how many cases the row stands for: its numbers, or 两件 in the remark."""
    if read.court_numbers:
        return len(read.court_numbers)
    match = re.search(r"([\d一二两三四五六七八九十百]+)\s*(?:件|案)", read.remark or "")
    count = chinese_number(match[1]) if match else None
    return int(count) if count and count == int(count) else None


def _closing(reading: _Reading, read: LedgerRead) -> LedgerRead:
    """Read the closing day; of standing counsel it is the end of the term, not the end of a case."""
    closed = reading.when("closed_date").day
    term = _term_end(read.remark)
    retainer = "顾问" in (read.matter_type or "") or "顾问" in (read.stage or "")
    if not retainer:
        return replace(read, closed_date=closed)
    long = closed is not None and read.intake_date is not None and closed >= read.intake_date + timedelta(days=300)
    if closed is not None and (closed == term or long):
        message = N_("The closing day {day} is the end of the term of standing counsel, not of a closed case.")
        reading.problems.append(warn("closed_is_term", "closed_date", message, day=closed.isoformat()))
        return replace(read, term_end=closed)
    return replace(read, closed_date=closed, term_end=term)


def _term_end(remark: str | None) -> date | None:
    """Return the second day of 2025.6.16至2026.6.15."""
    if remark is None or not re.search(r"\d\s*日?\s*(?:至|到|-|~|—|–|止)", remark):
        return None
    days = find_days(remark)
    return days[1] if len(days) == 2 and days[1] > days[0] else None


def _internal_number(text: str | None) -> str | None:
    """Return the firm's number in full-width brackets, without spaces."""
    if text is None:
        return None
    even = re.sub(r"[(〔\[【]", "（", squeeze(text))
    return re.sub(r"[)〕\]】]", "）", even)


def _word(text: str | None) -> str | None:
    """Return a short word without inner spaces (一 审 → 一审)."""
    return re.sub(r"\s", "", text) if text else None


def _role(text: str | None) -> str | None:
    """Return the standing in full-width brackets: 上诉人（一审原告）."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）") if text else None
