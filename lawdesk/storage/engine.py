"""The two database engines: an encrypted SQLite file, or PostgreSQL. Everything above is the same for both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.diagnosis import give_key, why_not_opened
from lawdesk.storage.faults import office_locked
from lawdesk.storage.place import refuse_network_share, server_url

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can damage the file when two connections checkpoint at once (the WAL-reset bug)."""
PLAIN_HEADER = b"SQLite format 3\x00"
WRITE_LOCK = 0x4C617744  # "LawD": the advisory lock that makes PostgreSQL writers queue like SQLite's


def open_sqlite(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """Return an engine on the encrypted file at ``path``.

    ``key`` is the raw 256-bit database key. With ``create`` the file must not exist yet, without it it must.
    Once disposed the engine has forgotten the key: it raises UserError ``office.locked`` instead of connecting.
    Raises EnvironmentFailure for an old SQLite, a network share, a missing, empty, unencrypted or foreign file.
    """
    from sqlcipher3 import dbapi2

    check_sqlite_version(dbapi2.sqlite_version_info)
    refuse_network_share(path)
    if create and path.exists():
        raise EnvironmentFailure(
            "place.taken",
            N_("There is already an office in this folder."),
            hint=N_("Open it, or choose another folder."),
        )
    if not create:
        _check_header(path)

    held = [key]

    def connect() -> Any:
        if not held:
            raise office_locked()
        # A connection that never got its key would quietly make a plain file: the key is the first thing said.
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=30)
        connection.execute("PRAGMA cipher_log_level = NONE")
        give_key(connection, held[0], new=create)
        return connection

    # The module is named because SQLAlchemy would load Python's own sqlite3, an old and unencrypted one.
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=8, hide_parameters=True
    )
    _watch(engine, held)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
    except Exception as error:
        engine.dispose()
        raise why_not_opened(path, key, error) from error
    if create:
        _check_header(path)
    return engine


def open_server(url: str) -> Engine:
    """Return an engine on a PostgreSQL office; raises EnvironmentFailure when the server does not answer.

    Once disposed it raises UserError ``office.locked`` instead of connecting.
    """
    # Parameters are names and numbers of clients: hidden, they do not get into messages, tracebacks and logs.
    engine = create_engine(
        server_url(url), pool_pre_ping=True, connect_args={"connect_timeout": 10}, hide_parameters=True
    )
    held = [True]

    def connect(*_details: Any) -> None:
        if not held:
            raise office_locked()

    event.listen(engine, "do_connect", connect)
    _watch(engine, held)
    event.listen(engine, "begin", _begin_server)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError as error:
        engine.dispose()
        raise EnvironmentFailure(
            "server.unreachable",
            N_("The office's server does not answer."),
            N_("It is switched off, the address is wrong, or it refused the user name or password."),
            N_("Check the address and the network, then try again. Nothing was changed."),
        ) from error
    return engine


def connections_of(engine: Engine) -> set[Any]:
    """Return the open connections of an engine made here, also those that outlived its disposal."""
    found: set[Any] = engine.get_execution_options()["lawdesk_connections"]
    return found


def _watch(engine: Engine, held: list[Any]) -> None:
    """Keep account of the engine's connections; disposing it ends it for good: ``held`` is emptied."""
    open_now: set[Any] = set()
    engine.update_execution_options(lawdesk_connections=open_now)
    event.listen(engine, "connect", lambda connection, _record: open_now.add(connection))
    event.listen(engine, "close", lambda connection, _record: open_now.discard(connection))
    event.listen(engine, "engine_disposed", lambda _engine: held.clear())
    event.listen(engine, "checkin", lambda _connection, record: None if held else record.close())


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Raise EnvironmentFailure when this SQLite is older than :data:`OLDEST_SQLITE`."""
    if tuple(version) < OLDEST_SQLITE:
        raise EnvironmentFailure(
            "sqlite.too_old",
            N_("The database engine on this PC is too old ({found})."),
            N_("Versions before {needed} can damage the office file."),
            N_("Install LawDesk again with the versions it comes with."),
            found=".".join(map(str, version)),
            needed=".".join(map(str, OLDEST_SQLITE)),
        )


def _check_header(path: Path) -> None:
    """Refuse a missing, empty or unencrypted file before anything is opened."""
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except FileNotFoundError as error:
        raise EnvironmentFailure(
            "file.missing",
            N_("There is no office file in this folder."),
            N_("{path} does not exist."),
            N_("Choose the folder that holds office.db, or restore a backup."),
            path=str(path),
        ) from error
    except OSError as error:
        raise EnvironmentFailure(
            "file.unreadable",
            N_("The office file cannot be read."),
            N_("{reason}"),
            N_("Check that the disk is connected and that you may read the folder."),
            reason=str(error.strerror),
        ) from error
    if not header:
        raise EnvironmentFailure(
            "file.empty",
            N_("The office file is empty."),
            N_("Its content is gone, for example after a full disk or a failed copy."),
            N_("Restore the newest backup into a new folder."),
        )
    if header == PLAIN_HEADER:
        raise EnvironmentFailure(
            "file.not_encrypted",
            N_("This office file is not encrypted."),
            N_("LawDesk never writes one; somebody replaced the file."),
            N_("Do not use it. Restore the newest backup into a new folder."),
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "mmap_size = 0",
        "cache_size = -131072",
        "temp_store = MEMORY",
        "busy_timeout = 30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin for real: writers take the lock at once, so a transaction never fails half way for want of it."""
    writes = connection.get_execution_options().get("lawdesk_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_server(connection: Connection) -> None:
    if connection.get_execution_options().get("lawdesk_write", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
