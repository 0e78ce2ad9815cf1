"""From a double click to the window: settings, first start or unlock, then the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

from lawdesk.app.collecting import BEGIN_AFTER_MS, Collector
from lawdesk.app.keyboards import choose_input_method
from lawdesk.app.seat import Seat, take_seat
from lawdesk.app.unlocking import Unlocking
from lawdesk.app.window import Window
from lawdesk.kernel import i18n
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.errors import LawDeskError, describe
from lawdesk.kernel.i18n import _
from lawdesk.kernel.settings import Settings
from lawdesk.office import create_office, no_office, open_office, read_key_record
from lawdesk.storage import keys
from lawdesk.storage.place import OfficeFolder, default_office_folder, is_server
from lawdesk.ui import Appearance, NewOffice, TaskRunner, UnlockPage, WelcomePage

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
        if self.window is not None:
            self.window.leave()
            self.window = None
        self.tasks.close()
        self.collector.close()

    def welcome(self) -> WelcomePage:
        """Show the page that makes an office or opens another one."""
        here = Path(self.place) if self.place and not is_server(self.place) else default_office_folder()
        page = WelcomePage(here)
        page.create_asked.connect(lambda wanted: self._create(page, wanted))
        page.open_asked.connect(self._open_other)
        self._show(page)
        return page

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
        Unlocking(page, self.tasks, self._open, self._opened)
        self._show(page)

    def _show(self, page: UnlockPage | WelcomePage) -> None:
        while self.start.count():
            old = self.start.widget(0)
            self.start.removeWidget(old)
            old.deleteLater()
        self.start.addWidget(page)
        self.start.show()
        page.setFocus()

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
        """On the worker."""
        office = open_office(self.place, passphrase=passphrase, recovery_code=recovery_code, clock=self.clock)
        return take_seat(office, os.environ.get("LAWDESK_USER") or self.settings.text("last_login"))

    def _open_other(self, folder: Path) -> None:
        self.place = str(folder)
        self.ask_to_unlock()

    def _opened(self, seat: Seat) -> Window:
        if not is_server(self.place):  # a server's address may hold a password: it is not kept
            self.settings.set("last_office", self.place)
        self.tasks.listen(seat.office.announcer)
        window = self._sit_down(seat)
        self.start.hide()
        window.shell.activateWindow()  # the page that went had the keyboard
        return window

    def _sit_down(self, seat: Seat) -> Window:
        """Show the window of one person. Another person gets a window of their own: nothing stays in view."""
        before = self.window
        self.window = Window(seat, self.tasks, self.settings)
        self.window.switch_asked.connect(self._switch)
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
            self.settings.set("last_login", login)
            self._sit_down(seat)

        self.tasks.run(lambda: take_seat(office, login), switched, owner=window)


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
