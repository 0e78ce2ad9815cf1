"""Why an erasure rewrites the file: what moved between pages leaves traces that deleting does not overwrite."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from lawdesk.privacy.service.wiping import compact_file
from lawdesk.storage.database import Database
from lawdesk.storage.engine import open_sqlite
from tests.privacy.conftest import PAGE, _decrypted

PLANTED = "PLANTED"


def fill_and_delete(database: Database, seed: int) -> None:
    """Rows and an index that grow, move and shrink; some are planted, and those are deleted in the end."""
    chance = Random(seed)
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, body TEXT)")
        cursor.execute("CREATE INDEX by_name ON thing (name)")
        for _round in range(40):
            cursor.execute("BEGIN")
            for _row in range(120):
                word = PLANTED if chance.random() < 0.1 else "x"
                values = (f"{word}{chance.random()}", word * chance.randint(1, 60))
                cursor.execute("INSERT INTO thing (name, body) VALUES (?, ?)", values)
            cursor.execute("SELECT id FROM thing")
            ids = [row[0] for row in cursor.fetchall()]
            for one in chance.sample(ids, 30):
                cursor.execute("UPDATE thing SET body = body || body WHERE id = ? AND length(body) < 3000", (one,))
            for one in chance.sample(ids, 40):
                cursor.execute("DELETE FROM thing WHERE id = ?", (one,))
            cursor.execute("COMMIT")
        cursor.execute("DELETE FROM thing WHERE body LIKE 'PLANTED%'")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def traces(path: Path, key: bytes) -> int:
    content = path.read_bytes()
    pages = range(0, len(content), PAGE)
    clear = b"".join(_decrypted(key, at // PAGE + 1, content[at : at + PAGE]) for at in pages)
    return clear.count(PLANTED.encode())


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(open_sqlite(tmp_path / "file.db", os.urandom(32), create=True))


def test_deleting_leaves_traces_and_rewriting_none(tmp_path: Path) -> None:
    before = after = 0
    for seed in range(4):
        key, path = os.urandom(32), tmp_path / f"{seed}.db"
        database = Database(open_sqlite(path, key, create=True))
        fill_and_delete(database, seed)
        before += traces(path, key)
        assert compact_file(database)
        after += traces(path, key)
        database.close()
    assert before > 0, "if this fails, deleting has become enough and the comment in wiping.py is out of date"
    assert after == 0


def test_while_somebody_reads_it_says_that_it_could_not(database: Database) -> None:
    fill_and_delete(database, 1)
    reader = database.engine.raw_connection()
    try:
        cursor = reader.cursor()
        cursor.execute("PRAGMA busy_timeout = 10")
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM thing")
        cursor.fetchall()
        with database.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout = 10")
        assert not compact_file(database)
    finally:
        reader.close()
    assert compact_file(database)
    database.close()
