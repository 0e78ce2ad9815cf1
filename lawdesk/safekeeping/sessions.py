"""Who came in, locked, came back and left: recorded like everything else, never in the way of the work itself."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any, Literal

from sqlmodel import col, select

from lawdesk.firm import Actor
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database

Act = Literal["sign_in", "switch", "lock", "unlock", "leave", "failed"]


class SessionLog:
    """Records the comings and goings at one office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, actor: Actor, act: Act, *, failures: int = 0) -> None:
        """Record ``act`` of ``actor``; ``failures`` are the wrong passphrases or codes before it worked.

        An office that cannot be written opens all the same, for reading: then nothing is recorded.
        """
        detail: dict[str, Any] = {"failures": failures} if failures else {}
        with (
            contextlib.suppress(EnvironmentFailure),
            self._database.write(actor, f"session.{act}") as work,
        ):
            work.audit("session", **detail)

    def failed_since(self, person_id: int | None, since: datetime) -> list[datetime]:
        """Return when a passphrase of this person was wrong since then, oldest first; at whatever seat."""
        statement = (
            select(col(AuditRecord.at))
            .where(
                col(AuditRecord.action) == "session.failed",
                col(AuditRecord.actor_id) == person_id,
                col(AuditRecord.at) >= since,
            )
            .order_by(col(AuditRecord.id))
        )
        with self._database.read() as session:
            return list(session.exec(statement))
