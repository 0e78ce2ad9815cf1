"""What LawDesk understood of a line, read back: the day with its weekday, the events it may mean."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.rules import ParsedEvent, Trigger, load_rulebook, whole_day
from lawdesk.kernel.i18n import _, ngettext, pgettext
from lawdesk.ui import STRETCH, Button, ComboBox, DateEdit, FlowLayout, IconLabel, Label, hbox, vbox
from lawdesk.ui.chips import Choice


class ReadBack(QWidget):
    """Day and candidates of an event line. ``changed()`` after a person chose another day or event."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parsed: ParsedEvent | None = None
        self._by_person = False
        self._candidates: tuple[Trigger, ...] = ()
        self._choices: list[Choice] = []
        self.day = DateEdit(None, today=desk.today, name=lambda: _("It happened on"))
        self.day.day_changed.connect(lambda _day: self.changed.emit())
        self._day_line = QWidget()
        self._day_words = Label(lambda: _("Day"), step="small", tone="text2")
        line = hbox(self._day_words, self.day, parent=self._day_line)
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
        self._candidates, self._parsed, self._by_person = (), None, False
        self.day.set_day(None)
        self.other.choose(None)
        for widget in (self._day_line, self._note, self._chips, self._unknown, self._else, self.other):
            widget.hide()

    def fill(self, parsed: ParsedEvent) -> None:
        """Read back a line; the likeliest event is chosen, unless the person chose one that still fits."""
        before = self.trigger() if self._by_person else ""
        self.day.set_day(parsed.day)
        self._parsed = parsed
        self._note.set_words(lambda: "\n".join(self._doubts(parsed)))
        self._note.setVisible(bool(self._note.words()))
        self._candidates = parsed.triggers
        self._fill_chips(before)
        self._arrange()
        self._unknown.setVisible(not self._candidates)
        self._else.setVisible(bool(self._candidates) and self.other.isHidden())
        if not self._candidates:
            self._show_other()

    def _arrange(self) -> None:
        """Of a hearing alone the day stands with the hearing; of a summons this is the day it came."""
        parsed, summons = self._parsed, self.trigger() == "hearing-date"
        self._day_words.set_words(lambda: pgettext("a paper", "Received") if summons else _("Day"))
        self._day_line.setVisible(parsed is not None and not (summons and not parsed.other_day))

    def _doubts(self, parsed: ParsedEvent) -> list[str]:
        """Return what was assumed and what was not read, in sentences."""
        today, doubts = self._desk.today(), []
        if not parsed.day_typed:
            doubts.append(_("No day typed: today is taken."))
        elif parsed.year_guessed and parsed.day.year != today.year:
            doubts.append(_("No year typed: {year} is taken.").format(year=parsed.day.year))
        if parsed.hearing is not None and parsed.hearing_year_guessed and parsed.hearing.year != today.year:
            doubts.append(_("No year typed for the hearing: {year} is taken.").format(year=parsed.hearing.year))
        if parsed.afternoon and parsed.at is not None:
            doubts.append(_("The hour is read as the afternoon: {time}.").format(time=f"{parsed.at:%H:%M}"))
        if parsed.limit is not None:
            doubts.append(_("The paper names {day} as the last day.").format(day=whole_day(parsed.limit)))
        if parsed.length is not None:
            words = ngettext("The paper sets {count} day.", "The paper sets {count} days.", parsed.length)
            doubts.append(words.format(count=parsed.length))
        if parsed.unread:
            doubts.append(_("Not used: {words}").format(words=" · ".join(parsed.unread)))
        return doubts

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
        self._by_person = True
        self.other.choose(None)
        self._arrange()
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
        self._arrange()
        self.changed.emit()


def _title(trigger: Trigger) -> Callable[[], str]:
    return lambda: str(trigger.title)
