"""The relations around the hits as the check walks them, and where members of the firm stand as parties."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lawdesk.cases import CaseQueries, KnownFormer, KnownRelation
from lawdesk.conflicts.rules import Known, KnownName, NotSearched, Stand, Standing, Tie, Ties
from lawdesk.conflicts.rules.reasons import reason
from lawdesk.conflicts.rules.values import PartyId
from lawdesk.conflicts.service.registry import Registry
from lawdesk.firm import Actor

_SIDES = {"client": Stand.FORMER_CLIENT, "adverse": Stand.FORMER_ADVERSE}


class Walker:
    """Reads the network for one check; a party that is a member of the firm is met under the member's own id."""

    def __init__(
        self, cases: CaseQueries, registry: Registry, actor: Actor, without: Collection[int] | None = None
    ) -> None:
        """``without`` the parties that are hidden from ``actor``, None to walk behind walls."""
        self._cases, self._registry, self._actor = cases, registry, actor
        self._without, self._behind = without, without is None
        members = cases.known_members(actor, behind=self._behind)
        self._same: dict[PartyId, PartyId] = {party: f"person:{person}" for party, person in members.items()}
        self._party_of = {member: party for party, member in self._same.items() if isinstance(party, int)}

    def walk(self, parties: Collection[PartyId]) -> Ties:
        """Return the relations around ``parties``."""
        starts = {self._party_of.get(party, party) for party in parties}
        numbers = {party for party in starts if isinstance(party, int)}
        found = self._cases.known_relations(self._actor, numbers, without=self._without)
        known = {
            self._id(one.id): Known(self._id(one.id), (KnownName(one.name),), one.kind, ref=one.ref)
            for one in found.parties.values()
        }
        hubs = tuple(found.parties[party].name for party in found.hubs if party in found.parties)
        return Ties(tuple(self._tie(one) for one in found.relations), known, self._same, hubs, found.cut)

    def standings_of(self, parties: Collection[PartyId]) -> Mapping[PartyId, Sequence[Standing]]:
        """Return where each party stands; a member of the firm who is a party stands as both."""
        own = {party: self._party_of[party] for party in parties if party in self._party_of}
        found = {key: list(rows) for key, rows in self._read({*parties, *own.values()}).items()}
        numbers = [party for party in {*parties, *own.values()} if isinstance(party, int)]
        for row in self._cases.known_former(self._actor, numbers, behind=self._behind):
            found.setdefault(row.party_id, []).append(_former(row))
        for member, party in own.items():
            found.setdefault(member, []).extend(found.pop(party, []))
        return found

    def undeclared(self, members: Mapping[int, str]) -> list[NotSearched]:
        """Return which of the members (name by person id) have declared nothing about themselves."""
        names = [name for person, name in members.items() if f"person:{person}" not in self._party_of]
        return [NotSearched(reason("not.members", names="、".join(names)))] if names else []

    def _read(self, parties: Collection[PartyId]) -> Mapping[PartyId, Sequence[Standing]]:
        return self._registry.standings_of(self._actor, parties, behind=self._behind)

    def _id(self, party: int) -> PartyId:
        return self._same.get(party, party)

    def _tie(self, one: KnownRelation) -> Tie:
        return Tie(self._id(one.party_id), self._id(one.other_id), one.kind, one.share_bp, one.since, one.until)


def _former(row: KnownFormer) -> Standing:
    stand = _SIDES.get(row.side, Stand.FORMER_ADVERSE) if row.role == "lawyer" else Stand.OFFICE
    where = " ".join(part for part in (row.place, row.title) if part)
    return Standing(stand, where, open=False, closed_on=row.ended_on, lead=row.member, title=row.title)
