"""Looking up ethical walls and who met them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel import Session, col

from lawdesk.firm.model import Person, Wall, WallPerson, WallQuestion, WallSubject
from lawdesk.firm.queries.blocked import name_shown, title_shown
from lawdesk.firm.queries.curtain import Curtain, look_behind
from lawdesk.firm.queries.people import people_names, read_right_changes
from lawdesk.firm.queries.sight import Hidden, rows_of, who_is
from lawdesk.firm.rules import Actor, Answer, Role, may, require, rights_of
from lawdesk.storage.curtain import beyond_walls
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class WallRow:
    """A wall: around what, who is inside, why, since when, who put it up, when it ended."""

    id: int
    version: int
    case_id: int | None
    party_id: int | None
    around: str
    reason: str
    since: datetime
    set_by: str
    inside: tuple[tuple[int, str], ...]
    outside: tuple[tuple[int, str], ...]
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""


@dataclass(frozen=True)
class QuestionRow:
    """Somebody met a wall. ``about`` is what stands behind it: empty for who may not see it."""

    id: int
    person_id: int | None
    person: str
    kind: str
    asked: str
    last_at: datetime
    times: int
    answer: Answer | None
    words: str
    answered_by: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeesRow:
    """Somebody of the firm and whether they see a case."""

    person_id: int
    name: str
    login: str
    role: Role
    sees: bool


class WallQueries:
    """Look-ups about walls."""

    def __init__(self, database: Database, curtain: Curtain) -> None:
        self._database, self._curtain = database, curtain

    def walls(self, actor: Actor, *, ended: bool = False) -> list[WallRow]:
        """Return the standing walls, the ended ones too with ``ended``, newest first; none that shuts one out."""
        require(actor, "wall.set")
        statement = _walls()
        if not ended:
            statement = statement.where(col(Wall.ended_at).is_(None))
        with self._database.read(actor) as session:
            return _wall_rows(session, statement)

    def wall_of_case(self, actor: Actor, case_id: int) -> list[WallRow]:
        """Return the standing walls around a case or one of its parties: what the case shows who sees behind."""
        require(actor, "case.read")
        party = rows_of("case_party", "case_id", "party_id")
        stands = select(party.c.party_id).where(party.c.case_id == case_id)
        around = or_(col(Wall.case_id) == case_id, col(Wall.party_id).in_(stands))
        with self._database.read(actor) as session:
            if case_id in self._curtain.drawn(session, actor).hidden.cases:
                return []
            return _wall_rows(session, _walls().where(around, col(Wall.ended_at).is_(None)))

    def walled_cases(self, actor: Actor) -> frozenset[int]:
        """Return the cases behind standing walls that ``actor`` sees behind: what a list marks."""
        require(actor, "case.read")
        party = rows_of("case_party", "case_id", "party_id")
        standing = col(Wall.ended_at).is_(None)
        with self._database.read(actor) as session:
            ids = set(session.execute(select(col(Wall.case_id)).where(standing)).scalars())
            around = select(party.c.case_id).join(Wall, col(Wall.party_id) == party.c.party_id).where(standing)
            ids.update(session.execute(around).scalars())
            hidden = frozenset(self._curtain.drawn(session, actor).hidden.cases)
            return frozenset(one for one in ids if one is not None) - hidden

    def who_sees(self, actor: Actor, case_id: int) -> list[SeesRow]:
        """Return everybody of the firm with whether they see a case; nobody for a case ``actor`` does not see."""
        require(actor, "case.read")
        cases = rows_of("cases", "id")
        with self._database.read(actor) as session:
            known = session.execute(select(cases.c.id).where(cases.c.id == case_id)).first() is not None
            if not known or case_id in self._curtain.drawn(session, actor).hidden.cases:
                return []
            changes = read_right_changes(session)
            people = select(Person).where(col(Person.active).is_(True)).order_by(col(Person.id))
            with beyond_walls(session):
                return [_sees(session, person, changes, case_id) for person in session.execute(people).scalars()]

    def questions(self, actor: Actor, *, open_only: bool = True, limit: int = 200) -> list[QuestionRow]:
        """Return who met a wall: the references to be answered, and with them who tried to open a walled thing."""
        require(actor, "wall.set")
        with self._database.read(actor) as session:
            statement = _questions()
            if open_only:
                statement = statement.where(col(WallQuestion.answer).in_(("", Answer.LATER.value)))
            rows = session.execute(statement.limit(limit)).all()
            about = _about(session, [row[0].key for row in rows])
            return [_question(row, about.get(row[0].key, ())) for row in rows]

    def own_questions(self, actor: Actor, limit: int = 50) -> list[QuestionRow]:
        """Return the references ``actor`` was sent to the director with, and what the director said."""
        require(actor, "conflict.check")
        statement = _questions().where(
            col(WallQuestion.person_id) == actor.person_id, col(WallQuestion.kind) == "conflict"
        )
        with self._database.read(actor) as session:
            return [_question(row, ()) for row in session.execute(statement.limit(limit)).all()]

    def hidden_from(self, actor: Actor) -> Hidden:
        """Return what is hidden from ``actor``: for the conflict check, never to be shown to them."""
        require(actor, "firm.read")
        with self._database.read() as session:
            return self._curtain.drawn(session, actor).hidden


def _sees(session: Session, person: Person, changes: dict[tuple[str, str], bool], case_id: int) -> SeesRow:
    role = Role(person.role)
    whose = Actor(person.key, person.name, person.login, role, rights=rights_of(role, changes))
    sees = may(whose, "case.read") and case_id not in look_behind(session, who_is(whose)).cases
    return SeesRow(person.key, person.name, person.login, role, sees)


def _behind() -> tuple[Any, Any, Any]:
    """Return cases, parties, and what one of them is called where a wall is told of."""
    cases, parties = rows_of("cases", "id", "number", "title", "cause"), rows_of("party", "id", "name")
    title = title_shown(cases.c.id, cases.c.title, cases.c.cause)
    return cases, parties, func.coalesce(cases.c.number + " " + title, name_shown(parties.c.id, parties.c.name))


def _walls() -> Select[Any]:
    names, ended = people_names(), people_names().alias("ended_by_names")
    cases, parties, words = _behind()
    around = func.coalesce(words, "")
    return (
        select(Wall, around, names.c.name, ended.c.name)
        .outerjoin(names, names.c.person_id == col(Wall.created_by))
        .outerjoin(ended, ended.c.person_id == col(Wall.ended_by))
        .outerjoin(cases, cases.c.id == col(Wall.case_id))
        .outerjoin(parties, parties.c.id == col(Wall.party_id))
        .order_by(col(Wall.id).desc())
    )


def _wall_rows(session: Session, statement: Select[Any]) -> list[WallRow]:
    rows = session.execute(statement).all()
    names = people_names()
    people: dict[tuple[int, bool], list[tuple[int, str]]] = {}
    named = (
        select(WallPerson, names.c.name)
        .join(names, names.c.person_id == col(WallPerson.person_id))
        .where(col(WallPerson.wall_id).in_([row[0].key for row in rows]))
        .order_by(col(WallPerson.id))
    )
    for person, name in session.execute(named).all():
        people.setdefault((person.wall_id, person.inside), []).append((person.person_id, name))
    return [
        WallRow(
            wall.key,
            wall.version,
            wall.case_id,
            wall.party_id,
            around,
            wall.reason,
            wall.created_at,
            set_by or "",
            tuple(people.get((wall.key, True), ())),
            tuple(people.get((wall.key, False), ())),
            wall.ended_at,
            ended_by or "",
            wall.ended_why,
        )
        for wall, around, set_by, ended_by in rows
    ]


def _questions() -> Select[Any]:
    names, answered = people_names(), people_names().alias("answered_by_names")
    return (
        select(WallQuestion, names.c.name, answered.c.name)
        .outerjoin(names, names.c.person_id == col(WallQuestion.person_id))
        .outerjoin(answered, answered.c.person_id == col(WallQuestion.answered_by))
        .order_by(col(WallQuestion.last_at).desc(), col(WallQuestion.id).desc())
    )


def _question(found: Any, about: tuple[str, ...]) -> QuestionRow:
    row, person, answered_by = tuple(found)
    return QuestionRow(
        row.key,
        row.person_id,
        person or "",
        row.kind,
        row.asked,
        row.last_at,
        row.times,
        Answer(row.answer) if row.answer else None,
        row.words,
        answered_by or "",
        about,
    )


def _about(session: Session, questions: list[int]) -> dict[int, tuple[str, ...]]:
    """Return what each question met, in words, as far as the session's person may see it."""
    cases, parties, words = _behind()
    statement = (
        select(WallSubject, words)
        .outerjoin(cases, cases.c.id == col(WallSubject.case_id))
        .outerjoin(parties, parties.c.id == col(WallSubject.party_id))
        .where(col(WallSubject.question_id).in_(questions))
        .order_by(col(WallSubject.id))
    )
    found: dict[int, list[str]] = {}
    for subject, text in session.execute(statement).all():
        found.setdefault(subject.question_id, []).append(text)
    return {question: tuple(texts) for question, texts in found.items()}
