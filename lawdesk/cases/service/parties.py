"""What is done to parties: entering them, other names, identifiers, relations."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from lawdesk.cases.model import Party, PartyIdentifier, PartyName, PartyRelation
from lawdesk.cases.rules import (
    NameKind,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    check_party,
    check_relation,
)
from lawdesk.cases.rules.identifiers import Identifier, IdentifierKind, parse_identifier
from lawdesk.cases.rules.revealing import party_blocked
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage import search
from lawdesk.storage.database import Database, Work, check_version

_FULL_WIDTH, _HALF_WIDTH = str.maketrans("()", "（）"), str.maketrans("（）", "()")


class PartyService:
    """Parties and what ties them together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_party(self, actor: Actor, draft: PartyDraft) -> int:
        """Enter a party; return its id. Raises Refused when a name or identifier is wrong."""
        require(actor, "party.write")
        if problems := check_party(draft) + check_identifiers(draft):
            raise Refused(problems)
        with self._database.write(actor, "party.add") as work:
            party_id = store_party(work, draft)
            work.announce(Changed("party", "added", (party_id,)))
            return party_id

    def change_party(
        self,
        actor: Actor,
        party_id: int,
        *,
        seen: int,
        name: str,
        note: str,
        phone: str | None = None,
        address: str | None = None,
    ) -> None:
        """Change a party; a new name keeps the old one as its former name, so it is still found.

        Telephone and address stay as they are while they are None: who saw them masked does not write them.
        """
        require(actor, "party.write")
        if problems := check_party(PartyDraft(name)):
            raise Refused(problems)
        with self._database.write(actor, "party.change") as work:
            party = get_party(work.session, party_id)
            check_version(party, seen)
            renamed = party.name != name.strip()
            if renamed:
                _keep_former_name(work, party, name.strip())
            party.note = note.strip()
            party.phone = party.phone if phone is None else phone.strip()
            party.address = party.address if address is None else address.strip()
            index_party(work.session, party)
            work.audit("party", party, renamed=renamed)
            work.announce(Changed("party", "renamed" if renamed else "changed", (party_id,)))

    def add_name(self, actor: Actor, party_id: int, kind: NameKind, name: str) -> None:
        """Add a former, short, English or other name; a name already there is left as it is."""
        require(actor, "party.write")
        if problems := check_party(PartyDraft(name)):
            raise Refused(problems)
        with self._database.write(actor, "party.name") as work:
            party = get_party(work.session, party_id)
            add_name(work, party, kind, name)
            index_party(work.session, party)
            work.audit("party", party, kind=kind.value)
            work.announce(Changed("party", "renamed", (party_id,)))

    def add_identifier(self, actor: Actor, party_id: int, kind: str, value: str) -> None:
        """Add an identifier after checking its check digit. Raises Refused when it is wrong."""
        require(actor, "party.write")
        draft = PartyDraft("-", identifiers=((kind, value),))
        if problems := check_identifiers(draft):
            raise Refused(problems)
        with self._database.write(actor, "party.identifier") as work:
            party = get_party(work.session, party_id)
            add_identifiers(work, party, draft)
            work.audit("party", party, kind=kind)
            work.announce(Changed("party", "identified", (party_id,)))

    def add_relation(self, actor: Actor, draft: RelationDraft) -> int:
        """Tie two parties together; return the relation's id. Raises Refused for impossible ones."""
        require(actor, "party.write")
        if problems := check_relation(draft):
            raise Refused(problems)
        with self._database.write(actor, "party.relation") as work:
            relation = store_relation(work, draft)
            work.audit("party_relation", relation, kind=draft.kind.value)
            work.announce(Changed("party", "related", (draft.party_id, draft.other_id)))
            return relation.key


def check_identifiers(draft: PartyDraft) -> list[Problem]:
    """Return what is wrong with the identifiers of ``draft``: check digits, impossible birthdays, lengths."""
    problems: list[Problem] = []
    for kind, value in draft.identifiers:
        if value.strip():
            parsed = parse_identifier(value, IdentifierKind(kind) if kind else None)
            problems += [problem for problem in parsed.problems if problem.severity == "error"]
    return problems


