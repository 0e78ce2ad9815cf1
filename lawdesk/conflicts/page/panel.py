"""The live conflict check beside the new case: it answers while names are typed, and is decided right there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from lawdesk.cases import Clearance
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import Decidable, NameBlock, icon_line, shown_of
from lawdesk.conflicts.page.live import LiveCheck
from lawdesk.conflicts.rules import CheckResult, Hit, Severity
from lawdesk.conflicts.service import ConflictService, NameAsked, asked_of
from lawdesk.firm import Actor
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import (
    STRETCH,
    EmptyState,
    ErrorBlock,
    Follows,
    Hairline,
    IconLabel,
    Label,
    ScrollArea,
    TaskRunner,
    empty_layout,
    hbox,
    theme,
    vbox,
)


class LivePanel(Follows, QWidget):
    """Fulfils the protocol ``ConflictPanel`` of the new-case page.

    ``outcome_changed(str)``: ``unchecked``, ``clear``, ``needs_decision`` or ``blocked``; said again whenever
    :meth:`clearance` may have become available. ``clear`` is said only when the clearance is at hand.
    """

    outcome_changed = Signal(str)

    def __init__(
        self,
        conflicts: ConflictService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.live = LiveCheck(conflicts, actor=actor, tasks=tasks, keeps=True, parent=self)
        self._blocks: list[NameBlock] = []
        self._said: tuple[str, bool, str] = ("", False, "")
        self._error: ErrorBlock | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.live.changed.connect(self._show)
        self._show()

    def set_names(self, names: Sequence[NameAsked]) -> None:
        """Check these names from now on (within a keystroke's patience, on the worker)."""
        self.live.ask(asked_of(names))

    def clearance(self) -> Clearance | None:
        """Return what the case may open on; None while the check is not clear and not decided."""
        return self.live.clearance

    def state_words(self) -> str:
        """Return one sentence about where the check stands; empty while there is no name."""
        live, result = self.live, self.live.result
        if not live.asked:
            return ""
        if live.error is not None:
            return _("The conflict check failed")
        if live.running or result is None:
            return _("Checking for conflicts …")
        return self._outcome_words(live.outcome(), result)

    def _outcome_words(self, outcome: str, result: CheckResult) -> str:
        live = self.live
        if outcome == "blocked":
            return _blocked_words(live, result)
        waiting = len(live.open_keys())
        if waiting:
            return ngettext(
                "{count} hit waits for a decision", "{count} hits wait for a decision", waiting
            ).format(count=waiting)
        count = len(result.asked)
        if outcome == "clear":
            return ngettext(
                "{count} name searched, no conflict", "{count} names searched, no conflict", count
            ).format(count=count)
        return _("Every hit is decided") if live.clearance is not None else _("Keeping the decisions …")

    def outcome(self) -> str:
        """Return the outcome as it is announced."""
        outcome = self.live.outcome()
        return "unchecked" if outcome == "clear" and self.live.clearance is None else outcome

    def retranslate(self) -> None:
        if hasattr(self, "_column"):
            for block in self._blocks:
                block.shown = None
            self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self._go_to_next()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        parts = self._parts()
        focused = next((part for part in parts if part.hasFocus()), None)
        if event.key() in steps and focused is not None:
            place = parts.index(focused) + steps[Qt.Key(event.key())]
            if 0 <= place < len(parts):
                self._go_to(parts[place])
            return
        super().keyPressEvent(event)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        mark = IconLabel("shield-alert", tone="text", units=5)
        live = Label(lambda: _("live"), step="small", tone="text2")
        head = hbox(mark, Label(lambda: _("Conflict check"), step="h3"), STRETCH, live, space=2)
        self._figures = Label("", step="small", tone="text2", wrap=True)
        self._empty = EmptyState(
            "shield-alert",
            lambda: _("Names are checked as they are typed"),
            lambda: _("Clients, the other side, third parties and legal representatives"),
        )
        self._problems = QWidget()
        self._problem_lines = vbox(space=1, parent=self._problems)
        self._names = QWidget()
        self._column = vbox(space=0, parent=self._names)
        self._limits = QWidget()
        self._limit_lines = vbox(space=1, margins=(0, 2, 0, 0), parent=self._limits)
        content = QWidget()
        vbox(
            head,
            self._figures,
            Hairline(),
            self._problems,
            self._names,
            self._limits,
            self._empty,
            STRETCH,
            space=1.5,
            margins=(5, 5, 5, 4),
            parent=content,
        )
        self._scroll = ScrollArea(content)
        vbox(self._scroll, space=0, parent=self)

    # -- showing ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        live = self.live
        self._empty.setVisible(not live.asked)
        self._names.setVisible(bool(live.asked))
        self._figures.setVisible(bool(live.asked))
        self._figures.set_words(self._figure_words())
        self._show_problems()
        self._show_blocks()
        self._show_limits()
        if self.hasFocus():
            self._go_to_next()
        said = (self.outcome(), live.clearance is not None, self.state_words())
        if said != self._said:
            self._said = said
            self.outcome_changed.emit(said[0])

    def _figure_words(self) -> str:
        checked = self.live.checked
        if self.live.running or checked is None:
            return _("Checking for conflicts …") if self.live.asked else ""
        return words.figures_line(checked.result.searched, checked.seconds)

    def _show_problems(self) -> None:
        empty_layout(self._problem_lines)
        result = self.live.result
        if self.live.error is not None:
            self._problem_lines.addWidget(ErrorBlock(self.live.error))
        elif result is not None and not self.live.running:
            for problem in result.problems:
                if problem.severity == "error":
                    self._problem_lines.addWidget(icon_line("octagon-x", "red", problem.words, text="red"))
        self._problems.setVisible(self._problem_lines.count() > 0)

    def _show_blocks(self) -> None:
        """Build the blocks that changed, keep the others with what is typed in them."""
        kept = {block.asked: block for block in self._blocks}
        blocks: list[NameBlock] = []
        for asked in dict.fromkeys(self.live.asked):
            shown = shown_of(self.live, asked)
            block = kept.get(asked)
            if block is None or block.shown != shown:
                block = NameBlock(self.live, asked, shown)
                block.decided.connect(self._go_to_next)
            blocks.append(block)
        if blocks == self._blocks:
            return
        for old in self._blocks:
            self._column.removeWidget(old)
            if old not in blocks:
                old.hide()
                old.deleteLater()
        while self._column.count():
            line = self._column.takeAt(0).widget()
            if line is not None and line not in blocks:
                line.deleteLater()
        for place, block in enumerate(blocks):
            if place:
                self._column.addWidget(Hairline())
            self._column.addWidget(block)
            block.show()
        self._blocks = blocks

    def _show_limits(self) -> None:
        empty_layout(self._limit_lines)
        result = self.live.result
        if result is not None and self.live.asked:
            line = icon_line("info", "text3", partial(_limit_words, result), text="text3")
            self._limit_lines.addWidget(Hairline())
            self._limit_lines.addWidget(line)
        self._limits.setVisible(self._limit_lines.count() > 0)

    # -- the keyboard -----------------------------------------------------------------------------------------

    def _parts(self) -> list[Decidable]:
        return [part for block in self._blocks for part in block.parts]

    def _go_to_next(self) -> None:
        """Put the focus on the first hit that is still to be decided."""
        waiting = set(self.live.open_keys())
        for part in self._parts():
            if part.key in waiting:
                self._go_to(part)
                return
        if not self.hasFocus() and (inside := self.focusWidget()) is not None and inside.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, part: Decidable) -> None:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(part, 0, theme.u(4))


def _limit_words(result: CheckResult) -> str:
    said = words.limits(result)
    if result.more:
        said.append(words.more_words(result.more))
    return _("Cannot be judged: {sentences}").format(sentences=" ".join(said))


def _blocked_words(live: LiveCheck, result: CheckResult) -> str:
    wrong = next((problem for problem in result.problems if problem.severity == "error"), None)
    if wrong is not None:
        return wrong.words()
    hit = next(hit for hit in result.hits if _forbids(live, hit))
    said = _("Forbidden: {headline}").format(headline=words.headline(hit))
    if live.is_director:
        return said
    return _("{said}; only the director may decide that it is another party").format(said=said)


def _forbids(live: LiveCheck, hit: Hit) -> bool:
    return hit.severity is Severity.ABSOLUTE and not live.is_decided(hit)
