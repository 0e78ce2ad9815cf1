"""Erased people whom a restored backup brings back.

Beside the backups lies a list of what was erased: identifiers of entries and nothing else, worthless without the
backup that still holds them. After a backup of before is restored, whoever is on the list and in the office is
named, to be erased again.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules.finding import ERASED

NAME = "erasures.jsonl"


@dataclass(frozen=True)
class CameBack:
    """Somebody who was erased and is in the office again."""

    party_id: int
    name: str


def remember(folder: Path | None, uids: Sequence[str], at: str) -> bool:
    """Put erased entries on the list in ``folder``; return whether it could be written."""
    if folder is None:
        return False
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / NAME).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps({"uid": uid, "at": at}) + "\n" for uid in uids)
            file.flush()
            os.fsync(file.fileno())
        return True
    return False


def listed(folder: Path | None) -> set[str]:
    """Return the identifiers on the list in ``folder``; a line that cannot be read is left out."""
    found: set[str] = set()
    if folder is None:
        return found
    with contextlib.suppress(OSError):
        for line in (folder / NAME).read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, TypeError):
                row = json.loads(line)
                if isinstance(row, dict):
                    found.add(str(row.get("uid", "")))
    return found - {""}


def came_back(session: Session, uids: set[str]) -> list[CameBack]:
    """Return the living entries among ``uids`` that hold a name again."""
    party, found = tables()["party"], []
    for row in session.execute(
        select(party.c.id, party.c.uid, party.c.name)
        .where(party.c.merged_into.is_(None), party.c.name != ERASED)
        .order_by(party.c.id)
        .execution_options(yield_per=1000)
    ):
        if row.uid in uids:
            found.append(CameBack(row.id, row.name))
    return found
