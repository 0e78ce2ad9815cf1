"""What people may ask about data on them, and by when they are answered (个人信息保护法 arts. 44–50)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules


class RequestKind(StrEnum):
    """What is asked."""

    ACCESS = "access"
    PORTABILITY = "portability"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"
    EXPLANATION = "explanation"
    NEXT_OF_KIN = "next_of_kin"


REQUEST_TITLES = {
    RequestKind.ACCESS: N_("View or copy"),
    RequestKind.PORTABILITY: N_("Hand over to another"),
    RequestKind.CORRECTION: N_("Correct or complete"),
    RequestKind.ERASURE: N_("Erase"),
    RequestKind.OBJECTION: N_("Restrict, refuse or withdraw consent"),
    RequestKind.EXPLANATION: N_("Explain the rules"),
    RequestKind.NEXT_OF_KIN: N_("Close relative of somebody who died"),
}
ARTICLES = {
    RequestKind.ACCESS: "第四十五条",
    RequestKind.PORTABILITY: "第四十五条第三款",
    RequestKind.CORRECTION: "第四十六条",
    RequestKind.ERASURE: "第四十七条",
    RequestKind.OBJECTION: "第十五条、第四十四条",
    RequestKind.EXPLANATION: "第四十八条",
    RequestKind.NEXT_OF_KIN: "第四十九条",
}


class RequestState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_TITLES = {
    RequestState.OPEN: N_("To be answered"),
    RequestState.GRANTED: N_("Granted"),
    RequestState.PARTLY: N_("Granted in part"),
    RequestState.REFUSED: N_("Refused with reasons"),
    RequestState.WITHDRAWN: N_("Withdrawn"),
}


@dataclass(frozen=True)
class RequestDraft:
    """A request as it is written down. ``identity`` says how it was made sure that the person is the one."""

    kind: RequestKind
    subject: str
    received_on: date
    channel: str = ""
    identity: str = ""
    detail: str = ""
    asked_for: str = ""


def answer_by(received_on: date, days: int | None = None) -> date:
    """Return the last day of the answer.

    The law says "in time" (及时, art. 50); the days are those of GB/T 35273-2020, 8.7, in ``privacy.toml``.
    """
    return received_on + timedelta(days=days or int(load_rules("privacy")["requests"]["answer_days"]))


def check_request(draft: RequestDraft, today: date) -> list[Problem]:
    """Return what is wrong with a request."""
    problems = []
    if not draft.subject.strip():
        problems.append(Problem("request.subject", N_("Say about whom."), "subject"))
    if draft.received_on > today:
        problems.append(Problem("request.day", N_("It cannot have come in the future."), "received_on"))
    if draft.kind is RequestKind.NEXT_OF_KIN and not draft.asked_for.strip():
        problems.append(Problem("request.relative", N_("Say which relative asks."), "asked_for"))
    return problems


def check_answer(state: RequestState, answer: str, identity: str, kind: RequestKind) -> list[Problem]:
    """Return what an answer lacks: reasons of a refusal, and proof of who asked before data go out."""
    problems = []
    if state is RequestState.OPEN:
        problems.append(Problem("request.state", N_("Say how it was answered."), "status"))
    if state in (RequestState.REFUSED, RequestState.PARTLY) and not answer.strip():
        message = N_("A refusal needs its reasons (Personal Information Protection Law, art. 50).")
        problems.append(Problem("request.reasons", message, "answer"))
    granted = state in (RequestState.GRANTED, RequestState.PARTLY)
    if granted and kind is not RequestKind.EXPLANATION and not identity.strip():
        message = N_("First write down how it was made sure who asks.")
        problems.append(Problem("request.identity", message, "identity"))
    return problems
