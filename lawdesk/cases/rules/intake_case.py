"""From a matter noted in a file (:mod:`.intake_file`) to the case that opens from it."""

from __future__ import annotations

from datetime import date

from lawdesk.cases.rules.drafts import CaseDraft, ProceedingDraft
from lawdesk.cases.rules.intake_values import IntakeDraft, IntakeParty
from lawdesk.cases.rules.matters import Side
from lawdesk.cases.rules.parties import CasePartyDraft, NameKind, PartyDraft, PartyKind
from lawdesk.cases.rules.takeover import FEES, KINDS, proceeding_of


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
    notes = [draft.notes, "、".join(others), *(f"证据：{line}" for line in draft.evidence)]
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
