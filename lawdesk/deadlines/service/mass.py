"""Counting many deadlines again, after a calendar, a rule or a holiday changed: one transaction, in portions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lawdesk.cases import case_heads
from lawdesk.deadlines.model import Deadline, LimitationTurn, TriggerEvent
from lawdesk.deadlines.service.counting import Basis, Counted, Law, clock_time, counted
from lawdesk.deadlines.service.drafts import Recount, RecountReport
from lawdesk.deadlines.service.events import get_event, recount_children, turns_of
from lawdesk.kernel.errors import Cancelled, LawDeskError
from lawdesk.storage.database import Work

PORTION = 2_000
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
_ROW: tuple[Any, ...] = (
    *(Deadline.id, Deadline.rule, Deadline.rule_version, Deadline.length_override, Deadline.trigger_date),
    *(Deadline.title_zh, Deadline.title_en, Deadline.case_id, Deadline.due, Deadline.due_time),
    *(Deadline.computed_due, Deadline.raw_end, Deadline.early_warning, Deadline.printed_due),
    *(Deadline.extended_to, Deadline.provisional, Deadline.article),
    *(TriggerEvent.happened_at, TriggerEvent.in_custody, TriggerEvent.foreign),
)


def recount_all(
    work: Work,
    law: Law,
    where: ColumnElement[bool],
    *,
    reason: str,
    progress: Progress | None = None,
    stopped: Stop | None = None,
) -> RecountReport:
    """Count every open computed deadline that fits ``where`` again and store what changed.

    ``progress(done, all)`` is called after each portion; ``stopped()`` true raises Cancelled: nothing is saved.
    What lies behind walls is counted like all others; the report tells only of what the acting person may see.
    """
    shown = {row.id for row in _read(work.session, where)} if work.veiled else None
    with work.beyond_walls():
        report = _recount(work, law, _read(work.session, where), reason, progress=progress, stopped=stopped)
    if shown is None:
        return report
    moved_ids = [change.deadline_id for change in report.moved]
    seen = select(col(Deadline.id)).where(col(Deadline.id).in_(moved_ids))
    visible = set(work.session.execute(seen).scalars())
    moved = tuple(change for change in report.moved if change.deadline_id in visible)
    still = select(func.count(col(Deadline.id))).where(
        col(Deadline.id).in_(shown), col(Deadline.provisional).is_(True)
    )
    provisional = int(work.session.execute(still).scalar_one())
    return RecountReport(len(shown), moved, provisional, tuple(one for one in report.failed if one in shown))


def _recount(
    work: Work, law: Law, rows: list[Any], reason: str, *, progress: Progress | None, stopped: Stop | None
) -> RecountReport:
    counting = _Counting(work, law)
    moved: list[Recount] = []
    failed: list[int] = []
    still = 0
    for begin in range(0, len(rows), PORTION):
        changes = []
        for row in rows[begin : begin + PORTION]:
            try:
                found = counting.count(row)
            except LawDeskError:
                failed.append(row.id)
                continue
            still += found.provisional
            if change := _change(row, found, reason):
                changes.append(change)
                if change["n_due"] != row.due:
                    titles = (row.title_zh, row.title_en)
                    moved.append(Recount(row.id, *titles, row.due, change["n_due"], found.due))
        _write(work, changes)
        if progress is not None:
            progress(min(begin + PORTION, len(rows)), len(rows))
        if stopped is not None and stopped():
            raise Cancelled
    moved += _chains(work, law, [change.deadline_id for change in moved])
    return RecountReport(len(rows), tuple(moved), still, tuple(failed))


def _chains(work: Work, law: Law, moved: list[int]) -> list[Recount]:
    """Move what happens at the end of the periods that moved; returns what moved by it."""
    child = aliased(TriggerEvent)
    parents = set(
        work.session.execute(
            select(col(Deadline.id), col(Deadline.event_id)).join(
                child,
                and_(col(child.parent_id) == col(Deadline.event_id), col(child.parent_rule) == col(Deadline.rule)),
            )
        ).all()
    )
    changes: list[Recount] = []
    work.session.expire_all()
    for event_id in sorted({event_id for deadline_id, event_id in parents if deadline_id in set(moved)}):
        changes += recount_children(work.session, get_event(work.session, event_id), law, work.clock.today())
    return [change for change in changes if change.before != change.after]


def _read(session: Session, where: ColumnElement[bool]) -> list[Any]:
    heads = case_heads()
    statement = (
        select(*_ROW, heads.c.court)
        .join(heads, heads.c.case_id == col(Deadline.case_id))
        .outerjoin(TriggerEvent, col(TriggerEvent.id) == col(Deadline.event_id))
        .where(col(Deadline.status) == "open", col(Deadline.rule) != "", col(Deadline.trigger_date).is_not(None))
        .where(where)
        .order_by(col(Deadline.id))
    )
    return list(session.execute(statement).all())


class _Counting:
    """Counts rows; equal questions are asked once."""

    def __init__(self, work: Work, law: Law) -> None:
        self.session, self.law, self.today = work.session, law, work.clock.today()
        turned = select(col(LimitationTurn.deadline_id)).distinct()
        self.turned = frozenset(self.session.execute(turned).scalars())
        self.known: dict[Any, Counted] = {}

    def count(self, row: Any) -> Counted:
        basis = Basis(row.trigger_date, row.happened_at or "", bool(row.in_custody), bool(row.foreign), row.court)
        length = row.length_override
        if row.id in self.turned:
            turns = turns_of(self.session, row.id)
            return counted(row.rule, basis, self.law, length=length, turns=turns, today=self.today)
        key = (row.rule, basis, length)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = counted(row.rule, basis, self.law, length=length)
        return found


def _change(row: Any, found: Counted, reason: str) -> dict[str, Any] | None:
    due = row.extended_to or row.printed_due or found.due
    clock = "" if due != found.due or row.printed_due else clock_time(found)
    before = (row.due, row.due_time, row.computed_due, row.raw_end, row.early_warning, row.provisional)
    after = (due, clock, found.due, found.raw_end, found.early_warning, found.provisional)
    if before == after and (row.rule_version, row.article) == (found.version, found.article):
        return None
    return {
        "b_id": row.id,
        "n_due": due,
        "n_time": clock,
        "n_computed": found.due,
        "n_raw": found.raw_end,
        "n_early": found.early_warning,
        "n_provisional": found.provisional,
        "n_version": found.version,
        "n_article": found.article,
        "n_reason": reason if due != row.due else None,
    }


def _write(work: Work, changes: list[dict[str, Any]]) -> None:
    """Write one portion; other seats see a new version of each row, as after any change."""
    for moves in (True, False):
        portion = [change for change in changes if (change["n_reason"] is not None) is moves]
        if not portion:
            continue
        values: dict[str, Any] = {
            "due": bindparam("n_due"),
            "due_time": bindparam("n_time"),
            "computed_due": bindparam("n_computed"),
            "raw_end": bindparam("n_raw"),
            "early_warning": bindparam("n_early"),
            "provisional": bindparam("n_provisional"),
            "rule_version": bindparam("n_version"),
            "article": bindparam("n_article"),
            "version": col(Deadline.version) + 1,
            "updated_at": work.clock.now(),
            "updated_by": work.actor.person_id,
        }
        if moves:
            values["reason"] = bindparam("n_reason")
        table = Deadline.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
        statement = update(table).where(table.c.id == bindparam("b_id")).values(values)
        unused = () if moves else ("n_reason",)
        rows = [{name: value for name, value in change.items() if name not in unused} for change in portion]
        work.session.connection().execute(statement, rows)
