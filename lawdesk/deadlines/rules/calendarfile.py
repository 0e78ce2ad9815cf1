"""What must hold of a calendar file before dates are counted with it (ours, or one a firm imports)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from lawdesk.deadlines.rules.holidays import statutory_holidays
from lawdesk.kernel.errors import Problem, Severity
from lawdesk.kernel.i18n import N_

Table = dict[str, Any]
_KEYS = {"year", "status", "source", "checked", "differences", "off", "makeup", "span", "statutory_only"}
_SPAN: dict[str, type] = {"name": str, "from": date, "to": date, "days": int}
EARLIEST_YEAR = 2008
"""The first year with the holidays of today; older arrangements knew other ones."""
_NEEDED = ("year", "status", "source", "off", "makeup")
_MESSAGES = {
    "key": N_("{where}: no such key."),
    "missing": N_("{where} is missing."),
    "type": N_("{where}: {value} is of the wrong kind."),
    "twice": N_("{where}: {day} is there twice."),
    "other_year": N_("{where}: {day} is not a day of that year."),
    "makeup_workday": N_("{where}: {day} is not a Saturday or Sunday; it is a working day anyway."),
    "makeup_off": N_("{where}: {day} is both a day off and a make-up working day."),
    "span_order": N_("{where}: {name} ends before it begins."),
    "span_days": N_("{where}: {name} is said to have {days} days, it has {actual}."),
    "span_overlap": N_("{where}: {day} belongs to two holidays."),
    "not_in_span": N_("{where}: {day} is off but belongs to no holiday."),
    "not_off": N_("{where}: {day} belongs to {name} but is not a day off."),
    "source": N_("{where}: an announced year names the notice it is from."),
    "year_twice": N_("{where} is there twice."),
    "no_year": N_("{where}: there is no year in it."),
    "bad_year": N_("{where}: an arrangement for {value} cannot have been announced by {today}."),
    "not_announced": N_("{where}: it is not marked as announced, so it says nothing new."),
    "statutory": N_("{where}: {day} ({name}) is a holiday by law but not a day off."),
}


def validate_calendar(file: Table) -> list[Problem]:
    """Return everything wrong with a parsed calendar file; nothing when it is sound.

    A weekday named as make-up working day is only a warning: it is a working day anyway (the notice of 2020 that
    lengthened the Spring Festival names Monday 3 February 2020).
    """
    years = file.get("year", [])
    found: list[Problem] = []
    for number, table in enumerate(years, start=1):
        where = f"year {table.get('year', f'#{number}')}"
        shape = list(_shape(where, table))
        found += shape or [*_days(where, table), *_spans(where, table)]
    counted = Counter(table.get("year") for table in years)
    found += [_problem("year_twice", f"year {year}") for year, count in counted.items() if count > 1]
    return found


def validate_import(file: Table, today: date) -> list[Problem]:
    """Return what speaks against taking in a calendar file: faults, and years nobody can have announced.

    An arrangement is announced a year ahead at the earliest; every holiday the law itself gives must be in it.
    """
    if not isinstance(file.get("year"), list) or not file["year"]:
        return [_problem("no_year", "year")]
    if any(not isinstance(table, dict) for table in file["year"]):
        return [_problem("type", "year", value=repr(file["year"][0]))]
    found = validate_calendar(file)
    if any(problem.severity == "error" for problem in found):
        return found
    for table in file["year"]:
        year, where = table["year"], f"year {table['year']}"
        if not EARLIEST_YEAR <= year <= today.year + 1:
            found.append(_problem("bad_year", where, value=year, today=today.isoformat()))
        elif table["status"] != "announced" or table.get("statutory_only", False):
            found.append(_problem("not_announced", where))
        else:
            missing = {day: name for day, name in statutory_holidays(year).items() if day not in table["off"]}
            found += (
                _problem("statutory", f"{where}.off", day=day.isoformat(), name=name)
                for day, name in missing.items()
            )
    return found


def _problem(code: str, where: str, **params: Any) -> Problem:
    severity: Severity = "warning" if code == "makeup_workday" else "error"
    return Problem(f"deadlines.calendar.{code}", _MESSAGES[code], where, severity, {"where": where, **params})


def _shape(where: str, table: Table) -> Iterator[Problem]:
    yield from (_problem("key", f"{where}.{name}") for name in table if name not in _KEYS)
    yield from (_problem("missing", f"{where}.{name}") for name in _NEEDED if name not in table)
    if not isinstance(table.get("year", 0), int):
        yield _problem("type", f"{where}.year", value=repr(table["year"]))
    for name in ("off", "makeup"):
        for day in table.get(name, []):
            if type(day) is not date:
                yield _problem("type", f"{where}.{name}", value=repr(day))
    for span in table.get("span", []):
        if {key: type(value) for key, value in span.items()} != _SPAN:
            yield _problem("type", f"{where}.span", value=repr(span))


def _days(where: str, table: Table) -> Iterator[Problem]:
    for name in ("off", "makeup"):
        days: Counter[date] = Counter(table[name])
        for day, count in days.items():
            if count > 1:
                yield _problem("twice", f"{where}.{name}", day=day.isoformat())
            if day.year != table["year"]:
                yield _problem("other_year", f"{where}.{name}", day=day.isoformat())
    for day in table["makeup"]:
        if day.weekday() < 5:
            yield _problem("makeup_workday", f"{where}.makeup", day=day.isoformat())
        if day in table["off"]:
            yield _problem("makeup_off", f"{where}.makeup", day=day.isoformat())
    if table["status"] == "announced" and not table["source"]:
        yield _problem("source", f"{where}.source")


def _spans(where: str, table: Table) -> Iterator[Problem]:
    owner: dict[date, str] = {}
    for span in table.get("span", []):
        actual = (span["to"] - span["from"]).days + 1
        if actual < 1:
            yield _problem("span_order", f"{where}.span", name=span["name"])
            continue
        if actual != span["days"]:
            yield _problem("span_days", f"{where}.span", name=span["name"], days=span["days"], actual=actual)
        for ordinal in range(span["from"].toordinal(), span["to"].toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day in owner:
                yield _problem("span_overlap", f"{where}.span", day=day.isoformat())
            owner[day] = span["name"]
            if day not in table["off"] and day.year == table["year"]:
                yield _problem("not_off", f"{where}.span", day=day.isoformat(), name=span["name"])
    if not table.get("statutory_only", False):
        for day in table["off"]:
            if day not in owner:
                yield _problem("not_in_span", f"{where}.off", day=day.isoformat())
