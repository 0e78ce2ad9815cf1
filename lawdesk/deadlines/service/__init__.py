"""What a lawyer does with deadlines."""

from lawdesk.deadlines.service.docket import DeadlineService
from lawdesk.deadlines.service.drafts import (
    ChosenDeadline,
    EventDraft,
    FollowUp,
    ManualDeadline,
    Proposal,
    Recount,
    RecountReport,
)
from lawdesk.deadlines.service.events import FOLLOWS
from lawdesk.deadlines.service.law import CalendarFile, OfficeLaw
from lawdesk.deadlines.service.lawkeeping import LawService
from lawdesk.deadlines.service.sheet import calculation_sheet, write_paper

__all__ = [
    "FOLLOWS",
    "CalendarFile",
    "ChosenDeadline",
    "DeadlineService",
    "EventDraft",
    "FollowUp",
    "LawService",
    "ManualDeadline",
    "OfficeLaw",
    "Proposal",
    "Recount",
    "RecountReport",
    "calculation_sheet",
    "write_paper",
]
