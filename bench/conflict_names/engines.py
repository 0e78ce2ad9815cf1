"""The engines compared: LawDesk's own check on a real office, and the searches other products are made of."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bench.conflict_names.registry import Entry, write_csv

PASSPHRASE = "correct horse"
Ranked = list[tuple[str, float, str]]
"""Ref, score and level (empty where an engine has none), best first."""


class Engine(Protocol):
    """One way to search."""

    name: str
    about: dict[str, float]

    def find(self, text: str) -> Ranked: ...


def memory() -> float:
    """Return what this process holds now, in MB."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class LawDesk:
    """The check itself, through the service, on an encrypted file or on PostgreSQL."""

    name: str = "LawDesk"
    about: dict[str, float] = field(default_factory=dict)
    office: Any = None
    actor: Any = None
    limit: int = 10

    def build(self, entries: list[Entry], place: str, *, reuse: bool = False) -> None:
        from lawdesk.office import create_office, open_office

        if not reuse:
            created = create_office(place, firm_name="恒岚律师事务所", founder="秦望舒", passphrase=PASSPHRASE)
            with tempfile.TemporaryDirectory() as folder:
                table = Path(folder) / "registry.csv"
                write_csv(entries, table)
                started = time.perf_counter()
                done = created.office.cases.import_parties(created.founder, table)
                self.about["import s"] = time.perf_counter() - started
            assert done.created == len(entries), done.refused[:3]
            created.office.close()
        before = memory()
        started = time.perf_counter()
        self.office = open_office(place, passphrase=PASSPHRASE)
        self.actor = self.office.firm.queries.actor_by_login(None)
        self.office.conflicts.warm_up(self.actor)
        self.about["open s"] = time.perf_counter() - started
        self._memory = before

    def find(self, text: str) -> Ranked:
        from lawdesk.conflicts import Asked, Role

        result = self.office.conflicts.check(self.actor, [Asked(text, Role.CLIENT)], limit=self.limit)
        return [(hit.ref, hit.score, str(hit.level)) for hit in result.hits[: self.limit]]

    def measure_memory(self) -> None:
        """Note what the searches so far have taken, the page cache (128 MB) included."""
        self.about["memory MB"] = memory() - self._memory

    def measure_index(self, names: int) -> None:
        """Make all keys anew: how fast, and how much room they take (encrypted file only)."""
        from lawdesk.conflicts.service import keeping
        from lawdesk.storage.state import set_state

        database = self.office.database
        with database.write(self.actor, "bench") as work:
            work.not_audited()
            connection = work.session.connection()
            sqlite = connection.dialect.name == "sqlite"
            free = "PRAGMA freelist_count"
            if sqlite:
                before = int(connection.exec_driver_sql(free).scalar())
                connection.exec_driver_sql("DELETE FROM party_key")
                pages = int(connection.exec_driver_sql(free).scalar()) - before
                self.about["index MB"] = pages * int(connection.exec_driver_sql("PRAGMA page_size").scalar()) / 1e6
            set_state(work.session, keeping.STATE, "{}")
            work.session.flush()
            started = time.perf_counter()
            keeping.follow(work, ())
            spent = time.perf_counter() - started
        self.about["names indexed/s"] = names / spent


class Like:
    """``LIKE '%…%'``, what most case management programs do."""

    name = "SQLite LIKE"

    def __init__(self, entries: list[Entry]) -> None:
        self.about: dict[str, float] = {}
        started = time.perf_counter()
        self._db = _plain(entries, "CREATE TABLE names (name TEXT, ref TEXT)")
        self.about["build s"] = time.perf_counter() - started

    def find(self, text: str) -> Ranked:
        rows = self._db.execute(
            "SELECT ref, length(name) FROM names WHERE name LIKE ? ORDER BY 2 LIMIT 10", (f"%{text}%",)
        )
        return [(ref, len(text) / length, "likely") for ref, length in rows]


