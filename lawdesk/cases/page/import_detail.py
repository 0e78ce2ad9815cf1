"""One row of a file to be brought in: what is wrong with it, and its cells beside what LawDesk read in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lawdesk.cases.page.import_job import Job, Line, Pair, problem_words, severity_look, state_status
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    Button,
    Chip,
    Follows,
    Hairline,
    IconLabel,
    Label,
    ScrollArea,
    empty_layout,
    grid,
    hbox,
    vbox,
)

_SCROLL = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
}


class LineDetail(Follows, QWidget):
    """Shows one :class:`Line`; ``open_thing(line)`` goes to the case or party it became."""

    def __init__(self, job: Job, open_thing: Callable[[Line], object]) -> None:
        super().__init__()
        self._job = job
        self._line: Line | None = None
        self._pairs: Sequence[Pair] = ()
        self.place = Label("", step="h3")
        self.chip = Chip("")
        self.title = Label("", tone="text2", wrap=True)
        self.link = Button(lambda: _("Show it in LawDesk"), self._open, kind="link", icon="arrow-right")
        self._open_thing = open_thing
        self.problems = QWidget()
        self._problem_rows = vbox(space=1.5, parent=self.problems)
        self.table = QWidget()
        self._cells = grid(across=3, down=1.5, parent=self.table)
        for column, share in enumerate((2, 4, 4)):
            self._cells.setColumnStretch(column, share)
        head = hbox(self.place, self.chip, space=2)
        head.addStretch(1)
        content = QWidget()
        column_of = vbox(
            head, self.title, self.link, self.problems, Hairline(), self.table, space=2, margins=(5, 4, 4, 4)
        )
        column_of.addStretch(1)
        content.setLayout(column_of)
        self._area = ScrollArea(content)
        vbox(self._area, space=0, parent=self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        content.hide()
        self._content = content

    def show_line(self, line: Line | None, pairs: Sequence[Pair]) -> None:
        """Show a row, or nothing."""
        self._line, self._pairs = line, pairs
        self._content.setVisible(line is not None)
        if line is None:
            return
        status = state_status(line.state)
        self.place.set_words(lambda: line.place)
        self.chip.set_chip(lambda: state_status(line.state).text, tone=status.tone, icon=status.icon)
        self.title.set_words(" ".join(part for part in (line.number, line.title) if part))
        self.title.setVisible(bool(line.number or line.title))
        self.link.setVisible(line.opens is not None)
        self._fill_problems(line.sorted_problems())
        self._fill_cells(line)
        self._area.verticalScrollBar().setValue(0)
        self.setAccessibleName(line.place)
        self.setAccessibleDescription("\n".join(problem_words(self._job, one) for one in line.sorted_problems()))

    def retranslate(self) -> None:
        if getattr(self, "_line", None) is not None:
            self.show_line(self._line, self._pairs)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        bar = self._area.verticalScrollBar()
        if event.key() in _SCROLL:
            bar.setValue(bar.value() + _SCROLL[Qt.Key(event.key())] * bar.singleStep())
            return
        super().keyPressEvent(event)

    def _open(self) -> None:
        if self._line is not None:
            self._open_thing(self._line)

    def _fill_problems(self, problems: Sequence[Problem]) -> None:
        empty_layout(self._problem_rows)
        for problem in problems:
            tone, icon = severity_look(problem)
            words = Label(problem_words(self._job, problem), wrap=True)
            row = QWidget()
            line = hbox(IconLabel(icon, tone=tone), words, space=2, parent=row)
            line.setStretch(1, 1)
            line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
            self._problem_rows.addWidget(row)
        self.problems.setVisible(bool(problems))

    def _fill_cells(self, line: Line) -> None:
        empty_layout(self._cells)
        worst = {problem.field: severity_look(problem)[0] for problem in reversed(line.sorted_problems())}
        heads = ("", _("In the file"), _("Read by LawDesk")) if self._pairs else ()
        for column, words in enumerate(heads):
            self._cells.addWidget(Label(words, step="small", tone="text3"), 0, column)
        shown = [pair for pair in self._pairs if pair.cell or pair.read or pair.field in worst]
        for row, pair in enumerate(shown, start=1):
            tone = worst.get(pair.field, "text")
            cells = (
                Label(pair.heading, step="small", tone="text2", wrap=True),
                Label(_breakable(pair.cell) or "–", step="small", tone="text2", wrap=True),
                Label(_breakable(pair.read) or "–", step="small", tone=tone, wrap=True),
            )
            for column, cell in enumerate(cells):
                cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
                self._cells.addWidget(cell, row, column)

    def shown_cells(self) -> list[tuple[str, str, str]]:
        """Return the lines of the comparison as they stand on screen: heading, cell, reading."""
        lines = []
        for row in range(1, self._cells.rowCount()):
            items = [self._cells.itemAtPosition(row, column) for column in range(3)]
            labels = [item.widget() for item in items if item is not None]
            texts = [label.text().replace("\u200b", "") for label in labels if isinstance(label, QLabel)]
            if len(texts) == 3:
                lines.append((texts[0], texts[1], texts[2]))
        return lines


def _breakable(text: str) -> str:
    """Let long figures and numbers flow where the column is narrow."""
    return text.replace("/", "/\u200b").replace("号", "号\u200b")
