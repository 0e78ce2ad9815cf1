"""Asking, deciding, and keeping the proof."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from lawdesk.cases import CaseQueries, Clearance, ClearanceResult
from lawdesk.conflicts.model import ConflictAbout, ConflictCheck, row_digest
from lawdesk.conflicts.queries import ConflictQueries
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, Matter, Outcome, check, find_hits, outcome, words_of
from lawdesk.conflicts.rules.asking import questions
from lawdesk.conflicts.service.behind import about, met_behind
from lawdesk.conflicts.service.deciding import Decision, NameAsked, asked_of, kept_content, to_decide, undecided
from lawdesk.conflicts.service.proving import ProvingService
from lawdesk.conflicts.service.registry import Registry
from lawdesk.conflicts.service.walking import Walker
from lawdesk.conflicts.service.watching import WatchService
from lawdesk.firm import Actor, FirmQueries, Hidden, WallService, require
from lawdesk.kernel.errors import Cancelled, Problem, Refused
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work

_BEHIND = 200
"""So many more hits are looked through for what lies behind walls."""
STILL_GOOD = timedelta(days=7)
"""So long a decision answers for the same question asked again by a window that cannot ask a person."""


class ConflictService(ProvingService, WatchService):
    """The conflict check (利益冲突检索); ``queries`` looks up decided ones."""

    def __init__(self, database: Database, cases: CaseQueries, firm: FirmQueries, walls: WallService) -> None:
        self._database, self._cases, self._firm, self._walls = database, cases, firm, walls
        self._registry = Registry(database, cases, firm)
        self.queries = ConflictQueries(database)

    def check(
        self, actor: Actor, asked: Sequence[Asked], matter: Matter | None = None, *, limit: int = 50
    ) -> CheckResult:
        """Search all names of a new matter against every party, enquiry and member of the firm, relations walked.

        Searches behind walls too: what lies there is told as "ask the director, reference N", the rest of the
        answer is the one of an office without it. An empty question is a problem in the result, never "no
        conflict".
        """
        require(actor, "conflict.check")
        with self._database.one_state():
            hidden = self._walls.queries.hidden_from(actor)
            if not (hidden.cases or hidden.parties or hidden.enquiries):
                return self._search(actor, asked, matter, limit)
            seen = self._search(actor, asked, matter, limit, hidden)
            full = self._search(actor, asked, matter, limit + _BEHIND)
        met = met_behind(self._walls, actor, seen, full)
        return replace(seen, not_searched=(*met, *seen.not_searched))

    def _search(
        self,
        actor: Actor,
        asked: Sequence[Asked],
        matter: Matter | None,
        limit: int,
        hidden: Hidden | None = None,
    ) -> CheckResult:
        """Search everything, or as an office would without what is ``hidden``."""
        without = None if hidden is None else hidden.parties
        with self._registry.reading(actor, without or ()) as index:
            searched = self._registry.searched(actor, behind=hidden is None)
            walker = Walker(self._cases, self._registry, actor, without)
            result = check(
                asked,
                index,
                walker.standings_of,
                at=self._database.clock.now(),
                matter=matter,
                searched=searched,
                limit=limit,
                walk=walker.walk,
                not_known=("not.shareholders",),
            )
        said = [*walker.undeclared(self._registry.active), *questions(matter or Matter())] if result.asked else []
        return replace(result, not_searched=(*result.not_searched, *said))

    def members(self, actor: Actor) -> list[tuple[int, str]]:
        """Return the people of the firm by id and name."""
        return [(person.id, person.name) for person in self._firm.people(actor)]

    def alike(self, actor: Actor, name: str, limit: int = 5) -> list[tuple[int, str, str]]:
        """Return parties on file that ``name`` may already be, best first: id, name, why in one sentence.

        Offered while a party is entered, so that nobody is entered twice: also by sound, look and short name.
        """
        require(actor, "conflict.check")
        with self._registry.reading(actor, self._walls.queries.hidden_from(actor).parties) as index:
            hits = find_hits(Asked(name), index, limit).hits
        return [
            (hit.party, hit.name, words_of(hit.reasons[:1])) for hit in hits[:limit] if isinstance(hit.party, int)
        ]

    def twins(self, actor: Actor, party_id: int, limit: int = 5) -> list[tuple[int, str, str]]:
        """Return parties on file that are likely the same as this one under another name: id, name, why.

        Short names, names of the same sound or look and equal numbers count; whoever bears another number of the
        same sort is somebody else, and so are a branch and its organization.
        """
        require(actor, "conflict.check")
        without = self._walls.queries.hidden_from(actor).parties
        hits: list[Hit] = []
        with self._registry.reading(actor, without) as index:
            shown = [] if party_id in without else [party_id]
            for own, name in ((one, name) for one in index.parties(shown).values() for name in one.names):
                asked = Asked(name.text, kind=own.kind, identifiers=own.identifiers, born_year=own.born_year)
                hits += find_hits(asked, index, limit).hits
        hits.sort(key=lambda hit: -hit.score)
        found: dict[int, Hit] = {}
        for hit in hits:
            if isinstance(hit.party, int) and hit.party != party_id and _likely_twin(hit):
                found.setdefault(hit.party, hit)
        return [(party, hit.name, words_of(hit.reasons[:1])) for party, hit in list(found.items())[:limit]]

    def warm_up(self, actor: Actor) -> None:
        """Read the names now, so that the first keystroke on the new-case page need not wait for it."""
        with self._registry.reading(actor):
            pass

    def clear(self, actor: Actor, result: CheckResult, decisions: Sequence[Decision] = ()) -> Clearance:
        """Turn a check into the clearance a case may open on, and keep the check for good.

        Raises Refused while a grave hit is undecided, a decision lacks its reason, or what is absolutely forbidden
        would be waived: the rules know no consent there.
        """
        require(actor, "conflict.decide" if decisions else "conflict.check")
        if problems := undecided(actor, result, decisions, self.queries.earlier(actor, result.asked)):
            raise Refused(problems, N_("The conflict check is not decided yet."))
        if any(decision.decision == "waived" for decision in decisions):
            verdict = ClearanceResult.WAIVED
        elif decisions:
            verdict = ClearanceResult.NOTED
        else:
            verdict = ClearanceResult.CLEAR
        return self._keep(actor, result, verdict, decisions)

    def clear_names(self, actor: Actor, names: Iterable[NameAsked]) -> Clearance:
        """Check ``names`` where nobody can be asked, e.g. while a party is added to an open case.

        Hits that were decided within :data:`STILL_GOOD` on the same question are taken as decided. What needs a
        decision comes back as "not checked", what the rules forbid as "refused"; neither is kept.
        """
        result = self.check(actor, asked_of(names))
        since = self._database.clock.now() - STILL_GOOD
        earlier = [found for found in self.queries.earlier(actor, result.asked) if found.at >= since]
        wanted = set(to_decide(result))
        decisions = {
            (found.asked, found.party): Decision(
                found.asked, found.party, found.decision, found.reason, found.check
            )
            for found in reversed(earlier)
            if (found.asked, found.party) in wanted
        }
        if undecided(actor, result, list(decisions.values()), earlier):
            forbidden = outcome(result) is Outcome.BLOCKED
            verdict = ClearanceResult.REFUSED if forbidden else ClearanceResult.NOT_CHECKED
            return _clearance(actor, result, verdict, kept_content(result, ()))
        return self.clear(actor, result, list(decisions.values()))

    def take_over(self, actor: Actor, work: Work, result: CheckResult) -> Clearance:
        """Return the clearance of an older case brought in from the ledger: its hits are kept, to be examined.

        It is kept in ``work``, the transaction that brings the case in.
        """
        require(actor, "case.import")
        verdict = ClearanceResult.CLEAR if outcome(result) is Outcome.CLEAR else ClearanceResult.TAKEN_OVER
        return _keep_in(work, actor, result, verdict, ())

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
        with self._database.write(actor, "conflict.decide") as work:
            return _keep_in(work, actor, result, verdict, decisions)


def _likely_twin(hit: Hit) -> bool:
    branch = any(one.code.startswith("branch.") for one in hit.reasons)
    return hit.sure and not hit.namesake and not branch


def _keep_in(
    work: Work, actor: Actor, result: CheckResult, verdict: ClearanceResult, decisions: Sequence[Decision]
) -> Clearance:
    content = {**kept_content(result, decisions), "by": {"id": actor.person_id, "name": actor.name}}
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
    work.session.add_all(ConflictAbout(check_id=row.key, **one) for one in about(result.hits))
    work.audit("conflict_check", row, result=verdict.value, hits=len(result.hits), sha256=row_digest(row))
    work.announce(Changed("conflict_check", "decided", (row.key,)))
    return _clearance(actor, result, verdict, content, row.uid)


def _clearance(
    actor: Actor, result: CheckResult, verdict: ClearanceResult, content: dict[str, Any], uid: str = ""
) -> Clearance:
    return Clearance(
        result=verdict,
        by=actor.person_id,
        at=result.at,
        names=tuple(one.name for one in result.asked),
        reasons=tuple(content["hits"]),
        searched={**asdict(result.searched), "check": uid},
        not_judged=tuple(entry.words() for entry in result.not_searched),
    )
