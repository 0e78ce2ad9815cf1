"""What every stored record carries, and the column types both databases agree on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, event
from sqlalchemy.orm import Mapper
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from lawdesk.kernel.ids import new_uid


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment on both engines (SQLite has no time zones and would give it back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give every moment back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment_field(**options: Any) -> Any:
    """Return a field that holds an aware UTC moment."""
    return Field(sa_type=Moment, **options)


class Record(SQLModel):
    """Base of every table that can leave the office.

    ``uid`` never changes and is what exports and other seats refer to; ``version`` rises with each change and
    makes a write over somebody else's change fail instead of silently winning (optimistic locking).
    ``created_by``/``updated_by`` are person ids, None for the program itself.
    """

    # Tables are never validated (SQLModel leaves that to us), so their validators need not be built at the start.
    model_config = {"defer_build": True}

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, unique=True, index=True, max_length=36)
    version: int = Field(default=1)
    created_at: datetime | None = moment_field(default=None, nullable=False)
    created_by: int | None = Field(default=None)
    updated_at: datetime | None = moment_field(default=None, nullable=False)
    updated_by: int | None = Field(default=None)

    @property
    def key(self) -> int:
        """The row's id once it is stored; raises LookupError before."""
        if self.id is None:
            raise LookupError("not stored yet")
        return self.id


@event.listens_for(Mapper, "instrument_class")
def _version_every_record(mapper: Mapper[Any], cls: type) -> None:
    """Let SQLAlchemy compare and raise ``version`` on each UPDATE.

    Done here for all tables at once: SQLModel's metaclass does not pass ``__mapper_args__`` of a mixin on.
    """
    if issubclass(cls, Record) and mapper.local_table is not None:
        mapper.version_id_col = mapper.local_table.c["version"]
        mapper.version_id_generator = lambda version: (version or 0) + 1
