"""A new office has exactly the tables of the models, on both engines."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

from lawdesk.storage import migrate
from lawdesk.storage.migrations import HEAD, REVISIONS
from tests.offices import Firm


def test_migrated_tables_equal_the_models(office: Firm) -> None:
    with office.office.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, SQLModel.metadata)
    assert differences == []


def test_the_check_constraints_are_there_too(office: Firm) -> None:
    inspector = inspect(office.office.database.engine)
    for table in SQLModel.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
        found = {str(c["name"]) for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


def test_the_list_of_revisions_is_alembics() -> None:
    from pathlib import Path

    scripts = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    assert scripts.get_current_head() == HEAD
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)
