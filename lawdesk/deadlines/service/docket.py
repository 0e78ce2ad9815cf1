"""The docket: events make deadlines, deadlines are done, waived or withdrawn, never just gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from sqlmodel import Session, col, select

from lawdesk.cases import CaseDetail, CaseQueries
from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.queries import DeadlineQueries, DocketFilter
from lawdesk.deadlines.rules import (
    Calendar,
    Computation,
    Nature,
    Whose,
    binds_us,
    compute,
    load_calendar,
    load_rulebook,
    rules_for_trigger,
)
from lawdesk.deadlines.service.drafts import (
    ChosenDeadline,
    EventDraft,
    ManualDeadline,
    Proposal,
    Recount,
    check_event,
    check_manual,
)
from lawdesk.deadlines.service.ics import calendar_text
from lawdesk.deadlines.service.sheet import control_sheet
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_
from lawdesk.paper.blocks import Block
from lawdesk.storage.database import Database, Work, check_version

FIELDS_OF_KIND: dict[str, tuple[str, ...]] = {
    "civil": ("civil", "intellectual-property", "arbitration"),
    "criminal": ("criminal",),
    "administrative": ("administrative", "intellectual-property"),
    "labour-arbitration": ("labour", "civil"),
    "commercial-arbitration": ("arbitration", "civil"),
    "enforcement": ("civil",),
}
"""Which fields of the law can matter in which kind of case; for the other kinds every field can."""
APPEALS = ("-appeal-judgment", "-appeal-ruling", "-appeal-judgment-foreign", "-appeal-ruling-foreign")
"""Periods no longer open once a court of second instance has decided (民诉法 182, 刑诉法 244, 行诉法 88)."""


class DeadlineService:
    """Events and what is due for them; ``queries`` looks them up."""

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
        proceeding = next((row for row in case.proceedings if row.id == draft.proceeding_id), None)
        standing = ""
        if proceeding is not None:
            standing = next((row.standing for row in proceeding.standings if row.side == "client"), "")
        if not draft.trigger:
            return []
        rules = rules_for_trigger(
            draft.trigger,
            on=draft.happened_on,
            procedure=FIELDS_OF_KIND.get(case.kind),
            foreign=draft.foreign,
            in_custody=draft.in_custody,
        )
        proposals = []
        for rule in rules:
            computation = self._compute(rule.id, draft)
            whose = binds_us(rule, standing)
            final = proceeding is not None and proceeding.kind.endswith(("-second", "-retrial"))
            appeals = rule.id.endswith(APPEALS) and final
            ticked = whose is Whose.OURS and not appeals and rule.nature is not Nature.WAITING
            proposals.append(Proposal(rule, computation, whose, ticked))
        order = {Whose.OURS: 0, Whose.OPEN: 1, Whose.THEIRS: 2}
        return sorted(
            proposals, key=lambda found: (not found.ticked, order.get(found.whose, 3), found.computation.due)
        )

    def record_event(self, actor: Actor, draft: EventDraft, chosen: tuple[ChosenDeadline, ...] = ()) -> int:
        """Enter what happened and the deadlines taken from it, in one step; return the event's id.

        The date printed on the court's paper wins over the computed one, which stays as its check.
        """
        require(actor, "deadline.write")
        if problems := check_event(draft, self._database.clock.today()):
            raise Refused(problems)
        case = self._cases.case(actor, draft.case_id)
        whose = {choice.rule: self._whose(case, draft, choice.rule) for choice in chosen}
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
                self._add_computed(work, event, choice, case.lead_id, whose[choice.rule])
            work.audit("event", event, case_id=draft.case_id, trigger=draft.trigger, deadlines=len(chosen))
            work.announce(Changed("deadline", "added", (event.key,), (draft.case_id,)))
            return event.key

    def add_deadline(self, actor: Actor, draft: ManualDeadline) -> int:
        """Enter a hearing, a task or a date the court set; return its id."""
        require(actor, "deadline.write")
        if problems := check_manual(draft, self._database.clock.today()):
            raise Refused(problems)
        case = self._cases.case(actor, draft.case_id)
        with self._database.write(actor, "deadline.add") as work:
            row = work.add(
                Deadline(
                    case_id=draft.case_id,
                    proceeding_id=draft.proceeding_id,
                    kind=draft.kind,
                    title_zh=draft.title.strip(),
                    title_en=draft.title.strip(),
                    due=draft.due,
                    due_time=draft.due_time,
                    printed_due=draft.due,
                    person_id=draft.person_id or case.lead_id,
                    note=draft.note.strip(),
                )
            )
            work.audit("deadline", row, case_id=draft.case_id, kind=draft.kind, due=draft.due)
            work.announce(Changed("deadline", "added", (row.key,), (draft.case_id,)))
            return row.key

    def complete(self, actor: Actor, deadline_id: int, *, on: date | None = None, note: str = "") -> None:
        """Mark a deadline as done on a day (today unless said)."""
        done_on = on or self._database.clock.today()
        with self._changing(actor, deadline_id, "deadline.complete", "done") as (work, row):
            row.status, row.done_on, row.done_by = "done", done_on, actor.person_id
            row.done_at, row.note = work.clock.now(), note.strip() or row.note

    def reopen(self, actor: Actor, deadline_id: int) -> None:
        """Take back "done" or "waived"."""
        with self._changing(actor, deadline_id, "deadline.reopen", "reopened") as (_work, row):
            row.status, row.done_on, row.done_by, row.done_at = "open", None, None, None

    def waive(self, actor: Actor, deadline_id: int, reason: str) -> None:
        """Let a deadline pass on purpose; the reason is kept. Raises Refused without one."""
        if not reason.strip():
            raise Refused([Problem("deadline.reason", N_("Say why this deadline is let go."), "reason")])
        with self._changing(actor, deadline_id, "deadline.waive", "waived") as (_work, row):
            row.status, row.reason = "waived", reason.strip()

    def move(self, actor: Actor, deadline_id: int, due: date, reason: str, *, seen: int | None = None) -> None:
        """Set another date, as printed on a paper of the court; the computed one stays as its check."""
        problems = []
        if not reason.strip():
            problems.append(Problem("deadline.reason", N_("Say why the date changes."), "reason"))
        if due < date(1980, 1, 1) or due.year > self._database.clock.today().year + 30:
            problems.append(Problem("deadline.day", N_("This day cannot be right."), "due"))
        if problems:
            raise Refused(problems)
        with self._changing(actor, deadline_id, "deadline.move", "moved") as (_work, row):
            check_version(row, seen)
            row.printed_due = row.due = due
            row.reason = reason.strip()

    def assign(self, actor: Actor, deadline_id: int, person_id: int) -> None:
        """Make somebody else answer for a deadline."""
        with self._changing(actor, deadline_id, "deadline.assign", "assigned") as (_work, row):
            row.person_id = person_id

    def withdraw_event(self, actor: Actor, event_id: int, reason: str) -> None:
        """Take an event back with every open deadline that hangs on it; the rows stay, with the reason."""
        require(actor, "deadline.write")
        if not reason.strip():
            raise Refused([Problem("event.reason", N_("Say why this event is taken back."), "reason")])
        with self._database.write(actor, "event.withdraw") as work:
            event = _get_event(work.session, event_id)
            event.withdrawn = True
            rows = _open_deadlines(work.session, event_id)
            for row in rows:
                row.status, row.reason = "withdrawn", reason.strip()
            work.audit("event", event, case_id=event.case_id, deadlines=len(rows))
            work.announce(Changed("deadline", "withdrawn", tuple(row.key for row in rows), (event.case_id,)))

    def change_event(self, actor: Actor, event_id: int, happened_on: date) -> list[Recount]:
        """Correct the day of an event; every open deadline that hangs on it is counted anew.

        Returns old and new date of each; a date printed on a paper stays.
        """
        require(actor, "deadline.write")
        with self._database.write(actor, "event.change") as work:
            event = _get_event(work.session, event_id)
            event.happened_on = happened_on
            changes = [self._recount(row, event) for row in _open_deadlines(work.session, event_id) if row.rule]
            moved = [change for change in changes if change.before != change.after]
            work.audit("event", event, case_id=event.case_id, moved=len(moved))
            work.announce(Changed("deadline", "recounted", (event_id,), (event.case_id,)))
            return moved

    def section(self, actor: Actor, case_id: int) -> list[Block]:
        """Return the control sheet of a case for its file: every deadline with its basis and state."""
        rows = self.queries.docket(actor, DocketFilter(case_id=case_id, status=None), limit=1000)
        return control_sheet(rows)

    def export_calendar(self, actor: Actor, path: Path) -> int:
        """Write the open docket as iCalendar; return the number of deadlines. Recorded: it leaves the office."""
        require(actor, "case.package")
        rows = self.queries.docket(actor, limit=100_000)
        uids = self.queries.uids(actor)
        text = calendar_text(((row, uids[row.id]) for row in rows), self._database.clock.now())
        with atomic_path(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="")
        with self._database.write(actor, "deadline.export") as work:
            work.audit("deadline", count=len(rows))
        return len(rows)

    def explain(self, actor: Actor, deadline_id: int) -> Computation | None:
        """Return the count behind a deadline, None for a date entered by hand."""
        row = self.queries.deadline(actor, deadline_id)
        if not row.rule or row.trigger_date is None:
            return None
        moment = _moment(row.trigger_date, row.happened_at)
        return compute(
            row.rule_version or row.rule,
            moment,
            in_custody=row.in_custody,
            foreign=row.foreign,
            calendar=self.calendar,
            length_override=row.length_override,
        )

    def _compute(self, rule: str, draft: EventDraft, length_override: int | None = None) -> Computation:
        return compute(
            rule,
            _moment(draft.happened_on, draft.happened_at),
            in_custody=draft.in_custody,
            foreign=draft.foreign,
            calendar=self.calendar,
            length_override=length_override,
        )

    def _whose(self, case: CaseDetail, draft: EventDraft, rule_id: str) -> Whose:
        rule = load_rulebook().rules.get(rule_id)
        if rule is None:
            return Whose.OURS
        rows = next((p.standings for p in case.proceedings if p.id == draft.proceeding_id), case.parties)
        return binds_us(rule, next((row.standing for row in rows if row.side == "client"), ""))

    def _add_computed(
        self, work: Work, event: TriggerEvent, choice: ChosenDeadline, person_id: int, whose: Whose
    ) -> None:
        draft = EventDraft(
            event.case_id,
            event.happened_on,
            event.title,
            happened_at=event.happened_at,
            in_custody=event.in_custody,
            foreign=event.foreign,
        )
        found = self._compute(choice.rule, draft, choice.length_override)
        work.add(
            Deadline(
                case_id=event.case_id,
                proceeding_id=event.proceeding_id,
                event_id=event.key,
                title_zh=found.rule.title_zh,
                title_en=found.rule.title_en,
                rule=choice.rule,
                rule_version=found.version,
                statute=found.rule.statute_zh,
                article=found.article,
                length_override=choice.length_override,
                trigger_date=event.happened_on,
                due=choice.printed_due or found.due,
                due_time=found.due_at.strftime("%H:%M") if found.due_at else "",
                computed_due=found.due,
                raw_end=found.raw_end,
                early_warning=found.early_warning,
                printed_due=choice.printed_due,
                provisional=found.provisional,
                whose=whose.value,
                person_id=person_id,
            )
        )

    def _recount(self, row: Deadline, event: TriggerEvent) -> Recount:
        draft = EventDraft(
            event.case_id,
            event.happened_on,
            event.title,
            happened_at=event.happened_at,
            in_custody=event.in_custody,
            foreign=event.foreign,
        )
        found = self._compute(row.rule, draft, row.length_override)
        before = row.due
        row.trigger_date, row.rule_version, row.article = event.happened_on, found.version, found.article
        row.computed_due, row.raw_end, row.early_warning = found.due, found.raw_end, found.early_warning
        row.provisional = found.provisional
        row.due = row.printed_due or found.due
        return Recount(row.key, row.title_zh, row.title_en, before, row.due)

    @contextmanager
    def _changing(self, actor: Actor, deadline_id: int, action: str, past: str) -> Iterator[tuple[Work, Deadline]]:
        """Change one deadline in a transaction that audits and announces itself."""
        require(actor, "deadline.write")
        self.queries.deadline(actor, deadline_id)  # refuses what the actor may not see
        with self._database.write(actor, action) as work:
            row = work.session.get(Deadline, deadline_id)
            if row is None:
                raise UserError("deadline.unknown", N_("There is no such deadline."))
            yield work, row
            work.audit("deadline", row, case_id=row.case_id, status=row.status, due=row.due)
            work.announce(Changed("deadline", past, (row.key,), (row.case_id,)))


def _moment(day: date, clock_time: str) -> date | datetime:
    """Return the day, or the moment where its hour is known (``HH:MM``)."""
    if not clock_time:
        return day
    return datetime.combine(day, time.fromisoformat(clock_time))


def _get_event(session: Session, event_id: int) -> TriggerEvent:
    event = session.get(TriggerEvent, event_id)
    if event is None:
        raise UserError("event.unknown", N_("There is no such event."))
    return event


def _open_deadlines(session: Session, event_id: int) -> list[Deadline]:
    statement = select(Deadline).where(col(Deadline.event_id) == event_id, col(Deadline.status) == "open")
    return list(session.exec(statement).all())
