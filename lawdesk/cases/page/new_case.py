"""The new-case page: one page from the names to the open case, checked for conflicts while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.cases.page.case_form import CaseForm
from lawdesk.cases.page.drafting import (
    State,
    asked_names,
    is_empty,
    missing,
    to_case,
)
from lawdesk.cases.page.enquiries import EnquiryPicker, enquiry_state
from lawdesk.cases.page.file_kept import related_parties
from lawdesk.cases.page.foot import FootState, OpenFoot, button_words
from lawdesk.cases.page.handed_in import Alike, ConflictPanel, Desk
from lawdesk.cases.page.keeping import DraftKeeper
from lawdesk.cases.queries import EnquiryRow
from lawdesk.cases.rules import AskedName
from lawdesk.cases.service import CaseOpened, CaseService
from lawdesk.firm import Actor, FirmService, PersonRow
from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.dates import local_time
from lawdesk.kernel.errors import Problem, Refused, describe
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    Button,
    Command,
    Hairline,
    Label,
    Page,
    TaskRunner,
    WidthClass,
    hbox,
    more_button,
    sized,
    vbox,
)

FORM = "new-case"
PATIENCE_MS = 150


@dataclass(frozen=True)
class _Start:
    """What the page reads before it can begin."""

    people: Sequence[PersonRow]
    causes: Sequence[str]
    draft: State | None


class NewCasePage(Page):
    """Client, other side, case, team and fee on one page; the live check right; one button at the foot.

    ``panel`` is a QWidget with the :class:`ConflictPanel` protocol. What is typed is kept as a draft of the person
    within a second and comes back after a crash. ``go_to(enquiry_id=…)`` begins from an enquiry.
    """

    key, icon = "new-case", "file-plus-2"

    def __init__(
        self,
        cases: CaseService,
        firm: FirmService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        panel: QWidget,
        clock: Clock | None = None,
        alike: Alike | None = None,
    ) -> None:
        super().__init__()
        self._desk = Desk(cases, firm, actor, tasks, clock or SystemClock(), self, alike=alike)
        self._panel_widget = panel
        self.panel: ConflictPanel = panel  # type: ignore[assignment]  # a widget with the protocol's methods
        self.outcome = "unchecked"
        self._asked: list[AskedName] = []
        self._wanted_enquiry: int | None = None
        self._wanted_state: State | None = None
        self._opening, self._submit_when_checked = False, False
        self._refused = ""
        self._started = False
        self._patience = QTimer(self)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._look_again)
        self.keeper = DraftKeeper(self._desk, FORM, self.state, self)
        self.form = CaseForm(self._desk)
        self._build()
        self._bind()
        self._connect()
        self._start()

    def title(self) -> str:
        return _("New case")

    def activated(self) -> None:
        if self._started and not self.form.parties.clients[0].name.text():
            self.form.focus_first()

    def go_to(self, **target: Any) -> None:
        """``enquiry_id=7`` begins from an enquiry; ``state={…}`` from a file or whoever knows the names."""
        if target.get("enquiry_id") is not None:
            self._wanted_enquiry = int(target["enquiry_id"])
            if self._started:
                self._read_enquiry()
        elif isinstance(target.get("state"), dict):
            self._wanted_state = target["state"]
            if self._started:
                self._take_state()

    def commands(self) -> Sequence[Command]:
        return [
            Command(
                "new-case.open", lambda: button_words(self.outcome), self.submit, "arrow-right", hint="Ctrl+Enter"
            ),
            Command("new-case.enquiry", lambda: _("Begin from an enquiry"), self.pick_enquiry, icon="inbox"),
            Command("new-case.client", lambda: _("Add another client"), self.form.add_client, icon="plus"),
            *self.form.extras.commands(),
            Command("new-case.clear", lambda: _("Throw the draft away"), self.clear, icon="trash-2"),
        ]

    def resized(self, width: WidthClass) -> None:
        narrow = width == "narrow"
        self.form.set_narrow(narrow)
        sized(self._side, width=20 if narrow else 27 if width == "normal" else 30)
        self._saved.setVisible(not narrow)
        self.foot.keys.setVisible(not narrow)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "foot"):
            QTimer.singleShot(0, self, self._show_state)  # after the fields have taken their words

    def state(self) -> State:
        """Return everything typed."""
        return self.form.state()

    def submit(self) -> None:
        """Open the case, or say what is still missing."""
        if self._opening or not self._started:
            return
        self.form.flush()
        self._names_settled()
        problems = missing(self.state()) + self.form.unreadable()
        if problems:
            self._show_problems(problems)
            return
        clearance = self.panel.clearance()
        if self.outcome == "unchecked" or (clearance is None and self.outcome == "clear"):
            self._wait(True)
            return
        if clearance is None:
            self._wait(False)
            self._panel_widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, actor, enquiry = self._desk, self._desk.actor(), self.form.enquiry_id
        draft, related = to_case(self.state(), desk.today()), related_parties(self.form.file or {})
        self._opening = self.keeper.paused = True
        self._show_state()
        desk.run(
            lambda: desk.cases.open_case(actor, draft, clearance, enquiry_id=enquiry, related=related),
            self._opened,
            self._not_opened,
            owner=self,
        )

    def clear(self) -> None:
        """Throw away what is typed; the toast can bring it back."""
        before = self.state()
        self._fill({})
        self.keeper.take_as_kept(None)
        self.keeper.save()
        if not is_empty(before):
            self.toast(lambda: _("Draft thrown away"), undo=lambda: self._bring_back(before))

    def pick_enquiry(self) -> None:
        """Choose an enquiry to begin from."""
        picker = EnquiryPicker(self._desk, self._choose_enquiry)
        self._desk.open_sheet(picker, lambda: _("Begin from an enquiry"))
        picker.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._saved = Label("", step="small", tone="text2", elide=True)
        enquiry = Button(lambda: _("From an enquiry"), self.pick_enquiry, kind="ghost", icon="inbox")
        more = more_button(lambda: _("More"), lambda: self.commands()[2:])
        close = Button(kind="ghost", icon="x", name=lambda: _("Close; the draft is kept"), run=self._leave)
        head = hbox(Label(self.title, step="h1"), self._saved, enquiry, more, close, space=3, margins=(6, 4, 5, 1))
        head.setStretch(1, 1)
        left = QWidget()
        column = vbox(head, self.form, space=0, parent=left)
        column.setStretch(1, 1)
        self._side = QFrame()
        self._side.setObjectName("paper")
        vbox(self._panel_widget, space=0, parent=self._side)
        row = hbox(left, Hairline(vertical=True), self._side, space=0)
        row.setStretch(0, 1)
        self.foot = OpenFoot(self.submit)
        page = vbox(row, self.foot, space=0, parent=self)
        page.setStretch(0, 1)
        sized(self._side, width=27)

    def _bind(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _connect(self) -> None:
        self.keeper.saved.connect(self._show_state)
        self.panel.outcome_changed.connect(self._outcome)
        self.form.changed.connect(self._changed)
        self.form.settled.connect(self._names_settled)

    # -- what is typed ----------------------------------------------------------------------------------------

    def _start(self) -> None:
        desk, actor = self._desk, self._desk.actor()

        def read() -> _Start:
            people = desk.firm.queries.people(actor)
            causes = desk.cases.queries.used_causes(actor)
            return _Start(people, causes, desk.cases.load_draft(actor, FORM))

        self._fill({})
        desk.run(read, self._begin, owner=self, slot="start")

    def _begin(self, start: _Start) -> None:
        typed_already = self.state()
        self.form.set_people(start.people)
        self.form.case.set_causes(start.causes)
        self._started, self.keeper.paused = True, False
        self._fill(start.draft or {} if is_empty(typed_already) else typed_already)
        if self.isVisible():
            self.activated()
        if self._wanted_enquiry is not None:
            self._read_enquiry()
        if self._wanted_state is not None:
            self._take_state()

    def refresh(self, change: Any) -> None:
        """People who came meanwhile can be chosen."""
        if self._started and (change is None or change.subject == "person"):
            desk, actor = self._desk, self._desk.actor()
            desk.run(lambda: desk.firm.queries.people(actor), self.form.set_people, owner=self, slot="people")

    def _fill(self, state: State) -> None:
        self.form.fill(state)
        self.keeper.take_as_kept(self.state())
        self._refused = ""
        self._names_settled()

    def _bring_back(self, state: State) -> None:
        self._fill(state)
        self.keeper.take_as_kept(None)
        self._changed()

    def _changed(self) -> None:
        self._refused = ""
        self._submit_when_checked = False
        self.keeper.touch()
        self._show_state()

    def _names_settled(self) -> None:
        """Hand the names to the check."""
        asked = asked_names(self.state())
        if asked != self._asked:
            self._asked = asked
            self.panel.set_names(asked)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self.keeper.flush()
        super().hideEvent(event)

    # -- enquiries --------------------------------------------------------------------------------------------

    def _read_enquiry(self) -> None:
        wanted, self._wanted_enquiry = self._wanted_enquiry, None
        desk = self._desk
        desk.run(lambda: enquiry_state(desk, wanted), self._take_enquiry, owner=self, slot="enquiry")

    def _choose_enquiry(self, enquiry: EnquiryRow) -> None:
        self._wanted_enquiry = enquiry.id
        self._read_enquiry()

    def _take_enquiry(self, state: State | None) -> None:
        if state is None:
            return
        self._desk.close_sheet()
        replaced = _("Filled in from the enquiry; the earlier draft was replaced")
        self._replace_draft(state, lambda: replaced)
        self.form.parties.clients[0].identifier.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_state(self) -> None:
        wanted, self._wanted_state = self._wanted_state or {}, None
        self._replace_draft(wanted, lambda: _("Filled in; the earlier draft was replaced"))
        self.form.focus_first()

    def _replace_draft(self, state: State, words: Callable[[], str]) -> None:
        before = self.state()
        self._bring_back(state)
        if not is_empty(before):
            self.toast(words, undo=lambda: self._bring_back(before))

    # -- the button -------------------------------------------------------------------------------------------

    def _outcome(self, outcome: str) -> None:
        self.outcome = outcome
        self._look_again()
        self._show_state()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """After the last field comes the button, and back."""
        inside, last = self.focusWidget(), self.form.team.percent
        if forward and inside is last and self.foot.button.isEnabled():
            self.foot.button.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if not forward and inside is self.foot.button:
            last.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        return super().focusNextPrevChild(forward)

    def _wait(self, waiting: bool) -> None:
        """While the check still runs, the pressed button waits for it; the clearance may come a moment later."""
        self._submit_when_checked = waiting
        if waiting:
            self._patience.start()
        else:
            self._patience.stop()
        self._show_state()

    def _look_again(self) -> None:
        """Go on when the check came out clear; stop waiting when a person must decide."""
        if not self._submit_when_checked:
            return
        if self.outcome in ("needs_decision", "blocked"):
            self._wait(False)
        elif self.outcome == "clear" and self.panel.clearance() is not None:
            self._wait(False)
            self.submit()

    def _show_state(self) -> None:
        if self.form.filling:
            return
        self.foot.show_state(
            FootState(
                outcome=self.outcome,
                check=self.panel.state_words(),
                decided=self.panel.clearance() is not None,
                lacking=[problem.words() for problem in missing(self.state())],
                refused=self._refused,
                opening=self._opening,
                waiting=self._submit_when_checked,
            )
        )
        at = self.keeper.saved_at
        self._saved.set_words(_("Draft saved {time}").format(time=local_time(at)) if at else "")

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Put each problem at its field and the focus at the first; the rest stands beside the button."""
        left = self.form.show_problems(problems)
        self._refused = " ".join(problem.words() for problem in left)
        self._show_state()

    def _opened(self, opened: CaseOpened) -> None:
        self.keeper.flush()  # while opening nothing is kept: the service has forgotten the draft
        self._opening = self.keeper.paused = False
        self.keeper.saved_at = None
        self._fill({})
        self._show_state()
        words = listed([opened.number, opened.title])
        self.toast(lambda: _("Case opened: {title}").format(title=words))
        self.go("cases", case_id=opened.case_id)

    def _not_opened(self, error: BaseException) -> None:
        self._opening = self.keeper.paused = False
        if isinstance(error, Refused):
            self._show_problems(error.problems)
            return
        self._refused = str(describe(error))
        self._show_state()

    def _leave(self) -> None:
        self.keeper.flush()
        self.go("cases")
