"""Facts about the office as a whole, beside the tables of the features: names and values."""

from __future__ import annotations

from sqlmodel import Field, Session, SQLModel


class OfficeState(SQLModel, table=True):
    """One named value, such as the wrapped key of a server office or the moment of the last backup."""

    __tablename__ = "office_state"

    name: str = Field(primary_key=True)
    value: str


def get_state(session: Session, name: str) -> str | None:
    """Return the value kept under ``name``, None when there is none."""
    row = session.get(OfficeState, name)
    return row.value if row else None


def set_state(session: Session, name: str, value: str) -> None:
    """Keep ``value`` under ``name``."""
    session.merge(OfficeState(name=name, value=value))
