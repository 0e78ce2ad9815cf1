"""The quick entry line: what is typed is read back as chips before Enter books it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lawdesk.cases import FEE_TITLES, FeeMode
from lawdesk.firm import Actor
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.errors import Problem, Refused, describe
from lawdesk.kernel.i18n import _
from lawdesk.timesheet.page.words import case_words
from lawdesk.timesheet.queries import CaseChoice
from lawdesk.timesheet.rules import figures, words
from lawdesk.timesheet.service import QuickPreview, TimesheetService
from lawdesk.ui import (
    Button,
    Chip,
    FlowLayout,
    Follows,
    IconLabel,
    Label,
    LineEdit,
    TaskRunner,
    empty_layout,
    hbox,
    vbox,
)

READ_MS = 60
OFFERED = 4


class _Line(LineEdit):
    """The field: Esc gives up what was typed."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and not self.composing and self.text():
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class QuickLine(Follows, QWidget):
    """A field and, below it, what it would book. ``booked(entry id)`` after the entry is on disk.

    ``actor`` and ``today`` are asked each time. ``compact`` shows nothing below while the field is empty.
    """

    booked = Signal(int)

    def __init__(
        self,
        service: TimesheetService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        today: Callable[[], date],
        compact: bool = False,
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks, self._today = service, actor, tasks, today
        self._compact = compact
        self._case: CaseChoice | None = None
        self._recent: Sequence[CaseChoice] = ()
        self.preview: QuickPreview | None = None
        self._booking = False
        self._enter_waits = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READ_MS)
        self._soon.timeout.connect(self._read)
        self.field = _Line(lambda: _("1h20m what was done @case"), name=lambda: _("Quick entry of time"))
        self.field.textChanged.connect(self._typed)
        self.field.submitted.connect(self._enter)
        self.field.given_up.connect(self.clear)
        self.setFocusProxy(self.field)
        self._mark = IconLabel("corner-down-left", tone="text3", units=4)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, space=1.5)
        below = QWidget()
        line = hbox(self._mark, self._chips, space=2, parent=below)
        line.setStretch(1, 1)
        line.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self._below = below
        vbox(self.field, below, space=1.5, parent=self)
        self._show()

    def retranslate(self) -> None:
        if hasattr(self, "_flow"):
            self._show()

    def set_text(self, text: str) -> None:
        """Begin a line, for example with the gap that is to be filled."""
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setCursorPosition(len(text))

    def choose_case(self, choice: CaseChoice | None) -> None:
        """Take a case for a line that names none."""
        self._case = choice
        self._read()

    def clear(self) -> None:
        """Give up what was typed."""
        self._case = None
        self.preview = None
        self._enter_waits = False
        self.field.clear()
        self.field.set_state("")
        self._soon.stop()
        self._show()

    def _typed(self, _text: str) -> None:
        self._soon.start()

    def _read(self) -> None:
        text = self.field.text()
        if not text.strip():
            self.preview = None
            self.field.set_state("")
            self._show()
            return
        actor, case_id = self._actor(), self._case.case_id if self._case else None

        def read() -> tuple[QuickPreview, Sequence[CaseChoice]]:
            preview = self._service.preview_quick(actor, text, case_id=case_id)
            recent = self._service.queries.recent_cases(actor, limit=OFFERED) if preview.missing_case else ()
            return preview, recent

        self._tasks.run(read, self._take, self._failed, owner=self, slot="preview")

    def _take(self, answer: tuple[QuickPreview, Sequence[CaseChoice]]) -> None:
        preview, self._recent = answer
        if preview.reading.text != self.field.text():
            return  # typed on meanwhile: the next answer is under way
        self.preview = preview
        self.field.set_state("")
        self._show()
        if self._enter_waits:
            self._enter_waits = False
            self._book()

    def _enter(self) -> None:
        """Enter: book what is read; when the reading is still under way, book as soon as it is here."""
        if not self.field.text().strip() or self._booking:
            return
        if self.preview is None or self.preview.reading.text != self.field.text():
            self._enter_waits = True
            self._soon.stop()
            self._read()
            return
        self._book()

    def _book(self) -> None:
        preview = self.preview
        if preview is None or not preview.sound:
            self.field.set_state("error")
            self._show()
            return
        actor, text = self._actor(), self.field.text()
        case_id = preview.case.case_id if preview.case else None
        self._booking = True
        self._tasks.run(
            lambda: self._service.quick_entry(actor, text, case_id=case_id), self._done, self._failed, owner=self
        )

    def _done(self, entry_id: int) -> None:
        self._booking = False
        self.clear()
        self.booked.emit(entry_id)

    def _failed(self, error: BaseException) -> None:
        self._booking = False
        self.field.set_state("error")
        self._fill([self._problem_widget(self._problem_words(error))])

    def _problem_words(self, error: BaseException) -> str:
        if isinstance(error, Refused):
            return " ".join(problem.words() for problem in error.problems)
        return str(describe(error))

    # -- reading back -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        preview = self.preview
        self._below.setVisible(preview is not None or not self._compact)
        if preview is None:
            hint = _("Length, what was done, @case. Days go in front: 昨天, 11-5; times too: 9:30-10:45")
            self._fill([Label(hint, step="small", tone="text3", wrap=False, elide=False)])
            self.setAccessibleDescription(hint)
            return
        widgets = self._chips_of(preview)
        problems = self._shown_problems(preview)
        if problems:
            widgets.append(self._problem_widget(" ".join(problem.words() for problem in problems)))
        elif preview.missing_case:
            widgets += self._offers()
        elif preview.sound:
            widgets.append(Label(_("Enter books it, Esc gives up"), step="small", tone="text2"))
        self._fill(widgets)
        self.setAccessibleDescription(self._sentence(preview, problems))

    def _shown_problems(self, preview: QuickPreview) -> list[Problem]:
        """Name what is wrong; what is only missing so far is said after Enter, not while somebody still types."""
        tried = self.field.property("state") == "error"
        quiet = ("time.no_duration", "time.no_narrative", "time.no_case_words")
        return [problem for problem in preview.problems if tried or problem.code not in quiet]

    def _chips_of(self, preview: QuickPreview) -> list[QWidget]:
        reading = preview.reading
        made: list[QWidget] = []
        if reading.minutes is not None and preview.booked_minutes is not None:
            text = words(reading.minutes)
            if preview.booked_minutes != reading.minutes:
                text = _("{time}, booked {booked}").format(time=text, booked=figures(preview.booked_minutes))
            made.append(Chip(text, icon="clock"))
        if reading.narrative:
            made.append(Chip(_short(reading.narrative), icon="pencil"))
        if preview.case is not None:
            made.append(Chip(_short(preview.case.title), tone="accent", icon="folder-open"))
        elif reading.office:
            made.append(Chip(case_words(None, ""), icon="building-2"))
        made.append(Chip(self._day_words(reading.day), icon="calendar"))
        if preview.case is not None and preview.case.fee:
            made.append(Chip(_(FEE_TITLES[FeeMode(preview.case.fee)]), icon="coins"))
        return made

    def _day_words(self, day: date | None) -> str:
        today = self._today()
        if day is None or day == today:
            return _("Today")
        return f"{short_date(day, today)} {short_weekday(day)}"

    def _offers(self) -> list[QWidget]:
        made: list[QWidget] = [Label(_("Which case?"), step="small", tone="amber")]
        for choice in self._recent:
            made.append(
                Button(
                    _short(choice.title),
                    lambda choice=choice: self._offer_taken(choice),  # type: ignore[misc]
                    small=True,
                )
            )
        made.append(Label(_("or @ and a word of it"), step="small", tone="text2"))
        return made

    def _offer_taken(self, choice: CaseChoice) -> None:
        self.choose_case(choice)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _problem_widget(self, text: str) -> QWidget:
        made = QWidget()
        label = Label(text, step="small", tone="red", wrap=True)
        line = hbox(IconLabel("circle-alert", tone="red", units=3.6), label, space=1, parent=made)
        line.setStretch(1, 1)
        label.setMinimumWidth(min(label.fontMetrics().horizontalAdvance(text) + 2, max(200, self.width() - 60)))
        return made

    def _sentence(self, preview: QuickPreview, problems: Sequence[Problem]) -> str:
        parts = [words(preview.booked_minutes)] if preview.booked_minutes else []
        parts += [preview.reading.narrative, preview.case.title if preview.case else ""]
        parts += [self._day_words(preview.reading.day), *(problem.words() for problem in problems)]
        return "，".join(part for part in parts if part)

    def _fill(self, widgets: Sequence[QWidget]) -> None:
        empty_layout(self._flow)
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.show()
        self._mark.setVisible(bool(self.preview))
        self._chips.updateGeometry()


def _short(text: str, limit: int = 26) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
