"""Events make deadlines: propose, record, correct, withdraw. One step of a lawyer is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from lawdesk.cases import CaseDetail, CaseQueries
from lawdesk.deadlines.model import Deadline, LimitationTurn, TriggerEvent
from lawdesk.deadlines.queries import DeadlineQueries
from lawdesk.deadlines.rules import (
    FIELDS,
    OWN,
    Calendar,
    Computation,
    Condition,
    RuleBook,
    Turn,
    Whose,
    binds_us,
    next_events,
    rules_for_trigger,
)
from lawdesk.deadlines.service.counting import (
    Law,
    basis_of,
    computed_deadline,
    count,
    follow_day,
    manual_deadline,
    recount,
)
from lawdesk.deadlines.service.drafts import (
    ChosenDeadline,
    EventDraft,
    FollowUp,
    ManualDeadline,
    Proposal,
    Recount,
    check_event,
    check_manual,
)
from lawdesk.deadlines.service.law import OfficeLaw
from lawdesk.deadlines.service.ticking import is_ticked
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work

FOLLOWS: dict[str, tuple[str, ...]] = {
    "preservation-expiry": ("",),
    "public-notice-completed": ("",),
    "cooling-off-ended": ("",),
    "complaint-copy-served": ("起诉", "应诉", "传票"),
    "judgment-served": ("判决",),
}
"""Events at the end of a period that are certain to come, and a word of which must stand in the entry."""
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
    """What happened in a case and what hangs on it; ``queries`` looks both up, ``law`` is what is counted by."""

    def __init__(self, database: Database, cases: CaseQueries, calendar: Calendar | None = None) -> None:
        self._database = database
        self._cases = cases
        self.law = OfficeLaw(database, calendar)
        self.queries = DeadlineQueries(database)

    @property
    def calendar(self) -> Calendar:
        """The calendar in use, with what the office took in."""
        return self.law.calendar

    @property
    def book(self) -> RuleBook:
        """The rules in use, with the firm's own."""
        return self.law.book

    def propose(self, actor: Actor, draft: EventDraft) -> list[Proposal]:
        """Return the deadlines the event starts, ours first and pre-ticked. Nothing is saved.

        A period without a version in force on that day starts nothing; what cannot be counted raises the reason.
        """
        case = self._cases.case(actor, draft.case_id)
        if not draft.trigger:
            return []
        self.law.refresh()
        fields = FIELDS_OF_KIND.get(case.kind)
        rules = rules_for_trigger(
            draft.trigger,
            on=draft.happened_on,
            procedure=(*fields, OWN) if fields is not None else None,
            foreign=draft.foreign,
            in_custody=draft.in_custody,
            rulebook=self.book,
        )
        standing = _our_standing(case, draft.proceeding_id)
        proceeding = next((row for row in case.proceedings if row.id == draft.proceeding_id), None)
        kind = proceeding.kind if proceeding is not None else ""
        basis = basis_of(draft, proceeding.court if proceeding is not None else "")
        proposals = []
        for rule in rules:
            whose = binds_us(rule, standing)
            ticked = is_ticked(rule, whose, proceeding=kind, wording=draft.title)
            proposals.append(Proposal(rule, count(rule.id, basis, self.law), whose, ticked))
        order = {Whose.OURS: 0, Whose.OPEN: 1, Whose.THEIRS: 2}
        return sorted(
            proposals, key=lambda found: (not found.ticked, order.get(found.whose, 3), found.computation.due)
        )

    def count_proposal(self, actor: Actor, draft: EventDraft, rule: str, length: int) -> Computation:
        """Count one proposed deadline with the length the court or the paper sets. Nothing is saved."""
        case = self._cases.case(actor, draft.case_id)
        court = next((row.court for row in case.proceedings if row.id == draft.proceeding_id), "")
        return count(rule, basis_of(draft, court), self.law, length)

    def propose_follows(self, actor: Actor, draft: EventDraft, proposals: Sequence[Proposal]) -> list[FollowUp]:
        """Return what happens at the end of the ticked periods and is already certain, with what it starts for us.

        A public notice serves what its words say; a measure that lapses must be renewed. Nothing is saved.
        """
        found: list[FollowUp] = []
        for proposal in proposals:
            if not proposal.ticked:
                continue
            for event in next_events(proposal.computation, rulebook=self.book):
                words = FOLLOWS.get(event.trigger.id)
                if words is None or not any(word in draft.title for word in words):
                    continue
                child = replace(
                    draft,
                    happened_on=event.on,
                    happened_at="",
                    title=event.trigger.zh,
                    trigger=event.trigger.id,
                    note="",
                    parent_rule=proposal.rule.id,
                )
                started = [one for one in self.propose(actor, child) if one.ticked]
                chosen = tuple(ChosenDeadline(one.rule.id) for one in started)
                if started:
                    found.append(FollowUp(child, tuple(started), chosen))
        return found

    def matters(self, kind: str, trigger: str) -> tuple[bool, bool]:
        """Return whether custody, and whether a domicile abroad, decides how periods of ``trigger`` run.

        ``kind`` is the kind of case; "" where it is not known yet.
        """
        fields = FIELDS_OF_KIND.get(kind)
        wanted = frozenset().union(*(FIELDS[name] for name in fields)) if fields is not None else None
        rules = [
            rule
            for rule in (self.book.by_trigger.get(trigger, ()) if trigger else ())
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
        follows: tuple[FollowUp, ...] = (),
    ) -> int:
        """Enter what happened, the deadlines taken from it and ``entries`` (the hearing of a summons) in one step.

        The date printed on the court's paper wins over the computed one, which stays as its check. ``follows``:
        events at the end of a period of this one, each with what is taken of it; they move with it. Returns the
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
        self.law.refresh()
        with self._database.write(actor, "event.record") as work:
            event = self._enter(work, case, draft, chosen)
            for entry in entries:
                work.add(manual_deadline(entry, person_id=case.lead_id, event_id=event.key))
            made = len(chosen) + len(entries)
            for follow in follows:
                child = self._enter(work, case, replace(follow.draft, parent_id=event.key), follow.chosen)
                made += len(follow.chosen)
                work.audit("event", child, case_id=draft.case_id, trigger=child.trigger, parent=event.key)
            work.audit("event", event, case_id=draft.case_id, trigger=draft.trigger, deadlines=made)
            work.announce(Changed("deadline", "added", (event.key,), (draft.case_id,)))
            return event.key

    def _enter(
        self, work: Work, case: CaseDetail, draft: EventDraft, chosen: Sequence[ChosenDeadline]
    ) -> TriggerEvent:
        """Store an event with the deadlines taken from it."""
        if draft.parent_id is not None and get_event(work.session, draft.parent_id).case_id != draft.case_id:
            raise UserError("event.unknown", N_("There is no such event."))
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
                parent_id=draft.parent_id,
                parent_rule=draft.parent_rule,
            )
        )
        court = next((row.court for row in case.proceedings if row.id == draft.proceeding_id), "")
        for choice in chosen:
            rule = self.book.rules.get(choice.rule)
            ours = Whose.OURS if rule is None else binds_us(rule, _our_standing(case, draft.proceeding_id))
            work.add(computed_deadline(event, choice, self.law, person_id=case.lead_id, whose=ours, court=court))
        return event


def _our_standing(case: CaseDetail, proceeding_id: int | None) -> str:
    """Return where our client stands in the proceeding, else in the case; "" where it is not known."""
    rows = next((row.standings for row in case.proceedings if row.id == proceeding_id), ()) or case.parties
    return next((row.standing for row in rows if row.side == "client"), "")


def get_event(session: Session, event_id: int) -> TriggerEvent:
    """Return an event inside a running transaction; raises UserError when there is none."""
    event = session.get(TriggerEvent, event_id)
    if event is None:
        raise UserError("event.unknown", N_("There is no such event."))
    return event


def deadlines_of(session: Session, event_id: int, status: str | None) -> list[Deadline]:
    """Return what hangs on an event in a running transaction, ``status`` None: in whatever state."""
    statement = select(Deadline).where(col(Deadline.event_id) == event_id)
    if status is not None:
        statement = statement.where(col(Deadline.status) == status)
    return list(session.exec(statement.order_by(col(Deadline.due), col(Deadline.id))).all())


def _children(session: Session, event_id: int) -> list[TriggerEvent]:
    statement = select(TriggerEvent).where(col(TriggerEvent.parent_id) == event_id)
    return list(session.exec(statement.order_by(col(TriggerEvent.id))).all())


def with_children(session: Session, event: TriggerEvent) -> Iterator[TriggerEvent]:
    """Yield an event and what happens at the ends of its periods, to the end of every chain."""
    yield event
    for child in _children(session, event.key):
        yield from with_children(session, child)


def turns_of(session: Session, deadline_id: int) -> tuple[Turn, ...]:
    """Return what interrupted or suspended a limitation period."""
    statement = select(LimitationTurn).where(col(LimitationTurn.deadline_id) == deadline_id)
    rows = session.exec(statement.order_by(col(LimitationTurn.first))).all()
    return tuple(
        Turn("interrupted" if row.kind == "interrupted" else "suspended", row.first, row.last, row.ground)
        for row in rows
    )


def infringed_in(session: Session, case_id: int) -> date | None:
    """Return the day the right was infringed, where an event of the case says so: the twenty years run from it."""
    statement = select(TriggerEvent).where(
        col(TriggerEvent.case_id) == case_id,
        col(TriggerEvent.trigger) == "right-infringed",
        col(TriggerEvent.withdrawn).is_(False),
    )
    event = session.exec(statement.order_by(col(TriggerEvent.happened_on))).first()
    return event.happened_on if event is not None else None


def recount_event(session: Session, event: TriggerEvent, before: date, law: Law, today: date) -> list[Recount]:
    """Count what hangs on an event again, and what happens at the end of it, to the end of every chain."""
    changes = []
    for row in deadlines_of(session, event.key, "open"):
        changes.append(recount(row, event, law, before, turns=turns_of(session, row.key), today=today))
    return changes + recount_children(session, event, law, today)


def recount_children(session: Session, event: TriggerEvent, law: Law, today: date) -> list[Recount]:
    """Move the events at the end of this one's periods to where those end now, with all that hangs on them."""
    changes: list[Recount] = []
    for child in _children(session, event.key):
        rows = deadlines_of(session, event.key, None)
        parent = next((row for row in rows if row.rule == child.parent_rule), None)
        day = follow_day(child.parent_rule, child.trigger, basis_of(event), law, parent)
        if day is not None and day != child.happened_on:
            earlier, child.happened_on = child.happened_on, day
            changes += recount_event(session, child, earlier, law, today)
    return changes
