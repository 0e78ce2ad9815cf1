"""What has to be decided about a check, what a decision must be, and what is kept of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from lawdesk.conflicts.queries import Earlier
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, NotSearched, Severity, Standing
from lawdesk.conflicts.rules import Role as Asking
from lawdesk.conflicts.rules.reasons import Reason
from lawdesk.conflicts.service.behind import RESTRICTED
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

DECISIONS = ("other_person", "no_conflict", "waived")
OTHERWISE = "checked_otherwise"
"""The decision about a name that could not be searched."""
DECISION_TITLES = {
    "other_person": N_("Not the same party"),
    "no_conflict": N_("Same party, no conflict"),
    "waived": N_("Waived in writing"),
    OTHERWISE: N_("Checked by other means"),
    "refused": N_("Refused"),
}
_ROLES = {"client": Asking.CLIENT, "adverse": Asking.ADVERSE}


class NameAsked(Protocol):
    """A name as the windows of cases hand it over (``AskedName``); ``side`` is client, adverse, third or other."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def side(self) -> str: ...

    @property
    def identifier(self) -> str: ...


@dataclass(frozen=True)
class Decision:
    """What a person decided about one hit (``party``) or one name not searched (``party`` empty), and why.

    ``check`` is the uid of an earlier kept check it was taken over from, empty for a decision made now.
    """

    asked: str
    party: int | str
    decision: str
    reason: str
    check: str = ""


def asked_of(names: Iterable[NameAsked]) -> list[Asked]:
    """Return the question the conflict check is asked with these names; other sides are asked as third parties."""
    return [
        Asked(
            one.name,
            _ROLES.get(one.side, Asking.THIRD),
            str(one.kind) or "unknown",
            (one.identifier,) if one.identifier.strip() else (),
        )
        for one in names
    ]


def grave(hit: Hit) -> bool:
    """Whether a hit needs a decision before the case may open: surely or likely the same, and more than a note."""
    severity = hit.severity or Severity.NOTE
    if severity is Severity.NOTE:
        return False
    return hit.sure or severity is Severity.ABSOLUTE


def not_searched_names(result: CheckResult) -> dict[str, list[NotSearched]]:
    """Return the names that could not be searched (as they are shown, at most 60 characters) with the reasons."""
    found: dict[str, list[NotSearched]] = {}
    for entry in result.not_searched:
        if entry.name:
            found.setdefault(entry.name, []).append(entry)
    return found


def to_decide(result: CheckResult) -> list[tuple[str, int | str]]:
    """Return (asked name, party) of everything a person has to decide; an empty party: a name not searched."""
    names = [(name, "") for name in not_searched_names(result)]
    return [*((hit.asked.name, hit.party) for hit in result.hits if grave(hit)), *names]


def undecided(
    actor: Actor, result: CheckResult, decisions: Sequence[Decision], earlier: Sequence[Earlier] = ()
) -> list[Problem]:
    """Return why a check is not decided yet by ``decisions``; empty when it is."""
    problems = [problem for problem in result.problems if problem.severity == "error"]
    by_key = {(decision.asked, decision.party): decision for decision in decisions}
    for hit in result.hits:
        if grave(hit):
            problems += _about_hit(actor, hit, by_key.get((hit.asked.name, hit.party)), earlier)
    walled = [name for name, entries in not_searched_names(result).items() if _walled(entries)]
    if walled:
        message = N_("Ask the director first: {names} touches an ethical wall.")
        problems.append(Problem("conflict.walled", message, "names", params={"names": "、".join(walled)}))
    missing = [
        name for name in not_searched_names(result) if name not in walled and not _settled(by_key.get((name, "")))
    ]
    if missing:
        message = N_("These names could not be searched: {names}.")
        problems.append(Problem("conflict.unsearched", message, "names", params={"names": "、".join(missing)}))
    return problems


def _walled(entries: Sequence[NotSearched]) -> bool:
    """Whether one of these is a reference that the director has not answered with "no obstacle"."""
    return any(isinstance(one.reason, Reason) and one.reason.code in RESTRICTED for one in entries)


