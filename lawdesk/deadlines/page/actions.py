"""What a lawyer does with a deadline or event from any window: at once with undo, or in a side sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.action_sheets import AssignSheet, ChangeDaySheet, PrintedSheet, ReasonSheet
from lawdesk.deadlines.page.desk import Desk, waits_words
from lawdesk.deadlines.page.evidence import ProofSheet
from lawdesk.deadlines.page.hearing import AdjournSheet
from lawdesk.deadlines.page.state_sheets import ExtendSheet, TurnSheet
from lawdesk.deadlines.queries import DeadlineRow, EventRow
from lawdesk.deadlines.rules import LimitationCount, whole_day
from lawdesk.deadlines.service import Recount
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.i18n import _, ngettext


class Actions(QObject):
    """Does what the buttons, rows and menus name. Everything undoable says so in a toast."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def act(self, row: DeadlineRow, key: str) -> None:
        """Do the row action ``key`` with a deadline; unknown keys are the window's own."""
        known: dict[str, Callable[[DeadlineRow], None]] = {
            "done": self.complete,
            "reopen": self.reopen,
            "waive": self.waive,
            "printed": self.set_printed,
            "assign": self.assign,
            "extend": self.extend,
            "adjourn": self.adjourn,
            "turn": self.turn,
            "check": self.check,
            "proof": self.prove,
            "case": self.open_case,
            "why": self.open_why,
        }
        if key in known:
            known[key](row)

    def complete(self, row: DeadlineRow) -> None:
        """Mark as done today, a hearing as held; the toast takes it back."""
        desk, actor = self._desk, self._desk.actor()

        def words() -> str:
            if row.kind == "hearing":
                return _("Held: {title}, {day}").format(title=row.title, day=whole_day(min(row.due, desk.today())))
            return _("Done: {title}").format(title=row.title)

        desk.run(
            lambda: desk.service.complete(actor, row.id),
            lambda _result: desk.toast(words, lambda: self._undo_done(row)),
            owner=self,
        )

    def prove(self, row: DeadlineRow) -> None:
        """Mark as done on a day with what proves it, or add that to what is done."""
        desk = self._desk

        def done() -> None:
            undo = (lambda: self._undo_done(row)) if row.status == "open" else None
            desk.toast(lambda: _("Done: {title}").format(title=row.title), undo)

        desk.open_sheet(ProofSheet(desk, row, done), lambda: _("Done, with what proves it"))

    def reopen(self, row: DeadlineRow) -> None:
        """Open a deadline again that was done or let go."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.reopen(actor, row.id),
            lambda _result: desk.toast(lambda: _("Open again: {title}").format(title=row.title)),
            owner=self,
        )

    def waive(self, row: DeadlineRow) -> None:
        """Ask for the reason and let the deadline go."""
        desk, actor = self._desk, self._desk.actor()
        at_once: list[bool] = []
        hearing = row.kind == "hearing"

        def done() -> None:
            if at_once[-1]:
                words = _("Not held: {title}") if hearing else _("Let go: {title}")
                desk.toast(lambda: words.format(title=row.title), lambda: self._undo_done(row))
            else:
                desk.toast(waits_words)

        def about() -> str:
            words = _("{title}, {day}: this date will pass on purpose.")
            if hearing:
                words = _("{title}, {day}: it did not take place and has no other day yet.")
            return words.format(title=row.title, day=whole_day(row.due))

        sheet = ReasonSheet(
            desk,
            about,
            lambda: _("Not held") if hearing else _("Let go"),
            lambda reason, paper: at_once.append(desk.service.waive(actor, row.id, reason, evidence=paper)),
            done,
            case_id=row.case_id,
        )
        desk.open_sheet(sheet, lambda: _("It was not held") if hearing else _("Let a deadline go"))
        sheet.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_printed(self, row: DeadlineRow) -> None:
        """Set the date printed on the court's paper."""
        desk = self._desk

        def done(at_once: bool) -> None:
            desk.toast(lambda: _("Date set: {title}").format(title=row.title) if at_once else waits_words())

        sheet = PrintedSheet(desk, row, done)
        self._desk.open_sheet(sheet, lambda: _("Date on the paper"))

    def assign(self, row: DeadlineRow) -> None:
        """Give it to a colleague; the toast takes it back."""
        desk, actor, before = self._desk, self._desk.actor(), row.person_id

        def undo() -> None:
            desk.run(lambda: desk.service.assign(actor, row.id, before), owner=self)

        sheet = AssignSheet(
            desk,
            row,
            lambda name: desk.toast(
                lambda: _("{name} answers for: {title}").format(name=name, title=row.title), undo
            ),
        )
        desk.open_sheet(sheet, lambda: _("Give to a colleague"))

    def extend(self, row: DeadlineRow) -> None:
        """Extend it as the court's paper says."""
        desk = self._desk

        def done(at_once: bool) -> None:
            desk.toast(lambda: _("Extended: {title}").format(title=row.title) if at_once else waits_words())

        sheet = ExtendSheet(desk, row, done)
        desk.open_sheet(sheet, lambda: _("Extend"))
        sheet.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def adjourn(self, row: DeadlineRow) -> None:
        """Enter the new day of a hearing; the old one is answered."""
        desk = self._desk

        def done(new: int, day: date, at_once: bool) -> None:
            words = _("Adjourned to {day}") if at_once else _("Entered for {day}. {waits}")
            desk.toast(lambda: words.format(day=whole_day(day), waits=waits_words()))
            desk.go("deadlines", deadline_id=new)

        sheet = AdjournSheet(desk, row, done)
        desk.open_sheet(sheet, lambda: _("Adjourned to another day"))
        sheet.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, row: DeadlineRow) -> None:
        """Enter what interrupted or suspended a limitation period."""
        desk = self._desk

        def done(found: LimitationCount) -> None:
            desk.toast(lambda: _("Counted anew: {day}").format(day=whole_day(found.due)))

        desk.open_sheet(TurnSheet(desk, row, done), lambda: _("Interrupted or suspended"))

    def print_sheet(self, row: DeadlineRow) -> None:
        """Save the control sheet of the case: every date with what proves it."""
        desk, actor = self._desk, self._desk.actor()
        parent = self.parent()
        if not isinstance(parent, QWidget):
            return
        path = desk.choose_save(parent, _("Control sheet {number}").format(number=row.case_number) + ".pdf")
        if path is None:
            return
        desk.run(
            lambda: desk.service.write_paper(actor, desk.service.control_sheet(actor, row.case_id), path),
            lambda _found: desk.toast(lambda: _("Saved: {path}").format(path=path)),
            owner=self,
        )

    def check(self, row: DeadlineRow) -> None:
        """Say that one has checked a date somebody else entered."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.check(actor, row.id),
            lambda _found: desk.toast(lambda: _("Checked: {title}").format(title=row.title)),
            owner=self,
        )

    def withdraw_event(self, event: EventRow) -> None:
        """Ask for the reason and take an event back with what hangs on it; the toast brings it back."""
        desk, actor = self._desk, self._desk.actor()

        at_once: list[bool] = []

        def undo() -> None:
            desk.run(lambda: desk.service.restore_event(actor, event.id), owner=self)

        def done() -> None:
            if at_once[-1]:
                desk.toast(lambda: _("Withdrawn: {title}").format(title=event.title), undo)
            else:
                desk.toast(waits_words)

        sheet = ReasonSheet(
            desk,
            lambda: _(
                "{title} ({day}) and every open deadline that hangs on it are withdrawn. They stay in the file."
            ).format(title=event.title, day=short_date(event.happened_on, desk.today())),
            lambda: _("Withdraw the event"),
            lambda reason, _paper: at_once.append(desk.service.withdraw_event(actor, event.id, reason)),
            done,
        )
        desk.open_sheet(sheet, lambda: _("Withdraw an event"))
        sheet.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore_event(self, event: EventRow) -> None:
        """Bring a withdrawn event back."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(lambda: desk.service.restore_event(actor, event.id), owner=self)

    def change_day(self, event: EventRow) -> None:
        """Correct the day of an event; the toast puts the old one back."""
        desk, actor, before = self._desk, self._desk.actor(), event.happened_on

        def undo() -> None:
            reason = _("correction taken back")
            desk.run(lambda: desk.service.change_event(actor, event.id, before, reason), owner=self)

        def done(moved: list[Recount] | None) -> None:
            if moved is None:
                desk.toast(waits_words)
                return
            count = len(moved)
            words = ngettext("{count} date moved", "{count} dates moved", count)
            desk.toast(lambda: words.format(count=count) if count else _("Day corrected; no date moved"), undo)

        desk.open_sheet(ChangeDaySheet(desk, event, done), lambda: _("Correct the day"))

    def change_day_of(self, event_id: int) -> None:
        """Correct the day of the event with this id."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(lambda: desk.service.queries.event(actor, event_id), self.change_day, owner=self, slot="event")

    def withdraw_event_of(self, event_id: int) -> None:
        """Take back the event with this id."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.queries.event(actor, event_id), self.withdraw_event, owner=self, slot="event"
        )

    def open_case(self, row: DeadlineRow) -> None:
        """Go to the case."""
        self._desk.go("cases", case_id=row.case_id)

    def open_why(self, row: DeadlineRow) -> None:
        """Go to the deadline and how it was counted."""
        self._desk.go("deadlines", deadline_id=row.id)

    def _undo_done(self, row: DeadlineRow) -> None:
        desk, actor = self._desk, self._desk.actor()
        desk.run(lambda: desk.service.reopen(actor, row.id), owner=self)
