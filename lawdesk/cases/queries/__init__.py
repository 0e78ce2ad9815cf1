"""Looking up cases, parties and enquiries."""

from lawdesk.cases.queries.blocked import blocked_names, names_in_case
from lawdesk.cases.queries.known import known_names, known_numbers, known_parties, known_stands
from lawdesk.cases.queries.lists import CaseFilter, ListQueries, case_heads
from lawdesk.cases.queries.members import Declared, DeclaredTie, FormerMatterRow, MemberQueries
from lawdesk.cases.queries.merges import MergeQueries
from lawdesk.cases.queries.relations import KnownFormer, KnownParty, KnownRelation, OpenCase, RelationQueries, Walk
from lawdesk.cases.queries.rows import (
    CaseDetail,
    CaseRow,
    EnquiryRow,
    HistoryRow,
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
    "Declared",
    "DeclaredTie",
    "EnquiryRow",
    "FormerMatterRow",
    "Found",
    "HistoryRow",
    "KnownFormer",
    "KnownParty",
    "KnownRelation",
    "KnownStanding",
    "OpenCase",
    "PartyDetail",
    "PartyRow",
    "ProceedingRow",
    "StandingRow",
    "Walk",
    "blocked_names",
    "case_heads",
    "known_names",
    "known_numbers",
    "known_parties",
    "known_stands",
    "names_in_case",
]


class CaseQueries(ListQueries, MemberQueries, RelationQueries, MergeQueries):
    """All look-ups of the feature."""
