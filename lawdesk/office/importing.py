"""A new office from an export."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.kernel.files import file_failure, sync_folder
from lawdesk.office.following import file_names, install_policies
from lawdesk.storage import keys
from lawdesk.storage.database import Database
from lawdesk.storage.engine import open_server
from lawdesk.storage.founding import (
    SERVER_KEY,
    create_in_folder,
    refuse_office,
    refuse_server_office,
)
from lawdesk.storage.keys import KeyRecord, OfficeKey
from lawdesk.storage.migrate import upgrade
from lawdesk.storage.place import OfficeFolder, is_server
from lawdesk.storage.tables import load_all_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from lawdesk.safekeeping.bringing_in import Source


def import_office(
    source: Path, place: str, passphrase: str, *, progress: Callable[[int, int], None] | None = None
) -> str:
    """Make a new office at ``place`` (a folder or a server) from the export at ``source``.

    Returns its recovery code: it has a key of its own.
    Raises Refused for a short passphrase, EnvironmentFailure when the place is taken or
    the export is not complete or was changed; then nothing that looks like an office is left.
    """
    from lawdesk.safekeeping.bringing_in import bring_in, read_source
    from lawdesk.storage.vault import Vault
    from lawdesk.storage.vault_blobs import FolderBlobs

    load_all_tables()
    key, record, code = keys.create_key(passphrase)
    found = read_source(Path(source))
    if is_server(place):
        _import_on_server(found, place, key, record, progress)
        return code
    folder, working = OfficeFolder(Path(place)), OfficeFolder(Path(f"{place}.importing"))
    refuse_office(folder)
    shutil.rmtree(working.path, ignore_errors=True)
    try:
        database = create_in_folder(str(working.path), key, record, None)
        try:
            database.follow(file_names)
            vault = Vault(FolderBlobs(working.vault, create=True), key.derive("vault"))
            bring_in(database, vault, found, progress=progress)
        finally:
            database.close()
        if folder.path.exists():
            folder.path.rmdir()
        working.path.replace(folder.path)
        sync_folder(folder.path.parent)
    except OSError as error:
        raise file_failure(error, folder.path) from error
    finally:
        shutil.rmtree(working.path, ignore_errors=True)
    return code


def _import_on_server(
    found: Source, place: str, key: OfficeKey, record: KeyRecord, progress: Callable[[int, int], None] | None
) -> None:
    from sqlmodel import SQLModel

    from lawdesk.safekeeping.bringing_in import bring_in
    from lawdesk.storage.vault import Vault
    from lawdesk.storage.vault_table import TableBlobs

    engine = open_server(place)
    refuse_server_office(engine)
    upgrade(engine)
    database = Database(engine)
    database.follow(file_names)
    try:
        vault = Vault(TableBlobs(engine), key.derive("vault"))
        bring_in(database, vault, found, states={SERVER_KEY: record.to_json()}, progress=progress)
        install_policies(database)
    except BaseException:
        SQLModel.metadata.drop_all(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        raise
    finally:
        database.close()
