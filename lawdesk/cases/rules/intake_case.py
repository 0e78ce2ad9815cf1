"""From a matter noted in a file (:mod:`.intake_file`) to the case that opens from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lawdesk.cases.rules.drafts import CaseDraft, ProceedingDraft
from lawdesk.cases.rules.intake_values import IntakeDraft, IntakeParty
from lawdesk.cases.rules.matters import Side
from lawdesk.cases.rules.parties import (
    CasePartyDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    RelatedParty,
    RelationKind,
)
from lawdesk.cases.rules.takeover import FEES, KINDS, proceeding_of
from lawdesk.kernel.money import format_fen

_RELATIONS = {
    "法定代表人": RelationKind.LEGAL_REPRESENTATIVE,
    "控制": RelationKind.CONTROLLER,
    "股东": RelationKind.SHAREHOLDER,
    "母公司": RelationKind.PARENT,
    "分公司": RelationKind.BRANCH,
    "分支机构": RelationKind.BRANCH,
    "配偶": RelationKind.SPOUSE,
    "妻": RelationKind.SPOUSE,
    "丈夫": RelationKind.SPOUSE,
    "保证": RelationKind.GUARANTOR,
}


def kind_of(draft: IntakeDraft) -> str:
    """Return the kind of case a noted matter is; labour disputes before arbitration are their own kind."""
    kind = KINDS.get(draft.matter_type, "civil")
    text = f"{draft.matter_type}{draft.stage}{draft.court}{draft.cause}"
    if "仲裁" in text and "劳动" in text:
        return "labour-arbitration"
    return kind


def case_of(draft: IntakeDraft, *, lead: int | None, assistants: tuple[int, ...], fallback_day: date) -> CaseDraft:
    """Return the case; ``lead`` and ``assistants`` are person ids, found by the names in the file."""
    kind = kind_of(draft)
    custody = any(party.in_custody for party in draft.clients)
    number, *others = draft.case_numbers or ("",)
    notes = [draft.notes, "、".join(others), *_further(draft), *(f"证据：{line}" for line in draft.evidence)]
    facts = [
        *(f"{fact.on.isoformat()} {fact.text}" if fact.on else fact.text for fact in draft.facts),
        *draft.claims,
    ]
    return CaseDraft(
        kind=kind,
        cause=draft.cause,
        parties=tuple(_parties(draft)),
        lead=lead,
        received_on=draft.received_on or fallback_day,
        assistants=assistants,
        proceeding=ProceedingDraft(proceeding_of(kind, draft.stage), draft.court, number, in_custody=custody),
        amount_fen=draft.amount_fen,
        fee_mode=FEES.get(draft.fee.mode, FEES[""]),
        fee_fen=draft.fee.fen,
        fee_bp=draft.fee.share_bp,
        received_fen=draft.fee.received_fen,
        power=draft.power,
        facts="\n".join(facts),
        note="\n".join(note for note in notes if note),
    )


def other_names(draft: IntakeDraft) -> tuple[str, ...]:
    """Return the names a conflict search has to take beyond those of the parties."""
    named = {party.name for party in (*draft.clients, *draft.adverse, *draft.third_parties)}
    wanted = [*draft.search_names, *(party.name for party in draft.related)]
    wanted += [draft.engaged_by.name] if draft.engaged_by else []
    return tuple(dict.fromkeys(name for name in wanted if name not in named))


def related_of(draft: IntakeDraft) -> tuple[RelatedParty, ...]:
    """Return the companies and people around the client, as they are kept for the next conflict check."""
    found = [_related(party) for party in draft.related]
    if (caller := draft.engaged_by) is not None:
        kind = PartyKind.PERSON if caller.kind == PartyKind.UNKNOWN.value else PartyKind(caller.kind)
        found.append(RelatedParty(replace(party_of(caller), kind=kind), _relation_of(caller.relation)))
    return tuple(found)


def party_of(party: IntakeParty) -> PartyDraft:
    """Return a noted party as it is stored."""
    aliases = [(NameKind.SHORT, name) for name in party.short_names]
    aliases += [(NameKind.FORMER, name) for name in party.former_names]
    aliases += [(NameKind.ALIAS, name) for name in party.aliases]
    return PartyDraft(
        name=party.name,
        kind=PartyKind(party.kind) if party.kind in set(PartyKind) else PartyKind.UNKNOWN,
        aliases=tuple(aliases),
        identifiers=tuple((one.kind.value, one.value) for one in party.identifiers),
        phone=party.phone,
        address=party.address,
        born_on=party.born,
        note=party.relation,
    )


def _parties(draft: IntakeDraft) -> list[CasePartyDraft]:
    sides = ((Side.CLIENT, draft.clients), (Side.ADVERSE, draft.adverse), (Side.THIRD, draft.third_parties))
    return [
        CasePartyDraft(
            party_of(party),
            side.value,
            party.role,
            legal_representative=party.legal_representative,
            parent=party.parent,
        )
        for side, group in sides
        for party in group
    ]


def _related(party: IntakeParty) -> RelatedParty:
    if "子公司" in party.role:  # the client is its parent
        return RelatedParty(party_of(party), RelationKind.PARENT, party.share_bp, of_client=True)
    fallback = RelationKind.RELATIVE if party.kind == PartyKind.PERSON.value else RelationKind.OTHER
    return RelatedParty(party_of(party), _relation_of(party.role, fallback), party.share_bp)


def _relation_of(role: str, fallback: RelationKind = RelationKind.RELATIVE) -> RelationKind:
    return next((relation for word, relation in _RELATIONS.items() if word in role), fallback)


def _further(draft: IntakeDraft) -> list[str]:
    """Return as lines of the note what the file says and the case has no field for."""
    lines = []
    if (earlier := draft.first_instance) is not None:
        days = [(earlier.judgment_date, "判决"), (earlier.served_on, "送达")]
        said = [earlier.court, *earlier.case_numbers, *(f"{day.isoformat()}{word}" for day, word in days if day)]
        lines.append(f"一审：{' '.join(part for part in said if part)}")
    if draft.prosecution:
        lines.append(f"公诉机关：{draft.prosecution}")
    if draft.engaged_by is not None:
        lines.append(f"代为委托：{draft.engaged_by.name}（{draft.engaged_by.relation or '关系未注明'}）")
    lines += [f"羁押：{party.name}，{party.custody_place}" for party in draft.clients if party.custody_place]
    for child in draft.minors:
        lines.append(f"未成年人：{child.name}" + (f"，{child.born.isoformat()}生" if child.born else ""))
    if draft.term_from or draft.term_to:
        first, last = (day.isoformat() if day else "" for day in (draft.term_from, draft.term_to))
        lines.append(f"期限：{first}至{last}")
    if draft.fee.hourly_fen is not None:
        lines.append(f"计时费率：{format_fen(draft.fee.hourly_fen)}元/小时")
    return lines
