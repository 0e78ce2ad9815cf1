"""Side sheets of the law the office counts by: holidays to import, closed days, the firm's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.action_sheets import change_words
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.queries import ClosedRow
from lawdesk.deadlines.rules import FirmRule, Rule
from lawdesk.deadlines.service import CalendarFile, RecountReport
from lawdesk.firm import may
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    ComboBox,
    DateEdit,
    Facts,
    Form,
    Label,
    LineEdit,
    Progress,
    ProgressRow,
    SectionHeading,
    Sheet,
    empty_layout,
    hbox,
    vbox,
)

MOST_SHOWN = 200
ORIGINS = {"": N_("LawDesk"), "own": N_("the firm"), "corrected": N_("corrected by the firm")}


class Changes(QWidget):
    """What counting again brought: how many were read, each that moved with old and new day."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = vbox(space=1.5, parent=self)

    def fill(self, report: RecountReport | None) -> None:
        """Show a report, or nothing."""
        empty_layout(self._lines)
        if report is None:
            return
        words = _("{read} dates counted again, {moved} moved, {still} still provisional")
        said = words.format(read=report.read, moved=len(report.moved), still=report.provisional)
        self._lines.addWidget(Label(said, wrap=True))
        for change in report.moved[:MOST_SHOWN]:
            self._lines.addWidget(Label(change.title, step="strong", wrap=True))
            self._lines.addWidget(Label(change_words(change), wrap=True, tone="text2"))
        if len(report.moved) > MOST_SHOWN:
            more = len(report.moved) - MOST_SHOWN
            self._lines.addWidget(Label(_("and {count} more: see the list").format(count=more), tone="text2"))


