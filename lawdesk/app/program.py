"""From a double click to the window: settings, first start or unlock, then the shell."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QStackedWidget

from lawdesk.app.handed_over import show_recovery_code
from lawdesk.app.keyboards import choose_input_method
from lawdesk.kernel.errors import LawDeskError, describe
from lawdesk.kernel.i18n import _
from lawdesk.kernel.settings import Settings
from lawdesk.office import Created, Office, create_office, open_office, read_key_record
from lawdesk.storage import keys
from lawdesk.storage.place import OfficeFolder, default_office_folder, is_server
from lawdesk.ui import Appearance, NewOffice, TaskRunner, UnlockPage, WelcomePage

if TYPE_CHECKING:
    from lawdesk.app.window import Window


class Program(QObject):
    """The running program: one office at a time, first locked, then open."""

    def __init__(self, app: QApplication, settings: Settings, place: str = "") -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.appearance = Appearance(app, settings)
        self.tasks = TaskRunner()
        self.start = QStackedWidget()
        self.start.setWindowTitle("LawDesk")
        self.start.resize(1180, 740)
        self.window: Window | None = None
        self.place = place or settings.text("last_office")
        self._tries = 0
        app.aboutToQuit.connect(self.close)

    def begin(self, passphrase: str | None = None) -> None:
        """Show the first page: welcome where there is no office yet, else unlock."""
        if not self.place or (not is_server(self.place) and not OfficeFolder(Path(self.place)).exists()):
            self._welcome()
            return
        if passphrase is not None:
            self._opened(open_office(self.place, passphrase=passphrase))
            return
        self._ask_to_unlock()

    def close(self) -> None:
        """Leave: finish what is being written, close the office."""
        if self.window is not None:
            self.window.close_office()
            self.window = None
        self.tasks.close()

    def _show(self, page: UnlockPage | WelcomePage) -> None:
        while self.start.count():
            old = self.start.widget(0)
            self.start.removeWidget(old)
            old.deleteLater()
        self.start.addWidget(page)
        self.start.show()
        page.setFocus()

    def _welcome(self) -> None:
        page = WelcomePage(Path(self.place) if self.place and not is_server(self.place) else default_office_folder())
        page.create_asked.connect(lambda wanted: self._create(page, wanted))
        page.open_asked.connect(self._open_other)
        self._show(page)

    def _create(self, page: WelcomePage, wanted: NewOffice) -> None:
        page.set_busy(True)

        def create() -> Created:
            return create_office(
                str(wanted.folder), firm_name=wanted.firm, founder=wanted.person, passphrase=wanted.passphrase
            )

        def failed(error: BaseException) -> None:
            page.set_busy(False)
            page.set_error(lambda: str(describe(error)))

        def done(made: Created) -> None:
            self.place = str(wanted.folder)
            keys.remember_in_keyring(made.office.key)
            self._opened(made.office)
            if self.window is not None:
                show_recovery_code(self.window.shell, made.recovery_code)

        self.tasks.run(create, done, failed, owner=page)

    def _ask_to_unlock(self) -> None:
        try:
            system = not is_server(self.place) and self._keyring_has_key()
        except LawDeskError as error:
            words = str(describe(error))
            self._welcome()
            page = self.start.currentWidget()
            assert isinstance(page, WelcomePage)
            page.set_error(lambda: words)
            return
        page = UnlockPage(_("LawDesk"), lambda: self._where(), system=system)
        page.unlock_asked.connect(lambda passphrase: self._unlock(page, passphrase=passphrase))
        page.system_asked.connect(lambda: self._unlock(page))
        page.recovery_asked.connect(lambda: self._ask_recovery_code(page))
        page.other_asked.connect(self._welcome)
        self._show(page)

    def _where(self) -> str:
        return self.place.split("@")[-1]

    def _keyring_has_key(self) -> bool:
        record = read_key_record(OfficeFolder(Path(self.place)))
        return keys.recall_from_keyring(record.office_uid) is not None

    def _ask_recovery_code(self, page: UnlockPage) -> None:
        code, given = QInputDialog.getText(
            page, _("Recovery code"), _("The printed recovery code:"), QLineEdit.EchoMode.Normal
        )
        if given and code.strip():
            self._unlock(page, recovery_code=code)

    def _unlock(
        self, page: UnlockPage, *, passphrase: str | None = None, recovery_code: str | None = None
    ) -> None:
        page.set_busy(True)

        def failed(error: BaseException) -> None:
            page.set_busy(False)
            self._tries += 1
            wait = 0 if self._tries < 3 else min(60, 2 ** (self._tries - 2))
            page.set_error(lambda: str(describe(error)), wait_seconds=wait)

        self.tasks.run(
            lambda: open_office(self.place, passphrase=passphrase, recovery_code=recovery_code),
            self._opened,
            failed,
            owner=page,
        )

    def _open_other(self, folder: Path) -> None:
        self.place = str(folder)
        self._ask_to_unlock()

    def _opened(self, office: Office) -> None:
        from lawdesk.app.window import Window

        self._tries = 0
        if not is_server(self.place):  # a server's address may hold a password: it is not kept
            self.settings.set("last_office", self.place)
        self.window = Window(office, self.tasks, self.settings)
        self.window.shell.show()
        self.start.hide()


def main(arguments: list[str] | None = None, place: str = "") -> int:
    """Run the desktop program; return its exit code."""
    choose_input_method(os.environ)
    QGuiApplication.setApplicationName("LawDesk")
    QGuiApplication.setDesktopFileName("lawdesk")
    app = QApplication(arguments or sys.argv[:1])
    app.setQuitOnLastWindowClosed(True)
    program = Program(app, Settings(), place or os.environ.get("LAWDESK_OFFICE", ""))
    program.begin(os.environ.get("LAWDESK_PASSPHRASE"))
    return app.exec()
