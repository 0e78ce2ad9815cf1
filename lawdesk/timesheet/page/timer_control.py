"""Connects the timer chip of the window to the timesheet: start on a case, pause, stop, and what was forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.dates import local_time, short_date
from lawdesk.kernel.errors import Problem, Refused, describe
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.timesheet.page.words import case_words
from lawdesk.timesheet.queries import CaseChoice, EntryRow, TimerRow
from lawdesk.timesheet.rules import figures, parse_duration, words
from lawdesk.timesheet.service import TimesheetService
from lawdesk.ui import STRETCH, Button, Command, Form, Label, LineEdit, TaskRunner, hbox, menu_of, vbox
from lawdesk.ui.page import Host
from lawdesk.ui.topbar import TimerChip


class TimerSheet(QWidget):
    """The running timer in full: what it is for; for a forgotten one, how long the work really took."""

    def __init__(self, control: TimerControl, timer: TimerRow, *, forgotten: bool) -> None:
        super().__init__()
        self._control = control
        self.form = Form()
        self.narrative = LineEdit(lambda: _("What are you doing?"), name=lambda: _("What was done"))
        self.narrative.setText(timer.narrative)
        self.narrative.typed.connect(control.describe)
        self.minutes = LineEdit(lambda: "1:20", name=lambda: _("Length"))
        self.minutes.submitted.connect(self.stop)
        self.form.add("narrative", lambda: _("What was done"), self.narrative, span=21)
        if forgotten:
            self.form.add("minutes", lambda: _("How long did it really take?"), self.minutes, span=21)
        self._forgotten = forgotten
        since = f"{short_date(timer.day)} {local_time(timer.first_at)}"
        note = _("Runs since {since}, on {case}.").format(
            since=since, case=case_words(timer.case_id, timer.case_title)
        )
        buttons = hbox(
            Button(lambda: _("Stop and book"), self.stop, kind="filled"),
            Button(lambda: _("Discard"), control.discard),
            STRETCH,
            space=3,
        )
        vbox(
            Label(note, tone="amber" if forgotten else "text2", wrap=True),
            self.form,
            buttons,
            STRETCH,
            space=3,
            margins=(5, 2, 5, 4),
            parent=self,
        )
        self.setFocusProxy(self.minutes if forgotten else self.narrative)

    def stop(self) -> None:
        """Stop and book, with the time that was typed where one is asked for."""
        minutes: int | None = None
        if self._forgotten:
            read = parse_duration(self.minutes.text())
            if isinstance(read, Problem):
                self.form.show_problems([read])
                return
            minutes = read
        self._control.stop(minutes=minutes, narrative=self.narrative.text())


class TimerControl(QObject):
    """Keeps ``chip`` as the timer of ``actor()`` is, and carries out what is pressed on it.

    ``host`` (the shell) shows toasts and the side sheet. Call :meth:`refresh` when somebody else unlocks.
    """

    def __init__(
        self,
        chip: TimerChip,
        service: TimesheetService,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        *,
        host: Host | None = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or chip)
        self._chip, self._service, self._actor, self._tasks = chip, service, actor, tasks
        self._host = host
        self._clock = clock or SystemClock()
        self._asked_for: object = None
        self.timer: TimerRow | None = None
        self.menu: QMenu | None = None
        chip.start_requested.connect(self.offer_cases)
        chip.pause_requested.connect(lambda: self._run(service.pause_timer))
        chip.resume_requested.connect(lambda: self._run(service.resume_timer))
        chip.stop_requested.connect(self.stop)
        chip.open_requested.connect(self.open)
        tasks.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the timer and show it."""
        actor = self._actor()
        self._tasks.run(lambda: self._service.queries.running(actor), self._show, owner=self, slot="timer")

    def commands(self) -> list[Command]:
        """Return the timer's commands for the palette."""
        return [
            Command("timer.start", lambda: _("Start the timer …"), self.offer_cases, "play", "Ctrl+Shift+S"),
            Command(
                "timer.stop",
                lambda: _("Stop the timer and book"),
                self.stop,
                "square",
                "Ctrl+Shift+X",
                enabled=lambda: self.timer is not None,
            ),
        ]

    def start(self, case_id: int | None, narrative: str = "") -> None:
        """Start on a case; what ran before is booked."""
        actor = self._actor()

        def start() -> EntryRow | None:
            booked = self._service.start_timer(actor, case_id, narrative).booked
            return self._service.queries.entry(actor, booked) if booked is not None else None

        self._tasks.run(start, self._booked, self._refused, owner=self)

    def stop(self, *, minutes: int | None = None, narrative: str | None = None) -> None:
        """Stop and book; a forgotten timer asks how long the work took."""
        actor = self._actor()

        def stop() -> EntryRow | None:
            entry_id = self._service.stop_timer(actor, minutes=minutes, narrative=narrative)
            return self._service.queries.entry(actor, entry_id)

        self._tasks.run(stop, self._booked, self._refused, owner=self)

    def _booked(self, entry: EntryRow | None) -> None:
        """Say what was booked."""
        self.refresh()
        if self._host is None or entry is None:
            return
        self._host.close_sheet()
        said = _("Booked {time}: {what}, {case}").format(
            time=figures(entry.minutes),
            what=entry.narrative or "–",
            case=case_words(entry.case_id, entry.case_title),
        )
        self._host.toast(said)

    def discard(self) -> None:
        """Throw the timer away."""
        self._run(self._service.discard_timer)
        if self._host is not None:
            self._host.close_sheet()

    def describe(self, narrative: str) -> None:
        """Keep what the timer is for."""
        if self.timer is not None and narrative.strip() != self.timer.narrative:
            self._run(lambda actor: self._service.describe_timer(actor, narrative))

    def open(self) -> None:
        """Show the timer in the side sheet."""
        if self.timer is None or self._host is None:
            return
        sheet = TimerSheet(self, self.timer, forgotten=self.timer.forgotten(self._clock.now()))
        self._host.open_sheet(sheet, lambda: _("Timer"))
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_cases(self) -> None:
        """Ask which case: a menu of the recent ones."""
        actor = self._actor()
        self._tasks.run(lambda: self._service.queries.recent_cases(actor), self._offer, owner=self, slot="cases")

    def _offer(self, cases: Sequence[CaseChoice]) -> None:
        commands: list[Command | None] = [
            Command(
                f"timer.{choice.case_id}",
                f"{choice.title}　{choice.cause}" if choice.cause else choice.title,
                lambda choice=choice: self.start(choice.case_id),  # type: ignore[misc]
                "folder-open",
            )
            for choice in cases
        ]
        if commands:
            commands.append(None)
        commands.append(
            Command("timer.office", lambda: case_words(None, ""), lambda: self.start(None), "building-2")
        )
        self.menu = menu_of(commands, self._chip)
        self.menu.popup(self._chip.mapToGlobal(QPoint(0, self._chip.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _show(self, timer: TimerRow | None) -> None:
        self.timer = timer
        if timer is None:
            self._chip.set_stopped()
            return
        now = self._clock.now()
        label = case_words(timer.case_id, timer.case_title)
        if timer.narrative:
            label = f"{label} · {timer.narrative}"
        show = self._chip.set_paused if timer.paused else self._chip.set_running
        show(label, timer.elapsed(now))
        if timer.forgotten(now) and self._asked_for != timer.first_at and self._host is not None:
            self._asked_for = timer.first_at
            said = _("The timer has run for {time}. Press it to say how long the work really took.")
            self._host.toast(said.format(time=words(timer.elapsed(now) // 60)), icon="alarm-clock", tone="amber")

    def _changed(self, change: Changed) -> None:
        if change.subject in ("timer", "case"):
            self.refresh()

    def _run(self, act: Callable[[Actor], object]) -> None:
        actor = self._actor()
        self._tasks.run(lambda: act(actor), lambda _result: self.refresh(), self._refused, owner=self)

    def _refused(self, error: BaseException) -> None:
        self.refresh()
        if isinstance(error, Refused) and any(problem.code == "timer.long" for problem in error.problems):
            self.open()
        elif self._host is not None:
            self._host.toast(str(describe(error)), icon="octagon-alert", tone="red")
