"""The index behind Ctrl+K: titles with their pinyin and initials, written in the same transaction as the thing.

It answers while somebody types and may be incomplete about meaning; the conflict check never relies on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Index, Select, delete, insert, or_, select
from sqlmodel import Field, Session, SQLModel, col

from lawdesk.kernel.chinese import fold, search_keys


class SearchEntry(SQLModel, table=True):
    """One findable title; a party has one entry for each of its names."""

    __tablename__ = "search_entry"
    __table_args__ = (Index("ix_search_entry_subject", "subject", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    subject_id: int
    case_id: int | None = Field(default=None, index=True)
    title: str
    supporting: str = Field(default="")
    folded: str
    pinyin: str
    initials: str


@dataclass(frozen=True)
class Found:
    """One answer for the palette."""

    subject: str
    subject_id: int
    title: str
    supporting: str


def index(
    session: Session, subject: str, subject_id: int, titles: list[tuple[str, str]], case_id: int | None = None
) -> None:
    """Replace what is findable about one thing by ``titles``: pairs of title and supporting line."""
    about = col(SearchEntry.subject) == subject, col(SearchEntry.subject_id) == subject_id
    # no entry is ever held as an object: the session would look through everything it holds for each of them
    session.execute(delete(SearchEntry).where(*about).execution_options(synchronize_session=False))
    rows = [entry_values(subject, subject_id, title, supporting, case_id) for title, supporting in titles]
    if rows:
        session.execute(insert(SearchEntry), rows)


def entry_values(
    subject: str, subject_id: int, title: str, supporting: str = "", case_id: int | None = None
) -> dict[str, Any]:
    """Return the columns of one findable title."""
    pinyin, initials = search_keys(title)
    return {
        "subject": subject,
        "subject_id": subject_id,
        "case_id": case_id,
        "title": title,
        "supporting": supporting,
        "folded": fold(f"{title} {supporting}"),
        "pinyin": pinyin,
        "initials": initials,
    }


def look_up(
    session: Session,
    query: str,
    subject: str,
    limit: int = 8,
    *,
    narrow: Callable[[Select[SearchEntry]], Select[SearchEntry]],
) -> list[Found]:
    """Return things whose title contains ``query`` as characters, pinyin or initials; titles beginning so first.

    ``narrow`` applies what the asker may see (the feature's ``visible_to``).
    """
    words = fold(query).strip()
    if not words:
        return []
    like = f"%{_escape(words)}%"
    compact = f"%{_escape(words.replace(' ', ''))}%"
    hits = [col(SearchEntry.folded).like(like, escape="\\")]
    if words.isascii():
        hits += [
            col(SearchEntry.pinyin).like(compact, escape="\\"),
            col(SearchEntry.initials).like(compact, escape="\\"),
        ]
    statement = (
        select(SearchEntry)
        .where(col(SearchEntry.subject) == subject, or_(*hits))
        .order_by(
            col(SearchEntry.folded).like(f"{_escape(words)}%", escape="\\").desc(),
            col(SearchEntry.initials).like(f"{_escape(words)}%", escape="\\").desc(),
            col(SearchEntry.id).desc(),
        )
        .limit(limit * 3)
    )
    found: dict[int, Found] = {}
    for entry in session.execute(narrow(statement)).scalars():
        found.setdefault(entry.subject_id, Found(entry.subject, entry.subject_id, entry.title, entry.supporting))
    return list(found.values())[:limit]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
