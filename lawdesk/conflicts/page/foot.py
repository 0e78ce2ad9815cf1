"""The foot of the conflicts page: the decision about what is shown, and the record of the whole check."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.conflicts.page.blocks import earlier_words, icon_line, made_words
from lawdesk.conflicts.page.decision import REFUSED, DecisionEntry
from lawdesk.conflicts.page.live import Key, LiveCheck
from lawdesk.conflicts.rules import Hit, Severity
from lawdesk.conflicts.service import grave
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, Command, FlowLayout, Label, empty_layout, hbox, vbox


class Foot(QFrame):
    """Decides the hit or name shown (number key, Enter), and records the check once all is decided.

    ``decided()`` after a decision, ``refused(reason)`` when the firm says no, ``record()`` to keep the check,
    ``opened()`` to see what was kept, with its certificate.
    """

    decided = Signal()
    refused = Signal(str)
    record = Signal()
    opened = Signal()

    def __init__(self, live: LiveCheck, steps: Sequence[Command] = ()) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._steps = steps
        self._live = live
        self._key: Key | None = None
        self._hit: Hit | None = None
        self.entry: DecisionEntry | None = None
        self._shown: object = None
        self._part = QWidget()
        self._rows = vbox(space=1.5, parent=self._part)
        self.button = Button(lambda: _("Record the check"), self.record.emit, kind="filled", icon="check")
        self.proof = Button(
            lambda: _("Record and certificate"), self.opened.emit, kind="filled", icon="file-check"
        )
        self.state = Label("", step="small", tone="text2")
        right = vbox(STRETCH, hbox(STRETCH, self.state), hbox(STRETCH, self.button, self.proof), space=1)
        line = hbox(self._part, right, space=4, margins=(6, 2.5, 5, 2.5), parent=self)
        line.setStretch(0, 1)

    def show_hit(self, hit: Hit) -> None:
        """Offer what can be decided about a hit."""
        self._show((hit.asked.name, hit.party), hit)

    def show_name(self, name: str) -> None:
        """Offer what can be decided about a name that was not searched."""
        self._show((name, ""), None)

    def show_check(self) -> None:
        """Offer what can be done with the whole check."""
        self._show(None, None)

    def show_state(self, words: Callable[[], str], *, ready: bool, recorded: bool) -> None:
        """Say where the whole check stands; ``ready`` to be recorded."""
        self.state.set_words(words)
        self.button.setEnabled(ready)
        self.button.setVisible(not recorded)
        self.proof.setVisible(recorded)

    def _show(self, key: Key | None, hit: Hit | None) -> None:
        live = self._live
        made = live.decision(key) if key is not None else None
        earlier = live.earlier(hit, key[0]) if key is not None else None
        shown = (key, hit, made, earlier, live.clearance is not None)
        if shown == self._shown:
            return
        self._shown, self._key, self._hit = shown, key, hit
        empty_layout(self._rows)
        self.entry = None
        for widget in self._widgets():
            self._rows.addWidget(widget)

    def _widgets(self) -> list[QWidget]:
        live, hit, key = self._live, self._hit, self._key
        if key is None:
            return self._check_widgets()
        made = live.decision(key)
        if made is not None:
            return [self._made_line(key)]
        if hit is not None and not grave(hit):
            return [icon_line("info", "text2", _only_a_note)]
        rows: list[QWidget] = []
        earlier = live.earlier(hit, key[0])
        if earlier is not None and live.may_decide:
            take = Button(lambda: _("Decide the same"), self._take_over, kind="link")
            line = QWidget()
            row = hbox(icon_line("history", "text2", lambda: earlier_words(earlier)), take, space=2, parent=line)
            row.setStretch(0, 1)
            rows.append(line)
        if hit is not None and hit.severity is Severity.ABSOLUTE and not live.is_director:
            rows.append(icon_line("info", "text2", _only_director))
        if live.may_decide and live.clearance is None:
            rows.append(self._entry((*live.choices(hit), REFUSED), open_line=True))
        elif live.clearance is None:
            rows.append(icon_line("info", "text2", lambda: _("A lawyer or the director has to decide this.")))
        return rows

    def _check_widgets(self) -> list[QWidget]:
        """Return what can be done with the whole check: the next steps, or saying no."""
        steps = QWidget()
        flow = FlowLayout(steps)
        for step in self._steps:
            flow.addWidget(Button(step.title, step.run, icon=step.icon))
        if not self._live.may_decide or self._live.clearance is not None:
            return [steps]
        return [steps, self._entry((REFUSED,), open_line=False)]

    def _entry(self, choices: Sequence[str], *, open_line: bool) -> DecisionEntry:
        self.entry = DecisionEntry(choices, open_line=open_line)
        self.entry.made.connect(self._made)
        return self.entry

    def _made_line(self, key: Key) -> QWidget:
        line = QWidget()
        made = self._live.decision(key)
        assert made is not None
        said = icon_line("check", "green", lambda: made_words(made), step="body", text="green")
        row = hbox(said, space=2, parent=line)
        row.setStretch(0, 1)
        if self._live.clearance is None:
            row.addWidget(Button(lambda: _("Change"), lambda: self._live.take_back(key), kind="link"))
        return line

    def _made(self, decision: str, reason: str) -> None:
        if decision == REFUSED:
            self.refused.emit(reason)
        elif self._key is not None and self._live.decide(self._key, decision, reason):
            self.decided.emit()

    def _take_over(self) -> None:
        earlier = self._live.earlier(self._hit, self._key[0]) if self._key is not None else None
        if self._key is not None and earlier is not None and self._live.take_over(self._key, earlier):
            self.decided.emit()

    def begin(self, number: int) -> bool:
        """Choose a decision by its number; return whether there is one."""
        return self.entry is not None and self.entry.begin_number(number)


def _only_a_note() -> str:
    return _("To know; nothing has to be decided about it.")


def _only_director() -> str:
    return _("Only the director may decide “not the same party”.")
