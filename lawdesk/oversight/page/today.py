"""Today: one list of what needs somebody, the agenda, the hours, one line to record what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.deadlines import (
    DeadlineQueries,
    DeadlineRow,
    DeadlineService,
    DocketFilter,
    moved_words,
    nearness,
    spoken_day,
)
from lawdesk.firm import Actor, oversees
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.dates import local_time, short_date, weekday
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, ngettext, pgettext
from lawdesk.oversight.page.agenda import Agenda
from lawdesk.oversight.page.words import heading_of
from lawdesk.oversight.rules import Part, Plan, plan_of, week_of
from lawdesk.ui import (
    STRETCH,
    Button,
    Command,
    EmptyState,
    Gap,
    Label,
    LineEdit,
    ListModel,
    Page,
    Row,
    RowAction,
    RowList,
    ScrollArea,
    SectionHeading,
    Segment,
    SegmentLine,
    Status,
    Switch2,
    TaskRunner,
    WidthClass,
    hbox,
    sized,
    vbox,
)

TICK_MS = 20_000
AHEAD = 1_000
"""How many rows beyond those read a part is counted to."""
AGENDA_AHEAD = timedelta(days=60)
ACTIONS = (
    RowAction("done", lambda: _("Mark as done"), "check", "Space"),
    RowAction("why", lambda: _("Why this date"), "circle-question-mark"),
    RowAction("case", lambda: _("Go to the case"), "folder-open"),
    RowAction("printed", lambda: _("Set the date on the paper"), "file-check"),
    RowAction("assign", lambda: _("Give to a colleague"), "users"),
    RowAction("waive", lambda: _("Let go …"), "circle"),
)
HEARING_ACTIONS = (
    RowAction("done", lambda: _("It was held"), "check", "Space"),
    RowAction("why", lambda: _("Details"), "circle-question-mark"),
    RowAction("case", lambda: _("Go to the case"), "folder-open"),
    RowAction("adjourn", lambda: _("Adjourned to …"), "calendar-clock"),
    RowAction("assign", lambda: _("Give to a colleague"), "users"),
    RowAction("waive", lambda: _("It was not held …"), "circle"),
)


@dataclass(frozen=True)
class Item:
    """A row of Today; the first of its part carries the part and how many are in it."""

    row: DeadlineRow
    part: Part | None = None
    count: int | None = 0


@dataclass(frozen=True)
class Beside:
    """What stands right of the list, read in one go: the agenda, what waits for me, how much is later."""

    agenda: tuple[DeadlineRow, ...]
    following: DeadlineRow | None
    waiting: int
    later: int


class TodayPage(Page):
    """Today.

    ``hours(parent)`` makes the widget of today's hours, which another feature hands in; ``enter_event(line)``
    opens the event entry with what was typed (else the deadlines page does).
    """

    key, icon = "today", "sun"

    def __init__(
        self,
        service: DeadlineService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock,
        hours: Callable[[QWidget], QWidget] | None = None,
        enter_event: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks, self._clock = service, actor, tasks, clock
        self._enter = enter_event
        self._read_on = clock.today()
        self._place = 0
        self._later = 0
        self.model = ListModel(tasks, to_row=self._row, parent=self)
        self.model.loaded.connect(self._loaded)
        self._hours = hours(self) if hours is not None else None
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._reload()

    def title(self) -> str:
        return _("Today")

    def activated(self) -> None:
        if self._clock.today() != self._read_on:
            self._reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.subject in ("deadline", "case", "proceeding", "person"):
            self._place = max(0, self.list.currentIndex().row())
            self._reload()
        read = getattr(self._hours, "refresh", None)
        if read is not None:
            read(change)

    def commands(self) -> Sequence[Command]:
        return [
            Command("event.new", lambda: _("Record what happened"), self._focus_line, "pencil", "Ctrl+E"),
            Command("today.whose", lambda: _("Mine or whole office"), self._turn, "users", "Ctrl+M"),
        ]

    def resized(self, width: WidthClass) -> None:
        narrow = width == "narrow"
        self.list.set_narrow(narrow)
        sized(self._side, width=17 if narrow else 21.5)

    def retranslate(self) -> None:
        super().retranslate()
        self._fill_words()
        self.model.redraw()
        self.agenda.retranslate()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._tick.stop()

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._date = SegmentLine(step="body")
        self.whose = Switch2(
            [
                ("mine", lambda: pgettext("whose deadlines", "Mine"), "user"),
                ("all", lambda: _("Whole office"), "users"),
            ],
            self._reload,
        )
        if oversees(self._actor()):
            self.whose.choose("all")
        head = QWidget()
        line = hbox(
            Label(self.title, step="h1"), self._date, self.whose, space=3, margins=(3, 0, 0, 0), parent=head
        )
        line.setStretch(1, 1)
        empty = EmptyState("sun", lambda: _("Nothing is due"), self._empty_note)
        self.list = RowList(self.model, name=self.title, empty=empty)
        self.list.opened.connect(lambda item: self._act(item, "why"))
        self.list.acted.connect(self._act)
        self.more = Button(self._more_words, lambda: self.go("deadlines"), kind="link")
        self.more.hide()
        left = vbox(self.list, self.more, space=1.5)
        left.setStretch(0, 1)
        self._side = self._build_side()
        body = hbox(left, self._side, space=5)
        body.setStretch(0, 1)
        layout = vbox(head, body, space=2.5, margins=(3, 4, 5, 3), parent=self)
        layout.setStretch(1, 1)

    def _build_side(self) -> QWidget:
        self.agenda = Agenda(self._clock.today, lambda: local_time(self._clock.now()))
        self.agenda.opened.connect(lambda row: self.go("deadlines", deadline_id=row.id))
        self.line = LineEdit(
            lambda: _("5 Nov: judgment served"), icon="pencil", name=lambda: _("Record what happened")
        )
        self.line.submitted.connect(self._record)
        record = SectionHeading(lambda: _("Record what happened"))
        hint = Label(
            lambda: _("Day and event in one line; Enter reads it back."), step="small", tone="text2", wrap=True
        )
        parts: list[QWidget] = [SectionHeading(lambda: _("Agenda")), self.agenda, Gap(1)]
        if self._hours is not None:
            parts += [self._hours, Gap(1)]
        content = QWidget()
        vbox(*parts, record, self.line, hint, STRETCH, space=2, margins=(0, 0, 2, 2), parent=content)
        side = QWidget()
        vbox(ScrollArea(content), space=0, parent=side)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        sized(side, width=21.5)
        return side

    # -- reading ----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self._read_on = today = self._clock.today()
        mine = self.whose.chosen() == "mine"
        self._fill_words()
        self.model.load(lambda offset, limit: self._fetch(mine, today, offset, limit))
        self._tasks.run(lambda: self._read_beside(mine, today), self._show_beside, owner=self, slot="beside")

    def _filter(self, mine: bool) -> DocketFilter:
        return DocketFilter(person_id=self._actor().person_id if mine else None, ours_only=True)

    def _fetch(self, mine: bool, today: date, offset: int, limit: int) -> tuple[Sequence[Item], int]:
        """Read one page and where the parts begin; runs on the worker."""
        queries, actor, chosen = self._service.queries, self._actor(), self._filter(mine)
        plan = plan_of(self._service.calendar, today)
        most = offset + AHEAD  # the list grows while one scrolls
        shown = replace(chosen, until=plan.until)
        rows, counts = queries.parts(actor, shown, plan.edges, offset=offset, limit=limit, most=most)
        counts = counts[:-1]
        return items_of(rows, plan, counts, offset, most), sum(counts)

    def _read_beside(self, mine: bool, today: date) -> Beside:
        queries, actor, chosen = self._service.queries, self._actor(), self._filter(mine)
        soon = replace(chosen, since=today, until=today + AGENDA_AHEAD, timed=True)
        timed = queries.docket(actor, soon, limit=50)
        plan = plan_of(self._service.calendar, today)
        waiting = count_waiting(queries, actor, today)
        later = queries.tally(actor, chosen, plan.edges, most=AHEAD)[-1]
        agenda = tuple(row for row in timed if row.due == today)
        following = next((row for row in timed if row.due > today), None)
        return Beside(agenda, following, waiting, later)

    def _show_beside(self, found: Beside) -> None:
        self.agenda.fill(found.agenda, found.following)
        self._later = found.later
        self._fill_words()
        if self.host is not None:
            self.host.set_badge(self.key, found.waiting)

    def _loaded(self) -> None:
        if self.list.current_item() is None and self.model.total and self._place:
            self.list.setCurrentIndex(self.model.index(min(self._place, self.model.total - 1)))

    def _ticked(self) -> None:
        if self._clock.today() != self._read_on:
            self._reload()
        else:
            self.agenda.redraw()

    # -- words ------------------------------------------------------------------------------------------------

    def _fill_words(self) -> None:
        if not hasattr(self, "agenda"):
            return
        today = self._clock.today()
        week = _("week {number}").format(number=week_of(today))
        self._date.set_parts([f"{short_date(today)} {weekday(today)}", week])
        self.more.retranslate()
        self.more.setVisible(self._later > 0)

    def _more_words(self) -> str:
        words = ngettext(
            "{count} more later: to the deadlines", "{count} more later: to the deadlines", self._later
        )
        return words.format(count=f"{AHEAD}+" if self._later >= AHEAD else self._later)

    def _empty_note(self) -> str:
        return _("Nothing overdue, nothing today, nothing in the next two weeks.")

    def _row(self, item: Item) -> Row:
        row, today, calendar = item.row, self._clock.today(), self._service.calendar
        near = nearness(row.due, today, kind=row.kind)
        segments: list[Segment | str] = [row.case_title, row.court, row.court_number or row.case_number]
        sub = moved_words(
            due=row.due,
            computed=row.computed_due,
            raw_end=row.raw_end,
            printed=row.printed_due,
            provisional=row.provisional,
            calendar=calendar,
        )
        heading = heading_of(item.part, item.count) if item.part is not None else None
        return Row(
            key=row.id,
            title=row.title,
            icon=near.icon,
            icon_tone=near.tone if near.tone != "neutral" else "text2",
            segments=segments,
            status=Status(near.words, near.tone, near.icon, chip=near.urgent),
            date=spoken_day(row.due, today, calendar, at=row.due_time, kind=row.kind),
            date_sub=sub,
            person=row.person,
            bold=near.urgent,
            heading=heading,
            actions=HEARING_ACTIONS if row.kind == "hearing" else ACTIONS,
        )

    # -- doing ------------------------------------------------------------------------------------------------

    def _act(self, item: Item, key: str) -> None:
        row = item.row
        if key == "done":
            self._complete(row)
        elif key == "case":
            self.go("cases", case_id=row.case_id)
        else:
            target: dict[str, Any] = {} if key == "why" else {"act": key}
            self.go("deadlines", deadline_id=row.id, **target)

    def _complete(self, row: DeadlineRow) -> None:
        service, actor = self._service, self._actor()

        def undo() -> None:
            self._tasks.run(lambda: service.reopen(actor, row.id), owner=self)

        self._tasks.run(
            lambda: service.complete(actor, row.id),
            lambda _result: self.toast(lambda: _("Done: {title}").format(title=row.title), undo),
            owner=self,
        )

    def _record(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if self._enter is not None:
            self._enter(text)
        else:
            self.go("deadlines", line=text)

    def _focus_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn(self) -> None:
        self.whose.choose("all" if self.whose.chosen() == "mine" else "mine")
        self._reload()


def count_waiting(deadlines: DeadlineQueries, actor: Actor, today: date) -> int:
    """Return how much waits for ``actor``: what is overdue or due today. The number beside Today in the rail.

    Whether a hearing of a past day was held is a question, no alarm, and not counted.
    """
    mine = DocketFilter(person_id=actor.person_id, until=today, ours_only=True)
    asked = replace(mine, until=today - timedelta(days=1), hearings=True)
    return deadlines.count(actor, mine) - deadlines.count(actor, asked)


def items_of(
    rows: Sequence[DeadlineRow], plan: Plan, counts: Sequence[int], offset: int, most: int | None = None
) -> list[Item]:
    """Return rows as items; those that begin a part carry it. ``offset``: how many rows lie before them.

    A part counted up to ``most`` shows no number: there are more.
    """
    starts: dict[int, tuple[Part, int]] = {}
    place = 0
    for part, count in zip(plan.parts, counts, strict=True):
        if count:
            starts[place] = (part, count)
        place += count
    made = []
    for number, row in enumerate(rows, start=offset):
        found = starts.get(number)
        if found is None:
            made.append(Item(row))
        else:
            made.append(Item(row, found[0], None if most is not None and found[1] >= most else found[1]))
    return made
