"""Side sheets of one deadline: extended by the court's paper, interrupted or suspended, changes that wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.evidence import EvidenceField
from lawdesk.deadlines.queries import DeadlineRow, RequestRow, TurnRow
from lawdesk.deadlines.rules import LimitationCount, Turn, whole_day
from lawdesk.deadlines.service import ASKED
from lawdesk.firm import may
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import (
    Button,
    CheckBox,
    DateEdit,
    FilterChips,
    Form,
    Label,
    LineEdit,
    Sheet,
    TextArea,
    empty_layout,
    hbox,
    vbox,
)


class ExtendSheet(Sheet):
    """Extends a deadline: the new last day, why, and the court's paper. ``done(at_once)``."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[bool], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.day = DateEdit(None, today=desk.today, name=lambda: _("Extended to"))
        self.paper = EvidenceField(desk, row.case_id, lambda: _("e.g. notice of 5 November, with its number"))
        self.reason = TextArea(lambda: _("It stays in the file of the case"), lines=3)
        self.form = Form()
        self.form.add("due", lambda: _("Extended to"), self.day, span=21, required=True)
        self.form.add("evidence", lambda: _("The paper"), self.paper, span=21, required=True)
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        about = f"{row.title} · {whole_day(row.due)}"
        button = Button(lambda: _("Extend"), self.submit, kind="filled")
        super().__init__(Label(about, step="strong", wrap=True), self.form, button=button)

    def submit(self) -> None:
        """Extend it, or say what is missing."""
        day = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("deadline.day", N_("Until which day?"), "due")]), self.form)
            return
        desk, row, actor = self._desk, self._row, self._desk.actor()
        reason, paper = self.reason.toPlainText(), self.paper.evidence()
        desk.run(
            lambda: desk.service.extend(actor, row.id, day, reason, paper, seen=row.version),
            lambda at_once: desk.finish(lambda: self._done(at_once)),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )


class TurnSheet(Sheet):
    """The account of a limitation period: what interrupted or suspended it, and one line more."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[LimitationCount], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.kind = FilterChips(
            [("interrupted", lambda: _("Interrupted")), ("suspended", lambda: _("Suspended"))],
            self._kind_chosen,
            name=lambda: _("What it is"),
        )
        self.first = DateEdit(None, today=desk.today, name=lambda: _("Day"))
        self.last = DateEdit(None, today=desk.today, name=lambda: _("Obstacle gone"))
        self.ground = LineEdit(lambda: _("e.g. written demand, suit filed"), name=lambda: _("What it was"))
        self.paper = EvidenceField(desk, row.case_id)
        self.form = Form()
        self.form.add("first", lambda: _("Day"), self.first, span=10, required=True)
        self.form.add("last", lambda: _("Obstacle gone"), self.last, span=11)
        self.form.add("ground", lambda: _("What it was"), self.ground, span=21, required=True)
        self.form.add("evidence", lambda: _("What proves it"), self.paper, span=21)
        self._known = QWidget()
        self._lines = vbox(space=1.5, parent=self._known)
        button = Button(lambda: _("Enter"), self.submit, kind="filled")
        title = Label(row.title, step="strong", wrap=True)
        super().__init__(title, self._known, self.kind, self.form, button=button)
        self._kind_chosen()
        self._read()

    def submit(self) -> None:
        """Enter it and count anew, or say what is missing."""
        first = self.first.day()
        if first is None:
            self.refuse(Refused([Problem("limitation.day", N_("On which day?"), "first")]), self.form)
            return
        suspended = self.kind.chosen() == "suspended"
        last = self.last.day() if suspended else None
        turn = Turn("suspended" if suspended else "interrupted", first, last, self.ground.text())
        desk, row, actor, paper = self._desk, self._row, self._desk.actor(), self.paper.evidence().words
        desk.run(
            lambda: desk.service.add_turn(actor, row.id, turn, evidence=paper),
            lambda found: desk.finish(lambda: self._done(found)),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _kind_chosen(self) -> None:
        self.form.set_shown("last", self.kind.chosen() == "suspended")

    def _read(self) -> None:
        desk, row = self._desk, self._row

        def read() -> tuple[list[TurnRow], LimitationCount | None]:
            actor = desk.actor()
            return desk.service.queries.turns(actor, row.id), desk.service.limitation(actor, row.id)

        desk.run(read, lambda found: self._show(*found), owner=self, slot="turns")

    def _show(self, turns: list[TurnRow], account: LimitationCount | None) -> None:
        empty_layout(self._lines)
        for step in account.steps if account is not None else ():
            self._lines.addWidget(Label(step.words(), wrap=True, tone="text2" if step.void else "text"))
        for turn in turns:
            words = _("Take back: {ground}").format(ground=turn.ground)
            line = QWidget()
            hbox(Button(words, partial(self._remove, turn), kind="link"), parent=line)
            self._lines.addWidget(line)

    def _remove(self, turn: TurnRow) -> None:
        desk, row, actor = self._desk, self._row, self._desk.actor()
        desk.run(
            lambda: desk.service.remove_turn(actor, row.id, turn.id),
            lambda _found: self._read(),
            self.refuse,
            owner=self,
        )


class RequestsSheet(Sheet):
    """The changes that wait for a second person, each to be agreed to or not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.two = CheckBox(lambda: _("Every change of a date needs a second person"))
        self.two.setEnabled(may(desk.actor(), "firm.change"))
        self.two.clicked.connect(lambda: self._set_two(wanted=self.two.isChecked()))
        self._list = QWidget()
        self._lines = vbox(space=3, parent=self._list)
        super().__init__(self.two, self._list)
        self.read()

    def read(self) -> None:
        """Read what waits."""
        desk = self._desk

        def read() -> tuple[list[RequestRow], bool]:
            return desk.service.requests(desk.actor()), desk.service.two_persons(desk.actor())

        desk.run(read, lambda found: self._show(*found), owner=self, slot="requests")

    def _set_two(self, *, wanted: bool) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.set_two_persons(actor, wanted=wanted),
            lambda _found: self.read(),
            self.refuse,
            owner=self,
        )

    def _show(self, rows: list[RequestRow], two: bool) -> None:
        self.two.setChecked(two)
        empty_layout(self._lines)
        if not rows:
            self._lines.addWidget(Label(lambda: _("Nothing waits for a second person."), tone="text2"))
        mine = self._desk.actor().person_id
        for row in rows:
            self._lines.addWidget(Label(f"{row.case_number} {row.title}", step="strong", wrap=True))
            days = [] if row.kind == "redate" else [whole_day(row.before)]
            days += ["→", whole_day(row.due)] if row.due is not None else []
            self._lines.addWidget(Label(" ".join([_(ASKED[row.kind]), *days]), wrap=True))
            said = f"{row.asked_name}: {row.reason} {row.evidence}".strip()
            self._lines.addWidget(Label(said, tone="text2", wrap=True))
            line = QWidget()
            if row.asked_by == mine:
                hbox(Label(lambda: _("A colleague decides."), step="small", tone="text2"), parent=line)
            else:
                yes = Button(lambda: _("Agree"), partial(self._decide, row, grant=True))
                no = Button(lambda: _("Do not agree"), partial(self._decide, row, grant=False), kind="ghost")
                hbox(yes, no, space=2, parent=line)
            self._lines.addWidget(line)

    def _decide(self, row: RequestRow, *, grant: bool) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.decide(actor, row.id, grant=grant),
            lambda _found: self.read(),
            self.refuse,
            owner=self,
        )
