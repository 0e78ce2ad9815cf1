"""What the fields of an intake say against each other: the order of days, the sides, the names to be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lawdesk.cases.rules.court_numbers import parse_court_number
from lawdesk.cases.rules.identifiers import IdentifierKind
from lawdesk.cases.rules.intake_values import IntakeDraft, IntakeParty
from lawdesk.cases.rules.ledger.checks import NO_OPPONENT
from lawdesk.cases.rules.ledger.dates import find_days
from lawdesk.cases.rules.ledger.forums import check_forum
from lawdesk.cases.rules.ledger.names import name_key
from lawdesk.cases.rules.ledger.values import fault, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_AHEAD = re.compile(
    r"届满|到期|期满|开庭|传票|将于|将在|将|应于|应在|拟|计划|预计|约定|截止|之前|以前|前付|前支付"
)
"""Words with which a day after the intake may stand: it was agreed or set, not reported as done."""
_MASKED = re.compile(r"[某×*＊]")


def check_intake(draft: IntakeDraft, *, today: date | None) -> tuple[Problem, ...]:
    """Return what keeps a case from being made of ``draft``, and what a person must look at."""
    return (
        *_gaps(draft),
        *_days(draft, today),
        *_births(draft, today),
        *_sides(draft),
        *_court(draft),
        *_money(draft),
    )


def _gaps(draft: IntakeDraft) -> Iterator[Problem]:
    if not draft.clients:
        yield fault("intake.client_missing", "clients", N_("The client is missing."))
    kind = f"{draft.matter_type} {draft.stage} {draft.cause}"
    if not draft.adverse and not NO_OPPONENT.search(kind):
        message = N_("The adverse party is missing, so no conflict check is possible.")
        yield fault("intake.adverse_missing", "adverse", message)
    if draft.received_on is None:
        yield fault("intake.received_missing", "received_on", N_("There is no intake date."))
    for field, value, message in (
        ("matter_type", draft.matter_type, N_("The kind of case is missing.")),
        ("cause", draft.cause, N_("The cause of action is missing.")),
        ("team.lead", draft.lead, N_("The lawyer in charge is missing.")),
    ):
        if not value:
            yield warn("intake.missing", field, message)
    listed = {name_key(name) for name in draft.search_names}
    parties = (*draft.clients, *draft.adverse, *draft.third_parties, *draft.related)
    named = [party.name for party in parties] + ([draft.engaged_by.name] if draft.engaged_by else [])
    left_out = [name for name in named if name_key(name) not in listed and not _MASKED.search(name)]
    if draft.search_names and left_out:
        message = N_("These names are not among those to be searched and were added: {names}.")
        yield warn("intake.search_names", "search_names", message, names="、".join(dict.fromkeys(left_out)))
    masked = [name for name in named if _MASKED.search(name)]
    if masked:
        message = N_("“{name}” is not the full name; a conflict check cannot find it.")
        yield warn("name_masked", "search_names", message, name="、".join(masked))


def _days(draft: IntakeDraft, today: date | None) -> Iterator[Problem]:
    received = draft.received_on
    if received and today and received > today:
        yield fault("intake.received_future", "received_on", N_("The day of intake lies in the future."))
    if received and (later := _happened_after(draft, received)):
        message = N_(
            "The intake on {received} lies before {day}, a day on which something had already happened: {fact}"
        )
        params = {"received": received.isoformat(), "day": later[0].isoformat(), "fact": later[1]}
        yield fault("intake.received_before_fact", "received_on", message, **params)
    if draft.term_from and draft.term_to and draft.term_to < draft.term_from:
        yield fault("intake.term", "term.to", N_("The term ends before it begins."))
    first = draft.first_instance
    if first is None:
        return
    if first.judgment_date and first.served_on and first.served_on < first.judgment_date:
        message = N_("The judgment of {judgment} cannot have been served on {served}.")
        params = {"judgment": first.judgment_date.isoformat(), "served": first.served_on.isoformat()}
        yield fault("intake.served_before_judgment", "first_instance.served_on", message, **params)
    last = first.served_on or first.judgment_date
    if received and last and last > received:
        message = N_("The intake on {received} lies before the decision of the court below ({day}).")
        params = {"received": received.isoformat(), "day": last.isoformat()}
        yield warn("intake.received_before_judgment", "received_on", message, **params)


def _happened_after(draft: IntakeDraft, received: date) -> tuple[date, str] | None:
    """Return the latest day after the intake that a fact reports as past, with the fact."""
    found = [
        (day, fact.text)
        for fact in draft.facts
        if not _AHEAD.search(fact.text)
        for day in (*find_days(fact.text), *((fact.on,) if fact.on and fact.precision != "year" else ()))
        if day > received
    ]
    return max(found) if found else None


def _births(draft: IntakeDraft, today: date | None) -> Iterator[Problem]:
    latest = min((day for day in (draft.received_on, today) if day), default=None)
    for path, party in _everybody(draft):
        if party.born and latest and party.born > latest:
            message = N_("{name} would be born on {day}, after the intake.")
            yield fault("intake.born_late", f"{path}.born", message, name=party.name, day=party.born.isoformat())
        if party.born and party.kind == "organization":
            yield warn("intake.born_organization", f"{path}.born", N_("An organization has no birthday."))
        for identifier in party.identifiers:
            told = identifier.birthday
            masked = any(problem.code == "identifier_masked" for problem in identifier.problems)
            if party.born and told and told != party.born and not masked:
                message = N_("The birthday {born} is not that of the identity number ({told}).")
                params = {"born": party.born.isoformat(), "told": told.isoformat()}
                yield fault("intake.born_differs", f"{path}.born", message, **params)
            wrong_kind = {"person": IdentifierKind.USCC, "organization": IdentifierKind.ID_CARD}.get(party.kind)
            if identifier.kind is wrong_kind:
                message = N_(
                    "The number of {name} is of a kind that does not suit a person or an organization so named."
                )
                yield warn("intake.identifier_kind", f"{path}.identifiers", message, name=party.name)


def _everybody(draft: IntakeDraft) -> Iterator[tuple[str, IntakeParty]]:
    for group in ("clients", "adverse", "third_parties", "related", "minors"):
        for index, party in enumerate(getattr(draft, group)):
            yield f"{group}[{index}]", party


def _sides(draft: IntakeDraft) -> Iterator[Problem]:
    clients = {name_key(name) for party in draft.clients for name in (party.name, *party.former_names)}
    for index, party in enumerate(draft.adverse):
        if {name_key(name) for name in (party.name, *party.former_names)} & clients:
            message = N_("{name} is both the client and the adverse party.")
            yield fault("intake.both_sides", f"adverse[{index}].name", message, name=party.name)


def _court(draft: IntakeDraft) -> Iterator[Problem]:
    for field, court, numbers in (
        ("court", draft.court, draft.case_numbers),
        (
            "first_instance.court",
            draft.first_instance.court if draft.first_instance else "",
            draft.first_instance.case_numbers if draft.first_instance else (),
        ),
    ):
        parsed = tuple(parse_court_number(number) for number in numbers)
        for problem in check_forum(court or None, parsed):
            yield Problem(problem.code, problem.message, field, problem.severity, problem.params)


def _money(draft: IntakeDraft) -> Iterator[Problem]:
    fee = draft.fee
    if fee.fen is not None and fee.received_fen is not None and fee.received_fen > fee.fen:
        message = N_("More was received than the fee.")
        yield fault("intake.received_exceeds_fee", "fee.received_yuan", message)
    if fee.mode and fee.fen is None and fee.share_bp is None and fee.hourly_fen is None and "援" not in fee.mode:
        yield warn("intake.fee_missing", "fee.yuan", N_("No fee is entered."))
