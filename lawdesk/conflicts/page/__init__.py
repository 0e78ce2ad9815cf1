"""The windows of the conflict check: the live panel beside a new case, and the page.

Only ``lawdesk.app`` imports this.
"""

from lawdesk.conflicts.page.conflicts_page import ConflictsPage
from lawdesk.conflicts.page.panel import LivePanel

__all__ = ["ConflictsPage", "LivePanel"]
