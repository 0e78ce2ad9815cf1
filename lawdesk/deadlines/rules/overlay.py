"""The firm's own rules and its corrections of ours, laid over the shipped law; an update of ours keeps them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from lawdesk.deadlines.rules.data import Rule, RuleBook
from lawdesk.deadlines.rules.loading import build_rulebook
from lawdesk.deadlines.rules.validation import validate_rulebook
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

FIRM_STATUTE = "firm"
OWN = "own"
"""The ``procedure`` of the firm's own rules: they can matter in every kind of case."""
_DEFAULTS: dict[str, Any] = {
    "day_type": "calendar",
    "direction": "after",
    "start_day_excluded": True,
    "roll_forward": True,
    "nature": "deadline",
    "bound": "party",
    "bound_zh": "当事人",
    "consequence_zh": "",
    "statute": FIRM_STATUTE,
    "statute_zh": "本所规则",
    "article": "",
    "limitation_type": "procedural",
    "extendable": "no",
    "regime": "civil-procedure",
    "procedure": OWN,
    "verified": "",
}
_OFFICE_ONLY = ("origin", "trigger_zh", "trigger_en")


@dataclass(frozen=True)
class FirmRule:
    """A rule as the firm wrote it: only the fields that differ from ours for a correction, all for its own.

    ``values`` are those of ``[[rule]]`` in periods.toml; ``trigger_zh`` and ``trigger_en`` name a trigger of its
    own.
    """

    rule_id: str
    values: dict[str, Any] = field(hash=False)
    note: str = ""


def lay_over(rules: Sequence[FirmRule]) -> RuleBook:
    """Return the shipped law with the firm's rules laid over it.

    Raises Refused with every problem; the problems name rule and field.
    """
    periods, counting = _merged(rules)
    if problems := [*_shape(rules), *validate_rulebook(periods, counting)]:
        raise Refused(problems, N_("These rules cannot be used."))
    return build_rulebook(periods, counting)


def _merged(rules: Sequence[FirmRule]) -> tuple[dict[str, Any], dict[str, Any]]:
    shipped = load_rules("periods")
    periods = {**shipped, "rule": [dict(table) for table in shipped["rule"]], "trigger": list(shipped["trigger"])}
    periods["statute"] = [*shipped["statute"], _firm_statute()]
    periods["meta"] = {name: value for name, value in shipped["meta"].items() if not name.startswith("count_")}
    known = {table["id"]: table for table in periods["rule"]}
    triggers = {table["id"] for table in periods["trigger"]}
    for one in rules:
        values = {name: value for name, value in one.values.items() if name not in _OFFICE_ONLY}
        checked = values.pop("verified", None) or f"firm: {one.note}".strip()
        if one.rule_id in known:
            known[one.rule_id].update(values, verified=checked, origin="corrected")
            continue
        trigger = str(values.get("trigger", ""))
        if trigger and trigger not in triggers and one.values.get("trigger_zh"):
            words = str(one.values["trigger_zh"])
            periods["trigger"].append(
                {"id": trigger, "zh": words, "en": str(one.values.get("trigger_en") or words)}
            )
            triggers.add(trigger)
        table = {**_DEFAULTS, **values, "id": one.rule_id, "verified": checked, "origin": "own"}
        table.setdefault("title_en", table.get("title_zh", ""))
        table.setdefault("in_force_from", date(1949, 10, 1))
        table.setdefault("article_since", table["in_force_from"])
        if table["direction"] != "after" and "roll_forward" not in values:
            table["roll_forward"] = False
        periods["rule"].append(table)
        known[one.rule_id] = table
    return periods, copy.deepcopy(load_rules("counting"))


def _shape(rules: Sequence[FirmRule]) -> Iterator[Problem]:
    """Yield what the schema of the law cannot see: fields nobody knows in a correction."""
    known = {item.name for item in fields(Rule)} | set(_OFFICE_ONLY)
    for one in rules:
        for name in one.values:
            if name not in known or name == "origin":
                message = N_("{where}: no such key.")
                where = f"rule {one.rule_id}.{name}"
                yield Problem("deadlines.rules.unknown_key", message, where, params={"where": where})


def _firm_statute() -> dict[str, Any]:
    return {
        "id": FIRM_STATUTE,
        "short": "本所规则",
        "name": "本所规则",
        "version": "本所自定",
        "version_effective": date(1949, 10, 1),
        "text_checked": False,
    }


def as_json_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as JSON can hold them: days as ISO texts."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def from_json_values(values: dict[str, Any]) -> dict[str, Any]:
    """Undo :func:`as_json_values`."""
    days = ("in_force_from", "in_force_to", "article_since")
    return {
        name: date.fromisoformat(value) if name in days and isinstance(value, str) else value
        for name, value in values.items()
    }
