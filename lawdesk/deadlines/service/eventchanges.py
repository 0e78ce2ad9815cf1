"""An event is corrected or taken back: what hangs on it follows, with a reason, by two persons where asked."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.queries import DocketFilter
from lawdesk.deadlines.service.drafts import EventDraft, Recount, check_event
from lawdesk.deadlines.service.events import deadlines_of, get_event, recount_event, with_children
from lawdesk.deadlines.service.states import NO_EVIDENCE, StateService, Wish
from lawdesk.firm import Actor, require
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_, _
from lawdesk.storage.database import Work


class EventChangeService(StateService):
    """Deleting and moving deadlines by way of their event."""

    def withdraw_event(self, actor: Actor, event_id: int, reason: str) -> bool:
        """Take an event back with every open deadline that hangs on it; the rows stay, with the reason.

        Raises Refused without a reason. Returns False where a second person has to agree first.
        """
        require(actor, "deadline.write")
        if not reason.strip():
            raise Refused([Problem("event.reason", N_("Say why this event is taken back."), "reason")])
        self.queries.event(actor, event_id)  # refuses what the actor may not see
        if self._asked_first(actor, event_id, Wish("withdraw", None, reason, NO_EVIDENCE)):
            return False
        with self._database.write(actor, "event.withdraw") as work:
            event = get_event(work.session, event_id)
            rows = _withdraw(work, event, reason)
            work.audit("event", event, case_id=event.case_id, deadlines=len(rows))
            work.announce(Changed("deadline", "withdrawn", tuple(row.key for row in rows), (event.case_id,)))
        return True

    def restore_event(self, actor: Actor, event_id: int) -> None:
        """Undo :meth:`withdraw_event`: the event and the deadlines withdrawn with it hold again."""
        require(actor, "deadline.write")
        self.queries.event(actor, event_id)
        with self._database.write(actor, "event.restore") as work:
            event = get_event(work.session, event_id)
            rows = []
            for one in with_children(work.session, event):
                one.withdrawn, one.reason = False, ""
                rows += deadlines_of(work.session, one.key, "withdrawn")
            for row in rows:
                row.status, row.reason = "open", ""
            work.audit("event", event, case_id=event.case_id, deadlines=len(rows))
            work.announce(Changed("deadline", "reopened", tuple(row.key for row in rows), (event.case_id,)))

    def foresee_change(self, actor: Actor, event_id: int, happened_on: date) -> list[Recount]:
        """Return what :meth:`change_event` would do to every open deadline of the event. Nothing is saved."""
        self.queries.event(actor, event_id)
        self.law.refresh()
        with self._database.read(actor) as session, session.no_autoflush:
            event = get_event(session, event_id)
            before, event.happened_on = event.happened_on, happened_on
            changes = recount_event(session, event, before, self.law, self._database.clock.today())
            session.rollback()
        return changes

    def change_event(self, actor: Actor, event_id: int, happened_on: date, reason: str) -> list[Recount] | None:
        """Correct the day of an event; every open deadline that hangs on it is counted anew.

        Returns old and new date of each that moved, None where a second person has to agree first; a date printed
        on a paper stays. Raises Refused without a reason, for an impossible day and an event that was withdrawn.
        """
        require(actor, "deadline.write")
        found = self.queries.event(actor, event_id)
        problems = check_event(EventDraft(found.case_id, happened_on, found.title), self._database.clock.today())
        if found.withdrawn:
            problems.append(Problem("event.withdrawn", N_("This event was withdrawn."), "happened_on"))
        if not reason.strip():
            problems.append(Problem("event.reason", N_("Say why the day is corrected."), "reason"))
        if problems:
            raise Refused(problems)
        if self._asked_first(actor, event_id, Wish("redate", happened_on, reason, NO_EVIDENCE)):
            return None
        with self._database.write(actor, "event.change") as work:
            event = get_event(work.session, event_id)
            before = event.happened_on
            moved = self._redate(work, event, happened_on, reason)
            work.audit("event", event, case_id=event.case_id, before=before, after=happened_on, moved=len(moved))
            work.announce(Changed("deadline", "recounted", (event_id,), (event.case_id,)))
            return moved

    def _asked_first(self, actor: Actor, event_id: int, wish: Wish) -> bool:
        """Note a wish where the firm asks for a second person and something open hangs on the event."""
        hanging = self.queries.docket(actor, DocketFilter(event_id=event_id), limit=1)
        if not hanging or not self.two_persons(actor):
            return False
        with self._changing(actor, hanging[0].id, "deadline.ask", "asked") as (work, row):
            self._note_wish(work, row, wish, actor)
        return True

    def _apply(self, work: Work, row: Deadline, wish: Wish) -> None:
        if wish.kind not in ("withdraw", "redate"):
            super()._apply(work, row, wish)
            return
        event = get_event(work.session, row.event_id or 0)
        if wish.due is None:
            _withdraw(work, event, wish.reason)
        else:
            self._redate(work, event, wish.due, wish.reason)

    def _redate(self, work: Work, event: TriggerEvent, day: date, reason: str) -> list[Recount]:
        """Correct the day in a running transaction; the event keeps what its day was and why it changed."""
        before, event.happened_on = event.happened_on, day
        words = _("Day corrected from {before} to {after}: {reason}").format(
            before=long_date(before), after=long_date(day), reason=reason.strip()
        )
        event.note = "\n".join(part for part in (event.note, words) if part)
        changes = recount_event(work.session, event, before, self.law, work.clock.today())
        return [change for change in changes if change.before != change.after]


def _withdraw(work: Work, event: TriggerEvent, reason: str) -> list[Deadline]:
    rows: list[Deadline] = []
    for one in with_children(work.session, event):
        one.withdrawn, one.reason = True, reason.strip()
        rows += deadlines_of(work.session, one.key, "open")
    for row in rows:
        row.status, row.reason = "withdrawn", reason.strip()
    return rows
