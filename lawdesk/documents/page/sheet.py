"""The side sheet of one document: name, place, date and note save themselves; below, every version it had."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from lawdesk.documents.page.desk import Desk
from lawdesk.documents.page.storing import Troubles
from lawdesk.documents.page.words import added_words, size_words
from lawdesk.documents.queries import DocumentRow, VersionRow
from lawdesk.documents.rules import DocumentDraft, file_name
from lawdesk.firm import may
from lawdesk.kernel.errors import LawDeskError, Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    STRETCH,
    Autosave,
    Button,
    Column,
    ComboBox,
    DateEdit,
    Form,
    Label,
    LineEdit,
    ScrollArea,
    SectionHeading,
    Table,
    TableModel,
    TextArea,
    Words,
    vbox,
)


class DocumentSheet(QWidget):
    """One document. ``leave()`` saves what is pending, called when the sheet closes."""

    def __init__(self, desk: Desk, row: DocumentRow, places: Sequence[str]) -> None:
        super().__init__()
        self._desk, self._row = desk, row
        self._filling, self._saving, self._stale = True, False, False
        self.name_edit = LineEdit()
        known = list(places) if not row.category or row.category in places else [*places, row.category]
        choices: list[tuple[str, Words]] = [("", lambda: _("Not placed yet"))]
        choices += [(place, place) for place in known]
        self.place = ComboBox(choices, search=True)
        self.day = DateEdit(today=desk.clock.today)
        self.note_edit = TextArea(lines=3)
        self.form = Form()
        self.form.add("name", lambda: _("Name"), self.name_edit, span=21, required=True)
        self.form.add("category", lambda: _("Place in the file"), self.place, span=21)
        self.form.add("dated_on", lambda: _("Date on the paper"), self.day, span=21)
        self.form.add("note", lambda: _("Remark (shown in the file index)"), self.note_edit, span=21)
        self.troubles = Troubles()
        self.versions = TableModel(
            [
                Column("number", lambda: _("Version"), lambda one: str(one.number), width=4),
                Column("when", lambda: _("Stored"), self._when),
                Column("size", lambda: _("Size"), lambda one: size_words(one.size), align="right", width=5.5),
                Column("save", "", lambda _one: _("Save"), align="right", width=4, link=True),
            ],
            parent=self,
        )
        self.table = Table(self.versions, name=lambda: _("Versions"), fit=True)
        self.table.linked.connect(lambda one, _key: self.save_version(one))
        self._hash = Label("", step="small", tone="text3", wrap=True)
        content = QWidget()
        vbox(
            self.form,
            self.troubles,
            1,
            SectionHeading(lambda: _("Versions")),
            self.table,
            self._hash,
            STRETCH,
            space=2,
            margins=(0, 1, 1, 4),
            parent=content,
        )
        vbox(ScrollArea(content), space=0, parent=self)
        self._autosave = Autosave(self._save, parent=self)
        self._fill(row)
        self._connect()
        if not may(desk.actor(), "document.write"):
            self.form.setEnabled(False)
        self.setFocusProxy(self.name_edit)
        self._read_versions()

    def leave(self) -> None:
        """Save what is pending."""
        self._autosave.flush()

    def save_version(self, version: VersionRow) -> None:
        """Ask where and write a decrypted copy of one version there."""
        desk, actor, row = self._desk, self._desk.actor(), self._row
        target = desk.ask_target(self, _("Save a copy"), file_name(row.name))
        if target is None:
            return
        desk.tasks.run_long(
            lambda progress: desk.service.export(
                actor, row.id, target, number=version.number, cancel=lambda: progress.cancelled
            ),
            lambda _done: desk.toast(lambda: _("Copy saved; it lies outside the encrypted office")),
            self._failed,
            owner=self,
            aside=True,
        )

    def _connect(self) -> None:
        self.name_edit.typed.connect(self._autosave.touch)
        self.note_edit.typed.connect(self._autosave.touch)
        self.place.chosen_changed.connect(self._autosave.touch)
        self.day.day_changed.connect(self._autosave.touch)

    def _fill(self, row: DocumentRow) -> None:
        self._filling = True
        self._row = row
        self.name_edit.setText(row.name)
        self.name_edit.flush()
        self.place.choose(row.category)
        self.day.set_day(row.dated_on)
        self.note_edit.setPlainText(row.note)
        groups = " ".join(row.sha256[start : start + 8] for start in range(0, 64, 8))  # so that it can wrap
        self._hash.set_words(f"SHA-256 {groups}")
        self._filling = False

    def _read_versions(self) -> None:
        desk, actor, key = self._desk, self._desk.actor(), self._row.id
        desk.tasks.run(
            lambda: desk.service.queries.versions(actor, key),
            self.versions.set_items,
            self._failed,
            owner=self,
            slot="versions",
        )

    def _when(self, version: VersionRow) -> str:
        return f"{added_words(version, self._desk.clock.today())} {version.added_by}"

    def _typed(self) -> DocumentDraft:
        return DocumentDraft(
            self.name_edit.text().strip(),
            str(self.place.chosen() or ""),
            self.day.day(),
            self.note_edit.toPlainText().strip(),
        )

    def _save(self) -> None:
        draft, before = self._typed(), draft_of(self._row)
        if self._filling or self._stale or draft == before:
            return
        if self._saving:
            self._autosave.touch()
            return
        self._saving = True
        self._write(draft, before)

    def _write(self, draft: DocumentDraft, before: DocumentDraft | None) -> None:
        desk, actor, row = self._desk, self._desk.actor(), self._row

        def work() -> DocumentRow:
            desk.service.change(actor, row.id, draft, seen=row.version)
            return desk.service.queries.document(actor, row.id)

        def done(now: DocumentRow) -> None:
            self._saving = False
            self._row = now
            self.form.clear_problems()
            self.troubles.clear()
            if before is None:
                self._fill(now)
                return
            desk.toast(lambda: _("Saved"), undo=lambda: self._write(before, None))

        desk.tasks.run(work, done, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, Refused) and not self.form.show_problems(error.problems):
            return
        if isinstance(error, LawDeskError) and error.code == "stale":
            self._stale = True
            again = Button(lambda: _("Show the new state"), self._show_new_state, small=True)
            self.troubles.show_error(error, again)
            return
        self.troubles.show_error(error)

    def _show_new_state(self) -> None:
        desk, actor, key = self._desk, self._desk.actor(), self._row.id

        def done(row: DocumentRow) -> None:
            self._stale = False
            self.troubles.clear()
            self._fill(row)

        desk.tasks.run(lambda: desk.service.queries.document(actor, key), done, self._failed, owner=self)


def draft_of(row: DocumentRow) -> DocumentDraft:
    """Return what may be changed of a document, as it is."""
    return DocumentDraft(row.name, row.category, row.dated_on, row.note)
