"""Builds the pages: each feature's window gets its services, and other features' parts where they belong.

Only what Today shows is imported with this module; every other window is imported when its page is made, or by
:func:`load_pages` before anybody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lawdesk.app.seat import Seat
from lawdesk.deadlines import holiday_name, rest_mark
from lawdesk.firm import Actor
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.kernel.settings import Settings
from lawdesk.oversight.page import TodayPage
from lawdesk.timesheet.page import TimerControl, TodayHours
from lawdesk.ui import PageEntry, ShellWindow, TaskRunner
from lawdesk.ui.page import Host, Page

if TYPE_CHECKING:
    from lawdesk.cases.page import CaseMark
    from lawdesk.deadlines.page import CaseDeadlines, Papers
    from lawdesk.documents.page import DocumentsTab
    from lawdesk.firm.page import MoreArea

LATER = ("cases", "conflicts", "deadlines", "documents", "firm")
"""The features whose windows Today does not need."""


def load_pages() -> None:
    """Import the windows that the first page did without: a tenth of a second, on a thread beside."""
    for feature in LATER:
        import_module(f"lawdesk.{feature}.page")


class Pages:
    """The pages of one window. ``host()`` is the shell once it exists."""

    def __init__(
        self,
        seat: Seat,
        tasks: TaskRunner,
        settings: Settings,
        *,
        host: Callable[[], Host],
        backed_up: Callable[[], None],
        show_code: Callable[[str], None],
        change_key: Callable[[str, tuple[str, ...]], object],
    ) -> None:
        self._seat, self._office, self._tasks, self._settings = seat, seat.office, tasks, settings
        self._backed_up, self._host, self._show_code = backed_up, host, show_code
        self._change_key = change_key

    @cached_property
    def _in_case(self) -> CaseDeadlines:
        from lawdesk.deadlines.page import CaseDeadlines

        office = self._office
        return CaseDeadlines(
            office.deadlines,
            office.cases.queries,
            office.firm.queries,
            actor=self._actor,
            tasks=self._tasks,
            clock=office.clock,
            host=self._host,
            papers=self._evidence(),
        )

    def _evidence(self) -> Papers:
        """The documents of a case for deadlines: what proves that something was done."""
        from lawdesk.deadlines.page import Papers

        office = self._office

        def of_case(case_id: int) -> list[tuple[int, str]]:
            rows = office.documents.queries.documents(self._actor(), case_id)
            return [(row.id, row.name) for row in reversed(rows)]

        return Papers(of_case, lambda case_id, path: office.documents.add_file(self._actor(), case_id, path))

    @cached_property
    def _papers(self) -> DocumentsTab:
        from lawdesk.documents.page import documents_tab

        office = self._office
        return documents_tab(office.documents, office.packages, self._actor, self._tasks, office.clock)

    def sit(self, seat: Seat) -> None:
        """The same person, perhaps under another name."""
        self._seat = seat

    def entries(self) -> list[PageEntry]:
        """Return the pages in the order of the rail."""
        return [
            PageEntry("today", "sun", lambda: _("Today"), self._today),
            PageEntry("cases", "folder-open", lambda: _("Cases"), self._cases),
            PageEntry("new-case", "file-plus-2", lambda: _("New case"), self._new_case, under="cases"),
            PageEntry(
                "conflicts",
                "shield-alert",
                lambda: pgettext("rail", "Conflicts"),
                self._conflicts,
                short=lambda: _("Conflicts"),
            ),
            PageEntry("deadlines", "calendar-clock", lambda: _("Deadlines"), self._deadlines),
            PageEntry("time", "timer", lambda: _("Time"), self._time),
            PageEntry("settings", "settings", lambda: _("Settings"), self._settings_page, at_foot=True),
        ]

    def timer_control(self, shell: ShellWindow) -> TimerControl:
        """Return what keeps the timer of the top bar alive."""
        return TimerControl(
            shell.timer, self._office.timesheet, self._actor, self._tasks, host=shell, clock=self._office.clock
        )

    def record_event(self, line: str = "") -> None:
        """Open the entry of an event over whatever page is shown."""
        self._in_case.record_event(line=line)

    def enter_deadline(self) -> None:
        """Open the entry of a deadline by hand."""
        self._in_case.enter_by_hand()

    def clear_copies(self) -> None:
        """Remove the decrypted copies that were opened to look at."""
        if "_papers" in vars(self):  # nothing was opened before the documents were asked for
            self._papers.opened.clear()

    def _actor(self) -> Actor:
        return self._seat.actor

    def _today(self) -> Page:
        office = self._office

        def hours(_parent: QWidget) -> QWidget:
            return TodayHours(
                office.timesheet,
                actor=self._actor,
                tasks=self._tasks,
                clock=office.clock,
                rest_days=self._rest_day,
            )

        return TodayPage(
            office.deadlines,
            actor=self._actor,
            tasks=self._tasks,
            clock=office.clock,
            hours=hours,
            enter_event=self.record_event,
        )

    def _cases(self) -> Page:
        from lawdesk.cases.page import CasesPage, CaseTab, LedgerNeeds

        office, papers, deadlines = self._office, self._papers, self._in_case
        return CasesPage(
            office.cases,
            office.firm,
            actor=self._actor,
            tasks=self._tasks,
            clear=lambda names: office.conflicts.clear_names(self._actor(), names),
            alike=lambda actor, words: office.conflicts.alike(actor, words, limit=5),
            walls=office.walls.queries,
            twins=office.conflicts.twins,
            tabs=[
                CaseTab(
                    "deadlines",
                    lambda: _("Deadlines"),
                    deadlines.tab,
                    count=deadlines.count,
                    overview=deadlines.overview,
                ),
                CaseTab(papers.key, papers.words, papers.make, papers.count, papers.overview),
            ],
            marks=self._marks,
            actions=papers.actions,
            clock=office.clock,
            ledger=LedgerNeeds(office.clearing, lambda actor, done: len(office.book_hearings(actor, done))),
        )

    def _marks(self, actor: Actor, case_ids: Sequence[int]) -> Mapping[int, CaseMark]:
        from lawdesk.cases.page import CaseMark

        return {case_id: CaseMark(*mark) for case_id, mark in self._in_case.marks(actor, case_ids).items()}

    def _new_case(self) -> Page:
        from lawdesk.cases.page import NewCasePage
        from lawdesk.conflicts.page import LivePanel

        office = self._office
        return NewCasePage(
            office.cases,
            office.firm,
            actor=self._actor,
            tasks=self._tasks,
            panel=LivePanel(office.conflicts, actor=self._actor, tasks=self._tasks),
            clock=office.clock,
            alike=lambda actor, words: office.conflicts.alike(actor, words, limit=5),
        )

    def _conflicts(self) -> Page:
        from lawdesk.conflicts.page import ConflictsPage

        office = self._office
        return ConflictsPage(
            office.conflicts, office.cases, actor=self._actor, tasks=self._tasks, clock=office.clock
        )

    def _deadlines(self) -> Page:
        from lawdesk.deadlines.page import DeadlinesPage

        office = self._office
        return DeadlinesPage(
            office.deadlines,
            office.cases.queries,
            office.firm.queries,
            actor=self._actor,
            tasks=self._tasks,
            clock=office.clock,
            papers=self._evidence(),
        )

    def _time(self) -> Page:
        from lawdesk.timesheet.page import TimePage

        office = self._office
        return TimePage(
            office.timesheet,
            actor=self._actor,
            tasks=self._tasks,
            clock=office.clock,
            rest_days=self._rest_day,
        )

    def _settings_page(self) -> Page:
        from lawdesk.app.settings_desk import settings_desk
        from lawdesk.firm.page import SettingsPage

        desk = settings_desk(
            self._seat,
            self._tasks,
            self._settings,
            self._backed_up,
            show_code=self._show_code,
            change_key=self._change_key,
        )
        return SettingsPage(desk, (self._privacy_area(),))

    def _privacy_area(self) -> MoreArea:
        from lawdesk.firm.page import MoreArea

        def make(page: Page) -> QWidget:
            from lawdesk.privacy.page import PrivacyArea, PrivacyDesk

            office = self._office
            return PrivacyArea(
                PrivacyDesk(office.privacy, office.cases.queries, self._actor, self._tasks, office.clock, page)
            )

        about = lambda: _("Requests, erasing, retention")  # noqa: E731
        return MoreArea("privacy", "id-card", lambda: _("Personal data"), about, "privacy.handle", make)

    def _rest_day(self, day: date) -> str | None:
        """Return the word for a day of rest by the State Council's arrangement, None for a working day."""
        kind = self._office.deadlines.calendar.day(day)
        if not kind.rest:
            return None
        return holiday_name(kind.name) if kind.name else rest_mark()
