"""Looking up decided checks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, null, or_, select
from sqlmodel import col

from lawdesk.conflicts.model import ConflictCheck
from lawdesk.conflicts.rules import Asked
from lawdesk.firm import Actor, people_names, visible_to
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class CheckRow:
    """One decided check; ``content`` is what was kept of it, ``uid`` what clearances name it by."""

    id: int
    uid: str
    asked_at: datetime
    asked_by: str
    outcome: str
    result: str
    names: tuple[str, ...]
    content: dict[str, Any]


@dataclass(frozen=True)
class Earlier:
    """A decision kept with an earlier check about a name in a role; ``party`` is empty for a name not searched."""

    asked: str
    role: str
    party: int | str
    severity: str
    decision: str
    reason: str
    by: str
    at: datetime
    check: str


class ConflictQueries:
    """Look-ups about checks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recent(self, actor: Actor, limit: int = 50) -> list[CheckRow]:
        """Return the newest decided checks."""
        return self._read(actor, limit)

    def earlier(self, actor: Actor, asked: Iterable[Asked], limit: int = 100) -> list[Earlier]:
        """Return what was decided before about these names in these roles, newest first."""
        wanted = {(one.name, one.role.value) for one in asked}
        if not wanted:
            return []
        named = (json.dumps(name, ensure_ascii=False) for name, _role in sorted(wanted))
        rows = self._read(
            actor, limit, or_(*(col(ConflictCheck.names).contains(n, autoescape=True) for n in named))
        )
        return [found for row in rows for found in _decisions(row) if (found.asked, found.role) in wanted]

    def _read(self, actor: Actor, limit: int, *narrow: ColumnElement[bool]) -> list[CheckRow]:
        names = people_names()
        statement = select(ConflictCheck, names.c.name).outerjoin(
            names, names.c.person_id == col(ConflictCheck.asked_by)
        )
        statement = statement.where(*narrow).order_by(col(ConflictCheck.id).desc()).limit(limit)
        statement = visible_to(statement, actor, null())
        with self._database.read() as session:
            return [
                CheckRow(
                    row.key,
                    row.uid,
                    row.asked_at,
                    person or "",
                    row.outcome,
                    row.result,
                    tuple(json.loads(row.names)),
                    json.loads(row.content),
                )
                for row, person in session.execute(statement).all()
            ]


def _decisions(row: CheckRow) -> list[Earlier]:
    hits = [
        Earlier(
            hit["asked"],
            hit["role"],
            hit["party"],
            hit["severity"],
            hit["decision"],
            hit["why"],
            row.asked_by,
            row.asked_at,
            row.uid,
        )
        for hit in row.content["hits"]
        if hit["decision"]
    ]
    roles = {one["name"]: one["role"] for one in row.content["asked"]}
    about_names = [
        Earlier(name, role, "", "", one["decision"], one["why"], row.asked_by, row.asked_at, row.uid)
        for one in row.content.get("decisions", ())
        for name, role in roles.items()
        if one["asked"] and name[:60] == one["asked"]
    ]
    return hits + about_names
