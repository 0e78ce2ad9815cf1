"""Hearings that did not take place on their day: the old one is answered, the new one entered in one step."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.service.counting import manual_deadline
from lawdesk.deadlines.service.drafts import ChosenDeadline, EventDraft, ManualDeadline, check_manual
from lawdesk.deadlines.service.eventchanges import EventChangeService
from lawdesk.deadlines.service.events import deadlines_of, get_event
from lawdesk.deadlines.service.states import NO_EVIDENCE, Evidence, Wish
from lawdesk.firm import Actor
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.storage.database import Work, check_version

HEARING_DATE = "hearing-date"


class HearingService(EventChangeService):
    """A hearing is held (``complete``), adjourned to another day, or not held at all (``waive``)."""

    def adjourn(
        self,
        actor: Actor,
        deadline_id: int,
        to: date,
        *,
        at: str = "",
        place: str = "",
        reason: str = "",
        evidence: Evidence = NO_EVIDENCE,
        seen: int | None = None,
    ) -> tuple[int, bool]:
        """Enter the new day of a hearing and answer the old one; return the new id and whether that holds at once.

        What was counted from the old day is counted from the new one. Where the firm asks for a second person the
        new hearing is entered at once and the old one stays until somebody agrees: two dates are safer than none.
        Raises Refused for anything but an open hearing, without a reason, for the same or an impossible day.
        """
        row = self.queries.deadline(actor, deadline_id)
        draft = ManualDeadline(
            row.case_id,
            row.title_zh,
            to,
            "hearing",
            at,
            row.proceeding_id,
            row.person_id,
            place.strip() or row.note,
            row.title_en,
        )
        if problems := _problems(row, draft, reason, self._database.clock.today()):
            raise Refused(problems)
        case, ask = self._cases.case(actor, row.case_id), self.two_persons(actor)
        why = _("Adjourned to {day}: {reason}").format(day=f"{long_date(to)} {at}".strip(), reason=reason.strip())
        self.law.refresh()
        with self._changing(actor, deadline_id, "hearing.adjourn", "adjourned") as (work, old):
            check_version(old, seen)
            event = get_event(work.session, old.event_id) if old.event_id is not None else None
            if event is not None and event.trigger == HEARING_DATE and event.happened_on == old.due:
                rest = [one for one in deadlines_of(work.session, event.key, "open") if one.rule]
                chosen = [ChosenDeadline(one.rule, None, one.length_override) for one in rest]
                event = self._enter(work, case, _again(event, to, at, why), chosen)
                for one in rest:
                    one.status, one.reason = "withdrawn", why
            new = work.add(manual_deadline(draft, person_id=old.person_id, event_id=event.key if event else None))
            new.outside_uid, old.outside_uid = old.outside_uid, ""
            self._answer(work, old, Wish("waive", None, why, evidence), actor, ask=ask)
            return new.key, not ask

    def _answer(self, work: Work, old: Deadline, wish: Wish, actor: Actor, *, ask: bool) -> None:
        if ask:
            self._note_wish(work, old, wish, actor)
        else:
            self._apply(work, old, wish)


def _again(event: TriggerEvent, to: date, at: str, why: str) -> EventDraft:
    return EventDraft(
        event.case_id,
        to,
        event.title,
        event.trigger,
        event.proceeding_id,
        at,
        in_custody=event.in_custody,
        foreign=event.foreign,
        note=why,
    )


def _problems(row: DeadlineRow, draft: ManualDeadline, reason: str, today: date) -> list[Problem]:
    problems = check_manual(draft, today)
    if row.kind != "hearing":
        problems.append(Problem("hearing.kind", N_("Only a hearing is adjourned."), "due"))
    if row.status != "open":
        problems.append(Problem("deadline.over", N_("This deadline is no longer open."), "due"))
    if (draft.due, draft.due_time) == (row.due, row.due_time):
        problems.append(Problem("hearing.same", N_("This is the day and hour it had already."), "due"))
    if not reason.strip():
        problems.append(Problem("deadline.reason", N_("Say why the date changes."), "reason"))
    return problems
