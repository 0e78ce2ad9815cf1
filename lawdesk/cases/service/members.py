"""What the firm's own people bring along: relatives, offices, shares, and matters handled elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from lawdesk.cases.model import FormerMatter, FormerMatterParty, MemberParty, PartyRelation
from lawdesk.cases.rules import PartyDraft, PartyKind, RelationDraft, RelationKind, Side, check_party
from lawdesk.cases.rules.former import FORMER_ROLES, FormerMatterDraft, TakenBack, read_former_matters
from lawdesk.cases.service.parties import find_same_party, get_party, store_party, store_relation
from lawdesk.firm import Actor, people_names, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work


@dataclass(frozen=True)
class FormerImport:
    """What bringing in a list of former matters did: how many came in, which rows were refused and why."""

    added: int
    refused: tuple[tuple[int, Problem], ...]


class MemberService:
    """The declarations of the firm's members; the conflict check walks them like all relations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_member_relation(
        self,
        actor: Actor,
        person_id: int,
        kind: RelationKind,
        other: PartyDraft,
        *,
        member_is: bool = False,
        party_id: int | None = None,
        share_bp: int | None = None,
    ) -> int:
        """Register that ``other`` is the ``kind`` of a member, or the member that of ``other`` (``member_is``).

        Return the relation's id. ``party_id`` names a party on file. Raises Refused for an unusable name.
        """
        require(actor, "party.write")
        if party_id is None and (problems := check_party(other)):
            raise Refused(problems)
        with self._database.write(actor, "member.relation") as work:
            member = _member_party(work, person_id)
            known = (
                party_id or getattr(find_same_party(work.session, other), "key", None) or store_party(work, other)
            )
            get_party(work.session, known)
            ends = (member, known) if member_is else (known, member)
            relation = store_relation(work, RelationDraft(ends[0], ends[1], kind, share_bp))
            work.audit("party_relation", relation, kind=kind.value, member=person_id)
            work.announce(Changed("party", "related", (member, known)))
            return relation.key

    def declare_member(self, actor: Actor, person_id: int) -> int:
        """Note that a member has nothing (more) to declare; return the party the member is."""
        require(actor, "party.write")
        with self._database.write(actor, "member.declare") as work:
            party = _member_party(work, person_id)
            work.audit("member", member=person_id)
            work.announce(Changed("party", "related", (party,)))
            return party

    def take_back(self, actor: Actor, person_id: int, declaration: str, why: TakenBack) -> None:
        """Take a wrong declaration of a member back: ``r`` and the id of a relation, ``m`` and that of a matter.

        Who did it, when and why stays in the trace; what earlier checks recorded does not change. Raises UserError
        when the member has declared no such thing.
        """
        require(actor, "party.write")
        found = re.fullmatch(r"([rm])(\d{1,18})", declaration.strip())
        if found is None:
            raise _no_declaration()
        with self._database.write(actor, "member.take_back") as work:
            take_back = _take_back_relation if found[1] == "r" else _take_back_matter
            take_back(work, person_id, int(found[2]), TakenBack(why))
            work.announce(Changed("party", "related"))

    def add_former_matter(self, actor: Actor, person_id: int, draft: FormerMatterDraft) -> int:
        """Keep one matter a member handled elsewhere, so that the check finds its parties; return its id."""
        require(actor, "party.write")
        problems = _problems(draft)
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "member.matter") as work:
            _member_party(work, person_id)
            matter = _store(work, person_id, draft)
            work.audit("former_matter", matter, member=person_id)
            work.announce(Changed("party", "related"))
            return matter.key

    def import_former_matters(self, actor: Actor, person_id: int, path: Path) -> FormerImport:
        """Bring in the list a lawyer joins with (CSV or XLSX: title, client, adverse, role, place, ended_on).

        Good rows come in, in one transaction; bad ones are named. Raises UserError for a file that is no list.
        """
        require(actor, "party.write")
        lines, refused = read_former_matters(path)
        good = [(row, draft) for row, draft in lines if not _problems(draft)]
        refused = [*refused, *((row, found[0]) for row, draft in lines if (found := _problems(draft)))]
        if good:
            with self._database.write(actor, "member.matters") as work:
                _member_party(work, person_id)
                for _row, draft in good:
                    _store(work, person_id, draft)
                work.audit("former_matter", member=person_id, added=len(good), refused=len(refused))
                work.announce(Changed("party", "related"))
        return FormerImport(len(good), tuple(sorted(refused, key=lambda one: one[0])))


