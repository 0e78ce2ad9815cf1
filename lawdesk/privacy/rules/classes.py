"""What kind of data every column holds, and how it is shown by default (``resources/rules/privacy.toml``)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import mask_address, mask_number, mask_phone
from lawdesk.kernel.resources import load_rules


class DataClass(StrEnum):
    """The class of a column, in rising order of care."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    PROFESSIONAL = "professional"
    SECRET = "secret"


CLASS_TITLES = {
    DataClass.NONE: N_("No personal data"),
    DataClass.PERSONAL: N_("Personal"),
    DataClass.SENSITIVE: N_("Sensitive"),
    DataClass.PROFESSIONAL: N_("Professional secret"),
    DataClass.SECRET: N_("Secret"),
}
ABOUT_PEOPLE = frozenset({DataClass.PERSONAL, DataClass.SENSITIVE, DataClass.PROFESSIONAL})
"""What may name or describe somebody: these columns are searched for a person."""
_MASKS: dict[str, Callable[[str], str]] = {"number": mask_number, "phone": mask_phone, "address": mask_address}


@cache
def class_of(table: str, column: str) -> DataClass:
    """Return the class of a column; raises KeyError for one that ``privacy.toml`` does not name."""
    rules = load_rules("privacy")
    own = rules["tables"].get(table, {})
    return DataClass(own[column] if column in own else rules["common"][column])


@cache
def mask_of(table: str, column: str) -> Callable[[str], str] | None:
    """Return how a column is shown by default, None for what is shown whole."""
    named = load_rules("privacy")["masks"].get(f"{table}.{column}")
    return _MASKS[named] if named else None
