"""What members of the firm declared: relatives, offices, shares, and matters handled elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import null, select
from sqlmodel import col

from lawdesk.cases.model import FormerMatter, FormerMatterParty, MemberParty, Party
from lawdesk.cases.queries.details import DetailQueries
from lawdesk.firm import Actor, require, visible_to


@dataclass(frozen=True)
class FormerMatterRow:
    """A matter a member handled elsewhere: as what, its parties as (side, name), when it ended."""

    role: str
    parties: tuple[tuple[str, str], ...]
    ended_on: date | None


@dataclass(frozen=True)
class Declared:
    """The declarations of one member.

    ``relations`` are (kind, name) of those who are that to the member, ``stands_to`` of those the member is it to.
    """

    relations: tuple[tuple[str, str], ...] = ()
    stands_to: tuple[tuple[str, str], ...] = ()
    matters: tuple[FormerMatterRow, ...] = ()


class MemberQueries(DetailQueries):
    """Declarations, as far as their parties may be seen."""

    def declared(self, actor: Actor, person_id: int) -> Declared | None:
        """Return what a member declared; None as long as they declared nothing, not even that there is nothing."""
        require(actor, "conflict.check")
        own = select(col(MemberParty.party_id)).where(col(MemberParty.person_id) == person_id)
        with self._database.read(actor) as session:
            party_id = session.execute(visible_to(own, actor, null())).scalar_one_or_none()
        if party_id is None:
            return None
        party = self.party(actor, party_id)
        return Declared(
            tuple((kind, name) for kind, _id, name, _share in party.relations),
            tuple((kind, name) for kind, _id, name, _share in party.stands_to),
            self._matters(actor, person_id),
        )

    def _matters(self, actor: Actor, person_id: int) -> tuple[FormerMatterRow, ...]:
        """Return the former matters by their parties: a title would name who stands behind a wall."""
        statement = (
            select(FormerMatter, col(FormerMatterParty.side), col(Party.name))
            .join(FormerMatterParty, col(FormerMatterParty.matter_id) == col(FormerMatter.id))
            .join(Party, col(Party.id) == col(FormerMatterParty.party_id))
            .where(col(FormerMatter.person_id) == person_id, col(Party.blocked).is_(False))
            .order_by(col(FormerMatter.ended_on).desc(), col(FormerMatter.id), col(FormerMatterParty.id))
        )
        found: dict[int, tuple[FormerMatter, list[tuple[str, str]]]] = {}
        with self._database.read(actor) as session:
            for matter, side, name in session.execute(visible_to(statement, actor, null())).all():
                found.setdefault(matter.key, (matter, []))[1].append((side, name))
            return tuple(
                FormerMatterRow(matter.role, tuple(parties), matter.ended_on) for matter, parties in found.values()
            )