class Trigram:
    """SQLite's full text with three characters a token, ranked by bm25."""

    name = "FTS5 trigram"

    def __init__(self, entries: list[Entry]) -> None:
        self.about: dict[str, float] = {}
        started = time.perf_counter()
        make = "CREATE VIRTUAL TABLE names USING fts5(name, ref UNINDEXED, tokenize = 'trigram')"
        self._db = _plain(entries, make)
        self.about["build s"] = time.perf_counter() - started

    def find(self, text: str) -> Ranked:
        grams = {text[i : i + 3].replace('"', '""') for i in range(max(1, len(text) - 2))}
        query = " OR ".join(f'"{gram}"' for gram in sorted(grams) if gram.strip())
        if not query:
            return []
        statement = "SELECT ref, -bm25(names) FROM names WHERE names MATCH ? ORDER BY rank LIMIT 10"
        return [(ref, score, "") for ref, score in self._db.execute(statement, (query,))]


class Fuzzy:
    """rapidfuzz's WRatio over every name."""

    name = "rapidfuzz WRatio"

    def __init__(self, entries: list[Entry]) -> None:
        from rapidfuzz import utils

        self.about: dict[str, float] = {}
        started = time.perf_counter()
        rows = [(name, one.ref) for one in entries for name in (one.name, *one.aliases)]
        self._names = [utils.default_process(name) for name, _ref in rows]
        self._refs = [ref for _name, ref in rows]
        self.about["build s"] = time.perf_counter() - started

    def find(self, text: str) -> Ranked:
        from rapidfuzz import fuzz, process, utils

        query = utils.default_process(text)
        found = process.extract(query, self._names, scorer=fuzz.WRatio, limit=10)
        return [(self._refs[place], score / 100, "") for _name, score, place in found]


class PgTrgm:
    """PostgreSQL's pg_trgm with a GIN index; needs a server that has the extension."""

    name = "pg_trgm"

    def __init__(self, entries: list[Entry], url: str) -> None:
        import psycopg

        self.about: dict[str, float] = {}
        started = time.perf_counter()
        self._db = psycopg.connect(url, autocommit=True)
        self._db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self._db.execute("DROP TABLE IF EXISTS bench_names")
        self._db.execute("CREATE TABLE bench_names (name text, ref text)")
        with self._db.cursor().copy("COPY bench_names FROM STDIN") as copy:
            for one in entries:
                for name in (one.name, *one.aliases):
                    copy.write_row((name, one.ref))
        self._db.execute("CREATE INDEX ON bench_names USING gin (name gin_trgm_ops)")
        self.about["build s"] = time.perf_counter() - started

    def find(self, text: str) -> Ranked:
        statement = "SELECT ref, similarity(name, %s) FROM bench_names WHERE name %% %s ORDER BY 2 DESC LIMIT 10"
        return [(ref, float(score), "") for ref, score in self._db.execute(statement, (text, text))]


def _plain(entries: list[Entry], make: str) -> Any:
    """Return a plain SQLite database in memory that holds the names: the peers get every advantage."""
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(":memory:")
    database.execute(make)
    rows = ((name, one.ref) for one in entries for name in (one.name, *one.aliases))
    database.executemany("INSERT INTO names (name, ref) VALUES (?, ?)", rows)
    return database


def peers(entries: list[Entry], url: str | None, say: Callable[[str], None]) -> list[Engine]:
    """Return the peers that can run here; what is lacking is said."""
    found: list[Engine] = [Like(entries), Trigram(entries)]
    try:
        found.append(Fuzzy(entries))
    except ImportError:
        say("rapidfuzz is not installed: WRatio is left out")
    if url is None:
        say("no --postgres URL: pg_trgm is left out")
        return found
    try:
        found.append(PgTrgm(entries, url))
    except Exception as error:
        say(f"pg_trgm is left out: {str(error).splitlines()[0]}")
    return found
