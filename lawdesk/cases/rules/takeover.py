"""From a row of the firm's ledger to a case."""

from __future__ import annotations

from datetime import date

from lawdesk.cases.rules.drafts import CaseDraft, ProceedingDraft
from lawdesk.cases.rules.ledger import LedgerParty, LedgerRead
from lawdesk.cases.rules.matters import FeeMode, Side
from lawdesk.cases.rules.parties import CasePartyDraft, PartyDraft, PartyKind
from lawdesk.kernel.money import format_fen

KINDS = {
    "民事": "civil",
    "商事": "civil",
    "刑事": "criminal",
    "行政": "administrative",
    "劳动": "labour-arbitration",
    "劳动仲裁": "labour-arbitration",
    "仲裁": "commercial-arbitration",
    "执行": "enforcement",
    "非诉": "non-litigation",
    "顾问": "retainer",
    "法律援助": "legal-aid",
    "咨询": "consult-drafting",
}
_STAGES = {
    "civil": {
        "一审": "civil-first",
        "二审": "civil-second",
        "再审": "civil-retrial",
        "再审审查": "civil-retrial",
        "财产保全": "preservation",
        "申诉": "civil-retrial",
    },
    "criminal": {
        "侦查": "criminal-investigation",
        "审查起诉": "criminal-prosecution",
        "一审": "criminal-first",
        "二审": "criminal-second",
        "再审": "criminal-retrial",
        "再审审查": "criminal-retrial",
        "申诉": "criminal-retrial",
    },
    "administrative": {
        "复议": "administrative-reconsideration",
        "一审": "administrative-first",
        "二审": "administrative-second",
        "再审": "administrative-retrial",
        "再审审查": "administrative-retrial",
    },
}
FEES = {
    "": FeeMode.UNKNOWN,
    "计件": FeeMode.FIXED,
    "固定": FeeMode.FIXED,
    "按标的": FeeMode.PERCENT,
    "风险代理": FeeMode.CONTINGENCY,
    "计时": FeeMode.HOURLY,
    "年费": FeeMode.ANNUAL,
    "法律援助": FeeMode.AID,
}


def proceeding_of(kind: str, stage: str | None) -> str:
    """Return the kind of proceeding a ledger's stage means in a kind of case."""
    stage = stage or ""
    if stage in ("执行", "恢复执行", "执行异议") or kind == "enforcement":
        return "enforcement"
    if "仲裁" in stage:
        return (
            "labour-arbitration" if kind == "labour-arbitration" or "劳动" in stage else "commercial-arbitration"
        )
    if kind in ("labour-arbitration", "commercial-arbitration"):
        return kind
    if kind in ("retainer", "non-litigation", "consult-drafting", "village-adviser"):
        return "counsel"
    stages = _STAGES.get(kind, _STAGES["civil"])
    return stages.get(stage, next(iter(stages.values())))


def draft_of(read: LedgerRead, *, lead: int, assistants: tuple[int, ...], fallback_day: date) -> CaseDraft:
    """Return the case a row of the ledger describes. Further court numbers are kept in the note."""
    kind = KINDS.get(read.matter_type or "", "civil")
    if kind == "commercial-arbitration" and "劳动" in f"{read.forum or ''}{read.cause or ''}":
        kind = "labour-arbitration"
    parties = (
        *(_party(party, Side.CLIENT, read.client_role or "") for party in read.clients),
        *(_party(party, Side.ADVERSE, "") for party in read.adverse),
        *(_party(party, Side.THIRD, "") for party in read.third_parties),
    )
    number, *others = read.court_numbers or ("",)
    remarks = [part for part in (read.remark, read.fee_text, "、".join(others), *_further(read)) if part]
    return CaseDraft(
        kind=kind,
        cause=read.cause or "",
        parties=parties,
        lead=lead,
        received_on=read.intake_date or fallback_day,
        assistants=assistants,
        proceeding=ProceedingDraft(proceeding_of(kind, read.stage), read.forum or "", number),
        amount_fen=read.amount_fen,
        fee_mode=FEES.get(read.fee_mode or "", FeeMode.UNKNOWN),
        fee_fen=read.fee_fen,
        fee_bp=read.fee_share_bp,
        received_fen=read.received_fen,
        fee_note=read.fee_text or "",
        note="\n".join(remarks),
        number=read.internal_number or "",
    )


def _further(read: LedgerRead) -> list[str]:
    """Return as lines of the note what the row says and the case has no field for."""
    lines = []
    if read.hearing_on is not None:
        at = f" {read.hearing_at:%H:%M}" if read.hearing_at else ""
        lines.append(f"开庭：{read.hearing_on.isoformat()}{at}")
    if read.hourly_rate_fen is not None:
        lines.append(f"计时费率：{format_fen(read.hourly_rate_fen)}元/小时")
    if read.term_end is not None:
        lines.append(f"期限至{read.term_end.isoformat()}")
    return lines


def _party(party: LedgerParty, side: Side, standing: str) -> CasePartyDraft:
    kind = PartyKind(party.kind) if party.kind in set(PartyKind) else PartyKind.UNKNOWN
    return CasePartyDraft(PartyDraft(party.name, kind), side.value, standing)
