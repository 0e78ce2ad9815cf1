"""The entries of a day: times, length, what was done, case and source; edited in place, deleted with undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from lawdesk.kernel.i18n import _
from lawdesk.timesheet.page.words import case_words, times
from lawdesk.timesheet.queries import EntryRow, TimerRow
from lawdesk.timesheet.rules import SOURCE_TITLES, figures
from lawdesk.ui import Column, Command, Status, Table, TableModel, menu_of


class RunningItem:
    """The running timer as a line above the entries."""

    def __init__(self, timer: TimerRow, seconds: int) -> None:
        self.timer = timer
        self.minutes = seconds // 60
        self.id = 0


Item = EntryRow | RunningItem


def _icon(item: Item) -> str:
    if isinstance(item, RunningItem):
        return "pause" if item.timer.paused else "circle-dot"
    return "lock" if item.locked else "check"


def _times(item: Item) -> str:
    if isinstance(item, RunningItem):
        return times(item.timer.first_at, None)
    return times(item.started_at, item.ended_at) or "–"


def _narrative(item: Item) -> str:
    text = item.timer.narrative if isinstance(item, RunningItem) else item.narrative
    return text or _("(nothing written yet)")


def _case(item: Item) -> str:
    row = item.timer if isinstance(item, RunningItem) else item
    return case_words(row.case_id, row.case_title)


def _source(item: Item) -> Status:
    if isinstance(item, RunningItem):
        return Status(_("Paused") if item.timer.paused else _("Timing now"), "accent")
    words = _(SOURCE_TITLES[item.source])
    if item.locked:
        words = _("Locked")
    elif not item.billable and item.case_id is not None:
        words = _("{source}, not billed").format(source=words)
    return Status(words, "text2")


def entry_columns(edit: Callable[[Item, str, str], object]) -> list[Column]:
    """Return the columns; ``edit(item, column key, text)`` is called after F2 and Enter."""
    return [
        Column(
            "times",
            lambda: _("From, to"),
            _times,
            width=10,
            tone=lambda _item: "text2",
            icon=_icon,
        ),
        Column(
            "minutes",
            lambda: _("Length"),
            lambda item: figures(item.minutes),
            align="right",
            width=4.5,
            bold=lambda _item: True,
            edit=lambda item, text: edit(item, "minutes", text),
        ),
        Column(
            "narrative",
            lambda: _("What was done"),
            _narrative,
            tone=lambda item: "text" if _narrative(item) != _("(nothing written yet)") else "amber",
            edit=lambda item, text: edit(item, "narrative", text),
            edit_text=lambda item: (item.timer if isinstance(item, RunningItem) else item).narrative,
        ),
        Column("case", lambda: _("Case"), _case, tone=lambda _item: "text2"),
        Column("source", lambda: _("Source"), _source, align="right", width=7.5),
    ]


class EntryTable(Table):
    """The day's entries. ``deleted(EntryRow)`` on Delete, ``opened(item)`` on Enter; the menu key lists it all."""

    deleted = Signal(object)

    def __init__(self, model: TableModel) -> None:
        super().__init__(model, name=lambda: _("Entries of the day"), fit=True)

    def commands(self) -> list[Command]:
        """Return what can be done with the entry under the cursor."""
        item = self.current_item()
        if not isinstance(item, EntryRow):
            return []
        free = not item.locked
        return [
            Command("entry.open", lambda: _("Edit all of it"), lambda: self.opened.emit(item), "pencil", "Return"),
            Command(
                "entry.delete",
                lambda: _("Delete"),
                lambda: self.deleted.emit(item),
                "trash-2",
                "Del",
                enabled=lambda: free,
            ),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        editing = self.state() == self.State.EditingState
        item = self.current_item()
        if not editing and isinstance(item, EntryRow):
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.deleted.emit(item)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(item)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and index.isValid():
            self.setCurrentIndex(index)
        commands = self.commands()
        if not commands:
            return
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(0, 1)
        menu_of(commands, self).popup(self.viewport().mapToGlobal(place))
