"""The deadlines an event starts, each to be taken or not, with its date, its article and the date on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.action_sheets import difference_words
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.rules import WHOSE_TITLES, Computation, nearness, unit_name, whole_day
from lawdesk.deadlines.service import ChosenDeadline, EventDraft, FollowUp, Proposal
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    DateEdit,
    Follows,
    IconLabel,
    Label,
    LineEdit,
    SegmentLine,
    empty_layout,
    hbox,
    sized,
    vbox,
)


class ProposalRow(Follows, QWidget):
    """One proposed deadline: a tick, the computed day, whose it is and by which article, the date on the paper."""

    changed = Signal()

    def __init__(self, desk: Desk, proposal: Proposal, draft: EventDraft) -> None:
        super().__init__()
        self._desk, self._draft = desk, draft
        self.proposal, self.found = proposal, proposal.computation
        self.tick = CheckBox(lambda: str(proposal.rule.title), checked=proposal.ticked)
        self.tick.toggled.connect(self._toggled)
        self.day = Label(lambda: whole_day(self.found.due), step="strong")
        unit = lambda: unit_name(proposal.rule.unit, 2)  # noqa: E731
        self.length = LineEdit(str(proposal.rule.length), name=lambda: _("Length the paper sets"))
        self.length.typed.connect(lambda _text: self._measure())
        sized(self.length, width=5)
        self._measured = QWidget()
        words = Label(lambda: _("Length the paper sets"), step="small", tone="text2")
        hbox(words, self.length, Label(unit, step="small", tone="text2"), STRETCH, parent=self._measured)
        self._about = SegmentLine()
        self.printed = DateEdit(None, today=desk.today, name=lambda: _("Date on the paper"))
        self.printed.day_changed.connect(lambda _day: self._compare())
        self.gap = Label("", step="small", tone="amber", wrap=True)
        self.gap.hide()
        self._paper = QWidget()
        line = hbox(
            Label(lambda: _("Date on the paper"), step="small", tone="text2"), self.printed, parent=self._paper
        )
        line.setStretch(1, 1)
        if not proposal.ticked:
            self._paper.hide()  # only ever hidden here: shown without a parent it would open as a window
        if not proposal.ticked or not proposal.rule.bounds:
            self._measured.hide()
        self._doubt = Label("", step="small", tone="amber", wrap=True)
        self._doubt.hide()
        rows: list[QWidget] = [self.day, self._about, *self._warns(proposal), self._measured, self._doubt]
        rows += [self._paper, self.gap]
        vbox(self.tick, vbox(*rows, space=1, margins=(6, 0, 0, 0)), space=1, parent=self)
        self._today = desk.today
        self.retranslate()

    def retranslate(self) -> None:
        if not hasattr(self, "_today"):
            return
        rule, found = self.proposal.rule, self.found
        whose = "" if self.proposal.whose == "ours" else _(WHOSE_TITLES[self.proposal.whose])
        basis = f"{rule.statute_zh} {found.article}".strip()
        self._about.set_parts([nearness(found.due, self._today()).words, whose, basis])
        self.tick.setAccessibleDescription(f"{whole_day(found.due)} {basis}")
        self._compare()

    def set_printed(self, day: date) -> None:
        """Take over the last day the paper names."""
        self.printed.set_day(day)
        self._compare()

    def choice(self) -> ChosenDeadline | None:
        """Return what is taken, None where it is not ticked."""
        if not self.tick.isChecked():
            return None
        return ChosenDeadline(self.proposal.rule.id, self.printed.day(), self.measured())

    def measured(self) -> int | None:
        """Return the length the paper sets, None for the law's own. Raises ValueError for what is no length."""
        text = self.length.text().strip()
        if not text or not self.proposal.rule.bounds:
            return None
        if not text.isdigit() or not int(text):
            raise ValueError(text)
        return int(text) if int(text) != self.proposal.rule.length else None

    def set_length(self, length: int) -> None:
        """Take over the length the paper sets."""
        self.length.setText(str(length))
        self.length.flush()

    def _measure(self) -> None:
        try:
            length = self.measured() or self.proposal.rule.length
        except ValueError:
            self.length.set_state("error")
            return
        self.length.set_state("")
        desk, draft, rule = self._desk, self._draft, self.proposal.rule.id
        desk.run(
            lambda: desk.service.count_proposal(desk.actor(), draft, rule, length),
            self._counted,
            lambda _error: self.length.set_state("error"),
            owner=self,
            slot="length",
        )

    def _counted(self, found: Computation) -> None:
        self.found = found
        self.day.retranslate()
        notes = [one.words() for one in found.notes if one.severity == "warning"]
        self._doubt.set_words("\n".join(notes))
        self._doubt.setVisible(bool(notes))
        self.retranslate()

    def _warns(self, proposal: Proposal) -> list[QWidget]:
        found = proposal.computation
        words = []
        if found.provisional:
            words.append(_("provisional: holidays not announced"))
        words += [other.problem().words() for other in found.alternatives]
        if not proposal.rule.text_checked:
            words.append(_("not compared with the text of the law"))
        lines: list[QWidget] = []
        for text in words:
            line = QWidget()
            box = hbox(IconLabel("triangle-alert", tone="amber", units=3.6), space=1.5, parent=line)
            box.addWidget(Label(text, step="small", tone="amber", wrap=True), 1)
            lines.append(line)
        return lines

    def _toggled(self, on: bool) -> None:
        self._paper.setVisible(on)
        self._measured.setVisible(on and bool(self.proposal.rule.bounds))
        self._compare()
        self.changed.emit()

    def _compare(self) -> None:
        day: date | None = self.printed.day() if self.tick.isChecked() else None
        self.gap.set_words(difference_words(day, self.found.due))
        self.gap.setVisible(bool(self.gap.words()))