def _settled(decision: Decision | None) -> bool:
    return decision is not None and decision.decision == OTHERWISE and bool(decision.reason.strip())


def _about_hit(actor: Actor, hit: Hit, decision: Decision | None, earlier: Sequence[Earlier]) -> list[Problem]:
    params = {"asked": hit.asked.name, "name": hit.name}
    if decision is None:
        message = N_("{asked}: the hit {name} is not decided.")
        return [Problem("conflict.undecided", message, "decision", params=params)]
    if decision.decision not in DECISIONS or not decision.reason.strip():
        message = N_("{asked}: say why {name} is no obstacle.")
        return [Problem("conflict.reason", message, "decision", params=params)]
    if hit.severity is not Severity.ABSOLUTE:
        return []
    if decision.decision != "other_person":
        message = N_("{asked}: with {name} the rules forbid the case; no consent can lift that.")
        return [Problem("conflict.absolute", message, "decision", params=params)]
    if actor.role is not Role.DIRECTOR and not _director_said_so(hit, decision, earlier):
        message = N_("{asked}: only the director may decide that {name} is another party.")
        return [Problem("conflict.director", message, "decision", params=params)]
    return []


def _director_said_so(hit: Hit, decision: Decision, earlier: Sequence[Earlier]) -> bool:
    """Whether the decision repeats a kept one about the same absolute hit, which only a director can have made."""
    return any(
        found.check == decision.check
        and (found.asked, found.role, found.party) == (hit.asked.name, hit.asked.role.value, hit.party)
        and (found.decision, found.severity) == ("other_person", Severity.ABSOLUTE.value)
        for found in earlier
    )


def kept_content(result: CheckResult, decisions: Sequence[Decision]) -> dict[str, Any]:
    """Return all of a check that is kept as proof, as plain data.

    ``decisions`` holds those about no single hit: names that were not searched, and a refusal.
    """
    by_hit = {(decision.asked, decision.party): decision for decision in decisions}

    def kept(hit: Hit) -> dict[str, Any]:
        decision = by_hit.get((hit.asked.name, hit.party))
        return {
            "asked": hit.asked.name,
            "role": hit.asked.role.value,
            "party": hit.party,
            "name": hit.name,
            "matched": hit.matched,
            "score": round(hit.score, 4),
            "level": str(hit.level),
            "severity": str(hit.severity or ""),
            "rules": [ruling.rule for ruling in hit.rulings],
            "reasons": [{"code": reason.code, "params": reason.params} for reason in hit.reasons],
            "open_questions": [{"code": one.code, "params": one.params} for one in hit.cannot_be_judged],
            "path": [
                {"party": step.party, "name": step.name, "relation": step.relation, "params": step.params}
                for step in hit.path
            ],
            "cases": [standing.case for standing in hit.standings],
            "case_ids": sorted({one.case_id for one in hit.standings if one.case_id is not None}),
            "standings": [_standing(standing) for standing in hit.standings],
            "decision": decision.decision if decision else "",
            "why": decision.reason if decision else "",
            "decided_in": decision.check if decision else "",
        }

    hits = {(hit.asked.name, hit.party) for hit in result.hits}
    return {
        "asked": [
            {
                "name": one.name,
                "role": one.role.value,
                "kind": one.kind,
                "identified": bool(one.identifiers),
                "identifiers": list(one.identifiers),
            }
            for one in result.asked
        ],
        "variants": list(result.variants),
        "searched": asdict(result.searched),
        "hits": [kept(hit) for hit in result.hits],
        "more": result.more,
        "decisions": [
            {"asked": one.asked, "decision": one.decision, "why": one.reason}
            for one in decisions
            if (one.asked, one.party) not in hits
        ],
        "not_searched": [entry.words() for entry in result.not_searched],
        "rule_version": result.rule_version,
        "at": result.at.isoformat(),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "stand": standing.stand.value,
        "case": standing.case,
        "open": standing.open,
        "closed_on": standing.closed_on.isoformat() if standing.closed_on else None,
        "lead": standing.lead,
    }
