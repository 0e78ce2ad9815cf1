"""Looking up time: lists, days, weeks, the running timer, sums for reports. Rows are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Select, case, cast, func, select
from sqlmodel import Session, col

from lawdesk.cases import CaseFilter, CaseQueries, CaseStatus, case_heads
from lawdesk.firm import Actor, read_setting, require, visible_to
from lawdesk.kernel.clock import CHINA
from lawdesk.storage.database import Database
from lawdesk.timesheet.model import RunningTimer, TimeEntry
from lawdesk.timesheet.rules import LONG_TIMER_MINUTES, Activity, Atom, Gap, Source, Sums, amount_fen, find_gaps

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
_WEEK_ROWS = 7
_RECENT_DAYS = 60


@dataclass(frozen=True)
class EntryFilter:
    """Which entries: whose, of which case, from and to which day (both included)."""

    person_id: int | None = None
    case_id: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class EntryRow:
    """One time entry. ``case_id`` None with empty number and title is time for the office."""

    id: int
    version: int
    person_id: int
    case_id: int | None
    case_number: str
    case_title: str
    day: date
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    activity: Activity
    narrative: str
    source: Source
    billable: bool
    rate_fen_per_hour: int | None
    locked: bool

    @property
    def fen(self) -> int:
        """What it is worth: nothing when it is not billed or no rate is set."""
        return amount_fen(self.minutes, self.rate_fen_per_hour or 0) if self.billable else 0


@dataclass(frozen=True)
class CaseChoice:
    """A case to book time on; ``fee`` is how its fee is arranged (a FeeMode value) where that was looked up."""

    case_id: int
    number: str
    title: str
    cause: str = ""
    fee: str = ""


@dataclass(frozen=True)
class WeekRow:
    """One case's week: minutes and number of entries from Monday to Sunday; without a case the office."""

    case_id: int | None
    number: str
    title: str
    cause: str
    minutes: tuple[int, ...]
    entries: tuple[int, ...]

    @property
    def total(self) -> int:
        """The minutes of the whole week."""
        return sum(self.minutes)


@dataclass(frozen=True)
class WeekGrid:
    """The week of one person from ``monday`` on; cases worked on lately stand in it without time."""

    monday: date
    rows: tuple[WeekRow, ...]
    target_minutes: int

    @property
    def day_totals(self) -> tuple[int, ...]:
        """The minutes of each day."""
        return tuple(sum(row.minutes[day] for row in self.rows) for day in range(7))

    @property
    def total(self) -> int:
        """The minutes of the week."""
        return sum(row.total for row in self.rows)


@dataclass(frozen=True)
class TimerRow:
    """A running or paused timer."""

    person_id: int
    version: int
    case_id: int | None
    case_number: str
    case_title: str
    narrative: str
    first_at: datetime
    started_at: datetime | None
    seconds: int

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self.started_at is None

    @property
    def day(self) -> date:
        """The day its time is booked on: the one it began on."""
        return self.first_at.astimezone(CHINA).date()

    def elapsed(self, now: datetime) -> int:
        """Return the seconds it ran, pauses left out."""
        return self.seconds + (max(0, int((now - self.started_at).total_seconds())) if self.started_at else 0)

    def forgotten(self, now: datetime) -> bool:
        """Whether it ran for longer than twelve hours, so that somebody must say how long the work took."""
        return self.elapsed(now) > LONG_TIMER_MINUTES * 60


@dataclass(frozen=True)
class DaySpans:
    """A day for drawing: recorded (from, to) and gaps in minutes after midnight, the sum and the target.

    ``running_minutes`` are those of a timer that began on this day; they are not part of ``minutes``.
    """

    day: date
    minutes: int
    target_minutes: int
    running_minutes: int
    spans: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]


