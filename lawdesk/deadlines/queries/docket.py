"""Looking up the docket: paged and sorted in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from sqlalchemy import Row, Select, case, func, or_, select, true
from sqlmodel import col

from lawdesk.cases import case_heads
from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.queries.rows import OPEN, DayOfMonth, DeadlineRow, DocketFilter, EventRow
from lawdesk.firm import Actor, people_names, visible_to
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database

S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class DocketQueries:
    """Look-ups about deadlines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def docket(
        self,
        actor: Actor,
        chosen: DocketFilter = OPEN,
        *,
        newest_first: bool = False,
        offset: int = 0,
        limit: int = 200,
    ) -> list[DeadlineRow]:
        """Return one page of deadlines, nearest first (or the latest date first)."""
        statement = visible_to(_narrow(docket_rows(), chosen), actor, col(Deadline.case_id))
        order = (col(Deadline.due), col(Deadline.due_time), col(Deadline.id))
        statement = statement.order_by(*(column.desc() if newest_first else column for column in order))
        with self._database.read(actor) as session:
            return [_docket_row(row) for row in session.execute(statement.offset(offset).limit(limit)).all()]

    def count(self, actor: Actor, chosen: DocketFilter = OPEN) -> int:
        """Return how many deadlines the filter leaves."""
        statement = visible_to(_narrow(select(func.count(col(Deadline.id))), chosen), actor, col(Deadline.case_id))
        with self._database.read(actor) as session:
            return int(session.execute(statement).scalar_one())

    def tally(
        self, actor: Actor, chosen: DocketFilter, edges: Sequence[date], *, most: int | None = None
    ) -> tuple[int, ...]:
        """Return how many are due before the first edge, from each edge to the next, and from the last on.

        ``edges`` ascend; the answer has one number more than there are edges. ``most``: no range is counted
        further than that, so that opening a list costs the same however long it is.
        """
        due = col(Deadline.due)
        ranges = []
        for low, high in pairwise([None, *edges, None]):
            inside = (true() if low is None else due >= low, true() if high is None else due < high)
            found = visible_to(_narrow(select(due), chosen), actor, col(Deadline.case_id)).where(*inside)
            ranges.append(select(func.count()).select_from(found.limit(most).subquery()))
        with self._database.read(actor) as session:  # one statement; each count reads its own range of an index
            row = session.execute(select(*(found.scalar_subquery() for found in ranges))).one()
            return tuple(int(number) for number in row)

    def parts(
        self,
        actor: Actor,
        chosen: DocketFilter,
        edges: Sequence[date],
        *,
        offset: int = 0,
        limit: int = 200,
        most: int | None = None,
    ) -> tuple[list[DeadlineRow], tuple[int, ...]]:
        """Return one page of what is open and how many are in each of its parts.

        The parts: what is overdue, hearings of past days (held?), then from each edge to the next; ``edges[0]`` is
        today, also where none is named. ``most``: as in :meth:`tally`.
        """
        edges = edges or (self._database.clock.today(),)
        past = max(edges[0], date.min + timedelta(days=1)) - timedelta(days=1)
        late, asked = (replace(chosen, until=past, hearings=wanted) for wanted in (False, True))
        ahead = replace(chosen, since=edges[0])
        counts = [self.tally(actor, part, (), most=most)[0] for part in (late, asked)]
        following = self.tally(actor, replace(ahead, until=None), edges[1:], most=most)
        rows: list[DeadlineRow] = []
        skip = offset
        for part, count in ((late, counts[0]), (asked, counts[1]), (ahead, sum(following))):
            if len(rows) < limit and skip < count:
                rows += self.docket(actor, part, offset=skip, limit=limit - len(rows))
            skip = max(0, skip - count)
        return rows, (*counts, *following)

    def deadline(self, actor: Actor, deadline_id: int) -> DeadlineRow:
        """Return one deadline; raises UserError when there is none that ``actor`` may see."""
        statement = visible_to(docket_rows().where(col(Deadline.id) == deadline_id), actor, col(Deadline.case_id))
        with self._database.read(actor) as session:
            row = session.execute(statement).one_or_none()
            if row is None:
                raise UserError("deadline.unknown", N_("There is no such deadline."))
            return _docket_row(row)

    def uids(self, actor: Actor) -> dict[int, str]:
        """Return the uid of every open deadline by id: what calendars outside know it by."""
        statement = select(col(Deadline.id), col(Deadline.uid)).where(col(Deadline.status) == "open")
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return {row[0]: row[1] for row in rows}

    def days(
        self, actor: Actor, first: date, last: date, *, person_id: int | None = None, most: int = 4
    ) -> dict[date, DayOfMonth]:
        """Return what the month view shows: the open ones of each day counted, and its first ``most`` rows.

        What is open comes before what is done; what was withdrawn is left out.
        """
        chosen = DocketFilter(person_id=person_id, since=first, until=last, status=None)
        due, status = col(Deadline.due), col(Deadline.status)
        order = (case((status == "open", 0), else_=1), col(Deadline.due_time), col(Deadline.id))
        place = func.row_number().over(partition_by=due, order_by=order).label("place")
        ranked = select(col(Deadline.id).label("deadline_id"), place).where(status.in_(("open", "done")))
        ranks = visible_to(_narrow(ranked, chosen), actor, col(Deadline.case_id)).subquery()
        shown = docket_rows().join(ranks, ranks.c.deadline_id == col(Deadline.id)).where(ranks.c.place <= most)
        shown = visible_to(shown, actor, col(Deadline.case_id)).order_by(due, ranks.c.place)
        opened = DocketFilter(person_id=person_id, since=first, until=last)
        counts = _narrow(select(due, func.count(col(Deadline.id))), opened).group_by(due)
        counts = visible_to(counts, actor, col(Deadline.case_id))
        with self._database.read(actor) as session:
            number = {row[0]: row[1] for row in session.execute(counts)}
            rows = [_docket_row(row) for row in session.execute(shown).all()]
        return {
            day: DayOfMonth(number.get(day, 0), tuple(row for row in rows if row.due == day))
            for day in {*number, *(row.due for row in rows)}
        }

    def events(self, actor: Actor, case_id: int) -> list[EventRow]:
        """Return what happened in a case, newest first."""
        statement = select(TriggerEvent).where(col(TriggerEvent.case_id) == case_id)
        statement = visible_to(statement, actor, col(TriggerEvent.case_id))
        statement = statement.order_by(col(TriggerEvent.happened_on).desc(), col(TriggerEvent.id).desc())
        with self._database.read(actor) as session:
            return [_event(row) for row in session.execute(statement).scalars()]

    def event(self, actor: Actor, event_id: int) -> EventRow:
        """Return one event; raises UserError when there is none that ``actor`` may see."""
        statement = select(TriggerEvent).where(col(TriggerEvent.id) == event_id)
        with self._database.read(actor) as session:
            row = session.execute(visible_to(statement, actor, col(TriggerEvent.case_id))).scalar_one_or_none()
            if row is None:
                raise UserError("event.unknown", N_("There is no such event."))
            return _event(row)

    def next_due(self, actor: Actor, case_ids: list[int]) -> dict[int, DeadlineRow]:
        """Return the nearest open deadline of our side in each of these cases; hearings of past days come last."""
        asked = (col(Deadline.kind) == "hearing") & (col(Deadline.due) < self._database.clock.today())
        due = (case((asked, 1), else_=0), col(Deadline.due), col(Deadline.due_time), col(Deadline.id))
        place = func.row_number().over(partition_by=col(Deadline.case_id), order_by=due).label("place")
        ranked = select(col(Deadline.id).label("deadline_id"), place).where(col(Deadline.case_id).in_(case_ids))
        ranks = _narrow(ranked, DocketFilter(ours_only=True)).subquery()
        statement = docket_rows().join(ranks, ranks.c.deadline_id == col(Deadline.id)).where(ranks.c.place == 1)
        with self._database.read(actor) as session:
            found = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return {row.case_id: row for row in map(_docket_row, found)}


