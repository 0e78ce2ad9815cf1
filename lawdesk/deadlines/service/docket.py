"""The docket: deadlines are done, let go, moved or withdrawn, never just gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import col
from sqlmodel import select as sm_select

from lawdesk.cases import CaseQueries
from lawdesk.deadlines.model import Deadline
from lawdesk.deadlines.queries import DocketFilter
from lawdesk.deadlines.rules import (
    Appointment,
    Calendar,
    Clash,
    Computation,
    CourtEntry,
    compute,
    explain,
    find_clashes,
)
from lawdesk.deadlines.service.counting import manual_deadline, moment_of
from lawdesk.deadlines.service.drafts import ManualDeadline, check_manual
from lawdesk.deadlines.service.hearings import HearingService
from lawdesk.deadlines.service.ics import calendar_text
from lawdesk.deadlines.service.icsreading import read_ics
from lawdesk.deadlines.service.lawkeeping import LawService
from lawdesk.deadlines.service.reminding import ReminderService
from lawdesk.deadlines.service.sheet import (
    Proved,
    case_sheet,
    control_sheet,
    register_of_day,
    reminder_words,
    request_words,
    write_paper,
)
from lawdesk.firm import Actor, FirmQueries, require
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.events import Changed
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _
from lawdesk.storage.database import Database

if TYPE_CHECKING:
    from lawdesk.paper.blocks import Block, TextDocument


class DeadlineService(HearingService):
    """Events and what is due for them; ``queries`` looks them up, ``laws`` keeps what is counted by."""

    def __init__(self, database: Database, cases: CaseQueries, calendar: Calendar | None = None) -> None:
        super().__init__(database, cases, calendar)
        self.laws = LawService(database, self.law)
        self._firm = FirmQueries(database)
        self.reminders = ReminderService(database, self.law, self.queries, self._firm)

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

    def section(self, actor: Actor, case_id: int) -> list[Block]:
        """Return the control sheet of a case for its file: every deadline with its basis and state."""
        rows = self.queries.docket(actor, DocketFilter(case_id=case_id, status=None), limit=1000)
        return control_sheet(rows)

    def register(self, actor: Actor, day: date) -> TextDocument:
        """Return the register of the deadlines entered on ``day``, as a document to print."""
        return register_of_day(self.queries.entered(actor, day), day, self._firm.firm_name(actor))

    def control_sheet(self, actor: Actor, case_id: int) -> TextDocument:
        """Return the control sheet of a case: every date with event, basis, count, proof, state and reminders."""
        case = self._cases.case(actor, case_id)
        rows = self.queries.docket(actor, DocketFilter(case_id=case_id, status=None), limit=1000)
        found = []
        for row in rows:
            computation = self.explain(actor, row.id)
            lines = tuple(explain(computation).splitlines()) if computation is not None else ()
            asked = tuple(
                request_words(one).replace("\n", ", ") for one in self.queries.requests_of(actor, row.id)
            )
            found.append(Proved(row, lines, reminder_words(self.queries.ledger(actor, row.id)), asked))
        return case_sheet(found, number=case.number, title=case.title, firm=self._firm.firm_name(actor))

    def write_paper(self, actor: Actor, document: TextDocument, path: Path) -> None:
        """Write a register or control sheet as PDF or Word. Recorded: it leaves the office."""
        require(actor, "case.package")
        write_paper(document, path)
        with self._database.write(actor, "deadline.paper") as work:
            work.audit("deadline", title=document.title)

    def clashes(self, actor: Actor, draft: ManualDeadline) -> list[Clash]:
        """Return the other hearings of the same person that leave too little time before or after this one."""
        case = self._cases.case(actor, draft.case_id)
        person = draft.person_id or case.lead_id
        first = draft.due - timedelta(days=draft.due > date.min)
        last = draft.due + timedelta(days=draft.due < date.max)
        court = next((row.court for row in case.proceedings if row.id == draft.proceeding_id), "")
        court = court or (case.proceedings[-1].court if case.proceedings else "")
        planned = Appointment(draft.due, draft.due_time, court)
        others = [
            Appointment(
                row.due, row.due_time, row.court, f"{row.case_number} {row.case_title} {row.title}", row.id
            )
            for row in self.queries.hearings(actor, person, first, last)
        ]
        return find_clashes(planned, others)

    def read_court_calendar(self, actor: Actor, path: Path) -> list[CourtEntry]:
        """Read a court's .ics file and match its hearings to cases; nothing is saved.

        Raises UserError for a file that is no calendar, Refused with every entry that cannot be read.
        """
        require(actor, "deadline.write")
        return [replace(entry, case_id=self._case_of(actor, entry)) for entry in read_ics(path)]

    def import_court_calendar(self, actor: Actor, entries: Sequence[CourtEntry]) -> tuple[int, int]:
        """Enter or move the hearings of a court's calendar; return how many are new and how many moved.

        An entry is known again by its uid. Those without a case are left out; what was cancelled is withdrawn.
        Raises Refused when an entry holds a time that is none.
        """
        require(actor, "deadline.write")
        drafts = [
            ManualDeadline(entry.case_id or 0, entry.summary, entry.day, "", entry.time) for entry in entries
        ]
        found = [one for draft in drafts for one in check_manual(draft, self._database.clock.today())]
        if wrong := [one for one in found if one.field == "due_time"]:
            raise Refused(wrong)
        added = moved = 0
        ours = [(entry, entry.case_id) for entry in entries if entry.case_id is not None]
        leads = {case_id: self._cases.case(actor, case_id).lead_id for _entry, case_id in ours}
        with self._database.write(actor, "deadline.court_calendar") as work:
            work.not_audited()  # unless something changes below
            for entry, case_id in ours:
                statement = sm_select(Deadline).where(
                    col(Deadline.outside_uid) == entry.uid, col(Deadline.case_id) == case_id
                )
                row = work.session.exec(statement).first()
                if row is None and not entry.cancelled:
                    draft = ManualDeadline(case_id, entry.summary, entry.day, "hearing", entry.time)
                    row = work.add(manual_deadline(draft, person_id=leads[case_id]))
                    row.outside_uid, row.note = entry.uid, entry.place
                    added += 1
                elif row is not None and (row.due, row.due_time) != (entry.day, entry.time):
                    row.due = row.printed_due = entry.day
                    row.due_time, moved = entry.time, moved + 1
                if row is not None and entry.cancelled and row.status == "open":
                    row.status, row.reason = "withdrawn", _("Cancelled in the court's calendar")
                    moved += 1
                if row is not None:
                    work.audit("deadline", row, case_id=case_id, uid=entry.uid)
                    work.announce(Changed("deadline", "added", (row.key,), (case_id,)))
        return added, moved

    def _case_of(self, actor: Actor, entry: CourtEntry) -> int | None:
        for number in entry.numbers:
            case_id = self._cases.find_case(actor, number)
            if case_id is not None:
                return case_id
        return None

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
        account = self.limitation(actor, deadline_id)
        if account is not None:
            return account.base  # counted from the last interruption; the account says the rest
        return compute(
            row.rule_version or row.rule,
            moment_of(row.trigger_date, row.happened_at),
            in_custody=row.in_custody,
            foreign=row.foreign,
            calendar=self.calendar,
            length_override=row.length_override,
            rulebook=self.book,
            court=row.court,
        )
