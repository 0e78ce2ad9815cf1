"""Adding or changing a proceeding: court, number, judge, and who stands where with whom as counsel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.case_entry import proceeding_choices, unreadable
from lawdesk.cases.page.entry import judge_court_number
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.parties_entry import standing_choices
from lawdesk.cases.page.words import proceeding_title
from lawdesk.cases.queries import CaseDetail, ProceedingRow, StandingRow
from lawdesk.cases.rules import PROCEEDING_KINDS, ProceedingDraft, Side
from lawdesk.cases.rules.court_numbers import parse_court_number
from lawdesk.cases.service import StandingDraft
from lawdesk.kernel.errors import LawDeskError, Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    Button,
    CheckBox,
    ComboBox,
    DateEdit,
    Form,
    Gap,
    Label,
    LineEdit,
    SectionHeading,
    Sheet,
    empty_layout,
    line_of,
    vbox,
)


@dataclass(frozen=True)
class _Stand:
    """The fields of one party in this proceeding."""

    row: StandingRow
    standing: ComboBox
    counsel: LineEdit
    firm: LineEdit


class StandingsTable(QWidget):
    """Each party with its standing, its counsel and their firm."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = vbox(space=3, parent=self)
        self.stands: list[_Stand] = []

    def fill(self, rows: list[StandingRow], usual: tuple[str, str]) -> None:
        """Show ``rows``; ``usual`` are the standings this proceeding usually has."""
        empty_layout(self._rows)
        self.stands = []
        for row in rows:
            name = row.name
            standing = ComboBox(standing_choices([row.standing, *usual]), name=_named(lambda: _("Standing"), name))
            standing.choose(row.standing)
            counsel = LineEdit(lambda: _("Counsel"), name=_named(lambda: _("Counsel"), name))
            counsel.setText(row.counsel_name)
            firm = LineEdit(lambda: _("Their law firm"), name=_named(lambda: _("Their law firm"), name))
            firm.setText(row.counsel_firm)
            step = "strong" if row.side == Side.CLIENT else "body"
            block = QWidget()
            head = line_of(Label(name, step=step, elide=True), standing, shares=(5, 4))
            vbox(head, line_of(counsel, firm, shares=(5, 6)), space=1, parent=block)
            self._rows.addWidget(block)
            self.stands.append(_Stand(row, standing, counsel, firm))

    def drafts(self) -> tuple[StandingDraft, ...]:
        """Return what is entered."""
        return tuple(
            StandingDraft(
                stand.row.party_id, str(stand.standing.chosen() or ""), stand.counsel.text(), stand.firm.text()
            )
            for stand in self.stands
        )


def _named(words: Callable[[], str], name: str) -> Callable[[], str]:
    return lambda: f"{words()} {name}"


