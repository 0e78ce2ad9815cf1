"""Bringing an office to today's tables: old or new afterwards, never between.

A SQLite office is copied (backup API), the copy is migrated and checked, and only then takes the place of the
file; the old file stays beside it as a verified backup. On PostgreSQL the steps run in one transaction. Alembic
is imported only when there is something to do: an up-to-date office opens without it.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.diagnosis import give_key
from lawdesk.storage.engine import open_sqlite
from lawdesk.storage.faults import in_words
from lawdesk.storage.migrations import HEAD, REVISIONS


def current_revision(engine: Engine) -> str | None:
    """Return the revision the office is at, None for an empty database."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return revision
    except DBAPIError as error:
        raise in_words(error) from error


def refuse_newer(revision: str | None) -> None:
    """Raise EnvironmentFailure for an office this program does not know yet; the file stays untouched."""
    if revision is not None and revision not in REVISIONS:
        raise EnvironmentFailure(
            "file.newer",
            N_("This office was used with a newer LawDesk."),
            N_("It is at step {found}, this program knows steps up to {known}. Nothing was changed."),
            N_("Install the newest LawDesk on this PC."),
            found=revision,
            known=HEAD,
        )


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the missing steps on ``engine`` in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(lawdesk_write=True).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        if connection.dialect.name == "postgresql":  # past row-level security: a migration moves every row
            connection.exec_driver_sql("SELECT set_config('lawdesk.person', '*', true)")
        command.upgrade(config, target)


def migrate_file(path: Path, key: bytes, engine: Engine) -> Engine:
    """Return an engine on the up-to-date file at ``path``.

    ``engine`` is open on the old state and is closed here. Raises EnvironmentFailure when the copy does not check
    out; the old file is then still in place.
    """
    copy = path.with_name(path.name + ".migrating")
    remove_database(copy)
    copy_database(engine, copy, key)
    old_revision = current_revision(engine)
    moved = open_sqlite(copy, key)
    try:
        upgrade(moved)
        check_integrity(moved)
        with moved.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    finally:
        moved.dispose()
    kept = path.with_name(f"{path.stem}.before-{HEAD}-from-{old_revision or 'empty'}{path.suffix}")
    remove_database(kept)
    copy_database(engine, kept, key)
    with engine.connect() as connection:  # nothing may be left in the old write-ahead log
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    for suffix in ("-wal", "-shm"):
        Path(str(path) + suffix).unlink(missing_ok=True)
    copy.replace(path)
    _fsync_folder(path.parent)
    return open_sqlite(path, key)


def copy_database(engine: Engine, target: Path, key: bytes) -> None:
    """Copy the live SQLite office to ``target`` through the backup API, under the same key."""
    from sqlcipher3 import dbapi2

    source = engine.raw_connection()
    try:
        destination = dbapi2.connect(str(target), isolation_level=None)
        try:
            destination.execute("PRAGMA cipher_log_level = NONE")
            give_key(destination, key, new=True)
            driver = source.driver_connection
            assert driver is not None
            driver.backup(destination)
        finally:
            destination.close()
    finally:
        source.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def check_integrity(engine: Engine) -> None:
    """Raise EnvironmentFailure when cipher, structure or foreign keys of a SQLite office are not sound."""
    with engine.connect() as connection:
        faults = integrity_faults(connection)
    if faults:
        raise EnvironmentFailure(
            "file.damaged",
            N_("The office file is damaged."),
            N_("{count} faults were found; the first is: {first}"),
            N_("Stop working on it. Restore the newest verified backup into a new folder."),
            count=len(faults),
            first=faults[0],
        )


CHECKS = ("cipher_integrity_check", "integrity_check", "foreign_key_check")


def integrity_faults(connection: Connection, checks: tuple[str, ...] = CHECKS) -> list[str]:
    """Return what SQLCipher and SQLite find wrong with the file; empty when it is sound."""
    faults: list[str] = []
    for pragma in checks:
        try:
            rows = connection.exec_driver_sql(f"PRAGMA {pragma}").all()
        except DBAPIError as error:  # a page that fails its seal ends the walk instead of being listed
            faults.append(f"{pragma}: {error.orig}")
            continue
        if pragma == "foreign_key_check":
            faults += [f"foreign key {tuple(row)}" for row in rows]
        else:
            faults += [str(row[0]) for row in rows if row[0] != "ok"]
    return faults


def remove_database(path: Path) -> None:
    """Remove a working copy and its companions."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(str(path) + suffix).unlink(missing_ok=True)


def _fsync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
