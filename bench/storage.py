"""What encryption costs: the same rows into, out of and searched in an encrypted and a plain file.

Same engine, same settings as an office file, one connection each; only the key differs. ``insert`` commits
hundred rows at a time, ``read`` fetches rows by their number from a file just opened (every page is decrypted
once), ``search`` looks for two characters inside all names, as the palette does.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.figures import median, table

ROWS = 20_000
READS = 5_000
SEARCHES = 20
ROUNDS = 9
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
CHARACTERS = "文明国华建军志强伟平安宁远山海天云龙飞鸿宏达信义诚和顺兴隆昌盛科技贸易实业"


def names(count: int) -> list[tuple[str, str]]:
    """Return ``count`` invented names, each with a sentence."""
    chance = random.Random(20251105)
    made = []
    for number in range(count):
        name = chance.choice(SURNAMES) + "".join(chance.choices(CHARACTERS, k=chance.randint(2, 8)))
        made.append((f"{name}{number}", "".join(chance.choices(CHARACTERS, k=80))))
    return made


def opened(path: Path, key: bytes | None) -> Any:
    """Return a connection with the settings of an office file, encrypted when there is a key."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA cache_size = -131072")
    return connection


def insert(connection: Any, rows: list[tuple[str, str]]) -> None:
    """Write ``rows``, a hundred to a transaction."""
    connection.execute("CREATE TABLE party (id INTEGER PRIMARY KEY, name TEXT, note TEXT)")
    for start in range(0, len(rows), 100):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO party (name, note) VALUES (?, ?)", rows[start : start + 100])
        connection.execute("COMMIT")


def read(connection: Any) -> None:
    """Fetch rows by number, in no order."""
    chance = random.Random(7)
    for _step in range(READS):
        connection.execute("SELECT * FROM party WHERE id = ?", (chance.randint(1, ROWS),)).fetchone()


def search(connection: Any) -> None:
    """Find all rows that hold two characters."""
    chance = random.Random(8)
    for _step in range(SEARCHES):
        wanted = "".join(chance.choices(CHARACTERS, k=2))
        connection.execute("SELECT id, name FROM party WHERE name LIKE ?", (f"%{wanted}%",)).fetchall()


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def once(folder: Path, key: bytes | None, rows: list[tuple[str, str]]) -> dict[str, float]:
    """Make a file, read and search it; return the seconds of each and the bytes of the file."""
    path = folder / ("cipher.db" if key else "plain.db")
    writer = opened(path, key)
    found = {"insert": seconds(lambda: insert(writer, rows))}
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.close()
    reader = opened(path, key)
    found["read"] = seconds(lambda: read(reader))
    found["search"] = seconds(lambda: search(reader))
    reader.close()
    found["bytes"] = path.stat().st_size
    path.unlink()
    return found


def run(args: list[str]) -> None:
    """Measure and print; ``args`` may hold the number of rounds."""
    rows = names(ROWS)
    plain: list[dict[str, float]] = []
    cipher: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="lawdesk-bench-") as folder:
        for _round in range((int(args[0]) if args else ROUNDS) + 1):
            plain.append(once(Path(folder), None, rows))
            cipher.append(once(Path(folder), os.urandom(32), rows))
        del plain[0], cipher[0]  # the first round warms the disk
    shown = []
    for what, words in (
        ("insert", f"insert {ROWS:,} rows"),
        ("read", f"read {READS:,} rows by number, file just opened"),
        ("search", f"search {SEARCHES} times in all names"),
    ):
        bare, secret = (median([one[what] for one in found]) * 1000 for found in (plain, cipher))
        shown.append([words, f"{bare:.0f}", f"{secret:.0f}", f"{secret / bare:.2f}"])
    bare, secret = plain[0]["bytes"] / 1024, cipher[0]["bytes"] / 1024
    shown.append(["size of the file (KiB)", f"{bare:.0f}", f"{secret:.0f}", f"{secret / bare:.2f}"])
    table(f"encryption, median of {len(plain)}", ["", "plain (ms)", "encrypted (ms)", "ratio"], shown)
