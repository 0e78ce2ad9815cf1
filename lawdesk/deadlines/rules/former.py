"""Lengths of before the versions in ``periods.toml``, where its notes name them (``former.toml``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lawdesk.deadlines.rules.arithmetic import compute_by_arithmetic
from lawdesk.deadlines.rules.calendar import Calendar
from lawdesk.deadlines.rules.data import DayType, Rule, Unit
from lawdesk.deadlines.rules.outcome import Start
from lawdesk.kernel.resources import load_rules


@dataclass(frozen=True, slots=True)
class Former:
    """An older length of ``rule`` (its id) and the days it was in force.

    ``only_if_over_by``: it is used only where the old period ended by that day; a period that still ran when the
    law changed needs a transitional rule, and none is in our data.
    """

    rule: str
    length: int
    unit: Unit
    day_type: DayType
    in_force_from: date
    in_force_to: date
    note_zh: str
    only_if_over_by: date | None = None


@cache
def load_former() -> dict[str, Former]:
    """Return the older lengths by the id of their rule. Raises ValueError for a table that makes no sense."""
    found = {}
    for table in load_rules("former")["former"]:
        values = {**table, "unit": Unit(table["unit"]), "day_type": DayType(table["day_type"])}
        former = Former(**values)
        if former.in_force_from > former.in_force_to or former.length < 1 or former.rule in found:
            raise ValueError(f"former.toml: {former.rule}")
        found[former.rule] = former
    return found


def as_formerly(rule: Rule, on: date) -> Rule | None:
    """Return ``rule`` with the length it had on ``on``, before its own version; None where the data knows none."""
    former = load_former().get(rule.id)
    if former is None or not former.in_force_from <= on <= former.in_force_to:
        return None
    old = replace(
        rule,
        length=former.length,
        unit=former.unit,
        day_type=former.day_type,
        in_force_from=former.in_force_from,
        in_force_to=former.in_force_to,
    )
    last = former.only_if_over_by
    if last is not None and compute_by_arithmetic(old, Start(on), Calendar()).due > last:
        return None
    return old
