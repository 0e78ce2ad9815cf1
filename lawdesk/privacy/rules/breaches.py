"""A breach of personal data: what must be known, written down and told (个人信息保护法 art. 57)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

HAPPENED = {"leaked": N_("leaked"), "changed": N_("changed"), "lost": N_("lost")}
DATA_KINDS = {
    "names": N_("names and contact"),
    "numbers": N_("identity numbers"),
    "addresses": N_("addresses"),
    "accounts": N_("bank accounts"),
    "health": N_("health"),
    "minors": N_("minors under 14"),
    "case_files": N_("case files and evidence"),
    "logins": N_("logins and passwords"),
}
SENSITIVE_KINDS = frozenset({"numbers", "addresses", "accounts", "health", "minors", "case_files", "logins"})


@dataclass(frozen=True)
class Scope:
    """Where the data lay: some cases, some parties, or the whole office."""

    cases: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    everything: bool = False


@dataclass(frozen=True)
class BreachDraft:
    """What is known of a breach; may be incomplete while it is being found out."""

    title: str
    found_at: datetime
    kinds: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    scope: Scope = Scope()
    happened_from: date | None = None
    happened_until: date | None = None
    cause: str = ""
    harm: str = ""
    measures: str = ""
    advice: str = ""
    contact: str = ""
    authority: str = ""


def check_breach(draft: BreachDraft, now: datetime) -> list[Problem]:
    """Return why a breach cannot be written down at all."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("breach.title", N_("Say in a few words what happened."), "title"))
    if draft.found_at > now:
        problems.append(Problem("breach.found", N_("It cannot have been found in the future."), "found_at"))
    first, last = draft.happened_from, draft.happened_until
    if first is not None and last is not None and first > last:
        problems.append(Problem("breach.days", N_("The first day lies after the last."), "happened_until"))
    unknown = [one for one in (*draft.kinds, *draft.data) if one not in HAPPENED and one not in DATA_KINDS]
    if unknown:
        message = N_("{words} is not known here.")
        problems.append(Problem("breach.kind", message, "kinds", params={"words": ", ".join(unknown)}))
    return problems


def missing_for_notice(draft: BreachDraft) -> list[Problem]:
    """Return what a notice by art. 57 still lacks, as warnings: it can be drafted, and shows the gaps."""
    wanted = (
        ("kinds", bool(draft.kinds), N_("whether data leaked, were changed or lost")),
        ("data", bool(draft.data), N_("the kinds of data")),
        ("cause", bool(draft.cause.strip()), N_("the cause")),
        ("harm", bool(draft.harm.strip()), N_("the harm that may come of it")),
        ("measures", bool(draft.measures.strip()), N_("what was done about it")),
        ("advice", bool(draft.advice.strip()), N_("what the persons can do themselves")),
        ("contact", bool(draft.contact.strip()), N_("how to reach the firm")),
    )
    return [Problem(f"breach.{name}", words, name, "warning") for name, there, words in wanted if not there]


def check_told(persons_told: bool, why_not: str) -> list[Problem]:
    """Return what is wrong with closing a breach: who was not told must be for a reason (art. 57, second part)."""
    if persons_told or why_not.strip():
        return []
    message = N_("Tell the persons, or say why their harm is effectively prevented without it.")
    return [Problem("breach.not_told", message, "not_told_why")]
