"""Side sheets that watch over the docket: what fell due, who is away, the register of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.queries import BareCase, DeputyRow, ReminderRow
from lawdesk.deadlines.rules import CourtEntry, nearness, whole_day
from lawdesk.firm import PersonRow
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, ngettext, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    ComboBox,
    DateEdit,
    Form,
    Label,
    LineEdit,
    SectionHeading,
    Sheet,
    empty_layout,
    hbox,
    vbox,
)

LEVELS = {
    "responsible": N_("you answer for it"),
    "deputy": N_("you stand in"),
    "director": N_("nobody has confirmed it"),
}


class ReminderSheet(Sheet):
    """What fell due and is not confirmed, what was missed first; then the cases nobody watches."""

    def __init__(self, desk: Desk, opened: Callable[[int], object]) -> None:
        self._desk, self._opened = desk, opened
        self.rows: list[ReminderRow] = []
        self._list = QWidget()
        self._lines = vbox(space=3, parent=self._list)
        self._bare = QWidget()
        self._bare_lines = vbox(space=1.5, parent=self._bare)
        self._waiting = 0
        self.waiting = Button(self._waiting_words, lambda: desk.go("deadlines", tool="requests"), kind="link")
        self.waiting.hide()
        button = Button(lambda: _("Seen, all of them"), self.confirm_all, kind="filled")
        super().__init__(self.waiting, self._list, self._bare, button=button)
        self.read()

    def read(self) -> None:
        """Collect what fell due since and show it; the ledger notes that it was shown."""
        desk = self._desk

        def read() -> tuple[list[ReminderRow], list[BareCase], int]:
            actor, queries = desk.actor(), desk.service.queries
            desk.service.reminders.collect(actor)
            mine = queries.bare_cases(actor, person_id=actor.person_id)
            return desk.service.reminders.show(actor), mine, queries.count_requests(actor)

        desk.run(read, lambda found: self._show(*found), self.refuse, owner=self, slot="reminders")

    def confirm_all(self) -> None:
        """Confirm everything that is shown."""
        self._confirm([row.id for row in self.rows])

    def _waiting_words(self) -> str:
        words = ngettext(
            "{count} change waits for a second person", "{count} changes wait for a second person", self._waiting
        )
        return words.format(count=self._waiting)

    def _show(self, rows: list[ReminderRow], bare: Sequence[BareCase], waiting: int) -> None:
        self.rows, self._waiting = rows, waiting
        self.waiting.retranslate()
        self.waiting.setVisible(waiting > 0)
        empty_layout(self._lines)
        empty_layout(self._bare_lines)
        if not rows:
            self._lines.addWidget(Label(lambda: _("Nothing to be reminded of."), tone="text2"))
        for row in rows:
            self._lines.addWidget(self._line(row))
        if bare:
            self._bare_lines.addWidget(SectionHeading(lambda: _("Cases in which nothing is due")))
        for case in bare:
            words = f"{case.number} {case.title}"
            line = QWidget()
            go = Button(words, partial(self._desk.go, "cases", case_id=case.case_id), kind="link")
            hbox(go, STRETCH, parent=line)
            self._bare_lines.addWidget(line)
        if self.button is not None:
            self.button.setEnabled(bool(rows))

    def _line(self, row: ReminderRow) -> QWidget:
        today = self._desk.today()
        near = nearness(row.due, today, kind=row.kind)
        box, line = QWidget(), QWidget()
        title = Button(row.title, lambda: self._open(row), kind="link")
        seen = Button(lambda: _("Seen"), lambda: self._confirm([row.id]), kind="ghost", icon="check")
        hbox(title, STRETCH, seen, parent=line)
        words = f"{whole_day(row.due)} {row.due_time}".strip()
        late = _("was due to be shown on {day}").format(day=short_date(row.falls_on, today))
        about = f"{row.case_number} {row.case_title} · {_(LEVELS[row.level])}"
        parts: list[QWidget] = [line, Label(f"{words} · {near.words}", tone=near.tone if near.urgent else "text")]
        parts.append(Label(about, step="small", tone="text2", wrap=True))
        if row.falls_on < today:
            parts.append(Label(late, step="small", tone="text2"))
        vbox(*parts, space=0.5, parent=box)
        return box

    def _open(self, row: ReminderRow) -> None:
        self._desk.close_sheet()
        self._opened(row.deadline_id)

    def _confirm(self, ids: Sequence[int]) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.reminders.acknowledge(actor, ids),
            lambda _count: self.read(),
            self.refuse,
            owner=self,
        )


class AwaySheet(Sheet):
    """Who stands in for whom; one is away from … to …, or has a usual deputy."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.person = ComboBox(search=True, name=lambda: _("Who is away"))
        self.deputy = ComboBox(search=True, name=lambda: _("Who stands in"))
        self.first = DateEdit(None, today=desk.today, name=lambda: pgettext("of days", "From"))
        self.last = DateEdit(None, today=desk.today, name=lambda: pgettext("of days", "Until"))
        self.note = LineEdit(lambda: _("e.g. on leave"), name=lambda: pgettext("of days", "Why"))
        self.form = Form()
        self.form.add("person_id", lambda: _("Who is away"), self.person, span=10, required=True)
        self.form.add("deputy_id", lambda: _("Who stands in"), self.deputy, span=11, required=True)
        self.form.add("first", lambda: pgettext("of days", "From"), self.first, span=10)
        self.form.add("last", lambda: pgettext("of days", "Until"), self.last, span=11)
        self.form.add("note", lambda: pgettext("of days", "Why"), self.note, span=21)
        hint = Label(lambda: _("Without days the deputy always stands in."), step="small", tone="text2", wrap=True)
        self._known = QWidget()
        self._lines = vbox(space=1.5, parent=self._known)
        button = Button(lambda: _("Enter"), self.submit, kind="filled")
        super().__init__(self._known, self.form, hint, button=button)
        self._read()

    def submit(self) -> None:
        """Enter it, or say what is missing."""
        person, deputy = self.person.chosen(), self.deputy.chosen()
        if not isinstance(person, int) or not isinstance(deputy, int):
            self.refuse(Refused([Problem("deputy.who", N_("Choose a colleague."), "deputy_id")]), self.form)
            return
        desk, actor = self._desk, self._desk.actor()
        first, last, note = self.first.day(), self.last.day(), self.note.text()
        desk.run(
            lambda: desk.service.reminders.set_deputy(actor, person, deputy, first=first, last=last, note=note),
            lambda _id: self._read(),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _read(self) -> None:
        desk = self._desk

        def read() -> tuple[list[PersonRow], list[DeputyRow]]:
            actor = desk.actor()
            return desk.firm.people(actor), desk.service.queries.deputies(actor)

        desk.run(read, lambda found: self._show(*found), owner=self, slot="away")

    def _show(self, people: list[PersonRow], rows: list[DeputyRow]) -> None:
        self.refuse(None, self.form)
        choices = [(row.id, row.name) for row in people]
        for box, chosen in ((self.person, self._desk.actor().person_id), (self.deputy, None)):
            kept = box.chosen() or chosen
            box.set_choices(choices)
            if kept is not None:
                box.choose(kept)
        empty_layout(self._lines)
        for row in rows:
            days = _("always")
            if row.first is not None and row.last is not None:
                days = f"{short_date(row.first)} – {short_date(row.last)}"
            words = _("{deputy} stands in for {person}, {days}")
            said = Label(words.format(deputy=row.deputy, person=row.person, days=days), wrap=True)
            line = QWidget()
            away = Button(kind="ghost", icon="x", name=lambda: _("Take back"), run=partial(self._remove, row))
            inside = hbox(said, away, parent=line)
            inside.setStretch(0, 1)
            self._lines.addWidget(line)

    def _remove(self, row: DeputyRow) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.reminders.remove_deputy(actor, row.id),
            lambda _found: self._read(),
            self.refuse,
            owner=self,
        )


