"""Parties that may have been entered twice, and merges that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, null, or_, select
from sqlmodel import col

from lawdesk.cases.model import Party, PartyIdentifier, PartyMerge, PartyName
from lawdesk.cases.queries.rows import PartyRow
from lawdesk.firm import Actor, visible_to
from lawdesk.kernel.chinese import compact
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class MergeRow:
    """A merge that stands: what was merged into the party, and when."""

    id: int
    gone_id: int
    gone_name: str
    merged_at: datetime


class MergeQueries:
    """Look-ups about doubles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def twins(self, actor: Actor, party_id: int, limit: int = 8) -> list[PartyRow]:
        """Return parties that share a name or a number with this one: likely entered twice."""
        with self._database.read(actor) as session:
            own = select(col(PartyName.name)).where(col(PartyName.party_id) == party_id)
            names = {name for (name,) in session.execute(visible_to(own, actor, null())).all()}
            bare = {compact(name).lower() for name in names} | {name.strip() for name in names}
            same_name = select(col(PartyName.party_id)).where(
                or_(col(PartyName.name).in_(names | bare), func.lower(col(PartyName.name)).in_(bare))
            )
            numbers = select(col(PartyIdentifier.value)).where(col(PartyIdentifier.party_id) == party_id)
            same_number = select(col(PartyIdentifier.party_id)).where(col(PartyIdentifier.value).in_(numbers))
            statement = (
                select(Party)
                .where(col(Party.id) != party_id, col(Party.merged_into).is_(None), col(Party.blocked).is_(False))
                .where(or_(col(Party.id).in_(same_name), col(Party.id).in_(same_number)))
                .order_by(col(Party.id))
                .limit(limit)
            )
            rows = session.execute(visible_to(statement, actor, null())).scalars()
            return [PartyRow(row.key, row.name, row.kind, row.ref, 0) for row in rows]

    def find_party(self, actor: Actor, words: str) -> list[int]:
        """Return the parties meant by an id, a ref or an exact name; several when it is not clear."""
        text = words.strip()
        ways = [col(Party.ref) == text, col(Party.name) == text]
        if text.isdecimal() and len(text) < 15:
            ways.insert(0, col(Party.id) == int(text))
        with self._database.read(actor) as session:
            for way in ways:
                statement = visible_to(
                    select(col(Party.id)).where(
                        way, col(Party.merged_into).is_(None), col(Party.blocked).is_(False)
                    ),
                    actor,
                    null(),
                ).order_by(col(Party.id))
                if text and (found := list(session.execute(statement.limit(5)).scalars())):
                    return [int(party) for party in found if party is not None]
        return []

    def merges(self, actor: Actor, party_id: int) -> list[MergeRow]:
        """Return the merges into a party that were not undone, newest first."""
        columns = (col(PartyMerge.id), col(PartyMerge.gone_id), col(PartyMerge.gone_name))
        statement = (
            select(*columns, col(PartyMerge.created_at))
            .where(col(PartyMerge.kept_id) == party_id, col(PartyMerge.undone).is_(False))
            .order_by(col(PartyMerge.id).desc())
        )
        with self._database.read(actor) as session:
            return [MergeRow(*row) for row in session.execute(visible_to(statement, actor, null())).all()]
