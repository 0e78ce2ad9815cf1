"""Tables of documents; the bytes lie encrypted in the vault."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from lawdesk.storage.record import Record


class Document(Record, table=True):
    """A paper of a case; its content is the newest version."""

    __tablename__ = "document"

    case_id: int = Field(foreign_key="cases.id", index=True)
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id")
    name: str
    category: str = Field(default="")
    dated_on: date | None = Field(default=None)
    note: str = Field(default="")
    source: str = Field(default="added")
    removed: bool = Field(default=False)


class DocumentVersion(Record, table=True):
    """One content a document had: where it lies in the vault and its SHA-256."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number", name="document_version_once"),)

    document_id: int = Field(foreign_key="document.id", index=True)
    number: int
    address: str = Field(index=True)
    sha256: str
    size: int = Field(sa_type=BigInteger)
