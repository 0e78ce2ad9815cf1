"""What bringing in a file shows, as plain values, and what every kind of file must be able to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from lawdesk.firm import Actor
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Status

State = Literal["sound", "remarks", "refused", "there", "skipped", "taken"]
Step = Callable[[int, int], bool]
"""Called with (rows done, all rows); raises Cancelled, or answers False, to stop."""
TABLES = (".xlsx", ".xlsm", ".csv")

_STATES: dict[State, tuple[str, str, str]] = {
    "sound": (N_("Sound"), "green", "check"),
    "remarks": (N_("To check"), "amber", "triangle-alert"),
    "refused": (N_("To correct"), "red", "octagon-x"),
    "there": (N_("Here already"), "neutral", "folder-open"),
    "skipped": (N_("Not a case"), "neutral", "circle"),
    "taken": (N_("Taken over"), "green", "circle-check"),
}
_SEVERITIES = {"error": ("red", "octagon-x"), "warning": ("amber", "triangle-alert"), "note": ("text2", "info")}
_ORDER = {"error": 0, "warning": 1, "note": 2}


def state_status(state: State) -> Status:
    """Return a state of a row as colour, icon and word."""
    words, tone, icon = _STATES[state]
    return Status(_(words), tone, icon)


def severity_look(problem: Problem) -> tuple[str, str]:
    """Return tone and icon of a problem."""
    return _SEVERITIES[problem.severity]


@dataclass(frozen=True)
class Line:
    """One row of the file: where it stands, what became or would become of it, whom it is about.

    ``sheet`` is "" in files without sheets; ``opens`` is the case or party it became or already is.
    """

    sheet: str
    row: int
    state: State
    title: str
    number: str = ""
    problems: tuple[Problem, ...] = ()
    opens: int | None = None

    @property
    def place(self) -> str:
        """Where the row stands, in words."""
        if self.sheet:
            return _("{sheet}, row {row}").format(sheet=self.sheet, row=self.row)
        return _("Row {row}").format(row=self.row)

    def sorted_problems(self) -> list[Problem]:
        """Return the problems, what refuses the row first."""
        return sorted(self.problems, key=lambda problem: _ORDER[problem.severity])


@dataclass(frozen=True)
class Pair:
    """What stood in one column of a row, beside what LawDesk read there; ``field`` links its problems."""

    field: str
    heading: str
    cell: str
    read: str


@dataclass(frozen=True)
class Seen:
    """What bringing the file in would do, or (``done``) did. ``wanted`` counts what comes in; it may be 0."""

    lines: Sequence[Line]
    wanted: int
    notes: Sequence[Problem] = ()
    done: bool = False
    counts: Mapping[State, int] = field(default_factory=dict)

    def refused(self) -> list[Line]:
        """Return the rows to be put right."""
        return [line for line in self.lines if line.state == "refused"]


class Job(Protocol):
    """One kind of file that can be brought in. All but words runs off the GUI thread."""

    key: str

    def title(self) -> str:
        """Return what is being done."""

    def read(self, path: Path) -> Any:
        """Read the file; holds no database session. Raises UserError when it is no such file."""

    def foresee(self, actor: Actor, file: Any, step: Step) -> Seen:
        """Return what would be done; writes nothing."""

    def take(self, actor: Actor, file: Any, step: Step) -> Seen:
        """Bring it in."""

    def pairs(self, file: Any, line: Line) -> list[Pair]:
        """Return the cells of a row and what was read in them."""

    def field_title(self, name: str) -> str:
        """Return a field in words, "" for none."""

    def save(self, file: Any, lines: Sequence[Line], path: Path) -> None:
        """Write the rows to a file that can be corrected and read again."""

    def button(self, count: int) -> str:
        """Return the words of the button that brings ``count`` in."""

    def running(self) -> str:
        """Return what happens while it is brought in."""

    def headline(self, seen: Seen) -> str:
        """Return one sentence about the whole file."""


def reasons(job: Job, line: Line) -> str:
    """Return why a row did not come in, in one line."""
    wrong = [problem for problem in line.sorted_problems() if problem.severity == "error"]
    return " ".join(problem_words(job, problem) for problem in wrong)


def problem_words(job: Job, problem: Problem) -> str:
    """Return a problem with the field it concerns: 案由：案由空白。"""
    title = job.field_title(problem.field)
    return _("{field}: {words}").format(field=title, words=problem.words()) if title else problem.words()
