"""The firm (律师事务所): its people (律师、主任、行政), their roles and rights, and what the office is set to.

Everybody who acts is an :class:`Actor`; what they may do stands in one table of actions, and what they may see
of cases is decided in one place: :func:`visible_to` and the :class:`Curtain` over every session. An ethical wall
(信息隔离) stands around a case or a party; who is outside does not see, count or find what is behind it.
"""

from lawdesk.firm.queries import (
    Curtain,
    FirmQueries,
    Hidden,
    PersonRow,
    QuestionRow,
    SeesRow,
    WallQueries,
    WallRow,
    blocked_parties,
    people_names,
    read_setting,
    title_shown,
    visible_to,
)
from lawdesk.firm.rules import (
    ANSWER_TITLES,
    FIRM_SETTINGS,
    RIGHT_TITLES,
    RIGHTS,
    ROLE_TITLES,
    Actor,
    Answer,
    Role,
    WallDraft,
    may,
    oversees,
    require,
)
from lawdesk.firm.service import FirmService, WallService

__all__ = [
    "ANSWER_TITLES",
    "FIRM_SETTINGS",
    "RIGHTS",
    "RIGHT_TITLES",
    "ROLE_TITLES",
    "Actor",
    "Answer",
    "Curtain",
    "FirmQueries",
    "FirmService",
    "Hidden",
    "PersonRow",
    "QuestionRow",
    "Role",
    "SeesRow",
    "WallDraft",
    "WallQueries",
    "WallRow",
    "WallService",
    "blocked_parties",
    "may",
    "oversees",
    "people_names",
    "read_setting",
    "require",
    "title_shown",
    "visible_to",
]
