"""The commands of the window that belong to no single page."""

from __future__ import annotations

from collections.abc import Callable

from lawdesk.app.pages import Pages
from lawdesk.app.seat import Seat
from lawdesk.kernel.i18n import _
from lawdesk.ui import Command, ShellWindow


def new_commands(shell: ShellWindow, pages: Pages) -> list[Command]:
    """Return what 新建 offers."""

    def new_case() -> None:
        shell.go("new-case")

    def new_enquiry() -> None:
        shell.go("cases", new="enquiry")

    def record_time() -> None:
        shell.go("time")

    by_hand = pages.enter_deadline
    return [
        Command("case.new", lambda: _("New case"), new_case, "file-plus-2", "Ctrl+Shift+N"),
        Command("enquiry.new", lambda: _("Note an enquiry"), new_enquiry, "phone", "Ctrl+Shift+Q"),
        Command("event.new", lambda: _("Record what happened"), pages.record_event, "pencil", "Ctrl+E"),
        Command("deadline.new", lambda: _("Deadline by hand"), by_hand, "calendar-clock", "Ctrl+Shift+D"),
        Command("time.quick", lambda: _("Record time"), record_time, "timer", "Ctrl+Shift+T"),
    ]


def settings_commands(shell: ShellWindow) -> list[Command]:
    """Return one command for each area of the settings, so that the palette finds them from every page."""
    areas = (
        ("appearance", "palette", lambda: _("Appearance")),
        ("people", "users", lambda: _("People")),
        ("rights", "user-check", lambda: _("Rights")),
        ("walls", "eye-off", lambda: _("Ethical walls")),
        ("firm", "building-2", lambda: _("Firm")),
        ("deadlines", "alarm-clock", lambda: _("Deadlines and reminders")),
        ("security", "lock", lambda: _("Office and security")),
        ("backup", "hard-drive-download", lambda: _("Backup")),
        ("privacy", "id-card", lambda: _("Personal data")),
        ("about", "info", lambda: _("About LawDesk")),
    )

    def command(area: str, icon: str, words: Callable[[], str]) -> Command:
        return Command(f"settings.{area}", words, lambda: shell.go("settings", area=area), icon)

    return [command(*area) for area in areas]


def person_commands(seat: Seat, switch: Callable[[str], object]) -> list[Command]:
    """Return what the menu of the person offers: ``switch(login)`` lets a colleague work here."""

    def command(login: str, name: str) -> Command:
        words = lambda: _("Work as {name}").format(name=name)  # noqa: E731 - asked again in the other language
        return Command(f"person.{login}", words, lambda: switch(login), "user")

    return [command(login, name) for login, name in seat.colleagues]
