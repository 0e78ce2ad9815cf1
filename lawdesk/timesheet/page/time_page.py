"""The Time page: quick entry on top, the week below it, the chosen day's entries at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.errors import Problem, describe
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, ngettext, pgettext
from lawdesk.timesheet.page.entries import EntryTable, Item, RunningItem, entry_columns
from lawdesk.timesheet.page.quick import QuickLine
from lawdesk.timesheet.page.sheets import EntrySheet, ReportSheet
from lawdesk.timesheet.page.week import WeekModel, WeekView
from lawdesk.timesheet.page.weektable import WeekTable
from lawdesk.timesheet.page.words import case_words, monday_of, week_words
from lawdesk.timesheet.queries import EntryFilter, EntryRow, TimerRow, WeekGrid
from lawdesk.timesheet.rules import EntryDraft, figures, parse_duration, words
from lawdesk.timesheet.service import CellChange, TimesheetService
from lawdesk.ui import (
    STRETCH,
    Button,
    Command,
    Label,
    Page,
    ScrollArea,
    SectionHeading,
    SegmentLine,
    TableModel,
    TaskRunner,
    hbox,
    vbox,
)

RestDays = Callable[[date], str | None]


def weekends(day: date) -> str | None:
    """Return the word for Saturdays and Sundays: what counts as rest while no calendar is handed in."""
    return pgettext("day", "off") if day.weekday() > 4 else None


@dataclass(frozen=True)
class _Read:
    """One reading for the page."""

    grid: WeekGrid
    entries: tuple[EntryRow, ...]
    timer: TimerRow | None


class TimePage(Page):
    """The week of the person who acts.

    ``rest_days(day)`` returns a word for a day of rest (休, 中秋), None for a working day. ``go_to(day=…)`` shows
    another week, ``go_to(text=…)`` begins a quick entry, ``go_to(export=True)`` opens the report.
    """

    key, icon = "time", "timer"

    def __init__(
        self,
        service: TimesheetService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock | None = None,
        rest_days: RestDays | None = None,
        choose_file: Callable[[QWidget, str], Path | None] | None = None,
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks = service, actor, tasks
        self._clock = clock or SystemClock()
        self._rest_days = rest_days or weekends
        self._choose_file = choose_file
        self._day = self._clock.today()
        self.monday = monday_of(self._day)
        self.model = WeekModel(self)
        self.entry_model = TableModel(entry_columns(self._edit_entry), parent=self)
        self._build()
        self._reload()

    def title(self) -> str:
        return _("Time")

    def activated(self) -> None:
        self._reload()
        self.quick.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, **target: Any) -> None:
        if isinstance(target.get("day"), date):
            self._show_day(target["day"])
        if target.get("text"):
            self.quick.set_text(str(target["text"]))
        if target.get("export"):
            self.open_report()

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.subject in ("time_entry", "timer", "case", "firm", "rate"):
            self._reload()

    def commands(self) -> Sequence[Command]:
        return [
            Command("time.quick", lambda: _("Record time"), self._to_quick, "timer", "Ctrl+Shift+T"),
            Command(
                "time.previous", lambda: _("Previous week"), lambda: self._move(-7), "chevron-left", "Alt+PgUp"
            ),
            Command("time.next", lambda: _("Next week"), lambda: self._move(7), "chevron-right", "Alt+PgDown"),
            Command("time.this", lambda: _("This week"), self._to_today, "calendar", "Alt+Home"),
            Command("time.report", lambda: _("Time report"), self.open_report, "download", "Ctrl+Shift+E"),
        ]

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "entry_model"):
            self._head_words()
            self._reload()  # the words of the days of rest are read with the week

    def open_report(self) -> None:
        """Open the report in the side sheet."""
        if self.host is None:
            return
        sheet = ReportSheet(
            self._service,
            actor=self._actor,
            tasks=self._tasks,
            today=self._clock.today,
            choose_file=self._choose_file,
        )
        sheet.written.connect(self._report_written)
        self.host.open_sheet(sheet, lambda: _("Time report"))
        sheet.by.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._note = SegmentLine(step="body")
        previous = Button(
            kind="ghost", icon="chevron-left", name=lambda: _("Previous week"), run=lambda: self._move(-7)
        )
        following = Button(
            kind="ghost", icon="chevron-right", name=lambda: _("Next week"), run=lambda: self._move(7)
        )
        self._this = Button(lambda: _("This week"), self._to_today, kind="ghost")
        report = Button(lambda: _("Time report"), self.open_report, icon="download")
        head = hbox(Label(self.title, step="h1"), self._note, previous, self._this, following, 1, report, space=2)
        head.setStretch(1, 1)
        self.quick = QuickLine(self._service, actor=self._actor, tasks=self._tasks, today=self._clock.today)
        self.quick.booked.connect(self._booked)
        self.table = WeekTable(self.model)
        self.model.edited.connect(self._edit_cell)
        self.table.day_chosen.connect(self._choose_day)
        self.heading = SectionHeading("")
        self.list = EntryTable(self.entry_model)
        self.list.deleted.connect(self._delete)
        self.list.opened.connect(self._open)
        self._nothing = Label(lambda: _("Nothing recorded on this day."), tone="text2")
        body = QWidget()
        vbox(
            self.table, self.heading, self._nothing, self.list, STRETCH, space=2, margins=(6, 0, 5, 4), parent=body
        )
        top = vbox(head, self.quick, space=1.5, margins=(6, 3.5, 5, 2))
        self._area = ScrollArea(body)
        layout = vbox(top, self._area, space=0, parent=self)
        layout.setStretch(1, 1)

    # -- reading ----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        actor, monday, day = self._actor(), self.monday, self._day
        person = actor.person_id or 0

        def read() -> _Read:
            queries = self._service.queries
            entries = queries.entries(actor, EntryFilter(person, None, day, day))
            return _Read(queries.week(actor, person, monday), tuple(entries), queries.running(actor))

        self._tasks.run(read, self._take, owner=self, slot="week")

    def _take(self, read: _Read) -> None:
        if read.grid.monday != self.monday:
            return
        now, timer = self._clock.now(), read.timer
        seconds = timer.elapsed(now) if timer is not None else 0
        rest = tuple(self._rest_days(self.monday + timedelta(days=index)) for index in range(7))
        grid = read.grid
        self.model.set_view(
            WeekView(
                grid,
                rest,
                self._clock.today(),
                timer is not None,
                timer.case_id if timer is not None else None,
                seconds // 60,
                timer.day if timer is not None else None,
            )
        )
        items: list[Item] = [entry for entry in read.entries if entry.day == self._day]
        if timer is not None and timer.day == self._day:
            items.insert(0, RunningItem(timer, seconds))
        kept = self.list.currentIndex()
        self.entry_model.set_items(items)
        if kept.isValid() and items:
            self.list.setCurrentIndex(self.entry_model.index(min(kept.row(), len(items) - 1), kept.column()))
        self.list.setVisible(bool(items))
        self._nothing.setVisible(not items)
        self._head_words()

    def _head_words(self) -> None:
        today = self._clock.today()
        week = _("Week {number}").format(number=self.monday.isocalendar().week)
        parts = [week, week_words(self.monday, today)]
        view = self.model.view
        if view is not None:
            target = _("target {time}").format(time=words(view.target_minutes)) if view.target_minutes else ""
            names = [rest for index, rest in enumerate(view.rest) if rest is not None and index < 5]
            if target and names:
                note = ngettext("{holiday}: {days} day less", "{holiday}: {days} days less", len(names)).format(
                    holiday="、".join(dict.fromkeys(names)), days=len(names)
                )
                target = _("{target} ({note})").format(target=target, note=note)
            parts.append(target)
        self._note.set_parts(parts)
        self._this.setEnabled(self.monday != monday_of(today))
        day = f"{short_date(self._day, today)} {short_weekday(self._day)}"
        self.heading.title.set_words(_("Today {day}").format(day=day) if self._day == today else day)

    # -- moving -----------------------------------------------------------------------------------------------

    def _to_quick(self) -> None:
        self.quick.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_today(self) -> None:
        self._show_day(self._clock.today())

    def _move(self, days: int) -> None:
        today = self._clock.today()
        monday = self.monday + timedelta(days=days)
        self._show_day(today if monday == monday_of(today) else monday)

    def _show_day(self, day: date) -> None:
        self._day, self.monday = day, monday_of(day)
        self._head_words()
        self._reload()

    def _choose_day(self, day: date) -> None:
        if day != self._day:
            self._day = day
            self._reload()

    # -- writing ----------------------------------------------------------------------------------------------

    def _booked(self, entry_id: int) -> None:
        actor = self._actor()
        self._tasks.run(lambda: self._service.queries.entry(actor, entry_id), self._say_booked, owner=self)
        self._reload()

    def _say_booked(self, entry: EntryRow | None) -> None:
        if entry is None:
            return
        title = case_words(entry.case_id, entry.case_title)
        said = _("Booked {time}: {what}, {case}").format(
            time=figures(entry.minutes), what=entry.narrative or "–", case=title
        )
        self.toast(said, lambda: self._take_back(entry))
        if entry.day != self._day:
            self._show_day(entry.day)

    def _take_back(self, entry: EntryRow) -> None:
        actor = self._actor()
        self._run(lambda: self._service.delete_entry(actor, entry.id, seen=entry.version))

    def _delete(self, entry: EntryRow) -> None:
        actor = self._actor()

        def deleted(_none: object) -> None:
            said = _("Deleted {time}: {what}").format(time=figures(entry.minutes), what=entry.narrative or "–")
            self.toast(said, lambda: self._run(lambda: self._service.restore_entry(actor, entry.id)))

        self._run(lambda: self._service.delete_entry(actor, entry.id, seen=entry.version), deleted)

    def _edit_cell(self, case_id: int | None, day: date, text: str, seen: int) -> None:
        minutes = 0 if text in ("", "0", "0:00", "-", "–") else parse_duration(text)
        if isinstance(minutes, Problem):
            self._say_problem(minutes.words())
            return
        actor = self._actor()

        def changed(change: CellChange) -> None:
            if change.action == "kept":
                return
            shown = figures(0 if change.action == "deleted" else change.minutes)
            said = _("{day}: {time}").format(day=short_date(day), time=shown)
            self.toast(said, lambda: self._undo_cell(change, case_id, day, seen))

        self._run(lambda: self._service.set_cell(actor, case_id, day, minutes, seen=seen), changed)

    def _undo_cell(self, change: CellChange, case_id: int | None, day: date, before: int) -> None:
        actor, entry_id = self._actor(), change.entry_id
        if entry_id is None:
            return
        if change.action == "deleted":
            self._run(lambda: self._service.restore_entry(actor, entry_id))
        elif change.action == "changed":
            self._run(lambda: self._service.set_cell(actor, case_id, day, before, seen=change.minutes))
        else:
            self._run(lambda: self._service.delete_entry(actor, entry_id, seen=1))

    def _edit_entry(self, item: Item, column: str, text: str) -> None:
        actor = self._actor()
        if isinstance(item, RunningItem):
            if column == "narrative":
                self._run(lambda: self._service.describe_timer(actor, text))
            return
        minutes = parse_duration(text) if column == "minutes" else item.minutes
        if isinstance(minutes, Problem):
            self._say_problem(minutes.words())
            return
        draft = EntryDraft(
            item.case_id,
            item.day,
            minutes,
            text if column == "narrative" else item.narrative,
            activity=item.activity if column == "minutes" else None,
            billable=item.billable,
            started_at=item.started_at,
            ended_at=item.ended_at,
        )
        self._run(lambda: self._service.change_entry(actor, item.id, seen=item.version, draft=draft))

    def _open(self, item: Item) -> None:
        if not isinstance(item, EntryRow) or self.host is None:
            return
        actor = self._actor()
        self._tasks.run(
            lambda: self._service.queries.recent_cases(actor, limit=30),
            lambda cases: self._open_sheet(item, cases),
            owner=self,
        )

    def _open_sheet(self, entry: EntryRow, cases: list[Any]) -> None:
        if self.host is None:
            return
        host = self.host
        sheet = EntrySheet(
            self._service, entry, cases, actor=self._actor, tasks=self._tasks, today=self._clock.today
        )

        def done() -> None:
            host.close_sheet()
            self._reload()

        sheet.done.connect(done)
        host.open_sheet(sheet, lambda: _("Time entry"))
        sheet.narrative.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, write: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        def finished(result: Any) -> None:
            if done is not None:
                done(result)
            self._reload()

        self._tasks.run(write, finished, self._refused, owner=self)

    def _refused(self, error: BaseException) -> None:
        self._say_problem(str(describe(error)))
        self._reload()

    def _say_problem(self, sentence: str) -> None:
        if self.host is not None:
            self.host.toast(sentence, icon="octagon-alert", tone="red")

    def _report_written(self, path: Path) -> None:
        if self.host is not None:
            self.host.close_sheet()
        self.toast(_("Report written: {path}").format(path=path.name))
