"""Reading and writing: every write is one named transaction by somebody, audited, announced after the commit."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, SQLModel, col, func, select

from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.errors import Bug, EnvironmentFailure, LawDeskError, UserError
from lawdesk.kernel.events import Announcer, Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.audit import AuditRecord, append
from lawdesk.storage.curtain import DRAWN, Acting, Curtain, beyond_walls, lift, say_who
from lawdesk.storage.engine import connections_of
from lawdesk.storage.faults import dangling, first_line, in_words, refuse_unstorable, unstorable
from lawdesk.storage.record import Record

R = TypeVar("R", bound=Record)
_NEWEST = select(func.max(col(AuditRecord.id)))
PATIENCE = 30.0


class Named(Protocol):
    """What an audit record says it was done to: a row's number and unique identifier."""

    @property
    def id(self) -> int | None: ...

    @property
    def uid(self) -> str: ...


class Program:
    """LawDesk itself acting, for example while an office is created."""

    person_id: int | None = None
    name = "LawDesk"


class Follower(Protocol):
    """What keeps something in step with the records: called in every write transaction, just before its commit.

    ``touched`` holds the records the session added, changed or deleted; rows written past it are not among them,
    so a follower looks for new rows itself.
    """

    def __call__(self, work: Work, touched: Collection[SQLModel]) -> None: ...


class Work:
    """One running write transaction."""

    def __init__(self, session: Session, actor: Acting, action: str, clock: Clock) -> None:
        self.session = session
        self.actor = actor
        self.action = action
        self.clock = clock
        self.changes: list[Changed] = []
        self.audited = False

    def audit(
        self, subject: str, record: Named | None = None, *, case_id: int | None = None, **detail: Any
    ) -> None:
        """Write what was done into the audit chain, in this transaction.

        ``subject`` is the kind of thing, ``record`` the row it was done to, ``detail`` ids, codes and counts:
        never the content of secrets or personal data.
        """
        self.session.flush()
        append(
            self.session,
            AuditRecord(
                at=self.clock.now(),
                actor_id=self.actor.person_id,
                actor_name=self.actor.name,
                action=self.action,
                subject=subject,
                subject_id=record.id if record is not None else None,
                subject_uid=record.uid if record is not None else "",
                case_id=case_id,
                detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
                previous_hash="",
                hash="",
            ),
        )
        self.audited = True

    @contextmanager
    def beyond_walls(self) -> Iterator[Session]:
        """See everything for some statements: what the office as a whole must count or keep true.

        What is read so must not be shown to who acts.
        """
        with beyond_walls(self.session) as session:
            yield session

    def lift_curtain(self) -> None:
        """See everything until the end of the transaction (see :meth:`beyond_walls`)."""
        lift(self.session)

    @property
    def veiled(self) -> bool:
        """Whether something of the office is hidden from who acts."""
        return bool(self.session.info.get(DRAWN))

    def not_audited(self) -> None:
        """Say that this change needs no audit record: half-typed input and caches, nothing anybody relies on."""
        self.audited = True

    def announce(self, change: Changed) -> None:
        """Say ``change`` to everybody once it is on disk."""
        self.changes.append(change)

    def add(self, record: R) -> R:
        """Store a new record and give it its id."""
        self.session.add(record)
        self.session.flush()
        return record


