"""What a lawyer does with deadlines."""

from lawdesk.deadlines.service.docket import DeadlineService
from lawdesk.deadlines.service.drafts import (
    ChosenDeadline,
    EventDraft,
    ManualDeadline,
    Proposal,
    Recount,
)

__all__ = ["ChosenDeadline", "DeadlineService", "EventDraft", "ManualDeadline", "Proposal", "Recount"]
