"""Reading an export back into a new, empty office: every row with its id, every document by its hash.

What is read was outside the office and may have been changed by anybody: hashes are compared, paths must stay
inside the export, values must fit their columns, and all rows arrive in one transaction or none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import func, insert, select, text

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.safekeeping.opening import DATA, FORMAT, MANIFEST
from lawdesk.safekeeping.shapes import KEPT_BACK, TableShape, from_json, table_shapes
from lawdesk.storage.database import Database, Program
from lawdesk.storage.migrations import HEAD
from lawdesk.storage.state import set_state
from lawdesk.storage.vault import Vault

Progress = Callable[[int, int], None]
BATCH = 500
LARGEST_MANIFEST = 128 * 1024 * 1024
LONGEST_LINE = 64 * 1024 * 1024
_NO_NAME = re.compile(
    r"[\x00-\x1f\\:]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE
)
"""What no file of an export is called: characters, endings and device names that mean something to Windows."""


@dataclass(frozen=True)
class Source:
    """An export whose list was read: rows and file hash by table; path, hash and size by version of a document."""

    folder: Path
    firm: str
    tables: dict[str, tuple[int, str]]
    documents: dict[int, tuple[str, str, int]]


def read_source(folder: Path) -> Source:
    """Return what an export says it holds, its table files compared with their hashes.

    Raises EnvironmentFailure for a folder that is no complete export, one of another version, or a changed one.
    """
    try:
        path = folder / MANIFEST
        if path.stat().st_size > LARGEST_MANIFEST:
            raise ValueError("too large")
        body = json.loads(path.read_text(encoding="utf-8"))
        form, schema = int(body["lawdesk_export"]), str(body["schema"])
        tables = {str(name): (int(one["rows"]), str(one["sha256"])) for name, one in body["tables"].items()}
        documents = {
            int(one["version_id"]): (str(one["path"]), str(one["sha256"]), int(one["size"]))
            for one in body["documents"]
        }
        source = Source(folder, str(body["firm"]), tables, documents)
    except FileNotFoundError as error:
        raise EnvironmentFailure(
            "import.no_export",
            N_("{path} holds no complete export of LawDesk."),
            N_("Its manifest.json is missing; an export that broke off has none."),
            N_("Choose the folder that holds manifest.json."),
            path=str(folder),
        ) from error
    except OSError as error:
        raise file_failure(error, folder) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _changed(MANIFEST) from error
    if form > FORMAT or schema != HEAD:
        raise EnvironmentFailure(
            "import.other_version",
            N_("This export was made by another version of LawDesk."),
            N_("It is at step {found}, this program reads step {known}."),
            N_("Read it back with the LawDesk that made it, named in manifest.json, then update."),
            found=schema,
            known=HEAD,
        )
    if set(tables) != {shape.name for shape in table_shapes()}:
        raise _changed(MANIFEST)
    for name, (_rows, digest) in tables.items():
        if _file_sha256(folder / DATA / f"{name}.json") != digest:
            raise _changed(f"{DATA}/{name}.json")
    return source


def bring_in(
    database: Database,
    vault: Vault,
    source: Source,
    *,
    states: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Fill the empty ``database`` and ``vault`` from ``source``; return the number of rows.

    ``states`` are facts the new office has of its own (its key). Raises EnvironmentFailure when anything is
    missing, changed or does not fit; then the database is as empty as before.
    """
    addresses = _store_documents(vault, source, progress)
    count = 0
    with database.write(Program(), "office.import") as work:
        connection = work.session.connection()
        for shape in table_shapes():
            if connection.execute(select(func.count()).select_from(shape.table)).scalar_one():
                raise EnvironmentFailure("import.not_empty", N_("An export is read into a new office only."))
        for shape in table_shapes():
            found = 0
            for batch in _batches(source, shape, addresses):
                connection.execute(insert(shape.table), batch)
                found += len(batch)
            if found != source.tables[shape.name][0]:
                raise _changed(f"{DATA}/{shape.name}.json")
            count += found
            if database.kind == "postgresql" and "id" in shape.table.c and found:
                _continue_ids(connection, shape.name)
        for name, value in (states or {}).items():
            set_state(work.session, name, value)
        work.session.flush()
        work.audit("office", rows=count, documents=len(addresses))
    return count


def _store_documents(vault: Vault, source: Source, progress: Progress | None) -> dict[int, str]:
    """Put every document into the vault; return its new address by version."""
    root = source.folder.resolve()
    addresses = {}
    for number, (version, (name, digest, size)) in enumerate(source.documents.items()):
        if progress:
            progress(number, len(source.documents))
        path = inside(root, name)
        stored = vault.put(path)
        if (stored.sha256, stored.size) != (digest, size):
            raise _changed(name)
        addresses[version] = stored.address
    return addresses


def inside(root: Path, name: str) -> Path:
    """Return the file ``name``; raises EnvironmentFailure for one outside the export or a link."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in ("/", "..") or _NO_NAME.search(part) for part in parts):
        raise _changed(name)
    path = root.joinpath(*parts)
    if not path.is_relative_to(root) or path.resolve() != path or not path.is_file():
        raise _changed(name)
    return path


def _batches(source: Source, shape: TableShape, addresses: dict[int, str]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in _rows(source, shape):
        if shape.name == "document_version":
            known = source.documents.get(row["id"])
            if known is None or known[1] != row["sha256"]:
                raise _changed(f"{DATA}/{shape.name}.json")
            row["address"] = addresses[row["id"]]
        if shape.name == "office_state" and row["name"] in KEPT_BACK:
            raise _changed(f"{DATA}/{shape.name}.json")
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(source: Source, shape: TableShape) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table's file, which holds one a line."""
    name = f"{DATA}/{shape.name}.json"
    columns = list(shape.table.c)
    try:
        with (source.folder / name).open(encoding="utf-8") as file:
            head = "".join(file.readline(LONGEST_LINE) for _line in range(2))
            if json.loads(head.rstrip().rstrip(",") + "}")["columns"] != [column.name for column in columns]:
                raise ValueError("other columns")
            if file.readline(LONGEST_LINE).strip() != '"rows": [':
                raise ValueError("no rows")
            while (line := file.readline(LONGEST_LINE).strip()) != "]}":
                if line in ("", ","):
                    continue
                values = json.loads(line.rstrip(","))
                if len(values) != len(columns):
                    raise ValueError("other columns")
                yield {
                    column.name: from_json(value, column) for column, value in zip(columns, values, strict=True)
                }
    except OSError as error:
        raise file_failure(error, source.folder / name) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _changed(name) from error


def _continue_ids(connection: Any, name: str) -> None:
    """Let PostgreSQL count on behind the ids that were brought in."""
    statement = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))"
    connection.execute(text(statement))


def _file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except FileNotFoundError as error:
        raise _changed(path.name) from error
    except OSError as error:
        raise file_failure(error, path) from error
    return digest.hexdigest()


def _changed(name: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "import.changed",
        N_("{name} of this export is missing or was changed."),
        N_("It is not what the export's own list says. Nothing was imported."),
        N_("Take an unchanged copy of the export; what people changed by hand cannot be read back."),
        name=name,
    )
