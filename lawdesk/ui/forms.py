"""Forms: labels above, 21 columns, problems at their field; and facts, label left and read only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import language
from lawdesk.ui.labels import IconLabel, Label, SectionHeading
from lawdesk.ui.layouts import STRETCH, Gap, grid, hbox, vbox
from lawdesk.ui.words import Follows, Words, say

COLUMNS = 21
Span = int | Mapping[str, int]
"""Columns; or columns by language, where English choices need more room than Chinese ones."""


class Field(Follows, QWidget):
    """A label above an editor, with a problem or a hint below it."""

    def __init__(
        self, words: Words, editor: QWidget, *, required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._words = words
        self.label = Label((lambda: f"{say(words)} *") if required else words, step="small", tone="text2")
        self.label.setBuddy(editor)
        self._names_editor = getattr(editor, "named", True) and not editor.accessibleName()
        if not getattr(editor, "named", True):
            editor.set_name(words)  # type: ignore[attr-defined]  # our own fields have it
        self.retranslate()
        self._mark = IconLabel("circle-alert", tone="red", units=3.6)
        self._message = Label("", step="small", tone="red", wrap=True)
        self._note = QWidget()
        line = hbox(self._mark, self._message, space=1, parent=self._note)
        line.setStretch(1, 1)
        line.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self._note.hide()
        vbox(self.label, editor, self._note, STRETCH, space=1, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def retranslate(self) -> None:
        if getattr(self, "_names_editor", False):
            self.editor.setAccessibleName(say(self._words))

    @property
    def problem(self) -> str:
        """The sentence shown below the editor because something is wrong, or ""."""
        return self._message.words() if self.editor.property("state") == "error" else ""

    def set_problem(self, words: Words | None, *, warning: bool = False) -> None:
        """Show what is wrong (red edge, icon, sentence), or that nothing is (None)."""
        self._state("" if words is None or warning else "error")
        self._mark.set_icon("triangle-alert" if warning else "circle-alert", "amber" if warning else "red")
        self._say(words, "amber" if warning else "red", icon=True)

    def set_valid(self, valid: bool) -> None:
        """Show a tick in the editor (for identifiers whose check digit is right)."""
        self._say(None, "text2", icon=False)
        self._state("valid" if valid else "")

    def set_hint(self, words: Words | None) -> None:
        """Show a quiet sentence below the editor."""
        self._state("")
        self._say(words, "text3", icon=False)

    def _say(self, words: Words | None, tone: str, *, icon: bool) -> None:
        self._message.set_words(words or "")
        self._message.set_tone(tone)
        self._mark.setVisible(icon)
        self._note.setVisible(words is not None)
        self.editor.setAccessibleDescription(say(words) if words is not None else "")

    def _state(self, state: str) -> None:
        setter = getattr(self.editor, "set_state", None)
        if setter is not None:
            setter(state)
        self.editor.setProperty("state", state)


def columns_of(span: Span) -> int:
    """Return the columns in the language of now."""
    return span if isinstance(span, int) else span[language()]


class Form(Follows, QWidget):
    """Fields on a grid of 21 columns that flow into the next row when one is full.

    ``span`` is the width at normal text size (9, 8, 4 are the usual ones). At narrow widths two fields share a row
    in proportion to their spans, unless ``narrow_span`` says otherwise.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._items: list[tuple[QWidget, Span, int]] = []
        self._narrow = False
        self._grid: QGridLayout = grid(across=3, down=2, parent=self)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def section(self, words: Words, *right: QWidget, note: Words = "") -> SectionHeading:
        """Begin a section with a bold heading."""
        heading = SectionHeading(words, *right, note=note)
        if self._items:
            gap = Gap(1)
            self._items.append((gap, COLUMNS, COLUMNS))
        self._items.append((heading, COLUMNS, COLUMNS))
        self._arrange()
        return heading

    def add(
        self,
        key: str,
        words: Words,
        editor: QWidget,
        *,
        span: Span = 9,
        narrow_span: int = 0,
        required: bool = False,
    ) -> Field:
        """Add a field; ``key`` is the ``field`` of the problems rules return."""
        field = Field(words, editor, required=required)
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, editor.sizePolicy().verticalPolicy())
        self._fields[key] = field
        self._items.append((field, span, narrow_span))
        self._arrange()
        return field

    def add_widget(self, widget: QWidget, *, span: int = COLUMNS, narrow_span: int = COLUMNS) -> None:
        """Add any widget (a list of parties, a button)."""
        self._items.append((widget, span, narrow_span))
        self._arrange()

    def field(self, key: str) -> Field:
        """Return the field of ``key``. Raises KeyError for an unknown one."""
        return self._fields[key]

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a field; the others close up."""
        self._fields[key].setProperty("off", not shown)
        self._fields[key].setVisible(shown)
        self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def retranslate(self) -> None:
        if any(not isinstance(span, int) for _widget, span, _narrow in getattr(self, "_items", ())):
            self._arrange()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Put each problem at its field and the focus at the first; return those that belong to no field."""
        self.clear_problems()
        rest = []
        first: Field | None = None
        for problem in problems:
            field = self._fields.get(problem.field)
            if field is None:
                rest.append(problem)
                continue
            field.set_problem(problem.words(), warning=problem.severity != "error")
            first = first or (field if problem.severity == "error" else None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return rest

    def clear_problems(self) -> None:
        """Take every problem away."""
        for field in self._fields.values():
            if field.problem or field.editor.accessibleDescription():
                field.set_problem(None)

    def _arrange(self) -> None:
        for widget, _span, _narrow in self._items:
            self._grid.removeWidget(widget)
        shown = [
            (widget, columns_of(span), narrow)
            for widget, span, narrow in self._items
            if not widget.property("off")
        ]
        row, column = 0, 0
        for widget, width in _paired(shown) if self._narrow else [(widget, span) for widget, span, _n in shown]:
            if column + width > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, width)
            column += width
        previous: QWidget | None = None
        for widget, _span, _narrow in self._items:
            target = widget.editor if isinstance(widget, Field) else None
            if previous is not None and target is not None:
                QWidget.setTabOrder(previous, target)
            previous = target or previous


