"""The documents of a case: places of the file order left, the papers right; the list itself is the drop zone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from lawdesk.documents.page.bundle import open_bundle
from lawdesk.documents.page.desk import Desk
from lawdesk.documents.page.places import ALL, UNPLACED, PlacesPanel
from lawdesk.documents.page.sheet import DocumentSheet
from lawdesk.documents.page.storing import Storing, Troubles
from lawdesk.documents.page.words import added_day, added_words, icon_of, size_words
from lawdesk.documents.queries import DocumentRow
from lawdesk.documents.rules import file_name, is_program
from lawdesk.documents.service import Shelf
from lawdesk.firm import may
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import (
    STRETCH,
    Button,
    EmptyState,
    Follows,
    Hairline,
    Label,
    ListModel,
    Row,
    RowAction,
    RowList,
    Status,
    hbox,
    theme,
    vbox,
)

NARROW = 62
"""Below so many em the places become a field above the list."""


class DocumentsPane(Follows, QWidget):
    """The documents tab of one case."""

    def __init__(self, desk: Desk, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.case_id = desk, case_id
        self.shelf: Shelf | None = None
        self._narrow = False
        desk.remember(self)
        self.places = PlacesPanel(self._show_rows)
        self.model = ListModel(to_row=self._row, parent=self)
        self.empty = EmptyState(
            "inbox",
            lambda: _("No documents here yet"),
            lambda: _("Drop files or folders here, also from WeChat or e-mail. They are encrypted at once."),
            Button(lambda: _("Add files"), self.add_files, icon="plus"),
        )
        self.list = RowList(self.model, name=lambda: _("Documents"), empty=self.empty, accept_files=True)
        self.list.opened.connect(self.open_copy)
        self.list.acted.connect(self._act)
        self.list.files_dropped.connect(lambda _item, paths: self.take_in(paths))
        self.storing = Storing()
        self.troubles = Troubles()
        self._add = Button(lambda: _("Add files"), self.add_files, icon="plus", shortcut="Ctrl+O", small=True)
        self._bundle = Button(
            lambda: _("Case file"), lambda: open_bundle(desk, case_id), icon="package", small=True
        )
        self._build()
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.list)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self._paste)
        if (task := desk.running.get(case_id)) is not None:
            self.storing.follow(task)
        self._reload()

    # -- what the case asks -----------------------------------------------------------------------------------

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""
        if change is None or change.subject in ("document", "case"):
            self._reload()

    def retranslate(self) -> None:
        if hasattr(self, "shelf") and self.shelf is not None:
            self._fill(self.shelf)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.restyle()

    def restyle(self) -> None:
        if not hasattr(self, "_line"):
            return
        narrow = self.width() < theme.em(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    # -- what a person does -----------------------------------------------------------------------------------

    def add_files(self) -> None:
        """Choose files and take them in."""
        if paths := self._desk.ask_files(self):
            self.take_in(paths)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in files and folders; the place chosen left is theirs."""
        chosen = self.places.chosen()
        category = chosen if chosen not in (ALL, UNPLACED) else ""
        self.troubles.clear()
        self.storing.begin(self._desk, self.case_id, list(paths), category, self.troubles)

    def open_copy(self, row: DocumentRow) -> None:
        """Decrypt a copy to look at and show it with the system's program; says that it lies outside the vault."""
        if is_program(row.name):
            self.troubles.show_error(
                UserError(
                    "document.program",
                    N_("{name} is a program and was not opened."),
                    N_("Opening it would run it on this PC."),
                    N_("If you are sure it is harmless, save a copy and open that one."),
                    name=row.name,
                )
            )
            return
        desk, actor = self._desk, self._desk.actor()

        def work() -> Path:
            place = desk.opened.place_for(row.id, row.number, row.name)
            desk.service.export(actor, row.id, place, opened=True)
            return place

        desk.tasks.run_long(
            lambda _progress: work(), lambda place: self._opened(place, row), self._failed, owner=self, aside=True
        )

    def save_copy(self, row: DocumentRow) -> None:
        """Ask where and write a decrypted copy there."""
        target = self._desk.ask_target(self, _("Save a copy"), file_name(row.name))
        if target is None:
            return
        desk, actor = self._desk, self._desk.actor()
        self.troubles.clear()
        task = desk.tasks.run_long(
            lambda progress: desk.service.export(
                actor,
                row.id,
                target,
                lambda done, total: progress.at(done >> 10, (total or done) >> 10),
                cancel=lambda: progress.cancelled,
            ),
            lambda _done: desk.toast(lambda: _("Copy saved; it lies outside the encrypted office")),
            self._failed,
            owner=self,
            aside=True,
        )
        if row.size > 32 << 20:
            self.storing.follow(task, lambda: _("Saving {name}").format(name=row.name))

    def details(self, row: DocumentRow) -> None:
        """Show name, place, date, note and versions in the side sheet."""
        host = self._desk.host(self)
        if host is not None and self.shelf is not None:
            sheet = DocumentSheet(self._desk, row, [place.title for place in self.shelf.places])
            host.open_sheet(sheet, lambda: _("Document"), on_close=sheet.leave)

    def remove(self, row: DocumentRow) -> None:
        """Take a document off the case; the toast puts it back."""
        desk, actor = self._desk, self._desk.actor()

        def put_back() -> None:
            desk.tasks.run(lambda: desk.service.remove(actor, row.id, restore=True), owner=desk.tasks)

        def done(_result: object) -> None:
            desk.toast(lambda: _("{name} removed").format(name=row.name), undo=put_back)

        desk.tasks.run(lambda: desk.service.remove(actor, row.id), done, self._failed, owner=self)

    # -- inside -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._line = Hairline(vertical=True)
        self._count = Label("", step="small", tone="text2", elide=True)
        writes = may(self._desk.actor(), "document.write")
        if not writes:
            self._add.hide()
        self.list.setAcceptDrops(writes)
        self.list.viewport().setAcceptDrops(writes)
        head = hbox(self.places.field, self._count, STRETCH, self._bundle, self._add, space=2)
        head.setStretch(1, 1)
        right = QWidget()
        column = vbox(head, self.storing, self.troubles, self.list, space=2, margins=(3, 0, 0, 0), parent=right)
        column.setStretch(3, 1)
        line = hbox(self.places, self._line, right, space=2, margins=(0, 3, 5, 2), parent=self)
        line.setStretch(2, 1)
        self._arrange()

    def _arrange(self) -> None:
        self.places.setVisible(not self._narrow)
        self._line.setVisible(not self._narrow)
        self.places.field.setVisible(self._narrow)
        self.list.set_narrow(self._narrow)

    def _reload(self) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.tasks.run(
            lambda: desk.service.shelf(actor, self.case_id), self._fill, self._unread, owner=self, slot="shelf"
        )

    def _unread(self, error: BaseException) -> None:
        self.troubles.show_error(error, Button(lambda: _("Try again"), self._reload, kind="link"))

    def _failed(self, error: BaseException) -> None:
        self.troubles.show_error(error)

    def _fill(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.places.fill(shelf)
        self._show_rows()

    def _show_rows(self) -> None:
        shelf = self.shelf
        if shelf is None:
            return
        chosen = self.places.chosen()
        titles = [place.title for place in shelf.places]
        rows = [row for row in shelf.rows if _lies_in(row, chosen, titles)]
        self.model.set_items(rows)
        size = sum(row.size for row in rows)
        self._count.set_words(
            lambda: _("{count} documents, {size}").format(count=len(rows), size=size_words(size)) if rows else ""
        )

    def _row(self, row: DocumentRow) -> Row:
        today = self._desk.clock.today()
        dated = row.dated_on is not None
        version = Status(_("version {number}").format(number=row.number)) if row.number > 1 else None
        return Row(
            key=row.id,
            title=row.name,
            icon=icon_of(row.name),
            segments=(self._place(row), size_words(row.size), row.note),
            status=version,
            date=short_date(row.dated_on or added_day(row), today),
            date_sub=_("stored {when}").format(when=added_words(row, today)) if dated else _("stored"),
            person=row.added_by,
            actions=self._actions(),
        )

    def _place(self, row: DocumentRow) -> str:
        """Return where a document lies, unless the list shows only that place."""
        if self.places.chosen() != ALL:
            return ""
        return row.category or _("Not placed yet")

    def _actions(self) -> tuple[RowAction, ...]:
        read = (
            RowAction("details", lambda: _("Details"), "pencil", "F2"),
            RowAction("save", lambda: _("Save a copy …"), "download", "Ctrl+S"),
        )
        if not may(self._desk.actor(), "document.write"):
            return read
        return (*read, RowAction("remove", lambda: _("Remove"), "trash-2", "Del"))

    def _act(self, row: DocumentRow, key: str) -> None:
        {"details": self.details, "save": self.save_copy, "remove": self.remove}[key](row)

    def _opened(self, place: Path, row: DocumentRow) -> None:
        if self._desk.opened.open(place):
            self._desk.toast(
                lambda: _(
                    "{name} opened as a read-only copy outside the vault; it is removed when you lock or leave."
                ).format(name=row.name)
            )
            return
        self.troubles.show_error(
            UserError(
                "document.no_viewer",
                N_("This PC has no program for {name}."),
                hint=N_("Install one, or save a copy and open it on another PC."),
                name=row.name,
            )
        )

    def _paste(self) -> None:
        urls: list[QUrl] = QGuiApplication.clipboard().mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths and may(self._desk.actor(), "document.write"):
            self.take_in(paths)


def _lies_in(row: DocumentRow, chosen: str, titles: Sequence[str]) -> bool:
    if chosen == ALL:
        return True
    return row.category not in titles if chosen == UNPLACED else row.category == chosen