def _take_back_relation(work: Work, person_id: int, number: int, why: TakenBack) -> None:
    party = work.session.exec(select(MemberParty.party_id).where(col(MemberParty.person_id) == person_id)).first()
    relation = work.session.exec(select(PartyRelation).where(col(PartyRelation.id) == number)).first()
    if relation is None or party not in (relation.party_id, relation.other_id):
        raise _no_declaration()
    ends = relation.party_id, relation.other_id
    work.session.delete(relation)
    work.audit("party_relation", relation, kind=relation.kind, ends=ends, member=person_id, taken_back=why.value)


def _take_back_matter(work: Work, person_id: int, number: int, why: TakenBack) -> None:
    seen = select(FormerMatterParty.id).where(col(FormerMatterParty.matter_id) == number)
    matter = work.session.exec(
        select(FormerMatter).where(col(FormerMatter.id) == number, col(FormerMatter.person_id) == person_id)
    ).first()
    if matter is None or work.session.exec(seen).first() is None:
        raise _no_declaration()
    with work.beyond_walls() as session:  # a party of it may be hidden from who takes it back
        rows = session.exec(select(FormerMatterParty).where(col(FormerMatterParty.matter_id) == number)).all()
        parties = [row.party_id for row in rows]
        for row in rows:
            session.delete(row)
        session.flush()
        session.delete(matter)
        session.flush()
    work.audit("former_matter", matter, parties=parties, member=person_id, taken_back=why.value)


def _no_declaration() -> UserError:
    return UserError("member.no_declaration", N_("This member has declared no such thing."))


def _problems(draft: FormerMatterDraft) -> list[Problem]:
    problems = [problem for _side, name in draft.parties for problem in check_party(PartyDraft(name))]
    if not draft.parties:
        problems.append(Problem("former.parties", N_("Name at least one party of the matter."), "client"))
    if draft.role not in FORMER_ROLES:
        problems.append(Problem("former.role", N_("That is no role in a former matter."), "role"))
    return problems


def _store(work: Work, person_id: int, draft: FormerMatterDraft) -> FormerMatter:
    matter = work.add(
        FormerMatter(
            person_id=person_id,
            role=draft.role,
            title=draft.title.strip(),
            place=draft.place.strip(),
            ended_on=draft.ended_on,
        )
    )
    for side, name in draft.parties:
        party = PartyDraft(name, draft.kind_of(name))
        same = find_same_party(work.session, party)
        party_id = same.key if same else store_party(work, party, audit=False)
        work.session.add(FormerMatterParty(matter_id=matter.key, party_id=party_id, side=Side(side).value))
    work.session.flush()
    return matter


def _member_party(work: Work, person_id: int) -> int:
    """Return the party a member of the firm is, made when there is none yet."""
    found = work.session.exec(select(MemberParty).where(col(MemberParty.person_id) == person_id)).first()
    if found is not None:
        return found.party_id
    people = people_names()
    name = work.session.execute(sa_select(people.c.name).where(people.c.person_id == person_id)).scalar()
    if name is None:
        raise UserError("person.unknown", N_("There is no such person in the firm."))
    party = store_party(work, PartyDraft(name, PartyKind.PERSON))
    work.add(MemberParty(person_id=person_id, party_id=party))
    return party
