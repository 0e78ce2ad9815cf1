"""The docket: deadlines are done, let go, moved or withdrawn, never just gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from lawdesk.deadlines.model import Deadline
from lawdesk.deadlines.queries import DocketFilter
from lawdesk.deadlines.rules import Computation, compute
from lawdesk.deadlines.service.counting import manual_deadline, moment_of
from lawdesk.deadlines.service.drafts import ManualDeadline, check_manual, possible_day
from lawdesk.deadlines.service.events import EventService
from lawdesk.deadlines.service.ics import calendar_text
from lawdesk.firm import Actor, people_names, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Work, check_version

if TYPE_CHECKING:
    from lawdesk.paper.blocks import Block


class DeadlineService(EventService):
    """Events and what is due for them; ``queries`` looks them up."""

    def add_deadline(self, actor: Actor, draft: ManualDeadline) -> int:
        """Enter a hearing, a task or a date the court set; return its id."""
        require(actor, "deadline.write")
        if problems := check_manual(draft, self._database.clock.today()):
            raise Refused(problems)
        case = self._cases.case(actor, draft.case_id)
        with self._database.write(actor, "deadline.add") as work:
            row = work.add(manual_deadline(draft, person_id=case.lead_id))
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
        """Take back "done", "let go" or "withdrawn". Raises Refused while the event it hangs on is withdrawn."""
        event_id = self.queries.deadline(actor, deadline_id).event_id
        if event_id is not None and self.queries.event(actor, event_id).withdrawn:
            message = N_("The event this deadline hangs on was withdrawn: bring the event back instead.")
            raise Refused([Problem("deadline.event_withdrawn", message)])
        with self._changing(actor, deadline_id, "deadline.reopen", "reopened") as (_work, row):
            if row.status in ("waived", "withdrawn"):
                row.reason = ""
            row.status, row.done_on, row.done_by, row.done_at = "open", None, None, None

    def waive(self, actor: Actor, deadline_id: int, reason: str) -> None:
        """Let a deadline pass on purpose; the reason is kept. Raises Refused without one."""
        if not reason.strip():
            raise Refused([Problem("deadline.reason", N_("Say why this deadline is let go."), "reason")])
        with self._changing(actor, deadline_id, "deadline.waive", "waived") as (_work, row):
            row.status, row.reason = "waived", reason.strip()

    def move(
        self, actor: Actor, deadline_id: int, due: date | None, reason: str, *, seen: int | None = None
    ) -> None:
        """Set another date, as printed on a paper of the court; the computed one stays as its check.

        None takes the printed date off: the computed one holds again. Raises Refused without a reason, for an
        impossible day, and for None where nothing was computed.
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
        with self._changing(actor, deadline_id, "deadline.move", "moved") as (_work, row):
            check_version(row, seen)
            row.printed_due = due
            row.due = due or row.computed_due or row.due
            row.reason = reason.strip()

    def assign(self, actor: Actor, deadline_id: int, person_id: int) -> None:
        """Make somebody else answer for a deadline; raises UserError for somebody who is not in the firm."""
        with self._changing(actor, deadline_id, "deadline.assign", "assigned") as (work, row):
            names = people_names()
            known = work.session.execute(select(names.c.name).where(names.c.person_id == person_id)).first()
            if known is None:
                raise UserError("person.unknown", N_("There is no such person in the firm."))
            row.person_id = person_id

    def section(self, actor: Actor, case_id: int) -> list[Block]:
        """Return the control sheet of a case for its file: every deadline with its basis and state."""
        from lawdesk.deadlines.service.sheet import control_sheet

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
        return compute(
            row.rule_version or row.rule,
            moment_of(row.trigger_date, row.happened_at),
            in_custody=row.in_custody,
            foreign=row.foreign,
            calendar=self.calendar,
            length_override=row.length_override,
        )

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
