"""What members of the firm declared: relatives, offices, shares, and matters handled elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, null, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from lawdesk.cases.model import FormerMatter, FormerMatterParty, MemberParty, Party, PartyRelation
from lawdesk.cases.queries.details import DetailQueries
from lawdesk.firm import Actor, require, visible_to


@dataclass(frozen=True)
class FormerMatterRow:
    """A matter a member handled elsewhere: as what, its parties as (side, name), when it ended."""

    role: str
    parties: tuple[tuple[str, str], ...]
    ended_on: date | None
    id: int


class DeclaredTie(NamedTuple):
    """A relation of a member: its kind, the name of the other, its id."""

    kind: str
    name: str
    id: int


@dataclass(frozen=True)
class Declared:
    """The declarations of one member.

    ``relations`` are those who are that to the member, ``stands_to`` those the member is it to.
    """

    relations: tuple[DeclaredTie, ...] = ()
    stands_to: tuple[DeclaredTie, ...] = ()
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
        here, there = col(PartyRelation.other_id), col(PartyRelation.party_id)
        return Declared(
            self._ties(actor, here == party_id, there),
            self._ties(actor, there == party_id, here),
            self._matters(actor, person_id),
        )

    def _ties(self, actor: Actor, own: ColumnElement[bool], other: Mapped[int]) -> tuple[DeclaredTie, ...]:
        statement = (
            select(col(PartyRelation.kind), col(Party.name), col(PartyRelation.id))
            .join(Party, col(Party.id) == other)
            .where(own, col(Party.blocked).is_(False))
            .order_by(col(PartyRelation.id))
        )
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, null())).all()
            return tuple(DeclaredTie(kind, name, number or 0) for kind, name, number in rows)

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
                FormerMatterRow(matter.role, tuple(parties), matter.ended_on, matter.key)
                for matter, parties in found.values()
            )
