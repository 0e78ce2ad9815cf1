"""One deadline: the date large, what makes it doubtful, every day counted, the steps with their articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from lawdesk.deadlines.page.actions import Actions
from lawdesk.deadlines.page.cells import make_strip
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.proof import Line, Warn, doubts, law_facts, proof_lines
from lawdesk.deadlines.page.reading import Shown, read_deadline, working_days_left
from lawdesk.deadlines.page.side import SideFacts
from lawdesk.deadlines.page.strip import StripLegend, StripView
from lawdesk.deadlines.page.words import KIND_TITLES
from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import nearness
from lawdesk.kernel.dates import short_date, weekday
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, ngettext, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    Command,
    Facts,
    Follows,
    Gap,
    Hairline,
    IconLabel,
    Label,
    ScrollArea,
    SectionHeading,
    SegmentLine,
    Trouble,
    empty_layout,
    grid,
    hbox,
    more_button,
    sized,
    vbox,
)


class DeadlineView(Follows, QWidget):
    """The detail of a deadline. ``show_deadline(id)`` reads it; ``commands()`` are for the palette and menus."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._wanted: int | None = None
        self._shown: Shown | None = None
        self._narrow = False
        self._build()

    @property
    def deadline_id(self) -> int | None:
        """Which deadline is on screen or on its way."""
        return self._wanted

    @property
    def shown(self) -> Shown | None:
        """What is on screen."""
        return self._shown

    def show_deadline(self, deadline_id: int) -> None:
        """Read a deadline and show it."""
        self._wanted = deadline_id
        self._read()

    def refresh(self, change: Changed | None) -> None:
        """Read again when ``change`` touched deadlines or cases."""
        if self._wanted is not None and (change is None or change.subject in ("deadline", "case", "proceeding")):
            self._read()

    def retranslate(self) -> None:
        if hasattr(self, "_area"):
            self._area.setAccessibleName(_("Why this date"))
        if hasattr(self, "_shown") and self._shown is not None:
            self._fill(self._shown)

    def set_narrow(self, narrow: bool) -> None:
        """Put the right column below the steps, or beside them."""
        self._narrow = narrow
        direction = self._columns.Direction.TopToBottom if narrow else self._columns.Direction.LeftToRight
        self._columns.setDirection(direction)
        if narrow:
            sized(self.side)
        else:
            sized(self.side, width=17.5)

    def commands(self) -> list[Command | None]:
        """Return what can be done with the deadline on screen."""
        shown = self._shown
        if shown is None:
            return []
        row, act = shown.row, self._actions
        made: list[Command | None] = []
        if row.status in ("open", "done"):
            words = lambda: _("Done, with what proves it …")  # noqa: E731
            made.append(Command("deadline.proof", words, lambda: act.prove(row), "file-check"))
        if row.status == "open":
            made += [
                Command(
                    "deadline.printed",
                    lambda: _("Set the date on the paper") if row.rule else _("Change the date"),
                    lambda: act.set_printed(row),
                    "file-check",
                ),
                self._other_day(row),
                Command("deadline.assign", lambda: _("Give to a colleague"), lambda: act.assign(row), "users"),
                Command("deadline.waive", _waive_words(row), lambda: act.waive(row), "circle"),
            ]
        words = lambda: _("Control sheet of the case")  # noqa: E731
        made.append(Command("deadline.sheet", words, lambda: act.print_sheet(row), "printer"))
        event = shown.event
        if event is not None and not event.withdrawn:
            made += [
                None,
                Command(
                    "event.day", lambda: _("Correct the day of the event"), lambda: act.change_day(event), "pencil"
                ),
                Command(
                    "event.withdraw",
                    lambda: _("Withdraw the event …"),
                    lambda: act.withdraw_event(event),
                    "undo-2",
                ),
            ]
        elif event is not None:
            made.append(
                Command(
                    "event.restore",
                    lambda: _("Bring the event back"),
                    lambda: act.restore_event(event),
                    "rotate-cw",
                )
            )
        made += [
            None,
            Command("deadline.case", lambda: _("Go to the case"), lambda: act.open_case(row), "folder-open"),
        ]
        return made

    def _other_day(self, row: DeadlineRow) -> Command:
        """What gives an open date another day: a hearing is adjourned, everything else extended."""
        act = self._actions
        if row.kind == "hearing":
            words = lambda: _("Adjourned to …")  # noqa: E731
            return Command("hearing.adjourn", words, lambda: act.adjourn(row), "calendar-clock")
        return Command("deadline.extend", lambda: _("Extend …"), lambda: act.extend(row), "calendar-clock")

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.where = SegmentLine()
        self.day = Label("", step="h1")
        self.about = SegmentLine(step="body")
        self.main = Button(lambda: _("Mark as done"), self._main, icon="check")
        self.second = Button(lambda: _("Adjourned to …"), self._adjourn, kind="ghost", icon="calendar-clock")
        self.second.hide()
        self.more = more_button(lambda: _("More"), self.commands)
        head = hbox(self.day, self.about, self.second, self.main, self.more, space=3)
        head.setStretch(1, 1)
        self.trouble = Trouble()
        self._warns = QWidget()
        self._warn_lines = vbox(space=1.5, parent=self._warns)
        self.strip = StripView(self._desk.today())
        self.legend = StripLegend()
        self._strip_heading = SectionHeading(lambda: _("Day by day"))
        self._strip_part = QWidget()
        vbox(self._strip_heading, self.strip, self.legend, space=2, parent=self._strip_part)
        self._steps_heading = SectionHeading(self._steps_words)
        self.steps = StepsView()
        self.law = Facts()
        self._law_heading = SectionHeading(lambda: _("The law"))
        self.side = SideFacts(self._desk, self._actions)
        left = QWidget()
        vbox(self._steps_heading, self.steps, Gap(1), self._law_heading, self.law, STRETCH, space=2, parent=left)
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._columns = hbox(left, self.side, space=6)
        self._columns.setStretch(0, 1)
        content = QWidget()
        vbox(
            self.where,
            head,
            self._warns,
            self.trouble,
            Gap(1),
            self._strip_part,
            Gap(1),
            self._columns,
            STRETCH,
            space=2,
            margins=(6, 4, 5, 4),
            parent=content,
        )
        area = ScrollArea(content)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll what is being read
        area.setAccessibleName(_("Why this date"))
        self._area = area
        vbox(area, space=0, parent=self)
        self.setFocusProxy(area)
        self._content = content
        content.hide()
        self.set_narrow(False)

    def _steps_words(self) -> str:
        by_hand = self._shown is not None and self._shown.computation is None
        return _("Where it comes from") if by_hand else _("How it was counted")

    def _main(self) -> None:
        if self._shown is not None:
            row = self._shown.row
            self._actions.act(row, "done" if row.status == "open" else "reopen")

    def _adjourn(self) -> None:
        if self._shown is not None:
            self._actions.adjourn(self._shown.row)

    # -- showing ----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        wanted = self._wanted
        assert wanted is not None
        self._desk.run(
            lambda: read_deadline(self._desk, wanted), self._fill, self._failed, owner=self, slot="deadline"
        )

    def _failed(self, error: BaseException) -> None:
        self._content.show()
        self.trouble.show_error(error, Button(lambda: _("Try again"), self._read, kind="link"))

    def _fill(self, shown: Shown) -> None:
        self._shown = shown
        row, found, today = shown.row, shown.computation, self._desk.today()
        self.trouble.clear()
        court = shown.proceeding.court if shown.proceeding is not None else row.court
        number = shown.proceeding.court_number if shown.proceeding is not None else row.court_number
        self.where.set_parts([row.case_title, shown.proceeding_title, court, number])
        parts = (short_date(row.due, today), weekday(row.due), row.due_time)
        self.day.set_words(" ".join(part for part in parts if part))
        self.about.set_parts(self._about(shown))
        done = _("It was held") if row.kind == "hearing" else _("Mark as done")
        self.main.set_words(lambda: done if row.status == "open" else _("Open again"))
        self.second.setVisible(row.kind == "hearing" and row.status == "open")
        self.main.set_icon("check" if row.status == "open" else "undo-2")
        self._fill_warns(doubts(found, row, today))
        if shown.error is not None:
            self.trouble.show_error(shown.error)
        strip = make_strip(found, _foot(shown)) if found is not None else None
        self._strip_part.setVisible(strip is not None)
        self.strip.set_strip(strip, today)
        self.legend.set_strip(strip)
        lines = proof_lines(found, row) if found is not None else _manual_lines(shown)
        self.steps.set_lines(lines)
        self._steps_heading.title.retranslate()
        self._law_heading.setVisible(found is not None)
        self.law.set_facts(law_facts(found) if found is not None else [])
        self.side.fill(shown)
        self._content.show()

    def _about(self, shown: Shown) -> list[str]:
        row, today = shown.row, self._desk.today()
        near = nearness(row.due, today, kind=row.kind, status=row.status)
        words = near.words
        if row.status == "open" and row.due > today:
            count = working_days_left(self._desk.service.calendar, today, row.due)
            if count:
                words = ngettext("{left}, {count} working day", "{left}, {count} working days", count).format(
                    left=words, count=count
                )
        return [row.title, words]

    def _fill_warns(self, warns: Sequence[Warn]) -> None:
        empty_layout(self._warn_lines)
        for warn in warns:
            line = QWidget()
            words = Label(warn.words, wrap=True, tone="text2" if warn.tone == "neutral" else warn.tone)
            mark = IconLabel(warn.icon, tone=warn.tone)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            box = hbox(mark, words, space=2, parent=line)
            box.setStretch(1, 1)
            self._warn_lines.addWidget(line)
        self._warns.setVisible(bool(warns))


