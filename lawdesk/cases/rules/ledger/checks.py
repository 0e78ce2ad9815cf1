"""What the columns of one row say against each other: gaps, order of days, numbers, stages, working days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from lawdesk.cases.rules.court_numbers import CourtNumbers, NumberKind
from lawdesk.cases.rules.court_types import Instance
from lawdesk.cases.rules.ledger.dates import find_days
from lawdesk.cases.rules.ledger.forums import check_forum
from lawdesk.cases.rules.ledger.names import name_key, parent_key
from lawdesk.cases.rules.ledger.text import chinese_number
from lawdesk.cases.rules.ledger.values import LedgerRead, fault, note, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

NO_OPPONENT = re.compile(
    r"刑|侦查|审查起诉|嫌疑人|被告人|罪(?:$|[ ）、])|"
    r"顾问|非诉|咨询|代书|见证|尽职|尽调|专项|公证|特别程序|宣告|破产|清算|支付令|公示催告"
)
_NO_NUMBER = re.compile(r"侦查|审查起诉|监察|复议|调解")
_NO_FORUM = re.compile(r"顾问|非诉|咨询|代书|见证|尽职|尽调|专项|谈判|催告|律师函")
_BASE = r"(?:冻结|查封|扣押|保全|期限|届满|到期|上诉|举证|时效|续封|续冻|答辩)"
_LENGTH = re.compile(r"([\d一二两三四五六七八九十]+)\s*(?:个)?\s*(年|月|日|天)(?!\s*\d)")

_STAGES: tuple[tuple[re.Pattern[str], frozenset[Instance]], ...] = (
    (
        re.compile(r"^一审|^初审"),
        frozenset({Instance.FIRST, Instance.SPECIAL, Instance.MEDIATION, Instance.JURISDICTION}),
    ),
    (re.compile(r"^二审|^上诉"), frozenset({Instance.SECOND, Instance.JURISDICTION})),
    (re.compile(r"^再审|^申诉|^申请再审"), frozenset({Instance.RETRIAL_REVIEW, Instance.RETRIAL})),
    (re.compile(r"执行"), frozenset({Instance.ENFORCEMENT, Instance.PRESERVATION})),
    (re.compile(r"保全"), frozenset({Instance.PRESERVATION, Instance.FIRST})),
)
_GROUPS = ("民事", "刑事", "行政")


def check_row(
    read: LedgerRead, numbers: CourtNumbers, *, year: int | None, columns: Collection[str]
) -> tuple[Problem, ...]:
    """Return what is wrong with a row by itself, its cells having been read.

    A gap in a column the sheet does not have is no fault of the row, but parties are always needed.
    """
    return (
        *(problem for problem in _gaps(read) if problem.severity == "error" or problem.field in columns),
        *_days(read, year),
        *_numbers_fit(read, numbers),
        *check_forum(read.forum, numbers.numbers),
        *_both_sides(read),
        *_remark(read),
    )


def _gaps(read: LedgerRead) -> list[Problem]:
    problems = []
    kind = " ".join(word or "" for word in (read.matter_type, read.stage, read.client_role, read.cause))
    if not read.clients:
        problems.append(fault("client_missing", "clients", N_("The client is missing.")))
    if not read.adverse and not NO_OPPONENT.search(kind):
        message = N_("The adverse party is missing, so no conflict check is possible.")
        problems.append(fault("adverse_missing", "adverse", message))
    for name, value, message in (
        ("internal_number", read.internal_number, N_("The firm's own number is missing.")),
        ("cause", read.cause, N_("The cause of action is missing.")),
        ("lead", read.lead, N_("The lawyer in charge is missing.")),
        ("client_role", read.client_role, N_("The client's standing is missing.")),
        ("matter_type", read.matter_type, N_("The kind of case is missing.")),
        ("stage", read.stage, N_("The stage is missing.")),
    ):
        if value is None:
            problems.append(warn(f"{name}_missing", name, message))
    if _NO_FORUM.search(kind):
        return problems
    if read.forum is None:
        problems.append(warn("forum_missing", "forum", N_("The court or arbitration body is missing.")))
    if not read.court_numbers and not _NO_NUMBER.search(read.stage or ""):
        message = N_("There is no court case number (not docketed yet?).")
        problems.append(warn("number_missing", "court_numbers", message))
    return problems


def _days(read: LedgerRead, year: int | None) -> list[Problem]:
    problems = []
    intake, closed, hearing = read.intake_date, read.closed_date, read.hearing_on
    if intake and year and intake.year != year:
        message = N_("The intake date {day} is not in {year}, the year of the sheet.")
        problems.append(warn("date_outside_sheet", "intake_date", message, day=intake.isoformat(), year=year))
    if intake and closed and closed < intake:
        message = N_("Closed on {closed}, before the intake on {intake}.")
        params = {"closed": closed.isoformat(), "intake": intake.isoformat()}
        problems.append(fault("closed_before_intake", "closed_date", message, **params))
    if intake and hearing and hearing < intake:
        message = N_("The hearing on {hearing} lies before the intake on {intake}; please check.")
        params = {"hearing": hearing.isoformat(), "intake": intake.isoformat()}
        problems.append(warn("hearing_before_intake", "hearing", message, **params))
    if closed and hearing and closed < hearing:
        message = N_("The hearing on {hearing} lies after the closing on {closed}; please check.")
        params = {"hearing": hearing.isoformat(), "closed": closed.isoformat()}
        problems.append(warn("hearing_after_closing", "hearing", message, **params))
    if hearing and is_rest_day(hearing):
        message = N_("{day} is no working day; please check the hearing.")
        problems.append(warn("hearing_not_workday", "hearing", message, day=hearing.isoformat()))
    written = _number_year(read.internal_number or "")
    if intake and written and written != intake.year:
        message = N_("The firm's number is of {number}, the intake of {intake}.")
        problems.append(
            fault("internal_number_year", "internal_number", message, number=written, intake=intake.year)
        )
    return problems


def _number_year(number: str) -> int | None:
    """Return the year in the firm's own number: （2024）民字第001号, 民2024-001, 20240001."""
    match = re.match(r"((?:19|20)\d{2})\d{2,5}$", number) or re.search(
        r"(?<![\d第])((?:19|20)\d{2})(?![\d号])", number
    )
    return int(match[1]) if match else None