def docket_rows() -> Select[*tuple[Any, ...]]:
    """Return the statement of whole deadlines, to be narrowed and filtered."""
    heads = case_heads()
    names = people_names()
    done_by = people_names().alias("done_by_names")
    checked_by = people_names().alias("checked_by_names")
    entered_by = people_names().alias("entered_by_names")
    return (
        select(
            Deadline,
            heads.c.number,
            heads.c.title,
            heads.c.court,
            heads.c.court_number,
            names.c.name,
            func.coalesce(done_by.c.name, ""),
            func.coalesce(checked_by.c.name, ""),
            func.coalesce(entered_by.c.name, ""),
            TriggerEvent,
        )
        .join(heads, heads.c.case_id == col(Deadline.case_id))
        .join(names, names.c.person_id == col(Deadline.person_id))
        .outerjoin(done_by, done_by.c.person_id == col(Deadline.done_by))
        .outerjoin(checked_by, checked_by.c.person_id == col(Deadline.checked_by))
        .outerjoin(entered_by, entered_by.c.person_id == col(Deadline.created_by))
        .outerjoin(TriggerEvent, col(TriggerEvent.id) == col(Deadline.event_id))
    )


def _event(row: TriggerEvent) -> EventRow:
    return EventRow(
        row.key,
        row.version,
        row.case_id,
        row.proceeding_id,
        row.trigger,
        row.title,
        row.happened_on,
        row.happened_at,
        row.note,
        row.withdrawn,
        row.reason,
    )


