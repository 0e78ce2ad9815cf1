"""Side sheets for one deadline or event: a reason, the date on the paper, a colleague, the right day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.evidence import EvidenceField
from lawdesk.deadlines.queries import DeadlineRow, EventRow
from lawdesk.deadlines.rules import whole_day
from lawdesk.deadlines.service import Evidence, Recount
from lawdesk.firm import PersonRow
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Button, ComboBox, DateEdit, Facts, Form, Label, Sheet, TextArea, Words, empty_layout, vbox

Save = Callable[[str, Evidence], object]


class ReasonSheet(Sheet):
    """Asks why, in a sentence that stays in the file, and for ``case_id`` what proves it.

    ``save(reason, evidence)`` runs on the worker.
    """

    def __init__(
        self,
        desk: Desk,
        about: Words,
        button: Words,
        save: Save,
        done: Callable[[], object],
        *,
        case_id: int | None = None,
    ) -> None:
        self._desk, self._save, self._done = desk, save, done
        self.reason = TextArea(lambda: _("It stays in the file of the case"), lines=4)
        self.form = Form()
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        self.paper = EvidenceField(desk, case_id) if case_id is not None else None
        if self.paper is not None:
            self.form.add("evidence", lambda: _("What proves it"), self.paper, span=21)
        self.reason.submitted.connect(self.submit)
        super().__init__(Label(about, wrap=True), self.form, button=Button(button, self.submit, kind="filled"))

    def submit(self) -> None:
        """Do it, or say what is missing."""
        reason = self.reason.toPlainText()
        paper = self.paper.evidence() if self.paper is not None else Evidence()
        self._desk.run(
            lambda: self._save(reason, paper),
            lambda _result: self._desk.finish(self._done),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )


class PrintedSheet(Sheet):
    """Sets the date the court's paper prints. It wins; the computed one stays beside it as the check."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[bool], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.day = DateEdit(row.printed_due or row.due, today=desk.today)
        self.reason = TextArea(lambda: _("Which paper says so, e.g. notice of 5 November"), lines=3)
        self.paper = EvidenceField(desk, row.case_id)
        self.form = Form()
        self.form.add("due", lambda: _("Date on the paper"), self.day, span=21, required=True)
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        self.form.add("evidence", lambda: _("What proves it"), self.paper, span=21)
        self.gap = Label("", step="small", tone="amber", wrap=True)
        self.day.day_changed.connect(lambda _day: self._compare())
        self.reason.submitted.connect(self.submit)
        computed: list[tuple[Words, str]] = []
        if row.computed_due is not None:
            computed.append((lambda: _("Computed"), whole_day(row.computed_due)))
        body: list[QWidget] = [Label(row.title, step="strong", wrap=True), Facts(computed), self.form, self.gap]
        if row.printed_due is not None and row.computed_due is not None:
            words = lambda: _("The paper names no date: use the computed one")  # noqa: E731
            take_off = Button(words, self.take_off, kind="link")
            body.append(take_off)
        super().__init__(*body, button=Button(lambda: _("Set the date"), self.submit, kind="filled"))
        self._compare()

    def submit(self) -> None:
        """Set it, or say what is missing."""
        day = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("deadline.day", N_("Which day is on the paper?"), "due")]), self.form)
            return
        self._move(day, self.reason.toPlainText())

    def take_off(self) -> None:
        """Let the computed date hold again."""
        self._move(None, self.reason.toPlainText())

    def _move(self, day: date | None, reason: str) -> None:
        desk, row, actor, paper = self._desk, self._row, self._desk.actor(), self.paper.evidence()
        desk.run(
            lambda: desk.service.move(actor, row.id, day, reason, seen=row.version, evidence=paper),
            lambda at_once: desk.finish(lambda: self._done(at_once)),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _compare(self) -> None:
        self.gap.set_words(difference_words(self.day.day(), self._row.computed_due))
        self.gap.setVisible(bool(self.gap.words()))


def difference_words(printed: date | None, computed: date | None) -> str:
    """Return how far the date on the paper is from the computed one, or "" where they agree."""
    if printed is None or computed is None or printed == computed:
        return ""
    days = (printed - computed).days
    if days > 0:
        return _("{days} day(s) later than computed. The paper holds; find out why.").format(days=days)
    return _("{days} day(s) earlier than computed. The paper holds; find out why.").format(days=-days)


class AssignSheet(Sheet):
    """Gives a deadline to a colleague."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[str], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.person = ComboBox(search=True, name=lambda: _("Who answers for it"))
        self._names: dict[int, str] = {}
        self.form = Form()
        self.form.add("person", lambda: _("Who answers for it"), self.person, span=21, required=True)
        super().__init__(
            Label(row.title, step="strong", wrap=True),
            self.form,
            button=Button(lambda: _("Give to a colleague"), self.submit, kind="filled"),
        )
        desk.run(lambda: desk.firm.people(desk.actor()), self._fill, owner=self)

    def submit(self) -> None:
        """Give it away, or ask to whom."""
        person = self.person.chosen()
        if not isinstance(person, int):
            self.refuse(Refused([Problem("deadline.person", N_("Choose a colleague."), "person")]), self.form)
            return
        desk, row, actor = self._desk, self._row, self._desk.actor()
        desk.run(
            lambda: desk.service.assign(actor, row.id, person),
            lambda _result: desk.finish(lambda: self._done(self._names[person])),
            self.refuse,
            owner=self,
        )

    def _fill(self, people: list[PersonRow]) -> None:
        self._names = {row.id: row.name for row in people}
        self.person.set_choices([(row.id, row.name) for row in people])
        self.person.choose(self._row.person_id)


class ChangeDaySheet(Sheet):
    """Corrects the day of an event; first shows old and new date of everything that hangs on it."""

    def __init__(self, desk: Desk, event: EventRow, done: Callable[[list[Recount] | None], object]) -> None:
        self._desk, self._event, self._done = desk, event, done
        self.day = DateEdit(event.happened_on, today=desk.today)
        self.day.day_changed.connect(lambda _day: self._foresee())
        self.form = Form()
        self.form.add("happened_on", lambda: _("It happened on"), self.day, span=21, required=True)
        self.reason = TextArea(lambda: _("e.g. the receipt of service names another day"), lines=3)
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        self.reason.submitted.connect(self.submit)
        self._changes = QWidget()
        self._lines = vbox(space=2, parent=self._changes)
        super().__init__(
            Label(event.title, step="strong", wrap=True),
            self.form,
            self._changes,
            button=Button(lambda: _("Correct the day"), self.submit, kind="filled"),
        )

    def submit(self) -> None:
        """Correct it, or say what is wrong."""
        day = self.day.day()
        if day is None:
            self.refuse(
                Refused([Problem("event.day", N_("On which day did it happen?"), "happened_on")]), self.form
            )
            return
        desk, event, actor, reason = self._desk, self._event, self._desk.actor(), self.reason.toPlainText()
        desk.run(
            lambda: desk.service.change_event(actor, event.id, day, reason),
            lambda moved: desk.finish(lambda: self._done(moved)),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _foresee(self) -> None:
        day = self.day.day()
        self.form.clear_problems()
        self.trouble.clear()
        if day is None or day == self._event.happened_on:
            empty_layout(self._lines)
            return
        desk, event, actor = self._desk, self._event, self._desk.actor()
        desk.run(
            lambda: desk.service.foresee_change(actor, event.id, day),
            self._show,
            lambda error: self.refuse(error, self.form),
            owner=self,
            slot="foresee",
        )

    def _show(self, changes: list[Recount]) -> None:
        empty_layout(self._lines)
        for change in changes:
            self._lines.addWidget(Label(change.title, step="strong", wrap=True))
            self._lines.addWidget(Label(change_words(change), wrap=True, tone="text2"))
        if not changes:
            self._lines.addWidget(Label(lambda: _("No open deadline hangs on it."), tone="text2", wrap=True))


def change_words(change: Recount) -> str:
    """Return the old and the new date of a recounted deadline."""
    if change.before != change.after:
        return _("{before} → {after}").format(before=whole_day(change.before), after=whole_day(change.after))
    if change.computed is not None and change.computed != change.after:
        return _("{day} stays: it is printed on the paper; computed {computed}").format(
            day=whole_day(change.after), computed=whole_day(change.computed)
        )
    return _("{day} stays").format(day=whole_day(change.after))
