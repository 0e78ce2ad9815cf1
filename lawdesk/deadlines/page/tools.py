"""What stands beside the docket: calculators, calendar, rules, reminders, absences, register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.fee_sheets import FeeSheet, InterestSheet
from lawdesk.deadlines.page.law_sheets import CalendarSheet, RulesSheet
from lawdesk.deadlines.page.state_sheets import RequestsSheet
from lawdesk.deadlines.page.watch_sheets import AwaySheet, CourtSheet, RegisterSheet, ReminderSheet
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Command

TITLES = {
    "reminders": (N_("Reminders"), "alarm-clock"),
    "fees": (N_("Court fees"), "scale"),
    "interest": (N_("Interest for delay"), "coins"),
    "register": (N_("Register of a day"), "printer"),
    "court": (N_("Take in a court's calendar"), "inbox"),
    "away": (N_("Absences and deputies"), "user-check"),
    "requests": (N_("Waits for a second person"), "users"),
    "calendar": (N_("Holidays and closed days"), "calendar-days"),
    "rules": (N_("Rules of periods"), "gavel"),
}


class Tools:
    """Opens the sheets by name; ``opened(deadline_id)`` shows a deadline."""

    def __init__(self, desk: Desk, opened: Callable[[int], object]) -> None:
        self._desk = desk
        self._makers: dict[str, Callable[[], QWidget]] = {
            "reminders": lambda: ReminderSheet(desk, opened),
            "fees": lambda: FeeSheet(desk),
            "interest": lambda: InterestSheet(desk),
            "register": lambda: RegisterSheet(desk),
            "court": lambda: CourtSheet(desk),
            "away": lambda: AwaySheet(desk),
            "requests": lambda: RequestsSheet(desk),
            "calendar": lambda: CalendarSheet(desk),
            "rules": lambda: RulesSheet(desk),
        }

    def open(self, name: str) -> None:
        """Open one of them; an unknown name opens nothing."""
        if name in self._makers:
            self._desk.open_sheet(self._makers[name](), lambda: _(TITLES[name][0]))

    def commands(self) -> list[Command]:
        """Return one command for each."""
        return [
            Command(f"deadlines.{name}", partial(_, title), partial(self.open, name), icon)
            for name, (title, icon) in TITLES.items()
        ]