def _waive_words(row: DeadlineRow) -> Callable[[], str]:
    return lambda: _("It was not held …") if row.kind == "hearing" else _("Let go …")


def _foot(shown: Shown) -> str:
    """Return the two characters at the foot of the trigger's day: 送达, 开庭, or what else it is."""
    trigger = shown.event.trigger if shown.event is not None else ""
    if trigger.endswith(("-served", "-received")):
        return pgettext("foot of the trigger's day", "served")
    if trigger == "hearing-date":
        return pgettext("foot of the trigger's day", "hearing")
    return pgettext("foot of the trigger's day", "event")


def _manual_lines(shown: Shown) -> list[Line]:
    """Return what is known of a date that was entered by hand."""
    row = shown.row
    lines = [Line(_("Entered by hand"), f"{_(KIND_TITLES[row.kind])} {row.title}")]
    if shown.event is not None:
        event = shown.event
        lines.insert(
            0, Line(pgettext("step of a count", "Event"), f"{short_date(event.happened_on)} {event.title}")
        )
    if row.note:
        lines.append(Line(pgettext("about a deadline", "Note"), row.note))
    return lines


class StepsView(QWidget):
    """Numbered steps: a label, what happened, the basis at the right end."""

    def __init__(self) -> None:
        super().__init__()
        self._grid: QGridLayout = grid(across=3, down=1.5, parent=self)
        self._grid.setColumnStretch(2, 1)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other steps."""
        self.lines = lines
        empty_layout(self._grid)
        for number, line in enumerate(lines):
            words = Label(line.words, step="strong" if line.strong else "body", wrap=True)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            basis = Label(line.basis, step="small", tone="accent")
            basis.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            parts = (
                Label(str(number + 1), step="small", tone="text3"),
                Label(line.label, tone="text2"),
                words,
                basis,
            )
            spoken = _("Step {number}: {words}").format(
                number=number + 1, words=" ".join(part for part in (line.label, line.words, line.basis) if part)
            )
            words.setAccessibleName(spoken)
            for column, widget in enumerate(parts):
                self._grid.addWidget(widget, 2 * number, column)
            self._grid.addWidget(Hairline(), 2 * number + 1, 1, 1, 3)
