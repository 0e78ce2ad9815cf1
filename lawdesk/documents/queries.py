"""Looking up documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, func, select
from sqlmodel import col

from lawdesk.documents.model import Document, DocumentVersion
from lawdesk.firm import Actor, people_names, visible_to
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database


@dataclass(frozen=True)
class DocumentRow:
    """One document with its newest version."""

    id: int
    version: int
    case_id: int
    proceeding_id: int | None
    name: str
    category: str
    dated_on: date | None
    note: str
    source: str
    number: int
    address: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True)
class VersionRow:
    """One content a document had; ``number`` counts from 1, ``size`` in bytes."""

    number: int
    address: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str


class DocumentQueries:
    """Look-ups about documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def documents(self, actor: Actor, case_id: int) -> list[DocumentRow]:
        """Return the documents of a case in the order they came."""
        return self._rows(actor, case_id=case_id)

    def document(self, actor: Actor, document_id: int) -> DocumentRow:
        """Return one document; raises UserError when there is none that ``actor`` may see."""
        rows = self._rows(actor, document_id=document_id)
        if not rows:
            raise UserError("document.unknown", N_("There is no such document."))
        return rows[0]

    def newest(self, actor: Actor, case_id: int, limit: int = 3) -> list[DocumentRow]:
        """Return the documents of a case that got a content last, newest first."""
        return self._rows(actor, case_id=case_id, newest_first=limit)

    def versions(self, actor: Actor, document_id: int) -> list[VersionRow]:
        """Return every content a document had, newest first; raises UserError when there is no such document."""
        self.document(actor, document_id)
        names = people_names()
        statement = (
            select(DocumentVersion, names.c.name)
            .outerjoin(names, names.c.person_id == col(DocumentVersion.created_by))
            .where(col(DocumentVersion.document_id) == document_id)
            .order_by(col(DocumentVersion.number).desc())
        )
        with self._database.read(actor) as session:
            return [_version_row(version, person or "") for version, person in session.execute(statement).all()]

    def count(self, actor: Actor, case_id: int) -> int:
        """Return how many documents a case has."""
        statement = select(func.count(col(Document.id))).where(
            col(Document.case_id) == case_id, col(Document.removed).is_(False)
        )
        with self._database.read(actor) as session:
            return int(session.execute(visible_to(statement, actor, col(Document.case_id))).scalar_one())

    def anything_stored(self) -> bool:
        """Whether any document was ever stored in this office; tells nothing about any case."""
        with self._database.read() as session:
            return session.execute(select(col(DocumentVersion.id)).limit(1)).first() is not None

    def addresses(self, actor: Actor) -> list[str]:
        """Return every vault address a version names, removed documents too: what the vault must hold."""
        statement = (
            select(col(DocumentVersion.address))
            .join(Document, col(Document.id) == col(DocumentVersion.document_id))
            .distinct()
        )
        with self._database.read(actor) as session:
            return list(session.execute(visible_to(statement, actor, col(Document.case_id))).scalars())

    def every_address(self) -> list[str]:
        """Return every vault address of the office: what a backup must hold, whoever makes it."""
        with self._database.read() as session:
            return list(session.execute(select(col(DocumentVersion.address)).distinct()).scalars())

    def _rows(
        self,
        actor: Actor,
        *,
        case_id: int | None = None,
        document_id: int | None = None,
        newest_first: int = 0,
    ) -> list[DocumentRow]:
        newest, names = _newest(), people_names()
        statement = (
            select(Document, DocumentVersion, names.c.name)
            .join(newest, newest.c.document_id == col(Document.id))
            .join(
                DocumentVersion,
                (col(DocumentVersion.document_id) == col(Document.id))
                & (col(DocumentVersion.number) == newest.c.number),
            )
            .outerjoin(names, names.c.person_id == col(DocumentVersion.created_by))
            .where(col(Document.removed).is_(False))
        )
        if newest_first:
            statement = statement.order_by(col(DocumentVersion.id).desc()).limit(newest_first)
        else:
            statement = statement.order_by(col(Document.id))
        if case_id is not None:
            statement = statement.where(col(Document.case_id) == case_id)
        if document_id is not None:
            statement = statement.where(col(Document.id) == document_id)
        with self._database.read(actor) as session:
            found = session.execute(visible_to(statement, actor, col(Document.case_id))).all()
            return [_row(document, version, person or "") for document, version, person in found]


def _newest() -> Subquery:
    return (
        select(col(DocumentVersion.document_id), func.max(col(DocumentVersion.number)).label("number"))
        .group_by(col(DocumentVersion.document_id))
        .subquery("newest_version")
    )


def _row(document: Document, version: DocumentVersion, person: str) -> DocumentRow:
    assert version.created_at is not None
    return DocumentRow(
        document.key,
        document.version,
        document.case_id,
        document.proceeding_id,
        document.name,
        document.category,
        document.dated_on,
        document.note,
        document.source,
        version.number,
        version.address,
        version.sha256,
        version.size,
        version.created_at,
        person,
    )


def _version_row(version: DocumentVersion, person: str) -> VersionRow:
    assert version.created_at is not None
    return VersionRow(version.number, version.address, version.sha256, version.size, version.created_at, person)
