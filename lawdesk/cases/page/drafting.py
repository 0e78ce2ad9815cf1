"""What is typed on the new-case page as plain values: kept as a draft, read as a case, asked of the check.

The state is JSON-ready::

    {"clients": [{"name", "identifier", "standing", "legal_representative", "phone", "kind", "party_id"}],
     "others": [{"name", "identifier", "standing", "party_id"}],
     "case": {"kind", "cause", "court", "proceeding", "title", "amount", "received_on", "court_number",
              "power"},
     "team": {"lead", "assistants", "fee_mode", "fee", "percent"}, "enquiry_id": …,
     "file": {…} (only when it came from one; see :mod:`.file_kept`)}
"""

from __future__ import annotations

from datetime import date
from typing import Any

from lawdesk.cases.page.file_kept import with_extras
from lawdesk.cases.queries import EnquiryRow
from lawdesk.cases.rules import (
    AskedName,
    CaseDraft,
    CasePartyDraft,
    FeeMode,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
    guess_party_kind,
)
from lawdesk.cases.rules.court_numbers import parse_court_number
from lawdesk.cases.rules.identifiers import IdentifierKind, parse_identifier
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

State = dict[str, Any]
THIRD = "第三人"
_MATTER_OF_CAUSE = (("罪", "criminal"), ("执行", "enforcement"), ("常年法律顾问", "retainer"))


def side_of(standing: str) -> Side:
    """Return the side of somebody who is not our client, told by the standing."""
    return Side.THIRD if standing == THIRD else Side.ADVERSE


def party_draft(row: State) -> PartyDraft:
    """Return the party typed into one row; the birthday comes from the identity number."""
    number = str(row.get("identifier") or "").strip()
    parsed = parse_identifier(number) if number else None
    kind = PartyKind(row.get("kind") or guess_party_kind(row["name"]))
    if kind == PartyKind.UNKNOWN and parsed is not None:
        kind = kind_of_number(parsed.kind) or kind
    return PartyDraft(
        row["name"].strip(),
        kind,
        identifiers=((parsed.kind.value, number),) if parsed is not None else (),
        phone=str(row.get("phone") or "").strip(),
        born_on=parsed.birthday if parsed is not None and parsed.valid else None,
    )


def kind_of_number(kind: IdentifierKind) -> PartyKind | None:
    """Return whether a number of this kind belongs to a person or an organization; None when it does not tell."""
    if kind in (IdentifierKind.ID_CARD, IdentifierKind.PASSPORT):
        return PartyKind.PERSON
    if kind in (IdentifierKind.USCC, IdentifierKind.ORGANIZATION_CODE):
        return PartyKind.ORGANIZATION
    return None


def case_parties(state: State) -> tuple[CasePartyDraft, ...]:
    """Return the parties of the case to be: clients first, rows without a name left out."""
    made = []
    for row in state.get("clients", ()):
        if row["name"].strip():
            made.append(
                CasePartyDraft(
                    party_draft(row),
                    Side.CLIENT.value,
                    row.get("standing") or "",
                    party_id=row.get("party_id"),
                    legal_representative=str(row.get("legal_representative") or ""),
                )
            )
    for row in state.get("others", ()):
        if row["name"].strip():
            standing = row.get("standing") or ""
            side = side_of(standing).value
            made.append(CasePartyDraft(party_draft(row), side, standing, party_id=row.get("party_id")))
    file = state.get("file") or {}
    return tuple(with_extras(party, file) for party in made)


