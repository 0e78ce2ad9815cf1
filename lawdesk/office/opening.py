"""Opening the place of an office: the key found, the file or server brought up to date, the former keys known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lawdesk.kernel.clock import Clock, ShiftedClock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_
from lawdesk.office.following import install_policies
from lawdesk.safekeeping.key_files import Find, former_secrets, open_files
from lawdesk.storage.database import Database
from lawdesk.storage.engine import open_server
from lawdesk.storage.founding import SERVER_KEY, bring_server_up_to_date
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import current_revision, migrate_file, refuse_newer
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.place import OfficeFolder, is_server
from lawdesk.storage.state import get_state
from lawdesk.storage.tables import load_all_tables

DEMO_CLOCK = "demo_clock"
"""The moment the demo's office always opens at; no real office has one."""


def open_place(place: str, find: Find, clock: Clock | None = None) -> tuple[Database, OfficeKey, str]:
    """Return the open database of the office at ``place``, its key and the way to it that ``find`` took.

    Raises what ``find`` raises, and EnvironmentFailure for a missing, damaged, newer or foreign office.
    """
    return _open_server(place, find, clock) if is_server(place) else _open_folder(place, find, clock)


def _open_server(place: str, find: Find, clock: Clock | None) -> tuple[Database, OfficeKey, str]:
    database = Database(open_server(place), clock)
    try:
        bring_server_up_to_date(database)
        load_all_tables()
        install_policies(database)
        with database.read() as session:
            stored = get_state(session, SERVER_KEY)
        if stored is None:
            raise EnvironmentFailure("place.no_office", N_("There is no office on this server yet."))
        return database, *find(KeyRecord.from_json(stored))
    except BaseException:
        database.close()
        raise


def _open_folder(place: str, find: Find, clock: Clock | None) -> tuple[Database, OfficeKey, str]:
    folder = OfficeFolder(Path(place))
    key, way, engine = open_files(folder, find)
    revision = current_revision(engine)
    try:
        refuse_newer(revision)
    except EnvironmentFailure:
        engine.dispose()
        raise
    if revision != HEAD:
        engine = migrate_file(folder.database, key.derive("database"), engine)
    database = Database(engine, clock)
    with database.read() as session:
        pinned = get_state(session, DEMO_CLOCK)
        key = replace(key, former=former_secrets(session))
    if pinned is not None and clock is None:
        database.clock = ShiftedClock(datetime.fromisoformat(pinned))
    return database, key, way
