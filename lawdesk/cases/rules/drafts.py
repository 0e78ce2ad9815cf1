"""A case as it is taken in, and what must be right before it opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lawdesk.cases.rules.matters import DEFAULT_PROCEEDING, PROCEEDING_KINDS, FeeMode, Side, matter_kinds
from lawdesk.cases.rules.parties import CasePartyDraft, check_party
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

MAX_FEN = 10**15
"""Ten million million yuan: above that somebody leant on a key."""


@dataclass(frozen=True)
class ProceedingDraft:
    """One instance or procedure as it is entered."""

    kind: str
    court: str = ""
    court_number: str = ""
    judge: str = ""
    started_on: date | None = None
    in_custody: bool = False
    foreign: bool = False
    ended_on: date | None = None


@dataclass(frozen=True)
class CaseDraft:
    """Everything the new-case page gathers. Money in fen, ``fee_bp`` in basis points; ``lead`` is a person id."""

    kind: str
    cause: str
    parties: tuple[CasePartyDraft, ...]
    lead: int | None
    received_on: date
    assistants: tuple[int, ...] = ()
    title: str = ""
    proceeding: ProceedingDraft | None = None
    amount_fen: int | None = None
    fee_mode: FeeMode = FeeMode.UNKNOWN
    fee_fen: int | None = None
    fee_bp: int | None = None
    received_fen: int | None = None
    fee_note: str = ""
    power: str = ""
    facts: str = ""
    note: str = ""
    number: str = ""


def check_draft(draft: CaseDraft, today: date, *, taken_over: bool = False) -> list[Problem]:
    """Return everything that keeps the case from opening.

    A case ``taken_over`` from the firm's ledger may still lack its cause of action, as ledgers do.
    """
    problems = []
    if draft.kind not in matter_kinds():
        problems.append(Problem("case.kind", N_("This kind of case does not exist."), "kind"))
    if not draft.cause.strip() and not taken_over:
        problems.append(Problem("case.cause", N_("The cause of action is missing."), "cause"))
    if draft.lead is None:
        problems.append(Problem("case.lead", N_("Somebody must lead the case."), "lead"))
    if draft.received_on > today + timedelta(days=1):
        problems.append(Problem("case.future", N_("The day of intake lies in the future."), "received_on"))
    if draft.received_on.year < 1980:
        problems.append(Problem("case.old", N_("The day of intake lies before 1980."), "received_on"))
    problems += check_money(draft.amount_fen, draft.fee_fen, draft.received_fen, draft.fee_bp)
    if draft.proceeding is not None and draft.proceeding.kind not in PROCEEDING_KINDS:
        problems.append(Problem("case.proceeding", N_("This kind of proceeding does not exist."), "proceeding"))
    return problems + _check_parties(draft)


def check_money(
    amount_fen: int | None, fee_fen: int | None, received_fen: int | None, fee_bp: int | None
) -> list[Problem]:
    """Return which of these amounts (fen) and this share (basis points) are impossible."""
    problems = []
    for name, fen in (("amount", amount_fen), ("fee", fee_fen), ("received", received_fen)):
        if fen is not None and not 0 <= fen <= MAX_FEN:
            problems.append(Problem("case.money", N_("This amount is not possible."), name))
    if fee_bp is not None and not 0 <= fee_bp <= 10_000:
        problems.append(Problem("case.percent", N_("A percentage lies between 0 and 100."), "fee"))
    return problems


def _check_parties(draft: CaseDraft) -> list[Problem]:
    problems = []
    if not any(party.side == Side.CLIENT for party in draft.parties):
        problems.append(Problem("case.client", N_("The client is missing."), "client"))
    sides: dict[str, set[str]] = {}
    for party in draft.parties:
        problems += check_party(party.party)
        sides.setdefault(party.party.name.strip(), set()).add(party.side)
    for name, where in sides.items():
        if name and {Side.CLIENT, Side.ADVERSE} <= where:
            message = N_("{name} stands on both sides of the case.")
            problems.append(Problem("case.both_sides", message, "parties", params={"name": name}))
    return problems


def first_proceeding(draft: CaseDraft) -> ProceedingDraft:
    """Return the proceeding the case begins with: the one entered, or the usual one of its kind."""
    return draft.proceeding or ProceedingDraft(kind=DEFAULT_PROCEEDING.get(draft.kind, "counsel"))


def suggest_title(draft: CaseDraft) -> str:
    """Return the short title lawyers use: ``栩岳建设诉砚溪置业`` for a claimant, else clients and cause."""
    clients = [short_name(p.party.name) for p in draft.parties if p.side == Side.CLIENT and p.party.name.strip()]
    adverse = [short_name(p.party.name) for p in draft.parties if p.side == Side.ADVERSE and p.party.name.strip()]
    if not clients:
        return draft.cause
    ours = clients[0] + ("等" if len(clients) > 1 else "")
    if not adverse or draft.kind in ("criminal", "retainer", "non-litigation"):
        return f"{ours} {draft.cause}".strip()
    theirs = adverse[0] + ("等" if len(adverse) > 1 else "")
    standing = next((p.standing for p in draft.parties if p.side == Side.CLIENT), "")
    defends = standing.startswith("被") and standing != "被害人"
    return f"{theirs}诉{ours}" if defends else f"{ours}诉{theirs}"


_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|（有限合伙）|合伙企业|集团)")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")


def short_name(name: str) -> str:
    """Return a name without legal form and brackets, for titles only."""
    short = _FORMS.sub("", _BRACKETS.sub("", name.strip()))
    return short or name.strip()


def format_number(pattern: str, *, year: int, kind: str, serial: int) -> str:
    """Return the firm's case number for its pattern, e.g. ``（2026）民字第018号``."""
    from lawdesk.cases.rules.matters import SHORT_KINDS

    return pattern.format(year=year, kind=SHORT_KINDS.get(kind, "他"), serial=serial)
