"""What must hold of the law data before anybody counts with it: every fault is a problem, none is skipped.

The tables are the parsed TOML files. A problem's ``field`` says where: ``rule civil-answer.length``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from itertools import pairwise
from typing import Any

from lawdesk.deadlines.rules.data import (
    Bounds,
    Condition,
    DayType,
    Direction,
    Nature,
    Regime,
    Rule,
    Source,
    Statute,
    Transition,
    Trigger,
    Unit,
)
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

Table = dict[str, Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "date": (date,),
    "date | None": (date,),
    "tuple[str, ...]": (list,),
    "tuple[int, ...]": (list,),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "unit": tuple(Unit),
    "day_type": tuple(DayType),
    "direction": tuple(Direction),
    "nature": tuple(Nature),
    "bounds": tuple(Bounds),
    "condition": tuple(Condition),
}
BOUND_PARTIES = frozenset(
    str.split("""
    party court court-set agency police authority procuratorate institution lawyer aid-agency company
    administrator deemed
""")
)
"""Whom a rule can bind (``bound``)."""
_PERIODS_TABLES = {"meta", "source", "statute", "trigger", "transition", "rule"}


def validate_rulebook(periods: Table, counting: Table) -> list[Problem]:
    """Return everything wrong with a rules file and its counting regimes; nothing when both are sound."""
    found: list[Problem] = []
    found += (_problem("unknown_table", name) for name in periods if name not in _PERIODS_TABLES)
    for name, shape in (("source", Source), ("statute", Statute), ("trigger", Trigger), ("rule", Rule)):
        found += _schema(name, periods.get(name, []), shape)
        found += _duplicates(name, [table.get("id") for table in periods.get(name, [])])
    found += _schema("transition", periods.get("transition", []), Transition, key="family")
    found += _schema("regime", counting.get("regime", []), Regime)
    found += _duplicates("regime", [table.get("id") for table in counting.get("regime", [])])
    if found:  # what follows may rely on the shape
        return found
    found += _references(periods, counting)
    for rule in periods.get("rule", []):
        found += _one_rule(rule)
    found += _families(periods)
    found += _counts(periods)
    return found


def _problem(code: str, where: str, **params: Any) -> Problem:
    return Problem(f"deadlines.rules.{code}", _MESSAGES[code], where, params={"where": where, **params})


_MESSAGES = {
    "unknown_table": N_("{where}: no such table."),
    "unknown_key": N_("{where}: no such key."),
    "missing": N_("{where} is missing."),
    "type": N_("{where}: {value} is of the wrong kind."),
    "choice": N_("{where}: {value} is not one of {choices}."),
    "id": N_("{where}: an id is made of small letters, digits and hyphens."),
    "duplicate": N_("{where} is there more than once."),
    "reference": N_("{where}: there is no {value}."),
    "length": N_("{where}: a period is at least 1 long, not {value}."),
    "dates": N_("{where}: {value} lies before {earlier}."),
    "overlap": N_("{where}: in force at the same time as {value}, which it is a version of."),
    "working_unit": N_("{where}: only days can be counted as working days."),
    "backward_roll": N_("{where}: a period counted backwards cannot be rolled forward."),
    "custody_roll": N_("{where}: a custody term cannot be rolled forward."),
    "switch": N_("{where}: no version of the family begins on {value}."),
    "count": N_("{where}: {value} are said to be there, {actual} are."),
}


def _schema(kind: str, tables: list[Table], shape: type, key: str = "id") -> Iterator[Problem]:
    known = {item.name: item for item in fields(shape)}
    needed = [name for name, item in known.items() if item.default is MISSING]
    for number, table in enumerate(tables, start=1):
        place = f"{kind} {table.get(key, f'#{number}')}"
        yield from (_problem("missing", f"{place}.{name}") for name in needed if name not in table)
        for name, value in table.items():
            if name not in known:
                yield _problem("unknown_key", f"{place}.{name}")
                continue
            choices = _CHOICES.get(name) if shape is Rule else None
            if choices is not None and value not in choices:
                yield _problem("choice", f"{place}.{name}", value=value, choices=", ".join(filter(None, choices)))
            types = _TYPES.get(str(known[name].type), (str,))
            if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                yield _problem("type", f"{place}.{name}", value=repr(value))
        if key == "id" and isinstance(table.get("id"), str) and not _ID.fullmatch(table["id"]):
            yield _problem("id", place)


def _duplicates(kind: str, ids: list[Any]) -> Iterator[Problem]:
    yield from (_problem("duplicate", f"{kind} {name}") for name, count in Counter(ids).items() if count > 1)


def _references(periods: Table, counting: Table) -> Iterator[Problem]:
    known: dict[str, set[str]] = {
        "trigger": {table["id"] for table in periods["trigger"]},
        "statute": {table["id"] for table in periods["statute"]},
        "regime": {table["id"] for table in counting["regime"]},
        "bound": set(BOUND_PARTIES),
    }
    for rule in periods["rule"]:
        for name, values in known.items():
            if rule[name] not in values:
                yield _problem("reference", f"rule {rule['id']}.{name}", value=rule[name])
    used = {rule["trigger"] for rule in periods["rule"]}
    yield from (_problem("reference", f"trigger {name}", value="rule") for name in known["trigger"] - used)


def _one_rule(rule: Table) -> Iterator[Problem]:
    place = f"rule {rule['id']}"
    if rule["length"] < 1:
        yield _problem("length", f"{place}.length", value=rule["length"])
    if rule.get("in_force_to", date.max) < rule["in_force_from"]:
        yield _problem(
            "dates",
            f"{place}.in_force_to",
            value=rule["in_force_to"].isoformat(),
            earlier=rule["in_force_from"].isoformat(),
        )
    if rule["day_type"] == DayType.WORKING and rule["unit"] != Unit.DAY:
        yield _problem("working_unit", f"{place}.day_type")
    if rule["direction"] != Direction.AFTER and rule["roll_forward"]:
        yield _problem("backward_roll", f"{place}.roll_forward")
    if rule.get("is_custody_term", False) and rule["roll_forward"]:
        yield _problem("custody_roll", f"{place}.roll_forward")


def _families(periods: Table) -> Iterator[Problem]:
    """Versions may overlap only when they differ in condition, or share their whole time (facts then decide)."""
    groups: dict[tuple[str, str], list[Table]] = {}
    starts: dict[str, set[date]] = {}
    for rule in periods["rule"]:
        if rule.get("family"):
            groups.setdefault((rule["family"], rule.get("condition", "")), []).append(rule)
            starts.setdefault(rule["family"], set()).add(rule["in_force_from"])
    for members in groups.values():
        for older, newer in pairwise(sorted(members, key=_span)):
            if newer["in_force_from"] <= _span(older)[1] and _span(newer) != _span(older):
                yield _problem("overlap", f"rule {newer['id']}", value=older["id"])
    for table in periods.get("transition", []):
        if table["family"] not in starts:
            yield _problem("reference", f"transition {table['family']}", value=table["family"])
        elif table["switch_date"] not in starts[table["family"]]:
            yield _problem("switch", f"transition {table['family']}", value=table["switch_date"].isoformat())


def _span(rule: Table) -> tuple[date, date]:
    return rule["in_force_from"], rule.get("in_force_to", date.max)


def _counts(periods: Table) -> Iterator[Problem]:
    for key, name in (("count_rules", "rule"), ("count_triggers", "trigger")):
        said, actual = periods.get("meta", {}).get(key), len(periods.get(name, []))
        if said is not None and said != actual:
            yield _problem("count", f"meta.{key}", value=said, actual=actual)
