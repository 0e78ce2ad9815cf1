"""What the program hands to the windows of this feature: collaborators, other features' tabs, the live check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from lawdesk.cases.rules import AskedName, Clearance
from lawdesk.cases.service import CaseService
from lawdesk.firm import Actor, FirmService, WallQueries
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.events import Changed
from lawdesk.ui import Command, Page, TaskRunner, Words

Clear = Callable[[list[AskedName]], Clearance]
"""Checks names for conflicts, on the worker; "not checked" or "refused" come back as results, not as errors."""
Twins = Callable[[Actor, int], Sequence[tuple[int, str, str]]]
"""Returns the parties that are likely the same as one on file: id, name, why."""
Alike = Callable[[Actor, str], Sequence[tuple[int, str, str]]]
"""Returns the parties on file that a name may already be: id, name, why; runs on the worker."""


class CaseBlock(Protocol):
    """What another feature puts into a case: a widget that can read again."""

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched; None means everything."""


@dataclass(frozen=True)
class CaseTab:
    """A tab another feature adds to every case.

    ``make(case_id, parent)`` returns a widget with ``refresh(change)`` and is called on the first visit; ``count``
    runs on the worker; ``overview(case_id)`` is a block for the overview, ``aside(case_id)`` one for its side.
    """

    key: str
    words: Words
    make: Callable[[int, QWidget], QWidget]
    count: Callable[[Actor, int], int] | None = None
    overview: Callable[[int], QWidget] | None = None
    aside: Callable[[int], QWidget] | None = None


@dataclass(frozen=True)
class CaseMark:
    """What matters next about a case, for its line in the list: a day, what is due, how urgent it is."""

    day: date | None
    words: str
    tone: str = "neutral"
    icon: str = ""
    urgent: bool = False


Marks = Callable[[Actor, Sequence[int]], Mapping[int, CaseMark]]
"""Returns the marks of these cases; runs on the worker."""
CaseActions = Callable[[int], Sequence[Command]]
"""Returns what other features can do with a case; the first two become buttons in its head."""


class ConflictPanel(Protocol):
    """The live conflict check beside the new case: a QWidget made by the conflicts feature."""

    outcome_changed: SignalInstance
    """``str``: ``unchecked``, ``clear``, ``needs_decision`` or ``blocked``."""

    def set_names(self, names: list[AskedName]) -> None:
        """Check these names from now on."""

    def clearance(self) -> Clearance | None:
        """Return what the case may open on, None while it is not clear and not decided."""

    def state_words(self) -> str:
        """Return one sentence about where the check stands."""


@dataclass(frozen=True)
class Desk:
    """What every part of these windows works with."""

    cases: CaseService
    firm: FirmService
    actor: Callable[[], Actor]
    tasks: TaskRunner
    clock: Clock
    page: Page
    clear: Clear | None = None
    alike: Alike | None = None
    walls: WallQueries | None = None
    twins: Twins | None = None

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

    def open_sheet(self, content: QWidget, title: Words, on_close: Callable[[], object] | None = None) -> None:
        """Slide ``content`` in from the right."""
        if self.page.host is not None:
            self.page.host.open_sheet(content, title, on_close=on_close)

    def close_sheet(self) -> None:
        """Slide the side sheet out."""
        if self.page.host is not None:
            self.page.host.close_sheet()
