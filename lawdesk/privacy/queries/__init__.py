"""Looking up what is kept about people and what was done about it."""

from lawdesk.privacy.queries.lists import PrivacyQueries, held_cases
from lawdesk.privacy.queries.rows import (
    AffectedRow,
    BlockRow,
    BreachRow,
    Candidate,
    ErasureRow,
    Extent,
    HoldRow,
    ItemRow,
    ListRow,
    Mention,
    RequestRow,
    RetentionRow,
)

__all__ = [
    "AffectedRow",
    "BlockRow",
    "BreachRow",
    "Candidate",
    "ErasureRow",
    "Extent",
    "HoldRow",
    "ItemRow",
    "ListRow",
    "Mention",
    "PrivacyQueries",
    "RequestRow",
    "RetentionRow",
    "held_cases",
]
