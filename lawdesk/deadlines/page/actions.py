"""What a lawyer does with a deadline or event from any window: at once with undo, or in a side sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from lawdesk.deadlines.page.action_sheets import AssignSheet, ChangeDaySheet, PrintedSheet, ReasonSheet
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.queries import DeadlineRow, EventRow
from lawdesk.deadlines.rules import whole_day
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
            "case": self.open_case,
            "why": self.open_why,
        }
        if key in known:
            known[key](row)

    def complete(self, row: DeadlineRow) -> None:
        """Mark as done today; the toast takes it back."""
        desk, actor = self._desk, self._desk.actor()
        desk.run(
            lambda: desk.service.complete(actor, row.id),
            lambda _result: desk.toast(
                lambda: _("Done: {title}").format(title=row.title), lambda: self._undo_done(row)
            ),
            owner=self,
        )

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
        sheet = ReasonSheet(
            desk,
            lambda: _("{title}, {day}: this date will pass on purpose.").format(
                title=row.title, day=whole_day(row.due)
            ),
            lambda: _("Let go"),
            lambda reason: desk.service.waive(actor, row.id, reason),
            lambda: desk.toast(lambda: _("Let go: {title}").format(title=row.title), lambda: self._undo_done(row)),
        )
        desk.open_sheet(sheet, lambda: _("Let a deadline go"))
        sheet.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_printed(self, row: DeadlineRow) -> None:
        """Set the date printed on the court's paper."""
        sheet = PrintedSheet(
            self._desk, row, lambda: self._desk.toast(lambda: _("Date set: {title}").format(title=row.title))
        )
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

    def withdraw_event(self, event: EventRow) -> None:
        """Ask for the reason and take an event back with what hangs on it; the toast brings it back."""
        desk, actor = self._desk, self._desk.actor()

        def undo() -> None:
            desk.run(lambda: desk.service.restore_event(actor, event.id), owner=self)

        sheet = ReasonSheet(
            desk,
            lambda: _(
                "{title} ({day}) and every open deadline that hangs on it are withdrawn. They stay in the file."
            ).format(title=event.title, day=short_date(event.happened_on, desk.today())),
            lambda: _("Withdraw the event"),
            lambda reason: desk.service.withdraw_event(actor, event.id, reason),
            lambda: desk.toast(lambda: _("Withdrawn: {title}").format(title=event.title), undo),
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
            desk.run(lambda: desk.service.change_event(actor, event.id, before), owner=self)

        def done(moved: list[Recount]) -> None:
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
