"""What becomes of a deadline: done, let go, moved, extended, checked; by two persons where the firm asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lawdesk.deadlines.model import Deadline, DeadlineRequest, LimitationTurn
from lawdesk.deadlines.queries import RequestRow
from lawdesk.deadlines.rules import LimitationCount, Turn, check_turn, count_limitation
from lawdesk.deadlines.service.counting import basis_of, counted, store
from lawdesk.deadlines.service.drafts import possible_day
from lawdesk.deadlines.service.events import EventService, get_event, infringed_in, recount_children, turns_of
from lawdesk.firm import Actor, FirmQueries, FirmService, people_names, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Work, check_version

SECOND_PERSON = "deadline_second_person"


@dataclass(frozen=True)
class Evidence:
    """The paper that proves a step: in words, and the document of the case where it is filed."""

    words: str = ""
    document_id: int | None = None


NO_EVIDENCE = Evidence()


@dataclass(frozen=True)
class Wish:
    """A change asked for: ``move``, ``waive``, ``extend``, or of its event ``withdraw``, ``redate``."""

    kind: str
    due: date | None
    reason: str
    evidence: Evidence


class StateService(EventService):
    """The states of deadlines; none is ever just gone."""

    def complete(
        self,
        actor: Actor,
        deadline_id: int,
        *,
        on: date | None = None,
        note: str = "",
        evidence: Evidence = Evidence(),
    ) -> None:
        """Mark a deadline as done on a day (by post the day it was handed over).

        Without a day it is today, for a hearing the day it was on.
        """
        today = self._database.clock.today()
        with self._changing(actor, deadline_id, "deadline.complete", "done") as (work, row):
            row.done_on = on or (min(row.due, today) if row.kind == "hearing" else today)
            if row.status != "done":  # who adds the proof later did not do it
                row.done_by, row.done_at = actor.person_id, work.clock.now()
            row.status, row.note = "done", note.strip() or row.note
            _prove(row, evidence)

    def reopen(self, actor: Actor, deadline_id: int) -> None:
        """Take back "done", "let go" or "withdrawn". Raises Refused while the event it hangs on is withdrawn."""
        event_id = self.queries.deadline(actor, deadline_id).event_id
        if event_id is not None and self.queries.event(actor, event_id).withdrawn:
            message = N_("The event this deadline hangs on was withdrawn: bring the event back instead.")
            raise Refused([Problem("deadline.event_withdrawn", message)])
        with self._changing(actor, deadline_id, "deadline.reopen", "reopened") as (_work, row):
            if row.status in ("waived", "withdrawn"):
                row.reason = ""
            row.status, row.done_on, row.done_by, row.done_at = "open", None, None, None

    def waive(self, actor: Actor, deadline_id: int, reason: str, *, evidence: Evidence = Evidence()) -> bool:
        """Let a deadline pass on purpose; the reason is kept. Raises Refused without one.

        Returns False where the firm wants a second person to agree first.
        """
        if not reason.strip():
            raise Refused([Problem("deadline.reason", N_("Say why this deadline is let go."), "reason")])
        return self._ask_or_do(actor, deadline_id, Wish("waive", None, reason, evidence))

    def move(
        self,
        actor: Actor,
        deadline_id: int,
        due: date | None,
        reason: str,
        *,
        seen: int | None = None,
        evidence: Evidence = Evidence(),
    ) -> bool:
        """Set another date, as printed on a paper of the court; the computed one stays as its check.

        None takes the printed date off: the computed one holds again. Raises Refused without a reason, for an
        impossible day, and for None where nothing was computed. Returns False where a second person has to agree.
        """
        problems = []
        if not reason.strip():
            problems.append(Problem("deadline.reason", N_("Say why the date changes."), "reason"))
        if due is not None and not possible_day(due, self._database.clock.today()):
            problems.append(Problem("deadline.day", N_("This day cannot be right."), "due"))
        if due is None and self.queries.deadline(actor, deadline_id).computed_due is None:
            problems.append(
                Problem("deadline.no_day", N_("No date was computed here: enter the one that holds."), "due")
            )
        if problems:
            raise Refused(problems)
        return self._ask_or_do(actor, deadline_id, Wish("move", due, reason, evidence), seen=seen)

    def extend(
        self,
        actor: Actor,
        deadline_id: int,
        to: date,
        reason: str,
        evidence: Evidence,
        *,
        seen: int | None = None,
    ) -> bool:
        """Extend a deadline as the court's paper says; the new day wins over every other.

        Raises Refused without reason or paper, for a day that is no later, and for a deadline that is over.
        """
        row = self.queries.deadline(actor, deadline_id)
        problems = []
        if not reason.strip():
            problems.append(Problem("deadline.reason", N_("Say why the date changes."), "reason"))
        if not evidence.words.strip() and evidence.document_id is None:
            problems.append(Problem("deadline.paper", N_("Which paper of the court extends it?"), "evidence"))
        if to <= row.due or not possible_day(to, self._database.clock.today()):
            problems.append(Problem("deadline.day", N_("An extension ends later than the day before it."), "due"))
        if row.status != "open":
            problems.append(Problem("deadline.over", N_("This deadline is no longer open."), "due"))
        if problems:
            raise Refused(problems)
        return self._ask_or_do(actor, deadline_id, Wish("extend", to, reason, evidence), seen=seen)

    def check(self, actor: Actor, deadline_id: int) -> None:
        """Say that somebody else than who entered it has checked the date. Raises Refused for the same person."""
        with self._changing(actor, deadline_id, "deadline.check", "checked") as (work, row):
            if row.created_by == actor.person_id:
                message = N_("You entered this date yourself: a colleague has to check it.")
                raise Refused([Problem("deadline.same_person", message)])
            row.checked_by, row.checked_at = actor.person_id, work.clock.now()

    def assign(self, actor: Actor, deadline_id: int, person_id: int) -> None:
        """Make somebody else answer for a deadline; raises UserError for somebody who is not in the firm."""
        with self._changing(actor, deadline_id, "deadline.assign", "assigned") as (work, row):
            names = people_names()
            known = work.session.execute(select(names.c.name).where(names.c.person_id == person_id)).first()
            if known is None:
                raise UserError("person.unknown", N_("There is no such person in the firm."))
            row.person_id = person_id

    # -- two persons ------------------------------------------------------------------------------------------

    def decide(self, actor: Actor, request_id: int, *, grant: bool) -> None:
        """Agree to a change somebody asked for, or not. Raises Refused for one's own."""
        require(actor, "deadline.write")
        with self._database.write(actor, "deadline.decide") as work:
            asked = work.session.get(DeadlineRequest, request_id)
            if asked is None or asked.granted is not None:
                raise UserError("request.unknown", N_("There is no such request, or it was decided already."))
            if asked.asked_by == actor.person_id:
                message = N_("You asked for this yourself: a colleague decides.")
                raise Refused([Problem("request.own", message)])
            self.queries.deadline(actor, asked.deadline_id)  # refuses what the actor may not see
            row = _get(work, asked.deadline_id)
            asked.granted, asked.decided_by = grant, actor.person_id
            if grant and row.status != "open":
                raise Refused([Problem("deadline.over", N_("This deadline is no longer open."))])
            if grant:
                evidence = Evidence(asked.evidence, asked.evidence_id)
                self._apply(work, row, Wish(asked.kind, asked.due, asked.reason, evidence))
            work.audit("deadline", row, case_id=row.case_id, asked=asked.kind, granted=grant)
            work.announce(Changed("deadline", "decided", (row.key,), (row.case_id,)))

    def _ask_or_do(
        self,
        actor: Actor,
        deadline_id: int,
        wish: Wish,
        *,
        seen: int | None = None,
    ) -> bool:
        """Do it at once, or note the wish where the firm has set that two persons change a date."""
        ask = self.two_persons(actor)
        past = "asked" if ask else {"waive": "waived", "move": "moved", "extend": "extended"}[wish.kind]
        with self._changing(actor, deadline_id, "deadline.ask" if ask else f"deadline.{wish.kind}", past) as (
            work,
            row,
        ):
            check_version(row, seen)
            if ask:
                self._note_wish(work, row, wish, actor)
                return False
            self._apply(work, row, wish)
            return True

    def _note_wish(self, work: Work, row: Deadline, wish: Wish, actor: Actor) -> None:
        """Keep a change that waits for a second person."""
        asked = DeadlineRequest(
            deadline_id=row.key,
            kind=wish.kind,
            due=wish.due,
            reason=wish.reason.strip(),
            evidence=wish.evidence.words.strip(),
            evidence_id=wish.evidence.document_id,
            asked_by=actor.person_id or 0,
        )
        work.add(asked)

    def _apply(self, work: Work, row: Deadline, wish: Wish) -> None:
        row.reason = wish.reason.strip()
        _prove(row, wish.evidence)
        if wish.kind == "waive":
            row.status = "waived"
            return
        if wish.kind == "extend":
            row.extended_to = wish.due
        else:
            row.printed_due, row.extended_to = wish.due, None
        row.due = wish.due or row.computed_due or row.due
        row.checked_by = row.checked_at = None
        if row.event_id is not None:
            work.session.flush()
            event = get_event(work.session, row.event_id)
            recount_children(work.session, event, self.law, work.clock.today())

    def two_persons(self, actor: Actor) -> bool:
        """Whether every change of a date needs a second person."""
        return FirmQueries(self._database).setting(actor, SECOND_PERSON) == "1"

    def set_two_persons(self, actor: Actor, *, wanted: bool) -> None:
        """Say whether every change of a date needs a second person. Needs the right to set the firm."""
        FirmService(self._database).set_setting(actor, SECOND_PERSON, "1" if wanted else "0")

    def requests(self, actor: Actor) -> list[RequestRow]:
        """Return the changes that wait for a second person, the oldest first."""
        return self.queries.requests(actor)

    # -- limitation -------------------------------------------------------------------------------------------

    def add_turn(self, actor: Actor, deadline_id: int, turn: Turn, *, evidence: str = "") -> LimitationCount:
        """Enter what interrupted or suspended a limitation period; return the new count with its steps.

        Raises Refused for a fixed period, a day before it began, days out of order, and without a ground.
        """
        with self._changing(actor, deadline_id, "limitation.turn", "recounted") as (work, row):
            if not row.rule or row.trigger_date is None:
                message = N_("This date was entered by hand: nothing is counted here.")
                raise Refused([Problem("limitation.by_hand", message)])
            rule = self.book.rules[row.rule_version]
            if problems := check_turn(rule, turn, row.trigger_date):
                raise Refused(problems)
            work.add(
                LimitationTurn(
                    deadline_id=row.key,
                    kind=turn.kind,
                    first=turn.first,
                    last=turn.last,
                    ground=turn.ground.strip(),
                    evidence=evidence.strip(),
                )
            )
            return self._recount_turned(work, row)

    def remove_turn(self, actor: Actor, deadline_id: int, turn_id: int) -> LimitationCount:
        """Take back something that was entered by mistake; the day is counted anew."""
        with self._changing(actor, deadline_id, "limitation.turn_removed", "recounted") as (work, row):
            turn = work.session.get(LimitationTurn, turn_id)
            if turn is None or turn.deadline_id != row.key:
                raise UserError("limitation.unknown", N_("There is no such entry."))
            work.session.delete(turn)
            work.session.flush()
            return self._recount_turned(work, row)

    def limitation(self, actor: Actor, deadline_id: int) -> LimitationCount | None:
        """Return the account of a limitation period with turns, None for any other deadline."""
        row = self.queries.deadline(actor, deadline_id)
        if row.event_id is None or row.trigger_date is None:
            return None
        infringed = self.queries.infringed_on(actor, row.case_id)
        with self._database.read(actor) as session:
            turns = turns_of(session, deadline_id)
        if not turns:
            return None
        return self._limitation(row.rule, row.trigger_date, turns, infringed)

    def _limitation(
        self, rule: str, start: date, turns: tuple[Turn, ...], infringed: date | None
    ) -> LimitationCount:
        return count_limitation(
            rule,
            start,
            turns,
            calendar=self.calendar,
            today=self._database.clock.today(),
            infringed_on=infringed,
            rulebook=self.book,
        )

    def _recount_turned(self, work: Work, row: Deadline) -> LimitationCount:
        turns = turns_of(work.session, row.key)
        event = get_event(work.session, row.event_id or 0)
        infringed = infringed_in(work.session, row.case_id)
        today = work.clock.today()
        basis = basis_of(event)
        store(row, counted(row.rule, basis, self.law, turns=turns, today=today, infringed_on=infringed))
        return self._limitation(row.rule, event.happened_on, turns, infringed)

    @contextmanager
    def _changing(self, actor: Actor, deadline_id: int, action: str, past: str) -> Iterator[tuple[Work, Deadline]]:
        """Change one deadline in a transaction that audits and announces itself."""
        require(actor, "deadline.write")
        self.queries.deadline(actor, deadline_id)  # refuses what the actor may not see
        with self._database.write(actor, action) as work:
            row = _get(work, deadline_id)
            yield work, row
            work.audit("deadline", row, case_id=row.case_id, status=row.status, due=row.due)
            work.announce(Changed("deadline", past, (row.key,), (row.case_id,)))


def _prove(row: Deadline, evidence: Evidence) -> None:
    if evidence.words.strip():
        row.evidence = evidence.words.strip()
    if evidence.document_id is not None:
        row.evidence_id = evidence.document_id


def _get(work: Work, deadline_id: int) -> Deadline:
    row = work.session.get(Deadline, deadline_id)
    if row is None:
        raise UserError("deadline.unknown", N_("There is no such deadline."))
    return row
