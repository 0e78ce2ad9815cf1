"""Putting up, changing and ending ethical walls; noting who met one, and answering them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from lawdesk.firm.model import Person, Wall, WallPerson, WallQuestion, WallSubject
from lawdesk.firm.queries import Curtain, WallQueries
from lawdesk.firm.rules import Actor, Answer, WallDraft, check_wall, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work, check_version

SAME_SITTING = timedelta(minutes=30)
"""Within it, what one person asks anew joins the reference they already have: typing asks at every key."""


SAME_MOMENT = timedelta(minutes=1)
STILL_ANSWERED = timedelta(days=7)
_COMMA = "、"


@dataclass(frozen=True)
class Met:
    """The reference somebody got who met a wall; ``answer`` once the director gave one."""

    number: int
    answer: Answer | None = None
    words: str = ""


class WallService:
    """Ethical walls (信息隔离)."""

    def __init__(self, database: Database, curtain: Curtain) -> None:
        self._database = database
        self.queries = WallQueries(database, curtain)

    def put_up(self, actor: Actor, draft: WallDraft) -> int:
        """Put up a wall around a case or a party; from now on only who is inside sees behind it. Return its id.

        Raises Refused for a wall without a reason or around nothing, or where one stands already.
        """
        require(actor, "wall.set")
        problems = check_wall(draft)
        with self._database.write(actor, "wall.put_up") as work:
            around = col(Wall.party_id) == draft.party_id
            if draft.case_id is not None:
                around = col(Wall.case_id) == draft.case_id
            same = select(Wall.id).where(around, col(Wall.ended_at).is_(None))
            if not problems and work.session.exec(same).first() is not None:
                problems.append(Problem("wall.stands", N_("There is a wall around it already."), "around"))
            problems += _unknown(work.session, draft.inside | draft.outside)
            if problems:
                raise Refused(problems)
            with work.beyond_walls():
                wall = work.add(Wall(case_id=draft.case_id, party_id=draft.party_id, reason=draft.reason.strip()))
                _name(work, wall, draft.inside, draft.outside)
                work.audit("wall", wall, case_id=wall.case_id, **_ids(draft.inside, draft.outside))
            _announce(work, wall)
            return wall.key

    def change(
        self,
        actor: Actor,
        wall_id: int,
        *,
        seen: int,
        reason: str,
        inside: Collection[int],
        outside: Collection[int] = (),
    ) -> None:
        """Change who is inside a standing wall, and why it stands; ``seen`` is the version looked at."""
        require(actor, "wall.set")
        with self._database.write(actor, "wall.change") as work:
            wall = _standing(work.session, wall_id)
            check_version(wall, seen)
            draft = WallDraft(reason, wall.case_id, wall.party_id, frozenset(inside), frozenset(outside))
            if problems := check_wall(draft) + _unknown(work.session, draft.inside | draft.outside):
                raise Refused(problems)
            with work.beyond_walls():
                work.session.exec(delete(WallPerson).where(col(WallPerson.wall_id) == wall.key))
                wall.reason, wall.updated_at = reason.strip(), work.clock.now()
                _name(work, wall, draft.inside, draft.outside)
                work.audit("wall", wall, case_id=wall.case_id, **_ids(draft.inside, draft.outside))
            _announce(work, wall)

    def end(self, actor: Actor, wall_id: int, why: str) -> None:
        """Take a wall down; it stays on record with the reason. Raises Refused without one."""
        require(actor, "wall.set")
        if not why.strip():
            raise Refused([Problem("wall.reason", N_("Say why the wall ends."), "reason")])
        with self._database.write(actor, "wall.end") as work:
            wall = _standing(work.session, wall_id)
            wall.ended_at, wall.ended_by, wall.ended_why = work.clock.now(), actor.person_id, why.strip()
            work.audit("wall", wall, case_id=wall.case_id)
            _announce(work, wall)

    def met(
        self,
        actor: Actor,
        kind: str,
        *,
        asked: Sequence[str] = (),
        cases: Collection[int] = (),
        parties: Collection[int] = (),
    ) -> Met:
        """Note that ``actor`` met a wall; return the reference the director answers to, and an answer given.

        Who goes on asking within :data:`SAME_SITTING` keeps the reference: it grows by what else was met. An
        answer holds :data:`STILL_ANSWERED` for the same names and no more behind them.
        """
        now = self._database.clock.now()
        met = {(one, None) for one in cases} | {(None, one) for one in parties}
        with self._database.read() as session:
            for question in session.exec(_recent(actor, kind, now)):
                within = met <= _subjects(session, question.key) and set(asked) <= set(
                    question.asked.split(_COMMA)
                )
                if within and question.answer:
                    return Met(question.key, Answer(question.answer), question.words)
                if within and now - question.last_at < SAME_MOMENT:
                    return Met(question.key)
        with self._database.write(actor, "wall.met") as work, work.beyond_walls() as session:
            open_one = (one for one in session.exec(_recent(actor, kind, now)) if not one.answer)
            question = next((one for one in open_one if now - one.last_at <= SAME_SITTING), None)
            fresh = question is None
            if question is None:
                question = work.add(WallQuestion(person_id=actor.person_id, kind=kind, last_at=now, times=0))
            known = _subjects(session, question.key)
            for case_id, party_id in sorted(met - known, key=str):
                session.add(WallSubject(question_id=question.key, case_id=case_id, party_id=party_id))
            question.times, question.last_at = question.times + 1, now
            for name in asked:
                question.asked = _joined(question.asked, name)
            if fresh or met - known:
                work.audit("wall_question", question, kind=kind, met=len(met | known))
                work.announce(Changed("wall", "met", (question.key,)))
            else:
                work.not_audited()  # the same question once more
            return Met(question.key)

    def missed(self, actor: Actor, subject: str, number: int) -> None:
        """Note that ``actor`` asked for a case or party by its id, where a wall is why they did not get it."""
        hidden = self.queries.hidden_from(actor)
        if subject == "case" and number in hidden.cases:
            self.met(actor, "opened", cases={number})
        elif subject == "party" and number in hidden.parties:
            self.met(actor, "opened", parties={number})

    def answer(self, actor: Actor, reference: int, answer: Answer, words: str = "") -> None:
        """Answer a reference; raises UserError for an unknown one."""
        require(actor, "wall.set")
        with self._database.write(actor, "wall.answer") as work:
            question = work.session.get(WallQuestion, reference)
            if question is None:
                raise UserError(
                    "wall.unknown_reference",
                    N_("There is no reference {number}."),
                    hint=N_("The open ones stand under Settings, Walls."),
                    number=reference,
                )
            question.answer, question.words = Answer(answer).value, words.strip()
            question.answered_by, question.answered_at = actor.person_id, work.clock.now()
            work.audit("wall_question", question, answer=question.answer)
            work.announce(Changed("wall", "answered", (question.key,)))


def _standing(session: Session, wall_id: int) -> Wall:
    wall = session.get(Wall, wall_id)
    if wall is None or wall.ended_at is not None:
        raise UserError("wall.unknown", N_("There is no such wall, or it ended."))
    return wall


def _unknown(session: Session, people: Collection[int]) -> list[Problem]:
    found = set(session.exec(select(Person.id).where(col(Person.id).in_(set(people)))))
    if set(people) - found:
        return [Problem("person.unknown", N_("There is no such person in the firm."), "inside")]
    return []


def _name(work: Work, wall: Wall, inside: Collection[int], outside: Collection[int]) -> None:
    for people, within in ((inside, True), (outside, False)):
        for person_id in sorted(people):
            work.session.add(WallPerson(wall_id=wall.key, person_id=person_id, inside=within))
    work.session.flush()


def _ids(inside: Collection[int], outside: Collection[int]) -> dict[str, list[int]]:
    return {"inside": sorted(inside), "outside": sorted(outside)}


def _announce(work: Work, wall: Wall) -> None:
    work.announce(Changed("wall", "changed", (wall.key,), (wall.case_id,) if wall.case_id else ()))


def _recent(actor: Actor, kind: str, now: datetime) -> Any:
    """Return the statement of what ``actor`` met lately, newest first."""
    return (
        select(WallQuestion)
        .where(
            col(WallQuestion.person_id) == actor.person_id,
            col(WallQuestion.kind) == kind,
            col(WallQuestion.last_at) >= now - STILL_ANSWERED,
        )
        .order_by(col(WallQuestion.id).desc())
    )


def _subjects(session: Session, question_id: int) -> set[tuple[int | None, int | None]]:
    rows = session.exec(select(WallSubject).where(col(WallSubject.question_id) == question_id))
    return {(one.case_id, one.party_id) for one in rows}


def _joined(before: str, name: str) -> str:
    """Return what was asked so far and now; what grew by typing on replaces what it grew from."""
    said = [one for one in before.split(_COMMA) if one and not name.startswith(one)]
    return _COMMA.join([*said, name] if name else said)