class RegisterSheet(Sheet):
    """The register of the deadlines entered on a day, saved as PDF or Word."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.day = DateEdit(desk.today(), today=desk.today, name=lambda: _("Day"))
        self.form = Form()
        self.form.add("day", lambda: _("Entered on"), self.day, span=21, required=True)
        button = Button(lambda: _("Save the register"), self.submit, kind="filled", icon="printer")
        super().__init__(self.form, button=button)

    def submit(self) -> None:
        """Ask where to, and write it."""
        day = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("register.day", N_("Of which day?"), "day")]), self.form)
            return
        path = self._desk.choose_save(self, _("Register {day}").format(day=day.isoformat()) + ".pdf")
        if path is not None:
            self._write(path)

    def _write(self, path: Path) -> None:
        desk, actor, day = self._desk, self._desk.actor(), self.day.day() or self._desk.today()
        desk.run(
            lambda: desk.service.write_paper(actor, desk.service.register(actor, day), path),
            lambda _found: desk.finish(lambda: desk.toast(lambda: _("Saved: {path}").format(path=path))),
            self.refuse,
            owner=self,
        )


class CourtSheet(Sheet):
    """Takes in the hearings of a court's calendar file: shown with their cases first, then entered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.entries: list[CourtEntry] = []
        self.choose = Button(lambda: _("Choose the court's .ics file …"), self.ask, icon="inbox")
        self._list = QWidget()
        self._lines = vbox(space=1.5, parent=self._list)
        button = Button(lambda: _("Enter the hearings"), self.submit, kind="filled")
        super().__init__(self.choose, self._list, button=button)
        button.setEnabled(False)

    def ask(self) -> None:
        """Choose the file and match its hearings to cases; nothing is entered yet."""
        path = self._desk.choose_open(self, "iCalendar (*.ics)")
        if path is None:
            return
        desk, actor = self._desk, self._desk.actor()
        self._show([])
        desk.run(
            lambda: desk.service.read_court_calendar(actor, path), self._show, self.refuse, owner=self, slot="ics"
        )

    def submit(self) -> None:
        """Enter what has a case; what was entered before only moves."""
        desk, actor, entries = self._desk, self._desk.actor(), self.entries

        def done(found: tuple[int, int]) -> None:
            words = _("{added} hearings entered, {moved} changed").format(added=found[0], moved=found[1])
            desk.finish(lambda: desk.toast(words))

        desk.run(
            lambda: desk.service.import_court_calendar(actor, entries),
            done,
            self.refuse,
            owner=self,
        )

    def _show(self, entries: list[CourtEntry]) -> None:
        self.refuse(None)
        self.entries = entries
        empty_layout(self._lines)
        for entry in entries:
            when = f"{whole_day(entry.day)} {entry.time}".strip()
            self._lines.addWidget(Label(when, step="strong"))
            self._lines.addWidget(Label(f"{entry.summary} {entry.place}".strip(), wrap=True))
            if entry.case_id is None:
                self._lines.addWidget(Label(lambda: _("No case fits: left out."), step="small", tone="amber"))
        if self.button is not None:
            self.button.setEnabled(any(entry.case_id is not None for entry in entries))
