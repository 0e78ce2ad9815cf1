"""Who is tied to whom, walked up to three steps for the conflict check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, or_, select, text
from sqlmodel import Session, col

from lawdesk.cases.model import (
    Case,
    CaseParty,
    ClearanceRecord,
    FormerMatter,
    FormerMatterParty,
    MemberParty,
    Party,
    PartyIdentifier,
    PartyRelation,
)
from lawdesk.cases.rules import CaseStatus
from lawdesk.firm import Actor, people_names, require
from lawdesk.storage.database import Database

HOPS = 3
FIRST_HUB, HUB = 1_000, 60
"""A party with more relations than this is not walked through: from an asked party, and further on."""
MOST = 4_000
"""So many places are walked at most in one check."""
_IN_ONE = 500
_DEGREE = """(SELECT count(*) FROM (SELECT 1 FROM party_relation c
 WHERE c.party_id = walk.party OR c.other_id = walk.party LIMIT :first + 1) few)"""
_HUB = "CASE walk.hops WHEN 0 THEN :first ELSE :hub END"
_WALK = text(
    f"""WITH RECURSIVE walk(party, hops) AS (
 SELECT id, 0 FROM party WHERE id IN :starts
 UNION
 SELECT CASE WHEN r.party_id = walk.party THEN r.other_id ELSE r.party_id END, walk.hops + 1
 FROM walk JOIN party_relation r ON r.party_id = walk.party OR r.other_id = walk.party
 WHERE walk.hops < :hops AND {_DEGREE} <= {_HUB} AND r.party_id NOT IN :without AND r.other_id NOT IN :without
) SELECT party, hops, CASE WHEN {_DEGREE} > {_HUB} THEN 1 ELSE 0 END FROM walk LIMIT :most"""
).bindparams(
    bindparam("starts", expanding=True),
    bindparam("without", expanding=True),
    first=FIRST_HUB,
    hub=HUB,
    hops=HOPS,
    most=MOST,
)

# built once: the conflict check runs while somebody types
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_PEOPLE = people_names()
_PARTIES = select(col(Party.id), col(Party.name), col(Party.kind), col(Party.ref)).where(col(Party.id).in_(_IDS))
_RELATIONS = (
    select(
        col(PartyRelation.id),
        col(PartyRelation.party_id),
        col(PartyRelation.other_id),
        col(PartyRelation.kind),
        col(PartyRelation.share_bp),
        col(PartyRelation.since),
        col(PartyRelation.until),
    )
    .where(or_(col(PartyRelation.party_id).in_(_IDS), col(PartyRelation.other_id).in_(_IDS)))
    .order_by(col(PartyRelation.id))
)
_FORMER = (
    select(
        col(FormerMatterParty.party_id),
        col(FormerMatterParty.side),
        col(FormerMatter.title),
        col(FormerMatter.role),
        col(FormerMatter.place),
        col(FormerMatter.ended_on),
        _PEOPLE.c.name,
    )
    .join(FormerMatter, col(FormerMatter.id) == col(FormerMatterParty.matter_id))
    .join(_PEOPLE, _PEOPLE.c.person_id == col(FormerMatter.person_id))
    .where(col(FormerMatterParty.party_id).in_(_IDS))
    .order_by(col(FormerMatterParty.id))
)
_MEMBERS = select(col(MemberParty.party_id), col(MemberParty.person_id))


@dataclass(frozen=True)
class KnownRelation:
    """``party_id`` is the ``kind`` of ``other_id``; share in basis points."""

    id: int
    party_id: int
    other_id: int
    kind: str
    share_bp: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class KnownParty:
    """A party met on the way."""

    id: int
    name: str
    kind: str
    ref: str


@dataclass(frozen=True)
class Walk:
    """The neighbourhood of some parties: relations, who is met, which hubs were not walked through.

    ``cut`` when there was more than :data:`MOST`, so that something farther away was not reached.
    """

    relations: tuple[KnownRelation, ...] = ()
    parties: dict[int, KnownParty] = field(default_factory=dict)
    hubs: tuple[int, ...] = ()
    cut: bool = False


@dataclass(frozen=True)
class KnownFormer:
    """A party of a matter that a member of the firm handled elsewhere."""

    party_id: int
    side: str
    title: str
    role: str
    place: str
    ended_on: date | None
    member: str


@dataclass(frozen=True)
class OpenCase:
    """An open case: ``parties`` are (id, name, kind, side, numbers), ``cleared`` the kept clearances (JSON)."""

    id: int
    number: str
    title: str
    kind: str
    lead: str
    parties: list[tuple[int, str, str, str, tuple[str, ...]]] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)


class RelationQueries:
    """The network of parties, members of the firm among them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_relations(
        self, actor: Actor, starts: Collection[int], *, without: Collection[int] | None = None
    ) -> Walk:
        """Return everything within :data:`HOPS` steps of ``starts``, for the conflict check: it sees all.

        With ``without``, the parties hidden from the actor, the walk is the one of an office without them. One
        recursive statement finds who is reached; cycles end it by themselves (equal rows are met once).
        """
        require(actor, "conflict.check")
        if not starts:
            return Walk()
        with self._database.read(actor if without is not None else None) as session:
            reached = _reached(session, sorted(set(starts)), without or ())
            through = sorted(party for party, (hops, hub) in reached.items() if hops < HOPS and not hub)
            relations = _relations(session, through)
            ids = {end for one in relations for end in (one.party_id, one.other_id)} | set(reached)
            return Walk(
                tuple(relations),
                _parties(session, sorted(ids)),
                tuple(sorted(party for party, (hops, hub) in reached.items() if hub and hops < HOPS)),
                len(reached) >= MOST,
            )

    def known_since(self, actor: Actor, parties: Collection[int]) -> dict[int, datetime]:
        """Return since when parties are on file."""
        require(actor, "conflict.check")
        found: dict[int, datetime] = {}
        with self._database.read(actor) as session:
            for some in _portions(sorted(set(parties))):
                statement = select(col(Party.id), col(Party.created_at)).where(col(Party.id).in_(some))
                found |= {row[0]: row[1] for row in session.execute(statement).all()}
        return found

    def known_former(self, actor: Actor, parties: Collection[int], *, behind: bool = True) -> list[KnownFormer]:
        """Return the former matters of members in which these parties stood."""
        require(actor, "conflict.check")
        found: list[KnownFormer] = []
        if not parties:
            return found
        with self._database.read(None if behind else actor) as session:
            for some in _portions(sorted(set(parties))):
                rows = session.execute(_FORMER, {"ids": some}).all()
                found += [KnownFormer(*row) for row in rows]
        return found

    def known_open_cases(self, actor: Actor, *, behind: bool = True) -> list[OpenCase]:
        """Return every open case with its parties and what was cleared, for the rerun of the conflict check."""
        require(actor, "conflict.check")
        people = people_names()
        cases = (
            select(Case, people.c.name)
            .join(people, people.c.person_id == col(Case.lead_id))
            .where(col(Case.status) == CaseStatus.OPEN.value)
            .order_by(col(Case.id))
        )
        parties = select(CaseParty, Party).join(Party, col(Party.id) == col(CaseParty.party_id))
        with self._database.read(None if behind else actor) as session:
            found = {
                case.key: OpenCase(case.key, case.number, case.title, case.kind, lead)
                for case, lead in session.execute(cases).all()
            }
            numbers: dict[int, list[str]] = {}
            for party, value in session.execute(
                select(col(PartyIdentifier.party_id), col(PartyIdentifier.value)).join(
                    CaseParty, col(CaseParty.party_id) == col(PartyIdentifier.party_id)
                )
            ).all():
                numbers.setdefault(party, []).append(value)
            for stand, party in session.execute(parties.order_by(col(CaseParty.position))).all():
                if stand.case_id in found:
                    values = tuple(dict.fromkeys(numbers.get(party.key, ())))
                    found[stand.case_id].parties.append((party.key, party.name, party.kind, stand.side, values))
            for record in session.execute(select(ClearanceRecord)).scalars():
                if record.case_id in found:
                    found[record.case_id].cleared.append(record.content)
        return list(found.values())

    def known_members(self, actor: Actor, *, behind: bool = True) -> dict[int, int]:
        """Return person id by party id: which parties are members of the firm."""
        require(actor, "conflict.check")
        with self._database.read(None if behind else actor) as session:
            return {row[0]: row[1] for row in session.execute(_MEMBERS).all()}


def _reached(session: Session, starts: list[int], without: Collection[int]) -> dict[int, tuple[int, bool]]:
    """Return (steps, whether it is a hub) by party."""
    found: dict[int, tuple[int, bool]] = {}
    walk = session.connection().execute(_WALK, {"starts": starts, "without": sorted(without) or [-1]})
    for party, hops, hub in walk.all():
        if party not in found or hops < found[party][0]:
            found[party] = (hops, bool(hub))
    return found


def _relations(session: Session, parties: list[int]) -> list[KnownRelation]:
    found: dict[int, KnownRelation] = {}
    for some in _portions(parties):
        for row in session.execute(_RELATIONS, {"ids": some}).all():
            found[row[0]] = KnownRelation(*row)
    return list(found.values())


def _parties(session: Session, ids: list[int]) -> dict[int, KnownParty]:
    found: dict[int, KnownParty] = {}
    for some in _portions(ids):
        for row in session.execute(_PARTIES, {"ids": some}).all():
            found[row[0]] = KnownParty(*row)
    return found


def _portions(ids: list[int]) -> list[list[int]]:
    return [ids[at : at + _IN_ONE] for at in range(0, len(ids), _IN_ONE)]
