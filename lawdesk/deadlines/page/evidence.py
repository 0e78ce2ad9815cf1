"""What proves a step: words, a document of the case, or a file that is stored in the case for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import whole_day
from lawdesk.deadlines.service import Evidence
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import Button, ComboBox, DateEdit, Form, Label, LineEdit, Sheet, Trouble, hbox, vbox


class EvidenceField(QWidget):
    """The paper that proves a step: in words, and which document of the case it is.

    A document chosen without words lends its name. ``Add a file …`` stores a file in the case and chooses it.
    """

    def __init__(self, desk: Desk, case_id: int, hint: Callable[[], str] | None = None) -> None:
        super().__init__()
        self._desk, self._case_id = desk, case_id
        self.words = LineEdit(hint or (lambda: _("e.g. receipt of the post")), name=lambda: _("The paper"))
        self.document = ComboBox(
            search=True,
            placeholder=lambda: _("Document of this case"),
            name=lambda: _("Document of this case"),
        )
        self.add = Button(lambda: _("Add a file …"), self._add, kind="link", icon="plus")
        self._trouble = Trouble()
        self._names: dict[object, str] = {}
        self._paper = QWidget()
        line = hbox(self.document, self.add, space=2, parent=self._paper)
        line.setStretch(0, 1)
        vbox(self.words, self._paper, self._trouble, space=1.5, parent=self)
        self.setFocusProxy(self.words)
        self._paper.setVisible(desk.papers is not None)
        if desk.papers is not None:
            self._read()

    def evidence(self) -> Evidence:
        """Return what is entered."""
        chosen = self.document.chosen()
        number = chosen if isinstance(chosen, int) and chosen else None
        return Evidence(self.words.text().strip() or self._names.get(number, ""), number)

    def _read(self, choose: int | None = None) -> None:
        papers, case_id = self._desk.papers, self._case_id
        if papers is not None:
            self._desk.run(
                lambda: papers.of_case(case_id),
                lambda found: self._fill(found, choose),
                self._trouble.show_error,
                owner=self,
                slot="papers",
            )

    def _fill(self, found: Sequence[tuple[int, str]], choose: int | None) -> None:
        wanted = choose if choose is not None else self.document.chosen()
        self._names = dict(found)
        none = lambda: _("No document")  # noqa: E731
        self.document.set_choices([(0, none), *((number, name) for number, name in found)])
        if wanted in self._names:
            self.document.choose(wanted)

    def _add(self) -> None:
        papers, case_id = self._desk.papers, self._case_id
        path = self._desk.choose_open(self, _("All files") + " (*)")
        if papers is None or path is None:
            return
        self._trouble.clear()
        self.add.setEnabled(False)
        self.add.set_words(lambda: _("Storing {name} …").format(name=path.name))
        self._desk.tasks.run_long(
            lambda _progress: papers.add(case_id, path), self._added, self._not_added, owner=self, aside=True
        )

    def _added(self, number: int) -> None:
        self._rest()
        self._read(number)

    def _not_added(self, error: BaseException) -> None:
        self._rest()
        self._trouble.show_error(error)

    def _rest(self) -> None:
        self.add.setEnabled(True)
        self.add.set_words(lambda: _("Add a file …"))


class ProofSheet(Sheet):
    """Done on a day, with what proves it; or the proof of what is done already. ``done()`` after it was kept."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.day = DateEdit(row.done_on or min(row.due, desk.today()), today=desk.today, name=lambda: _("Done on"))
        self.paper = EvidenceField(desk, row.case_id)
        self.paper.words.setText(row.evidence)
        self.note = LineEdit("", name=lambda: pgettext("about a deadline", "Note"))
        self.form = Form()
        self.form.add("done_on", lambda: _("Done on"), self.day, span=21, required=True)
        self.form.add("evidence", lambda: _("What proves it"), self.paper, span=21)
        self.form.add("note", lambda: pgettext("about a deadline", "Note"), self.note, span=21)
        about = f"{row.title} · {whole_day(row.due)}"
        hint = lambda: _("By post: the day it was handed over to the post counts.")  # noqa: E731
        super().__init__(
            Label(about, step="strong", wrap=True),
            self.form,
            Label(hint, step="small", tone="text2", wrap=True),
            button=Button(lambda: _("Keep"), self.submit, kind="filled"),
        )
        if row.status == "open" and row.kind != "hearing":
            self.day.set_day(desk.today())

    def submit(self) -> None:
        """Keep it, or say what is missing."""
        day: date | None = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("deadline.day", N_("On which day?"), "done_on")]), self.form)
            return
        desk, row, actor = self._desk, self._row, self._desk.actor()
        note, paper = self.note.text(), self.paper.evidence()
        desk.run(
            lambda: desk.service.complete(actor, row.id, on=day, note=note, evidence=paper),
            lambda _found: desk.finish(self._done),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )
