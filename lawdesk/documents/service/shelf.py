"""Putting files on a case and taking them out again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlmodel import col, func, select

from lawdesk.cases import CaseQueries, matter_kinds
from lawdesk.documents.model import Document, DocumentVersion
from lawdesk.documents.queries import DocumentQueries
from lawdesk.documents.rules import DocumentDraft, check_document, clean_name, guess_category
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import EnvironmentFailure, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work, check_version
from lawdesk.storage.vault import Vault, VaultReport

Progress = Callable[[int, int | None], None]
Cancel = Callable[[], bool]


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
        """Put a file on a case; return the document's id.

        The same name again becomes a new version of that document. The bytes are in the vault, whole and flushed,
        before the row that names them is written. Raises Refused (too large), EnvironmentFailure (unreadable, disk
        full) and Cancelled; then nothing was added.
        """
        require(actor, "document.write")
        case = self._cases.case(actor, case_id)
        size = _readable_size(path)
        name = clean_name(draft.name if draft else path.name)
        entered = draft or DocumentDraft(name)
        if problems := check_document(DocumentDraft(name), size):
            raise Refused(problems)
        stored = self.vault.put(path, progress, cancel)
        with self._database.write(actor, "document.add") as work:
            same = select(Document).where(
                col(Document.case_id) == case_id, col(Document.name) == name, col(Document.removed).is_(False)
            )
            document = work.session.exec(same).first()
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
            number = _next_number(work, document.key)
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
            return document.key

    def add_files(self, actor: Actor, case_id: int, paths: Iterable[Path]) -> list[int]:
        """Put several files on a case, folders with all that is in them; return the documents' ids."""
        files = [file for path in paths for file in _files_of(path)]
        return [self.add_file(actor, case_id, file) for file in files]

    def change(self, actor: Actor, document_id: int, draft: DocumentDraft, *, seen: int) -> None:
        """Change name, place in the file order, date or note of a document."""
        require(actor, "document.write")
        if problems := check_document(draft, 0):
            raise Refused(problems)
        row = self.queries.document(actor, document_id)
        with self._database.write(actor, "document.change") as work:
            document = _get(work, document_id)
            check_version(document, seen)
            document.name, document.category = clean_name(draft.name), draft.category
            document.dated_on, document.note = draft.dated_on, draft.note.strip()
            work.audit("document", document, case_id=row.case_id)
            work.announce(Changed("document", "changed", (document_id,), (row.case_id,)))

    def remove(self, actor: Actor, document_id: int, *, restore: bool = False) -> None:
        """Take a document off the case, or put it back (``restore``); its bytes stay in the vault."""
        require(actor, "document.write")
        action = "document.restore" if restore else "document.remove"
        with self._database.write(actor, action) as work:
            document = _get(work, document_id)
            self._cases.case(actor, document.case_id)
            document.removed = not restore
            work.audit("document", document, case_id=document.case_id)
            done = "restored" if restore else "removed"
            work.announce(Changed("document", done, (document_id,), (document.case_id,)))

    def export(self, actor: Actor, document_id: int, target: Path, progress: Progress | None = None) -> None:
        """Write a document, decrypted, to ``target``; recorded, because it leaves the vault."""
        require(actor, "document.read")
        row = self.queries.document(actor, document_id)
        self.vault.export(row.address, target, progress)
        with self._database.write(actor, "document.export") as work:
            document = _get(work, document_id)
            work.audit("document", document, case_id=row.case_id, number=row.number)

    def check_vault(self, actor: Actor) -> VaultReport:
        """Read every stored file back and compare it with its hash."""
        require(actor, "office.backup")
        return self.vault.verify_all(self.queries.addresses(actor))


def _next_number(work: Work, document_id: int) -> int:
    newest = select(func.max(DocumentVersion.number)).where(col(DocumentVersion.document_id) == document_id)
    return (work.session.exec(newest).one() or 0) + 1


def _get(work: Work, document_id: int) -> Document:
    document = work.session.get(Document, document_id)
    if document is None:
        raise UserError("document.unknown", N_("There is no such document."))
    return document


def _readable_size(path: Path) -> int:
    try:
        if path.is_file():
            return path.stat().st_size
        reason = N_("It is not a file.")
    except OSError as error:
        raise EnvironmentFailure(
            "document.unreadable",
            N_("{name} cannot be read."),
            N_("{reason}"),
            N_("Check that the file still exists and that you may open it."),
            name=path.name,
            reason=error.strerror or "",
        ) from error
    raise UserError("document.no_file", N_("{name} cannot be added."), reason, name=path.name)


def _files_of(path: Path) -> list[Path]:
    """Return the files a dropped thing stands for; hidden files and system droppings stay out."""
    if not path.is_dir():
        return [path]
    inside = (file for file in sorted(path.rglob("*")) if file.is_file())
    return [file for file in inside if not file.name.startswith((".", "~$")) and file.name != "Thumbs.db"]