class CalendarSheet(Sheet):
    """Takes in the holidays of a year from a file, shows what moved; enters days on which a door is shut."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.file: CalendarFile | None = None
        self.years = Facts([])
        self.choose = Button(lambda: _("Choose a calendar file …"), self.ask, icon="calendar-days")
        self._about = Label("", wrap=True)
        self._progress = QWidget()
        self._progress_lines = vbox(space=0, parent=self._progress)
        self.changes = Changes()
        self.closed = ClosedDaysForm(desk, self)
        button = Button(lambda: _("Take in and count again"), self.submit, kind="filled")
        super().__init__(
            Label(lambda: _("Only a file with the arrangement of the State Council is taken in."), wrap=True),
            self.years,
            self.choose,
            self._about,
            self._progress,
            self.changes,
            SectionHeading(lambda: _("Closed days")),
            self.closed,
            button=button,
        )
        self._ready()
        self.read()

    def read(self) -> None:
        """Read which years are known and what the firm entered."""
        desk = self._desk

        def read() -> tuple[list[tuple[str, str]], list[ClosedRow]]:
            actor, calendar = desk.actor(), desk.service.calendar
            imported = desk.service.laws.imported_years(actor)
            year = desk.today().year
            known = [
                (
                    str(number),
                    imported.get(number) or (_("known") if calendar.known(number) else _("not announced")),
                )
                for number in range(year - 1, year + 3)
            ]
            return known, desk.service.laws.closed_days(actor)

        desk.run(read, self._show, self.refuse, owner=self, slot="years")

    def ask(self) -> None:
        """Choose the file and check it; nothing is changed yet."""
        path = self._desk.choose_open(self, "TOML (*.toml)")
        if path is None:
            return
        desk, actor = self._desk, self._desk.actor()
        self.file = None
        self._ready()
        desk.run(
            lambda: desk.service.laws.read_calendar(actor, path),
            self._checked,
            self.refuse,
            owner=self,
            slot="file",
        )

    def submit(self) -> None:
        """Take the file in and count again; it can be stopped, and then nothing was changed."""
        file = self.file
        if file is None:
            return
        desk, actor = self._desk, self._desk.actor()

        def work(progress: Progress) -> RecountReport:
            return desk.service.laws.import_calendar(
                actor, file, progress=progress.at, stopped=lambda: progress.cancelled
            )

        task = desk.tasks.run_long(work, self._done, self.refuse, owner=self)
        empty_layout(self._progress_lines)
        self._progress_lines.addWidget(ProgressRow(task, lambda: _("Counting again")))

    def _checked(self, file: CalendarFile) -> None:
        self.refuse(None)
        self.file = file
        words = _("Sound: {years}").format(years="、".join(map(str, file.years)))
        self._about.set_words(" ".join([words, *(problem.words() for problem in file.warnings)]))
        self._ready()

    def _done(self, report: RecountReport) -> None:
        self.file = None
        self._about.set_words("")
        self.changes.fill(report)
        self._ready()
        self.read()

    def _show(self, found: tuple[list[tuple[str, str]], list[ClosedRow]]) -> None:
        known, closed = found
        self.years.set_facts(known)
        self.closed.fill(closed)

    def _ready(self) -> None:
        allowed = may(self._desk.actor(), "law.change")
        self.choose.setEnabled(allowed)
        if self.button is not None:
            self.button.setEnabled(allowed and self.file is not None)


class ClosedDaysForm(QWidget):
    """Days on which a court or the firm is closed, or on which a region has a holiday."""

    def __init__(self, desk: Desk, sheet: CalendarSheet) -> None:
        super().__init__()
        self._desk, self._sheet = desk, sheet
        self.first = DateEdit(None, today=desk.today, name=lambda: pgettext("of days", "From"))
        self.last = DateEdit(None, today=desk.today, name=lambda: pgettext("of days", "Until"))
        self.name = LineEdit(lambda: _("e.g. the court moves house"), name=lambda: pgettext("of days", "Why"))
        self.court = LineEdit(lambda: _("empty: everywhere"), name=lambda: _("Court"))
        self.holiday = CheckBox(lambda: _("A holiday of the region: periods move over it"))
        self.form = Form()
        self.form.add("first", lambda: pgettext("of days", "From"), self.first, span=10, required=True)
        self.form.add("last", lambda: pgettext("of days", "Until"), self.last, span=11, required=True)
        self.form.add("name", lambda: pgettext("of days", "Why"), self.name, span=10, required=True)
        self.form.add("court", lambda: _("Court"), self.court, span=11)
        self._known = QWidget()
        self._lines = vbox(space=1.5, parent=self._known)
        line = QWidget()
        hbox(Button(lambda: _("Enter closed days"), self.submit), STRETCH, parent=line)
        vbox(self._known, self.form, self.holiday, line, space=2, parent=self)

    def fill(self, rows: Sequence[ClosedRow]) -> None:
        """Show what is entered."""
        empty_layout(self._lines)
        for row in rows:
            days = f"{short_date(row.first)} – {short_date(row.last)}"
            said = Label(" ".join(part for part in (days, row.name, row.court) if part), wrap=True)
            back = Button(kind="ghost", icon="x", name=lambda: _("Take back"), run=partial(self._remove, row))
            line = QWidget()
            box = hbox(said, back, parent=line)
            box.setStretch(0, 1)
            self._lines.addWidget(line)

    def submit(self) -> None:
        """Enter them and count again, or say what is missing."""
        first, last = self.first.day(), self.last.day() or self.first.day()
        if first is None or last is None:
            problem = Problem("closed.first", N_("On which days?"), "first")
            self._sheet.refuse(Refused([problem]), self.form)
            return
        kind = "holiday" if self.holiday.isChecked() else "closure"
        days = ClosedRow(first, last, self.name.text(), kind, self.court.text())
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.laws.add_closed_days(actor, days),
            self._done,
            lambda error: self._sheet.refuse(error, self.form),
            owner=self,
        )

    def _remove(self, row: ClosedRow) -> None:
        desk, actor, number = self._desk, self._desk.actor(), row.id or 0
        desk.run(
            lambda: desk.service.laws.remove_closed_days(actor, number), self._done, self._sheet.refuse, owner=self
        )

    def _done(self, report: RecountReport) -> None:
        self._sheet.refuse(None, self.form)
        self.name.clear()
        self._sheet.changes.fill(report)
        self._sheet.read()


class RulesSheet(Sheet):
    """One rule with statute, article, source and whether its text was checked; corrected or added by the firm."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        book = desk.service.book
        choices = [(rule.id, partial(str, rule.title)) for rule in book.rules.values()]
        triggers = [(one.id, partial(str, one.title)) for one in book.triggers.values()]
        self.rule = ComboBox(choices, search=True, placeholder=lambda: _("A rule"), name=lambda: _("Rule"))
        self.facts = Facts([])
        self.own = CheckBox(lambda: _("A rule of our own"))
        self.name = LineEdit("own-report", name=lambda: _("Short name in Latin letters"))
        self.title = LineEdit(lambda: _("e.g. inform the client in writing"), name=lambda: _("Title"))
        self.trigger = ComboBox(triggers, search=True, name=lambda: _("It starts with"))
        self.length = LineEdit("15", name=lambda: pgettext("of a period", "Length"))
        units = [("day", lambda: _("days")), ("month", lambda: _("months")), ("year", lambda: _("years"))]
        self.unit = ComboBox([*units, ("working", lambda: _("working days"))], name=lambda: _("Unit"))
        self.rolls = CheckBox(lambda: _("Moves over rest days"), checked=True)
        self.note = LineEdit(lambda: _("Who checked it, by which source"), name=lambda: _("Where it comes from"))
        self.form = Form()
        for key, words, editor, span in (
            ("id", lambda: _("Short name in Latin letters"), self.name, 10),
            ("title_zh", lambda: _("Title"), self.title, 11),
            ("trigger", lambda: _("It starts with"), self.trigger, 21),
            ("length", lambda: pgettext("of a period", "Length"), self.length, 10),
            ("unit", lambda: _("Unit"), self.unit, 11),
            ("note", lambda: _("Where it comes from"), self.note, 21),
        ):
            self.form.add(key, words, editor, span=span)
        self.back = Button(lambda: _("Take our version back"), self.take_back, kind="link")
        self.changes = Changes()
        button = Button(lambda: _("Keep and count again"), self.submit, kind="filled")
        super().__init__(
            self.rule, self.facts, self.own, self.form, self.rolls, self.back, self.changes, button=button
        )
        self.rule.chosen_changed.connect(lambda _key: self.show_rule())
        self.own.toggled.connect(lambda _on: self.show_rule())
        button.setEnabled(may(desk.actor(), "law.change"))
        self.show_rule()

    def show_rule(self) -> None:
        """Show where the chosen rule stands and what can be corrected in it."""
        own = self.own.isChecked()
        self.rule.setEnabled(not own)
        for key in ("id", "title_zh", "trigger"):
            self.form.set_shown(key, own)
        rule = None if own else self._desk.service.book.rules.get(str(self.rule.chosen()))
        self.back.setVisible(rule is not None and bool(rule.origin))
        self.facts.set_facts(rule_facts(rule) if rule is not None else [])
        if rule is not None:
            self.length.setText(str(rule.length))
            self.unit.choose("working" if rule.day_type == "working" else rule.unit.value)
            self.rolls.setChecked(rule.roll_forward)

    def submit(self) -> None:
        """Keep it and count again, or say what is wrong."""
        unit = str(self.unit.chosen() or "day")
        try:
            length = int(self.length.text())
        except ValueError:
            problem = Problem("law.length", N_("Enter a whole number from 1."), "length")
            self.refuse(Refused([problem]), self.form)
            return
        values = {
            "length": length,
            "unit": "day" if unit == "working" else unit,
            "day_type": "working" if unit == "working" else "calendar",
            "roll_forward": self.rolls.isChecked(),
        }
        name = str(self.rule.chosen() or "")
        if self.own.isChecked():
            name = self.name.text().strip()
            values |= {"title_zh": self.title.text().strip(), "trigger": str(self.trigger.chosen() or "")}
        rule = FirmRule(name, values, self.note.text())
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.laws.save_rule(actor, rule),
            self._done,
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def take_back(self) -> None:
        """Let our version hold again, or drop a rule of the firm's own."""
        desk, actor, name = self._desk, self._desk.actor(), str(self.rule.chosen())
        desk.run(lambda: desk.service.laws.remove_rule(actor, name), self._done, self.refuse, owner=self)

    def _done(self, report: RecountReport) -> None:
        self.refuse(None, self.form)
        self.changes.fill(report)
        self.show_rule()


def rule_facts(rule: Rule) -> list[tuple[str, str]]:
    """Return what is said of a rule: statute, article, since when, whether the text was checked, whose it is."""
    return [
        (_("Basis"), f"《{rule.statute_zh}》{rule.article}"),
        (_("In force from"), rule.in_force_from.isoformat()),
        (pgettext("about a rule", "Checked"), rule.verified),
        (pgettext("about a rule", "From"), _(ORIGINS[rule.origin])),
    ]
