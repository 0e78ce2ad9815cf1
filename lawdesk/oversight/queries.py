"""What waits for somebody, counted across the features."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines import DeadlineQueries, DocketFilter
from lawdesk.firm import Actor


def count_waiting(deadlines: DeadlineQueries, actor: Actor, today: date) -> int:
    """Return how much waits for ``actor``: what is overdue or due today. The number beside Today in the rail."""
    return deadlines.count(actor, DocketFilter(person_id=actor.person_id, until=today, ours_only=True))
