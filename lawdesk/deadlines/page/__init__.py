"""The windows of deadlines: the docket with its proofs, the month, event entry, and the parts of a case.

Only ``lawdesk.app`` imports this.
"""

from lawdesk.deadlines.page.case_parts import CaseDeadlines, Mark
from lawdesk.deadlines.page.deadlines_page import DeadlinesPage
from lawdesk.deadlines.page.desk import Desk, Papers
from lawdesk.deadlines.page.entry import EventSheet
from lawdesk.deadlines.page.watch import ReminderWatch

__all__ = ["CaseDeadlines", "DeadlinesPage", "Desk", "EventSheet", "Mark", "Papers", "ReminderWatch"]
