"""The curtain over the sessions of a person: what :mod:`~lawdesk.firm.queries.sight` decides, laid over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import and_, func, not_, or_, select
from sqlalchemy.orm import with_loader_criteria
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from lawdesk.firm.model import Person, RightChange
from lawdesk.firm.queries.sight import (
    Hidden,
    Who,
    among,
    conditions,
    hidden_cases,
    hidden_checks,
    hidden_enquiries,
    hidden_news,
    hidden_parties,
    hidden_walls,
    who_is,
)
from lawdesk.firm.rules import Actor, Role, rights_of
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.curtain import Acting, beyond_walls

_NEWEST = select(func.max(col(AuditRecord.id)))


@dataclass(frozen=True)
class Drawn:
    """What lies over a session of somebody: what is hidden, and the options that hide it."""

    hidden: Hidden
    options: tuple[Any, ...] = ()

    def narrow(self, statement: Any, case_id: Any) -> Any:
        """Filter a statement past the tables' classes by the column that names the case."""
        return statement.where(or_(case_id.is_(None), not_(among(case_id, self.hidden.cases))))

    def __bool__(self) -> bool:
        return bool(self.options)


class Curtain:
    """What lies over the sessions of a person; nothing at all while nothing is hidden from them.

    What is hidden is read again when anything was written since: known by the newest audit record.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[int | None, bool, bool, frozenset[str] | None], tuple[int, Drawn]] = {}

    def __call__(self, session: Session, actor: Acting) -> Drawn | None:
        """Return what lies over ``session`` of ``actor``."""
        return self.drawn(session, actor) if isinstance(actor, Actor) else None

    def drawn(self, session: Session, actor: Actor) -> Drawn:
        """Return what is hidden from ``actor`` as of now; never to be shown to them.

        Raises UserError ``rights.changed`` when a person who signed in left or was given other rights since, here
        or at another seat.
        """
        who = who_is(actor)
        key = (actor.person_id, who.sees_all, who.settles, actor.rights)
        stamp = session.connection().execute(_NEWEST).scalar() or 0
        known = self._drawn.get(key)
        if known is not None and known[0] == stamp:
            return known[1]
        with beyond_walls(session):
            _still_signed_in(session, actor)
            hidden = look_behind(session, who)
        if known is not None and known[1].hidden == hidden:
            drawn = known[1]
        else:
            some = any(getattr(hidden, field.name) for field in fields(hidden))
            drawn = Drawn(hidden, tuple(_options(who, hidden)) if some else ())
        self._drawn[key] = (stamp, drawn)
        return drawn


def _still_signed_in(session: Session, actor: Actor) -> None:
    """Compare what somebody signed in with against the office as it is now."""
    if actor.rights is None:
        return
    person = session.get(Person, actor.person_id)
    if person is not None and person.active:
        changes = {(row.role, row.action): row.granted for row in session.exec(select_rows(RightChange))}
        if rights_of(Role(person.role), changes) == actor.rights:
            return
    raise UserError(
        "rights.changed",
        N_("Your rights in this office were changed."),
        hint=N_("Sign in again to go on with the rights you have now."),
    )


def look_behind(session: Session, who: Who) -> Hidden:
    """Return the ids of everything hidden from ``who``."""
    connection = session.connection()
    if connection.exec_driver_sql(_ANYTHING).first() is None:
        return Hidden()

    def ids(statement: Any) -> frozenset[int]:
        return frozenset(connection.execute(statement).scalars())

    cases = ids(hidden_cases(who))
    enquiries = ids(hidden_enquiries(who, cases))
    parties = ids(hidden_parties(who, cases, enquiries))
    checks = ids(hidden_checks(who, cases, parties))
    return Hidden(cases, enquiries, parties, checks, ids(hidden_news(cases, parties)), ids(hidden_walls(who)))


_ANYTHING = "SELECT 1 FROM wall WHERE ended_at IS NULL UNION ALL SELECT 1 FROM cases WHERE access = 'team' LIMIT 1"


def _options(who: Who, hidden: Hidden) -> Iterator[Any]:
    for mapper in SQLModel._sa_registry.mappers:
        found = conditions(str(mapper.local_table), mapper.columns, who, hidden)
        if found:
            yield with_loader_criteria(mapper.class_, and_(*found), include_aliases=True)
