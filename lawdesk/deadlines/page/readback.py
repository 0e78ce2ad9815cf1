"""What LawDesk understood of a line, read back: the day with its weekday, the events it may mean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.rules import ParsedEvent, Trigger, load_rulebook
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, ComboBox, DateEdit, FlowLayout, IconLabel, Label, hbox, vbox
from lawdesk.ui.chips import Choice


class ReadBack(QWidget):
    """Day and candidates of an event line. ``changed()`` after a person chose another day or event."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._candidates: tuple[Trigger, ...] = ()
        self._choices: list[Choice] = []
        self.day = DateEdit(None, today=desk.today, name=lambda: _("It happened on"))
        self.day.day_changed.connect(lambda _day: self.changed.emit())
        self._day_line = QWidget()
        line = hbox(Label(lambda: _("Day"), step="small", tone="text2"), self.day, parent=self._day_line)
        line.setStretch(1, 1)
        self._note = Label("", step="small", tone="amber", wrap=True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, space=1.5)
        self.other = ComboBox(search=True, placeholder=lambda: _("Search all events"), name=lambda: _("Event"))
        self.other.chosen_changed.connect(self._other_chosen)
        self._unknown = QWidget()
        mark = IconLabel("circle-question-mark", tone="amber")
        words = Label(
            lambda: _("LawDesk does not know this event: choose one, or just record it."), wrap=True, tone="amber"
        )
        box = hbox(mark, words, parent=self._unknown)
        box.setStretch(1, 1)
        self._else = QWidget()
        hbox(Button(lambda: _("Something else …"), self._show_other, kind="link"), STRETCH, parent=self._else)
        vbox(
            self._day_line, self._note, self._chips, self._unknown, self._else, self.other, space=1.5, parent=self
        )
        self.clear()

    def clear(self) -> None:
        """Nothing is understood."""
        self._candidates = ()
        self.day.set_day(None)
        self.other.choose(None)
        for widget in (self._day_line, self._note, self._chips, self._unknown, self._else, self.other):
            widget.hide()

    def fill(self, parsed: ParsedEvent) -> None:
        """Read back a line; the likeliest event is chosen, unless the person chose one that still fits."""
        before = self.trigger()
        self.day.set_day(parsed.day)
        self._day_line.setVisible(not parsed.other_day)
        if not parsed.day_typed:
            self._note.set_words(lambda: _("No day typed: today is taken."))
        elif self._other_year(parsed):
            self._note.set_words(lambda: _("No year typed: {year} is taken.").format(year=parsed.day.year))
        doubtful = not parsed.day_typed or self._other_year(parsed)
        self._note.setVisible(doubtful and not parsed.other_day)
        self._candidates = parsed.triggers
        self._fill_chips(before)
        self._unknown.setVisible(not self._candidates)
        self._else.setVisible(bool(self._candidates) and self.other.isHidden())
        if not self._candidates:
            self._show_other()

    def _other_year(self, parsed: ParsedEvent) -> bool:
        """Whether a year was taken that is not this one."""
        return parsed.year_guessed and parsed.day.year != self._desk.today().year

    def trigger(self) -> str:
        """Return the id of the event chosen, "" for none."""
        if not self.other.isHidden() and isinstance(self.other.chosen(), str):
            return str(self.other.chosen())
        return next((choice.key for choice in self._choices if choice.isChecked()), "")

    def trigger_title(self) -> str:
        """Return the name of the event chosen, "" for none."""
        found = load_rulebook().triggers.get(self.trigger())
        return str(found.title) if found is not None else ""

    def _fill_chips(self, before: str) -> None:
        for choice in self._choices:
            self._flow.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
        self._choices = [Choice(found.id, _title(found), look="chip") for found in self._candidates]
        for choice in self._choices:
            self._flow.addWidget(choice)
            choice.clicked.connect(self._chip_chosen)
        wanted = before if before in [choice.key for choice in self._choices] else ""
        for choice in self._choices:
            if choice.key == wanted or (not wanted and choice is self._choices[0]):
                choice.setChecked(True)
        self._chips.setVisible(bool(self._choices))
        self._chips.updateGeometry()

    def _chip_chosen(self) -> None:
        self.other.choose(None)
        self.changed.emit()

    def _show_other(self) -> None:
        if not self.other.count():
            triggers = load_rulebook().triggers.values()
            self.other.set_choices([(found.id, _title(found)) for found in triggers])
        self.other.show()
        self._else.hide()

    def _other_chosen(self, key: object) -> None:
        if isinstance(key, str):
            for choice in self._choices:
                choice.setAutoExclusive(False)
                choice.setChecked(False)
                choice.setAutoExclusive(True)
        self.changed.emit()


def _title(trigger: Trigger) -> Callable[[], str]:
    return lambda: str(trigger.title)
