"""Enter a date by hand: a day the court set, a hearing, a task."""

from __future__ import annotations

from PySide6.QtCore import Signal

from lawdesk.deadlines.page.choosing import CaseChoice
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.hearing import clock_time
from lawdesk.deadlines.page.words import clash_words
from lawdesk.deadlines.rules import Clash
from lawdesk.deadlines.service import ManualDeadline
from lawdesk.firm import PersonRow
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import Button, ComboBox, DateEdit, FilterChips, Form, Label, LineEdit, Sheet


class ManualSheet(Sheet):
    """The side sheet of a date entered by hand. ``saved(deadline_id)`` after it was entered."""

    saved = Signal(int)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.form = Form()
        self.kind = FilterChips(
            [
                ("deadline", lambda: _("Deadline")),
                ("hearing", lambda: _("Hearing")),
                ("task", lambda: _("Task")),
            ],
            self._kind_chosen,
            name=lambda: _("What it is"),
        )
        self.title = LineEdit(lambda: _("e.g. supplement the evidence"), name=lambda: _("What is due"))
        self.day = DateEdit(None, today=desk.today, name=lambda: _("Day"))
        self.time = LineEdit("9:30", name=lambda: pgettext("of a day", "Time"))
        self.note = LineEdit(
            lambda: _("Courtroom, who else, what to bring"), name=lambda: pgettext("about a deadline", "Note")
        )
        self.person = ComboBox(search=True, name=lambda: _("Who answers for it"))
        self.choice = CaseChoice(desk, self.form, self.form)
        self.form.add("title", lambda: _("What is due"), self.title, span=21, required=True)
        self.form.add("due", lambda: _("Day"), self.day, span=13, required=True)
        self.form.add("due_time", lambda: pgettext("of a day", "Time"), self.time, span=8)
        self.form.add("person_id", lambda: _("Who answers for it"), self.person, span=21)
        self.form.add("note", lambda: pgettext("about a deadline", "Note"), self.note, span=21)
        button = Button(lambda: _("Enter"), self.submit, kind="filled")
        self.clash = Label("", tone="amber", wrap=True)
        self.clash.hide()
        self._warned: ManualDeadline | None = None
        super().__init__(self.kind, self.form, self.clash, button=button, note="Ctrl+Enter")
        self.choice.changed.connect(self._lead_answers)

    def begin(self, case_id: int | None = None, kind: str = "deadline") -> None:
        """Read cases and people; choose a case and what it is."""
        self.kind.choose(kind)
        self._kind_chosen()
        self.choice.load(case_id)
        desk = self._desk
        desk.run(lambda: desk.firm.people(desk.actor()), self._fill_people, owner=self, slot="people")
        self.title.setFocus()

    def submit(self) -> None:
        """Enter it, or say what is missing."""
        self.form.clear_problems()
        case_id, day = self.choice.case_id, self.day.day()
        missing = []
        if case_id is None:
            missing.append(Problem("deadline.case", N_("In which case?"), "case_id"))
        if day is None:
            missing.append(Problem("deadline.day", N_("On which day?"), "due"))
        if case_id is None or day is None:
            self.refuse(Refused(missing), self.form)
            return
        person = self.person.chosen()
        draft = ManualDeadline(
            case_id,
            self.title.text(),
            day,
            self.kind.chosen(),
            clock_time(self.time.text().strip()),
            self.choice.current.id if self.choice.current is not None else None,
            person if isinstance(person, int) else None,
            self.note.text(),
        )
        desk, actor, warned = self._desk, self._desk.actor(), self._warned == draft

        def enter() -> int | list[Clash]:
            if draft.kind == "hearing" and not warned and (clashes := desk.service.clashes(actor, draft)):
                return clashes
            return desk.service.add_deadline(actor, draft)

        desk.run(
            enter,
            lambda found: self._warn(draft, found) if isinstance(found, list) else self._saved(found),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _warn(self, draft: ManualDeadline, clashes: list[Clash]) -> None:
        """Say what it clashes with; entered all the same when the button is pressed again."""
        self._warned = draft
        again = _("Press again to enter it all the same.")
        self.clash.set_words("\n".join([*(clash_words(clash) for clash in clashes), again]))
        self.clash.show()

    def _kind_chosen(self) -> None:
        if self.kind.chosen() == "hearing" and not self.title.text().strip():
            self.title.setText(_("Hearing"))

    def _fill_people(self, people: list[PersonRow]) -> None:
        self.person.set_choices([(row.id, row.name) for row in people])
        self._lead_answers()

    def _lead_answers(self) -> None:
        if self.choice.detail is not None:
            self.person.choose(self.choice.detail.lead_id)

    def _saved(self, deadline_id: int) -> None:
        title = self.title.text().strip()
        self.clash.hide()
        self.title.clear()
        self.time.clear()
        self.note.clear()
        self.day.set_day(None)
        self._desk.close_sheet()
        self._desk.toast(lambda: _("Entered: {title}").format(title=title))
        self.saved.emit(deadline_id)
