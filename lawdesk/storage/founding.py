"""The place of an office: made for a new one, on this PC or on a server, and refused where one is already."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine

from lawdesk.kernel.clock import Clock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Program
from lawdesk.storage.engine import open_server, open_sqlite
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import current_revision, refuse_newer, upgrade
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.place import OfficeFolder
from lawdesk.storage.state import set_state

SERVER_KEY = "office_key"
"""The state under which an office on a server keeps its wrapped key."""


def create_in_folder(place: str, key: OfficeKey, record: KeyRecord, clock: Clock | None) -> Database:
    """Write key file and empty, encrypted database into a folder; an EnvironmentFailure leaves nothing."""
    folder = OfficeFolder(Path(place))
    refuse_office(folder)
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.path.chmod(0o700)
        with atomic_path(folder.key_file) as temporary:
            temporary.write_text(record.to_json(), encoding="utf-8")
    except OSError as error:
        raise EnvironmentFailure(
            "place.unwritable",
            N_("The office cannot be created here."),
            N_("{reason}"),
            N_("Choose a folder you may write to."),
            reason=error.strerror or str(error),
        ) from error
    try:
        engine = open_sqlite(folder.database, key.derive("database"), create=True)
        upgrade(engine)
    except Exception:
        remove_unfinished(folder)
        raise
    return Database(engine, clock)


def refuse_office(folder: OfficeFolder) -> None:
    """Raise EnvironmentFailure when there is an office in the folder."""
    if folder.exists():
        raise EnvironmentFailure(
            "place.taken",
            N_("There is already an office in this folder."),
            hint=N_("Open it, or choose another folder."),
        )


def refuse_server_office(engine: Engine) -> None:
    """Raise EnvironmentFailure when there is an office on the server."""
    if current_revision(engine) is not None:
        engine.dispose()
        raise EnvironmentFailure(
            "place.taken",
            N_("There is already an office on this server."),
            hint=N_("Open it, or use another database."),
        )


def create_on_server(place: str, record: KeyRecord, clock: Clock | None) -> Database:
    """Make the tables on a server and keep the wrapped key there; raises EnvironmentFailure when taken."""
    engine = open_server(place)
    refuse_server_office(engine)
    upgrade(engine)
    database = Database(engine, clock)
    with database.write(Program(), "office.create") as work:
        set_state(work.session, SERVER_KEY, record.to_json())
        work.audit("office")
    return database


def bring_server_up_to_date(database: Database) -> None:
    """Migrate an older office on a server; raises EnvironmentFailure for a newer one or none."""
    revision = current_revision(database.engine)
    refuse_newer(revision)
    if revision is None:
        raise EnvironmentFailure("place.no_office", N_("There is no office on this server yet."))
    if revision != HEAD:
        upgrade(database.engine)


def remove_unfinished(folder: OfficeFolder) -> None:
    """Take away what a failed creation wrote; never called on an office that existed before."""
    for name in ("office.db", "office.db-wal", "office.db-shm", "office.key"):
        (folder.path / name).unlink(missing_ok=True)
