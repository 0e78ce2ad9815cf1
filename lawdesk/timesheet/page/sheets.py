"""Side sheets of the timesheet: one entry in full, and the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from lawdesk.firm import Actor
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.timesheet.page.words import case_words
from lawdesk.timesheet.queries import CaseChoice, EntryRow
from lawdesk.timesheet.report import Format
from lawdesk.timesheet.rules import (
    ACTIVITY_TITLES,
    BY_TITLES,
    Activity,
    By,
    EntryDraft,
    figures,
    parse_duration,
)
from lawdesk.timesheet.service import TimesheetService
from lawdesk.ui import (
    Button,
    CheckBox,
    ComboBox,
    DateEdit,
    ErrorBlock,
    FilterChips,
    Form,
    LineEdit,
    ScrollArea,
    TaskRunner,
    TextArea,
    hbox,
    vbox,
)

OFFICE_CASE = 0
"""Stands for "no case" in the chooser."""


class _Sheet(QWidget):
    """A form that scrolls, with one button at the foot; Ctrl+Enter presses it."""

    def __init__(self, form: Form, button: Button, *extra: QWidget) -> None:
        super().__init__()
        self.form, self.button = form, button
        self._trouble = QWidget()
        self._trouble_layout: QVBoxLayout = vbox(space=0, parent=self._trouble)
        content = QWidget()
        vbox(form, *extra, self._trouble, space=3, margins=(5, 2, 5, 4), parent=content).addStretch(1)
        foot = QFrame()
        foot.setObjectName("foot")
        line = hbox(button, space=3, margins=(5, 2.5, 5, 2.5), parent=foot)
        line.insertStretch(0, 1)
        layout = vbox(ScrollArea(content), foot, space=0, parent=self)
        layout.setStretch(0, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def refuse(self, error: BaseException | None) -> None:
        """Show an error: problems at their fields, the rest below them; None takes everything away."""
        while self._trouble_layout.count():
            item = self._trouble_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.form.clear_problems()
        if isinstance(error, Refused):
            rest = self.form.show_problems(error.problems)
            error = Refused(rest, error.what) if rest else None
        if error is not None:
            self._trouble_layout.addWidget(ErrorBlock(error))


class EntrySheet(_Sheet):
    """One entry in full. ``done()`` when the change is on disk."""

    done = Signal()

    def __init__(
        self,
        service: TimesheetService,
        entry: EntryRow,
        cases: Sequence[CaseChoice],
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        today: Callable[[], date],
    ) -> None:
        form = Form()
        button = Button(lambda: _("Save the entry"), self._save, kind="filled")
        super().__init__(form, button)
        self._service, self._entry, self._actor, self._tasks = service, entry, actor, tasks
        self.day = DateEdit(entry.day, today=today)
        self.minutes = LineEdit(lambda: "1:20")
        self.minutes.setText(figures(entry.minutes))
        self.case = ComboBox(_case_choices(entry, cases), search=True)
        self.case.choose(entry.case_id if entry.case_id is not None else OFFICE_CASE)
        self.narrative = TextArea(lines=4)
        self.narrative.setPlainText(entry.narrative)
        self.activity = ComboBox([(kind.value, _titled(ACTIVITY_TITLES[kind])) for kind in Activity])
        self.activity.choose(entry.activity.value)
        self.billable = CheckBox(lambda: _("Billed to the client"), checked=entry.billable)
        form.add("day", lambda: _("Day"), self.day, span=21, required=True)
        form.add("minutes", lambda: _("Length"), self.minutes, span=10, required=True)
        form.add("activity", lambda: _("Kind of work"), self.activity, span=11)
        form.add("case", lambda: _("Case"), self.case, span=21)
        form.add("narrative", lambda: _("What was done"), self.narrative, span=21)
        form.add_widget(self.billable)
        button.setEnabled(not entry.locked)

    def _save(self) -> None:
        entry, actor = self._entry, self._actor()
        minutes, day = parse_duration(self.minutes.text()), self.day.day()
        if isinstance(minutes, Problem) or day is None:
            problems = [minutes] if isinstance(minutes, Problem) else []
            if day is None:
                problems.append(Problem("time.no_day", N_("Which day was it?"), "day"))
            self.refuse(Refused(problems))
            return
        self.refuse(None)
        chosen = self.case.chosen()
        draft = EntryDraft(
            chosen if isinstance(chosen, int) and chosen != OFFICE_CASE else None,
            day,
            minutes,
            self.narrative.toPlainText(),
            activity=Activity(str(self.activity.chosen() or Activity.OTHER.value)),
            billable=self.billable.isChecked(),
            started_at=entry.started_at,
            ended_at=entry.ended_at,
        )
        self._tasks.run(
            lambda: self._service.change_entry(actor, entry.id, seen=entry.version, draft=draft),
            lambda _none: self.done.emit(),
            self.refuse,
            owner=self,
        )


class ReportSheet(_Sheet):
    """The report: period, grouping, format. ``written(path)`` when the file is complete."""

    written = Signal(object)

    def __init__(
        self,
        service: TimesheetService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        today: Callable[[], date],
        choose_file: Callable[[QWidget, str], Path | None] | None = None,
    ) -> None:
        form = Form()
        super().__init__(form, Button(lambda: _("Choose the file and export"), self._export, kind="filled"))
        self._service, self._actor, self._tasks, self._today = service, actor, tasks, today
        self._choose_file = choose_file or _ask_for_file
        self.period = FilterChips(
            [
                ("this", lambda: _("This month")),
                ("last", lambda: _("Last month")),
                ("year", lambda: _("This year")),
            ],
            self._take_period,
            name=lambda: _("Period"),
        )
        self.first, self.last = DateEdit(today=today), DateEdit(today=today)
        self.by = ComboBox([(by.value, _titled(BY_TITLES[by])) for by in By])
        self.by.choose(By.LAWYER.value)
        self.format = ComboBox([("xlsx", lambda: "XLSX"), ("pdf", lambda: "PDF"), ("csv", lambda: "CSV")])
        self.format.choose("xlsx")
        form.add_widget(self.period)
        form.add("first", lambda: _("From"), self.first, span=21, required=True)
        form.add("last", lambda: _("To (included)"), self.last, span=21, required=True)
        form.add("by", lambda: _("Grouped"), self.by, span=12)
        form.add("format", lambda: _("Format"), self.format, span=9)
        self._take_period()

    def _take_period(self) -> None:
        first, last = period(self.period.chosen(), self._today())
        self.first.set_day(first)
        self.last.set_day(last)

    def _export(self) -> None:
        first, last = self.first.day(), self.last.day()
        missing = [
            Problem("time.period", N_("Which day? Write it as 11-5 or 2025-11-05."), name)
            for name, day in (("first", first), ("last", last))
            if day is None
        ]
        if first is None or last is None:
            self.refuse(Refused(missing, N_("There is nothing to report.")))
            return
        self.refuse(None)
        form, by, actor = str(self.format.chosen()), By(str(self.by.chosen())), self._actor()
        name = f"{_('Time')}-{first:%Y%m%d}-{last:%Y%m%d}-{_(BY_TITLES[by])}.{form}"
        path = self._choose_file(self, name)
        if path is None:
            return
        self.button.setEnabled(False)
        kind: Format = "csv" if form == "csv" else "pdf" if form == "pdf" else "xlsx"

        def finished(error: BaseException | None) -> None:
            self.button.setEnabled(True)
            if error is not None:
                self.refuse(error)
            else:
                self.written.emit(path)

        self._tasks.run(
            lambda: self._service.month_report(actor, first, last, by=by, form=kind, path=path),
            lambda _report: finished(None),
            finished,
            owner=self,
        )


def period(key: str, today: date) -> tuple[date, date]:
    """Return first and last day of this month, the last one (``last``) or this year (``year``)."""
    if key == "year":
        return today.replace(month=1, day=1), today.replace(month=12, day=31)
    first = today.replace(day=1)
    if key == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _ask_for_file(parent: QWidget, name: str) -> Path | None:
    chosen, _filter = QFileDialog.getSaveFileName(parent, _("Export the report"), str(Path.home() / name))
    return Path(chosen) if chosen else None


def _case_choices(entry: EntryRow, cases: Sequence[CaseChoice]) -> list[tuple[int, Callable[[], str]]]:
    made = {choice.case_id: choice.title for choice in cases}
    if entry.case_id is not None:
        made.setdefault(entry.case_id, entry.case_title)
    choices = [(case_id, _fixed(title)) for case_id, title in made.items()]
    return [*choices, (OFFICE_CASE, lambda: case_words(None, ""))]


def _fixed(text: str) -> Callable[[], str]:
    return lambda: text


def _titled(title: str) -> Callable[[], str]:
    return lambda: _(title)
