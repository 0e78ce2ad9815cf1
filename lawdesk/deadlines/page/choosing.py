"""Which case and which proceeding: two fields that the sheets of this feature share."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from lawdesk.cases import PROCEEDING_KINDS, CaseDetail, CaseFilter, CaseRow, CaseStatus, ProceedingRow
from lawdesk.deadlines.page.desk import Desk
from lawdesk.kernel.i18n import _
from lawdesk.ui import ComboBox, Form

MOST = 2000


class CaseChoice(QObject):
    """The fields "case" and "proceeding" of a form; ``changed()`` after one was chosen or the case was read."""

    changed = Signal()

    def __init__(self, desk: Desk, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.case = ComboBox(
            search=True, placeholder=lambda: _("Name or number of the case"), name=lambda: _("Case")
        )
        self.proceeding = ComboBox(name=lambda: _("Proceeding"))
        self.detail: CaseDetail | None = None
        self._wanted: int | None = None
        self._form = form
        form.add("case_id", lambda: _("Case"), self.case, span=21, required=True)
        form.add("proceeding_id", lambda: _("Proceeding"), self.proceeding, span=21)
        form.set_shown("proceeding_id", False)
        self.case.chosen_changed.connect(self._chosen)
        self.proceeding.chosen_changed.connect(lambda _key: self.changed.emit())

    @property
    def case_id(self) -> int | None:
        """The case chosen."""
        found = self.case.chosen()
        return found if isinstance(found, int) else None

    @property
    def current(self) -> ProceedingRow | None:
        """The proceeding chosen, as it was read."""
        wanted = self.proceeding.chosen()
        rows = self.detail.proceedings if self.detail is not None else ()
        return next((row for row in rows if row.id == wanted), None)

    def load(self, case_id: int | None = None) -> None:
        """Read the open cases; choose ``case_id`` if it is given."""
        self._wanted = case_id if case_id is not None else self._wanted
        desk = self._desk
        wanted = CaseFilter(status=CaseStatus.OPEN)
        desk.run(
            lambda: desk.cases.list_cases(desk.actor(), wanted, limit=MOST), self._fill, owner=self, slot="cases"
        )

    def _fill(self, rows: list[CaseRow]) -> None:
        chosen = self.case_id
        self.case.set_choices([(row.id, f"{row.title} {row.number}") for row in rows])
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != chosen:
            self.case.choose(wanted)
            self._chosen(wanted)

    def _chosen(self, case_id: object) -> None:
        self.detail = None
        self._form.field("case_id").set_problem(None)
        if not isinstance(case_id, int):
            self._form.set_shown("proceeding_id", False)
            self.changed.emit()
            return
        desk = self._desk
        desk.run(lambda: desk.cases.case(desk.actor(), case_id), self._show, owner=self, slot="case")

    def _show(self, detail: CaseDetail) -> None:
        self.detail = detail
        rows = detail.proceedings
        self.proceeding.set_choices([(row.id, _title(row)) for row in reversed(rows)])
        running = next((row for row in reversed(rows) if row.ended_on is None), rows[-1] if rows else None)
        self.proceeding.choose(running.id if running is not None else None)
        self._form.set_shown("proceeding_id", len(rows) > 1)
        self.changed.emit()


def _title(row: ProceedingRow) -> str:
    kind = PROCEEDING_KINDS.get(row.kind)
    return " ".join(part for part in (kind.title if kind else row.kind, row.court, row.court_number) if part)
