"""Alembic's way in; the connection is always handed over by :mod:`lawdesk.storage.migrate`."""

from alembic import context
from sqlmodel import SQLModel

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
with context.begin_transaction():
    context.run_migrations()
