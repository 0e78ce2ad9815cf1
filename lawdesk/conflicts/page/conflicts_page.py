"""The conflicts page: ask names, read the hits by grade, decide each, and keep the check for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from lawdesk.cases import CaseService, Clearance
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import icon_line
from lawdesk.conflicts.page.decision import number_of
from lawdesk.conflicts.page.enquiry import EnquiryNote, names_state
from lawdesk.conflicts.page.items import Item, headline, items_of, kept_items, state_words
from lawdesk.conflicts.page.kept import result_words
from lawdesk.conflicts.page.life import LifeOfChecks, news_items
from lawdesk.conflicts.page.live import LiveCheck
from lawdesk.conflicts.page.names import NamesField, names_of
from lawdesk.conflicts.page.result import ResultPane
from lawdesk.conflicts.queries import CheckRow
from lawdesk.conflicts.rules import Asked, Role
from lawdesk.conflicts.service import ConflictService, grave
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock, SystemClock
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, language
from lawdesk.ui import (
    Button,
    Command,
    EmptyState,
    ErrorBlock,
    Hairline,
    Label,
    ListDetail,
    ListModel,
    Page,
    RowList,
    SegmentLine,
    TaskRunner,
    empty_layout,
    hbox,
    more_button,
    panel,
    theme,
    vbox,
)

BESIDE_EM = {"zh": 54, "en": 68}
"""From this width on list and detail stand beside each other; English words need more room."""


class ConflictsPage(Page):
    """Names with roles on top, hits by grade left, one hit in full right, its decision pinned at the foot.

    Without names the recent checks stand at the left. ``go_to(names=[…], case_id=…)`` asks names (text, or values
    with ``name``, ``side`` and ``identifier``); ``case_id`` is where to go back to.
    """

    key, icon = "conflicts", "shield-alert"

    def __init__(
        self,
        conflicts: ConflictService,
        cases: CaseService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._conflicts, self._cases, self._actor, self._tasks = conflicts, cases, actor, tasks
        self._clock = clock or SystemClock()
        self.live = LiveCheck(conflicts, actor=actor, tasks=tasks, keeps=False, parent=self)
        self._history = True
        self._kept: list[CheckRow] = []
        self._back_to: int | None = None
        self._failed: BaseException | None = None
        self._settled = True
        self.life = LifeOfChecks(
            self, self._conflicts, self._cases, actor=actor, tasks=tasks, failed=self.show_failure
        )
        self._build()
        self.names.changed.connect(self._ask)
        self.names.asked.connect(self._go_to_list)
        self.live.changed.connect(self._show)
        self.foot.decided.connect(self._next)
        self.foot.refused.connect(self._refuse)
        self.foot.record.connect(self.record)
        self.foot.opened.connect(self.open_record)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.clicked.connect(lambda _index: self._opened(self.list.current_item()))
        self.life.changed.connect(lambda: self._show_list() if self._history else None)
        self._read_history()
        self._show()

    def title(self) -> str:
        return _("Conflicts of interest")

    def activated(self) -> None:
        if not self.names.names():
            self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, **target: Any) -> None:
        """``names=[…]`` asks these; a text is the other side once there is a client, ``case_id`` leads back."""
        if target.get("names"):
            self._back_to = target.get("case_id")
            self.names.set_names(names_of(target["names"]))
            self._ask()

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.subject == "conflict_check":
            self._read_history()
        self.life.follow(change)

    def commands(self) -> Sequence[Command]:
        asked = bool(self.names.names())
        return [
            Command("conflicts.history", self._history_words, self.toggle_history, "history"),
            Command("conflicts.case", _case_words, self.new_case, "file-plus-2", enabled=lambda: asked),
            Command("conflicts.enquiry", _enquiry_words, self.take_enquiry, "phone", enabled=lambda: asked),
            Command("conflicts.clear", lambda: _("Clear the names"), self.clear, "x", enabled=lambda: asked),
            *self.life.commands(),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "panes"):
            self._fit()
            self.result.retranslate_shown()
            self._show()

    def record(self) -> None:
        """Keep the check with its decisions for good."""
        if self.live.ready and self.live.clearance is None:
            self.live.keep(self._recorded, self.show_failure)

    def open_record(self) -> None:
        """Show the check as it was kept, with its certificate."""
        made = self.live.clearance
        key = next((row.id for row in self._kept if made is not None and set(row.names) == set(made.names)), None)
        if key is not None:
            self._history = True
            self._show()
            self.list.choose_key(("kept", key))
            self.panes.show_detail()

    def clear(self) -> None:
        """Begin anew."""
        self.names.set_names([])
        self._ask()
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_case(self) -> None:
        """Begin a case with these names."""
        self.go("new-case", state=names_state(self.names.names()))

    def take_enquiry(self) -> None:
        """Note these names as an enquiry, so that they are found from now on."""
        if self.host is None or not self.names.names():
            return
        sheet = EnquiryNote(
            self._cases,
            self.names.names(),
            actor=self._actor,
            tasks=self._tasks,
            clock=self._clock,
            done=self._enquiry_noted,
        )
        self.host.open_sheet(sheet, _enquiry_words)
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_history(self) -> None:
        """Show the recent checks instead of the hits, or the hits again."""
        self._history = not self._history or not self.names.names()
        self._show()
        self._go_to_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            number = number_of(event)
            if number and not self._history and self.foot.entry is not None:
                self.panes.show_detail()
                return self.foot.begin(number)
        return super().eventFilter(watched, event)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.names = NamesField()
        steps = self.commands()[1:3]
        actor, tasks = self._actor, self._tasks
        self.result = ResultPane(
            self.live,
            self._cases,
            actor=actor,
            tasks=tasks,
            check_again=self._check_again,
            conflicts=self._conflicts,
            go=self.go,
            steps=steps,
        )
        self.foot = self.result.foot
        self._figures = SegmentLine()
        self._back = Button(lambda: _("Back to the case"), self._go_back, kind="link", icon="chevron-left")
        self._history_button = Button(self._history_words, self.toggle_history, kind="ghost", icon="history")
        more = more_button(lambda: _("More"), lambda: self.commands()[1:])
        title = hbox(Label(self.title, step="h1"), self._back, QWidget(), self._history_button, more, space=3)
        title.setStretch(2, 1)
        self._trouble = QWidget()
        self._trouble_lines = vbox(space=1, parent=self._trouble)
        head = QWidget()
        vbox(title, self.names, self._figures, self._trouble, space=2, margins=(6, 4, 5, 2), parent=head)
        self.model = ListModel(to_row=lambda item: item.row, parent=self)
        empty = EmptyState("shield-check", lambda: _("No check was recorded yet"))
        self.list = RowList(self.model, name=lambda: _("Hits by grade"), layout="side", empty=empty)
        self.list.installEventFilter(self)
        self.panes = ListDetail(
            panel(self.list, margins=(3, 1, 0, 0)), self.result, back=lambda: _("Hits"), list_width=28
        )
        column = vbox(head, Hairline(), self.panes, space=0, parent=self)
        column.setStretch(2, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.record)

    def _fit(self) -> None:
        self.panes.set_narrow(self.width() < theme.em(BESIDE_EM[language()]))

    # -- asking -----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        names = self.names.names()
        self._history, self._failed, self._settled = not names, None, False
        self.result.forget()
        self.live.ask(names, at_once=True)
        self._show()

    def _show(self) -> None:
        live = self.live
        checked = live.checked
        self._history_button.setVisible(bool(self.names.names()))
        self._history_button.retranslate()
        self._back.setVisible(self._back_to is not None)
        if live.running:
            self._figures.set_parts([_("Checking for conflicts …")])
        elif checked is not None:
            own = _("cases you may not open included")
            self._figures.set_parts([*words.figures(checked.result.searched, checked.seconds), own])
        else:
            self._figures.set_parts(
                [_("The first name is the prospective client, the next the other side; a click changes it")]
            )
        self._show_trouble()
        self._show_list()
        self._show_foot()

    def _show_trouble(self) -> None:
        empty_layout(self._trouble_lines)
        error = self.live.error or self._failed
        if error is not None:
            self._trouble_lines.addWidget(ErrorBlock(error))
        result = self.live.result
        for problem in result.problems if result is not None and not self.live.running else ():
            if problem.severity == "error":
                self._trouble_lines.addWidget(
                    icon_line("octagon-x", "red", problem.words, step="body", text="red")
                )
        self._trouble.setVisible(self._trouble_lines.count() > 0)

    def _show_list(self) -> None:
        """Show the lines of now; the cursor stays, or goes to the gravest that waits."""
        if self._history:
            self.model.set_items([*news_items(self.life.news), *kept_items(self._kept)])
        elif not self.live.running:
            self.model.set_items(items_of(self.live))
        item = self.list.current_item()
        if item is None or (not self._settled and not self.live.running):
            self._choose_first()
        else:
            self._chosen(item)

    def _choose_first(self) -> None:
        if self.live.running and not self._history:
            return
        self._settled = True
        waiting = self.live.open_keys()
        for place in range(self.model.total):
            item = self.model.item(place)
            if not self._history and item is not None and _key_of(item) in waiting:
                self.list.setCurrentIndex(self.model.index(place))
                break
        else:
            self.list.choose_first()
        self._chosen(self.list.current_item())

    def _chosen(self, item: Item | None) -> None:
        self.result.show_item(item, partial(headline, self.live))
        self._show_foot()

    def _opened(self, item: Item | None) -> None:
        if item is not None:
            self.panes.show_detail()

    # -- deciding ---------------------------------------------------------------------------------------------

    def _show_foot(self) -> None:
        item = None if self._history or self.live.running else self.list.current_item()
        self.result.show_foot(item, partial(state_words, self.live))

    def _next(self) -> None:
        """After a decision go to the next hit that waits, else to the whole check."""
        waiting = self.live.open_keys()
        items = [self.model.item(place) for place in range(self.model.total)]
        for place, item in enumerate(items):
            if item is not None and _key_of(item) in waiting:
                self.list.setCurrentIndex(self.model.index(place))
                break
        else:
            self.list.choose_key("overview")
        self._go_to_list()

    def _refuse(self, reason: str) -> None:
        self.live.refuse(reason, self._recorded, self.show_failure)

    def _recorded(self, clearance: Clearance) -> None:
        self._failed = None
        self.toast(lambda: _("Recorded: {result}").format(result=result_words(clearance.result.value)))
        self._read_history()
        self._go_to_list()

    def show_failure(self, error: BaseException) -> None:
        """Show what went wrong."""
        self._failed = error
        self._show_trouble()

    # -- history, and what comes next -------------------------------------------------------------------------

    def _read_history(self) -> None:
        actor = self._actor()

        def fill(rows: list[CheckRow]) -> None:
            self._kept = rows
            if self._history:
                self._show_list()

        self._tasks.run(lambda: self._conflicts.queries.recent(actor), fill, owner=self, slot="history")

    def _check_again(self) -> None:
        if self.result.kept.row is not None:
            asked = self.result.kept.row.content.get("asked", [])
            self.names.set_names([Asked(one["name"], Role(one["role"]), one["kind"]) for one in asked])
            self._ask()

    def _history_words(self) -> str:
        return _("Back to this check") if self._history and self.names.names() else _("Recent checks")

    def _go_to_list(self) -> None:
        self.names.flush()
        self.panes.show_list()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_back(self) -> None:
        self.go("cases", case_id=self._back_to)

    def _enquiry_noted(self, _enquiry_id: int) -> None:
        if self.host is not None:
            self.host.close_sheet()
        self.toast(lambda: _("Enquiry noted"))


def _key_of(item: Item) -> tuple[str, int | str] | None:
    if item.hit is not None and grave(item.hit):
        return (item.hit.asked.name, item.hit.party)
    return (item.name, "") if item.kind == "name" else None


def _case_words() -> str:
    return _("New case with these names")


def _enquiry_words() -> str:
    return _("Note as an enquiry")
