"""Everything a lawyer does to parties, enquiries and cases, in one object."""

from lawdesk.cases.queries import CaseQueries
from lawdesk.cases.service.course import CaseChange, CourseService, StandingDraft
from lawdesk.cases.service.drafts import DraftService
from lawdesk.cases.service.imports import ImportService
from lawdesk.cases.service.intake import CaseOpened, EnquiryDraft, IntakeService
from lawdesk.cases.service.members import MemberService
from lawdesk.cases.service.merging import MergeService
from lawdesk.cases.service.parties import PartyService
from lawdesk.cases.service.revealing import RevealService
from lawdesk.cases.service.takeover import Takeover, TakeoverService
from lawdesk.storage.database import Database

__all__ = ["CaseChange", "CaseOpened", "CaseService", "EnquiryDraft", "StandingDraft", "Takeover"]


class CaseService(
    PartyService,
    MergeService,
    MemberService,
    DraftService,
    IntakeService,
    CourseService,
    ImportService,
    TakeoverService,
    RevealService,
):
    """Parties, enquiries, cases, proceedings; ``queries`` looks them up."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.queries = CaseQueries(database)