class Proposals(QWidget):
    """All proposed deadlines: the ticked ones first, the rest behind one link when there are many."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[ProposalRow] = []
        self._lines = vbox(space=3, parent=self)
        self._rest: QWidget | None = None

    def clear(self) -> None:
        """Propose nothing."""
        empty_layout(self._lines)
        self.rows = []

    def fill(
        self,
        draft: EventDraft,
        proposals: Sequence[Proposal],
        nothing: str,
        *,
        limit: date | None = None,
        length: int | None = None,
    ) -> None:
        """Propose these deadlines of ``draft``; ``nothing`` is said where there are none.

        ``limit`` and ``length``: the last day and the days the line says the paper names; they go to the only
        period that is ticked.
        """
        self.clear()
        self.rows = [ProposalRow(self._desk, found, draft) for found in proposals]
        for row in self.rows:
            row.changed.connect(self.changed)
        first = [row for row in self.rows if row.proposal.ticked]
        others = [row for row in self.rows if not row.proposal.ticked]
        if not self.rows:
            self._lines.addWidget(Label(nothing, tone="text2", wrap=True))
        if limit is not None and len(first) == 1:
            first[0].set_printed(limit)
        if length is not None and len(first) == 1 and first[0].proposal.rule.unit == "day":
            first[0].set_length(length)
        for row in first:
            self._lines.addWidget(row)
        if not first and any(row.proposal.whose == "ours" for row in others):
            words = _("The words do not say which of these it is: tick what applies.")
            self._lines.addWidget(Label(words, tone="amber", wrap=True))
            for row in others:
                self._lines.addWidget(row)
        elif others:
            self._add_rest(others)

    def check(self) -> None:
        """Raise Refused where a day or a length was typed that is none; it must not be passed over."""
        for row in self.rows:
            try:
                row.measured()
            except ValueError as error:
                row.length.setFocus()
                params = {"title": row.proposal.rule.title}
                message = N_("{title}: this is no length.")
                raise Refused([Problem("deadline.length", message, "printed", params=params)]) from error
            if row.tick.isChecked() and row.printed.day() is None and row.printed.text().strip():
                row.printed.setFocus()
                message, params = (
                    N_("{title}: the date on the paper is no day."),
                    {"title": row.proposal.rule.title},
                )
                raise Refused([Problem("deadline.printed", message, "printed", params=params)])

    def chosen(self) -> tuple[ChosenDeadline, ...]:
        """Return what is ticked."""
        return tuple(choice for row in self.rows if (choice := row.choice()) is not None)

    def _add_rest(self, others: Sequence[ProposalRow]) -> None:
        rest = QWidget()
        vbox(*others, space=3, parent=rest)
        rest.hide()
        words = ngettext(
            "{count} more: of others, or only in some cases",
            "{count} more: of others, or only in some cases",
            len(others),
        ).format(count=len(others))
        line = QWidget()
        show = Button(words, lambda: rest.setVisible(rest.isHidden()), kind="link", icon="chevron-down")
        hbox(show, STRETCH, parent=line)
        self._lines.addWidget(line)
        self._lines.addWidget(rest)


class FollowUps(QWidget):
    """What happens at the end of a proposed period and what that starts: taken along with it, each with a tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._follows: list[tuple[FollowUp, CheckBox]] = []
        self._lines = vbox(space=1.5, parent=self)

    def fill(self, follows: Sequence[FollowUp]) -> None:
        """Show these chains, all ticked."""
        empty_layout(self._lines)
        self._follows = []
        if follows:
            self._lines.addWidget(Label(lambda: _("Follows at the end"), step="small", tone="text2"))
        for follow in follows:
            titles = "、".join(str(one.rule.title) for one in follow.proposals)
            box = CheckBox(titles, checked=True)
            box.toggled.connect(lambda _on: self.changed.emit())
            days = " · ".join(whole_day(one.computation.due) for one in follow.proposals)
            when = _("{day}: {event}").format(day=whole_day(follow.draft.happened_on), event=follow.draft.title)
            self._follows.append((follow, box))
            for widget in (box, Label(days, step="strong"), Label(when, step="small", tone="text2", wrap=True)):
                self._lines.addWidget(widget)

    def chosen(self, rules: set[str]) -> tuple[FollowUp, ...]:
        """Return the ticked chains whose first period is among ``rules``: what is taken of the event itself."""
        return tuple(one for one, box in self._follows if box.isChecked() and one.draft.parent_rule in rules)
