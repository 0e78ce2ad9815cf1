"""Side sheets of the timesheet: one entry in full, and the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

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
    FilterChips,
    Form,
    LineEdit,
    Sheet,
    TaskRunner,
    TextArea,
)

OFFICE_CASE = 0
"""Stands for "no case" in the chooser."""


class EntrySheet(Sheet):
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
        super().__init__(form, button=button)
        self.form = form
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
            self.refuse(Refused(problems), self.form)
            return
        self.refuse(None, self.form)
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
            lambda error: self.refuse(error, self.form),
            owner=self,
        )


class ReportSheet(Sheet):
    """The report: period, grouping, format. ``written(path)`` when the file is complete."""

    written = Signal(object)
    button: Button

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
        button = Button(lambda: _("Choose the file and export"), self._export, kind="filled")
        super().__init__(form, button=button)
        self.form = form
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
            self.refuse(Refused(missing, N_("There is nothing to report.")), self.form)
            return
        self.refuse(None, self.form)
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
                self.refuse(error, self.form)
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
