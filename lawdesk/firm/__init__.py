"""The firm (律师事务所): its people (律师、主任、行政), their roles and rights, and what the office is set to.

Everybody who acts is an :class:`Actor`; what they may do stands in one table of actions, and what they may see
of cases is decided by one filter, :func:`visible_to`.
"""

from lawdesk.firm.queries import FirmQueries, PersonRow, people_names, read_setting, visible_to
from lawdesk.firm.rules import FIRM_SETTINGS, ROLE_TITLES, Actor, Role, may, oversees, require
from lawdesk.firm.service import FirmService

__all__ = [
    "FIRM_SETTINGS",
    "ROLE_TITLES",
    "Actor",
    "FirmQueries",
    "FirmService",
    "PersonRow",
    "Role",
    "may",
    "oversees",
    "people_names",
    "read_setting",
    "require",
    "visible_to",
]
