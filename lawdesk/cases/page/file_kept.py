"""What a new case keeps from the file it came from and the form has no field for.

``state["file"]`` is JSON-ready: name of the file, its problems, facts, note, received money, a power in words
the form does not know, custody, and by name what is known of the parties; ``related`` are those around the client.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lawdesk.cases.rules import (
    CasePartyDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    RelatedParty,
    RelationKind,
    Side,
)

State = dict[str, Any]


def with_extras(drafted: CasePartyDraft, file: State) -> CasePartyDraft:
    """Return a party as typed, with what its file knew and the form has no field for."""
    kept = (file.get("parties") or {}).get(drafted.party.name)
    if kept is None:
        return drafted
    typed, known = drafted.party, _party(drafted.party.name, kept)
    party = replace(
        typed,
        kind=typed.kind if drafted.side == Side.CLIENT else known.kind,
        aliases=known.aliases,
        identifiers=(*typed.identifiers, *known.identifiers[1:]),
        phone=typed.phone or (known.phone if drafted.side != Side.CLIENT else ""),
        address=known.address,
        born_on=typed.born_on or known.born_on,
        note=known.note,
    )
    same = drafted.standing == kept["standing"]
    head = drafted.legal_representative
    return replace(
        drafted,
        party=party,
        side=kept["side"] if same else drafted.side,
        legal_representative=head if drafted.side == Side.CLIENT else kept["legal_representative"],
        parent=kept["parent"],
    )


def related_parties(file: State) -> tuple[RelatedParty, ...]:
    """Return the companies and people around the client which the file named."""
    return tuple(
        RelatedParty(_party(one["name"], one), RelationKind(one["relation"]), one["share_bp"], one["of_client"])
        for one in file.get("related") or ()
    )


def _party(name: str, kept: State) -> PartyDraft:
    return PartyDraft(
        name,
        PartyKind(kept["kind"]),
        tuple((NameKind(kind), alias) for kind, alias in kept["aliases"]),
        tuple((kind, number) for kind, number in kept["identifiers"]),
        kept["phone"],
        kept["address"],
        date.fromisoformat(kept["born_on"]) if kept["born_on"] else None,
        kept["note"],
    )
