"""The reminder ladder and its ledger: what fell due, who was shown it, who confirmed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from lawdesk.cases import case_heads
from lawdesk.deadlines.model import Deadline, Deputy, Reminder
from lawdesk.deadlines.queries import DeadlineQueries, DeputyRow, ReminderRow
from lawdesk.deadlines.rules import (
    LADDERS,
    Ladder,
    Rung,
    check_steps,
    keep_ladder,
    ladder_of,
    levels_for,
    read_ladder,
    rungs_due,
)
from lawdesk.deadlines.service.law import OfficeLaw
from lawdesk.firm import Actor, FirmQueries, FirmService, Role, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.ids import new_uid
from lawdesk.storage.database import Database, Program, Work
from lawdesk.storage.state import get_state, set_state

COLLECTED = "reminders_collected"
SETTING = "reminders_"


@dataclass(frozen=True)
class _People:
    """Who can be reminded: directors, and who stands in for whom on which days."""

    directors: tuple[int, ...]
    active: frozenset[int]
    deputies: tuple[DeputyRow, ...]

    def deputy_of(self, person: int, day: date) -> tuple[int | None, bool]:
        """Return the deputy of somebody on a day, and whether that somebody is away."""
        usual = None
        for row in self.deputies:
            if row.person_id != person or row.deputy_id not in self.active:
                continue
            if row.first is None:
                usual = usual or row.deputy_id
            elif row.first <= day and (row.last is None or day <= row.last):
                return row.deputy_id, True
        return usual, person not in self.active


class ReminderService:
    """Collects what falls due, shows it, has it confirmed."""

    def __init__(self, database: Database, law: OfficeLaw, queries: DeadlineQueries, firm: FirmQueries) -> None:
        self._database, self._law, self.queries, self._firm = database, law, queries, firm

    def collect(self, actor: Actor) -> int:
        """Write every reminder that fell due since the last time into the ledger; return how many new ones show.

        Called when the window opens, when the PC wakes and when the day changes; a second call adds nothing. What
        fell due while LawDesk slept is collected for each of its days.
        """
        require(actor, "case.read")
        today = self._database.clock.today()
        with self._database.read() as session:
            last = get_state(session, COLLECTED)
            newest = session.execute(select(func.max(col(Reminder.id)))).scalar() or 0
        people, ladders = self._people(actor), self._ladders(actor)
        with self._database.write(Program(), "reminder.collect") as work:
            rows = list(_candidates(work.session, ladders, date.fromisoformat(last) if last else None, today))
            made = self._enter(work, rows, people, ladders, today)
            if last != today.isoformat():
                set_state(work.session, COLLECTED, today.isoformat())
            if made:
                work.audit("reminder", count=made, until=today)
                work.announce(Changed("reminder", "fell due"))
            else:
                work.not_audited()
        if not made:
            return 0
        with self._database.read(actor) as session:  # everybody's were collected; what is walled is not counted
            fresh = select(func.count(col(Reminder.id))).where(col(Reminder.id) > newest)
            return int(session.execute(fresh).scalar_one())

    def show(self, actor: Actor) -> list[ReminderRow]:
        """Return what the actor has to see, what was missed first, and note in the ledger that it was shown."""
        rows = self.queries.reminders(actor)
        fresh = [row.id for row in rows if row.shown_at is None]
        if fresh:
            with self._database.write(actor, "reminder.show") as work:
                for row in _get_all(work.session, fresh):
                    row.shown_at = work.clock.now()
                work.audit("reminder", shown=len(fresh))
        return rows

    def acknowledge(self, actor: Actor, reminder_ids: Sequence[int]) -> int:
        """Confirm having seen reminders; return how many. Only one's own can be confirmed."""
        with self._database.write(actor, "reminder.acknowledge") as work:
            count = 0
            for row in _get_all(work.session, reminder_ids):
                if row.person_id != actor.person_id:
                    raise UserError("reminder.other", N_("This reminder is somebody else's."))
                if row.acknowledged_at is None:
                    row.acknowledged_at = work.clock.now()
                    row.shown_at = row.shown_at or row.acknowledged_at
                    count += 1
            work.audit("reminder", acknowledged=count)
            work.announce(Changed("reminder", "confirmed"))
            return count

    def set_deputy(
        self,
        actor: Actor,
        person_id: int,
        deputy_id: int,
        *,
        first: date | None = None,
        last: date | None = None,
        note: str = "",
    ) -> int:
        """Say who stands in: always (without days), or while somebody is away from ``first`` to ``last``.

        One says so oneself; for others it needs the right to oversee. Raises Refused for days out of order, for
        oneself as one's own deputy and for somebody who has left.
        """
        require(actor, "deadline.write" if person_id == actor.person_id else "deadline.oversee")
        problems = []
        if person_id == deputy_id:
            problems.append(Problem("deputy.self", N_("Nobody is their own deputy."), "deputy_id"))
        elif not self._firm.person(actor, deputy_id).active:
            problems.append(Problem("deputy.left", N_("This person has left the firm."), "deputy_id"))
        if (first is None) != (last is None) or (first is not None and last is not None and last < first):
            problems.append(Problem("deputy.days", N_("The days are out of order."), "last"))
        if problems:
            raise Refused(problems)
        with self._database.write(actor, "deputy.set") as work:
            row = work.add(
                Deputy(person_id=person_id, deputy_id=deputy_id, first=first, last=last, note=note.strip())
            )
            work.audit("deputy", row, person=person_id, deputy=deputy_id, first=first, last=last)
            work.announce(Changed("deputy", "set"))
            return row.key

    def remove_deputy(self, actor: Actor, row_id: int) -> None:
        """Take an absence or a deputy back."""
        with self._database.write(actor, "deputy.removed") as work:
            row = work.session.get(Deputy, row_id)
            if row is None:
                raise UserError("deputy.unknown", N_("There is no such entry."))
            require(actor, "deadline.write" if row.person_id == actor.person_id else "deadline.oversee")
            work.session.delete(row)
            work.audit("deputy", row, person=row.person_id)
            work.announce(Changed("deputy", "removed"))

    def ladders(self, actor: Actor) -> tuple[Ladder, ...]:
        """Return the ladder of every kind, as the office has set it."""
        return tuple(self._ladders(actor).values())

    def set_ladder(self, actor: Actor, kind: str, steps: Sequence[int] | None) -> Ladder:
        """Set on which days a kind is reminded of, None: as LawDesk comes. It holds for what falls due from today.

        What fell due before is collected first, by the ladder that held. Needs the right to set the firm; raises
        Refused for a ladder that would remind nobody in time.
        """
        require(actor, "firm.change")
        if problems := check_steps(kind, LADDERS.get(kind, ()) if steps is None else steps):
            raise Refused(problems)
        self.collect(actor)
        wanted = None if steps is None else tuple(sorted(set(steps), reverse=True))
        kept = keep_ladder(wanted, self._database.clock.today())
        FirmService(self._database).set_setting(actor, f"{SETTING}{kind}", kept)
        return read_ladder(kind, kept)

    def _ladders(self, actor: Actor) -> dict[str, Ladder]:
        return {kind: read_ladder(kind, self._firm.setting(actor, f"{SETTING}{kind}")) for kind in LADDERS}

    # -- collecting -------------------------------------------------------------------------------------------

    def _people(self, actor: Actor) -> _People:
        people = self._firm.people(actor)
        directors = tuple(row.id for row in people if row.role is Role.DIRECTOR)
        if not directors:
            directors = tuple(row.id for row in people if row.role is Role.ADMINISTRATOR)[:1]
        return _People(directors, frozenset(row.id for row in people), tuple(self.queries.deputies(actor)))

    def _enter(
        self, work: Work, rows: Sequence[Any], people: _People, ladders: Mapping[str, Ladder], today: date
    ) -> int:
        known = _known(work.session, [row.id for row in rows])
        now, fresh = work.clock.now(), []
        steps = sorted({key[2] for key in known} | {step for one in ladders.values() for step in one.steps})
        for row in rows:
            ladder = ladders[ladder_of(row.kind, row.rule, self._limitation_type(row.rule_version))]
            target = min(row.early_warning or row.due, row.due) if row.early_warning else row.due
            entered = row.created_at.astimezone(CHINA).date()
            for rung in rungs_due(ladder, target, entered, today):
                above = ((row.id, row.due, step, row.person_id) for step in steps if step > rung.step)
                seen = known.get(next((key for key in above if key in known), (0, today, 0, 0)), False)
                for person, level in _addressees(row, rung, people, seen_before=seen):
                    key = (row.id, row.due, rung.step, person)
                    if key not in known:
                        known[key] = False
                        fresh.append(_line(row, rung, person, level, now))
        if fresh:
            work.session.connection().execute(insert(Reminder), fresh)
        return len(fresh)

    def _limitation_type(self, version: str) -> str:
        rule = self._law.book.rules.get(version)
        return rule.limitation_type if rule is not None else ""


