"""The file order (卷内顺序) of a case as a list to choose from: how many papers lie where, and where none lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from lawdesk.documents.service import Shelf
from lawdesk.kernel.i18n import _
from lawdesk.ui import Column, ComboBox, Label, Status, Table, TableModel, sized, vbox

ALL = ""
UNPLACED = "-"


@dataclass(frozen=True)
class _Line:
    """One line: a place of the file order, everything, or what lies nowhere."""

    key: str
    number: int
    count: int


class PlacesPanel(QWidget):
    """Places with counts. ``changed`` is called after a person chose; ``field`` is the same as a combo box."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._chosen = ALL
        self.lines: list[_Line] = []
        self.model = TableModel(
            [
                Column("place", lambda: _("File order"), self._title, tone=self._tone, bold=self._is_all),
                Column("count", lambda: _("Papers"), self._count, align="right", width=4.2),
                Column("edge", "", lambda _line: "", width=0.7),  # the scroll bar keeps off the figures
            ],
            parent=self,
        )
        self.table = Table(self.model, name=lambda: _("File order"))
        self.table.chosen.connect(self._picked)
        self.note = Label("", step="small", tone="text2", wrap=True)
        self.field = sized(ComboBox(name=lambda: _("File order")), width=16)
        assert isinstance(self.field, ComboBox)
        self.field.chosen_changed.connect(self._take)
        sized(self, width=17)
        column = vbox(self.table, self.note, space=2, parent=self)
        column.setStretch(0, 1)

    def chosen(self) -> str:
        """Return the place chosen: its title, :data:`ALL` or :data:`UNPLACED`."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose without telling anybody."""
        keys = [line.key for line in self.lines]
        self._chosen = key if key in keys else ALL
        with QSignalBlocker(self.table):
            self.table.selectRow(keys.index(self._chosen) if self.lines else -1)
        assert isinstance(self.field, ComboBox)
        self.field.choose(self._chosen)

    def fill(self, shelf: Shelf) -> None:
        """Show the places of a case."""
        self.lines = [_Line(ALL, 0, len(shelf.rows))]
        self.lines += [_Line(place.title, n, place.count) for n, place in enumerate(shelf.places, start=1)]
        if shelf.unplaced:
            self.lines.append(_Line(UNPLACED, 0, shelf.unplaced))
        kept = self._chosen
        with QSignalBlocker(self.table):
            self.model.set_items(self.lines)
        assert isinstance(self.field, ComboBox)
        self.field.set_choices([(line.key, self._words(line)) for line in self.lines])
        self.choose(kept)
        missing, all_places = len(shelf.missing), len(shelf.places)
        self.note.set_words(
            lambda: (
                _("{missing} of {count} places of the file are still empty").format(
                    missing=missing, count=all_places
                )
                if missing
                else _("Every place of the file has a paper")
            )
        )

    def _words(self, line: _Line) -> Callable[[], str]:
        return lambda: f"{self._title(line)} ({line.count})" if line.count else self._title(line)

    def _title(self, line: _Line) -> str:
        if line.key == ALL:
            return _("All documents")
        if line.key == UNPLACED:
            return _("Not placed yet")
        return f"{line.number}  {line.key}"

    def _tone(self, line: _Line) -> str:
        return "text" if line.count or line.key == ALL else "text2"

    def _is_all(self, line: _Line) -> bool:
        return line.key == ALL

    def _count(self, line: _Line) -> Status | str:
        return str(line.count) if line.count or line.key == ALL else Status(_("none"), tone="text3")

    def _picked(self, line: _Line | None) -> None:
        if line is not None:
            self._take(line.key)

    def _take(self, key: object) -> None:
        if str(key) != self._chosen:
            self.choose(str(key))
            self._changed()
