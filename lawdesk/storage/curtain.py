"""The curtain over a session: what the person it works for may not see is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

from sqlalchemy import Table, TextClause, event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session

from lawdesk.kernel.errors import Bug

DRAWN, _LIFTED, _PERSON = "curtain", "curtain_lifted", "lawdesk_person"
"""What a session carries: its options, that they rest, whom PostgreSQL was told."""
CASE_COLUMN = "lawdesk_case_column"
"""The execution option by which a statement past the tables' classes says which column names the case."""
_ALL = "*"
"""Who acts, as row-level security is told: LawDesk itself, which searches behind walls too."""
_OPEN_TO_ALL = ("person",)
"""Tables without anything to hide that statements read past their classes."""


class Acting(Protocol):
    """Who acts: what storage needs to know of a person."""

    @property
    def person_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


class Drawn(Protocol):
    """What lies over a session: options for statements about the tables' classes, and a way for others.

    ``narrow`` filters a statement by the column that names the case; nothing lies there while it is false.
    """

    @property
    def options(self) -> Sequence[Any]: ...

    def narrow(self, statement: Any, case_id: Any) -> Any: ...

    def __bool__(self) -> bool: ...


class Curtain(Protocol):
    """What hides from a person what they may not see."""

    def __call__(self, session: Session, actor: Acting) -> Drawn | None: ...


@contextmanager
def beyond_walls(session: Session) -> Iterator[Session]:
    """Lift the curtain of ``session`` for some statements."""
    if _LIFTED in session.info:
        yield session
        return
    person = session.info.get(_PERSON, _ALL)
    lift(session)
    try:
        yield session
        session.flush()
        if person != _ALL:
            _tell(session, person)
    finally:
        del session.info[_LIFTED]


def lift(session: Session) -> None:
    """Lift the curtain of ``session`` until its transaction ends."""
    session.info[_LIFTED] = True
    if session.info.get(_PERSON, _ALL) != _ALL:
        _tell(session, _ALL)


def say_who(session: Session, person_id: int | None) -> None:
    """Tell row-level security for whom the transaction works: nobody in particular is LawDesk itself."""
    session.info[_PERSON] = _ALL if person_id is None else str(person_id)
    _tell(session, session.info[_PERSON])


def _tell(session: Session, person: str) -> None:
    session.connection().exec_driver_sql("SELECT set_config('lawdesk.person', %s, true)", (person,))


def _draw(state: ORMExecuteState) -> None:
    info, statement = state.session.info, cast("Any", state.statement)
    if not info.get(DRAWN) or _LIFTED in info or state.is_column_load:
        return
    column = state.execution_options.get(CASE_COLUMN)
    if state.is_orm_statement:
        state.statement = state.statement.options(*info[DRAWN].options)
    elif column is not None:
        state.statement = info[DRAWN].narrow(state.statement, column)
    elif any(_source(part) for part in iterate(statement)):
        raise Bug("walls.unreached", "a statement past the tables' classes would see behind walls")


def _source(part: object) -> bool:
    return isinstance(part, TextClause) or (isinstance(part, Table) and part.name not in _OPEN_TO_ALL)


event.listen(Session, "do_orm_execute", _draw)
