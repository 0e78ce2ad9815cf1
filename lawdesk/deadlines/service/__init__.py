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
from lawdesk.deadlines.service.reminding import ReminderService
from lawdesk.deadlines.service.sheet import ASKED, calculation_sheet, request_words, write_paper
from lawdesk.deadlines.service.states import Evidence

__all__ = [
    "ASKED",
    "FOLLOWS",
    "CalendarFile",
    "ChosenDeadline",
    "DeadlineService",
    "EventDraft",
    "Evidence",
    "FollowUp",
    "LawService",
    "ManualDeadline",
    "OfficeLaw",
    "Proposal",
    "Recount",
    "RecountReport",
    "ReminderService",
    "calculation_sheet",
    "request_words",
    "write_paper",
]
