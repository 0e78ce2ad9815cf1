"""Write the newest migration from today's tables (development only).

Until the first release there is one revision, ``0001``, and this rewrites it. Run it after changing a
``model.py``; tests/migrations compares its result with the models.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from sqlmodel import AutoString, SQLModel

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lawdesk.storage.record import Moment
from lawdesk.storage.tables import load_all_tables

TARGET = Path(__file__).resolve().parent.parent / "lawdesk/storage/migrations/versions/0001_foundation.py"
HEADER = '''"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table from nothing."""
'''


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as plain SQLAlchemy ones, so that a migration never changes with the models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def main() -> None:
    """Compare an empty database with the models and write the steps."""
    load_all_tables()
    with TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{folder}/empty.db")
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"render_item": render_item})
            steps = produce_migrations(context, SQLModel.metadata)
            assert steps.upgrade_ops is not None
            code = render_python_code(steps.upgrade_ops, render_item=render_item, migration_context=context)
    lines = ["    " + line.strip("\n") if not line.startswith("    ") else line for line in code.splitlines()]
    body = "\n".join(line for line in lines if "# ###" not in line)
    TARGET.write_text(HEADER + body + "\n", encoding="utf-8")
    print(f"wrote {TARGET}")


main()
