"""Hearings: the one a line speaks of with what leaves no time for it, and one that is adjourned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.evidence import EvidenceField
from lawdesk.deadlines.page.words import clash_words
from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import Clash, ParsedEvent, whole_day
from lawdesk.deadlines.service import ManualDeadline
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import Button, DateEdit, Form, Label, LineEdit, Sheet, TextArea, hbox, vbox

APPOINTMENTS = (
    ("庭前会议", "Pre-trial conference"),
    ("证据交换", "Exchange of evidence"),
    ("质证", "Examination of evidence"),
    ("听证", "Public hearing"),
    ("谈话", "Talk with the judge"),
    ("宣判", "Pronouncement of judgment"),
)
"""What a court summons to besides a hearing: the word in the line, the English title of the entry."""


class HearingFields(QWidget):
    """Day, time and place of a hearing: asked for where the line speaks of one."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.day = DateEdit(None, today=desk.today, name=lambda: _("Day of the hearing"))
        self.time = LineEdit("9:30", name=lambda: pgettext("of a day", "Time"))
        self.place = LineEdit(lambda: _("Courtroom"), name=lambda: _("Where"))
        form = Form()
        form.add("hearing", lambda: _("Day of the hearing"), self.day, span=13, required=True)
        form.add("time", lambda: pgettext("of a day", "Time"), self.time, span=8)
        form.add("place", lambda: _("Where"), self.place, span=21)
        self._said: tuple[date | None, time | None, str] | None = None
        self.day.day_changed.connect(lambda _day: self.changed.emit())
        self.time.typed.connect(lambda _text: self.changed.emit())
        self.clash = Label("", step="small", tone="amber", wrap=True)
        self.clash.hide()
        vbox(hbox(form), self.clash, space=1, parent=self)

    def warn(self, clashes: list[Clash]) -> None:
        """Say which other hearings leave no time for this one."""
        self.clash.set_words("\n".join(clash_words(clash) for clash in clashes))
        self.clash.setVisible(bool(clashes))

    def begin(self, parsed: ParsedEvent) -> None:
        """Take over what the line says of the hearing, unless it said so before: what was put right stays."""
        said = (parsed.hearing, parsed.at if parsed.hearing is not None else None, parsed.place)
        if said == self._said:
            return
        self._said = said
        self.day.set_day(parsed.hearing)
        self.time.setText(parsed.at.strftime("%H:%M") if said[1] is not None and parsed.at is not None else "")
        self.place.setText(parsed.place)

    def forget(self) -> None:
        """Empty the fields after a hearing was recorded."""
        self._said = None
        self.day.set_day(None)
        self.time.clear()
        self.place.clear()
        self.warn([])

    def entry(self, case_id: int, proceeding_id: int | None, words: str) -> ManualDeadline | None:
        """Return the hearing as an entry of the agenda, None without a day. ``words``: what the line calls it."""
        day = self.day.day()
        if day is None:
            return None
        zh, en = next((pair for pair in APPOINTMENTS if pair[0] in words), ("开庭", "Hearing"))
        at, place = clock_time(self.time.text().strip()), self.place.text().strip()
        return ManualDeadline(case_id, zh, day, "hearing", at, proceeding_id, note=place, title_en=en)


class AdjournSheet(Sheet):
    """The new day of a hearing, why, and the court's paper. ``done(new_id, day, at_once)``."""

    def __init__(self, desk: Desk, row: DeadlineRow, done: Callable[[int, date, bool], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.day = DateEdit(None, today=desk.today, name=lambda: _("New day"))
        self.time = LineEdit("9:30", name=lambda: pgettext("of a day", "Time"))
        self.place = LineEdit(row.note or (lambda: _("Courtroom")), name=lambda: _("Where"))
        self.paper = EvidenceField(desk, row.case_id, lambda: _("e.g. notice of 5 November, with its number"))
        self.reason = TextArea(lambda: _("It stays in the file of the case"), lines=3)
        self.form = Form()
        self.form.add("due", lambda: _("New day"), self.day, span=13, required=True)
        self.form.add("due_time", lambda: pgettext("of a day", "Time"), self.time, span=8)
        self.form.add("place", lambda: _("Where"), self.place, span=21)
        self.form.add("evidence", lambda: _("The paper"), self.paper, span=21)
        self.form.add("reason", lambda: _("Reason"), self.reason, span=21, required=True)
        self.reason.submitted.connect(self.submit)
        about = f"{row.title} · {whole_day(row.due)} {row.due_time}".strip()
        hint = Label(
            lambda: _("The old day stays in the file; what was counted from it is counted from the new one."),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.clash = Label("", tone="amber", wrap=True)
        self.clash.hide()
        self._warned: tuple[date, str] | None = None
        button = Button(lambda: _("Adjourn"), self.submit, kind="filled")
        super().__init__(Label(about, step="strong", wrap=True), self.form, hint, self.clash, button=button)

    def submit(self) -> None:
        """Enter the new day, or say what is missing."""
        day = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("deadline.day", N_("On which day?"), "due")]), self.form)
            return
        desk, row, actor = self._desk, self._row, self._desk.actor()
        at, place, reason = clock_time(self.time.text().strip()), self.place.text(), self.reason.toPlainText()
        paper, warned = self.paper.evidence(), self._warned == (day, at)

        def adjourn() -> tuple[int, bool] | list[Clash]:
            if not warned and reason.strip() and (not at or ":" in at):
                clashes = desk.service.clashes(actor, adjourned(row, day, at))
                if clashes:
                    return clashes
            return desk.service.adjourn(
                actor, row.id, day, at=at, place=place, reason=reason, evidence=paper, seen=row.version
            )

        desk.run(
            adjourn,
            lambda found: self._adjourned(found, day, at),
            lambda error: self.refuse(error, self.form),
            owner=self,
        )

    def _adjourned(self, found: tuple[int, bool] | list[Clash], day: date, at: str) -> None:
        """Say what the new day clashes with, to be adjourned all the same when pressed again; or finish."""
        if isinstance(found, list):
            self._warned = (day, at)
            again = _("Press again to enter it all the same.")
            self.clash.set_words("\n".join([*(clash_words(clash) for clash in found), again]))
            self.clash.show()
            return
        new, at_once = found
        self._desk.finish(lambda: self._done(new, day, at_once))


def adjourned(row: DeadlineRow, day: date, at: str) -> ManualDeadline:
    """Return a hearing on another day, to ask what it clashes with."""
    return ManualDeadline(
        row.case_id, row.title_zh, day, "hearing", at, row.proceeding_id, row.person_id, title_en=row.title_en
    )


def clock_time(text: str) -> str:
    """Return ``9:30`` or ``9：30`` as ``09:30``; what is no time stays and is refused."""
    parts = text.replace("：", ":").split(":")
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        return f"{int(parts[0]):02}:{int(parts[1]):02}"
    return text
