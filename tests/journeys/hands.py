"""Two hands on a keyboard before the real program: they know no widget by its class, only by what it is called."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from lawdesk.app.program import Program
from lawdesk.app.window import Window
from lawdesk.kernel.clock import CHINA, FixedClock

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 20_000
MOST_TABS = 120


class Hands:
    """Type, press, look. ``clock`` is the clock of the program."""

    def __init__(self, qtbot: QtBot, program: Program, clock: FixedClock) -> None:
        self.qtbot, self.program, self.clock = qtbot, program, clock

    # -- looking --------------------------------------------------------------------------------------------------

    @property
    def window(self) -> Window:
        assert self.program.window is not None, "no office is open"
        return self.program.window

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        popup = QApplication.activePopupWidget()
        found = popup or QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def picture(self, name: str) -> None:
        """Keep what is in view in the folder ``LAWDESK_PICTURES``, if it is named, for docs/story.md."""
        folder = os.environ.get("LAWDESK_PICTURES")
        if not folder:
            return
        top = self.window.shell if self.program.window is not None else self.program.start
        top.resize(1366, 768)
        self.qtbot.wait(500)  # what is read back while somebody types comes when the keys rest
        assert top.grab().save(str(Path(folder) / f"story-{name}.png"))

    def seen(self, inside: QWidget | None = None) -> str:
        """Return all words in view, as a screen reader reads them, a widget or row a line."""
        top = inside or (self.window.shell if self.program.window is not None else self.program.start)
        return "\n".join(words_in(top))

    def see(self, *words: str) -> None:
        """Wait until all of ``words`` are in view."""

        def there() -> None:
            missing = [word for word in words if word not in self.seen()]
            assert not missing, f"not in view: {missing}, but\n{self.seen()}"

        with contextlib.suppress(NotInTime):
            self.wait(lambda: _holds(there))
        there()

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def arrive(self) -> Window:
        """Wait until the office is open and its window in front, as the desktop puts it."""
        self.qtbot.waitUntil(lambda: self.program.window is not None, timeout=PATIENCE_MS)
        self.settle()
        self.window.shell.activateWindow()
        self.qtbot.waitUntil(self.window.shell.isActiveWindow, timeout=PATIENCE_MS)
        return self.window

    def named(self, kind: type[W], name: str) -> W:
        """Return the visible widget of a kind called ``name``: what the mouse would be over."""
        found = [one for one in self.window.shell.findChildren(kind) if one.isVisible()]
        return next(one for one in found if one.accessibleName() == name)

    def settle(self) -> None:
        """Wait until everything asked for has arrived."""
        tasks = self.program.tasks
        for _round in range(3):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            self.qtbot.waitUntil(lambda: not tasks.busy, timeout=PATIENCE_MS)
        QApplication.processEvents()

    # -- typing ---------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys written as Qt writes them: ``Ctrl+Shift+N``, ``Return``, ``Tab``."""
        for name in keys:
            combination = QKeySequence(name)[0]
            self.qtbot.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a line: Latin letters and digits by key, everything else as an input method commits it."""
        run = ""
        for char in [*text, ""]:
            plain = char.isascii() and char != ""
            if run and plain != run[-1].isascii():
                self._commit(run)
                run = ""
            run += char
        if run:
            self._commit(run)

    def _commit(self, text: str) -> None:
        if text.isascii():
            self.qtbot.keyClicks(self.focus, text)
            return
        for preedit, committed in (("pin yin", ""), ("", text)):
            event = QInputMethodEvent(preedit, [])
            event.setCommitString(committed)
            QApplication.sendEvent(self.focus, event)

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Press Tab until what is called ``name`` has the keyboard; return it."""
        met: list[str] = []
        first = None
        for _step in range(MOST_TABS):
            inside = self.focus
            if name in _called(inside):
                return inside
            if inside is first:
                break
            first = first or inside
            met.append("/".join(_called(inside)) or type(inside).__name__)
            self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not reach {name}, only {', '.join(met)}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field by Tab and type into it, over what it holds."""
        self.tab_to(name)
        self.press("Ctrl+A")
        self.type(text)

    def pick(self, words: str) -> None:
        """Choose in the list field that has the keyboard, with the arrow keys."""
        box = self.focus if isinstance(self.focus, QComboBox) else self.focus.parentWidget()
        assert isinstance(box, QComboBox), f"{box} is no list"
        titles = [box.itemText(row) for row in range(box.count())]
        assert words in titles, f"{words} is not among {titles}"
        steps = titles.index(words) - box.currentIndex()
        for _step in range(abs(steps)):
            self.press("Down" if steps > 0 else "Up")
        assert box.currentText() == words

    def choose(self, words: str) -> None:
        """Choose from the open menu with the arrow keys."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=PATIENCE_MS)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        titles = [action.text() for action in menu.actions()]
        assert any(words in title for title in titles), f"{words} is not among {titles}"
        for _step in range(len(titles) + 1):
            active = menu.activeAction()
            if active is not None and words in active.text():
                break
            self.qtbot.keyClick(menu, Qt.Key.Key_Down)
        self.qtbot.keyClick(menu, Qt.Key.Key_Return)
        self.settle()

    def palette(self, words: str, title: str = "") -> None:
        """Open Ctrl+K, type ``words``, take the first answer (its title must hold ``title``)."""
        self.press("Ctrl+K")
        finder = self.window.shell.finder
        self.qtbot.waitUntil(lambda: finder.is_open, timeout=PATIENCE_MS)
        self.type(words)
        self.qtbot.waitUntil(lambda: bool(self.answers()), timeout=PATIENCE_MS)
        self.settle()
        self.qtbot.waitUntil(lambda: any(title in found for found in self.answers()), timeout=PATIENCE_MS)
        for _step in range([title in found for found in self.answers()].index(True)):
            self.press("Down")
        self.press("Return")
        self.settle()

    def answers(self) -> list[str]:
        """Return the titles the palette offers."""
        model = self.window.shell.finder.list.model()
        rows = [model.index(row, 0) for row in range(model.rowCount())]
        return [str(row.data()) for row in rows if row.flags() & Qt.ItemFlag.ItemIsSelectable]

    # -- the world ------------------------------------------------------------------------------------------------

    def day(self, month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2025) -> None:
        """Let it be another moment."""
        self.clock.set(datetime(year, month, day, hour, minute, tzinfo=CHINA))
        if self.program.window is not None:
            self.window.look_again()  # what the window does every few minutes
            self.settle()

    def answer(self, path: Path | list[Path], ask: Callable[[], object]) -> None:
        """Do ``ask``, which opens the desktop's question for a file, and type ``path`` into it."""
        names = [str(one) for one in (path if isinstance(path, list) else [path])]
        typed = names[0] if len(names) == 1 else " ".join(f'"{name}"' for name in names)
        asked: list[str] = []

        def reply() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(20, reply)
                return
            asked.append(dialog.windowTitle())
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            edit.setText(typed)
            dialog.accept()

        QTimer.singleShot(20, reply)
        ask()
        self.wait(lambda: bool(asked))
        self.arrive()

    def drop(self, target: QAbstractScrollArea, paths: list[Path], *, wait: bool = True) -> None:
        """Drop files on a list as the desktop does."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place = target.viewport()
        point = QPointF(place.rect().center())
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(point.toPoint(), copy, data, left, none)
        QApplication.sendEvent(place, entered)
        assert entered.isAccepted(), "the list takes no files"
        QApplication.sendEvent(place, QDropEvent(point, copy, data, left, none))
        if wait:
            self.settle()


def _holds(check: object) -> bool:
    try:
        check()  # type: ignore[operator]
    except AssertionError:
        return False
    return True


def _called(widget: QWidget) -> list[str]:
    """Return what a screen reader says of a widget and of what it lies in."""
    names = []
    for found in (widget, widget.parentWidget()):
        if found is not None and found.accessibleName():
            names.append(found.accessibleName())
    return names


def words_in(top: QWidget) -> list[str]:
    """Return the words of everything visible in ``top``: labels, buttons, fields, painted parts and rows."""
    found: list[str] = []
    for widget in [top, *top.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractItemView):
            found += _rows_of(widget)
        elif isinstance(widget, QLabel):
            found.append(widget.text())
        elif isinstance(widget, QComboBox):
            found += [widget.accessibleName(), widget.currentText()]
        elif isinstance(widget, QLineEdit):
            found += [widget.accessibleName(), widget.text() or widget.placeholderText()]
        elif isinstance(widget, QPlainTextEdit):
            found += [widget.accessibleName(), widget.toPlainText()]
        elif isinstance(widget, QAbstractButton):
            found.append(widget.text().strip() or widget.accessibleName())
        else:
            found.append(widget.accessibleName())
    return [words for words in found if words.strip()]


def _rows_of(view: QAbstractItemView) -> list[str]:
    model = view.model()
    found = [view.accessibleName()]
    if model is None:
        return found
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            found.append(str(spoken or ""))
    return found
