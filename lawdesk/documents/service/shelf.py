"""Putting files on a case and taking them out again."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import col, select

from lawdesk.cases import CaseQueries, matter_kinds
from lawdesk.documents.model import Document, DocumentVersion
from lawdesk.documents.queries import DocumentQueries, DocumentRow
from lawdesk.documents.rules import (
    DocumentDraft,
    FilePlace,
    binding_order,
    check_document,
    clean_name,
    file_places,
    free_name,
    guess_category,
)
from lawdesk.documents.service.taking_in import (
    Added,
    NotTaken,
    Outcome,
    TakenIn,
    Told,
    files_of,
    take_in,
)
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work, check_version
from lawdesk.storage.vault import Vault, VaultReport

Progress = Callable[[int, int | None], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True)
class Shelf:
    """The documents of a case as they are bound, and the file order (卷内顺序) of its kind with counts."""

    case_id: int
    number: str
    title: str
    rows: tuple[DocumentRow, ...]
    places: tuple[FilePlace, ...]
    unplaced: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The places in which no document lies yet."""
        return tuple(place.title for place in self.places if place.missing)


class DocumentService:
    """Documents in the encrypted vault; ``queries`` looks them up."""

    def __init__(self, database: Database, cases: CaseQueries, vault: Callable[[], Vault]) -> None:
        self._database = database
        self._cases = cases
        self._open_vault = vault
        self._vault: Vault | None = None
        self.queries = DocumentQueries(database)

    @property
    def vault(self) -> Vault:
        """The vault, opened when first needed."""
        if self._vault is None:
            self._vault = self._open_vault()
        return self._vault

    def close_vault(self) -> None:
        """Forget the vault and its keys; it is opened anew when next needed."""
        self._vault = None

    def shelf(self, actor: Actor, case_id: int) -> Shelf:
        """Return the documents of a case in the order they are bound, with the places of its file order."""
        case = self._cases.case(actor, case_id)
        order = matter_kinds()[case.kind].file_order
        rows = self.queries.documents(actor, case_id)
        rows.sort(key=lambda row: binding_order(order, row.category, row.dated_on, row.id))
        places, unplaced = file_places(order, [row.category for row in rows])
        return Shelf(case_id, case.number, case.title, tuple(rows), places, unplaced)

    def add_file(
        self,
        actor: Actor,
        case_id: int,
        path: Path,
        draft: DocumentDraft | None = None,
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> int:
        """Put a file on a case; return the document's id. See :meth:`store_file`."""
        return self.store_file(actor, case_id, path, draft, progress=progress, cancel=cancel).document_id

    def store_file(
        self,
        actor: Actor,
        case_id: int,
        path: Path,
        draft: DocumentDraft | None = None,
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Added:
        """Put a file on a case.

        The same name again becomes a new version of that document, with the same content too it changes nothing.
        The bytes are in the vault, whole and flushed, before the row that names them is written. Raises Refused
        (name, too large), EnvironmentFailure (unreadable, disk full) and Cancelled; then nothing was added.
        """
        require(actor, "document.write")
        case = self._cases.case(actor, case_id)
        size = _readable_size(path)
        entered = draft or DocumentDraft(path.name)
        name = clean_name(entered.name)
        if problems := check_document(DocumentDraft(name), size):
            raise Refused(problems)
        stored = self.vault.put(path, progress, cancel)
        with self._database.write(actor, "document.add") as work:
            document = _by_name(work, case_id, name)
            if document is not None and _newest(work, document.key).address == stored.address:
                return Added(document.key, _newest(work, document.key).number, "same")
            outcome: Outcome = "added" if document is None else "version"
            if document is None:
                document = work.add(
                    Document(
                        case_id=case_id,
                        proceeding_id=entered.proceeding_id,
                        name=name,
                        category=entered.category or guess_category(name, matter_kinds()[case.kind].file_order),
                        dated_on=entered.dated_on,
                        note=entered.note.strip(),
                    )
                )
            number = 1 if outcome == "added" else _newest(work, document.key).number + 1
            version = DocumentVersion(
                document_id=document.key,
                number=number,
                address=stored.address,
                sha256=stored.sha256,
                size=stored.size,
            )
            work.add(version)
            work.audit("document", document, case_id=case_id, number=number, sha256=stored.sha256)
            work.announce(Changed("document", "added", (document.key,), (case_id,)))
            return Added(document.key, number, outcome)

    def add_files(self, actor: Actor, case_id: int, paths: Iterable[Path]) -> list[int]:
        """Put several files on a case, folders with all that is in them; return the documents' ids.

        Raises at the first file or folder that cannot be taken in; :meth:`take_in` goes on and reports instead.
        """
        files, refused = files_of(list(paths))
        if refused:
            raise refused[0].error
        return [self.add_file(actor, case_id, file) for file in files]

    def take_in(
        self,
        actor: Actor,
        case_id: int,
        paths: Iterable[Path],
        *,
        category: str = "",
        tell: Told | None = None,
        cancel: Cancel | None = None,
    ) -> TakenIn:
        """Put files and folders on a case, into ``category`` if given; report what was and what was not stored.

        Raises UserError when ``actor`` may not write or see the case; a single file's fault is in the report.
        """
        require(actor, "document.write")
        self._cases.case(actor, case_id)
        files, refused = files_of(list(paths))

        def store(path: Path, progress: Progress) -> Added:
            draft = DocumentDraft(path.name, category)
            return self.store_file(actor, case_id, path, draft, progress=progress, cancel=cancel)

        taken = take_in(files, store, tell=tell, cancel=cancel)
        left = tuple(NotTaken(row.name, row.error) for row in refused)
        return replace(taken, refused=left + taken.refused)

    def change(self, actor: Actor, document_id: int, draft: DocumentDraft, *, seen: int) -> None:
        """Change name, place in the file order, date or note of a document.

        Raises Refused for an empty or too long name, or one that another document of the case has.
        """
        require(actor, "document.write")
        if problems := check_document(draft, 0):
            raise Refused(problems)
        row = self.queries.document(actor, document_id)
        with self._database.write(actor, "document.change") as work:
            document = _get(work, document_id)
            check_version(document, seen)
            name = clean_name(draft.name)
            other = _by_name(work, document.case_id, name)
            if other is not None and other.key != document_id:
                message = N_("Another document of this case has this name.")
                raise Refused([Problem("document.name_taken", message, "name")])
            document.name, document.category = name, draft.category
            document.dated_on, document.note = draft.dated_on, draft.note.strip()
            work.audit("document", document, case_id=row.case_id)
            work.announce(Changed("document", "changed", (document_id,), (row.case_id,)))

    def remove(self, actor: Actor, document_id: int, *, restore: bool = False) -> None:
        """Take a document off the case, or put it back (``restore``); its bytes stay in the vault.

        One that comes back while another got its name meanwhile gets a number behind it.
        """
        require(actor, "document.write")
        action = "document.restore" if restore else "document.remove"
        with self._database.write(actor, action) as work:
            document = _get(work, document_id)
            self._cases.case(actor, document.case_id)
            if restore and document.removed and _by_name(work, document.case_id, document.name) is not None:
                document.name = free_name(document.name, _names(work, document.case_id))
            document.removed = not restore
            work.audit("document", document, case_id=document.case_id)
            done = "restored" if restore else "removed"
            work.announce(Changed("document", done, (document_id,), (document.case_id,)))

    def export(
        self,
        actor: Actor,
        document_id: int,
        target: Path,
        progress: Progress | None = None,
        *,
        number: int | None = None,
        cancel: Cancel | None = None,
        opened: bool = False,
    ) -> None:
        """Write a document, decrypted, to ``target``; recorded, because it leaves the vault.

        ``number`` asks for an older version, ``opened`` says that it is a copy to look at. Raises UserError for an
        unknown version, EnvironmentFailure when the content is missing or damaged or cannot be written.
        """
        require(actor, "document.read")
        row = self.queries.document(actor, document_id)
        found = [one for one in self.queries.versions(actor, document_id) if number in (None, one.number)]
        if not found:
            raise UserError("document.no_version", N_("There is no such version of the document."))
        self.vault.export(found[0].address, target, progress, cancel)
        with self._database.write(actor, "document.export") as work:
            document = _get(work, document_id)
            work.audit("document", document, case_id=row.case_id, number=found[0].number, opened=opened)

    def check_vault(self, actor: Actor) -> VaultReport:
        """Read every stored file back and compare it with its hash."""
        require(actor, "office.backup")
        return self.vault.verify_all(self.queries.every_address())


def _newest(work: Work, document_id: int) -> DocumentVersion:
    statement = select(DocumentVersion).where(col(DocumentVersion.document_id) == document_id)
    return work.session.exec(statement.order_by(col(DocumentVersion.number).desc()).limit(1)).one()


def _by_name(work: Work, case_id: int, name: str) -> Document | None:
    statement = select(Document).where(
        col(Document.case_id) == case_id, col(Document.name) == name, col(Document.removed).is_(False)
    )
    return work.session.exec(statement.order_by(col(Document.id))).first()


def _names(work: Work, case_id: int) -> list[str]:
    statement = select(Document.name).where(col(Document.case_id) == case_id, col(Document.removed).is_(False))
    return list(work.session.exec(statement))


def _get(work: Work, document_id: int) -> Document:
    document = work.session.get(Document, document_id)
    if document is None:
        raise UserError("document.unknown", N_("There is no such document."))
    return document


def _readable_size(path: Path) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise file_failure(error, path) from error
    if not stat.S_ISREG(found.st_mode):
        raise UserError("document.no_file", N_("{name} cannot be added."), N_("It is not a file."), name=path.name)
    return found.st_size
