"""The firm: its name, how case numbers look, the daily target and the rounding of hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lawdesk.firm.page.area import Area, Lines
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.queries import PersonRow
from lawdesk.firm.rules import FIRM_SETTINGS, example_number
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import Autosave, ComboBox, LineEdit, Page

TARGETS = (0, 300, 360, 390, 420, 450, 480, 540, 600)
ROUNDINGS = (1, 5, 6, 10, 15, 30)


@dataclass(frozen=True)
class _Firm:
    """What the area shows."""

    name: str
    pattern: str
    target: int
    rounding: int
    access: str
    people: list[PersonRow]


class FirmArea(Area):
    """Facts of the firm; every change is kept when typing rests and can be taken back."""

    key, icon, action = "firm", "building-2", "firm.change"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(desk, page, lambda: _("Firm"), lambda: _("For everybody in this office."))
        self._shown: _Firm | None = None
        self._taken_back = False
        self.name = LineEdit(name=lambda: _("Name of the firm"))
        self.pattern = LineEdit(name=lambda: _("Case numbers"))
        self.target = ComboBox(name=lambda: _("Daily target"))
        self.rounding = ComboBox([(minutes, _minutes(minutes)) for minutes in ROUNDINGS])
        self._lines = Lines()
        self.access = ComboBox(
            [("office", lambda: _("everybody in the office")), ("team", lambda: _("their team"))]
        )
        self._name_note = self._lines.add(lambda: _("Name of the firm"), self.name, " ", width=26)
        self._example = self._lines.add(lambda: _("Case numbers"), self.pattern, " ", width=26)
        self._lines.add(
            lambda: _("Daily target"),
            self.target,
            lambda: _("The hours each person aims at per working day; shown in the week, not enforced."),
            width=12,
        )
        self._lines.add(
            lambda: _("Rounding of hours"),
            self.rounding,
            lambda: _("A time entry is rounded up to whole steps. Entries already written stay as they are."),
            width=12,
        )
        self._lines.add(
            lambda: _("New cases are seen by"),
            self.access,
            lambda: _("Each case can be opened to the office or kept to its team; the director sees all."),
            width=16,
        )
        self.put(self._lines)
        self._save_name = Autosave(self._keep_name, parent=self)
        self._save_pattern = Autosave(self._keep_pattern, parent=self)
        self.name.typed.connect(self._save_name.touch)
        self.name.submitted.connect(self._save_name.flush)
        self.pattern.textEdited.connect(self._show_example)
        self.pattern.typed.connect(self._save_pattern.touch)
        self.pattern.submitted.connect(self._save_pattern.flush)
        self.target.chosen_changed.connect(lambda key: self._keep("daily_target_minutes", str(key)))
        self.rounding.chosen_changed.connect(lambda key: self._keep("rounding_minutes", str(key)))
        self.access.chosen_changed.connect(lambda key: self._keep("case_access", str(key)))

    def read(self) -> None:
        if self._save_name.pending or self._save_pattern.pending:
            return  # somebody types: their words win over what was read
        queries, actor = self.desk.firm.queries, self.desk.actor()

        def work() -> _Firm:
            return _Firm(
                queries.firm_name(actor),
                queries.setting(actor, "case_number_pattern"),
                int(queries.setting(actor, "daily_target_minutes")),
                int(queries.setting(actor, "rounding_minutes")),
                queries.setting(actor, "case_access"),
                queries.people(actor),
            )

        self.run(work, self._fill, slot="firm")

    def retranslate(self) -> None:
        if hasattr(self, "_shown") and self._shown is not None:
            self._offer(self._shown)
            self._show_example()

    def _fill(self, shown: _Firm) -> None:
        self._shown = shown
        for edit, text in ((self.name, shown.name), (self.pattern, shown.pattern)):
            if self._taken_back or not edit.hasFocus():
                edit.setText(text)
            edit.set_state("")
        self._taken_back = False
        self._offer(shown)
        for control in (self.name, self.pattern, self.target, self.rounding, self.access):
            control.setEnabled(self.may_change)
        self._name_note.set_words("")
        self._name_note.hide()
        self._show_example()
        self.say_who(shown.people)

    def _offer(self, shown: _Firm) -> None:
        targets = sorted({*TARGETS, shown.target})
        self.target.set_choices([(minutes, _hours(minutes)) for minutes in targets])
        self.target.choose(shown.target)
        self.rounding.choose(shown.rounding)
        self.access.choose(shown.access)

    def _show_example(self, *_args: object) -> None:
        pattern = self.pattern.text()
        year = self.desk.clock.today().year
        example = example_number(pattern, year)
        self._example.show()
        if example:
            self.pattern.set_state("")
            self._example.set_tone("text2")
            self._example.set_words(lambda: _("First case of {year}: {number}").format(year=year, number=example))
        else:
            self._example.set_tone("red")
            problem = FIRM_SETTINGS["case_number_pattern"].check(pattern)
            self._example.set_words(problem.words if problem is not None else "")

    def _keep_name(self) -> None:
        shown, name = self._shown, self.name.text().strip()
        if shown is None or name == shown.name:
            return
        self._rename(name, shown.name)

    def _rename(self, name: str, before: str | None) -> None:
        firm, actor = self.desk.firm, self.desk.actor()

        def done(_result: object) -> None:
            self.trouble.clear()
            undo = (lambda: self._rename(before, None)) if before is not None else None
            self.page.toast(lambda: _("The firm is now called {name}").format(name=name), undo=undo)
            self._taken_back = before is None
            self.read()

        self.desk.tasks.run(lambda: firm.rename(actor, name), done, self._name_refused, owner=self)

    def _name_refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self.failed(error)
            return
        self.name.set_state("error")
        self._name_note.set_tone("red")
        self._name_note.set_words(error.problems[0].words())
        self._name_note.show()

    def _keep_pattern(self) -> None:
        pattern = self.pattern.text().strip()
        if example_number(pattern, 2000):
            self._keep("case_number_pattern", pattern)
        else:
            self.pattern.set_state("error")

    def _keep(self, name: str, value: str, *, undo: bool = True) -> None:
        shown = self._shown
        if shown is None:
            return
        before = {
            "case_number_pattern": shown.pattern,
            "daily_target_minutes": str(shown.target),
            "rounding_minutes": str(shown.rounding),
            "case_access": shown.access,
        }[name]
        if value == before:
            return
        firm, actor = self.desk.firm, self.desk.actor()

        def done(_result: object) -> None:
            self.trouble.clear()
            back = (lambda: self._keep(name, before, undo=False)) if undo else None
            self.page.toast(lambda: _("Saved"), undo=back)
            self._taken_back = not undo
            self.read()

        self.run(lambda: firm.set_setting(actor, name, value), done)


def _minutes(minutes: int) -> Callable[[], str]:
    if minutes == 1:
        return lambda: _("to the minute")
    return lambda: _("{count} minutes").format(count=minutes)


def _hours(minutes: int) -> Callable[[], str]:
    if not minutes:
        return lambda: _("no target")
    return lambda: _("{hours} hours").format(hours=f"{minutes / 60:g}")
