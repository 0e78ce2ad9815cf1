"""The newest documents in the overview of a case."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lawdesk.documents.page.desk import Desk, page_of
from lawdesk.documents.page.words import added_day, icon_of
from lawdesk.documents.queries import DocumentRow
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, Column, Label, SectionHeading, Table, TableModel, vbox


class NewestBlock(QWidget):
    """The three papers that came last; Enter opens the tab."""

    def __init__(self, desk: Desk, case_id: int) -> None:
        super().__init__()
        self._desk, self._case_id = desk, case_id
        desk.remember(self)
        self.model = TableModel(
            [
                Column("name", lambda: _("Name"), lambda row: row.name, icon=lambda row: icon_of(row.name)),
                Column("day", lambda: _("Stored"), self._day, width=6, tone=lambda _row: "text2"),
                Column("who", lambda: _("By"), lambda row: row.added_by, width=5, tone=lambda _row: "text2"),
            ],
            parent=self,
        )
        self.table = Table(self.model, name=lambda: _("Newest documents"), fit=True)
        self.table.opened.connect(lambda _row: self._all())
        everything = Button(lambda: _("All"), self._all, kind="link", name=lambda: _("All documents of the case"))
        self.none = Label(lambda: _("No documents here yet"), tone="text2")
        vbox(SectionHeading(lambda: _("Documents"), everything), self.table, self.none, space=1.5, parent=self)
        self.none.hide()
        self.refresh(None)

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""
        if change is None or change.subject == "document":
            desk, actor, case_id = self._desk, self._desk.actor(), self._case_id
            desk.tasks.run(
                lambda: desk.service.queries.newest(actor, case_id), self._fill, owner=self, slot="newest"
            )

    def _fill(self, rows: list[DocumentRow]) -> None:
        self.model.set_items(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def _day(self, row: DocumentRow) -> str:
        return short_date(added_day(row), self._desk.clock.today())

    def _all(self) -> None:
        page = page_of(self)
        if page is not None:
            page.go_to(case_id=self._case_id, tab="documents")
