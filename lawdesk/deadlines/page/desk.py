"""What every window of deadlines works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lawdesk.cases import CaseQueries
from lawdesk.deadlines.service import DeadlineService
from lawdesk.firm import Actor, FirmQueries
from lawdesk.kernel.clock import Clock
from lawdesk.ui import TaskRunner, Words
from lawdesk.ui.page import Host


@dataclass(frozen=True)
class Desk:
    """The docket's service, who acts, the worker, the clock, and the window around (None before it is there)."""

    service: DeadlineService
    cases: CaseQueries
    firm: FirmQueries
    actor: Callable[[], Actor]
    tasks: TaskRunner
    clock: Clock
    host: Callable[[], Host | None]

    def today(self) -> date:
        """Return today's legal day."""
        return self.clock.today()

    def run(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        owner: QObject,
        slot: str = "",
    ) -> None:
        """Run on the database worker; see TaskRunner."""
        self.tasks.run(fn, done, failed, owner=owner, slot=slot)

    def toast(self, words: Words, undo: Callable[[], object] | None = None) -> None:
        """Say what was done at the foot of the sheet."""
        host = self.host()
        if host is not None:
            host.toast(words, undo)

    def go(self, page_key: str, **target: Any) -> None:
        """Show another page."""
        host = self.host()
        if host is not None:
            host.go(page_key, **target)

    def open_sheet(self, content: QWidget, title: Words, *, keep: bool = False) -> None:
        """Slide ``content`` in from the right; it is gone when the sheet closes, unless ``keep`` (a draft)."""
        host = self.host()
        if host is not None:
            host.open_sheet(content, title, on_close=None if keep else content.deleteLater)

    def close_sheet(self) -> None:
        """Slide the side sheet out."""
        host = self.host()
        if host is not None:
            host.close_sheet()

    def finish(self, then: Callable[[], object]) -> None:
        """Slide the side sheet out after its work is done, then do ``then``."""
        self.close_sheet()
        then()
