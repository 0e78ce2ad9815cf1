"""Conflicts of interest: may the firm say yes?

A *check* asks names, each in a *role* (client, adverse, third). It finds *hits*: parties on file that may be the
asked one, with a *level* (certain, likely, possible), *reasons* and a *path*. The *standings* of a hit say as what
the party is known; the *severity* (absolute, waivable, review, note) says what the rules make of it. A *clearance*
is the record of the decision, without which no case opens. What was not searched is always said.
"""

from lawdesk.conflicts.queries import CheckRow, ConflictQueries
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, Level, Matter, Outcome, Role, Severity, outcome
from lawdesk.conflicts.service import DECISION_TITLES, DECISIONS, ConflictService, Decision, grave
from lawdesk.conflicts.service.keeping import follow as file_names
from lawdesk.conflicts.service.keeping import forget as forget_names

__all__ = [
    "DECISIONS",
    "DECISION_TITLES",
    "Asked",
    "CheckResult",
    "CheckRow",
    "ConflictQueries",
    "ConflictService",
    "Decision",
    "Hit",
    "Level",
    "Matter",
    "Outcome",
    "Role",
    "Severity",
    "file_names",
    "forget_names",
    "grave",
    "outcome",
]
