"""What somebody is typing and has not sent."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session, col, select

from lawdesk.cases.model import Draft
from lawdesk.firm import Actor, require
from lawdesk.storage.database import Database


class DraftService:
    """Half-typed forms, kept so that nothing is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_draft(self, actor: Actor, form: str, content: dict[str, Any]) -> None:
        """Keep what is being typed, one draft per person and form."""
        require(actor, "case.open")
        with self._database.write(actor, "draft.save") as work:
            row = _draft_row(work.session, actor, form)
            text = json.dumps(content, ensure_ascii=False)
            if row is None:
                row = work.add(Draft(person_id=actor.person_id or 0, form=form, content=text))
            else:
                row.content = text
            work.not_audited()

    def forget_draft(self, actor: Actor, form: str) -> None:
        """Throw a draft away."""
        require(actor, "case.open")
        with self._database.write(actor, "draft.forget") as work:
            drop_draft(work.session, actor, form)
            work.not_audited()

    def load_draft(self, actor: Actor, form: str) -> dict[str, Any] | None:
        """Return what was being typed, None when there is nothing."""
        require(actor, "case.open")
        with self._database.read(actor) as session:
            row = _draft_row(session, actor, form)
            content: dict[str, Any] | None = json.loads(row.content) if row else None
            return content


def _draft_row(session: Session, actor: Actor, form: str) -> Draft | None:
    statement = select(Draft).where(col(Draft.person_id) == actor.person_id, col(Draft.form) == form)
    return session.exec(statement).first()


def drop_draft(session: Session, actor: Actor, form: str) -> None:
    """Throw a draft away inside a running transaction."""
    if row := _draft_row(session, actor, form):
        session.delete(row)
