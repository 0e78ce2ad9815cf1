"""Everything a lawyer does with time, in one object."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.cases import CaseQueries
from lawdesk.firm import Actor, FirmQueries
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database
from lawdesk.timesheet.queries import TimesheetQueries
from lawdesk.timesheet.report import FORMATS, Format, Names, build_report, write_report
from lawdesk.timesheet.rules import By
from lawdesk.timesheet.service.entries import CellChange, require_own
from lawdesk.timesheet.service.quick import QuickPreview, QuickService
from lawdesk.timesheet.service.timer import TimerService, TimerStarted

if TYPE_CHECKING:
    from lawdesk.paper.report import TableReport

__all__ = ["CellChange", "QuickPreview", "TimerStarted", "TimesheetService", "require_own"]


class TimesheetService(QuickService, TimerService):
    """Timer, time entries, rates and reports; ``queries`` looks them up."""

    def __init__(
        self, database: Database, cases: CaseQueries | None = None, firm: FirmQueries | None = None
    ) -> None:
        super().__init__(database, cases)
        self._firm = firm or FirmQueries(database)
        self.queries = TimesheetQueries(database, self._cases)

    def report(self, actor: Actor, first: date, last: date, by: By) -> TableReport:
        """Return the report of the whole firm from ``first`` to ``last`` (both included), ready to be written."""
        if last < first:
            message = N_("The period ends before it begins. Exchange the two days.")
            raise Refused([Problem("time.period", message, "last")], N_("There is nothing to report."))
        atoms = self.queries.atoms(actor, first, last)
        people = {person.id: person.name for person in self._firm.people(actor, everybody=True)}
        cases: dict[int, tuple[str, str]] = {}
        clients: dict[int, str] = {}
        clients_of: dict[int, list[int]] = {}
        for case_id in sorted({atom.case_id for atom in atoms if atom.case_id is not None}):
            detail = self._cases.case(actor, case_id)
            cases[case_id] = (detail.number, detail.title)
            clients_of[case_id] = [client.party_id for client in detail.clients]
            clients |= {client.party_id: client.name for client in detail.clients}
        names = Names(self._firm.firm_name(actor), people, cases, clients, clients_of)
        return build_report(atoms, By(by), first, last, names)

    def month_report(
        self, actor: Actor, first: date, last: date, *, by: By, form: Format, path: Path
    ) -> TableReport:
        """Write the report to ``path`` as ``csv``, ``xlsx`` or ``pdf`` and return what was written.

        Raises Refused for a period that ends before it begins, EnvironmentFailure when the file cannot be written.
        On record, because it leaves the office.
        """
        if form not in FORMATS:
            raise Refused([Problem("time.format", N_("A report is written as csv, xlsx or pdf."), "format")])
        report = self.report(actor, first, last, by)
        write_report(report, form, path)
        with self._database.write(actor, "time.report") as work:
            work.audit("time_entry", by=by.value, form=form, first=first, last=last)
        return report
