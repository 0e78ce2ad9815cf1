"""Keeping what is typed: a draft of the person, saved when typing rests, so that nothing is lost in a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.drafting import State, is_empty
from lawdesk.cases.page.handed_in import Desk
from lawdesk.ui import Autosave


class DraftKeeper(QWidget):
    """Saves ``state()`` as the draft of ``form``; an empty one is forgotten. ``saved()`` when it is on disk.

    While ``paused`` nothing is kept (the case is being opened; the service forgets the draft itself).
    """

    saved = Signal()

    def __init__(self, desk: Desk, form: str, state: Callable[[], State], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._desk, self._form, self._state = desk, form, state
        self._kept: State | None = None
        self._autosave = Autosave(self.save, parent=self)
        self.paused = True
        self.saved_at: datetime | None = None

    def touch(self) -> None:
        """Something was typed: save when it rests."""
        self._autosave.touch()

    def flush(self) -> None:
        """Save now what is pending."""
        self._autosave.flush()

    def take_as_kept(self, state: State | None) -> None:
        """``state`` needs no saving (it was just read, or is empty); None: whatever is typed needs it."""
        self._kept = state

    def save(self) -> None:
        """Save when there is something new."""
        state = self._state()
        if self.paused or state == self._kept:
            return
        self._kept = state
        desk, actor, form = self._desk, self._desk.actor(), self._form
        if is_empty(state):
            desk.run(lambda: desk.cases.forget_draft(actor, form), lambda _done: self._told(None), owner=self)
            return
        now = desk.clock.now()
        desk.run(lambda: desk.cases.save_draft(actor, form, state), lambda _done: self._told(now), owner=self)

    def _told(self, at: datetime | None) -> None:
        self.saved_at = at
        self.saved.emit()
