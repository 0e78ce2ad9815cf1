"""Events make deadlines: propose, record, correct, withdraw. One step of a lawyer is one transaction."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from lawdesk.cases import CaseDetail, CaseQueries
from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.queries import DeadlineQueries
from lawdesk.deadlines.rules import (
    FIELDS,
    Calendar,
    Condition,
    Whose,
    binds_us,
    load_calendar,
    load_rulebook,
    rules_for_trigger,
)
from lawdesk.deadlines.service.counting import computed_deadline, count, manual_deadline, recount
from lawdesk.deadlines.service.drafts import (
    ChosenDeadline,
    EventDraft,
    ManualDeadline,
    Proposal,
    Recount,
    check_event,
    check_manual,
)
from lawdesk.deadlines.service.ticking import is_ticked
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database

FIELDS_OF_KIND: dict[str, tuple[str, ...]] = {
    "civil": ("civil", "intellectual-property", "arbitration"),
    "criminal": ("criminal",),
    "administrative": ("administrative", "intellectual-property"),
    "labour-arbitration": ("labour", "civil"),
    "commercial-arbitration": ("arbitration", "civil"),
    "enforcement": ("civil",),
}
"""Which fields of the law can matter in which kind of case; for the other kinds every field can."""


class EventService:
    """What happened in a case and what hangs on it; ``queries`` looks both up."""

    def __init__(self, database: Database, cases: CaseQueries, calendar: Calendar | None = None) -> None:
        self._database = database
        self._cases = cases
        self._calendar = calendar
        self.queries = DeadlineQueries(database)

    @property
    def calendar(self) -> Calendar:
        """The calendar in use; read from the law data when first asked for."""
        if self._calendar is None:
            self._calendar = load_calendar()
        return self._calendar

    def propose(self, actor: Actor, draft: EventDraft) -> list[Proposal]:
        """Return the deadlines the event starts, ours first and pre-ticked. Nothing is saved.

        A period without a version in force on that day starts nothing; what cannot be counted raises the reason.
        """
        case = self._cases.case(actor, draft.case_id)
        if not draft.trigger:
            return []
        rules = rules_for_trigger(
            draft.trigger,
            on=draft.happened_on,
            procedure=FIELDS_OF_KIND.get(case.kind),
            foreign=draft.foreign,
            in_custody=draft.in_custody,
        )
        standing = _our_standing(case, draft.proceeding_id)
        proceeding = next((row for row in case.proceedings if row.id == draft.proceeding_id), None)
        kind = proceeding.kind if proceeding is not None else ""
        proposals = []
        for rule in rules:
            whose = binds_us(rule, standing)
            ticked = is_ticked(rule, whose, proceeding=kind, wording=draft.title)
            proposals.append(Proposal(rule, count(rule.id, draft, self.calendar), whose, ticked))
        order = {Whose.OURS: 0, Whose.OPEN: 1, Whose.THEIRS: 2}
        return sorted(
            proposals, key=lambda found: (not found.ticked, order.get(found.whose, 3), found.computation.due)
        )

    def matters(self, kind: str, trigger: str) -> tuple[bool, bool]:
        """Return whether custody, and whether a domicile abroad, decides how periods of ``trigger`` run.

        ``kind`` is the kind of case; "" where it is not known yet.
        """
        fields = FIELDS_OF_KIND.get(kind)
        wanted = frozenset().union(*(FIELDS[name] for name in fields)) if fields is not None else None
        rules = [
            rule
            for rule in (load_rulebook().by_trigger.get(trigger, ()) if trigger else ())
            if wanted is None or rule.procedure in wanted
        ]
        custody = kind in ("", "criminal") and any(rule.regime.startswith("criminal") for rule in rules)
        return custody, any(rule.condition is not Condition.NONE for rule in rules)

    def record_event(
        self,
        actor: Actor,
        draft: EventDraft,
        chosen: tuple[ChosenDeadline, ...] = (),
        *,
        entries: tuple[ManualDeadline, ...] = (),
    ) -> int:
        """Enter what happened, the deadlines taken from it and ``entries`` (the hearing of a summons) in one step.

        The date printed on the court's paper wins over the computed one, which stays as its check. Returns the
        event's id; raises Refused for an event without words or on an impossible day.
        """
        require(actor, "deadline.write")
        today = self._database.clock.today()
        problems = check_event(draft, today)
        for entry in entries:
            problems += check_manual(entry, today)
        if problems:
            raise Refused(problems)
        case = self._cases.case(actor, draft.case_id)
        whose = {choice.rule: _whose(case, draft, choice.rule) for choice in chosen}
        with self._database.write(actor, "event.record") as work:
            event = work.add(
                TriggerEvent(
                    case_id=draft.case_id,
                    proceeding_id=draft.proceeding_id,
                    trigger=draft.trigger,
                    title=draft.title.strip(),
                    happened_on=draft.happened_on,
                    happened_at=draft.happened_at,
                    in_custody=draft.in_custody,
                    foreign=draft.foreign,
                    note=draft.note.strip(),
                )
            )
            for choice in chosen:
                ours = whose[choice.rule]
                work.add(computed_deadline(event, choice, self.calendar, person_id=case.lead_id, whose=ours))
            for entry in entries:
                work.add(manual_deadline(entry, person_id=case.lead_id, event_id=event.key))
            made = len(chosen) + len(entries)
            work.audit("event", event, case_id=draft.case_id, trigger=draft.trigger, deadlines=made)
            work.announce(Changed("deadline", "added", (event.key,), (draft.case_id,)))
            return event.key

    def withdraw_event(self, actor: Actor, event_id: int, reason: str) -> None:
        """Take an event back with every open deadline that hangs on it; the rows stay, with the reason.

        Raises Refused without a reason.
        """
        require(actor, "deadline.write")
        if not reason.strip():
            raise Refused([Problem("event.reason", N_("Say why this event is taken back."), "reason")])
        self.queries.event(actor, event_id)  # refuses what the actor may not see
        with self._database.write(actor, "event.withdraw") as work:
            event = _get_event(work.session, event_id)
            event.withdrawn, event.reason = True, reason.strip()
            rows = _deadlines_of(work.session, event_id, "open")
            for row in rows:
                row.status, row.reason = "withdrawn", reason.strip()
            work.audit("event", event, case_id=event.case_id, deadlines=len(rows))
            work.announce(Changed("deadline", "withdrawn", tuple(row.key for row in rows), (event.case_id,)))

    def restore_event(self, actor: Actor, event_id: int) -> None:
        """Undo :meth:`withdraw_event`: the event and the deadlines withdrawn with it hold again."""
        require(actor, "deadline.write")
        self.queries.event(actor, event_id)
        with self._database.write(actor, "event.restore") as work:
            event = _get_event(work.session, event_id)
            event.withdrawn, event.reason = False, ""
            rows = _deadlines_of(work.session, event_id, "withdrawn")
            for row in rows:
                row.status, row.reason = "open", ""
            work.audit("event", event, case_id=event.case_id, deadlines=len(rows))
            work.announce(Changed("deadline", "reopened", tuple(row.key for row in rows), (event.case_id,)))

    def foresee_change(self, actor: Actor, event_id: int, happened_on: date) -> list[Recount]:
        """Return what :meth:`change_event` would do to every open deadline of the event. Nothing is saved."""
        self.queries.event(actor, event_id)
        with self._database.read() as session, session.no_autoflush:
            event = _get_event(session, event_id)
            before, event.happened_on = event.happened_on, happened_on
            rows = _deadlines_of(session, event_id, "open")
            changes = [recount(row, event, self.calendar, before) for row in rows]
            session.rollback()
        return changes

    def change_event(self, actor: Actor, event_id: int, happened_on: date) -> list[Recount]:
        """Correct the day of an event; every open deadline that hangs on it is counted anew.

        Returns old and new date of each that moved; a date printed on a paper stays. Raises Refused for an
        impossible day and for an event that was withdrawn.
        """
        require(actor, "deadline.write")
        found = self.queries.event(actor, event_id)
        draft = EventDraft(found.case_id, happened_on, found.title)
        problems = check_event(draft, self._database.clock.today())
        if found.withdrawn:
            problems.append(Problem("event.withdrawn", N_("This event was withdrawn."), "happened_on"))
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "event.change") as work:
            event = _get_event(work.session, event_id)
            before, event.happened_on = event.happened_on, happened_on
            rows = _deadlines_of(work.session, event_id, "open")
            changes = [recount(row, event, self.calendar, before) for row in rows]
            moved = [change for change in changes if change.before != change.after]
            work.audit("event", event, case_id=event.case_id, before=before, after=happened_on, moved=len(moved))
            work.announce(Changed("deadline", "recounted", (event_id,), (event.case_id,)))
            return moved


def _our_standing(case: CaseDetail, proceeding_id: int | None) -> str:
    """Return where our client stands in the proceeding, else in the case; "" where it is not known."""
    rows = next((row.standings for row in case.proceedings if row.id == proceeding_id), ()) or case.parties
    return next((row.standing for row in rows if row.side == "client"), "")


def _whose(case: CaseDetail, draft: EventDraft, rule_id: str) -> Whose:
    rule = load_rulebook().rules.get(rule_id)
    return Whose.OURS if rule is None else binds_us(rule, _our_standing(case, draft.proceeding_id))


def _get_event(session: Session, event_id: int) -> TriggerEvent:
    event = session.get(TriggerEvent, event_id)
    if event is None:
        raise UserError("event.unknown", N_("There is no such event."))
    return event


def _deadlines_of(session: Session, event_id: int, status: str) -> list[Deadline]:
    statement = select(Deadline).where(col(Deadline.event_id) == event_id, col(Deadline.status) == status)
    return list(session.exec(statement.order_by(col(Deadline.due), col(Deadline.id))).all())
