"""Looking up the firm, its people, rights and ethical walls; and what nobody outside a wall gets to see."""

from lawdesk.firm.queries.blocked import blocked_parties, title_shown
from lawdesk.firm.queries.curtain import Curtain
from lawdesk.firm.queries.people import FirmQueries, PersonRow, people_names, read_setting
from lawdesk.firm.queries.sight import Hidden, visible_to
from lawdesk.firm.queries.walls import QuestionRow, SeesRow, WallQueries, WallRow

__all__ = [
    "Curtain",
    "FirmQueries",
    "Hidden",
    "PersonRow",
    "QuestionRow",
    "SeesRow",
    "WallQueries",
    "WallRow",
    "blocked_parties",
    "people_names",
    "read_setting",
    "title_shown",
    "visible_to",
]