def _paired(items: Sequence[tuple[QWidget, int, int]]) -> list[tuple[QWidget, int]]:
    """Return the widths of fields in a narrow window: as said, or two to a row in proportion, at least 7 each."""
    made: list[tuple[QWidget, int]] = []
    waiting: tuple[QWidget, int] | None = None
    for widget, span, said in items:
        if said or span > 12:
            if waiting is not None:
                made.append(waiting)
                waiting = None
            made.append((widget, said or COLUMNS))
        elif waiting is None:
            waiting = (widget, span)
        else:
            first = min(COLUMNS - 7, max(7, round(COLUMNS * waiting[1] / (waiting[1] + span))))
            made += [(waiting[0], first), (widget, COLUMNS - first)]
            waiting = None
    if waiting is not None:
        made.append((waiting[0], max(waiting[1], 10)))
    return made


class Facts(QWidget):
    """Read-only facts: label left, value right. Values are words or widgets; empty ones show a dash."""

    def __init__(self, facts: Sequence[tuple[Words, Any]] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid(across=4, down=2, parent=self)
        self._grid.setColumnStretch(1, 1)
        self._made: list[QWidget] = []
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[Words, Any]]) -> None:
        """Show other facts."""
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        for row, (words, value) in enumerate(facts):
            label = Label(words, step="small", tone="text2")
            shown = value if isinstance(value, QWidget) else Label(value or "–", wrap=True)
            if isinstance(shown, Label):
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                shown.setAccessibleName(f"{say(words)}：{shown.words()}")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            # a widget of fixed width without an alignment would hold the whole column at that width
            side = Qt.AlignmentFlag(0) if isinstance(shown, Label) else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop | side)
            self._made += [label, shown]
