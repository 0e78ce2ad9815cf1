"""Exporting the whole office: streamed, complete or not there at all, on record from before its first byte."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from lawdesk import __version__
from lawdesk.deadlines import DeadlineService
from lawdesk.firm import Actor, FirmQueries, require
from lawdesk.kernel.clock import CHINA, SystemClock
from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError
from lawdesk.kernel.files import file_failure, sync_file, sync_folder
from lawdesk.kernel.i18n import N_, _, language
from lawdesk.safekeeping.opening import (
    DATA,
    DOCUMENTS,
    TABLES,
    Cancel,
    Exported,
    Labels,
    OpenDocument,
    check,
    place_documents,
    read_labels,
    write_manifest,
    write_table,
)
from lawdesk.safekeeping.reader import write_reader
from lawdesk.safekeeping.shapes import table_shapes
from lawdesk.storage.database import Database
from lawdesk.storage.migrations import HEAD

if TYPE_CHECKING:
    from lawdesk.documents import DocumentService

Progress = Callable[[int, int], None]
CALENDAR, README = "deadlines.ics", "README.txt"
UNFINISHED = ".unfinished"


class ExportService:
    """Gives everything as open files."""

    def __init__(
        self, database: Database, firm: FirmQueries, documents: DocumentService, deadlines: DeadlineService
    ) -> None:
        self._database, self._firm = database, firm
        self._documents, self._deadlines = documents, deadlines

    def export(
        self, actor: Actor, target: Path, *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Exported:
        """Write the whole office, decrypted, into the new or empty folder ``target``.

        It is written beside it, as ``target.unfinished``, and gets its name when it is complete and flushed; what
        an attempt left that was killed is removed by the next one. ``progress`` counts tables and documents. On
        record before the first byte, and again with its result. Raises UserError without the right
        ``office.export``, EnvironmentFailure when the folder is not empty, the disk is full or a document is
        missing or damaged, Cancelled; then nothing is left.
        """
        require(actor, "office.export")
        require(actor, "case.see_all")  # it holds everything, so it is for who may see everything
        target = Path(target).absolute()
        _refuse_taken(target)
        self._record(actor, state="begun")
        working = target.with_name(target.name + UNFINISHED)
        try:
            made = self._write(actor, working, target, progress, cancel)
        except BaseException as error:
            shutil.rmtree(working, ignore_errors=True)
            said = file_failure(error, target) if isinstance(error, OSError) else error
            with contextlib.suppress(EnvironmentFailure):  # the office's own disk may be the full one
                code = said.code if isinstance(said, LawDeskError) else type(said).__name__
                self._record(actor, state="failed", code=code)
            if said is error:
                raise
            raise said from error
        self._record(actor, state="done", rows=made.count, documents=made.documents, bytes=made.size)
        return made

    def _record(self, actor: Actor, **detail: Any) -> None:
        with self._database.write(actor, "office.export") as work:
            work.audit("office", **detail)

    def _write(
        self, actor: Actor, working: Path, target: Path, progress: Progress | None, cancel: Cancel | None
    ) -> Exported:
        shutil.rmtree(working, ignore_errors=True)
        for folder in (working, working / DATA, working / TABLES, working / DOCUMENTS):
            folder.mkdir(mode=0o700, parents=True)
        with self._database.read(snapshot=True) as session:
            connection = session.connection()
            labels = read_labels(connection)
            documents = place_documents(connection, labels)
            rows = _write_tables(connection, working, labels, len(documents), progress, cancel=cancel)
            made = f"{SystemClock().now().astimezone(CHINA):%Y-%m-%d %H:%M}"
            firm = self._firm.firm_name(actor)
            write_reader(connection, working, documents, firm=firm, made=made, language=language())
        self._write_documents(working, documents, len(rows), progress, cancel)
        self._deadlines.export_calendar(actor, working / CALENDAR)
        _write_readme(working)
        facts = {"version": __version__, "schema": HEAD, "firm": firm, "made": made}
        write_manifest(working, facts, documents, rows)
        check(cancel)
        _settle(working, target)
        return Exported(target, rows, len(documents), sum(one.size for one in documents))

    def _write_documents(
        self,
        working: Path,
        documents: list[OpenDocument],
        before: int,
        progress: Progress | None,
        cancel: Cancel | None,
    ) -> None:
        for number, one in enumerate(documents):
            check(cancel)
            if progress:
                progress(before + number, before + len(documents))
            path = working / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            self._documents.vault.export(one.address, path, cancel=cancel)


def _write_tables(
    connection: Connection,
    working: Path,
    labels: Labels,
    after: int,
    progress: Progress | None,
    *,
    cancel: Cancel | None,
) -> dict[str, int]:
    rows, shapes = {}, table_shapes()
    for number, shape in enumerate(shapes):
        check(cancel)
        if progress:
            progress(number, len(shapes) + after)
        rows[shape.name] = write_table(connection, shape, working, labels, language())
    return rows


def _refuse_taken(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise EnvironmentFailure(
            "export.taken",
            N_("{path} is not empty."),
            N_("An export needs a folder of its own, so that nothing is mixed up or written over."),
            N_("Choose a new or empty folder."),
            path=str(target),
        )


def _write_readme(working: Path) -> None:
    lines = [
        _("Everything this office held, as open files. They are not encrypted: keep them safe."),
        "",
        _("index.html: open it with any browser to read and search; it needs no connection and sends nothing."),
        _("tables: one CSV file for each kind of record, for Excel and other programs."),
        _("documents: the documents as they were put in, in a folder for each case."),
        _("deadlines.ics: the open deadlines, for any calendar."),
        _("data and manifest.json: every value exactly, for programs; “lawdesk office import” reads them back."),
    ]
    with (working / README).open("w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write("\n".join(lines) + "\n")


def _settle(working: Path, target: Path) -> None:
    """Flush everything and give the folder its name: the one moment from which the export is there."""
    for path in sorted(working.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(working)
    if target.exists():
        target.rmdir()
    working.replace(target)
    sync_folder(target.parent)