def store_party(work: Work, draft: PartyDraft, *, audit: bool = True) -> int:
    """Store a checked party inside a running transaction; return its id.

    An import writes one audit record for the whole list instead of one per party (``audit=False``).
    """
    party = work.add(
        Party(
            kind=PartyKind(draft.kind).value,
            name=draft.name.strip(),
            phone=draft.phone.strip(),
            address=draft.address.strip(),
            born_on=draft.born_on,
            note=draft.note.strip(),
            ref=draft.ref.strip(),
        )
    )
    work.session.add(PartyName(party_id=party.key, kind=NameKind.REGISTERED.value, name=party.name))
    for kind, alias in draft.aliases:
        add_name(work, party, kind, alias)
    add_identifiers(work, party, draft)
    work.session.flush()
    index_party(work.session, party)
    if audit:
        work.audit("party", party, kind=party.kind)
    return party.key


def find_same_party(session: Session, draft: PartyDraft) -> Party | None:
    """Return the party on file that is certainly the same: same identifier, or same organization name.

    Persons are never taken for the same by name alone: namesakes are common. Neither are organizations of one name
    that hold different numbers. A number that is only a mask names nobody.
    """
    numbers = naming_numbers(draft)
    for parsed in numbers:
        statement = (
            select(Party)
            .join(PartyIdentifier, col(PartyIdentifier.party_id) == col(Party.id))
            .where(
                col(PartyIdentifier.value) == parsed.value,
                col(PartyIdentifier.kind) == parsed.kind,
                col(Party.blocked).is_(False),
            )
        )
        if found := session.exec(statement.order_by(col(Party.id))).first():
            return found
    if draft.kind != PartyKind.ORGANIZATION:
        return None
    named = select(Party).where(
        col(Party.name).in_(spellings(draft.name)),
        col(Party.kind) == PartyKind.ORGANIZATION.value,
        col(Party.merged_into).is_(None),
        col(Party.blocked).is_(False),
    )
    kinds = {parsed.kind for parsed in numbers}
    for party in session.exec(named.order_by(col(Party.id))):
        if not kinds:
            return party
        other_number = select(PartyIdentifier.id).where(
            col(PartyIdentifier.party_id) == party.key,
            col(PartyIdentifier.kind).in_(kinds),
            col(PartyIdentifier.checked).is_(True),
        )
        if session.exec(other_number).first() is None:
            return party
    return None


def party_tied_to(session: Session, party: Party, draft: PartyDraft) -> int | None:
    """Return the party of ``draft`` if it is on file: surely the same, or one of that name tied to ``party``."""
    if found := find_same_party(session, draft):
        return found.key
    tied = (
        select(col(PartyRelation.party_id))
        .join(Party, col(Party.id) == col(PartyRelation.party_id))
        .where(
            col(PartyRelation.other_id) == party.key,
            col(Party.kind).in_((draft.kind.value, PartyKind.UNKNOWN.value)),
            col(Party.name) == draft.name.strip(),
            col(Party.blocked).is_(False),
        )
        .order_by(col(Party.id))
    )
    return session.exec(tied).first()


def naming_numbers(draft: PartyDraft) -> list[Identifier]:
    """Return the numbers of ``draft`` that belong to one party only."""
    typed = ((value, IdentifierKind(kind) if kind else None) for kind, value in draft.identifiers if value.strip())
    return [parsed for value, kind in typed if _names_somebody(parsed := parse_identifier(value, kind))]


def _names_somebody(number: Identifier) -> bool:
    """Whether a number belongs to one party only: telephones are shared, masks and unknown numbers name nobody."""
    if number.kind in (IdentifierKind.MOBILE, IdentifierKind.OTHER):
        return False
    return all(problem.severity == "note" and problem.code != "identifier_masked" for problem in number.problems)


def spellings(name: str) -> set[str]:
    """Return a name with its brackets as typed, full width and half width: the same name to everybody."""
    bare = name.strip()
    return {bare, bare.translate(_FULL_WIDTH), bare.translate(_HALF_WIDTH)}


