"""Parties that are only stored (个人信息保护法 art. 47, second part), as every feature must know them.

The privacy feature keeps them, above; here their table is known by its name, like those of the cases.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select

from lawdesk.firm.queries.sight import rows_of
from lawdesk.kernel.masking import only_stored


def blocked_parties() -> Select[Any]:
    """Return the statement of the parties that are only stored; few at any time."""
    return select(rows_of("privacy_block", "party_id").c.party_id)


def blocked_cases() -> Select[Any]:
    """Return the statement of the cases in which such a party stands."""
    stands = rows_of("case_party", "case_id", "party_id")
    return select(stands.c.case_id).where(stands.c.party_id.in_(blocked_parties()))


def title_shown(case_id: Any, title: Any, cause: Any) -> ColumnElement[str]:
    """Return the title of a case, to be selected: its cause where a party of it is only stored."""
    return case((case_id.in_(blocked_cases()), cause), else_=title)


def name_shown(party_id: Any, name: Any) -> ColumnElement[str]:
    """Return the name of a party, to be selected, unless it is only stored."""
    return case((party_id.in_(blocked_parties()), literal(only_stored())), else_=name)
