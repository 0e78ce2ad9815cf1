"""What is done with the conflict check."""

from lawdesk.conflicts.service.checking import ConflictService
from lawdesk.conflicts.service.deciding import (
    DECISION_TITLES,
    DECISIONS,
    OTHERWISE,
    Decision,
    NameAsked,
    asked_of,
    grave,
    kept_content,
    not_searched_names,
    to_decide,
    undecided,
)

__all__ = [
    "DECISIONS",
    "DECISION_TITLES",
    "OTHERWISE",
    "ConflictService",
    "Decision",
    "NameAsked",
    "asked_of",
    "grave",
    "kept_content",
    "not_searched_names",
    "to_decide",
    "undecided",
]
