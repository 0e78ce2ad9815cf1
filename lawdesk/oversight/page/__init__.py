"""The windows of oversight: Today. Only ``lawdesk.app`` imports this."""

from lawdesk.oversight.page.today import TodayPage, count_waiting

__all__ = ["TodayPage", "count_waiting"]
