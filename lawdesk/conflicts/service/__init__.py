"""What is done with the conflict check."""

from lawdesk.conflicts.service.checking import DECISION_TITLES, DECISIONS, ConflictService, Decision, grave

__all__ = ["DECISIONS", "DECISION_TITLES", "ConflictService", "Decision", "grave"]
