"""Parties that are only stored (个人信息保护法 art. 47, second part): kept, and shown to nobody who looks around.

Their names give way to :func:`only_stored` wherever cases, enquiries, relations and kept checks are listed or
opened, and the title of a case, made of its parties' names, to its cause. Nothing of that is written: what must be
kept stays as it was. The conflict check reads past this, as the law of lawyers demands it (律师法 art. 39).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, column, select, table
from sqlmodel import Session, col

from lawdesk.cases.model import Case, CaseParty, PartyName
from lawdesk.kernel.i18n import _

_BLOCK = table("privacy_block", column("party_id"))  # a feature above keeps it; few rows at any time


def only_stored() -> str:
    """Return what stands for the name of a party that is only stored."""
    return _("[only stored]")


def blocked_parties() -> Select[Any]:
    """Return the statement of the parties that are only stored."""
    return select(_BLOCK.c.party_id)


def shown_title() -> ColumnElement[str]:
    """Return the title of a case, to be selected: its cause where a party of it is only stored."""
    stands = select(col(CaseParty.case_id)).where(col(CaseParty.party_id).in_(blocked_parties()))
    return case((col(Case.id).in_(stands), col(Case.cause)), else_=col(Case.title))


def blocked_among(session: Session, parties: Collection[int]) -> frozenset[int]:
    """Return which of these parties are only stored."""
    if not parties:
        return frozenset()
    return frozenset(session.execute(blocked_parties().where(_BLOCK.c.party_id.in_(parties))).scalars())


def blocked_names(session: Session, parties: Select[Any] | None = None) -> tuple[str, ...]:
    """Return every name of the parties that are only stored, of ``parties`` alone where given; longest first."""
    statement = select(col(PartyName.name)).where(col(PartyName.party_id).in_(blocked_parties()))
    if parties is not None:
        statement = statement.where(col(PartyName.party_id).in_(parties))
    return tuple(sorted(set(session.execute(statement).scalars()), key=len, reverse=True))


def names_in_case(session: Session, case_id: int) -> tuple[str, ...]:
    """Return the names of the parties of a case that are only stored."""
    return blocked_names(session, select(col(CaseParty.party_id)).where(col(CaseParty.case_id) == case_id))


def without_names(text: str, names: Sequence[str]) -> str:
    """Return a text with the names of parties that are only stored replaced."""
    for name in names:
        text = text.replace(name, only_stored())
    return text
