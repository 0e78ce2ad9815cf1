"""Every decision about personal data as plain functions: classes, masks, finding, erasing, keeping, telling."""

from lawdesk.privacy.rules.breaches import BreachDraft, Scope
from lawdesk.privacy.rules.classes import ABOUT_PEOPLE, CLASS_TITLES, DataClass, class_of, mask_of
from lawdesk.privacy.rules.erasing import (
    ERASURE_TITLES,
    CaseFact,
    ErasureKind,
    PersonFacts,
    Reason,
    Verdict,
    judge,
)
from lawdesk.privacy.rules.finding import DESTROYED, ERASED, Needles, needles
from lawdesk.privacy.rules.requests import (
    REQUEST_TITLES,
    STATE_TITLES,
    RequestDraft,
    RequestKind,
    RequestState,
)
from lawdesk.privacy.rules.retention import (
    DISPOSAL_TITLES,
    TERM_TITLES,
    DisposalState,
    Kept,
    Term,
    keep,
    kept_until,
)

__all__ = [
    "ABOUT_PEOPLE",
    "CLASS_TITLES",
    "DESTROYED",
    "DISPOSAL_TITLES",
    "ERASED",
    "ERASURE_TITLES",
    "REQUEST_TITLES",
    "STATE_TITLES",
    "TERM_TITLES",
    "BreachDraft",
    "CaseFact",
    "DataClass",
    "DisposalState",
    "ErasureKind",
    "Kept",
    "Needles",
    "PersonFacts",
    "Reason",
    "RequestDraft",
    "RequestKind",
    "RequestState",
    "Scope",
    "Term",
    "Verdict",
    "class_of",
    "judge",
    "keep",
    "kept_until",
    "mask_of",
    "needles",
]
