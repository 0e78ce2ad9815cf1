"""What the detail of a deadline reads at once, on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lawdesk.cases import PROCEEDING_KINDS, ProceedingRow
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.queries import DeadlineRow, DocketFilter, EventRow, RequestRow
from lawdesk.deadlines.rules import Calendar, Computation, LimitationCount, NextEvent, next_events
from lawdesk.kernel.errors import LawDeskError


@dataclass(frozen=True)
class Shown:
    """A deadline with its proof. ``error``: why there is no count; ``others`` hang on its event."""

    row: DeadlineRow
    computation: Computation | None
    error: LawDeskError | None
    event: EventRow | None
    others: tuple[DeadlineRow, ...]
    chain: tuple[NextEvent, ...]
    proceeding: ProceedingRow | None
    account: LimitationCount | None = None
    requests: tuple[RequestRow, ...] = ()

    @property
    def proceeding_title(self) -> str:
        """The instance or procedure, in the user's language."""
        kind = PROCEEDING_KINDS.get(self.proceeding.kind) if self.proceeding is not None else None
        return kind.title if kind is not None else ""


def read_deadline(desk: Desk, deadline_id: int) -> Shown:
    """Read a deadline, its count, its event and what else hangs on that; raises UserError when there is none."""
    actor, service = desk.actor(), desk.service
    row = service.queries.deadline(actor, deadline_id)
    computation: Computation | None = None
    error: LawDeskError | None = None
    try:
        computation = service.explain(actor, deadline_id)
    except LawDeskError as found:
        error = found
    event = service.queries.event(actor, row.event_id) if row.event_id is not None else None
    others: tuple[DeadlineRow, ...] = ()
    if row.event_id is not None:
        wanted = DocketFilter(event_id=row.event_id, status=None)
        others = tuple(other for other in service.queries.docket(actor, wanted) if other.id != row.id)
    case = desk.cases.case(actor, row.case_id)
    proceeding = next((found for found in case.proceedings if found.id == row.proceeding_id), None)
    chain = tuple(next_events(computation)) if computation is not None else ()
    account = service.limitation(actor, deadline_id) if row.rule else None
    requests = tuple(service.queries.requests_of(actor, deadline_id))
    return Shown(row, computation, error, event, others, chain, proceeding, account, requests)


def working_days_left(calendar: Calendar, today: date, due: date) -> int:
    """Return how many working days lie after today, up to and with ``due``."""
    count = 0
    for year in range(today.year, due.year + 1):
        count += sum(1 for day in calendar.workdays(year) if today.toordinal() < day <= due.toordinal())
    return count
