"""What an ethical wall (信息隔离) is: around one case or one party, with the people inside, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_


class Answer(StrEnum):
    """What the director says to somebody who was sent with a reference number."""

    FREE = "free"
    CONFLICT = "conflict"
    LATER = "later"


ANSWER_TITLES = {
    Answer.FREE: N_("No obstacle"),
    Answer.CONFLICT: N_("There is a conflict"),
    Answer.LATER: N_("Come and talk to me"),
}


@dataclass(frozen=True)
class WallDraft:
    """A wall to be put up: around a case or around a party, never both.

    ``inside`` sees behind it; ``outside`` names people it shuts out though their role sees everything (a director
    with an interest of his own).
    """

    reason: str
    case_id: int | None = None
    party_id: int | None = None
    inside: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()


def check_wall(draft: WallDraft) -> list[Problem]:
    """Return what is wrong with a wall: no reason, not one thing to stand around, somebody on both sides."""
    problems = []
    if not draft.reason.strip():
        problems.append(Problem("wall.reason", N_("Say why the wall is put up."), "reason"))
    if (draft.case_id is None) == (draft.party_id is None):
        problems.append(Problem("wall.around", N_("A wall stands around one case or one party."), "around"))
    if draft.inside & draft.outside:
        problems.append(Problem("wall.both_sides", N_("Nobody can be inside and outside."), "inside"))
    return problems
