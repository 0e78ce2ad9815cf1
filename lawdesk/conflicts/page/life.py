"""The life of checks on the conflicts page: open cases checked again, news and badge, members, whole lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from lawdesk.cases import CaseService
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.items import Item
from lawdesk.conflicts.page.news import found_words, way_words
from lawdesk.conflicts.page.slices import Slices
from lawdesk.conflicts.queries import NewsRow
from lawdesk.conflicts.rules import Asked, Severity
from lawdesk.conflicts.service import ConflictService
from lawdesk.firm import Actor, may
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.ui import Command, Heading, Page, Row, TaskRunner

if TYPE_CHECKING:
    from lawdesk.conflicts.page.batch import ListJob

REST_MS = 1500
"""So long the office rests before open cases are checked again: several changes make one rerun."""
_TOUCHES = ("party", "person")
_ACTIONS = ("renamed", "related", "merged", "imported", "identified", "added")


class LifeOfChecks(QObject):
    """Watches the office for the conflicts page; ``changed()`` when the news are others."""

    changed = Signal()

    def __init__(
        self,
        page: Page,
        service: ConflictService,
        cases: CaseService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(page)
        self._page, self._service, self._cases = page, service, cases
        self._actor, self._tasks, self._failed = actor, tasks, failed
        self.news: list[NewsRow] = []
        self.slices = Slices(tasks, self, size=3)
        self._list: ListJob | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        tasks.changed.connect(self._office_changed)
        self.read()
        self._rest.start()

    def commands(self) -> list[Command]:
        """Return what can be done beside a single check."""
        return [
            Command("conflicts.list", lambda: _("Check a list"), self.open_list, "file-spreadsheet"),
            Command("conflicts.members", lambda: _("Relatives and former matters"), self.open_members, "users"),
            Command("conflicts.rerun", lambda: _("Check all open cases again"), self.rerun, "rotate-cw"),
        ]

    def follow(self, change: Changed | None) -> None:
        """Read the news again where it may be other."""
        if change is None or change.subject == "conflict_check":
            self.read()

    def look(self) -> None:
        """Check all open cases again if anything changed since the last time; nobody has to ask for it."""
        actor = self._actor()
        if may(actor, "conflict.check") and not self.slices.running:
            due = lambda: self._service.rerun_due(actor)  # noqa: E731
            self._tasks.run(due, lambda is_due: self.rerun(quiet=True) if is_due else None, owner=self)

    def rerun(self, *, quiet: bool = False) -> None:
        """Check all open cases again, a few at a time."""
        actor, found = self._actor(), dict[Any, Any]()

        def begun(answer: tuple[int, list[Any]]) -> None:
            stamp, cases = answer

            def kept(made: Any) -> None:
                self.read()
                if not quiet or made.new:
                    said = _("Open cases checked again: {new} new").format(new=made.new)
                    self._page.toast(lambda: said)

            def done() -> None:
                keep = lambda: self._service.rerun_keep(actor, found, stamp, len(cases))  # noqa: E731
                self._tasks.run(keep, kept, owner=self)

            self.slices.start(
                cases,
                lambda portion: self._service.rerun_some(actor, portion),
                each=lambda some, _count: found.update(some),
                done=done,
                failed=self._failed,
            )

        self._tasks.run(lambda: self._service.rerun_begin(actor), begun, owner=self)

    def read(self) -> None:
        """Read the news and show them, on the badge too."""
        actor = self._actor()
        self._tasks.run(lambda: self._service.queries.news(actor), self._show, owner=self, slot="news")

    def open_list(self) -> None:
        """Check a whole list of names."""
        from lawdesk.conflicts.page.batch import BatchSheet, ListJob

        if self._list is None:
            self._list = ListJob(self._service, actor=self._actor, tasks=self._tasks, parent=self)
            self._list.ended.connect(self._list_ended)
        self._open(BatchSheet(self._list, show=self._show_name), lambda: _("Check a list"))

    def open_members(self) -> None:
        """Register what members of the firm bring along."""
        from lawdesk.conflicts.page.members import MembersSheet

        sheet = MembersSheet(self._service, self._cases, actor=self._actor, tasks=self._tasks)
        self._open(sheet, lambda: _("Relatives and former matters"))

    def _open(self, sheet: Any, title: Callable[[], str]) -> None:
        if self._page.host is not None:
            self._page.host.open_sheet(sheet, title, on_close=sheet.leave)

    def _show_name(self, asked: Asked) -> None:
        """Show one name of a list in full; the list waits where it is."""
        if self._page.host is not None:
            self._page.host.close_sheet()
        self._page.go_to(names=[asked])

    def _list_ended(self) -> None:
        job = self._list
        if job is not None and job.error is None:
            said = _("{done} of {all} names checked").format(done=f"{job.done:,}", all=f"{job.total:,}")
            self._page.toast(lambda: said)

    def _show(self, rows: list[NewsRow]) -> None:
        self.news = rows
        if self._page.host is not None:
            self._page.host.set_badge(self._page.key, len(rows))
        self.changed.emit()

    def _office_changed(self, change: Changed) -> None:
        if change.subject in _TOUCHES and change.action in _ACTIONS:
            self._rest.start()


def news_items(rows: Sequence[NewsRow]) -> list[Item]:
    """Return the lines of what is new since the clearances."""
    items = []
    for place, row in enumerate(rows):
        look = words.GRADES[Severity(row.severity)]
        heading = Heading(
            _("New since the clearance"), len(rows), _("not known when the case was taken in"), icon="bell"
        )
        line = Row(
            ("news", row.id),
            found_words(row),
            segments=tuple(part for part in (look.words(), way_words(row)) if part),
            icon=look.icon,
            icon_tone=look.tone,
            date=row.number,
            bold=True,
            heading=None if place else heading,
        )
        items.append(Item("news", ("news", row.id), line, news=row))
    return items
