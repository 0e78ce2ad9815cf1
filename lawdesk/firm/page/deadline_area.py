"""Deadlines: on which days each kind is reminded of, and whether a second person agrees to changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lawdesk.firm.page.area import Area, Lines, holding
from lawdesk.firm.page.desk import LadderShown, SettingsDesk
from lawdesk.firm.queries import PersonRow
from lawdesk.kernel.errors import Refused
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    Autosave,
    Button,
    CheckBox,
    Label,
    LineEdit,
    Page,
    SectionHeading,
    Words,
    empty_layout,
    grid,
    sized,
)

SECOND_PERSON = "deadline_second_person"
LINKS: dict[str, Words] = {
    "rules": lambda: _("Rules of periods"),
    "calendar": lambda: _("Holidays and closed days"),
    "away": lambda: _("Absences and deputies"),
}
"""Tools of the deadlines that belong to the firm's settings, too."""


@dataclass(frozen=True)
class _Shown:
    """What the area shows."""

    two_persons: bool
    ladders: Sequence[LadderShown]
    people: list[PersonRow]


class DeadlineArea(Area):
    """The reminder ladders as a table of kind and days, and the second person."""

    key, icon, action = "deadlines", "alarm-clock", "firm.change"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(
            desk, page, lambda: _("Deadlines and reminders"), lambda: _("For everybody in this office.")
        )
        self.two = CheckBox(lambda: _("Deleting or moving a deadline needs a second person"))
        self.two.clicked.connect(self._keep_two)
        lines = Lines()
        lines.add(
            lambda: _("Second person"),
            self.two,
            lambda: _("The change waits until a colleague agrees; both stay in the file of the case."),
        )
        self.rows: dict[str, LadderRow] = {}
        self._table = QWidget()
        self._grid: QGridLayout = grid(across=3, down=2, parent=self._table)
        self._grid.setColumnStretch(4, 1)
        about = Label(
            lambda: _(
                "First the responsible lawyer; from 3 days before, if nobody confirmed, the deputy; "
                "from 1 day before the director. A change holds for what falls due from today."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.links = {name: Button(words, partial(self._open, name), kind="link") for name, words in LINKS.items()}
        self.put(lines, SectionHeading(lambda: _("Days of reminding")), about, self._table)
        self.put(SectionHeading(lambda: _("What dates are counted by")), holding(*self.links.values()))

    def _open(self, tool: str) -> None:
        self.page.go("deadlines", tool=tool)

    def read(self) -> None:
        if any(row.pending for row in self.rows.values()):
            return  # somebody types: their words win over what was read
        queries, actor, ladders = self.desk.firm.queries, self.desk.actor(), self.desk.ladders

        def work() -> _Shown:
            two = queries.setting(actor, SECOND_PERSON) == "1"
            return _Shown(two, ladders() if ladders is not None else (), queries.people(actor))

        self.run(work, self._fill, slot="deadlines")

    def _fill(self, shown: _Shown) -> None:
        self.two.setChecked(shown.two_persons)
        self.two.setEnabled(self.may_change)
        if [one.kind for one in shown.ladders] != list(self.rows):
            self._build(shown.ladders)
        for ladder in shown.ladders:
            self.rows[ladder.kind].fill(ladder, enabled=self.may_change)
        self.say_who(shown.people)

    def _build(self, ladders: Sequence[LadderShown]) -> None:
        empty_layout(self._grid)
        self.rows = {}
        heads = (lambda: _("Kind of date"), lambda: _("Days before"), lambda: _("Days after, while open"))
        for column, words in enumerate(heads):
            self._grid.addWidget(Label(words, step="small", tone="text2"), 0, column)
        for number, ladder in enumerate(ladders, start=1):
            row = LadderRow(ladder.kind, self._keep, self)
            for column, widget in enumerate((row.title, row.before, row.after, row.reset)):
                self._grid.addWidget(widget, 2 * number, column, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(row.note, 2 * number + 1, 1, 1, 4)
            self.rows[ladder.kind] = row

    def _keep(self, row: LadderRow, before: str, after: str, back: tuple[str, str] | None) -> None:
        """Keep one ladder; the toast takes it back."""
        change = self.desk.set_ladder
        if change is None:
            return

        def done(_result: object) -> None:
            self.trouble.clear()
            row.say(None)
            undo = partial(self._keep, row, *back, None) if back is not None else None
            self.page.toast(lambda: _("Saved"), undo=undo)
            row.settled(taken_back=back is None)
            self.read()

        def failed(error: BaseException) -> None:
            if isinstance(error, Refused):
                row.say(error)
            else:
                self.failed(error)

        self.desk.tasks.run(lambda: change(row.kind, before, after), done, failed, owner=self)

    def _keep_two(self) -> None:
        firm, actor, wanted = self.desk.firm, self.desk.actor(), self.two.isChecked()

        def done(_result: object) -> None:
            self.trouble.clear()
            self.page.toast(lambda: _("Saved"), undo=self._turn_two)
            self.read()

        self.run(lambda: firm.set_setting(actor, SECOND_PERSON, "1" if wanted else "0"), done)

    def _turn_two(self) -> None:
        self.two.setChecked(not self.two.isChecked())
        self._keep_two()


Keep = Callable[["LadderRow", str, str, tuple[str, str] | None], object]


class LadderRow:
    """One kind: its name, the days before, the days after, what is wrong with them, and the way back to usual."""

    def __init__(self, kind: str, keep: Keep, area: DeadlineArea) -> None:
        self.kind, self._keep = kind, keep
        self._shown: LadderShown | None = None
        self._taken_back = False
        self.title = Label("")
        sized(self.title, min_height=2.4)
        self.before = LineEdit("30 14 7", name=lambda: _("{kind}: days before").format(kind=self.title.words()))
        self.after = LineEdit("", name=lambda: _("{kind}: days after").format(kind=self.title.words()))
        for edit, width in ((self.before, 15), (self.after, 8)):
            sized(edit, width=width)
        self.reset = Button(lambda: _("As LawDesk comes"), self._usual, kind="link")
        self.note = Label("", step="small", tone="red", wrap=True)
        self.note.hide()
        self._save = Autosave(self._typed, parent=area)
        for edit in (self.before, self.after):
            edit.typed.connect(self._save.touch)
            edit.submitted.connect(self._save.flush)

    @property
    def pending(self) -> bool:
        """Whether something was typed and is not kept yet, or could not be kept."""
        shown = self._shown
        if shown is None or self._taken_back:
            return False
        same = (self.before.text(), self.after.text()) == (_days(shown.before), _days(shown.after))
        return (self._save.pending and not same) or not self.note.isHidden()

    def fill(self, ladder: LadderShown, *, enabled: bool) -> None:
        """Show a ladder as it is kept."""
        self._shown = ladder
        self.title.set_words(ladder.title)
        for edit, days in ((self.before, ladder.before), (self.after, ladder.after)):
            if self._taken_back or not edit.hasFocus():
                edit.setText(_days(days))
            edit.setEnabled(enabled)
        self._taken_back = False
        self.reset.setVisible(enabled and not ladder.usual)
        self.reset.set_words(lambda: _("As LawDesk comes: {days}").format(days=_days(ladder.usual_before)))

    def say(self, error: Refused | None) -> None:
        """Say what is wrong, or that nothing is."""
        fields = {problem.field for problem in error.problems} if error is not None else set()
        self.before.set_state("error" if "before" in fields else "")
        self.after.set_state("error" if "after" in fields else "")
        self.note.set_words("\n".join(one.words() for one in error.problems) if error is not None else "")
        self.note.setVisible(error is not None)

    def settled(self, *, taken_back: bool) -> None:
        """What was typed is kept; ``taken_back``: what stood there before is shown again."""
        self._taken_back = taken_back

    def _typed(self) -> None:
        shown = self._shown
        if shown is None or (self.before.text(), self.after.text()) == (_days(shown.before), _days(shown.after)):
            self.say(None)
            return
        back = (_days(shown.before), _days(shown.after))
        self._keep(self, self.before.text(), self.after.text(), back)

    def _usual(self) -> None:
        shown = self._shown
        if shown is not None:
            back = (_days(shown.before), _days(shown.after))
            self.before.setText(_days(shown.usual_before))
            self.after.setText(_days(shown.usual_after))
            self._keep(self, self.before.text(), self.after.text(), back)


def _days(days: Sequence[int]) -> str:
    return "  ".join(map(str, days))
