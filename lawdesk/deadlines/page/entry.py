"""Enter what happened in one line: it is read back, its deadlines are proposed, Ctrl+Enter takes them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal

from lawdesk.deadlines.page.choosing import CaseChoice
from lawdesk.deadlines.page.desk import Desk, waits_words
from lawdesk.deadlines.page.hearing import HearingFields, clock_time
from lawdesk.deadlines.page.proposals import FollowUps, Proposals
from lawdesk.deadlines.page.readback import ReadBack
from lawdesk.deadlines.rules import Clash, ParsedEvent, RuleBook, parse_event, whole_day
from lawdesk.deadlines.service import ChosenDeadline, EventDraft, FollowUp, ManualDeadline, Proposal
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _, ngettext, pgettext
from lawdesk.ui import (
    Button,
    CheckBox,
    Form,
    LineEdit,
    SectionHeading,
    Sheet,
    Trouble,
)

HEARING = "hearing-date"


class EventSheet(Sheet):
    """The side sheet of event entry. ``saved(event_id)`` after it was recorded; a draft survives closing."""

    saved = Signal(int)
    button: Button

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._parsed: ParsedEvent | None = None
        self._proposed_for: tuple[EventDraft, ManualDeadline | None] | None = None
        self._reading = False
        self._eager = False
        self.form = Form()
        self.line = LineEdit(
            lambda: _("e.g. 5 Nov: judgment served"), icon="pencil", name=lambda: _("What happened")
        )
        self.form.add("title", lambda: _("What happened, and when"), self.line, span=21, required=True)
        self.choice = CaseChoice(desk, self.form, self.form)
        self.readback = ReadBack(desk)
        self.custody = CheckBox(lambda: _("Our client is in custody"))
        self.foreign = CheckBox(lambda: _("Our client has no domicile in the PRC"))
        self.proposals = Proposals(desk)
        self.follows = FollowUps()
        self._problem = Trouble()
        self._hearing = HearingFields(desk)
        self._heading = SectionHeading(lambda: _("Deadlines it starts"))
        self._heading.hide()
        super().__init__(
            self.form,
            self.readback,
            self._problem,
            self.custody,
            self.foreign,
            self._hearing,
            self._heading,
            self.proposals,
            self.follows,
            button=Button(self._button_words, self.submit, kind="filled"),
            note="Ctrl+Enter",
        )
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._propose)
        self._connect()
        for box in (self.custody, self.foreign, self._hearing):
            box.hide()

    def begin(self, case_id: int | None = None, line: str = "") -> None:
        """Read the cases; ``line`` is typed in and read back."""
        self.choice.load(case_id)
        if line:
            self.line.setText(line)
            self.line.flush()
        self.line.setFocus()

    def draft(self) -> EventDraft:
        """Return what is entered; raises Refused for a missing case or day."""
        parsed, case_id = self._parsed, self.choice.case_id
        problems = []
        if parsed is None or not self.line.text().strip():
            problems.append(Problem("event.title", N_("What happened? Say it in a few words."), "title"))
        if case_id is None:
            problems.append(Problem("event.case", N_("In which case?"), "case_id"))
        trigger = self.readback.trigger()
        hearing = trigger == HEARING
        day = self._hearing.day.day() if hearing else self.readback.day.day()
        if parsed is not None and day is None:
            message = N_("On which day is the hearing?") if hearing else N_("On which day?")
            problems.append(Problem("event.day", message, "title"))
        if problems or parsed is None or case_id is None or day is None:
            raise Refused(problems)
        own = parsed.at if parsed.hearing is None else None  # else it is the hour of the hearing
        at = self._hearing.time.text().strip() if hearing else own.strftime("%H:%M") if own is not None else ""
        came = self.readback.day.day() if hearing and parsed.other_day and parsed.day_typed else None
        return EventDraft(
            case_id,
            day,
            parsed.words or self.readback.trigger_title(),
            trigger,
            self.choice.current.id if self.choice.current is not None else None,
            happened_at=clock_time(at),
            in_custody=self.custody.isChecked() and not self.custody.isHidden(),
            foreign=self.foreign.isChecked() and not self.foreign.isHidden(),
            note=_("Received on {day}").format(day=whole_day(came)) if came is not None else "",
        )

    def hearing(self) -> ManualDeadline | None:
        """Return the hearing the line speaks of as an entry of the agenda, None for none."""
        case_id, current = self.choice.case_id, self.choice.current
        if self._hearing.isHidden() or case_id is None:
            return None
        return self._hearing.entry(case_id, current.id if current is not None else None, self.line.text())

    def submit(self) -> None:
        """Record it with what is ticked, or say what is missing.

        What was typed or chosen a moment ago is read and proposed first; nothing is recorded that was not shown.
        """
        self.line.flush()
        self.form.clear_problems()
        try:
            draft = self.draft()
            self.proposals.check()
        except Refused as error:
            self.refuse(error, self.form)
            return
        if self._reading or (draft, self.hearing()) != self._proposed_for:
            self._eager = True
            self._later.start(0)
            return
        chosen = self.proposals.chosen()
        follows = self.follows.chosen({choice.rule for choice in chosen})
        hearing = self.hearing()
        entries = (hearing,) if hearing is not None else ()
        desk, actor = self._desk, self._desk.actor()
        self.button.setEnabled(False)
        desk.run(
            lambda: desk.service.record_event(actor, draft, chosen, entries=entries, follows=follows),
            lambda event_id: self._saved(event_id, draft, chosen, entries, follows),
            self._refused,
            owner=self,
        )

    # -- reading the line -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.line.typed.connect(self._read_line)
        self.line.submitted.connect(self._enter)
        self.readback.changed.connect(self._asked)
        self.choice.changed.connect(self._case_changed)
        self.custody.toggled.connect(lambda _on: self._later.start(0))
        self.foreign.toggled.connect(lambda _on: self._later.start(0))
        self._hearing.changed.connect(lambda: self._later.start(0))
        self.proposals.changed.connect(self.button.retranslate)
        self.follows.changed.connect(self.button.retranslate)

    def _read_line(self, text: str) -> None:
        self.form.field("title").set_problem(None)
        if not text.strip():
            self._parsed = None
            self.readback.clear()
            self._later.start(0)
            return
        today, book = self._desk.today(), self._desk.service.book
        self._reading = True
        self._desk.run(
            lambda: _parse(text, today, book),
            self._show_line,
            self._bad_line,
            owner=self,
            slot="line",
        )

    def _show_line(self, found: ParsedEvent) -> None:
        self._reading = False
        self._parsed = found
        self.readback.fill(found)
        self._asked()

    def _bad_line(self, error: BaseException) -> None:
        self._reading = False
        self._parsed = None
        self.readback.clear()
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
        else:
            self.refuse(error)

    def _enter(self) -> None:
        """Enter in the line goes on to where something is missing, else to the first proposal."""
        if self.choice.case_id is None:
            self.choice.case.setFocus()
        elif self.readback.trigger() == HEARING and self._hearing.day.day() is None:
            self._hearing.day.setFocus()
        elif self.proposals.rows:
            self.proposals.rows[0].tick.setFocus()
        else:
            self.button.setFocus()

    def _asked(self) -> None:
        """What happened is read or was chosen: show what else matters, then propose."""
        trigger = self.readback.trigger()
        hearing = trigger == HEARING or (self._parsed is not None and self._parsed.hearing is not None)
        if hearing and self._parsed is not None:
            self._hearing.begin(self._parsed)
        self._hearing.setVisible(hearing)
        kind = self.choice.detail.kind if self.choice.detail is not None else ""
        custody, foreign = self._desk.service.matters(kind, trigger)
        self.custody.setVisible(custody)
        self.foreign.setVisible(foreign)
        self._later.start(0)

    def _case_changed(self) -> None:
        current = self.choice.current
        if current is not None:
            self.custody.setChecked(current.in_custody)
            self.foreign.setChecked(current.foreign)
        self._asked()

    def _propose(self) -> None:
        self._problem.clear()
        try:
            draft = self.draft()
        except Refused:
            self._proposed_for = None
            self.proposals.clear()
            self.follows.fill([])
            self._heading.hide()
            self.button.retranslate()
            return
        desk, hearing = self._desk, self.hearing()
        desk.run(
            lambda: _read_proposals(desk, draft, hearing),
            lambda found: self._show_proposals((draft, hearing), *found),
            self._not_counted,
            owner=self,
            slot="propose",
        )

    def _show_proposals(
        self,
        asked: tuple[EventDraft, ManualDeadline | None],
        proposals: list[Proposal],
        follows: list[FollowUp],
        clashes: list[Clash],
    ) -> None:
        self._proposed_for = asked
        self.follows.fill(follows)
        self._hearing.warn(clashes)
        self._heading.show()
        self._heading.set_count(len(proposals) or None)
        parsed = self._parsed
        clear = parsed is not None and len(parsed.triggers) == 1
        limit, length = (parsed.limit, parsed.length) if parsed is not None and clear else (None, None)
        nothing = _("It starts no period; it is only recorded.")
        self.proposals.fill(asked[0], proposals, nothing, limit=limit, length=length)
        self.button.retranslate()
        if self._eager:
            self._eager = False
            self.button.setFocus()  # seen now; the next Enter records it

    def _not_counted(self, error: BaseException) -> None:
        self._proposed_for, self._eager = None, False
        self.proposals.clear()
        self.follows.fill([])
        self._heading.hide()
        if isinstance(error, UserError):
            self._problem.show_error(error)
        else:
            self.refuse(error)

    # -- saving -----------------------------------------------------------------------------------------------

    def _button_words(self) -> str:
        if not hasattr(self, "follows"):
            return pgettext("an event", "Record")
        chosen = self.proposals.chosen()
        follows = self.follows.chosen({choice.rule for choice in chosen})
        count = len(chosen) + sum(len(follow.chosen) for follow in follows)
        if not count:
            return pgettext("an event", "Record")
        return ngettext("Record with {count} deadline", "Record with {count} deadlines", count).format(count=count)

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        self.refuse(error, self.form)

    def _saved(
        self,
        event_id: int,
        draft: EventDraft,
        chosen: tuple[ChosenDeadline, ...],
        entries: tuple[ManualDeadline, ...],
        follows: tuple[FollowUp, ...],
    ) -> None:
        self.button.setEnabled(True)
        self.line.clear()
        self.line.flush()
        self.proposals.clear()
        self.follows.fill([])
        self._proposed_for = None
        self._hearing.forget()
        desk, actor, reason = self._desk, self._desk.actor(), _("taken back right after entry")
        count = len(chosen) + len(entries) + sum(len(follow.chosen) for follow in follows)

        def words() -> str:
            made = ngettext("{count} date", "{count} dates", count).format(count=count)
            return _("Recorded: {title} ({dates})").format(title=draft.title, dates=made)

        def undo() -> None:
            desk.run(
                lambda: desk.service.withdraw_event(actor, event_id, reason),
                lambda at_once: None if at_once else desk.toast(waits_words),
                owner=self,
            )

        desk.close_sheet()
        desk.toast(words, undo)
        self.saved.emit(event_id)


def _parse(text: str, today: date, book: RuleBook) -> ParsedEvent:
    try:
        return parse_event(text, today, rulebook=book)
    except ValueError as error:
        raise Refused([Problem("event.day", N_("There is no such day."), "title")]) from error


def _read_proposals(
    desk: Desk, draft: EventDraft, hearing: ManualDeadline | None
) -> tuple[list[Proposal], list[FollowUp], list[Clash]]:
    actor, service = desk.actor(), desk.service
    proposals = service.propose(actor, draft)
    clashes: list[Clash] = []
    if hearing is not None and (not hearing.due_time or ":" in hearing.due_time):
        clashes = service.clashes(actor, hearing)
    return proposals, service.propose_follows(actor, draft, proposals), clashes
