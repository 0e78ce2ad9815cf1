"""The command palette: commands, pages and whatever the sources find, all by keyboard; safe while composing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QWidget,
)

from lawdesk.kernel.errors import Words as ErrorWords
from lawdesk.kernel.errors import describe
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import theme
from lawdesk.ui.fields import LineEdit
from lawdesk.ui.keycaps import KeyCaps
from lawdesk.ui.labels import Hairline, IconLabel, Label
from lawdesk.ui.layouts import STRETCH, hbox, vbox
from lawdesk.ui.overlays import Floating
from lawdesk.ui.palettelines import LINE, Entry, LinePainter, Lines, Source, same_entry
from lawdesk.ui.tasks import TaskRunner
from lawdesk.ui.words import Words, alive

WAIT_MS = 90
PER_GROUP = 8
WIDTH = 46.0


class _Panel(Floating):
    """The palette's own panel."""

    radius = "palette"


class Palette(QWidget):
    """Covers the window with a scrim; type, choose, Enter. ``opened()``; ``chosen(entry)`` just before an entry
    runs."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget, tasks: TaskRunner) -> None:
        super().__init__(parent)
        self.hide()
        self._over = parent
        self._tasks = tasks
        self._sources: list[Source] = []
        self._found: dict[int, Sequence[Entry]] = {}
        self._before: QWidget | None = None
        self._query = ""
        self._moved = False
        self._answered: set[int] = set()
        self._enter = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self.search)
        self._panel = _Panel(self)
        self._body = QWidget(self._panel)
        self.edit = LineEdit(lambda: _("Find or do something"), name=lambda: _("Command palette"))
        self.edit.setProperty("bare", True)
        self.edit.setProperty("lead", True)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._typed)
        self._lines = Lines(self)
        self.list = QListView()
        self.list.setModel(self._lines)
        self.list.setItemDelegate(LinePainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self.list.entered.connect(self.list.setCurrentIndex)
        self._nothing = Label(lambda: _("Nothing found"), tone="text2")
        self._trouble = Label("", step="small", tone="red", wrap=True)
        self._foot = self._make_foot()
        head = hbox(IconLabel("search", units=5), self.edit, space=3, margins=(5, 2.5, 4, 2.5))
        quiet = QWidget()
        hbox(self._nothing, margins=(5, 2, 4, 2), parent=quiet)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(quiet)
        bad = hbox(self._trouble, margins=(5, 1, 4, 1))
        column = vbox(head, Hairline(), 1, self._middle, bad, Hairline(), self._foot, space=0, parent=self._body)
        column.setStretch(3, 1)

    @property
    def is_open(self) -> bool:
        """Whether it is in view."""
        return self.isVisible()

    def add_source(self, source: Source) -> None:
        """Ask ``source(query)`` on the worker for entries; groups appear in the order sources were added."""
        self._sources.append(source)

    def open_palette(self, text: str = "") -> None:
        """Open with ``text`` already typed; what is being composed elsewhere is committed first."""
        if not self.isVisible():
            QGuiApplication.inputMethod().commit()
            self._before = self.window().focusWidget()
            self.opened.emit()
        self.edit.setText(text)
        self.edit.selectAll()
        self._trouble.hide()
        self._found.clear()
        self._show()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search()

    def close_palette(self) -> None:
        """Close and give the focus back."""
        if not self.isVisible():
            return
        self._soon.stop()
        self.hide()
        if self._before is not None and alive(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Ask every source for what is typed."""
        self._query = self.edit.text().strip()
        self._moved = False
        self._answered.clear()
        query = self._query
        for number, source in enumerate(self._sources):
            self._tasks.run(
                lambda source=source: source(query),  # type: ignore[misc]  # mypy loses a default's type
                lambda found, number=number: self._arrived(number, query, found),  # type: ignore[misc]
                self._failed,
                owner=self,
                slot=f"source {number}",
            )
        if not self._sources:
            self._show()

    def place(self) -> None:
        """Cover the parent; the panel stands at its upper middle."""
        parent = self._over
        self.setGeometry(parent.rect())
        look = theme.current()
        room = self._panel.margin
        width = min(look.em(WIDTH), parent.width() - look.u(8))
        top = min(look.em(6.3), round(parent.height() * 0.11))
        most = parent.height() - top - look.u(8)
        wanted = self._wanted_height()
        self._panel.setGeometry(
            (parent.width() - width) // 2 - room, top - room, width + 2 * room, min(most, wanted) + 2 * room
        )
        self._body.setGeometry(self._panel.panel_rect())
        self._panel.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        QPainter(self).fillRect(self.rect(), theme.color("scrim"))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        inside: QRect = self._panel.geometry()
        if not inside.contains(event.position().toPoint()):
            self.close_palette()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return not self.edit.composing and self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self._move(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter_pressed()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _move(self, steps: int) -> None:
        self._moved = True
        rows = [row for row, line in enumerate(self._lines.lines) if isinstance(line, Entry)]
        if not rows:
            return
        now = self.list.currentIndex().row()
        place = rows.index(now) if now in rows else -1
        if abs(steps) == 1:
            place = (place + steps) % len(rows)
        else:
            place = min(max(place + steps, 0), len(rows) - 1)
        self.list.setCurrentIndex(self._lines.index(rows[place]))
        if place == 0:
            self.list.scrollToTop()

    def _typed(self, _text: str) -> None:
        self._enter = False
        self._soon.start()

    def _enter_pressed(self) -> None:
        """Run what is chosen; while answers are on their way, run the best one when they are here."""
        if self._soon.isActive():
            self._soon.stop()
            self.search()
        self._enter = not self._moved and len(self._answered) < len(self._sources)
        if not self._enter:
            self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        line = index.data(LINE) if index.isValid() else None
        if isinstance(line, Entry):
            self.close_palette()
            self.chosen.emit(line)
            line.run()

    def _arrived(self, number: int, query: str, found: Sequence[Entry]) -> None:
        if query == self._query and self.isVisible():
            self._found[number] = found
            self._answered.add(number)
            self._show()
            if self._enter and len(self._answered) == len(self._sources):
                self._enter = False
                self._run(self.list.currentIndex())

    def _failed(self, error: BaseException) -> None:
        words: ErrorWords = describe(error)
        self._trouble.set_words(str(words))
        self._trouble.show()
        self._show()

    def _show(self) -> None:
        """Show what has come so far; the cursor stays on the entry it was on if the person moved it."""
        groups: dict[str, list[Entry]] = {}
        for number in sorted(self._found):
            for entry in self._found[number]:
                groups.setdefault(entry.group, []).append(entry)
        lines: list[Entry | str] = []
        for group, entries in groups.items():
            lines += [group, *entries[:PER_GROUP]]
        current = self.list.currentIndex().data(LINE) if self._moved else None
        self._lines.show_lines(lines)
        rows = [row for row, line in enumerate(lines) if isinstance(line, Entry)]
        same = [row for row in rows if same_entry(lines[row], current)]
        if rows:
            self.list.setCurrentIndex(self._lines.index((same or rows)[0]))
        self._middle.setCurrentIndex(0 if rows else 1)
        self._nothing.setVisible(len(self._answered) == len(self._sources))
        if not same:
            self.list.scrollToTop()
        self.place()

    def _wanted_height(self) -> int:
        look = theme.current()
        heading = look.small_line + look.u(3)
        rows = sum(heading if isinstance(line, str) else look.row_height for line in self._lines.lines)
        extra = 0 if self._lines.lines else look.control_height + look.u(4)
        if not self._trouble.isHidden():
            extra += look.small_line * 3
        return look.control_height + look.u(8) + rows + extra + self._foot.sizeHint().height() + look.u(2)

    def _make_foot(self) -> QWidget:
        foot = QWidget()

        def hint(keys: Sequence[str], words: Words) -> QWidget:
            made = QWidget()
            hbox(*(KeyCaps(key) for key in keys), Label(words, step="small", tone="text2"), space=1, parent=made)
            return made

        pinyin = Label(lambda: _("Pinyin initials work too"), step="small", tone="text2")
        hbox(
            hint(("↑↓",), lambda: pgettext("key", "choose")),
            hint(("Enter",), lambda: pgettext("key", "open")),
            hint(("Esc",), lambda: pgettext("key", "close")),
            STRETCH,
            pinyin,
            space=4,
            margins=(5, 1.5, 5, 1.5),
            parent=foot,
        )
        return foot
