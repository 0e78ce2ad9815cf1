"""Reading the law data into values. Strict: a table that breaks the schema is refused with every problem found."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from lawdesk.deadlines.rules.data import (
    Bounds,
    Condition,
    DayType,
    Direction,
    Nature,
    Regime,
    Rule,
    RuleBook,
    Source,
    Statute,
    Transition,
    Trigger,
    Unit,
)
from lawdesk.deadlines.rules.validation import validate_rulebook
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

_ENUMS = {
    "unit": Unit,
    "day_type": DayType,
    "direction": Direction,
    "nature": Nature,
    "bounds": Bounds,
    "condition": Condition,
}


@cache
def load_rulebook() -> RuleBook:
    """Return the shipped law (read once; the first call costs some 60 ms)."""
    return build_rulebook(load_rules("periods"), load_rules("counting"))


def build_rulebook(periods: dict[str, Any], counting: dict[str, Any]) -> RuleBook:
    """Return the rule book of two parsed TOML files.

    Raises Refused with every problem :func:`validate_rulebook` finds.
    """
    problems = validate_rulebook(periods, counting)
    if problems:
        raise Refused(problems, N_("These rules cannot be used."))
    return RuleBook(
        as_of=_as_date(periods["meta"]["as_of"]),
        sources=tuple(Source(**table) for table in periods.get("source", ())),
        statutes={table["id"]: Statute(**table) for table in periods["statute"]},
        triggers={table["id"]: Trigger(**table) for table in periods["trigger"]},
        regimes={table["id"]: _regime(table) for table in counting["regime"]},
        rules={table["id"]: _rule(table) for table in periods["rule"]},
        transitions={table["family"]: Transition(**table) for table in periods.get("transition", ())},
    )


def _rule(table: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {
        name: _ENUMS[name](value) if name in _ENUMS else value for name, value in table.items()
    }
    return Rule(**values)


def _regime(table: dict[str, Any]) -> Regime:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    return Regime(**values)


def _as_date(value: object) -> date:
    assert isinstance(value, date)
    return value
