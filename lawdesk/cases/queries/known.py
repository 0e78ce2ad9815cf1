"""What the conflict check reads of parties, to be joined and narrowed by it.

It looks behind walls without showing what it saw.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Subquery, select, union_all
from sqlmodel import col

from lawdesk.cases.model import (
    CaseParty,
    EnquiryParty,
    FormerMatterParty,
    MemberParty,
    Party,
    PartyIdentifier,
    PartyName,
    PartyRelation,
)


def known_names() -> Subquery:
    """Return ``id, party_id, kind, name`` of every name on file."""
    columns = (col(PartyName.id), col(PartyName.party_id), col(PartyName.kind), col(PartyName.name))
    return select(*columns).subquery("known_names")


def known_numbers() -> Subquery:
    """Return ``id, party_id, value`` of every identifying number on file."""
    columns = (col(PartyIdentifier.id), col(PartyIdentifier.party_id), col(PartyIdentifier.value))
    return select(*columns).subquery("known_numbers")


def known_parties() -> Subquery:
    """Return ``id, kind, name, ref, born_on, address`` of every party on file; a merged one is only a signpost."""
    columns = (
        col(Party.id),
        col(Party.kind),
        col(Party.name),
        col(Party.ref),
        col(Party.born_on),
        col(Party.address),
    )
    return select(*columns).where(col(Party.merged_into).is_(None)).subquery("known_parties")


def known_stands() -> Subquery:
    """Return ``party_id`` of whoever stands in a case, an enquiry, a former matter or a relation; with repeats."""
    columns: tuple[Any, ...] = (
        CaseParty.party_id,
        EnquiryParty.party_id,
        FormerMatterParty.party_id,
        MemberParty.party_id,
        PartyRelation.party_id,
        PartyRelation.other_id,
    )
    return union_all(*(select(col(column).label("party_id")) for column in columns)).subquery("known_stands")
