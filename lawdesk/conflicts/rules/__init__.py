"""The conflict check as pure decisions: names made comparable, found, scored with reasons, graded by the rules.

``normalise_name`` and ``compare_names`` are the scorer, ``NameIndex`` and ``find_hits`` the search that loses
nothing the scorer would find, ``check`` one whole check, ``outcome`` what the case may do after it.
"""

from lawdesk.conflicts.rules.alignment import Alignment, Pair
from lawdesk.conflicts.rules.check import NOT_REGISTERED, StandingsOf, check, outcome
from lawdesk.conflicts.rules.compare import LEVEL_TITLES, Level, Match, compare_names, level_of
from lawdesk.conflicts.rules.forms import (
    MAX_NAME,
    ORGANIZATION,
    PERSON,
    UNKNOWN,
    NameForm,
    forms_to_try,
    guess_kind,
    may_be_person,
    normalise_name,
    slips,
)
from lawdesk.conflicts.rules.identifiers import compare_identifiers, identifier_key
from lawdesk.conflicts.rules.index import NameIndex
from lawdesk.conflicts.rules.keys import KEY_VERSION, index_keys, number_key, query_keys
from lawdesk.conflicts.rules.organizations import OrganizationParts
from lawdesk.conflicts.rules.reasons import Reason
from lawdesk.conflicts.rules.relations import TIE_TITLES, Tie, Ties, path_words, step_words, tie_steps
from lawdesk.conflicts.rules.search import FiledName, Found, Looked, Names, find_hits
from lawdesk.conflicts.rules.severity import Matter, judge, rule_version, severity_of
from lawdesk.conflicts.rules.titles import rule_sources, rule_title, version_words
from lawdesk.conflicts.rules.values import (
    SEVERITY_TITLES,
    STAND_TITLES,
    Asked,
    CheckResult,
    Hit,
    Known,
    KnownName,
    NotSearched,
    Outcome,
    Role,
    Ruling,
    Searched,
    Severity,
    Stand,
    Standing,
    Step,
    hit_row,
    words_of,
)

__all__ = [
    "KEY_VERSION",
    "LEVEL_TITLES",
    "MAX_NAME",
    "NOT_REGISTERED",
    "ORGANIZATION",
    "PERSON",
    "SEVERITY_TITLES",
    "STAND_TITLES",
    "TIE_TITLES",
    "UNKNOWN",
    "Alignment",
    "Asked",
    "CheckResult",
    "FiledName",
    "Found",
    "Hit",
    "Known",
    "KnownName",
    "Level",
    "Looked",
    "Match",
    "Matter",
    "NameForm",
    "NameIndex",
    "Names",
    "NotSearched",
    "OrganizationParts",
    "Outcome",
    "Pair",
    "Reason",
    "Role",
    "Ruling",
    "Searched",
    "Severity",
    "Stand",
    "Standing",
    "StandingsOf",
    "Step",
    "Tie",
    "Ties",
    "check",
    "compare_identifiers",
    "compare_names",
    "find_hits",
    "forms_to_try",
    "guess_kind",
    "hit_row",
    "identifier_key",
    "index_keys",
    "judge",
    "level_of",
    "may_be_person",
    "normalise_name",
    "number_key",
    "outcome",
    "path_words",
    "query_keys",
    "rule_sources",
    "rule_title",
    "rule_version",
    "severity_of",
    "slips",
    "step_words",
    "tie_steps",
    "version_words",
    "words_of",
]
