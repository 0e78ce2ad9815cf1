"""How recorded time is put into groups that add up, and which hours of a day nobody wrote down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from lawdesk.kernel.i18n import N_
from lawdesk.kernel.money import split_evenly

WORKING_HOURS = ((time(9), time(12)), (time(13), time(18)))
SMALLEST_GAP = 20


class By(StrEnum):
    """What a report is grouped by."""

    LAWYER = "lawyer"
    CASE = "case"
    CLIENT = "client"
    ACTIVITY = "activity"


BY_TITLES = {
    By.LAWYER: N_("By lawyer"),
    By.CASE: N_("By case"),
    By.CLIENT: N_("By client"),
    By.ACTIVITY: N_("By activity"),
}


@dataclass(frozen=True)
class Sums:
    """Minutes, those of them that are billed, and what they are worth in fen."""

    minutes: int = 0
    billable_minutes: int = 0
    fen: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.minutes + other.minutes,
            self.billable_minutes + other.billable_minutes,
            self.fen + other.fen,
        )

    def __sub__(self, other: Sums) -> Sums:
        return Sums(
            self.minutes - other.minutes,
            self.billable_minutes - other.billable_minutes,
            self.fen - other.fen,
        )

    def split(self, parts: int) -> list[Sums]:
        """Return ``parts`` shares, even to the minute and the fen, that add up to this.

        What is left of billed time goes to the first ones, of other time to the last ones: so no share differs
        from another by more than a minute, and none bills more than it has.
        """
        billed = split_evenly(self.billable_minutes, parts)
        other = reversed(split_evenly(self.minutes - self.billable_minutes, parts))
        worth = split_evenly(self.fen, parts)
        return [Sums(b + o, b, fen) for b, o, fen in zip(billed, other, worth, strict=True)]


@dataclass(frozen=True)
class Atom:
    """What one person did in one case in one kind of work, summed over a period; without a case for the office."""

    person_id: int
    case_id: int | None
    activity: str
    sums: Sums


Key = tuple[int | str | None, ...]
Line = tuple[Key, Sums]


@dataclass(frozen=True)
class GroupSums:
    """One group of a report: its key, and lines below it whose sums add up to its own."""

    key: int | str | None
    lines: tuple[Line, ...]

    @property
    def sums(self) -> Sums:
        """The sum of all lines."""
        return sum((sums for _key, sums in self.lines), Sums())


def group_atoms(
    atoms: Sequence[Atom], by: By, clients: Mapping[int, Sequence[int]] | None = None
) -> list[GroupSums]:
    """Group ``atoms`` by lawyer (lines: cases), case, activity (lines: lawyers) or client (lines: case, lawyer).

    ``clients`` gives the clients of each case. The time of a case with several clients is split evenly among them
    over the whole period, so that every total stays what it was. Time without a case or client is in the group
    None, which stands last.
    """
    groups: dict[int | str | None, dict[Key, Sums]] = {}
    so_far: dict[int | None, Sums] = {}
    for atom in atoms:
        before = so_far.get(atom.case_id, Sums())
        so_far[atom.case_id] = before + atom.sums
        for key, line, sums in _places(atom, by, clients or {}, before):
            lines = groups.setdefault(key, {})
            lines[line] = lines.get(line, Sums()) + sums
    ordered = sorted(groups.items(), key=lambda item: item[0] is None)
    return [GroupSums(key, tuple(lines.items())) for key, lines in ordered]


def _places(
    atom: Atom, by: By, clients: Mapping[int, Sequence[int]], before: Sums
) -> list[tuple[int | str | None, Key, Sums]]:
    if by is By.LAWYER:
        return [(atom.person_id, (atom.case_id,), atom.sums)]
    if by is By.CASE:
        return [(atom.case_id, (atom.person_id,), atom.sums)]
    if by is By.ACTIVITY:
        return [(atom.activity, (atom.person_id,), atom.sums)]
    whose: Sequence[int | None] = (clients.get(atom.case_id) if atom.case_id is not None else None) or [None]
    # shares of the case's running sum: remainders do not pile up from atom to atom
    until, since = (before + atom.sums).split(len(whose)), before.split(len(whose))
    line: Key = (atom.case_id, atom.person_id)
    return [(client, line, now - then) for client, now, then in zip(whose, until, since, strict=True)]


@dataclass(frozen=True)
class Gap:
    """Working time nobody wrote down, in minutes after midnight."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


def find_gaps(spans: Sequence[tuple[int, int]], unplaced: int, until: int) -> list[Gap]:
    """Return the gaps of at least 20 minutes in the working hours (9–12 and 13–18) before ``until``.

    ``spans`` are recorded (from, to) in minutes after midnight; ``unplaced`` are recorded minutes without times of
    day, which are taken to fill the earliest gaps.
    """
    free: list[Gap] = []
    for begin, end in WORKING_HOURS:
        at, last = begin.hour * 60, min(end.hour * 60, until)
        for start, stop in [*sorted(spans), (last, last)]:
            if start > at and min(start, last) > at:
                free.append(Gap(at, min(start, last)))
            at = max(at, stop)
    gaps = []
    for gap in free:
        filled = min(unplaced, gap.minutes)
        unplaced -= filled
        if gap.minutes - filled >= SMALLEST_GAP:
            gaps.append(Gap(gap.start + filled, gap.end))
    return gaps