class TimesheetQueries:
    """Look-ups of the feature; every one passes ``visible_to``."""

    def __init__(self, database: Database, cases: CaseQueries | None = None) -> None:
        self._database = database
        self._cases = cases or CaseQueries(database)

    def entries(
        self, actor: Actor, chosen: EntryFilter = EntryFilter(), *, offset: int = 0, limit: int = 200
    ) -> list[EntryRow]:
        """Return one page of entries, the newest day first, within a day the latest first."""
        heads = case_heads()
        statement = _narrow(_entries(heads, actor), chosen).order_by(
            col(TimeEntry.day).desc(), col(TimeEntry.started_at).desc().nulls_last(), col(TimeEntry.id).desc()
        )
        with self._database.read(actor) as session:
            return [_row(*row) for row in session.execute(statement.offset(offset).limit(limit)).all()]

    def count_entries(self, actor: Actor, chosen: EntryFilter = EntryFilter()) -> int:
        """Return how many entries the filter leaves."""
        counted = select(func.count(col(TimeEntry.id))).where(col(TimeEntry.deleted).is_(False))
        with self._database.read(actor) as session:
            statement = visible_to(_narrow(counted, chosen), actor, col(TimeEntry.case_id))
            return int(session.execute(statement).scalar_one())

    def entry(self, actor: Actor, entry_id: int) -> EntryRow | None:
        """Return one entry, None when there is none that ``actor`` may see (or it was deleted)."""
        statement = _entries(case_heads(), actor).where(col(TimeEntry.id) == entry_id)
        with self._database.read(actor) as session:
            found = session.execute(statement).first()
            return _row(*found) if found else None

    def day_totals(self, actor: Actor, person_id: int, first: date, last: date) -> dict[date, int]:
        """Return the minutes of each day that has any."""
        statement = (
            select(col(TimeEntry.day), func.sum(col(TimeEntry.minutes)))
            .where(col(TimeEntry.deleted).is_(False))
            .group_by(col(TimeEntry.day))
        )
        statement = visible_to(statement, actor, col(TimeEntry.case_id))
        with self._database.read(actor) as session:
            rows = session.execute(_narrow(statement, EntryFilter(person_id, None, first, last))).all()
            return {day: int(minutes) for day, minutes in rows}

    def week(self, actor: Actor, person_id: int, monday: date) -> WeekGrid:
        """Return the week of ``person_id`` that begins on ``monday``; cases with time first, then recent ones."""
        heads = case_heads()
        statement = (
            select(
                col(TimeEntry.case_id),
                func.coalesce(heads.c.number, ""),
                func.coalesce(heads.c.title, ""),
                func.coalesce(heads.c.cause, ""),
                col(TimeEntry.day),
                func.sum(col(TimeEntry.minutes)),
                func.count(col(TimeEntry.id)),
            )
            .outerjoin(heads, heads.c.case_id == col(TimeEntry.case_id))
            .where(col(TimeEntry.deleted).is_(False))
            .group_by(col(TimeEntry.case_id), heads.c.number, heads.c.title, heads.c.cause, col(TimeEntry.day))
        )
        chosen = EntryFilter(person_id, None, monday, monday + min(timedelta(days=6), date.max - monday))
        statement = _narrow(visible_to(statement, actor, col(TimeEntry.case_id)), chosen)
        found: dict[int | None, tuple[str, str, str, list[int], list[int]]] = {}
        with self._database.read(actor) as session:
            target = int(read_setting(session, "daily_target_minutes"))
            for case_id, number, title, cause, day, minutes, count in session.execute(statement).all():
                line = found.setdefault(case_id, (number, title, cause, [0] * 7, [0] * 7))
                index = (day - monday).days
                line[3][index], line[4][index] = int(minutes), int(count)
        for recent in self.recent_cases(actor, person_id):
            if len(found) < _WEEK_ROWS:
                found.setdefault(recent.case_id, (recent.number, recent.title, recent.cause, [0] * 7, [0] * 7))
        rows = [
            WeekRow(case_id, number, title, cause, tuple(minutes), tuple(counts))
            for case_id, (number, title, cause, minutes, counts) in found.items()
        ]
        rows.sort(key=lambda row: (row.case_id is None, row.total == 0, row.number))
        return WeekGrid(monday, tuple(rows), target)

    def running(self, actor: Actor, person_id: int | None = None) -> TimerRow | None:
        """Return the timer of ``person_id`` (default: of ``actor``), None when none runs."""
        heads = case_heads()
        statement = (
            select(RunningTimer, func.coalesce(heads.c.number, ""), func.coalesce(heads.c.title, ""))
            .outerjoin(heads, heads.c.case_id == col(RunningTimer.case_id))
            .where(col(RunningTimer.person_id) == (person_id or actor.person_id))
        )
        with self._database.read(actor) as session:
            found = session.execute(visible_to(statement, actor, col(RunningTimer.case_id))).first()
            if found is None:
                return None
            timer, number, title = found
            return TimerRow(
                timer.person_id,
                timer.version,
                timer.case_id,
                number,
                title,
                timer.narrative,
                timer.first_at,
                timer.started_at,
                timer.seconds,
            )

    def atoms(self, actor: Actor, first: date, last: date, person_id: int | None = None) -> list[Atom]:
        """Return the sums per person, case and activity from ``first`` to ``last``, added up in SQL.

        The worth of each entry is rounded by itself, half a fen up (``(minutes × rate + 30) / 60`` in whole
        numbers), exactly as :func:`~lawdesk.timesheet.rules.amount_fen` does.
        """
        require(actor, "time.report")
        minutes, billable = col(TimeEntry.minutes), col(TimeEntry.billable).is_(True)
        rate = cast(func.coalesce(col(TimeEntry.rate_fen_per_hour), 0), BigInteger)
        statement = (
            select(
                col(TimeEntry.person_id),
                col(TimeEntry.case_id),
                col(TimeEntry.activity),
                func.sum(minutes),
                func.sum(case((billable, minutes), else_=0)),
                func.sum(case((billable, (minutes * rate + 30) // 60), else_=0)),
            )
            .where(col(TimeEntry.deleted).is_(False))
            .group_by(col(TimeEntry.person_id), col(TimeEntry.case_id), col(TimeEntry.activity))
            .order_by(col(TimeEntry.person_id), col(TimeEntry.case_id).nulls_last(), col(TimeEntry.activity))
        )
        statement = visible_to(statement, actor, col(TimeEntry.case_id))
        with self._database.read(actor) as session:
            rows = session.execute(_narrow(statement, EntryFilter(person_id, None, first, last))).all()
            return [Atom(row[0], row[1], row[2], Sums(int(row[3]), int(row[4]), int(row[5]))) for row in rows]

    def recent_cases(
        self, actor: Actor, person_id: int | None = None, *, limit: int = _WEEK_ROWS
    ) -> list[CaseChoice]:
        """Return the cases somebody worked on lately, the newest first, then the open cases of their team."""
        whose = person_id or actor.person_id or 0
        heads = case_heads()
        newest = func.max(col(TimeEntry.id))
        since = self._database.clock.today() - timedelta(days=_RECENT_DAYS)
        statement = (
            select(heads.c.case_id, heads.c.number, heads.c.title, heads.c.cause)
            .join(TimeEntry, col(TimeEntry.case_id) == heads.c.case_id)
            .where(col(TimeEntry.deleted).is_(False), heads.c.status == CaseStatus.OPEN.value)
            .group_by(heads.c.case_id, heads.c.number, heads.c.title, heads.c.cause)
            .order_by(newest.desc())
        )
        statement = _narrow(visible_to(statement, actor, heads.c.case_id), EntryFilter(whose, None, since))
        with self._database.read(actor) as session:
            choices = [CaseChoice(*row) for row in session.execute(statement.limit(limit)).all()]
        if len(choices) < limit:
            known = {choice.case_id for choice in choices}
            mine = self._cases.list_cases(actor, CaseFilter(CaseStatus.OPEN, whose), limit=limit)
            choices += [CaseChoice(r.id, r.number, r.title, r.cause) for r in mine if r.id not in known]
        return choices[:limit]

    def day_spans(self, actor: Actor, person_id: int, day: date) -> DaySpans:
        """Return what of ``day`` is recorded and which working hours are not; today's are counted up to now."""
        chosen = EntryFilter(person_id, None, day, day)
        rows = self.entries(actor, chosen)
        spans, unplaced = [], 0
        for row in rows:
            if row.started_at and row.ended_at:
                spans.append(_minutes_of_day(row.started_at, row.ended_at, day))
            else:
                unplaced += row.minutes
        now = self._database.clock.now().astimezone(CHINA)
        until = now.hour * 60 + now.minute if day == now.date() else 24 * 60 if day < now.date() else 0
        timer, running = self.running(actor, person_id), 0
        if timer is not None and timer.day == day:
            running = timer.elapsed(now) // 60
            spans.append(_minutes_of_day(timer.first_at, now, day))
        with self._database.read(actor) as session:
            target = int(read_setting(session, "daily_target_minutes"))
        gaps = find_gaps(spans, unplaced, until)
        total = sum(row.minutes for row in rows)
        return DaySpans(day, total, target, running, tuple(sorted(spans)), tuple(gaps))


def minutes_on(session: Session, person_id: int, day: date, *, without: int | None = None) -> int:
    """Return the minutes of a person's day inside a running transaction, leaving out the entry ``without``."""
    statement = select(func.coalesce(func.sum(col(TimeEntry.minutes)), 0)).where(
        col(TimeEntry.person_id) == person_id, col(TimeEntry.day) == day, col(TimeEntry.deleted).is_(False)
    )
    if without is not None:
        statement = statement.where(col(TimeEntry.id) != without)
    return int(session.execute(statement).scalar_one())


def _minutes_of_day(start: datetime, end: datetime, day: date) -> tuple[int, int]:
    """Return the part of a span that lies on ``day``, in minutes after midnight."""
    midnight = datetime.combine(day, datetime.min.time(), CHINA)
    begin, stop = ((moment - midnight).total_seconds() // 60 for moment in (start, end))
    return max(0, int(begin)), min(24 * 60, int(stop))


def _entries(heads: Any, actor: Actor) -> Select[Any]:
    statement = (
        select(TimeEntry, func.coalesce(heads.c.number, ""), func.coalesce(heads.c.title, ""))
        .outerjoin(heads, heads.c.case_id == col(TimeEntry.case_id))
        .where(col(TimeEntry.deleted).is_(False))
    )
    return visible_to(statement, actor, col(TimeEntry.case_id))


def _narrow(statement: S, chosen: EntryFilter) -> S:
    if chosen.person_id is not None:
        statement = statement.where(col(TimeEntry.person_id) == chosen.person_id)
    if chosen.case_id is not None:
        statement = statement.where(col(TimeEntry.case_id) == chosen.case_id)
    if chosen.first is not None:
        statement = statement.where(col(TimeEntry.day) >= chosen.first)
    if chosen.last is not None:
        statement = statement.where(col(TimeEntry.day) <= chosen.last)
    return statement


def _row(entry: TimeEntry, number: str, title: str) -> EntryRow:
    return EntryRow(
        entry.key,
        entry.version,
        entry.person_id,
        entry.case_id,
        number,
        title,
        entry.day,
        entry.minutes,
        entry.started_at,
        entry.ended_at,
        Activity(entry.activity),
        entry.narrative,
        Source(entry.source),
        entry.billable,
        entry.rate_fen_per_hour,
        entry.locked,
    )
