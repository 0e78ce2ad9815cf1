"""New since the clearance: all open cases checked again after names, relations or members changed."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from lawdesk.cases import CaseQueries, OpenCase
from lawdesk.conflicts.model import ConflictAbout, ConflictNews
from lawdesk.conflicts.queries import ConflictQueries
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, Matter, Role, Severity
from lawdesk.conflicts.service.behind import told_of
from lawdesk.conflicts.service.deciding import DECISIONS, grave, kept_content
from lawdesk.firm import Actor, WallService, require
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.errors import Cancelled, Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database
from lawdesk.storage.state import get_state, set_state

_STATE = "conflicts_rerun"
_SUBJECTS = ("party", "party_relation", "former_matter", "member", "person", "enquiry", "case")
Found = dict[tuple[int, str, str, str], dict[str, Any]]
"""What a rerun found, as it is kept: by case, asked name, party and severity."""
GONE = "gone"
"""The decision about a piece of news that a later rerun no longer finds."""
ROLES = {"client": Role.CLIENT, "adverse": Role.ADVERSE}


@dataclass(frozen=True)
class Rerun:
    """What checking all open cases again did: how many were checked, how much is new, how much is gone."""

    cases: int
    new: int
    gone: int


class WatchService(ABC):
    """The clearances of open cases, kept true."""

    _database: Database
    _cases: CaseQueries
    _walls: WallService
    queries: ConflictQueries

    @abstractmethod
    def check(
        self, actor: Actor, asked: Sequence[Asked], matter: Matter | None = None, *, limit: int = 50
    ) -> CheckResult:
        """See :meth:`ConflictService.check`."""

    def rerun_due(self, actor: Actor) -> bool:
        """Whether anything the check reads changed since all open cases were checked last."""
        require(actor, "conflict.check")
        with self._database.read() as session:
            last = int(get_state(session, self._state(actor)) or -1)
        return self._database.state_stamp(*_SUBJECTS) > last

    def rerun(self, actor: Actor, progress: Callable[[int, int], bool] | None = None) -> Rerun:
        """Check every open case again and keep what its clearance did not know; returns the counts.

        What was decided for a case stays decided; only a new hit, or a graver one, is news. Raises Cancelled when
        ``progress`` (done, all) answers False: then nothing was kept. The window does the same in portions.
        """
        stamp, cases = self.rerun_begin(actor)
        found: Found = {}
        for place, case in enumerate(cases):
            if progress is not None and not progress(place, len(cases)):
                raise Cancelled
            found |= self.rerun_some(actor, [case])
        return self.rerun_keep(actor, found, stamp, len(cases))

    def rerun_begin(self, actor: Actor) -> tuple[int, list[OpenCase]]:
        """Return the state of the data and the open cases to be checked again."""
        require(actor, "conflict.check")
        return self._database.state_stamp(*_SUBJECTS), self._cases.known_open_cases(actor, behind=False)

    def rerun_some(self, actor: Actor, cases: Iterable[OpenCase]) -> Found:
        """Return what is new about some open cases."""
        return {
            (case.id, hit.asked.name, str(hit.party), str(hit.severity)): content
            for case in cases
            for hit, content in self._news_of(actor, case)
        }

    def rerun_keep(self, actor: Actor, found: Found, stamp: int, cases: int) -> Rerun:
        """Keep what checking all open cases found, as of ``stamp``."""
        require(actor, "conflict.check")
        new, gone = self._keep_news(actor, found, stamp)
        return Rerun(cases, new, gone)

    def _state(self, actor: Actor) -> str:
        """Return the name under which it is kept how far was looked: who sees less looks for themselves only."""
        hidden = self._walls.queries.hidden_from(actor)
        return f"{_STATE}:{actor.person_id}" if hidden.cases or hidden.parties else _STATE

    def settle_news(self, actor: Actor, news_id: int, decision: str, why: str) -> None:
        """Decide a piece of news: another party, no conflict, or waived. Raises Refused as a check would."""
        require(actor, "conflict.decide")
        if decision not in DECISIONS or not why.strip():
            raise Refused([Problem("conflict.reason", N_("Say why."), "reason")])
        with self._database.write(actor, "conflict.news") as work:
            row = work.session.get(ConflictNews, news_id)
            if row is None or row.decision:
                raise UserError("news.unknown", N_("This was decided already, or is gone."))
            if row.severity == Severity.ABSOLUTE.value:
                _forbid(actor, decision)
            row.decision, row.why = decision, why.strip()
            row.decided_by, row.decided_at = actor.person_id, work.clock.now()
            work.audit("conflict_news", row, case_id=row.case_id, decision=decision)
            work.announce(Changed("conflict_check", "news", (news_id,), (row.case_id,)))

    def _news_of(self, actor: Actor, case: OpenCase) -> Iterable[tuple[Hit, dict[str, Any]]]:
        asked = [
            Asked(name, ROLES.get(side, Role.THIRD), kind, numbers)
            for _id, name, kind, side, numbers in case.parties
        ]
        if not asked:
            return
        lawyers = frozenset({case.lead} - {""})
        matter = Matter(kind=case.kind, lawyers=lawyers, other_than=frozenset())
        known = _known(case)
        result = self.check(actor, asked, matter)
        kept = kept_content(result, ())["hits"]
        for hit, content in zip(result.hits, kept, strict=True):
            severity = _without_itself(hit, case.number)
            if not grave(hit) or severity is Severity.NOTE:
                continue
            if known.get((hit.asked.name, str(hit.party)), -1) < (hit.severity or Severity.NOTE).rank:
                yield hit, content

    def _keep_news(self, actor: Actor, found: Found, stamp: int) -> tuple[int, int]:
        """Store what is new, mark what is gone; one transaction. What is hidden from the actor stays as it is."""
        state = self._state(actor)
        with self._database.write(actor, "conflict.rerun") as work:
            rows = {
                (row.case_id, row.asked, row.party, row.severity): row
                for row in work.session.exec(select(ConflictNews).order_by(col(ConflictNews.id)))
            }
            new = [key for key in found if key not in rows or rows[key].decision == GONE]
            if work.veiled:
                with work.beyond_walls() as session:
                    every = session.exec(select(ConflictNews)).all()
                kept = {(row.case_id, row.asked, row.party, row.severity) for row in every}
                new = [key for key in new if key in rows or key not in kept]
            for key in new:
                text = json.dumps(found[key], ensure_ascii=False, sort_keys=True, default=str)
                if key in rows:
                    rows[key].decision, rows[key].content, rows[key].found_at = "", text, work.clock.now()
                    continue
                case_id, asked, party, severity = key
                told = ConflictNews(
                    case_id=case_id,
                    asked=asked,
                    party=party,
                    severity=severity,
                    found_at=work.clock.now(),
                    content=text,
                )
                links = [ConflictAbout(news_id=work.add(told).key, **one) for one in told_of(found[key])]
                work.session.add_all(links)
            gone = [row for key, row in rows.items() if not row.decision and key not in found]
            for row in gone:
                row.decision = GONE
            set_state(work.session, state, str(stamp))
            if new or gone:
                work.audit("conflict_news", new=len(new), gone=len(gone))
                work.announce(Changed("conflict_check", "news"))
            else:
                work.not_audited()  # only that it was looked
        return len(new), len(gone)


def _forbid(actor: Actor, decision: str) -> None:
    """Refuse to lift what the rules forbid; only the director may say that it is another party."""
    if decision != "other_person" or actor.role is not FirmRole.DIRECTOR:
        message = N_("The rules forbid this; only the director may say that it is another party.")
        raise Refused([Problem("conflict.absolute", message, "decision")])


def _known(case: OpenCase) -> dict[tuple[str, str], int]:
    """Return how grave each hit was when the case was cleared, by asked name and party."""
    known: dict[tuple[str, str], int] = {}
    for text in case.cleared:
        for hit in json.loads(text).get("reasons", []):
            key = (hit["asked"], str(hit["party"]))
            rank = Severity(hit["severity"]).rank if hit.get("severity") else 0
            known[key] = max(rank, known.get(key, -1))
    return known


def _without_itself(hit: Hit, number: str) -> Severity:
    """Return how grave a hit is beside the case itself; a tie inside the case counts, a name does not."""
    rulings = [one for one in hit.rulings if one.standing.case != number or hit.reached_from is not None]
    return max((one.severity for one in rulings), key=lambda severity: severity.rank, default=Severity.NOTE)
