"""The windows of oversight: Today. Only ``lawdesk.app`` imports this."""

from lawdesk.oversight.page.today import TodayPage

__all__ = ["TodayPage"]