def _narrow(statement: S, chosen: DocketFilter) -> S:
    if chosen.status == "closed":
        statement = statement.where(col(Deadline.status) != "open")
    elif chosen.status is not None:
        statement = statement.where(col(Deadline.status) == chosen.status)
    if chosen.person_id is not None:
        statement = statement.where(col(Deadline.person_id) == chosen.person_id)
    if chosen.case_id is not None:
        statement = statement.where(col(Deadline.case_id) == chosen.case_id)
    if chosen.event_id is not None:
        statement = statement.where(col(Deadline.event_id) == chosen.event_id)
    if chosen.timed:
        statement = statement.where(or_(col(Deadline.due_time) != "", col(Deadline.kind) == "hearing"))
    if chosen.hearings is not None:
        hearing = col(Deadline.kind) == "hearing"
        statement = statement.where(hearing if chosen.hearings else ~hearing)
    if chosen.since is not None:
        statement = statement.where(col(Deadline.due) >= chosen.since)
    if chosen.until is not None:
        statement = statement.where(col(Deadline.due) <= chosen.until)
    if chosen.ours_only:
        statement = statement.where(or_(col(Deadline.whose) == "ours", col(Deadline.whose) == "open"))
    return statement


def _docket_row(found: Row[*tuple[Any, ...]]) -> DeadlineRow:
    """Return one row of :func:`docket_rows` as a value."""
    row, number, title, court, court_number, person, done_by, checked_by, entered_by, event = tuple(found)
    return DeadlineRow(
        id=row.key,
        version=row.version,
        case_id=row.case_id,
        case_number=number,
        case_title=title,
        court=court,
        court_number=court_number,
        proceeding_id=row.proceeding_id,
        event_id=row.event_id,
        event_title=event.title if event else "",
        kind=row.kind,
        title_zh=row.title_zh,
        title_en=row.title_en,
        rule=row.rule,
        rule_version=row.rule_version,
        statute=row.statute,
        article=row.article,
        length_override=row.length_override,
        trigger_date=row.trigger_date,
        happened_at=event.happened_at if event else "",
        in_custody=event.in_custody if event else False,
        foreign=event.foreign if event else False,
        due=row.due,
        due_time=row.due_time,
        computed_due=row.computed_due,
        raw_end=row.raw_end,
        early_warning=row.early_warning,
        printed_due=row.printed_due,
        provisional=row.provisional,
        whose=row.whose,
        person_id=row.person_id,
        person=person,
        status=row.status,
        done_on=row.done_on,
        done_by=done_by,
        reason=row.reason,
        note=row.note,
        extended_to=row.extended_to,
        evidence=row.evidence,
        evidence_id=row.evidence_id,
        checked_by=checked_by,
        entered_by=entered_by,
        entered_on=row.created_at.astimezone(CHINA).date() if row.created_at is not None else None,
    )
