"""Looking up decided checks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import null, select
from sqlmodel import col

from lawdesk.conflicts.model import ConflictCheck
from lawdesk.firm import Actor, people_names, visible_to
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class CheckRow:
    """One decided check; ``content`` is what was kept of it."""

    id: int
    asked_at: datetime
    asked_by: str
    outcome: str
    result: str
    names: tuple[str, ...]
    content: dict[str, Any]


class ConflictQueries:
    """Look-ups about checks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recent(self, actor: Actor, limit: int = 50) -> list[CheckRow]:
        """Return the newest decided checks."""
        names = people_names()
        statement = select(ConflictCheck, names.c.name).outerjoin(
            names, names.c.person_id == col(ConflictCheck.asked_by)
        )
        statement = visible_to(statement.order_by(col(ConflictCheck.id).desc()).limit(limit), actor, null())
        with self._database.read() as session:
            return [
                CheckRow(
                    row.key,
                    row.asked_at,
                    person or "",
                    row.outcome,
                    row.result,
                    tuple(json.loads(row.names)),
                    json.loads(row.content),
                )
                for row, person in session.execute(statement).all()
            ]
