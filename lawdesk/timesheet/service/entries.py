"""Writing time down, changing it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session, col, select

from lawdesk.cases import CaseQueries, case_heads
from lawdesk.firm import Actor, may, read_setting, require, visible_to
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work, check_version, stale_error
from lawdesk.timesheet.model import Rate, TimeEntry
from lawdesk.timesheet.queries import minutes_on
from lawdesk.timesheet.rules import (
    EntryDraft,
    check_day_total,
    check_entry,
    check_rate,
)

NOT_BOOKED = N_("This time cannot be booked yet.")


@dataclass(frozen=True)
class CellChange:
    """What became of a cell: ``action`` kept, added, changed or deleted, the entry and its minutes."""

    action: Literal["kept", "added", "changed", "deleted"]
    entry_id: int | None
    minutes: int = 0


class EntryService:
    """Time entries of the person who acts; those of others with the right ``time.write_for_others``."""

    def __init__(self, database: Database, cases: CaseQueries | None = None) -> None:
        self._database = database
        self._cases = cases or CaseQueries(database)

    def add_entry(self, actor: Actor, draft: EntryDraft) -> int:
        """Book an entry, rounded up as the office is set; return its id. Raises Refused with all that is wrong."""
        require_own(actor, draft.person_id)
        with self._database.write(actor, "time.add") as work:
            return book(work, draft).key

    def change_entry(self, actor: Actor, entry_id: int, *, seen: int, draft: EntryDraft) -> None:
        """Replace an entry's content; ``seen`` is the version the user looked at.

        Person, source and a frozen rate stay; on another day the rate of that day counts. Raises Refused for
        impossible or locked time, UserError ``stale`` when somebody else changed it first.
        """
        with self._database.write(actor, "time.change") as work:
            entry = _writable(work.session, actor, entry_id)
            check_version(entry, seen)
            settled = _settled(work, draft, entry.person_id, entry)
            if draft.day != entry.day or draft.rate_fen_per_hour is not None:
                entry.rate_fen_per_hour = _rate(work.session, draft, entry.person_id)
            entry.case_id, entry.day, entry.minutes = settled.case_id, settled.day, settled.minutes
            entry.narrative, entry.billable = settled.narrative, settled.billable
            entry.started_at, entry.ended_at = settled.started_at, settled.ended_at
            entry.activity = settled.activity.value if settled.activity else entry.activity
            _tell(work, entry, "changed")

    def set_cell(
        self,
        actor: Actor,
        case_id: int | None,
        day: date,
        minutes: int,
        *,
        seen: int,
        person_id: int | None = None,
    ) -> CellChange:
        """Make a cell of the week (one case, one day) hold ``minutes``; ``seen`` is what it showed.

        An empty cell gets an entry by hand, a single entry is changed or (0) deleted; more time on top of several
        entries becomes another one. Less than several entries is refused: which of them shrinks, nobody can know.
        """
        require_own(actor, person_id)
        whose = person_id or actor.person_id or 0
        with self._database.write(actor, "time.cell") as work:
            check_case(work.session, actor, case_id)
            where = col(TimeEntry.case_id).is_(None) if case_id is None else col(TimeEntry.case_id) == case_id
            statement = select(TimeEntry).where(
                where, TimeEntry.person_id == whose, TimeEntry.day == day, col(TimeEntry.deleted).is_(False)
            )
            entries = work.session.exec(statement).all()
            before = sum(entry.minutes for entry in entries)
            if before != seen:
                raise stale_error()
            if minutes == before:
                return CellChange("kept", None)
            if len(entries) > 1 and minutes < before:
                message = N_("Several entries make up this time. Change or delete one of them in the list below.")
                raise Refused([Problem("time.several", message, "minutes")], NOT_BOOKED)
            if len(entries) != 1:
                added = book(work, EntryDraft(case_id, day, minutes - before, person_id=person_id))
                return CellChange("added", added.key, added.minutes)
            entry = entries[0]
            _refuse_locked(entry)
            if minutes == 0:
                entry.deleted = True
                _tell(work, entry, "deleted")
                return CellChange("deleted", entry.key, before)
            draft = EntryDraft(case_id, day, minutes, started_at=entry.started_at, ended_at=entry.ended_at)
            settled = _settled(work, draft, whose, entry)
            entry.minutes, entry.started_at, entry.ended_at = (
                settled.minutes,
                settled.started_at,
                settled.ended_at,
            )
            _tell(work, entry, "changed")
            return CellChange("changed", entry.key, entry.minutes)

    def delete_entry(self, actor: Actor, entry_id: int, *, seen: int) -> None:
        """Take an entry out of all lists and sums; :meth:`restore_entry` brings it back."""
        with self._database.write(actor, "time.delete") as work:
            entry = _writable(work.session, actor, entry_id)
            check_version(entry, seen)
            entry.deleted = True
            _tell(work, entry, "deleted")

    def restore_entry(self, actor: Actor, entry_id: int) -> None:
        """Bring back a deleted entry. Raises Refused when its day has filled up meanwhile."""
        with self._database.write(actor, "time.restore") as work:
            entry = _writable(work.session, actor, entry_id, deleted=True)
            total = minutes_on(work.session, entry.person_id, entry.day) + entry.minutes
            if problem := check_day_total(total, entry.day):
                raise Refused([problem], NOT_BOOKED)
            entry.deleted = False
            _tell(work, entry, "restored")

    def lock_period(
        self, actor: Actor, first: date, last: date, *, person_id: int | None = None, locked: bool = True
    ) -> int:
        """Lock (or unlock) the entries from ``first`` to ``last``; return how many changed.

        Locked entries cannot be changed or deleted any more: they stand on a bill or in a closed month.
        """
        require(actor, "time.write_for_others")
        with self._database.write(actor, "time.lock") as work:
            statement = select(TimeEntry).where(
                col(TimeEntry.day).between(first, last),
                col(TimeEntry.locked).is_not(locked),
                col(TimeEntry.deleted).is_(False),
            )
            if person_id is not None:
                statement = statement.where(TimeEntry.person_id == person_id)
            entries = work.session.exec(statement).all()
            with work.beyond_walls() as session:  # the month closes for entries behind walls too
                for entry in session.exec(statement).all():
                    entry.locked = locked
            work.audit("time_entry", first=first, last=last, locked=locked, count=len(entries))
            work.announce(Changed("time_entry", "locked" if locked else "unlocked"))
            return len(entries)

    def rates(self, actor: Actor, day: date) -> dict[int, int]:
        """Return what an hour of each person costs on ``day``, in fen; without the right to all: your own."""
        own = None if may(actor, "time.write_for_others") else actor.person_id or 0
        statement = select(Rate).where(Rate.since <= day).order_by(col(Rate.since))
        if own is not None:
            statement = statement.where(Rate.person_id == own)
        with self._database.read(actor) as session:
            return {rate.person_id: rate.fen_per_hour for rate in session.exec(statement)}

    def set_rate(self, actor: Actor, person_id: int, fen_per_hour: int, since: date) -> int:
        """Set what an hour of somebody costs from ``since`` on; return how many entries took it over.

        Unlocked entries from that day until their next rate take it; locked ones keep what they were booked at.
        """
        require(actor, "time.write_for_others")
        if problem := check_rate(fen_per_hour):
            raise Refused([problem])
        with self._database.write(actor, "time.rate") as work:
            rates = select(Rate).where(Rate.person_id == person_id)
            rate = work.session.exec(rates.where(Rate.since == since)).first()
            if rate is None:
                rate = work.add(Rate(person_id=person_id, since=since, fen_per_hour=fen_per_hour))
            rate.fen_per_hour = fen_per_hour
            later = work.session.exec(rates.where(Rate.since > since).order_by(col(Rate.since))).first()
            statement = select(TimeEntry).where(
                TimeEntry.person_id == person_id, TimeEntry.day >= since, col(TimeEntry.locked).is_(False)
            )
            if later is not None:
                statement = statement.where(TimeEntry.day < later.since)
            entries = work.session.exec(statement).all()
            for entry in entries:
                entry.rate_fen_per_hour = fen_per_hour
            work.audit("rate", rate, person=person_id, since=since, entries=len(entries))
            work.announce(Changed("rate", "set", (rate.key,)))
            work.announce(Changed("time_entry", "changed"))
            return len(entries)


def require_own(actor: Actor, person_id: int | None) -> None:
    """Raise UserError ``not_allowed`` unless ``actor`` may write time of that person (None: their own)."""
    require(actor, "time.write")
    if person_id is not None and person_id != actor.person_id:
        require(actor, "time.write_for_others")


def book(work: Work, draft: EntryDraft) -> TimeEntry:
    """Store an entry inside a running transaction. Raises Refused with everything that is wrong."""
    whose = draft.person_id or work.actor.person_id
    if whose is None:
        raise UserError("time.nobody", N_("Time belongs to a person of the firm; the program has none."))
    settled = _settled(work, draft, whose)
    entry = work.add(
        TimeEntry(
            case_id=settled.case_id,
            person_id=whose,
            day=settled.day,
            minutes=settled.minutes,
            started_at=settled.started_at,
            ended_at=settled.ended_at,
            activity=settled.activity.value if settled.activity else "other",
            narrative=settled.narrative,
            source=settled.source.value,
            billable=settled.billable,
            rate_fen_per_hour=_rate(work.session, settled, whose),
        )
    )
    _tell(work, entry, "added")
    return entry


def check_case(session: Session, actor: Actor, case_id: int | None) -> None:
    """Raise UserError unless the case exists and ``actor`` may see it."""
    if case_id is None:
        return
    heads = case_heads()
    statement = select(heads.c.case_id).where(heads.c.case_id == case_id)
    if session.execute(visible_to(statement, actor, heads.c.case_id)).first() is None:
        raise UserError("case.unknown", N_("There is no such case."), hint=N_("Look it up by number or name."))


def _settled(work: Work, draft: EntryDraft, person_id: int, entry: TimeEntry | None = None) -> EntryDraft:
    """Return the draft as it is booked. Raises Refused with everything that is wrong with it."""
    assert isinstance(work.actor, Actor)
    problems = check_entry(draft, work.clock.today())
    if problems:
        raise Refused(problems, NOT_BOOKED)
    check_case(work.session, work.actor, draft.case_id)
    settled = draft.settled(int(read_setting(work.session, "rounding_minutes")))
    others = minutes_on(work.session, person_id, draft.day, without=entry.id if entry else None)
    if problem := check_day_total(others + settled.minutes, draft.day):
        raise Refused([problem], NOT_BOOKED)
    return settled


def _rate(session: Session, draft: EntryDraft, person_id: int) -> int | None:
    """Return the rate of an entry: its own, else the person's newest one on that day, None when none is set."""
    if draft.rate_fen_per_hour is not None:
        return draft.rate_fen_per_hour
    statement = select(Rate.fen_per_hour).where(Rate.person_id == person_id, Rate.since <= draft.day)
    return session.exec(statement.order_by(col(Rate.since).desc())).first()


def _writable(session: Session, actor: Actor, entry_id: int, *, deleted: bool = False) -> TimeEntry:
    statement = select(TimeEntry).where(TimeEntry.id == entry_id, col(TimeEntry.deleted).is_(deleted))
    seen = visible_to(statement, actor, col(TimeEntry.case_id))
    entry: TimeEntry | None = session.execute(seen).scalar_one_or_none()
    if entry is None:
        raise UserError("time.unknown", N_("There is no such time entry."), hint=N_("It may have been deleted."))
    require_own(actor, entry.person_id)
    _refuse_locked(entry)
    return entry


def _refuse_locked(entry: TimeEntry) -> None:
    if entry.locked:
        message = N_(
            "This time is locked: its month is closed or it is on a bill. Ask the administrator to unlock it."
        )
        raise Refused([Problem("time.locked", message)], NOT_BOOKED)


def _tell(work: Work, entry: TimeEntry, action: str) -> None:
    work.audit("time_entry", entry, case_id=entry.case_id, minutes=entry.minutes, day=entry.day)
    cases = (entry.case_id,) if entry.case_id is not None else ()
    work.announce(Changed("time_entry", action, (entry.key,), cases))
