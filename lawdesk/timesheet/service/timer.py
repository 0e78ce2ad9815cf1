"""The timer: one per person. It lives in the office, so it survives a crash, a night and a locked window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from lawdesk.firm import Actor, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work
from lawdesk.timesheet.model import RunningTimer
from lawdesk.timesheet.rules import DAY_MINUTES, LONG_TIMER_MINUTES, EntryDraft, Source, timer_minutes
from lawdesk.timesheet.service.entries import book, check_case


@dataclass(frozen=True)
class TimerStarted:
    """A timer that began; ``booked`` is the entry of the one that ran before."""

    booked: int | None = None


class TimerService:
    """Starting, pausing and stopping."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start_timer(self, actor: Actor, case_id: int | None, narrative: str = "") -> TimerStarted:
        """Start the timer on a case (None: for the office). One that runs already is stopped and booked first.

        Raises Refused ``timer.long`` when that one ran over twelve hours: first somebody must say how long the
        work took (:meth:`stop_timer` with ``minutes``) or discard it.
        """
        require(actor, "time.write")
        with self._database.write(actor, "timer.start") as work:
            check_case(work.session, actor, case_id)
            running = _find(work.session, actor)
            booked = _book(work, running, None) if running is not None else None
            now = work.clock.now()
            timer = work.add(
                RunningTimer(
                    person_id=_person(actor),
                    case_id=case_id,
                    narrative=" ".join(narrative.split()),
                    first_at=now,
                    started_at=now,
                )
            )
            _tell(work, timer, "started")
            return TimerStarted(booked)

    def pause_timer(self, actor: Actor) -> None:
        """Let the timer stand still; nothing happens when it does already. Raises UserError when none runs."""
        with self._database.write(actor, "timer.pause") as work:
            timer = _running(work.session, actor)
            if timer.started_at is not None:
                timer.seconds = _seconds(timer, work.clock.now())
                timer.started_at = None
                _tell(work, timer, "paused")

    def resume_timer(self, actor: Actor) -> None:
        """Let the timer go on; nothing happens when it runs. Raises UserError when there is none."""
        with self._database.write(actor, "timer.resume") as work:
            timer = _running(work.session, actor)
            if timer.started_at is None:
                timer.started_at = work.clock.now()
                _tell(work, timer, "resumed")

    def describe_timer(self, actor: Actor, narrative: str, *, case_id: int | None = None) -> None:
        """Say what the timer is for; a ``case_id`` moves it to another case."""
        with self._database.write(actor, "timer.describe") as work:
            timer = _running(work.session, actor)
            check_case(work.session, actor, case_id)
            timer.narrative = " ".join(narrative.split())
            timer.case_id = case_id if case_id is not None else timer.case_id
            _tell(work, timer, "changed")

    def stop_timer(self, actor: Actor, *, narrative: str | None = None, minutes: int | None = None) -> int:
        """Stop the timer and book its time on the day it began; return the entry's id.

        A begun minute counts. After more than twelve hours it raises Refused ``timer.long`` unless ``minutes``
        says how long the work really took. Raises UserError ``timer.none`` when none runs.
        """
        with self._database.write(actor, "timer.stop") as work:
            timer = _running(work.session, actor)
            if narrative is not None:
                timer.narrative = narrative
            return _book(work, timer, minutes)

    def discard_timer(self, actor: Actor) -> None:
        """Throw the timer away without booking anything."""
        with self._database.write(actor, "timer.discard") as work:
            timer = _running(work.session, actor)
            _tell(work, timer, "discarded")
            work.session.delete(timer)


def _book(work: Work, timer: RunningTimer, minutes: int | None) -> int:
    """Turn a timer into an entry inside a running transaction; return the entry's id."""
    now = work.clock.now()
    ran = timer_minutes(_seconds(timer, now))
    if minutes is None and ran > LONG_TIMER_MINUTES:
        since = timer.first_at.astimezone(CHINA)
        message = N_("The timer has run since {since}, for {hours} hours. How long did the work really take?")
        params = {"since": f"{since:%m-%d %H:%M}", "hours": ran // 60}
        raise Refused([Problem("timer.long", message, "minutes", params=params)], N_("The timer still runs."))
    booked = min(minutes if minutes is not None else ran, DAY_MINUTES)
    entry = book(
        work,
        EntryDraft(
            timer.case_id,
            timer.first_at.astimezone(CHINA).date(),
            booked,
            timer.narrative,
            source=Source.TIMER,
            started_at=timer.first_at if minutes is None else None,
            ended_at=max(now, timer.first_at) if minutes is None else None,
        ),
    )
    _tell(work, timer, "stopped")
    work.session.delete(timer)
    work.session.flush()
    return entry.key


def _seconds(timer: RunningTimer, now: datetime) -> int:
    """Return the seconds a timer ran; a clock that was put back counts for nothing."""
    if timer.started_at is None:
        return timer.seconds
    return timer.seconds + max(0, int((now - timer.started_at).total_seconds()))


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise UserError("time.nobody", N_("Time belongs to a person of the firm; the program has none."))
    return actor.person_id


def _find(session: Session, actor: Actor) -> RunningTimer | None:
    return session.exec(select(RunningTimer).where(col(RunningTimer.person_id) == _person(actor))).first()


def _running(session: Session, actor: Actor) -> RunningTimer:
    require(actor, "time.write")
    timer = _find(session, actor)
    if timer is None:
        raise UserError("timer.none", N_("No timer is running."), hint=N_("Start one on a case."))
    return timer


def _tell(work: Work, timer: RunningTimer, action: str) -> None:
    work.audit("timer", timer, case_id=timer.case_id)
    cases = (timer.case_id,) if timer.case_id is not None else ()
    work.announce(Changed("timer", action, (timer.key,), cases))
