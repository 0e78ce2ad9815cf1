"""Beside the count: the date on the paper against the computed one, who answers, the event and its chain."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.deadlines.page.action_sheets import difference_words
from lawdesk.deadlines.page.actions import Actions
from lawdesk.deadlines.page.desk import Desk
from lawdesk.deadlines.page.reading import Shown
from lawdesk.deadlines.page.words import status_of
from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import WHOSE_TITLES, can_turn, whole_day
from lawdesk.deadlines.service import request_words
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import STRETCH, Button, Facts, FlowLayout, Gap, Label, SectionHeading, empty_layout, hbox, vbox


class SideFacts(QWidget):
    """The right column of a deadline's detail."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self.box = QFrame()
        self.box.setObjectName("paper")
        self._box_lines = vbox(space=1, margins=(4, 3, 4, 3), parent=self.box)
        self.facts = Facts()
        self.proof = QWidget()
        self._proof_lines = vbox(space=1, parent=self.proof)
        self._event_heading = SectionHeading(lambda: _("The event"))
        self.chain = QWidget()
        self._chain_lines = vbox(space=2, parent=self.chain)
        vbox(
            SectionHeading(lambda: _("Check")),
            self.box,
            Gap(1),
            SectionHeading(lambda: _("State")),
            self.facts,
            self.proof,
            Gap(1),
            self._event_heading,
            self.chain,
            STRETCH,
            space=2,
            parent=self,
        )

    def fill(self, shown: Shown) -> None:
        """Show what stands beside a deadline."""
        self._fill_box(shown.row)
        row, today = shown.row, self._desk.today()
        facts = [
            (_("State"), status_of(row, today).text),
            (_("Responsible"), row.person),
            (_("Binds"), _(WHOSE_TITLES.get(row.whose, row.whose))),
        ]
        if row.done_on is not None:
            facts.append((_("Done"), f"{short_date(row.done_on, today)} {row.done_by}".strip()))
        if row.extended_to is not None:
            facts.append((_("Extended to"), whole_day(row.extended_to)))
        if row.evidence:
            facts.append((_("Proof"), row.evidence))
        for asked in shown.requests:
            facts.append((_("Second person"), request_words(asked)))
        if shown.account is not None:
            account = "\n".join(step.words() for step in shown.account.steps)
            facts.append((_("Interrupted or suspended"), account))
        if row.entered_by:
            checked = (
                _("checked by {name}").format(name=row.checked_by) if row.checked_by else _("not checked yet")
            )
            facts.append((_("Entered by"), f"{row.entered_by} · {checked}"))
        if row.reason:
            facts.append((_("Reason"), row.reason))
        if row.note:
            facts.append((pgettext("about a deadline", "Note"), row.note))
        self.facts.set_facts(facts)
        self._fill_proof(row)
        self._fill_chain(shown)

    def _fill_proof(self, row: DeadlineRow) -> None:
        """Links to the document that proves the state, and to entering one."""
        empty_layout(self._proof_lines)
        made = []
        if row.evidence_id is not None:
            go = lambda: self._desk.go("cases", case_id=row.case_id, tab="documents")  # noqa: E731
            made.append(Button(lambda: _("The paper in the case"), go, kind="link", icon="file-check"))
        elif row.status == "done":
            made.append(Button(lambda: _("Add what proves it …"), lambda: self._actions.prove(row), kind="link"))
        for button in made:
            line = QWidget()
            hbox(button, STRETCH, parent=line)
            self._proof_lines.addWidget(line)
        self.proof.setVisible(bool(made))

    def _fill_box(self, row: DeadlineRow) -> None:
        empty_layout(self._box_lines)
        add = self._box_lines.addWidget
        by_hand = not row.rule
        add(Label(_box_title(by_hand), step="small", tone="text2"))
        if row.printed_due is None and not by_hand:
            add(Label(lambda: _("none entered"), step="strong"))
            words = Label(lambda: _("If the paper names a date it holds; the count is its check."), wrap=True)
            words.set_step("small")
            words.set_tone("text2")
            add(words)
        else:
            add(Label(whole_day(row.printed_due or row.due), step="strong"))
        if row.computed_due is not None:
            add(Gap(1))
            add(Label(lambda: _("Computed"), step="small", tone="text2"))
            add(Label(whole_day(row.computed_due), step="strong"))
        if row.differs:
            add(Label(difference_words(row.printed_due, row.computed_due), step="small", tone="amber", wrap=True))
        elif row.printed_due is not None and row.computed_due is not None:
            add(Label(lambda: _("Both agree."), step="small", tone="green"))
        if row.status == "open":
            add(self._links(row))

    def _links(self, row: DeadlineRow) -> QWidget:
        """What can be done with an open date; what does not fit beside each other goes below."""
        by_hand = not row.rule
        buttons = [Button(_link_words(by_hand), lambda: self._actions.set_printed(row), kind="link")]
        if row.kind == "hearing":
            buttons.append(Button(lambda: _("Adjourned to …"), lambda: self._actions.adjourn(row), kind="link"))
        else:
            buttons.append(Button(lambda: _("Extend …"), lambda: self._actions.extend(row), kind="link"))
        if not row.checked_by and row.entered_by != self._desk.actor().name:
            buttons.append(Button(lambda: _("I checked it"), lambda: self._actions.check(row), kind="link"))
        rule = self._desk.service.book.rules.get(row.rule_version)
        if rule is not None and can_turn(rule):
            words = lambda: _("Interrupted or suspended …")  # noqa: E731
            buttons.append(Button(words, lambda: self._actions.turn(row), kind="link"))
        links = QWidget()
        flow = FlowLayout(links, space=1)
        for button in buttons:
            flow.addWidget(button)
        return links

    def _fill_chain(self, shown: Shown) -> None:
        empty_layout(self._chain_lines)
        event, today = shown.event, self._desk.today()
        self._event_heading.setVisible(event is not None)
        if event is None:
            return
        add = self._chain_lines.addWidget
        state = _(" (withdrawn)") if event.withdrawn else ""
        add(
            Label(
                f"{short_date(event.happened_on, today)} {short_weekday(event.happened_on)}{state}",
                step="small",
                tone="text2",
            )
        )
        add(Label(event.title, wrap=True))
        if event.reason:
            add(Label(_("Withdrawn: {reason}").format(reason=event.reason), step="small", tone="text2", wrap=True))
        if not event.withdrawn:
            line = QWidget()
            day = Button(lambda: _("Correct the day"), lambda: self._actions.change_day(event), kind="link")
            back = Button(lambda: _("Withdraw"), lambda: self._actions.withdraw_event(event), kind="link")
            hbox(day, back, STRETCH, space=4, parent=line)
            add(line)
        if shown.others:
            add(Gap(0.5))
            add(Label(lambda: _("Also hangs on it"), step="small", tone="text2"))
            for other in shown.others:
                add(self._link(other))
        for following in shown.chain:
            words = _("When it has run out, {day}: {event}").format(
                day=short_date(following.on, today), event=following.trigger.title
            )
            add(Label(words, step="small", tone="text2", wrap=True))

    def _link(self, row: DeadlineRow) -> QWidget:
        line = QWidget()
        words = f"{short_date(row.due, self._desk.today())} {row.title}"
        hbox(Button(words, lambda: self._actions.open_why(row), kind="link"), STRETCH, parent=line)
        return line


def _box_title(by_hand: bool) -> Callable[[], str]:
    return lambda: _("Date entered by hand") if by_hand else _("Date on the court's paper")


def _link_words(by_hand: bool) -> Callable[[], str]:
    return lambda: _("Change the date") if by_hand else _("Set the date on the paper")
