"""The deadlines an event starts, each to be taken or not, with its date, its article and the date on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.deadlines.page.action_sheets import difference_words
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.rules import WHOSE_TITLES, nearness, whole_day
from lawdesk.deadlines.service import ChosenDeadline, FollowUp, Proposal
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
    SegmentLine,
    empty_layout,
    hbox,
    vbox,
)


class ProposalRow(Follows, QWidget):
    """One proposed deadline: a tick, the computed day, whose it is and by which article, the date on the paper."""

    changed = Signal()

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__()
        self.proposal = proposal
        found = proposal.computation
        self.tick = CheckBox(lambda: str(proposal.rule.title), checked=proposal.ticked)
        self.tick.toggled.connect(self._toggled)
        day = Label(lambda: whole_day(found.due), step="strong")
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
        rows: list[QWidget] = [day, self._about, *self._warns(proposal), self._paper, self.gap]
        vbox(self.tick, vbox(*rows, space=1, margins=(6, 0, 0, 0)), space=1, parent=self)
        self._today = desk.today
        self.retranslate()

    def retranslate(self) -> None:
        if not hasattr(self, "_today"):
            return
        rule, found = self.proposal.rule, self.proposal.computation
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
        return ChosenDeadline(self.proposal.rule.id, self.printed.day())

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
        self._compare()
        self.changed.emit()

    def _compare(self) -> None:
        day: date | None = self.printed.day() if self.tick.isChecked() else None
        self.gap.set_words(difference_words(day, self.proposal.computation.due))
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

    def fill(self, proposals: Sequence[Proposal], nothing: str, limit: date | None = None) -> None:
        """Propose these deadlines; ``nothing`` is said where there are none.

        ``limit``: the last day the line says the paper names; it goes to the only period that is ticked.
        """
        self.clear()
        self.rows = [ProposalRow(self._desk, found) for found in proposals]
        for row in self.rows:
            row.changed.connect(self.changed)
        first = [row for row in self.rows if row.proposal.ticked]
        others = [row for row in self.rows if not row.proposal.ticked]
        if not self.rows:
            self._lines.addWidget(Label(nothing, tone="text2", wrap=True))
        if limit is not None and len(first) == 1:
            first[0].set_printed(limit)
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
        """Raise Refused where a date on a paper was typed that is no day; it must not be passed over."""
        for row in self.rows:
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
