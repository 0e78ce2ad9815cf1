"""Looking up what watches over the docket: reminders, deputies, second persons, the register, bare cases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, null, or_, select
from sqlmodel import col

from lawdesk.cases import case_heads
from lawdesk.deadlines.model import Deadline, DeadlineRequest, Deputy, LimitationTurn, Reminder, TriggerEvent
from lawdesk.deadlines.queries.docket import DocketQueries, _docket_row, docket_rows
from lawdesk.deadlines.queries.rows import BareCase, DeadlineRow, DeputyRow, ReminderRow, RequestRow, TurnRow
from lawdesk.firm import Actor, may, people_names, visible_to
from lawdesk.kernel.clock import CHINA


class DeadlineQueries(DocketQueries):
    """Look-ups about deadlines."""

    def requests(self, actor: Actor) -> list[RequestRow]:
        """Return the changes that wait for a second person, the oldest first."""
        return self._requests(actor, _requests().where(col(DeadlineRequest.granted).is_(None)))

    def requests_of(self, actor: Actor, deadline_id: int) -> list[RequestRow]:
        """Return every change asked for of one deadline and who agreed or not: the trace of two persons."""
        return self._requests(actor, _requests().where(col(DeadlineRequest.deadline_id) == deadline_id))

    def count_requests(self, actor: Actor) -> int:
        """Return how many changes wait for the actor: those somebody else asked for."""
        statement = (
            select(func.count(col(DeadlineRequest.id)))
            .join(Deadline, col(Deadline.id) == col(DeadlineRequest.deadline_id))
            .where(col(DeadlineRequest.granted).is_(None), col(DeadlineRequest.asked_by) != actor.person_id)
        )
        if not may(actor, "deadline.write"):
            return 0
        with self._database.read(actor) as session:
            return int(session.execute(visible_to(statement, actor, col(Deadline.case_id))).scalar_one())

    def _requests(self, actor: Actor, statement: Select[*tuple[Any, ...]]) -> list[RequestRow]:
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return [RequestRow(*row) for row in rows]

    def turns(self, actor: Actor, deadline_id: int) -> list[TurnRow]:
        """Return what interrupted or suspended a limitation period, in order."""
        turn: Any = LimitationTurn
        statement = (
            select(turn.id, turn.kind, turn.first, turn.last, turn.ground, turn.evidence)
            .join(Deadline, col(Deadline.id) == col(LimitationTurn.deadline_id))
            .where(col(LimitationTurn.deadline_id) == deadline_id)
            .order_by(col(LimitationTurn.first))
        )
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return [TurnRow(*row) for row in rows]

    def infringed_on(self, actor: Actor, case_id: int) -> date | None:
        """Return the day the right was infringed, where an event of the case says so."""
        statement = select(func.min(TriggerEvent.happened_on)).where(
            col(TriggerEvent.case_id) == case_id,
            col(TriggerEvent.trigger) == "right-infringed",
            col(TriggerEvent.withdrawn).is_(False),
        )
        with self._database.read(actor) as session:
            found: date | None = session.execute(
                visible_to(statement, actor, col(TriggerEvent.case_id))
            ).scalar_one_or_none()
            return found

    def hearings(self, actor: Actor, person_id: int, first: date, last: date) -> list[DeadlineRow]:
        """Return the open hearings of one person from ``first`` to ``last``."""
        statement = docket_rows().where(
            col(Deadline.kind) == "hearing",
            col(Deadline.status) == "open",
            col(Deadline.person_id) == person_id,
            col(Deadline.due) >= first,
            col(Deadline.due) <= last,
        )
        statement = statement.order_by(col(Deadline.due), col(Deadline.due_time), col(Deadline.id))
        with self._database.read(actor) as session:
            found = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return [_docket_row(row) for row in found]

    def entered(self, actor: Actor, day: date) -> list[DeadlineRow]:
        """Return the deadlines that were entered on ``day`` (China time), in the order of entry: the register."""
        if not 1900 < day.year < 9999:
            return []  # nothing was, and no clock counts on from there
        begin = datetime.combine(day, time(), CHINA)
        statement = docket_rows().where(
            col(Deadline.created_at) >= begin, col(Deadline.created_at) < begin + timedelta(days=1)
        )
        with self._database.read(actor) as session:
            found = session.execute(
                visible_to(statement, actor, col(Deadline.case_id)).order_by(col(Deadline.id))
            ).all()
            return [_docket_row(row) for row in found]

    def bare_cases(self, actor: Actor, *, person_id: int | None = None, limit: int = 200) -> list[BareCase]:
        """Return the open cases in which nothing is due and nothing is noted to do."""
        heads = case_heads()
        watched = exists().where(col(Deadline.case_id) == heads.c.case_id, col(Deadline.status) == "open")
        statement = select(heads.c.case_id, heads.c.number, heads.c.title, heads.c.lead_id, heads.c.lead).where(
            heads.c.status == "open", ~watched
        )
        if person_id is not None:
            statement = statement.where(heads.c.lead_id == person_id)
        statement = visible_to(statement, actor, heads.c.case_id).order_by(heads.c.case_id).limit(limit)
        with self._database.read(actor) as session:
            return [BareCase(*row) for row in session.execute(statement).all()]

    def reminders(self, actor: Actor, *, limit: int = 500) -> list[ReminderRow]:
        """Return what the actor has to see and has not confirmed, what was missed longest first."""
        statement = _ledger().where(
            col(Reminder.person_id) == actor.person_id,
            col(Reminder.acknowledged_at).is_(None),
            col(Deadline.status) == "open",
            col(Reminder.due) == col(Deadline.due),
        )
        statement = statement.order_by(col(Reminder.falls_on), col(Deadline.due), col(Reminder.id)).limit(limit)
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return [ReminderRow(*row) for row in rows]

    def count_reminders(self, actor: Actor) -> int:
        """Return how many reminders the actor has not confirmed: the number at the bell."""
        statement = (
            select(func.count(col(Reminder.id)))
            .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
            .where(
                col(Reminder.person_id) == actor.person_id,
                col(Reminder.acknowledged_at).is_(None),
                col(Deadline.status) == "open",
                col(Reminder.due) == col(Deadline.due),
            )
        )
        with self._database.read(actor) as session:
            return int(session.execute(visible_to(statement, actor, col(Deadline.case_id))).scalar_one())

    def ledger(self, actor: Actor, deadline_id: int) -> list[ReminderRow]:
        """Return every reminder of one deadline: the proof of who was reminded when."""
        statement = _ledger().where(col(Reminder.deadline_id) == deadline_id)
        statement = statement.order_by(col(Reminder.falls_on), col(Reminder.id))
        with self._database.read(actor) as session:
            rows = session.execute(visible_to(statement, actor, col(Deadline.case_id))).all()
            return [ReminderRow(*row) for row in rows]

    def deputies(self, actor: Actor, *, on: date | None = None) -> list[DeputyRow]:
        """Return who stands in for whom, with ``on`` only what holds on that day; absences come first."""
        names, others = people_names(), people_names().alias("deputy_names")
        deputy: Any = Deputy
        statement = (
            select(
                *(deputy.id, deputy.person_id, names.c.name, deputy.deputy_id, others.c.name),
                *(deputy.first, deputy.last, deputy.note),
            )
            .join(names, names.c.person_id == col(Deputy.person_id))
            .join(others, others.c.person_id == col(Deputy.deputy_id))
            .order_by(col(Deputy.first).is_(None), col(Deputy.first), col(Deputy.id))
        )
        if on is not None:
            statement = statement.where(or_(col(Deputy.first).is_(None), col(Deputy.first) <= on))
            statement = statement.where(or_(col(Deputy.last).is_(None), col(Deputy.last) >= on))
        with self._database.read(actor) as session:
            return [DeputyRow(*row) for row in session.execute(visible_to(statement, actor, null())).all()]


def _requests() -> Select[*tuple[Any, ...]]:
    heads, names, others = case_heads(), people_names(), people_names().alias("decided_names")
    asked: Any = DeadlineRequest
    return (
        select(
            *(asked.id, asked.deadline_id, col(Deadline.case_id), heads.c.number),
            *(col(Deadline.title_zh), col(Deadline.title_en), asked.kind),
            *(col(Deadline.due).label("before"), asked.due, asked.reason, asked.evidence, asked.asked_by),
            *(func.coalesce(names.c.name, ""), asked.created_at, asked.granted),
            *(func.coalesce(others.c.name, ""), asked.updated_at),
        )
        .join(Deadline, col(Deadline.id) == col(DeadlineRequest.deadline_id))
        .join(heads, heads.c.case_id == col(Deadline.case_id))
        .outerjoin(names, names.c.person_id == col(DeadlineRequest.asked_by))
        .outerjoin(others, others.c.person_id == col(DeadlineRequest.decided_by))
        .order_by(col(DeadlineRequest.id))
    )


def _ledger() -> Select[*tuple[Any, ...]]:
    heads, names = case_heads(), people_names()
    reminder: Any = Reminder
    deadline: Any = Deadline
    return (
        select(
            *(reminder.id, reminder.deadline_id, deadline.case_id, heads.c.number, heads.c.title),
            *(deadline.title_zh, deadline.title_en, deadline.kind, reminder.due, deadline.due_time),
            *(reminder.person_id, names.c.name, reminder.level, reminder.step, reminder.falls_on),
            *(reminder.shown_at, reminder.acknowledged_at),
        )
        .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .join(heads, heads.c.case_id == col(Deadline.case_id))
        .join(names, names.c.person_id == col(Reminder.person_id))
    )
