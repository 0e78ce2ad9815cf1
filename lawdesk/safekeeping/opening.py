"""Writing the open files of an export: tables as JSON and CSV, documents, calendar, reader, list of it all."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, select

from lawdesk.kernel.errors import Cancelled
from lawdesk.outside.formulas import guard_formula
from lawdesk.safekeeping.shapes import KEPT_BACK, TableShape, table_shapes, to_json, to_words

FORMAT = 1
"""The version of the export's layout; a re-import refuses newer ones."""
MANIFEST, DATA, TABLES, DOCUMENTS = "manifest.json", "data", "tables", "documents"
BATCH = 500
CASE_NAME_BYTES = 90
_SLASHES = str.maketrans("/\\", "__")
Cancel = Callable[[], bool]


@dataclass(frozen=True)
class Exported:
    """What an export wrote: where it lies, rows by table, documents (all versions) and their bytes."""

    path: Path
    rows: dict[str, int]
    documents: int
    size: int

    @property
    def count(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


@dataclass(frozen=True)
class OpenDocument:
    """One version of a document: where it lies in the vault and where in the export (``/`` between folders)."""

    version_id: int
    document_id: int
    case_id: int
    address: str
    sha256: str
    size: int
    path: str


@dataclass
class Labels:
    """What rows are called where others name them: for people, cases, parties, proceedings and the like."""

    words: dict[str, dict[int, str]] = field(default_factory=dict)

    def of(self, table: str, row_id: Any) -> str:
        """Return what the row is called, "" where nobody knows."""
        return self.words.get(table, {}).get(row_id, "") if row_id is not None else ""


def rows_of(connection: Connection, shape: TableShape) -> Iterator[Any]:
    """Yield the rows of a table in the order of their keys, a few hundred held at a time; secrets left out."""
    statement = select(shape.table).order_by(*shape.table.primary_key.columns)
    if shape.name == "office_state":
        statement = statement.where(shape.table.c.name.not_in(sorted(KEPT_BACK)))
    yield from connection.execution_options(yield_per=BATCH).execute(statement)


def read_labels(connection: Connection) -> Labels:
    """Return the labels of every table whose rows others name."""
    labels = Labels()
    pointed = {column.points_to for shape in table_shapes() for column in shape.columns}
    for shape in table_shapes():
        if shape.name in pointed and shape.label:
            columns = [shape.table.c.id, *(shape.table.c[name] for name in shape.label)]
            labels.words[shape.name] = {
                row[0]: " ".join(str(part) for part in row[1:] if part)
                for row in connection.execute(select(*columns))
            }
    return labels


def write_table(connection: Connection, shape: TableShape, folder: Path, labels: Labels, language: str) -> int:
    """Write one table as ``data/<name>.json`` and, unless hidden, as a CSV file; return its rows.

    The JSON holds the values as they are, one row a line; the CSV what people read, names beside the ids.
    """
    count = 0
    with (
        (folder / DATA / f"{shape.name}.json").open("w", encoding="utf-8", newline="\n") as file,
        _csv(shape, folder, language) as writer,
    ):
        names = json.dumps([column.name for column in shape.columns])
        file.write(f'{{"table": "{shape.name}",\n"columns": {names},\n"rows": [\n')
        for row in rows_of(connection, shape):
            values = [to_json(value) for value in row]
            file.write((",\n" if count else "") + json.dumps(values, ensure_ascii=False))
            if writer is not None:
                writer.writerow([guard_formula(cell) for cell in _cells(shape, row, labels)])
            count += 1
        file.write("\n]}\n")
    return count


def table_file(shape: TableShape, language: str) -> str:
    """Return the name of a table's CSV file."""
    return f"{_file_name(shape.title(language))}.csv"


@contextmanager
def _csv(shape: TableShape, folder: Path, language: str) -> Iterator[Any]:
    if shape.hidden:
        yield None
        return
    with (folder / TABLES / table_file(shape, language)).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        heads = []
        for column in shape.columns:
            title = column.title(language)
            heads += [title, f"{title} ID"] if column.points_to else [title]
        writer.writerow(heads)
        yield writer


def _cells(shape: TableShape, row: Any, labels: Labels) -> Iterator[str]:
    for column, value in zip(shape.columns, row, strict=True):
        if column.points_to:
            yield labels.of(column.points_to, value)
        yield to_words(value, column.kind)


def place_documents(connection: Connection, labels: Labels) -> list[OpenDocument]:
    """Return every version of every document with its place: a folder for each case, older versions and removed
    documents in folders of their own; no two paths differ only in case.
    """
    shapes = {shape.name: shape.table for shape in table_shapes()}
    document, version = shapes["document"], shapes["document_version"]
    statement = (
        select(
            version.c.id, version.c.number, version.c.address, version.c.sha256, version.c.size, document.c.id,
            document.c.case_id, document.c.name, document.c.removed,
        )
        .join(document, document.c.id == version.c.document_id)
        .order_by(document.c.case_id, document.c.id, version.c.number.desc())
    )  # fmt: skip
    taken: set[str] = set()
    cases: dict[int, str] = {}
    found, before = [], None
    for version_id, number, address, sha256, size, document_id, case_id, name, removed in connection.execute(
        statement
    ):
        if case_id not in cases:
            cases[case_id] = _free(taken, f"{DOCUMENTS}/{_short(labels.of('cases', case_id), case_id)}")
        folder = cases[case_id] + ("/removed" if removed else "")
        plain = PurePosixPath(_file_name(name))
        path = f"{folder}/{plain}"
        if document_id == before:
            path = f"{folder}/older/{plain.stem} v{number}{plain.suffix}"
        before = document_id
        found.append(OpenDocument(version_id, document_id, case_id, address, sha256, size, _free(taken, path)))
    return found


def _short(label: str, case_id: int) -> str:
    """Return the name of a case's folder: short enough that folder and file fit into what Windows takes."""
    plain = _file_name(label.translate(_SLASHES) or str(case_id))
    return plain.encode("utf-8")[:CASE_NAME_BYTES].decode("utf-8", errors="ignore").rstrip(" .")


def _free(taken: set[str], path: str) -> str:
    """Return ``path``, or with a number where a disk that ignores case has it already."""
    own, number, found = PurePosixPath(path), 1, path
    while found.casefold() in taken:
        number += 1
        found = f"{own.parent}/{own.stem} ({number}){own.suffix}"
    taken.add(found.casefold())
    return found


def write_manifest(
    folder: Path, facts: dict[str, Any], documents: list[OpenDocument], rows: dict[str, int]
) -> None:
    """Write the list of everything, last: an export without it is not complete."""
    tables = {
        name: {"rows": count, "sha256": _sha256(folder / DATA / f"{name}.json")} for name, count in rows.items()
    }
    entries = [
        {"version_id": one.version_id, "path": one.path, "sha256": one.sha256, "size": one.size}
        for one in documents
    ]
    content = {"lawdesk_export": FORMAT, **facts, "tables": tables, "documents": entries}
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)


def check(cancel: Cancel | None) -> None:
    """Raise Cancelled when somebody asked to stop."""
    if cancel and cancel():
        raise Cancelled


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _file_name(title: str) -> str:
    from lawdesk.documents import file_name

    return file_name(title)
