"""Editing the facts of a case: every field saves itself, the toast takes it back, a stale edit says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from lawdesk.cases.page.case_entry import PeopleEdit, PercentEdit, fee_choices, unreadable
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.shown import CaseShown
from lawdesk.cases.queries import CaseDetail
from lawdesk.cases.rules import FeeMode, known_causes, matter_kinds
from lawdesk.cases.service import CaseChange
from lawdesk.kernel.errors import LawDeskError, Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import Autosave, Button, ComboBox, Form, LineEdit, MoneyEdit, Sheet, TextArea


class FactsSheet(Sheet):
    """Title, cause, stage, money, team and note of one case."""

    def __init__(self, desk: Desk, shown: CaseShown) -> None:
        self._desk, self._shown = desk, shown
        self._filling, self._stale, self._saving = True, False, False
        self.title_edit = LineEdit()
        self.cause = ComboBox([(name, name) for name in known_causes()], search=True, free=True)
        self.stage = ComboBox([(stage, stage) for stage in _stages(shown.case)])
        self.amount, self.fee, self.received = MoneyEdit(), MoneyEdit(), MoneyEdit()
        self.mode = ComboBox(fee_choices())
        self.percent = PercentEdit()
        self.lead = ComboBox([(person.id, person.name) for person in shown.people], search=True)
        self.assistants = PeopleEdit()
        self.assistants.set_people(shown.people)
        self.note_edit = TextArea(lines=4)
        self.form = form = Form()
        form.add("title", lambda: _("Short title"), self.title_edit, span=21, required=True)
        form.add("cause", lambda: _("Cause of action"), self.cause, span=21, required=True)
        form.add("stage", lambda: _("Stage"), self.stage, span=21)
        form.add("amount", lambda: _("Amount in dispute (yuan)"), self.amount, span=21)
        form.add("fee_mode", lambda: _("Fee arrangement"), self.mode, span=10)
        form.add("fee", lambda: _("Fee (yuan)"), self.fee, span=11)
        form.add("percent", lambda: _("Share (%)"), self.percent, span=10)
        form.add("received", lambda: _("Received (yuan)"), self.received, span=11)
        form.add("lead", lambda: _("Lead"), self.lead, span=21, required=True)
        form.add("assistants", lambda: _("Assisting"), self.assistants, span=21)
        form.add("note", lambda: _("Notes"), self.note_edit, span=21)
        super().__init__(form)
        self._autosave = Autosave(self._save, parent=self)
        self._fill(shown.case)
        self._connect()
        self.setFocusProxy(self.title_edit)

    @property
    def case_id(self) -> int:
        """Which case is edited."""
        return self._shown.case.id

    def leave(self) -> None:
        """Save what is pending; called when the sheet closes."""
        self._autosave.flush()

    def _connect(self) -> None:
        for edit in (self.title_edit, self.percent):
            edit.typed.connect(self._autosave.touch)
        self.note_edit.typed.connect(self._autosave.touch)
        for money in (self.amount, self.fee, self.received):
            money.fen_changed.connect(self._autosave.touch)
        for combo in (self.cause, self.stage, self.mode, self.lead):
            combo.chosen_changed.connect(self._autosave.touch)
        self.assistants.changed.connect(self._autosave.touch)

    def _fill(self, case: CaseDetail) -> None:
        self._filling = True
        self._shown = replace(self._shown, case=case)
        self.title_edit.setText(case.title)
        self.title_edit.flush()
        self.cause.choose(None)
        self.cause.set_text(case.cause)
        self.stage.choose(case.stage)
        self.amount.set_fen(case.amount_fen)
        self.mode.choose(case.fee_mode.value)
        self.fee.set_fen(case.fee_fen)
        self.percent.set_basis_points(case.fee_bp)
        self.percent.flush()
        self.received.set_fen(case.received_fen)
        self.lead.choose(case.lead_id)
        self.assistants.choose([member.person_id for member in case.assistants])
        self.note_edit.setPlainText(case.note)
        self._filling = False

    def _typed(self) -> CaseChange:
        lead = self.lead.chosen()
        return CaseChange(
            title=self.title_edit.text().strip(),
            cause=self.cause.text().strip(),
            stage=str(self.stage.chosen() or self._shown.case.stage),
            amount_fen=self.amount.fen(),
            fee_mode=FeeMode(str(self.mode.chosen() or FeeMode.UNKNOWN.value)),
            fee_fen=self.fee.fen(),
            received_fen=self.received.fen(),
            lead_id=lead if isinstance(lead, int) else self._shown.case.lead_id,
            assistants=tuple(self.assistants.chosen()),
            note=self.note_edit.toPlainText().strip(),
            fee_bp=self.percent.basis_points(),
        )

    def _save(self) -> None:
        before, change = CaseChange.of(self._shown.case), self._typed()
        if self._filling or self._stale or change == before:
            return
        wrong = unreadable(amount=self.amount, fee=self.fee, received=self.received, percent=self.percent)
        if wrong:
            self.refuse(Refused(wrong), self.form)
            return
        if self._saving:
            self._autosave.touch()
            return
        self._saving = True
        self._write(change, lambda case: self._saved(case, before))

    def _write(self, change: CaseChange, done: Callable[[CaseDetail], object]) -> None:
        desk, actor, case_id = self._desk, self._desk.actor(), self.case_id
        seen = self._shown.case.version

        def work() -> CaseDetail:
            desk.cases.change_case(actor, case_id, change, seen=seen)
            return desk.cases.queries.case(actor, case_id)

        desk.run(work, done, self._failed, owner=self)

    def _saved(self, case: CaseDetail, before: CaseChange) -> None:
        self._saving = False
        self._shown = replace(self._shown, case=case)
        self.form.clear_problems()
        self.trouble.clear()
        self._desk.page.toast(lambda: _("Saved"), undo=lambda: self._take_back(before))

    def _take_back(self, before: CaseChange) -> None:
        self._write(before, self._reload)

    def _failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, LawDeskError) and error.code == "stale":
            self._stale = True
            again = Button(lambda: _("Show the new state"), self._show_new_state, kind="secondary", small=True)
            self.refuse(error, self.form, again)
            return
        self.refuse(error, self.form)

    def _show_new_state(self) -> None:
        desk, actor, case_id = self._desk, self._desk.actor(), self.case_id
        desk.run(lambda: desk.cases.queries.case(actor, case_id), self._reload, owner=self, slot="case")

    def _reload(self, case: CaseDetail) -> None:
        self._stale = False
        self.trouble.clear()
        self.form.clear_problems()
        self._fill(case)
        self.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)


def _stages(case: CaseDetail) -> list[str]:
    kind = matter_kinds().get(case.kind)
    stages = list(kind.stages) if kind is not None else []
    return stages if case.stage in stages else [case.stage, *stages]
