"""The windows of time: the Time page, the hours of today, and what keeps the timer chip of the window alive.

Only ``lawdesk.app`` imports this; it hands in the service, who acts, and which days are rest days.
"""

from lawdesk.timesheet.page.quick import QuickLine
from lawdesk.timesheet.page.time_page import RestDays, TimePage, weekends
from lawdesk.timesheet.page.timer_control import TimerControl
from lawdesk.timesheet.page.today_hours import TodayHours

__all__ = ["QuickLine", "RestDays", "TimePage", "TimerControl", "TodayHours", "weekends"]
