"""Two parties on file that are one: when they may be made one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_NAMES_ONE = ("id-card", "uscc", "passport", "organization-code")
_OPPOSITE = {"client", "adverse"}

Numbers = Collection[tuple[str, str, bool]]
"""Kind, value, and whether the check digit was right."""


def check_merge(
    kept: Numbers, gone: Numbers, kept_sides: Mapping[int, str], gone_sides: Mapping[int, str]
) -> list[Problem]:
    """Return why two parties cannot be one: other identity numbers, or the two sides of one case (by case id)."""
    problems = []
    for kind in _NAMES_ONE:
        one = {value for one_kind, value, checked in kept if one_kind == kind and checked}
        other = {value for one_kind, value, checked in gone if one_kind == kind and checked}
        if one and other and not one & other:
            message = N_("Their identity or registration numbers differ: these are two parties.")
            problems.append(Problem("merge.numbers", message, "other"))
            break
    if any({kept_sides[case], side} == _OPPOSITE for case, side in gone_sides.items() if case in kept_sides):
        message = N_("They stand on opposite sides of one case: these are two parties.")
        problems.append(Problem("merge.sides", message, "other"))
    return problems
