"""Looking up decided checks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, null, or_, select
from sqlmodel import col

from lawdesk.cases import blocked_names, case_heads
from lawdesk.conflicts.model import ConflictCheck, ConflictConsent, ConflictNews, row_digest
from lawdesk.conflicts.rules import Asked
from lawdesk.firm import Actor, people_names, visible_to
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.masking import content_without, mask_number
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class CheckRow:
    """One decided check; ``content`` is what was kept, numbers masked; ``uid`` what clearances name it by."""

    id: int
    uid: str
    asked_at: datetime
    asked_by: str
    outcome: str
    result: str
    names: tuple[str, ...]
    content: dict[str, Any]


@dataclass(frozen=True)
class ConsentRow:
    """A signed consent attached to a kept check."""

    id: int
    name: str
    sha256: str
    size: int
    attached_at: datetime


@dataclass(frozen=True)
class NewsRow:
    """Something found about a party of an open case since its clearance; ``content`` is the hit as found."""

    id: int
    case_id: int
    number: str
    title: str
    asked: str
    severity: str
    found_at: datetime
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

    def check(self, actor: Actor, which: str | int) -> CheckRow:
        """Return one kept check by its number or uid; raises UserError when there is none."""
        text = str(which).strip()
        wanted = col(ConflictCheck.uid) == text
        if text.isdecimal() and len(text) < 15:
            wanted = or_(wanted, col(ConflictCheck.id) == int(text))
        found = self._read(actor, 1, wanted)
        if not found:
            raise UserError(
                "conflict.unknown",
                N_("There is no such conflict check."),
                hint=N_("Its number stands in the list of recent checks."),
            )
        return found[0]

    def consents(self, actor: Actor, check_id: int) -> list[ConsentRow]:
        """Return the signed consents attached to a kept check, in the order they came."""
        statement = (
            select(
                col(ConflictConsent.id),
                col(ConflictConsent.name),
                col(ConflictConsent.sha256),
                col(ConflictConsent.size),
                col(ConflictConsent.created_at),
            )
            .where(col(ConflictConsent.check_id) == check_id)
            .order_by(col(ConflictConsent.id))
        )
        with self._database.read(actor) as session:
            return [ConsentRow(*row) for row in session.execute(visible_to(statement, actor, null())).all()]

    def news(self, actor: Actor, limit: int = 100) -> list[NewsRow]:
        """Return what is new since the clearances and undecided, of cases ``actor`` may see, newest first."""
        heads = case_heads()
        statement = (
            select(ConflictNews, heads.c.number, heads.c.title)
            .join(heads, heads.c.case_id == col(ConflictNews.case_id))
            .where(col(ConflictNews.decision) == "", heads.c.status == "open")
            .order_by(col(ConflictNews.found_at).desc(), col(ConflictNews.id).desc())
            .limit(limit)
        )
        with self._database.read(actor) as session:
            return [
                NewsRow(
                    row.key,
                    row.case_id,
                    number,
                    title,
                    row.asked,
                    row.severity,
                    row.found_at,
                    json.loads(row.content),
                )
                for row, number, title in session.execute(
                    visible_to(statement, actor, col(ConflictNews.case_id))
                ).all()
            ]

    def untouched(self, actor: Actor, row: CheckRow) -> bool:
        """Whether a kept check is still what the audit chain saw being written."""
        kept = select(ConflictCheck).where(col(ConflictCheck.id) == row.id)
        written = (
            select(col(AuditRecord.detail))
            .where(col(AuditRecord.subject) == "conflict_check", col(AuditRecord.subject_uid) == row.uid)
            .order_by(col(AuditRecord.id))
            .limit(1)
        )
        with self._database.read(actor) as session:
            found = session.execute(visible_to(kept, actor, null())).scalar_one_or_none()
            detail = session.execute(visible_to(written, actor, null())).scalar_one_or_none()
            if found is None or detail is None:
                return False
            return bool(json.loads(detail).get("sha256") == row_digest(found))

    def earlier(self, actor: Actor, asked: Iterable[Asked], limit: int = 100) -> list[Earlier]:
        """Return what was decided before about these names in these roles, newest first."""
        wanted = {(one.name, one.role.value) for one in asked}
        if not wanted:
            return []
        named = (json.dumps(name, ensure_ascii=False) for name, _role in sorted(wanted))
        holding = or_(*(col(ConflictCheck.names).contains(n, autoescape=True) for n in named))
        rows = self._read(actor, limit, holding, whole=True)
        return [found for row in rows for found in _decisions(row) if (found.asked, found.role) in wanted]

    def _read(self, actor: Actor, limit: int, *narrow: ColumnElement[bool], whole: bool = False) -> list[CheckRow]:
        """Read kept checks; ``whole``: with the names of parties that are only stored, for a check."""
        names = people_names()
        statement = select(ConflictCheck, names.c.name).outerjoin(
            names, names.c.person_id == col(ConflictCheck.asked_by)
        )
        statement = statement.where(*narrow).order_by(col(ConflictCheck.id).desc()).limit(limit)
        statement = visible_to(statement, actor, null())
        with self._database.read(actor) as session:
            hidden = () if whole else blocked_names(session)
            return [
                CheckRow(
                    row.key,
                    row.uid,
                    row.asked_at,
                    person or "",
                    row.outcome,
                    row.result,
                    tuple(content_without(json.loads(row.names), hidden)),
                    _hide_numbers(content_without(json.loads(row.content), hidden)),
                )
                for row, person in session.execute(statement).all()
            ]


def _hide_numbers(content: dict[str, Any]) -> dict[str, Any]:
    """Return what was kept of a check with the numbers asked for masked."""
    asked = [
        one | {"identifiers": [mask_number(value) for value in one.get("identifiers", ())]}
        for one in content.get("asked", [])
    ]
    return content | {"asked": asked}


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