def complete_party(party: Party, draft: PartyDraft) -> None:
    """Fill in what the party on file lacks and ``draft`` knows; nothing that is there is changed."""
    # only what changes is assigned: a record that was set to what it was would count as touched
    if party.kind == PartyKind.UNKNOWN and draft.kind != PartyKind.UNKNOWN:
        party.kind = PartyKind(draft.kind).value
    for name in ("phone", "address", "note"):
        if not getattr(party, name) and (known := getattr(draft, name).strip()):
            setattr(party, name, known)
    if party.born_on is None and draft.born_on is not None:
        party.born_on = draft.born_on


def add_name(work: Work, party: Party, kind: NameKind, name: str) -> None:
    """Add one more name unless the party already has it."""
    known = select(PartyName.name).where(col(PartyName.party_id) == party.key)
    if name.strip() and name.strip() not in set(work.session.exec(known)):
        work.session.add(PartyName(party_id=party.key, kind=NameKind(kind).value, name=name.strip()))
        work.session.flush()


def add_identifiers(work: Work, party: Party, draft: PartyDraft) -> None:
    """Store the identifiers of ``draft`` normalised, each once."""
    held = select(PartyIdentifier.value).where(col(PartyIdentifier.party_id) == party.key)
    known = set(work.session.exec(held))
    for kind, value in draft.identifiers:
        if not value.strip():
            continue
        parsed = parse_identifier(value, IdentifierKind(kind) if kind else None)
        if parsed.value not in known:
            known.add(parsed.value)
            checked = not parsed.problems
            work.session.add(
                PartyIdentifier(party_id=party.key, kind=parsed.kind, value=parsed.value, checked=checked)
            )
    work.session.flush()


def store_relation(work: Work, draft: RelationDraft) -> PartyRelation:
    """Store a relation once; the same one again is the one already there."""
    party_id, other_id = (get_party(work.session, end).key for end in (draft.party_id, draft.other_id))
    if problems := check_relation(replace(draft, party_id=party_id, other_id=other_id)):
        raise Refused(problems)  # the two were made one meanwhile
    same = select(PartyRelation).where(
        col(PartyRelation.party_id) == party_id,
        col(PartyRelation.other_id) == other_id,
        col(PartyRelation.kind) == RelationKind(draft.kind).value,
    )
    if found := work.session.exec(same).first():
        return found
    return work.add(
        PartyRelation(
            party_id=party_id,
            other_id=other_id,
            kind=RelationKind(draft.kind).value,
            share_bp=draft.share_bp,
            since=draft.since,
            until=draft.until,
            note=draft.note,
        )
    )


def get_party(session: Session, party_id: int) -> Party:
    """Return the live party, the one it was merged into if so; raises UserError when there is none."""
    party = session.get(Party, party_id)
    while party is not None and party.merged_into is not None:
        party = session.get(Party, party.merged_into)
    if party is None:
        raise UserError("party.unknown", N_("There is no such party."))
    if party.blocked:
        raise party_blocked()
    return party


def index_party(session: Session, party: Party) -> None:
    """Make the party findable by Ctrl+K under all its names."""
    if party.blocked:
        return
    names = session.exec(select(PartyName.name).where(col(PartyName.party_id) == party.key)).all()
    search.index(session, "party", party.key, [(name, "" if name == party.name else party.name) for name in names])


def _keep_former_name(work: Work, party: Party, name: str) -> None:
    shown = select(PartyName).where(
        col(PartyName.party_id) == party.key, col(PartyName.kind) == NameKind.REGISTERED.value
    )
    for row in work.session.exec(shown):
        row.kind = NameKind.FORMER.value
    same = work.session.exec(
        select(PartyName).where(col(PartyName.party_id) == party.key, col(PartyName.name) == name)
    ).first()
    if same is None:
        work.session.add(PartyName(party_id=party.key, kind=NameKind.REGISTERED.value, name=name))
    else:
        same.kind = NameKind.REGISTERED.value
    party.name = name
    work.session.flush()