class ProceedingSheet(Sheet):
    """One proceeding: a new one (``row`` None) or one to change. Saved whole with Ctrl+Enter or not at all."""

    def __init__(self, desk: Desk, case: CaseDetail, row: ProceedingRow | None) -> None:
        self._desk, self._case, self._row = desk, case, row
        self.kind = ComboBox(proceeding_choices(case.kind))
        self.court, self.number, self.judge, self.result = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.started = DateEdit(today=desk.today)
        self.ended = DateEdit(today=desk.today)
        self.custody = CheckBox(lambda: _("Our client is in custody"))
        self.foreign = CheckBox(lambda: _("A party has no residence in China"))
        self.standings = StandingsTable()
        self.form = form = Form()
        form.add("proceeding", lambda: _("Proceeding"), self.kind, span=21, required=True)
        self.number_field = form.add("court_number", lambda: _("Court case number"), self.number, span=21)
        form.add("court", lambda: _("Court or authority"), self.court, span=21)
        form.add("judge", lambda: _("Judge and telephone"), self.judge, span=21)
        form.add("started_on", lambda: _("Begun"), self.started, span=21)
        form.add("ended_on", lambda: _("Ended on"), self.ended, span=21)
        form.add("result", lambda: _("Result"), self.result, span=21)
        form.add_widget(self.custody)
        form.add_widget(self.foreign)
        words = (lambda: _("Save the proceeding")) if row else (lambda: _("Add the proceeding"))
        super().__init__(
            form,
            Gap(1),
            SectionHeading(lambda: _("Who stands where")),
            self.standings,
            button=Button(words, self.save, kind="filled"),
        )
        self.kind.chosen_changed.connect(self._kind_chosen)
        self.number.typed.connect(self._number_typed)
        self._fill()
        self.setFocusProxy(self.number if row else self.kind)

    def save(self) -> None:
        """Add or change the proceeding with its standings, in one transaction; a day that is none is refused."""
        wrong = unreadable(started_on=self.started, ended_on=self.ended)
        if wrong:
            self.refuse(Refused(wrong), self.form)
            return
        number = self.number.text().strip()
        draft = ProceedingDraft(
            str(self.kind.chosen() or ""),
            self.court.text(),
            parse_court_number(number).text if number else "",
            self.judge.text(),
            self.started.day(),
            self.custody.isChecked(),
            self.foreign.isChecked(),
            self.ended.day(),
        )
        standings, result = self.standings.drafts(), self.result.text()
        desk, actor, case_id, row = self._desk, self._desk.actor(), self._case.id, self._row

        def work() -> None:
            if row is None:
                desk.cases.add_proceeding(actor, case_id, draft, standings)
            else:
                desk.cases.change_proceeding(
                    actor, row.id, draft, seen=row.version, result=result, standings=standings
                )

        desk.run(work, self._saved, self._failed, owner=self)

    def _saved(self, _done: object) -> None:
        title = proceeding_title(str(self.kind.chosen()))
        added = self._row is None
        self._desk.close_sheet()
        self._desk.page.toast(lambda: (_("{title} added") if added else _("{title} saved")).format(title=title))

    def _failed(self, error: BaseException) -> None:
        buttons = []
        if isinstance(error, LawDeskError) and error.code == "stale":
            buttons = [Button(lambda: _("Show the new state"), self._read_again, small=True)]
        self.refuse(error, self.form, *buttons)

    def _read_again(self) -> None:
        desk, actor, case_id = self._desk, self._desk.actor(), self._case.id
        desk.run(lambda: desk.cases.queries.case(actor, case_id), self._take_new, owner=self, slot="case")

    def _take_new(self, case: CaseDetail) -> None:
        self._case = case
        if self._row is not None:
            number = self._row.id
            self._row = next((row for row in case.proceedings if row.id == number), self._row)
        self.trouble.clear()
        self._fill()

    def _fill(self) -> None:
        row = self._row
        if row is None:
            self.kind.choose(_next_kind(self._case))
            self.form.set_shown("ended_on", False)
            self.form.set_shown("result", False)
            self._usual_standings()
        else:
            self.kind.choose(row.kind)
            self.kind.setEnabled(False)
            self.court.setText(row.court)
            self.number.setText(row.court_number)
            self.judge.setText(row.judge)
            self.result.setText(row.result)
            self.started.set_day(row.started_on)
            self.ended.set_day(row.ended_on)
            self.custody.setChecked(row.in_custody)
            self.foreign.setChecked(row.foreign)
            self.standings.fill(list(row.standings), self._usual())
        self._show_custody()
        judge_court_number(self.number_field, self.number.text())

    def _usual(self) -> tuple[str, str]:
        kind = PROCEEDING_KINDS.get(str(self.kind.chosen()))
        return (kind.claimant, kind.respondent) if kind is not None else ("", "")

    def _usual_standings(self) -> None:
        """Carry the parties over: client as claimant, other side as respondent; who appealed is chosen here."""
        ours, theirs = self._usual()
        order = {Side.CLIENT.value: ours, Side.ADVERSE.value: theirs, Side.THIRD.value: "第三人"}
        rows = [
            StandingRow(
                party.party_id,
                party.name,
                party.kind,
                party.side,
                order.get(party.side, ""),
                party.counsel_name,
                party.counsel_firm,
                party.legal_representative,
            )
            for party in self._case.parties
        ]
        self.standings.fill(rows, (ours, theirs))

    def _kind_chosen(self, _key: object) -> None:
        if self._row is None:
            self._usual_standings()
        self._show_custody()

    def _show_custody(self) -> None:
        self.custody.setVisible(str(self.kind.chosen()).startswith("criminal"))

    def _number_typed(self, text: str) -> None:
        read = judge_court_number(self.number_field, text)
        if read is None:
            return
        if read.court is not None and not self.court.text().strip():
            self.court.setText(read.court.name)
        if self._row is None and read.procedure in PROCEEDING_KINDS and read.procedure != self.kind.chosen():
            self.kind.choose(read.procedure)
            self._kind_chosen(read.procedure)


def _next_kind(case: CaseDetail) -> str:
    """Return the proceeding that usually follows the newest one."""
    after = {
        "civil-first": "civil-second",
        "civil-second": "enforcement",
        "preservation": "civil-first",
        "labour-arbitration": "civil-first",
        "commercial-arbitration": "enforcement",
        "administrative-reconsideration": "administrative-first",
        "administrative-first": "administrative-second",
        "criminal-investigation": "criminal-prosecution",
        "criminal-prosecution": "criminal-first",
        "criminal-first": "criminal-second",
        "enforcement": "enforcement",
    }
    newest = case.proceedings[-1].kind if case.proceedings else ""
    return after.get(newest, proceeding_choices(case.kind)[0][0])
