"""From a double click to the window: settings, first start or unlock, then the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from lawdesk.app.closing import Closing
from lawdesk.app.collecting import BEGIN_AFTER_MS, Collector
from lawdesk.app.keyboards import choose_input_method
from lawdesk.app.restoring import Restoring, put_aside
from lawdesk.app.seat import Seat, keep_seat, open_seat, take_seat
from lawdesk.app.switching import ask_passphrase
from lawdesk.app.unlocking import Unlocking
from lawdesk.app.window import Window
from lawdesk.kernel import i18n
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.errors import LawDeskError, UserError, describe
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.settings import Settings
from lawdesk.office import create_office, no_office, open_office, read_key_record
from lawdesk.safekeeping import newest_backup
from lawdesk.storage import keys
from lawdesk.storage.instance import WindowLock
from lawdesk.storage.place import OfficeFolder, default_office_folder, is_server
from lawdesk.ui import Appearance, NewOffice, RestorePage, TaskRunner, UnlockPage, WelcomePage

NAME = "LawDesk"


class Program(QObject):
    """The running program: one office at a time, first locked, then open.

    ``clock`` is what its offices live by; None is the PC's (or, for the demo's office, the demo's own day).
    """

    def __init__(
        self, app: QApplication, settings: Settings, place: str = "", *, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.clock = clock
        self.appearance = Appearance(app, settings)
        self.tasks = TaskRunner()
        self.collector = Collector(self)
        self.start = QStackedWidget()
        self.start.setWindowTitle(NAME)
        self.start.resize(1180, 740)
        self.window: Window | None = None
        self.place = place or settings.text("last_office")
        self._remembered = bool(self.place and not place)
        self.lock: WindowLock | None = None
        self._fault = ""
        self.closing: Closing | None = None
        self.restoring: Restoring | None = None
        self.watcher = QFileSystemWatcher(self)
        self.watcher.fileChanged.connect(lambda _path: self._called())
        app.aboutToQuit.connect(self.close)

    def begin(self, passphrase: str | None = None) -> None:
        """Show the first page: welcome where there is no office yet, else unlock, at once with a passphrase."""
        QTimer.singleShot(BEGIN_AFTER_MS, self.collector, self.collector.begin)
        if not self.place or (not is_server(self.place) and not OfficeFolder(Path(self.place)).exists()):
            first = self.welcome()
            if self._remembered:  # an office was open here: its folder is gone, or its disk is not plugged in
                missing = describe(no_office(OfficeFolder(Path(self.place))))
                first.set_error(lambda: str(missing))
        else:
            self.ask_to_unlock()
            page = self.start.currentWidget()
            if passphrase is not None and isinstance(page, UnlockPage):
                page.unlock_asked.emit(passphrase)

    def close(self) -> None:
        """Leave: finish what is being written, close the office."""
        if self.closing is not None:
            self.closing.release()
        if self.window is not None:
            self.window.leave()
            self.window = None
        self.tasks.close()
        self.collector.close()
        if self.lock is not None:
            self.lock.release()

    def welcome(self) -> WelcomePage:
        """Show the page that makes an office or opens another one."""
        here = Path(self.place) if self.place and not is_server(self.place) else default_office_folder()
        page = WelcomePage(here)
        page.create_asked.connect(lambda wanted: self._create(page, wanted))
        page.open_asked.connect(self._open_other)
        page.restore_asked.connect(self.restore)
        self._show(page)
        return page

    def restore(self) -> RestorePage:
        """Show the page that brings an office back from a backup, with the best one found where it kept them."""
        lost = OfficeFolder(Path(self.place)) if self.place and not is_server(self.place) else None
        best = newest_backup(lost) if lost is not None else None
        fresh = default_office_folder() if lost is None else lost.path.with_name(f"{lost.path.name}-restored")
        page = RestorePage(fresh, backups=Path(best.path).parent.parent if best else None, why=self._fault)
        page.back_asked.connect(self.begin)
        self._show(page)
        self.restoring = Restoring(page, self.tasks, self._restored)
        return page

    def _restored(self, folder: str, secret: str) -> None:
        self.place, self._fault = folder, ""
        self.ask_to_unlock()
        page = self.start.currentWidget()
        if isinstance(page, UnlockPage):
            (page.code_asked if keys.looks_like_code(secret) else page.unlock_asked).emit(secret)

    def ask_to_unlock(self) -> None:
        """Show the page that asks for the passphrase; an office that is not whole says so on the first page."""
        try:
            system = not is_server(self.place) and self._keyring_has_key()
        except LawDeskError as error:
            words = str(describe(error))
            self.welcome().set_error(lambda: words)
            return
        page = UnlockPage(NAME, self.place.split("@")[-1], system=system)
        page.other_asked.connect(self.welcome)
        page.restore_asked.connect(self.restore)
        trying = Unlocking(
            page, self.tasks, self._open, lambda seat: self._opened(seat, trying.failures), self._broken
        )
        self._show(page)

    def _broken(self, error: BaseException) -> None:
        """The office file does not open: keep it as it is, aside, before anybody tries anything."""
        place, self._fault = self.place, str(describe(error))
        if not is_server(place):
            self.tasks.run_long(lambda _progress: put_aside(place), owner=self, aside=True)

    def _show(self, page: UnlockPage | WelcomePage | RestorePage) -> None:
        self._clear_start()
        self.start.addWidget(page)
        self.start.show()
        page.setFocus()

    def _clear_start(self) -> None:
        """Remove the first page, and with it what was typed there."""
        while self.start.count():
            old = self.start.widget(0)
            self.start.removeWidget(old)
            old.deleteLater()

    def _create(self, page: WelcomePage, wanted: NewOffice) -> None:
        page.set_busy(True)

        def create() -> tuple[Seat, str]:
            made = create_office(
                str(wanted.folder),
                firm_name=wanted.firm,
                founder=wanted.person,
                passphrase=wanted.passphrase,
                clock=self.clock,
            )
            self._take_lock(str(wanted.folder))
            keys.remember_in_keyring(made.office.key)
            return take_seat(made.office), made.recovery_code

        def failed(error: BaseException) -> None:
            page.set_busy(False)
            page.set_error(lambda: str(describe(error)))

        def done(made: tuple[Seat, str]) -> None:
            self.place = str(wanted.folder)
            seat, code = made
            self._opened(seat).hand_over(code)

        self.tasks.run(create, done, failed, owner=page)

    def _keyring_has_key(self) -> bool:
        record = read_key_record(OfficeFolder(Path(self.place)))
        return keys.recall_from_keyring(record.office_uid) is not None

    def _open(self, passphrase: str | None, recovery_code: str | None) -> Seat:
        """On the worker. Raises UserError when the office has its window already; that one comes to the front."""
        self._take_lock(self.place)
        meant, last = os.environ.get("LAWDESK_USER", ""), self.settings.text("last_login")
        login = meant or last
        office = open_office(
            self.place, passphrase=passphrase, recovery_code=recovery_code, clock=self.clock, login=login
        )
        try:
            return open_seat(office, login, meant=bool(meant))
        except Exception:
            office.close()
            raise

    def _take_lock(self, place: str) -> None:
        if is_server(place):
            return
        lock = WindowLock(Path(place))
        if self.lock is not None and self.lock.path == lock.path:
            return
        if not lock.acquire():
            lock.call()
            raise UserError(
                "place.open_already",
                N_("This office is already open in another window of LawDesk on this PC."),
                hint=N_("Go on in that window; it was asked to come to the front."),
            )
        if self.lock is not None:
            self.lock.release()
        self.lock = lock

    def _watch_lock(self) -> None:
        """Come to the front when a second LawDesk was started for the same office."""
        if self.lock is None:
            return
        for path in self.watcher.files():
            self.watcher.removePath(path)
        self.watcher.addPath(str(self.lock.path))

    def _called(self) -> None:
        if self.window is not None:
            shell = self.window.shell
            shell.setWindowState(shell.windowState() & ~Qt.WindowState.WindowMinimized)
            shell.raise_()
            shell.activateWindow()

    def _open_other(self, folder: Path) -> None:
        self.place, self._fault = str(folder), ""
        self.ask_to_unlock()

    def _opened(self, seat: Seat, failures: int = 0) -> Window:
        if not is_server(self.place):  # a server's address may hold a password: it is not kept
            self.settings.set("last_office", self.place)
        self.tasks.listen(seat.office.announcer)
        self._watch_lock()
        log, actor = seat.office.sessions, seat.actor
        self.tasks.run(lambda: log.note(actor, "sign_in", failures=failures), owner=self)
        if actor.login != self.settings.text("last_login"):
            self.settings.set("last_login", actor.login)
        window = self._sit_down(seat)
        self.start.hide()
        self._clear_start()
        window.shell.activateWindow()  # the page that went had the keyboard
        return window

    def _sit_down(self, seat: Seat) -> Window:
        """Show the window of one person. Another person gets a window of their own: nothing stays in view."""
        before = self.window
        self.window = Window(seat, self.tasks, self.settings)
        self.window.switch_asked.connect(self._switch)
        window = self.window
        self.closing = Closing(
            seat,
            self.tasks,
            window.shell,
            wanted=lambda: self.window is window and not window.locked,
            stuck=lambda: window.rekeying,
        )
        self.window.shell.show()
        self.window.shown()
        if before is not None:
            if before.recovery_code:
                self.window.hand_over(before.recovery_code)
            before.put_away()
            self.window.shell.activateWindow()
        return self.window

    def _switch(self, login: str) -> None:
        window = self.window
        if window is None:
            return
        office = window.seat.office

        def switched(seat: Seat) -> None:
            if window.locked:
                return  # locked before it was answered: nobody sits down unseen
            log = office.sessions
            self.tasks.run(lambda: log.note(seat.actor, "switch"), owner=self)
            self.settings.set("last_login", login)
            self._sit_down(seat)

        def keep(seat: Seat) -> None:
            if not window.locked:  # it looks again who is here when it is opened
                self._sit_down(seat)

        def sit(words: str) -> Seat:
            return take_seat(office, login, words)

        def refused(error: BaseException) -> None:
            if isinstance(error, UserError) and error.code == "signin.needed":
                ask_passphrase(window.shell, self.tasks, error, sit, switched)
            else:
                window.shell.show_error(error)

        if login == window.seat.actor.login:  # sits here already, perhaps with other rights now
            self.tasks.run(lambda: keep_seat(window.seat), keep, owner=window)
        else:
            self.tasks.run(lambda: take_seat(office, login), switched, refused, owner=window)


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown: without a display Qt ends the program with no word a person could use."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def main(arguments: list[str] | None = None, place: str = "") -> int:
    """Run the desktop program; return its exit code, 4 where there is no display."""
    settings = Settings()
    if not has_display():
        wish = settings.text("language")
        i18n.set_language(i18n.system_language() if wish == "system" else wish)
        sys.stderr.write(_("There is no display here, so LawDesk cannot show its window.") + "\n")
        sys.stderr.write(_("The command line works without one: lawdesk --help") + "\n")
        return 4
    choose_input_method(os.environ)
    QGuiApplication.setApplicationName(NAME)
    QGuiApplication.setDesktopFileName("lawdesk")
    app = QApplication(arguments or sys.argv[:1])
    app.setQuitOnLastWindowClosed(True)
    program = Program(app, settings, place or os.environ.get("LAWDESK_OFFICE", ""))
    program.begin(os.environ.get("LAWDESK_PASSPHRASE"))
    return app.exec()