class Database:
    """One open office database; hand it to services, never to pages."""

    def __init__(self, engine: Engine, clock: Clock | None = None, announcer: Announcer | None = None) -> None:
        self.engine = engine
        self.clock = clock or SystemClock()
        self.announcer = announcer or Announcer()
        self.curtain: Curtain | None = None
        """Laid over every session that is opened for a person."""
        self.missed: Callable[[Any, str, int], object] | None = None
        """Called with who asked, what kind of thing and its id when a look-up by id found nothing for them."""
        self.write_failed: Callable[[EnvironmentFailure], object] | None = None
        """Called on the writing thread when disk or server refused a write, whoever handles the error."""
        self._writer = engine.execution_options(lawdesk_write=True)
        self._followers: list[Follower] = []
        self._lock = threading.RLock()
        self._writing = threading.local()
        self._reading = threading.local()

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    def follow(self, follower: Follower) -> None:
        """Let ``follower`` take part in every write from now on."""
        self._followers.append(follower)

    @contextmanager
    def read(self, actor: Acting | None = None, *, snapshot: bool = False) -> Iterator[Session]:
        """Open a session for reading one consistent state; rows must be frozen before it ends.

        With ``actor`` it shows what that person may see. Without, LawDesk itself reads: what concerns the office
        as a whole, and the conflict check, which searches behind walls. With ``snapshot`` all its statements see
        one state on PostgreSQL too.
        """
        held: Session | None = getattr(self._reading, "session", None)
        if held is not None and actor is None and not snapshot:
            yield held
            return
        with Session(self.engine) as session:
            try:
                if snapshot and self.kind == "postgresql":
                    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                self._draw(session, actor)
                yield session
            except DBAPIError as error:
                raise in_words(error) from error
            except UnicodeEncodeError as error:
                raise unstorable() from error

    @contextmanager
    def one_state(self) -> Iterator[Session]:
        """Let LawDesk's own reads of this thread until the end share one session: one state, and cheaper."""
        with self.read() as session:
            before = getattr(self._reading, "session", None)
            self._reading.session = session
            try:
                yield session
            finally:
                self._reading.session = before

    def renew(self) -> None:
        """Let the session that :meth:`one_state` holds in this thread see the state of now from here on."""
        held: Session | None = getattr(self._reading, "session", None)
        if held is not None:
            held.rollback()
            self._draw(held, None)

    @contextmanager
    def write(self, actor: Acting, action: str) -> Iterator[Work]:
        """Run one named write transaction of ``actor``.

        Everything or nothing is saved. A transaction that changed something without an audit record is a Bug.
        Raises UserError ``stale`` when somebody else changed a record first, EnvironmentFailure when the disk or
        server fails.
        """
        with self._lock:
            if getattr(self._writing, "active", False):
                raise Bug("write.nested", f"write transaction {action} inside another")
            self._writing.active = True
            try:
                work = self._run(actor, action)
                with work as running:
                    yield running
            except EnvironmentFailure as error:
                if self.write_failed is not None:
                    self.write_failed(error)
                raise
            finally:
                self._writing.active = False
        for change in running.changes:
            self.announcer.announce(change)

    def _draw(self, session: Session, actor: Acting | None) -> None:
        """Say to the session (and to PostgreSQL) for whom it works."""
        if self.kind == "postgresql":
            say_who(session, None if actor is None else actor.person_id)
        if actor is not None and self.curtain is not None:
            session.info[DRAWN] = self.curtain(session, actor)

    @contextmanager
    def _run(self, actor: Acting, action: str) -> Iterator[Work]:
        with Session(self._writer, expire_on_commit=False) as session:
            work = Work(session, actor, action, self.clock)
            changed, touched = _stamp_changes(session, work)
            try:
                self._draw(session, actor)
                yield work
                session.flush()
                if changed and not work.audited:
                    raise Bug("write.unaudited", f"{action} changed {sorted(changed)} without an audit record")
                with work.beyond_walls():
                    for follower in self._followers:
                        follower(work, tuple(touched))
                    session.flush()
                session.commit()
            except StaleDataError as error:
                raise stale_error() from error
            except IntegrityError as error:
                if "foreign key" in str(error.orig).lower():
                    raise dangling() from error
                raise Bug("write.integrity", f"{action}: {first_line(error)}") from None
            except DBAPIError as error:
                raise in_words(error) from error
            except UnicodeEncodeError as error:
                raise unstorable() from error

    def not_found(self, actor: Acting, subject: str, number: int) -> None:
        """Say that ``actor`` asked for something by its id and it is not there for them."""
        if self.missed is not None and not getattr(self._writing, "active", False):
            self.missed(actor, subject, number)

    def state_stamp(self, *subjects: str) -> int:
        """Return a number that rises with every committed change to one of ``subjects`` (to anything without).

        It is the id of the newest audit record about them, so it tells of changes by other seats and commands too.
        """
        statement = select(func.max(col(AuditRecord.id)))
        if subjects:
            statement = statement.where(col(AuditRecord.subject).in_(subjects))
        with self.read() as session:
            return session.exec(statement).one() or 0

    def changed_since(self, connection: Connection, stamp: int, *subjects: str) -> tuple[int, bool]:
        """Return the stamp of now, and whether anything about ``subjects`` was committed after ``stamp``.

        Cheap however long the chain is: only the records after ``stamp`` are looked at.
        """
        newest = connection.execute(_NEWEST).scalar() or 0
        if newest <= stamp:
            return stamp, False
        after = select(AuditRecord.id).where(col(AuditRecord.id) > stamp, col(AuditRecord.subject).in_(subjects))
        return newest, connection.execute(after.limit(1)).first() is not None

    def shut(self, patience: float = PATIENCE) -> None:
        """Close every connection; until :meth:`reopen` every read and write raises UserError ``office.locked``.

        Waits ``patience`` seconds for who still uses one. Raises EnvironmentFailure ``office.in_use``.
        """
        self.engine.dispose()
        until = time.monotonic() + patience
        while connections_of(self.engine):
            if time.monotonic() > until:
                raise EnvironmentFailure("office.in_use", N_("Something still works with the office's file."))
            time.sleep(0.01)

    def reopen(self, engine: Engine) -> None:
        """Work on ``engine`` from now on: the same office, opened again."""
        self.engine, self._writer = engine, engine.execution_options(lawdesk_write=True)

    def close(self) -> None:
        """Close all connections; the engine forgets its key."""
        self.engine.dispose()


def check_version(record: Record, seen: int | None) -> None:
    """Raise UserError ``stale`` when the user was looking at an older version of ``record``."""
    if seen is not None and record.version != seen:
        raise stale_error()


def stale_error() -> LawDeskError:
    """Return the error for a change that came too late."""
    return UserError(
        "stale",
        N_("Somebody else changed this in the meantime."),
        N_("Your change was not saved, so theirs is not lost."),
        N_("Look at the new state and make your change again."),
    )


def _stamp_changes(session: Session, work: Work) -> tuple[set[str], list[SQLModel]]:
    """Fill created/updated by and at on every flush; collect which tables changed, and the records."""
    changed: set[str] = set()
    touched: list[SQLModel] = []

    def before_flush(_session: Any, _context: Any, _instances: Any) -> None:
        now = work.clock.now()
        touched.extend((*session.new, *session.dirty, *session.deleted))
        for record in (*session.new, *session.dirty):
            refuse_unstorable(*(value for value in vars(record).values() if isinstance(value, str)))
        for record in session.new:
            if isinstance(record, Record):
                record.created_at = record.created_at or now
                record.created_by = record.created_by or work.actor.person_id
                record.updated_at, record.updated_by = now, work.actor.person_id
            if not isinstance(record, AuditRecord):
                changed.add(type(record).__name__)
        for record in session.dirty:
            if session.is_modified(record):
                changed.add(type(record).__name__)
                if isinstance(record, Record):
                    record.updated_at, record.updated_by = now, work.actor.person_id
        changed.update(type(record).__name__ for record in session.deleted)

    event.listen(session, "before_flush", before_flush)
    return changed, touched
