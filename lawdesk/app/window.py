"""The window of one person in one office: every page built with what it needs, and what holds them together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from lawdesk.app.caretaker import Caretaker, say_backups
from lawdesk.app.commands import new_commands, person_commands, settings_commands
from lawdesk.app.handed_over import RecoveryCodeSheet
from lawdesk.app.locking import Lock, close_what_floats
from lawdesk.app.pages import Pages, load_pages
from lawdesk.app.seat import Seat, keep_seat
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, describe
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.kernel.settings import Settings
from lawdesk.oversight.page import count_waiting
from lawdesk.safekeeping import BackupState
from lawdesk.storage.place import is_server, sync_service
from lawdesk.ui import Autosave, Command, Entry, ShellWindow, TaskRunner, clear_secret

if TYPE_CHECKING:
    from lawdesk.app.rekeying import Answer, Rekeying

LOOK_AGAIN_MS = 10 * 60_000
PREPARE_AFTER_MS = 200


class Window(QObject):
    """The shell with its pages for the person of ``seat``.

    ``switch_asked(login)``: somebody else wants to work here. :meth:`put_away` ends this window, :meth:`leave`
    the office with it.
    """

    switch_asked = Signal(str)
    backed_up = Signal()
    _write_failed = Signal(object)

    def __init__(self, seat: Seat, tasks: TaskRunner, settings: Settings) -> None:
        super().__init__()
        self.seat, self.tasks, self.settings = seat, tasks, settings
        self.locked = False
        self._rekeying: Rekeying | None = None
        self.recovery_code, self._code_is_new = "", False
        office = seat.office
        self._day = office.clock.today()
        self.pages = Pages(
            seat,
            tasks,
            settings,
            host=self._host,
            backed_up=self.backed_up.emit,
            show_code=self._hand_new_code,
            change_key=self.change_key,
        )
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
        self.shell.away.start()
        self.look_again()
        self.tasks.busy_changed.connect(self._rested)
        self.caretaker = Caretaker(self.seat, self.tasks, self.shell, self._read_backups)
        self.caretaker.begin()

    def _rested(self, busy: bool) -> None:
        """The first page stands. Now, beside it, what makes the next ones quick: their code and the name index."""
        if busy:
            return
        self.tasks.busy_changed.disconnect(self._rested)
        office, actor = self.seat.office, self.seat.actor

        def prepare() -> None:
            load_pages()
            office.deadlines.law.refresh()
            office.conflicts.warm_up(actor)

        def begin() -> None:
            self.tasks.run_long(lambda _progress: prepare(), lambda _done: self._remind(), owner=self, aside=True)

        QTimer.singleShot(PREPARE_AFTER_MS, self, begin)

    def _remind(self) -> None:
        """From now on the bell counts the reminders nobody has confirmed, and the tray says when new ones come."""
        from lawdesk.deadlines.page import ReminderWatch

        office, shell = self.seat.office, self.shell
        self.reminders = ReminderWatch(
            office.deadlines, actor=lambda: self.seat.actor, tasks=self.tasks, clock=office.clock, parent=shell
        )
        self.reminders.count_changed.connect(shell.bell.set_count)
        self.reminders.asked.connect(self._show_reminders)
        self.reminders.start()

    def _show_reminders(self) -> None:
        if not self.locked:
            self.shell.go("deadlines", tool="reminders")

    def lock(self) -> None:
        """Cover everything, close the office and forget its key until the passphrase is given.

        What runs is finished first; what is typed stays, what is asked for meanwhile waits.
        """
        if self.locked:
            return
        self._hide_everything()
        log, actor = self.seat.office.sessions, self.seat.actor
        self.tasks.run(lambda: log.note(actor, "lock"), owner=self)
        self._lock = Lock(
            self.seat,
            self.tasks,
            self._unlocked,
            timer_runs=self.timer.timer is not None,
            code_waits=bool(self.recovery_code),
        )
        self._lock.page.quit_asked.connect(self.shell.close)
        self.shell.cover(self._lock.page)
        self._lock.close_office()

    def change_key(self, passphrase: str, end: tuple[str, ...]) -> None:
        """Give the office another key, covered and closed meanwhile; then show the new recovery code.

        ``end`` are the ways that do not lead to it. What was tried and refused is said when the window is back.
        """
        from lawdesk.app.rekeying import Rekeying

        if self.locked:
            return
        self._hide_everything()
        self._rekeying = Rekeying(self.seat, self.tasks, (passphrase, end), self._has_new_key, self._kept_key)
        self.shell.cover(self._rekeying.page)
        for gone in (self.shell.idle.idle, self.shell.away.away):
            gone.connect(self._rekeying.leave_locked)
        self._rekeying.begin()

    @property
    def rekeying(self) -> bool:
        """Whether the key is being changed: the window cannot be closed then, only the change stopped."""
        return self._rekeying is not None

    def _has_new_key(self, answer: Answer) -> None:
        code, ended, left = answer
        self.recovery_code, self._code_is_new = code, True
        self._come_back()
        backups = self.seat.office.backups

        def words() -> str:
            said = [_("The office has another key. The passphrase is the same.")]
            if ended:
                said.append(_("What was not ticked does not open it any more."))
            if left:
                unread = _("{count} stored documents could not be read and stay as they were.")
                said.append(unread.format(count=left))
            return " ".join(said)

        self.shell.toast(words)
        if backups is not None:  # the older ones need the passphrase and codes of before
            self.tasks.run_long(
                lambda progress: backups.make(None, progress.at),
                lambda _made: self._read_backups(),
                self.shell.show_error,
                owner=self,
                aside=True,
            )

    def _kept_key(self, error: BaseException) -> None:
        words = str(describe(error))
        if self.seat.office.locked:  # it could not be opened again: as after any lock, with the reason
            self.locked, self._rekeying = False, None
            self.lock()
            self._lock.page.set_error(words)
            return
        self._come_back()
        self.shell.toast(words, icon="info" if isinstance(error, Cancelled) else "octagon-alert")

    def _come_back(self) -> None:
        """The key was changed or not; whoever went away meanwhile finds the window locked."""
        alone = self._rekeying is not None and self._rekeying.alone
        self._rekeying = None
        self.tasks.go_on()
        self._unlocked()
        if alone:
            self.lock()

    def _hide_everything(self) -> None:
        """What floats goes, what is typed is saved, nothing that could be locked again is asked."""
        self.locked = True
        close_what_floats()
        self.pages.clear_copies()
        self._keep_unsaved()
        clear_secret()

    def hand_over(self, code: str, *, renewed: bool = False) -> None:
        """Show a recovery code just made, again and again until somebody says that it is written down."""
        self.recovery_code, self._code_is_new = code, renewed
        self._show_code()

    def put_away(self) -> None:
        """Close this window and forget it; the office stays open for the next one."""
        self._stop_listening()
        self._keep_typed()
        self.pages.clear_copies()
        self.shell.close()
        self.shell.deleteLater()
        self.deleteLater()

    def leave(self) -> None:
        """Finish what is being written, take decrypted copies away and close the office."""
        self._stop_listening()
        self._keep_typed()
        self.tasks.changed.disconnect(self._changed)  # what is still written has nobody to be told to
        self.tasks.finish()
        self.pages.clear_copies()
        self.seat.office.close()

    def _keep_typed(self) -> None:
        """Save what was typed a moment ago and waits for the typing to rest."""
        self.recovery_code = ""
        self.shell.close_sheet()
        inside = self.shell.focusWidget()
        if inside is not None:
            inside.clearFocus()
        self._keep_unsaved()

    def _keep_unsaved(self) -> None:
        for saver in self.shell.findChildren(Autosave):
            saver.flush()

    def _show_code(self) -> None:
        if not self.recovery_code or self.locked:
            return

        def closed() -> None:
            QTimer.singleShot(0, self, self._show_code)

        def written_down() -> None:
            self.recovery_code = ""
            self.shell.close_sheet()

        sheet = RecoveryCodeSheet(self.shell, self.recovery_code, written_down)
        title = (lambda: _("Your new code")) if self._code_is_new else (lambda: _("Your recovery code"))
        self.shell.open_sheet(sheet, title, on_close=closed)

    def _hand_new_code(self, code: str) -> None:
        self.hand_over(code, renewed=True)

    # -- what the window does by itself -------------------------------------------------------------------------

    def _host(self) -> ShellWindow:
        return self.shell

    def _name_commands(self) -> None:
        def report() -> None:
            self.shell.go("time", export=True)

        self.shell.set_new_commands(new_commands(self.shell, self.pages))
        more = Command("time.report", lambda: _("Time report"), report, "download")
        self.shell.add_commands([*self.timer.commands(), more, *settings_commands(self.shell)])
        self.shell.set_person_commands(person_commands(self.seat, self.switch_asked.emit))

    def _fill_finder(self) -> None:
        cases, actor, go = self.seat.office.cases, lambda: self.seat.actor, self.shell.go

        def find_cases(query: str) -> Sequence[Entry]:
            from lawdesk.cases.page import case_entries

            return case_entries(cases, actor, go)(query)

        def find_parties(query: str) -> Sequence[Entry]:
            from lawdesk.cases.page import party_entries

            return party_entries(cases, actor, go)(query)

        self.shell.finder.add_source(find_cases)
        self.shell.finder.add_source(find_parties)

    def _watch(self) -> None:
        shell, office = self.shell, self.seat.office
        shell.lock_requested.connect(self.lock)
        shell.bell_requested.connect(self._show_reminders)
        self.tasks.changed.connect(self._changed)
        self._write_failed.connect(self._not_written)
        office.database.write_failed = self._write_failed.emit
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
        again.timeout.connect(self.look_again)
        again.start()

    def _count_to_lock(self) -> None:
        minutes = self.settings.number("auto_lock_minutes")
        self.shell.idle.watch(minutes)
        self.shell.status.set_lock_minutes(minutes)

    def _preferred(self, key: str, _value: object) -> None:
        if key == "auto_lock_minutes":
            self._count_to_lock()

    def _unlocked(self) -> None:
        self.locked = False
        self.shell.uncover()
        self._look_who_is_here()
        self._count_to_lock()
        self._show_code()
        page = self.shell.current_page()
        if page is not None:
            page.activated()

    def _changed(self, change: Changed) -> None:
        if change.subject != "reminder":  # LawDesk's own bookkeeping says nothing about what a person entered
            self.shell.status.set_saved(self.seat.office.clock.now())
        if change.subject in ("deadline", "case", "proceeding", "person"):
            self._count_waiting()
        if change.subject in ("firm", "person", "right"):
            self._look_who_is_here()
        page = self.shell.current_page()
        if change.subject == "wall" and page is not None:
            page.refresh(None)  # a wall hides and shows things of every kind

    def _look_who_is_here(self) -> None:
        """Somebody came, left or changed: the colleagues of the menu, the firm's name, perhaps the own rights."""
        seat = self.seat
        self.tasks.run(lambda: keep_seat(seat), self._sit, lambda _left: self.lock(), owner=self, slot="seat")

    def _sit(self, seat: Seat) -> None:
        now, before = seat.actor, self.seat.actor
        if (now.person_id, now.role, now.rights) != (before.person_id, before.role, before.rights):
            self.switch_asked.emit(seat.actor.login)  # other rights: every page is made anew
            return
        self.seat = seat
        self.pages.sit(seat)
        self.shell.set_names(seat.firm_name, seat.actor.name)
        self.shell.set_person_commands(person_commands(seat, self.switch_asked.emit))

    def _not_written(self, error: EnvironmentFailure) -> None:
        self.shell.status.set_not_saved(lambda: _("Not saved: {reason}").format(reason=describe(error).what))

    def look_again(self) -> None:
        """What changes without anybody doing anything: the day, and the age of the backup."""
        today = self.seat.office.clock.today()
        if today != self._day:
            self._day = today
            self.shell.begin_day()
        self._count_waiting()
        self._read_backups()

    def _count_waiting(self) -> None:
        office, actor = self.seat.office, self.seat.actor

        self.tasks.run(
            lambda: count_waiting(office.deadlines.queries, actor, office.clock.today()),
            lambda count: self.shell.set_badge("today", count),
            owner=self,
            slot="waiting",
        )

    def _read_backups(self) -> None:
        office = self.seat.office
        if office.backups is None:
            return  # its administrator backs it up with the server's own tools; nothing is known here

        def show(state: BackupState) -> None:
            say_backups(self.shell, state)

        self.tasks.run(office.backups.state, show, owner=self, slot="backups")
