"""The window: rail, top bar, one white sheet with the pages, status bar, and what floats above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from lawdesk.kernel import errors
from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_, _, language
from lawdesk.kernel.settings import Settings
from lawdesk.ui import place, theme
from lawdesk.ui.appearance import other_language
from lawdesk.ui.away import AwayWatch
from lawdesk.ui.buttons import Command
from lawdesk.ui.commandsource import CommandSource
from lawdesk.ui.idle import IdleWatch
from lawdesk.ui.layouts import hbox, vbox
from lawdesk.ui.overlays import FollowsSize, SideSheet, Toast
from lawdesk.ui.page import Page, PageEntry, WidthClass, width_class
from lawdesk.ui.palette import Palette
from lawdesk.ui.rail import Rail
from lawdesk.ui.shortcutsheet import shortcut_sheet
from lawdesk.ui.statusbar import StatusBar
from lawdesk.ui.tasks import TaskRunner
from lawdesk.ui.topbar import TopBar
from lawdesk.ui.words import Follows, Words

SIZE_STEP = 10


class ShellWindow(Follows, QWidget):
    """The program's window. Pages are made on their first visit.

    ``timer`` ``status`` ``bell`` ``finder`` (the palette) are fed by the program. ``bell_requested()``,
    ``lock_requested()`` (Ctrl+L, or idle) and ``page_shown(key)`` are said by the window.
    """

    bell_requested = Signal()
    lock_requested = Signal()
    page_shown = Signal(str)

    def __init__(
        self,
        firm: str,
        person: str,
        entries: Sequence[PageEntry],
        *,
        tasks: TaskRunner,
        settings: Settings,
        note: str = "",
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._firm = firm
        self._tasks = tasks
        self._settings = settings
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._shortcuts: list[QShortcut] = []
        self._extra: list[Command] = []
        self._new: list[Command] = []
        self._command_source = CommandSource()
        self._width: WidthClass = "normal"
        self._covered = False
        self._build(firm, person, note, today or SystemClock().today)
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self._idle)
        self.away = AwayWatch(self)
        self.away.away.connect(self._idle)
        tasks.changed.connect(self._refresh)
        tasks.unhandled.connect(self.show_error)
        theme.signals.changed.connect(self._measure)
        self._bind()
        place.restore(self, self._settings.text("window"))
        self.retranslate()

    def go(self, page_key: str, **target: Any) -> None:
        """Show a page, making it on the first visit; ``target`` goes to its :meth:`Page.go_to`.

        Raises KeyError for a page that does not exist.
        """
        entry = self._entries[page_key]
        page = self._pages.get(page_key)
        if page is None:
            page = self._pages[page_key] = entry.make()
            page.host = self
            self._stack.addWidget(page)
            page.retranslate()
            page.width_class = self._width
            page.resized(self._width)
        self.sheet.close_sheet()
        self._stack.setCurrentWidget(page)
        self.rail.select(entry.under or page_key)
        self._title()
        self._bind()
        if page.stale:
            page.stale = False
            page.refresh(None)
        page.activated()
        if target:
            page.go_to(**target)
        self.page_shown.emit(page_key)

    def page(self, page_key: str) -> Page | None:
        """Return a page if it was visited."""
        return self._pages.get(page_key)

    def current_page(self) -> Page | None:
        """Return the page in view."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def toast(
        self, words: Words, undo: Callable[[], object] | None = None, *, icon: str = "check", tone: str = ""
    ) -> None:
        """Say what was done at the foot of the sheet; ``undo`` makes Ctrl+Z take it back for ten seconds."""
        self.note.say(words, undo, icon=icon, tone=tone)

    def show_error(self, problem: errors.Words | BaseException) -> None:
        """Say what went wrong at the foot of the sheet: what happened, what to do, and the code."""
        words = problem if isinstance(problem, errors.Words) else errors.describe(problem)
        code = f"[{words.code}]" if words.code else ""
        self.toast(" ".join(part for part in (str(words), code) if part), icon="octagon-alert", tone="red")

    def open_sheet(self, content: QWidget, title: Words, *, on_close: Callable[[], object] | None = None) -> None:
        """Slide ``content`` in from the right."""
        self.sheet.open_sheet(content, title, on_close=on_close)

    def close_sheet(self) -> None:
        """Slide the side sheet out."""
        self.sheet.close_sheet()

    def set_badge(self, page_key: str, count: int) -> None:
        """Show how much waits for you on a page."""
        if page_key in self.rail.buttons:
            self.rail.buttons[page_key].set_badge(count)

    def begin_day(self) -> None:
        """It is another day than a moment ago: "today" and "days left" are counted anew on every page."""
        self._refresh(None)
        self.status.retranslate()

    def set_names(self, firm: str, person: str) -> None:
        """Show the firm or the person under another name."""
        self._firm = firm
        self.rail.firm.set_words(firm)
        self.rail.person.set_words(person)
        self._title()

    def set_new_commands(self, commands: Sequence[Command]) -> None:
        """Set the menu of 新建 (also Ctrl+N and in the palette)."""
        self._new = list(commands)
        self.bar.set_new_commands(commands)
        self._bind()

    def set_person_commands(self, commands: Sequence[Command]) -> None:
        """Set the menu of the person at the foot of the rail (also in the palette)."""
        self.rail.person_commands = tuple(commands)
        self._bind()

    def add_commands(self, commands: Sequence[Command]) -> None:
        """Add commands that work on every page."""
        self._extra += commands
        self._bind()

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind ``widget`` (the unlock page); no client name stays, also not in the title."""
        self.uncover()
        self.finder.close_palette()
        self.sheet.close_sheet()
        self.note.close_toast()
        self._covered = True
        self._whole.addWidget(widget)
        self._whole.setCurrentWidget(widget)
        self._bind()
        self._title()
        widget.setFocus()

    def uncover(self) -> None:
        """Show the window again; the cover is deleted."""
        while self._whole.count() > 1:
            cover = self._whole.widget(1)
            self._whole.removeWidget(cover)
            cover.deleteLater()
        self._covered = False
        self._bind()
        self._title()

    def commands(self) -> list[Command]:
        """Return everything that can be done now: the page's own, new things, pages, the window's; each once."""
        page = self.current_page()
        own = list(page.commands()) if page is not None else []
        found = [*own, *self._new, *self._extra, *self._pages_commands(), *self._own, *self.rail.person_commands]
        once: dict[str, Command] = {}
        for command in found:
            once.setdefault(command.key, command)
        return list(once.values())

    def show_shortcuts(self) -> None:
        """Open the shortcut sheet (F1)."""
        page = self.current_page()
        groups: list[tuple[Words, Sequence[Command]]] = []
        if page is not None:
            groups.append((page.title, page.commands()))
        everywhere = [*self._own, *self._new, *self._extra, *self.rail.person_commands]
        groups += [(lambda: _("Everywhere"), everywhere), (lambda: _("Pages"), self._pages_commands())]
        self.open_sheet(shortcut_sheet(groups), lambda: _("Keyboard"))

    def retranslate(self) -> None:
        if hasattr(self, "rail"):
            self._title()
            self._bind()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._measure()
        if self.finder.is_open:
            self.finder.place()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._prefer("window", place.kept(self))
        page = self.current_page()
        if page is not None and page.key:
            self._prefer("last_page", page.key)
        super().closeEvent(event)

    def _build(self, firm: str, person: str, note: str, today: Callable[[], date]) -> None:
        self.rail = Rail(firm, person, note, list(self._entries.values()))
        self.rail.picked.connect(self.go)
        self.bar = TopBar(search=self._open_finder, bell=self.bell_requested.emit)
        self.timer, self.bell = self.bar.timer, self.bar.bell
        self.status = StatusBar(self.show_shortcuts, today=today)
        self._frame = QFrame()
        self._frame.setObjectName("sheet")
        self._stack = _Stack()
        vbox(self._stack, space=0, margins=0, parent=self._frame)
        layout = self._frame.layout()
        assert layout is not None
        layout.setProperty("units", None)
        layout.setContentsMargins(1, 1, 1, 1)
        middle = hbox(self._frame, space=0, margins=(0, 0, 3, 0))
        right = vbox(self.bar, middle, self.status, space=0)
        right.setStretch(1, 1)
        main = QWidget()
        line = hbox(self.rail, right, space=0, parent=main)
        line.setStretch(1, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(main)
        vbox(self._whole, space=0, parent=self)
        self.note = Toast(self._frame)
        self.sheet = SideSheet(self._frame)
        self.finder = Palette(self, self._tasks)
        self.finder.opened.connect(lambda: self._command_source.note(self.commands()))
        self.finder.add_source(self._command_source)
        FollowsSize(self._frame, self._place_floating)
        self._own = self._make_own()

    def _make_own(self) -> list[Command]:
        return [
            Command("palette", lambda: _("Find or do something"), self._open_finder, "search", "Ctrl+K"),
            Command(
                "new", lambda: _("New …"), self.bar.open_new, "plus", "Ctrl+N", enabled=lambda: bool(self._new)
            ),
            Command("lock", lambda: _("Lock"), self.lock_requested.emit, "lock", "Ctrl+L"),
            *(
                Command(key, words, lambda step=step: self._resize_text(step), "a-large-small", keys)  # type: ignore[misc]
                for key, words, step, keys in (
                    ("larger", lambda: _("Larger text"), SIZE_STEP, "Ctrl+="),
                    ("smaller", lambda: _("Smaller text"), -SIZE_STEP, "Ctrl+-"),
                    ("normal", lambda: _("Normal text size"), 0, "Ctrl+0"),
                )
            ),
            Command("theme", lambda: _("Light or dark"), self._switch_theme, "moon"),
            Command("language", other_language, self._switch_language, "languages", hint=lambda: _("Language")),
            Command("keys", lambda: _("Keyboard"), self.show_shortcuts, "keyboard", "F1"),
        ]

    def _pages_commands(self) -> list[Command]:
        made = []
        above = 0
        for key, entry in self._entries.items():
            if entry.under:
                continue
            above += 0 if entry.at_foot else 1
            shortcut = f"Ctrl+{above}" if not entry.at_foot and above <= 9 else ""
            made.append(Command(f"go.{key}", entry.title, lambda key=key: self.go(key), entry.icon, shortcut))  # type: ignore[misc]
        return made

    def _bind(self) -> None:
        """Give every command that has a shortcut its key; the first to claim a key keeps it."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        if self._covered or not hasattr(self, "_own"):
            return
        claimed: dict[str, Command] = {}
        for command in self.commands():
            if command.shortcut:
                claimed.setdefault(QKeySequence(command.shortcut).toString(), command)
        for keys, command in claimed.items():
            self._add_shortcut(keys, lambda command=command: command.run() if command.enabled() else None)  # type: ignore[misc]
        self._add_shortcut("Ctrl++", lambda: self._resize_text(SIZE_STEP))
        self._add_shortcut("Ctrl+Z", self._undo)

    def _add_shortcut(self, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(run)
        self._shortcuts.append(shortcut)

    def _undo(self) -> None:
        """Ctrl+Z, unless a field has the focus and something of its own to take back: what the toast speaks of."""
        if self.note.can_undo:
            self.note.undo()

    def _open_finder(self) -> None:
        self.finder.open_palette()

    def _refresh(self, change: Changed | None) -> None:
        shown = self.current_page()
        for page in self._pages.values():
            if page is shown:
                page.refresh(change)
            else:
                page.stale = True

    def _measure(self) -> None:
        """Find the width class and tell rail, status bar and pages."""
        width = width_class(self.width(), theme.current().base)
        if width == self._width:
            return
        self._width = width
        narrow = width == "narrow"
        self.rail.set_narrow(narrow)
        self.bar.set_narrow(narrow)
        self.status.set_narrow(narrow)
        for page in self._pages.values():
            page.set_width_class(width)

    def _place_floating(self) -> None:
        for floating in (self.note, self.sheet):
            if floating.isVisible():
                floating.place()

    def _title(self) -> None:
        page = self.current_page()
        parts = [] if self._covered or page is None else [page.title()]
        self.setWindowTitle(" – ".join([*parts, self._firm, "LawDesk"]))

    def _prefer(self, key: str, value: Any) -> None:
        """Keep a setting; a full disk is told, not thrown."""
        try:
            self._settings.set(key, value)
        except OSError as error:
            self.show_error(
                EnvironmentFailure("settings.write", N_("Your setting could not be kept."), str(error))
            )

    def _resize_text(self, step: int) -> None:
        now = self._settings.number("text_size")
        self._prefer("text_size", min(200, max(100, now + step)) if step else 100)

    def _switch_theme(self) -> None:
        self._prefer("theme", "light" if theme.current().dark else "dark")

    def _switch_language(self) -> None:
        self._prefer("language", "en" if language() == "zh" else "zh")

    def _idle(self) -> None:
        if not self._covered:
            self.lock_requested.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "rail"):
            self.status.retranslate()  # "today" may have become yesterday
        super().changeEvent(event)


class _Stack(QStackedWidget):
    """The pages. No page, least of all one out of view, may hold the window wider than the screen."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)
