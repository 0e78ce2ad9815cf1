"""Hours of today, for the Today page: the sum, a bar of the day with the gaps, one gap named, the quick entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.firm import Actor
from lawdesk.kernel.clock import CHINA, Clock, SystemClock
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.timesheet.page.quick import QuickLine
from lawdesk.timesheet.page.time_page import RestDays, weekends
from lawdesk.timesheet.page.words import minute_of_day
from lawdesk.timesheet.queries import DaySpans, EntryFilter
from lawdesk.timesheet.rules import Gap, figures, words
from lawdesk.timesheet.service import TimesheetService
from lawdesk.ui import Button, Follows, IconLabel, Label, SectionHeading, TaskRunner, hbox, theme, vbox

_SCALE = (9 * 60, 18 * 60)
_MARKS = (9, 12, 15, 18)


class DayBar(Follows, QWidget):
    """The day from nine to six: recorded spans as blocks, now as a red line, hours below."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: Sequence[tuple[int, int]] = ()
        self._now: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_day(self, spans: Sequence[tuple[int, int]], now: int | None) -> None:
        """Show spans and now, in minutes after midnight."""
        self._spans, self._now = spans, now
        said = "，".join(f"{minute_of_day(start)}—{minute_of_day(end)}" for start, end in spans)
        self.setAccessibleName(_("Recorded today: {spans}").format(spans=said or _("nothing")))
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(16), theme.u(6) + theme.current().metrics("tiny").height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, look.u(0.5), self.width(), look.u(4.5))
        radius = look.radius("chip")
        painter.setBrush(look.color("neutral_soft"))
        painter.drawRoundedRect(track, radius, radius)
        first, last = self._range()

        def place(minute: int) -> float:
            return self.width() * (min(max(minute, first), last) - first) / (last - first)

        painter.setBrush(look.color("bar"))
        painter.setPen(QPen(look.color("surface"), 1))
        for start, end in self._spans:
            if place(end) > place(start):
                painter.drawRoundedRect(
                    QRectF(place(start), track.y(), max(2.0, place(end) - place(start)), track.height()),
                    radius,
                    radius,
                )
        if self._now is not None and first <= self._now <= last:
            painter.fillRect(QRectF(place(self._now) - 1, 0, 2, look.u(5.5)), look.color("red"))
        painter.setFont(look.font("tiny"))
        painter.setPen(look.color("text3"))
        for hour in _MARKS:
            text = f"{hour}:00"
            width = look.width("tiny", text)
            x = min(max(0.0, place(hour * 60) - width / 2), self.width() - width)
            painter.drawText(QRectF(x, look.u(5.5), width + 2, look.metrics("tiny").height()), text)

    def _range(self) -> tuple[int, int]:
        """Return the scale: nine to six, wider when somebody worked earlier or later."""
        starts, ends = [start for start, _end in self._spans], [end for _start, end in self._spans]
        return min([_SCALE[0], *starts]), max([_SCALE[1], *ends])


@dataclass(frozen=True)
class _Read:
    today: DaySpans
    before: DaySpans | None


class TodayHours(Follows, QWidget):
    """Hours of today. ``refresh(change)`` reads again; ``booked(entry id)`` after a quick entry."""

    booked = Signal(int)

    def __init__(
        self,
        service: TimesheetService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock | None = None,
        rest_days: RestDays | None = None,
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks = service, actor, tasks
        self._clock = clock or SystemClock()
        self._rest_days = rest_days or weekends
        self._gap: tuple[date, Gap] | None = None
        self._read: _Read | None = None
        self.sum = Label("", step="h2")
        self.target = Label("", step="small", tone="text2")
        self.bar = DayBar()
        self.gap_note = Label("", step="small", tone="amber", elide=True)
        self._fill = Button(lambda: _("Fill in"), self.fill_gap, kind="link")
        self._gap_line = QWidget()
        line = hbox(
            IconLabel("circle-alert", tone="amber", units=3.6), self.gap_note, self._fill, parent=self._gap_line
        )
        line.setStretch(1, 1)
        self.quick = QuickLine(service, actor=actor, tasks=tasks, today=self._clock.today, compact=True)
        self.quick.booked.connect(self._booked)
        head = hbox(self.sum, self.target, space=2)
        head.setStretch(0, 1)
        vbox(
            SectionHeading(lambda: _("Hours of today")),
            head,
            self.bar,
            self._gap_line,
            self.quick,
            space=2,
            parent=self,
        )
        self._gap_line.hide()
        self.reload()

    def refresh(self, change: Changed | None) -> None:
        """Read again when ``change`` touched time."""
        if change is None or change.subject in ("time_entry", "timer", "firm"):
            self.reload()

    def reload(self) -> None:
        """Read the hours of today, and the gaps of the working day before."""
        actor, today = self._actor(), self._clock.today()
        person, before = actor.person_id or 0, self._working_day_before(today)

        def read() -> _Read:
            queries = self._service.queries
            worked = queries.count_entries(actor, EntryFilter(person, None, before, before))
            return _Read(
                queries.day_spans(actor, person, today),
                queries.day_spans(actor, person, before) if worked else None,
            )

        self._tasks.run(read, self._show, owner=self, slot="hours")

    def fill_gap(self) -> None:
        """Begin a quick entry that fills the named gap."""
        if self._gap is None:
            return
        day, gap = self._gap
        front = "" if day == self._clock.today() else f"{day.month}月{day.day}日 "
        self.quick.set_text(f"{front}{minute_of_day(gap.start)}-{minute_of_day(gap.end)} ")

    def retranslate(self) -> None:
        read: _Read | None = getattr(self, "_read", None)
        if read is not None:
            self._show(read)

    def _booked(self, entry_id: int) -> None:
        self.reload()
        self.booked.emit(entry_id)

    def _working_day_before(self, today: date) -> date:
        for back in range(1, 15):
            day = today - timedelta(days=back)
            if self._rest_days(day) is None:
                return day
        return today - timedelta(days=1)

    def _show(self, read: _Read) -> None:
        self._read = read
        today = read.today
        now = self._clock.now().astimezone(CHINA)
        total = today.minutes + today.running_minutes
        self.sum.set_words(words(total) if total else _("Nothing yet"))
        self.target.set_words(_("target {time}").format(time=words(today.target_minutes)))
        self.target.setVisible(bool(today.target_minutes) and self._rest_days(today.day) is None)
        self.bar.set_day(today.spans, now.hour * 60 + now.minute)
        self._gap = self._name_gap(read)
        self._gap_line.setVisible(self._gap is not None)
        if self._gap is not None:
            day, gap = self._gap
            self.gap_note.set_words(
                _("{day} {start}—{end} not recorded ({length})").format(
                    day=self._day_words(day),
                    start=minute_of_day(gap.start),
                    end=minute_of_day(gap.end),
                    length=figures(gap.minutes),
                )
            )

    def _name_gap(self, read: _Read) -> tuple[date, Gap] | None:
        """Choose the gap to name: yesterday's first, it is forgotten sooner; the longest of its day."""
        for spans in (read.before, read.today):
            if spans is None or self._rest_days(spans.day) is not None:
                continue
            if spans.gaps:
                return spans.day, max(spans.gaps, key=lambda gap: gap.minutes)
        return None

    def _day_words(self, day: date) -> str:
        back = (self._clock.today() - day).days
        return _("Today") if back == 0 else _("Yesterday") if back == 1 else short_date(day)