def _candidates(session: Session, ladders: Mapping[str, Ladder], last: date | None, today: date) -> Iterator[Any]:
    """Yield the open deadlines of our side that can have a rung between the last time and today."""
    steps = [step for ladder in ladders.values() for step in ladder.steps]
    since = last + timedelta(days=min(steps) - 1) if last is not None else date(1980, 1, 1)
    deadline: Any = Deadline
    heads = case_heads()
    target = func.coalesce(deadline.early_warning, deadline.due)
    statement = (
        select(
            *(deadline.id, deadline.kind, deadline.rule, deadline.rule_version, deadline.due),
            *(deadline.early_warning, deadline.created_at, deadline.person_id),
        )
        .join(heads, heads.c.case_id == deadline.case_id)
        .where(deadline.status == "open", deadline.whose.in_(("ours", "open")))
        .where(deadline.due >= since, target <= today + timedelta(days=max(steps)))
        .order_by(deadline.due, deadline.id)
    )
    yield from session.execute(statement).all()


def _known(session: Session, ids: Sequence[int]) -> dict[tuple[int, date, int, int], bool]:
    """Return the ledger lines of these deadlines, and whether each was confirmed."""
    reminder: Any = Reminder
    found: dict[tuple[int, date, int, int], bool] = {}
    for begin in range(0, len(ids), 500):
        statement = select(
            reminder.deadline_id, reminder.due, reminder.step, reminder.person_id, reminder.acknowledged_at
        ).where(reminder.deadline_id.in_(ids[begin : begin + 500]))
        for deadline_id, due, step, person, acknowledged in session.execute(statement):
            found[deadline_id, due, step, person] = acknowledged is not None
    return found


def _addressees(row: Any, rung: Rung, people: _People, *, seen_before: bool) -> Iterator[tuple[int, str]]:
    deputy, absent = people.deputy_of(row.person_id, rung.falls_on)
    given: set[int] = set()
    for level in levels_for(rung.step, seen_before=seen_before, absent=absent):
        wanted: tuple[int | None, ...] = people.directors
        if level == "responsible":
            wanted = (row.person_id,) if row.person_id in people.active else (deputy or None,)
        elif level == "deputy":
            wanted = (deputy,)
        for person in wanted:
            if person is not None and person not in given:
                given.add(person)
                yield person, level


def _line(row: Any, rung: Rung, person: int, level: str, now: Any) -> dict[str, Any]:
    return {
        "uid": new_uid(),
        "version": 1,
        "created_at": now,
        "updated_at": now,
        "deadline_id": row.id,
        "person_id": person,
        "level": level,
        "step": rung.step,
        "due": row.due,
        "falls_on": rung.falls_on,
    }


def _get_all(session: Session, ids: Sequence[int]) -> list[Reminder]:
    return list(session.execute(select(Reminder).where(col(Reminder.id).in_(ids))).scalars())
