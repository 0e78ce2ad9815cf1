"""What every window of deadlines works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.cases import CaseQueries
from lawdesk.deadlines.service import DeadlineService
from lawdesk.firm import Actor, FirmQueries
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.i18n import _
from lawdesk.ui import TaskRunner, Words
from lawdesk.ui.page import Host


@dataclass(frozen=True)
class Papers:
    """The documents of a case, as the program hands them in; documents are a neighbour of this feature.

    ``of_case(case_id)`` returns number and name of each, the newest first; ``add(case_id, path)`` stores a file in
    the case and returns its number. Both run off the GUI thread and may raise what services raise.
    """

    of_case: Callable[[int], Sequence[tuple[int, str]]]
    add: Callable[[int, Path], int]


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
    ask_open: Callable[[QWidget, str], Path | None] | None = None
    ask_save: Callable[[QWidget, str], Path | None] | None = None
    papers: Papers | None = None

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

    def choose_open(self, parent: QWidget, kinds: str) -> Path | None:
        """Ask for a file to read, such as ``TOML (*.toml)``; None when the person changed their mind."""
        if self.ask_open is not None:
            return self.ask_open(parent, kinds)
        name, _chosen = QFileDialog.getOpenFileName(parent, _("Choose a file"), str(Path.home()), kinds)
        return Path(name) if name else None

    def choose_save(self, parent: QWidget, name: str) -> Path | None:
        """Ask where to save a paper (PDF or Word); None when the person changed their mind."""
        if self.ask_save is not None:
            return self.ask_save(parent, name)
        kinds = "PDF (*.pdf);;Word (*.docx)"
        chosen, kind = QFileDialog.getSaveFileName(parent, _("Save"), str(Path.home() / name), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        ending = ".docx" if kind.startswith("Word") else ".pdf"
        return path if path.suffix.lower() in (".pdf", ".docx") else path.with_name(path.name + ending)

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


def waits_words() -> str:
    """Return what is said where a second person has to agree first."""
    return _("Noted: a second person has to agree first.")
