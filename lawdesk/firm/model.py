"""The firm's own tables."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from lawdesk.firm.rules import Role
from lawdesk.storage.record import Record

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class Firm(Record, table=True):
    """The firm; one row per office."""

    __tablename__ = "firm"

    name: str


class Person(Record, table=True):
    """Somebody who works here."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role"),)

    name: str
    login: str = Field(unique=True)
    role: str = Field(default=Role.LAWYER.value)
    licence_number: str = Field(default="")
    phone: str = Field(default="")
    active: bool = Field(default=True)


class FirmSettingValue(SQLModel, table=True):
    """What the office is set to; names and defaults are declared in the rules."""

    __tablename__ = "firm_setting"

    name: str = Field(primary_key=True)
    value: str
