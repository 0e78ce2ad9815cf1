"""The window of one person in one office: every page built with what it needs, and what holds them together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from lawdesk.app.caretaker import Caretaker, say_backups
from lawdesk.app.commands import new_commands, person_commands
from lawdesk.app.pages import Pages
from lawdesk.app.seat import Seat
from lawdesk.app.settings_desk import days_since
from lawdesk.app.unlocking import Unlocking
from lawdesk.cases.page import case_entries, party_entries
from lawdesk.kernel.errors import Words
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.kernel.settings import Settings
from lawdesk.office import office_key_record, unlock
from lawdesk.oversight.page import count_waiting
from lawdesk.safekeeping import Act, BackupState
from lawdesk.storage.place import is_server, sync_service
from lawdesk.ui import Command, ShellWindow, TaskRunner, UnlockPage

LOOK_AGAIN_MS = 10 * 60_000
_NOT_SAVED = ("disk.", "file.", "server.")


class Window(QObject):
    """The shell with its pages for the person of ``seat``.

    ``switch_asked(login)``: somebody else wants to work here. :meth:`put_away` ends this window, :meth:`leave`
    the office with it.
    """

    switch_asked = Signal(str)
    backed_up = Signal()

    def __init__(self, seat: Seat, tasks: TaskRunner, settings: Settings) -> None:
        super().__init__()
        self.seat, self.tasks, self.settings = seat, tasks, settings
        self.locked = False
        office = seat.office
        self.pages = Pages(seat, tasks, settings, host=self._host, backed_up=self.backed_up.emit)
        self.shell = ShellWindow(
            seat.firm_name,
            seat.actor.name,
            self.pages.entries(),
            tasks=tasks,
            settings=settings,
            note=_("Invented demo data") if seat.is_demo else "",
            today=office.clock.today,
        )
        self.timer = self.pages.timer_control(self.shell)
        self._name_commands()
        self._fill_finder()
        self._watch()
        self._stop_listening = settings.listen(self._preferred)
        self.shell.go("today")

    def shown(self) -> None:
        """Call once the shell is on screen: what must not delay the first page begins now."""
        self._count_to_lock()
        self._look()
        conflicts, actor = self.seat.office.conflicts, self.seat.actor
        self.tasks.run_long(lambda _progress: conflicts.warm_up(actor), owner=self, aside=True)
        self.caretaker = Caretaker(self.seat, self.tasks, self.shell, self._read_backups)
        self.caretaker.begin()

    def lock(self) -> None:
        """Cover everything until the passphrase is given; what runs goes on, what is typed stays."""
        if self.locked:
            return
        self.locked = True
        self.pages.clear_copies()
        self._note("lock")
        office = self.seat.office
        page = UnlockPage(
            self.seat.firm_name, self.seat.actor.name, other=False, timer_runs=self.timer.timer is not None
        )

        def attempt(passphrase: str | None, recovery_code: str | None) -> None:
            unlock(office_key_record(office), passphrase, recovery_code, use_keyring=False)

        trying = Unlocking(page, self.tasks, attempt, lambda _nothing: self._unlocked(failures=trying.failures))
        self.shell.cover(page)

    def put_away(self) -> None:
        """Close this window and forget it; the office stays open for the next one."""
        self._stop_listening()
        self.pages.clear_copies()
        self.shell.close()
        self.shell.deleteLater()
        self.deleteLater()

    def leave(self) -> None:
        """Finish what is being written, take decrypted copies away and close the office."""
        self._stop_listening()
        self.tasks.close()
        self.pages.clear_copies()
        self.seat.office.close()

    # -- what the window does by itself -------------------------------------------------------------------------

    def _host(self) -> ShellWindow:
        return self.shell

    def _name_commands(self) -> None:
        def report() -> None:
            self.shell.go("time", export=True)

        self.shell.set_new_commands(new_commands(self.shell, self.pages))
        more = Command("time.report", lambda: _("Time report"), report, "download")
        self.shell.add_commands([*self.timer.commands(), more])
        self.shell.set_person_commands(person_commands(self.seat, self.switch_asked.emit))

    def _fill_finder(self) -> None:
        cases, actor = self.seat.office.cases, lambda: self.seat.actor
        self.shell.finder.add_source(case_entries(cases, actor, self.shell.go))
        self.shell.finder.add_source(party_entries(cases, actor, self.shell.go))

    def _watch(self) -> None:
        shell, office = self.shell, self.seat.office
        shell.lock_requested.connect(self.lock)
        shell.bell_requested.connect(lambda: shell.go("today"))
        self.tasks.changed.connect(self._changed)
        self.tasks.unhandled.connect(self._failed)
        self.backed_up.connect(self._read_backups)
        if is_server(office.place):
            shell.status.set_place(lambda: _("On the office's server"), icon="database")
        else:
            shell.status.set_place(lambda: _("On this PC, not online"))
            if service := sync_service(Path(office.place)):
                words = lambda: _("In a folder of {name}: move it").format(name=service)  # noqa: E731
                shell.status.set_place(words, icon="triangle-alert", tone="amber")
        again = QTimer(self)
        again.setInterval(LOOK_AGAIN_MS)
        again.timeout.connect(self._look)
        again.start()

    def _count_to_lock(self) -> None:
        minutes = self.settings.number("auto_lock_minutes")
        self.shell.idle.watch(minutes)
        self.shell.status.set_lock_minutes(minutes)

    def _preferred(self, key: str, _value: object) -> None:
        if key == "auto_lock_minutes":
            self._count_to_lock()

    def _note(self, act: Act, *, failures: int = 0) -> None:
        """Record who came and went, on the worker."""
        log, actor = self.seat.office.sessions, self.seat.actor
        self.tasks.run(lambda: log.note(actor, act, failures=failures), owner=self)

    def _unlocked(self, *, failures: int = 0) -> None:
        self.locked = False
        self._note("unlock", failures=failures)
        self.shell.uncover()
        self._count_to_lock()
        page = self.shell.current_page()
        if page is not None:
            page.activated()

    def _changed(self, change: Changed) -> None:
        self.shell.status.set_saved(self.seat.office.clock.now())
        if change.subject in ("deadline", "case", "proceeding", "person"):
            self._count_waiting()

    def _failed(self, words: Words) -> None:
        if words.code.startswith(_NOT_SAVED):
            self.shell.status.set_not_saved(lambda: _("Not saved: {reason}").format(reason=words.what))

    def _look(self) -> None:
        """What changes without anybody doing anything: the day, and the age of the backup."""
        self._count_waiting()
        self._read_backups()

    def _count_waiting(self) -> None:
        office, actor = self.seat.office, self.seat.actor

        def show(count: int) -> None:
            self.shell.set_badge("today", count)
            self.shell.bell.set_count(count)

        self.tasks.run(
            lambda: count_waiting(office.deadlines.queries, actor, office.clock.today()),
            show,
            owner=self,
            slot="waiting",
        )

    def _read_backups(self) -> None:
        office = self.seat.office
        if office.backups is None:
            return  # its administrator backs it up with the server's own tools; nothing is known here

        def show(state: BackupState) -> None:
            say_backups(self.shell, state, days_since(state.newest) if state.newest else 0)

        self.tasks.run(office.backups.state, show, owner=self, slot="backups")
