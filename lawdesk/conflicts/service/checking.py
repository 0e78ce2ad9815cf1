"""Asking, deciding, and keeping the proof."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lawdesk.cases import CaseQueries, Clearance, ClearanceResult
from lawdesk.conflicts.model import ConflictCheck
from lawdesk.conflicts.queries import ConflictQueries
from lawdesk.conflicts.rules import (
    Asked,
    CheckResult,
    Hit,
    Matter,
    Outcome,
    Severity,
    check,
    outcome,
)
from lawdesk.conflicts.service.registry import Registry
from lawdesk.firm import Actor, FirmQueries, Role, require
from lawdesk.kernel.errors import Cancelled, Problem, Refused
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database

DECISIONS = ("other_person", "no_conflict", "waived")
DECISION_TITLES = {
    "other_person": N_("Not the same party"),
    "no_conflict": N_("Same party, no conflict"),
    "waived": N_("Conflict waived in writing"),
}


@dataclass(frozen=True)
class Decision:
    """What a person decided about one hit, and why."""

    asked: str
    party: int | str
    decision: str
    reason: str


class ConflictService:
    """The conflict check (利益冲突检索); ``queries`` looks up decided ones."""

    def __init__(self, database: Database, cases: CaseQueries, firm: FirmQueries) -> None:
        self._database = database
        self._registry = Registry(database, cases, firm)
        self.queries = ConflictQueries(database)

    def check(
        self, actor: Actor, asked: Sequence[Asked], matter: Matter | None = None, *, limit: int = 50
    ) -> CheckResult:
        """Search all names of a new matter against every party, enquiry and member of the firm.

        Searches behind walls too. An empty question is a problem in the result, never "no conflict".
        """
        require(actor, "conflict.check")
        index = self._registry.index(actor)
        return check(
            asked,
            index,
            lambda parties: self._registry.standings_of(actor, parties),
            at=self._database.clock.now(),
            matter=matter,
            searched=self._registry.searched(actor),
            limit=limit,
        )

    def warm_up(self, actor: Actor) -> None:
        """Read the names now, so that the first keystroke on the new-case page need not wait for it."""
        self._registry.index(actor)

    def clear(self, actor: Actor, result: CheckResult, decisions: Sequence[Decision] = ()) -> Clearance:
        """Turn a check into the clearance a case may open on, and keep the check for good.

        Raises Refused while a grave hit is undecided, a decision lacks its reason, or what is absolutely forbidden
        would be waived: the rules know no consent there.
        """
        require(actor, "conflict.decide" if decisions else "conflict.check")
        if problems := _undecided(actor, result, decisions):
            raise Refused(problems, N_("The conflict check is not decided yet."))
        if any(decision.decision == "waived" for decision in decisions):
            verdict = ClearanceResult.WAIVED
        elif decisions:
            verdict = ClearanceResult.NOTED
        else:
            verdict = ClearanceResult.CLEAR
        return self._keep(actor, result, verdict, decisions)

    def take_over(self, actor: Actor, result: CheckResult) -> Clearance:
        """Return the clearance of an older case brought in from the ledger: its hits are kept, to be examined."""
        verdict = ClearanceResult.CLEAR if outcome(result) is Outcome.CLEAR else ClearanceResult.TAKEN_OVER
        return self._keep(actor, result, verdict, ())

    def refuse(self, actor: Actor, result: CheckResult, reason: str) -> Clearance:
        """Record that the firm says no, and why."""
        require(actor, "conflict.decide")
        if not reason.strip():
            raise Refused([Problem("conflict.reason", N_("Say why."), "reason")])
        return self._keep(actor, result, ClearanceResult.REFUSED, (Decision("", "", "refused", reason),))

    def batch(
        self,
        actor: Actor,
        queries: Iterable[tuple[str, Asked]],
        *,
        limit: int = 10,
        progress: Callable[[int], bool] | None = None,
    ) -> Iterable[tuple[str, CheckResult]]:
        """Check many names one by one; stops with Cancelled when ``progress`` answers False."""
        for count, (name, asked) in enumerate(queries):
            if progress is not None and not progress(count):
                raise Cancelled
            yield name, self.check(actor, [asked], limit=limit)

    def _keep(
        self, actor: Actor, result: CheckResult, verdict: ClearanceResult, decisions: Sequence[Decision]
    ) -> Clearance:
        content = kept_content(result, decisions)
        with self._database.write(actor, "conflict.decide") as work:
            row = work.add(
                ConflictCheck(
                    asked_by=actor.person_id,
                    asked_at=result.at,
                    outcome=outcome(result).value,
                    result=verdict.value,
                    names=json.dumps([one.name for one in result.asked], ensure_ascii=False),
                    content=json.dumps(content, ensure_ascii=False, sort_keys=True, default=str),
                )
            )
            work.audit("conflict_check", row, result=verdict.value, hits=len(result.hits))
            work.announce(Changed("conflict_check", "decided", (row.key,)))
            return Clearance(
                result=verdict,
                by=actor.person_id,
                at=result.at,
                names=tuple(one.name for one in result.asked),
                reasons=tuple(content["hits"]),
                searched={**asdict(result.searched), "check": row.uid},
                not_judged=tuple(entry.words() for entry in result.not_searched),
            )


def grave(hit: Hit) -> bool:
    """Whether a hit needs a decision before the case may open: surely or likely the same, and more than a note."""
    severity = hit.severity or Severity.NOTE
    if severity is Severity.NOTE:
        return False
    return hit.level in ("certain", "likely") or severity is Severity.ABSOLUTE


def kept_content(result: CheckResult, decisions: Sequence[Decision]) -> dict[str, Any]:
    """Return all of a check that is kept as proof, as plain data."""
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
            "cases": [standing.case for standing in hit.standings],
            "decision": decision.decision if decision else "",
            "why": decision.reason if decision else "",
        }

    return {
        "asked": [
            {"name": one.name, "role": one.role.value, "kind": one.kind, "identified": bool(one.identifiers)}
            for one in result.asked
        ],
        "variants": list(result.variants),
        "searched": asdict(result.searched),
        "hits": [kept(hit) for hit in result.hits],
        "not_searched": [entry.words() for entry in result.not_searched],
        "rule_version": result.rule_version,
        "at": result.at.isoformat(),
    }


def _undecided(actor: Actor, result: CheckResult, decisions: Sequence[Decision]) -> list[Problem]:
    problems = [problem for problem in result.problems if problem.severity == "error"]
    by_hit = {(decision.asked, decision.party): decision for decision in decisions}
    for hit in result.hits:
        decision = by_hit.get((hit.asked.name, hit.party))
        if not grave(hit):
            continue
        params = {"asked": hit.asked.name, "name": hit.name}
        if decision is None:
            message = N_("{asked}: the hit {name} is not decided.")
            problems.append(Problem("conflict.undecided", message, "decision", params=params))
        elif decision.decision not in DECISIONS or not decision.reason.strip():
            message = N_("{asked}: say why {name} is no obstacle.")
            problems.append(Problem("conflict.reason", message, "decision", params=params))
        elif hit.severity is Severity.ABSOLUTE and decision.decision != "other_person":
            message = N_("{asked}: with {name} the rules forbid the case; no consent can lift that.")
            problems.append(Problem("conflict.absolute", message, "decision", params=params))
        elif hit.severity is Severity.ABSOLUTE and actor.role is not Role.DIRECTOR:
            message = N_("{asked}: only the director may decide that {name} is another party.")
            problems.append(Problem("conflict.director", message, "decision", params=params))
    unsearched = [entry for entry in result.not_searched if entry.name]
    if unsearched and not any(decision.asked == entry.name for entry in unsearched for decision in decisions):
        message = N_("These names could not be searched: {names}.")
        names = "、".join(entry.name for entry in unsearched)
        problems.append(Problem("conflict.unsearched", message, "names", params={"names": names}))
    return problems
