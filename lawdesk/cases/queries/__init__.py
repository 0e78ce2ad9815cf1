"""Looking up cases, parties and enquiries."""

from lawdesk.cases.queries.details import DetailQueries
from lawdesk.cases.queries.lists import CaseFilter, ListQueries, case_heads
from lawdesk.cases.queries.merges import MergeQueries
from lawdesk.cases.queries.relations import KnownParty, KnownRelation, RelationQueries, Walk
from lawdesk.cases.queries.rows import (
    CaseDetail,
    CaseRow,
    EnquiryRow,
    HistoryRow,
    KnownName,
    KnownStanding,
    PartyDetail,
    PartyRow,
    ProceedingRow,
    StandingRow,
)
from lawdesk.storage.search import Found

__all__ = [
    "CaseDetail",
    "CaseFilter",
    "CaseQueries",
    "CaseRow",
    "EnquiryRow",
    "Found",
    "HistoryRow",
    "KnownName",
    "KnownParty",
    "KnownRelation",
    "KnownStanding",
    "PartyDetail",
    "PartyRow",
    "ProceedingRow",
    "StandingRow",
    "Walk",
    "case_heads",
]


class CaseQueries(ListQueries, DetailQueries, RelationQueries, MergeQueries):
    """All look-ups of the feature."""