def to_case(state: State, today: date) -> CaseDraft:
    """Return the case as it would be opened; what is missing is found by the service."""
    case, team, file = state.get("case", {}), state.get("team", {}), state.get("file") or {}
    received = case.get("received_on")
    return CaseDraft(
        kind=case.get("kind") or "civil",
        cause=str(case.get("cause") or ""),
        parties=case_parties(state),
        lead=team.get("lead"),
        received_on=date.fromisoformat(received) if received else today,
        assistants=tuple(team.get("assistants") or ()),
        title=str(case.get("title") or ""),
        power=str(case.get("power") or file.get("power") or ""),
        proceeding=_proceeding(case, in_custody=bool(file.get("in_custody"))),
        amount_fen=case.get("amount"),
        fee_mode=FeeMode(team.get("fee_mode") or FeeMode.UNKNOWN.value),
        fee_fen=team.get("fee"),
        fee_bp=team.get("percent"),
        received_fen=file.get("received"),
        facts=str(file.get("facts") or ""),
        note=str(file.get("note") or ""),
    )


def _proceeding(case: State, *, in_custody: bool = False) -> ProceedingDraft | None:
    if not case.get("proceeding"):
        return None
    number = str(case.get("court_number") or "").strip()
    text = parse_court_number(number).text if number else ""
    return ProceedingDraft(case["proceeding"], str(case.get("court") or ""), text, in_custody=in_custody)


def missing(state: State) -> list[Problem]:
    """Return what is still missing before the case can open, one short problem each."""
    problems = []
    if not any(row["name"].strip() for row in state.get("clients", ())):
        problems.append(Problem("case.client", N_("Enter the client."), "client"))
    if not str(state.get("case", {}).get("cause") or "").strip():
        problems.append(Problem("case.cause", N_("Enter the cause of action."), "cause"))
    if state.get("team", {}).get("lead") is None:
        problems.append(Problem("case.lead", N_("Choose who leads the case."), "lead"))
    return problems


def asked_names(state: State) -> list[AskedName]:
    """Return every name the conflict check should look for, legal representatives included, each once."""
    asked: dict[tuple[str, str], AskedName] = {}
    for party in case_parties(state):
        number = party.party.identifiers[0][1] if party.party.identifiers else ""
        name = AskedName(party.party.name, party.party.kind, party.side, number)
        asked.setdefault((name.name, name.side), name)
    for row in state.get("clients", ()):
        head = str(row.get("legal_representative") or "").strip()
        if head and all(name != head for name, _side in asked):
            asked[head, Side.OTHER.value] = AskedName(head, PartyKind.PERSON, Side.OTHER.value)
    for other in (state.get("file") or {}).get("names") or ():
        asked.setdefault((other, Side.CLIENT.value), AskedName(other, guess_party_kind(other), Side.CLIENT.value))
    return list(asked.values())


def suggest_kind(cause: str) -> str | None:
    """Return the kind of case a cause of action tells by itself: a crime, an administrative act; else None."""
    cause = cause.strip()
    for word, kind in _MATTER_OF_CAUSE:
        if cause.endswith(word):
            return kind
    return "administrative" if cause in load_rules("codes")["admin_cause"]["l2"] else None


def from_enquiry(enquiry: EnquiryRow, phone: str = "") -> State:
    """Return the state a new case begins with when it comes from an enquiry; ``phone`` is its number, whole."""
    clients = [name for side, name in enquiry.parties if side == Side.CLIENT]
    others = [(side, name) for side, name in enquiry.parties if side != Side.CLIENT]
    return {
        "clients": [
            {"name": name, "kind": guess_party_kind(name).value, "phone": phone if not place else ""}
            for place, name in enumerate(clients)
        ],
        "others": [{"name": name, "standing": THIRD if side == Side.THIRD else ""} for side, name in others],
        "case": {"cause": enquiry.subject},
        "team": {},
        "enquiry_id": enquiry.id,
    }


def is_empty(state: State) -> bool:
    """Whether nothing was typed that would be a pity to lose (what the page fills in by itself does not count)."""
    rows = [*state.get("clients", ()), *state.get("others", ())]
    typed = any(row.get("name", "").strip() or str(row.get("identifier") or "").strip() for row in rows)
    case = state.get("case", {})
    return not typed and not any(case.get(key) for key in ("cause", "court", "amount", "court_number"))
