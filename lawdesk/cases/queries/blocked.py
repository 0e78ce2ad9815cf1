"""Parties that are only stored (个人信息保护法 art. 47, second part): kept, and shown to nobody who looks around.

Their names give way to :func:`~lawdesk.kernel.masking.only_stored` wherever cases, enquiries, relations and kept
checks are listed or opened, and the title of a case, made of those names, to its cause. Nothing is written:
what must be kept stays as it was. The conflict check reads past this, as the law of lawyers demands it
(律师法 art. 39).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import Session, col

from lawdesk.cases.model import Case, CaseParty, Party, PartyName
from lawdesk.firm import blocked_parties, title_shown


def shown_title() -> ColumnElement[str]:
    """Return the title of a case, to be selected: its cause where a party of it is only stored."""
    return title_shown(col(Case.id), col(Case.title), col(Case.cause))


def blocked_among(session: Session, parties: Collection[int]) -> frozenset[int]:
    """Return which of these parties are only stored."""
    if not parties:
        return frozenset()
    statement = select(col(Party.id)).where(col(Party.id).in_(parties), col(Party.id).in_(blocked_parties()))
    return frozenset(one for one in session.execute(statement).scalars() if one is not None)


def blocked_names(session: Session, parties: Select[Any] | None = None) -> tuple[str, ...]:
    """Return every name of the parties that are only stored, of ``parties`` alone where given; longest first."""
    statement = select(col(PartyName.name)).where(col(PartyName.party_id).in_(blocked_parties()))
    if parties is not None:
        statement = statement.where(col(PartyName.party_id).in_(parties))
    return tuple(sorted(set(session.execute(statement).scalars()), key=len, reverse=True))


def names_in_case(session: Session, case_id: int) -> tuple[str, ...]:
    """Return the names of the parties of a case that are only stored."""
    return blocked_names(session, select(col(CaseParty.party_id)).where(col(CaseParty.case_id) == case_id))