def is_rest_day(day: date) -> bool:
    """Say whether ``day`` is a rest day by ``calendar.toml``; outside its years Saturdays and Sundays are."""
    off, makeup = _calendar()
    return day in off or (day.weekday() >= 5 and day not in makeup)


@cache
def _calendar() -> tuple[frozenset[date], frozenset[date]]:
    years = load_rules("calendar")["year"]
    return (
        frozenset(day for year in years for day in year.get("off", ())),
        frozenset(day for year in years for day in year.get("makeup", ())),
    )


def _numbers_fit(read: LedgerRead, numbers: CourtNumbers) -> list[Problem]:
    """Compare type codes with stage and kind of case; say each contradiction once."""
    problems: list[Problem] = []
    known = [number.case_type for number in numbers.numbers if number.kind is NumberKind.COURT]
    types = [each for each in known if each is not None]
    wanted = next((instances for words, instances in _STAGES if words.search(read.stage or "")), None)
    # A row may hold the numbers of several instances: one of them has to be that of the stage.
    if types and wanted is not None and not any(each.instance in wanted for each in types):
        message = N_("The number says {meaning}, the stage says {stage}.")
        problems.append(warn("stage_mismatch", "stage", message, meaning=types[0].meaning, stage=read.stage))
    other = [each for each in types if each.group in _GROUPS and each.group != read.matter_type]
    if read.matter_type in _GROUPS and other:
        message = N_("The number says {meaning}, the kind of case says {kind}.")
        problems.append(
            warn("matter_mismatch", "matter_type", message, meaning=other[0].meaning, kind=read.matter_type)
        )
    return problems


def _both_sides(read: LedgerRead) -> list[Problem]:
    """Find a party that sues itself: the same name on both sides, or a company and its own branch."""
    problems = []
    clients = {name_key(name): party.name for party in read.clients for name in (party.name, *party.former_names)}
    parents = {parent_key(party.name) for party in read.clients}
    for party in read.adverse:
        keys = {name_key(name) for name in (party.name, *party.former_names)}
        if keys & clients.keys():
            message = N_("{name} is both the client and the adverse party.")
            problems.append(fault("same_party_both_sides", "adverse", message, name=party.name))
        elif parent_key(party.name) in parents:
            message = N_("{name} and the client are one legal person (a company and its branch).")
            problems.append(warn("same_legal_person", "adverse", message, name=party.name))
    return problems


def _remark(read: LedgerRead) -> list[Problem]:
    """Find a deadline in the remark: a day and a length (冻结1年，自2025.3.3), or a last day."""
    text = read.remark or ""
    if read.term_end is not None or not re.search(_BASE, text):
        return []
    days = find_days(text)
    without_days = re.sub(r"(?:19|20)\d{2}\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}\s*日?", " ", text)
    length = _LENGTH.search(without_days)
    if not days:
        if length:
            message = N_("The remark names a period without the day it begins; enter it as a deadline.")
            return [note("period_in_remark", "remark", message)]
        return []
    count = chinese_number(length[1]) if length else None
    if length and count and len(days) == 1:
        due = _add(days[0], int(count), length[2])
        message = N_("The remark holds a deadline: from {start}, {length}, until {due}; enter it as one.")
        params = {"start": days[0].isoformat(), "length": length[0].strip(), "due": due.isoformat()}
        return [warn("deadline_in_remark", "remark", message, **params)]
    message = N_("The remark holds a deadline ({day}); enter it as one.")
    return [warn("deadline_in_remark", "remark", message, day=days[-1].isoformat())]


def _add(start: date, count: int, unit: str) -> date:
    """Return the last day of a period in years or months (same day, or the month's last) or days."""
    if unit in ("日", "天"):
        return start + timedelta(days=count)
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "年" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
