"""A matter noted in a file, laid out on the new-case page: what has a field goes there, the rest goes with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lawdesk.cases.page.drafting import THIRD, State
from lawdesk.cases.rules import CaseDraft, CasePartyDraft, PartyDraft, RelatedParty, Side
from lawdesk.cases.rules.intake_case import case_of, other_names, related_of
from lawdesk.cases.rules.intake_file import read_intake
from lawdesk.cases.rules.intake_values import Intake
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _

POWERS = ("", "特别授权", "一般授权")
_BASES = {
    "adverse": N_("Adverse party"),
    "amount_yuan": N_("Amount in dispute"),
    "case_number": N_("Court case number"),
    "cause": N_("Cause of action"),
    "claims": N_("Claims"),
    "clients": N_("Client"),
    "court": N_("Court or authority"),
    "engaged_by": N_("Engaged by"),
    "evidence": N_("Evidence"),
    "facts": N_("Facts"),
    "fee": N_("Fee"),
    "first_instance": N_("First instance"),
    "matter_type": N_("Kind of case"),
    "minors": N_("Minor children"),
    "notes": N_("Notes"),
    "power": N_("Authority"),
    "received_on": N_("Day of intake"),
    "related": N_("Related party"),
    "search_names": N_("Names to check"),
    "stage": N_("Stage"),
    "team": N_("Team"),
    "term": N_("Term"),
    "third_parties": N_("Third party"),
    "title": N_("Short title"),
}
_LEAVES = {
    "aliases": N_("Other names"),
    "assistants": N_("Assisting"),
    "born": N_("Date of birth"),
    "id_number": N_("Identity card"),
    "identifiers": N_("Other number"),
    "kind": N_("Kind of party"),
    "lead": N_("Lead"),
    "legal_representative": N_("Legal representative"),
    "mode": N_("Fee arrangement"),
    "name": N_("Name"),
    "organization_code": N_("Organisation code"),
    "passport": N_("Passport"),
    "phone": N_("Contact and telephone"),
    "received_yuan": N_("Received"),
    "role": N_("Standing"),
    "unified_social_credit_code": N_("Unified social credit code"),
    "yuan": N_("Amount"),
}


def intake_state(path: Path, people: Mapping[str, int], today: date) -> State:
    """Return the matter in ``path`` as the state of the new-case page; ``people`` are the firm's ids by name.

    Raises UserError when the file holds no matter. What is wrong with it stands in ``state["file"]["problems"]``.
    """
    intake = read_intake(path, today=today)
    draft = intake.draft
    lead = people.get(draft.lead)
    assistants = tuple(people[name] for name in draft.assistants if name in people)
    case = case_of(draft, lead=lead, assistants=assistants, fallback_day=today)
    state = _fields(case)
    state["file"] = {
        "name": path.name,
        "problems": [_kept_problem(problem) for problem in (*intake.problems, *_strangers(intake, people))],
        "facts": case.facts,
        "note": case.note,
        "received": case.received_fen,
        "power": case.power if case.power not in POWERS else "",
        "in_custody": case.proceeding.in_custody if case.proceeding is not None else False,
        "parties": {party.party.name: _kept_party(party) for party in case.parties},
        "related": [_kept_related(related) for related in related_of(draft)],
        "names": list(other_names(draft)),
    }
    return state


def field_words(field: str) -> str:
    """Return a field of an intake file in words: ``clients[0].id_number`` is 委托人 1 身份证."""
    base, _dot, leaf = field.partition(".")
    found = re.fullmatch(r"(\w+)\[(\d+)\]", base)
    name = found[1] if found else base
    words = _(_BASES[name]) if name in _BASES else name
    if found:
        words += f" {int(found[2]) + 1}"
    leaf = re.sub(r"\[\d+\]", "", leaf)
    return f"{words} {_(_LEAVES[leaf]) if leaf in _LEAVES else leaf}".strip()


def kept_problems(file: State) -> list[Problem]:
    """Return the problems kept with a file."""
    return [
        Problem(one["code"], one["message"], one["field"], one["severity"], one["params"])
        for one in file["problems"]
    ]


def _fields(case: CaseDraft) -> State:
    """Return what has a field on the page."""
    first = case.proceeding
    clients = [party for party in case.parties if party.side == Side.CLIENT]
    others = [party for party in case.parties if party.side != Side.CLIENT]
    return {
        "clients": [
            {
                **_row(party),
                "legal_representative": party.legal_representative,
                "phone": party.party.phone,
                "kind": party.party.kind.value,
            }
            for party in clients
        ],
        "others": [_row(party) for party in others],
        "case": {
            "kind": case.kind,
            "cause": case.cause,
            "court": first.court if first is not None else "",
            "proceeding": first.kind if first is not None else None,
            "court_number": first.court_number if first is not None else "",
            "title": "",
            "amount": case.amount_fen,
            "received_on": case.received_on.isoformat(),
            "power": case.power if case.power in POWERS else "",
        },
        "team": {
            "lead": case.lead,
            "assistants": list(case.assistants),
            "fee_mode": case.fee_mode.value,
            "fee": case.fee_fen,
            "percent": case.fee_bp,
        },
    }


def _row(party: CasePartyDraft) -> State:
    number = party.party.identifiers[0][1] if party.party.identifiers else ""
    return {"name": party.party.name, "identifier": number, "standing": _standing(party)}


def _standing(party: CasePartyDraft) -> str:
    return party.standing or (THIRD if party.side == Side.THIRD else "")


def _kept_party(party: CasePartyDraft) -> State:
    return {
        **_kept_draft(party.party),
        "side": party.side,
        "standing": _standing(party),
        "legal_representative": party.legal_representative,
        "parent": party.parent,
    }


def _kept_related(related: RelatedParty) -> State:
    return {
        **_kept_draft(related.party),
        "relation": related.kind.value,
        "share_bp": related.share_bp,
        "of_client": related.of_client,
    }


def _kept_draft(draft: PartyDraft) -> State:
    return {
        "name": draft.name,
        "kind": draft.kind.value,
        "aliases": [[kind.value, name] for kind, name in draft.aliases],
        "identifiers": [list(pair) for pair in draft.identifiers],
        "phone": draft.phone,
        "address": draft.address,
        "born_on": draft.born_on.isoformat() if draft.born_on else None,
        "note": draft.note,
    }


def _kept_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem in plain values, as a draft keeps it."""
    params = {key: value if isinstance(value, int | str) else str(value) for key, value in problem.params.items()}
    return {
        "code": problem.code,
        "message": problem.message,
        "field": problem.field,
        "severity": problem.severity,
        "params": params,
    }


def _strangers(intake: Intake, people: Mapping[str, int]) -> Sequence[Problem]:
    """Name the lawyers in the file who are not in the firm: their places stay empty."""
    message = N_("{name} is not in the firm; choose somebody else or add them first.")
    names = [(intake.draft.lead, "team.lead"), *((name, "team.assistants") for name in intake.draft.assistants)]
    return [
        Problem("intake.person", message, field, "warning", {"name": name})
        for name, field in names
        if name and name not in people
    ]
